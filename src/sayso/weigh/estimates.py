"""The line of figures that each source gave to one question over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sayso.record import Estimate, Point, Value
from sayso.weigh.facts import NEVER


def draw_estimates(points: Iterable[Point]) -> tuple[Estimate, ...]:
    """One estimate for each source of each figure point, its values in order of what moment they speak of.

    A value that repeats the one before it in other words or reports is drawn once, where it was first said.
    """
    estimates = []
    for point in points:
        if point.kind != "figure":
            continue
        lines: dict[str, list[Value]] = defaultdict(list)
        for value in sorted(point.values, key=lambda v: (v.as_of or NEVER, v.report)):
            line = lines[value.source.casefold()]
            if not line or (line[-1].low, line[-1].high) != (value.low, value.high):
                line.append(value)
        estimates += [
            Estimate(
                point=point.id, question=point.question, unit=point.unit, source=line[0].source, values=tuple(line)
            )
            for line in lines.values()
        ]
    return tuple(estimates)
