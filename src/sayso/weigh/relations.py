"""How two answers to one question stand to each other, and why.

What each sign weighs for each relation was learnt on stories whose relations were judged by hand
(``training/standing.py``); what a relation takes is decided by rule: two values that exclude each other for a
contradiction (`witnesses`), something that came first for a revision. From the same signs it is reckoned how likely it
is that both answer one question at all, and that they are disputed (``training/disputes.py``): what a brief goes by,
and without which two values are no contradiction, however much they exclude each other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from math import exp
from typing import cast

from sayso.record import Relation, RelationKind
from sayso.weigh.facts import Fact
from sayso.weigh.figures import agree, far_apart
from sayso.weigh.matching.units import Unit
from sayso.weigh.matching.weights import ALWAYS, load_steps
from sayso.weigh.moments import find_moment, is_replaced, scope_differs
from sayso.weigh.relation_signs import Signs, read_signs
from sayso.weigh.topics import name_family
from sayso.weigh.witnesses import are_opposed, count_others, exclude_dates, find_exclusion
from sayso.weigh.wordings import stems_of

SHOWN = 3
"""How many of the signs that spoke most for a relation are shown."""
DAY = timedelta(days=1)
ONE_QUESTION, DISPUTED = 0.5, 0.1
"""How likely two answers must be to answer one question, and to be disputed, for a contradiction. Of those that
the keys of 44 stories know, 58 in a hundred are then contradictions or revisions to the key, where 41 were."""
RELATIONS = ("same", "compatible", "revision", "scope", "contradiction")
"""Relations in the order of the columns of their weights."""
DISPUTES = ("other", "agreed", "disputed")
"""What two answers of one point can be, in the order of the columns of their weights: answers to other questions, to
one question without dispute, or to one question and such that one excludes or replaces the other."""


def relate_units(a: Unit, b: Unit, i: int, j: int) -> Relation:
    """How two answers to one question stand to each other; `i` and `j` are their positions in the point."""
    signs = read_signs(a, b)
    weighed = weigh_signs(a.family, signs)
    chances = dict(zip(RELATIONS, map(sum, zip(*(w for _, w in weighed), strict=True)), strict=True))
    disputed = rate_dispute(a, b, signs)
    exclusion = find_exclusion(a, b) if may_exclude(a, b, disputed) else ""
    if not exclusion:
        del chances["contradiction"]
    if not may_follow(a, b):
        del chances["revision"]
    if not may_agree(a, b):
        del chances["same"]
    denied = a.fact.contrary != b.fact.contrary
    opposed = exclusion and (denied or counts_differ(a, b))
    likeliest = "contradiction" if opposed else max(chances, key=lambda name: chances[name])
    relation = cast("RelationKind", likeliest)
    words = f"{words_of(a)} / {words_of(b)}"
    spoke = "; ".join(name_signs(weighed, relation))
    return Relation(
        a=i,
        b=j,
        relation=relation,
        why=f"{SAYING[relation]}: {words} ({spoke})",
        witness=exclusion if relation == "contradiction" else "",
        disputed=disputed,
    )


def may_exclude(a: Unit, b: Unit, disputed: tuple[float, float]) -> bool:
    """Whether two answers are likely enough to be to one question and disputed, where nobody says of one that it is not
    so; of those of one report, of which that is not reckoned, whether two sources give them."""
    if a.fact.report.id == b.fact.report.id:
        return are_two(a.fact, b.fact)
    denied = a.fact.refused != b.fact.refused
    return disputed[0] >= ONE_QUESTION and (denied or disputed[1] >= DISPUTED)


def rate_dispute(a: Unit, b: Unit, signs: Signs) -> tuple[float, float]:
    """How likely two answers of different reports answer one question, and how likely they do and are disputed; (0, 0)
    for those of one report."""
    if a.fact.report.id == b.fact.report.id:
        return 0.0, 0.0
    weights = (w for _, w in weigh_signs(a.family, signs, "dispute_steps.tsv", DISPUTES))
    other, agreed, disputed = (exp(sum(column)) for column in zip(*weights, strict=True))
    total = other + agreed + disputed
    return round((agreed + disputed) / total, 3), round(disputed / total, 3)


SAYING: dict[str, str] = {
    "same": "the same",
    "compatible": "both can be true",
    "revision": "the later one replaces the earlier",
    "scope": "they are not of the same whole, place or time",
    "contradiction": "they exclude each other",
}


def counts_differ(a: Unit, b: Unit) -> bool:
    """Whether two who are known to be different count one thing otherwise at one time, nothing telling the counts
    apart: one noun and state, neither of a part, a stretch of time or another scope."""
    x, y = a.fact, b.fact
    one, other = x.claim.figure, y.claim.figure
    if a.family != "figure" or one is None or other is None or may_follow(a, b) or scope_differs(x, y, figures=True):
        return False
    same = name_family(one.state) == name_family(other.state) != "" and not (one.part or other.part)
    return same and are_two(x, y) and not far_apart(one, other)


def are_two(x: Fact, y: Fact) -> bool:
    """Whether two different sources are named, by body and by word."""
    if x.voice is None or y.voice is None or x.voice.group == y.voice.group:
        return False
    return x.source.casefold() != y.source.casefold()


def may_follow(a: Unit, b: Unit) -> bool:
    """Whether one of two answers can have replaced the other: one says so itself, or they are of two moments, which of
    two sources are a day apart at least: within one, they disagree."""
    if is_replaced(a.fact) != is_replaced(b.fact):
        return True
    x, y = find_moment(a.fact), find_moment(b.fact)
    if x is None or y is None or x == y:
        return False
    return not are_two(a.fact, b.fact) or abs(x - y) >= DAY


def may_agree(a: Unit, b: Unit) -> bool:
    """Whether two answers can be the same: neither denies what the other says, numbers and dates agree, and the counted
    are in one state."""
    x, y = a.fact, b.fact
    if x.contrary != y.contrary or count_others(a, b) or (a.family == "words" and are_opposed(x, y)):
        return False
    verbs = {unit.answer.predicate for unit in (a, b) if unit.answer.kind == "yes-no"} - {""}
    told, other = stems_of(x.claim.text), stems_of(y.claim.text)
    if len(verbs) > 1 and 2 * len(told & other) >= len(told | other):
        return False  # "They left the mine", "they are in the mine": in like words another verb tells another thing.
    counted = a.family == "figure" or a.answer.kind == "yes-no"
    if counted and x.claim.figure is not None and y.claim.figure is not None:
        return agree(x.claim.figure, y.claim.figure)
    if a.family == "date" and x.claim.time is not None and y.claim.time is not None:
        return not exclude_dates(x.claim.time, y.claim.time)
    return True


def words_of(unit: Unit) -> str:
    """An answer in its own words, in one line, the longest cut."""
    figure, time = unit.fact.claim.figure, unit.fact.claim.time
    if unit.family == "figure" and figure is not None:
        return figure.text
    if unit.family == "date" and time is not None:
        return time.text
    told = " ".join(unit.words.split())
    return told if len(told) <= LONGEST else f"{told[: LONGEST - 1].rstrip()}…"


LONGEST = 80
"""Code points of an answer that are shown."""


Weights = tuple[float, ...]
"""A weight for each outcome, in their order."""


@cache
def load_weights(table: str, outcomes: tuple[str, ...]) -> dict[str, dict[str, tuple[list[float], list[Weights]]]]:
    """By family and sign, the ends of its steps and the weights of each step for some outcomes."""
    return {
        family: {
            name: (steps.ends.tolist(), [tuple(row) for row in steps.weights.tolist()]) for name, steps in signs.items()
        }
        for family, signs in load_steps(table, outcomes).items()
    }


def weigh_signs(
    family: str, signs: Signs, table: str = "relation_steps.tsv", outcomes: tuple[str, ...] = RELATIONS
) -> list[tuple[str, Weights]]:
    """What each sign of a pair weighs for each outcome, in log-odds; pairs are many, and this is done for each."""
    steps = load_weights(table, outcomes)[family]
    found = [(ALWAYS, steps[ALWAYS][1][0])]
    for name, value in signs.items():
        if name in steps:
            ends, weights = steps[name]
            found.append((name, weights[bisect_left(ends, value)]))
    return found


def name_signs(weighed: Sequence[tuple[str, Weights]], relation: str) -> list[str]:
    """The signs that speak most for a relation against the others, in words."""
    column = RELATIONS.index(relation)
    spoke = sorted(((w[column] - sum(w) / len(w), name) for name, w in weighed if name != ALWAYS), reverse=True)
    return [f"{name} {weight:+.1f}" for weight, name in spoke[:SHOWN] if weight > 0]
