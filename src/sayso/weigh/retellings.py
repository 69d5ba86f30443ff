"""Whether two reports lead back to one origin though neither says so: named signs, with weights learnt on stories.

A report that retells another without credit, or tells of the same statement, keeps its names, odd details and figures
and comes out near it. Each sign is a number from 0 to 1; a logistic regression weighs them (the weights stand in
``tables/retelling_weights.tsv``, made by ``training/origins.py``). What each sign added is kept: a reader can see why.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sayso.record import Reading
from sayso.tables import load_rows
from sayso.weigh.details import find_details

if TYPE_CHECKING:
    from sayso.weigh.parents import Kinship

SHARED_FROM = 0.3
"""Probability of a shared origin from which it is told: the mean F1 of pairs, measured on stories of our own and on
real ones, is highest from 0.3 to 0.4; above, precision is bought with too much recall."""

LEAD = 0.25
"""Share of a report's text that its lead is looked for in."""

SMALLEST = 2
"""Figures up to this agree by chance."""

SHARED_THOUGH_SOURCED = 0.6
"""The same where the later report names a source of its own for its lead: two sources on one matter are two origins."""

WEEK = 7.0
NEAR_DAYS = 1.1

ALWAYS = "always"
Signs = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Outline:
    """What of a report is compared: the details of its lead and its figures."""

    lead: frozenset[str]
    figures: frozenset[float]


def outline(reading: Reading) -> Outline:
    """The outline of a report."""
    text = reading.report.text
    lead = find_details(f"{reading.report.title}\n{text[: int(LEAD * len(text))]}")
    figures = frozenset(round(f.low, 3) for f in reading.figures if f.low is not None and f.low > SMALLEST)
    return Outline(lead, figures)


def find_signs(kin: Kinship, outlines: Sequence[Outline], later: int, earlier: int, *, credited: bool) -> Signs:
    """The signs that two reports (by position) share an origin; `credited` is true where the later one credits the
    outlet of the earlier."""
    mine, theirs = outlines[later], outlines[earlier]
    days = days_apart(kin, later, earlier)
    shared = len(mine.figures & theirs.figures)
    return {
        "the later report's details stand in the earlier": kin.share(later, earlier),
        "the earlier report's details stand in the later": kin.share(earlier, later),
        "its lead stands in the earlier": kin.rarity.contain(mine.lead, kin.details[earlier]),
        "the later report's figures stand in the earlier": shared / max(1, len(mine.figures)),
        "the earlier report's figures stand in the later": shared / max(1, len(theirs.figures)),
        "it credits the outlet": float(credited),
        "published within a day": float(days <= NEAR_DAYS),
        "days between": min(1.0, days / WEEK),
    }


def days_apart(kin: Kinship, later: int, earlier: int) -> float:
    """Days between two publications; half a week where one is unknown."""
    a, b = kin.reports[later].published, kin.reports[earlier].published
    return abs((a - b).total_seconds()) / 86_400 if a and b else WEEK / 2


@cache
def load_weights() -> dict[str, float]:
    """What each sign weighs."""
    return {row["sign"]: float(row["weight"]) for row in load_rows("retelling_weights.tsv")}


def weigh_signs(signs: Signs) -> tuple[float, tuple[tuple[str, float], ...]]:
    """The probability of a shared origin, and what each sign added to its log-odds, the strongest first."""
    weights = load_weights()
    added = [(name, round(value * weights.get(name, 0.0), 2)) for name, value in signs.items()]
    odds = weights[ALWAYS] + sum(weight for _, weight in added)
    told = sorted((one for one in added if one[1]), key=lambda one: -abs(one[1]))
    return 1 / (1 + math.exp(-odds)), tuple(told)
