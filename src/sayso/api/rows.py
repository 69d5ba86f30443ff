"""What a view gives: rows to look at, to loop over, and to hand on to pandas, polars, CSV or JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from html import escape
from io import StringIO
from typing import TYPE_CHECKING, TextIO, overload

from sayso.api.frames import Row, list_keys, make_pandas, make_polars
from sayso.errors import Error

if TYPE_CHECKING:
    import pandas
    import polars

SHOWN, WIDEST = 40, 8
"""Rows and columns that are shown of many; all are in the table, the frames and what is rendered."""


class Rows(Sequence[Row]):
    """Rows of a view: a sequence of dicts, those that the command prints with `--format json`.

    A notebook shows them as a table, `print` as the command does. Their keys are those of the JSON contract.
    """

    def __init__(
        self,
        rows: Iterable[Row],
        columns: Sequence[str],
        choose: Callable[[str], tuple[Iterable[Row], Sequence[str]]] | None = None,
    ) -> None:
        """Hold rows; `columns` are the keys that a table shows. `choose` gives the rows and columns of a table or CSV,
        where they differ from these."""
        self._rows = list(rows)
        self._choose = choose
        self.columns = tuple(columns)

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...

    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        """One row, or several as a list."""
        return self._rows[place]

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def __str__(self) -> str:
        """The table, as the command prints it."""
        return self.render()

    def __repr__(self) -> str:
        """The beginning of the table, and how much more there is."""
        out = StringIO()
        shown = Rows(self.table[:SHOWN], self.columns[:WIDEST])
        shown.print_to(out)
        return out.getvalue().strip("\n") + say_more(len(self.table), len(self.columns))

    @cached_property
    def table(self) -> list[Row]:
        """The rows that a table has: fewer, and in words."""
        return list(self._choose("table")[0]) if self._choose else self._rows

    def print_to(self, out: TextIO, format: str = "table") -> None:
        """Write the rows to a file that is open: as table, json, jsonl or csv. Raises `Error` for another format."""
        from sayso.tell.tables import FORMATS, print_rows

        if format not in FORMATS:
            raise Error(f"{format!r} is none of {', '.join(FORMATS)}")
        rows: Sequence[Row] = self.table if format == "table" else self._rows
        columns: Sequence[str] = self.columns
        if format == "csv" and self._choose:
            listed, columns = self._choose(format)
            rows = list(listed)
        print_rows(rows, columns, format, out)

    def render(self, format: str = "table") -> str:
        """The rows as a string: as table, json, jsonl or csv, as the commands print them."""
        out = StringIO()
        self.print_to(out, format)
        return out.getvalue()

    def spread(self, column: str) -> Rows:
        """A row for each item of a column that holds lists, with what its own row says in the other columns: of
        `points().spread("values")` each value with its question. Raises `Error` where no row has such a column."""
        if self._rows and not any(isinstance(row.get(column), list | tuple) for row in self._rows):
            raise Error(f"no lists are in a column {column!r}; the columns are {', '.join(list_keys(self._rows))}")
        spread: list[Row] = []
        for row in self._rows:
            outer = {key: value for key, value in row.items() if not isinstance(value, list | tuple | dict)}
            items = (item if isinstance(item, dict) else {column: item} for item in row.get(column) or [])
            spread.extend({**outer, **item} for item in items)
        return Rows(spread, list_keys(spread))

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a frame of pandas, one for one: moments as datetimes in UTC, an object in a column for each of
        its keys (`independent_origins.low`), lists as they are. Raises `Error` where pandas is not installed."""
        return make_pandas(self._rows, self.columns)

    def to_polars(self) -> polars.DataFrame:
        """The rows as a frame of polars, as of pandas; a list of objects, for which polars has no type, is JSON. Raises
        `Error` where polars is not installed."""
        return make_polars(self._rows, self.columns)

    def _repr_html_(self) -> str:
        """The beginning of the table as a notebook shows it, and how much more there is."""
        more = say_more(len(self.table), len(self.columns))
        return draw_table(self.table[:SHOWN], self.columns[:WIDEST]) + (f"<p>{more.strip()}</p>" if more else "")


def say_more(rows: int, columns: int) -> str:
    """How many rows and columns are not shown, in a line of its own; "" where all are."""
    more = {"rows": rows - SHOWN, "columns": columns - WIDEST}
    told = " and ".join(f"{number:,} more {name}" for name, number in more.items() if number > 0)
    return f"\n({told})" if told else ""


def draw_table(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """Rows as a table of HTML, every word of it escaped."""
    from sayso.tell.tables import name_cell

    head = "".join(f"<th>{escape(column.replace('_', ' '))}</th>" for column in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(name_cell(row.get(column)))}</td>" for column in columns) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
