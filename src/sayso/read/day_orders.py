"""Whether the days of a whole input are written day, month or year first: decided for all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Day = tuple[int, int, int]
"""The three numbers of a day, as they are written."""


def find_day_order(days: Sequence[Day], *, rising: bool = False) -> str:
    """How some days are written: "ymd", "dmy" or "mdy"; "" where nothing tells day and month apart. With `rising`, they
    stand in the order of time, so that the wrong reading goes back."""
    if not days:
        return ""
    if any(a > 31 for a, _, _ in days):
        return "ymd"
    if any(a > 12 for a, _, _ in days):
        return "dmy"
    if any(b > 12 for _, b, _ in days):
        return "mdy"
    if all(a == b for a, b, _ in days):
        return "dmy"
    found = [order for order in ("dmy", "mdy") if rising and is_rising(order_day(day, order) for day in days)]
    return found[0] if len(found) == 1 else ""


def order_day(day: Day, order: str) -> Day:
    """A day as year, month and day; years of two figures are of this century."""
    a, b, c = day
    year, month, number = {"ymd": (a, b, c), "dmy": (c, b, a), "mdy": (c, a, b)}[order]
    return (year + 2000 if year < 100 else year), month, number


def is_rising(days: Iterable[Day]) -> bool:
    """Whether no day is before the one that it follows."""
    listed = list(days)
    return listed == sorted(listed)
