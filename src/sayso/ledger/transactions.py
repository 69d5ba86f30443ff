"""A transaction that adds rows to the record: each row that is new gets its link of the chain before it ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Result, Select, Table, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from sayso.ledger.chains import Head, Link, join_link, read_head, settle_row
from sayso.ledger.tables import KEYS, chain, readings

TICK = timedelta(microseconds=1)
"""The least that two moments of a ledger are apart."""
MANY = 5000
"""Rows that are added in one go."""


class Transaction:
    """An open transaction of the one program that writes at a time. `finish` is called before it is committed."""

    def __init__(self, connection: Connection, clock: Callable[[], datetime]) -> None:
        """Go on from the ledger's head."""
        self.connection = connection
        self._clock = clock
        self._head, self._moment = read_head(connection)
        self._told = False
        self._links: list[Link] = []

    def execute(self, *asked: Any) -> Result[Any]:
        """What the database answers, of what is added here, too."""
        return self.connection.execute(*asked)

    def tell_time(self) -> datetime:
        """When what is added now is entered: by the clock, but after all that was entered before, even where the clock
        went back."""
        now = self._clock()
        self._moment, self._told = now if now > self._moment else add_tick(self._moment), True
        return self._moment

    @property
    def now(self) -> datetime:
        """The moment that was told last."""
        return self._moment if self._told else self.tell_time()

    def add(self, table: Table, row: Mapping[str, Any]) -> bool:
        """Add a row of the record unless it is there already; True if it was not."""
        settled = settle_row(table, row)
        # Nobody else writes meanwhile; and what says "on conflict do nothing" is compiled anew each time.
        if self.connection.execute(select_known(table), settled).first() is not None:
            return False
        if table is readings:
            del settled["number"]
        done = self.connection.execute(table.insert(), settled)
        if table is readings:
            settled["number"] = done.inserted_primary_key and done.inserted_primary_key[0]
        self.link(table, settled)
        return True

    def add_all(self, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add those of some rows that are not there already, in one go."""
        key = KEYS[table.name]
        settled = {row[key.name]: settle_row(table, row) for row in rows}
        names = list(settled)
        for first in range(0, len(names), MANY):
            asked = select(key).where(key.in_(names[first : first + MANY]))
            for known in self.connection.execute(asked).scalars().all():
                del settled[known]
        new = list(settled.values())
        if new:
            self.connection.execute(table.insert(), new)
        for row in new:
            self.link(table, row)

    def link(self, table: Table, row: Mapping[Any, Any]) -> None:
        """Give a row that was added its link; it is as it comes back from the database."""
        link = join_link(self._head, table.name, row, self.now)
        self._head = Head(link.position, link.head)
        self._links.append(link)

    def finish(self) -> None:
        """Add the links of what was added."""
        if self._links:
            self.connection.execute(chain.insert(), [asdict(link) for link in self._links])
        self._links = []


def add_tick(moment: datetime) -> datetime:
    """The next moment; at the calendar's end, that again."""
    try:
        return moment + TICK
    except OverflowError:
        return moment


def insert_new(connection: Connection, table: Table, row: dict[str, Any]) -> bool:
    """Add a row unless it is there already, without a link; True if it was not."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    # Without the option, the count of an INSERT is lost on some drivers.
    statement = insert(table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    return connection.execute(statement, row).rowcount == 1


@cache
def select_known(table: Table) -> Select[Any]:
    """What asks for a row of the record by its key."""
    keys = [KEYS[table.name]] if table.name in KEYS else list(table.primary_key)
    return select(keys[0]).where(*(column == bindparam(column.name) for column in keys))
