"""Between the nouns and the rows of the ledger's tables.

A reading is kept as what was found in it, as JSON packed by zlib; its report is kept once, as plain JSON. The two are
put together again by splicing the texts, so that a reading is decoded once.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

import msgspec

from sayso.forms import dump_json
from sayso.ids import digest_report, identify_claim, make_id
from sayso.ledger.errors import RefusedReportError
from sayso.ledger.tables import clean_words, to_utc
from sayso.record import Assessment, Claim, Judgement, Raw, Reading, Report

FOUND = tuple(f.name for f in fields(Reading) if f.name != "report")
"""The fields of a reading that extraction fills."""

Row = Mapping[Any, Any]
"""A row by its columns' names."""

LARGEST = 1 << 30
"""Bytes that a packed column may unpack to: a ledger from a stranger must not fill the memory."""


def pack_bytes(content: bytes) -> bytes:
    """The bytes, packed (zlib, RFC 1950)."""
    return zlib.compress(content)


def unpack_bytes(packed: bytes, size: int = LARGEST) -> bytes:
    """The bytes again, `size` of them at most; raises `zlib.error` where they are damaged or more."""
    unpacking = zlib.decompressobj()
    content = unpacking.decompress(packed, size + 1)
    if len(content) > size or not unpacking.eof:
        raise zlib.error("more bytes than were kept" if len(content) > size else "the packed bytes are cut short")
    return content


def row_of_raw(raw: Raw, entered: datetime) -> dict[str, Any]:
    """The row of `raws`."""
    return {
        "sha256": raw.sha256,
        "content": pack_bytes(raw.content),
        "size": len(raw.content),
        "media_type": raw.media_type,
        "name": raw.name,
        "entered": entered,
    }


def row_of_report(report: Report, entered: datetime) -> dict[str, Any]:
    """The row of `reports`; the report's digest is made anew. Raises `RefusedReportError` where JSON cannot hold it."""
    digest = digest_report(report)
    try:
        body = dump_json(replace(report, digest=digest))
    except UnicodeEncodeError as error:
        raise RefusedReportError(f"report {clean_words(report.id)}: it holds half a character") from error
    return {
        "digest": digest,
        "id": clean_words(report.id),
        "outlet": clean_words(report.outlet),
        "title": clean_words(report.title),
        "url": clean_words(report.url),
        "language": clean_words(report.language),
        "published": to_utc(report.published) if report.published else None,
        "published_exact": report.published_exact,
        "retrieved": to_utc(report.retrieved) if report.retrieved else None,
        "entered": entered,
        "body": body,
    }


def row_of_arrival(report: Report, digest: str, raw: str | None, entered: datetime) -> dict[str, Any]:
    """The row of `arrivals`: the report came under this id in these bytes. The same way twice is one row."""
    return {
        "id": identify_arrival(digest, report.id, raw),
        "report": digest,
        "given": report.id,
        "raw": raw,
        "retrieved": report.retrieved,
        "entered": entered,
    }


def identify_arrival(digest: str, given: str, raw: str | None) -> str:
    """The content id of an arrival: the report, the id it came under, and its bytes."""
    return make_id("arrival", digest, clean_words(given), raw)


def settle_reading(reading: Reading, kept: Report) -> Reading:
    """The reading with the report as the ledger first kept it: a report that comes again under another id keeps its
    first, in its claims too. Claims without an id get theirs."""
    if kept.id == reading.report.id and all(claim.id for claim in reading.claims):
        return replace(reading, report=kept)
    claims = (
        identify_claim(replace(claim, report=kept.id if claim.report == reading.report.id else claim.report))
        for claim in reading.claims
    )
    return replace(reading, report=kept, claims=tuple(claims))


def dump_found(reading: Reading) -> str:
    """What was found in a report, as JSON. Raises `RefusedReportError` where JSON cannot hold it."""
    try:
        return dump_json({name: getattr(reading, name) for name in FOUND})
    except UnicodeEncodeError as error:
        raise RefusedReportError(
            f"report {clean_words(reading.report.id)}: its reading holds half a character"
        ) from error


