"""Tables with a head (CSV, RFC 4180, and tab-separated): a report a row, where a column holds texts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from sayso.read.encodings import decode_bytes
from sayso.read.exports import make_row
from sayso.read.reports import Content
from sayso.read.rows import MAX_NAMED_LINES, report_of_row
from sayso.record import Problem, Report

TEXT_COLUMNS = frozenset(
    "text content body full_text body_text message article description summary notes note excerpt snippet".split()
)
"""Names of columns, in small letters, that hold the text of a report, the first in the table's order counts."""
MAX_SHOWN = 6
"""Columns that are named where none holds texts."""
FEWEST_WORDS = 4
"""Words of the usual text in such a column: a column of codes and names is none."""


def read_sheet(content: Content) -> Iterator[Report | Problem]:
    """The reports of a table's rows; a problem where no column is named as one of texts. Codes, counts and days of
    events in other columns are nobody's words, and are left out."""
    text = decode_bytes(content.content, content.charset)
    if text is None:
        yield _refuse(content.name, "not text in any known encoding; save the table as UTF-8")
        return
    head = text.lstrip("\ufeff").split("\n", 1)[0]
    marks = {mark: head.count(mark) for mark in "\t,;"}
    csv.field_size_limit(max(csv.field_size_limit(), len(content.content) + 1))
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=max(marks, key=lambda m: marks[m]))
    try:
        members = list(rows)
    except csv.Error as error:
        yield _refuse(content.name, f"a broken table ({error}); save it again as CSV")
        return
    columns = [name for name in rows.fieldnames or () if name]
    column = next((name for name in columns if name.strip().casefold() in TEXT_COLUMNS), None)
    told = [str(row.get(column) or "") for row in members] if column else []
    lengths = sorted(len(words.split()) for words in told)
    if column is None or not lengths or lengths[len(lengths) // 2] < FEWEST_WORDS:
        shown = ", ".join(name[:30] for name in columns[:MAX_SHOWN])
        message = f'a table without a column of texts (it has: {shown}); name a column "text", or give the reports'
        yield _refuse(content.name, message)
        return
    broken = 0
    for number, (row, words) in enumerate(zip(members, told, strict=True), start=2):
        fields = {key.strip().casefold(): value for key, value in row.items() if isinstance(key, str) and value}
        place = f"{content.name}:{number}"
        made = make_row({**fields, "text": None, "content": words}, {})
        # The day of an event is not that of its report.
        report = report_of_row({**made, "text": words}, place, raw=content.sha256, retrieved=content.retrieved)
        broken += isinstance(report, Problem)
        if broken <= MAX_NAMED_LINES or isinstance(report, Report):
            yield report


def _refuse(name: str, message: str) -> Problem:
    return Problem(step="read_sheet", input=name, message=message)
