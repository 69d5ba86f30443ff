"""How two answers to one question stand to each other, and why.

What each sign weighs for each relation was learnt on stories whose relations were judged by hand
(``training/relations.py``); what a relation takes is decided by rule: two values that exclude each other for a
contradiction (`witnesses`), something that came first for a revision.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import cast

import numpy as np

from sayso.record import Relation, RelationKind
from sayso.weigh.comparisons import Feature, compare_sides, without_parts
from sayso.weigh.matching.units import Unit
from sayso.weigh.matching.weights import ALWAYS, Steps, load_steps
from sayso.weigh.moments import find_moment, is_replaced
from sayso.weigh.relation_signs import Signs, read_signs
from sayso.weigh.relation_weights import strongest_features, weigh_features
from sayso.weigh.settlements import explain, find_witness, may_revise, settle_relation
from sayso.weigh.sides import Side
from sayso.weigh.witnesses import find_exclusion

CONSIDERED, SHOWN = 6, 3
"""How many of the features that spoke most for a relation are looked at, and how many are shown."""
RELATIONS = ("same", "compatible", "revision", "scope", "contradiction")
"""Relations in the order of the columns of their weights."""


def relate_sides(a: Side, b: Side) -> tuple[str, str]:
    """How two claims stand to each other, and why in words; nothing is known of whether they answer one question."""
    return decide_relation(compare_sides(a, b))


def decide_relation(features: Sequence[Feature]) -> tuple[str, str]:
    """The relation that a rule settles; else the likeliest, as the features of a comparison speak for it, and those
    that spoke most. Nothing is a contradiction in which no two things exclude each other, nor a revision where nothing
    says what came first."""
    if settled := settle_relation(features):
        return settled
    chances = weigh_features(features)
    if not find_witness(features):
        del chances["contradiction"]
    if not may_revise(features):
        del chances["revision"]
    relation = max(chances, key=lambda name: chances[name])
    spoke = without_parts(strongest_features(features, relation, most=CONSIDERED))
    return relation, explain(spoke[:SHOWN])


def relate_units(a: Unit, b: Unit, i: int, j: int) -> Relation:
    """How two answers to one question stand to each other; `i` and `j` are their positions in the point."""
    signs = read_signs(a, b)
    chances = weigh_relations(a.family, signs)
    exclusion = find_exclusion(a, b)
    if not exclusion:
        del chances["contradiction"]
    if not may_follow(a, b):
        del chances["revision"]
    relation = cast("RelationKind", max(chances, key=lambda name: chances[name]))
    words = f"{words_of(a)} / {words_of(b)}"
    spoke = "; ".join(name_signs(a.family, signs, relation))
    return Relation(
        a=i,
        b=j,
        relation=relation,
        why=f"{SAYING[relation]}: {words} ({spoke})",
        witness=exclusion if relation == "contradiction" else "",
    )


SAYING: dict[str, str] = {
    "same": "the same",
    "compatible": "both can be true",
    "revision": "the later one replaces the earlier",
    "scope": "they are not of the same whole, place or time",
    "contradiction": "they exclude each other",
}


def may_follow(a: Unit, b: Unit) -> bool:
    """Whether one of two answers can have replaced the other: they are of two moments, or one says so itself."""
    x, y = find_moment(a.fact), find_moment(b.fact)
    return (x is not None and y is not None and x != y) or is_replaced(a.fact) != is_replaced(b.fact)


def words_of(unit: Unit) -> str:
    """An answer in its own words, in one line, the longest cut."""
    figure, time = unit.fact.claim.figure, unit.fact.claim.time
    if unit.family == "figure" and figure is not None:
        return figure.text
    if unit.family == "date" and time is not None:
        return time.text
    told = " ".join(unit.fact.report.text[unit.answer.start : unit.answer.end].split())
    return told if len(told) <= LONGEST else f"{told[: LONGEST - 1].rstrip()}…"


LONGEST = 80
"""Code points of an answer that are shown."""


@cache
def load_relations() -> dict[str, dict[str, Steps]]:
    """The steps of each sign for each relation, by family."""
    return load_steps("relation_steps.tsv", RELATIONS)


def weigh_relations(family: str, signs: Signs) -> dict[str, float]:
    """What signs come to for each relation, in log-odds."""
    steps = load_relations()[family]
    total = steps[ALWAYS].weights[0].copy()
    for name, value in signs.items():
        if name in steps:
            total += steps[name].weigh(np.float32(value))
    return dict(zip(RELATIONS, total.tolist(), strict=True))


def name_signs(family: str, signs: Signs, relation: str) -> list[str]:
    """The signs that speak most for a relation against the others, in words."""
    steps, column = load_relations()[family], RELATIONS.index(relation)
    spoke = []
    for name, value in signs.items():
        if name in steps:
            weights = steps[name].weigh(np.float32(value))
            spoke.append((float(weights[column] - weights.mean()), name))
    return [f"{name} {weight:+.1f}" for weight, name in sorted(spoke, reverse=True)[:SHOWN] if weight > 0]
