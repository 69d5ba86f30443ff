"""The file of alerts beside a ledger: what was found, who saw it, and what was sent where.

It holds nothing that the ledger needs. Where it is lost, alerts begin anew from then on. Every change is one
transaction: a run that is killed leaves each message sent or still to be sent, and nothing in between.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from sayso.errors import Error
from sayso.forms import to_json
from sayso.ids import make_id
from sayso.watch.alerts.alerts import Alert, Message

SUFFIX = ".alerts.db"
"""What follows the ledger's path in that of the file."""
WAIT_S = 10.0
"""How long a write waits for another program's."""
LEASE = timedelta(minutes=5)
"""For so long a message that is being sent is nobody else's to send; then it is taken for lost with its program."""
FIRST_WAIT, LONGEST_WAIT, MOST_TRIES = timedelta(seconds=30), timedelta(hours=6), 24
"""How long to wait after a first failure, twice that after each more, and how often to try: for about four days."""
MOST_AHEAD = timedelta(days=2)
"""How far ahead a message can be due."""
MOST_RECENT = 100
"""Alerts that a feed shows."""
TABLES = """
CREATE TABLE IF NOT EXISTS alerts (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
  body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS seen (alert TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL, reason TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS messages (id TEXT NOT NULL PRIMARY KEY, sink TEXT NOT NULL, made TEXT NOT NULL,
  alerts BLOB NOT NULL, state TEXT NOT NULL, tries INTEGER NOT NULL, due TEXT NOT NULL, error TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS marks (name TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL);
"""


class Mark(msgspec.Struct, frozen=True):
    """How far the ledger was looked through: the number of the last reading, and the digests of the last ones looked
    at, since a database may show a reading later than one with a higher number."""

    number: int
    lately: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Who acknowledged an alert, when, and what they said."""

    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How a message to a sink stands: `state` is waiting, sent or given up, `tries` how often it was tried, `due` when
    it is tried next, `error` what went wrong last."""

    message: str
    sink: str
    alerts: tuple[str, ...]
    state: str
    tries: int
    due: datetime
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """An alert as it is kept, with who saw it (None: nobody yet) and the deliveries of it that have not succeeded."""

    alert: Alert
    seen: Seen | None
    failing: tuple[Delivery, ...]


