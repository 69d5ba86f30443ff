"""Times as people give them: 2025-02-01, yesterday, Monday, 7d, 2 hours ago, in 3 weeks.

Whatever is named is a span, half-open: a day from its first moment to that of the next, an hour and a minute given as
such, a moment itself. `--since` takes where a span begins, `--as-of` its last moment. Days are those of UTC, as a
moment without a zone is.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

Span = tuple[datetime, datetime]
D = TypeVar("D", bound=date)
TICK = timedelta(microseconds=1)
"""The smallest step there is between two moments."""
DAY = timedelta(days=1)

UNITS = {
    "second": ("s", "sec", "secs", "second", "seconds"),
    "minute": ("min", "mins", "minute", "minutes"),
    "hour": ("h", "hr", "hrs", "hour", "hours"),
    "day": ("d", "day", "days"),
    "week": ("w", "wk", "wks", "week", "weeks"),
    "month": ("mo", "month", "months"),
    "year": ("y", "yr", "yrs", "year", "years"),
}
"""Units by the words for them; "m" may be minutes or months, and is neither."""
BY_WORD = {word: unit for unit, words in UNITS.items() for word in words}
CLOCKS = {"second": 1, "minute": 60, "hour": 3600}
"""Seconds of the units that are shorter than a day: these are counted from now, others in whole days."""
COUNTS = {word: n for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)}
COUNTS |= {"a": 1, "an": 1}
WEEKDAYS = {name: n for n, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())}
WEEKDAYS |= {name[:3]: n for name, n in WEEKDAYS.items()} | {"tues": 1, "thurs": 3}
NEAR = {"the day before yesterday": -2, "yesterday": -1, "today": 0, "tomorrow": 1}

AMOUNT = re.compile(
    r"(?P<before>in |(?:the )?(?:last|past) )?(?P<count>\d{1,6} ?|[a-z]+ )(?P<unit>[a-z]+)(?P<after> ago| from now)?"
)
NAMED_DAY = re.compile(r"(?:(?P<which>last|next|this) )?(?P<day>[a-z]{3,9})")
NAMED_SPAN = re.compile(r"(?P<which>last|next|this) (?P<unit>week|month|year)")
CLOCK = re.compile(r"(?P<day>.*?[a-z]),? (?:at )?(?P<hour>\d{1,2}):(?P<minute>[0-5]\d) ?(?:z|utc)?")
"""A day in words and a time of it."""
PART = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2}))?")
"""A year, or a month of one."""

SAID = "2025-02-01, 2025-02-01T18:00Z, yesterday, Monday, 7d, 2 hours ago"
"""Some ways to name a time."""


def find_span(words: str, now: datetime, *, ahead: bool = False) -> Span:
    """The span of time that words name at a moment, UTC where they name no zone. A bare weekday is the last one, today
    included, or the next one where a time `ahead` is asked for. Raises ValueError."""
    try:
        found = find_written(words.strip()) or find_told(
            re.sub(r"^(?:since|on|by|until|as of) ", "", " ".join(words.lower().split())), now.astimezone(UTC), ahead
        )
    except (OverflowError, ValueError):
        found = None
    if found is None:
        raise ValueError(f"{words!r} is no date or time such as {SAID}")
    return found


def find_written(words: str) -> Span | None:
    """The span of a time in figures (ISO 8601), or of a date with its year as pages write it."""
    if part := PART.fullmatch(words):
        return find_part(int(part["year"]), int(part["month"] or 0))
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        from sayso.read.dates import parse_published

        found = parse_published(words) if re.search(r"\d{4}", words) else None
        return stretch(*found) if found else None
    return stretch(moment if moment.tzinfo else moment.replace(tzinfo=UTC), len(words) > len("2025-02-01"))


def stretch(moment: datetime, is_exact: bool) -> Span:
    """A moment, or the whole of its day."""
    return (moment, moment + TICK) if is_exact else (moment, moment + DAY)


def find_part(year: int, month: int) -> Span:
    """The span of a year, or of a month of it. Raises ValueError."""
    begin = datetime(year, month or 1, 1, tzinfo=UTC)
    return begin, add_months(begin, 1 if month else 12)


def find_told(words: str, now: datetime, ahead: bool) -> Span | None:
    """The span of a time in words, in small letters."""
    if words == "now":
        return now, now + TICK
    if clock := CLOCK.fullmatch(words):
        day = find_told(clock["day"], now, ahead)
        if day is None or day[1] - day[0] != DAY:
            return None
        return stretch(day[0].replace(hour=int(clock["hour"]), minute=int(clock["minute"])), True)
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return (
        find_near_day(words, today, ahead)
        or find_near_span(NAMED_SPAN.fullmatch(words), today)
        or find_amount(AMOUNT.fullmatch(words), now, today, ahead)
    )


def find_near_day(words: str, today: datetime, ahead: bool) -> Span | None:
    """The span of a day named by its weekday, or by how far it is from today."""
    if words in NEAR:
        return stretch(today + NEAR[words] * DAY, False)
    named = NAMED_DAY.fullmatch(words)
    weekday = WEEKDAYS.get(named["day"]) if named else None
    if named is None or weekday is None:
        return None
    past = (today.weekday() - weekday) % 7
    days = {"last": -(past or 7), "next": 7 - past, "this": weekday - today.weekday()}
    return stretch(today + days.get(named["which"] or "", (-past) % 7 if ahead else -past) * DAY, False)


def find_near_span(named: re.Match[str] | None, today: datetime) -> Span | None:
    """The span of this, the last or the next week (from Monday), month or year."""
    if named is None:
        return None
    step = {"last": -1, "this": 0, "next": 1}[named["which"]]
    if named["unit"] == "week":
        begin = today + (7 * step - today.weekday()) * DAY
        return begin, begin + 7 * DAY
    months = 1 if named["unit"] == "month" else 12
    begin = add_months(today.replace(day=1, month=today.month if months == 1 else 1), step * months)
    return begin, add_months(begin, months)


def find_amount(told: re.Match[str] | None, now: datetime, today: datetime, ahead: bool) -> Span | None:
    """The span of "7d", "2 hours ago", "the last 3 weeks" or "in a month": hours, minutes and seconds to the moment,
    what is longer by days. Without a word for the way, it is back in time, or on where a time `ahead` is asked for."""
    unit = BY_WORD.get(told["unit"]) if told else None
    if told is None or unit is None or (bool(told["before"]) and bool(told["after"])):
        return None
    said = told["count"].strip()
    if not said.isdecimal() and said not in COUNTS:
        return None
    count = int(said) if said.isdecimal() else COUNTS[said]
    back = told["after"] == " ago" or (told["before"] or "").endswith(("last ", "past "))
    if told["before"] == "in " or told["after"] == " from now" or (ahead and not back):
        count = -count
    if unit in CLOCKS:
        return stretch(now - timedelta(seconds=count * CLOCKS[unit]), True)
    if unit in ("day", "week"):
        return stretch(today - count * (7 if unit == "week" else 1) * DAY, False)
    return stretch(add_months(today, -count * (12 if unit == "year" else 1)), False)


def add_months(day: datetime, months: int) -> datetime:
    """The same day some months on or back, or the last of its month where that is shorter. Raises ValueError."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))


def step_days(day: D, days: float) -> D:
    """A day or moment some days on or back, or the last that the calendar has on that side: reports may be dated to
    its ends."""
    try:
        return day + days * DAY
    except OverflowError:
        return day


def tell_now() -> datetime:
    """The moment it is, in UTC."""
    return datetime.now(UTC)


def begin_of(span: Span) -> datetime:
    """Its first moment."""
    return span[0]


def end_of(span: Span) -> datetime:
    """Its last moment."""
    return span[1] - TICK
