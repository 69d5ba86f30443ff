"""What a child is sent for (see `crossings`): these run in it, and tell what they find one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import datetime
from typing import IO

import msgspec

from sayso.read.cleanings import replace_unstorable
from sayso.read.crossings import Asked, Told, find_zone
from sayso.read.openings import CHUNK_BYTES, Source
from sayso.read.passings import Begun, Passed, Thing
from sayso.read.readers import Options, read_bytes
from sayso.read.rows import parse_row
from sayso.record import Problem, Raw, Remark, Report


def read_asked(given: bytes, content: IO[bytes]) -> Iterator[bytes]:
    """What a child is asked to read of a source."""
    asked = msgspec.msgpack.decode(given, type=Asked)
    source = Source(
        name=asked.name,
        chunks=iter(lambda: content.read(CHUNK_BYTES), b""),
        url=asked.url,
        media_type=asked.media_type,
        charset=asked.charset,
        retrieved=asked.retrieved,
        listed=asked.listed,
    )
    for item in read_bytes(source, Options(asked.limits, asked.columns, apart=False, after=asked.after)):
        yield tell(item, asked.sha256)


def read_row_asked(given: bytes, content: IO[bytes]) -> Iterator[bytes]:
    """What a child is asked to read of a line of JSON Lines."""
    place, sha256, retrieved = msgspec.msgpack.decode(given, type=tuple[str, str, datetime | None])
    told = ""
    for made in parse_row(content.read(), place, retrieved):
        raw, report = (None, made) if isinstance(made, Problem) else made
        if raw and not told:
            told = raw.sha256
            yield tell(raw, sha256)
        yield tell(report, sha256)


def tell(item: Thing, sha256: str) -> bytes:
    """One thing as bytes: without the content of the whole source, which the parent has."""
    match item:
        case Report():
            told = Told(report=item, zone=find_zone(item))
        case Raw():
            told = Told(raw=replace(item, content=b"") if item.sha256 == sha256 else item)
        case Problem():
            told = Told(problem=item)
        case Remark():
            told = Told(remark=item)
        case Passed():
            told = Told(passed=item)
        case Begun():
            told = Told(begun=item)
    try:
        return msgspec.msgpack.encode(told)
    except UnicodeEncodeError:
        return tell(clean(item), sha256)


def clean(item: Thing) -> Thing:
    """A thing without what UTF-8 cannot carry, which a message may quote."""
    words = {field.name: getattr(item, field.name) for field in fields(item)}
    plain = {name: replace_unstorable(w) for name, w in words.items() if isinstance(w, str)}
    return replace(item, **plain)  # type: ignore[arg-type]  # Each has a field of the name.
