"""What `add --engine ray` costs against the embedded run, and what a million reports would: paired, in one run.

    python benchmarks/cluster.py [--reports 5000] [--slices 10] [--workers 2] [REPORTS ...]

Short reports are made from real ones by a seeded script, with other names and figures, letter by letter. They are read
in slices, by turns with a pool of processes and on a local Ray cluster of as many workers, each into a ledger of its
own, so that whatever else the machine does meets both alike; the ledgers are then compared to the byte. Then a slice
goes into a sink of Parquet. Prints figures; judges nothing.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from grow import NAMED, shuffle_letters

from sayso.engines import Engine, choose_engine
from sayso.journey import Sink, add_items
from sayso.ledger import open_ledger
from sayso.read import read_inputs
from sayso.read.reports import Facts, make_report
from sayso.record import Report
from sayso.share.sinks import ParquetSink

SHARED = Path(__file__).resolve().parents[2] / "shared"
DEFAULT = SHARED / "data" / "kursk" / "reports.jsonl"
MILLION = 1_000_000
DOLLARS_CORE_HOUR = 0.0408
"""What a core of Amazon's m7g.large in us-east-1 cost on demand in June 2026: $0.0816 an hour for two."""


def invent_reports(originals: Sequence[Report], seed: int) -> Iterator[Report]:
    """Reports without end, of other names and figures: the same for the same seed."""
    rng = random.Random(seed)
    number = 0
    while True:
        for original in originals:
            number += 1
            table = shuffle_letters(rng)
            text = NAMED.sub(lambda found, table=table: found.group().translate(table), original.text)  # type: ignore[misc]
            day = original.published.date().isoformat() if original.published else ""
            facts = Facts(id=f"{original.id}-{number}", outlet=original.outlet, published=day)
            yield make_report(text, facts)


@dataclass(slots=True)
class Spent:
    """Reports read, and the seconds that took: by the clock, of this process, and of the processes that it ended."""

    reports: int = 0
    wall: float = 0.0
    own: float = 0.0
    others: float = 0.0
    rates: list[float] = field(default_factory=list)

    def add(self, reports: Sequence[Report], sink: Sink, engine: Engine, workers: int) -> None:
        """Read some more."""
        began = read_clocks()
        added = add_items(sink, reports, engine=engine, workers=workers)
        wall, own, others = (after - before for after, before in zip(read_clocks(), began, strict=True))
        if added.problems or added.new != len(reports):
            sys.exit(f"{added.new} of {len(reports)} new, problems: {added.problems[:3]}")
        self.reports += len(reports)
        self.wall, self.own, self.others = self.wall + wall, self.own + own, self.others + others
        self.rates.append(len(reports) / wall)


def read_clocks() -> tuple[float, float, float]:
    """Seconds by the clock, of this process, and of the processes that it has ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter(), time.process_time(), ended.ru_utime + ended.ru_stime


def start_cluster(workers: int) -> tuple[Any, float]:
    """Ray with a cluster of its own, and the seconds that took."""
    import logging

    began = time.perf_counter()
    import ray

    # As polite as the pool's processes, on a machine that others use too.
    quiet: dict[str, Any] = {"logging_level": logging.ERROR, "log_to_driver": False, "include_dashboard": False}
    config = {"worker_niceness": 0}
    ray.init(address="local", num_cpus=workers, object_store_memory=160_000_000, _system_config=config, **quiet)
    return ray, time.perf_counter() - began


def list_kept(ledger: Path) -> Iterator[tuple[str, bytes]]:
    """The readings of a ledger: the digest of each report and the reading's bytes, in the order of digests."""
    with sqlite3.connect(ledger) as database:
        yield from database.execute("SELECT report, body FROM readings ORDER BY report")


def compare(one: Path, other: Path) -> int:
    """How many readings two ledgers hold alike. Ends the program where one differs."""
    alike = 0
    for a, b in zip(list_kept(one), list_kept(other), strict=True):
        if a != b:
            sys.exit(f"the readings of report {a[0]} differ")
        alike += 1
    return alike


def measure(reports: Iterator[Report], count: int, slices: int, workers: int, folder: Path) -> dict[str, Any]:
    """Read by turns, and compare."""
    ray, start = start_cluster(workers)
    engines: dict[str, Engine] = {"pool": choose_engine("pool"), "ray": choose_engine("ray")}
    spent = {name: Spent() for name in engines}
    for number in range(slices):
        some = list(islice(reports, count // slices))
        for name in sorted(engines, reverse=bool(number % 2)):
            with open_ledger(str(folder / f"{name}.db")) as ledger:
                spent[name].add(some, ledger, engines[name], workers)
        print(
            f"  slice {number + 1}: {spent['pool'].rates[-1]:.1f} and {spent['ray'].rates[-1]:.1f} reports/s",
            flush=True,
        )
    sunk = Spent()
    with ParquetSink(folder / "sink") as sink:
        sunk.add(list(islice(reports, count // slices)), sink, engines["ray"], workers)
    ray.shutdown()
    return {"start": start, "sunk": sunk, **spent}


def weigh(path: Path) -> int:
    """The bytes of a file, or of the files of a folder."""
    return sum(p.stat().st_size for p in path.iterdir()) if path.is_dir() else path.stat().st_size


def tell(found: dict[str, Any], folder: Path, say: Callable[[str], None] = print) -> None:
    """Print what was measured and what it comes to for a million."""
    pool, ray, sunk, start = found["pool"], found["ray"], found["sunk"], found["start"]
    ratios = sorted(r / p for r, p in zip(ray.rates, pool.rates, strict=True))
    alike = compare(folder / "pool.db", folder / "ray.db")
    say(f"{alike} readings alike to the byte")
    say(f"pool: {pool.reports / pool.wall:.1f} reports/s; ray: {ray.reports / ray.wall:.1f} reports/s")
    say(f"ray against pool: {pool.wall / ray.wall:.2f} x (median of slices {ratios[len(ratios) // 2]:.2f}); with the")
    say(f"  cluster's start ({start:.1f} s) {pool.wall / (ray.wall + start):.2f} x")
    each = (pool.own + pool.others) / pool.reports
    ledger, files = weigh(folder / "pool.db") / pool.reports, weigh(folder / "sink") / sunk.reports
    say(f"a report: {1000 * each:.0f} ms of a core; {ledger / 1e3:.1f} kB in a ledger, {files / 1e3:.1f} kB in a sink")
    for name, one in (("ledger", ray), ("sink", sunk)):
        fed = one.reports / one.own
        say(f"this process keeps up with {fed:.0f} reports/s into a {name}: {fed * each:.0f} cores")
    hours = each * MILLION / 3600
    say(f"a million: {hours:.1f} core hours, ${hours * DOLLARS_CORE_HOUR:.2f};")
    say(f"  {files * MILLION / 1e9:.1f} GB in a sink, {ledger * MILLION / 1e9:.1f} GB in a ledger")
    say(f"peak memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="*", default=[str(DEFAULT)], metavar="REPORTS")
    parser.add_argument("--reports", type=int, default=5000)
    parser.add_argument("--slices", type=int, default=10)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    originals = [item for item in read_inputs(given.inputs) if isinstance(item, Report)]
    if not originals:
        sys.exit(f"no reports in {', '.join(given.inputs)}")
    words = sum(len(r.text.split()) for r in originals) / len(originals)
    print(f"{given.reports} reports of {words:.0f} words, {given.workers} workers, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        reports = invent_reports(originals, given.seed)
        tell(measure(reports, given.reports, given.slices, given.workers, Path(folder)), Path(folder))


if __name__ == "__main__":
    main()
