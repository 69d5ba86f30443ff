"""Whether the dates in numbers of a text have the day or the month first: decided once for the whole text, since
whoever wrote one date wrote the others alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from sayso.extract.times.words import SHAPES, Words

Pair = tuple[int, int, int]
"""The first number of a date, the second, and its year."""
RANGE_WORDS = ("-", "–", "—", "to", "until", "till", "through")
NEAR = timedelta(days=14)
"""How near to its publication a date lies that a report is likely to tell of."""


def find_day_order(words: Words, now: datetime | None) -> bool | None:
    """Whether the day is first in dates such as 05/03/2031; None where nothing tells, or where the text does both.

    A number over 12 tells. Else that reading counts by which the dates lie near to the publication, if only one does,
    and else that by which ranges are shorter and run forwards: 10/1/2024-10/7/2024 is a week of October.
    """
    pairs = [pair for _, pair in list_pairs(words)]
    told = {one > 12 for one, two, _ in pairs if (one > 12) != (two > 12)}
    if told:
        return told.pop() if len(told) == 1 else None
    votes = {True: 0, False: 0}
    for pair in pairs:
        for day_first in votes:
            votes[day_first] += now is not None and abs(read_pair(pair, day_first=day_first) - now) <= NEAR
    if votes[True] == votes[False]:
        for one, two in list_ranges(words):
            lengths = {order: read_pair(two, day_first=order) - read_pair(one, day_first=order) for order in votes}
            forward = [order for order, length in lengths.items() if length > timedelta()]
            if forward:
                votes[min(forward, key=lambda order: lengths[order])] += lengths[True] != lengths[False]
    return None if votes[True] == votes[False] else votes[True] > votes[False]


def read_pair(pair: Pair, *, day_first: bool) -> datetime:
    """The day of a date whose first two numbers could both be months."""
    one, two, year = pair
    return datetime(year, two, one) if day_first else datetime(year, one, two)


def list_ranges(words: Words) -> Iterator[tuple[Pair, Pair]]:
    """The ends of each range of dates in numbers."""
    pairs = dict(list_pairs(words))
    for i, pair in pairs.items():
        if i + 2 in pairs and words.word(i + 1) in RANGE_WORDS:
            yield pair, pairs[i + 2]


def list_pairs(words: Words) -> Iterator[tuple[int, Pair]]:
    """The first two numbers and the year of each date in numbers that has its year last and no points, by its token."""
    for i, shape in enumerate(words.shape):
        if shape != SHAPES["SLASHED"]:
            continue
        parts = re.split(r"[/-]", words.word(i))
        if len(parts) == 3 and len(parts[0]) < 4:
            one, two, year = map(int, parts)
            if 1 <= one <= 31 and 1 <= two <= 31 and min(one, two) <= 12:
                yield i, (one, two, year if len(parts[2]) == 4 else 2000 + year)
