"""Learn the weights of the matcher's signs: ``python training/matching.py FOLDER``.

FOLDER is where ``matcher.py`` left its material and the vectors that each story has from a model which was not taught
on it. Pairs of answers of one family and story are told apart by trees of one split each (Friedman 2001), which come to
a weight for each step of each sign: ``tables/matching_weights.tsv``. Before that, each fifth of the stories is matched
with weights from the others, and the mean F1 of the questions of their keys is printed for several thresholds.

With ``--sign`` the weights of the table stay, and what one more sign adds to them is learnt.
"""

from __future__ import annotations

import argparse
import pickle
from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.cluster.hierarchy import average, fcluster
from scipy.spatial.distance import squareform
from steps import SEED, append_steps, fit_steps, learn_trees, write_table
from told import ROOT, Material, load_scorer, place_value

from sayso.extract.meanings.vectors import round_vectors
from sayso.weigh.facts import gather_facts
from sayso.weigh.matching import LEAST_ALIKE, UNLIKE
from sayso.weigh.matching.signs import SIGNS, Columns, make_columns, read_signs
from sayso.weigh.matching.units import FAMILIES, list_units
from sayso.weigh.matching.weights import ALWAYS, load_weights
from sayso.weigh.origins import trace_origins

FOLDS = 5
MOST_PAIRS = 2000
"""Pairs of a story and family that belong together, and of those that do not, that are learnt from."""
FEW = 4
"""How often a few reports of a story are taken alone."""
TREES, BINS = 300, 32
ADDED_STEPS, RIDGE = 12, 20.0
"""The steps of a sign that is learnt on top of others, and what holds their weights down."""
THRESHOLDS = [round(0.2 + 0.05 * n, 2) for n in range(15)]
TABLE = ROOT / "src" / "sayso" / "tables" / "matching_weights.tsv"


