"""Key figures as a small table: of each, the newest value, the range that sources give, how many do, and the date.

What counts only a part, what was reckoned, and what its outlet or a later version took back is left out; so is a
source's figure that its outlet told otherwise than the source had (an alteration).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sayso.grammar.questions import has_verb, reads_well
from sayso.record import Answer, Picture, Point, Row, Table, Value
from sayso.tell.conflicts import key_answer
from sayso.tell.proofs import find_faults
from sayso.tell.sides import (
    AGES,
    NUMBER_WORD,
    SETTLED,
    Asked,
    Chances,
    Side,
    are_of_one_thing,
    asks_for,
    find_answer,
    list_stems,
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
MOST_ROWS = 3
"""Rows of a point."""
COLUMNS = (mark("Figure"), mark("Newest"), mark("Range"), mark("Sources"), mark("As of"))


def tell_figures(picture: Picture, sources: Sources) -> Iterator[Row]:
    """A row for each figure that several reports give, those given by most first."""
    misquoted = {a.claim for p in picture.provenance for link in p.because for a in link.changed if a.kind == "figure"}
    found = []
    for point, one in ((p, a) for p in picture.points if p.kind == "figure" for a in ask_figures(p, sources)):
        sides = [side for side in one.sides if not side.denied]
        sides = [Side(told) for side in sides if (told := tuple(v for v in side.values if v.claim not in misquoted))]
        reports = frozenset[str]().union(*(side.reports for side in sides))
        if len(reports) >= FEWEST_REPORTS and not (point.unit == AGES and len(sides) == 1):
            row = make_row(point, replace(one, sides=tuple(sides)), sources)
            if is_number(sides[0].newest) or is_none(sides[0].newest):
                found.append((-len(reports), point.id, row))
    asked: set[str] = set()
    for *_order, row in sorted(found, key=lambda one: one[:2]):
        if row.cells[0] not in asked:  # Of two with one question, nobody can tell which is which.
            asked.add(row.cells[0])
            yield row


def ask_figures(point: Point, sources: Sources) -> Iterator[Asked]:
    """The figures of a point, which may hold several: each with its question, and the values that are likely to be of
    the same as that whose question it is and are in one unit and state; first that beside which most reports stand,
    then that of what is left. None that one report alone gives."""
    told = {n: answer for n, value in enumerate(point.values) if (answer := find_answer(point, value, sources))}
    chances = read_chances(point)
    for _row in range(MOST_ROWS):
        best: tuple[tuple[int, bool, datetime], list[int], str, Value] | None = None
        for n, answer in told.items():
            head = point.values[n]
            question = name_row(answer) or borrow_question(point, head, answer)
            kept = list_alike(n, told, chances) if question else []
            worth = len({point.values[k].report for k in kept}), bool(name_row(answer)), moment(head, sources)[0]
            if worth[0] >= FEWEST_REPORTS and (best is None or worth > best[0]):
                best = worth, kept, question, head
        if best is None:
            return
        _worth, kept, question, head = best
        yield Asked(question, tuple(join_values(point, [point.values[k] for k in kept], sources)), head)
        told = {k: answer for k, answer in told.items() if k not in kept and near(chances, k, kept) < SETTLED}


def list_alike(n: int, told: Mapping[int, Answer], chances: Chances) -> list[int]:
    """A figure and those that are likely to be of the same, by their positions in the point."""
    return [
        k
        for k, other in told.items()
        if k == n or (near(chances, k, (n,)) >= LIKELY and are_of_one_thing(told[n], other))
    ]


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
    told = [side.newest for n, side in enumerate(asked.sides) if n == 0 or is_number(side.newest)]
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


def borrow_question(point: Point, value: Value, answer: Answer) -> str:
    """The question of a point for a value whose own cannot be told, where half of its words are in its claim."""
    sound = not point.quotes and has_verb(point.question) and reads_well(point.question)
    if not sound or not asks_for(point.question, answer):
        return ""
    own = list_stems(point.question)
    return point.question if 2 * len(own & list_stems(value.text)) >= max(1, len(own)) else ""


def size(value: Value) -> float:
    """One number by which a value can be put in order."""
    known = [end for end in (value.low, value.high) if end is not None]
    return sum(known) / len(known) if known else 0.0


def make_table(rows: Sequence[Row]) -> Table:
    """The table of some figures."""
    return Table(title="", columns=tuple(_(column) for column in COLUMNS), rows=tuple(rows))
