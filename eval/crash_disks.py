"""A disk that can be cut off: SQLite on a layer of files of our own (a VFS, by apsw) that notes or breaks what is done.

`use_disk` has every connection of this process to SQLite, whoever opens it, go through apsw's own SQLite on our layer,
and sees what Python's files are synced and renamed to. The layer passes all on to the system's files; besides it notes
each change of a file and each sync (`Change`), kills the process at one of them, or says from one on that the disk is
full. `cut_power` makes of such notes what a disk may hold after the power went: all that was synced, and of what was
not, any part of it, in sectors of 512 bytes, torn, missing or full of rubbish.

It follows what SQLite itself is tested with (https://www.sqlite.org/testing.html#crash_testing). What it takes for
granted, as SQLite and the file systems in use do: a sync keeps all earlier changes of that file and of names in its
folder; a sector that is not written to is not hurt.
"""

from __future__ import annotations

import errno
import os
import random
import signal
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Literal, NamedTuple, Self

import apsw

SECTOR_BYTES = 512
"""What a disk writes whole or not at all."""
LAYER = "sayso-crashes"
UNWRITTEN = "-shm"
"""What ends the name of the file that SQLite shares with other programs: it is made anew after a crash."""


class Change(NamedTuple):
    """Something done to a file: `write` (`content` at `offset`), `cut` (to `offset` bytes), `sync`, `drop` (it goes),
    `keep` (a file of Python's is synced: `content` is all of it), `rename` (to `path`, with `content`; `offset` is 1 if
    that was synced before); and what the program says is kept (`say`, `content`)."""

    kind: Literal["write", "cut", "sync", "drop", "keep", "rename", "say"]
    path: str
    offset: int = 0
    content: bytes = b""


@dataclass(slots=True)
class Disk:
    """What the layer does: notes changes, and kills this process at the one numbered `kill_at` (after `part` of it, if
    it is a write), or has no room from the one numbered `full_at` on. 0 for never."""

    kill_at: int = 0
    part: float = 1.0
    full_at: int = 0
    noting: bool = False
    count: int = 0
    changes: list[Change] = field(default_factory=list)
    at_end: Callable[[list[Change]], object] | None = None

    def do(self, change: Change, work: Callable[[bytes], object]) -> None:
        """Do a change, and note it; or do a part of it, and die; or refuse it."""
        self.count += 1
        if self.count == self.kill_at:
            if part := change.content[: round(len(change.content) * self.part)]:
                work(part)
            os.kill(os.getpid(), signal.SIGKILL)
        if 0 < self.full_at <= self.count and change.kind in ("write", "keep"):
            no_room = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            raise no_room if change.kind == "keep" else apsw.FullError(str(no_room))
        work(change.content)
        if self.noting:
            self.changes.append(change)

    def say(self, words: bytes) -> None:
        """Note what the program said."""
        if self.noting:
            self.changes.append(Change("say", "", content=words))


def name_path(name: str | apsw.URIFilename | None) -> str:
    """The path of a file as SQLite names it."""
    return name.filename() if isinstance(name, apsw.URIFilename) else name or ""


