"""JSON Lines (https://jsonlines.org): one report a line, only `text` required.

Lines are read one at a time, so that a file may be larger than memory, and each is a raw of its own: a broken line
costs only itself.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from sayso.read.encodings import decode_bytes
from sayso.read.event_tables import find_layout, tell_events
from sayso.read.export_fields import CUT
from sayso.read.exports import list_rows
from sayso.read.listings import explain_listing, find_references
from sayso.read.reports import Content, Facts, make_report
from sayso.record import Problem, Raw, Remark, Report

# What makes a program of JSON: in an archive of posts ("window.YTD.tweets.part0 = ["), of a service ("show({...});").
_ASSIGNMENT = re.compile(r"\A\s{0,100}(?:window(?:\.\w{1,40}){1,5}\s?=|(?:/\*\*/\s?)?[A-Za-z_$][\w$.]{0,60}\()\s?")
_CLOSING = re.compile(r"(?:\)\s{0,10})?;?\s{0,100}\Z")

SHORT_LINE = 64_000
"""Bytes of a line beyond which it is parsed apart: ten times those of a report."""
MAX_NAMED_LINES = 20
"""Broken lines of one file that are named one by one; the others are counted."""


ParseRow = Callable[[bytes, str, datetime | None], Iterable[tuple[Raw, Report] | Problem]]
"""From a line, its place and when it was retrieved to its reports."""


def read_rows(
    chunks: Iterable[bytes],
    name: str,
    max_line_bytes: int,
    retrieved: datetime | None = None,
    parse_long: ParseRow | None = None,
) -> Iterator[Raw | Report | Problem]:
    """The raw and the report of each line, or its problem; the raw is named "PATH:LINE". `parse_long` parses lines that
    are longer than reports are."""
    broken = 0
    for number, line in enumerate(split_lines(chunks, max_line_bytes), start=1):
        place = f"{name}:{number}"
        content = line.strip() if line is not None else None
        if content == b"" or content == b"\xef\xbb\xbf":
            continue
        kept = False
        parse = parse_long if parse_long and content and len(content) > SHORT_LINE else parse_row
        made_of = [explain_long(place, max_line_bytes)] if content is None else parse(content, place, retrieved)
        for made in made_of:
            if isinstance(made, Problem):
                broken += 1
                if broken <= MAX_NAMED_LINES:
                    yield made
                continue
            raw, report = made
            yield from (report,) if kept else (raw, report)
            kept = True
    if broken > MAX_NAMED_LINES:
        more = broken - MAX_NAMED_LINES
        yield Problem(step="read_rows", input=name, message=f"{more} more broken lines; is this a file of reports?")


def explain_long(place: str, max_line_bytes: int) -> Problem:
    """The problem of a line that is not read."""
    return _refuse(place, f"the line is longer than {max_line_bytes / 1e6:g} MB; split the report")


def parse_row(line: bytes, place: str, retrieved: datetime | None) -> Iterator[tuple[Raw, Report] | Problem]:
    """The reports of a line: one, or those of the list that the line wraps, each with the line as its raw."""
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        yield _refuse(place, f"not UTF-8 ({error.reason} at byte {error.start}); save the file as UTF-8")
        return
    except json.JSONDecodeError as error:
        yield _refuse(place, f"not JSON ({error.msg} at character {error.pos + 1}); mend or remove the line")
        return
    except (ValueError, RecursionError):  # A number of thousands of digits, lists in lists in lists.
        yield _refuse(place, "JSON nested too deeply or with too long a number; mend or remove the line")
        return
    sha256 = hashlib.sha256(line).hexdigest()
    raw = Raw(sha256=sha256, content=line, name=place, media_type="application/json")
    for each in list_rows(row) if isinstance(row, dict) else [row]:
        made = report_of_row(each, place, raw=sha256, retrieved=retrieved)
        yield made if isinstance(made, Problem) else (raw, made)


def read_json(content: Content) -> Iterator[Report | Problem | Remark]:
    """The reports of one JSON document: a report, or a list of them."""
    text = decode_bytes(content.content, content.charset) or ""
    try:
        begin = _ASSIGNMENT.match(text)
        data = json.loads(_CLOSING.sub("", text[begin.end() :], count=1) if begin else text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        yield Problem(step="read_json", input=content.name, message=f"not JSON ({error.msg}, {where}); mend the file")
        return
    except (ValueError, RecursionError):
        message = "JSON nested too deeply or with too long a number; mend the file"
        yield Problem(step="read_json", input=content.name, message=message)
        return
    rows = list_rows(data)
    if rows and all(isinstance(row, dict) for row in rows) and (layout := find_layout(list(rows[0]))):
        cells = [{key: "" if value is None else str(value) for key, value in row.items()} for row in rows]
        yield from tell_events(layout, cells, range(1, len(cells) + 1), content, content.name)
        return
    if not any(isinstance(row, dict) and "text" in row for row in rows) and (held := find_references(data)):
        yield _refuse(content.name, explain_listing(*held))
        return
    if cut := sum(isinstance(row, dict) and CUT in row for row in rows):
        message = f"the service has cut {cut:,} of {len(rows):,} texts short; their addresses have the whole"
        yield Remark(step="read_json", input=content.name, message=message)
    if not rows:
        yield _refuse(content.name, 'no report in it; a report is {"text": "...", "outlet": "...", ...}')
    broken = 0
    for number, row in enumerate(rows, start=1):
        place = f"{content.name}:{number}" if len(rows) > 1 or isinstance(data, list) else content.name
        made = report_of_row(row, place, raw=content.sha256, retrieved=content.retrieved)
        broken += isinstance(made, Problem)
        if broken <= MAX_NAMED_LINES or isinstance(made, Report):
            yield made
    if broken > MAX_NAMED_LINES:
        message = f"{broken - MAX_NAMED_LINES} more broken rows; is this a file of reports?"
        yield Problem(step="read_json", input=content.name, message=message)


def report_of_row(row: Any, place: str, *, raw: str = "", retrieved: datetime | None = None) -> Report | Problem:
    """The report of one JSON object; `place` names it in the problem where it is none.

    The text is kept to the character. Fields that are not of the kind they should be count as not given.
    """
    if not isinstance(row, dict):
        return _refuse(place, 'not a JSON object; a report is {"text": "...", "outlet": "...", ...}')
    text = row.get("text")
    if not isinstance(text, str):
        found = "no field" if "text" not in row else "no string as"
        return _refuse(place, f'{found} "text"; a report needs {{"text": "..."}}')
    if not text.strip():
        return _refuse(place, 'the "text" is empty; remove the line')
    facts = Facts(
        id=_word(row, "id"),
        outlet=_word(row, "outlet"),
        title=_word(row, "title"),
        author=_word(row, "author"),
        published=_word(row, "published"),
        published_words=_word(row, "published_words"),
        language=_word(row, "language"),
        url=_word(row, "url"),
        cites=_words(row, "cites"),
        links=_words(row, "links"),
        site=_word(row, "site"),
    )
    return make_report(text, facts, raw=raw, retrieved=retrieved)


def split_lines(chunks: Iterable[bytes], max_line_bytes: int) -> Iterator[bytes | None]:
    """The lines of a stream without their ends; None for each that is longer than the bound, of which no more than
    the bound is ever held."""
    parts: list[bytes] = []
    size = 0
    for chunk in chunks:
        *ended, rest = chunk.split(b"\n")
        for piece in ended:
            yield b"".join([*parts, piece]) if size + len(piece) <= max_line_bytes else None
            parts, size = [], 0
        size += len(rest)
        parts = [*parts, rest] if size <= max_line_bytes else []
    if size:
        yield b"".join(parts) if size <= max_line_bytes else None


def _refuse(place: str, message: str) -> Problem:
    return Problem(step="read_rows", input=place, message=message)


def _word(row: dict[str, Any], key: str) -> str:
    value = row.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)


def _words(row: dict[str, Any], key: str) -> tuple[str, ...]:
    value = row.get(key)
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()
