"""Dates, figures and offsets at the ends of what can be reckoned go through every step, view, face and export."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.api.ledgers import Reports
from sayso.extract import read_report
from sayso.extract.times.periods import fit_calendar
from sayso.moments import step_days
from sayso.record import Reading, Report
from sayso.share.exports import list_formats
from sayso.tell.charts import Scale, list_times
from sayso.tell.views import VIEWS

DATES = (
    *("1 January 0001", "31 December 9999", "1 January 10000", "0000-01-01", "9999-12-31T23:59:59+00:01", "44 BCE"),
    *(
        "0001-01-01T00:00:00+14:00",
        "2031-01-01T10:00:00+99:99",
        "29 February 2100",
        "in the 12th century BC",
        "the 0000s",
    ),
    *("10000000000 days ago", "in 100000 weeks", "for 1e400 years", "from 31 December 9999 to 1 January 0001"),
    *("two weeks after 31 December 9999", "a day before 1 January 0001", "999 millennia ago", "2031-W99-9", "25:61"),
    *(
        "midnight on 31 December 9999",
        "two centuries ago",
        "since 0001",
        "until 9999",
        "the weekend of 31 December 9999",
    ),
)
COUNTS = (
    *("1" + "0" * 400, "10**400", "-0", "NaN", "inf", "1e308", "1e308 million", "99999999999999999999 trillion", "½"),
    *("1e308%", "between 500 and 3", "from 10 to -10", "two to three " + "million " * 40, "999999999-year-old", "1/0"),
)
TOLD = (
    "At least {n} people were killed in Dnipro {d}, the governor, Serhii Lysak, said.",
    "Of {n} miners, {n} died {d}; {n} were wounded, a spokesman told Reuters.",
    "{d}: {n} injured. The agency said {n} km of road will be rebuilt by {d}.",
)
PUBLISHED = (
    None,
    datetime(1501, 1, 1, tzinfo=UTC),
    datetime(9998, 12, 31, tzinfo=UTC),
    datetime(2031, 1, 3, tzinfo=UTC),
)
TEXTS = st.lists(
    st.tuples(st.sampled_from(TOLD), st.sampled_from(COUNTS), st.sampled_from(DATES), st.sampled_from(PUBLISHED)),
    min_size=2,
    max_size=4,
)


def read(number: int, told: str, count: str, when: str, published: datetime | None) -> Reading:
    text = told.format(n=count, d=when)
    return read_report(
        Report(id=f"r{number}", digest=f"d{number}", outlet=f"Outlet {number}", text=text, published=published)
    )


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXTS)
def test_no_date_or_figure_crashes_anything(told: list[tuple[str, str, str, datetime | None]]) -> None:
    readings = [read(number, *each) for number, each in enumerate(told)]
    assert not [problem for reading in readings for problem in reading.problems if "failed" in problem.message]
    for reading in readings:
        ends = [end for figure in reading.figures for end in (figure.low, figure.high) if end is not None]
        assert all(map(math.isfinite, ends))
        moments = [moment for time in reading.times for moment in (time.earliest, time.latest) if moment]
        assert all(1 < moment.year < 9999 for moment in moments)
    reports = Reports(readings)
    for name in VIEWS:
        assert reports.view(name).render("csv") and reports.view(name).render("json")
    brief = reports.brief(since=datetime(2031, 1, 2, tzinfo=UTC))
    assert all(brief.render(format) for format in ("md", "html", "json", "txt"))
    for format in ("csv", "geojson", "icalendar", "kml"):
        assert list_formats()[format] and reports.export(format, made=datetime(2031, 1, 9, tzinfo=UTC))
    assert reports.problems == ()


@given(st.datetimes(), st.datetimes())
def test_an_interval_can_be_reckoned_with_or_is_none(one: datetime, other: datetime) -> None:
    found = fit_calendar(one, other)
    assert found in ((one, other), (None, None))
    for moment in filter(None, found):
        assert moment - timedelta(days=300) < moment + timedelta(days=300)


@given(st.dates(), st.integers(-(10**7), 10**7))
def test_a_step_stays_on_the_calendar(day: date, days: int) -> None:
    assert step_days(day, days)


@pytest.mark.parametrize(("low", "high"), [(-7e10, 4e11), (-1e300, 0.0), (0.0, 1e300)])
def test_an_axis_ends_with_the_calendar(low: float, high: float) -> None:
    assert list_times(Scale(low=low, high=high, start=0.0, end=100.0)) is not None


@pytest.mark.parametrize("moment", [datetime.min, datetime(9999, 12, 31, 18)])
def test_intervals_at_the_ends_of_the_calendar_have_a_name(moment: datetime) -> None:
    from sayso.tell.phrases import name_interval

    end = moment.replace(tzinfo=UTC)
    assert str(moment.year).lstrip("0") in name_interval(end, end)


def test_a_cell_of_a_workbook_holds_what_a_workbook_can() -> None:
    from openpyxl import Workbook

    from sayso.share.exports.xlsx import make_cell

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append([make_cell(sheet, "\x00dam\ufffe"), make_cell(sheet, "=\x1b[31m1")])
    book.save(BytesIO())
