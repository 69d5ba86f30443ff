"""Whether two reports lead back to one origin though neither says so: named signs, with weights learnt on stories.

A report that retells another without credit, or tells of the same statement, comes out near it, keeps its names, odd
details and figures, and names the same sources. Each sign's scale is cut into steps, and each step has a weight, in
log-odds (``tables/retelling_steps.tsv``, made by ``training/origins.py``). What each sign added is kept: a reader can
see why.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from sayso.record import Reading
from sayso.weigh.citations import Outlets
from sayso.weigh.details import Rarity, common_words, find_details
from sayso.weigh.matching.steps import Steps
from sayso.weigh.matching.weights import ALWAYS, load_steps
from sayso.weigh.parents import Kinship
from sayso.weigh.relation_signs import numbers_of
from sayso.weigh.sources import Account

ALL = "all"
"""The one family of the table: reports are all of one kind."""

SHARED_FROM = 0.3
"""Probability of a shared origin from which it is told: about where the mean F1 of pairs is highest on stories kept
from the weights."""

SHARED_THOUGH_SOURCED = 0.45
"""The same where the later report names a source of its own for its lead: the mean F1 is the same as from 0.3, and of
what is told a tenth more is right."""

LEAD = 0.25
"""Share of a report's text that its lead is looked for in."""

SMALLEST = 2
"""Figures up to this agree by chance."""

WEEK = 7.0
WORD = re.compile(r"[^\W\d_]{3,}")

Signs = dict[str, float]


@dataclass(frozen=True, slots=True)
class Outline:
    """What of a report is compared: the details of its lead, its figures, the words of its outlet's name, and of its
    sources' names, how many sources it has, the surnames of those who are persons, the statements that it leads with
    and all that it has, by number, and the vectors of the claims of its lead, and of all, a row each."""

    lead: frozenset[str]
    figures: frozenset[float]
    outlet: frozenset[str]
    names: frozenset[str]
    sources: int
    people: frozenset[str]
    first: frozenset[int]
    statements: frozenset[int]
    lead_vectors: Any
    vectors: Any


def outline(
    reading: Reading, account: Account, outlets: Outlets, first: Sequence[int], behind: Sequence[int]
) -> Outline:
    """The outline of a report; `first` are the statements that it leads with, `behind` those of all its sources."""
    text = reading.report.text
    told = [said for said in account.said if not said.silent]
    bodies = [said.institution.name for said in told if said.institution is not None]
    opening = int(LEAD * len(text))
    return Outline(
        lead=find_details(f"{reading.report.title}\n{text[:opening]}"),
        figures=frozenset(round(f.low, 3) for f in reading.figures if f.low is not None and f.low > SMALLEST),
        outlet=words_of(outlets.name(reading.report.outlet)),
        names=words_of(" ".join([*(f"{said.name} {said.person} {said.outlet}" for said in told), *bodies])),
        sources=len(account.said),
        people=frozenset(said.person.split()[-1].casefold() for said in told if said.person),
        first=frozenset(first),
        statements=frozenset((*first, *behind)),
        lead_vectors=stack([c.vector for c in reading.claims if c.start < opening]),
        vectors=stack([c.vector for c in reading.claims]),
    )


def words_of(names: str) -> frozenset[str]:
    """The words of some names, in small letters, without those of grammar."""
    return frozenset(word for m in WORD.finditer(names) if (word := m.group().casefold()) not in common_words())


def stack(vectors: Sequence[bytes]) -> Any:
    """Vectors in 8 bits as rows of numbers, of length 1 each."""
    known = [numbers_of(vector) for vector in vectors if vector]
    return np.stack(known) if known else np.zeros((0, 0), np.float32)


class Retellings:
    """Compares reports, known by their position, by the signs that they share an origin."""

    def __init__(self, kin: Kinship, outlines: Sequence[Outline]) -> None:
        """Count the words of outlets' and sources' names."""
        self.kin = kin
        self.outlines = outlines
        self.names = Rarity([one.outlet | one.names for one in outlines])

    def find_signs(self, later: int, earlier: int) -> Signs:
        """The signs of two reports, shares from 0 to 1 but for days and counts."""
        mine, theirs = self.outlines[later], self.outlines[earlier]
        figures = len(mine.figures & theirs.figures)
        statements = len(mine.statements & theirs.statements)
        contain, name = self.kin.rarity.contain, self.names.contain
        return {
            "the later report's details stand in the earlier": self.kin.share(later, earlier),
            "its lead stands in the earlier": contain(mine.lead, self.kin.details[earlier]),
            "its lead stands in the earlier's lead": contain(mine.lead, theirs.lead),
            "the later report's figures stand in the earlier": figures / max(1, len(mine.figures)),
            "the earlier report's figures stand in the later": figures / max(1, len(theirs.figures)),
            "its first claims are like the earlier's": liken(mine.lead_vectors, theirs.vectors),
            "they lead with one statement": float(bool(mine.first & theirs.first)),
            "statements in both": statements / max(1, min(len(mine.statements), len(theirs.statements))),
            "sources' names in both": max(name(mine.names, theirs.names), name(theirs.names, mine.names)),
            "people among the sources of both": float(len(mine.people & theirs.people)),
            "the earlier's outlet is a source of the later": name(theirs.outlet, mine.names),
            "sources of the later": float(mine.sources),
            "days between": days_apart(self.kin, later, earlier),
        }


def liken(mine: Any, theirs: Any) -> float:
    """The mean, over the claims of one, of the cosine with the nearest of the other's; 0 where one has none."""
    return float((mine @ theirs.T).max(axis=1).mean()) if mine.size and theirs.size else 0.0


def days_apart(kin: Kinship, later: int, earlier: int) -> float:
    """Days between two publications; half a week where one is unknown."""
    a, b = kin.reports[later].published, kin.reports[earlier].published
    return abs((a - b).total_seconds()) / 86_400 if a and b else WEEK / 2


@cache
def load_weights() -> dict[str, Steps]:
    """The steps of each sign."""
    return load_steps("retelling_steps.tsv")[ALL]


def weigh_signs(signs: Signs) -> tuple[float, tuple[tuple[str, float], ...]]:
    """The probability of a shared origin, and what each sign added to its log-odds, the strongest first."""
    steps = load_weights()
    added = [(name, round(float(steps[name].weigh(np.array(v))), 2)) for name, v in signs.items() if name in steps]
    odds = float(steps[ALWAYS].weights[0]) + sum(weight for _, weight in added)
    told = sorted((one for one in added if one[1]), key=lambda one: -abs(one[1]))
    return 1 / (1 + math.exp(-odds)), tuple(told)
