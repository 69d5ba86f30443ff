"""Rows: what they hold, how they look, and what they become."""

import csv
import json
from io import StringIO

import pytest

from sayso.api.rows import SHOWN, WIDEST, Rows
from sayso.errors import Error

SOME = Rows(
    [
        {"id": "a", "ask": "How many?", "values": [{"low": 40, "who": "Mayor"}, {"low": 60, "who": "Police"}]},
        {"id": "b", "ask": "<b>When?</b>", "values": []},
    ],
    ("id", "ask"),
)


def test_they_are_a_sequence_of_dicts() -> None:
    assert len(SOME) == 2
    assert SOME[0]["id"] == "a"
    assert [row["id"] for row in SOME] == ["a", "b"]
    assert SOME[1:] == [SOME[1]]


def test_they_are_printed_in_every_format() -> None:
    assert "How many?" in str(SOME)
    assert [json.loads(line)["id"] for line in SOME.render("jsonl").splitlines()] == ["a", "b"]
    assert json.loads(SOME.render("json")) == list(SOME)
    assert next(csv.reader(StringIO(SOME.render("csv")))) == ["id", "ask"]


def test_another_format_is_refused() -> None:
    with pytest.raises(Error, match="'xlsx' is none of table, json, jsonl, csv"):
        SOME.render("xlsx")


def test_a_table_may_have_rows_of_its_own() -> None:
    rows = Rows(
        [{"id": "a", "reports": ["r1", "r2"]}],
        ("id", "reports"),
        lambda format: ([{"id": "a", "reports": 2}], ("id", "reports") if format == "csv" else ("id",)),
    )
    assert json.loads(rows.render("json")) == [{"id": "a", "reports": ["r1", "r2"]}]
    assert rows.render("csv") == "id,reports\na,2\n"


def test_a_list_is_spread_over_rows() -> None:
    spread = SOME.spread("values")
    assert list(spread) == [
        {"id": "a", "ask": "How many?", "low": 40, "who": "Mayor"},
        {"id": "a", "ask": "How many?", "low": 60, "who": "Police"},
    ]
    assert spread.columns == ("id", "ask", "low", "who")


def test_words_are_spread_under_their_column() -> None:
    rows = Rows([{"id": "a", "reports": ("r1", "r2")}], ("id",))
    assert list(rows.spread("reports")) == [{"id": "a", "reports": "r1"}, {"id": "a", "reports": "r2"}]


def test_a_column_without_lists_is_not_spread() -> None:
    with pytest.raises(Error, match="no lists are in a column 'ask'; the columns are id, ask, values"):
        SOME.spread("ask")
    assert list(Rows([], ("id",)).spread("values")) == []


def test_a_notebook_shows_them_escaped() -> None:
    page = SOME._repr_html_()
    assert "<td>How many?</td>" in page
    assert "&lt;b&gt;When?&lt;/b&gt;" in page
    assert "<b>" not in page


def test_a_notebook_shows_the_first_of_many() -> None:
    page = Rows([{"id": str(n)} for n in range(SHOWN + 7)], ("id",))._repr_html_()
    assert page.count("<tr>") == SHOWN + 1
    assert "(7 more rows)" in page


def test_a_wide_or_long_table_is_shown_in_part_and_printed_whole() -> None:
    names = [f"c{n}" for n in range(WIDEST + 3)]
    rows = Rows([dict.fromkeys(names, n) for n in range(SHOWN + 7)], names)
    assert repr(rows).endswith("(7 more rows and 3 more columns)")
    assert "c7" in repr(rows)
    assert "c8" not in repr(rows)
    assert f" {SHOWN + 6} " not in repr(rows)
    assert f" {SHOWN + 6} " in str(rows)
    assert rows.render("csv").startswith(",".join(names))
