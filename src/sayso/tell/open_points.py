"""Open questions, a line each: the answers that reports give to one question beside each other, the newest first.

Points are told in the order of how much they matter: how many reports and origins answer them, how sure it is that the
answers differ, how recent they are. A count that has only grown has its row among the figures instead.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sayso.record import Picture, Point, Sentence
from sayso.tell.conflicts import is_said
from sayso.tell.phrases import plural
from sayso.tell.proofs import find_faults
from sayso.tell.sides import Side, choose_sides, gather_sides, say_side
from sayso.tell.sources import Sources
from sayso.weigh.facts import EVER

MOST_SIDES = 3
"""Answers of a line."""
WEIGHTS = {"contradiction": 1.0, "revision": 0.8}
UNSURE = 0.45
"""How much it matters that two values stand so to each other, and that answers differ of which nothing says how."""


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A point with its sides, the newest first, and how much it matters; `contradicted` where one side excludes
    another."""

    point: Point
    sides: tuple[Side, ...]
    weight: float
    contradicted: bool


def find_open_points(picture: Picture, sources: Sources) -> list[OpenPoint]:
    """The points of a picture that several reports answer in different ways, the one that matters most first."""
    newest = max((r.report.published for r in picture.readings if r.report.published), default=None)
    found = []
    for point in picture.points:
        sides = gather_sides(point, sources)
        if len(sides) < 2 or len(frozenset().union(*(side.reports for side in sides))) < 2:
            continue
        kinds = {r.relation for r in point.relations if all(is_said(point, point.values[at]) for at in (r.a, r.b))}
        sure = max((WEIGHTS[kind] for kind in WEIGHTS if kind in kinds), default=UNSURE)
        weight = sure * weigh_point(point, sides, newest, sources)
        found.append(OpenPoint(point, tuple(sides), weight, contradicted="contradiction" in kinds))
    return sorted(found, key=lambda o: (-o.weight, o.point.id))


def weigh_point(point: Point, sides: Sequence[Side], newest: datetime | None, sources: Sources) -> float:
    """How much a point matters: its reports, its origins, and how long before the newest report it was last told."""
    reports = len(frozenset().union(*(side.reports for side in sides)))
    told = max(sources.published(side.newest.claim) for side in sides)
    days = max(0.0, (newest - told).total_seconds() / 86_400) if newest and told != EVER else 0.0
    return (reports + 0.5 * point.independent[0] + 0.25 * len(point.values)) / (1 + math.log1p(days) / 8)


def tell_open_points(picture: Picture, sources: Sources) -> Iterator[Sentence]:
    """A line for each open point of which one can be made that can be sent, what matters most first."""
    for one in find_open_points(picture, sources):
        if one.point.kind == "figure" and not one.contradicted:
            continue
        told = choose_sides(one.point, one.sides, MOST_SIDES, sources)
        parts = list(dict.fromkeys(part for side in told if (part := say_side(one.point, side, sources))))
        if len(parts) < 2:
            continue
        more = len(one.sides) - len(told) if one.point.kind in ("figure", "date") else 0
        beyond = f"; {plural(more, 'other answer')}" if more > 0 else ""
        text = f"{one.point.question} {'; '.join(parts)}{beyond}."
        text = text[:1].upper() + text[1:]
        if not any(find_faults(text, opening=False)):
            claims = dict.fromkeys(side.newest.claim for side in told)
            claims |= dict.fromkeys(value.claim for side in told for value in side.values)
            yield Sentence(text=text, claims=tuple(claims))
