"""Key figures as a small table: of each, the newest value, the range that sources give, how many do, and the date.

What counts only a part, what was reckoned, and what its outlet or a later version took back is left out; so is a
source's figure that its outlet told otherwise than the source had (an alteration).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace

from sayso.record import Answer, Picture, Point, Row, Table, Value
from sayso.tell.conflicts import key_answer
from sayso.tell.phrases import quote
from sayso.tell.sides import (
    NEAR,
    NUMBER_WORD,
    Asked,
    Side,
    are_of_one_kind,
    ask_alike,
    count_one,
    find_answer,
    list_stems,
    moment,
    say_answer,
    tell_alone,
)
from sayso.tell.sources import Sources
from sayso.tell.tongues import _, mark
from sayso.weigh.matching.signs import stack_vectors
from sayso.weigh.topics import name_family

FEWEST_REPORTS = 2
CLOSE = 0.45
"""Cosine of two claims whose values, where they answer alike, are of one thing."""
COUNTED = re.compile(r"How many [\w -]+ (?:were|was|are|is) [\w -]+\?$")
"""A question on how many are in a state."""
MOST_HEADS = 24
"""Claims of a figure that are tried as its head, the newest first."""
LONGEST_HEAD = 18
"""Words of a claim that heads a row."""
COLUMNS = (mark("Figure"), mark("Newest"), mark("Range"), mark("Sources"), mark("As of"))


def tell_figures(picture: Picture, sources: Sources) -> Iterator[Row]:
    """A row for each figure that several reports give, those given by most first."""
    misquoted = {a.claim for p in picture.provenance for link in p.because for a in link.changed if a.kind == "figure"}
    found = []
    for point in picture.points:
        asked = ask_figure(point, sources) if point.kind == "figure" else None
        sides = [side for side in asked.sides if not side.denied] if asked else []
        sides = [Side(told) for side in sides if (told := tuple(v for v in side.values if v.claim not in misquoted))]
        reports = frozenset[str]().union(*(side.reports for side in sides))
        if asked and len(reports) >= FEWEST_REPORTS:
            row = make_row(point, replace(asked, sides=tuple(sides)), sources)
            if row.cells[0] and (is_number(sides[0].newest) or is_none(sides[0].newest, asked)):
                found.append((-len(reports), point.id, row))
    yield from (row for _, _, row in sorted(found, key=lambda one: one[:2]))


def ask_figure(point: Point, sources: Sources) -> Asked | None:
    """A figure in the words of one of its claims, and beside it the values that are as good as sure to be of the same:
    equal ones of one thing whose claims are near, and those whose own question has the same words. Of all claims
    that can be quoted alone, that beside which most reports stand, that gives no other figure and is short. None where
    one report alone gives it.

    A report that gives several values tells what others had said before, so that none of them is its newest.
    """
    told = [(value, answer) for value in point.values if (answer := find_answer(point, value, sources))]
    told.sort(key=lambda one: moment(one[0], sources), reverse=True)
    keys: dict[str, set[Hashable]] = {}
    for value in (one[0] for one in told):
        keys.setdefault(value.report, set()).add(key_answer(point, value))
    if not told:
        return None
    if counted := ask_state(point, told, keys, sources):
        return counted
    asked = stack_vectors([answer.vector for _, answer in told])
    said = stack_vectors([sources.find(value.claim)[1].vector for value, _ in told])
    best: tuple[tuple[int, int, int], Value, list[Value]] | None = None
    for n, (value, answer) in enumerate(told[:MOST_HEADS]):
        if not tell_alone(value, sources):
            continue
        alike, near = (asked @ asked[n]).tolist(), (said @ said[n]).tolist()
        kept = [
            one
            for k, (one, other) in enumerate(told)
            if k == n
            or ask_alike(answer, other)
            or (
                key_answer(point, one) == key_answer(point, value)
                and are_of_one_kind(answer, other)
                and count_one(answer, other)
                and alike[k] >= NEAR
                and near[k] >= CLOSE
            )
        ]
        reports = len({one.report for one in kept})
        if reports < 2 or is_outdated(answer, kept, told, sources):
            continue
        figures = sum(a.kind == "figure" for a in sources.find(value.claim)[1].answers)
        worth = reports, -figures, -len(tell_alone(value, sources))
        if best is None or worth > best[0]:
            best = worth, value, kept
    return Asked("", tuple(join_values(point, best[2], sources)), head=best[1]) if best else None


def is_outdated(answer: Answer, kept: Sequence[Value], told: Sequence[tuple[Value, Answer]], sources: Sources) -> bool:
    """Whether later reports count the same in other numbers than those kept, of which it is not sure that they are of
    the same: then nothing is said to be the newest."""
    last = max(moment(value, sources)[0] for value in kept)
    nouns = set(list_stems(answer.of))
    return any(
        value not in kept
        and moment(value, sources)[0] > last
        and other.unit == answer.unit
        and (nouns & set(list_stems(other.of)) or (not nouns and not other.of))
        for value, other in told
    )


def ask_state(
    point: Point, told: Sequence[tuple[Value, Answer]], keys: Mapping[str, set[Hashable]], sources: Sources
) -> Asked | None:
    """How many people are in the state that most of a point's values have (killed, missing, rescued): the question is
    the point's, the values those in that state. None where they are in none, or one report alone counts them."""
    states = Counter(name_family(answer.state) for _, answer in told)
    state, n = states.most_common(1)[0]
    if not state or 2 * n <= len(told) or not COUNTED.match(point.question):
        return None
    kept = [
        one
        for one, answer in told
        if name_family(answer.state) == state and answer.unit in ("", "person") and answer.of
    ]
    sides = join_values(point, kept, sources)
    firm = [side for side in sides if len(side.reports) > 1]
    first = next((side for side in sides if len(keys[side.newest.report]) == 1), None)
    if first is None or len({one.report for one in kept}) < 2:
        return None
    return Asked(point.question, (first, *(side for side in firm or sides if side is not first)), state)


