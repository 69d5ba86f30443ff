"""Rows on standard output: a table for people, JSON, JSON Lines and CSV (RFC 4180) for programs."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from typing import Any, TextIO
from unicodedata import category, normalize

from sayso.forms import dump_json, to_json
from sayso.harms import clean_text, escape_json

FORMATS = ("table", "json", "jsonl", "csv")

FORMULA_STARTS = frozenset("=+-@")
"""What makes a spreadsheet run a cell as a formula (OWASP, "CSV Injection"); its full-width, small and raised forms do
so too where the spreadsheet is set to another script."""


def print_rows(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], fmt: str, out: TextIO) -> None:
    """Write rows to `out` in one of `FORMATS`.

    `columns` are the keys shown, in order, in a table or CSV; JSON keeps every key of every row. A text cell of a CSV
    that a spreadsheet would take for a formula gets an apostrophe in front, since the words come from strangers; JSON
    keeps them as they are. Raises ValueError for another format.
    """
    if fmt == "json":
        out.write(dump_row([dict(row) for row in rows]) + "\n")
    elif fmt == "jsonl":
        for row in rows:
            out.write(dump_row(dict(row)) + "\n")
    elif fmt == "csv":
        print_csv(rows, columns, out)
    elif fmt == "table":
        print_table(rows, columns, out)
    else:
        raise ValueError(f"unknown format {fmt!r}: choose one of {', '.join(FORMATS)}")


def print_csv(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], out: TextIO) -> None:
    """Write rows as CSV with a header line."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([guard_formula(row.get(column)) for column in columns])


def print_table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], out: TextIO) -> None:
    """Write rows as a table as wide as the terminal; colours only where `out` is one."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for column in columns:
        numeric = all(isinstance(row.get(column), int | float | None) for row in rows) and bool(rows)
        table.add_column(column.replace("_", " "), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        # `Text`, not a string: a report's square brackets are words and no markup.
        table.add_row(*(Text(name_cell(row.get(column))) for column in columns))
    Console(file=out, highlight=False).print(table)


def name_cell(value: Any) -> str:
    """A value in one line of words: nothing for None, a list joined by commas, anything nested as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return clean_text(value).replace("\n", " ").replace("\t", " ")
    if isinstance(value, list | tuple) and all(isinstance(item, str | int | float) for item in value):
        return ", ".join(name_cell(item) for item in value)
    if isinstance(value, bool | int | float):
        return str(value)
    return name_cell(dump_row(value).strip('"'))


def guard_formula(value: Any) -> Any:
    """A cell that no spreadsheet runs: numbers as they are, text with an apostrophe where it looks like a formula."""
    if value is None or isinstance(value, int | float):
        return value
    cell = name_cell(value)
    return "'" + cell if is_formula(cell) else cell


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet may run a cell: its first sign that is seen is one of `FORMULA_STARTS` in any form."""
    first = next((sign for sign in cell if not is_unseen(sign)), "")
    return normalize("NFKC", first)[:1] in FORMULA_STARTS


def is_unseen(sign: str) -> bool:
    """Whether a sign is white space, has no shape of its own (controls, marks of direction, joiners, fillers), or
    stands for what could not be printed."""
    return sign.isspace() or category(sign) in ("Cc", "Cf", "Mn", "Me") or sign in "\u115f\u1160\u3164\uffa0\ufffd"


def dump_row(value: Any) -> str:
    """One line of JSON, in which what does harm where it is shown is escaped, and so is a lone surrogate, which UTF-8
    cannot carry."""
    try:
        return escape_json(dump_json(value))
    except UnicodeEncodeError:
        return json.dumps(to_json(value))