def load_reading(report: str, found: str) -> Reading:
    """The reading whose report and findings are these JSON texts; raises `msgspec.MsgspecError` where they are not."""
    return msgspec.json.decode(f'{{"report":{report},{found[1:]}', type=Reading)


def row_of_reading(digest: str, extractor: str, found: str, entered: datetime) -> dict[str, Any]:
    """The row of `readings`, without its number."""
    return {
        "id": identify_reading(digest, extractor, found),
        "report": digest,
        "extractor": extractor,
        "entered": entered,
        "body": pack_bytes(found.encode("utf8")),
    }


def identify_reading(digest: str, extractor: str, found: str) -> str:
    """The content id of a reading: the report, what read it, and what it found."""
    return make_id("reading", digest, clean_words(extractor), found)


def row_of_claim(claim: Claim, position: int, reading: str, digest: str) -> dict[str, Any]:
    """The row of `claims`: what is asked of claims in bulk. The whole claim is in its reading's body."""
    time, figure, place = claim.time, claim.figure, claim.place
    return {
        "reading": reading,
        "position": position,
        "id": claim.id,
        "seat": claim.seat,
        "report": digest,
        "start": claim.start,
        "end": claim.end,
        "text": clean_words(claim.text),
        "event": clean_words(claim.event),
        "polarity": clean_words(claim.polarity),
        "earliest": to_utc(time.earliest) if time and time.earliest else None,
        "latest": to_utc(time.latest) if time and time.latest else None,
        "place": place.geonames_id if place else None,
        "low": figure.low if figure else None,
        "high": figure.high if figure else None,
        "unit": clean_words(figure.unit) if figure else "",
    }


def identify_judgement(judgement: Judgement) -> str:
    """The content id of a judgement: all of it but when the ledger got it."""
    j = judgement
    said = (clean_words(j.by), to_utc(j.at), clean_words(j.reason))
    detail = dump_detail(j)  # Judgements made before there were details keep their ids.
    return make_id("judgement", j.kind, j.about, j.target, *said, *([detail] if detail else []))


def dump_detail(judgement: Judgement) -> str:
    """The second claim, or the source, and the value of a judgement as JSON; "" where it has neither."""
    detail = {"other": clean_words(judgement.other), "value": clean_words(judgement.value)}
    return dump_json(detail) if any(detail.values()) else ""


def row_of_judgement(judgement: Judgement) -> dict[str, Any]:
    """The row of `judgements`."""
    return {
        "id": judgement.id,
        "kind": judgement.kind,
        "about": judgement.about,
        "target": judgement.target,
        "by": judgement.by,
        "judged": judgement.at,
        "reason": judgement.reason,
        "entered": judgement.entered,
        "detail": dump_detail(judgement),
    }


def judgement_of_row(row: Row) -> Judgement:
    """The judgement of a row of `judgements`."""
    detail = msgspec.json.decode(row["detail"], type=dict[str, str]) if row["detail"] else {}
    return Judgement(
        id=row["id"],
        kind=row["kind"],
        about=row["about"],
        target=row["target"],
        by=row["by"],
        at=row["judged"],
        reason=row["reason"],
        other=detail.get("other", ""),
        value=detail.get("value", ""),
        entered=row["entered"],
    )


def identify_assessment(assessment: Assessment) -> str:
    """The content id of an assessment: all of it but when the ledger got it."""
    a = assessment
    return make_id("assessment", a.kind, a.about, clean_words(a.by), to_utc(a.at), clean_words(a.body))


def row_of_assessment(assessment: Assessment) -> dict[str, Any]:
    """The row of `assessments`."""
    return {f.name: getattr(assessment, f.name) for f in fields(assessment)}


def assessment_of_row(row: Row) -> Assessment:
    """The assessment of a row of `assessments`."""
    return Assessment(**{f.name: row[f.name] for f in fields(Assessment)})
