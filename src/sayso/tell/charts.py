"""Charts of estimates: one SVG a point, time across, figure up, one line a source.

Lines differ in marker and dash as well as in colour (the Okabe-Ito palette, safe for the colour-blind), a range is a
bar, an open end an arrow, and each source is named where its line ends, or under the chart where there is no room. A
chart carries classes and no style attributes, so that a page's content security policy can forbid inline style.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from markupsafe import Markup

from sayso.harms import clean_text
from sayso.record import Estimate, Value
from sayso.tell.citations import name_moment
from sayso.tell.labels import Box, place_labels
from sayso.tell.tongues import _, mark, say_date, say_number

FIRST, LAST = (datetime(year, 6, 1, tzinfo=UTC).timestamp() for year in (1, 9999))
"""The ends of the calendar, where an axis stops."""
MOST_LINES = 8
"""Lines that a chart can hold and still be read; the table beside it has them all."""

LEAST, MOST = 1e-9, 1e15
"""Sizes between which a figure is drawn; none of the world's lies beyond, but a misread one may."""

SIZES = ((1e12, mark("{number} tn")), (1e9, mark("{number} bn")), (1e6, mark("{number} m")))
SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
SHOWN_UNITS = frozenset(("", "person", "share", "%", "percent", *SIGNS))
"""Units that figures show by themselves, or that the question names."""

CLOSE = 0.6
"""The part of the highest figure above which all others must lie for the axis to start above zero."""

