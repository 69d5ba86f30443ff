"""Dates of a text in another language than English, as TIMEX3 and as intervals in UTC, reckoned from the publication.

Days and months, weekdays, words like yesterday, last week and three days ago, seasons and years are found; times of
the day are not. A weekday without a word for last or next is the last one, that of the publication included, or the
next where the sentence tells of what is to come.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sayso.extract.languages.numbers import Number, read_digits
from sayso.extract.languages.vocabularies import Text
from sayso.extract.times.periods import fit_calendar
from sayso.record import Time

DAY = timedelta(days=1)
DAYS_AWAY = {"before_yesterday": -2, "yesterday": -1, "today": 0, "tomorrow": 1, "after_tomorrow": 2}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
UNITS = {"day": 1, "week": 7, "month": 30, "year": 365}
EARLIEST, LATEST = 1000, 2199
FAR, UNLIKELY = timedelta(days=200), timedelta(days=120)
"""How far ahead a day without a year is rather the one of the year before."""
ORDINAL = frozenset(("er", "º", ".", "-го", "го", "е", "de", "del"))
"""What may stand between a day and its month."""
YEAR_WORDS = frozenset(("de", "del", "r", "року", "г"))


@dataclass(frozen=True, slots=True)
class Dated:
    """Words `first` to `last`, inclusive, that say when: from `start` up to `end`, and the value in TIMEX3."""

    first: int
    last: int
    start: date
    end: date
    value: str


def find_dates(text: Text, numbers: Sequence[Number], published: datetime | None) -> list[Dated]:
    """The dates of a text, in order, without overlaps; relative ones only where it is known when it was published."""
    reader = _Reader(text, {number.first: number for number in numbers}, published.date() if published else None)
    found: list[Dated] = []
    for first, end in text.sentences:
        reader.ahead = any(text.find("grammar.future", at) for at in range(first, end))
        at = first
        while at < end:
            try:
                dated = reader.read(at)
            except (ValueError, OverflowError):  # No day of the calendar.
                dated = None
            if dated:
                found.append(dated)
            at = dated.last + 1 if dated else at + 1
    return found


def make_times(text: Text, dates: Sequence[Dated], published: datetime | None) -> Iterator[Time]:
    """The dates as the record keeps them; days are those of the publication's zone."""
    zone = (published.tzinfo if published else None) or UTC
    for dated in dates:
        start, end = text.words[dated.first].start, text.words[dated.last].end
        try:
            begins, ends = (
                datetime.combine(day, time(), tzinfo=zone).astimezone(UTC) for day in (dated.start, dated.end)
            )
        except (ValueError, OverflowError):
            continue
        earliest, latest = fit_calendar(begins, ends)
        yield Time(
            start=start,
            end=end,
            text=text.text[start:end],
            type="DATE",
            value=dated.value,
            earliest=earliest,
            latest=latest,
        )


