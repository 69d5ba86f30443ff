"""Rows as frames: one for one, with types."""

import json
import sys
from datetime import UTC, datetime

import pytest

import sayso
from sayso.api.rows import Rows
from sayso.api.views import Views

pandas = pytest.importorskip("pandas")
polars = pytest.importorskip("polars")

SOME = Rows(
    [
        {"id": "a", "as_of": "2031-05-01T09:00:00Z", "value": {"low": 40, "high": None}, "claims": ["c1", "c2"]},
        {"id": "b", "as_of": None, "value": "closed", "claims": [], "sides": [{"words": "forty"}]},
        {"id": "c", "as_of": "0001-01-01T00:00:00Z", "value": {"low": 2.5, "high": 3}, "claims": ["c3"], "when": None},
    ],
    ("id", "as_of"),
)
MINE = datetime(2031, 5, 1, 9, tzinfo=UTC)


def test_pandas_has_a_row_for_each() -> None:
    frame = SOME.to_pandas()
    assert list(frame["id"]) == ["a", "b", "c"]
    assert frame["as_of"][0].to_pydatetime() == MINE
    assert frame["as_of"].isna().tolist() == [False, True, False]
    assert frame["value.low"].fillna(0).tolist() == [40, 0, 2.5]
    assert frame["value"][1] == "closed"
    assert frame["claims"][0] == ["c1", "c2"]
    assert frame["sides"][1] == [{"words": "forty"}]


def test_polars_has_the_same() -> None:
    frame = SOME.to_polars()
    assert frame["id"].to_list() == ["a", "b", "c"]
    assert frame["as_of"].to_list()[:2] == [MINE, None]
    assert frame["value.low"].to_list() == [40, None, 2.5]
    assert frame["claims"].to_list() == [["c1", "c2"], [], ["c3"]]
    assert json.loads(frame["sides"][1]) == [{"words": "forty"}]


@pytest.mark.parametrize("make", [Rows.to_pandas, Rows.to_polars])
def test_an_object_that_some_rows_lack_has_no_column_of_its_own(make) -> None:  # type: ignore[no-untyped-def]
    rows = Rows([{"when": None}, {"when": {"earliest": "2031-05-01T09:00:00Z", "latest": None}}], ("when",))
    assert list(make(rows).columns) == ["when.earliest", "when.latest"]


@pytest.mark.parametrize("make", [Rows.to_pandas, Rows.to_polars])
def test_no_rows_are_a_frame_with_columns(make) -> None:  # type: ignore[no-untyped-def]
    frame = make(Rows([], ("id", "as_of")))
    assert (len(frame), list(frame.columns)) == (0, ["id", "as_of"])


@pytest.mark.parametrize("make", [Rows.to_pandas, Rows.to_polars])
@pytest.mark.parametrize("cell", [10**30, -(10**40), "1e9", "", "\ud800", ["\ud800"], [["a"], "b"], True, float("inf")])
def test_no_cell_is_too_much_for_a_frame(make, cell: object) -> None:  # type: ignore[no-untyped-def]
    frame = make(Rows([{"id": "a", "low": cell, "at": "soon"}, {"id": "b", "low": None, "at": None}], ("id",)))
    assert len(frame) == 2


@pytest.mark.parametrize("name", ["points", "conflicts", "origins", "estimates", "timeline", "positions", "stories",
                                  "happenings", "grades"])  # fmt: skip
def test_every_view_is_a_frame(story: sayso.OpenLedger, name: str) -> None:
    rows = getattr(Views, name)(story)
    assert len(rows) == len(rows.to_pandas()) == len(rows.to_polars())


def test_a_library_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(sayso.Error, match="pandas is not installed: pip install pandas"):
        SOME.to_pandas()