class AlertStore:
    """The file of alerts. Every method can be called from any thread and raises `Error`."""

    def __init__(self, path: Path | None) -> None:
        """The file at a path, made when it is first needed; None for one in memory."""
        self.path = path
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    @property
    def state(self) -> tuple[int, ...]:
        """What tells one state of what is shown of it from every other; it makes no file."""
        if self._connection is None and self.path is not None and not self.path.exists():
            return ()
        with self._ask() as ask:
            return tuple(
                ask.execute(f"SELECT max(rowid) FROM {name}").fetchone()[0] or 0 for name in ("alerts", "seen")
            )

    # What was found.

    @property
    def mark(self) -> Mark | None:
        """How far the ledger was looked through; None before the first time."""
        with self._ask() as ask:
            row = ask.execute("SELECT value FROM marks WHERE name = 'ledger'").fetchone()
            return msgspec.json.decode(row[0], type=Mark) if row else None

    def keep(self, alerts: Iterable[Alert], sinks: Collection[str], now: datetime, mark: Mark | None) -> list[Alert]:
        """Keep alerts that are not kept yet, with a message of them to each sink and how far the ledger was looked
        through, all or nothing; those that were new."""
        with self._change() as change:
            new = [alert for alert in alerts if insert_alert(change, alert)]
            for sink in sinks if new else ():
                ids = [alert.id for alert in new]
                row = (make_id("message", sink, ids), sink, tell(now), msgspec.json.encode(ids), tell(now))
                change.execute("INSERT OR IGNORE INTO messages VALUES (?, ?, ?, ?, 'waiting', 0, ?, '')", row)
            if mark is not None:
                change.execute("INSERT OR REPLACE INTO marks VALUES ('ledger', ?)", (msgspec.json.encode(mark),))
            return new

    def list_noted(self, most: int | None = None, *, seen: bool = True) -> list[Noted]:
        """The alerts, the newest first; without those that somebody has seen unless `seen` is asked for too."""
        if self._connection is None and self.path is not None and not self.path.exists():
            return []
        with self._ask() as ask:
            rows = ask.execute(
                "SELECT a.body, s.by, s.at, s.reason FROM alerts a LEFT JOIN seen s ON s.rowid = "
                "(SELECT min(rowid) FROM seen WHERE alert = a.id) WHERE ? OR s.by IS NULL "
                "ORDER BY a.number DESC LIMIT ?", (seen, -1 if most is None else most)
            ).fetchall()  # fmt: skip
        failing: dict[str, list[Delivery]] = {}
        for delivery in self.list_deliveries(failing=True):
            for id in delivery.alerts:
                failing.setdefault(id, []).append(delivery)
        noted = []
        for body, by, at, reason in rows:
            alert = msgspec.json.decode(body, type=Alert)
            who = Seen(by=by, at=read(at), reason=reason) if by is not None else None
            noted.append(Noted(alert=alert, seen=who, failing=tuple(failing.get(alert.id, ()))))
        return noted

    def find(self, id: str) -> Alert:
        """The alert of an id or of the beginning of one. Raises `Error`."""
        with self._ask() as ask:
            asked = "SELECT body FROM alerts WHERE length(?) >= 4 AND substr(id, 1, length(?)) = ? LIMIT 2"
            rows = ask.execute(asked, (id, id, id)).fetchall()
        if len(rows) != 1:
            raise Error(f"{id!r} names {'several alerts' if rows else 'no alert'}: `sayso alerts --all` lists them")
        return msgspec.json.decode(rows[0][0], type=Alert)

    def acknowledge(self, id: str, *, by: str, at: datetime, reason: str = "") -> Alert:
        """Note that somebody saw an alert; who was first counts. Raises `Error` where there is none or nobody signs."""
        if not by.strip():
            raise Error("an alert is acknowledged by somebody: say by whom")
        alert = self.find(id)
        with self._change() as change:
            if not change.execute("SELECT 1 FROM seen WHERE alert = ?", (alert.id,)).fetchone():
                change.execute("INSERT INTO seen VALUES (?, ?, ?, ?)", (alert.id, by.strip(), tell(at), reason.strip()))
        return alert

    # What is sent.

    def take(self, sinks: Collection[str], now: datetime) -> list[tuple[str, Message]]:
        """The messages that are due to some sinks, for the taker alone to send; each with its sink, oldest first."""
        with self._change() as change:
            asked = "SELECT id, sink, made, alerts FROM messages WHERE state = 'waiting' AND "
            # What is due too far ahead was kept before somebody set the clock back.
            asked += "(due <= ? OR due > ?) ORDER BY made, rowid"
            given = (tell(now), tell(now + MOST_AHEAD))
            rows = [row for row in change.execute(asked, given).fetchall() if row[1] in sinks]
            change.executemany("UPDATE messages SET due = ? WHERE id = ?", [(tell(now + LEASE), id) for id, *_ in rows])
            recent = self._load(change, "ORDER BY number DESC LIMIT ?", (MOST_RECENT,)) if rows else ()
            return [
                (sink, Message(id=id, at=read(made), alerts=self._find(change, alerts), recent=recent))
                for id, sink, made, alerts in rows
            ]

    def settle(self, message: str, now: datetime, error: str = "", wait: float = 0.0) -> None:
        """Note what became of a message: sent, or not for a reason, and then to be tried again later, in `wait` seconds
        at the soonest."""
        with self._change() as change:
            if not error:
                change.execute(
                    "UPDATE messages SET state = 'sent', tries = tries + 1, error = '' WHERE id = ?", (message,)
                )
                return
            row = change.execute("SELECT tries FROM messages WHERE id = ?", (message,)).fetchone()
            tries = (row[0] if row else 0) + 1
            pause = max(min(FIRST_WAIT * 2 ** min(tries - 1, 20), LONGEST_WAIT), timedelta(seconds=wait))
            state = "given up" if tries >= MOST_TRIES else "waiting"
            change.execute(
                "UPDATE messages SET state = ?, tries = ?, due = ?, error = ? WHERE id = ? AND state = 'waiting'",
                (state, tries, tell(now + pause), error, message),
            )

    def list_deliveries(self, *, failing: bool = False) -> list[Delivery]:
        """How the messages stand, the newest first; with `failing`, only those that failed and were not sent since."""
        if self._connection is None and self.path is not None and not self.path.exists():
            return []
        only = "WHERE error != '' AND state != 'sent'" if failing else ""
        with self._ask() as ask:
            rows = ask.execute(
                f"SELECT id, sink, alerts, state, tries, due, error FROM messages {only} ORDER BY rowid DESC"
            )
            return [
                Delivery(
                    message=id, sink=sink, alerts=tuple(msgspec.json.decode(alerts, type=list[str])), state=state,
                    tries=tries, due=read(due), error=error,
                )
                for id, sink, alerts, state, tries, due, error in rows.fetchall()
            ]  # fmt: skip

    # Inside.

    def _find(self, ask: sqlite3.Connection, ids: bytes) -> tuple[Alert, ...]:
        wanted = msgspec.json.decode(ids, type=list[str])
        found = (self._load(ask, "WHERE id = ?", (id,)) for id in wanted)
        return tuple(alert for some in found for alert in some)

    def _load(self, ask: sqlite3.Connection, which: str, given: Sequence[object]) -> tuple[Alert, ...]:
        rows = ask.execute(f"SELECT body FROM alerts {which}", tuple(given)).fetchall()
        return tuple(msgspec.json.decode(body, type=Alert) for (body,) in rows)

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        with self._ask() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _ask(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                if self._connection is None:
                    self._connection = open_file(self.path)
                yield self._connection
            except (sqlite3.Error, OSError, msgspec.MsgspecError) as error:
                name = self.path or "the alerts in memory"
                raise Error(
                    f"{name}: cannot be used ({error}): free its disk, or move it away to begin anew"
                ) from error


def open_file(path: Path | None) -> sqlite3.Connection:
    """A connection to the file at a path, which is made, for its owner's eyes alone, where there is none."""
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    connection = sqlite3.connect(path or ":memory:", WAIT_S, isolation_level=None, check_same_thread=False)
    try:
        connection.executescript(f"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; {TABLES}")
    except BaseException:
        connection.close()
        raise
    return connection


def insert_alert(change: sqlite3.Connection, alert: Alert) -> bool:
    """Keep an alert; True if it was not kept yet."""
    row = (alert.id, msgspec.json.encode(alert))
    return change.execute("INSERT OR IGNORE INTO alerts (id, body) VALUES (?, ?)", row).rowcount == 1


def tell(moment: datetime) -> str:
    """A moment in UTC, in a form that sorts as time does."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def read(words: str) -> datetime:
    """The moment again."""
    return datetime.fromisoformat(words)


def row_of_noted(noted: Noted) -> dict[str, Any]:
    """An alert as a row: its fields, who acknowledged it, and the sinks that have not taken it, each with why."""
    return {
        **to_json(noted.alert),
        "seen_by": noted.seen.by if noted.seen else "",
        "seen_at": noted.seen.at.isoformat() if noted.seen else "",
        "reason": noted.seen.reason if noted.seen else "",
        "failing": [f"{one.sink}: {one.error} ({one.state})" for one in noted.failing],
    }
