"""Key figures as a small table: of each, the newest value, the range that sources give, how many do, and the date.

What counts only a part, what was reckoned, and what its outlet or a later version took back is left out; so is a
source's figure that its outlet told otherwise than the source had (an alteration).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.record import Picture, Point, Row, Table, Value
from sayso.tell.sides import Asked, Side, ask_values, say_answer
from sayso.tell.sources import Sources
from sayso.tell.tongues import _, mark

FEWEST_REPORTS = 2
COLUMNS = (mark("Figure"), mark("Newest"), mark("Range"), mark("Sources"), mark("As of"))


def tell_figures(picture: Picture, sources: Sources) -> Iterator[Row]:
    """A row for each figure that several reports give, those given by most first."""
    misquoted = {a.claim for p in picture.provenance for link in p.because for a in link.changed if a.kind == "figure"}
    found = []
    for point in picture.points:
        asked = ask_values(point, sources) if point.kind == "figure" else None
        sides = [side for side in asked.sides if not side.denied] if asked else []
        sides = [Side(told) for side in sides if (told := tuple(v for v in side.values if v.claim not in misquoted))]
        reports = frozenset[str]().union(*(side.reports for side in sides))
        if asked and len(reports) >= FEWEST_REPORTS:
            found.append((-len(reports), point.id, make_row(point, Asked(asked.question, tuple(sides)), sources)))
    yield from (row for _, _, row in sorted(found, key=lambda one: one[:2]))


def make_row(point: Point, asked: Asked, sources: Sources) -> Row:
    """The row of one figure."""
    newest = asked.sides[0].newest
    told = [side.newest for side in asked.sides]
    low, high = min(told, key=size), max(told, key=size)
    ends = list(dict.fromkeys(say_answer(point, value, sources) for value in (low, high)))
    spread = _("{low} to {high}", low=ends[0], high=ends[-1]) if len(ends) > 1 else ""
    number = len({sources.who(v.claim) or sources.outlet(v.claim) for side in asked.sides for v in side.values})
    day = sources.day(sources.report(newest.claim).published)
    claims = tuple(dict.fromkeys((newest.claim, low.claim, high.claim, *(value.claim for value in told))))
    return Row(cells=(asked.question, say_answer(point, newest, sources), spread, str(number), day), claims=claims)


def size(value: Value) -> float:
    """One number by which a value can be put in order."""
    known = [end for end in (value.low, value.high) if end is not None]
    return sum(known) / len(known) if known else 0.0


def make_table(rows: Sequence[Row]) -> Table:
    """The table of some figures."""
    return Table(title="", columns=tuple(_(column) for column in COLUMNS), rows=tuple(rows))
