"""A number with its unit: "$2bn", "40 per cent", "5 feet", "2.5m refugees"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sayso.extract.figures.numbers import Number
from sayso.extract.figures.units import Unit, find_unit_after, find_unit_before
from sayso.record import Span
from sayso.tables import load_toml

MANY = re.compile(r"(?!across|this|less|plus|towards|upwards|besides|always)[a-z]{3,}s", re.IGNORECASE)
"""A word after "2.5m" that makes it 2.5 million of something."""
NAMED_MANY = re.compile(r"(?:\s[A-Z]\w*){1,3}(?:\s\d{1,3})?\s([a-z]+)\b")
"""A name, perhaps with the number of a model, and the word after it."""
TIMES = Unit("times")
"""The unit of what is multiplied: "doubled" is 2 times."""
MILLIONS = re.compile(r"(?:thousands|millions|billions)$", re.IGNORECASE)
ABBREVIATED = re.compile(r"(?:mio|mrd)\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A passage that says how much. `low` and `high` are as written, in `unit` where there is one.

    `core` is the span of the numbers and units without the bounding words. `part` marks a share without a unit of
    its own (half, one in four), `vague` a count in words only (dozens), `bare` plain digits that may be a label.
    """

    start: int
    end: int
    core: Span
    low: float | None
    high: float | None
    scale: float = 1.0
    unit: Unit | None = None
    bound: str = "exact"
    part: bool = False
    vague: bool = False
    bare: bool = False


@cache
def load_counted() -> dict[str, frozenset[str]]:
    """The word lists of ``counted.toml``."""
    table = load_toml("counted.toml")
    return {name: frozenset(words.split()) for name, words in table.items() if isinstance(words, str)}


def counts_millions(text: str, at: int, *, glued: bool) -> bool:
    """Whether what follows "2.5m", which ends at `at`, is counted and so not measured in metres: people, or where the
    letter is glued to the number, a word in the plural or one behind a name ("1.1m *Nimbus 5 phones*")."""
    following = re.compile(r"\s([^\W\d_]+)").match(text, at)
    if following is None:
        return False
    named = glued and NAMED_MANY.match(text, at)
    many = (glued and MANY.fullmatch(following[1])) or (named and MANY.fullmatch(named[1]))
    return following[1].lower() in load_counted()["persons"] or bool(many)


def measure_number(text: str, number: Number) -> Quantity:
    """A number with the currency before it and the unit after it."""
    start, end, value, scale = number.start, number.end, number.value, number.scale
    before = find_unit_before(text, start)
    unit = None
    if before:
        unit, start = before
        letter = re.compile(r"\s?(m|t|Tn|Bn|BN|Mn)\b").match(text, end)
        if letter and scale == 1.0:
            scale = load_toml("numbers.toml")["money_letters"][letter[1]]
            value, end = value * scale, letter.end()
    if ABBREVIATED.match(text, max(0, end - 3), end + 1):
        end += 1  # "2,3 Mrd. euros"
    # "four millions of euros"
    after = find_unit_after(
        text, end + 3 if MILLIONS.search(text, start, end) and text.startswith(" of ", end) else end
    )
    metres = after is not None and text[end : after[1]].strip() == "m" and not before
    if metres and after is not None and counts_millions(text, after[1], glued=text[end] == "m"):
        # "2.5m refugees", "3m euros": million, not metres.
        scale *= 1e6
        value, end, after = value * 1e6, after[1], find_unit_after(text, after[1])
    if after and (unit is None or after[0] == unit):
        unit, end = after
    return Quantity(
        start=start,
        end=end,
        core=(start, end),
        low=value,
        high=value,
        scale=scale,
        unit=unit,
        part=number.part and unit is None,
        bare=number.bare and unit is None,
    )
