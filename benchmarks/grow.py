"""What a ledger costs as it grows: the time to add one report, and of `points` and `brief` on a story inside.

    python benchmarks/grow.py [--sizes 1000,10000,100000] [--about WORDS] [--ledger FILE|URL] [REPORTS ...]

The ledger is filled by a seeded script from real readings with other names, figures and dates, letter by letter, so
that every span still holds. The story is the reports themselves, among them. Prints figures and ratios within one run;
judges nothing.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import Any

import msgspec

from sayso.forms import to_json
from sayso.ids import digest_report, identify_claim
from sayso.journey import know, read_all
from sayso.ledger import Ledger, open_ledger, parse_search
from sayso.record import Reading
from sayso.tell.brief import compose_brief

SHARED = Path(__file__).resolve().parents[2] / "shared"
DEFAULT = (SHARED / "stories" / "kursk" / "reports", SHARED / "data" / "kursk" / "reports.jsonl")
ABOUT = '"North Korean" Kursk'
VOWELS, CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxz"
NAMED = re.compile(r"\b[A-Z0-9]\w*")
"""Words that are changed: names and figures, wherever a span begins."""
TIMED = 101
"""Additions whose median is the time to add one."""


def read_originals(paths: Sequence[str]) -> list[Reading]:
    """The readings of the reports that all others are made of."""
    return [item for item in read_all(paths) if isinstance(item, Reading)]


def shuffle_letters(rng: random.Random) -> dict[int, str]:
    """Another letter or digit for each, vowels for vowels."""
    letters = {
        **dict(zip(VOWELS, rng.sample(VOWELS, len(VOWELS)), strict=True)),
        **dict(zip(CONSONANTS, rng.sample(CONSONANTS, len(CONSONANTS)), strict=True)),
        **dict(zip("123456789", rng.sample("123456789", 9), strict=True)),
    }
    return str.maketrans({**letters, **{k.upper(): v.upper() for k, v in letters.items() if k.isalpha()}})


def vary(original: Reading, number: int, table: dict[int, str], days: int) -> Reading:
    """The same reading of another event so many days earlier: other names and figures, every word as long as before."""

    def change(words: str) -> str:
        return NAMED.sub(lambda found: found.group().translate(table), words)

    def walk(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {k: walk(v, k) for k, v in value.items()}
        if isinstance(value, (list, tuple)):
            return [walk(v, key) for v in value]
        return change(value) if isinstance(value, str) and key in ("text", "name", "title", "outlet", "of") else value

    again = msgspec.convert(walk(to_json(original)), Reading)
    report = replace(
        again.report,
        id=f"{original.report.id}-{number}",
        url="",
        digest="",
        published=original.report.published and original.report.published - timedelta(days=days),
    )
    report = replace(report, digest=digest_report(report))
    claims = tuple(identify_claim(replace(c, id="", seat="", report=report.id)) for c in again.claims)
    return replace(again, report=report, claims=claims)


def invent(originals: Sequence[Reading], seed: int) -> Iterator[Reading]:
    """Readings of other events without end, the same for the same seed."""
    rng = random.Random(seed)
    number = 0
    while True:
        for original in originals:
            number += 1
            yield vary(original, number, shuffle_letters(rng), rng.randrange(1, 2001))


def invent_stories(originals: Sequence[Reading], size: int, seed: int) -> Iterator[Reading]:
    """Stories of so many reports each, without end: those of one have their names in common."""
    rng = random.Random(seed)
    for number in count():
        table, days = shuffle_letters(rng), rng.randrange(1, 2001)
        for place, original in enumerate(rng.sample(list(originals), size)):
            yield vary(original, number * size + place, table, days)


def clock(work: Callable[[], Any]) -> float:
    """The milliseconds that some work takes."""
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def fill(ledger: Ledger, readings: Iterator[Reading], upto: int) -> float:
    """Add readings until there are so many; the median milliseconds of the last ones."""
    spent: list[float] = []
    while (count := ledger.count()["reports"]) < upto:
        batch = list(islice(readings, min(1000, upto - count)))
        spent = [clock(partial(ledger.add_reading, reading, extractor="grow")) for reading in batch]
    return statistics.median(spent[-TIMED:])


def watch_story(ledger: Ledger, where: str, about: str) -> tuple[int, list[float]]:
    """How many reports the story has, and the milliseconds to find and load them, to say its points, to tell its
    brief, and of the whole command; the best of three."""
    search = parse_search(about)
    story = ledger.readings(about=search)
    picture = know(story)
    command = [sys.executable, "-m", "sayso.cli", "points", "--format", "json", "--ledger", where, "--about", about]
    works: tuple[Callable[[], Any], ...] = (
        lambda: ledger.readings(about=search),
        lambda: know(story),
        lambda: compose_brief(picture),
        lambda: subprocess.run(command, check=True, capture_output=True),
    )
    loading, weighing, telling, whole = (min(clock(work) for _ in range(3)) for work in works)
    return len(story), [loading, loading + weighing, loading + weighing + telling, whole]


HEADS = ("reports", "add one, ms", "story", "find and load, ms", "points, ms", "brief, ms", "`sayso points`, ms")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", nargs="*", default=[str(p) for p in DEFAULT if p.exists()])
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--about", default=ABOUT)
    parser.add_argument("--ledger")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    originals = read_originals(given.reports)
    others = invent(originals, given.seed)
    print(f"| {' | '.join(HEADS)} |\n{'|---' * len(HEADS)}|")
    with tempfile.TemporaryDirectory() as folder:
        where = given.ledger or str(Path(folder) / "grown.db")
        with open_ledger(where) as ledger:
            for reading in originals:
                ledger.add_reading(reading, extractor="grow")
            for size in map(int, given.sizes.split(",")):
                adding = fill(ledger, others, size)
                story, spent = watch_story(ledger, where, given.about)
                shown = (f"{size:,}", f"{adding:.2f}", str(story), *(f"{ms:.0f}" for ms in spent))
                print(f"| {' | '.join(shown)} |", flush=True)


if __name__ == "__main__":
    main()
