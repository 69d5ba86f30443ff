"""Two numbers that are one quantity, a range or a coarser and a finer unit; and two that are none, a score."""

from __future__ import annotations

import re
from dataclasses import replace

from sayso.extract.figures.quantities import Quantity, load_counted
from sayso.extract.figures.units import load_units

RANGE_GAP = re.compile(r"\s?(?P<mark>[-‐‑–~])\s?|\s(?P<word>to|through|or|and)\s(?:even\s|perhaps\s|possibly\s)?")


MOVED = re.compile(
    r"\b(?!rang|vari|last|estimat|pric|aged|stretch|span)[^\W\d_]+(?:ed|ing)\s(?:\w+\s)?from\s(?:\w+\s)?$",
    re.IGNORECASE,
)
"""A verb of change before "from": what "rocketed from 2 to 3" was the one and is the other, and not between them."""
STEP = re.compile(r"\bby\s(?:an?other\s)?$", re.IGNORECASE)
"""Words before the number by which another grew: "rose by 3 to 12"."""


FARTHER = 3
"""From how many times the step on the number after "to" is where a count came to: "rose 5 to 340"."""
LAST_WORD = re.compile(r"([^\W\d_]+)\s(?:an?other\s|some\s|about\s|nearly\s)?$")


def is_step(lead: str, step: Quantity, level: Quantity) -> bool:
    """Whether "N to M" after some words is by how much a count moved, and what it came to."""
    if STEP.search(lead):
        return True
    word = LAST_WORD.search(lead)
    moved = word is not None and word[1].lower() in {*load_counted()["changes"], "up", "down"}
    return moved and step.low is not None and level.low is not None and level.low > FARTHER * step.low


def read_millions(text: str, a: Quantity, b: Quantity) -> Quantity:
    """The second of two ends in millions, where it seems to be in metres and the first is money: "EUR 250-300m"."""
    metres = b.unit is not None and b.unit.symbol == "m" and text[b.end - 1 : b.end] == "m"
    if not metres or a.unit is None or not a.unit.money or not text[b.end - 2 : b.end - 1].isdigit() or b.low is None:
        return b
    return replace(b, low=b.low * 1e6, high=b.low * 1e6, scale=1e6, unit=a.unit)


def span_range(text: str, a: Quantity, b: Quantity) -> Quantity | None:
    """One quantity for two that are the ends of a range: "10,000 to 12,000", "between 2 and 3 million", "5-10%"."""
    gap = RANGE_GAP.fullmatch(text, a.end, b.start) if b.start - a.end < 16 else None
    if not gap or a.part != b.part or a.low is None or b.low is None or (a.vague and b.vague):
        return None
    lead = text[max(0, a.start - 90) : a.start]
    between = re.search(r"\bbetween\s(?:about\s|around\s|roughly\s)?$", lead, re.IGNORECASE)
    source = re.search(r"\bfrom\s(?:about\s|around\s|roughly\s)?$", lead, re.IGNORECASE)
    word = (gap["word"] or "").lower()
    shared = a.unit is None and b.unit is not None  # "by 15 to 20 per cent", and not "by 3 to 12"
    if (word == "and") != bool(between) or (word == "to" and not shared and is_step(lead, a, b)):
        return None
    if source and load_counted()["changes"] & set(re.findall(r"[^\W\d_]+", re.split(r"[.;!?]\s", lead)[-1].lower())):
        return None
    if source and MOVED.search(lead):
        return None
    b = read_millions(text, a, b)
    if a.unit and b.unit and a.unit != b.unit:
        return None
    if b.low is None or (a.unit and not a.unit.money and not b.unit):
        return None
    low, high = a.low, b.low
    if a.scale == 1.0 and b.scale > 1.0 and low < high / b.scale:
        low *= b.scale
    rounded = re.fullmatch(r"\d{1,3},000", text[b.core[0] : b.core[1]])
    if gap["mark"] and a.bare and rounded and low < high / 1000 <= 10 * low:
        low *= 1000  # "10-12,000"
    if between and low > high:
        low, high = high, low
    if low >= high or (word == "or" and high > 3 * low):
        return None
    opened = between or source
    start = a.start - len(lead) + opened.start() if opened else a.start
    return Quantity(
        start=start,
        end=b.end,
        core=(a.start, b.end),
        low=low,
        high=b.high if b.vague else high,
        scale=b.scale,
        unit=b.unit or a.unit,
        bare=a.bare and b.bare,
        part=a.part,
        vague=a.vague or b.vague,
    )


