"""Learn where a tree of groups is cut: ``python training/joins.py FOLDER SHARED``.

FOLDER is where ``matcher.py`` left its material and the vectors that each story has from a model which was not taught
on it. The answers of each story, and of parts of it, are put together by average link with the weights of the pairs
that stand (``matching.py``). Of each two groups that come together the key tells what that adds to the F1 of its
questions, or takes away; by how much, a join weighs in teaching trees of one split each (Friedman 2001), which come to
a weight for each step of each sign: ``tables/joining_weights.tsv``. Before that, each fifth of the stories is cut with
weights from the others, and the mean F1 of the questions of their keys is printed, beside that of the best cut.
"""

from __future__ import annotations

import argparse
import pickle
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from matching import FOLDS, Story, find_mentions, load_stories, score_points
from steps import SEED, learn_trees, write_table
from told import ROOT, load_scorer

from sayso.weigh.matching import GROUPED_ALIKE, rate_all
from sayso.weigh.matching.clusters import Branch, link_averages
from sayso.weigh.matching.joins import EVEN, LEAST_LIKELY, SURE, read_join
from sayso.weigh.matching.units import FAMILIES

TABLE = ROOT / "src" / "sayso" / "tables" / "joining_weights.tsv"
PARTS = {"whole": (1, 1.0), "part": (1, 0.3), "few": (3, 0.1)}
"""How often a story is put together as a whole, from some of its reports, and from very few, and what each weighs."""
SOME, FEW = (0.3, 0.8), (2, 7)
"""The share of its reports that are some, and the number that are few."""
TREES, BINS, LEAST = 120, 32, 40
WIDEST = 400
"""Answers of a group that is learnt from, at most."""
MEAN = 12
"""Questions of a key, near enough: what a join is worth is told by the story that has as many."""

Row = dict[str, Any]
Mentions = list[tuple[str, str, int, int]]


class Join(NamedTuple):
    """Two groups that came together: their signs, what that adds to the questions of the key, and their tree."""

    signs: dict[str, float]
    gain: float
    tree: Branch


class Part(NamedTuple):
    """The trees of a story, or of some of its reports: rows by family, the joins, and the groups of the best cut."""

    story: str
    kind: str
    key: Row
    wanted: Mentions
    held: list[list[int]]
    rows: dict[str, list[int]]
    trees: dict[str, list[Branch]]
    joins: dict[str, dict[int, Join]]
    best: list[list[int]]


def list_parts(story: Story, scorer: Any) -> Iterator[Part]:
    """A story put together as a whole and from some of its reports."""
    chance = np.random.default_rng(SEED)
    wanted, held = find_mentions(story, scorer)
    count = len(story.readings)
    for kind, (times, _) in PARTS.items():
        for _ in range(times):
            most = {"whole": count, "part": int(count * chance.uniform(*SOME)), "few": int(chance.integers(*FEW))}[kind]
            some = set(chance.choice(count, min(count, max(most, FEW[0])), replace=False).tolist())
            names = {story.readings[n].report.id for n in some}
            key = cut_key(story.material.gold, names)
            asked = {point["id"] for point in key["points"]}
            mine = [[n for n in k if wanted[n][1] in names and wanted[n][0] in asked] for k in held]
            if asked:
                yield make_part(story, kind, key, wanted, mine, some)


def cut_key(gold: Row, reports: Set[str]) -> Row:
    """The questions of a key that some reports answer more than once."""
    points = []
    for point in gold["points"]:
        values = [value for value in point["values"] if value["report"] in reports]
        if len(values) > 1:
            points.append(point | {"values": values})
    return gold | {"points": points}


def make_part(story: Story, kind: str, key: Row, wanted: Mentions, held: list[list[int]], some: set[int]) -> Part:
    """The trees of some reports of a story with what each join is worth."""
    rows, columns = story.cut(some)
    trees: dict[str, list[Branch]] = {}
    joins: dict[str, dict[int, Join]] = {}
    best = []
    pairs = {point["id"]: count_pairs(len(point["values"])) for point in key["points"]}
    for family, mine in columns.items():
        likely = rate_all(mine, GROUPED_ALIKE)
        trees[family], joins[family] = link_averages(likely.copy(), LEAST_LIKELY), {}
        values = [frozenset(held[n]) for n in rows[family]]
        for tree in trees[family]:
            for branch, gain, groups in judge_tree(tree, values, wanted, pairs):
                if branch.halves and len(branch.rows) <= WIDEST:
                    joins[family][id(branch)] = Join(read_join(branch, mine, likely), gain, branch)
                if branch is tree:
                    best += [[rows[family][row] for row in group.rows] for group in groups]
    return Part(story.material.name, kind, key, wanted, held, rows, trees, joins, best)