@dataclass(slots=True)
class _Reader:
    """Reads the date at a word; `ahead` is true within a sentence that tells of what is to come."""

    text: Text
    numbers: dict[int, Number]
    today: date | None
    ahead: bool = False

    def read(self, at: int) -> Dated | None:
        for find in (self.in_digits, self.of_month, self.near, self.ago, self.of_week, self.of_season, self.of_year):
            if dated := find(at):
                return dated
        return None

    def in_digits(self, at: int) -> Dated | None:
        """ "14.03.2026", "14/03/2026"."""
        word = self.text.words[at]
        mark = next((m for m in "./" if word.text.count(m) == 2), "")
        parts = word.text.split(mark) if mark and word.kind == "number" else []
        if len(parts) != 3 or not all(part.isdecimal() for part in parts) or len(parts[2]) != 4:
            return None
        day, month, year = map(int, parts)
        return self.day(at, at, date(year, month, day))

    def of_month(self, at: int) -> Dated | None:
        """ "14 березня 2026 року", "en marzo de 2026"."""
        text, word = self.text, self.text.words[at]
        month_at, day = at, 0
        number = self.numbers.get(at)
        if number and number.low == number.high and number.low.is_integer() and 1 <= number.low <= 31:
            day, month_at = int(number.low), number.last + 1
            while month_at < len(text.words) and text.words[month_at].forms[0] in ORDINAL and month_at < at + 4:
                month_at += 1
        found = text.find("months", month_at)
        if not found:
            return self.numbered_day(at, day) if day else None
        last, year = month_at + found.words - 1, None
        again = text.find("months", last + 2)
        if again and again.meaning == found.meaning and text.words[last + 1].text == "/":
            last += 1 + again.words  # Both names that a month has in Arabic.
        if (said := self.year_after(last + 1)) is not None:
            last, year = said
        month = int(found.meaning)
        if day:
            return self.day(at, last, self.choose_year(month, day, year))
        before = text.vocabulary.part("dates").find_ending(text.words, at, 3)
        led = (
            self.follows_preposition(at)
            or self.dates(at - 1) == "month"
            or (before and before[0].meaning in ("early", "middle", "late"))
        )
        if year is None and not (led or (text.vocabulary.language == "de" and word.is_capital)):
            return None
        first = self.choose_year(month, 1, year)
        end = date(first.year + month // 12, month % 12 + 1, 1)
        part = before[0].meaning if before else ""
        begin = before[1] if before and part in ("early", "middle", "late") else at
        third = {"early": (first, first + 10 * DAY), "middle": (first + 10 * DAY, first + 20 * DAY)}
        start, end = third.get(part, (first + 20 * DAY if part == "late" else first, end))
        return Dated(begin, last, start, end, f"{first:%Y-%m}")

    def numbered_day(self, at: int, day: int) -> Dated | None:
        """ "El pasado día 8"."""
        before = self.text.vocabulary.part("units").find_ending(self.text.words, at, 1)
        last = any(self.dates(at - n) == "last" for n in (2, 3))
        if self.today is None or before is None or before[0].meaning != "day" or not last:
            return None
        month = self.today.replace(day=1)
        month = month if day <= self.today.day else (month - DAY).replace(day=1)
        return self.day(at - 2, at, month.replace(day=day))

    def year_after(self, at: int) -> tuple[int, int] | None:
        """The last word and the value of a year that begins at a word, its own word after it included."""
        words = self.text.words
        at += at < len(words) and words[at].forms[0] in YEAR_WORDS
        if at >= len(words) or words[at].kind != "number" or len(words[at].text) != 4:
            return None
        value = read_digits(words[at].text, self.text.vocabulary)
        if value is None or not EARLIEST <= value <= LATEST:
            return None
        return at + (self.dates(at + 1) == "year"), int(value)

    def choose_year(self, month: int, day: int, year: int | None) -> date:
        """The day in the year said, else in that which brings it nearest to the publication: the last one, or the next
        where the sentence tells of what is to come."""
        if year is not None:
            return date(year, month, day)
        today = self.today
        if today is None:
            raise ValueError("no year")
        years = (today.year - 1, today.year, today.year + 1)
        days = [date(n, month, min(day, calendar.monthrange(n, month)[1])) for n in years]
        if self.ahead:
            return min(days, key=lambda each: (each < today, abs(each - today)))
        return min(days, key=lambda each: abs(each - today) + (UNLIKELY if each > today + FAR else timedelta()))

    def near(self, at: int) -> Dated | None:
        """ "вчора", "heute", "esta mañana"; a weekday; a night before one."""
        found = self.text.find("dates", at)
        if found and found.meaning in DAYS_AWAY and self.today is not None:
            small = self.text.vocabulary.language != "de" or self.text.words[at].text.islower() or at == 0
            if not small and found.meaning == "tomorrow":
                return None
            return self.day(at, at + found.words - 1, self.today + DAYS_AWAY[found.meaning] * DAY)
        weekday = self.text.find("weekdays", at)
        return self.of_weekday(at, weekday.words, int(weekday.meaning)) if weekday and self.today else None

    def of_weekday(self, at: int, count: int, weekday: int) -> Dated | None:
        """The day of a weekday, by what stands beside it."""
        if self.today is None:
            return None
        first, last = at, at + count - 1
        sides = [(self.dates(n), n) for n in (at - 1, last + 1) if 0 <= n < len(self.text.words)]
        where = next((each for each in sides if each[0] in ("last", "next")), ("", at))
        first, last = min(first, where[1]), max(last, where[1])
        back = (self.today.isoweekday() - weekday) % 7
        before = at - 1 - (self.dates(at - 1) == "dayparts")
        until = self.dates(before) == "until" or self.text.vocabulary.part("dates.until").find_ending(
            self.text.words, at, 2
        )
        if where[0] == "next" or (not where[0] and (self.ahead or until)):
            day = self.today + ((7 - back) % 7 or (7 if where[0] else 0)) * DAY
        else:
            day = self.today - (back or (7 if where[0] == "last" else 0)) * DAY
        night = self.text.vocabulary.part("dates.night").find_ending(self.text.words, first, 5)
        if night:
            return Dated(night[1], last, day - DAY, day + DAY, f"{day:%Y-%m-%d}")
        return self.day(first, last, day)

    def ago(self, at: int) -> Dated | None:
        """ "три дні тому", "hace tres días", "vor drei Tagen"."""
        led = self.text.find("dates.ago", at)
        number = self.numbers.get(at + led.words if led else at)
        unit = self.text.find("units", number.last + 1) if number else None
        if number and unit is None and self.text.find("pairs", number.first):
            unit = self.text.find("units", number.first)  # "يومين": two days.
        if self.today is None or number is None or unit is None or unit.meaning not in UNITS:
            return None
        last = number.last + unit.words if not self.text.find("pairs", number.first) else number.last
        trails = self.text.vocabulary.language in ("uk", "ru")  # "Три дні тому", but "vor drei Tagen".
        after = None if led or not trails else self.text.find("dates.ago", last + 1)
        if not led and not after:
            return None
        last += after.words if after else 0
        day = self.today - timedelta(days=int(min(number.low, 1e5)) * UNITS[unit.meaning])
        width = {"day": 1, "week": 1, "month": 30, "year": 365}[unit.meaning]
        return Dated(at, last, day, day + width * DAY, f"{day:%Y-%m-%d}")

    def of_week(self, at: int) -> Dated | None:
        """ "минулого тижня", "la semana pasada", "nächsten Monat"."""
        pair = (self.dates(at), self.dates(at + 1))
        how, unit = pair if pair[0] in ("last", "this", "next") else pair[::-1]
        away = {"last": -1, "this": 0, "next": 1}.get(how)
        if away is None or self.today is None or unit not in ("week", "month", "year"):
            return None
        if unit == "week":
            start = self.today - (self.today.isoweekday() - 1 - 7 * away) * DAY
            return Dated(at, at + 1, start, start + 7 * DAY, f"{start:%G-W%V}")
        if unit == "year":
            year = self.today.year + away
            return Dated(at, at + 1, date(year, 1, 1), date(year + 1, 1, 1), f"{year}")
        months = self.today.year * 12 + self.today.month - 1 + away
        start, end = (date(n // 12, n % 12 + 1, 1) for n in (months, months + 1))
        return Dated(at, at + 1, start, end, f"{start:%Y-%m}")

    def of_season(self, at: int) -> Dated | None:
        """ "весни 2025 року", "влітку"."""
        found = self.text.find("dates", at)
        if not found or found.meaning not in SEASONS:
            return None
        last, year = at + found.words - 1, self.today.year if self.today else None
        if (said := self.year_after(last + 1)) is not None:
            last, year = said
        elif not self.follows_preposition(at) and not self.text.vocabulary.sign("cases"):
            return None
        if year is None:
            return None
        month = SEASONS[found.meaning]
        end = date(year + (month == 12), (month + 2) % 12 + 1, 1)
        name = {"spring": "SP", "summer": "SU", "autumn": "FA", "winter": "WI"}[found.meaning]
        return Dated(at, last, date(year, month, 1), end, f"{year}-{name}")

    def of_year(self, at: int) -> Dated | None:
        """ "2011 року", "en 2011"."""
        said = self.year_after(at) if self.text.words[at].kind == "number" else None
        if said is None:
            return None
        last, year = said
        own = last > at or self.dates(at - 1) == "year"
        led = self.follows_preposition(at) and not self.text.find("units", last + 1)
        counts = self.text.find("counted", last + 1)
        if not own and (not led or counts):
            return None
        return Dated(at, last, date(year, 1, 1), date(year + 1, 1, 1), f"{year}")

    def day(self, first: int, last: int, day: date) -> Dated:
        return Dated(first, last, day, day + DAY, f"{day:%Y-%m-%d}")

    def dates(self, at: int) -> str:
        found = self.text.find("dates", at) if at >= 0 else None
        return found.meaning if found and found.words == 1 else ""

    def follows_preposition(self, at: int) -> bool:
        return self.text.has("grammar.prepositions", at - 1) or self.text.has("dates.day_prepositions", at - 1)
