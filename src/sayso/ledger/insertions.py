"""Adding reports and readings, in a transaction that the caller has opened."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import func, select

from sayso.ledger import rows
from sayso.ledger.searches import index_report
from sayso.ledger.tables import arrivals, claims, entered_of, judgements, raws, readings, reports
from sayso.ledger.transactions import Transaction, add_tick
from sayso.record import Reading, Report


def insert_report(writing: Transaction, report: Report) -> tuple[Report, bool]:
    """Add a report and that it came under its id and in its bytes: the report as the ledger has it, and whether it is
    new. Raises `RefusedReportError`."""
    row = rows.row_of_report(report, writing.now)
    new = writing.add(reports, row)
    kept_raw = writing.execute(select(raws.c.sha256).where(raws.c.sha256 == report.raw)).scalar()
    writing.add(arrivals, rows.row_of_arrival(report, row["digest"], kept_raw, writing.now))
    body = writing.execute(select(reports.c.body).where(reports.c.digest == row["digest"])).scalar_one()
    return msgspec.json.decode(body, type=Report), new


def insert_reading(writing: Transaction, row: dict[str, Any], reading: Reading) -> bool:
    """Add the row of a reading, with its claims and the words of its report if that has not been read before; True if
    the reading was not there yet. `reading` is what the row holds, its report as the ledger has it."""
    if not writing.add(readings, row):
        return False
    digest = row["report"]
    numbers = select(readings.c.number, readings.c.id).where(readings.c.report == digest)
    first = writing.execute(numbers.order_by(readings.c.number).limit(1)).one()
    if first.id == row["id"]:
        index_report(writing.connection, first.number, reading.report)
    found = [rows.row_of_claim(claim, n, row["id"], digest) for n, claim in enumerate(reading.claims)]
    if found:
        writing.execute(claims.insert(), found)
    return True


def choose_entry(writing: Transaction, digest: str) -> datetime:
    """When a reading that is made now is entered: after all others of its report, also those that another ledger had
    got by a clock that is ahead, so that it is the newest."""
    latest = writing.execute(select(func.max(entered_of(readings))).where(readings.c.report == digest)).scalar()
    return writing.now if latest is None or latest < writing.now else add_tick(latest)


def choose_moment(writing: Transaction, target: str) -> datetime:
    """When what is judged now was judged: after all that was judged of the same thing, even where a clock went back or
    another's is ahead, so that it is what counts."""
    latest = writing.execute(select(func.max(judgements.c.judged)).where(judgements.c.target == target)).scalar()
    return writing.now if latest is None or latest < writing.now else add_tick(latest)
