"""Moments as users give them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from sayso.api.narrowings import read_moment
from sayso.errors import Error

END = datetime(2031, 5, 1, 23, 59, 59, 999_999, UTC)


@pytest.mark.parametrize("given", ["2031-05-01", date(2031, 5, 1)])
def test_a_day_is_the_whole_of_it(given: str | date) -> None:
    assert read_moment(given) == END
    assert read_moment(given, begin=True) == datetime(2031, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize("given", ["2031-05-01T18:00", "2031-05-01T18:00Z", datetime(2031, 5, 1, 18)])
def test_what_has_no_zone_is_in_utc(given: str | date) -> None:
    assert read_moment(given) == datetime(2031, 5, 1, 18, tzinfo=UTC)


def test_a_zone_is_kept() -> None:
    east = timezone(timedelta(hours=3))
    assert read_moment(datetime(2031, 5, 1, 3, tzinfo=east)) == datetime(2031, 5, 1, tzinfo=UTC)


def test_a_day_may_be_told_from_today() -> None:
    ends = read_moment("yesterday"), read_moment("the day before yesterday")
    assert ends[0] and ends[1] and ends[0] - ends[1] == timedelta(days=1)


@pytest.mark.parametrize("given", [None, ""])
def test_no_moment_is_none(given: str | None) -> None:
    assert read_moment(given) is None


@pytest.mark.parametrize("given", ["soon", "2031-13-01", "05/06/31", "\x00"])
def test_what_is_no_moment_is_refused(given: str) -> None:
    with pytest.raises(Error, match="no date or time such as"):
        read_moment(given)
