"""What is meant by an id, or by the beginning of one."""

from __future__ import annotations

import re

from sqlalchemy import Column, Connection, Select, select

from sayso.ids import identify_source
from sayso.ledger.errors import LedgerError
from sayso.ledger.tables import arrivals, claims, clean_words, judgements, reports

SHORTENED = re.compile(r"[0-9a-f]{6,15}")
"""The beginning of an id, long enough to name it."""


def find_target(connection: Connection, ledger: str, kind: str, target: str) -> tuple[str, str]:
    """What a judgement is about: ("report", digest), ("claim", seat), ("judgement", id) or ("source", id).
    `ledger` is what messages call it. Raises `LedgerError`."""
    target = clean_words(target)
    if kind == "undo":
        made = find_keys(connection, ledger, select(judgements.c.id), judgements.c.id, target)
        if not made:
            raise LedgerError(f"{ledger}: it holds no judgement {target}: `sayso judgements` lists their ids")
        return "judgement", made[0]
    if kind == "grade" and not find_seats(connection, ledger, target):
        return "source", identify_source(target)
    found = find_subject(connection, ledger, target)
    if found is None:
        raise LedgerError(f"{ledger}: it holds no report or claim {target}: `sayso points` lists their ids")
    return found


def find_subject(connection: Connection, ledger: str, target: str) -> tuple[str, str] | None:
    """The claim, by its seat, or the report, by its digest, that an id names; None where it names neither."""
    if seats := find_seats(connection, ledger, target):
        return "claim", seats[0]
    # Each by its own index: asked for at once, all reports would be gone through.
    for named in (
        select(reports.c.digest).where(reports.c.digest == target),
        select(arrivals.c.report).where(arrivals.c.given == target),
    ):
        if found := find_keys(connection, ledger, named, None, target, "give the digest of one"):
            return "report", found[0]
    return None


def find_seats(connection: Connection, ledger: str, target: str) -> list[str]:
    """The seat of the claim that a seat or an id names, or none."""
    seats = find_keys(connection, ledger, select(claims.c.seat).where(claims.c.seat == target), None, target)
    return seats or find_keys(connection, ledger, select(claims.c.seat), claims.c.id, target)


def find_keys(
    connection: Connection,
    ledger: str,
    asked: Select[tuple[str]],
    column: Column[str] | None,
    target: str,
    advice: str = "write more of it",
) -> list[str]:
    """The one key that is asked for, or none; where a `column` is given, that of the row in which it is `target`,
    or begins with it. Raises `LedgerError` where there are several."""
    if column is not None:
        begins = column.startswith(target, autoescape=True) if SHORTENED.fullmatch(target) else column == target
        asked = asked.where(begins)
    found = list(connection.execute(asked.distinct().limit(20)).scalars())
    if len(found) > 1:
        several = ", ".join(sorted(found))
        raise LedgerError(f"{ledger}: {target} names several: {advice}: {several}")
    return found
