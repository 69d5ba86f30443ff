"""Rows on standard output."""

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.harms import clean_text
from sayso.tell.tables import FORMATS, name_cell, print_rows

ROWS: list[dict[str, Any]] = [
    {
        "id": "a",
        "question": "How many, [bold]really[/bold]?",
        "n": 3,
        "low": -1.5,
        "names": ["x", "y"],
        "more": {"k": 1},
    },
    {"id": "b", "question": "=HYPERLINK(1)", "n": None, "low": 2.0, "names": [], "more": None},
]
COLUMNS = ["id", "question", "n", "low", "names", "more"]


def shown(fmt: str, rows: list[dict[str, Any]] = ROWS, columns: list[str] = COLUMNS) -> str:
    out = io.StringIO()
    print_rows(rows, columns, fmt, out)
    return out.getvalue()


def test_json_keeps_every_key() -> None:
    assert json.loads(shown("json", columns=["id"])) == ROWS


def test_json_lines_hold_one_row_each() -> None:
    assert [json.loads(line) for line in shown("jsonl").splitlines()] == ROWS


def test_csv_has_a_header_and_runs_no_formula() -> None:
    header, first, second = csv.reader(io.StringIO(shown("csv")))
    assert header == COLUMNS
    assert first == ["a", "How many, [bold]really[/bold]?", "3", "-1.5", "x, y", '{"k":1}']
    assert second == ["b", "'=HYPERLINK(1)", "", "2.0", "", ""]


FORMULAS = [
    "=1+1",
    "+1",
    "-2+3",
    "@SUM(A1)",
    " =1",
    "\u200b=1",
    "\u202e=1",
    "\x00=1",
    "\r=1",
    "＝1",
    "﹦1",
    "＋1",
    "－1",
    "＠x",
    "﹢1",
]


@pytest.mark.parametrize("words", FORMULAS)
def test_a_formula_in_any_script_is_none(words: str) -> None:
    _, (cell, _) = csv.reader(io.StringIO(shown("csv", [{"id": words, "x": 1}], ["id", "x"])))
    assert cell == "'" + name_cell(words)


@pytest.mark.parametrize("words", ["a=1", "“=1”", "—1", "٣ = 3", ""])
def test_words_that_are_no_formula_stay_as_they_are(words: str) -> None:
    _, (cell, _) = csv.reader(io.StringIO(shown("csv", [{"id": words, "x": 1}], ["id", "x"])))
    assert cell == words


def test_a_table_shows_words_as_they_are() -> None:
    table = shown("table")
    assert "[bold]really[/bold]" in table.replace("\n", " ").replace("  ", " ") or "[bold]" in table
    assert "\x1b" not in table


def test_another_format_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="unknown format 'xml'"):
        shown("xml")


@pytest.mark.parametrize("fmt", FORMATS)
def test_no_rows_are_no_error(fmt: str) -> None:
    shown(fmt, rows=[])


@pytest.mark.parametrize("fmt", FORMATS)
@given(words=st.text(st.characters(codec=None)))
def test_any_words_can_be_printed(fmt: str, words: str) -> None:
    printed = shown(fmt, [{"id": words}], ["id"])
    printed.encode("utf8")
    assert "\x1b" not in printed


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp", "Zs"])))
def test_a_csv_cell_is_the_words_or_the_words_with_an_apostrophe(words: str) -> None:
    _, *rows = csv.reader(io.StringIO(shown("csv", [{"id": words, "x": 1}], ["id", "x"])))
    shown_words = clean_text(words)
    assert rows == [[shown_words, "1"]] or rows == [["'" + shown_words, "1"]]
