"""What a quantity counts and what is said of it, from the grammar of its sentence.

`of` is the noun phrase counted, from after the number to its head ("North Korean soldiers"), as written but with the
head in lower case unless it is a name. Where the noun is left out ("300 men killed and 2,700 wounded"), it is the one
of the figure before it in the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sayso.extract.figures.moves import find_moved
from sayso.extract.figures.quantities import load_counted
from sayso.extract.figures.states import HARM, NOUNS, OBJECTS, SUBJECTS, find_state, load_states, said_alone
from sayso.grammar.parses import Parse, Token
from sayso.record import Span

LONGEST_PHRASE = 8
"""Words between a number and the noun that it counts, at most."""
PERSON_STATES = HARM | {"detained", "abducted", "displaced", "evacuated", "rescued", "infected", "hospitalised"}
"""States that only people are in, where nothing else is named."""
PERSON_VERBS = frozenset({"killed", "wounded", "detained", "abducted", "displaced"})
"""States that make people of any noun that they are said of ("athletes", "choristers")."""
SKIPPED = frozenset([*"more other others additional further of the its his their these those them us".split(), '"'])
COUNTS = frozenset(("number", "total", "count", "figure", "tally"))
"""Nouns for a count that do not tell what is counted."""
STRONG = re.compile(r"[-\s]strong\b(\s[^\W\d_])?", re.IGNORECASE)
WITHIN = re.compile(r"(?:one|1)\s(?P<noun>[^\W\d_]+)\sin\s.+", re.IGNORECASE)
"""A share that has its noun inside: "one *lorry* in three"."""
MODIFIERS = frozenset({"amod", "compound", "nmod"})
NUMERALS = frozenset({"nummod", "amod", "compound", "nmod", "quantmod", "det", "predet"})
"""How a number hangs from the noun that it counts."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted: the phrase and where it ends in the text, whether it is people, and its state."""

    of: str = ""
    end: int = 0
    person: bool = False
    state: str = ""


def tokens_of(parse: Parse, start: int, end: int) -> tuple[int, int]:
    """First and last token (inclusive) that touch a passage; the last lies before the first where none does."""
    starts, ends = parse.edges()
    return bisect_right(ends, start), bisect_left(starts, end) - 1


def is_person(token: Token) -> bool:
    """Whether a counted noun means people: a person noun, or a people by name ("North Koreans")."""
    persons = load_counted()["persons"]
    word = token.text.lower()
    if word in persons or token.lemma in persons or token.lemma.rstrip("s") in persons:
        return True
    return token.ent == "NORP" and (token.tag == "NNPS" or word.endswith(("s", "ese", "ish", "sh")))


def find_noun(parse: Parse, first: int, last: int) -> int | None:
    """The token of the noun that the number at tokens `first` to `last` counts, or None where it is left out."""
    tokens = parse.tokens
    sentence_end = parse.sentences[tokens[last].sentence][1]
    inside = range(first, last + 1)
    for i in inside:
        head = tokens[i].head
        near = last < head <= last + LONGEST_PHRASE
        if near and tokens[head].pos in NOUNS and tokens[i].dep in NUMERALS:
            between = [t.text for t in tokens[last + 1 : head]]
            if not set(between) & {",", ";", "(", ")", ".", ":"}:
                return head
    for i in inside:
        for child in tokens[i].children:
            if child > last and tokens[child].lemma == "of":
                for noun in tokens[child].children:
                    if tokens[noun].dep == "pobj" and noun <= last + LONGEST_PHRASE:
                        person = tokens[noun].text.lower() in load_counted()["persons"]  # "two of the missing"
                        return noun if person or tokens[noun].pos in NOUNS | {"PRON"} else None
    return find_noun_nearby(parse, last + 1, min(sentence_end, last + 1 + LONGEST_PHRASE))


