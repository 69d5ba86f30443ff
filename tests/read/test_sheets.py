import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.reports import Content
from sayso.read.sheets import read_sheet
from sayso.record import Problem, Report


def items_of(text: str) -> list[Report | Problem]:
    return list(read_sheet(Content(content=text.encode("utf8"), name="in.csv")))


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_report_a_row(mark: str) -> None:
    rows = [
        ["Title", "Text", "Source", "Date", "Code"],
        [
            "Dam gives way",
            '"The dam gave way, police said; nine are missing."',
            "Tarn Notes",
            "2031-05-03",
            "1738700000",
        ],
        ["", "Two bridges are closed to cars.", "Valley Courier", "", "7"],
    ]
    first, second = items_of("\n".join(mark.join(row) for row in rows))
    assert isinstance(first, Report) and isinstance(second, Report)
    assert (first.text, first.outlet, first.title) == (
        "The dam gave way, police said; nine are missing.",
        "Tarn Notes",
        "Dam gives way",
    )
    assert first.published_words == "2031-05-03" and (second.outlet, second.published) == ("Valley Courier", None)


@pytest.mark.parametrize(
    "text",
    [
        "name,price\nbread,3\n",
        "1230\t20310204\tTRN\t4\t-10.0\nx\ty\tz\t1\t2\n",
        "text,code\nA1,2\nB2,3\n",  # Codes, whatever the column is called.
        "text,code\n",
        "",
    ],
)
def test_tables_without_texts_are_told(text: str) -> None:
    (problem,) = items_of(text)
    assert isinstance(problem, Problem) and "column" in problem.message


def test_days_of_events_date_no_report() -> None:
    (report,) = items_of("event_date,notes\n4 May 2031,The dam above the town gave way.\n")
    assert isinstance(report, Report) and report.published is None


@given(st.text(max_size=300))
def test_any_table_gives_items(text: str) -> None:
    assert items_of(text)
