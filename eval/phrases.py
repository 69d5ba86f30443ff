"""How stretches of news stand: asserted, denied, asked, supposed, withdrawn, misquoted or left open.

``eval/phrases/own.jsonl`` was written by those who build, ``asked.jsonl`` by hands that saw no code; it is asked only.
A row is right where the claim over its words stands as it says.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from stories import Score, percent

from sayso.extract import read_report
from sayso.record import Report


def score_phrases(folder: Path) -> Iterator[Score]:
    """The share of rows right, of each half."""
    for name in ("asked", "own"):
        path = folder / f"{name}.jsonl"
        if not path.exists():
            continue
        passed = [stands_right(json.loads(line)) for line in path.read_text(encoding="utf8").splitlines()]
        yield Score(f"{name} rows", percent(passed), tuple(passed))


def stands_right(row: dict[str, str]) -> bool:
    """Whether the claim that best covers a row's words stands as the row says."""
    reading = read_report(Report(id="row", text=row["text"], language="en"))
    start = row["text"].index(row["words"])
    end = start + len(row["words"])
    over = [c for c in reading.claims if c.start < end and start < c.end]
    if not over:
        return False
    best = max(over, key=lambda c: (min(c.end, end) - max(c.start, start), c.start - c.end))
    return best.stands == row["stands"]
