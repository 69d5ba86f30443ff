"""What can go wrong with a ledger, each in one line that says what to do about it."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError

from sayso.errors import Error


class LedgerError(Error):
    """A ledger cannot be opened, read or written. The message is one line: which ledger, what is wrong, what to do."""


class RefusedReportError(LedgerError):
    """One report cannot be kept, for a reason of its own; the ledger is sound and the others can be added."""


class AwayError(LedgerError):
    """The ledger's server cannot be reached now, or went away: the same may go well in a minute."""


READ_ONLY = "it may not be written to: change its permissions, or copy it"
NOT_THERE = "the server cannot be reached: check the URL and that the server is up"
DAMAGED = "it is damaged: `sayso verify` says where; go back to a copy, or read the reports into a new ledger"

AWAY = (
    "is the server running",
    "connection refused",
    "server closed the connection",
    "terminating connection",
    "the connection is lost",
    "connection timeout",
    "timeout expired",
    "starting up",
    "shutting down",
    "recovery mode",
    "not yet accepting connections",
    "could not receive data",
    "could not send data",
    "network is unreachable",
    "no route to host",
)
"""Words of what PostgreSQL and its driver say (lower case) where a server is not there at the moment."""

REMEDIES = (
    ("append-only", "its rows are never changed or deleted: retract what is wrong instead"),
    ("readonly", READ_ONLY),
    ("read-only", READ_ONLY),
    ("permission denied", READ_ONLY),
    ("disk is full", "the disk is full: free some space and run the command again; what was added before is kept"),
    ("no space left", "the disk is full: free some space and run the command again; what was added before is kept"),
    ("lock timeout", "another program is writing to it: wait for that to end and run the command again"),
    ("locked", "another program is writing to it: wait for that to end and run the command again"),
    ("not a database", "it is not a ledger: name another file"),
    ("malformed", DAMAGED),
    ("could not decode", DAMAGED),
    ("disk i/o error", "its disk cannot be read or written: check the disk, then run `sayso verify`"),
    ("unable to open", "it cannot be opened: check that its folder exists and may be written to"),
    ("password", "the server refused the user or password: check the URL"),
    ("already exists", "the database holds other tables of the same names: give sayso a database of its own"),
    ("no such table", DAMAGED),
    ("does not exist", "the server has no such database, user or table: check the URL"),
    ("connection", NOT_THERE),
    *((sign, NOT_THERE) for sign in AWAY),
)
"""Words of a database's message (lower case) and what to tell the user; the first that fits counts."""


@contextmanager
def clear_errors(where: str) -> Iterator[None]:
    """Turn what the database and its drivers raise into a `LedgerError` about the ledger `where`."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        kind = AwayError if is_away(error) else LedgerError
        raise kind(f"{where}: {explain_error(error)}") from error
    except (zlib.error, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise LedgerError(f"{where}: {DAMAGED}") from error


def is_away(error: Exception) -> bool:
    """Whether an error tells that a server was not there when it was asked."""
    if not isinstance(error, OperationalError | InterfaceError):
        return isinstance(error, DBAPIError) and error.connection_invalidated
    words = str(error.orig).lower()
    return error.connection_invalidated or any(sign in words for sign in AWAY)


def explain_error(error: Exception) -> str:
    """What a database's error means and what to do, in one line."""
    cause = getattr(error, "orig", None) or error
    words = " ".join(str(cause).split())
    return next((remedy for sign, remedy in REMEDIES if sign in words.lower()), words or type(cause).__name__)
