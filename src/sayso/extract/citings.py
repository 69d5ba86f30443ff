"""Whom an outlet cites for what it reports, whom that one cites in turn, and so on to who said it.

"Al Jazeera, citing Wafa, which quoted medics, reported nine dead" tells the medics' words, by way of both. What the
trained heads tag as said by an outlet that cites is often just whom it cites ("citing *Wafa*"): that is no content.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.extract.assertions.words import class_verb
from sayso.extract.span_choices import Tagged
from sayso.grammar.parses import Parse, Token
from sayso.record import Attribution, Span
from sayso.who.roles import load_kinds

CITING = frozenset(("citing", "quoting", "cites", "cited", "quoted", "quotes", "quote", "cite"))
SPOKEN_TO = frozenset(("speak", "talk", "hear", "interview"))
"""Lemmas of other verbs by which who relays is said to have it from somebody ("which spoke to two diplomats")."""
RELATIVE = frozenset(("which", "who", "that"))
FINITE = frozenset(("VBD", "VBZ", "VBP"))
NAMES = frozenset(("PERSON", "ORG", "GPE", "NORP"))
NEAR = 6
"""Tokens after a verb of citing in which whom it cites begins."""
LONGEST = 6
"""Links of a chain of citing that are followed."""


def list_cited(parse: Parse, attribution: Attribution, sentence: int) -> list[Token]:
    """The nouns that head whom an outlet cites for a content ("citing officials", "quoting a diplomat"), whom those
    cite, and so on."""
    noun = find_cited(parse, attribution, sentence)
    found: list[Token] = []
    while noun is not None and len(found) < LONGEST:
        found.append(noun)
        noun = cite_on(parse, noun, attribution)
    return found


def find_cited(parse: Parse, attribution: Attribution, sentence: int) -> Token | None:
    """The noun that heads whom an outlet itself cites, None where it cites nobody."""
    for token in parse.tokens[slice(*parse.sentences[sentence])]:
        if token.text.lower() not in CITING or token.tag not in ("VBG", "VBD", "VBZ", "VBN", "VBP"):
            continue
        within = is_in(token, attribution.source) or says_more(parse, token, attribution.source)
        if token.tag != "VBG" and not within and not is_in(token, attribution.cue):
            continue
        child = find_object(parse, token)
        return child if child and (within or not is_in(child, attribution.source)) else None
    return None


def find_object(parse: Parse, citing: Token) -> Token | None:
    """Whom a verb cites: its object, or the noun right after it where the parser hangs that elsewhere."""
    for child in (parse.tokens[c] for c in citing.children):
        if child.i > citing.i and child.dep in ("dobj", "nsubj", "pobj"):
            return child
    for token in parse.tokens[citing.i + 1 : citing.i + NEAR]:
        if token.pos in ("NOUN", "PROPN") and not (token.dep == "compound" and token.head > token.i):
            return token
        if token.pos not in ("DET", "ADJ", "NUM", "NOUN", "PROPN"):
            return None
    return None


def says_more(parse: Parse, token: Token, source: Sequence[Span]) -> bool:
    """Whether a verb says more of a source that it stands after ("The Times, *which cited* a memo, wrote")."""
    before = [t for t in parse.tokens[max(0, token.i - 3) : token.i] if t.pos != "PUNCT"][-2:]
    return len(before) == 2 and before[1].text.lower() in RELATIVE and is_in(before[0], source)


def cite_on(parse: Parse, noun: Token, attribution: Attribution) -> Token | None:
    """Whom the one that a noun names cites in turn: the first verb after it that cites, before any other finite verb
    and before what is told. Read in the order of the words: of such clauses the parser makes many things."""
    last = parse.sentences[noun.sentence][1]
    for token in parse.tokens[noun.i + 1 : last]:
        if is_in(token, attribution.cue) or is_in(token, attribution.content):
            return None
        if token.text.lower() in CITING or token.lemma in SPOKEN_TO:
            return find_given(parse, token)
        if token.tag in FINITE and token.dep not in ("aux", "auxpass"):
            return None
    return None


def find_given(parse: Parse, verb: Token) -> Token | None:
    """The noun of whom a verb cites, or has something from; None in the passive ("quoted *by* Reuters")."""
    for child in (parse.tokens[c] for c in verb.children if c > verb.i):
        if child.text.lower() == "by":
            return None
        if child.dep in ("dobj", "nsubj"):
            return child
        if child.dep == "prep" and child.text.lower() in ("to", "with", "from"):
            return next((parse.tokens[c] for c in child.children if parse.tokens[c].dep == "pobj"), None)
    return None


def is_in(token: Token, spans: Sequence[Span]) -> bool:
    """Whether a token lies in one of some spans."""
    return any(start < token.end and token.start < end for start, end in spans)


def leave_cited(parse: Parse, tagged: Sequence[Tagged]) -> list[Tagged]:
    """What was tagged, without what is only whom an outlet cites. What such an outlet tells in the same sentence was
    tagged without a source, or stands after its own verb."""
    citers: dict[int, Tagged] = {}
    told: list[tuple[int, Tagged]] = []
    for t in tagged:
        cue = next(iter(parse.tokens_in(t.cue)), None)
        sentence = cue.sentence if cue else -1
        if cue and names_cited(parse, t):
            citers.setdefault(sentence, t)
        else:
            told.append((sentence, t if t.source or cue is None else replace(t, source=find_source(parse, cue))))
    kept = []
    for sentence, t in told:
        citer = citers.pop(sentence, None)
        kept.append(replace(t, source=citer.source) if citer and not t.source else t)
    return [*kept, *(found for citer in citers.values() if (found := follow_verb(parse, citer)))]


def names_cited(parse: Parse, tagged: Tagged) -> bool:
    """Whether what was tagged as a content is only whom the cue cites, or a pronoun for who was cited."""
    if parse.text[slice(*tagged.cue[-1])].lower().split()[-1] not in CITING or len(tagged.content) != 1:
        return False
    within = parse.tokens_in(tagged.content)
    if len(within) == 1 and within[0].text.lower() in RELATIVE:
        return True
    tops = [t for t in within if not is_in(parse.tokens[t.head], tagged.content)]
    return len(tops) == 1 and tops[0].pos in ("NOUN", "PROPN") and can_be_cited(tops[0])


def find_source(parse: Parse, cue: Token) -> tuple[Span, ...]:
    """Who speaks where the parser has mistaken the verb of citing beside the cue, which begins with a token: for that
    of the sentence ("*Witnesses quoted by AFP* said"), or the citing outlet for whom it cites ("*NRK*, citing ...,
    said")."""
    above = parse.tokens[cue.head]
    if above.text.lower() in CITING and above.i < cue.i:
        subject = next((parse.tokens[c] for c in above.children if parse.tokens[c].dep == "nsubj"), None)
        return (parse.span(parse.subtree(subject.i)[0], cue.i - 1),) if subject and subject.i < above.i else ()
    citing = (parse.tokens[c] for c in cue.children if c < cue.i and parse.tokens[c].text.lower() in CITING)
    before = [c for token in citing for c in token.children if c < token.i and parse.tokens[c].dep == "dobj"]
    return (parse.span(parse.subtree(before[0])[0], before[0]),) if before else ()


def can_be_cited(noun: Token) -> bool:
    """Whether a noun means somebody, or a document."""
    return (
        noun.ent in NAMES or noun.lemma.lower() in load_kinds() or noun.lemma.lower().removesuffix("s") in load_kinds()
    )


def follow_verb(parse: Parse, citer: Tagged) -> Tagged | None:
    """What an outlet that cites tells by the verb that it is the subject of."""
    subject = next((t for t in parse.tokens_in(citer.source) if t.dep == "nsubj"), None)
    if subject is None or subject.head < subject.i or class_verb(parse, parse.tokens[subject.head]) != "say":
        return None
    verb = parse.tokens[subject.head]
    after = [c for c in verb.children if c > verb.i and parse.tokens[c].dep in ("ccomp", "dobj")]
    if not after:
        return None
    content = parse.span(verb.i + 1, max(parse.subtree(c)[1] for c in after))
    return replace(citer, cue=((verb.start, verb.end),), content=(content,))
