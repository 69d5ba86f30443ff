"""A date that is of the same time of another year than others' dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract import read_report
from sayso.record import Reading, Report, Time
from sayso.weigh.checks import check_article
from sayso.weigh.checks.years import is_year_off

START = datetime(2031, 3, 1, tzinfo=UTC)
OTHERS = (
    ("Ostra Courier", "The grain bridge at Ostra collapsed in August 2029, the harbour master Ines Falk said."),
    ("Lemvig Post", "The grain bridge at Ostra collapsed in August 2029, the engineer Per Holt told reporters."),
    ("Radio Tarn", "Divers say that the grain bridge at Ostra collapsed on 6 August 2029."),
)


def read(number: int, outlet: str, text: str) -> Reading:
    report = Report(id=f"r{number}", digest=f"d{number}", outlet=outlet, text=text)
    return read_report(replace(report, published=START + timedelta(days=number)))


def check(text: str, others: tuple[tuple[str, str], ...] = OTHERS) -> list[str]:
    readings = [read(n, outlet, said) for n, (outlet, said) in enumerate(others)]
    flags = check_article(read(9, "Draft", text), readings).flags
    return [f.why for f in flags if f.kind == "contradicted" and "the same time of" in f.why]


@pytest.mark.parametrize("when", ["in the summer of 2027", "in August 2030", "on 6 August 2028"])
def test_the_same_time_of_another_year_is_told_with_the_year_of_the_others(when: str) -> None:
    (why,) = check(f"The grain bridge at Ostra collapsed {when}.")
    assert "(the same time of 2029)" in why


@pytest.mark.parametrize("when", ["in August 2029", "in the summer of 2029", "in August", "in January 2028", "in 2027"])
def test_another_time_of_a_year_and_a_year_that_is_not_written_are_not_told_so(when: str) -> None:
    assert check(f"The grain bridge at Ostra collapsed {when}.") == []


def test_one_origin_alone_is_not_enough() -> None:
    assert check("The grain bridge at Ostra collapsed in August 2028.", OTHERS[:1]) == []


def test_a_year_that_as_many_give_is_left_alone() -> None:
    with_it = (
        ("Fyn Echo", "The grain bridge at Ostra collapsed in August 2028, the mayor Ole Brandt said."),
        ("Skive News", "The grain bridge at Ostra collapsed in August 2028, the crane driver Liv Dahl said."),
    )
    assert check("The grain bridge at Ostra collapsed in August 2028.", OTHERS[:2] + with_it) == []


@given(start=st.datetimes(timezones=st.just(UTC)), years=st.integers(-9, 9), days=st.integers(1, 60))
def test_any_two_times_can_be_compared_and_a_time_is_not_off_from_itself(
    start: datetime, years: int, days: int
) -> None:
    mine = Time(start=0, end=1, text="then", type="DATE", value="", earliest=start)
    assert not is_year_off(mine, mine)
    if 1 < start.year + years < 9990:
        other = replace(mine, earliest=start + years * timedelta(days=365.25), latest=None)
        assert is_year_off(mine, other) == (1 <= abs(years) <= 5)
        wide = replace(other, latest=other.earliest + timedelta(days=days * 7) if other.earliest else None)
        assert is_year_off(mine, wide) == (days * 7 <= 125 and 1 <= abs(years) <= 5)
