"""Whether a figure is a part of another, more of the same, or by how much it changed.

The state of a part is that of its whole.
"""

from __future__ import annotations

import re
from dataclasses import replace

from sayso.extract.figures.exclusions import is_listed
from sayso.extract.figures.quantities import Quantity, load_counted
from sayso.extract.figures.scopes import Part, find_part
from sayso.extract.figures.states import HARM
from sayso.record import Figure, Span

CHANGED = re.compile(r"\(\s?[+]\s?$|\b(?:by\s|(?P<verb>[^\W\d_]+)\s)(?:an?other\s|some\s|about\s)?$", re.IGNORECASE)
UP = re.compile(r"[,(–—-]\s?up\s(?:by\s)?(?:an?other\s)?$", re.IGNORECASE)


REACH = 24
"""Code points before a number in which it is said to be a change."""


def is_change(text: str, quantity: Quantity) -> bool:
    """Whether a quantity is by how much a count grew: "12 (*+3*)", "rose by *3* to 12"."""
    if UP.search(text, max(0, quantity.start - 12), quantity.start) and quantity.unit is None:
        return True
    led = CHANGED.search(text, max(0, quantity.start - REACH), quantity.start)
    if led is None or (led["verb"] and led["verb"].lower() not in load_counted()["changes"]):
        return False
    return led.group().startswith("(") or text[quantity.end : quantity.end + 4] == " to "


def find_listed_whole(text: str, quantity: Quantity, figures: list[Figure]) -> Figure | None:
    """The figure before a bracket that a quantity is a part of: "41 (Alba *29*, Bren *8*)"."""
    if quantity.unit is not None or quantity.part or not is_listed(text, quantity):
        return None
    begin = text.rfind("(", 0, quantity.start)
    whole = next((figure for figure in reversed(figures) if figure.end <= begin), None)
    near = whole is not None and not re.search(r"[.;:()\n]", text[whole.end : begin])
    return whole if near and whole is not None and whole.unit in {"", "person"} else None


def place_figure(
    text: str, figure: Figure, quantity: Quantity, figures: list[Figure], last: Figure | None, following: Span | None
) -> Figure:
    """The figure with whether it is a part and of what. `last` is the figure before it in its sentence, `following` the
    span of the number after it, `figures` are all before it."""
    if is_change(text, quantity):
        return place_change(figure, last)
    if whole := find_listed_whole(text, quantity, figures):
        figure = replace(figure, unit=figure.unit or whole.unit, of=figure.of or whole.of, state=whole.state)
        return replace(figure, part="subset", part_of=(whole.start, whole.end))
    return place_part(
        figure, find_part(text, quantity, (last.start, last.end) if last else None, following), last, following
    )


def place_change(figure: Figure, last: Figure | None) -> Figure:
    """The figure as more of what the one before it counts."""
    if last is None:
        return replace(figure, part="additional")
    unit = "person" if last.unit == "person" and not figure.unit else figure.unit
    return replace(figure, unit=unit, state=figure.state or last.state, part="additional")


def place_part(figure: Figure, part: Part, last: Figure | None, following: Span | None) -> Figure:
    """The figure with whether it is a part, and of what: the figure before it in its sentence (`last`) or the number
    after it. The dead and hurt are so too where a part of them is told apart ("300 killed, of whom 50 officers")."""
    whole = None
    if part.of == "next":
        whole = following
    elif part.of == "before" and last is not None:
        whole = last.start, last.end
        if not figure.state and last.state in HARM and figure.unit == "person":
            figure = replace(figure, state=last.state)
    return replace(figure, part=part.kind, part_of=whole)
