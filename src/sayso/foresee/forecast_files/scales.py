"""What a whole column is written in: probabilities from 0 to 1 or in per cent, days with the day or the month first.

A cell alone does not say it ("1" is certainty or one per cent, 01/02/2025 is in January or in February), its column
mostly does. Where a column says both, it is refused, and what it leaves open is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sayso.foresee.forecast_files.cells import NUMERIC, find_moment, read_number, read_text, strip_percent
from sayso.foresee.forecast_files.columns import is_percent_head, is_share_head

CLEAR = 2
"""How many times as many cells of one scale there must be as of the other, for these to be slips."""


def is_in_percent(head: str, cells: Iterable[Any]) -> bool:
    """Whether the plain numbers of a column of probabilities are in per cent. Raises ValueError where the column mixes
    both scales, or where nothing says which it has."""
    told = list(cells)
    plain = [number for number in map(read_plain, told) if number is not None]
    large = sum(1 < number <= 100 for number in plain)
    fractions = sum(0 < number < 1 for number in plain)
    if is_share_head(head):
        return False
    if is_percent_head(head):
        if fractions > 1 and not large and len(plain) == fractions + plain.count(0) + plain.count(1):
            raise ValueError(f"column {head} says per cent and holds numbers from 0 to 1; write 70% or 0.7")
        return True
    if large and fractions and max(large, fractions) < CLEAR * min(large, fractions):
        raise ValueError(f"column {head} mixes numbers from 0 to 1 and in per cent; write all as 70% or all as 0.7")
    if plain.count(1) and not large and not fractions and any(strip_percent(cell) is not None for cell in told):
        raise ValueError(f"column {head}: 1 beside cells with a % may be certainty or 1%; write 100% or 1%")
    return large > fractions


def read_plain(cell: Any) -> float | None:
    """The number of a cell that has no sign of per cent; None for any other."""
    try:
        return None if strip_percent(cell) is not None else read_number(cell)
    except ValueError:
        return None


def find_day_order(head: str, cells: Iterable[Any]) -> bool | None:
    """Whether the days in numbers of a column have the day first: by any number over 12, else by the order of the rows
    where only one reading makes them ascend or descend. None where nothing tells, or where there are no such days.
    Raises ValueError where the column contradicts itself."""
    dated = [words for words in map(read_text, cells) if is_open(words)]
    orders = {order for words in dated if (order := order_of(words)) is not None}
    if len(orders) == 2:
        raise ValueError(f"column {head} has days both day first and month first; write them as 2025-02-01")
    if orders:
        return orders.pop()
    kept = [order for order in (True, False) if ascends(dated, day_first=order)] if len(set(dated)) > 2 else []
    return kept[0] if len(kept) == 1 else None


def is_open(words: str) -> bool:
    """Whether a cell is a day in numbers with the year last, other than with points, which have the day first."""
    found = NUMERIC.match(words)
    return found is not None and found["mark"] != "."


def order_of(words: str) -> bool | None:
    """Whether a day in numbers has its day first, where one of its numbers is over 12."""
    found = NUMERIC.match(words)
    if found is None or (int(found[1]) <= 12) == (int(found[3]) <= 12):
        return None
    return int(found[1]) > 12


def ascends(cells: Sequence[str], *, day_first: bool) -> bool:
    """Whether cells are in the order of time, one way or the other, when read with the day or the month first."""
    try:
        moments = [find_moment(words, day_first=day_first)[0] for words in cells]
    except ValueError:
        return False
    return moments in (sorted(moments), sorted(moments, reverse=True))
