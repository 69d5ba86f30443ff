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
from sayso.tell.sides import Asked, ask_values, ask_words, choose_sides, say_side
from sayso.tell.sources import Sources
from sayso.tell.tongues import ngettext
from sayso.weigh.facts import EVER

MOST_SIDES = 3
"""Answers of a line."""
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
        valued = point.kind in ("figure", "date")
        asked = ask_values(point, sources) if valued else ask_words(point, sources)
        if asked is None or len(asked.sides) < 2:
            continue
        shown = {id(value) for side in asked.sides for value in side.values}
        kinds = {
            r.relation for r in point.relations if id(point.values[r.a]) in shown and id(point.values[r.b]) in shown
        }
        sure = max((WEIGHTS[kind] for kind in WEIGHTS if kind in kinds), default=UNSURE)
        if valued and not kinds & WEIGHTS.keys():
            continue
        if point.kind == "figure" and "contradiction" not in kinds:
            continue  # A count that has only grown has its row among the figures.
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
        told = choose_sides(one.asked.sides, MOST_SIDES)
        parts = list(dict.fromkeys(part for side in told if (part := say_side(one.point, side, sources))))
        if len(parts) < 2:
            continue
        more = len(one.asked.sides) - len(told)
        beyond = "; " + ngettext("{number} other answer", "{number} other answers", more) if more > 0 else ""
        text = f"{one.asked.question} {'; '.join(parts)}{beyond}."
        if not any(find_faults(text, opening=False)):
            claims = dict.fromkeys(side.newest.claim for side in told)
            claims |= dict.fromkeys(value.claim for side in told for value in side.values)
            yield Sentence(text=text, claims=tuple(claims))
