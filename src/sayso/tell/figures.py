"""Key figures as a small table: of each, the newest value, the range that sources give, how many do, and the date.

What counts only a part, what was reckoned, and what its outlet or a later version took back is left out; so is a
source's figure that its outlet told otherwise than the source had (an alteration).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from sayso.grammar.questions import reads_well
from sayso.record import Answer, Picture, Point, Row, Table, Value
from sayso.tell.conflicts import key_answer
from sayso.tell.proofs import find_faults
from sayso.tell.sides import (
    NUMBER_WORD,
    Asked,
    Side,
    are_of_one_thing,
    find_answer,
    moment,
    near,
    read_chances,
    say_answer,
)
from sayso.tell.sources import Sources
from sayso.tell.tongues import _, mark

FEWEST_REPORTS = 2
LIKELY = 0.6
"""How likely figures of a row must be to answer one question; set on stories that were kept from the learning."""
AGES = "year"
"""The unit of ages: how old somebody is belongs among the key figures only where reports differ on it."""
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
        if asked and len(reports) >= FEWEST_REPORTS and not (point.unit == AGES and len(sides) == 1):
            row = make_row(point, replace(asked, sides=tuple(sides)), sources)
            if is_number(sides[0].newest) or is_none(sides[0].newest):
                found.append((-len(reports), point.id, row))
    yield from (row for _, _, row in sorted(found, key=lambda one: one[:2]))


def ask_figure(point: Point, sources: Sources) -> Asked | None:
    """A figure with its question or the words of one of its claims, and beside it the values that are likely to be of
    the same, in one unit and of those in one state: of the claim beside which most reports stand. None where one report
    alone gives it."""
    told = {n: answer for n, value in enumerate(point.values) if (answer := find_answer(point, value, sources))}
    chances = read_chances(point)
    best: tuple[tuple[int, bool, datetime], list[Value], Value] | None = None
    for n, answer in told.items():
        value = point.values[n]
        if not name_row(answer):
            continue
        kept = [
            point.values[k]
            for k, other in told.items()
            if k == n or (near(chances, k, (n,)) >= LIKELY and are_of_one_thing(answer, other))
        ]
        worth = len({one.report for one in kept}), reads_well(answer.question), moment(value, sources)[0]
        if worth[0] >= FEWEST_REPORTS and (best is None or worth > best[0]):
            best = worth, kept, value
    if best is None:
        return None
    _worth, kept, head = best
    return Asked(name_row(told[point.values.index(head)]), tuple(join_values(point, kept, sources)), head)


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
        cells=(asked.question, say_answer(point, newest, sources), spread, str(number), day),
        claims=claims,
    )


def is_number(value: Value) -> bool:
    """Whether a figure is told in digits or in the word for a number, and so is more than "several" or "nothing"."""
    counted = any(letter.isdigit() for letter in value.words) or NUMBER_WORD.match(value.words) is not None
    return counted and (value.high is None or value.high > 0)


def is_none(value: Value) -> bool:
    """Whether a figure says that nobody or nothing is left ("no one is missing any longer")."""
    return value.high == 0


def name_row(answer: Answer) -> str:
    """What a figure is of: its question, "" where none can be told."""
    sound = answer.question and reads_well(answer.question) and not any(find_faults(answer.question, opening=False))
    return answer.question if sound else ""


def size(value: Value) -> float:
    """One number by which a value can be put in order."""
    known = [end for end in (value.low, value.high) if end is not None]
    return sum(known) / len(known) if known else 0.0


def make_table(rows: Sequence[Row]) -> Table:
    """The table of some figures."""
    return Table(title="", columns=tuple(_(column) for column in COLUMNS), rows=tuple(rows))
