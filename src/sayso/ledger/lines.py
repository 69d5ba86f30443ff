"""A ledger as JSON Lines, one entry a line, and back: to hand it on, keep it, or read it with other programs.

The first line says what the file is; each other has the name of its kind in `entry`. Bodies stand in it to the letter,
since ids are made from them; the bytes of inputs are packed by zlib and written in base64 (RFC 4648).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import IO, Any, ClassVar, TypeVar

import msgspec

from sayso.ledger import rows
from sayso.ledger.entries import Entry
from sayso.ledger.errors import LedgerError, RefusedReportError
from sayso.ledger.tables import arrivals, assessments, judgements, raws, readings, reports, signatures, signers, to_utc
from sayso.read.openings import UnreadableError, open_file, unpack_chunks
from sayso.read.rows import split_lines
from sayso.record import Assessment, Judgement, Problem, Report

SUFFIXES = (".jsonl", ".jsonl.gz")
"""What the name of such a file ends in."""
FORM = 1
"""The number of the form that these lines have."""
LONGEST_LINE = 200_000_000
"""Bytes of a line: a large input, packed."""
GZIP = b"\x1f\x8b"


class Line(msgspec.Struct, tag_field="entry", omit_defaults=True):
    """What all lines have: the kind, in `entry`."""


class HeadLine(Line, tag="ledger"):
    """The first line."""

    form: int


class RawLine(Line, tag="raw"):
    """The bytes of an input."""

    table: ClassVar[str] = raws.name
    sha256: str
    size: int
    media_type: str
    name: str
    entered: datetime
    content: bytes


class ReportLine(Line, tag="report"):
    """A report."""

    table: ClassVar[str] = reports.name
    entered: datetime
    body: msgspec.Raw


class ArrivalLine(Line, tag="arrival"):
    """That a report came under an id in some bytes."""

    table: ClassVar[str] = arrivals.name
    id: str
    report: str
    given: str
    raw: str | None
    retrieved: datetime | None
    entered: datetime


class ReadingLine(Line, tag="reading"):
    """What an extractor found in a report."""

    table: ClassVar[str] = readings.name
    id: str
    report: str
    extractor: str
    entered: datetime
    body: msgspec.Raw


class JudgementLine(Line, tag="judgement"):
    """What an analyst judged."""

    table: ClassVar[str] = judgements.name
    judgement: Judgement


class AssessmentLine(Line, tag="assessment"):
    """What somebody said of what is not known."""

    table: ClassVar[str] = assessments.name
    assessment: Assessment


class SignerLine(Line, tag="signer"):
    """Whose a public key is."""

    table: ClassVar[str] = signers.name
    id: str
    name: str
    public: str
    entered: datetime


class SignatureLine(Line, tag="signature"):
    """That a key stands behind a judgement or an assessment."""

    table: ClassVar[str] = signatures.name
    id: str
    target: str
    signer: str
    signature: str
    entered: datetime


EntryLine = (
    RawLine | ReportLine | ArrivalLine | ReadingLine | JudgementLine | AssessmentLine | SignerLine | SignatureLine
)
decoder = msgspec.json.Decoder(HeadLine | EntryLine)
encoder = msgspec.json.Encoder()


def is_lines(where: str) -> bool:
    """Whether the name of a ledger says that it is a file of such lines."""
    return where.lower().endswith(SUFFIXES) and "://" not in where


def write_lines(entries: Iterable[Entry], out: IO[bytes], written: Counter[str]) -> None:
    """Write a ledger's entries to an open file, and count those of each table. Raises OSError."""
    out.write(encoder.encode(HeadLine(form=FORM)) + b"\n")
    for entry in entries:
        out.write(encoder.encode(line_of_entry(entry)) + b"\n")
        written[entry.table] += 1


