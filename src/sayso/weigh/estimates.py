"""The line of figures that each source gave to one question over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sayso.record import Estimate, Point, Value
from sayso.weigh.facts import NEVER
from sayso.who.names import resolve_names


def draw_estimates(points: Iterable[Point]) -> tuple[Estimate, ...]:
    """One estimate for each source of each figure point, its values in order of what moment they speak of.

    A value that repeats an earlier one in other words or reports is drawn once, where it was first said; one that a
    later version of its article has superseded, or that is only of a part of what is counted, is not drawn.
    """
    estimates = []
    points = tuple(points)
    sources = resolve_names(value.source for point in points for value in point.values)
    for point in points:
        if point.kind != "figure":
            continue
        lines: dict[str, list[Value]] = defaultdict(list)
        current = [value for value in point.values if not value.superseded and not value.scope]
        for value in sorted(current, key=lambda v: (v.as_of or NEVER, v.report)):
            line = lines[sources.get(value.source, value.source)]
            if all((v.low, v.high) != (value.low, value.high) for v in line):
                line.append(value)
        estimates += [
            Estimate(
                point=point.id, question=point.question, unit=point.unit, source=line[0].source, values=tuple(line)
            )
            for line in lines.values()
        ]
    return tuple(estimates)
