"""Units of measure and currencies, and their canonical forms (SI-like symbols, ISO 4217 codes, "share" for a part of
one)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sayso.tables import load_rows

GAP = r"(?:[ \u00a0\u2009\u202f]{1,2}|[-‐‑])?"


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
"""What "pounds" means after millions, where it is a weight in the table."""


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
        symbols |= {symbol: unit for symbol in (row["before"] or "").split("|") if symbol}
    return words, symbols


def any_of(words: list[str]) -> str:
    """A pattern for any of the words, the longest first; a space in one matches any run of spaces or a hyphen."""
    return "|".join(re.escape(word).replace(r"\ ", r"[\s-]{1,2}") for word in sorted(words, key=len, reverse=True))


@cache
def match_after() -> re.Pattern[str]:
    """A pattern that matches a unit where a number ends."""
    words, symbols = load_units()
    marks = any_of([s for s in symbols if not s[-1].isalnum()])
    letters = any_of([s for s in symbols if s[-1].isalnum()])
    word = rf"(?P<word>(?i:{any_of(list(words))}))\b"
    return re.compile(rf"{GAP}(?:{word}|(?P<symbol>(?:{letters})(?!\w)|(?:{marks})(?!\s?\d)))")


@cache
def match_before() -> re.Pattern[str]:
    """A pattern that matches a currency (or "magnitude") that ends where a number begins."""
    signs = [sign for row in load_rows("currencies.tsv") for sign in (row["before"] or "").split("|") if sign]
    return re.compile(rf"(?:(?<![\w$])(?P<sign>{any_of(signs)})|(?i:\bmagnitude)[ -])[ \u00a0]?$")


def find_unit_after(text: str, at: int) -> tuple[Unit, int] | None:
    """The unit that is written at `at`, where a number ends, and where the unit ends."""
    match = match_after().match(text, at)
    if not match:
        return None
    words, symbols = load_units()
    if match["word"]:
        unit = words.get(re.sub(r"[\s-]+", " ", match["word"].lower())) or words.get(match["word"].lower())
    else:
        unit = symbols.get(match["symbol"]) or symbols.get(re.sub(r"[\s-]+", " ", match["symbol"]))
    return (unit, match.end()) if unit else None


def find_unit_before(text: str, at: int) -> tuple[Unit, int] | None:
    """The currency sign or "magnitude" that ends at `at`, where a number begins, and where it begins."""
    match = match_before().search(text, max(0, at - 12), at)
    if not match:
        return None
    return (load_units()[1][match["sign"]] if match["sign"] else Unit("magnitude")), match.start()
