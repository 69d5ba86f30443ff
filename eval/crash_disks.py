"""A disk that can be cut off: SQLite on a layer of files of our own (a VFS, by apsw) that notes or breaks what is done.

`use_disk` has every connection of this process to SQLite, whoever opens it, go through apsw's own SQLite on our layer,
and sees what Python's files are synced and renamed to. The layer passes all on to the system's files; besides it notes
each change of a file and each sync (`Change`), kills the process at one of them, or says from one on that the disk is
full. `crash_cuts.py` makes of such notes what a power cut leaves.
"""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Literal, NamedTuple

import apsw
from crash_drivers import Connection

LAYER = "sayso-crashes"


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


def use_disk(disk: Disk) -> Layer:
    """Have all of this process's SQLite go through the layer, and note what becomes of Python's files. For good: call
    it in a process of its own. The layer lasts as long as what is given back."""
    layer = Layer(disk)
    connect: Any = partial(Connection, LAYER)
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
