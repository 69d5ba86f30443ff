"""Dates of other calendars: Hijri, Solar Hijri, Hebrew, Ethiopian and Buddhist.

A day, month or year is known to be of such a calendar by the name of its month ("12 Rajab 1446"), by a mark beside the
year ("1446 AH", "B.E. 2560") or by what the calendar is called ("the Iranian year 1403"). Its value is the Gregorian
day, or the first and last day of the month or year, as an interval of ISO 8601.

Days of the Hijri calendar begin where the moon is seen, and are reckoned here by the arithmetical calendar: they are
told as approximate, since they may be off by one. Days are taken to begin at midnight, as news does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sayso.extract.times.anchors import Anchor, Found
from sayso.extract.times.answers import nearest
from sayso.extract.times.periods import Period, make_day, make_year
from sayso.extract.times.reckonings import COPTIC, HEBREW, HIJRI, LEAP_MONTH, SOLAR_HIJRI
from sayso.tables import load_toml

BUDDHIST_OFFSET = 543
"""How many years the Thai calendar is ahead."""
ETHIOPIAN_OFFSET = 276
"""How many years the Ethiopian calendar, whose months are the Coptic ones, is ahead of the Coptic."""
DATED_NEAR = 2
"""How many years around that of publication a date without a year is looked for in."""
APOSTROPHES = str.maketrans(dict.fromkeys("’ʿʾ‘`", "'"))
"""All that is written for an apostrophe in a name. One mark keeps the patterns, a choice after every letter, quick to
compile."""
JOINERS = r"[\s'-]*"
"""What may stand between the words of a month's name."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar of the table: how its days become Gregorian ones, and what its dates look like."""

    name: str
    convert: Callable[[int, int, int], date]
    months: int
    table: dict[str, Any]


def convert_hebrew(year: int, month: int, day: int) -> date:
    """The Gregorian day of one of the Hebrew calendar, its months counted from Tishri with both Adars: in a common year
    the two are one. Raises ValueError where there is none such."""
    common = len(HEBREW.lengths(year)) == 12
    return HEBREW.convert(year, month - (common and month > LEAP_MONTH), day)


def convert_ethiopian(year: int, month: int, day: int) -> date:
    """The Gregorian day of one of the Ethiopian calendar. Raises ValueError where there is none such."""
    return COPTIC.convert(year - ETHIOPIAN_OFFSET, month, day)


def convert_buddhist(year: int, month: int, day: int) -> date:
    """The Gregorian day of one of the Thai calendar. Raises ValueError where there is none such."""
    return date(year - BUDDHIST_OFFSET, month, day)


CONVERTERS = {
    "hijri": HIJRI.convert,
    "solar_hijri": SOLAR_HIJRI.convert,
    "hebrew": convert_hebrew,
    "ethiopian": convert_ethiopian,
    "buddhist": convert_buddhist,
}


@cache
def load_calendars() -> dict[str, Calendar]:
    """All calendars by name."""
    return {
        name: Calendar(name, CONVERTERS[name], len(table["months"]), table)
        for name, table in load_toml("calendars.toml").items()
    }


def find_foreign_dates(text: str, anchor: Anchor) -> list[Found]:
    """The dates of other calendars in a text, in order and without overlap, as Gregorian ones."""
    folded = fold_letters(text)
    found: list[Found] = []
    for match in sorted(list_matches(folded), key=lambda match: (match.start(), -match.end())):
        if found and match.start() < found[-1].end:
            continue
        calendar = next((c for c in load_calendars().values() if match.re in patterns_of(c.name)), None)
        found += read_match(match, calendar, anchor) if calendar else []
    return found


def fold_letters(text: str) -> str:
    """The text with every letter as its plain form, and every apostrophe too, at its own length."""
    text = text.translate(APOSTROPHES)
    if text.isascii():
        return text
    return "".join(
        unicodedata.normalize("NFD", letter)[0] if "\u00c0" <= letter <= "\u1eff" else letter for letter in text
    )


def list_matches(text: str) -> Iterator[re.Match[str]]:
    """Where the patterns of any calendar fit, for which the text has a word that tells."""
    for name in load_calendars():
        if telltale(name).search(text):
            for pattern in patterns_of(name):
                yield from pattern.finditer(text)


