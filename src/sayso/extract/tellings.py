"""Attributions that no verb of speech shows: whose figures, list or words they are.

"Police put the crowd at 900", "the union's count is six", "the bulletin has 40", "by the board's reckoning", "valued
by the insurer at 2 million", "according to the insurer", "Dr Roth: the clinic will open on Monday", "eleven, says the
union". Found by grammar, only where the tagged attributions leave the words free; the verbs and nouns are those of
``tellings.toml``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from sayso.extract.assertions.words import class_verb
from sayso.extract.continuations import Taken
from sayso.extract.stances import judge_directness, load_cues
from sayso.grammar.parses import Parse, Token
from sayso.grammar.phrases import Phrases
from sayso.grammar.quotations import Marked
from sayso.record import Attribution
from sayso.tables import load_toml
from sayso.who.roles import load_kinds

NAMES = frozenset(("PERSON", "ORG", "GPE", "NORP", "FAC"))
CLOCKED = re.compile(r"[\s*_\[(]*(?:\w{3} )?\d{1,2}[.:h]\d{2}(?: ?[ap]\.?m\.?)?[\])*_|,\s–—-]*")
"""The time that opens an entry of a live page."""

REACH = 80
"""Tokens of a sentence that are looked at to either side of a verb or noun."""
RELATIVE = ("WDT", "WP")
"""Tags of the pronouns that open what is said of whom a phrase names."""
LONGEST_NAMER = 14
"""Tokens of who is set before a colon, at most."""


@cache
def load_words(name: str) -> frozenset[str]:
    """A list of ``tellings.toml``."""
    return frozenset(load_toml("tellings.toml")[name].split())


def find_tellings(parse: Parse, marked: Marked, known: Sequence[Attribution]) -> list[Attribution]:
    """What grammar shows besides the attributions that are known, in the order of the cues."""
    phrases = Phrases(parse, marked)
    taken = Taken([span for a in known for span in (*a.source, *a.cue, *a.content)])
    told = [
        *list_counted(phrases),
        *list_owned(phrases),
        *list_agents(phrases),
        *list_set_after(phrases),
        *list_according(phrases),
    ]
    free = [a for a in told if not any(taken.meets(*span) for span in (*a.source, *a.cue))]
    found: list[Attribution] = []
    for attribution in sorted([*free, *list_named(phrases, taken)], key=lambda a: (a.cue, a.content)):
        content = tuple(span for span in attribution.content if not taken.meets(*span))
        if content and not (found and found[-1].cue == attribution.cue):
            found.append(replace(attribution, content=content, directness=judge_directness(marked, content)))
    return found


def can_speak(token: Token) -> bool:
    """Whether a noun or pronoun means somebody, or a document, that can tell something."""
    if token.pos == "PRON":
        return token.text.lower() in ("he", "she", "they", "it")
    if token.ent in NAMES:
        return True
    return token.tag in ("NN", "NNS", "NNP", "NNPS") and token.lemma.lower() in load_kinds()


def has_number(phrases: Phrases, first: int, last: int) -> bool:
    """Whether tokens from one to another hold a number, or a word for one."""
    return any(t.pos == "NUM" or t.lemma in load_words("numbers") for t in phrases.tokens[first : last + 1])


def list_counted(phrases: Phrases) -> Iterator[Attribution]:
    """Verbs that put a number on something: "put the crowd at 900", "the bulletin has 40 dead"."""
    for verb in phrases.tokens:
        if verb.pos not in ("VERB", "AUX"):
            continue
        subject = phrases.child(verb.i, "nsubj")
        if subject is None or subject.i > verb.i:
            continue
        last = reach(phrases, verb)
        if last > verb.i and tells(phrases, verb, subject, last):
            yield make(phrases, find_teller(phrases, subject), verb, (verb.i + 1, last))


def tells(phrases: Phrases, verb: Token, subject: Token, last: int) -> bool:
    """Whether a verb of the table does its work between a subject and the last token of its clause."""
    if verb.lemma in load_words("of"):
        following = phrases.tokens[verb.i + 1]
        return can_speak(subject) and following.lemma in ("of", "about") and following.head == verb.i
    if not has_number(phrases, verb.i + 1, last):
        return False
    if verb.lemma in load_words("has") and is_holding(phrases, subject):
        return True
    if not can_speak(subject):
        return False
    object_ = phrases.child(verb.i, "dobj")
    if verb.lemma in load_words("at"):
        return any(t.lemma in ("at", "as") for t in phrases.tokens[verb.i + 1 : last])
    if verb.lemma in load_words("direct"):
        return object_ is not None
    if verb.lemma in load_words("moved"):
        return object_ is not None and object_.i > verb.i and object_.lemma in load_words("numbers")
    if verb.lemma == "make":
        return phrases.tokens[verb.i + 1].text.lower() == "it" and phrases.tokens[verb.i + 2 : last + 1] != []
    cue = load_cues().get(("verb", verb.lemma))
    return cue is not None and (cue.stance == "estimates" or class_verb(phrases.parse, verb) == "say")


def is_holding(phrases: Phrases, subject: Token) -> bool:
    """Whether a subject is a document, or a count or list of somebody's."""
    if subject.lemma in load_words("holdings"):
        return owner_of(phrases, subject) is not None
    return load_kinds().get(subject.lemma) == "document"


