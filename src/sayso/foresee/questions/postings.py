"""What a form of a poll's page sends: posted (application/x-www-form-urlencoded), or written into a mail (text/plain).

A posted form is one line, "form=sayso+answer+1&question=...". In a mail each field has a line, "name=Ana", and what
somebody's mail program wrote before and after is no part of it: the fields begin with "form=" and end with "end=".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any
from urllib.parse import parse_qsl

MOST_FIELDS = 500
PLAIN_FIELDS = ("form", "question", "name", "secret", "reason")
"""Fields that an answer has once."""
SILENT_FIELDS = ("end",)
"""Fields that say nothing."""

LINE_END = re.compile(r"\r\n|\r|\n")
MAIL = re.compile(rb"(?i)\A\s*(From .*|(?:[A-Z][A-Za-z0-9-]*: .*))\r?\n")
MAILBOX = re.compile(rb"(?m)^From .*\r?\n")
MADE = re.compile(r'\{\s*"form"[^{}]*\}')
"""An answer as JSON that somebody pasted into a mail."""


@dataclass(frozen=True, slots=True)
class Posting:
    """What stands at a line of a text: the fields of a form, or none and the `text` itself."""

    line: int
    fields: tuple[tuple[str, str], ...] = ()
    text: str = ""


def is_mail(content: bytes) -> bool:
    """Whether a file is a mail (RFC 5322), or many in one (RFC 4155)."""
    return MAIL.match(content) is not None


def list_bodies(content: bytes) -> Iterator[str]:
    """The plain texts of a file of mails; of one that has only HTML, nothing."""
    for part in MAILBOX.split(content) if MAILBOX.match(content) else [content]:
        if not part.strip():
            continue
        message = message_from_bytes(part, policy=default)
        assert isinstance(message, EmailMessage)
        body = message.get_body(("plain",))
        if body is None:
            continue
        try:
            text = str(body.get_content())
        except (LookupError, UnicodeError):
            continue
        flowed = (body.get_param("format") or "") == "flowed"
        yield re.sub(r" \r?\n", " ", text) if flowed else text


def list_postings(text: str) -> Iterator[Posting]:
    """The forms in a text, and every line that is part of none and not empty."""
    begun, fields = 0, list[tuple[str, str]]()
    for number, line in enumerate(LINE_END.split(text), 1):
        if line.startswith("form="):
            if begun:
                yield Posting(begun, tuple(fields))
            begun, fields = number, [("form", line.removeprefix("form="))]
            if "&" in line:
                yield read_posted(line, number)
                begun = 0
        elif begun and line.startswith("end="):
            yield Posting(begun, tuple(fields))
            begun = 0
        elif begun:
            read_line(line, fields)
        elif line.strip():
            yield Posting(number, text=line)
    if begun:
        yield Posting(begun, tuple(fields))


def read_posted(line: str, number: int) -> Posting:
    """A posted form; one that cannot be read is a text."""
    try:
        fields = parse_qsl(line.strip(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return Posting(number, text=line)
    return Posting(number, tuple(fields))


def read_line(line: str, fields: list[tuple[str, str]]) -> None:
    """Add a line of a form in a mail to its fields. The reason comes last and may have several lines; the values are
    figures, so that only what stands before the last equals sign names them."""
    last, said = fields[-1]
    if last == "reason":
        fields[-1] = (last, f"{said}\n{line}")
        return
    first, sign, value = line.partition("=")
    if first not in PLAIN_FIELDS:
        first, sign, value = line.rpartition("=")
    if sign and len(fields) < MOST_FIELDS:
        fields.append((first, value))


def find_made(text: str) -> Iterator[str]:
    """The answers as JSON in a mail, on one line each however the mail broke them."""
    return (LINE_END.sub(" ", found[0]) for found in MADE.finditer(text))


def row_of_fields(fields: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The fields of a form as the row of an answer: "percent.north" of 20 is the value "north=20%", "value.p50" of 3
    is "p50=3". Raises ValueError for a field that no answer has."""
    row: dict[str, Any] = {"values": []}
    for key, value in fields:
        kind, _, thing = key.partition(".")
        if key in PLAIN_FIELDS:
            row[key] = value.strip()
        elif kind in ("percent", "value"):
            unit = "%" if kind == "percent" else ""
            row["values"].append((f"{thing}=" if thing else "") + value.strip() + unit)
        elif key not in SILENT_FIELDS:
            raise ValueError(f"no field of an answer: {key[:40]!r}")
    return row
