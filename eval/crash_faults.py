"""The faults that `crashes.py` makes: each disturbs a work once and gives what was wrong afterwards."""

from __future__ import annotations

import math
import os
import pickle
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from crash_benches import AGAIN, LACKING, Bench, do_work, find_faults, find_unfinished, list_files, read_made
from crash_children import Ended, start_child
from crash_cuts import cut_power
from crash_disks import Disk
from crash_works import FILE, HOME, Place, Work

from sayso.ledger import open_ledger
from sayso.ledger.engines import LOCK

NOBODY = 65534
"""The number of a user who may write nowhere: https://refspecs.linuxfoundation.org/LSB_5.0.0/LSB-Core-generic"""
WAIT_SECONDS = 0.15
"""How long a work waits here for another program's writing."""
SHORTEST_SECONDS = 0.002
"""How soon a program is killed at the earliest."""
ENDED = 0.1
"""How many of the power cuts come after the program has ended."""
Counts = Counter[str]


class NotHereError(Exception):
    """A fault that cannot be made on this system. The message says which."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault: its name, what makes it, how often, on which ledgers, and with which works."""

    name: str
    make: Callable[[Bench, Work, random.Random, Counts], list[str]]
    weight: float
    ledgers: tuple[str, ...] = ("sqlite", "postgres")
    fits: Callable[[Work], bool] = lambda work: True


def draw_seconds(luck: random.Random, longest: float) -> float:
    """A while up to a little longer than the longest: any, or of any order of magnitude."""
    most = 1.2 * longest + SHORTEST_SECONDS
    if luck.random() < 0.5:
        return luck.uniform(0.0, most)
    return math.exp(luck.uniform(math.log(SHORTEST_SECONDS), math.log(most)))


def judge_try(
    bench: Bench, work: Work, place: Place, ended: Ended | None, said: tuple[str, ...], counts: Counts
) -> list[str]:
    """What is wrong after a try, and after the work was done again."""
    whole = bench.do_whole(work)
    counts["said to be kept"] += len(said)
    counts["failed, and said why"] += ended is not None and ended.status == 1
    faults = find_faults(work, whole, place, ended, said)
    faults += find_unfinished(bench, work, whole, place)
    bench.drop_place(place)
    return faults


def kill(bench: Bench, work: Work, luck: random.Random, counts: Counts) -> list[str]:
    """Kill it at any moment."""
    whole, place = bench.do_whole(work), bench.make_place(work)
    child = start_child(partial(do_work, work, place, lambda: None, None), bench.folder)
    if child.wait(draw_seconds(luck, whole.seconds)):
        counts["ended before it was killed"] += 1
    child.kill()
    ended = child.end()
    return judge_try(bench, work, place, ended if ended.status >= 0 else None, ended.said, counts)


def kill_fresh(bench: Bench, work: Work, luck: random.Random, counts: Counts) -> list[str]:
    """Kill a program of its own, which loads all for itself."""
    place = bench.make_place(work)
    bench.do_whole(work)
    code = "import sys, pickle; work, place = pickle.loads(bytes.fromhex(sys.argv[1])); sys.exit(work.do(place))"
    given = pickle.dumps((work, place)).hex()
    own = {name: str(place.folder / name) for name in HOME} | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-c", code, given],
        env=os.environ | own,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as program:
        with suppress(subprocess.TimeoutExpired):
            program.wait(luck.uniform(0.3, 2.5))
        program.kill()
    return judge_try(bench, work, place, None, (), counts)


def kill_at_change(bench: Bench, work: Work, luck: random.Random, counts: Counts) -> list[str]:
    """Kill it at a change of a file: before it, after a part of it, or after it."""
    whole, place = bench.do_whole(work), bench.make_place(work)
    changes = sum(change.kind != "say" for change in whole.changes)
    disk = Disk(kill_at=luck.randint(1, max(1, changes)), part=luck.choice((0.0, 0.5, luck.random(), 1.0)))
    ended = bench.run(work, place, disk=disk)
    counts["ended before it was killed"] += ended.status >= 0
    return judge_try(bench, work, place, ended if ended.status >= 0 else None, ended.said, counts)


