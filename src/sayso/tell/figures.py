"""Key figures as a small table: of each, the newest value, the range that sources give, how many do, and the date.

What counts only a part, what was reckoned, and what its outlet or a later version took back is left out; so is a
source's figure that its outlet told otherwise than the source had (an alteration).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sayso.record import Picture, Point, Row, Table, Value
from sayso.tell.phrases import quote
from sayso.tell.sides import NUMBER_WORD, Asked, Side, ask_figure, say_answer, tell_alone
from sayso.tell.sources import Sources
from sayso.tell.tongues import _, mark

FEWEST_REPORTS = 2
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
