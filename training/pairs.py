"""Learn how two short texts relate: ``python training/pairs.py SHARED``.

Our own pairs (``pairs/relations*.jsonl``) and sentences of the stories with keys, the relations of whose answers are
known, are read and their signs (`sayso.weigh.pair_signs`) told from each other by trees of one split each:
``tables/pair_steps.tsv``. Before that, our own pairs are judged a tenth at a time with weights from the others, and the
macro F1 of the relations is printed. No set of real pairs is learnt from.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from steps import SEED, learn_trees, write_table
from told import ROOT, list_stories, place_value

from sayso.read.inputs import read_inputs
from sayso.record import Report
from sayso.weigh.facts import sentence_span
from sayso.weigh.matching.signs import stack_vectors
from sayso.weigh.pair_signs import Match, Signs
from sayso.weigh.pairs import ALL, RELATIONS, Text, choose_relation, order_texts, read_text, sign_texts

TABLE = ROOT / "src" / "sayso" / "tables" / "pair_steps.tsv"
FOLDS = 10
TREES, BINS, LEAST = 150, 32, 40
SENTENCES, SHORTEST, LONGEST = 220, 20, 400
"""Sentences of a story that are paired, and how long they are."""
OF_EACH, NEAREST, FAR = 90, 60, 60
"""Pairs of a story of each relation; of those on no common question, the nearest and some others."""
EXAM = ("kursk", "ecb-18")
"""Stories that are not learnt from here."""

Place = tuple[str, tuple[int, int]]


class Pair(NamedTuple):
    """Two texts with the relation that they have."""

    relation: str
    signs: Signs
    matches: list[Match]


def list_pairs() -> list[Pair]:
    """All our own pairs, in the order of their files."""
    paths = sorted((ROOT / "training" / "pairs").glob("relations*.jsonl"))
    rows = [json.loads(line) for path in paths for line in path.read_text("utf8").splitlines() if line.strip()]
    return [make_pair(row["relation"], read_text(row["a"]), read_text(row["b"])) for row in rows]


def make_pair(relation: str, a: Text, b: Text) -> Pair:
    """Two texts as a pair."""
    return Pair(relation, *sign_texts(*order_texts(a, b)))


def pair_sentences(reports: dict[str, Report], gold: Any, chance: random.Random) -> Iterator[Pair]:
    """Pairs of sentences of a story's different reports."""
    told: dict[Place, dict[str, int]] = defaultdict(dict)
    relations: dict[tuple[str, int, int], str] = {}
    for point in gold["points"]:
        for n, value in enumerate(v for v in point["values"] if v["report"] in reports):
            text = reports[value["report"]].text
            span = sentence_span(text, *place_value(value, text))
            if SHORTEST < span[1] - span[0] < LONGEST:
                told[value["report"], span].setdefault(point["id"], n)
        for r in point["relations"]:
            relations[point["id"], r["a"], r["b"]] = relations[point["id"], r["b"], r["a"]] = r["relation"]
    places = chance.sample(sorted(told), min(len(told), SENTENCES))
    texts = [read_sentence(reports[report], span) for report, span in places]
    rows = stack_vectors([max((c.vector for c in t[0].claims), key=len, default=b"") for t in texts])
    near = rows @ rows.T
    found: dict[str, list[tuple[float, int, int]]] = defaultdict(list)
    for i, a in enumerate(places):
        for j, b in enumerate(places[:i]):
            if a[0] != b[0] and (relation := name_relation(told[a], told[b], relations)):
                found[relation].append((float(near[i, j]), i, j))
    for relation, some in found.items():
        some.sort(reverse=True)
        kept = some[:NEAREST] if relation == "unrelated" else []
        rest, most = some[len(kept) :], FAR if kept else OF_EACH
        for _, i, j in kept + chance.sample(rest, min(most, len(rest))):
            yield make_pair(relation, texts[i], texts[j])


def read_sentence(report: Report, span: tuple[int, int]) -> Text:
    """A sentence of a report as a text."""
    row = {"text": report.text[slice(*span)], "outlet": report.outlet}
    return read_text(row | ({"published": report.published.isoformat()} if report.published else {}))


def name_relation(a: dict[str, int], b: dict[str, int], relations: dict[tuple[str, int, int], str]) -> str:
    """The relation of two sentences that answer some questions: the one that sets them furthest apart; same where they
    answer mostly the same; "" where the key does not tell."""
    both = a.keys() & b.keys()
    if not both:
        return "unrelated"
    found = {relations.get((p, a[p], b[p]), "same" if a[p] == b[p] else "") for p in both}
    for relation in ("", "contradiction", "revision", "scope", "compatible"):
        if relation in found:
            return relation
    return "same" if 2 * len(both) >= len(a.keys() | b.keys()) else "compatible"


def macro_f1(truth: list[str], told: list[str]) -> float:
    """Macro F1 of the relations, in percent."""
    scores = []
    for name in RELATIONS:
        hits = sum(t == f == name for t, f in zip(truth, told, strict=True))
        both = truth.count(name) + told.count(name)
        scores.append(2 * hits / both if both else 0.0)
    return round(100 * sum(scores) / len(scores), 1)


def main() -> None:
    """Read, cross-validate, learn and write."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("shared", type=Path)
    shared = arguments.parse_args().shared
    chance = random.Random(SEED)
    own, others = list_pairs(), []
    for story in list_stories(ROOT, shared):
        if story.seen and story.name not in EXAM:
            reports = {r.id: r for r in read_inputs([str(story.reports)]) if isinstance(r, Report)}
            others += pair_sentences(reports, json.loads(story.key.read_text("utf8")), chance)
    names = list(own[0].signs)

    def learn(pairs: list[Pair]) -> Any:
        signs = np.array([[pair.signs[name] for name in names] for pair in pairs], float)
        return learn_trees(signs, np.array([RELATIONS.index(p.relation) for p in pairs]), TREES, BINS, LEAST)

    places = np.random.default_rng(SEED).permutation(len(own)) % FOLDS
    told = [""] * len(own)
    for fold in range(FOLDS):
        model = learn([p for p, at in zip(own, places, strict=True) if at != fold] + others)
        for n in np.flatnonzero(places == fold):
            signs = np.array([[own[n].signs[name] for name in names]], float)
            chances = dict(zip(RELATIONS, model.predict_proba(signs)[0].tolist(), strict=True))
            told[n] = choose_relation(chances, own[n].matches, own[n].signs)
    score = macro_f1([pair.relation for pair in own], told)
    sys.stdout.write(f"{len(own)} own pairs, {len(others)} of stories; macro F1 on our own {score}\n")
    write_table(TABLE, {ALL: (learn(own + others), names)}, RELATIONS)


if __name__ == "__main__":
    main()
