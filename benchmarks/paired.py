"""How fast two trees of sayso read, report by report in turn, so that what else the machine does meets both alike.

    python benchmarks/paired.py TREE [--against TREE] [--reports REPORTS.jsonl] [--most N] [--starts N]

TREE is a checkout; without --against it is the tree that this file is in that TREE is held against. Prints CPU time
of one core, not of the clock: reports/s, the quotient of both (its median over reports and that of the sums), peak
memory, and the CPU time from nothing to the first reading of a paragraph. Judges nothing.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
DEFAULT = ROOT.parent / "shared" / "data" / "attribution" / "dev.jsonl"
PARAGRAPH = (
    "The regional governor said on Monday that two bridges had been hit overnight. Five people were hurt, the police "
    "said, while the army denied that it had fired at the town of Lund.\n"
)
READER = """
import resource, sys, time
from sayso.extract import read_report
from sayso.read import read_inputs
from sayso.record import Report

reports = [item for item in read_inputs([sys.argv[1]]) if isinstance(item, Report)]
read_report(reports[0])
print(len(reports), flush=True)
for line in sys.stdin:
    began = time.process_time()
    read_report(reports[int(line)])
    print(time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, flush=True)
"""
"""What runs in each tree: it reads the report whose number it is given and says what that took, s and MB."""


def environment(tree: Path) -> dict[str, str]:
    """Where the code of a tree runs, in one thread."""
    return {**os.environ, "PYTHONPATH": str(tree / "src"), "OMP_NUM_THREADS": "1"}


class Reader:
    """A process that reads with the code of a tree."""

    def __init__(self, tree: Path, reports: Path) -> None:
        """Start it, and wait until it is warm."""
        self.process = subprocess.Popen(
            [sys.executable, "-c", READER, str(reports)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment(tree),
        )
        self.count = int(self.hear())
        self.peak_mb = 0.0
        self.seconds: list[float] = []

    def hear(self) -> str:
        """A line that it says."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            sys.exit("a tree cannot read: its error is above")
        return line

    def read(self, number: int) -> None:
        """Have it read a report."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{number}\n")
        self.process.stdin.flush()
        seconds, peak_mb = map(float, self.hear().split())
        self.seconds.append(seconds)
        self.peak_mb = peak_mb


def time_start(tree: Path, path: Path) -> float:
    """CPU seconds of a whole `sayso read` of a paragraph."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "sayso", "read", str(path), "--workers", "1", "--format", "json"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment(tree))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare_reading(trees: list[Path], reports: Path, most: int) -> None:
    """Read all reports by both trees in turn, and print."""
    readers = [Reader(tree, reports) for tree in trees]
    for number in range(min(most, readers[0].count)):
        for reader in readers if number % 2 else reversed(readers):
            reader.read(number)
    for tree, reader in zip(trees, readers, strict=True):
        rate = len(reader.seconds) / sum(reader.seconds)
        print(f"{tree}: {rate:.2f} reports/s of a core, peak memory {reader.peak_mb:.0f} MB")
        reader.process.kill()
        reader.process.wait()
    quotients = [old / new for new, old in zip(*(reader.seconds for reader in readers), strict=True)]
    whole = sum(readers[1].seconds) / sum(readers[0].seconds)
    print(f"times as fast: {whole:.2f} in all, median {median(quotients):.2f} of {len(quotients)} reports")


def compare_starts(trees: list[Path], starts: int) -> None:
    """Start both trees in turn, and print the medians."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paragraph.txt"
        path.write_text(PARAGRAPH, "utf8")
        spent = [[time_start(tree, path) for tree in trees] for _ in range(starts + 1)][1:]
    for tree, seconds in zip(trees, zip(*spent, strict=True), strict=True):
        print(f"{tree}: {median(seconds):.2f} s of CPU from nothing to the first reading")


def main() -> None:
    """Read the arguments, measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("tree", type=Path)
    arguments.add_argument("--against", type=Path)
    arguments.add_argument("--reports", type=Path, default=DEFAULT)
    arguments.add_argument("--most", type=int, default=10_000, help="reports that are read")
    arguments.add_argument("--starts", type=int, default=5)
    chosen = arguments.parse_args()
    trees = [chosen.tree.resolve(), chosen.against.resolve()] if chosen.against else [ROOT, chosen.tree.resolve()]
    if not chosen.reports.exists():
        sys.exit(f"no {chosen.reports}: name a JSON Lines file of reports")
    compare_reading(trees, chosen.reports.resolve(), chosen.most)
    compare_starts(trees, chosen.starts)


if __name__ == "__main__":
    main()
