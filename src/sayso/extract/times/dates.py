"""Calendar dates: days, months, years, decades and centuries, as English writes them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone, tzinfo

from sayso.extract.times.anchors import Anchor, Found
from sayso.extract.times.grammar import Hit, rule
from sayso.extract.times.periods import (
    Period,
    day_of,
    make_day,
    make_month,
    make_season,
    make_week,
    make_year,
    midnight,
    part_of,
)
from sayso.extract.times.words import load_lexicon
from sayso.record import Problem
from sayso.tables import load_toml

Answer = Found | Problem | list[Found] | None
EDGE_SHARES = {
    "first half of": (0.0, 0.5),
    "second half of": (0.5, 1.0),
    "latter half of": (0.5, 1.0),
    "early part of": (0.0, 0.334),
    "late part of": (0.666, 1.0),
    "latter part of": (0.666, 1.0),
}
CENTURY_DIGITS = 100


def found_period(hit: Hit, period: Period, *, start: int | None = None, end: int | None = None) -> Found:
    """A date that is one period of the calendar."""
    kind = "TIME" if period.grain in ("part", "minute") else "DATE"
    start, end = hit.start if start is None else start, hit.end if end is None else end
    return Found(start, end, kind, period.value, period.start, period.end, period)


def found_edge(hit: Hit, period: Period) -> Found:
    """A date that may be narrowed by "early", "mid-", "the end of" ...: the value of the whole, the interval of the part."""
    share = share_of(hit.tokens("edge"))
    if share is None:
        return found_period(hit, period)
    if share in ((0.0, 0.5), (0.5, 1.0)) and period.grain == "year":
        half = 1 if share[0] == 0 else 2
        value = f"{period.value}-H{half}"
    else:
        value = period.value
    start, end = part_of(period, *share)
    return Found(hit.start, hit.end, "DATE", value, start, end, period)


def share_of(edge: list[str]) -> tuple[float, float] | None:
    """Which share of a period the words of an edge name; None for none."""
    words = [word for word in edge if word not in ("the", "its", "very", "-", "–")]
    lexicon = load_lexicon()
    shares = EDGE_SHARES.get(" ".join(words))
    if shares:
        return shares
    named = [lexicon.values[table][word] for word in words for table in ("EDGE", "EDGE_NOUN") if word in lexicon.values[table]]
    return (named[0][0], named[-1][1]) if named else None


def year_of(hit: Hit, anchor: Anchor, name: str = "year") -> int | None:
    """The year that a piece names; two digits are of the century that brings them nearest to publication."""
    token = hit.text(name)
    if not token:
        return None
    number = hit.number(name)
    return number if len(token.strip("'’")) > 2 else full_year(number, anchor)


def full_year(number: int, anchor: Anchor) -> int:
    """A year of two digits in full: at most ten years ahead of publication, else back."""
    pivot = (anchor.now.year if anchor.now else 2025) + 10
    year = pivot // CENTURY_DIGITS * CENTURY_DIGITS + number
    return year if year <= pivot else year - CENTURY_DIGITS


def nearest(candidates: list[Period], anchor: Anchor, lean: int) -> Period | None:
    """The candidate that the anchor and the lean of the verb choose: the last not after today, the first not before
    it, or the nearest."""
    if anchor.now is None or not candidates:
        return None
    today = day_of(anchor.now)
    if lean < 0:
        back = [p for p in candidates if p.start < today.end]
        if back:
            return max(back, key=lambda p: p.start)
    if lean > 0:
        ahead = [p for p in candidates if p.end > today.start]
        if ahead:
            return min(ahead, key=lambda p: p.start)
    middle = today.start
    return min(candidates, key=lambda p: abs((p.start + (p.end - p.start) / 2 - middle).total_seconds()))


def complain(hit: Hit, message: str) -> Problem:
    """What is wrong with the words of a hit."""
    words = hit.words.text[hit.start : hit.end]
    return Problem(step="find_times", message=f"“{words}” {message}", start=hit.start, end=hit.end)


def read_day_of_month(hit: Hit, anchor: Anchor, day: int, month: int, year: int | None) -> Answer:
    """A day of a month, with or without its year; an impossible one is a problem."""
    longest = 29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31
    if not 1 <= day <= longest:
        return complain(hit, "is on no calendar: read as no date")
    weekday = hit.value("weekday", "WEEKDAY") if "weekday" in hit else None
    if year is not None:
        try:
            return found_period(hit, make_day(year, month, day))
        except ValueError:
            return complain(hit, "is on no calendar: read as no date")
    period = choose_day(hit, anchor, month, day, weekday)
    if period:
        return found_period(hit, period)
    return Found(hit.start, hit.end, "DATE", f"XXXX-{month:02}-{day:02}")


def choose_day(hit: Hit, anchor: Anchor, month: int, day: int, weekday: int | None) -> Period | None:
    """The year of a day without one: by the weekday beside it, by the verb, else the nearest."""
    if anchor.now is None:
        return None
    candidates = []
    for year in range(anchor.now.year - 8, anchor.now.year + 9):
        try:
            candidates.append(make_day(year, month, day))
        except ValueError:
            continue
    near = [p for p in candidates if abs((p.start - anchor.now).days) < 400]
    fitting = [p for p in near if p.start.isoweekday() == weekday]
    return nearest(fitting or near or candidates, anchor, 0 if fitting else anchor.lean(hit))


def counts_something(hit: Hit) -> bool:
    """Whether the number that ends a hit counts the next word ("in March 12 soldiers")."""
    return hit.after in load_counted() or hit.words.shape[hit.last + 1 : hit.last + 2] == "%"


def load_counted() -> frozenset[str]:
    """Nouns that follow a count."""
    return frozenset(load_toml("times.toml")["counted"]["words"])


@rule(
    "{WEEKDAY}? the? <day>{ANY_DAY} DASH? of? (?:the month of)? <month>MONTH DOT? (?:DASH? {YR})?",
    "{WEEKDAY}? <month>MONTH DOT? DASH? the? <day>{ANY_DAY} {YR}?",
    "<year>YEAR DASH? COMMA? <month>MONTH DOT? DASH? <day>{ANY_DAY}",
)
def read_day_month(hit: Hit, anchor: Anchor) -> Answer:
    """6 August 2024, the 6th of August, Tuesday 6 Aug.; August 6, 2024; 2024 Aug 6."""
    if counts_something(hit) and hit.words.shape[hit.last] not in "OB":
        last = max(("day", "year", "month"), key=lambda name: hit.groups.get(name, (0, 0)))
        if last != "year" or hit.text("year").startswith(("'", "’")):
            return None
        hit = hit.without("year")
    if hit.text("day") == "second" and "year" not in hit and hit.before != "the" and hit.words.word(hit.first) != "the":
        return None
    return read_day_of_month(hit, anchor, hit.number("day"), hit.value("month", "MONTH"), year_of(hit, anchor))


@rule("the? BAD_NTH of <month>MONTH {YR}?", "<month>MONTH BAD_NTH {YR}?")
def read_bad_day(hit: Hit, anchor: Anchor) -> Answer:
    """The 45th of May."""
    return complain(hit, "is on no calendar: read as no date")


@rule("<day>{ANY_DAY} <to>{TO} the? <last>{ANY_DAY} of? <month>MONTH DOT? {YR}?")
def read_days_of_month(hit: Hit, anchor: Anchor) -> Answer:
    """6-8 January, between the 6th and 8th of January."""
    month, year = hit.value("month", "MONTH"), year_of(hit, anchor)
    second = read_day_of_month(hit, anchor, hit.number("last"), month, year)
    if not isinstance(second, Found):
        return second
    if hit.number("day") >= hit.number("last"):
        return complain(hit, "ends before it begins: read as no date")
    year = second.period.start.year if second.period else None
    first = read_day_of_month(hit, anchor, hit.number("day"), month, year)
    start = hit.span("last")[0]
    return pair(first, hit.span("day"), second, (start, hit.end))


@rule("<month>MONTH DOT? <day>{ANY_DAY} <to>DASH/to/and/or/through/till/until/TILDE the? <last>{ANY_DAY} {YR}?")
def read_month_days(hit: Hit, anchor: Anchor) -> Answer:
    """January 6-8, 2025."""
    if counts_something(hit) or (hit.text("to") == "and" and not hit.before == "between"):
        return None
    month, year = hit.value("month", "MONTH"), year_of(hit, anchor)
    if hit.number("day") >= hit.number("last"):
        return complain(hit, "ends before it begins: read as no date")
    first = read_day_of_month(hit, anchor, hit.number("day"), month, year)
    year = first.period.start.year if isinstance(first, Found) and first.period else None
    second = read_day_of_month(hit, anchor, hit.number("last"), month, year)
    return pair(first, (hit.start, hit.span("day")[1]), second, (hit.span("last")[0], hit.end))


def pair(first: Answer, one: tuple[int, int], second: Answer, two: tuple[int, int]) -> Answer:
    """Both ends of a range, each with its own words."""
    ends = []
    for found, (start, end) in ((first, one), (second, two)):
        if not isinstance(found, Found):
            return found
        ends.append(replace(found, start=start, end=end))
    return ends


SAFE_BEFORE = frozenset(
    """in since until till by from for before after during through throughout between last next this early late mid of
    previous following same every each the on late- to and or - – past around about ( , : because as""".split()
)
"""Words before a month that show that it is one."""
NAMES_TOO = frozenset(("may", "march", "april", "june", "august", "jan", "mar", "jun", "dec", "apr"))
"""Months that are a verb, an adjective or the name of a person as well."""


def is_month(hit: Hit, anchor: Anchor) -> bool:
    """Whether a month's name that stands alone is one: "May" begins questions, "April" is a woman too."""
    month = hit.text("month")
    if hit.groups["month"][0] != hit.first or month not in NAMES_TOO:
        return True
    before = hit.words.written(hit.first - 1)
    if before.lower() in SAFE_BEFORE and before[:1] not in ("", ",", "(") and not (before.lower() in ("to", "and", "or", "the")):
        return not hit.words.written(hit.last + 1)[:1].isupper() or month not in ("april", "june")
    if anchor.tag_at and month in ("may", "march", "august"):
        tag = anchor.tag_at(hit.start)
        if tag is not None and not tag.startswith("NNP"):
            return False
    neighbours = before[:1].isupper() or hit.words.written(hit.last + 1)[:1].isupper()
    return not neighbours and before.lower() in SAFE_BEFORE


@rule(
    "{EDGE}? <month>MONTH DOT? (?:COMMA|of|in|DASH)? <year>YEAR",
    "{EDGE}? <month>MONTH DOT? of? <year>SHORT_YEAR",
    "<year>YEAR (?:COMMA|DASH)? <month>MONTH",
    "{EDGE}? (?:the month of)? <month>MONTH",
)
def read_month(hit: Hit, anchor: Anchor) -> Answer:
    """August 2024, mid-January, the end of March, October."""
    if "year" in hit and counts_something(hit) and hit.groups["year"][1] == hit.last:
        hit = hit.without("year")
    if not is_month(hit, anchor):
        return None
    month, year = hit.value("month", "MONTH"), year_of(hit, anchor)
    if year is not None:
        return found_edge(hit, make_month(year, month))
    if anchor.now is None:
        return Found(hit.start, hit.end, "DATE", f"XXXX-{month:02}")
    now = anchor.now
    candidates = [make_month(now.year + n, month) for n in (-1, 0, 1) if 1 <= now.year + n < 9999]
    lean = -1 if hit.before in ("last", "since") else anchor.lean(hit)
    period = nearest(candidates, anchor, lean)
    return found_edge(hit, period) if period else None


@rule("{EDGE}? <month>MONTH <to>DASH/to/and/or/through/until/till <last>MONTH DOT? (?:COMMA|of)? <year>YEAR")
def read_months_of_year(hit: Hit, anchor: Anchor) -> Answer:
    """From March to May 2022: the year is that of both, or of the second where the first comes later in the year."""
    year = hit.number("year")
    one, two = hit.value("month", "MONTH"), hit.value("last", "MONTH")
    first = found_edge(hit, make_month(year if one <= two else year - 1, one))
    second = found_period(hit, make_month(year, two))
    return pair(first, (hit.start, hit.span("month")[1]), second, (hit.span("last")[0], hit.end))


YEAR_LEFT = frozenset(
    """in since until till by from before after during through throughout between of early late mid summer winter spring
    autumn fall the circa around - – ( / year and or to late,""".split()
)
"""Words before a bare year that show that it is one, however old."""
MODERN = (1900, 2100)


def is_year(hit: Hit) -> bool:
    """Whether four digits are a year: not a count, a sum or a name's number."""
    number = hit.number("year")
    before, after = hit.before, hit.after
    if before in load_numbered() or hit.words.shape[hit.first - 1 : hit.first] in ("$", "."):
        return False
    if after in load_counted() or after in ("%", "°"):
        return False
    if before == "-" and hit.words.written(hit.first - 2)[:1].isupper() and hit.words.ends[hit.first - 2] == hit.words.starts[hit.first - 1]:
        return False
    if number % 100 == 0 and number != 2000 and after.endswith("s") and before in ("", "of", "the", "and", "to", "by"):
        return False
    if MODERN[0] <= number < MODERN[1]:
        return True
    return before in YEAR_LEFT - {"to", "the", "and", "or", "by", "of", "around", "between", "from", "-"} and not after.endswith("s")


def load_numbered() -> frozenset[str]:
    """Words after which digits are a name's number."""
    return frozenset(load_toml("times.toml")["numbered"]["words"])


@rule("{EDGE} (?:the year)? <year>YEAR/SHORT_YEAR", "(?:the year)? <year>YEAR")
def read_year(hit: Hit, anchor: Anchor) -> Answer:
    """2024, late 2024, the year 2024, the first half of 2024."""
    year = year_of(hit, anchor)
    return found_edge(hit, make_year(year)) if year and ("edge" in hit or is_year(hit)) else None


@rule("<year>YEAR <to>DASH/SLASH/to/and/through/until/till <last>{DAY}", "<year>YEAR <to>DASH/SLASH <last>SIXTY/HUNDRED")
def read_years(hit: Hit, anchor: Anchor) -> Answer:
    """1914-18, 2024/25: the second year borrows its century."""
    year, last = hit.number("year"), hit.number("last")
    joined = hit.words.ends[hit.first] == hit.words.starts[hit.first + 1]
    if hit.text("to") not in ("-", "–", "—", "/") or not joined or len(hit.text("last")) != 2 or not is_year(hit):
        return None
    second = year // 100 * 100 + last
    if second <= year:
        return None
    ends = found_period(hit, make_year(year)), hit.span("year"), found_period(hit, make_year(second)), hit.span("last")
    return pair(*ends)


@rule("the? <edge>(EDGE DASH?)? DECADE_DIGITS/SHORT_DECADE", "the <edge>(EDGE DASH?)? <word>DECADE")
def read_decade(hit: Hit, anchor: Anchor) -> Answer:
    """The 1990s, the late '80s, the nineties."""
    if "word" in hit:
        if hit.before not in ("in", "of", "during", "since", "from", "until", "by", "throughout", "into"):
            return None
        year = hit.value("word", "DECADE")
    else:
        digits = re.sub(r"\D", "", hit.words.word(hit.last))
        year = int(digits)
        if len(digits) == 2:
            if hit.words.word(hit.first) != "the" or hit.before in ("his", "her", "their"):
                return None
            year = full_year(year, anchor)
        elif not 1000 <= year < 2200:
            return None
    return found_edge(hit, make_year(year, 10))


@rule("the? <edge>(EDGE DASH?)? <nth>NTH/ORDINAL DASH? century", "the? (?:turn|end) of the? <nth>NTH/ORDINAL century")
def read_century(hit: Hit, anchor: Anchor) -> Answer:
    """The 19th century, the early twentieth century."""
    return found_edge(hit, make_year(max(1, (hit.number("nth") - 1) * 100), 100))


@rule("ISO")
def read_iso(hit: Hit, anchor: Anchor) -> Answer:
    """2025-01-30, 2025-01-30T17:30:00Z."""
    words = hit.words.written(hit.first).replace(",", ".")
    try:
        day = datetime.fromisoformat(words[:10])
        period = make_day(day.year, day.month, day.day)
        if len(words) == 10:
            return found_period(hit, period)
        moment = datetime.fromisoformat(words.replace(" ", "T", 1).replace(" ", ""))
    except ValueError:
        return complain(hit, "is on no calendar: read as no date")
    start = moment.replace(tzinfo=None)
    value = words.replace(" ", "T", 1).replace(" ", "")
    return Found(hit.start, hit.end, "TIME", value, start, start + timedelta(minutes=1), period, None, moment.tzinfo)


@rule("ISO_WEEK", "ISO_MONTH")
def read_iso_period(hit: Hit, anchor: Anchor) -> Answer:
    """2025-W05, 2025-01."""
    words = hit.words.written(hit.first)
    try:
        if "W" in words:
            return found_period(hit, make_week(datetime.fromisoformat(words + "-1")))
        year, month = map(int, words.split("-"))
        return found_period(hit, make_month(year, month)) if 1900 <= year < 2100 and month else None
    except ValueError:
        return complain(hit, "is on no calendar: read as no date")


@rule("{WEEKDAY}? <date>SLASHED")
def read_slashed(hit: Hit, anchor: Anchor) -> Answer:
    """30/01/2025, 1/30/25, 30.1.2025, 2025/1/30. Where both orders fit, the text's other dates and the publication
    decide, else the month is first with slashes and the day with dots."""
    words = hit.text("date")
    numbers = [int(n) for n in re.split(r"[/.-]", words)]
    if numbers[0] > 1000:
        return read_day_of_month(hit, anchor, numbers[2], numbers[1], numbers[0])
    year = numbers[2] if len(re.split(r"[/.-]", words)[2]) == 4 else full_year(numbers[2], anchor)
    one, two = numbers[:2]
    if one > 12 or two > 12:
        day, month = (one, two) if one > 12 else (two, one)
        if month > 12 or not 1 <= year:
            return None
        return read_day_of_month(hit, anchor, day, month, year)
    if not one or not two:
        return None
    day_first = is_day_first(anchor, words, (one, two, year))
    day, month = (one, two) if day_first else (two, one)
    return read_day_of_month(hit, anchor, day, month, year)


def is_day_first(anchor: Anchor, words: str, numbers: tuple[int, int, int]) -> bool:
    """Whether the first of two small numbers is the day."""
    one, two, year = numbers
    if "." in words:
        return True
    if anchor.now and one != two:
        near = [abs((datetime(year, m, d) - anchor.now).days) <= 14 for d, m in ((one, two), (two, one))]
        if near[0] != near[1]:
            return near[0]
    return bool(anchor.day_first)


@rule("<date>SHORT_DATE", "<date>MILITARY")
def read_military(hit: Hit, anchor: Anchor) -> Answer:
    """06AUG24, 061530ZAUG24: a NATO date-time group."""
    match = re.match(r"(\d\d?)(\d{4})?([A-Z])??\s?([A-Z]{3})\s?(\d{2,4})$", hit.words.written(hit.first))
    if not match:
        return None
    day, clock, letter, name, digits = match.groups()
    year = int(digits) if len(digits) == 4 else full_year(int(digits), anchor)
    month = load_lexicon().values["MONTH"][name.lower()]
    date = read_day_of_month(hit, anchor, int(day), month, year)
    if clock is None or not isinstance(date, Found) or date.earliest is None:
        return date
    hour, minute = int(clock[:2]), int(clock[2:])
    if hour > 23 or minute > 59:
        return complain(hit, "is no time of day: read as no time")
    start = date.earliest + timedelta(hours=hour, minutes=minute)
    zone = zone_of_letter(letter)
    value = f"{date.value}T{hour:02}:{minute:02}" + ("Z" if letter == "Z" else offset_value(zone, start))
    return Found(hit.start, hit.end, "TIME", value, start, start + timedelta(minutes=1), date.period, None, zone)


def zone_of_letter(letter: str) -> timezone | None:
    """The zone of a NATO letter: A to M east of Greenwich but for J, which is local time; N to Y west; Z is UTC."""
    east, west = "ABCDEFGHIKLM", "NOPQRSTUVWXY"
    if letter == "J":
        return None
    hours = east.index(letter) + 1 if letter in east else -west.index(letter) - 1 if letter in west else 0
    return timezone(timedelta(hours=hours))


def offset_value(zone: tzinfo | None, moment: datetime) -> str:
    """The offset as ISO 8601 writes it ("+03:00"); "" without a zone, "Z" for none from UTC."""
    offset = zone.utcoffset(moment) if zone else None
    if offset is None:
        return ""
    minutes = int(offset.total_seconds() // 60)
    return "Z" if not minutes else f"{'+' if minutes > 0 else '-'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


@rule("D_DAY")
def read_d_day(hit: Hit, anchor: Anchor) -> Answer:
    """D+3: so many days from a day that the text leaves open."""
    return Found(hit.start, hit.end, "DATE", "XXXX-XX-XX")


def season_near(hit: Hit, anchor: Anchor, season: str, lean: int) -> Period | None:
    """The season that a bare name means."""
    if anchor.now is None:
        return None
    years = (anchor.now.year + n for n in (-2, -1, 0, 1))
    return nearest([make_season(year, season) for year in years if 1 <= year < 9998], anchor, lean)


@rule("{EDGE}? the? <season>SEASON (?:of|in|COMMA|DASH)? <year>YEAR/SHORT_YEAR", "{EDGE}? the <season>SEASON", "<season>SEASON")
def read_season(hit: Hit, anchor: Anchor) -> Answer:
    """The summer of 2023, late autumn, in spring."""
    season, year = hit.value("season", "SEASON"), year_of(hit, anchor)
    word = hit.text("season")
    if year is not None:
        return found_edge(hit, make_season(year, season))
    sure = hit.before in ("in", "since", "until", "by", "during", "this", "last", "next", "through", "throughout", "before", "after")
    if word in ("fall", "spring") and not (sure and hit.after not in ("in", "of", "from", "to")) and "edge" not in hit:
        return None
    if word == "fall" and hit.first != hit.groups["season"][0] and not sure:
        return None
    if not sure and "edge" not in hit:
        return None
    lean = anchor.lean(hit)
    period = season_near(hit, anchor, season, lean)
    return found_edge(hit, period) if period else Found(hit.start, hit.end, "DATE", f"XXXX-{season}")
