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
LABEL = re.compile(r"(?:^|[\n;.•(–-])\s*(?P<label>[^\d:;.()\n]{2,70}?)(?:\s?\([^()\n]{1,40}\))?:\s{0,3}$")


def find_label(parse: Parse, quantity: Quantity) -> Span | None:
    """The span of the label that ends where a quantity begins."""
    if not parse.text[max(0, quantity.start - 4) : quantity.start].rstrip().endswith(":"):
        return None
    match = LABEL.search(parse.text, max(0, quantity.start - LONGEST_LABEL), quantity.start)
    return match.span("label") if match else None


def add_label(parse: Parse, label: Span, counted: Counted) -> Counted:
    """What is counted, with the noun and the state of a label where the figure has none of its own."""
    first, last = tokens_of(parse, *label)
    tokens = parse.tokens[first : last + 1]
    state = counted.state or join_states([found for token in tokens if (found := said_by_label(token))])
    nouns = [token for token in tokens if token.pos in NOUNS and not said_alone(token)]
    of = counted.of or (nouns[0].text.lower() if nouns else "")
    person = counted.person or (not counted.of and (is_person(nouns[0]) if nouns else state in PERSON_STATES))
    return replace(counted, of=of, state=state, person=person)


def said_by_label(token: Token) -> str:
    """The state that a word of a label gives: a noun or adjective, or a participle ("evacuated")."""
    return said_alone(token) or (load_states()["object"].get(token.lemma, "") if token.tag in {"VBN", "VBD"} else "")
