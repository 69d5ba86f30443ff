"""Processes of their own for `crashes.py`: forks of one that has loaded all, which tell what they say is kept."""

from __future__ import annotations

import json
import os
import select
import signal
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

from crash_works import Place, run_command
from sqlalchemy import select as choose

from sayso.errors import Error
from sayso.ledger import Ledger, merges, open_ledger
from sayso.ledger.entries import Entry
from sayso.ledger.tables import KEYS, arrivals, assessments, claims, judgements, raws, readings, reports

CRASHED = 70
"""The exit status of a child that ended by an error that its command did not tell."""
Tell = Callable[[str], object]

ROWS = (
    (raws.c.sha256,),
    (reports.c.digest, reports.c.outlet, reports.c.title),
    (arrivals.c.report, arrivals.c.given, arrivals.c.raw),
    (readings.c.report, readings.c.extractor),
    (claims.c.report, claims.c.position, claims.c.id, claims.c.text),
    (judgements.c.kind, judgements.c.target, judgements.c.by, judgements.c.reason, judgements.c.detail),
    (assessments.c.kind, assessments.c.about, assessments.c.by, assessments.c.body),
)
"""The columns that are alike wherever and whenever the same was done; all of a table's are of a row."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: its exit status (less than 0: by that signal), what it printed, and what it said is kept."""

    status: int
    words: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Examined:
    """What a ledger holds: what `sayso verify` says of it, the keys of its rows, and its rows as `ROWS` has them."""

    status: int
    words: str
    keys: frozenset[str]
    rows: Counter[str]


@dataclass(slots=True)
class Child:
    """A child that was started."""

    pid: int
    hear: int
    words: Path

    def wait(self, seconds: float | None) -> bool:
        """Wait until it has ended or some seconds are over; whether it has."""
        handle = os.pidfd_open(self.pid)
        try:
            return bool(select.select([handle], [], [], seconds)[0])
        finally:
            os.close(handle)

    def kill(self) -> None:
        """Kill it, as `kill -9` does."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def end(self) -> Ended:
        """Wait for it."""
        with os.fdopen(self.hear, "rb") as hear:
            said = hear.read().decode()
        _, status = os.waitpid(self.pid, 0)
        words = self.words.read_text(encoding="utf8", errors="replace")
        self.words.unlink()
        # The last line may be cut: it was being said.
        return Ended(os.waitstatus_to_exitcode(status), words, tuple(said.split("\n")[:-1]))


def start_child(do: Callable[[Tell], int], beside: Path) -> Child:
    """Fork a child that does something, which is given what tells; its output goes to a file in a folder."""
    handle, name = tempfile.mkstemp(dir=beside, suffix=".words")
    hear, tell = os.pipe()
    child = os.fork()
    if child == 0:
        status = CRASHED
        try:
            os.close(hear)
            os.dup2(handle, 1)
            os.dup2(handle, 2)
            status = do(lambda words: os.write(tell, f"{words}\n".encode()))
        except BaseException as error:
            with suppress(OSError):
                os.write(handle, f"{type(error).__name__}: {error}\n".encode())
        finally:
            os._exit(status)
    os.close(tell)
    os.close(handle)
    return Child(child, hear, Path(name))


def tell_kept(tell: Tell) -> None:
    """Have this process tell the key of each row as soon as the ledger's method that keeps it has come back."""

    def follow(holder: Any, name: str, find: Callable[..., list[str]]) -> None:
        keep = getattr(holder, name)

        @wraps(keep)
        def kept(*words: Any, **options: Any) -> Any:
            made = keep(*words, **options)
            for key in find(made, *words):
                tell(key)
            return made

        setattr(holder, name, kept)

    def list_taken(made: tuple[list[Any], list[Any]], _: Any, batch: list[Entry], __: Any) -> list[str]:
        return [] if any(made) else [f"{entry.table} {entry.row[KEYS[entry.table].name]}" for entry in batch]

    follow(Ledger, "add_raw", lambda _, __, raw: [f"raws {raw.sha256}"])
    follow(Ledger, "add_report", lambda _, __, report: [f"reports {report.digest}"])
    follow(Ledger, "add_reading", lambda _, __, reading: [f"reading of {reading.report.digest}"])
    follow(Ledger, "judge", lambda made, *_: [f"judgements {made.id}"])
    follow(Ledger, "assess_all", lambda made, *_: [f"assessments {one.id}" for one in made])
    follow(merges, "take_together", list_taken)


def examine(place: Place) -> Examined:
    """What a ledger holds, as a process of its own finds it. No ledger at all is an empty one, of which the words say
    so."""

    def do(tell: Tell) -> int:
        status = run_command("verify", "--ledger", place.ledger)
        keys, rows = list[str](), list[str]()
        with suppress(Error), open_ledger(place.ledger, create=False) as ledger, ledger._reading() as connection:
            for table, key in KEYS.items():
                keys += [f"{table} {value}" for value in connection.execute(choose(key)).scalars()]
            keys += [f"reading of {value}" for value in connection.execute(choose(readings.c.report)).scalars()]
            for columns in ROWS:
                rows += [f"{columns[0].table.name} {tuple(row)}" for row in connection.execute(choose(*columns))]
        tell(json.dumps([status, keys, rows]))
        return 0

    ended = start_child(do, place.folder.parent).end()
    if not ended.said:
        return Examined(CRASHED, ended.words, frozenset(), Counter())
    status, keys, rows = json.loads(ended.said[0])
    return Examined(status, ended.words, frozenset(keys), Counter(rows))
