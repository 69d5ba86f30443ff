"""Whether two figures can be one: values, bounds, rounding and vague counts."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from sayso.record import Figure

ROUNDING = 0.1
"""Figures given as "about" agree within this share: news rounds to one or two leading digits."""
EXACT = 0.02
"""Exact figures agree within this share at most, and where the one of fewer digits is the other, rounded or cut."""
LESS = 0.999
"""Less than a whole step of the last digit: what is cut off is less than that."""
FAR_APART = 20
"""Figures more than this many times apart count different things: one raid's dead and a war's."""
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
VAGUE_LOW = 0.5
"""How far below what most readers take "dozens" for a count may lie that it still does not contradict; it has no upper
end."""


def agree(a: Figure, b: Figure) -> bool:
    """Whether two figures are of one unit and the same within their rounding; a number in the middle of a range is not
    the range."""
    if is_range(a) != is_range(b) or not of_one_unit(a, b):
        return False
    loose = converted(a, b) or "about" in (a.bound, b.bound)
    slack = ROUNDING if loose else EXACT
    ends = [(a.low, b.low), (a.high, b.high)]
    known = [(x, y) for x, y in ends if x is not None and y is not None]
    near = bool(known) and all(abs(x - y) <= slack * max(abs(x), abs(y)) for x, y in known)
    return near and (
        loose or is_range(a) or all(x == y or abs(x - y) < LESS * max(step(a, x), step(b, y)) for x, y in known)
    )


def of_one_unit(a: Figure, b: Figure) -> bool:
    """Whether two figures are of one unit, as far as both say which: in how long, one of them may leave out."""
    one, other = (figure.unit.partition("/") for figure in (a, b))
    return all(not x or not y or x == y for x, y in ((one[0], other[0]), (one[2], other[2])))


def step(figure: Figure, value: float) -> float:
    """What the last digit of a figure's number is worth: of "2.34 million" ten thousand, of "1,200" a hundred. `value`
    is one of its ends. Words ("a hundred and twenty") are taken as they are written in digits."""
    said = NUMBER.search(figure.text)
    digits = said.group().replace(",", "") if said else f"{abs(value):.12g}"
    try:
        number = abs(float(digits))
    except ValueError:  # "1.2.3", or an exponent.
        return 0.0
    if not number or not math.isfinite(number):
        return 0.0
    whole, dot, rest = digits.partition(".")
    last = 10.0 ** -len(rest) if dot else 10.0 ** (len(whole) - len(whole.rstrip("0")))
    return abs(value) * last / number


def converted(a: Figure, b: Figure) -> bool:
    """Whether two figures of one unit were said in two ("miles", "km")."""
    return a.text.split()[-1:] != b.text.split()[-1:] and a.unit not in ("", "person", "year")


def is_range(figure: Figure) -> bool:
    """Whether a figure has two ends further apart than rounding puts them."""
    return figure.low is not None and figure.high is not None and figure.high > figure.low * (1 + ROUNDING)


def allowed(a: Figure, b: Figure) -> bool:
    """Whether one value can satisfy both, within the rounding of "about" and of another unit."""
    least = EXACT if converted(a, b) else 0.0
    slack_a, slack_b = (ROUNDING if figure.bound == "about" else least for figure in (a, b))
    low = max(a.low * (1 - slack_a) if a.low else -math.inf, b.low * (1 - slack_b) if b.low else -math.inf)
    high = min(a.high * (1 + slack_a) if a.high else math.inf, b.high * (1 + slack_b) if b.high else math.inf)
    return low <= high


def far_apart(a: Figure, b: Figure) -> bool:
    """Whether one figure is so many times the other that no counting of one thing gives both."""
    x, y = ([abs(v) for v in (f.low, f.high) if v is not None] for f in (a, b))
    return min(max(x), max(y)) * FAR_APART < max(min(x), min(y))


def middle(figure: Figure) -> float:
    """One number for a figure, to see whether a count grew."""
    known = [end for end in (figure.low, figure.high) if end is not None]
    return sum(known) / len(known) if known else 0.0


def widen(figure: Figure) -> Figure:
    """A vague count as widely as it is meant, without an upper end; any other figure as it is."""
    if not is_vague(figure) or figure.low is None:
        return figure
    return replace(figure, low=figure.low * VAGUE_LOW, high=None)


def is_vague(figure: Figure) -> bool:
    """Whether words without a number make a count: "dozens", "several hundred"."""
    return (
        figure.bound == "about"
        and figure.low is not None
        and figure.high is not None
        and figure.low < figure.high
        and not any(c.isdigit() for c in figure.text)
    )
