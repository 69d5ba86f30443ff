from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.dates import load_months, load_zones, parse_published


def at(*parts: int, zone: float = 0) -> datetime:
    return datetime(*parts, tzinfo=timezone(timedelta(hours=zone)) if zone else UTC)  # type: ignore[arg-type, misc]


MOMENTS = [
    ("2024-05-03T09:10:00+02:00", at(2024, 5, 3, 9, 10, zone=2)),
    ("2024-05-03T09:10:00Z", at(2024, 5, 3, 9, 10)),
    ("2024-05-03T09:10:00-0330", at(2024, 5, 3, 9, 10, zone=-3.5)),
    ("2024-05-03 09:10", at(2024, 5, 3, 9, 10)),
    ("20240503T091000Z", at(2024, 5, 3, 9, 10)),
    ("Fri, 03 May 2024 09:10:00 +0300", at(2024, 5, 3, 9, 10, zone=3)),
    ("Fri, 03 May 2024 09:10:00 EST", at(2024, 5, 3, 9, 10, zone=-5)),
    ("May 3, 2024 at 5:08 p.m. ET", at(2024, 5, 3, 17, 8, zone=-4)),
    ("Dec. 3, 2024, 12:05 AM", at(2024, 12, 3, 0, 5)),
    ("Published: 3rd of May 2024 | 10:15 GMT", at(2024, 5, 3, 10, 15)),
    ("10:15 GMT, 3 May 2024", at(2024, 5, 3, 10, 15)),
    ("3. Mai 2024 um 9:10", at(2024, 5, 3, 9, 10)),
    ("3 de mayo de 2024 a las 10:30", at(2024, 5, 3, 10, 30)),
    ("3 мая 2024, 14:05 MSK", at(2024, 5, 3, 14, 5, zone=3)),
    ("2024年5月3日 10:00", at(2024, 5, 3, 10)),
    ("1714721400", at(2024, 5, 3, 7, 30)),
    ("1714721400123", at(2024, 5, 3, 7, 30)),
]
DAYS = [
    "2024-05-03",
    "20240503",
    "2024/5/3",
    "3 May 2024",
    "May 3, 2024",
    "03.05.2024",
    "3-May-2024",
    "vendredi 3 mai 2024",
]
UNKNOWN = [
    "2024050310",  # A day and an hour, or seconds.
    "17147214",
    "",
    "yesterday",
    "2 hours ago",
    "May 2024",
    "2024",
    "03/04/2024",
    "2024-02-30",
    "32 May 2024",
    "2024-W05",
    "soon",
]


@pytest.mark.parametrize(("words", "moment"), MOMENTS)
def test_time_keeps_its_zone(words: str, moment: datetime) -> None:
    found = parse_published(words)
    assert found == (moment, True)
    assert found[0].utcoffset() == moment.utcoffset()


@pytest.mark.parametrize("words", DAYS)
def test_day_alone_is_its_first_moment(words: str) -> None:
    assert parse_published(words) == (at(2024, 5, 3), False)


@pytest.mark.parametrize("words", UNKNOWN)
def test_what_names_no_single_day_is_unknown(words: str) -> None:
    assert parse_published(words) is None


def test_day_that_cannot_be_a_month_settles_the_order() -> None:
    assert parse_published("25/12/2024") == parse_published("12/25/2024") == (at(2024, 12, 25), False)


@given(st.text(max_size=300))
def test_any_words_give_an_aware_moment_or_none(words: str) -> None:
    found = parse_published(words)
    assert found is None or found[0].tzinfo is not None


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_iso_comes_back(moment: datetime) -> None:
    assert parse_published(moment.isoformat()) == (moment, True)


def test_tables_are_whole() -> None:
    assert set(load_months().values()) == set(range(1, 13))
    assert all(name == name.lower() for name in load_months())
    for name, zone in load_zones().items():
        assert parse_published(f"2024-05-03 is not it, 3 May 2024 10:00 {name}") is not None
        assert "/" in zone or (zone[0] in "+-" and len(zone) == 6)


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("2031-12-31T24:00:00Z", "2032-01-01T00:00:00+00:00"),
        ("Sat, 03 May 2031 24:00:00 +0200", "2031-05-04T00:00:00+02:00"),
        ("3 May 2031, 24:30", "2031-05-04T00:30:00+00:00"),
        ("20310503T240000Z", "2031-05-04T00:00:00+00:00"),
    ],
)
def test_the_end_of_a_day_is_the_beginning_of_the_next(words: str, moment: str) -> None:
    found = parse_published(words)
    assert found and found[0].isoformat() == moment


def test_no_day_follows_the_last() -> None:
    assert parse_published("9999-12-31T24:00:00Z") is None
