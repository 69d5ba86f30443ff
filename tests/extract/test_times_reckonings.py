from datetime import date
from typing import Any

import pytest
from convertdate import coptic, hebrew, islamic, persian
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.times.calendars import convert_hebrew
from sayso.extract.times.reckonings import COPTIC, HEBREW, HIJRI, SOLAR_HIJRI, Years

NISAN = 7
"""Where Nisan stands in a leap year from Tishri; the library counts from it."""


@pytest.mark.parametrize(
    ("years", "library", "span"),
    [(HIJRI, islamic, range(1, 1700)), (COPTIC, coptic, range(1, 2000)), (SOLAR_HIJRI, persian, range(1277, 1502))],
)
def test_years_are_built_as_the_library_builds_them(years: Years, library: Any, span: range) -> None:
    for year in span:
        lengths = years.lengths(year)
        assert lengths == tuple(library.month_length(year, month) for month in range(1, len(lengths) + 1))
        assert years.convert(year, 1, 1) == date(*library.to_gregorian(year, 1, 1))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_hebrew_years_are_built_as_the_library_builds_them() -> None:
    for year in range(5400, 6000):
        lengths = HEBREW.lengths(year)
        months = len(lengths)
        numbers = [(month + NISAN - 2) % months + 1 for month in range(1, months + 1)]
        assert lengths == tuple(hebrew.month_length(year, number) for number in numbers)
        assert HEBREW.convert(year, 1, 1) == date(*hebrew.to_gregorian(year, 7, 1))


@given(st.sampled_from([HIJRI, COPTIC, SOLAR_HIJRI, HEBREW]), st.dates(date(700, 1, 1), date(2900, 1, 1)))
def test_a_day_lies_in_its_year(years: Years, day: date) -> None:
    year = years.year_at(day)
    assert years.convert(year, 1, 1) <= day < years.convert(year + 1, 1, 1)


@pytest.mark.parametrize(
    ("found", "day"),
    [
        (HIJRI.convert(1446, 9, 1), date(2025, 3, 1)),
        (SOLAR_HIJRI.convert(1403, 12, 30), date(2025, 3, 20)),
        (convert_hebrew(5785, 7, 14), date(2025, 3, 14)),  # A common year: its Adar by either number.
        (convert_hebrew(5785, 6, 14), date(2025, 3, 14)),
        (convert_hebrew(5784, 7, 14), date(2024, 3, 24)),
        (convert_hebrew(5784, 8, 15), date(2024, 4, 23)),
        (COPTIC.convert(1741, 1, 1), date(2024, 9, 11)),
    ],
)
def test_known_days(found: date, day: date) -> None:
    assert found == day


@pytest.mark.parametrize(("year", "month", "day"), [(1446, 13, 1), (1446, 0, 1), (1446, 2, 30), (1446, 1, 0)])
def test_days_that_there_are_not_are_refused(year: int, month: int, day: int) -> None:
    with pytest.raises(ValueError, match="no such day"):
        HIJRI.convert(year, month, day)
