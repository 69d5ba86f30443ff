"""Connecting to a ledger: a SQLite file, memory, or a PostgreSQL server, each set up to be safe."""

from __future__ import annotations

import os
import time
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError

from sayso.ledger.errors import LedgerError

MEMORY = ":memory:"

LOCK = 0x5A150
"""Which of PostgreSQL's advisory locks the program holds that writes to a ledger or upgrades it."""

MAGIC = b"SQLite format 3\0"
"""How every SQLite file begins: https://www.sqlite.org/fileformat.html#the_database_header"""


def name_ledger(where: str) -> str:
    """How to call a ledger in messages: its path, or its URL without the password."""
    try:
        return make_url(where).render_as_string(hide_password=True) if "://" in where else where
    except (ArgumentError, ValueError):
        return where.partition("://")[0] + "://..."


def place_beside(where: str, suffix: str, data: Path) -> Path:
    """Where what goes with a ledger is kept, by what follows the ledger's path in its own: beside a ledger that is a
    file, in the folder `data` for one that is a database or in memory."""
    try:
        url = make_url(where) if "://" in where else URL.create("sqlite", database=where)
    except (ArgumentError, ValueError):
        url = URL.create("unknown")
    if url.get_backend_name() == "sqlite" and url.database not in (None, "", MEMORY):
        path = Path(str(url.database)).expanduser().absolute()
        return path.with_name(path.name + suffix)
    return data / f"{sha256(where.encode()).hexdigest()[:16]}{suffix}"


def make_engine(where: str, *, create: bool, wait_seconds: float) -> Engine:
    """An engine for a path, ``:memory:``, ``sqlite:///path`` or ``postgresql://...``.

    `wait_seconds` is how long a write waits for another program's. Raises `LedgerError` where nothing can be there.
    """
    if where == MEMORY:
        return set_up_sqlite(create_engine("sqlite://", poolclass=StaticPool), wait_seconds)
    if "://" not in where:
        return open_file(Path(where).expanduser().absolute(), create=create, wait_seconds=wait_seconds)
    name = name_ledger(where)
    try:
        url = make_url(where)
    except (ArgumentError, ValueError) as error:
        raise LedgerError(f"{name}: it is not a database URL: write postgresql://user@host/database") from error
    kind = url.get_backend_name()
    if kind == "sqlite":
        return make_engine(url.database or MEMORY, create=create, wait_seconds=wait_seconds)
    if kind not in ("postgresql", "postgres"):
        raise LedgerError(f"{name}: a ledger is a file or a PostgreSQL database, not {kind}")
    try:
        engine = create_engine(
            url.set(drivername="postgresql+psycopg"),
            # Moments near the calendar's ends cannot be read back in other zones; what is said to be kept outlives the
            # server's crash, however it is set up.
            connect_args={
                "options": f"-c timezone=UTC -c synchronous_commit=on -c lock_timeout={round(wait_seconds * 1000)}"
            },
            pool_pre_ping=True,  # A server may have been started anew since it was asked last.
        )
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise LedgerError(f"{name}: PostgreSQL needs one more package: pip install 'sayso[postgres]'") from error
    return set_up_postgresql(engine)


def open_file(path: Path, *, create: bool, wait_seconds: float) -> Engine:
    """An engine for a SQLite file: for reading only where the file or its folder may not be written to."""
    if path.is_dir():
        raise LedgerError(f"{path}: it is a folder: name a file in it, such as {path / 'sayso.db'}")
    if not path.parent.is_dir():
        raise LedgerError(f"{path}: its folder does not exist: make it first")
    if path.exists():
        check_file(path)
    elif not create:
        raise LedgerError(f"{path}: there is no ledger yet: `sayso add` makes one")
    writable = not path.exists() or (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
    url = URL.create("sqlite", database=str(path)) if writable else make_readonly_url(path)
    return set_up_sqlite(create_engine(url), wait_seconds)


def check_file(path: Path) -> None:
    """Raise `LedgerError` where the path holds something else than a SQLite file or an empty one. What a power cut left
    of one, SQLite mends from the log beside it: then it is asked."""
    if not path.is_file():
        raise LedgerError(f"{path}: it is not a file: name another")
    try:
        with path.open("rb") as file:
            start = file.read(len(MAGIC))
    except OSError as error:
        raise LedgerError(f"{path}: it cannot be read ({error.strerror}): check its permissions") from error
    if start and start != MAGIC and not has_log(path):
        raise LedgerError(f"{path}: it is not a ledger: name another file")


def has_log(path: Path) -> bool:
    """Whether a log of transactions lies beside a SQLite file: https://www.sqlite.org/tempfiles.html"""
    beside = (path.with_name(path.name + ending) for ending in ("-wal", "-journal"))
    return any(log.is_file() and log.stat().st_size for log in beside)


def make_readonly_url(path: Path) -> URL:
    """The URL of a file that is only read. Without a log beside it, SQLite need not make one to read it."""
    log = path.with_name(path.name + "-wal")
    query = {"uri": "true", "mode": "ro"}
    if not log.exists() or not log.stat().st_size:
        query["immutable"] = "1"
    return URL.create("sqlite", database="file:" + quote(str(path)), query=query)


def use_log(engine: Engine, wait_seconds: float) -> None:
    """Put a SQLite file that may be written into WAL mode: readers and a writer do not wait for each other, and a
    killed program leaves whole transactions only (https://www.sqlite.org/wal.html)."""
    if engine.dialect.name != "sqlite" or "mode" in engine.url.query:
        return
    give_up = time.monotonic() + wait_seconds
    while True:
        try:
            with engine.connect() as connection:
                connection.exec_driver_sql("COMMIT")
                connection.exec_driver_sql("PRAGMA journal_mode = WAL")
                connection.exec_driver_sql("BEGIN")
            return
        except OperationalError as error:
            # Of two programs that make one file, SQLite tells the second at once, without waiting, that it is locked.
            if "locked" not in str(error) or time.monotonic() > give_up:
                raise
            time.sleep(0.01)


def set_up_sqlite(engine: Engine, wait_seconds: float) -> Engine:
    """Set the pragmas of every connection, and take over transactions from the driver, which begins them too late:
    https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#pysqlite-serializable"""

    @event.listens_for(engine, "connect")
    def set_pragmas(driver_connection: Any, _record: Any) -> None:
        driver_connection.isolation_level = None
        for pragma in (
            f"busy_timeout = {round(wait_seconds * 1000)}",
            "foreign_keys = ON",
            "synchronous = FULL",  # What is said to be kept outlives a power cut, too.
            "recursive_triggers = ON",  # Else INSERT OR REPLACE deletes rows past the triggers.
            "trusted_schema = OFF",  # A ledger may come from a stranger.
        ):
            driver_connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer takes its lock at the start: one that read first could not wait for another's.
        writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def set_up_postgresql(engine: Engine) -> Engine:
    """Let one program write at a time, as SQLite does: else of two readings the one with the higher number might be
    seen first, and whoever looks for what is new would miss the other."""

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writing"):
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")

    return engine
