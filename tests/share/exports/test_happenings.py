"""Happenings with days: those that somebody asserts, by the days of the place where they were."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from small_pictures import make_picture

from sayso.record import Picture
from sayso.share.exports.happenings import list_dated


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2031, 5, day, hour, tzinfo=UTC)


def date_it(earliest: datetime, latest: datetime) -> Picture:
    picture = make_picture()
    return replace(picture, happenings=(replace(picture.happenings[0], earliest=earliest, latest=latest),))


@pytest.mark.parametrize(
    ("earliest", "latest", "days"),
    [
        (at(4), at(5), (4, 4)),
        (at(4), at(7), (4, 6)),
        (at(4, 4), at(5, 4), (4, 4)),  # A day in New York.
        (at(3, 22), at(4, 22), (4, 4)),  # A day in Kyiv.
        (at(4, 9), at(4, 11), (4, 4)),
        (at(4, 22), at(5, 2), (4, 5)),
    ],
)
def test_days_are_those_of_the_place(earliest: datetime, latest: datetime, days: tuple[int, int]) -> None:
    (dated,) = list_dated(date_it(earliest, latest))
    assert tuple(day.day for day in dated.days) == days


def test_the_last_days_there_are_overflow_nothing() -> None:
    end = datetime.max.replace(tzinfo=UTC)
    (dated,) = list_dated(date_it(end - timedelta(days=1), end))
    assert dated.days == (date(9999, 12, 31), date(9999, 12, 30)) or dated.days[0] <= dated.days[1] <= date.max


def test_one_that_ends_before_it_begins_is_none() -> None:
    assert list(list_dated(date_it(at(5), at(4)))) == []


def test_it_is_where_the_claims_that_assert_it_say() -> None:
    (dated,) = list_dated(make_picture())
    assert dated.place is not None and dated.place.name == "Soldau"
    assert dated.best.words == "12 people were killed in Soldau" and len(dated.evidence) == 2
    picture = make_picture()
    elsewhere = replace(picture, happenings=(replace(picture.happenings[0], where="Lautenburg"),))
    assert next(list_dated(elsewhere)).place is None
