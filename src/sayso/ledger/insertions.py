"""Adding rows to the tables, in a transaction that the caller has opened."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite

from sayso.ledger import rows
from sayso.ledger.searches import index_report
from sayso.ledger.tables import arrivals, claims, entered_of, raws, readings, reports
from sayso.record import Reading, Report

TICK = timedelta(microseconds=1)
"""The least that two moments of a ledger are apart."""


def insert_new(connection: Connection, table: Table, row: dict[str, Any]) -> bool:
    """Add a row unless it is there already; True if it was not."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    # Without the option, the count of an INSERT is lost on some drivers.
    statement = insert(table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    return connection.execute(statement, row).rowcount == 1


def insert_all(connection: Connection, table: Table, some: list[dict[str, Any]]) -> None:
    """Add those of some rows that are not there already, in one go."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    connection.execute(insert(table).on_conflict_do_nothing(), some)


def insert_report(connection: Connection, report: Report, entered: datetime) -> tuple[Report, bool]:
    """Add a report and that it came under its id and in its bytes: the report as the ledger has it, and whether it is
    new. Raises `RefusedReportError`."""
    row = rows.row_of_report(report, entered)
    new = insert_new(connection, reports, row)
    kept_raw = connection.execute(select(raws.c.sha256).where(raws.c.sha256 == report.raw)).scalar()
    insert_new(connection, arrivals, rows.row_of_arrival(report, row["digest"], kept_raw, entered))
    body = connection.execute(select(reports.c.body).where(reports.c.digest == row["digest"])).scalar_one()
    return msgspec.json.decode(body, type=Report), new


def insert_reading(connection: Connection, row: dict[str, Any], reading: Reading) -> bool:
    """Add the row of a reading, with its claims and the words of its report if that has not been read before; True if
    the reading was not there yet. `reading` is what the row holds, its report as the ledger has it."""
    if not insert_new(connection, readings, row):
        return False
    digest = row["report"]
    numbers = select(readings.c.number, readings.c.id).where(readings.c.report == digest)
    first = connection.execute(numbers.order_by(readings.c.number).limit(1)).one()
    if first.id == row["id"]:
        index_report(connection, first.number, reading.report)
    found = [rows.row_of_claim(claim, n, row["id"], digest) for n, claim in enumerate(reading.claims)]
    if found:
        connection.execute(claims.insert(), found)
    return True


def choose_entry(connection: Connection, digest: str, now: datetime) -> datetime:
    """When a reading that is made now is entered: after all others of its report, even where the clock went back, so
    that it is the newest."""
    latest = connection.execute(select(func.max(entered_of(readings))).where(readings.c.report == digest)).scalar()
    return now if latest is None or latest < now else latest + TICK
