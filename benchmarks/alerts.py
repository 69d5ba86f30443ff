"""What a round of alerts takes after one report was added to a ledger of many stories, with many rules.

    python benchmarks/alerts.py [--stories 100] [--size 50] [--rules 50] [--reports 20] [REPORTS ...]

The ledger is made by the generator of `grow.py`. Some of its reports are held back and added one by one, each followed
by a round: as cron runs it, with nothing held from the round before but the file of stories, and as `sayso watch` runs
it, with the pictures of the rounds before. Nothing is sent. Prints seconds (median, worst); judges nothing.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Any

from grow import DEFAULT, invent_stories, read_originals

from sayso.ledger import Ledger, open_ledger
from sayso.moments import tell_now
from sayso.record import Reading
from sayso.watch.alerts.rounds import run_round
from sayso.watch.alerts.rules import ROW, draft_rule
from sayso.watch.alerts.stores import AlertStore
from sayso.watch.alerts.touched import Weigher

KINDS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("search", {"words": "soldiers -exercise"}),
    ("search", {"words": '"front line"', "claims": True}),
    ("origins", {"at_least": 3}),
    ("contradiction", {}),
    ("movement", {"more_than": "10%"}),
    ("denial", {"grade": "C"}),
    ("closing", {"within": 3.0}),
)
"""The rules, in turn."""


def fill(ledger: Ledger, readings: Sequence[Reading]) -> None:
    """Add readings."""
    for reading in readings:
        ledger.add_reading(reading, extractor="bench")


def measure(
    ledger: Ledger, held: Sequence[Reading], cache: Path, *, warm: bool
) -> tuple[list[float], list[float], int]:
    """The seconds of a round after each of some reports, those of the processor too, and how many alerts they made."""
    store, found, spent, worked = AlertStore(None), 0, list[float](), list[float]()
    weigher = Weigher(ledger, cache) if warm else None
    run_round(ledger, store, {}, tell_now(), cache=cache, weigher=weigher)
    for reading in held:
        ledger.add_reading(reading, extractor="bench")
        began, busy = time.perf_counter(), time.process_time()
        done = run_round(ledger, store, {}, tell_now(), cache=cache, weigher=weigher)
        spent.append(time.perf_counter() - began)
        worked.append(time.process_time() - busy)
        found += len(done.alerts)
        assert not done.problems, done.problems
    return spent, worked, found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("originals", nargs="*", default=[str(p) for p in DEFAULT if p.exists()])
    parser.add_argument("--stories", type=int, default=100)
    parser.add_argument("--size", type=int, default=50)
    parser.add_argument("--rules", type=int, default=50)
    parser.add_argument("--reports", type=int, default=20)
    given = parser.parse_args()
    made = list(islice(invent_stories(read_originals(given.originals), given.size, 7), given.stories * given.size))
    chosen = set(random.Random(7).sample(range(len(made)), 2 * given.reports))
    held = [reading for n, reading in enumerate(made) if n in chosen]
    with tempfile.TemporaryDirectory() as folder, open_ledger(str(Path(folder) / "l.db")) as ledger:
        fill(ledger, [reading for n, reading in enumerate(made) if n not in chosen])
        for kind, more in islice(cycle(KINDS), given.rules):
            ledger.assess(ROW, draft_rule(kind, **more), by="bench")
        print(f"{given.stories} stories of {given.size} reports, {given.rules} rules")
        for warm, some in ((False, held[: given.reports]), (True, held[given.reports :])):
            spent, worked, found = measure(ledger, some, Path(folder) / "cache", warm=warm)
            how = "as watch runs it" if warm else "as cron runs it"
            print(f"{how}: median {median(spent):.3f} s, worst {max(spent):.3f} s, {found} alerts; ", end="")
            print(f"of the processor: median {median(worked):.3f} s, worst {max(worked):.3f} s")


if __name__ == "__main__":
    main()