def join_values(point: Point, values: Sequence[Value], sources: Sources) -> list[Side]:
    """The sides of some figures or dates: equal ones are one, the one told last first; of several told by one report,
    the one that came up last."""
    found: dict[Hashable, list[Value]] = {}
    for value in values:
        denied = point.kind == "figure" and sources.is_denied(value.claim)
        found.setdefault((key_answer(point, value), denied), []).append(value)
    sides = [
        Side(
            tuple(sorted(some, key=lambda v: moment(v, sources), reverse=True)),
            denied=point.kind == "figure" and sources.is_denied(some[0].claim),
        )
        for some in found.values()
    ]
    return sorted(
        sides, key=lambda s: (moment(s.newest, sources)[0], moment(s.oldest, sources)[0], len(s.reports)), reverse=True
    )


def make_row(point: Point, asked: Asked, sources: Sources) -> Row:
    """The row of one figure."""
    newest = asked.sides[0].newest
    told = [side.newest for side in asked.sides if is_number(side.newest)] or [newest]
    low, high = min(told, key=size), max(told, key=size)
    ends = list(dict.fromkeys(say_answer(point, value, sources) for value in (low, high)))
    spread = _("{low} to {high}", low=ends[0], high=ends[-1]) if len(ends) > 1 else ""
    number = len({sources.who(v.claim) or sources.outlet(v.claim) for side in asked.sides for v in side.values})
    day = sources.day(sources.report(newest.claim).published)
    heads = (asked.head.claim,) if asked.head else ()
    claims = tuple(dict.fromkeys((newest.claim, *heads, low.claim, high.claim, *(value.claim for value in told))))
    return Row(
        cells=(name_row(asked, sources), say_answer(point, newest, sources), spread, str(number), day),
        claims=claims,
    )


def is_number(value: Value) -> bool:
    """Whether a figure is told in digits or in the word for a number, and so is more than "several" or "nothing"."""
    counted = any(letter.isdigit() for letter in value.words) or NUMBER_WORD.match(value.words) is not None
    return counted and (value.high is None or value.high > 0)


def is_none(value: Value, asked: Asked) -> bool:
    """Whether nobody is left in the state that is asked about ("no one is missing any longer")."""
    return value.high == 0 and asked.state != ""


def name_row(asked: Asked, sources: Sources) -> str:
    """What a figure is of: its question where that is on people in a state, else the words of a claim that gives it."""
    if asked.state:
        return asked.question
    told = tell_alone(asked.head, sources) if asked.head else ""
    return quote(told) if told and len(told.split()) <= LONGEST_HEAD else ""


def size(value: Value) -> float:
    """One number by which a value can be put in order."""
    known = [end for end in (value.low, value.high) if end is not None]
    return sum(known) / len(known) if known else 0.0


def make_table(rows: Sequence[Row]) -> Table:
    """The table of some figures."""
    return Table(title="", columns=tuple(_(column) for column in COLUMNS), rows=tuple(rows))
