"""Another's answer beside one's own: how likely it is that both answer one question, and whether they agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from sayso.weigh.matching.signs import Floats
from sayso.weigh.matching.units import Unit
from sayso.weigh.relation_signs import read_signs
from sayso.weigh.relations import RELATIONS, may_agree, weigh_signs
from sayso.weigh.witnesses import count_others, find_exclusion
from sayso.weigh.wordings import stems_of

LEAST, SOME, SUREST = 0.1, 0.3, 0.6
"""How likely two must be to answer one question for the other to be looked at, to be counted, and to be sure of."""
EDITED, FEWEST = 0.75, 4
"""The share of the shorter sentence's words beside the answers, and how many at least, that make two sentences one."""
MOST = 12
"""Of so many others, the likeliest, each is compared."""
ALIKE = 0.5
"""The share of the shorter's words by which two answers in words are one."""


@dataclass(frozen=True, slots=True)
class Rival:
    """Another's answer, `unit`, to the question that one's own answers: how likely they answer one question, whether
    they agree, the values that exclude each other in words ("" for none), and how likely each relation is, in the order
    of `RELATIONS`."""

    unit: Unit
    likely: float
    agrees: bool
    witness: str
    relations: tuple[float, ...]


def find_rivals(mine: Unit, others: Sequence[Unit], likely: Floats) -> list[Rival]:
    """The likeliest of some units of one family to answer the same question, the likeliest first."""
    best = np.argsort(-likely, kind="stable")[:MOST]
    return [compare_units(mine, others[n], float(likely[n])) for n in best if likely[n] >= LEAST]


def compare_units(mine: Unit, other: Unit, likely: float) -> Rival:
    """Another's answer beside one's own."""
    first, second = (other, mine) if other.fact.said <= mine.fact.said else (mine, other)
    return Rival(other, likely, agrees(mine, other), find_exclusion(first, second), judge(first, second))


def judge(a: Unit, b: Unit) -> tuple[float, ...]:
    """How likely each relation of two answers is, the first of them told first."""
    weights = np.sum([w for _, w in weigh_signs(a.family, read_signs(a, b))], axis=0)
    chances = np.exp(weights - weights.max())
    return tuple((chances / chances.sum()).tolist())


def agrees(a: Unit, b: Unit) -> bool:
    """Whether two answers to one question can be one."""
    if not may_agree(a, b) or count_others(a, b):
        return False
    if a.family != "words" or a.answer.kind == "yes-no":
        return True
    one, other = stems_of(a.words), stems_of(b.words)
    return len(one & other) >= ALIKE * min(len(one), len(other))


def are_one_sentence(a: Unit, b: Unit) -> bool:
    """Whether two sentences are one but for the answers."""
    one, other = a.fact.own - stems_of(a.words), b.fact.own - stems_of(b.words)
    return len(one & other) >= max(FEWEST, EDITED * min(len(one), len(other)))


def is_edited(a: Unit, b: Unit) -> bool:
    """Whether two sentences are one in which one answer was put for the other."""
    return are_one_sentence(a, b) and a.words not in b.fact.context and b.words not in a.fact.context


def group_rivals(rivals: Iterable[Rival]) -> list[list[Rival]]:
    """Rivals by what they answer: each in the first group whose first agrees with it."""
    groups: list[list[Rival]] = []
    for rival in rivals:
        for group in groups:
            if agrees(group[0].unit, rival.unit):
                group.append(rival)
                break
        else:
            groups.append([rival])
    return groups


def reports_of(rivals: Iterable[Rival], least: float = SOME) -> set[str]:
    """The reports of the rivals that are likely enough."""
    return {r.unit.fact.report.id for r in rivals if r.likely >= least}


CONTRADICTION = RELATIONS.index("contradiction")
