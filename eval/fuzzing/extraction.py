"""Extraction: texts in each language that is read, damaged by words and marks.

Every value stands in the text with its own words, no step fails, nothing that is counted runs backwards, and the time
that a text takes grows with its length and no faster.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from random import Random
from typing import Any

from fuzzing.cases import Case, Target, UnfitError, expect
from fuzzing.damages import damage_text
from fuzzing.stories import BASES, compose_text
from sayso.record import Reading, Report

PUBLISHED = {
    "day": datetime(2031, 5, 3, 10, 15, tzinfo=UTC),
    "none": None,
    "first": datetime(1, 1, 2, tzinfo=timezone(timedelta(hours=14))),
    "last": datetime(9999, 12, 30, 23, 59, tzinfo=timezone(timedelta(hours=-12))),
}
"""When a text was published, by the second part of its file's name: ends of the calendar too."""
TIMES_BASE, BASE_SECONDS = 12, 1.5
"""How much longer a kilobyte may take than one of a plain text (which has a fifth as many marks as a text of nothing
else has), and what any text may take."""


def make(chance: Random) -> Case:
    """A damaged text; English half of the time."""
    language = "en" if chance.random() < 0.5 else chance.choice(list(BASES))
    text = compose_text(chance) if language == "en" and chance.random() < 0.7 else BASES[language]
    when = chance.choice(("day", "day", "day", "none", "first", "last"))
    return Case(f"{language}.{when}.txt", damage_text(text, chance).encode("utf8", "surrogatepass"))


def check(case: Case) -> str:
    """Read it, and look at all that was found."""
    from sayso.forms import dump_json
    from sayso.ids import digest_report
    from sayso.ledger.faults import find_claim_faults, find_span_faults
    from sayso.ledger.rows import FOUND, dump_found, load_reading

    report = open_report(case)
    seconds, reading = read(report)
    for problem in reading.problems:
        expect("this step failed" not in problem.message, problem.message, f"{problem.step} fails")
    for kind, find in (("span", find_span_faults), ("claim", find_claim_faults), ("value", find_other_faults)):
        for fault in find(reading):
            expect(False, fault, f"a {kind} is wrong")
    allowed = BASE_SECONDS + TIMES_BASE * time_base() * len(report.text)
    if seconds > allowed:  # Once more: the machine may have been busy.
        seconds = min(seconds, read(report)[0])
    expect(
        seconds <= allowed,
        f"{len(report.text)} characters take no more than {allowed:.1f} s, and took {seconds:.1f}",
        "slow",
    )
    try:
        kept = dump_json(report)
    except UnicodeEncodeError:  # Half a character, which the ledger refuses.
        return ""
    found = dump_found(reading)
    again = load_reading(kept, found)
    expect(all(getattr(again, name) == getattr(reading, name) for name in FOUND), "what is kept comes back")
    return digest_report(report) + found


def open_report(case: Case) -> Report:
    """The report of a case: its file's name says in which language and when."""
    language, when, _ = case.file.split(".")
    try:
        text = case.content.decode("utf8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise UnfitError from error
    return Report(id="r", text=text, language=language, published=PUBLISHED[when], outlet="Tarn Notes", title="Dam")


def read(report: Report) -> tuple[float, Reading]:
    """The seconds of CPU that a report takes, and its reading."""
    from sayso.extract import read_report

    began = time.process_time()
    reading = read_report(report)
    return time.process_time() - began, reading


@cache
def time_base() -> float:
    """The seconds of CPU that a character of a plain text takes, here and now."""
    text = "\n\n".join(compose_text(Random(number)) for number in range(12))
    report = Report(id="base", text=text, language="en", published=PUBLISHED["day"])
    read(report)
    return min(read(report)[0] for _ in range(2)) / len(text)


def find_other_faults(reading: Reading) -> Iterator[str]:
    """What is wrong with a reading that a ledger does not look for: answers, bounds, order, numbers."""
    length = len(reading.report.text)
    for at, one in enumerate(reading.attributions):
        low, high = one.certainty
        if not 0 <= low <= high <= 1:
            yield f"an attribution's certainty is {one.certainty}"
        if one.within is not None and not (0 <= one.within < len(reading.attributions) and one.within != at):
            yield f"attribution {at} stands within {one.within}"
    for claim in reading.claims:
        spans = [claim.sentence, *((a.start, a.end) for a in claim.answers)]
        spans += [(claim.sighting.start, claim.sighting.end)] if claim.sighting and claim.sighting.end else []  # type: ignore[list-item]
        if not all(0 <= span[0] <= span[1] <= length for span in spans if span):
            yield f"a span of a claim is none: {spans}"
    for value in (*reading.times, *reading.figures, *(a for claim in reading.claims for a in claim.answers)):
        yield from find_order_faults(value)


def find_order_faults(value: Any) -> Iterator[str]:
    """What runs from a later to an earlier or from more to less, or is no number."""
    earliest, latest = getattr(value, "earliest", None), getattr(value, "latest", None)
    if earliest is not None and latest is not None and earliest > latest:
        yield f"{value!r} ends before it begins"
    low, high = getattr(value, "low", None), getattr(value, "high", None)
    if any(number is not None and not math.isfinite(number) for number in (low, high)):
        yield f"{value!r} is no number"
    elif low is not None and high is not None and low > high:
        yield f"{value!r} is more than it is"


TARGET = Target(name="extraction", share=0.25, make=make, check=check, seconds=60)