def cut(bench: Bench, work: Work, luck: random.Random, counts: Counts) -> list[str]:
    """Cut the power after any change of a file, or after the last, when the program has ended."""
    whole = bench.do_whole(work)
    place = bench.make_place(work)
    done = len(whole.changes) if luck.random() < ENDED else luck.randint(0, len(whole.changes))
    files, told = cut_power(whole.start, whole.changes[:done], luck)
    shutil.rmtree(place.folder)
    place.folder.mkdir()
    for path, content in files.items():
        there = place.folder / Path(path).relative_to(whole.folder)
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_bytes(content)
    said = tuple(words.decode() for words in told)
    missing = done == len(whole.changes) and read_made(work, place) != whole.made
    faults = [f"it ended, and {work.makes} is not there"] if missing else []
    faults += judge_try(bench, work, place, None, said, counts)
    lost = any(fault.startswith(LACKING) for fault in faults)
    if not bench.durable and lost and not any(fault.startswith(AGAIN) for fault in faults):
        counts["not synced, and lost with the power"] += 1
        return []
    return faults


def fill_disk(bench: Bench, work: Work, luck: random.Random, counts: Counts) -> list[str]:
    """Have no room from a change on, as SQLite's files see it."""
    whole, place = bench.do_whole(work), bench.make_place(work)
    changes = sum(change.kind != "say" for change in whole.changes)
    ended = bench.run(work, place, disk=Disk(full_at=luck.randint(1, max(1, changes))))
    return judge_try(bench, work, place, ended, ended.said, counts)


def limit_files(bench: Bench, work: Work, luck: random.Random, counts: Counts) -> list[str]:
    """Let no file grow past a size (RLIMIT_FSIZE)."""
    place = bench.make_place(work)
    bench.do_whole(work)
    size = luck.randint(1, 200) * 1000

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    ended = bench.run(work, place, limit)
    return judge_try(bench, work, place, ended, ended.said, counts)


def fill_folder(bench: Bench, work: Work, luck: random.Random, counts: Counts) -> list[str]:
    """Work in a file system of its own that has little room (a mounted tmpfs)."""
    bench.do_whole(work)
    place = bench.make_place(work)
    used = sum(path.stat().st_size for path in list_files(place.folder))
    room = f"size={used + luck.randint(1, 400) * 1024}"
    inner = place.folder / "small"
    inner.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", room, "tmpfs", str(inner)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        bench.drop_place(place)
        raise NotHereError("a small file system, for want of the right to mount one")
    try:
        small = Place(inner, str(inner / FILE), place.start, place.claims, place.question)
        if work.begun:
            shutil.copy(place.ledger, small.ledger)
        ended = bench.run(work, small)
        kept = place.folder.with_name(place.folder.name + "-after")
        shutil.copytree(inner, kept)
    finally:
        subprocess.run(["umount", inner], check=True)
    bench.drop_place(place)
    after = Place(kept, str(kept / FILE), place.start, place.claims, place.question)
    return judge_try(bench, work, after, ended, ended.said, counts)


def hurry() -> None:
    """Have this process wait for others' writing for a short while only."""
    (open_ledger.__kwdefaults__ or {})["wait_seconds"] = WAIT_SECONDS