def owner_of(phrases: Phrases, noun: Token) -> Token | None:
    """Whose a noun is, where they can speak."""
    owner = phrases.child(noun.i, "poss")
    if owner is None or owner.ent in ("DATE", "TIME") or not (can_speak(owner) or is_their(owner)):
        return None
    return owner


def is_their(owner: Token) -> bool:
    """Whether an owner is a pronoun for somebody told of before."""
    return owner.text.lower() in ("his", "her", "their", "its")


def find_teller(phrases: Phrases, subject: Token) -> tuple[int, int]:
    """The tokens of who tells: whose count a subject is, else the subject with all that belongs to it."""
    owner = owner_of(phrases, subject) if subject.lemma in load_words("holdings") else None
    if owner is None:
        return phrases.trim(*phrases.noun_phrase(subject.i))
    return phrases.left[owner.i], owner.i


def reach(phrases: Phrases, verb: Token) -> int:
    """The last token of a verb's clause: before a clause that is coordinated and has a subject of its own."""
    last = min(phrases.right[verb.i], verb.i + REACH)
    for c in verb.children:
        token = phrases.tokens[c]
        if c > verb.i and token.dep in ("conj", "parataxis", "cc") and phrases.child(c, "nsubj", "nsubjpass"):
            last = min(last, phrases.left[c] - 1)
    semicolons = (i for i in range(verb.i + 1, last + 1) if phrases.tokens[i].text == ";")
    last = min(last, next(semicolons, last + 1) - 1)
    while last > verb.i and phrases.tokens[last].text in ".,;:":
        last -= 1
    return last


def make(phrases: Phrases, source: tuple[int, int], cue: Token, *contents: tuple[int, int]) -> Attribution:
    """An attribution of tokens."""
    spans = tuple(phrases.span(extent) for extent in contents)
    return Attribution(source=(phrases.span(source),), cue=((cue.start, cue.end),), content=spans)


def list_owned(phrases: Phrases) -> Iterator[Attribution]:
    """What holds by somebody's reckoning: "by the board's count, 40 boats sank", "in his view"."""
    for noun in phrases.tokens:
        if noun.dep != "pobj" or noun.lemma not in load_words("holdings"):
            continue
        prep = phrases.tokens[noun.head]
        owner = owner_of(phrases, noun)
        if owner is None or prep.lemma not in ("by", "in", "on", "at") or prep.i >= owner.i:
            continue
        around = clause_around(phrases, prep.i, noun.i)
        if around:
            yield make(phrases, (phrases.left[owner.i], owner.i), noun, *around)


def clause_around(phrases: Phrases, first: int, last: int) -> list[tuple[int, int]]:
    """The clause that a phrase of a sentence belongs to, without it, up to the semicolons about it."""
    low, high = bound_sentence(phrases, first, last)
    before = [i for i in range(low, first) if phrases.tokens[i].text in ";:"]
    after = [i for i in range(last + 1, high) if phrases.tokens[i].text in ";:"]
    parts = [((before[-1] + 1 if before else low), first - 1), (last + 1, (after[0] if after else high) - 1)]
    trimmed = [phrases.trim(*part) for part in parts if part[0] <= part[1]]
    return [part for part in trimmed if has_words(phrases, *part)]


def has_words(phrases: Phrases, first: int, last: int) -> bool:
    """Whether tokens from one to another are more than marks."""
    return any(t.pos not in ("PUNCT", "SPACE") for t in phrases.tokens[first : last + 1])


def bound_sentence(phrases: Phrases, first: int, last: int) -> tuple[int, int]:
    """The tokens of a sentence about some of it, end exclusive, as far as they are looked at."""
    low, high = phrases.parse.sentences[phrases.tokens[first].sentence]
    return max(low, first - REACH), min(high, last + REACH)


def list_agents(phrases: Phrases) -> Iterator[Attribution]:
    """What is valued, confirmed or counted by somebody: "is valued by the insurer at 2 million"."""
    for by in phrases.tokens:
        verb = phrases.tokens[by.head]
        if by.dep != "agent" or verb.tag != "VBN":
            continue
        agent = phrases.child(by.i, "pobj")
        cue = load_cues().get(("verb", verb.lemma))
        known = verb.lemma in load_words("at") or (cue is not None and cue.stance in ("estimates", "asserts"))
        if agent is None or not known or not can_speak(agent):
            continue
        around = clause_around(phrases, verb.i, agent.i)
        if around:
            yield make(phrases, (phrases.left[agent.i], agent.i), verb, *around)


