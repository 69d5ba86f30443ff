"""Types of conflict events on samples with two examples a label: one half read while the words were written, one not.

The first sample of each label was open to whoever wrote ``conflicts.toml``, the second was not: the halves are told
apart, since only the second says what strange text gets.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

SAMPLES = Path("data/events/case-samples.jsonl")


def count_hits(shared: Path) -> list[tuple[int, str, str]]:
    """For each sample, the how-manieth of its label it is, its label, and the label that sayso gives ("" for none)."""
    from sayso.extract.claims.conflicts import rank_conflicts

    seen = Counter[str]()
    rows = []
    for line in (shared / SAMPLES).read_text(encoding="utf8").splitlines():
        sample = json.loads(line)
        seen[sample["event"]] += 1
        ranked = rank_conflicts(sample["text"])
        rows.append((seen[sample["event"]], sample["event"], ranked[0][1].code if ranked else ""))
    return rows


def score_events(shared: Path) -> Iterator[tuple[str, float, str]]:
    """Measure, percentage and what it is of: each half apart, and both."""
    rows = count_hits(shared)
    for half, name in ((1, "first half (read)"), (2, "second half (unread)")):
        hits = [given == label for which, label, given in rows if which == half]
        yield f"type, {name}, accuracy", round(100 * sum(hits) / len(hits), 1), f"{len(hits)} samples"
    hits = [given == label for _, label, given in rows]
    yield "type, both halves, accuracy", round(100 * sum(hits) / len(hits), 1), f"{len(hits)} samples"


if __name__ == "__main__":
    import sys

    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2] / "shared"
    for measure, reached, of in score_events(folder):
        print(f"{measure}: {reached} ({of})")
    for which, label, given in count_hits(folder):
        if given != label:
            print(f"half {which}: {label} taken for {given or 'none'}")
