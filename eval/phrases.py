"""How stretches of news stand: asserted, denied, asked, supposed, withdrawn, misquoted or left open.

``eval/phrases/own.jsonl`` was written by those who build, ``asked.jsonl`` by hands that saw no code; it is asked only.
Rows that were learnt from are in ``training/phrases``; while the even lines of its ``b.jsonl`` and all of ``c.jsonl``
were unseen, 73 and 74 % of them were right. The judge that is shipped has learnt from those as well.
A row is right where the claim over its words stands as it says. Where the claim holds a negation that a row's words
do not ("*no shots* were fired", of which a row has "shots were fired"), its polarity tells that the words are denied.
"""

from __future__ import annotations

import json
import re
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
    stands = best.stands
    if stands == "asserted" and best.polarity == "negative" and not NEGATIVE.search(row["words"]):
        stands = "denied"
    return stands == row["stands"]


NEGATIVE = re.compile(r"\b(?:not|no|never|none|nobody|neither|nor|nothing|without)\b|n[’']t\b", re.IGNORECASE)
"""A negation."""
