"""A date of which everything but the year is as others give it: the summer of another year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

from sayso.record import Flag, Time
from sayso.weigh.checks.doubt_signs import Doubt
from sayso.weigh.checks.doubts import quote_span, tell_others
from sayso.weigh.checks.matters import Matter
from sayso.weigh.origins import count_independent
from sayso.weigh.relation_signs import DAY
from sayso.weigh.rivals import SOME, Rival

YEAR = timedelta(days=365.25)
YEAR_WORDS = re.compile(r"(?<!\d)\d{4}(?!\d)")
LONGEST = timedelta(days=125)
"""A season is part of a year; what lasts longer is in no part of it that another year's could be taken for."""
YEARS_OFF = (-5, -4, -3, -2, -1, 1, 2, 3, 4, 5)
"""Whoever tells of a time longer ago tells of something else."""
FEWEST = 2
"""Independent origins that give the other year."""


def find_other_years(matter: Matter) -> Iterator[Flag]:
    """A flag on each date whose year is written out and is another than the one that several independent origins, and
    more than give it too, have for the same part of the year."""
    for doubt in matter.doubts:
        time = doubt.unit.fact.claim.time
        if doubt.family != "date" or time is None or not YEAR_WORDS.search(time.text):
            continue
        told = [r for r in doubt.rivals if r.likely >= SOME and not matter.is_own(r.unit.fact)]
        others = [r for r in told if is_year_off(time, r.unit.fact.claim.time)]
        behind = count_origins(matter, (r for r in told if r.agrees))
        against = count_origins(matter, others)
        if against >= FEWEST and against > behind:
            yield flag_year(matter, doubt, others)


def count_origins(matter: Matter, rivals: Iterable[Rival]) -> int:
    """The independent origins of some answers, at least."""
    return count_independent([r.unit.fact.origin for r in rivals], matter.picture.origins)[0]


def flag_year(matter: Matter, doubt: Doubt, others: list[Rival]) -> Flag:
    """The flag on a date, with who gives the other year."""
    years = sorted({t.earliest.year for r in others if (t := r.unit.fact.claim.time) is not None and t.earliest})
    return matter.flag_words(
        *quote_span(doubt.unit),
        "contradicted",
        f"{tell_others(others)} (the same time of {' or '.join(map(str, years))})",
        [r.unit.fact for r in others],
        doubt.unit.fact,
    )


def is_year_off(mine: Time, other: Time | None) -> bool:
    """Whether two times are the same part of two years."""
    if mine.earliest is None or other is None or other.earliest is None:
        return False
    length, others = (time.latest - time.earliest if time.latest else DAY for time in (mine, other) if time.earliest)
    later = other.earliest - mine.earliest
    least, most = later - length, later + others
    once = least < timedelta(0) < most
    return max(length, others) <= LONGEST and not once and any(least < n * YEAR < most for n in YEARS_OFF)
