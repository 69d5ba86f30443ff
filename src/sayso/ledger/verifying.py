"""Checking a ledger: every hash, id and span is worked out anew from what is kept.

What is wrong is a `Problem`, named by table and row, and the check goes on. Changes that the triggers could not stop
(an editor on the file, a bad disk) are found by the ids, which are made from the content, and by the chain, which holds
every row in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

import msgspec
from sqlalchemy import Connection, Engine, Table, select, text
from sqlalchemy.exc import SQLAlchemyError

from sayso.errors import Error
from sayso.ids import identify_source
from sayso.ledger import faults, rows
from sayso.ledger.chains import Head
from sayso.ledger.errors import explain_error
from sayso.ledger.expectations import find_differences
from sayso.ledger.indexes import check_words
from sayso.ledger.proofs import check_chain
from sayso.ledger.signatures import identify_signature, identify_signer, list_standings
from sayso.ledger.tables import (
    KEYS,
    arrivals,
    assessments,
    claims,
    earlier,
    judgements,
    raws,
    readings,
    reports,
    signatures,
    signers,
)
from sayso.record import Judgement, Problem

STEP = "verify"


def verify_ledger(engine: Engine, where: str, noted: Head | None = None) -> Iterator[Problem]:
    """All that is wrong with a ledger, in the order of `CHECKS`; with a head that was noted down, whether the ledger
    came by it."""

    def check_links(connection: Connection) -> Iterator[Finding]:
        yield from check_chain(connection, noted)

    for check in (*CHECKS, check_links):
        try:
            with engine.connect() as connection:
                for input, message in check(connection.execution_options(yield_per=50)):
                    yield Problem(step=STEP, input=input, message=message)
        except Error as error:
            yield Problem(step=STEP, input=where, message=str(error))
        except (SQLAlchemyError, ValueError, TypeError, AttributeError, OverflowError) as error:
            message = f"{check.__name__.replace('_', ' ')}: cannot be finished: {explain_error(error)}"
            yield Problem(step=STEP, input=where, message=message)


Finding = tuple[str, str]
"""What is wrong where: the row, as table and id, and the message."""
Check = Callable[[Connection], Iterator[Finding]]


def check_database(connection: Connection) -> Iterator[Finding]:
    """SQLite's own checks of its pages and of references; PostgreSQL keeps its references by itself."""
    if connection.dialect.name != "sqlite":
        return
    for (message,) in connection.execute(text("PRAGMA integrity_check")):
        if message != "ok":
            yield "database", " ".join(message.split())
    for table, row, target, _ in connection.execute(text("PRAGMA foreign_key_check")):
        yield f"{table} row {row}", f"it refers to a row of {target} that is not there"


def check_rows(table: Table, find_faults: Callable[[rows.Row], Iterable[str]]) -> Check:
    """The check of each row of a table for itself."""
    noun, key = table.name.removesuffix("s"), KEYS[table.name].name

    def check(connection: Connection) -> Iterator[Finding]:
        for row in connection.execute(select(table)).mappings():
            for message in find_faults(row):
                yield f"{noun} {row[key]}", message

    check.__name__ = f"check_{table.name}"
    return check


def check_readings(connection: Connection) -> Iterator[Finding]:
    """Of each reading what `faults` says, and that its rows of claims say what it says."""
    asked = select(readings, reports.c.body.label("kept")).join(reports, reports.c.digest == readings.c.report)
    for row in connection.execute(asked.order_by(readings.c.number)).mappings():
        name = f"reading {row['id']} of report {row['report']}"
        reading = faults.open_reading(row, row["kept"])
        if isinstance(reading, str):
            yield name, reading
            continue
        for message in faults.find_reading_faults(row, reading):
            yield name, message
        expected = [rows.row_of_claim(c, n, row["id"], row["report"]) for n, c in enumerate(reading.claims)]
        asked_claims = select(claims).where(claims.c.reading == row["id"]).order_by(claims.c.position)
        kept = connection.execute(asked_claims).mappings().all()
        if len(kept) != len(expected):
            yield name, f"it has {len(expected)} claims but {len(kept)} rows of claims"
        for one, other in zip(kept, expected, strict=False):
            if wrong := faults.differing_columns(one, other):
                yield name, f"claim {other['id']}: its row says otherwise than the reading: {', '.join(wrong)}"


def check_targets(connection: Connection) -> Iterator[Finding]:
    """What is judged, and what an assessment belongs to, is there."""
    for row in connection.execute(select(judgements)).mappings():
        with suppress(msgspec.MsgspecError):  # Which is a fault of the row for itself.
            for message in find_missing(connection, rows.judgement_of_row(row)):
                yield f"judgement {row['id']}", message
    parents = assessments.alias()
    orphans = select(assessments.c.id, assessments.c.about).where(
        assessments.c.about != "", ~select(parents.c.id).where(parents.c.id == assessments.c.about).exists()
    )
    for id, about in connection.execute(orphans.order_by(assessments.c.id)):
        yield f"assessment {id}", f"it belongs to an assessment that is not there: {about}"


def find_missing(connection: Connection, judgement: Judgement) -> Iterator[str]:
    """What a judgement is about and is not there."""
    if judgement.about == "source":
        if identify_source(judgement.other) != judgement.target:
            yield "it judges a source of another name"
        return
    seconds = [("claim" if judgement.about == "claim" else "report", judgement.other)] if judgement.other else []
    for about, key in ((judgement.about, judgement.target), *seconds):
        column = TARGETS.get(about)
        if column is None or connection.execute(select(column).where(column == key).limit(1)).first() is None:
            yield f"it judges a {about} that is not there: {key}"


def check_earlier(connection: Connection) -> Iterator[Finding]:
    """What another ledger had got earlier is there."""
    keys = [KEYS[table.name] for table in (reports, readings, judgements, assessments)]
    asked = select(earlier.c.key)
    for key in keys:
        asked = asked.where(~select(key).where(key == earlier.c.key).exists())
    for key in connection.execute(asked.order_by(earlier.c.key)).scalars():
        yield f"earlier {key}", "what was entered earlier is not there"


def check_signatures(connection: Connection) -> Iterator[Finding]:
    """Every key and signature has the id of its content and signs something that is there; none is forged."""
    for row in connection.execute(select(signers)):
        if row.id != identify_signer(row.name, row.public):
            yield f"signer {row.id}", faults.OTHER_ID
    known = {
        *connection.execute(select(judgements.c.id)).scalars(),
        *connection.execute(select(assessments.c.id)).scalars(),
    }
    for row in connection.execute(select(signatures)):
        if row.id != identify_signature(row.target, row.signer, row.signature):
            yield f"signature {row.id}", faults.OTHER_ID
        if row.target not in known:
            yield f"signature {row.id}", f"it signs what is not there: {row.target}"
    for standing in list_standings(connection):
        if standing.state == "forged":
            yield f"{standing.table.removesuffix('s')} {standing.id}", f"its signature for {standing.by} is forged"


TARGETS = {"report": reports.c.digest, "claim": claims.c.seat, "judgement": judgements.c.id}
"""Where that which a judgement is about has its key."""


CHECKS: tuple[Check, ...] = (
    find_differences,
    check_database,
    check_rows(raws, faults.find_raw_faults),
    check_rows(reports, faults.find_report_faults),
    check_rows(arrivals, faults.find_arrival_faults),
    check_readings,
    check_rows(judgements, faults.find_judgement_faults),
    check_rows(assessments, faults.find_assessment_faults),
    check_targets,
    check_earlier,
    check_signatures,
    check_words,
)
