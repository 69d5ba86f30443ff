import io
import zipfile
from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from sayso.read.reports import Content
from sayso.read.workbooks import MAX_UNPACKED, read_workbook, word_cell
from sayso.record import Problem, Remark, Report

NOTE = "The dam above the town gave way, the police said on Friday."


def make_workbook(**sheets: list[list[object]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def items_of(content: bytes) -> list[Report | Problem]:
    items = read_workbook(Content(content=content, name="in.xlsx"))
    return [item for item in items if not isinstance(item, Remark)]


def test_a_report_a_row_of_each_sheet_of_reports() -> None:
    content = make_workbook(
        Codes=[["code", "name"], [1, "a"]],
        May=[["Date", "Outlet", "Text", "Nr"], [datetime(2031, 5, 3, 10, 15), "Tarn Notes", NOTE, 4.0]],
        June=[["Cuttings"], [], ["Date", "Outlet", "Text"], [date(2031, 6, 4), None, NOTE], [None, None, None]],
    )
    first, second = items_of(content)
    assert isinstance(first, Report) and isinstance(second, Report) and first.published and second.published
    assert (first.outlet, first.text, first.id, first.published_exact) == ("Tarn Notes", NOTE, "4", True)
    assert second.published.date() == date(2031, 6, 4) and not second.published_exact


def test_a_workbook_without_reports_is_one_problem() -> None:
    for content in (make_workbook(A=[["a", "b"], [1, 2]], B=[["c"], [3]]), make_workbook(A=[])):
        (problem,) = items_of(content)
        assert (isinstance(problem, Problem) and "column" in problem.message) or "filled sheet" in problem.message


def test_a_workbook_that_unpacks_to_too_much() -> None:
    file = io.BytesIO(make_workbook(A=[["text"], [NOTE]]))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/a.bin", bytes(MAX_UNPACKED))
    (problem,) = items_of(file.getvalue())
    assert isinstance(problem, Problem) and "unpacks to" in problem.message


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (None, ""),
        (4.0, "4"),
        (4.5, "4.5"),
        (time(10, 15), "10:15:00"),
        (date(2031, 5, 3), "2031-05-03"),
        (True, "True"),
    ],
)
def test_cells_in_words(cell: object, words: str) -> None:
    assert word_cell(cell) == words


@settings(deadline=None)
@given(st.binary(max_size=60), st.integers(0, 5000))
def test_any_damage_gives_items(damage: bytes, place: int) -> None:
    content = make_workbook(A=[["text"], [NOTE]])
    assert items_of(content[:place] + damage + content[place + len(damage) :])
