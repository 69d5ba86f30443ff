"""Whether the dates in numbers of a text have the day or the month first: decided once for the whole text, since
whoever wrote one date wrote the others alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from sayso.extract.times.words import SHAPES, Words

NEAR = timedelta(days=14)
"""How near to its publication a date lies that a report is likely to tell of."""


def find_day_order(words: Words, now: datetime | None) -> bool | None:
    """Whether the day is first in dates such as 04/02/2025; None where nothing tells, or where the text does both.

    A number over 12 tells. Else that reading counts by which the dates lie near to the publication, if only one does.
    """
    pairs = list(list_pairs(words))
    told = {one > 12 for one, two, _ in pairs if (one > 12) != (two > 12)}
    if told:
        return told.pop() if len(told) == 1 else None
    if now is None:
        return None
    near = {True: 0, False: 0}
    for one, two, year in pairs:
        if one != two:
            for day_first, day, month in ((True, one, two), (False, two, one)):
                near[day_first] += abs(datetime(year, month, day) - now) <= NEAR
    return None if near[True] == near[False] else near[True] > near[False]


def list_pairs(words: Words) -> Iterator[tuple[int, int, int]]:
    """The first two numbers and the year of each date in numbers that has its year last and no points."""
    for i, shape in enumerate(words.shape):
        if shape != SHAPES["SLASHED"]:
            continue
        parts = re.split(r"[/-]", words.word(i))
        if len(parts) == 3 and len(parts[0]) < 4:
            one, two, year = map(int, parts)
            if 1 <= one <= 31 and 1 <= two <= 31 and min(one, two) <= 12:
                yield one, two, year if len(parts[2]) == 4 else 2000 + year