@contextmanager
def hold_lock(bench: Bench, place: Place) -> Iterator[None]:
    """Write to a ledger, as another program would, without coming to an end."""
    if bench.server:
        import psycopg

        with psycopg.connect(place.ledger) as holder:
            holder.execute(f"SELECT pg_advisory_xact_lock({LOCK})")
            yield
        return
    other = sqlite3.connect(place.ledger, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        yield
    finally:
        other.close()


def lock(bench: Bench, work: Work, luck: random.Random, counts: Counts) -> list[str]:
    """Have another program write to the ledger, for a moment or for longer than is waited."""
    bench.do_whole(work)
    place = bench.make_place(work)
    with hold_lock(bench, place):
        child = start_child(partial(do_work, work, place, hurry, None), bench.folder)
        child.wait(luck.choice((WAIT_SECONDS / 3, 60.0)))
    ended = child.end()
    return judge_try(bench, work, place, ended, ended.said, counts)


def close_doors(bench: Bench, work: Work, luck: random.Random, counts: Counts) -> list[str]:
    """Let nothing be written: to the ledger's file, to its folder, or to either; to a database by a setting."""
    bench.do_whole(work)
    place = bench.make_place(work)
    which = luck.randrange(3)
    if bench.server:
        from servers import name_database

        bench.server.run_sql(f"ALTER DATABASE {name_database(place.ledger)} SET default_transaction_read_only = on")
        ended = bench.run(work, place)
        bench.server.run_sql(f"ALTER DATABASE {name_database(place.ledger)} RESET default_transaction_read_only")
        return judge_try(bench, work, place, ended, ended.said, counts)
    bench.folder.chmod(0o755)  # Who may write nowhere may look at all.
    paths = [place.folder, *list_files(place.folder)]

    def close() -> None:
        if not os.geteuid():
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)

    for path in paths:
        if not os.geteuid():
            os.chown(path, NOBODY, NOBODY)
        closed = which == 2 or path.is_dir() == (which == 0)
        path.chmod((0o555 if closed else 0o755) if path.is_dir() else (0o444 if closed else 0o644))
    ended = bench.run(work, place, close)
    for path in paths:
        path.chmod(0o755)
    return judge_try(bench, work, place, ended, ended.said, counts)


def write_at_once(writers: int, bench: Bench, work: Work, luck: random.Random, counts: Counts) -> list[str]:
    """Have several programs do the work at once, and kill each at any moment, or none."""
    whole, place = bench.do_whole(work), bench.make_place(work)
    children = []
    for n in range(writers):
        folder = place.folder / f"writer{n}"
        folder.mkdir()
        own = Place(folder, place.ledger, place.start, place.claims, place.question)
        moment = draw_seconds(luck, whole.seconds * writers) if luck.random() < 0.7 else math.inf
        children.append((moment, start_child(partial(do_work, work, own, lambda: None, None), bench.folder)))
    begun = time.monotonic()
    said: list[str] = []
    faults = []
    for moment, child in sorted(children, key=lambda pair: pair[0]):
        if child.wait(None if moment == math.inf else max(0.0, begun + moment - time.monotonic())):
            counts["ended before it was killed"] += 1
        child.kill()
        ended = child.end()
        said += ended.said
        if ended.status > 0:
            faults.append(f"beside others it ended with {ended.status}: {ended.words.strip()[-300:]}")
    return faults + judge_try(bench, work, place, None, tuple(said), counts)


def stop_server(bench: Bench, work: Work, luck: random.Random, counts: Counts) -> list[str]:
    """Stop the server as by a crash while the work is done."""
    assert bench.server
    whole, place = bench.do_whole(work), bench.make_place(work)
    child = start_child(partial(do_work, work, place, lambda: None, None), bench.folder)
    child.wait(draw_seconds(luck, whole.seconds))
    bench.server.stop(signal.SIGQUIT)
    ended_soon = child.wait(5.0)
    child.kill()
    bench.server.start()
    ended = child.end()
    counts["waited for the server"] += not ended_soon
    return judge_try(bench, work, place, ended if ended.status >= 0 else None, ended.said, counts)


def writes(work: Work) -> bool:
    """Whether a work writes to the ledger, and may be done by several at once: one watch works on a ledger at a time,
    and several people at the desk may each say the same."""
    return not work.makes and work.name not in ("watch", "desk")


def needs_ledger(work: Work) -> bool:
    """Whether the ledger is there before."""
    return work.begun


FAULTS = {
    fault.name: fault
    for fault in (
        Fault("kill", kill, 6),
        Fault("kill fresh", kill_fresh, 0.4),
        Fault("kill at a change", kill_at_change, 6, ("sqlite",)),
        Fault("power cut", cut, 10, ("sqlite",)),
        Fault("full disk", fill_disk, 2, ("sqlite",)),
        Fault("limit of files", limit_files, 1, ("sqlite",)),
        Fault("small file system", fill_folder, 1, ("sqlite",)),
        Fault("locked", lock, 1, fits=needs_ledger),
        Fault("read-only", close_doors, 1, fits=needs_ledger),
        Fault("two writers", partial(write_at_once, 2), 2, fits=writes),
        Fault("eight writers", partial(write_at_once, 8), 1, fits=writes),
        Fault("server crash", stop_server, 1.5, ("postgres",)),
    )
}
"""All faults, by their names."""