MARGIN = re.compile(
    r"(?:\s[a-z]+)?,?\s?(?:plus\sor(?:\sminus)?|give\sor\stake|±|\+/-?|\+-)\s?(?:about\s)?", re.IGNORECASE
)
"""What stands between a number and the error that it is told with: "18 km/h, plus or minus two"."""


def span_margin(text: str, a: Quantity, b: Quantity) -> Quantity | None:
    """One quantity for a number and its margin of error: "46 cm, give or take four" lies between 42 and 50 cm."""
    if a.low is None or a.low != a.high or b.low is None or b.low != b.high or a.part or b.part:
        return None
    points = (
        a.unit is not None and b.unit is not None and (a.unit.symbol, b.unit.symbol) == ("share", "percentage point")
    )
    if (a.unit and b.unit and b.unit != a.unit and not points) or not MARGIN.fullmatch(text, a.end, b.start):
        return None
    margin = abs(b.low)
    core = (a.core[0], b.core[1])
    if margin >= abs(a.low):
        return None
    return replace(a, end=b.end, core=core, low=a.low - margin, high=a.low + margin, unit=a.unit or b.unit, bare=False)


HEDGED = re.compile(
    r"(?P<noun>\s(?!or\b|perhaps\b|maybe\b|possibly\b|but\b|at\b)[a-z]+)?[,–—-]?\s(?:(?:or\s)?(?:perhaps|maybe|possibly)|(?:but\s)?at\s(?:the\s)?most)\s",
    re.IGNORECASE,
)
"""What stands between two numbers of which the second may be so: "three shots, perhaps four", "40, at most 50"."""


def span_hedged(text: str, a: Quantity, b: Quantity) -> Quantity | None:
    """One quantity for a number and the greater one that it may also be."""
    if a.low is None or a.low != a.high or b.high is None or a.part or b.part or a.vague or b.vague:
        return None
    near = HEDGED.fullmatch(text, a.end, b.core[0]) if b.core[0] - a.end < LONGEST_HEDGE else None
    if near is None or (a.unit and b.unit != a.unit) or not a.low < b.high <= FARTHER * a.low:
        return None
    # A noun between them is what both count.
    core = a.core if near["noun"] else (a.core[0], b.core[1])
    return replace(a, end=b.end, core=core, high=b.high, unit=b.unit, bare=False)


LONGEST_HEDGE = 30
"""Code points between the two, at most."""
COMPOUND_GAP = re.compile(r"(?:\sand)?\s")
INCHES = re.compile(r"\sin\b(?!\s(?:the|an?|his|her|its|their)\b)")
"""The symbol of inches, which elsewhere is the preposition."""


def span_compound(text: str, a: Quantity, b: Quantity) -> Quantity | None:
    """One quantity for two units of a kind, the finer after the coarser: "5 feet 2 inches", "7 pounds and 4 ounces",
    "2 euros and 63 cents"."""
    if not a.unit or a.low is None or b.low is None or not COMPOUND_GAP.fullmatch(text, a.end, b.start):
        return None
    fine, end = b.unit, b.end
    inches = INCHES.match(text, b.end) if fine is None and text[a.core[0] : a.end].endswith(("ft", "feet")) else None
    if inches:
        fine, end = load_units()[0]["inches"], inches.end()
    if fine is None or fine.factor >= a.unit.factor or fine.offset:
        return None
    # A cent is one of whatever money it is told with: "2 euros and 63 cents".
    if fine.symbol != a.unit.symbol and not (a.unit.money and fine.money and a.scale == 1.0):
        return None
    if b.low * fine.factor >= a.unit.factor:
        return None
    value = a.low + b.low * fine.factor / a.unit.factor
    return replace(a, end=end, core=(a.core[0], end), low=value, high=value)


def is_score(text: str, a: Quantity, b: Quantity) -> bool:
    """Whether two numbers with a hyphen between them are a score, a vote or an identifier rather than a range."""
    gap = re.compile(r"\s?[-‐‑–:]\s?").fullmatch(text, a.end, b.start) if b.start - a.end < 4 else None
    if not gap or not (a.bare and b.bare) or a.low is None or b.low is None:
        return False
    near = re.findall(r"[^\W\d_]+", text[max(0, a.start - 25) : a.start].lower())[-2:]
    near += re.findall(r"[^\W\d_]+", text[b.end : b.end + 25].lower())[:2]
    return a.low >= b.low or bool(load_counted()["scores"] & set(near))
