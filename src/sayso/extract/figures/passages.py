"""Every passage of a plain text that says how much: numbers and vague counts with their unit, range and bound.

No grammar is needed for these: "at least 3,000", "between 10,000 and 12,000", "$2-3bn", "several hundred", "40 per
cent" are written in a row. What is counted is found later, from the parse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.extract.figures.bounds import add_bounds, join_bounds
from sayso.extract.figures.ellipses import is_division
from sayso.extract.figures.numbers import scan_numbers
from sayso.extract.figures.pounds import settle_pounds
from sayso.extract.figures.quantities import Quantity, measure_number
from sayso.extract.figures.ranges import is_score, span_compound, span_hedged, span_margin, span_range
from sayso.extract.figures.units import Unit, find_unit_after
from sayso.extract.figures.vague_counts import find_multiples, find_vague

STOPWATCH = re.compile(r"(?<![\d:.])(?:(\d{1,2}):)?(\d{1,2}):([0-5]\d\.\d{1,3})(?![\d:]|\.\d)")
"""A time as a stopwatch shows it, with parts of a second: no time of day is told so."""


def find_stopwatches(text: str) -> Iterator[Quantity]:
    """Times taken: "3:21.48", "2:04:11.3"."""
    for match in STOPWATCH.finditer(text):
        hours, minutes, seconds = (float(part or 0) for part in match.groups())
        value = round(3600 * hours + 60 * minutes + seconds, 3)
        span = match.span()
        yield Quantity(start=span[0], end=span[1], core=span, low=value, high=value, unit=Unit("s"))


ONE = re.compile(
    r"\b(?:less than|more than|under|over|above|below|nearly|almost|about|around|at least|up to|within)\s(an?)(?=\s)",
    re.IGNORECASE,
)
"""Bounding words before an article that counts a unit: "less than *a* gram"."""


def find_single_units(text: str) -> Iterator[Quantity]:
    """Measures of one of a unit: "under a kilometre"."""
    for match in ONE.finditer(text):
        after = find_unit_after(text, match.end())
        if after and text[after[1] - 1].isalpha():
            span = match.start(1), after[1]
            yield Quantity(start=span[0], end=span[1], core=span, low=1.0, high=1.0, unit=after[0])


def scan_quantities(text: str) -> list[Quantity]:
    """Every quantity of a text, in order, without overlaps, unit not yet converted."""
    vague = [*find_vague(text), *find_stopwatches(text)]
    taken = [found.core for found in vague]
    vague += [each for each in find_single_units(text) if not any(a < each.end and each.start < b for a, b in taken)]
    taken = [found.core for found in vague]
    amounts = [*vague, *find_multiples(text)] + [
        measure_number(text, number)
        for number in scan_numbers(text)
        if not any(number.start < end and start < number.end for start, end in taken)
    ]
    amounts.sort(key=lambda found: found.start)
    found: list[Quantity] = []
    at = 0
    while at < len(amounts):
        amount = amounts[at]
        following = amounts[at + 1] if at + 1 < len(amounts) else None
        if following and is_score(text, amount, following):
            ordered = amount.low is not None and following.low is not None and amount.low >= following.low
            found += [amount, following] if ordered and is_division(text, amount.start, following.end) else []
            at += 2
            continue
        ways = (span_compound, span_range, span_margin, span_hedged)
        both = following and next((one for way in ways if (one := way(text, amount, following))), None)
        found.append(add_bounds(text, both or amount))
        at += 2 if both else 1
    return join_bounds(text, settle_pounds(text, found))
