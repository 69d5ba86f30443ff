"""How the years of other calendars are built: the day on which one begins, and how long its months are.

Days are numbered as `datetime.date.toordinal` does. The rules are arithmetical (Reingold & Dershowitz, Calendrical
Calculations); written out since they are short, and held by tests to the library convertdate, which brings a library of
astronomy. That reckons the Solar Hijri equinox; the rule of 33 years here gives the same for 1277 to 1501, 1898 to 2123
of our years, and is at most a day off around them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

SOLAR_HIJRI_START, HIJRI_START, COPTIC_START, HEBREW_START = 226895, 227015, 103605, -1373427
"""The first day of the first year, of Solar Hijri and Hebrew ones as their rule has it."""
LEAP_MONTH = 6
"""The month of the Hebrew year, from Tishri, that only leap years have: the first Adar."""
DAY_PARTS, MONTH_PARTS, FIRST_MOLAD = 25920, 13753, 12084
"""Parts of a Hebrew day; those of a month beyond 29 days; those of the day at the first new moon."""


@dataclass(frozen=True, slots=True)
class Years:
    """The years of a calendar: `start` gives the number of a year's first day, `lengths` the days of its months."""

    start: Callable[[int], int]
    lengths: Callable[[int], tuple[int, ...]]

    def convert(self, year: int, month: int, day: int) -> date:
        """The Gregorian day of one of the calendar. Raises ValueError where there is none such, OverflowError where it
        is beyond the years that Python knows."""
        lengths = self.lengths(year)
        if not 1 <= month <= len(lengths) or not 1 <= day <= lengths[month - 1]:
            raise ValueError("no such day")
        return date.fromordinal(self.start(year) + sum(lengths[: month - 1]) + day - 1)

    def year_at(self, day: date) -> int:
        """The year in which a day lies."""
        number = day.toordinal()
        year = (number - self.start(1)) // 366 + 1
        while self.start(year + 1) <= number:
            year += 1
        return year


def start_hijri(year: int) -> int:
    """The first day of a year of the arithmetical Hijri calendar."""
    return HIJRI_START + 354 * (year - 1) + (3 + 11 * year) // 30


def measure_hijri(year: int) -> tuple[int, ...]:
    """The days of the months of a Hijri year, 11 of 30 of which are leap years."""
    return (*(30, 29) * 5, 30, 30 if (14 + 11 * year) % 30 < 11 else 29)


def start_solar_hijri(year: int) -> int:
    """The first day of a Solar Hijri year."""
    return SOLAR_HIJRI_START + 365 * (year - 1) + (8 * year + 21) // 33


def measure_solar_hijri(year: int) -> tuple[int, ...]:
    """The days of the months of a Solar Hijri year, 8 of 33 of which are leap years."""
    return (*(31,) * 6, *(30,) * 5, 30 if (25 * year + 11) % 33 < 8 else 29)


def start_coptic(year: int) -> int:
    """The first day of a Coptic year."""
    return COPTIC_START + 365 * (year - 1) + year // 4


def measure_coptic(year: int) -> tuple[int, ...]:
    """The days of the months of a Coptic year: twelve, and a short one."""
    return (*(30,) * 12, 6 if year % 4 == 3 else 5)


def count_to_moon(year: int) -> int:
    """The days from the Hebrew epoch to the new moon of a year's Tishri, put off a day where a feast would fall ill."""
    months = (235 * year - 234) // 19
    days = 29 * months + (FIRST_MOLAD + MONTH_PARTS * months) // DAY_PARTS
    return days + (3 * (days + 1) % 7 < 3)


def start_hebrew(year: int) -> int:
    """The first day of a Hebrew year, its Tishri; put off where the year, or the one before, would have a length that
    no year has."""
    before, this, after = map(count_to_moon, (year - 1, year, year + 1))
    return HEBREW_START + this + (2 if after - this == 356 else int(this - before == 382))


def measure_hebrew(year: int) -> tuple[int, ...]:
    """The days of the months of a Hebrew year from Tishri: thirteen in a leap year, twelve else."""
    days = start_hebrew(year + 1) - start_hebrew(year)
    leap = (30,) if days > 370 else ()
    return (30, 30 if days % 10 == 5 else 29, 29 if days % 10 == 3 else 30, 29, 30, *leap, 29, *(30, 29) * 3)


HIJRI = Years(start_hijri, measure_hijri)
SOLAR_HIJRI = Years(start_solar_hijri, measure_solar_hijri)
COPTIC = Years(start_coptic, measure_coptic)
HEBREW = Years(start_hebrew, measure_hebrew)