def find_noun_nearby(parse: Parse, at: int, end: int) -> int | None:
    """The head of a noun phrase that begins at a token, read from the words alone: for where the parse is wrong."""
    tokens = parse.tokens
    noun = None
    states = load_states()["adjectives"]
    while at < end:
        token = tokens[at]
        if token.text.lower() in SKIPPED or token.text in {"“", "”", '"', "-"}:
            at += 1
            continue
        if token.pos in NOUNS and token.lemma not in states and token.text.lower() not in states:
            noun = at
        elif token.pos == "ADJ" or (token.tag in {"VBN", "JJ"} and token.text.lower() in states):
            # "300 killed" has no noun; "300 wounded men" has one.
            if noun is not None:
                break
        else:
            break
        at += 1
    return noun


def name_counted(parse: Parse, last: int, noun: int) -> str:
    """The words of what is counted, from after the number to its head."""
    tokens = parse.tokens
    first = last + 1
    while first < noun and (tokens[first].text.lower() in SKIPPED or not tokens[first].text[0].isalnum()):
        first += 1
    # "half of the 11,000 sailors" counts sailors.
    first = next((i + 1 for i in range(noun - 1, first - 1, -1) if tokens[i].tag == "CD"), first)
    words = re.sub(r"[\"“”]", "", parse.words(first, noun))
    head = tokens[noun]
    if head.pos == "NOUN" and not head.text.isupper():
        words = words[: len(words) - len(head.text)] + head.text.lower()
    return re.sub(r"\s+", " ", words)


def find_top(parse: Parse, first: int, last: int, noun: int | None) -> int:
    """The token that stands for the count in its sentence: the noun, or the number that the noun hangs from."""
    tops = [i for i in range(first, last + 1) if not first <= parse.tokens[i].head <= last or parse.tokens[i].head == i]
    arguments = [i for i in tops if parse.tokens[i].dep in SUBJECTS | OBJECTS]
    top = (arguments or tops or [last])[-1]
    if noun is None or top in parse.ancestors(noun):
        return top
    return noun


def count_measured(parse: Parse, top: int, state: str) -> Counted:
    """What a number without a noun is the measure of: "put the crowd at 2,000", "losses have passed 300"."""
    tokens, lists = parse.tokens, load_counted()
    token = tokens[top]
    verb = tokens[token.head]
    roles: tuple[str, ...]
    if named := next(name_member(parse, top, verb.i), None):
        if named.lemma in lists["parents"]:
            return Counted(of="children", person=True)
        return Counted(of=named.text.lower(), person=True, state=state or find_state(parse, named.i, named.i, named.i))
    if token.dep == "pobj" and verb.lemma in {"at", "to"}:
        verb, roles = tokens[verb.head], ("dobj", "nsubjpass", "nsubj")
    elif token.dep in {"dobj", "attr"}:
        roles = ("nsubj", "nsubjpass")
    else:
        return Counted(state=state, person=state in PERSON_STATES)
    if any(tokens[c].dep == "dobj" for c in verb.children) and roles[0] == "dobj":
        roles = ("dobj",)
    nouns = [tokens[c] for role in roles for c in verb.children if tokens[c].dep == role and tokens[c].pos == "NOUN"]
    if verb.lemma not in lists["measures"] or not nouns:
        return Counted(state=state, person=state in PERSON_STATES)
    noun = nouns[0]
    if noun.lemma in COUNTS:
        # "the number of patients has reached 300"
        below = (c for p in noun.children if tokens[p].lemma == "of" for c in tokens[p].children)
        noun = next((tokens[c] for c in below if tokens[c].dep == "pobj"), noun)
        state = state or said_alone(noun)
    first = noun.i
    while first - 1 in noun.children and tokens[first - 1].dep in {"amod", "compound", "nmod"}:
        first -= 1
    words = parse.words(first if first == noun.i else parse.subtree(first)[0], noun.i)
    words = words.lower() if first == noun.i else words
    person = noun.lemma in lists["collectives"] or is_person(noun) or state in PERSON_STATES
    return Counted(of=words if len(words) < 60 else noun.text, person=person, state=state)


