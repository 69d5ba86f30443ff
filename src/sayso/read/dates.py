"""When a report says it was published: from the words of its metadata to an aware datetime.

Understood are ISO 8601, RFC 2822, seconds since 1970 and the datelines of a dozen languages ("3 May 2024, 10:15 am
ET", "31. Januar 2025", "31 января 2025", "2025年1月31日"). A date that could be read in two ways (03/04/2025) or that
lacks its day is not guessed at, and nothing is ever taken from the clock.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache

MAX_WORDS = 200
"""Characters of a field that are looked at: a date stands at the start of its field."""
FIRST_YEAR = 1500
"""Nothing was published before; such a year is one of another calendar (1403 is 2024 in Iran)."""

_TIME = (
    r"(?:(?P<part>上午|下午|午前|午後|오전|오후)\s?)?"
    r"(?P<hour>[01]?\d|2[0-4])(?:[:.h]|[時时시点點]\s?)(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?"
    r"[分분]?\s{0,2}(?P<half>[ap]\.?m\b\.?)?"
)
_AFTERNOON = ("下午", "午後", "오후")
_ZONE = r"(?:\s{0,2}\(?(?P<name>[A-Z]{1,5}\b)?\s?(?P<offset>[+-]\d{1,2}(?::?\d{2})?(?!\d))?)?"
_CLOCK = re.compile(_TIME + _ZONE, re.IGNORECASE)
# What may stand between a date and its time.
_JOINT = re.compile(
    r"(?:[（(][^()（）\s]{1,3}[)）])?[\s,|·•—–-]{0,4}(?:at|um|om|às|à|a las|a les|alle ore|alle|ore|в|о|у|klo|kl\.?|ve"
    r"|saat|godz\.?|στις|la ora|la|pukul|lúc|o|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)?"
    r"[\s,.|·•—–-]{0,4}",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(?!\d)")
_NUMERIC = (
    (re.compile(r"(?<!\d)(?P<y>\d{4})[-/.]\s?(?P<m>\d{1,2})[-/.]\s?(?P<d>\d{1,2})(?!\d)T?"), ""),
    (re.compile(r"(?<!\d)(?P<y>\d{4})\s?[年년]\s?(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日일]"), ""),
    (re.compile(r"(?<!\d)(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})(?!\d)"), ""),
    (re.compile(r"ngày\s(?P<d>\d{1,2})\stháng\s(?P<m>\d{1,2})\snăm\s(?P<y>\d{4})(?!\d)", re.IGNORECASE), ""),
    (re.compile(r"(?<!\d)(?P<d>\d{1,2})[/-](?P<m>\d{1,2})[/-](?P<y>\d{4})(?!\d)"), "ambiguous"),
)


def parse_published(words: str) -> tuple[datetime, bool] | None:
    """The moment that the words name and whether they give a time of day; None where they name no single day.

    A time keeps the zone it is given in, and is UTC without one. A day alone is its first moment in UTC.
    """
    words = words.strip()[:MAX_WORDS]
    if not words:
        return None
    found = _parse_iso(words) or _parse_seconds(words) or _find_compact(words) or _find_date(words)
    if not found:
        return None
    when, exact = found
    try:
        when.astimezone(UTC)
    except OverflowError:  # The first or last day there is, in a zone that carries it over the edge.
        return None
    return (when, exact) if FIRST_YEAR < when.year < 9999 else None


def _parse_iso(words: str) -> tuple[datetime, bool] | None:
    if not re.match(r"\d{4}-\d{2}-\d{2}(?:$|[T ]\d)", words):
        return None
    try:
        when = datetime.fromisoformat(words)
    except ValueError:
        return None
    exact = len(words) > 10
    return (when if when.tzinfo else when.replace(tzinfo=UTC)), exact


def _parse_seconds(words: str) -> tuple[datetime, bool] | None:
    """The moment that is counted in seconds or milliseconds since 1970, as programs write it; not where the same
    figures could be a day and an hour (2031050310)."""
    match = re.fullmatch(r"(\d{10})(\d{3})?(?:\.\d{1,9})?", words)
    if not match:
        return None
    year, month, day, hour = (int(words[start:end]) for start, end in ((0, 4), (4, 6), (6, 8), (8, 10)))
    if hour < 24 and 1900 <= year < 2100 and _make_moment(year, month, day):
        return None
    return datetime.fromtimestamp(int(match[1]), UTC), True


def _find_compact(words: str) -> tuple[datetime, bool] | None:
    match = _COMPACT.match(words)
    if not match:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    zone = re.match(r"(?:\.\d+)?(?P<name>Z)?(?P<offset>[+-]\d{2}:?\d{2})?", words[match.end() :], re.IGNORECASE)
    when = _make_moment(year, month, day, hour, minute, second)
    return (_set_zone(when, zone), match[4] is not None) if when else None


def _find_date(words: str) -> tuple[datetime, bool] | None:
    for match, ambiguous in _match_dates(words):
        year, day, month = int(match["y"]), int(match["d"]), _number_of_month(match["m"])
        if month > 12 and ambiguous and day <= 12:
            day, month = month, day
        elif ambiguous and month != day and month <= 12 and day <= 12:
            continue
        when = _make_moment(year, month, day)
        if when:
            clock = _find_clock(words, match.start(), match.end())
            timed = _add_clock(when, clock) if clock else None
            return (timed, True) if timed else (when, False)
    return None


def _match_dates(words: str) -> list[tuple[re.Match[str], str]]:
    """The dates in the words, in their order, and whether day and month could be swapped."""
    patterns = [(pattern, "") for pattern in _compile_month_patterns()] + list(_NUMERIC)
    found = [(match, ambiguous) for pattern, ambiguous in patterns for match in pattern.finditer(words)]
    return sorted(found, key=lambda pair: pair[0].start())


def _find_clock(words: str, start: int, end: int) -> re.Match[str] | None:
    """The time of day right after the date, or right before it ("10:15 GMT, 3 May 2024")."""
    joint = _JOINT.match(words, end)
    after = _CLOCK.match(words, joint.end() if joint else end)
    if after:
        return after
    before = _CLOCK.search(words, max(0, start - 30), start)
    return before if before and _JOINT.fullmatch(words, before.end(), start) is not None else None


def _add_clock(day: datetime, clock: re.Match[str]) -> datetime | None:
    hour = int(clock["hour"])
    if clock["half"] or clock["part"]:
        if not 1 <= hour <= 12:
            return None
        later = clock["half"][0] in "pP" if clock["half"] else clock["part"] in _AFTERNOON
        hour = hour % 12 + (12 if later else 0)
    when = _make_moment(day.year, day.month, day.day, hour, int(clock["minute"]), int(clock["second"] or 0))
    return _set_zone(when, clock) if when else None


def _make_moment(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime | None:
    """A moment in UTC; None where there is none such. 24:00 is the end of its day, the beginning of the next."""
    try:
        when = datetime(year, month, day, hour % 24 if hour == 24 else hour, minute, second, tzinfo=UTC)
        return when + timedelta(days=1) if hour == 24 else when
    except (ValueError, OverflowError):
        return None


def _set_zone(when: datetime, zone: re.Match[str] | None) -> datetime:
    """The same wall clock in the zone that was named; UTC where none is, or one that is not known."""
    offset = (zone["offset"] if zone else "") or ""
    name = (zone["name"] if zone else "") or ""
    found = _make_offset(offset) if offset else _find_zone(name.upper())
    if not found:
        return when
    try:
        # As a plain offset, so that the moment means the same where the time zone database is another.
        return when.replace(tzinfo=timezone(when.replace(tzinfo=found).utcoffset() or timedelta()))
    except OverflowError:
        return when


def _make_offset(words: str) -> tzinfo | None:
    digits = words[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:] or 0)
    if hours > 15 or minutes > 59:
        return None
    delta = timedelta(hours=hours, minutes=minutes)
    return timezone(-delta if words[0] == "-" else delta)


def _find_zone(name: str) -> tzinfo | None:
    zone = load_zones().get(name, "")
    if "/" not in zone:
        return _make_offset(zone) if zone else None
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(zone)
    except ZoneInfoNotFoundError:  # A machine without the time zone database.
        return None


def _number_of_month(words: str) -> int:
    return int(words) if words.isdigit() else load_months()[words.lower().rstrip(".")]


@cache
def load_months() -> dict[str, int]:
    """The number of each month by its lower-case names."""
    from sayso.tables import load_rows

    return {row["name"]: int(row["month"]) for row in load_rows("months.tsv")}


@cache
def load_zones() -> dict[str, str]:
    """The offset ("+03:00") or IANA zone by the names that newsrooms print."""
    from sayso.tables import load_rows

    return {row["name"]: row["zone"] for row in load_rows("zones.tsv")}


@cache
def _compile_month_patterns() -> tuple[re.Pattern[str], ...]:
    months = "|".join(sorted(map(re.escape, load_months()), key=len, reverse=True))
    month = rf"(?P<m>(?:{months})\b\.?)"
    year = r"(?P<y>\d{4})(?!\d)"
    return (
        re.compile(
            r"(?<!\d)(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\s-]{1,3}(?:of |de |d')?"
            rf"{month},?[\s-]{{1,3}}(?:de |del )?{year}",
            re.IGNORECASE,
        ),
        # Hungarian, and languages that take their form.
        re.compile(rf"(?<!\d)(?P<y>\d{{4}})\.?\s{{1,3}}{month}\s{{1,3}}(?P<d>\d{{1,2}})(?!\d)", re.IGNORECASE),
        re.compile(rf"\b{month}\s{{1,3}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}{year}", re.IGNORECASE),
    )
