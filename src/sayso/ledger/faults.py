"""What is wrong with one row of a ledger: its hash or id and its spans are worked out anew from what it holds.

Rows are mappings by column. Nothing here raises on a row, however it was changed.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec

from sayso.ids import digest_report, identify_claim
from sayso.ledger import rows
from sayso.ledger.errors import RefusedReportError
from sayso.ledger.rows import Row
from sayso.record import Reading, Report, Span

OTHER_ID = "its content has another id: it was changed"


def find_raw_faults(row: Row) -> Iterator[str]:
    """The bytes have the hash they are kept under."""
    try:
        content = rows.unpack_bytes(row["content"], row["size"])
    except (zlib.error, TypeError, ValueError, OverflowError) as error:
        yield f"its bytes cannot be unpacked: {error}"
        return
    if hashlib.sha256(content).hexdigest() != row["sha256"]:
        yield "its bytes have another hash: they were changed"


def find_report_faults(row: Row) -> Iterator[str]:
    """A report's digest is that of its content, and its row says what its body says."""
    try:
        report = msgspec.json.decode(row["body"], type=Report)
        expected = rows.row_of_report(report, row["entered"])
    except (msgspec.MsgspecError, ValueError, TypeError, RecursionError, RefusedReportError) as error:
        yield f"its body is no report: {error}"
        return
    if not row["digest"] == report.digest == digest_report(report):
        yield "its content has another digest: it was changed"
    # Since reports gained a field, one is written otherwise; that the body is to the letter what came, its link says.
    del expected["body"]
    if wrong := differing_columns(row, expected):
        yield f"its row says otherwise than its body: {', '.join(wrong)}"
    yield from find_moment_faults(report)


def find_arrival_faults(row: Row) -> Iterator[str]:
    """The id of an arrival is made from the report, the id that this came under, and its bytes."""
    if rows.identify_arrival(row["report"], row["given"], row["raw"]) != row["id"]:
        yield OTHER_ID


def open_reading(row: Row, report: str) -> Reading | str:
    """The reading of a row, its report being the JSON given; or why it is none."""
    try:
        return rows.load_reading(report, rows.unpack_bytes(row["body"]).decode("utf8"))
    except (zlib.error, msgspec.MsgspecError, ValueError, TypeError, RecursionError) as error:
        return f"its body is no reading: {error}"


def find_reading_faults(row: Row, reading: Reading) -> Iterator[str]:
    """A reading's id is that of its content; so are its claims'; spans lie in the text and hold the words kept."""
    found = rows.unpack_bytes(row["body"]).decode("utf8")
    if rows.identify_reading(row["report"], row["extractor"], found) != row["id"]:
        yield OTHER_ID
    yield from find_span_faults(reading)
    yield from find_claim_faults(reading)
    yield from find_moment_faults(reading)


def find_judgement_faults(row: Row) -> Iterator[str]:
    """A judgement's id is that of its content."""
    try:
        judgement = rows.judgement_of_row(row)
    except (msgspec.MsgspecError, ValueError, TypeError) as error:
        yield f"its detail is none: {error}"
        return
    if rows.identify_judgement(judgement) != row["id"]:
        yield OTHER_ID


def find_assessment_faults(row: Row) -> Iterator[str]:
    """An assessment's id is that of its content, and its body is JSON."""
    if rows.identify_assessment(rows.assessment_of_row(row)) != row["id"]:
        yield OTHER_ID
    try:
        msgspec.json.decode(row["body"])
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        yield f"its body is no JSON: {error}"


def find_claim_faults(reading: Reading) -> Iterator[str]:
    """A claim's id and seat are those of its content; it names its report and an attribution that is there."""
    for claim in reading.claims:
        again = identify_claim(claim)
        if again.seat != claim.seat or again.id != claim.id:
            yield f"claim {claim.id}: its content has the id {again.id} and the seat {again.seat}"
        if claim.report not in (reading.report.id, reading.report.digest):
            yield f"claim {claim.id}: it names another report, {claim.report}"
        if claim.attribution is not None and not 0 <= claim.attribution < len(reading.attributions):
            yield f"claim {claim.id}: it has attribution {claim.attribution} of {len(reading.attributions)}"


def find_span_faults(reading: Reading) -> Iterator[str]:
    """Every span lies inside the report's text, and the words there are the words kept."""
    words = reading.report.text
    for kind, (start, end), kept in list_spans(reading):
        if not 0 <= start <= end <= len(words):
            yield f"{kind} {start}-{end}: it lies outside the text, which has {len(words)} characters"
        elif kept is not None and words[start:end] != kept:
            yield f"{kind} {start}-{end}: the text there is {words[start:end][:80]!r}, not {kept[:80]!r}"


def find_moment_faults(value: Any) -> Iterator[str]:
    """Every moment can be told in UTC, which some within a day of the calendar's ends cannot."""
    if isinstance(value, datetime):
        try:
            value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC)
        except OverflowError:
            yield f"moment {value.isoformat()}: it cannot be told in UTC"
    elif is_dataclass(value):
        for inside in fields(value):
            yield from find_moment_faults(getattr(value, inside.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from find_moment_faults(one)


def list_spans(reading: Reading) -> Iterator[tuple[str, Span, str | None]]:
    """All spans of a reading: what has it, the span, and the words kept with it, if any are."""
    for attribution in reading.attributions:
        for kind in ("source", "cue", "content"):
            yield from ((f"attribution's {kind}", span, None) for span in getattr(attribution, kind))
    for kind in ("times", "places", "figures", "claims"):
        yield from ((kind[:-1], (value.start, value.end), value.text) for value in getattr(reading, kind))
    for claim in reading.claims:
        yield from (("actor", (actor.start, actor.end), None) for actor in claim.actors)
        yield from (("answer", (answer.start, answer.end), None) for answer in claim.answers)
        if claim.sentence is not None:
            yield "claim's sentence", claim.sentence, None
        for value in (claim.time, claim.place, claim.figure):
            if value is not None:
                yield "claim's " + type(value).__name__.lower(), (value.start, value.end), value.text


def differing_columns(kept: Row, expected: Row) -> list[str]:
    """The names of the columns in which a row differs from what it should be."""
    return [name for name, value in expected.items() if kept[name] != value]
