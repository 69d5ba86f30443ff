"""Counts that an ordinal tells: after "a fifth volunteer died" five have died, and "every tenth house" is a share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from sayso.extract.figures.counting import PERSON_STATES, find_counted, tokens_of
from sayso.extract.figures.quantities import Quantity, load_counted
from sayso.extract.figures.states import HARM
from sayso.grammar.parses import Parse
from sayso.tables import load_toml


@cache
def load_ordinals() -> dict[str, float]:
    """What each ordinal word counts."""
    parts = load_toml("numbers.toml")["parts"]
    return {"second": 2.0, **{word: float(n) for word, n in parts.items() if word.endswith(("ird", "th"))}}


@cache
def match_ordinals() -> re.Pattern[str]:
    """A pattern of an ordinal before a word, with "every" where it tells a share."""
    words = "|".join(load_ordinals())
    return re.compile(rf"\b(?P<every>every\s|each\s)?(?P<word>{words})(?=\s[^\W\d_])", re.IGNORECASE)


def scan_ordinals(text: str) -> Iterator[Quantity]:
    """The ordinals that may tell a count, and shares told by "every"."""
    durations = load_counted()["durations"]
    for match in match_ordinals().finditer(text):
        value, every = load_ordinals()[match["word"].lower()], match["every"] is not None
        following = re.compile(r"\s([^\W\d_]+)").match(text, match.end())
        if following is None or following[1].lower() in durations or (following[1] == "of" and not every):
            continue
        span = match.span()
        value = 1 / value if every else value
        yield Quantity(start=span[0], end=span[1], core=span, low=value, high=value, part=every)


def is_one_more(parse: Parse, text: str, quantity: Quantity) -> bool:
    """Whether what reads as a fraction is one more person of whom harm is told: "shot two and wounded *a third*"."""
    if not quantity.part or not re.fullmatch(r"an?\s[^\W\d_]+(?:th|rd)", text[slice(*quantity.core)], re.IGNORECASE):
        return False
    first, last = tokens_of(parse, *quantity.core)
    if (
        last < first
        or parse.tokens[last].dep not in {"dobj", "nsubj", "nsubjpass"}
        or text.startswith(" of ", quantity.end)
    ):
        return False
    return find_counted(parse, *quantity.core).state in HARM


def is_count(parse: Parse, quantity: Quantity) -> bool:
    """Whether an ordinal tells a share, or counts people of whom harm is told ("the second death"), or what else only
    people come to, where it is one more ("a fifth suspect was arrested")."""
    if quantity.part:
        return True
    first, last = tokens_of(parse, *quantity.core)
    token = parse.tokens[last]
    if last < first or token.dep != "amod" or parse.tokens[token.head].tag != "NN":
        return False
    counted = find_counted(parse, *quantity.core)
    one_more = any(parse.tokens[c].text.lower() in ("a", "an") for c in parse.tokens[token.head].children)
    return counted.person and counted.state in (PERSON_STATES if one_more else HARM) - {"casualties"}
