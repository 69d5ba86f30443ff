"""Days of the calendar, as English, ISO 8601 and the military write them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from sayso.extract.times.anchors import Anchor, Found
from sayso.extract.times.answers import (
    BACKWARDS,
    Answer,
    begun,
    complain,
    counts_something,
    direction_of,
    found_period,
    found_value,
    full_year,
    nearest,
    pair,
    year_of,
)
from sayso.extract.times.grammar import Hit, rule
from sayso.extract.times.periods import Period, day_of, make_day, make_month, make_week, make_year
from sayso.extract.times.words import SHAPES, load_lexicon, load_words

NO_SUCH_DAY = "is on no calendar: read as no date"
OTHER_CALENDAR = "is of the Hijri or the Solar Hijri calendar, and nothing tells of which: read as no date"
HIJRI_YEARS, THAI_YEARS = range(1300, 1500), range(2400, 2700)
THAI_OFFSET = 543
"""Years that no news writes in numbers but by those calendars."""
WIDEST_RANGE = timedelta(days=300)
"""How long a range of days is whose first end bears no year."""


def read_day_of_month(hit: Hit, anchor: Anchor, day: int, month: int, year: int | None) -> Answer:
    """A day of a month, with or without its year; an impossible one is a problem."""
    longest = 29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31
    if not (1 <= day <= longest and 1 <= month <= 12):
        return complain(hit, NO_SUCH_DAY)
    if year is not None:
        try:
            found = found_period(hit, make_day(year, month, day))
        except ValueError:
            return complain(hit, NO_SUCH_DAY)
        weekday = hit.value("weekday", "WEEKDAY") if "weekday" in hit else None
        if weekday in (None, datetime(year, month, day).isoweekday()):
            return found
        return [found, complain(hit, f"is a {datetime(year, month, day):%A}: the date is kept, not the weekday")]
    period = choose_day(hit, anchor, month, day)
    return found_period(hit, period) if period else found_value(hit, f"XXXX-{month:02}-{day:02}")


def choose_day(hit: Hit, anchor: Anchor, month: int, day: int) -> Period | None:
    """The year of a day without one: by the weekday beside it, else by the verb, else the nearest."""
    if anchor.now is None:
        return None
    candidates = []
    for year in range(anchor.now.year - 8, anchor.now.year + 9):
        try:
            candidates.append(make_day(year, month, day))
        except ValueError:
            continue
    near = [p for p in candidates if abs((p.start - anchor.now).days) < 400]
    weekday = hit.value("weekday", "WEEKDAY") if "weekday" in hit else None
    fitting = [p for p in near if p.start.isoweekday() == weekday]
    return nearest(begun(fitting or near or candidates, hit, anchor), anchor, 0 if fitting else anchor.lean(hit))


@rule(
    "{WEEKDAY}? the? <day>{ANY_DAY} DASH? (?:day)? of? (?:the month of)? <month>MONTH DOT? (?:DASH? {YR})?",
    "{WEEKDAY}? <day>TWELVE/DAYHOUR/TWENTYFOUR/THIRTYONE SLASH <month>MONTH SLASH <year>YEAR",
    "{WEEKDAY}? <month>MONTH DOT? DASH/SLASH? the? <day>({ANY_DAY}|twenty/thirty DASH? COUNT) (?:DASH? {YR})?",
    "<year>YEAR (?:DASH|COMMA|SLASH)? <month>MONTH DOT? (?:DASH|SLASH)? <day>{ANY_DAY}",
    "<year>YEAR SLASH <day>{DAY} SLASH <month>MONTH",
    "<month>MONTH <day>{DAY} of <year>YEAR",
    "<day>{ANY_DAY} of? <month>MONTH of <year>SIXTY/HUNDRED",
    "<year>YEAR <month_number>TWELVE <day>{DAY}",
)
def read_day_month(hit: Hit, anchor: Anchor) -> Answer:
    """6 August 2024, the 6th of August, Tuesday 6 Aug.; August 6, 2024; 2024 Aug 6."""
    if hit.before in ("$", "€", "£"):
        return None
    if counts_something(hit) and hit.words.shape[hit.last] not in "O":
        if "year" not in hit or hit.groups["year"][0] != hit.last or hit.text("year").startswith(("'", "’")):
            return None
        hit = hit.without("year")
    told = hit.before, hit.words.word(hit.first), hit.words.word(hit.groups["day"][1] + 1)
    if hit.text("day") == "second" and "year" not in hit and not {"the", "of"}.intersection(told):
        return None
    if "month_number" in hit and hit.before not in ("on", "dated"):
        return None  # "2016 10 16" is a row of numbers elsewhere.
    month = hit.number("month_number") if "month_number" in hit else hit.value("month", "MONTH")
    return read_day_of_month(hit, anchor, hit.number("day"), month, year_of(hit, anchor))


@rule("<date>MONTH_DAY (?:COMMA? <year>YEAR)?")
def read_joined_day(hit: Hit, anchor: Anchor) -> Answer:
    """Dec31, 2024: the space left out."""
    date = hit.text("date")
    month = load_lexicon().values["MONTH"][date[:3]]
    return read_day_of_month(hit, anchor, int(date[3:]), month, year_of(hit, anchor))


@rule("<month>MONTH DOT? <to>DASH/to/and <other>MONTH DOT? <last>{ANY_DAY} COMMA? <year>YEAR")
def read_month_to_day(hit: Hit, anchor: Anchor) -> Answer:
    """Between November and February 5, 2017: the month is of the year before, where it comes later in the year."""
    if hit.text("to") == "and" and hit.before != "between":
        return None
    year, month, other = hit.number("year"), hit.value("month", "MONTH"), hit.value("other", "MONTH")
    first = found_period(hit, make_month(year - (month > other), month))
    return pair_in_order(hit, first, read_day_of_month(hit, anchor, hit.number("last"), other, year))


@rule(
    "the? BAD_NTH of? MONTH {YR}?",
    "MONTH BAD_NTH {YR}?",
    "<number>ZERO/SIXTY/HUNDRED MONTH <year>YEAR?",
    "MONTH <number>ZERO/SIXTY/HUNDRED (?:COMMA <year>YEAR)?",
)
def read_bad_day(hit: Hit, anchor: Anchor) -> Answer:
    """The 45th of May, 32 January 2025, on 0 May; but not "in May 45 people" or "killed 45 in May"."""
    if "number" in hit and not (hit.before in ("on", "until", "since") or "year" in hit):
        return None
    return None if "number" in hit and counts_something(hit) else complain(hit, NO_SUCH_DAY)


@rule(
    "<day>{ANY_DAY} {TO} the? <last>{ANY_DAY} of? <month>MONTH DOT? {YR}?",
    "<day>{ANY_DAY} {TO} the? <last>{ANY_DAY} of/in? <way>THIS/LAST/NEXT <whole>month",
)
def read_days_of_month(hit: Hit, anchor: Anchor) -> Answer:
    """6-8 January, between the 6th and 8th of January, from 4 to 23 next month."""
    if hit.number("day") >= hit.number("last"):
        return complain(hit, BACKWARDS)
    if "whole" in hit:
        if anchor.now is None:
            return None
        whole = make_month(anchor.now.year, anchor.now.month + direction_of(hit.text("way")))
        month, told = whole.start.month, whole.start.year
        second = read_day_of_month(hit, anchor, hit.number("last"), month, told)
    else:
        month = hit.value("month", "MONTH")
        second = read_day_of_month(hit, anchor, hit.number("last"), month, year_of(hit, anchor))
    year = second.period.start.year if isinstance(second, Found) and second.period else None
    first = read_day_of_month(hit, anchor, hit.number("day"), month, year)
    return pair(first, hit.span("day"), second, (hit.span("last")[0], hit.end))


@rule("<month>MONTH DOT? <day>{ANY_DAY} <to>{TO} the? <last>{ANY_DAY} {YR}?")
def read_month_days(hit: Hit, anchor: Anchor) -> Answer:
    """January 6-8, 2025."""
    if counts_something(hit) or (hit.text("to") in ("and", "or") and hit.before not in ("between", "on")):
        return None
    if hit.number("day") >= hit.number("last"):
        return complain(hit, BACKWARDS)
    month = hit.value("month", "MONTH")
    first = read_day_of_month(hit, anchor, hit.number("day"), month, year_of(hit, anchor))
    year = first.period.start.year if isinstance(first, Found) and first.period else None
    second = read_day_of_month(hit, anchor, hit.number("last"), month, year)
    return pair(first, (hit.start, hit.span("day")[1]), second, (hit.span("last")[0], hit.end))


@rule(
    "<month>MONTH DOT? <day>{ANY_DAY} <to>DASH/to/through/till/until/and <other>MONTH DOT? <last>{ANY_DAY} {YR}?",
    "the? <day>{ANY_DAY} of? <month>MONTH DOT? <to>DASH/to/through/till/until/and the? <last>{ANY_DAY} of? <other>MONTH"
    " DOT? {YR}?",
)
def read_days_of_year(hit: Hit, anchor: Anchor) -> Answer:
    """27 May to 3 June 2024, Dec. 28-Jan. 4, 2025: the year is that of the second, and of the first if that fits."""
    if counts_something(hit) or (hit.text("to") == "and" and hit.before != "between"):
        return None
    year, month, other = year_of(hit, anchor), hit.value("month", "MONTH"), hit.value("other", "MONTH")
    day, last = hit.number("day"), hit.number("last")
    second = read_day_of_month(hit, anchor, last, other, year)
    if isinstance(second, Found) and second.period:
        year = second.period.start.year - ((month, day) > (other, last))
    first = read_day_of_month(hit, anchor, day, month, year)
    return pair_in_order(hit, first, second)


def pair_in_order(hit: Hit, first: Answer, second: Answer) -> Answer:
    """Both ends of a range parted by the piece "to"; one that is longer than most of a year is written the wrong way
    round, as its ends were put in order by way of the year before."""
    ends = [found.earliest for found in (first, second) if isinstance(found, Found) and found.earliest]
    if len(ends) == 2 and not timedelta() < ends[1] - ends[0] < WIDEST_RANGE:
        return complain(hit, BACKWARDS)
    reach = hit.groups["to"][0] - 1
    start = hit.words.starts[hit.groups["to"][1] + 1]
    return pair(first, (hit.start, hit.words.ends[reach]), second, (start, hit.end))


@rule(
    "<weekday>WEEKDAY DOT? COMMA? the <day>{NTH_DAY}",
    "<weekday>WEEKDAY DOT? COMMA? <day>NTH",
    "<weekday>WEEKDAY <day>TWELVE/DAYHOUR/TWENTYFOUR/THIRTYONE",
    "the <day>{NTH_DAY}",
)
def read_day_alone(hit: Hit, anchor: Anchor) -> Answer:
    """On the 14th, Tuesday the 5th: of the month that the verb and the weekday choose."""
    named = "weekday" in hit
    following = hit.words.written(hit.last + 1)
    clock = following.lower() in load_lexicon().values["COUNT"] and hit.words.word(hit.last + 2)[:2] in (
        "am",
        "pm",
        "a",
        "p",
    )
    beside = load_words("day_right") | (load_words("determiners") if hit.before == "on" else set())
    if following == "-" or (following[:1].isalpha() and following.lower() not in beside and not clock):
        return None  # The 14th floor, "Tuesday the first results".
    part = hit.before == "of" and hit.words.word(hit.first - 2) in load_lexicon().values["PART"]
    near = anchor.mention_near(hit)
    told = hit.before in ("on", "until", "since", "by", "from") or (
        near and hit.before in ("say", "says", "said", "before")
    )
    spelt = not named and hit.words.shape[hit.last] not in SHAPES["NTH"]
    if not (named or part or told) or (spelt and not near):
        return None  # "On the second" is a day only beside another.
    number = hit.number("day")
    if anchor.now is None:
        return found_value(hit, f"XXXX-XX-{number:02}")
    days = []
    if near and not named and (number > near.start.day or anchor.lean(hit) < 0):
        return read_day_of_month(hit, anchor, number, near.start.month, near.start.year)
    for months in range(-11 if named else -1, 12 if named else 2):
        if not 12 < anchor.now.year * 12 + anchor.now.month + months < 119988:
            continue
        month = make_month(anchor.now.year, anchor.now.month + months)
        if number <= (month.end - month.start).days:
            days.append(day_of(month.start + timedelta(days=number - 1)))
    if named:
        weekday = hit.value("weekday", "WEEKDAY")
        fitting = [day for day in days if day.start.isoweekday() == weekday]
        days = fitting or (days if hit.words.shape[hit.last] in SHAPES["NTH"] else [])
    period = nearest(days, anchor, anchor.lean(hit))
    return found_period(hit, period) if period else None


@rule("ISO")
def read_iso(hit: Hit, anchor: Anchor) -> Answer:
    """2025-01-30, 2025-01-30T17:30:00Z."""
    words = hit.words.written(hit.first).replace(",", ".")
    try:
        day = datetime.fromisoformat(words[:10])
        period = make_day(day.year, day.month, day.day)
        if len(words) == 10:
            return found_period(hit, period)
        value = words.replace(" ", "T", 1).replace(" ", "")
        moment = datetime.fromisoformat(value)
    except ValueError:
        return complain(hit, NO_SUCH_DAY)
    start = moment.replace(tzinfo=None)
    return Found(hit.start, hit.end, "TIME", value, start, start + timedelta(minutes=1), period, None, moment.tzinfo)


@rule("ISO_WEEK", "ISO_MONTH")
def read_iso_period(hit: Hit, anchor: Anchor) -> Answer:
    """2025-W05, 2025-01."""
    words = hit.words.written(hit.first)
    try:
        if "W" in words:
            return found_period(hit, make_week(datetime.fromisoformat(words + "-1")))
    except ValueError:
        return complain(hit, NO_SUCH_DAY)
    year, month = map(int, words.split("-"))
    if month == year % 100 + 1 or 10 <= month > year % 100:  # The season 2008-09, the years 2003-10: no months.
        start = hit.start
        ends = (start, start + 4), (start + 5, hit.end)
        return pair(
            found_period(hit, make_year(year)),
            ends[0],
            found_period(hit, make_year(year // 100 * 100 + month)),
            ends[1],
        )
    return found_period(hit, make_month(year, month)) if 1900 <= year < 2100 and month else None


@rule("{WEEKDAY}? <date>SLASHED")
def read_slashed(hit: Hit, anchor: Anchor) -> Answer:
    """30/01/2025, 1/30/25, 30.1.2025, 2025/1/30. With points the day is first; else where both orders fit, the text's
    other dates and its publication decide for all of them, and where they do not, both readings are kept."""
    words = hit.text("date")
    parts = re.split(r"[/.-]", words)
    one, two, three = map(int, parts)
    if hit.before == "-" and not follows_date(hit):
        return None
    if max(one, three) in HIJRI_YEARS:
        return complain(hit, OTHER_CALENDAR)
    if len(parts[0]) == 4:
        return read_day_of_month(hit, anchor, three, two, one - THAI_OFFSET * (one in THAI_YEARS))
    three -= THAI_OFFSET * (three in THAI_YEARS)
    year = three if len(parts[2]) == 4 else full_year(three, anchor)
    if one > 31 or two > 31 or (one > 12 and two > 12) or not one or not two or not year:
        return complain(hit, NO_SUCH_DAY)
    day_first = one > 12 if one > 12 or two > 12 else is_day_first(hit, anchor, words, (one, two, year))
    if day_first is None:
        return keep_both(hit, (one, two, year))
    day, month = (one, two) if day_first else (two, one)
    return read_day_of_month(hit, anchor, day, month, year)


def keep_both(hit: Hit, numbers: tuple[int, int, int]) -> Answer:
    """A date of which nothing tells the day from the month: from the earlier day to the later one, and a problem that
    names both."""
    one, two, year = numbers
    days = sorted((make_day(year, two, one), make_day(year, one, two)), key=lambda day: day.start)
    told = " or ".join(f"{day.start.day} {day.start:%B}" for day in days)
    found = Found(hit.start, hit.end, "DATE", f"{year:04}-XX-XX", days[0].start, days[1].end, rivals=tuple(days))
    return [found, complain(hit, f"may be {told}: nothing tells the day from the month, both are kept")]


@rule("<date>COMPACT_DATE")
def read_compact(hit: Hit, anchor: Anchor) -> Answer:
    """20250130 (ISO 8601, basic format), where nothing shows it to be a sum or a number."""
    digits = hit.words.written(hit.first)
    named = hit.before in load_words("numbered") | {"$", "€", "£", "#", "."} or hit.after in ("%", ".", ",")
    if (named and hit.words.written(hit.last + 2)[:1].isdigit()) or hit.before in load_words("numbered"):
        return None
    if counts_something(hit) or hit.before in ("$", "€", "£", "#"):
        return None
    return read_day_of_month(hit, anchor, int(digits[6:]), int(digits[4:6]), int(digits[:4]))


@rule(
    "<one>TWELVE/DAYHOUR/TWENTYFOUR/THIRTYONE SLASH <two>TWELVE/DAYHOUR/TWENTYFOUR/THIRTYONE <to>{TO} <date>SLASHED",
    "<one>TWELVE/DAYHOUR/TWENTYFOUR/THIRTYONE SLASH <two>TWELVE/DAYHOUR/TWENTYFOUR/THIRTYONE <to>{TO}"
    " <three>TWELVE/DAYHOUR/TWENTYFOUR/THIRTYONE SLASH <four>TWELVE/DAYHOUR/TWENTYFOUR/THIRTYONE COMMA <year>YEAR",
)
def read_slashed_of_year(hit: Hit, anchor: Anchor) -> Answer:
    """10/1-11/2/2017, from 5/1 to 5/7, 2020: the year is that of both, or of the second."""
    one, two = hit.number("one"), hit.number("two")
    if "date" in hit:
        if len(re.split(r"[/]", hit.text("date"))) != 3:
            return None
        three, four, year = map(int, hit.text("date").split("/"))
    else:
        three, four, year = hit.number("three"), hit.number("four"), hit.number("year")
    if three > 31:
        return None
    year = year if year > 99 else full_year(year, anchor)
    day_first = max(one, three) > 12 or (bool(anchor.day_first) and max(two, four) <= 12)
    (day, month), (last, other) = ((n, m) if day_first else (m, n) for n, m in ((one, two), (three, four)))
    second = read_day_of_month(hit, anchor, last, other, year)
    first = read_day_of_month(hit, anchor, day, month, year if (month, day) <= (other, last) else year - 1)
    return pair_in_order(hit, first, second)


def follows_date(hit: Hit) -> bool:
    """Whether the dash before a hit parts it from another date, or stands free, and does not join it to a name."""
    words, dash = hit.words, hit.first - 1
    return words.ends[dash] < hit.start or (dash > 0 and words.shape[dash - 1] in (SHAPES["SLASHED"], SHAPES["YEAR"]))


@rule(
    "{WEEKDAY}? <one>TWELVE/DAYHOUR/TWENTYFOUR/THIRTYONE SLASH <two>TWELVE/DAYHOUR/TWENTYFOUR/THIRTYONE",
    "<one>TWELVE/DAYHOUR/TWENTYFOUR/THIRTYONE SLASH <two>TWELVE/DAYHOUR/TWENTYFOUR/THIRTYONE <to>{TO}"
    " <three>TWELVE/DAYHOUR/TWENTYFOUR/THIRTYONE SLASH <four>TWELVE/DAYHOUR/TWENTYFOUR/THIRTYONE",
)
def read_short_slashed(hit: Hit, anchor: Anchor) -> Answer:
    """Friday 6/3, on 19/08, from 9/4 to 10/8: only where a weekday, a range or a number over 12 tells it from a
    fraction."""
    words = [hit.words.text[slice(*hit.span(name))] for name in ("one", "two")]
    one, two = map(int, words)
    if hit.after in ("/", "-", "%") or hit.before in ("/", "-") or (hit.before.isdigit() and "weekday" not in hit):
        return None
    if "to" in hit:
        three, four = hit.number("three"), hit.number("four")
        day_first = max(one, three) > 12 or (bool(anchor.day_first) and max(two, four) <= 12)
        ends = [(n, m) if day_first else (m, n) for n, m in ((one, two), (three, four))]
        (day, month), (last, other) = ends
        first = read_day_of_month(hit, anchor, day, month, None)
        year = first.period.start.year if isinstance(first, Found) and first.period else None
        if year is not None and (month, day) > (other, last):
            year += 1
        return pair_in_order(hit, first, read_day_of_month(hit, anchor, last, other, year))
    padded = re.fullmatch(r"0[1-9]", words[1]) is not None and one > 12
    telling = "weekday" in hit or padded or (hit.before in ("on", "since", "until", "from") and max(one, two) > 12)
    if not telling or min(one, two) > 12:
        return None
    day_first = one > 12 or (bool(anchor.day_first) and two <= 12)
    return read_day_of_month(hit, anchor, *((one, two) if day_first else (two, one)), None)


@rule("<date>DECIMAL (?=COMMA CLOCK)", "<date>DECIMAL (?=at? CLOCK)")
def read_dotted(hit: Hit, anchor: Anchor) -> Answer:
    """21.08, 14:20; 21.08 at 18:30: a day and a month in two digits each, before a time of day."""
    date = re.fullmatch(r"(\d\d)\.(\d\d)", hit.text("date"))
    if not date or not 1 <= int(date[1]) <= 31 or not 1 <= int(date[2]) <= 12:
        return None
    return read_day_of_month(hit, anchor, int(date[1]), int(date[2]), None)


def is_day_first(hit: Hit, anchor: Anchor, words: str, numbers: tuple[int, int, int]) -> bool | None:
    """Whether the first of two small numbers is the day; None where nothing tells."""
    one, two, year = numbers
    if "." in words or one == two:
        return True
    if "weekday" in hit:
        weekday = int(hit.value("weekday", "WEEKDAY"))
        fits = [datetime(year, m, d).isoweekday() == weekday for d, m in ((one, two), (two, one))]
        if fits[0] != fits[1]:
            return fits[0]
    return anchor.day_first if anchor.numbers_day_first is None else anchor.numbers_day_first
