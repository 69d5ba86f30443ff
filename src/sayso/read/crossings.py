"""Reading a source in a child: what is asked of it, and what comes back, one report at a time.

A file in an archive at which the child breaks off is a problem, and the files after it are read by another child.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from io import BytesIO
from typing import IO

import msgspec

from sayso.read.children import CHILDREN, BrokenOffError
from sayso.read.cleanings import replace_unstorable
from sayso.read.limits import Limits
from sayso.read.openings import Source
from sayso.read.passings import Begun, Item, Passed, Place, Thing
from sayso.record import Problem, Raw, Remark, Report

READ, READ_ROW = "sayso.read.errands:read_asked", "sayso.read.errands:read_row_asked"
"""The tasks of a child that reads a source, and a line of JSON Lines."""
MOST_BROKEN = 3
"""Files of one archive at which a child may break off before the rest of the archive is left."""


class Asked(msgspec.Struct, frozen=True, array_like=True):
    """What a child is asked: a source without its bytes, how it is read, and the place after which to go on in it."""

    name: str
    url: str
    media_type: str
    charset: str
    retrieved: datetime | None
    listed: bool
    sha256: str
    limits: Limits
    columns: Mapping[str, str]
    after: Place


class Told(msgspec.Struct, array_like=True, omit_defaults=True):
    """One thing that it tells. `zone` is the offset from UTC in which a report was published, in seconds, which its
    moment loses on the way. A raw without content has that of the whole source."""

    raw: Raw | None = None
    report: Report | None = None
    problem: Problem | None = None
    remark: Remark | None = None
    passed: Passed | None = None
    begun: Begun | None = None
    zone: float = 0.0


def read_apart(
    source: Source, content: IO[bytes], size: int, limits: Limits, columns: Mapping[str, str]
) -> Iterator[Item | Passed]:
    """What a child finds in a source whose bytes are in a file, `size` of them as they came; problems where it breaks
    off."""
    sha256, name = digest(content), replace_unstorable(source.name)
    asked = Asked(
        name=name,
        url=source.url,
        media_type=source.media_type,
        charset=source.charset,
        retrieved=source.retrieved,
        listed=source.listed,
        sha256=sha256,
        limits=limits,
        columns=columns,
        after=(),
    )
    last = Begun((), name)
    for broken in range(1, MOST_BROKEN + 1):
        try:
            given = msgspec.msgpack.encode(msgspec.structs.replace(asked, after=last.place))
            for told in receive(CHILDREN.ask(READ, given, content, size), sha256, content):
                if isinstance(told, Begun):
                    last = told
                else:
                    yield told
            return
        except BrokenOffError as error:
            yield refuse(last.name, str(error))
        if not last.place:
            return
        if broken == MOST_BROKEN:
            yield refuse(name, f"{MOST_BROKEN} files in it could not be read; the rest of it is left: unpack it")


def parse_row_apart(line: bytes, place: str, retrieved: datetime | None) -> Iterator[tuple[Raw, Report] | Problem]:
    """What a child finds in a line of JSON Lines, as `rows.parse_row` does."""
    content, raw = BytesIO(line), None
    given = msgspec.msgpack.encode((replace_unstorable(place), digest(content), retrieved))
    try:
        for item in receive(CHILDREN.ask(READ_ROW, given, content, len(line)), digest(content), content):
            if isinstance(item, Raw):
                raw = item
            elif isinstance(item, Problem):
                yield item
            elif isinstance(item, Report) and raw:
                yield raw, item
    except BrokenOffError as error:
        yield refuse(place, str(error))


def receive(found: Iterator[bytes], sha256: str, content: IO[bytes]) -> Iterator[Thing]:
    """What a child tells, checked to be of its kinds. Raises `BrokenOffError`."""
    decoder = msgspec.msgpack.Decoder(Told)
    for words in found:
        try:
            told = decoder.decode(words)
            item = unwrap(told)
        except (msgspec.MsgspecError, ValueError, OverflowError) as error:
            raise BrokenOffError("its parser answered what is no report; it is skipped: save it as text") from error
        if isinstance(item, Raw) and not item.content:
            content.seek(0)
            item = replace(item, content=content.read(), sha256=sha256)
        yield item


def unwrap(told: Told) -> Thing:
    """The one thing that was told. Raises `ValueError` for none."""
    item = (
        (told.report and set_zone(told.report, told.zone))
        or told.raw
        or told.problem
        or told.remark
        or told.passed
        or told.begun
    )
    if item is None:
        raise ValueError("nothing is told")
    return item


def find_zone(report: Report | None) -> float:
    """The offset from UTC in which a report was published, in seconds."""
    offset = report.published.utcoffset() if report and report.published else None
    return offset.total_seconds() if offset else 0.0


def set_zone(report: Report, zone: float) -> Report:
    """A report with its moment in the zone of an offset. Raises `ValueError` or `OverflowError` for none."""
    if not report.published or not zone:
        return report
    return replace(report, published=report.published.astimezone(timezone(timedelta(seconds=zone))))


def digest(content: IO[bytes]) -> str:
    """The SHA-256 of the bytes in a file."""
    content.seek(0)
    return hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]


def refuse(name: str, message: str) -> Problem:
    """The problem of an input that cannot be read."""
    return Problem(step="read_apart", input=name, message=message)
