"""Where `crashes.py` tries: places where works are done, what these come to undisturbed, and what is held to that."""

from __future__ import annotations

import gc
import pickle
import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from crash_children import CRASHED, Ended, Examined, Tell, examine, start_child, tell_kept
from crash_disks import Change, Disk, use_disk
from crash_works import FILE, Place, Work, make_start, prepare_surroundings, run_command
from servers import Server, name_database

from sayso.ledger import open_ledger

NO_LEDGER = ("there is no ledger yet", "no such database")
"""What is said of a ledger that was not made, or not made up, before its program was killed."""
LACKING, AGAIN = "said to be kept and lacking", "done again"
"""How it is told that something is lost, and what is wrong when the work is done again."""
SYNCED = 2
"""What SQLite calls `synchronous = FULL`: https://www.sqlite.org/pragma.html#pragma_synchronous"""


@dataclass(frozen=True, slots=True)
class Whole:
    """What a work comes to when nothing disturbs it: what the ledger holds, what it makes beside, how long it took, and
    on a disk of ours what was done to files."""

    examined: Examined
    made: bytes | None
    seconds: float
    start: dict[str, bytes] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    folder: Path = Path()


class Bench:
    """Where works are tried: a folder, and a server for ledgers that are in a database."""

    def __init__(self, folder: Path, server: Server | None, works: Iterable[Work]) -> None:
        """Make the start from which works begin, and load all that they need."""
        self.folder, self.server, self.number = folder, server, 0
        self.start = make_start(folder)
        warm_up(self.start, works)
        self.template = self._copy_start() if server else ""
        self.durable = self._read_synchronous() >= SYNCED
        self._whole: dict[str, Whole] = {}

    def make_place(self, work: Work) -> Place:
        """A new place for a work, with its start if it has one."""
        self.number += 1
        folder = self.folder / f"try{self.number}"
        folder.mkdir()
        if self.server:
            where = self.server.make_database(self.template) if work.begun else self.server.make_database()
        else:
            where = str(folder / FILE)
            if work.begun:
                shutil.copy(self.start.ledger, where)
        return replace(self.start, folder=folder, ledger=where)

    def drop_place(self, place: Place) -> None:
        """Take a place away."""
        if self.server:
            self.server.drop_database(place.ledger)
        shutil.rmtree(place.folder, ignore_errors=True)

    def run(
        self, work: Work, place: Place, before: Callable[[], object] = lambda: None, disk: Disk | None = None
    ) -> Ended:
        """Do a work in a child, to its end."""
        child = start_child(partial(do_work, work, place, before, disk), self.folder)
        return child.end()

    def do_whole(self, work: Work) -> Whole:
        """What a work comes to undisturbed."""
        if work.name not in self._whole:
            place = self.make_place(work)
            begun = time.monotonic()
            ended = self.run(work, place)
            seconds = time.monotonic() - begun
            again, made = examine(place), read_made(work, place)
            if ended.status or again.status:
                raise SystemExit(f"{work.name} cannot be done undisturbed: {ended.words}{again.words}")
            self._whole[work.name] = Whole(again, made, seconds)
            self.drop_place(place)
            if not self.server:
                self._whole[work.name] = self._note_changes(work, self._whole[work.name])
        return self._whole[work.name]

    def _note_changes(self, work: Work, whole: Whole) -> Whole:
        """The same with what is done to files, as a disk of ours notes it."""
        place, disk = self.make_place(work), Disk(noting=True)
        start = {str(path): path.read_bytes() for path in list_files(place.folder)}
        notes = self.folder / "changes"
        ended = self.run(work, place, partial(write_at_end, disk, notes), disk)
        again = examine(place)
        if ended.status or again.status or again.rows != whole.examined.rows:
            raise SystemExit(f"{work.name} is done otherwise on a disk of ours: {ended.words}{again.words}")
        changes = tuple(pickle.loads(notes.read_bytes()))
        self.drop_place(place)
        return replace(whole, start=start, changes=changes, folder=place.folder)

    def _copy_start(self) -> str:
        """The name of a database that holds the start."""
        assert self.server
        where = self.server.make_database()
        run_command("copy", self.start.ledger, where)
        return name_database(where)

    def _read_synchronous(self) -> int:
        """How a ledger in a file is kept: see `SYNCED`."""
        with open_ledger(self.start.ledger) as ledger, ledger._reading() as connection:
            return int(connection.exec_driver_sql("PRAGMA synchronous").scalar_one())


