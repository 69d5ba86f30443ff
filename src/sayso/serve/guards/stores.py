"""The desk's own file: who may come in, and what was done. It lies beside the ledger, which holds none of that.

It is made when it is first needed, for its owner's eyes alone. Other parts of the desk keep tables of their own in it.
"""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Column,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    StaticPool,
    String,
    Table,
    create_engine,
    insert,
    select,
)
from sqlalchemy.exc import DBAPIError

from sayso.errors import Error
from sayso.ledger.engines import MEMORY, place_beside, set_up_sqlite, use_log

SUFFIX = ".desk.db"
"""What follows the ledger's path in that of the desk's file."""
WAIT_S = 10.0
"""How long a write waits for another program's."""

metadata = MetaData()
ACCOUNTS = Table(
    "accounts",
    metadata,
    Column("key", String, primary_key=True),  # The name as it is looked for, whatever its case.
    Column("name", String, nullable=False),
    Column("role", String, nullable=False),
    Column("hash", String, nullable=False),  # Of the password; "" where there is none.
    Column("email", String, nullable=False),
    Column("subject", String, nullable=False),  # Who that is at a provider of log-ins.
    Column("made", Integer, nullable=False),
)
SESSIONS = Table(
    "sessions",
    metadata,
    Column("hash", String, primary_key=True),
    Column("account", String, nullable=False, index=True),
    Column("begun", Integer, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("address", String, nullable=False),
    Column("browser", String, nullable=False),
)
TOKENS = Table(
    "tokens",
    metadata,
    Column("hash", String, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("account", String, nullable=False, index=True),
    Column("label", String, nullable=False),
    Column("scope", String, nullable=False),
    Column("made", Integer, nullable=False),
    Column("expires", Integer, nullable=False),
)
LOG = Table(
    "log",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Integer, nullable=False),
    Column("who", String, nullable=False),
    Column("what", String, nullable=False),
    Column("on", String, nullable=False),
    Column("address", String, nullable=False),
    sqlite_autoincrement=True,
)
KEYS = Table("keys", metadata, Column("name", String, primary_key=True), Column("value", LargeBinary, nullable=False))
NEVER = "CREATE TRIGGER IF NOT EXISTS log_{0} BEFORE {0} ON log BEGIN SELECT RAISE(ABORT, 'the log only grows'); END"


def find_desk_file(where: str, data: Path) -> Path:
    """Where the desk of a ledger keeps its own file: beside a ledger that is a file, in the user's data folder for one
    that is a database or in memory."""
    return place_beside(where, SUFFIX, data)


class Store:
    """The desk's file, or what stands in for it in memory. Every method can be called from any thread and raises
    `Error`."""

    def __init__(self, path: Path | None, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """The file at a path, which need not be there yet; None for one in memory. `clock` says what time it is."""
        self.path, self.clock = path, clock
        self._engine: Engine | None = None
        self._lock = threading.Lock()
        # In memory there is one connection for all.
        self._turn: AbstractContextManager[Any] = nullcontext() if path else threading.RLock()

    @property
    def now(self) -> int:
        """Seconds since 1970."""
        return int(self.clock().timestamp())

    @property
    def there(self) -> bool:
        """Whether anything was kept yet."""
        return self._engine is not None or (self.path is not None and self.path.exists())

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that reads."""
        with self._turn, self._clear(), self._open().connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection that writes, all or nothing."""
        with self._turn, self._clear(), self._open().execution_options(writing=True).begin() as connection:
            yield connection

    def key(self, name: str) -> bytes:
        """A secret of this desk's own, made when it is first asked for: 256 bits."""
        with self.write() as connection:
            known = connection.scalar(select(KEYS.c.value).where(KEYS.c.name == name))
            if known is None:
                known = secrets.token_bytes(32)
                connection.execute(insert(KEYS).values(name=name, value=known))
        return bytes(known)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None

    def _open(self) -> Engine:
        """The engine, made once."""
        with self._lock:
            if self._engine is None:
                self._engine = open_engine(self.path)
            return self._engine

    @contextmanager
    def _clear(self) -> Iterator[None]:
        """Say what the database complains of in one line."""
        try:
            yield
        except (DBAPIError, OSError) as error:
            reason = error.orig if isinstance(error, DBAPIError) else error.strerror
            raise Error(f"{self.path or MEMORY}: the desk's file cannot be used: {reason}") from error


def open_engine(path: Path | None) -> Engine:
    """An engine for the file at a path, which is made where there is none. Raises what SQLite and the system raise."""
    if path is None:
        engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
        engine = set_up_sqlite(engine, WAIT_S)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        if path.stat().st_mode & 0o077:
            with suppress(OSError):
                path.chmod(0o600)
        engine = set_up_sqlite(create_engine(URL.create("sqlite", database=str(path))), WAIT_S)
        use_log(engine, WAIT_S)
    with engine.execution_options(writing=True).begin() as connection:
        metadata.create_all(connection)
        for what in ("UPDATE", "DELETE"):
            connection.exec_driver_sql(NEVER.format(what))
    return engine