class DiskFile(apsw.VFSFile):
    """A file on the layer."""

    def __init__(self, disk: Disk, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        """Open it by the system's own layer."""
        super().__init__("", name, flags)
        self.disk, self.path = disk, name_path(name)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        """Write."""
        write = super().xWrite
        self.disk.do(Change("write", self.path, offset, bytes(data)), lambda part: write(part, offset))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        """Cut to a size."""
        cut = super().xTruncate
        self.disk.do(Change("cut", self.path, newsize), lambda _: cut(newsize))

    def xSync(self, flags: int) -> None:  # noqa: N802
        """Sync."""
        sync = super().xSync
        self.disk.do(Change("sync", self.path), lambda _: sync(flags))


class Layer(apsw.VFS):
    """The layer of files."""

    def __init__(self, disk: Disk) -> None:
        """Lay it over the system's own."""
        self.disk = disk
        super().__init__(LAYER, "")

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        """Open a file."""
        return DiskFile(self.disk, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        """Take a file away."""
        drop = super().xDelete
        self.disk.do(Change("drop", filename), lambda _: drop(filename, syncdir))


# The face of Python's own driver over apsw, as much of it as SQLAlchemy and sayso use (PEP 249).

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

    def __init__(self, database: str, timeout: float = 5.0, *, uri: bool = False, **_: Any) -> None:
        """Connect through the layer."""
        flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE | (apsw.SQLITE_OPEN_URI if uri else 0)
        try:
            self.inner = apsw.Connection(os.fspath(database), flags=flags, vfs=LAYER)
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


def use_disk(disk: Disk) -> Layer:
    """Have all of this process's SQLite go through the layer, and note what becomes of Python's files. For good: call
    it in a process of its own. The layer lasts as long as what is given back."""
    layer = Layer(disk)
    connect: Any = Connection
    sqlite3.connect = sqlite3.dbapi2.connect = connect
    sync, rename = os.fsync, os.replace

    def note_sync(handle: int) -> None:
        path = Path(f"/proc/self/fd/{handle}")
        real = os.path.realpath(path)
        if Path(real).is_dir():
            disk.do(Change("sync", real), lambda _: sync(handle))
        else:
            disk.do(Change("keep", real, content=path.read_bytes()), lambda _: sync(handle))

    def note_rename(source: Any, target: Any) -> None:
        there = Path(source)
        content = there.read_bytes() if there.is_file() and disk.noting else b""
        synced = any((c.kind, c.path, c.content) == ("keep", str(there.absolute()), content) for c in disk.changes)
        change = Change("rename", str(Path(target).absolute()), int(synced), content)
        disk.do(change, lambda _: rename(source, target))

    os.fsync, os.replace, os.rename = note_sync, note_rename, note_rename  # type: ignore[assignment]
    return layer


# What is left when the power goes.


@dataclass(slots=True)
class File:
    """What of a file is on the disk for sure (None: it is not there), and what was done to it since."""

    kept: bytes | None
    since: list[Change] = field(default_factory=list)


def cut_power(
    start: dict[str, bytes], changes: Sequence[Change], luck: random.Random
) -> tuple[dict[str, bytes], list[bytes]]:
    """What a disk holds, by paths, if after some changes to what was there at the `start` the power went, and what the
    program had said by then is kept."""
    files = {path: File(content) for path, content in start.items() if not path.endswith(UNWRITTEN)}
    said = [change.content for change in changes if change.kind == "say"]
    for change in changes:
        if change.kind == "say" or change.path.endswith(UNWRITTEN):
            continue
        file = files.setdefault(change.path, File(None))
        if change.kind in ("sync", "keep"):
            settle(file, change)
            for other in files.values():
                settle_names(other)
        else:
            file.since.append(change)
    # How a disk loses things differs from crash to crash more than within one.
    how = luck.choice(("nothing", "all", "some", "some", "torn", "torn", "rubbish"))
    left = ((path, tear(file, how, luck)) for path, file in files.items())
    return {path: content for path, content in left if content is not None}, said


def settle(file: File, change: Change) -> None:
    """A file is synced: all that was done to it is on the disk."""
    file.kept = change.content if change.kind == "keep" else apply_all(file.kept, file.since)
    file.since = []


def settle_names(file: File) -> None:
    """Something is synced: what was done to the names of files before is on the disk too."""
    last = max((n for n, change in enumerate(file.since) if change.kind in ("drop", "rename")), default=-1)
    if last >= 0 and (file.since[last].kind == "drop" or file.since[last].offset):
        file.kept = apply_all(file.kept, file.since[: last + 1])
        file.since = file.since[last + 1 :]


def apply_all(kept: bytes | None, changes: Iterable[Change]) -> bytes | None:
    """A file after some changes."""
    made = None if kept is None else bytearray(kept)
    for change in changes:
        if change.kind == "drop":
            made = None
        elif change.kind == "rename":
            made = bytearray(change.content)
        else:
            made = bytearray() if made is None else made
            if change.kind == "cut":
                del made[change.offset :]
            put(made, change.offset, change.content)
    return None if made is None else bytes(made)


def put(made: bytearray, offset: int, content: bytes) -> None:
    """Write into a file, which grows by zeros up to there."""
    made.extend(bytes(max(0, offset - len(made))))
    made[offset : offset + len(content)] = content


def tear(file: File, how: str, luck: random.Random) -> bytes | None:
    """What is left of a file, of whose changes since it was synced nothing, all, or some are on the disk."""
    if how == "nothing" or not file.since:
        return file.kept
    if how == "all":
        return apply_all(file.kept, file.since)
    done: list[Change] = []
    for change in file.since:
        if change.kind == "write":
            done += tear_write(change, how, luck)
        elif change.kind == "rename":  # The new name may be there before what is in the file.
            done += [
                change
                if change.offset or luck.random() < 0.5
                else change._replace(content=cut_short(change.content, luck))
            ]
        elif luck.random() < 0.5:
            done.append(change)
    return apply_all(file.kept, done)


def cut_short(content: bytes, luck: random.Random) -> bytes:
    """A beginning of what is in a file, in sectors; often none of it."""
    return content[: luck.choice((0, luck.randint(0, len(content) // SECTOR_BYTES))) * SECTOR_BYTES]


def tear_write(change: Change, how: str, luck: random.Random) -> Iterator[Change]:
    """Those sectors of a write that are on the disk; with rubbish, others hold anything."""
    if how == "some":
        if luck.random() < 0.5:
            yield change
        return
    at = change.offset
    end = at + len(change.content)
    while at < end:
        size = min(SECTOR_BYTES - at % SECTOR_BYTES, end - at)
        part = change.content[at - change.offset : at - change.offset + size]
        if luck.random() < 0.5:
            yield Change("write", change.path, at, part)
        elif how == "rubbish" and luck.random() < 0.5:
            yield Change("write", change.path, at, luck.randbytes(size))
        at += size
