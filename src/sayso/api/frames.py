"""Rows as frames of pandas and polars, which are imported when they are asked for and never needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any

from sayso.errors import Error

if TYPE_CHECKING:
    import pandas
    import polars

Row = dict[str, Any]

MOMENTS = frozenset(("as_of", "at", "earliest", "latest", "from", "to", "published", "retrieved"))
"""Keys whose values are moments, the last part of a dotted one counting."""
LARGEST = 2**63
"""Where the whole numbers of a frame end; a larger one becomes a floating-point number."""


def make_pandas(rows: Sequence[Row], columns: Sequence[str]) -> pandas.DataFrame:
    """The frame of some rows; without any, one with the `columns` and no rows."""
    frames: Any = import_frames("pandas")
    made: pandas.DataFrame = frames.DataFrame(
        {
            name: frames.Series(
                [carry(cell) for cell in cells], dtype="datetime64[us, UTC]" if is_moment(name) else None
            )
            for name, cells in list_columns(rows, columns).items()
        }
    )
    return made


def make_polars(rows: Sequence[Row], columns: Sequence[str]) -> polars.DataFrame:
    """The same of polars, with what is nested in a list as JSON."""
    frames: Any = import_frames("polars")

    made: polars.DataFrame = frames.DataFrame(
        [
            frames.Series(
                name,
                [simplify(cell) for cell in cells],
                dtype=frames.Datetime("us", "UTC") if is_moment(name) else None,
                strict=False,
            )
            for name, cells in list_columns(rows, columns).items()
        ]
    )
    return made


def simplify(cell: Any) -> Any:
    """A cell as polars can hold it: what is nested in a list as JSON, what UTF-8 cannot carry replaced."""
    from sayso.tell.tables import dump_row

    if not isinstance(cell, list | tuple):
        return carry(cell)
    nested = any(isinstance(item, list | tuple | dict) for item in cell)
    return dump_row(cell) if nested else [simplify(item) for item in cell]


def carry(cell: Any) -> Any:
    """A cell whose words can be UTF-8, as which polars keeps them, and pandas too where pyarrow is installed."""
    return cell.encode("utf8", "replace").decode("utf8") if isinstance(cell, str) else cell


def list_columns(rows: Sequence[Row], columns: Sequence[str]) -> dict[str, list[Any]]:
    """The cells of each column, None where a row has none."""
    flat = [flatten(row) for row in rows]
    names = list_keys(flat) if flat else list(columns)
    # Where some rows have an object and others null, the columns of the object's keys say so.
    split = {name.rpartition(".")[0] for name in names}
    kept = [name for name in names if name not in split or any(row.get(name) is not None for row in flat)]
    return {name: [read_cell(name, row.get(name)) for row in flat] for name in kept}


def list_keys(rows: Iterable[Row]) -> list[str]:
    """The keys of some rows, in the order in which they come."""
    return list(dict.fromkeys(key for row in rows for key in row))


def flatten(row: Row, before: str = "") -> Row:
    """A row whose objects are a column for each of their keys."""
    flat: Row = {}
    for key, value in row.items():
        if isinstance(value, dict):
            flat |= flatten(value, f"{before}{key}.")
        else:
            flat[before + key] = value
    return flat


def is_moment(column: str) -> bool:
    """Whether a column holds moments."""
    return column.rpartition(".")[2] in MOMENTS


def read_cell(column: str, cell: Any) -> Any:
    """A cell as a frame can hold it: a moment as a datetime in UTC, None where its words are none."""
    if is_moment(column):
        with suppress(TypeError, ValueError):
            moment = datetime.fromisoformat(cell)
            return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        return None
    return float(cell) if isinstance(cell, int) and abs(cell) >= LARGEST else cell


def import_frames(name: str) -> Any:
    """A library of frames. Raises `Error` with what to do where it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        raise Error(f"{name} is not installed: pip install {name}") from None
