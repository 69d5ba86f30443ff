"""Units of measure and currencies, and their canonical forms (SI-like symbols, ISO 4217 codes, "share" for a part of
one)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sayso.tables import load_rows

GAP = r"(?:[ \u00a0\u2009\u202f]{1,2}|[-‐‑])?"
BRACKET = re.compile(r"\s?[(\[{<](?=\w)")
CLOSING = {"(": ")", "[": "]", "{": "}", "<": ">"}
LENGTHS = {"km": 1.0, "m": 0.001}
"""Units of length that make a speed, in km."""
HOURS = {
    **dict.fromkeys(("hour", "hr", "h"), 1.0),
    **dict.fromkeys(("minute", "min"), 1 / 60),
    **dict.fromkeys(("second", "sec", "s"), 1 / 3600),
    **dict.fromkeys(("millisecond", "msec", "ms"), 1 / 3_600_000),
}
"""Units of time that a speed is told by, in hours."""
SPEED = re.compile(rf"(?:\s(?:per|an?)\s|\s?/\s?)({'|'.join(HOURS)})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as written: a value in it times `factor` plus `offset` is the value in the canonical unit `symbol`."""

    symbol: str
    factor: float = 1.0
    offset: float = 0.0
    money: bool = False

    def convert(self, value: float) -> float:
        """The value in the canonical unit."""
        return value * self.factor + self.offset


POUND_STERLING = Unit("GBP", money=True)
"""What "pounds" are where they are money: in the table they are a weight (see `pounds`)."""


@cache
def load_units() -> tuple[dict[str, Unit], dict[str, Unit]]:
    """Units by word (lower case) and by symbol (as it is)."""
    words: dict[str, Unit] = {}
    symbols: dict[str, Unit] = {}
    for row in load_rows("units.tsv"):
        unit = Unit(row["unit"], float(row["factor"]), float(row["offset"]))
        words |= {word: unit for word in (row["words"] or "").split("|") if word}
        symbols |= {symbol: unit for symbol in (row["symbols"] or "").split("|") if symbol}
    for row in load_rows("currencies.tsv"):
        unit = Unit(row["code"], float(row["part"]), money=True)
        words |= {word: unit for word in (row["after"] or "").split("|") if word}
        signs = [symbol for symbol in (row["before"] or "").split("|") if symbol]
        # "$US190" and "$A5" are as usual in Australia as "US$190".
        signs += [f"${sign[:-1]}" for sign in signs if sign[-1] == "$" and sign[:-1].isalpha()]
        symbols |= dict.fromkeys(signs, unit)
    return words, symbols


@cache
def list_glued_signs() -> tuple[str, ...]:
    """The currency signs that end in a letter or its point, behind which digits are a sum and no name of a thing: "RM92
    million"; but not the letter of the rand, which also numbers roads ("R61")."""
    signs = (sign for sign, unit in load_units()[1].items() if unit.money)
    return tuple(sign for sign in signs if (sign[-1].isalpha() or sign[-1] == ".") and sign != "R")


def any_of(words: list[str]) -> str:
    """A pattern for any of the words, the longest first; a space in one matches any run of spaces or a hyphen."""
    return "|".join(re.escape(word).replace(r"\ ", r"[\s-]{1,2}") for word in sorted(words, key=len, reverse=True))


@cache
def match_gap() -> re.Pattern[str]:
    """A pattern of what may stand between a number and its unit, and of the letters that the unit begins with."""
    return re.compile(rf"{GAP}(?P<letters>[^\W\d_]*)")


@cache
def match_after(letters: str) -> re.Pattern[str] | None:
    """A pattern of the units that begin with these letters, in small ones, up to the first other sign; None where there
    is none. Most numbers meet few of all units, so that each pattern is made when it is first needed."""
    words, symbols = ([name for name in some if first_letters(name) == letters] for some in load_units())
    lettered = [symbol for symbol in symbols if symbol[-1].isalnum()]
    marked = [symbol for symbol in symbols if not symbol[-1].isalnum()]
    ways = [rf"(?P<word>(?i:{any_of(words)}))\b"] if words else []
    ways += [rf"(?P<lettered>{any_of(lettered)})(?!\w)"] if lettered else []
    ways += [rf"(?P<marked>{any_of(marked)})(?!\s?\d)"] if marked else []
    return re.compile("|".join(ways)) if ways else None


@cache
def first_letters(name: str) -> str:
    """The letters that a unit begins with, in small ones: "u" of "U.S. dollars", "" of "%"."""
    found = re.match(r"[^\W\d_]*", name)
    return found.group().lower() if found else ""


@cache
def match_before() -> re.Pattern[str]:
    """A pattern that matches a currency (or "magnitude") that ends where a number begins."""
    signs = [sign for sign, unit in load_units()[1].items() if unit.money]
    return re.compile(rf"(?:(?<![\w$])(?P<sign>{any_of(signs)})|(?i:\bmagnitude)[ -])[ \u00a0]?$")


def find_unit_after(text: str, at: int) -> tuple[Unit, int] | None:
    """The unit that is written at `at`, where a number ends, and where the unit ends; it may stand in brackets
    ("20 (kg)"). A length by a time is a speed in km/h."""
    bracket = BRACKET.match(text, at)
    found = read_unit(text, bracket.end() if bracket else at)
    if not found:
        return None
    unit, end = found
    if bracket:
        closed = text[end : end + 1] == CLOSING[bracket.group().strip()] and end - bracket.end() > 1
        return (unit, end + 1) if closed else None
    speed = SPEED.match(text, end) if unit.symbol in LENGTHS else None
    if speed:
        return Unit("km/h", unit.factor * LENGTHS[unit.symbol] / HOURS[speed[1].lower()]), speed.end()
    return unit, end


def read_unit(text: str, at: int) -> tuple[Unit, int] | None:
    """The unit as the table has it that is written at `at`, and where it ends."""
    gap = match_gap().match(text, at)
    pattern = match_after(gap["letters"].lower()) if gap else None
    match = pattern.match(text, gap.start("letters")) if gap and pattern else None
    if not match:
        return None
    words, symbols = load_units()
    found, known = match.group(), words if match.lastgroup == "word" else symbols
    found = found.lower() if match.lastgroup == "word" else found
    unit = known.get(re.sub(r"[\s-]+", " ", found)) or known.get(found)
    return (unit, match.end()) if unit else None


def find_unit_before(text: str, at: int) -> tuple[Unit, int] | None:
    """The currency sign or "magnitude" that ends at `at`, where a number begins, and where it begins."""
    match = match_before().search(text, max(0, at - 12), at)
    if not match or (match["sign"] == "R" and text[at - 1] != "R"):  # "Smith, R 40" is no sum
        return None
    return (load_units()[1][match["sign"]] if match["sign"] else Unit("magnitude")), match.start()
