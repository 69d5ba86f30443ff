"""What the words around a capitalised name say of it: that it is a place, and of which kind.

All functions take the parse and the first and last token of the name.
"""

from __future__ import annotations

from sayso.extract.places.words import (
    BETWEEN,
    DIVISION_NOUNS,
    DIVISION_PLURALS,
    PLACE_NOUNS,
    PLACE_VERBS,
    SURELY_WHERE,
    TOWN_NOUNS,
    WHERE,
    load_place_words,
)
from sayso.grammar.parses import Parse

FARTHEST = 7
"""Tokens between a place and what it is put into."""

LONGEST_LIST = 12
"""Tokens of a list of divisions before its noun ("Sumy, Kharkiv and Chernihiv regions")."""

SEATS = frozenset(("capital",))
"""Nouns for a town that stand before an "of" with what the town is the seat of."""
DASHES = frozenset(("-", "–", "—", "--", ":", "(", "”"))
"""What stands after the place of a dateline."""


def stands_where(parse: Parse, first: int, *, surely: bool = False) -> bool:
    """Whether what stands before the name points to a place: "near the town of", "Romania's", "reached"."""
    at = first - 1
    while at >= 0 and parse.tokens[at].text.lower() in ("the", "city", "town", "village", "of", "nearby"):
        if parse.tokens[at].text == "of" and at and parse.tokens[at - 1].lemma in PLACE_NOUNS:
            return True
        at -= 1
    if at < 0:
        return False
    before = parse.tokens[at]
    if before.text in ("'s", "’s") and at and parse.tokens[at - 1].ent == "GPE":
        return True
    return before.lemma in PLACE_VERBS or before.text.lower() in (SURELY_WHERE if surely else WHERE)


def points_back(parse: Parse, first: int, last: int) -> bool:
    """Whether a noun after the name, or a person before it, shows a place: "an Oakland man", "Ann Poe of Oakland"."""
    beyond = parse.tokens[last + 1].text if last + 1 < len(parse.tokens) else ""
    if beyond in load_place_words().whose:
        return True
    if first < 2 or parse.tokens[first - 1].text != "of":
        return False
    return parse.tokens[first - 2].text == "," or parse.tokens[first - 2].ent == "PERSON"


def opens_dateline(parse: Parse, first: int, last: int) -> bool:
    """Whether the name is the place of a dateline: "OAKLAND - "."""
    if not parse.tokens[first].text.isupper() or len(parse.tokens[first].text) < 4 or last + 1 >= len(parse.tokens):
        return False
    before = parse.tokens[first - 1].text if first else "."
    return parse.tokens[last + 1].text in DASHES and before in (".", "!", "?")


def is_listed(parse: Parse, last: int) -> bool:
    """Whether the name is in a list of divisions: "Sumy, Kharkiv and Chernihiv regions"."""
    for token in parse.tokens[last + 1 : last + 1 + LONGEST_LIST]:
        if token.text.lower() in DIVISION_PLURALS:
            return True
        if not token.text[0].isupper() and token.text not in (",", "and", "or", "-"):
            return False
    return False


def kind_beside(parse: Parse, first: int, last: int) -> str:
    """What a noun beside the name makes of it, as the start of a feature code: "the Oryol region", "town of Oryol"."""
    beyond = parse.tokens[last + 1].text if last + 1 < len(parse.tokens) else ""
    if beyond == "region":
        return "ADM1"  # "The Houston region" is around Houston, and no county.
    if beyond in DIVISION_NOUNS or is_listed(parse, last):
        return "ADM"
    before = parse.tokens[first - 1] if first else None
    if before and before.text == "of" and first > 1:
        noun = parse.tokens[first - 2].lemma
        if noun in SEATS:
            return ""  # "The capital of Congo" is of what it governs, and "the capital Goma" a town.
        return "PPL" if noun in TOWN_NOUNS else "ADM" if noun in DIVISION_NOUNS else ""
    return "PPL" if before and before.lemma in TOWN_NOUNS and before.pos == "NOUN" else ""


def leads_to_division(parse: Parse, last: int) -> bool:
    """Whether the name is put into a division by what follows: ", in the north of the Kano region"."""
    after = load_place_words().after
    for at, token in enumerate(parse.tokens[last + 1 : last + 1 + FARTHEST]):
        if at and (token.text in DIVISION_NOUNS or after.get(token.text, "").startswith("ADM")):
            return True
        if not token.text[0].isupper() and token.text not in BETWEEN:
            return False
    return False


def glued_token(parse: Parse, edge: int, step: int) -> int | None:
    """The capitalised token that a hyphen ties to the name's edge ("Wal-Mart"), before it (step -1) or after (1)."""
    hyphen, beyond = edge + step, edge + 2 * step
    if not (min(hyphen, beyond) >= 0 and max(hyphen, beyond) < len(parse.tokens)):
        return None
    if parse.tokens[hyphen].text != "-" or not parse.tokens[beyond].text[0].isupper():
        return None
    left, right = sorted((edge, beyond))
    tight = parse.tokens[left].end + 1 == parse.tokens[right].start
    return beyond if tight else None
