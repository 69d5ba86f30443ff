"""Two claims' figures compared: value, bound, rounding, unit, what is counted, and simple sums."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product

from sayso.record import Figure, Time
from sayso.weigh.comparisons.features import Feature
from sayso.weigh.details import find_details, stem
from sayso.weigh.sides import Side
from sayso.weigh.subjects import PLAIN

ROUNDING = 0.1
"""Figures given as "about" agree within this share: news rounds to one or two leading digits."""
EXACT = 0.02
"""Exact figures agree within this share: unit conversion and rounding of the last digit."""
FAR_APART = 20
"""Figures more than this many times apart count different things: one raid's dead and a war's."""
NEARLY = 0.005
"""A round figure this much off an exact one bears it out; nearer, it is the same."""
BEYOND_BOUND = 5
"""A figure so many times a bare bound ("at least 100") is not what was meant by it."""
MOST_FIGURES = 8
"""Figures of a claim that are compared."""
SECONDS = {"S": 1.0, "M": 60.0, "H": 3600.0, "D": 86_400.0, "W": 604_800.0}
MONTH, YEAR = 30.4 * 86_400, 365.25 * 86_400
DURATION = re.compile(r"P(?:(?P<date>[\d.]+)(?P<unit>[DWMY]))?(?:T(?P<clock>[\d.]+)(?P<small>[HMS]))?")
SCALES = {"km": ("m", 1000.0), "t": ("kg", 1000.0), "l": ("m3", 0.001), "m2": ("km2", 1e-6), "m3": ("m3", 1.0)}
"""Units that another measures too, and how many of that one they are."""
VAGUE_LOW = 0.5
"""How far below what most readers take "dozens" for a count may lie that it still does not contradict; it has no upper
end."""
TWO_NUMBERS = re.compile(r"([\d.]+)\s*(?:to|and|or|-|–)\s*([\d.]+)\b")
LOOSE = re.compile(
    r"\b(about|around|some|nearly|almost|roughly|close to|at least|more than|over|less than|up to)\b", re.I
)


def agree(a: Figure, b: Figure) -> bool:
    """Whether two figures are the same within their rounding; a number in the middle of a range is not the range."""
    if is_range(a) != is_range(b):
        return False
    slack = ROUNDING if converted(a, b) or "about" in (a.bound, b.bound) else EXACT
    ends = [(a.low, b.low), (a.high, b.high)]
    known = [(x, y) for x, y in ends if x is not None and y is not None]
    return bool(known) and all(abs(x - y) <= slack * max(abs(x), abs(y)) for x, y in known)


def converted(a: Figure, b: Figure) -> bool:
    """Whether two figures of one unit were said in two ("miles", "km")."""
    return a.text.split()[-1:] != b.text.split()[-1:] and a.unit not in ("", "person")


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


def list_figures(side: Side) -> list[Figure]:
    """The figures of a side with a number, in units that can be compared."""
    return [convert(f) for f in side.figures if f.low is not None or f.high is not None][:MOST_FIGURES]


def list_durations(side: Side) -> list[Figure]:
    """The durations of a side, as figures in seconds."""
    return [figure for time in side.times if (figure := figure_of_duration(time))][:MOST_FIGURES]


def convert(figure: Figure) -> Figure:
    """A figure in a unit that others are measured in too; a vague count ("dozens") as widely as it is meant."""
    figure = widen(figure)
    low, high, unit = figure.low, figure.high, figure.unit
    if unit in SCALES:
        unit, factor = SCALES[unit]
        low, high = (None if end is None else end * factor for end in (low, high))
    return replace(figure, low=low, high=high, unit=unit)


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


def figure_of_duration(time: Time) -> Figure | None:
    """A duration ("about a minute", "45 to 75 seconds") as a figure in seconds; None for any other time, or a vague
    one."""
    match = DURATION.fullmatch(time.value) if time.type == "DURATION" else None
    if not match or not (match["date"] or match["clock"]):
        return None
    seconds = 0.0
    if match["date"]:
        seconds += float(match["date"].strip(".") or 0) * {**SECONDS, "M": MONTH, "Y": YEAR}[match["unit"]]
    if match["clock"]:
        seconds += float(match["clock"].strip(".") or 0) * SECONDS[match["small"]]
    low = seconds
    if two := TWO_NUMBERS.search(time.text):
        first, second = (float(n.strip(".") or 0) for n in two.groups())
        low = seconds * first / second if 0 < first < second else seconds
    bound = "about" if LOOSE.match(time.text) else "exact"
    return Figure(start=time.start, end=time.end, text=time.text, low=low, high=seconds, unit="s", bound=bound)


def pair_figures(a: list[Figure], b: list[Figure]) -> tuple[Figure, Figure] | None:
    """The two figures that answer one question best: of one unit, one state and one kind of thing; None where no
    two can be compared. Where both give a whole and a part of it ("60 of 76"), the parts are compared."""
    whole = {middle(x) for x in a} & {middle(y) for y in b}
    if min(len(a), len(b)) > 1 and len(whole) == 1:
        rest_a, rest_b = ([f for f in figures if middle(f) not in whole] for figures in (a, b))
        if (pair := best_pair(rest_a, rest_b)) and pair[0].unit == pair[1].unit:
            return pair
    return best_pair(a, b)


def best_pair(a: list[Figure], b: list[Figure]) -> tuple[Figure, Figure] | None:
    """The two figures that fit each other best, None where no two fit."""
    fits = [(fit_figures(x, y), x, y) for x in a for y in b]
    fit, x, y = max(fits, key=lambda found: found[0], default=(0.0, None, None))
    return (x, y) if x is not None and y is not None and fit > 0 else None


def fit_figures(a: Figure, b: Figure) -> float:
    """How well two figures fit one question, 0 where their units cannot be compared."""
    if a.unit != b.unit and ("" not in (a.unit, b.unit) or not {a.unit, b.unit} <= LOOSE_UNITS):
        return 0.0
    score = 2.0 if a.unit == b.unit else 1.0
    score += 1.0 if a.state and a.state == b.state else -0.5 if a.state and b.state else 0.0
    score += match_counted(a, b)
    return score + (0.5 if agree(a, b) else 0.25 if allowed(a, b) else 0.0)


LOOSE_UNITS = frozenset(("", "person", "magnitude"))
"""Units that a bare number may have: "it rose to 17", "six were found", "a 7.1 quake"."""


def counted_stems(figure: Figure) -> frozenset[str]:
    """The stems of what a figure counts, without its number."""
    return frozenset(s for s in find_details(figure.of) if not s[0].isdigit())


def match_counted(a: Figure, b: Figure) -> float:
    """How far two figures count one thing, 0 to 1; a half where one does not say."""
    x, y = counted_stems(a), counted_stems(b)
    if not x or not y:
        return 0.5
    heads = {stem(figure.of.split()[-1]) for figure in (a, b)}
    return (1.0 if len(heads) == 1 else 0.0) * 0.5 + 0.5 * len(x & y) / len(x | y)


def compare_figures(a: Side, b: Side) -> Iterator[Feature]:
    """What the figures of two claims have to do with each other."""
    figures_a, figures_b = list_figures(a), list_figures(b)
    if not figures_a and not figures_b:
        figures_a, figures_b = list_durations(a), list_durations(b)
    if not figures_a and not figures_b:
        yield Feature("no figures", 1.0)
        return
    if not figures_a or not figures_b:
        yield Feature("one figure only", 1.0, (figures_a or figures_b)[0].text)
        return
    pair = pair_figures(figures_a, figures_b)
    if pair is None:
        if longs := best_pair(list_durations(a), list_durations(b)):
            yield from compare_pair(*longs)
            return
        yield Feature("units differ", 1.0, f"{figures_a[0].text} / {figures_b[0].text}")
        return
    yield from compare_pair(*pair)
    yield from find_sums(figures_a, figures_b, pair)
    values_a, values_b = ({middle(f) for f in figures} for figures in (figures_a, figures_b))
    if len(values_a & values_b) > 1:
        yield Feature("several equal figures", 1.0)


def compare_pair(a: Figure, b: Figure) -> Iterator[Feature]:
    """What two figures of one unit have to do with each other."""
    words = f"{a.text} / {b.text}"
    ratio = measure_ratio(a, b)
    vague = any(figure.bound == "about" and figure.high is None for figure in (a, b))
    open_ended = vague or a.bound in ("at least", "at most") or b.bound in ("at least", "at most")
    ranged = vague or any(is_range(figure) for figure in (a, b))
    rounded = {a.bound, b.bound} == {"about", "exact"} and not converted(a, b) and ratio > NEARLY
    if agree(a, b) and (not open_ended or a.bound == b.bound) and not rounded:
        yield Feature("figures agree", 1.0, words)
        if "about" in (a.bound, b.bound) and a.bound != b.bound:
            yield Feature("one figure is rounded", 1.0, words)
    elif (rounded and agree(a, b)) or (allowed(a, b) and (ratio < math.log(BEYOND_BOUND) or ranged)):
        yield Feature("one figure lies within the other", 1.0, words)
    else:
        yield Feature("figures differ", 1.0, words)
        yield Feature("how far figures differ", min(ratio, 5.0) / 5.0, words)
        if ratio > math.log(3):
            yield Feature("figures far apart", 1.0, words)
        if ratio < math.log(1.5):
            yield Feature("figures near each other", 1.0, words)
        if a.bound != b.bound:
            yield Feature("figures differ and so do bounds", 1.0, words)
    if open_ended:
        yield Feature("an open figure", 1.0, words)
    if ranged:
        yield Feature("a range or vague count", 1.0, words)
    if a.unit != b.unit:
        yield Feature("one unit is missing", 1.0, words)
    if a.state and b.state and a.state != b.state:
        yield Feature("states of the counted differ", 1.0, f"{a.state} / {b.state}")
    if a.state and a.state == b.state:
        yield Feature("states of the counted agree", 1.0, a.state)
    if a.window_kind and b.window_kind and a.window_kind != b.window_kind:
        yield Feature("counted over other windows", 1.0, f"{a.window} / {b.window}")
    if a.part != b.part:
        yield Feature(f"one counts {PARTS.get(a.part or b.part, 'a part')}", 1.0, words)
    if a.as_of and b.as_of and abs(a.as_of - b.as_of) > timedelta(hours=1):
        yield Feature("as of other moments", 1.0, f"{a.as_of:%Y-%m-%d %H:%M} / {b.as_of:%Y-%m-%d %H:%M} UTC")
    yield from compare_counted(a, b)


PARTS = {"subset": "a part of another count", "additional": "those added to a count"}
"""What a part of a figure is called."""


def compare_counted(a: Figure, b: Figure) -> Iterator[Feature]:
    """Whether two figures count the same."""
    x, y = counted_stems(a), counted_stems(b)
    if not x or not y:
        return
    words = f"{a.of} / {b.of}"
    if x == y:
        yield Feature("the same is counted", 1.0, a.of)
    elif x < y or y < x:
        yield Feature("a narrower kind is counted", 1.0, words)
    elif not x & y:
        plain = all(s in {stem(word) for word in PLAIN} | PEOPLE for s in x ^ y)
        yield Feature("other people are counted" if plain else "something else is counted", 1.0, words)
    else:
        yield Feature("what is counted partly agrees", 1.0, words)


PEOPLE = frozenset(stem(word) for word in ("people", "persons", "residents", "men", "others", "victims", "members"))


def measure_ratio(a: Figure, b: Figure) -> float:
    """How many times one figure is the other, as the absolute natural logarithm; 5 where one is nought."""
    x, y = abs(middle(a)), abs(middle(b))
    return abs(math.log(x / y)) if x and y else 0.0 if x == y else 5.0


def find_sums(a: list[Figure], b: list[Figure], pair: tuple[Figure, Figure]) -> Iterator[Feature]:
    """Whether the figures of one claim make up the other's: a number added or taken off, or so many times it."""
    if agree(*pair) and len(a) == len(b) == 1:
        return
    for ones, others in ((a, b), (b, a)):
        for one, part, whole in product(ones, others, others):
            x, y, z = middle(one), middle(part), middle(whole)
            if not (x and y and z) or part is whole:
                continue
            if math.isclose(x + y, z, rel_tol=1e-6):
                yield Feature("a sum makes them one", 1.0, f"{one.text} and {part.text} make {whole.text}")
                return
            if math.isclose(y + z, x, rel_tol=1e-6):
                yield Feature("a sum makes them one", 1.0, f"{part.text} and {whole.text} make {one.text}")
                return
    first, second = pair
    x, y = middle(first), middle(second)
    if first.unit == second.unit == "share" and 0 < x < 1 and abs(x + y - 1) < EXACT and abs(x - y) > EXACT:
        yield Feature("two shares make a whole", 1.0, f"{first.text} / {second.text}")
    if x and y and math.isclose(max(x, y), 2 * min(x, y), rel_tol=1e-6):
        yield Feature("one is twice the other", 1.0, f"{first.text} / {second.text}")
