"""Whether a country or a division is meant where several places have the name, by the office or body beside it: "the
Georgia governor" is a state's, "the president of Georgia" a country's."""

from __future__ import annotations

from functools import cache

from sayso.grammar.parses import Parse
from sayso.tables import load_rows

LONGEST_OFFICE = 3
"""Words of an office ("secretary of state")."""
LEADING = frozenset("former new acting interim deputy then outgoing late ex current longtime the".split())
"""Words that may stand between a place and an office."""


@cache
def load_levels() -> dict[str, str]:
    """The kind of place that an office is of, by the office's words with hyphens between."""
    return {office: row["kind"] for row in load_rows("places/place_levels.tsv") for office in row["words"].split()}


def level_beside(parse: Parse, first: int, last: int) -> str:
    """The kind of place that an office after tokens `first` to `last`, or before an "of", is of; "" where none is."""
    at = last + 1
    if at < len(parse.tokens) and parse.tokens[at].text in ("'s", "’s", "'", "’"):
        at += 1
    while at < len(parse.tokens) and parse.tokens[at].text.lower() in LEADING and at > last:
        at += 1
    for length in range(LONGEST_OFFICE, 0, -1):
        if at + length <= len(parse.tokens) and (kind := load_levels().get(name_office(parse, at, at + length))):
            return kind
    of = first - 1
    if of > 0 and parse.tokens[of].text == "the":
        of -= 1
    if of < 1 or parse.tokens[of].text != "of":
        return ""
    for length in range(LONGEST_OFFICE, 0, -1):
        if of - length >= 0 and (kind := load_levels().get(name_office(parse, of - length, of))):
            return kind
    return ""


def name_office(parse: Parse, start: int, end: int) -> str:
    """Tokens as the table writes an office."""
    return "-".join(token.text.lower() for token in parse.tokens[start:end])
