"""Learn what the signs of a headline weigh for each stance, from our own pairs alone.

    python training/stances.py

reads ``training/pairs/stances.jsonl``, writes ``src/sayso/tables/stance_weights.tsv`` and prints the cross-validated
accuracy on the same pairs. Needs nothing but sayso. Multinomial logistic regression with a ridge, by gradient descent
with momentum; our pairs have as many of one stance as of another, news has not, so that the constant is shifted to
`COMMON` at the end.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from sayso.weigh.endorsement_signs import Sign, find_signs
from sayso.weigh.endorsements import ALWAYS, STANCES, read_headline

ROOT = Path(__file__).resolve().parents[1]
PAIRS = ROOT / "training" / "pairs" / "stances.jsonl"
TABLE = ROOT / "src" / "sayso" / "tables" / "stance_weights.tsv"
RIDGE = 1.0
"""How much large weights cost: chosen by cross-validation on our own pairs."""
ROUNDS, STEP, MOMENTUM = 1500, 0.5, 0.9
FOLDS, SEED = 10, 11
RAREST = 3
"""A sign that fewer pairs show is left out: nothing can be learnt from it."""
Matrix = np.ndarray[Any, np.dtype[np.float64]]
COMMON = {"supports": 0.45, "contradicts": 0.15, "repeats": 0.40}
"""How common each stance is among headlines on a claim that is going round, rounded from what Ferreira and Vlachos
(2016) published for theirs: 47.7, 15.2 and 37.1 %."""
HEAD = (
    "# What each sign of a headline weighs for each stance towards a claim. Written by training/stances.py from",
    "# our own pairs; not to be edited by hand. A sign's value times its weight is added up; the largest sum wins.",
    "\t".join(("sign", *STANCES)),
)


def read_pairs(path: Path = PAIRS) -> list[dict[str, Any]]:
    """All our own pairs, in the order of their file."""
    return [json.loads(line) for line in path.read_text("utf8").splitlines()]


def list_names(found: list[list[Sign]]) -> list[str]:
    """The signs that enough pairs show, and the constant."""
    counts: dict[str, int] = {}
    for signs in found:
        for sign in signs:
            counts[sign.name] = counts.get(sign.name, 0) + 1
    return [ALWAYS, *sorted(name for name, n in counts.items() if n >= RAREST)]


def make_matrix(found: list[list[Sign]], names: list[str]) -> Matrix:
    """Pairs by signs."""
    column = {name: n for n, name in enumerate(names)}
    matrix = np.zeros((len(found), len(names)))
    matrix[:, column[ALWAYS]] = 1.0
    for row, signs in enumerate(found):
        for sign in signs:
            if sign.name in column:
                matrix[row, column[sign.name]] = sign.value
    return matrix


def learn(matrix: Matrix, labels: Matrix, ridge: float = RIDGE) -> Matrix:
    """The weights, signs by stances, that make the labels likeliest; the constant is not held small."""
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


def write_table(names: list[str], weights: Matrix) -> None:
    """The weights as a readable table, to two places."""
    lines = list(HEAD)
    centred = weights - weights.mean(1, keepdims=True)
    lines += ["\t".join((name, *(f"{weight:.2f}" for weight in row))) for name, row in zip(names, centred, strict=True)]
    TABLE.write_text("\n".join(lines) + "\n", "utf8")


def shift_constant(weights: Matrix, counts: Matrix) -> Matrix:
    """The weights with the constant moved from the shares in our pairs to those of `COMMON`."""
    shifted = weights.copy()
    shifted[0] += np.log([COMMON[stance] for stance in STANCES]) - np.log(counts / counts.sum())
    return shifted


def main() -> None:
    """Learn, cross-validate, and write the table."""
    pairs = read_pairs()
    found = [find_signs(pair["a"], read_headline(pair["b"])) for pair in pairs]
    truth = np.array([STANCES.index(pair["stance"]) for pair in pairs])
    names = list_names(found)
    matrix = make_matrix(found, names)
    assert names[0] == ALWAYS
    right = float((cross_validate(matrix, truth, RIDGE) == truth).mean())
    sys.stdout.write(f"{len(pairs)} pairs, {len(names)} signs, accuracy {100 * right:.1f} in {FOLDS} folds\n")
    weights = learn(matrix, np.eye(len(STANCES))[truth], RIDGE)
    write_table(names, shift_constant(weights, np.bincount(truth)))


if __name__ == "__main__":
    main()
