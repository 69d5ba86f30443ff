"""Open questions, a line each: the answers that reports give to one question beside each other, the newest first.

Points are told in the order of how much they matter: how many reports and origins answer them, how sure it is that the
answers differ, how recent they are. A count that has only grown has its row among the figures instead.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from sayso.grammar.questions import reads_well
from sayso.record import Picture, Point, Sentence, Value
from sayso.tell.conflicts import is_said, key_answer
from sayso.tell.phrases import quote
from sayso.tell.proofs import find_faults
from sayso.tell.sides import (
    NEAR,
    ONE_DAY,
    Asked,
    Side,
    are_of_one_kind,
    are_of_one_thing,
    ask_alike,
    find_answer,
    list_stems,
    moment,
    tell_alone,
)
from sayso.tell.sources import Sources, borrow_name
from sayso.tell.tongues import _
from sayso.weigh.facts import EVER
from sayso.weigh.matching.signs import stack_vectors

WEIGHTS = {"contradiction": 1.0, "revision": 0.8}
UNSURE = 0.45
"""How much it matters that two values stand so to each other, and that answers differ of which nothing says how."""
APART, ONE_MATTER, NEARER = 0.3, 0.45, 0.6
"""Cosine of two claims up to which they have nothing to do with each other, that of two of one matter, and that of two
that answer one question in words, whatever their own questions are."""
SOME, COPIED = 0.34, 0.8
"""How much of their words two questions of one matter have in common, and two claims that say the same."""
MOST_SIDES = 3
SILENT = re.compile(
    r"\b(?:declin|refus|did not|didn't|would not|wouldn't|has not|had not|no)\w*\b.{0,40}"
    r"\b(?:comment|respon[ds]|repl[yi]|answer|return|calls?\b)",
    re.IGNORECASE,
)
"""Words of somebody who says nothing on the matter."""


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


def ask_open(point: Point, sources: Sources) -> Asked | None:
    """What is in dispute on a point: claims of one matter, each in its own words, of which one excludes or replaces
    another, or says no to its yes. None where no two do that can be quoted to a reader who has read nothing else."""
    valued = point.kind in ("figure", "date")
    told = [
        value
        for value in point.values
        if is_said(point, value)
        and SILENT.search(value.text) is None
        and tell_alone(value, sources)
        and (not valued or find_answer(point, value, sources))
        and (point.kind != "date" or is_day(value))
    ]
    if len(told) < 2:
        return None
    vectors = stack_vectors([sources.find(value.claim)[1].vector for value in told])
    alike = vectors @ vectors.T
    support = np.maximum(alike - APART, 0).sum(axis=1)
    pairs = [
        (n, m)
        for n, m in (sorted(pair) for pair in find_opposed(point, told))
        if told[n].report != told[m].report and alike[n, m] >= ONE_MATTER
    ]
    pairs = [
        pair
        for pair in pairs
        if answer_alike(point, told[pair[0]], told[pair[1]], sources)
        or (not valued and alike[pair] >= NEARER and are_of_one_matter(told[pair[0]], told[pair[1]], sources))
    ]
    pairs = [pair for pair in pairs if not say_the_same(told[pair[0]], told[pair[1]], sources)]
    pairs.sort(key=lambda pair: -float(alike[pair] * (support[pair[0]] + support[pair[1]])))
    for n, m in pairs:
        third = (k for a, b in pairs for k, other in ((a, b), (b, a)) if other in (n, m) and k not in (n, m))
        chosen = [told[n], told[m], *(told[k] for k in third if is_new(point, told[k], (told[n], told[m]), sources))]
        sides = sorted(chosen[:MOST_SIDES], key=lambda v: moment(v, sources), reverse=True)
        if question := ask_side(point, sides, sources):
            return Asked(question, tuple(Side((value,)) for value in sides))
    return None


def is_new(point: Point, value: Value, others: Sequence[Value], sources: Sources) -> bool:
    """Whether a value is another one than those shown, told in another report and other words."""
    return all(
        value.report != other.report
        and (point.kind not in ("figure", "date") or key_answer(point, value) != key_answer(point, other))
        and not say_the_same(value, other, sources)
        for other in others
    )


def say_the_same(a: Value, b: Value, sources: Sources) -> bool:
    """Whether two claims are told in all but the same words, or give one day in two spellings."""
    one, other = (list_stems(tell_alone(value, sources)) for value in (a, b))
    if sources.is_denied(a.claim) != sources.is_denied(b.claim):
        return False
    same_day = is_day(a) and is_day(b) and a.earliest == b.earliest
    return same_day or len(one & other) >= COPIED * len(one | other)


def answer_alike(point: Point, a: Value, b: Value, sources: Sources) -> bool:
    """Whether two values answer one question: figures in one unit and state, dates under one verb, claims whose own
    questions have words in common."""
    one, other = (find_answer(point, value, sources) for value in (a, b))
    if one is not None and other is not None:
        near = stack_vectors([one.vector, other.vector])
        alike = float(near[0] @ near[1]) >= NEAR and are_of_one_kind(one, other)
        alike = alike and (point.kind == "date" or are_of_one_thing(one, other) or ask_alike(one, other))
        return alike and (point.kind != "date" or one.predicate == other.predicate)
    whether = [list_stems(ask_whether(value, sources)) for value in (a, b)]
    return bool(whether[0] and whether[1]) and len(whether[0] & whether[1]) >= SOME * len(whether[0] | whether[1])


def are_of_one_matter(a: Value, b: Value, sources: Sources) -> bool:
    """Whether two claims have the same verb, or several words in common that are much of the shorter."""
    bags = [list_stems(tell_alone(value, sources)) for value in (a, b)]
    shared = len(bags[0] & bags[1])
    if shared > 1 and shared >= SOME * min(map(len, bags)):
        return True
    one, other = (
        next((answer.predicate for answer in sources.find(value.claim)[1].answers if answer.kind == "yes-no"), "")
        for value in (a, b)
    )
    return bool(one) and one == other


def ask_side(point: Point, sides: Sequence[Value], sources: Sources) -> str:
    """The question that the first of some sides that has one answers."""
    for value in sides:
        answer = find_answer(point, value, sources)
        question = (
            answer.question if answer else "" if point.kind in ("figure", "date") else ask_whether(value, sources)
        )
        if question and reads_well(question):
            return question
    return "" if point.quotes else point.question


def is_day(value: Value) -> bool:
    """Whether a date is a day or a moment of one."""
    return value.earliest is not None and value.latest is not None and value.latest - value.earliest <= ONE_DAY


def ask_whether(value: Value, sources: Sources) -> str:
    """The question whether a claim is so, "" where its grammar gave none."""
    answers = sources.find(value.claim)[1].answers
    return next((a.question for a in answers if a.kind == "yes-no" and a.question and reads_well(a.question)), "")


def find_opposed(point: Point, told: Sequence[Value]) -> frozenset[frozenset[int]]:
    """The pairs of values, by their place, of which one excludes or replaces the other, or says no to its yes."""
    at = {id(value): n for n, value in enumerate(told)}
    related = {
        frozenset((at[id(point.values[r.a])], at[id(point.values[r.b])]))
        for r in point.relations
        if r.relation in ("contradiction", "revision") and id(point.values[r.a]) in at and id(point.values[r.b]) in at
    }
    words = [value.word for value in told]
    unlike = {
        frozenset((n, m))
        for n, one in enumerate(words)
        for m, other in enumerate(words[:n])
        if {one, other} == {"yes", "no"}
    }
    return frozenset(related | unlike)


def say_side(side: Side, sources: Sources) -> str:
    """One side in its own words with who says it: "“At least 12 are missing” (the mayor, Echo, 26 Mar)"."""
    claim = side.newest.claim
    outlet = sources.outlet(claim)
    who = sources.who(claim) or outlet
    by = borrow_name(who) if who == outlet else f"{borrow_name(who)}, {outlet}"
    told = quote(tell_alone(side.newest, sources))
    told = _("denied: {words}", words=told) if sources.is_denied(claim) else told
    return f"{told} ({by}, {sources.day(sources.report(claim).published)})"
