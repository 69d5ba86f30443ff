"""Trees of one split each (Friedman 2001), read as a weight for each step of each sign: what
`sayso.weigh.matching.weights` adds up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from sayso.weigh.matching.weights import ALWAYS

SEED = 11
RATE = 0.1
ROUNDS = 60
"""Rounds of fitting one more sign."""


def learn_trees(signs: Any, outcomes: Any, trees: int, bins: int, least: int = 20, worth: Any = None) -> Any:
    """Trees that tell the outcomes of rows of signs, which are worth the same unless told otherwise; each side of a
    split holds at least so many rows."""
    model = HistGradientBoostingClassifier(
        max_iter=trees, learning_rate=RATE, max_leaf_nodes=2, max_bins=bins, min_samples_leaf=least, random_state=SEED
    )
    return model.fit(signs, outcomes, worth)


def fit_steps(odds: Any, values: Any, outcomes: Any, steps: int, ridge: float) -> tuple[Any, Any]:
    """The ends of the steps of one more sign, equally full, and what each adds to odds that are known: by Newton's
    method, with a ridge. What is not known (NaN) adds nothing."""
    known = ~np.isnan(values)
    odds, values, outcomes = odds[known], values[known], outcomes[known].astype(float)
    ends = np.unique(np.quantile(values, np.linspace(0, 1, steps + 1)[1:-1]).astype(np.float32))
    place = np.searchsorted(ends, values)
    weights = np.zeros(len(ends) + 1)
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-odds - weights[place]))
        steep = np.bincount(place, chance * (1 - chance), len(weights)) + ridge
        weights += np.bincount(place, outcomes - chance, len(weights)) / steep / 2
    return ends, weights


def append_steps(path: Path, family: str, sign: str, ends: Any, weights: Any) -> None:
    """The steps of one more sign of a family, at the end of its table."""
    with path.open("a", encoding="utf8") as table:
        for end, weight in zip([*(f"{e:.5g}" for e in ends), ""], weights, strict=True):
            table.write(f"{family}\t{sign}\t{end}\t{weight:.3f}\n")


def list_steps(model: Any, names: Sequence[str], outcomes: int) -> Iterator[tuple[str, float, list[float]]]:
    """The steps of each sign: its name, the end of the step, and its weight for each outcome; of two outcomes, for the
    second alone."""
    places = [0] if outcomes == 1 else list(model.classes_)
    constant = np.zeros(outcomes)
    constant[places] = np.ravel(model._baseline_prediction)
    splits: dict[int, list[tuple[float, int, float, float]]] = defaultdict(list)
    for trees in model._predictors:
        for outcome, tree in zip(places, trees, strict=True):
            root = tree.nodes[0]
            if root["is_leaf"]:
                constant[outcome] += float(root["value"])
                continue
            below, above = (float(tree.nodes[root[side]]["value"]) for side in ("left", "right"))
            splits[int(root["feature_idx"])].append((float(root["num_threshold"]), int(outcome), below, above))
    yield ALWAYS, float("inf"), constant.tolist()
    for k, name in enumerate(names):
        for end in [*sorted({at for at, *_ in splits[k]}), float("inf")] if splits[k] else ():
            weights = np.zeros(outcomes)
            for at, outcome, below, above in splits[k]:
                weights[outcome] += below if end <= at else above
            yield name, end, weights.tolist()


def write_table(path: Path, models: Mapping[str, tuple[Any, Sequence[str]]], outcomes: Sequence[str]) -> None:
    """The steps of the models of some families, each with the names of its signs, as a table."""
    lines = ["\t".join(("family", "sign", "upto", *outcomes))]
    for family, (model, names) in models.items():
        for name, end, weights in list_steps(model, names, len(outcomes)):
            told = "\t".join(f"{w:.3f}" for w in weights)
            lines.append(f"{family}\t{name}\t{'' if end == float('inf') else f'{end:.5g}'}\t{told}")
    path.write_text("\n".join(lines) + "\n", "utf8")