def read_match(match: re.Match[str], calendar: Calendar, anchor: Anchor) -> list[Found]:
    """The date of a match, or both ends of a range; none where it is none of this calendar."""
    parts = {name: words for name, words in match.groupdict().items() if words}
    month = number_of_month(calendar, parts["month"]) if "month" in parts else int(parts.get("number", 0)) or None
    year = int(parts["year"]) if "year" in parts else None
    if year is None:
        alone = read_day_alone(match, calendar, month, int(parts["day"]), anchor) if month and "day" in parts else None
        return [alone] if alone else []
    first, last = calendar.table["years"]
    if "mark" not in parts and not (month and "number" not in parts and first <= year < last):
        return []
    try:
        ends = [read_end(calendar, year, month, parts.get("day"))]
        if "from_day" in parts and month:
            ends.insert(0, read_end(calendar, year, month, parts["from_day"]))
        elif "from_year" in parts:
            ends.insert(0, read_end(calendar, int(parts["from_year"]), None, None))
    except (ValueError, OverflowError):
        return []
    found = [make_found(match, calendar, end) for end in ends]
    if len(found) > 1:
        head = "from_day" if "from_day" in parts else "from_year"
        found[0] = replace(found[0], start=match.start(head), end=match.end(head))
        found[1] = replace(found[1], start=match.start("day" if "day" in parts else "year"))
    return found


def read_end(calendar: Calendar, year: int, month: int | None, day: str | None) -> Period:
    """A day, month or year of a calendar. Raises ValueError where there is none such."""
    return day_period(calendar.convert(year, month, int(day))) if month and day else year_period(calendar, year, month)


def read_day_alone(match: re.Match[str], calendar: Calendar, month: int, day: int, anchor: Anchor) -> Found | None:
    """A day and a month without a year: the nearest one; none where a name goes on behind it (a street, a city)."""
    text = anchor.words.text
    if not calendar.table["alone"] or re.match(r"\s[A-Z]", text[match.end() : match.end() + 2]) or anchor.now is None:
        return None
    year = year_at(calendar, anchor.now)
    days = []
    for near in range(year - DATED_NEAR, year + DATED_NEAR + 1):
        try:
            days.append(day_period(calendar.convert(near, month, day)))
        except (ValueError, OverflowError):
            continue
    chosen = nearest(days, anchor, 0)
    return make_found(match, calendar, chosen) if chosen else None


def year_at(calendar: Calendar, moment: datetime) -> int:
    """The year of a calendar in which a moment lies, or the one before it."""
    years = {"hijri": HIJRI, "solar_hijri": SOLAR_HIJRI, "hebrew": HEBREW, "ethiopian": COPTIC}[calendar.name]
    return years.year_at(moment.date()) + (ETHIOPIAN_OFFSET if calendar.name == "ethiopian" else 0)


def day_period(day: date) -> Period:
    """One day as a period."""
    return make_day(day.year, day.month, day.day)


def year_period(calendar: Calendar, year: int, month: int | None) -> Period:
    """A year of a calendar, or a month of it, from its first day to its last."""
    if calendar.name == "buddhist" and month is None:
        return make_year(year - BUDDHIST_OFFSET)
    first = calendar.convert(year, month or 1, 1)
    if month is None:
        after = calendar.convert(year + 1, 1, 1)
    else:
        # In a common Hebrew year both Adars are one month.
        starts = (calendar.convert(year, later, 1) for later in range(month + 1, calendar.months + 1))
        after = next((start for start in starts if start > first), None) or calendar.convert(year + 1, 1, 1)
    start, end = (datetime(day.year, day.month, day.day) for day in (first, after))
    value = f"{first.isoformat()}/{(after - timedelta(days=1)).isoformat()}"
    return Period(start, end, value, "month" if month else "year")


def make_found(match: re.Match[str], calendar: Calendar, period: Period) -> Found:
    """The date of a match."""
    about = calendar.name == "hijri" and period.grain == "day"
    return Found(match.start(), match.end(), "DATE", period.value, period.start, period.end, period, about=about)


def number_of_month(calendar: Calendar, words: str) -> int | None:
    """Which month of a calendar is written so."""
    wanted = re.sub(JOINERS, "", words).lower()
    lists = zip(calendar.table["months"], calendar.table.get("marked", calendar.table["months"]), strict=True)
    for number, names in enumerate(lists, 1):
        if wanted in {re.sub(JOINERS, "", fold_letters(name)) for listed in names for name in listed}:
            return number
    return None


