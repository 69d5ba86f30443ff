"""When: the time expressions of a report, as TIMEX3 (ISO-TimeML) and as intervals in UTC.

`read_times` needs nothing but the text and the moment of publication. The text becomes a string of shapes
(`words`), patterns over it (`grammar`) find the expressions, and their readers (`days`, `months`, `deictics`, `steps`,
`distances`, `quarters`, `clocks`, `spoken_hours`, `durations`, `sets`, `holidays`, `military`) reckon them from the
publication and from the dates before (`anchors`). Dates of other calendars are found apart (`calendars`), and whether
days in numbers have the day first is decided once for a text (`orders`). At the end days counted from a beginning are
dated (`campaigns`), times of day joined with their days (`joints`), lengths bounded by the dates beside them
(`bounds`), and what is uncertain said in EDTF (`uncertainties`).

Spans follow the TIMEX3 guidelines: no preposition, but determiners ("the past three weeks") and approximations ("about
two weeks") belong to the expression. Ages are none. "From 2009 to 2011" holds two dates. "Since mid-January" is the
date mid-January, with an interval from its earliest moment to the publication; after any other preposition the interval
is the date's own. Values keep to ISO 8601, so that a decade is P10Y. A range of lengths ("two to three weeks") has the
value of its upper end. Clock times without a zone, "local time" among them, are taken to be those of the publication.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import repeat

from sayso.extract.times import (  # noqa: F401  Importing a module of readers registers its patterns.
    campaigns,
    clocks,
    days,
    deictics,
    distances,
    durations,
    holidays,
    military,
    months,
    quarters,
    sets,
    spoken_hours,
    steps,
)
from sayso.extract.times.anchors import Anchor, Found
from sayso.extract.times.bounds import bound_lengths
from sayso.extract.times.calendars import find_foreign_dates
from sayso.extract.times.campaigns import date_counted_days
from sayso.extract.times.grammar import find_hits, read_words
from sayso.extract.times.joints import place_clocks
from sayso.extract.times.orders import find_day_order
from sayso.extract.times.periods import fit_calendar
from sayso.extract.times.uncertainties import list_edtf
from sayso.grammar.parses import Parse
from sayso.record import Problem, Reading, Time

_SINCE = re.compile(r"\bsince\s+(?:(?:at least|about|around|roughly)\s+)?$", re.IGNORECASE)
DATELINE_REACH, LONGEST_DATELINE = 400, 80
"""Code points of a report's head, and of a line in it, in which a date is that of the report."""
_MONTHS = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_DAY_MONTH = re.compile(rf"\b\d{{1,2}} {_MONTHS}")
_MONTH_DAY = re.compile(rf"\b{_MONTHS}[a-z]{{0,6}}\.? \d{{1,2}}\b")


def find_times(reading: Reading, parse: Parse) -> Reading:
    """The reading with its times, in order and without overlap, and a problem for each impossible date."""
    report = reading.report
    published, _ = fit_calendar(report.published or find_dateline(report.text), None)
    times, problems = read_times_and_problems(
        report.text, published, exact=report.published_exact, tag_at=make_tag_lookup(parse)
    )
    return replace(reading, times=times, problems=reading.problems + problems)


def find_dateline(text: str) -> datetime | None:
    """The day that the lines above a report's first sentence give, where nothing else says when it was published."""
    head = text[:DATELINE_REACH]
    for line in re.finditer(r"[^\n]+", head):
        for time in read_times(line.group()) if is_dateline(line.group()) else ():
            if time.earliest and time.latest and time.latest - time.earliest <= timedelta(days=1):
                return time.earliest
    return None


def is_dateline(line: str) -> bool:
    """Whether a line is short and no sentence."""
    return len(line) <= LONGEST_DATELINE and not line.rstrip().endswith((".", "!", "?"))


def read_times(text: str, published: datetime | None = None, *, exact: bool = False) -> tuple[Time, ...]:
    """The times of a text, in order and without overlap.

    `published` keeps the zone in which "today" is meant; without it, relative expressions have a value of X's or a
    reference ("PAST_REF") and no interval. `exact` is true when its time of day is known too.
    """
    return read_times_and_problems(text, published, exact=exact)[0]


def read_times_and_problems(
    text: str,
    published: datetime | None = None,
    *,
    exact: bool = False,
    tag_at: Callable[[int], str | None] | None = None,
) -> tuple[tuple[Time, ...], tuple[Problem, ...]]:
    """The times of a text and what is wrong with its dates. `tag_at` gives the Penn tag of the word at an offset."""
    words = read_words(text)
    now = published.replace(tzinfo=None) if published else None
    zone = (published.tzinfo if published else None) or UTC
    anchor = Anchor(words, now, zone, exact, prefers_day_first(text), tag_at, find_day_order(words, now))
    problems: list[Problem] = []
    founds: list[Found] = []
    foreign = find_foreign_dates(text, anchor)
    reach = 0
    for rule, hit in find_hits(words):
        if hit.start < reach or any(found.start < hit.end and hit.start < found.end for found in foreign):
            continue
        try:
            answer = rule.read(hit, anchor)
        except (ValueError, OverflowError):  # Off the calendar: before year 1 or after 9999.
            continue
        for each in answer if isinstance(answer, list) else [answer]:
            if isinstance(each, Problem):
                problems.append(each)
                reach = max(reach, each.end or 0)
            elif each is not None:
                founds.append(each)
                anchor.mention(hit, each)
                reach = max(reach, each.end)
    founds = sorted([*founds, *foreign], key=lambda found: found.start) if foreign else founds
    founds = bound_lengths(place_clocks(date_counted_days(founds, words), anchor), text, anchor)
    marks = list_edtf(founds, text)
    return tuple(map(make_time, founds, marks, repeat(anchor))), tuple(problems)


def prefers_day_first(text: str) -> bool | None:
    """Whether the text's written-out dates put the day before the month more often than after; None where neither."""
    day_first, month_first = len(_DAY_MONTH.findall(text)), len(_MONTH_DAY.findall(text))
    return None if day_first == month_first else day_first > month_first


def make_tag_lookup(parse: Parse) -> Callable[[int], str | None]:
    """A function from the offset of a word to its Penn tag."""
    tags: dict[int, str] = {}

    def tag_at(start: int) -> str | None:
        if not tags:
            tags.update((token.start, token.tag) for token in parse.tokens)
        return tags.get(start)

    return tag_at


def make_time(found: Found, edtf: str, anchor: Anchor) -> Time:
    """The time as the record keeps it, its interval in UTC."""
    text = anchor.words.text
    earliest, latest = found.earliest, found.latest
    now = anchor.until_now
    if now and earliest and found.type == "DATE" and _SINCE.search(text[max(0, found.start - 20) : found.start]):
        latest = max(latest or earliest, now)
    zone = found.zone or anchor.zone
    try:
        start = earliest.replace(tzinfo=zone).astimezone(UTC) if earliest else None
        end = latest.replace(tzinfo=zone).astimezone(UTC) if latest else None
    except (OverflowError, ValueError):  # The first or last day of the calendar.
        start = end = None
    start, end = fit_calendar(start, end)
    return Time(
        start=found.start,
        end=found.end,
        text=text[found.start : found.end],
        type=found.type,
        value=found.value,
        earliest=start,
        latest=end,
        edtf=edtf,
    )
