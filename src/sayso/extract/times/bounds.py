"""Lengths of time with the dates that bound them: "three weeks from 3 March", "two months, until 9 May"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from sayso.extract.times.anchors import DAY, Anchor, Found
from sayso.extract.times.periods import shift_moment
from sayso.extract.times.uncertainties import is_range

GAP = 32
"""Code points between a length and the date that bounds it."""
LONGEST_COUNT = 9
"""Digits of a count that is still reckoned with."""
LETTERS = {"Y": "year", "M": "month", "W": "week", "D": "day", "TH": "hour", "TM": "minute", "TS": "second"}
_LENGTH = re.compile(rf"P(T?)(\d{{1,{LONGEST_COUNT}}}(?:\.\d+)?)([YMWDHS])$")
_FROM = re.compile(
    r"[\s,(]{1,3}(?:(?:from|between|starting|beginning|running from|lasting from)(?: on| in)?) (?:the )?$"
)
_UNTIL = re.compile(r"[\s,(]{1,3}(?:until|till|ending|up to|that ended|to)(?: on| in)? (?:the )?$")
_STARTED = re.compile(r"\b(?:from|starting|beginning)(?: on| in)? (?:the )?$")
_AFTER = re.compile(r"\s(?P<way>after|since|before)\s(?=[^\W\d_])", re.IGNORECASE)
"""What makes of a length the way between two happenings: "nine days *after* the ferry sank"."""
_SINCE = re.compile(r"(?:\sto\sthe\sday)?\ssince\s(?=[^\W\d_])", re.IGNORECASE)
_ON = re.compile(r"\s(?:on|this|last)\s|\s", re.IGNORECASE)
_BESIDE = re.compile(r"[\s,(–—-]{1,3}(?:(?:and|just|only|some|about|almost|nearly|exactly)\s)?$", re.IGNORECASE)
_BEGINS = re.compile(r"(?:^|[.!?:\n]\s*|[“\"])(?:(?:it|that)\s(?:is|was|has\sbeen)\s)?$", re.IGNORECASE)
_FOR = re.compile(r"[\s,]{1,3}(?:and )?(?:lasting|lasted|for)(?: the)? $")


def bound_lengths(founds: list[Found], text: str, anchor: Anchor) -> list[Found]:
    """The times with an interval for each length that a date beside it bounds and nothing else does."""
    bounded = []
    for i, found in enumerate(founds):
        if found.type != "DURATION" or found.earliest or found.latest:
            bounded.append(found)
            continue
        following = founds[i + 1 : i + 3]
        ends = ends_after(found, following, text) if following else None
        if ends is None and i:
            ends = ends_before(founds[i - 1], found, text)
        ends = ends or ends_between(founds[i - 1] if i else None, found, following[:1], text, anchor)
        bounded.append(replace(found, earliest=ends[0], latest=ends[1]) if ends and ends[0] < ends[1] else found)
    return bounded


def ends_after(found: Found, following: list[Found], text: str) -> tuple[datetime, datetime] | None:
    """The interval of a length by the date or range that follows it."""
    first = following[0]
    between = text[found.end : first.start].lower()
    if first.type not in ("DATE", "TIME") or first.earliest is None or first.latest is None or len(between) > GAP:
        return None
    if _FROM.fullmatch(between):
        if len(following) > 1 and following[1].latest and is_range(first, following[1], text):
            return first.earliest, following[1].latest
        return None if "between" in between else reckon(first, found, ahead=True)
    return reckon(first, found, ahead=False) if _UNTIL.fullmatch(between) else None


def ends_before(date: Found, found: Found, text: str) -> tuple[datetime, datetime] | None:
    """The interval of a length that begins with the date before it: "from 3 March for two weeks"."""
    between = text[date.end : found.start].lower()
    before = text[max(0, date.start - GAP) : date.start].lower()
    if date.type != "DATE" or len(between) > GAP or not (_FOR.fullmatch(between) and _STARTED.search(before)):
        return None
    return reckon(date, found, ahead=True)


def ends_between(
    date: Found | None, found: Found, following: list[Found], text: str, anchor: Anchor
) -> tuple[datetime, datetime] | None:
    """The interval of a length between two happenings of which one is dated beside it ("on Tuesday, nine days after the
    ferry sank", "six weeks on Tuesday since") or is the report ("Four days after the ferry sank", "it is six weeks
    since")."""
    led = _AFTER.match(text, found.end)
    if led and date and date.earliest and date.latest and _BESIDE.fullmatch(text[date.end : found.start]):
        return stretch(date.earliest, date.latest, found, ahead=led["way"].lower() == "before")
    lead = text[max(0, found.start - GAP) : found.start]
    day = following[0] if following else None
    if day and day.period and _ON.fullmatch(text[found.end : day.start]) and _SINCE.match(text, day.end):
        return stretch(day.period.start, day.period.end, found, ahead=False)
    told = led if led and led["way"].lower() == "after" else _SINCE.match(text, found.end)
    if not told or not _BEGINS.search(lead) or anchor.today is None or anchor.until_now is None:
        return None
    return stretch(anchor.today.start, anchor.until_now, found, ahead=False)


def stretch(start: datetime, end: datetime, found: Found, *, ahead: bool) -> tuple[datetime, datetime] | None:
    """An interval made longer by a length, at its end or at its beginning; None for a length of hours, without a
    number, or off the calendar."""
    match = _LENGTH.match(found.value)
    if not match or match[1]:
        return None
    try:
        way = float(match[2]) * (1 if ahead else -1)
        moved = shift_moment(end if ahead else start, LETTERS[match[3]], way)
    except (OverflowError, ValueError):
        return None
    return (start, moved) if ahead else (moved, end)


def reckon(date: Found, found: Found, *, ahead: bool) -> tuple[datetime, datetime] | None:
    """From a day onwards for a length, or as long before the end of that day; None for what is coarser than a day,
    without a number, or off the calendar."""
    match = _LENGTH.match(found.value)
    if not match or date.period is None or date.period.fineness < DAY or date.earliest is None or date.latest is None:
        return None
    grain, count = LETTERS[match[1] + match[3]], float(match[2])
    try:
        if ahead:
            return date.earliest, shift_moment(date.earliest, grain, count)
        return shift_moment(date.latest, grain, -count), date.latest
    except (OverflowError, ValueError):
        return None