@cache
def patterns_of(name: str) -> tuple[re.Pattern[str], ...]:
    """What a calendar's dates look like: day and month with or without a year, a month and a year, a year."""
    table = load_toml("calendars.toml")[name]
    months = join_names(month for listed in (table["months"], table.get("marked", ())) for month in listed)
    plain, shared = join_names(table["months"]), join_names(table.get("marked", ()))
    after, before = join_marks(table["after"]), join_marks(table["before"])
    called = "|".join(rf"(?i:{words})" for words in sorted(table["names"], key=len, reverse=True))
    nth = r"(?:st|nd|rd|th)?"
    joint = r"(?:\s?[-–—/]\s?|\s(?:and|to|until|till|through)\s(?:the\s)?)"
    day = rf"(?<![\w.,/-])(?:(?P<from_day>[12]?\d|3[01]){nth}{joint})?(?P<day>[12]?\d|3[01]){nth}"
    years = rf"(?:(?P<from_year>\d{{4}}){joint})?"
    year = r"(?P<year>\d{4})(?![\w-]\d|\d|[.,]\d)"
    calendar = rf"(?:(?:in|of|by|on) the )?(?:{called}) (?i:calendar)"
    marks = rf"\s?\(?(?P<mark>(?:{after})(?!\w)|{calendar})\)?"
    led = rf"(?P<mark>{before})\s?" if before else r"(?P<mark>(?!))"
    bare = rf"(?:{marks})?"
    dated = (
        rf"{day}\s(?:of\s)?(?P<month>{months}),?\s{led}{year}",
        rf"{day}\s(?:of\s)?(?P<month>{plain}),?\s{year}{bare}",
        rf"(?<!\w)(?P<month>{plain})\s(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)?,\s{year}{bare}",
        rf"(?<!\w)(?P<month>{plain}),?\s{year}{bare}",
        rf"{day}\s(?:of\s)?(?P<month>{plain})(?!\w)",
        rf"(?<![\w.,/-])(?P<day>\d\d?)[/.-](?P<number>\d\d?)[/.-](?P<year>\d{{4}}){marks}",
        rf"(?<![\w.,/-])(?P<year>\d{{4}})[/.-](?P<number>\d\d?)[/.-](?P<day>\d\d?){marks}",
        rf"(?<![\w.,/-]){years}(?P<year>\d{{3,4}}){marks}",
        rf"(?<![\w.]){led}{years}(?P<year>\d{{3,4}})(?![\w-]\d|\d|[.,]\d)",
        rf"(?<!\w)(?P<mark>(?:{called})(?i: calendar)?(?i: year)) {year}",
    )
    # A name of both calendars: the year tells, where it counts nothing that follows.
    alike = (
        rf"{day}\s(?:of\s)?(?P<month>{shared}),?\s{year}(?:{marks}|(?=\s?(?:[.,;:)]|$)))",
        rf"(?<!\w)(?P<month>{shared})\s(?P<day>[12]?\d|3[01]){nth},\s{year}(?:{marks}|(?=\s?(?:[.,;:)]|$)))",
    )
    return tuple(re.compile(pattern) for pattern in (*dated, *(alike if shared else ())))


@cache
def telltale(name: str) -> re.Pattern[str]:
    """A word without which a text has no date of a calendar."""
    table = load_toml("calendars.toml")[name]
    called = "|".join(table["names"])
    words = [rf"(?<!\w)(?:{join_names(table['months'])})(?!\w)", rf"\d\s?\(?(?:{join_marks(table['after'])})(?!\w)"]
    words += [rf"(?<!\w)(?:{join_marks(table['before'])})\s?\d"] if table["before"] else []
    words += [rf"(?<!\w)(?i:{called}) (?i:calendar|year)"]
    words += [r"\b2[4-6]\d\d\b"] if table.get("marked") else []
    return re.compile("|".join(words))


def join_names(months: Iterable[list[str]]) -> str:
    """All names of months as one pattern, the longest first, with marks between letters or not."""
    names = sorted({fold_letters(name) for month in months for name in month}, key=len, reverse=True)
    return "|".join(rf"(?i:{JOINERS.join(map(spell, name.split()))})" for name in names)


def spell(word: str) -> str:
    """A word as a pattern, with an apostrophe allowed between its letters."""
    return "'?".join(map(re.escape, word))


def join_marks(marks: Iterable[str]) -> str:
    """Marks as one pattern: those with a capital as they are written, others in any case."""
    longest = sorted(marks, key=len, reverse=True)
    return "|".join(re.escape(mark) if mark != mark.lower() else rf"(?i:{re.escape(mark)})" for mark in longest)
