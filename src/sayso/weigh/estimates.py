"""The line of figures that each source gave to one question over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sayso.record import Estimate, Point, Value
from sayso.weigh.facts import NEVER
from sayso.weigh.groups import find_institution, fold_name


def draw_estimates(points: Iterable[Point]) -> tuple[Estimate, ...]:
    """One estimate for each source of each figure point, its values in order of what moment they speak of.

    A value that repeats an earlier one in other words or reports is drawn once, where it was first said.
    """
    estimates = []
    for point in points:
        if point.kind != "figure":
            continue
        lines: dict[tuple[str, ...], list[Value]] = defaultdict(list)
        for value in sorted(point.values, key=lambda v: (v.as_of or NEVER, v.report)):
            line = lines[name_line(value.source)]
            if all((v.low, v.high) != (value.low, value.high) for v in line):
                line.append(value)
        estimates += [
            Estimate(
                point=point.id, question=point.question, unit=point.unit, source=line[0].source, values=tuple(line)
            )
            for line in lines.values()
        ]
    return tuple(estimates)


def name_line(source: str) -> tuple[str, ...]:
    """The key of a source's line: its institution where it has a name, else its own name in letters that all spellings
    of it share."""
    institution = find_institution(source)
    return (institution.name,) if institution and institution.name else fold_name(source)
