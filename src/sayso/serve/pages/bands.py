"""A timeline drawn as bands, one below the other: a dot for a day, a band with faded ends where no day is known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from markupsafe import Markup

from sayso.serve.desk.timelines import Entry
from sayso.tell.charts import Scale, list_times
from sayso.tell.phrases import shorten
from sayso.tell.tongues import _

WIDTH, EDGE = 1016, 12
"""Width of the drawing and of what is kept free at either side, in pixels."""
ROW, FLOOR = 48, 26
"""Height of a band with its words, and of the axis."""
LETTER = 7.4
"""Width of a letter of a band's words."""
NARROWEST = 10
"""A day narrower than this is drawn as a dot."""
MOST_DRAWN = 40
"""Bands that are drawn: those that most reports tell of."""
STOPS = ((0, 0.08), (0.3, 0.9), (0.7, 0.9), (1, 0.08))
"""How a range fades towards its ends: shares of its length, and how opaque it is there."""


def draw_bands(entries: Sequence[Entry]) -> Markup:
    """The SVG of some entries, "" of none; each band leads to its entry in the list below."""
    if not entries:
        return Markup("")
    most = sorted(entries, key=lambda entry: -entry.reports)[:MOST_DRAWN]
    drawn = [entry for entry in entries if entry in most]
    scale = fit_scale(drawn)
    height = ROW * len(drawn) + FLOOR
    parts = [draw_fades(), *draw_axis(scale, height)]
    for number, entry in enumerate(drawn):
        parts.append(draw_band(entry, scale, ROW * number))
    head = Markup('<svg viewBox="0 0 {} {}" class="bands" role="group" aria-label="{}">')
    label = _("Timeline, drawn")
    return Markup("").join([head.format(WIDTH, height, label), *parts, Markup("</svg>")])


def draw_fades() -> Markup:
    """What ranges are filled with: those of sure dates and those of doubted ones."""
    stop = Markup('<stop offset="{}" stop-opacity="{}"/>')
    stops = Markup("").join(stop.format(*one) for one in STOPS)
    fade = Markup('<linearGradient id="fade-{}" class="fade-{}">{}</linearGradient>')
    return Markup("<defs>{}</defs>").format(Markup("").join(fade.format(k, k, stops) for k in ("sure", "doubted")))


def fit_scale(entries: Sequence[Entry]) -> Scale:
    """From the first that may have been to the last, with a little room."""
    first = min(entry.earliest for entry in entries).timestamp()
    last = max(entry.latest for entry in entries).timestamp()
    room = max((last - first) * 0.03, 3600.0)
    return Scale(first - room, last + room, EDGE, WIDTH - EDGE)


def draw_axis(scale: Scale, height: int) -> list[Markup]:
    """The days or months, each with a line up through the bands."""
    parts, taken = [], 0.0
    for moment, words in list_times(scale):
        x, half = scale.place(moment.timestamp()), LETTER * len(words) / 2
        if x - half < taken or x + half > WIDTH:
            continue
        taken = x + half + 12
        line = Markup('<line class="grid" x1="{}" x2="{}" y1="0" y2="{}"/>').format(x, x, height - FLOOR)
        text = Markup('<text class="tick" x="{}" y="{}" text-anchor="middle">{}</text>').format(x, height - 6, words)
        parts += [line, text]
    return parts


def draw_band(entry: Entry, scale: Scale, top: float) -> Markup:
    """An entry: its words above its mark, and small rings for other dates that its reports tell."""
    start, end = place(scale, entry.earliest), place(scale, entry.latest)
    kind = "doubted" if entry.doubts else "sure"
    rings = (
        Markup('<circle class="other" cx="{}" cy="{}" r="3"/>').format(place(scale, other), top + 33)
        for other in entry.others
        if scale.low <= other.timestamp() <= scale.high
    )
    parts = [
        Markup('<rect class="reach" x="0" y="{}" width="{}" height="{}"/>').format(top + 2, WIDTH, ROW - 4),
        *rings,
        draw_mark(entry, start, end, top + 33, kind),
        draw_words(entry, start, end, top + 19),
    ]
    link = Markup('<a href="#{}" class="band {}" aria-label="{}">{}</a>')
    return link.format(f"h-{entry.id}", kind, f"{entry.when}: {entry.words}", Markup("").join(parts))


def draw_mark(entry: Entry, start: float, end: float, y: float, kind: str) -> Markup:
    """A range with faded ends where no day is known, else a dot, or a bar where a day is wide."""
    if entry.uncertain:
        middle, wide = (start + end) / 2, max(end - start, NARROWEST * 2)
        bar = Markup('<rect class="range" x="{}" y="{}" width="{}" height="10" rx="5" fill="url(#fade-{})"/>')
        return bar.format(round(middle - wide / 2, 1), y - 5, round(wide, 1), kind)
    if end - start < NARROWEST:
        return Markup('<circle class="dot" cx="{}" cy="{}" r="5.5"/>').format(round((start + end) / 2, 1), y)
    return Markup('<rect class="dot" x="{}" y="{}" width="{}" height="10" rx="5"/>').format(
        start, y - 5, round(end - start, 1)
    )


def draw_words(entry: Entry, start: float, end: float, y: float) -> Markup:
    """When and what, from where the mark begins, or to where it ends where that leaves more room."""
    from_start = WIDTH - start >= end
    room = (WIDTH - start if from_start else end) - EDGE
    what = shorten(entry.words, max(12, int(room / LETTER) - len(entry.when) - 4))
    x, anchor = (start, "start") if from_start else (end, "end")
    text = Markup('<text class="name" x="{}" y="{}" text-anchor="{}"><tspan class="when">{}</tspan>  {}</text>')
    return text.format(x, y, anchor, entry.when, what)


def place(scale: Scale, moment: datetime) -> float:
    """Where a moment stands."""
    return scale.place(moment.astimezone(UTC).timestamp())
