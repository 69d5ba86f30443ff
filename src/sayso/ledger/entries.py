"""What a ledger has got, entry by entry, in an order in which another ledger can take it in.

An entry is a row of a table; its claims are made anew from a reading. The order is that of `KEYS`: what a row refers to
comes before it, and readings come in the order in which they were made. However big a ledger is, a few rows are held.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Table, select

from sayso.ledger.errors import DAMAGED, LedgerError
from sayso.ledger.holdings import Holdings, select_entered
from sayso.ledger.rows import Row
from sayso.ledger.tables import KEYS, assessments, entered_of, judgements, metadata, readings

AT_ONCE = 500
"""Keys that are looked at in one go."""
FEW = 20
"""Rows that are fetched in one go: those of inputs may be large."""

PARTS: dict[str, tuple[ColumnElement[bool], ...]] = {
    judgements.name: (judgements.c.kind != "undo", judgements.c.kind == "undo"),
    assessments.name: (assessments.c.about == "", assessments.c.about != ""),
}
"""Of tables whose rows refer to rows of their own, the parts: those that refer to none go first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a table, by its columns' names, its `entered` being when it was first entered anywhere. `place` names it
    in messages."""

    table: str
    row: Row
    place: str

    @property
    def key(self) -> str:
        """Its content id."""
        return str(self.row[KEYS[self.table].name])

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return sum(len(self.row.get(name) or "") for name in ("content", "body"))


Wanted = Callable[[str, dict[str, datetime]], Collection[str]]
"""Given a table's name and some keys with when each was entered, those that are wanted of them."""


def want_all(table: str, keys: dict[str, datetime]) -> Collection[str]:
    """All of them."""
    return keys


def list_entries(ledger: Holdings, wanted: Wanted = want_all) -> Iterator[Entry]:
    """What a ledger has got at one moment, whatever is added to it meanwhile, and is wanted. Raises `LedgerError`."""
    try:
        with ledger._standing_still() as connection:
            for name in KEYS:
                table = metadata.tables[name]
                for page in list_pages(connection, table):
                    if keys := wanted(name, page):
                        yield from fetch_entries(connection, table, keys)
    except ValueError as error:  # What is no moment where one should be.
        raise LedgerError(f"{ledger.name}: {DAMAGED}") from error


def fetch_entries(connection: Connection, table: Table, keys: Collection[str]) -> Iterator[Entry]:
    """The entries of some keys of a table, in their order."""
    key, noun = KEYS[table.name], table.name.removesuffix("s")
    asked = select_entered(table).where(key.in_(keys)).order_by(order_of(table))
    for row in connection.execute(asked.execution_options(yield_per=FEW)).mappings():
        yield Entry(table.name, dict(row), f"{noun} {row[key.name]}")


def order_of(table: Table) -> Column[Any]:
    """The column by which the rows of a table are listed."""
    return readings.c.number if table is readings else KEYS[table.name]


def list_pages(connection: Connection, table: Table) -> Iterator[dict[str, datetime]]:
    """The keys of a table in the order of its entries, each with when it was entered, so many at a time."""
    key, order = KEYS[table.name], order_of(table)
    for part in PARTS.get(table.name, (None,)):
        last: Any = None
        while True:
            asked = select(key, entered_of(table), order.label("place")).order_by(order).limit(AT_ONCE)
            if part is not None:
                asked = asked.where(part)
            if last is not None:
                asked = asked.where(order > last)
            page = connection.execute(asked).all()
            if not page:
                break
            last = page[-1].place
            yield {found: entered for found, entered, _ in page}
