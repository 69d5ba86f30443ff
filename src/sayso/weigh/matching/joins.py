"""Whether two groups of answers answer one question, as named signs of both, and where a tree of groups is cut by them.

Each two groups that average links put together are judged as wholes, from the widest down: what is held to answer one
question stays together, what is not falls into its halves. What each sign weighs (``tables/joining_weights.tsv``) was
learnt on stories with keys by ``training/joins.py``, for what a join adds to the questions of the key or takes away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np

from sayso.weigh.matching.clusters import Branch, Floats
from sayso.weigh.matching.signs import Columns, Ints
from sayso.weigh.matching.steps import Steps
from sayso.weigh.matching.weights import ALWAYS, load_steps

LEAST_LIKELY = 0.02
"""How likely the pairs of two groups must be on average for these to be judged as one."""
EVEN = 0.5
"""From which probability a group stays together."""
SURE = 0.55
"""How likely the pairs of a group must be on average for it to stay together whatever else its signs say."""
MORE_ANSWERS, MORE_REPORTS = 10, 3
"""What is added to the answers and reports of a story before shares are taken: of few, any group is easily half."""
Signs = dict[str, float]


@cache
def load_weights() -> dict[str, dict[str, Steps]]:
    """The steps of each sign of a join, by family."""
    return load_steps("joining_weights.tsv")


def cut_trees(trees: Sequence[Branch], columns: Columns, likely: Floats) -> list[list[int]]:
    """The groups of rows that answer one question each, in the order of their first rows; `likely` are the
    probabilities of all pairs."""
    groups = []
    waiting = list(trees)
    while waiting:
        whole = [tree for tree in waiting if tree.halves]
        groups += [list(tree.rows) for tree in waiting if not tree.halves]
        waiting = []
        for tree, chance in zip(whole, rate_joins(whole, columns, likely), strict=True):
            if tree.likely >= SURE or chance >= EVEN:
                groups.append(list(tree.rows))
            else:
                waiting += tree.halves
    return sorted(groups)


def rate_joins(trees: Sequence[Branch], columns: Columns, likely: Floats) -> Floats:
    """The probability of each of some trees of two halves that it answers one question."""
    steps = load_weights()[columns.family]
    total = np.full(len(trees), steps[ALWAYS].weights[0], np.float32)
    signs = [read_join(tree, columns, likely) for tree in trees]
    for name in signs[0] if signs else ():
        if name in steps:
            total += steps[name].weigh([some[name] for some in signs])
    found: Floats = np.reciprocal(1 + np.exp(-total))
    return found


def weigh_join(tree: Branch, columns: Columns, likely: Floats) -> list[tuple[str, float]]:
    """What each sign of one tree of two halves weighs, those that weigh most first."""
    steps = load_weights()[columns.family]
    signs = read_join(tree, columns, likely).items()
    found = [(name, float(steps[name].weigh(value))) for name, value in signs if name in steps]
    return sorted(found, key=lambda sign: -abs(sign[1]))


def read_join(tree: Branch, columns: Columns, likely: Floats) -> Signs:
    """The signs of a tree of two halves."""
    rows = np.array(tree.rows)
    one, other = (np.array(half.rows) for half in tree.halves)
    across = likely[np.ix_(one, other)].ravel()
    upper = 3 * len(across) // 4
    reports = [set(columns.report[half].tolist()) for half in (one, other)]
    whole = int(columns.report.max()) + 1
    claims = columns.said[rows].sum(axis=0)
    return {
        "pairs likely": tree.likely,
        "the likelier quarter": float(np.partition(across, upper)[upper]),
        "share of the answers": len(rows) / (len(columns) + MORE_ANSWERS),
        "share of the reports": len(reports[0] | reports[1]) / (whole + MORE_REPORTS),
        "answered twice in a report": count_twice(columns, one, other) / min(map(len, reports)),
        "others near": float(columns.crowded[rows].mean()),
        "claims alike": float(np.sqrt(claims @ claims)) / len(rows),
    }


def count_twice(columns: Columns, one: Ints, other: Ints) -> int:
    """How many reports give answers of two groups that are not the same values."""
    mine, theirs = (gather_values(columns, rows) for rows in (one, other))
    return sum(mine[report] != theirs[report] for report in mine.keys() & theirs.keys())


def gather_values(columns: Columns, rows: Ints) -> dict[int, set[Any]]:
    """What some rows answer, by report: sizes of figures, days, or of words the sentence that they stand in."""
    values: Iterable[Any] = columns.sentence[rows]
    if columns.family == "figure":
        values = np.round(np.nan_to_num(columns.low[rows], nan=-1.0), 3)
    elif columns.family == "date":
        values = np.round(np.nan_to_num(columns.earliest[rows], nan=-1.0))
    found = defaultdict(set)
    for report, value in zip(columns.report[rows].tolist(), values, strict=True):
        found[report].add(float(value))
    return found
