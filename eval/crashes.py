"""Whether a ledger outlives crashes: kill -9, power cuts, full disks, locks, closed doors, many writers (seeded).

    python eval/crashes.py [--tries 2000] [--seed 1] [--ledger sqlite|postgres|both] [--works NAMES] [--faults NAMES]

All is loaded once, and each try is a fork that does one of the works of `crash_works.py` (add, watch, judge, forecast,
copy, export, evidence, the desk) and is disturbed by one of `FAULTS`. After each the ledger must open and verify by
`sayso verify`, and hold all that was said to be kept in it and nothing that was not meant; and the same work, done
again, must come to what it comes to undisturbed, row for row, with its file byte for byte. Prints the counts, and ends
with status 1 where anything else was found: each by the number of its try, which `--first N --tries 1` makes again.

A power cut is one that `crash_disks.py` makes of what was written and synced. Where the ledger does not sync what it
commits (`synchronous` is not FULL), what a power cut took of what was said to be kept is counted and no fault.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import nullcontext, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TypeVar

from crash_benches import Bench
from crash_faults import FAULTS, Fault, NotHereError
from crash_works import WORKS, Work, prepare_surroundings
from servers import run_server

T = TypeVar("T")
TRIES_A_NOTE = 100
"""After how many tries it is told how it goes."""
NICE = 10


def choose_try(luck: random.Random, kind: str, works: list[Work], faults: list[Fault]) -> tuple[Fault, Work] | None:
    """A fault and a work for a try, by their weights; None where none of them go together."""
    pairs = [(f, w) for f in faults for w in works if kind in f.ledgers and f.fits(w)]
    weights = [f.weight * w.weight / sum(o.weight for o in works if f.fits(o)) for f, w in pairs]
    return luck.choices(pairs, weights)[0] if pairs else None


def run_tries(bench: Bench, works: list[Work], faults: list[Fault], kind: str, tries: range, seed: int) -> Counter[str]:
    """Make some tries, and count what came of them."""
    counts, begun = Counter[str](), time.monotonic()
    for number in tries:
        luck = random.Random(f"{seed} {number}")
        chosen = choose_try(luck, kind, works, faults)
        if chosen is None:
            raise SystemExit("none of these works goes with any of these faults on this ledger")
        fault, work = chosen
        try:
            found = fault.make(bench, work, luck, counts)
        except NotHereError as error:
            counts[f"not made: {error}"] += 1
            continue
        counts["tries"] += 1
        counts[f"by {fault.name}"] += 1
        counts[f"of {work.name}"] += 1
        if found:
            counts["WRONG"] += 1
            print(f"{kind}, try {number}: {fault.name}, {work.name}: {'; '.join(found)}", flush=True)
        if (number + 1) % TRIES_A_NOTE == 0:
            print(
                f"{kind}: {counts['tries']} tries, {counts['WRONG']} wrong, {time.monotonic() - begun:.0f} s",
                flush=True,
            )
    return counts


def tell_counts(kind: str, counts: Counter[str], seconds: float) -> str:
    """The counts in words."""
    lines = [f"{kind}: {counts['tries']} tries in {seconds:.0f} s, wrong {counts['WRONG']}"]
    lines += [f"  {name} {count}" for name, count in sorted(counts.items()) if name not in ("tries", "WRONG")]
    return "\n".join(lines)


def choose_named(named: str, known: dict[str, T]) -> list[T]:
    """Those that are named, separated by commas; all where none are. Raises `SystemExit` where one is unknown."""
    names = [name.strip() for name in named.split(",") if name.strip()]
    if unknown := [name for name in names if name not in known]:
        raise SystemExit(f"{unknown[0]}: there are {', '.join(known)}")
    return [known[name] for name in names or known]


def try_ledgers(kind: str, arguments: argparse.Namespace, tries: range) -> int:
    """Make the tries on ledgers of one kind, print what came of them, and give how many went wrong."""
    works, faults = choose_named(arguments.works, WORKS), choose_named(arguments.faults, FAULTS)
    serving = run_server() if kind == "postgres" else nullcontext()
    with serving as server, tempfile.TemporaryDirectory(prefix="sayso-crashes-", dir=arguments.folder) as folder:
        begun = time.monotonic()
        prepare_surroundings(Path(folder))
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            bench = Bench(Path(folder), server, works)
        counts = run_tries(bench, works, faults, kind, tries, arguments.seed)
        os.chdir("/")
    print(tell_counts(kind, counts, time.monotonic() - begun), flush=True)
    return counts["WRONG"]


def main() -> int:
    """Try, and print the counts."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--tries", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the number of the first try")
    parser.add_argument("--ledger", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--works", default="", help=", ".join(WORKS))
    parser.add_argument("--faults", default="", help=", ".join(FAULTS))
    parser.add_argument("--folder", type=Path, default=None, help="where the tries are made, such as /dev/shm")
    arguments = parser.parse_args()
    if sys.platform != "linux":
        raise SystemExit("crashes are tried on Linux: the forks and files of other systems are otherwise")
    os.nice(NICE)
    # Of both, SQLite has the more: there are more ways to disturb it.
    on_sqlite = {"sqlite": arguments.tries, "postgres": 0, "both": arguments.tries - arguments.tries // 3}
    middle, last = arguments.first + on_sqlite[arguments.ledger], arguments.first + arguments.tries
    parts = {"sqlite": range(arguments.first, middle), "postgres": range(middle, last)}
    return int(sum(try_ledgers(kind, arguments, tries) for kind, tries in parts.items() if tries) > 0)


if __name__ == "__main__":
    sys.exit(main())
