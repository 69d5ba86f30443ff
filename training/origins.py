"""Learn what the signs of a shared origin weigh: ``python training/origins.py [SHARED]``.

Reads every story under ``training/stories`` that is not asked only and, where their texts are at hand in SHARED, the
real stories with keys and the Kursk story; prints the mean F1 of pairs of reports with a shared origin (leave one story
out, by the learnt weights alone), and writes ``src/sayso/tables/retelling_weights.tsv``. Logistic regression with a
ridge by Newton's method; no random numbers.
"""

from __future__ import annotations

import json
import sys
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from sayso.journey import read_all
from sayso.record import Reading
from sayso.weigh.origins import Trail, sort_key
from sayso.weigh.retellings import ALWAYS, SHARED_FROM

ROOT = Path(__file__).resolve().parents[1]
STORIES = ROOT / "training" / "stories"
TABLE = ROOT / "src" / "sayso" / "tables" / "retelling_weights.tsv"
RIDGE = 3.0

Matrix = np.ndarray[Any, np.dtype[np.float64]]


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


def read_story(reports: Path, key: Path) -> tuple[list[str], Matrix, Matrix]:
    """The names of signs, a row of signs for each pair of reports, and whether they share an origin."""
    gold = json.loads(key.read_text("utf8"))["reports"]
    readings = [i for i in read_all([str(reports)]) if isinstance(i, Reading)]
    trail = Trail(sorted(readings, key=sort_key))
    rows, shared, names = [], [], list[str]()
    for earlier, later in combinations(range(len(readings)), 2):
        one, other = (gold.get(trail.reports[n].id, {}) for n in (earlier, later))
        if "unrelated" in (one.get("kind"), other.get("kind")):
            continue
        signs = trail.find_signs(later, earlier)
        names = list(signs)
        rows.append(list(signs.values()))
        shared.append(bool(set(one.get("origins", ())) & set(other.get("origins", ()))))
    return names, np.array(rows), np.array(shared, np.float64)


def learn(rows: Matrix, shared: Matrix) -> Matrix:
    """The weights of the signs, the constant last."""
    x = np.hstack([rows, np.ones((len(rows), 1))])
    ridge = np.diag([RIDGE] * rows.shape[1] + [0.0])
    weights = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weights))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + ridge, x.T @ (shared - p) - ridge @ weights)
        weights += step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def score(rows: Matrix, shared: Matrix, weights: Matrix) -> float:
    """F1 in percent of the pairs told to share an origin."""
    told = 1 / (1 + np.exp(-(rows @ weights[:-1] + weights[-1]))) >= SHARED_FROM
    return float(200 * (told * shared).sum() / max(1.0, told.sum() + shared.sum()))


def main() -> None:
    """Learn, print, write."""
    stories = [read_story(*story) for story in list_stories(Path(sys.argv[1]) if len(sys.argv) > 1 else None)]
    left_out = []
    for n, (_, rows, shared) in enumerate(stories):
        rest = [s for k, s in enumerate(stories) if k != n]
        weights = learn(np.concatenate([r for _, r, _ in rest]), np.concatenate([s for _, _, s in rest]))
        left_out.append(score(rows, shared, weights))
    print(f"{len(stories)} stories, leave one out: mean F1 {np.mean(left_out):.1f}")
    weights = learn(np.concatenate([r for _, r, _ in stories]), np.concatenate([s for _, _, s in stories]))
    lines = ["# Made by training/origins.py from the stories under training/stories.", "sign\tweight"]
    lines += [f"{name}\t{weight:.3f}" for name, weight in zip([*stories[0][0], ALWAYS], weights, strict=True)]
    TABLE.write_text("\n".join(lines) + "\n", "utf8")


if __name__ == "__main__":
    main()
