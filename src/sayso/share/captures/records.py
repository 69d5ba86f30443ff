"""What the ledger keeps of collecting and capturing, as assessments: the kinds `collection` and `capture`, the second
about the first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import msgspec

from sayso.record import Assessment

COLLECTION, CAPTURE = "collection", "capture"
Record = TypeVar("Record")


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionRecord:
    """That somebody fetched an address: the hash of the bytes that came, and the `tool` with its version."""

    address: str
    raw: str
    tool: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturedFile:
    """One file of a capture, which is a raw: `name` is fullPage (the picture) or mhtml (the page with all in it)."""

    name: str
    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureRecord:
    """That a picture was taken: see `Captured`. `viewport` is the window in CSS pixels."""

    address: str
    final: str
    status: int
    tool: str
    viewport: tuple[int, int]
    size: tuple[int, int]
    complete: bool
    refused: tuple[str, ...]
    files: tuple[CapturedFile, ...]


def load_collection(assessment: Assessment) -> CollectionRecord | None:
    """The record of a collection; None where the assessment is none."""
    return load_record(assessment, COLLECTION, CollectionRecord)


def load_capture(assessment: Assessment) -> CaptureRecord | None:
    """The record of a capture; None where the assessment is none."""
    return load_record(assessment, CAPTURE, CaptureRecord)


def load_record(assessment: Assessment, kind: str, record: type[Record]) -> Record | None:
    """The record of a kind in the body of an assessment, or None."""
    if assessment.kind != kind:
        return None
    try:
        return msgspec.json.decode(assessment.body, type=record)
    except (msgspec.MsgspecError, RecursionError):
        return None
