"""The custody log and the record of conversions: what was done to the reports of a package, when and by whom."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Any

from sayso.forms import to_json
from sayso.record import Assessment, Report
from sayso.share.captures.records import CAPTURE, COLLECTION

if TYPE_CHECKING:
    from sayso.ledger.custodies import Custody

ORDER = ("kept", "came", "collected", "captured", "read", "judged", "packed")
"""Events of one moment in the order in which they happen."""

Row = dict[str, Any]


def list_events(custody: Custody, assessed: Iterable[Assessment], packed: Row) -> list[Row]:
    """Every event in the order of its time, the packing last: `time` is when the ledger got to know of it, `event` one
    of `ORDER`, `by` who did it, "" where the ledger does not say."""
    rows = [*list_arrived(custody), *list_understood(custody), *list_said(assessed)]
    rows.sort(key=lambda row: (row["time"], ORDER.index(row["event"]), row["id"]))
    return [*rows, packed]


def list_arrived(custody: Custody) -> Iterator[Row]:
    """Bytes that were kept, and reports that came in them."""
    for raw in custody.raws:
        about = {"bytes": raw.size, "media_type": raw.media_type, "name": hide_folders(raw.name)}
        yield make_row(raw.entered, "kept", "", raw.sha256, **about)
    for came in custody.arrivals:
        about = {"report": came.report, "given": came.given, "raw": came.raw or None, "retrieved": came.retrieved}
        yield make_row(came.entered, "came", "", came.id, **to_json(about))


def list_understood(custody: Custody) -> Iterator[Row]:
    """Readings that a version of the extractor made, and what analysts judged."""
    for reading in custody.readings:
        yield make_row(reading.entered, "read", reading.extractor, reading.id, report=reading.report)
    for one in custody.judgements:
        yield make_row(one.entered or one.at, "judged", one.by, one.id, judgement=to_json(one))


def list_said(assessed: Iterable[Assessment]) -> Iterator[Row]:
    """Who collected, and which pictures were taken."""
    for one in assessed:
        event = {COLLECTION: "collected", CAPTURE: "captured"}[one.kind]
        yield make_row(one.entered or one.at, event, one.by, one.id, assessment=to_json(one))


def make_row(time: datetime, event: str, by: str, id: str, **about: Any) -> Row:
    """An event: when, in UTC to the microsecond, what, by whom, and what it is about."""
    moment = f"{time.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
    return {"time": moment, "event": event, "by": by, "id": id, **about}


def hide_folders(name: str) -> str:
    """The name of an input as it leaves the house: a web address as it is, of a path the file's name alone, since
    folders can name people."""
    if name.startswith(("http://", "https://")):
        return name
    return PurePosixPath(PureWindowsPath(name).name).name or "-"


def list_conversions(custody: Custody, reports: Mapping[str, Report]) -> list[Row]:
    """From which bytes which text was made, by the reader of which media type, and from that text which reading by
    which version of the extractor; `raw` is null where the text was given as such."""
    kinds = {raw.sha256: raw.media_type for raw in custody.raws}
    came = {arrival.report: arrival.raw for arrival in reversed(custody.arrivals)}
    return [
        {
            "raw": came.get(reading.report) or None,
            "reader": kinds.get(came.get(reading.report, ""), ""),
            "report": reading.report,
            "text": hash_words(reports[reading.report].text),
            "extractor": reading.extractor,
            "reading": reading.id,
        }
        for reading in custody.readings
    ]


def hash_words(words: str) -> str:
    """The SHA-256 of words in UTF-8, in hexadecimal."""
    return hashlib.sha256(words.encode("utf8")).hexdigest()
