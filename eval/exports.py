"""Every export held to the validator or reader of its own format: how many errors, of how many bytes, how long it took.

    python eval/exports.py                        # the examples that come with sayso
    python eval/exports.py reports.jsonl a.db     # these: reports or ledgers
    python eval/exports.py --to stix --to prov    # these formats alone

Each file is written twice, and must be the same to the byte. Ends with 1 where there is any error.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import export_checks_linked
import export_checks_tables

from sayso.journey import know, know_ledger, read_all
from sayso.ledger import open_ledger
from sayso.record import Picture, Reading
from sayso.share.exports import Shared, list_formats

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
MADE = datetime(2031, 1, 1, tzinfo=UTC)
SHOWN = 5

CHECKS: dict[str, Callable[[bytes], Iterable[str]]] = {**export_checks_tables.CHECKS, **export_checks_linked.CHECKS}
"""What finds the errors of a file, by its format."""


def read_picture(path: Path) -> Picture:
    """The picture of a ledger, or of reports."""
    if path.suffix == ".db":
        with open_ledger(str(path)) as ledger:
            return know_ledger(ledger)
    return know(item for item in read_all([str(path)]) if isinstance(item, Reading))


def name_story(path: Path) -> str:
    """What a story goes by: its folder's name, where its reports lie in one called so."""
    return path.parent.name if path.name == "reports" else path.stem


def check(name: str, shared: Shared) -> tuple[int, float, list[str]]:
    """The bytes of an export, the seconds that writing it took, and what is wrong with it."""
    one = list_formats()[name]
    begun = time.perf_counter()
    content = one.write(shared)
    taken = time.perf_counter() - begun
    wrong = list(CHECKS[name](content))
    if one.write(shared) != content:
        wrong.append("written again it is another file")
    return len(content), taken, wrong


def main() -> int:
    """Check all that was asked for; how many errors there are, 1 at most."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, default=sorted(p for p in EXAMPLES.iterdir() if p.is_dir()))
    parser.add_argument("--to", action="append", choices=list(CHECKS))
    asked = parser.parse_args()
    errors = 0
    print("format          of                 reports  claims      bytes  seconds  errors")
    for path in asked.paths:
        picture = read_picture(path)
        shared = Shared(picture=picture, title=name_story(path), made=MADE, tool="sayso")
        claims = sum(len(reading.claims) for reading in picture.readings)
        for name in asked.to or CHECKS:
            size, taken, wrong = check(name, shared)
            row = f"{name:<15} {shared.title:<18} {len(picture.readings):>7} {claims:>7} {size:>10,}"
            print(f"{row} {taken:>8.2f} {len(wrong):>7}", flush=True)
            for words in wrong[:SHOWN]:
                print(f"  {words[:200]}")
            errors += len(wrong)
    return min(errors, 1)


if __name__ == "__main__":
    sys.exit(main())
