"""What became of some reports in a ledger, row by row: the bytes that they came in, when and under which id they came,
what read them, and what was judged and said of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from sayso.ledger import rows
from sayso.ledger.tables import arrivals, claims, judgements, raws, readings
from sayso.record import Judgement

MANY = 500
"""Keys asked for in one go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRaw:
    """The row of kept bytes, without the bytes: how many, of which kind, from which path or URL, and since when."""

    sha256: str
    size: int
    media_type: str
    name: str
    entered: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """That a report came: its digest, the id `given` with it, and the hash of the bytes that it came in ("" where they
    are not kept, as those of a line of JSON Lines)."""

    id: str
    report: str
    given: str
    raw: str
    retrieved: datetime | None
    entered: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReading:
    """A reading as it is kept: of which report, by which version of the extractor, and what it found, as JSON."""

    id: str
    report: str
    extractor: str
    entered: datetime
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """All rows about some reports, each kind in the order of entering."""

    raws: tuple[KeptRaw, ...]
    arrivals: tuple[Arrival, ...]
    readings: tuple[KeptReading, ...]
    judgements: tuple[Judgement, ...]


def list_custody(connection: Connection, digests: Collection[str], more_raws: Collection[str] = ()) -> Custody:
    """What became of the reports with these digests; with the rows of some more raws, by their hashes."""
    came = [Arrival(**{**row, "raw": row["raw"] or ""}) for row in find_rows(connection, arrivals.c.report, digests)]
    kept = {arrival.raw for arrival in came if arrival.raw} | set(more_raws)
    seats = set[str]()
    for some in part_keys(digests):
        seats |= set(connection.execute(select(claims.c.seat).where(claims.c.report.in_(some))).scalars())
    return Custody(
        raws=tuple(sorted(list_raws(connection, kept), key=lambda raw: (raw.entered, raw.sha256))),
        arrivals=tuple(sorted(came, key=lambda arrival: (arrival.entered, arrival.id))),
        readings=tuple(list_readings(connection, digests)),
        judgements=tuple(list_judged(connection, {*digests, *seats})),
    )


def list_raws(connection: Connection, hashes: Collection[str]) -> Iterator[KeptRaw]:
    """The rows of raws, without their bytes."""
    columns = [raws.c[name] for name in ("sha256", "size", "media_type", "name", "entered")]
    for some in part_keys(hashes):
        for row in connection.execute(select(*columns).where(raws.c.sha256.in_(some))):
            yield KeptRaw(**row._mapping)


def list_readings(connection: Connection, digests: Collection[str]) -> list[KeptReading]:
    """Every reading of some reports, old ones too, in the order in which they were made."""
    found = sorted(find_rows(connection, readings.c.report, digests), key=lambda row: row["number"])
    return [
        KeptReading(
            id=row["id"],
            report=row["report"],
            extractor=row["extractor"],
            entered=row["entered"],
            found=rows.unpack_bytes(row["body"]).decode("utf8"),
        )
        for row in found
    ]


def list_judged(connection: Connection, targets: set[str]) -> list[Judgement]:
    """The judgements about these reports and seats, whichever of two they name, and those that undo one of them."""
    asked = select(judgements).order_by(judgements.c.judged, judgements.c.entered, judgements.c.id)
    known, found = set(targets), []
    for row in connection.execute(asked).mappings():
        judgement = rows.judgement_of_row(row)
        if judgement.about != "source" and {judgement.target, judgement.other} & known:
            found.append(judgement)
            known.add(judgement.id)
    return found


def find_rows(connection: Connection, column: ColumnElement[str], keys: Collection[str]) -> Iterator[dict[str, Any]]:
    """The rows of a column's table in which it is one of some keys."""
    for some in part_keys(keys):
        for row in connection.execute(select(column.table).where(column.in_(some))):
            yield dict(row._mapping)


def part_keys(keys: Collection[str]) -> Iterator[list[str]]:
    """Keys in parts that a database takes at once."""
    ordered = sorted(keys)
    for first in range(0, len(ordered), MANY):
        yield ordered[first : first + MANY]
