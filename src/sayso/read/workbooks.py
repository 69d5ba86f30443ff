"""Workbooks (XLSX, Office Open XML), by openpyxl: each sheet is read as a table."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from zipfile import ZipFile

from sayso.read.reports import Content
from sayso.read.sheets import Item, read_lines
from sayso.record import Problem

MAX_UNPACKED = 100_000_000
"""Unpacked bytes of a workbook; cells take several times as much in memory."""
MAX_EXPANSION = 200
FREE_BYTES = 10_000_000
MAX_SHEETS = 100
MAX_ROWS = 100_000
MAX_COLUMNS = 500


def read_workbook(content: Content) -> Iterator[Item]:
    """The reports of the rows of a workbook's sheets. Sheets without a column of texts are passed over where another
    has one; a problem where none has, or where the workbook is broken or locked."""
    try:
        sheets = list(_list_sheets(content))
    except (ImportError, MemoryError):
        raise
    except Exception as error:  # A damaged workbook raises errors of half a dozen modules.
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        yield _refuse(content.name, f"a broken workbook (XLSX: {reason}); save it again, or export the sheet as CSV")
        return
    problems, found = [], False
    for title, lines in sheets:
        items = list(read_lines(lines, content, f"{content.name}/{title}" if len(sheets) > 1 else content.name))
        if all(isinstance(item, Problem) for item in items):
            problems += items
            continue
        found = True
        yield from items
    if not found:
        yield from problems[:1] or [_refuse(content.name, "a workbook without a filled sheet; export it as CSV")]


def _list_sheets(content: Content) -> Iterator[tuple[str, list[list[str]]]]:
    """The title and the lines of each sheet that has any; raises `ValueError` for one that unpacks to too much."""
    from openpyxl import load_workbook

    with ZipFile(io.BytesIO(content.content)) as archive:
        size = sum(info.file_size for info in archive.infolist())
    if size > MAX_UNPACKED or size > max(FREE_BYTES, MAX_EXPANSION * len(content.content)):
        raise ValueError(f"it unpacks to {size / 1e6:,.0f} MB")
    book = load_workbook(io.BytesIO(content.content), read_only=True, data_only=True)
    try:
        for sheet in book.worksheets[:MAX_SHEETS]:
            rows = sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True)
            lines = [[word_cell(cell) for cell in row] for row in islice(rows, MAX_ROWS)]
            if any(any(line) for line in lines):
                yield sheet.title, lines
    finally:
        book.close()


def word_cell(cell: object) -> str:
    """The words of a cell; a day or moment as in ISO 8601, a whole number without a point."""
    match cell:
        case None:
            return ""
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
        case date() | time():
            return cell.isoformat()
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
    return str(cell)


def _refuse(name: str, message: str) -> Problem:
    return Problem(step="read_workbook", input=name, message=message)
