"""The rows of a file of forecasts: CSV in whatever dress, JSON and JSON Lines.

A row is its cells by their column names, folded, and the line it began on. What the columns mean is for
`sayso.foresee.forecast_files.layouts`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sayso.foresee.forecast_files.cells import fold
from sayso.read.encodings import decode_bytes
from sayso.record import Problem

SEPARATORS = ",;\t|"
LONGEST_CELL = 1 << 24
"""Characters of one cell; a cumulative distribution of Metaculus fills thousands."""

MOST_ABOVE = 5
"""Lines above a header that are looked over."""
MIN_HEADS = 3
"""Cells of a line that is a header below a title."""

Cells = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one file. `columns` are the folded names in their order; each row is its line number and cells."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, Cells], ...]
    whole: Any = None
    """A JSON document that is no list of rows, as it is."""


def read_sheet(content: bytes, name: str) -> Sheet | Problem:
    """The rows of a file of forecasts, or what is wrong with it."""
    text = decode_bytes(content)
    if text is None:
        return refuse(name, "no text in any known encoding; save it as UTF-8")
    text = text.removeprefix("\ufeff")
    if not text.strip():
        return refuse(name, "empty")
    try:
        return read_json_rows(text, name) if text.lstrip()[0] in "{[" else read_csv_rows(text, name)
    except (csv.Error, ValueError, RecursionError) as error:
        return refuse(name, f"neither CSV nor JSON ({error})")


def read_csv_rows(text: str, name: str) -> Sheet | Problem:
    """The rows of a CSV (RFC 4180) with a header line, separated by commas, semicolons, tabs or bars."""
    csv.field_size_limit(LONGEST_CELL)
    text, above = drop_title(text.lstrip("\r\n "))
    head = text.split("\n", 1)[0].strip()
    if head.lower().startswith("sep=") and len(head) == len("sep=") + 1:  # A spreadsheet's own note.
        text = text.split("\n", 1)[1] if "\n" in text else ""
        separator = head[-1]
    else:
        separator = max(SEPARATORS, key=lambda mark: len(next(csv.reader([head], delimiter=mark), [])))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    columns = tuple(fold(cell) for cell in next(reader, []))
    if len(columns) != len({c for c in columns if c}) + columns.count(""):
        twice = sorted({c for c in columns if c and columns.count(c) > 1})
        return refuse(name, f"two columns are called {', '.join(twice)}; name each once")
    return Sheet(name, columns, tuple(list_csv_rows(reader, columns, above)))


def drop_title(text: str) -> tuple[str, int]:
    """The text from its header line on, and how many lines stand above it: a title or blank ones, as sheets kept by
    hand have."""
    lines = text.split("\n", MOST_ABOVE + 1)[: MOST_ABOVE + 1]
    above = next((n for n, line in enumerate(lines) if count_cells(line) > 1), 0)
    if count_cells(lines[above]) < MIN_HEADS or lines[0].lower().startswith("sep="):
        return text, 0
    return text.split("\n", above)[above], above


def count_cells(line: str) -> int:
    """How many cells of a line have words, by whichever mark parts it most."""
    return max(len(list(filter(str.strip, line.split(mark)))) for mark in SEPARATORS)


def list_csv_rows(reader: Any, columns: tuple[str, ...], above: int) -> Iterator[tuple[int, Cells]]:
    """Each row with the line it ends on, of which some stand `above` the header; blank ones are passed over."""
    for cells in reader:
        if any(cell.strip() for cell in cells):
            row = dict(zip(columns, cells, strict=False))
            if len(cells) > len(columns):
                row[""] = cells[len(columns) :]
            yield reader.line_num + above, row


def read_json_rows(text: str, name: str) -> Sheet | Problem:
    """The rows of a JSON list of objects, of JSON Lines, or a JSON document as a whole."""
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg != "Extra data":
            return refuse(name, f"not JSON ({error.msg}, line {error.lineno}, column {error.colno})")
        document = [json.loads(line) for line in text.splitlines() if line.strip()]
    if isinstance(document, list):
        rows = list_objects(document)
        return Sheet(name, tuple(dict.fromkeys(key for _, row in rows for key in row)), rows)
    return Sheet(name, (), (), document)


def list_objects(listed: list[Any]) -> tuple[tuple[int, Cells], ...]:
    """The objects of a JSON list as rows, counted from 1; what is no object is a row without known cells."""
    return tuple(
        (number, {fold(str(key)): value for key, value in row.items()} if isinstance(row, dict) else {"": [row]})
        for number, row in enumerate(listed, 1)
    )


def refuse(name: str, message: str) -> Problem:
    """What is wrong with a file or one of its lines."""
    return Problem(step="read_forecasts", input=name, message=message)
