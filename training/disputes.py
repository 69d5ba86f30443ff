"""Learn which answers of one point are worth telling beside each other: ``python training/disputes.py FOLDER SHARED``.

FOLDER is where ``matcher.py`` left its material. Each two answers of different reports that matching puts together
answer other questions of a story's key, one question without dispute, or one question with values that exclude or
replace each other. Trees of one split each (Friedman 2001) come to a weight for each step of each sign and each of the
three: ``tables/dispute_steps.tsv``. Before that, each fifth of the stories is judged with weights from the others, and
the mean precision (area under the curve of precision by recall) of the last two together and of the last alone is
printed.
"""

from __future__ import annotations

import argparse
import pickle
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from matching import FOLDS, Story, find_mentions, load_stories
from sklearn.metrics import average_precision_score
from steps import SEED, learn_trees, write_table
from told import ROOT, load_scorer

from sayso.weigh.matching import match_units
from sayso.weigh.matching.units import FAMILIES
from sayso.weigh.relation_signs import read_signs
from sayso.weigh.relations import DISPUTES

MOST_PAIRS = 3000
"""Pairs of a story and family that are learnt from."""
TREES, BINS, LEAST = 300, 32, 60
TABLE = ROOT / "src" / "sayso" / "tables" / "dispute_steps.tsv"


def list_pairs(story: Story, scorer: Any) -> Iterator[tuple[str, list[float], list[str], int]]:
    """Pairs of answers of different reports that matching puts together, the earlier first: their family, signs with
    their names, and which outcome they have. Pairs of which the key does not tell are left out."""
    places = {id(unit): n for n, unit in enumerate(story.units)}
    mentions = number_mentions(story, scorer)
    open_pairs = list_open(story)
    chance = np.random.default_rng(SEED)
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for group in match_units(story.units):
        rows = [places[id(unit)] for unit in group]
        reports = [story.told[n].report for n in rows]
        found[group[0].family] += [
            (rows[i], rows[j]) for j in range(len(rows)) for i in range(j) if reports[i] != reports[j]
        ]
    for family, pairs in found.items():
        known = [pair for pair in pairs if mentions[pair[0]] or mentions[pair[1]]]
        for k in chance.permutation(len(known))[:MOST_PAIRS]:
            i, j = known[k]
            shared = {p for p, _ in mentions[i]} & {p for p, _ in mentions[j]}
            if not shared and story.nears[i] @ story.nears[j]:
                continue
            opposed = any(
                (p, frozenset((x, y))) in open_pairs for p, x in mentions[i] for q, y in mentions[j] if p == q
            )
            signs = read_signs(story.units[i], story.units[j])
            yield family, list(signs.values()), list(signs), 2 if opposed else int(bool(shared))


def number_mentions(story: Story, scorer: Any) -> list[set[tuple[str, int]]]:
    """For each unit the values of the key that it has: the question and which of its values."""
    wanted, held = find_mentions(story, scorer)
    counts: Counter[str] = Counter()
    numbers = []
    for point, *_ in wanted:
        numbers.append((point, counts[point]))
        counts[point] += 1
    return [{numbers[n] for n in some} for some in held]


def list_open(story: Story) -> set[tuple[str, frozenset[int]]]:
    """The pairs of values of each question of the key that exclude or replace each other."""
    return {
        (point["id"], frozenset((relation["a"], relation["b"])))
        for point in story.material.gold["points"]
        for relation in point["relations"]
        if relation["relation"] in ("contradiction", "revision")
    }


def learn(rows: list[tuple[list[float], int]]) -> Any:
    """Trees of one split each for the outcomes of one family."""
    return learn_trees(np.array([x for x, _ in rows]), np.array([y for _, y in rows]), TREES, BINS, LEAST)


def main() -> None:
    """Read the arguments, measure, learn and write."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("shared", type=Path)
    chosen = arguments.parse_args()
    materials, _ = pickle.loads((chosen.folder / "material.pkl").read_bytes())
    scorer = load_scorer(chosen.shared)
    rows: dict[str, list[list[tuple[list[float], int]]]] = {f: [] for f in FAMILIES}
    names: dict[str, list[str]] = {}
    for story in load_stories(chosen.folder, materials):
        some: dict[str, list[tuple[list[float], int]]] = {f: [] for f in FAMILIES}
        for family, signs, names[family], outcome in list_pairs(story, scorer):
            some[family].append((signs, outcome))
        for family in FAMILIES:
            rows[family].append(some[family])
    for family in FAMILIES:
        told: list[int] = []
        chances: list[Any] = []
        for fold in range(FOLDS):
            model = learn([r for n, some in enumerate(rows[family]) if n % FOLDS != fold for r in some])
            kept = [r for some in rows[family][fold::FOLDS] for r in some]
            chances.extend(model.predict_proba(np.array([x for x, _ in kept])))
            told += [y for _, y in kept]
        rated, outcome = np.array(chances), np.array(told)
        print(
            family,
            len(told),
            *(
                f"{name}: {100 * average_precision_score(outcome >= least, rated[:, least:].sum(axis=1)):.1f} "
                f"of {100 * (outcome >= least).mean():.1f}"
                for least, name in ((1, "one question"), (2, "disputed"))
            ),
        )
    models = {f: (learn([r for some in rows[f] for r in some]), names[f]) for f in FAMILIES}
    write_table(TABLE, models, DISPUTES)


if __name__ == "__main__":
    main()
