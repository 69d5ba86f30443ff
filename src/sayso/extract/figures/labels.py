"""What the label of a line says of its figure: "Deaths: 9", "Houses destroyed: at least 40"."""

from __future__ import annotations

import re
from dataclasses import replace

from sayso.extract.figures.counting import PERSON_STATES, Counted, is_person, tokens_of
from sayso.extract.figures.quantities import Quantity
from sayso.extract.figures.states import NOUNS, join_states, load_states, said_alone
from sayso.grammar.parses import Parse, Token
from sayso.record import Span

LONGEST_LABEL = 90
MARKS = ("-", "–", "—", "=", "\t")
LABEL = re.compile(r"(?:^|[\n;.•(–-])\s*(?P<label>[^\d:;.()\n]{2,70}?)(?:\s?\([^()\n]{1,40}\))?:\s{0,3}$")


DASHED = re.compile(r"(?:^|[\n;•(]|\.\s)\s*(?P<label>[^\W\d][^\d:;.()\n–—=-]{1,38}?)(?:\s[-–—=]|=|\t)\s{0,3}$")
"""The same with a dash, a tab or an equals sign, which make only words of a state a label: "injured - 18"."""


def find_label(parse: Parse, quantity: Quantity) -> Span | None:
    """The span of the label that ends where a quantity begins."""
    before = parse.text[max(0, quantity.start - 4) : quantity.start].rstrip(" ")
    found = LABEL if before.endswith(":") else DASHED if before.endswith(MARKS) else None
    match = found.search(parse.text, max(0, quantity.start - LONGEST_LABEL), quantity.start) if found else None
    if match is None:
        return None
    first, last = tokens_of(parse, *match.span("label"))
    if found is DASHED and not any(said_by_label(token) for token in parse.tokens[first : last + 1]):
        return None
    return match.span("label")


def add_label(parse: Parse, label: Span, counted: Counted) -> Counted:
    """What is counted, with the noun and the state of a label where the figure has none of its own."""
    first, last = tokens_of(parse, *label)
    tokens = parse.tokens[first : last + 1]
    said = join_states([found for token in tokens if (found := said_by_label(token))])
    # "Missing: nil; homeless: 75 families": the words of one entry say nothing of the next.
    state = counted.state if counted.state in list_entry(parse, label[1]) else said or counted.state
    nouns = [token for token in tokens if token.pos in NOUNS and not said_alone(token)]
    of = counted.of or (nouns[0].text.lower() if nouns else "")
    person = counted.person or (not counted.of and (is_person(nouns[0]) if nouns else state in PERSON_STATES))
    return replace(counted, of=of, state=state, person=person)


def list_entry(parse: Parse, start: int) -> set[str]:
    """The states that the words between a label's end and that of its entry give."""
    entry = ENTRY.match(parse.text, start)
    first, last = tokens_of(parse, start, entry.end() if entry else start)
    return {state for token in parse.tokens[first : last + 1] if (state := said_by_label(token))}


ENTRY = re.compile(r"[^;\n(]{0,80}")


def said_by_label(token: Token) -> str:
    """The state that a word of a label gives: a noun or adjective, or a participle ("evacuated")."""
    return said_alone(token) or (load_states()["object"].get(token.lemma, "") if token.tag in {"VBN", "VBD"} else "")
