"""Calibration as a picture: how often what was given some chance came true, against the line of those who are right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

SIZE, LEFT, TOP, RIGHT, BOTTOM = 300, 44, 12, 12, 40
LEAST_DOT, MOST_DOT = 3.5, 9.0
"""Radii in pixels of the dots of the fewest and the most forecasts."""


def draw_calibration(bins: Sequence[Mapping[str, Any]]) -> Markup:
    """The SVG of a score sheet's bins: what was forecast across, how often it came true up, each with its 95 %
    interval, a dot the larger the more forecasts; empty where nothing was scored."""
    if not bins:
        return Markup("")
    parts = [*draw_axes()]
    most = max(one["n"] for one in bins)
    for one in bins:
        x, y = place(one["mean_forecast"]), rise(one["frequency"])
        radius = LEAST_DOT + (MOST_DOT - LEAST_DOT) * (one["n"] / most) ** 0.5
        said = f"{one['mean_forecast']:.0%} expected, {one['frequency']:.0%} came true, of {one['n']} forecasts"
        parts.append(
            Markup('<line class="bar l0" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(
                x, x, rise(one["frequency_low"]), rise(one["frequency_high"])
            )
        )
        parts.append(
            Markup('<circle class="mark l0" cx="{}" cy="{}" r="{:.1f}"><title>{}</title></circle>').format(
                x, y, radius, said
            )
        )
    head = Markup('<svg viewBox="0 0 {0} {0}" class="chart calibration" role="img" aria-label="{1}">')
    label = "Calibration: how often what was given a chance came true"
    return Markup("").join([head.format(SIZE, label), *parts, Markup("</svg>")])


def draw_axes() -> list[Markup]:
    """The grid at every quarter, its figures, and the diagonal of perfect calibration."""
    parts = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        x, y = place(share), rise(share)
        line = Markup('<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/>')
        parts.append(line.format(LEFT, SIZE - RIGHT, y, y))
        text = Markup('<text class="tick" x="{}" y="{}" text-anchor="{}">{:.0%}</text>')
        parts.append(text.format(LEFT - 6, y + 4, "end", share))
        parts.append(text.format(x, SIZE - BOTTOM + 16, "middle", share))
    words = Markup('<text class="tick" x="{}" y="{}" text-anchor="middle">what was expected</text>')
    parts.append(words.format((LEFT + SIZE - RIGHT) / 2, SIZE - 6))
    line = Markup('<line class="lead" x1="{}" x2="{}" y1="{}" y2="{}" stroke-dasharray="4 4"/>')
    return [*parts, line.format(place(0), place(1), rise(0), rise(1))]


def place(share: float) -> float:
    """The pixel of a share across."""
    return round(LEFT + share * (SIZE - LEFT - RIGHT), 1)


def rise(share: float) -> float:
    """The pixel of a share upwards."""
    return round(SIZE - BOTTOM - share * (SIZE - TOP - BOTTOM), 1)