class Story:
    """The units of a story by family, with which pairs of them belong together."""

    def __init__(self, material: Material, vectors: Any, said: Any) -> None:
        """`vectors` are those of the material's answers, in their order, `said` those of the claims of these."""
        self.material = material
        kept = iter(zip(round_vectors(vectors), round_vectors(said), strict=True))
        readings = []
        for reading in material.readings:
            claims = []
            for claim in reading.claims:
                mine = [next(kept) for _ in claim.answers]
                answers = tuple(replace(a, vector=v) for a, (v, _) in zip(claim.answers, mine, strict=True))
                claims.append(replace(claim, answers=answers, vector=mine[0][1] if mine else b""))
            readings.append(replace(reading, claims=tuple(claims)))
        places = {(r.report.id, r.report.digest): n for n, r in enumerate(readings)}
        labels = {(t.report, t.claim.id, t.answer): t for t in material.told}
        provenance, origins = trace_origins(tuple(readings))
        facts = [replace(f) for f in gather_facts(readings, provenance, origins)]
        self.units = list_units(facts, readings)
        self.readings = readings
        self.told = [
            labels[places[u.fact.report.id, u.fact.report.digest], u.fact.claim.id, replace(u.answer, vector=b"")]
            for u in self.units
        ]
        self.rows, self.columns = self.cut(set(range(len(readings))))
        self.sampled: dict[str, Any] = {}
        numbers = {p: n for n, p in enumerate(sorted({p for t in self.told for p in t.points | t.near}))}
        self.answers, self.nears = (np.zeros((len(self.told), len(numbers) + 1), np.float32) for _ in range(2))
        for n, t in enumerate(self.told):
            self.answers[n, [numbers[p] for p in t.points]] = 1
            self.nears[n, [numbers[p] for p in t.points | t.near]] = 1
        self.spans = np.array([(t.report, t.answer.start, t.answer.end) for t in self.told])

    def cut(
        self, reports: Set[int], families: Sequence[str] = FAMILIES
    ) -> tuple[dict[str, list[int]], dict[str, Columns]]:
        """The units of some of the reports, and their columns, by family."""
        rows = {
            f: [n for n, u in enumerate(self.units) if u.family == f and self.told[n].report in reports]
            for f in families
        }
        return rows, {f: make_columns([self.units[n] for n in some]) for f, some in rows.items() if some}

    def pairs(self, family: str) -> tuple[Any, Any]:
        """Signs of some pairs, pairs by signs, and whether they belong together: of the whole story, and of a few
        reports at a time, as they come on the first day. Made once."""
        if family not in self.sampled:
            chance = np.random.default_rng(SEED)
            found = [self.pairs_of(self.rows, self.columns, family, chance, MOST_PAIRS)]
            for _ in range(FEW):
                some = chance.choice(len(self.readings), chance.integers(2, 6), replace=False)
                found.append(self.pairs_of(*self.cut(set(some.tolist()), (family,)), family, chance, MOST_PAIRS // FEW))
            self.sampled[family] = tuple(np.concatenate(part) for part in zip(*found, strict=True))
        return self.sampled[family]

    def pairs_of(self, rows: Any, columns: Any, family: str, chance: Any, most: int) -> tuple[Any, Any]:
        """The same of some units; pairs of which the key does not tell are left out."""
        none = np.zeros((0, len(SIGNS[family])), np.float32), np.zeros(0, bool)
        if family not in columns:
            return none
        i, j = candidates(columns[family])
        if not len(i):
            return none
        at = np.array(rows[family])
        a, b = at[i], at[j]
        together = np.einsum("ij,ij->i", self.answers[a], self.answers[b]) > 0
        maybe = np.einsum("ij,ij->i", self.nears[a], self.nears[b]) > 0
        over = (self.spans[a, 0] == self.spans[b, 0]) & (self.spans[a, 1] < self.spans[b, 2])
        over &= self.spans[b, 1] < self.spans[a, 2]
        known = self.answers.any(axis=1)
        keep = (known[a] | known[b]) & ~over & (together | ~maybe)
        sides = (np.flatnonzero(keep & together), np.flatnonzero(keep & ~together))
        chosen = np.concatenate([chance.choice(some, min(most, len(some)), replace=False) for some in sides])
        signs = read_signs(columns[family], i[chosen], j[chosen])
        return np.stack([np.asarray(v, np.float32) for v in signs.values()], 1), together[chosen]

    def rate(self, family: str, model: Any) -> Any:
        """The probabilities of all pairs of a family, as a square."""
        columns = self.columns[family]
        i, j = candidates(columns)
        found = np.full((len(columns), len(columns)), UNLIKE, np.float32)
        signs = np.stack([np.asarray(v, np.float32) for v in read_signs(columns, i, j).values()], 1)
        if len(i):
            found[i, j] = found[j, i] = model.predict_proba(signs)[:, 1]
        return found


def grow_tree(alike: Any) -> Any:
    """The whole tree of average links, for many thresholds."""
    apart = 1 - alike
    np.fill_diagonal(apart, 0)
    return average(squareform(apart, checks=False)) if len(alike) > 1 else None


def cut_tree(tree: Any, least: float) -> list[list[int]]:
    """The groups of rows at one threshold."""
    labels = [1] if tree is None else fcluster(tree, 1 - least, "distance").tolist()
    groups = defaultdict(list)
    for row, label in enumerate(labels):
        groups[label].append(row)
    return list(groups.values())


def candidates(columns: Columns) -> tuple[Any, Any]:
    """The pairs of rows that are compared."""
    i, j = np.nonzero(np.triu(columns.vectors @ columns.vectors.T >= LEAST_ALIKE, 1))
    return i, j


def learn(stories: list[Story], family: str) -> Any:
    """Trees of one split each for one family."""
    some = [story.pairs(family) for story in stories]
    return learn_trees(np.concatenate([x for x, _ in some]), np.concatenate([y for _, y in some]), TREES, BINS)


def learn_sign(stories: list[Story], family: str, sign: str) -> None:
    """Append to the table what a sign that it lacks adds to those that it has."""
    some = [story.pairs(family) for story in stories]
    signs, together = np.concatenate([x for x, _ in some]), np.concatenate([y for _, y in some])
    steps = load_weights()[family]
    names = list(SIGNS[family])
    odds = steps[ALWAYS].weights[0] + sum(steps[n].weigh(signs[:, k]) for k, n in enumerate(names) if n in steps)
    odds += np.log(together.mean() / (1 - together.mean())) - np.log(rate(odds) / (1 - rate(odds)))
    append_steps(TABLE, family, sign, *fit_steps(odds, signs[:, names.index(sign)], together, ADDED_STEPS, RIDGE))


def rate(odds: Any) -> float:
    """The mean probability of some odds."""
    return float(np.mean(1 / (1 + np.exp(-odds))))


def find_mentions(story: Story, scorer: Any) -> tuple[list[Any], list[list[int]]]:
    """The values of the key (question, report, start, end), and for each unit the values that it has."""
    texts = {r.report.id: r.report.text for r in story.readings}
    wanted = [
        (point["id"], value["report"], *place_value(value, texts[value["report"]]))
        for point in story.material.gold["points"]
        for value in point["values"]
        if value["report"] in texts
    ]
    held = []
    for unit, told in zip(story.units, story.told, strict=True):
        a, report = unit.answer, unit.fact.report.id
        held.append(
            [
                n
                for n, w in enumerate(wanted)
                if w[0] in told.points - told.alone and w[1] == report and w[2] < a.end and a.start < w[3]
            ]
        )
    return wanted, held


def score_points(wanted: list[Any], held: list[list[int]], gold: Any, groups: list[list[int]]) -> float:
    """The mean F1 of the questions of a key, each with the group that fits it best, as the scorer reckons it."""
    found: list[set[int]] = [set().union(*(held[n] for n in rows)) for rows in groups if any(held[n] for n in rows)]
    total = 0.0
    for point in gold["points"]:
        size, best = len(point["values"]) * (len(point["values"]) - 1) // 2, 0.0
        for some in found:
            own = len({wanted[n][1:] for n in some if wanted[n][0] == point["id"]})
            whole = len({wanted[n][1:] for n in some})
            right, told = own * (own - 1) // 2, whole * (whole - 1) // 2
            best = max(best, 2 * right / (told + size) if right else 0.0)
        total += best
    return 100 * total / max(1, len(gold["points"]))


def load_stories(folder: Path, materials: list[Material]) -> list[Story]:
    """The stories that have vectors by a model which was not taught on them."""
    vectors = {k: v for path in sorted(folder.glob("apart-*.npz")) for k, v in np.load(path).items()}
    return [Story(m, vectors[m.name], vectors[f"{m.name} claims"]) for m in materials if m.name in vectors]


def main() -> None:
    """Read the arguments, measure, learn and write."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("shared", type=Path)
    arguments.add_argument("--sign", help="learn only what this sign adds to the weights of the table")
    chosen = arguments.parse_args()
    folder, shared = chosen.folder, chosen.shared
    materials, _ = pickle.loads((folder / "material.pkl").read_bytes())
    stories = load_stories(folder, materials)
    if chosen.sign:
        for family in FAMILIES:
            learn_sign(stories, family, chosen.sign)
        return
    scorer = load_scorer(shared)
    marked = [find_mentions(story, scorer) for story in stories]
    scores = np.zeros((len(stories), len(THRESHOLDS)))
    for fold in range(FOLDS):
        models = {f: learn([s for n, s in enumerate(stories) if n % FOLDS != fold], f) for f in FAMILIES}
        for n in range(fold, len(stories), FOLDS):
            story = stories[n]
            trees = {f: grow_tree(story.rate(f, models[f])) for f in story.columns}
            for k, least in enumerate(THRESHOLDS):
                groups = [[story.rows[f][r] for r in rows] for f in trees for rows in cut_tree(trees[f], least)]
                scores[n, k] = score_points(*marked[n], story.material.gold, groups)
    for k, least in enumerate(THRESHOLDS):
        print(least, round(scores[:, k].mean(), 1), "real", round(scores[-10:, k].mean(), 1))
    best = int(scores.mean(0).argmax())
    print(
        {s.material.name: round(scores[n, best]) for n, s in enumerate(stories)},
        "own best",
        scores.max(1).mean().round(1),
    )
    write_table(TABLE, {f: (learn(stories, f), list(SIGNS[f])) for f in FAMILIES}, ("weight",))


if __name__ == "__main__":
    main()
