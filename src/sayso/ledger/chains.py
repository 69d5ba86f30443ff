"""The chain: a link for every row of the record, each with a digest of the one before and of its row's whole content.

Whoever changes, removes, inserts or reorders a row must make every later link anew, and so another head: who noted an
earlier head down can tell. (Haber and Stornetta, *How to Time-Stamp a Digital Document*, 1991.) A digest is SHA-256
(FIPS 180-4) over canonical JSON: names sorted, no white space, UTF-8, moments in UTC.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Boolean, Connection, Table, select

from sayso.ledger.errors import LedgerError
from sayso.ledger.tables import KEYS, Moment, Words, chain, clean_words, to_utc

START = "0" * 64
"""The head of a ledger without rows."""
HEAD = re.compile(r"\s*([0-9]{1,18})\s*:\s*([0-9a-fA-F]{16,64})\s*")

encoder = msgspec.json.Encoder(order="sorted")


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ends: the number of its last link, 0 for none, and the digest that stands for all up to it."""

    position: int
    digest: str

    def __str__(self) -> str:
        """As it is printed, noted down and stamped: ``1284:ab12...``."""
        return f"{self.position}:{self.digest}"


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a chain: in which table the row stands, its key, the digest of its content, and when it was
    entered here."""

    position: int
    in_table: str
    key: str
    content: str
    entered: datetime
    head: str


def parse_head(words: str) -> Head:
    """A head from its printed form; its digest may be cut to sixteen digits. Raises `LedgerError`."""
    found = HEAD.fullmatch(words)
    if found is None:
        raise LedgerError(f"{words[:100]!r} is no head: write it as `sayso head` prints it, like 1284:ab12...")
    return Head(int(found[1]), found[2].lower())


def settle_row(table: Table, row: Mapping[Any, Any]) -> dict[str, Any]:
    """A row as the database will give it back: words clean, moments in UTC; what it lacks is None."""
    return {column.name: settle_value(column.type, row.get(column.name)) for column in table.columns}


def settle_value(kind: Any, value: Any) -> Any:
    """The value of a column of a type as it comes back."""
    if value is None:
        return None
    if isinstance(kind, Words):
        return clean_words(value)
    if isinstance(kind, Moment):
        return to_utc(value)
    return bool(value) if isinstance(kind, Boolean) else value


def list_values(row: Mapping[Any, Any]) -> dict[str, Any]:
    """What a row holds, as JSON values: bytes by their hash, moments as ISO 8601 in UTC. What is empty (NULL) is left
    out, so that a table that gains a column keeps the digests of its rows."""
    return {str(name): plain(value) for name, value in row.items() if value is not None}


def plain(value: Any) -> Any:
    """One value as JSON; of types that no row should have, too, since a changed row may have them."""
    if isinstance(value, bytes):
        return {"sha256": hashlib.sha256(value).hexdigest()}
    if isinstance(value, datetime):
        return to_utc(value).isoformat()
    return value


def digest_row(row: Mapping[Any, Any]) -> str:
    """The digest of a row's whole content, every column of it."""
    return hashlib.sha256(encoder.encode(list_values(row))).hexdigest()


def key_of(table: str, row: Mapping[Any, Any]) -> str:
    """What names a row in the chain: its content id; of an earlier entry, which has none, both of its columns."""
    if table in KEYS:
        return str(row[KEYS[table].name])
    return f"{row['key']} {to_utc(row['entered']).isoformat()}"


def digest_link(before: str, position: int, in_table: str, key: str, content: str, entered: datetime) -> str:
    """The head that a link makes of the head `before` it."""
    values = (before, position, in_table, key, content, to_utc(entered).isoformat())
    return hashlib.sha256(encoder.encode(values)).hexdigest()


def join_link(before: Head, table: str, row: Mapping[Any, Any], entered: datetime) -> Link:
    """The link of a row, as it comes back from the database, after a head."""
    # Names of tables are strings of a kind of their own.
    table, position, key, content = str(table), before.position + 1, key_of(table, row), digest_row(row)
    return Link(
        position, table, key, content, entered, digest_link(before.digest, position, table, key, content, entered)
    )


def read_head(connection: Connection) -> tuple[Head, datetime]:
    """The head of a ledger, and when its last row was entered."""
    asked = select(chain.c.position, chain.c.head, chain.c.entered).order_by(chain.c.position.desc()).limit(1)
    found = connection.execute(asked).first()
    if found is None:
        return Head(0, START), datetime.min.replace(tzinfo=UTC)
    return Head(found.position, found.head), found.entered
