"""Learn what the features of a comparison weigh for each relation, from our own pairs alone.

    python training/relations.py

reads ``training/pairs/relations*.jsonl``, writes ``src/sayso/tables/relation_weights.tsv`` and prints the
cross-validated macro F1 on the same pairs. Needs nothing but sayso. Multinomial logistic regression with a ridge,
by gradient descent with momentum; every pair is also shown the other way round where that changes no label.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sayso.weigh.comparisons import Features, compare_sides
from sayso.weigh.pairs import read_side
from sayso.weigh.relation_weights import ALWAYS, RELATIONS
from sayso.weigh.settlements import settle_relation

ROOT = Path(__file__).resolve().parents[1]
PAIRS = ROOT / "training" / "pairs"
TABLE = ROOT / "src" / "sayso" / "tables" / "relation_weights.tsv"
RIDGE = 5.0
"""How much large weights cost: chosen by cross-validation on our own pairs."""
ROUNDS, STEP, MOMENTUM = 1500, 0.5, 0.9
FOLDS, SEED = 10, 11
RAREST = 3
"""A feature that fewer pairs show is left out: nothing can be learnt from it."""

Matrix = np.ndarray[Any, np.dtype[np.float64]]


def read_pairs(folder: Path = PAIRS) -> list[dict[str, Any]]:
    """All our own pairs, in the order of their files."""
    return [
        json.loads(line)
        for path in sorted(folder.glob("relations*.jsonl"))
        for line in path.read_text("utf8").splitlines()
        if line.strip()
    ]


def list_names(compared: list[Features]) -> list[str]:
    """The features that enough pairs show, and the constant."""
    counts: dict[str, int] = {}
    for features in compared:
        for feature in features:
            counts[feature.name] = counts.get(feature.name, 0) + 1
    return [ALWAYS, *sorted(name for name, n in counts.items() if n >= RAREST)]


def make_matrix(compared: list[Features], names: list[str]) -> Matrix:
    """Pairs by features."""
    column = {name: n for n, name in enumerate(names)}
    matrix = np.zeros((len(compared), len(names)))
    matrix[:, column[ALWAYS]] = 1.0
    for row, features in enumerate(compared):
        for feature in features:
            if feature.name in column:
                matrix[row, column[feature.name]] = feature.value
    return matrix


def learn(matrix: Matrix, labels: Matrix, ridge: float = RIDGE) -> Matrix:
    """The weights, features by relations, that make the labels likeliest; the constant is not held small."""
    held = np.full((matrix.shape[1], 1), ridge / len(matrix))
    held[0] = 0.0
    weights = np.zeros((matrix.shape[1], labels.shape[1]))
    speed = np.zeros_like(weights)
    step = STEP / max(1.0, float((matrix**2).sum(1).mean()) / 10)
    for _ in range(ROUNDS):
        gradient = matrix.T @ (softmax(matrix @ weights) - labels) / len(matrix) + held * weights
        speed = MOMENTUM * speed - step * gradient
        weights += speed
    return weights


def softmax(sums: Matrix) -> Matrix:
    """Rows as probabilities."""
    parts = np.exp(sums - sums.max(1, keepdims=True))
    return np.asarray(parts / parts.sum(1, keepdims=True))


def score_macro(truth: Matrix, found: Matrix) -> float:
    """Macro F1 of the relations, in percent."""
    scores = []
    for label in range(len(RELATIONS)):
        hits = float(((truth == label) & (found == label)).sum())
        both = float((truth == label).sum() + (found == label).sum())
        scores.append(2 * hits / both if both else 0.0)
    return round(100 * sum(scores) / len(scores), 1)


def cross_validate(matrix: Matrix, truth: Matrix, ridge: float = RIDGE) -> Matrix:
    """What weights learnt from the other folds say of each pair."""
    order = np.random.default_rng(SEED).permutation(len(matrix))
    found = np.zeros(len(matrix), dtype=int)
    labels = np.eye(int(truth.max()) + 1)[truth]
    for fold in range(FOLDS):
        out = order[fold::FOLDS]
        rest = np.setdiff1d(order, out)
        found[out] = (matrix[out] @ learn(matrix[rest], labels[rest], ridge)).argmax(1)
    return found


HEAD = (
    "# What each feature of a comparison weighs for each relation. Written by training/relations.py from our own",
    "# pairs; not to be edited by hand. A feature's value times its weight is added up; the largest sum wins.",
    "\t".join(("feature", *RELATIONS)),
)


def write_table(names: list[str], weights: Matrix, path: Path = TABLE, head: Sequence[str] = HEAD) -> None:
    """The weights as a readable table, to two places, under the lines of `head`."""
    lines = list(head)
    centred = weights - weights.mean(1, keepdims=True)
    lines += ["\t".join((name, *(f"{weight:.2f}" for weight in row))) for name, row in zip(names, centred, strict=True)]
    path.write_text("\n".join(lines) + "\n", "utf8")


def main() -> None:
    """Learn, cross-validate, and write the table."""
    pairs = read_pairs()
    compared = [compare_sides(read_side(pair["a"]), read_side(pair["b"])) for pair in pairs]
    truth = np.array([RELATIONS.index(pair["relation"]) for pair in pairs])
    names = list_names(compared)
    matrix = make_matrix(compared, names)
    found = cross_validate(matrix, truth)
    settled = [settle_relation(features) for features in compared]
    whole = np.array([RELATIONS.index(s[0]) if s else n for s, n in zip(settled, found, strict=True)])
    sys.stdout.write(
        f"{len(pairs)} pairs, {len(names)} features, macro F1 in {FOLDS} folds: {score_macro(truth, found)} by weights "
        f"alone, {score_macro(truth, whole)} with rules first\n"
    )
    write_table(names, learn(matrix, np.eye(len(RELATIONS))[truth]))


if __name__ == "__main__":
    main()