def list_according(phrases: Phrases) -> Iterator[Attribution]:
    """What holds according to somebody, where the tagged attributions have missed it."""
    for to in phrases.tokens[1:]:
        according = phrases.tokens[to.i - 1]
        teller = phrases.child(to.i, "pobj")
        if to.text != "to" or according.text.lower() != "according" or teller is None or not can_speak(teller):
            continue
        around = clause_around(phrases, according.i, phrases.right[teller.i])
        around = [part for part in around if phrases.tokens[part[0]].tag not in RELATIVE]  # ", which was quoted"
        if around:
            source = phrases.trim(phrases.left[teller.i], phrases.right[teller.i])
            spans = tuple(phrases.span(extent) for extent in around)
            yield Attribution(source=(phrases.span(source),), cue=((according.start, to.end),), content=spans)


def list_set_after(phrases: Phrases) -> Iterator[Attribution]:
    """What is said before who says it, where the tail was not found: "eleven, says the union"."""
    for verb in phrases.tokens[2:-1]:
        if verb.tag not in ("VBZ", "VBD", "VBP", "VB") or phrases.tokens[verb.i - 1].text != ",":
            continue
        if class_verb(phrases.parse, verb) != "say" or verb.lemma in ("find", "show", "see"):
            continue
        low, high = bound_sentence(phrases, verb.i, verb.i)
        following = phrases.tokens[verb.i + 1 : min(high, verb.i + LONGEST_NAMER)]
        teller = next((t for t in following if t.pos in NOUNS), None)
        while teller is not None and teller.dep == "compound" and teller.head > teller.i:
            teller = phrases.tokens[teller.head]
        if teller is None or not can_speak(teller) or phrases.left[teller.i] != verb.i + 1:
            continue
        marks = [i for i in range(low, verb.i - 1) if phrases.tokens[i].text in ";:"]
        first, last = phrases.trim(marks[-1] + 1 if marks else low, verb.i - 2)
        if first <= last:
            yield make(phrases, (verb.i + 1, teller.i), verb, (first, last))


NOUNS = ("NOUN", "PROPN", "PRON")


def list_named(phrases: Phrases, taken: Taken) -> Iterator[Attribution]:
    """Who is set before a colon at the beginning of a line or sentence: "Dr Roth: the clinic will open on Monday"."""
    starts = [t.start for t in phrases.tokens]
    for sentence, (first, last) in enumerate(phrases.parse.sentences):
        clock = CLOCKED.match(phrases.parse.text, phrases.tokens[first].start)
        begin = bisect_left(starts, clock.end()) if clock else first
        colon = next((i for i in range(begin, min(last, begin + LONGEST_NAMER)) if phrases.tokens[i].text == ":"), None)
        if colon is None or colon + 1 >= last or colon == begin:
            continue
        if found := name_before(phrases, begin, colon, last, sentence):
            spans = (*found.source, *found.cue)
            if not any(taken.meets(*span) for span in spans):
                yield found


def name_before(phrases: Phrases, begin: int, colon: int, last: int, sentence: int) -> Attribution | None:
    """The attribution to who stands between a sentence's beginning and a colon, None where nobody does, where a verb
    does, or where a person is only labelled ("Ann Lee: third")."""
    before = phrases.tokens[begin:colon]
    if any(t.tag in ("VBD", "VBZ", "VBP", "MD") for t in before):
        return None
    if before[0].pos == "ADP":
        return None  # "As for the bank:" names nobody who speaks
    head = next((t for t in before if t.pos in ("NOUN", "PROPN")), None)
    while head is not None and head.dep == "compound" and head.i < head.head < colon:
        head = phrases.tokens[head.head]
    if head is None or not can_speak(head):
        return None
    after = phrases.tokens[colon + 1 : last]
    states = any(t.tag in ("VBD", "VBZ", "VBP", "MD") for t in after)
    kind = load_kinds().get(head.lemma.lower(), "")
    if not states and not (kind == "organisation" and any(t.pos == "NUM" for t in after)):
        return None
    if head.ent in ("GPE", "FAC", "NORP") or kind in ("document", "collective"):
        return None
    end = last - 1
    while end > colon + 1 and phrases.tokens[end].text in ".;,":
        end -= 1
    commas = [t.i for t in before if t.text == "," and t.i > head.i]
    aside = next((i for i in commas if phrases.tokens[i + 1].pos in ("ADP", "ADV", "SCONJ", "PUNCT")), colon)
    source = phrases.trim(begin, aside - 1)
    found = make(phrases, source, phrases.tokens[colon], (colon + 1, end))
    quotation = phrases.marked.at(phrases.tokens[colon + 1].start)
    return replace(found, content=((quotation.start, quotation.end),)) if quotation else found
