"""Key figures as a small table: of each, the newest value, the range that sources give, how many do, and the date.

What counts only a part, what was reckoned, and what its outlet or a later version took back is left out; so is a
source's figure that its outlet told otherwise than the source had (an alteration).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.record import Picture, Point, Row, Table, Value
from sayso.tell.sides import Side, gather_sides, say_answer
from sayso.tell.sources import Sources

FEWEST_REPORTS = 2
COLUMNS = ("Figure", "Newest", "Range", "Sources", "As of")


def tell_figures(picture: Picture, sources: Sources) -> Iterator[Row]:
    """A row for each figure that several reports give, those given by most first."""
    for point, sides in list_figures(picture, sources):
        yield make_row(point, sides, sources)


def list_figures(picture: Picture, sources: Sources) -> Iterator[tuple[Point, list[Side]]]:
    """The figures that several reports give, those given by most first, with their answers, the newest first."""
    misquoted = {a.claim for p in picture.provenance for link in p.because for a in link.changed if a.kind == "figure"}
    found = []
    for point in picture.points:
        if point.kind != "figure":
            continue
        whole = [v for v in point.values if not v.scope and v.claim not in misquoted]
        sides = [side for side in gather_sides(point, sources) if not side.denied]
        sides = [Side(kept) for side in sides if (kept := tuple(v for v in side.values if v in whole))]
        if len(frozenset().union(*(side.reports for side in sides))) >= FEWEST_REPORTS:
            found.append((point, sides))
    found.sort(key=lambda one: (-len(frozenset().union(*(side.reports for side in one[1]))), one[0].id))
    yield from found


def make_row(point: Point, sides: Sequence[Side], sources: Sources) -> Row:
    """The row of one figure; its range is over what more than one report gives, and the newest."""
    newest = sides[0].newest
    firm = [newest, *(side.newest for side in sides if len(side.reports) > 1)]
    low, high = min(firm, key=size), max(firm, key=size)
    ends = list(dict.fromkeys(say_answer(point, value, sources) for value in (low, high)))
    spread = f"{ends[0]} to {ends[-1]}" if len(ends) > 1 else ""
    number = len({sources.who(v.claim) or sources.outlet(v.claim) for side in sides for v in side.values})
    day = sources.day(sources.report(newest.claim).published)
    claims = tuple(dict.fromkeys((newest.claim, low.claim, high.claim, *(side.newest.claim for side in sides))))
    return Row(cells=(point.question, say_answer(point, newest, sources), spread, str(number), day), claims=claims)


def size(value: Value) -> float:
    """One number by which a value can be put in order."""
    known = [end for end in (value.low, value.high) if end is not None]
    return sum(known) / len(known) if known else 0.0


def make_table(rows: Sequence[Row]) -> Table:
    """The table of some figures."""
    return Table(title="", columns=COLUMNS, rows=tuple(rows))