def count_moved(found: Counted, noun: Token, state: str) -> Counted:
    """What a number is of that a count moved by, from or to: the noun that is counted, in its state."""
    state = found.state or state
    person = found.person or is_person(noun) or state in PERSON_STATES
    named = "" if noun.lemma in COUNTS else noun.text.lower()
    return Counted(of=found.of or named, person=person, state=state)


def name_member(parse: Parse, top: int, verb: int) -> Iterator[Token]:
    """The people that a number without a noun is said to be of or to be: "a *crew* of 30", "a *mother* of 12", "50 of
    whom were *officers*"."""
    tokens, token = parse.tokens, parse.tokens[top]
    if token.dep == "pobj" and tokens[verb].lemma == "of" and tokens[tokens[verb].head].i < top:
        noun, lists = tokens[tokens[verb].head], load_counted()
        if noun.tag == "NN" and noun.lemma in lists["collectives"] | lists["parents"]:
            yield noun
    if token.dep == "nsubj" and tokens[verb].lemma == "be":
        for child in tokens[verb].children:
            if tokens[child].dep == "attr" and tokens[child].tag == "NNS" and is_person(tokens[child]):
                yield tokens[child]


def find_multiplied(parse: Parse, start: int, end: int) -> Counted:
    """What the word at a span multiplies: the object of "doubled", or its subject where it has none."""
    first, last = tokens_of(parse, start, end)
    if last < first:
        return Counted()
    number = parse.tokens[last]
    if number.dep == "amod":  # "a threefold increase"
        return Counted(of=parse.tokens[number.head].text.lower(), end=parse.tokens[number.head].end)
    verb = next((i for i in (last, *parse.ancestors(last)) if parse.tokens[i].pos in {"VERB", "AUX"}), last)
    for roles in ({"dobj"}, {"nsubj", "nsubjpass"}):
        for child in parse.tokens[verb].children:
            if parse.tokens[child].dep in roles and parse.tokens[child].pos in NOUNS:
                begin = min(
                    (c for c in parse.tokens[child].children if parse.tokens[c].dep in MODIFIERS), default=child
                )
                token = parse.tokens[child]
                state = said_alone(token)
                return Counted(of=name_counted(parse, begin - 1, child), end=token.end, state=state)
    return Counted()


def find_counted(parse: Parse, start: int, end: int, times: Sequence[Span] = ()) -> Counted:
    """What the quantity at a span of the text counts; a noun in one of `times` ("8,000 last Thursday") is not it."""
    first, last = tokens_of(parse, start, end)
    if last < first:
        return Counted()
    noun = find_noun(parse, first, last)
    if within := WITHIN.fullmatch(parse.text, start, end):
        noun = tokens_of(parse, *within.span("noun"))[0]
        last = noun - 1
    if noun is not None and any(a < parse.tokens[noun].end and parse.tokens[noun].start < b for a, b in times):
        noun = None
    top = find_top(parse, first, last, noun)
    state = find_state(parse, last, last if noun is None else noun, top)
    if noun is None:
        found = count_measured(parse, top, "casualties" if state == "lost" else state)
        if not (found.of and found.state) and (moved := find_moved(parse, top)):
            found = count_moved(found, *moved)
        strong = STRONG.match(parse.text, end)
        if strong:  # "a 300-strong crew"
            noun = next(
                (i for i in range(last + 1, min(last + 4, len(parse.tokens))) if parse.tokens[i].pos == "NOUN"), -1
            )
            named = strong[1] is not None and noun > 0
            return Counted(of=parse.tokens[noun].text.lower() if named else "", person=True, state=state)
        who = last + 1 < len(parse.tokens) and parse.tokens[last + 1].text.lower() == "who"
        return replace(found, person=True) if who else found
    token = parse.tokens[noun]
    if token.pos == "PRON":
        person = state in PERSON_STATES or token.text.lower() in {"whom", "us"}
    else:
        person = is_person(token) or state in PERSON_VERBS
    state = {"lost": "casualties"}.get(state, state) if person else {"captured": "seized"}.get(state, state)
    return Counted(of=name_counted(parse, last, noun), end=token.end, person=person, state=state)
