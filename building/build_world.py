"""The base map of the desk: the countries of Natural Earth at 1:50 million, on a grid coarse enough to travel light.

    python building/build_world.py countries-50m.json src/sayso/serve/assets/vendor/countries-50m.json

`countries-50m.json` is that of world-atlas 2.0.2 (https://github.com/topojson/world-atlas, ISC), a TopoJSON topology.
What is left out: the outline of all land, which that of the countries has, and bends finer than the grid.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

STEP = 0.01
"""Degrees: a kilometre at the equator. At 1:50 million the lines themselves are no more exact."""
STRAY = 1.5
FEWEST = {"ring": 4, "line": 2}
"""Points that a closed and an open line have at least."""

Point = tuple[int, int]


def main(source: str, target: str) -> None:
    """Write the lighter topology."""
    topology = json.loads(Path(source).read_text(encoding="utf8"))
    Path(target).write_text(json.dumps(lighten(topology), separators=(",", ":")), encoding="utf8")


def lighten(topology: dict[str, Any]) -> dict[str, Any]:
    """The same countries on a grid of `STEP` degrees."""
    scale, move = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [shift_points(thin_points(list(place_points(arc, scale, move)))) for arc in topology["arcs"]]
    return {
        "type": "Topology",
        "transform": {"scale": [STEP, STEP], "translate": [0, 0]},
        "objects": {"countries": topology["objects"]["countries"]},
        "arcs": arcs,
    }


def place_points(arc: list[list[int]], scale: list[float], move: list[float]) -> Iterator[Point]:
    """The points of an arc, which is given in steps, on the new grid."""
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield round((x * scale[0] + move[0]) / STEP), round((y * scale[1] + move[1]) / STEP)


def thin_points(points: list[Point]) -> list[Point]:
    """The points of a line without which it would stray by more than `STRAY` steps (Douglas and Peucker, 1973); all of
    them where too few would be left."""
    middle = len(points) // 2  # A closed line has no chord: its halves have.
    kept = [*thin_line(points[: middle + 1])[:-1], *thin_line(points[middle:])]
    fewest = FEWEST["ring" if points[0] == points[-1] else "line"]
    return kept if len(kept) >= fewest else points


def thin_line(points: list[Point]) -> list[Point]:
    """The same of an open line."""
    if len(points) < 3:
        return points
    strays = [find_stray(point, points[0], points[-1]) for point in points]
    worst = max(range(len(points)), key=strays.__getitem__)
    if strays[worst] <= STRAY:
        return [points[0], points[-1]]
    return [*thin_line(points[: worst + 1])[:-1], *thin_line(points[worst:])]


def find_stray(point: Point, first: Point, last: Point) -> float:
    """How far a point lies from the line between two others, in steps."""
    across, up = last[0] - first[0], last[1] - first[1]
    length = math.hypot(across, up)
    if not length:
        return math.dist(point, first)
    return abs(across * (first[1] - point[1]) - (first[0] - point[0]) * up) / length


def shift_points(points: list[Point]) -> list[list[int]]:
    """The first point, then the steps from each to the next."""
    return [[x - points[n - 1][0], y - points[n - 1][1]] if n else [x, y] for n, (x, y) in enumerate(points)]


if __name__ == "__main__":
    main(*sys.argv[1:])