def warm_up(start: Place, works: Iterable[Work]) -> None:
    """Do all works once in this process, so that its forks have all that they need, and need not go through it for what
    can go."""
    for n, work in enumerate(works):
        folder = start.folder / f"warm{n}"
        folder.mkdir()
        place = replace(start, folder=folder, ledger=str(folder / FILE))
        if work.begun:
            shutil.copy(start.ledger, place.ledger)
        if work.do(place) or run_command("verify", "--ledger", place.ledger):
            raise SystemExit(f"{work.name} cannot be done")
    gc.collect()
    gc.freeze()


def do_work(work: Work, place: Place, before: Callable[[], object], disk: Disk | None, tell: Tell) -> int:
    """Do a work in this process, telling what is said to be kept; on a disk of ours, if one is given."""
    layer = use_disk(disk) if disk else None

    def say(key: str) -> None:
        tell(key)
        if disk:
            disk.say(key.encode())

    tell_kept(say)
    prepare_surroundings(place.folder)
    before()
    status = work.do(place)
    if disk and disk.noting and disk.at_end:
        disk.at_end(disk.changes)
    del layer
    return status


def write_at_end(disk: Disk, path: Path) -> None:
    """Have the notes of a disk written to a file when the work is done."""
    disk.at_end = lambda changes: path.write_bytes(pickle.dumps(changes))


def list_files(folder: Path) -> list[Path]:
    """All files of a folder."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def read_made(work: Work, place: Place) -> bytes | None:
    """What a work made beside the ledger; None where it made nothing."""
    made = place.folder / (work.makes or "nothing")
    return made.read_bytes() if made.exists() else None


def find_faults(work: Work, whole: Whole, place: Place, ended: Ended | None, said: Iterable[str]) -> list[str]:
    """What is wrong with a ledger after a crash: it does not verify, lacks what was said to be kept, or holds what it
    should not; the work's file is there in part; the program said that all was well, or nothing of what was not."""
    found = examine(place)
    said = set(said)
    faults = []
    unmade = found.status == 1 and not work.begun and not said and any(words in found.words for words in NO_LEDGER)
    if found.status and not unmade:
        faults.append(f"verify says: {found.words.strip()[-300:]}")
    if lacking := sorted(said - found.keys):
        faults.append(f"{LACKING}: {', '.join(lacking)}")
    if more := found.rows - whole.examined.rows:
        faults.append(f"held and never meant: {list(more)[:3]}")
    if read_made(work, place) not in (None, whole.made):
        faults.append(f"{work.makes} is there in part")
    if ended and ended.status == CRASHED:
        faults.append(f"it ended by an error: {ended.words.strip()[-300:]}")
    elif ended and ended.status == 1 and not ended.words.strip().split("\n")[-1].startswith("sayso: "):
        faults.append(f"it failed and did not say why: {ended.words.strip()[-300:]}")
    elif ended and ended.status == 0 and found.rows != whole.examined.rows:
        faults.append("it said that all was done, and it was not")
    return faults


def find_unfinished(bench: Bench, work: Work, whole: Whole, place: Place) -> list[str]:
    """What is wrong after the work was done again: it is not what it would have come to undisturbed."""
    ended = bench.run(work, place)
    if ended.status:
        return [f"{AGAIN}, it fails: {ended.words.strip()[-300:]}"]
    found = examine(place)
    faults = [f"{AGAIN}, verify says: {found.words.strip()[-300:]}"] if found.status else []
    if lacking := whole.examined.rows - found.rows:
        faults.append(f"{AGAIN}, it lacks {list(lacking)[:3]}")
    if more := found.rows - whole.examined.rows:
        faults.append(f"{AGAIN}, it has more: {list(more)[:3]}")
    if read_made(work, place) != whole.made:
        faults.append(f"{AGAIN}, {work.makes} is not what it should be")
    return faults
