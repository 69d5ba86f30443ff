"""Open questions, a line each: the answers that reports give to one question beside each other, the newest first.

Which answers are worth telling beside each other was learnt on stories with keys (`Relation.disputed`): the pair of a
point that is likely to be disputed and most told, and the newest answers that are likely to be to the same question.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from sayso.grammar.questions import reads_well
from sayso.record import Picture, Point, Sentence, Value
from sayso.tell.conflicts import is_said, key_answer
from sayso.tell.phrases import quote
from sayso.tell.proofs import find_faults
from sayso.tell.sides import (
    DISPUTED,
    IN_WORDS,
    LIKELY,
    Asked,
    Chances,
    Side,
    find_answer,
    is_disputed,
    list_stems,
    moment,
    near,
    read_chances,
    say_answer,
)
from sayso.tell.sources import Sources, borrow_name
from sayso.tell.tongues import _

SETTLED = 0.5
"""How likely a value must be to answer the question of a line to have no other line."""
COPIED = 0.8
"""How much of their words two claims that say the same have in common."""
MOST_SIDES, MOST_LINES = 3, 3
"""Sides of a line, and lines of a point."""
LONGEST_SIDE = 120
"""Code points of a claim that is a side."""
SURE = 0.3
"""How much it counts how likely a pair is to be disputed, beside how many others answer the same."""
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
    """What the reports of a picture answer in different ways, the surest and most told first."""
    found = [one for point in picture.points for one in split_point(point, sources)]
    return sorted(found, key=lambda one: (-one.weight, one.point.id))


def tell_open_points(picture: Picture, sources: Sources) -> Iterator[Sentence]:
    """A line for each open point of which one can be made that can be sent, what matters most first."""
    for one in find_open_points(picture, sources):
        parts = list(dict.fromkeys(say_side(one.point, side, sources) for side in one.asked.sides))
        text = f"{one.asked.question} {'; '.join(parts)}."
        if len(parts) > 1 and not any(find_faults(text, opening=False)):
            yield Sentence(text=text, claims=tuple(side.newest.claim for side in one.asked.sides))


def split_point(point: Point, sources: Sources) -> Iterator[OpenPoint]:
    """The open questions in a point, which may hold several: the pair that is likely to be disputed and most told with
    what joins it, then that of what is left."""
    live = {n for n, value in enumerate(point.values) if can_stand(point, value, sources)}
    chances = read_chances(point)
    disputed = [(r.a, r.b, r.disputed[1]) for r in point.relations if is_disputed(r, point.kind)]
    for _line in range(MOST_LINES):
        rated = [
            (sure**SURE * math.sqrt(2 + sum(near(chances, k, (n, m)) for k in live if k not in (n, m))), n, m)
            for n, m, sure in disputed
            if {n, m} <= live and differ(point, point.values[n], point.values[m])
        ]
        if not rated:
            return
        weight, first, second = max(rated, key=itemgetter(0))
        newest = sorted(live, key=lambda n: moment(point.values[n], sources), reverse=True)
        chosen = add_sides(point, [first, second], chances, newest)
        values = sorted((point.values[n] for n in chosen), key=lambda v: moment(v, sources), reverse=True)
        if question := ask_side(point, values, sources):
            yield OpenPoint(point, Asked(question, tuple(Side((value,)) for value in values)), weight)
        live -= {n for n in live if n in chosen or near(chances, n, (first, second)) >= SETTLED}


def can_stand(point: Point, value: Value, sources: Sources) -> bool:
    """Whether a value can be a side of a line: somebody said it, on the matter and not of himself."""
    if not is_said(point, value) or SILENT.search(value.text) is not None:
        return False
    return point.kind not in ("figure", "date") or find_answer(point, value, sources) is not None


def add_sides(point: Point, pair: list[int], chances: Chances, live: Sequence[int]) -> list[int]:
    """A pair with the answers that are likely to be to the same question and are disputed with one of those before, the
    newest first; `live` are in this order."""
    chosen = list(pair)
    for n in live:
        rated = [chances.get((n, m), (0.0, 0.0)) for m in chosen]
        if len(chosen) == MOST_SIDES or n in chosen or min(one for one, _sure in rated[:2]) < LIKELY:
            continue
        new = all(differ(point, point.values[n], point.values[m]) for m in chosen)
        if new and max(sure for _one, sure in rated) >= DISPUTED.get(point.kind, IN_WORDS):
            chosen.append(n)
    return chosen


def differ(point: Point, a: Value, b: Value) -> bool:
    """Whether two answers are told in other words, and are other figures or days."""
    if a.report == b.report or (point.kind in ("figure", "date") and key_answer(point, a) == key_answer(point, b)):
        return False
    one, other = list_stems(a.text), list_stems(b.text)
    return a.polarity != b.polarity or len(one & other) < COPIED * min(len(one), len(other))


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


def ask_whether(value: Value, sources: Sources) -> str:
    """The question whether a claim is so, "" where its grammar gave none."""
    answers = sources.find(value.claim)[1].answers
    return next((a.question for a in answers if a.kind == "yes-no" and a.question and reads_well(a.question)), "")


def say_side(point: Point, side: Side, sources: Sources) -> str:
    """One side with who says it: "at least 12 (the mayor, 26 Mar)"."""
    claim = side.newest.claim
    who = sources.who(claim) or sources.outlet(claim)
    by = borrow_name(who)
    valued = point.kind in ("figure", "date")
    told = say_answer(point, side.newest, sources) if valued else quote(side.newest.text, LONGEST_SIDE)
    told = _("denied: {words}", words=told) if sources.is_denied(claim) else told
    return f"{told} ({by}, {sources.day(sources.report(claim).published)})"
