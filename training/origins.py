"""Learn what the signs of a shared origin weigh: ``python training/origins.py [SHARED]``.

Reads every story under ``training/stories`` that is not asked only and, where their texts are at hand in SHARED, the
real stories with keys and the Kursk story; prints the mean F1 of pairs of reports with a shared origin, by the learnt
weights alone, each eighth of the stories by weights from the others, and writes the table of steps
(``src/sayso/tables/retelling_steps.tsv``).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from steps import learn_trees, write_table

from sayso.journey import read_all
from sayso.record import Reading
from sayso.weigh.origins import Trail, sort_key
from sayso.weigh.retellings import ALL

ROOT = Path(__file__).resolve().parents[1]
STORIES = ROOT / "training" / "stories"
TABLE = ROOT / "src" / "sayso" / "tables" / "retelling_steps.tsv"
FOLDS = 8
TREES, BINS, LEAST = 300, 32, 60
THRESHOLDS = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5)

Story = tuple[list[str], Any, Any]
"""The names of signs, a row of signs for each pair of reports, and whether they share an origin."""


def list_stories(shared: Path | None) -> list[tuple[Path, Path]]:
    """The reports and the key of every story to learn from."""
    found = [(p.parent / "reports", p) for p in sorted(STORIES.glob("*/gold.json"))]
    if shared is not None:
        kursk = shared / "stories" / "kursk"
        found.append((kursk / "reports", kursk / "gold.json"))
        keys = [*(shared / "stories" / "real").glob("*.gold.json"), *(ROOT / "training" / "keys").glob("*.gold.json")]
        texts = shared / "data" / "real" / "stories"
        found += [(texts / f"{key.name.removesuffix('.gold.json')}.jsonl", key) for key in sorted(keys)]
    return found


def read_story(reports: Path, key: Path) -> Story:
    """The pairs of a story's reports."""
    gold = json.loads(key.read_text("utf8"))["reports"]
    readings = [i for i in read_all([str(reports)]) if isinstance(i, Reading)]
    trail = Trail(sorted(readings, key=sort_key))
    rows, shared, names = [], [], list[str]()
    for earlier, later in combinations(range(len(readings)), 2):
        one, other = (gold.get(trail.reports[n].id, {}) for n in (earlier, later))
        if "unrelated" in (one.get("kind"), other.get("kind")):
            continue
        signs = trail.retellings.find_signs(later, earlier)
        names = list(signs)
        rows.append(list(signs.values()))
        shared.append(bool(set(one.get("origins", ())) & set(other.get("origins", ()))))
    return names, np.array(rows), np.array(shared)


def learn(stories: Sequence[Story]) -> Any:
    """Trees of one split each, of the pairs of all these stories."""
    rows, shared = (np.concatenate(some) for some in zip(*(story[1:] for story in stories), strict=True))
    return learn_trees(rows, shared, TREES, BINS, LEAST)


def score(story: Story, model: Any, least: float) -> float:
    """F1 in percent of the pairs of a story told to share an origin."""
    _, rows, shared = story
    told = model.predict_proba(rows)[:, 1] >= least
    return float(200 * (told & shared).sum() / max(1, told.sum() + shared.sum()))


def main() -> None:
    """Measure, learn, write."""
    stories = [read_story(*story) for story in list_stories(Path(sys.argv[1]) if len(sys.argv) > 1 else None)]
    models = [learn([s for n, s in enumerate(stories) if n % FOLDS != fold]) for fold in range(FOLDS)]
    for least in THRESHOLDS:
        mean = np.mean([score(story, models[n % FOLDS], least) for n, story in enumerate(stories)])
        print(f"{len(stories)} stories, each kept from its weights, from {least}: mean F1 {mean:.1f}")
    write_table(TABLE, {ALL: (learn(stories), stories[0][0])}, ("weight",))


if __name__ == "__main__":
    main()
