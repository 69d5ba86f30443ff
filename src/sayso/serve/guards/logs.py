"""The log: who did what, when and from where. It only grows; neither passwords nor tokens nor what was searched for are
in it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import insert, select

from sayso.serve.guards.limits import Limiter
from sayso.serve.guards.stores import LOG, Store

LONGEST = 200
"""Characters of each thing said in the log."""
REFUSALS = 60
"""Refusals of one address that are written down in ten minutes: more of them would only fill the disk."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log. `at` is seconds since 1970; `on` is what it was done to."""

    at: int
    who: str
    what: str
    on: str
    address: str


class Log:
    """The log of a desk's file. Every method raises `Error`."""

    def __init__(self, store: Store) -> None:
        """That of `store`."""
        self.store = store
        self._refusals = Limiter(REFUSALS, 600)

    def write(self, who: str, what: str, on: str = "", address: str = "") -> None:
        """Say what somebody did."""
        words = {"who": who, "what": what, "on": on, "address": address}
        words = {name: "".join(map(show_letter, word[:LONGEST])) for name, word in words.items()}
        with self.store.write() as connection:
            connection.execute(insert(LOG).values(at=self.store.now, **words))

    def refuse(self, who: str, why: str, on: str, address: str) -> None:
        """Say that somebody was refused, unless that address was so often already."""
        if not self._refusals.spend(address):
            self.write(who, f"refused: {why}", on, address)

    def read(self, most: int = 200, before: int = 0) -> list[tuple[int, Entry]]:
        """The newest lines, each with its number; those before a number where one is given."""
        wanted = select(LOG).order_by(LOG.c.id.desc()).limit(most)
        with self.store.read() as connection:
            rows = connection.execute(wanted.where(LOG.c.id < before) if before else wanted).all()
        return [(row.id, Entry(row.at, row.who, row.what, row.on, row.address)) for row in rows]


def show_letter(letter: str) -> str:
    """A letter that can be shown: a line of the log is one line, and says what it seems to say."""
    return letter if letter.isprintable() else "\ufffd"
