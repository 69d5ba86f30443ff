"""Amounts of time: how many of which unit ("two and a half years", "several days", "a fortnight")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.extract.times.grammar import Hit
from sayso.extract.times.words import load_lexicon

GRAIN_OF_LETTER = {
    "Y": "year",
    "M": "month",
    "W": "week",
    "WE": "weekend",
    "D": "day",
    "TH": "hour",
    "TM": "minute",
    "TS": "second",
}
HALVES = {"1Y": (6, "M"), "1D": (12, "TH"), "1TH": (30, "TM"), "1TM": (30, "TS"), "10Y": (5, "Y"), "100Y": (50, "Y")}
"""Half of a unit as a whole number of the next."""


@dataclass(frozen=True, slots=True)
class Amount:
    """`count` of `factor` units of a `grain`; `letter` is the ISO 8601 designator. A vague amount has no count, but
    perhaps a number to reckon with."""

    count: float | None
    vague: float | None
    factor: int
    letter: str

    @property
    def grain(self) -> str:
        """The grain of the unit."""
        return GRAIN_OF_LETTER[self.letter]

    @property
    def value(self) -> str:
        """The TIMEX3 value of a duration of this amount: P2W, PT30M, PXY."""
        number = "X" if self.count is None else format_number(self.count * self.factor)
        timed = self.letter.startswith("T")
        return f"P{'T' if timed else ''}{number}{self.letter.removeprefix('T')}"


def format_number(number: float) -> str:
    """A number without needless decimals."""
    return str(int(number)) if number == int(number) else f"{number:.6f}".rstrip("0")


def read_amount(hit: Hit, name: str = "amount", unit: str = "unit") -> Amount | None:
    """The amount in a hit: its piece `name` times its piece `unit`; a unit alone in the plural is vague."""
    values = load_lexicon().values
    word = hit.text(unit)
    code = values["UNIT"].get(word) or values["UNITS"].get(word)
    match = re.match(r"(\d+)(\w+)", str(code))
    if not match:
        return None
    factor, letter = int(match[1]), match[2]
    tokens = [token for token in hit.tokens(name) if token not in ("-", "–", "—", "‑")]
    if not tokens:
        return Amount(None, None, factor, letter) if word in values["UNITS"] else Amount(1, None, factor, letter)
    if tokens in (["half"], ["half", "a"], ["half", "an"], ["a", "half"]):
        half = HALVES.get(str(code))
        return Amount(1, None, *half) if half else Amount(0.5, None, factor, letter)
    count = read_number(tokens)
    if count is not None:
        return Amount(count, None, factor, letter)
    vague = next((values["VAGUE"][token] for token in reversed(tokens) if token in values["VAGUE"]), None)
    return Amount(2, None, factor, letter) if "couple" in tokens else Amount(None, vague, factor, letter)


def read_number(tokens: list[str]) -> float | None:
    """A number in digits or words: "2.5", "twenty five", "two hundred and six", "a", "two and a half"."""
    counts = load_lexicon().values["COUNT"]
    extra = 0.0
    if tokens[-1] == "½":
        extra, tokens = 0.5, tokens[:-1]
    elif len(tokens) > 2 and tokens[-1] == "half" and tokens[-2] in ("a", "one", "and"):
        extra, tokens = 0.5, tokens[:-2]
    if tokens and tokens[-1] == "and":
        tokens = tokens[:-1]
    if not tokens:
        return extra or None
    total, group, seen = 0.0, 0.0, False
    for token in tokens:
        if token == "and":
            continue
        if token in ("a", "an"):
            group, seen = 1.0, True
        elif token[0].isdigit():
            group += float(token.replace(",", ""))
            seen = True
        elif token in counts:
            value, seen = counts[token], True
            if value < 100 and token != "dozen":
                group += value
            elif value in (100, 12):
                group = (group or 1) * value
            else:
                total, group = total + (group or 1) * value, 0.0
        else:
            return None
    return total + group + extra if seen else None