HEIGHT, TOP, BOTTOM, LEFT = 274, 14, 40, 58
ROOMY = 560
"""Width in pixels from which sources are named at the end of their lines."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A value on the chart. `low` and `high` are None at an open end; `at` is its as-of time or its publication."""

    at: datetime
    low: float | None
    high: float | None
    words: str

    @property
    def level(self) -> float:
        """Where the marker stands: the end that is given, or the middle of a range."""
        if self.low is None:
            return self.high or 0.0
        return self.low if self.high is None else (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """One source's dots in order of time."""

    source: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear or logarithmic way from values to pixels; `step` lies between the values named on its axis."""

    low: float
    high: float
    start: float
    end: float
    log: bool = False
    step: float = 0.0

    def place(self, value: float) -> float:
        """The pixel of a value."""
        low, high, at = self.low, self.high, value
        if self.log:
            low, high, at = math.log10(low), math.log10(high), math.log10(max(value, low))
        share = (at - low) / (high - low) if high > low else 0.5
        return round(self.start + share * (self.end - self.start), 1)


def draw_lines(estimates: Sequence[Estimate], published: dict[str, datetime | None]) -> tuple[Line, ...]:
    """The lines of one point, those with most values first, at most `MOST_LINES`.

    `published` gives the publication time of each report, for values without an as-of time; a value without either
    stays off the chart.
    """
    lines = []
    for estimate in estimates:
        dots = [dot for value in estimate.values if (dot := draw_dot(value, published.get(value.report)))]
        if dots:
            lines.append(Line(clean_text(estimate.source), tuple(sorted(dots, key=lambda dot: dot.at))))
    lines.sort(key=lambda line: (-len(line.dots), line.dots[0].at, line.source))
    return tuple(lines[:MOST_LINES])


def draw_dot(value: Value, published: datetime | None) -> Dot | None:
    """The dot of a value, or None where it has no time or no finite figure."""
    moment = value.as_of or published
    ends = [end for end in (value.low, value.high) if end is not None]
    if moment is None or not ends or not all(end == 0 or LEAST <= abs(end) < MOST for end in ends):
        return None
    at = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return Dot(at, value.low, value.high, clean_text(value.text))


def worth_drawing(lines: Sequence[Line]) -> bool:
    """Whether a picture says more than the table: figures that differ, at different times."""
    dots = [dot for line in lines for dot in line.dots]
    return len({(dot.low, dot.high) for dot in dots}) > 1 and len({dot.at for dot in dots}) > 1


def draw_chart(
    lines: Sequence[Line], unit: str, label: str, width: int, say: Callable[[float], str] | None = None
) -> Markup:
    """The SVG of a point's lines, `width` pixels wide; `label` is read out by screen readers, and `say` names the
    figures on the axis."""
    dots = [dot for line in lines for dot in line.dots]
    roomy = width >= ROOMY
    right = width - 14
    # Room for a name right of the last dot, unless the names stand under the chart.
    times = fit_times(dots, LEFT + 16, right - (120 if roomy else 16))
    figures = fit_figures(dots, HEIGHT - BOTTOM, TOP)
    parts = [*draw_figures(figures, unit, right, say), *draw_times(times, right)]
    for number, line in enumerate(lines):
        spots = [place_dot(dot, times, figures) for dot in line.dots]
        for (x, y), (later, level) in pairwise(spots):
            if later > x:  # Two figures of one moment are two counts, not a rise.
                drawn = Markup('<line class="line l{}" x1="{}" y1="{}" x2="{}" y2="{}"/>')
                parts.append(drawn.format(number, x, y, later, level))
        for dot, spot in zip(line.dots, spots, strict=True):
            parts.append(draw_mark(dot, spot, figures, number, line.source))
    if roomy:
        parts.extend(draw_names(lines, times, figures, Box(LEFT, 0, width, HEIGHT - BOTTOM + 4)))
    head = Markup('<svg viewBox="0 0 {} {}" class="chart {}" role="img" aria-label="{}">')
    return Markup("").join(
        [head.format(width, HEIGHT, "wide" if roomy else "narrow", clean_text(label)), *parts, Markup("</svg>")],
    )


def draw_mark(dot: Dot, spot: tuple[float, float], figures: Scale, number: int, source: str) -> Markup:
    """A marker, with a bar over its range or an arrow towards its open end; its words show on hover."""
    x, y = spot
    body = Markup("")
    if dot.low is not None and dot.high is not None and dot.high > dot.low:
        bar = '<line class="bar l{}" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        body += Markup(bar).format(number, x, x, figures.place(dot.low), figures.place(dot.high))
    elif dot.low is None or dot.high is None:
        step = -1 if dot.high is None else 1
        tip = min(max(y + step * 20, TOP - 8), HEIGHT - BOTTOM + 2)
        arrow = f"M{x},{y} V{tip} M{x - 4},{tip - step * 5} L{x},{tip} L{x + 4},{tip - step * 5}"
        body += Markup('<path class="arrow l{}" d="{}"/>').format(number, arrow)
    body += draw_shape(number, x, y)
    return Markup("<g><title>{}</title>{}</g>").format(f"{source}: {dot.words} ({name_moment(dot.at)})", body)


def draw_shape(number: int, x: float, y: float) -> Markup:
    """The marker of a line: circle, square, triangle or diamond, filled or hollow."""
    kind = "mark" if number < 4 else "mark hollow"
    if number % 4 == 0:
        return Markup('<circle class="{} l{}" cx="{}" cy="{}" r="4.5"/>').format(kind, number, x, y)
    corners = {
        1: [(-4.0, -4.0), (4.0, -4.0), (4.0, 4.0), (-4.0, 4.0)],
        2: [(0.0, -5.5), (5.0, 4.0), (-5.0, 4.0)],
        3: [(0.0, -5.8), (5.8, 0.0), (0.0, 5.8), (-5.8, 0.0)],
    }[number % 4]
    path = " ".join(f"{round(x + dx, 1)},{round(y + dy, 1)}" for dx, dy in corners)
    return Markup('<polygon class="{} l{}" points="{}"/>').format(kind, number, path)


def draw_key(number: int) -> Markup:
    """A small picture of a line's marker, for the list of sources under a chart."""
    return Markup('<svg viewBox="0 0 14 14" class="sample" aria-hidden="true">{}</svg>').format(
        draw_shape(number, 7, 7)
    )


def draw_names(lines: Sequence[Line], times: Scale, figures: Scale, frame: Box) -> list[Markup]:
    """The sources' names, each beside the last dot of its line."""
    parts: list[Markup] = []
    spots = [place_dot(line.dots[-1], times, figures) for line in lines]
    ends = [(*spot, line.source) for spot, line in zip(spots, lines, strict=True)]
    taken = [box for line in lines for box in cover_line(line, times, figures)]
    for number, ((x, y), label) in enumerate(zip(spots, place_labels(ends, taken, frame), strict=True)):
        if label.far:
            parts.append(Markup('<path class="lead" d="M{},{} L{},{}"/>').format(x, y, label.x, label.y - 4))
        text = Markup('<text class="name l{}" x="{}" y="{}" text-anchor="{}">{}</text>')
        parts.append(text.format(number, label.x, label.y, label.anchor, label.name))
    return parts


def place_dot(dot: Dot, times: Scale, figures: Scale) -> tuple[float, float]:
    """Where a dot's marker stands."""
    return times.place(dot.at.timestamp()), figures.place(dot.level)


def cover_line(line: Line, times: Scale, figures: Scale) -> list[Box]:
    """The ground that a line's markers, bars, arrows and strokes stand on, the strokes as rows of small boxes."""
    spots = [place_dot(dot, times, figures) for dot in line.dots]
    boxes = []
    for dot, (x, y) in zip(line.dots, spots, strict=True):
        top = y - 22 if dot.high is None else figures.place(dot.high)
        bottom = y + 22 if dot.low is None else figures.place(dot.low)
        boxes.append(Box(x - 7, min(y - 7, top), x + 7, max(y + 7, bottom)))
    for (x, y), (later, level) in pairwise(spots):
        steps = max(1, int((later - x) / 8))
        middles = [(x + (later - x) * n / steps, y + (level - y) * n / steps) for n in range(1, steps)]
        boxes += [Box(a - 4, b - 2, a + 4, b + 2) for a, b in middles]
    return boxes


def draw_figures(scale: Scale, unit: str, right: float, say: Callable[[float], str] | None = None) -> list[Markup]:
    """The horizontal grid with its figures, and what is to be known of them."""
    parts = []
    name = say or (lambda value: name_figure(value, unit))
    if said := name_scale(scale, unit, name):
        text = Markup('<text class="tick" x="{}" y="{}" text-anchor="end">{}</text>')
        parts.append(text.format(right, HEIGHT, said))
    for value in list_figures(scale):
        y, words = scale.place(value), name(value)
        parts.append(Markup('<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(LEFT, right, y, y))
        parts.append(
            Markup('<text class="tick" x="{}" y="{}" text-anchor="end">{}</text>').format(LEFT - 8, y + 4, words)
        )
    return parts


def name_scale(scale: Scale, unit: str, name: Callable[[float], str]) -> str:
    """What is to be known of the axis: its unit, where the figures do not show it, and whether it is logarithmic or
    does not start at zero."""
    words = [] if unit in SHOWN_UNITS else [_("in {unit}", unit=clean_text(unit))]
    if scale.log:
        words.append(_("logarithmic scale"))
    elif scale.low > 0:
        words.append(_("scale from {low}", low=name(scale.low)))
    return ", ".join(words)


def draw_times(scale: Scale, right: float) -> list[Markup]:
    """The time axis with its days or hours."""
    floor = HEIGHT - BOTTOM
    parts = [Markup('<line class="axis" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(LEFT, right, floor, floor)]
    taken = -math.inf
    for moment, words in list_times(scale):
        x, half = scale.place(moment.timestamp()), 3.5 * len(words)
        if x - half < taken + 10 or x + half > right + 30:
            continue
        taken = x + half
        parts.append(Markup('<line class="axis" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(x, x, floor, floor + 4))
        parts.append(
            Markup('<text class="tick" x="{}" y="{}" text-anchor="middle">{}</text>').format(x, floor + 19, words)
        )
    return parts


def fit_times(dots: Sequence[Dot], start: float, end: float) -> Scale:
    """The scale across: from the first dot to the last, at least six hours."""
    first = min(dot.at for dot in dots).timestamp()
    last = max(dot.at for dot in dots).timestamp()
    spare = max(0.0, 6 * 3600 - (last - first)) / 2
    return Scale(first - spare, last + spare, start, end)


def fit_figures(dots: Sequence[Dot], start: float, end: float) -> Scale:
    """The scale up: from zero, but for figures so close that they could not be told apart from there; logarithmic where
    they lie more than fiftyfold apart."""
    values = [end for dot in dots for end in (dot.low, dot.high) if end is not None]
    low, high = min(values), max(values)
    above = [value for value in values if value > 0]
    if low >= 0 and above and max(above) / min(above) > 50:
        return Scale(
            10 ** math.floor(math.log10(min(above))), 10 ** math.ceil(math.log10(high * 1.05)), start, end, True
        )
    if not 0 < high * CLOSE < low:
        low, high = min(0.0, low), max(0.0, high)
    if high == low:
        high = low + 1
    step = nice_step(high - low)
    if all(value == round(value) for value in values):
        step = max(1.0, round(step))
    if low > 0:  # Off the axis, where a marker would read as nothing.
        low -= step / 4
    return Scale(math.floor(low / step) * step, math.ceil(high / step) * step, start, end, step=step)


def nice_step(spread: float) -> float:
    """A round step (1, 2, 2.5 or 5 times a power of ten) that cuts the spread into about four."""
    rough = spread / 4
    power = 10.0 ** math.floor(math.log10(rough))
    return next(times * power for times in (1, 2, 2.5, 5, 10) if times * power >= rough * 0.999)


def list_figures(scale: Scale) -> list[float]:
    """The figures named on the axis."""
    if scale.log:
        first, last = round(math.log10(scale.low)), round(math.log10(scale.high))
        return [10.0**power for power in range(first, last + 1, max(1, (last - first) // 4))]
    return [scale.low + scale.step * n for n in range(round((scale.high - scale.low) / scale.step) + 1)]


def list_times(scale: Scale) -> list[tuple[datetime, str]]:
    """The moments named on the axis: hours within two days, else days, months or years."""
    first, last = (datetime.fromtimestamp(min(max(end, FIRST), LAST), UTC) for end in (scale.low, scale.high))
    midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
    spread = last - first
    ticks = []
    if spread <= timedelta(days=2):
        hours = next(hours for hours in (1, 2, 3, 6, 12) if spread <= timedelta(hours=hours * 4.5) or hours == 12)
        ticks = [midnight + timedelta(hours=hours * n) for n in range(72 // hours)]
        days = {t.date() for t in ticks if t >= first}
        fresh = [min(t for t in ticks if t >= first and t.date() == day) for day in days]
        named = [(t, f"{say_date(t, 'd MMM')}, {t:%H:%M}" if t in fresh else f"{t:%H:%M}") for t in ticks]
    elif spread <= timedelta(days=70):
        step = max(1, math.ceil(spread.days / 6))
        ticks = [midnight + timedelta(days=step * n) for n in range(spread.days // step + 2)]
        named = [(t, say_date(t, "d MMM")) for t in ticks]
    else:
        months = max(1, math.ceil(spread.days / 30.4 / 6))
        start = first.year * 12 + first.month - 1
        count = spread.days // 28 // months + 3
        ticks = [
            midnight.replace(year=month // 12, month=month % 12 + 1, day=1)
            for month in range(start, start + months * count, months)
            if month // 12 <= 9999
        ]
        named = [(t, say_date(t, "MMM y")) for t in ticks]
    return [(t, words) for t, words in named if first <= t <= last]


def name_figure(value: float, unit: str = "") -> str:
    """A figure in few characters: 12,000; 3.5 m; $1.9 bn; 40%."""
    size = abs(value)
    if unit in ("share", "%", "percent"):
        return _("{number}%", number=say_number(value * 100 if unit == "share" else value, 6))
    for least, word in SIZES:
        if size >= least:
            words = _(word, number=say_number(size / least, 4))
            break
    else:
        words = say_number(size, None if size == round(size) else 4)
    words = _("{sign}{number}", sign=SIGNS[unit], number=words) if unit in SIGNS else words
    return f"−{words}" if value < 0 else words


def name_range(value: Value, unit: str) -> str:
    """A value's figure in words: "2–4", "at least 3,000", "at most 20"."""
    low, high = value.low, value.high
    if low is None and high is None:
        return ""
    if high is None:
        return _("at least {number}", number=name_figure(low or 0.0, unit))
    if low is None:
        return _("at most {number}", number=name_figure(high, unit))
    if low == high:
        return name_figure(low, unit)
    return f"{name_figure(low, unit)} – {name_figure(high, unit)}"
