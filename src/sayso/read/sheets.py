"""Tables with a head (CSV, RFC 4180, and tab-separated): a report a row, where a column holds texts; and tables of
events, whose rows are told in words (see `event_tables`)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from sayso.read.columns import ColumnsError, Row, date_rows, explain_columns, guess_columns, show_name
from sayso.read.encodings import decode_bytes
from sayso.read.event_tables import find_layout, head_rows, tell_events
from sayso.read.listings import explain_listing
from sayso.read.reports import Content
from sayso.read.rows import MAX_NAMED_LINES, report_of_row
from sayso.record import Problem, Remark, Report

Item = Report | Problem | Remark
MAX_SHOWN = 6
"""Columns that are named where none holds texts."""
MARKS = "\t,;|"
"""What may stand between cells."""
OWN = frozenset(("text", "outlet", "title", "author", "published", "url", "language", "id"))
"""Names of columns of which nothing has to be guessed."""
_CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}")
_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def read_sheet(content: Content) -> Iterator[Item]:
    """The reports of a table's rows; a problem where no column holds texts. Codes, counts and days of events in other
    columns are nobody's words, and are left out."""
    text = decode_bytes(content.content, content.charset)
    if text is None:
        yield _refuse(content.name, "not text in any known encoding; save the table as UTF-8")
        return
    text = text.lstrip("\ufeff")
    said = _SEPARATOR.match(text)
    text = text[said.end() :] if said else text
    head = text.split("\n", 1)[0]
    mark = said[1] if said else max(MARKS, key=head.count)
    # In tables set with tabs, a quotation mark is often only that.
    plain = mark == "	" and text.count('"') % 2 == 1
    csv.field_size_limit(max(csv.field_size_limit(), len(content.content) + 1))
    try:
        file = io.StringIO(text, newline="")
        found = csv.reader(file, delimiter=mark, quoting=csv.QUOTE_NONE) if plain else csv.reader(file, delimiter=mark)
        lines = list(found)
    except csv.Error as error:
        yield _refuse(content.name, f"a broken table ({error}); save it again as CSV")
        return
    yield from read_lines(lines, content)


def read_lines(lines: Sequence[Sequence[str]], content: Content, place: str = "") -> Iterator[Item]:
    """The reports of a table's lines of cells, the first with the names of the columns; `place` names the table in
    messages, where it is one of several of its file."""
    place = place or content.name
    filled = [(number, line) for number, line in enumerate(lines, start=1) if any(cell.strip() for cell in line)]
    names, rows, numbers = head_rows(filled)
    layout = find_layout(names)
    if layout and "text" not in content.columns:
        yield Remark(step="read_sheet", input=place, message=f"a table of events ({layout}): each row is told in words")
        yield from _count_broken(tell_events(layout, rows, numbers, content, place), place)
        return
    try:
        found = guess_columns(names, rows, content.columns)
    except ColumnsError as error:
        yield _refuse(place, f"{error}; name one that it has")
        return
    if "text" not in found or not rows:
        yield _refuse(place, explain_textless(names, rows))
        return
    if {name.strip().casefold() for name in found.values()} - OWN or content.columns:
        yield Remark(step="read_sheet", input=place, message=explain_columns(found, names))
    yield from _count_broken(_read_rows(found, rows, numbers, content, place), place)


def explain_textless(names: Sequence[str], rows: Sequence[Row]) -> str:
    """Why a table gives no report."""
    addresses = {cell.strip() for row in rows for cell in row.values() if _ADDRESS.fullmatch(cell.strip())}
    if len(addresses) >= max(1, len(rows) / 2):
        return explain_listing("a table of addresses without a column of texts", len(addresses))
    shown = ", ".join(map(show_name, names[:MAX_SHOWN]))
    return f"a table without a column of texts (it has: {shown}); name the column by --columns text=NAME"


def _read_rows(
    found: dict[str, str], rows: Sequence[Row], numbers: Sequence[int], content: Content, place: str
) -> Iterator[Report | Problem]:
    dates = date_rows(rows, found["published"]) if "published" in found else [""] * len(rows)
    for row, number, date in zip(rows, numbers, dates, strict=True):
        fields = {field: (row.get(name) or "").strip() for field, name in found.items() if field != "text"}
        clock = fields.pop("time", "")
        if date and _CLOCK.match(clock) and not _CLOCK.search(date):
            date = f"{date} {clock}"
        made = {**fields, "published": date, "text": row.get(found["text"]) or ""}
        yield report_of_row(made, f"{place}:{number}", raw=content.sha256, retrieved=content.retrieved)


def _count_broken(items: Iterator[Report | Problem], place: str) -> Iterator[Report | Problem]:
    """The items, with no more than the first few problems of a table one by one."""
    broken = 0
    for item in items:
        broken += isinstance(item, Problem)
        if broken <= MAX_NAMED_LINES or isinstance(item, Report):
            yield item
    if broken > MAX_NAMED_LINES:
        yield _refuse(place, f"{broken - MAX_NAMED_LINES} more rows without a text; is this a table of reports?")


def _refuse(name: str, message: str) -> Problem:
    return Problem(step="read_sheet", input=name, message=message)
