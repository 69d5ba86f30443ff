"""From a report to a reading: who says what, when, where, how many.

Each step takes a reading and the parse of its text, and returns the reading with one field more. A step never fails
on a report: what it cannot make out becomes a `Problem` of the reading.
"""

from __future__ import annotations

from collections.abc import Callable

from sayso.extract.parses import Parse, parse_text
from sayso.record import Reading, Report

Step = Callable[[Reading, Parse], Reading]


def read_report(report: Report) -> Reading:
    """The whole way from a report to its reading. This list is the table of contents of extraction."""
    reading = Reading(report=report)
    parse = parse_text(report.text)
    for step in STEPS:
        reading = step(reading, parse)
    return reading


STEPS: tuple[Step, ...] = ()
