"""What a disk may hold after the power went: all that was synced and, of the rest, any part of it, in sectors of 512
bytes, torn, missing or full of rubbish.

It follows what SQLite itself is tested with (https://www.sqlite.org/testing.html#crash_testing). What it takes for
granted, as SQLite and the file systems in use do: a sync keeps all earlier changes of that file and of names in its
folder; a sector that is not written to is not hurt.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from crash_disks import Change

SECTOR_BYTES = 512
"""What a disk writes whole or not at all."""
UNWRITTEN = "-shm"
"""What ends the name of the file that SQLite shares with other programs: it is made anew after a crash."""


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