def line_of_entry(entry: Entry) -> EntryLine:
    """The line of an entry."""
    row = entry.row
    if entry.table == raws.name:
        return RawLine(**row)
    if entry.table == arrivals.name:
        return ArrivalLine(**row)
    if entry.table == reports.name:
        return ReportLine(entered=row["entered"], body=msgspec.Raw(row["body"].encode()))
    if entry.table == judgements.name:
        return JudgementLine(judgement=rows.judgement_of_row(row))
    if entry.table == assessments.name:
        return AssessmentLine(assessment=rows.assessment_of_row(row))
    if entry.table == signers.name:
        return SignerLine(**row)
    if entry.table == signatures.name:
        return SignatureLine(**row)
    given = {name: row[name] for name in ("id", "report", "extractor", "entered")}
    return ReadingLine(**given, body=msgspec.Raw(rows.unpack_bytes(row["body"])))


def read_lines(name: str) -> Iterator[Entry | Problem]:
    """The entries of a file of lines, packed by gzip or not, and what is wrong with its other lines: each is named by
    its number. Raises `LedgerError` where it is no such file."""
    begun, number = False, 0
    try:
        for number, line in enumerate(split_lines(open_chunks(name), LONGEST_LINE), start=1):
            made = b"" if line is not None and not line.strip() else read_line(line, f"{name}:{number}")
            if not begun and not isinstance(made, HeadLine):
                raise LedgerError(f"{name}: it is no copy of a ledger; `sayso add` reads reports")
            begun = True
            if isinstance(made, Entry | Problem):
                yield made
    except UnreadableError as error:
        if not begun:
            raise LedgerError(f"{name}: {error}") from error
        yield Problem(step="copy", input=f"{name}:{number}", message=f"{error}; what stood before is taken in")
    if not begun:
        raise LedgerError(f"{name}: it is empty, no copy of a ledger")


def is_copy(name: str) -> bool:
    """Whether a file begins as one of such lines does."""
    try:
        next(read_lines(name), None)
    except LedgerError:
        return False
    return True


def open_chunks(name: str) -> Iterator[bytes]:
    """The bytes of a file, unpacked. Raises `UnreadableError`."""
    chunks = open_file(name)
    first = next(chunks, b"")

    def joined() -> Iterator[bytes]:
        yield first
        yield from chunks

    return unpack_chunks(joined()) if first.startswith(GZIP) else joined()


def read_line(line: bytes | None, place: str) -> Entry | HeadLine | Problem:
    """What a line holds."""
    if line is None:
        return refuse_line(place, f"the line is longer than {LONGEST_LINE / 1e6:g} MB")
    try:
        made = decoder.decode(line)
        if isinstance(made, HeadLine):
            return made if made.form <= FORM else refuse_line(place, f"a newer sayso wrote it (form {made.form})")
        return Entry(made.table, row_of_line(made), place)
    except RefusedReportError as error:
        return refuse_line(place, str(error))
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        return refuse_line(place, f"it is no entry of a ledger ({' '.join(str(error).split())[:200]})")


def refuse_line(place: str, why: str) -> Problem:
    """The problem of a line that is left out."""
    return Problem(step="copy", input=place, message=f"{why}: it is left out")


def row_of_line(line: EntryLine) -> dict[str, Any]:
    """The row of a line. Raises `ValueError`, `RefusedReportError` or `msgspec.MsgspecError` where it has none."""
    if isinstance(line, ReportLine):
        body = bytes(line.body).decode()
        report = msgspec.json.decode(body, type=Report)
        return rows.row_of_report(report, to_utc(line.entered)) | {"body": body, "digest": report.digest}
    if isinstance(line, JudgementLine):
        return rows.row_of_judgement(settle_moments(line.judgement))
    if isinstance(line, AssessmentLine):
        return rows.row_of_assessment(settle_moments(line.assessment))
    row = {name: getattr(line, name) for name in line.__struct_fields__} | {"entered": to_utc(line.entered)}
    if isinstance(line, ReadingLine):
        row["body"] = rows.pack_bytes(bytes(line.body))
    return row


Signed = TypeVar("Signed", Judgement, Assessment)


def settle_moments(signed: Signed) -> Signed:
    """A judgement or an assessment with its moments in UTC. Raises `ValueError` where it lacks one."""
    if signed.entered is None:
        raise ValueError("it does not say when it was entered")
    return replace(signed, at=to_utc(signed.at), entered=to_utc(signed.entered))
