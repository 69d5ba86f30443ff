"""What inputs that are made to do harm take: each is added to a new ledger together with an honest page.

    python eval/bombs.py [--only WORD] [--quiet] [--list]

Prints of each the peak of memory (of all processes together, and of the largest), the seconds of computing (and of the
clock, which other work on the machine lengthens) and what the command said; then the counts: over 1 GB, over 30 s,
batch lost (the honest page not kept, or the command broken down). Ends with status 1 where there is one.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import bombs_packed
import bombs_plain

from sayso.ledger import open_ledger

MOST_MEGABYTES, MOST_SECONDS, STRETCH_MEGABYTES = 1000, 30.0, 300
GIVEN_UP_SECONDS = 200.0
"""When a command is killed."""
LOOK_SECONDS = 0.05
NEIGHBOUR = "neighbour.html"
PAGE = (
    "<html><head><title>Ferry</title></head><body><article><h1>Ferry runs aground</h1>"
    + "<p>The ferry Sabine ran aground off Tolna on Friday; 12 people were hurt, the harbour master said.</p>" * 3
    + "</article></body></html>"
)
MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Blast:
    """What one input did: megabytes of all processes together and of the largest, seconds of computing and of the
    clock, whether the honest page was kept, and what the command said."""

    name: str
    together: float
    largest: float
    seconds: float
    passed: float
    kept: bool
    status: int
    said: str

    @property
    def lost(self) -> bool:
        """Whether it cost the batch anything."""
        return not self.kept or self.status not in (0, 1) or "Traceback" in self.said

    @property
    def over(self) -> bool:
        """Whether it went beyond a bound."""
        return self.lost or self.together > MOST_MEGABYTES or self.seconds > MOST_SECONDS


def try_bomb(name: str, make: Callable[[], bytes], folder: Path) -> Blast:
    """Add one input and the honest page, and see what that takes."""
    place = folder / name
    place.write_bytes(make())
    (folder / NEIGHBOUR).write_text(PAGE, encoding="utf8")
    ledger = folder / "ledger.db"
    command = [
        sys.executable,
        "-m",
        "sayso",
        "add",
        str(place),
        str(folder / NEIGHBOUR),
        "--ledger",
        str(ledger),
        "--workers",
        "1",
    ]
    begun, before = time.monotonic(), os.times().children_user + os.times().children_system
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, env={**os.environ, "OMP_NUM_THREADS": "1"})
        together, largest = watch(process, begun + GIVEN_UP_SECONDS)
    passed = time.monotonic() - begun
    now = os.times()
    seconds = now.children_user + now.children_system - before
    words = (folder / "said").read_text(encoding="utf8", errors="replace").strip()
    kept = is_kept(ledger)
    for made in folder.iterdir():
        made.unlink()
    return Blast(name, together / MEGABYTE, largest / MEGABYTE, seconds, passed, kept, process.returncode, words)


def is_kept(ledger: Path) -> bool:
    """Whether the honest page is in the ledger."""
    try:
        with open_ledger(str(ledger)) as opened:
            return any("Sabine" in reading.report.text for reading in opened.readings())
    except Exception:
        return False


def watch(process: subprocess.Popen[bytes], until: float) -> tuple[int, int]:
    """The most bytes that a process and its children held, together and the largest; it is killed in the end."""
    together = largest = 0
    while process.poll() is None:
        sizes = [measure(pid) for pid in list_tree(process.pid)]
        together, largest = max(together, sum(sizes)), max([largest, *sizes])
        if time.monotonic() > until:
            process.kill()
        time.sleep(LOOK_SECONDS)
    return together, largest


def list_tree(pid: int) -> list[int]:
    """A process and all that it started, and those that these did."""
    try:
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(each for child in below for each in list_tree(int(child)))]


def measure(pid: int) -> int:
    """The bytes of memory that a process holds; 0 once it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def tell(blast: Blast) -> str:
    """One line on what an input did."""
    said = next((line for line in blast.said.split("\n") if blast.name in line), blast.said.split("\n")[-1])
    lost = " LOST" if blast.lost else ""
    sizes = f"{blast.together:6.0f} MB ({blast.largest:.0f}) {blast.seconds:5.1f} s ({blast.passed:.0f})"
    return f"{sizes}{lost}  {blast.name}: {said.rpartition(blast.name)[2].strip(': ')[:110]}"


def main() -> int:
    """Try them all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="those whose name has this in it")
    parser.add_argument("--quiet", action="store_true", help="tell only of those beyond a bound")
    parser.add_argument("--list", action="store_true", help="tell their names and sizes, and try none")
    chosen = parser.parse_args()
    bombs = [*bombs_packed.list_bombs(), *bombs_plain.list_bombs()]
    bombs = [(name, make) for name, make in bombs if chosen.only in name]
    if chosen.list:
        for name, make in bombs:
            print(f"{len(make()):12,} {name}", flush=True)
        return 0
    blasts = []
    with tempfile.TemporaryDirectory() as folder:
        for name, make in bombs:
            blasts.append(try_bomb(name, make, Path(folder)))
            if blasts[-1].over or not chosen.quiet:
                print(tell(blasts[-1]), flush=True)
    print(
        f"{len(blasts)} tried: {sum(b.together > MOST_MEGABYTES for b in blasts)} over 1 GB, "
        f"{sum(b.seconds > MOST_SECONDS for b in blasts)} over 30 s, {sum(b.lost for b in blasts)} lost the batch, "
        f"{sum(b.largest > STRETCH_MEGABYTES for b in blasts)} with a process over 300 MB"
    )
    return int(any(blast.over for blast in blasts))


if __name__ == "__main__":
    raise SystemExit(main())
