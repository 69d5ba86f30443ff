"""Open questions, a line each: the answers that reports give to one question beside each other, the newest first.

Points are told in the order of how much they matter: how many reports and origins answer them, how sure it is that the
answers differ, how recent they are. A count that has only grown has its row among the figures instead.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sayso.record import Picture, Point, Sentence
from sayso.tell.proofs import find_faults
from sayso.tell.sides import Asked, ask_open, say_side
from sayso.tell.sources import Sources
from sayso.weigh.facts import EVER

WEIGHTS = {"contradiction": 1.0, "revision": 0.8}
UNSURE = 0.45
"""How much it matters that two values stand so to each other, and that answers differ of which nothing says how."""


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A point with its question, its sides, the newest first, and how much it matters."""

    point: Point
    asked: Asked
    weight: float


def find_open_points(picture: Picture, sources: Sources) -> list[OpenPoint]:
    """The points of a picture that several reports answer in different ways, the one that matters most first."""
    newest = max((r.report.published for r in picture.readings if r.report.published), default=None)
    found = []
    for point in picture.points:
        if asked := ask_open(point, sources):
            shown = {side.newest.claim for side in asked.sides}
            kinds = {r.relation for r in point.relations if {point.values[r.a].claim, point.values[r.b].claim} == shown}
            sure = max((WEIGHTS[kind] for kind in WEIGHTS if kind in kinds), default=UNSURE)
            found.append(OpenPoint(point, asked, sure * weigh_point(point, newest, sources)))
    return sorted(found, key=lambda o: (-o.weight, o.point.id))


def weigh_point(point: Point, newest: datetime | None, sources: Sources) -> float:
    """How much a point matters: its reports, its origins, and how long before the newest report it was last told."""
    reports = len({value.report for value in point.values})
    told = max(sources.published(value.claim) for value in point.values)
    days = max(0.0, (newest - told).total_seconds() / 86_400) if newest and told != EVER else 0.0
    return (reports + 0.5 * point.independent[0] + 0.25 * len(point.values)) / (1 + math.log1p(days) / 8)


def tell_open_points(picture: Picture, sources: Sources) -> Iterator[Sentence]:
    """A line for each open point of which one can be made that can be sent, what matters most first."""
    for one in find_open_points(picture, sources):
        parts = list(dict.fromkeys(say_side(side, sources) for side in one.asked.sides))
        text = f"{one.asked.question} {'; '.join(parts)}."
        if len(parts) > 1 and not any(find_faults(text, opening=False)):
            yield Sentence(text=text, claims=tuple(side.newest.claim for side in one.asked.sides))
