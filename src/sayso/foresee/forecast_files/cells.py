"""What one cell of a file of forecasts says: a probability, a number, a moment, how a question ended.

Each takes what stood in a CSV or JSON cell and gives a value, or raises ValueError with what is wrong, in words for the
user.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from sayso.read.dates import parse_published
from sayso.tables import load_toml

NUMERIC = re.compile(
    r"(\d{1,2})(?P<mark>[/.-])(\d{1,2})(?P=mark)(\d{4}|\d{2})"
    r"(?:,?[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,6})?)?(?: ?(?P<half>[ap])\.?m\.?)?(?: ?(?:Z|UTC|GMT))?)?$",
    re.IGNORECASE,
)
"""A day in three numbers, the year last: day or month first, and perhaps an hour."""
EPOCH = re.compile(r"\d{9,10}(\.\d+)?$|\d{12,13}$")
"""Seconds or milliseconds since 1970."""
SERIAL = re.compile(r"[3-6]\d{4}(\.\d+)?")
"""Days since the end of 1899, as spreadsheets count them, from 1982 to 2091."""
PERCENT = re.compile(r"(?P<number>.+?)\s*(?:%|per ?cent|pct\.?)", re.IGNORECASE)
LARGEST = 1e100
"""A number beyond it counts nothing in this world, and its square would overflow."""


@lru_cache(1 << 12)
def fold(name: str) -> str:
    """A column's name or an outcome's word so that spelling does not matter: small, with single spaces."""
    return " ".join(re.sub(r"[_\-\s\ufeff]+", " ", name.strip().lower()).split())


def read_text(cell: Any) -> str:
    """A cell as words; a whole number of JSON without its decimal point."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def read_number(cell: Any) -> float:
    """A finite number; "0,25" is a quarter, as half of the world writes it."""
    if isinstance(cell, bool | list | dict):
        raise ValueError(f"{cell!r} is no number")
    words = read_text(cell).replace("\u2212", "-").replace("\u00a0", "").replace("\u202f", "")
    if words.count(",") == 1 and "." not in words:
        words = words.replace(",", ".")
    try:
        number = float(words)
    except ValueError:
        raise ValueError(f"{read_text(cell)!r} is no number") from None
    if not abs(number) <= LARGEST or "_" in words:
        raise ValueError(f"{read_text(cell)!r} is no number")
    return number


def read_chance(cell: Any, *, percent: bool = False) -> float:
    """A probability from 0 to 1; "25 %" is a quarter, and so is 25 in a column that is in `percent`."""
    bare = strip_percent(cell)
    words = read_text(cell)
    if not words:
        raise ValueError("no probability")
    number = read_number(cell) if bare is None else read_number(bare) / 100
    if percent and bare is None:
        number /= 100
    if not 0 <= number <= 1:
        hint = f"; write {number / 100:g} or {number:g}%" if 1 < number <= 100 else ""
        raise ValueError(f"probability {words} is not between 0 and 1{hint}")
    return number


def strip_percent(cell: Any) -> str | None:
    """The number of a cell that says itself that it is in per cent, without its sign; None for any other."""
    found = PERCENT.fullmatch(read_text(cell))
    return found["number"] if found else None


def read_moment(cell: Any, *, end_of_day: bool = False, day_first: bool = False) -> float:
    """Seconds since 1970 of a moment in ISO 8601, 9/30/2011 (month first unless told), 30.9.2011, as pages write it
    (30 Sep 2011), or in seconds or milliseconds since 1970; NaN for an empty cell. UTC where no zone is given. A day
    is its first moment, or its last. Raises ValueError."""
    words = read_text(cell)
    if len(words) < 8 and fold(words) in outcome_words()["unresolved"]:
        return math.nan
    try:
        moment, has_clock = find_moment(words, day_first=day_first)
    except (ValueError, OverflowError):
        raise ValueError(f"{words!r} is no date or time such as 2025-02-01 or 2025-02-01T18:00Z") from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if end_of_day and not has_clock:
        moment += timedelta(days=1, microseconds=-1)
    return moment.timestamp()


def find_moment(words: str, *, day_first: bool = False) -> tuple[datetime, bool]:
    """The moment of a cell that is not empty, and whether it has a time of day. Raises ValueError."""
    if EPOCH.match(words):
        return datetime.fromtimestamp(float(words) / (1000 if len(words.split(".")[0]) > 10 else 1), UTC), True
    if SERIAL.fullmatch(words):
        return datetime(1899, 12, 30, tzinfo=UTC) + timedelta(days=float(words)), "." in words
    if found := NUMERIC.match(words):
        first, second, year = int(found[1]), int(found[3]), int(found[4]) + (2000 if len(found[4]) == 2 else 0)
        month, day = (second, first) if day_first or found["mark"] == "." else (first, second)
        hour, minute, seconds = (int(part or 0) for part in found.group(5, 6, 7))
        if found["half"]:
            hour = hour % 12 + (12 if found["half"] in "pP" else 0)
        return datetime(year, month, day, hour, minute, seconds, tzinfo=UTC), bool(found[5])
    try:
        return datetime.fromisoformat(words), len(words) > len("2025-02-01")
    except ValueError:
        named = parse_published(words)  # "7 Sep 2011, 03:57 UTC", as pages write it.
        if named is None:
            raise
        return named


@cache
def outcome_words() -> dict[str, frozenset[str]]:
    """The words that say how a question ended, by what they mean."""
    return {meaning: frozenset(words) for meaning, words in load_toml("forecast_columns.toml")["outcomes"].items()}


@lru_cache(1 << 12)
def read_outcome(words: str) -> str:
    """What a cell says of how a question ended: yes, no, unresolved, void, ambiguous, or "" for anything else."""
    folded = fold(words)
    # A cell of "-" or "?" folds to itself or nothing; both mean that nobody knows.
    return next((meaning for meaning, known in outcome_words().items() if folded in known), "")
