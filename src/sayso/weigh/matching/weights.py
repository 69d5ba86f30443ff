"""How likely two answers are to answer one question, as the sum of what their signs weigh: an additive model (Hastie &
Tibshirani 1986), whose every weight can be shown.

Each sign's scale is cut into steps, and each step has a weight, in log-odds. The steps stand in
``tables/matching_weights.tsv``, learnt on stories with keys by ``training/matching.py``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

import numpy as np

from sayso.tables import load_rows
from sayso.weigh.matching.added import weigh_added
from sayso.weigh.matching.signs import Columns, Floats, Ints, read_signs
from sayso.weigh.matching.steps import Steps

ALWAYS = "always"
"""The sign of a family's constant."""


def load_steps(table: str, outcomes: Sequence[str] = ("weight",)) -> dict[str, dict[str, Steps]]:
    """The steps of each sign, by family; `outcomes` name the columns of weights. The last step of a sign has no end."""
    rows: dict[str, dict[str, list[tuple[float, list[float]]]]] = defaultdict(lambda: defaultdict(list))
    for row in load_rows(table):
        weights = [float(row[name]) for name in outcomes]
        rows[row["family"]][row["sign"]].append((float(row["upto"] or "inf"), weights))
    return {
        family: {
            sign: Steps(
                np.array([end for end, _ in steps][:-1], np.float32),
                np.array([w if len(outcomes) > 1 else w[0] for _, w in steps], np.float32),
            )
            for sign, steps in signs.items()
        }
        for family, signs in rows.items()
    }


@cache
def load_weights() -> dict[str, dict[str, Steps]]:
    """The steps of each sign for one question, by family."""
    return load_steps("matching_weights.tsv")


def rate_pairs(columns: Columns, i: Ints, j: Ints) -> Floats:
    """The probability of each pair of rows that they answer one question."""
    steps = load_weights()[columns.family]
    total = np.full(len(i), steps[ALWAYS].weights[0], np.float32)
    for name, values in read_signs(columns, i, j).items():
        if name in steps:
            total += steps[name].weigh(values)
    for _, weights in weigh_added(columns, i, j):
        total += weights[1]
    likely: Floats = np.reciprocal(1 + np.exp(-total))
    return likely


def weigh_signs(columns: Columns, i: int, j: int) -> list[tuple[str, float, float]]:
    """The signs of one pair, each with its value and its weight, those that weigh most first."""
    steps = load_weights()[columns.family]
    signs = read_signs(columns, np.array([i]), np.array([j]))
    found = [(name, float(v[0]), float(steps[name].weigh(v)[0])) for name, v in signs.items() if name in steps]
    added = weigh_added(columns, np.array([i]), np.array([j]))
    found += [(name, float(values[0]), float(weights[0])) for name, (values, weights) in added]
    return sorted(found, key=lambda sign: -abs(sign[2]))