def judge_tree(
    tree: Branch, values: Sequence[frozenset[int]], wanted: Mentions, pairs: dict[str, int]
) -> Iterator[tuple[Branch, float, list[Branch]]]:
    """The branches of a tree, halves before wholes: what each adds to the F1 of the key's questions over the best
    groups of its halves, and the best groups of it."""
    known: dict[int, tuple[frozenset[int], dict[str, float], list[Branch]]] = {}
    for branch in list_branches(tree):
        if not branch.halves:
            known[id(branch)] = values[branch.rows[0]], {}, [branch]
            continue
        (one, first, mine), (other, second, theirs) = (known.pop(id(half)) for half in branch.halves)
        both = one | other
        whole = score_group(both, wanted, pairs)
        apart = {p: max(first.get(p, 0.0), second.get(p, 0.0)) for p in first.keys() | second.keys()}
        gain = sum(whole.values()) - sum(apart.values())
        kept = (both, whole, [branch]) if gain >= 0 else (both, apart, [*mine, *theirs])
        known[id(branch)] = kept
        yield branch, gain, kept[2]
    if not tree.halves:
        yield tree, 0.0, [tree]


def list_branches(tree: Branch) -> list[Branch]:
    """All branches of a tree, halves before wholes."""
    found, waiting = [], [tree]
    while waiting:
        branch = waiting.pop()
        found.append(branch)
        waiting += branch.halves
    return found[::-1]


def score_group(values: Set[int], wanted: Mentions, pairs: dict[str, int]) -> dict[str, float]:
    """The F1 of each question of the key that a group with some of its values has, by pairs of values."""
    own: dict[str, set[tuple[str, int, int]]] = defaultdict(set)
    for n in values:
        own[wanted[n][0]].add(wanted[n][1:])
    told = count_pairs(len({wanted[n][1:] for n in values}))
    return {p: 2 * count_pairs(len(some)) / max(1, told + pairs[p]) for p, some in own.items()}


def count_pairs(n: int) -> int:
    """The pairs of so many."""
    return n * (n - 1) // 2


def learn(parts: Sequence[Part], family: str) -> tuple[Any, list[str]]:
    """Trees of one split each for one family, and the names of the signs. Joins that change nothing teach nothing, nor
    do those that are sure."""
    rows, gains = [], []
    for part in parts:
        for join in part.joins.get(family, {}).values():
            if join.gain and join.tree.likely < SURE:
                rows.append(join.signs)
                gains.append(join.gain / len(part.key["points"]) * MEAN * PARTS[part.kind][1])
    names = list(rows[0])
    signs, worth = np.array([list(row.values()) for row in rows]), np.array(gains)
    return learn_trees(signs, worth > 0, TREES, BINS, LEAST, np.abs(worth)), names


def cut(part: Part, models: dict[str, tuple[Any, list[str]]]) -> list[list[int]]:
    """The groups of a part by some models."""
    groups = []
    for family, trees in part.trees.items():
        joins = part.joins[family]
        signs = np.array([list(join.signs.values()) for join in joins.values()])
        chances = models[family][0].predict_proba(signs)[:, 1] if len(joins) else ()
        kept = {at for at, chance in zip(joins, chances, strict=True) if chance >= EVEN}
        kept |= {at for at, join in joins.items() if join.tree.likely >= SURE}
        waiting = list(trees)
        while waiting:
            tree = waiting.pop()
            if not tree.halves or id(tree) in kept:
                groups.append([part.rows[family][row] for row in tree.rows])
            else:
                waiting += tree.halves
    return groups


def main() -> None:
    """Read the arguments, measure, learn and write."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("shared", type=Path)
    chosen = arguments.parse_args()
    materials, _ = pickle.loads((chosen.folder / "material.pkl").read_bytes())
    scorer = load_scorer(chosen.shared)
    stories = [list(list_parts(story, scorer)) for story in load_stories(chosen.folder, materials)]
    scores: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for fold in range(FOLDS):
        others = [part for n, parts in enumerate(stories) if n % FOLDS != fold for part in parts]
        models = {family: learn(others, family) for family in FAMILIES}
        for part in (part for parts in stories[fold::FOLDS] for part in parts):
            groups = (cut(part, models), part.best)
            scores[part.kind].append(tuple(score_points(part.wanted, part.held, part.key, some) for some in groups))
    for kind, some in scores.items():
        print(kind, "cut, and best cut:", *np.mean(some, axis=0).round(1))
    every = [part for parts in stories for part in parts]
    write_table(TABLE, {family: learn(every, family) for family in FAMILIES}, ("weight",))


if __name__ == "__main__":
    main()
