"""The face of Python's own driver of SQLite over apsw, as much of it as SQLAlchemy and sayso use (PEP 249)."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Self

import apsw

MEANT: tuple[tuple[type[apsw.Error], type[sqlite3.Error], str], ...] = (
    (apsw.BusyError, sqlite3.OperationalError, "database is locked"),
    (apsw.LockedError, sqlite3.OperationalError, "database table is locked"),
    (apsw.FullError, sqlite3.OperationalError, "database or disk is full"),
    (apsw.IOError, sqlite3.OperationalError, "disk I/O error"),
    (apsw.CantOpenError, sqlite3.OperationalError, "unable to open database file"),
    (apsw.ReadOnlyError, sqlite3.OperationalError, "attempt to write a readonly database"),
    (apsw.ConstraintError, sqlite3.IntegrityError, ""),
    (apsw.CorruptError, sqlite3.DatabaseError, "database disk image is malformed"),
    (apsw.NotADBError, sqlite3.DatabaseError, "file is not a database"),
)
"""The errors of apsw, and what Python's driver raises and says instead ("": the same words)."""


def translate(error: apsw.Error) -> sqlite3.Error:
    """The error that Python's driver would raise."""
    for kind, meant, words in MEANT:
        if isinstance(error, kind):
            return meant(words or str(error))
    return sqlite3.OperationalError(str(error))


class Cursor:
    """A cursor, which has all rows at once: the ledgers here are small."""

    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        """A cursor of a connection."""
        self.connection, self.description, self.rowcount, self.lastrowid = connection, None, -1, 0
        self._rows: Iterator[Any] = iter(())

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Self:
        """Run a statement."""
        described: list[Any] = []

        def describe(cursor: apsw.Cursor, _statement: str, _values: Any) -> bool:
            described[:] = [(name, None, None, None, None, None, None) for name, _ in cursor.get_description()]
            return True

        try:
            cursor = self.connection.inner.cursor()
            cursor.exec_trace = describe
            before = self.connection.inner.total_changes()
            self._rows = iter(list(cursor.execute(statement, values or None)))
        except apsw.Error as error:
            raise translate(error) from error
        self.description = tuple(described) or None  # type: ignore[assignment]
        self.lastrowid = self.connection.inner.last_insert_rowid()
        self.rowcount = self.connection.inner.changes() if self.connection.inner.total_changes() > before else 0
        return self

    def executemany(self, statement: str, values: Iterable[Sequence[Any]]) -> Self:
        """Run a statement with each of some values."""
        counts = [self.execute(statement, row).rowcount for row in values]
        self.rowcount = sum(counts)
        return self

    def fetchone(self) -> Any:
        """The next row, None after the last."""
        return next(self._rows, None)

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """The next rows."""
        return list(islice(self._rows, size or self.arraysize))

    def fetchall(self) -> list[Any]:
        """All rows that are left."""
        return list(self._rows)

    def __iter__(self) -> Iterator[Any]:
        """All rows that are left."""
        return self._rows

    def close(self) -> None:
        """Let go of the rows."""
        self._rows = iter(())


class Connection:
    """A connection whose transactions are begun and ended in SQL."""

    isolation_level: str | None = None
    row_factory = None

    def __init__(self, layer: str, database: str, timeout: float = 5.0, *, uri: bool = False, **_: Any) -> None:
        """Connect through a layer of files."""
        flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE | (apsw.SQLITE_OPEN_URI if uri else 0)
        try:
            self.inner = apsw.Connection(os.fspath(database), flags=flags, vfs=layer)
        except apsw.Error as error:
            raise translate(error) from error
        self.inner.set_busy_timeout(round(timeout * 1000))

    def cursor(self) -> Cursor:
        """A new cursor."""
        return Cursor(self)

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Cursor:
        """Run a statement."""
        return self.cursor().execute(statement, values)

    def create_function(self, name: str, count: int, function: Any, *, deterministic: bool = False) -> None:
        """Make a function for SQL."""
        self.inner.create_scalar_function(name, function, count, deterministic=deterministic)

    def commit(self) -> None:
        """End a transaction, if there is one."""
        if self.inner.in_transaction:
            self.execute("COMMIT")

    def rollback(self) -> None:
        """Take a transaction back, if there is one."""
        if self.inner.in_transaction:
            self.execute("ROLLBACK")

    def close(self) -> None:
        """Close it."""
        self.inner.close(force=True)
