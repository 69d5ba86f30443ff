"""Learn how two answers to one question stand to each other: ``python training/standing.py FOLDER SHARED``.

FOLDER is where ``matcher.py`` left its material. The relations of the stories' keys are put on the answers that have
their values; trees of one split each (Friedman 2001) come to a weight for each step of each sign and each relation:
``tables/relation_steps.tsv``. Before that, each fifth of the stories is judged with weights from the others, and the
share of relations named right is printed, of all and by relation.
"""

from __future__ import annotations

import argparse
import pickle
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from matching import FOLDS, Story, find_mentions, load_stories
from steps import SEED, learn_trees, write_table
from told import ROOT, load_scorer

from sayso.weigh.matching.units import FAMILIES, Unit
from sayso.weigh.relation_signs import read_signs
from sayso.weigh.relations import RELATIONS, may_follow
from sayso.weigh.witnesses import find_exclusion

MOST_PAIRS = 1500
"""Relations of a story that are learnt from."""
TREES, BINS, LEAST = 150, 16, 60
TABLE = ROOT / "src" / "sayso" / "tables" / "relation_steps.tsv"


def list_relations(story: Story, scorer: Any) -> list[tuple[Unit, Unit, str]]:
    """The pairs of units, the earlier first, that have the values of a relation of the key, with the relation."""
    wanted, held = find_mentions(story, scorer)
    numbers: dict[tuple[str, int], int] = {}
    counts: Counter[str] = Counter()
    for n, want in enumerate(wanted):
        numbers[want[0], counts[want[0]]] = n
        counts[want[0]] += 1
    has: dict[int, list[int]] = defaultdict(list)
    for n, some in enumerate(held):
        for k in some:
            has[k].append(n)
    found = []
    for point in story.material.gold["points"]:
        if len(point["values"]) != counts[point["id"]]:
            continue
        for relation in point["relations"]:
            if relation.get("repeat"):
                continue
            sides: list[list[int]] = [has[numbers[point["id"], relation[end]]] for end in "ab"]
            pairs = [(x, y) for x in sides[0] for y in sides[1] if x != y and fits(story, x, y)]
            if pairs:
                # Numbers and dates before the claims that they stand in.
                pair = min(pairs, key=lambda some: FAMILIES.index(story.units[some[0]].family))
                one, other = (story.units[n] for n in sorted(pair))
                found.append((one, other, relation["relation"]))
    chance = np.random.default_rng(SEED)
    if len(found) > MOST_PAIRS:
        found = [found[n] for n in chance.choice(len(found), MOST_PAIRS, replace=False)]
    return found


def fits(story: Story, x: int, y: int) -> bool:
    """Whether two units are of one family."""
    return story.units[x].family == story.units[y].family


def learn(rows: list[tuple[Any, str]]) -> Any:
    """Trees of one split each for the relations of one family."""
    signs, relations = np.array([x for x, _ in rows]), np.array([RELATIONS.index(y) for _, y in rows])
    return learn_trees(signs, relations, TREES, BINS, LEAST)


def main() -> None:
    """Read the arguments, measure, learn and write."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("shared", type=Path)
    chosen = arguments.parse_args()
    materials, _ = pickle.loads((chosen.folder / "material.pkl").read_bytes())
    scorer = load_scorer(chosen.shared)
    rows: dict[str, list[list[tuple[Any, str, bool, bool]]]] = {f: [] for f in FAMILIES}
    names: dict[str, list[str]] = {}
    for story in load_stories(chosen.folder, materials):
        some: dict[str, list[Any]] = {f: [] for f in FAMILIES}
        for a, b, relation in list_relations(story, scorer):
            signs = read_signs(a, b)
            names[a.family] = list(signs)
            some[a.family].append((list(signs.values()), relation, bool(find_exclusion(a, b)), may_follow(a, b)))
        for family in FAMILIES:
            rows[family].append(some[family])
    right: Counter[Any] = Counter()
    total: Counter[Any] = Counter()
    called: Counter[Any] = Counter()
    for family in FAMILIES:
        for fold in range(FOLDS):
            model = learn([r[:2] for n, some in enumerate(rows[family]) if n % FOLDS != fold for r in some])
            for n in range(fold, len(rows[family]), FOLDS):
                for signs, relation, exclusive, follows in rows[family][n]:
                    chances = dict(zip(model.classes_, model.predict_proba(np.array([signs]))[0], strict=True))
                    if not exclusive:
                        chances.pop(RELATIONS.index("contradiction"), None)
                    if not follows:
                        chances.pop(RELATIONS.index("revision"), None)
                    told = RELATIONS[max(chances, key=lambda k: chances[k])]
                    for key in (family, (family, relation), "all"):
                        total[key] += 1
                        right[key] += told == relation
                    called[family, relation, told] += 1
    for key, n in total.items():
        print(key, round(100 * right[key] / n, 1), n)
    for key, n in called.most_common(40):
        print(key, n)
    models = {f: (learn([r[:2] for some in rows[f] for r in some]), names[f]) for f in FAMILIES}
    write_table(TABLE, models, RELATIONS)


if __name__ == "__main__":
    main()
