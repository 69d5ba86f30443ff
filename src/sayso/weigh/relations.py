"""How two answers to one question stand to each other, and why.

The order of the rules is the order of the questions an analyst asks: is it the same figure? may both be true? does one
speak of a part only? did the same source count again, or time pass? Only what is left is a contradiction.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from sayso.record import Figure, Relation
from sayso.weigh.comparisons import Feature, compare_sides, without_parts
from sayso.weigh.comparisons.figures import BEYOND_BOUND, agree, allowed, far_apart, is_range, is_vague, middle, widen
from sayso.weigh.facts import NEVER, Fact
from sayso.weigh.relation_weights import strongest_features, weigh_features
from sayso.weigh.settlements import explain, find_witness, may_revise, settle_relation
from sayso.weigh.sides import Side

CONSIDERED, SHOWN = 6, 3
"""How many of the features that spoke most for a relation are looked at, and how many are shown."""
TIME_PASSES = timedelta(days=2)
"""A count this much later may have grown; two on one day must agree."""
COUNTS_GROW = timedelta(days=14)
"""A larger count by another source so much later may be of a later state; a smaller or earlier one may not."""
OUTGROWN = 1.15
"""A later count of one line so many times the earlier is a new count, even where the earlier said "at least"."""
STILL = re.compile(r"\b(still|continu\w+|remain\w*|never)\b", re.IGNORECASE)
"""Words by which the later of two denies that anything changed."""
FALLING = frozenset(("missing", "captured", "fighting", "held"))
"""States that people leave again."""
DAY = timedelta(days=1)


def relate_sides(a: Side, b: Side) -> tuple[str, str]:
    """How two claims stand to each other, and why in words; nothing is known of whether they answer one question."""
    return decide_relation(compare_sides(a, b))


def decide_relation(features: Sequence[Feature]) -> tuple[str, str]:
    """The relation that a rule settles; else the likeliest, as the features of a comparison speak for it, and those
    that spoke most. Nothing is a contradiction in which no two things exclude each other, nor a revision where nothing
    says what came first."""
    if settled := settle_relation(features):
        return settled
    chances = weigh_features(features)
    if not find_witness(features):
        del chances["contradiction"]
    if not may_revise(features):
        del chances["revision"]
    relation = max(chances, key=lambda name: chances[name])
    spoke = without_parts(strongest_features(features, relation, most=CONSIDERED))
    return relation, explain(spoke[:SHOWN])


def relate_figures(a: Fact, b: Fact, i: int, j: int, *, state: str = "", said: bool = True) -> Relation:
    """How the figures of two facts on one point stand to each other; `i` and `j` are their positions in it.

    `state` is what is said of those counted: who is missing is found, so that such counts fall whoever counts. `said`
    is False where nothing is said of those counted (killed, sent): they may then not be the same.
    """
    fa, fb = a.claim.figure, b.claim.figure
    assert fa is not None and fb is not None
    words = f"{fa.text} / {fb.text}"
    gap = time_between(a, b)
    if is_vague(fa) != is_vague(fb) and allowed(widen(fa), widen(fb)):
        return Relation(a=i, b=j, relation="compatible", why=f"a vague count has no upper end: {words}")
    if agree(fa, fb):
        if fa.bound == fb.bound or {fa.bound, fb.bound} <= {"exact", "about"}:
            return Relation(a=i, b=j, relation="same", why=f"the same figure: {words}")
        return Relation(a=i, b=j, relation="compatible", why=f"one lies within the other's bound: {words}")
    outgrown = max(middle(fa), middle(fb)) > OUTGROWN * min(middle(fa), middle(fb)) > 0
    later_count = same_line(a, b) and (gap >= TIME_PASSES or (gap >= DAY and same_source(a, b)))
    if later_count and outgrown and not scope_differs(a, b, figures=True) and not far_apart(fa, fb):
        return Relation(a=i, b=j, relation="revision", why=f"a later count of one line, {gap.days} days on: {words}")
    if allowed(fa, fb) and not beyond_bound(fa, fb):
        return Relation(a=i, b=j, relation="compatible", why=f"both can be true: {words}")
    scope = scope_differs(a, b, figures=True)
    if not scope and a.report.id == b.report.id and a.source == b.source:
        scope = f"{a.source} gives both at once, so that they count different things"
    if scope:
        return Relation(a=i, b=j, relation="scope", why=f"{scope}: {words}")
    if not said:
        return Relation(a=i, b=j, relation="scope", why=f"nothing says that both count the same: {words}")
    if far_apart(fa, fb):
        return Relation(a=i, b=j, relation="scope", why=f"too far apart to count the same thing: {words}")
    if same_line(a, b) and (gap >= TIME_PASSES or same_source(a, b)):
        whose = a.source if same_source(a, b) else a.group
        return Relation(a=i, b=j, relation="revision", why=f"a later count of {whose}, {gap.days} days on: {words}")
    if state in FALLING and gap:
        return Relation(a=i, b=j, relation="revision", why=f"how many are {state} changes with time: {words}")
    earlier, later = (fa, fb) if moment_of(a) <= moment_of(b) else (fb, fa)
    if gap >= COUNTS_GROW and middle(later) > middle(earlier):
        return Relation(a=i, b=j, relation="revision", why=f"a larger count {gap.days} days later: {words}")
    return Relation(a=i, b=j, relation="contradiction", why=f"{a.source} and {b.source} differ: {words}")


def relate_absences(a: Fact, b: Fact, i: int, j: int) -> Relation:
    """How two absences stand to each other: by when each began and who watched what."""
    start_a, start_b = absence_start(a), absence_start(b)
    words = f"{time_words(a)} / {time_words(b)}"
    if start_a is None or start_b is None:
        return Relation(a=i, b=j, relation="compatible", why=f"one gives no beginning: {words}")
    if abs(start_a - start_b) <= 4 * DAY and days_of(a) == days_of(b):
        return Relation(a=i, b=j, relation="same", why=f"the same window: {words}")
    scope = scope_differs(a, b)
    if scope:
        return Relation(a=i, b=j, relation="scope", why=f"{scope}: {words}")
    if abs(start_a - start_b) <= 10 * DAY:
        return Relation(a=i, b=j, relation="compatible", why=f"both began within ten days: {words}")
    return Relation(a=i, b=j, relation="contradiction", why=f"they began at other times: {words}")


def relate_states(a: Fact, b: Fact, i: int, j: int, holds_a: bool, holds_b: bool) -> Relation:
    """How two statements that a state holds or not stand to each other."""
    gap = time_between(a, b)
    scope = scope_differs(a, b)
    if holds_a == holds_b:
        if scope:
            return Relation(a=i, b=j, relation="compatible", why=f"the same, and {scope}")
        return Relation(a=i, b=j, relation="same", why="both say that it " + ("holds" if holds_a else "does not hold"))
    if scope:
        return Relation(a=i, b=j, relation="scope", why=scope)
    later = a if moment_of(a) > moment_of(b) else b
    if gap >= TIME_PASSES and not STILL.search(later.claim.text):
        return Relation(a=i, b=j, relation="revision", why=f"the later one speaks of a state {gap.days} days on")
    return Relation(a=i, b=j, relation="contradiction", why="one says that it holds, the other that it does not")


def relate_dates(a: Fact, b: Fact, i: int, j: int) -> Relation:
    """How two dates of one event stand to each other: as half-open intervals."""
    ta, tb = a.claim.time, b.claim.time
    assert ta is not None and tb is not None and ta.earliest and tb.earliest
    words = f"{ta.text} / {tb.text}"
    end_a, end_b = ta.latest or ta.earliest + DAY, tb.latest or tb.earliest + DAY
    if abs(ta.earliest - tb.earliest) < DAY and abs(end_a - end_b) < DAY:  # Days begin at other hours elsewhere.
        return Relation(a=i, b=j, relation="same", why=f"the same date: {words}")
    if ta.earliest < end_b and tb.earliest < end_a:
        return Relation(a=i, b=j, relation="compatible", why=f"one is within the other: {words}")
    return Relation(a=i, b=j, relation="contradiction", why=f"the dates exclude each other: {words}")


def time_between(a: Fact, b: Fact) -> timedelta:
    """The time between the moments that two facts speak of; none where one has no date."""
    first, second = moment_of(a), moment_of(b)
    return timedelta(0) if NEVER in (first, second) else abs(second - first)


def moment_of(fact: Fact) -> datetime:
    """The moment that a fact speaks of: its figure's as-of, else the first telling of its origin, else publication."""
    figure = fact.claim.figure
    if figure and figure.as_of:
        return figure.as_of
    return min(fact.first, fact.said) if fact.first else fact.said


def same_source(a: Fact, b: Fact) -> bool:
    """Whether one source gave both."""
    return bool(a.source) and a.source.casefold() == b.source.casefold() and a.attribution is not None


def same_line(a: Fact, b: Fact) -> bool:
    """Whether one institution stands behind both, so that the later corrects or continues the earlier."""
    return same_source(a, b) or bool(a.group and a.group == b.group)


def scope_differs(a: Fact, b: Fact, *, figures: bool = False) -> str:
    """In words, how two facts differ in scope: one speaks of a part; "" where nothing says so."""
    words = [(f.scope or part_of(f) if figures else f.scope) for f in (a, b)]
    if words[0] != words[1] and not (figures is False and all(words)):
        return f"{(a if words[0] else b).source} speaks of a part only (“{words[0] or words[1]}”)"
    fa, fb = a.claim.figure, b.claim.figure
    if figures and fa and fb and fa.window_kind and fb.window_kind and fa.window_kind != fb.window_kind:
        return f"one counts “{fa.window}”, the other “{fb.window}”"
    if a.planned != b.planned:
        return f"{(a if a.planned else b).source} speaks of what is yet to come"
    return ""


def part_of(fact: Fact) -> str:
    """The words by which a figure counts a part of a whole; none where what is said of the part tells it apart already
    ("4,700 casualties, 600 of them deaths")."""
    figure = fact.claim.figure
    return "" if figure is not None and figure.state else fact.part


def beyond_bound(a: Figure, b: Figure) -> bool:
    """Whether one figure is so far beyond the other's bare bound that the bound was not meant of it."""
    if is_range(a) or is_range(b) or not all(any(c.isdigit() for c in figure.text) for figure in (a, b)):
        return False
    return max(middle(a), middle(b)) > BEYOND_BOUND * min(middle(a), middle(b)) > 0


def time_words(fact: Fact) -> str:
    """The words of a fact's time, as given."""
    return fact.claim.time.text if fact.claim.time else "no time given"


def days_of(fact: Fact) -> float | str:
    """The days of a fact's time, where it is a duration; else its TIMEX3 value."""
    value = fact.claim.time.value if fact.claim.time else ""
    return duration_days(value) or value


def absence_start(fact: Fact) -> datetime | None:
    """When an absence began: a date given, or a duration counted back from publication."""
    time = fact.claim.time
    if time is None:
        return None
    if time.type == "DURATION":
        days, told = duration_days(time.value), moment_of(fact)
        return told - timedelta(days=days) if days and told != NEVER else None
    return time.earliest


def duration_days(value: str) -> float | None:
    """The days of a TIMEX3 duration such as P2W or P14D; None where it is vague or shorter than a day."""
    units = {"D": 1.0, "W": 7.0, "M": 30.4, "Y": 365.25}
    number = value[1:-1]
    if value[:1] != "P" or value[-1:] not in units or not number.replace(".", "", 1).isdecimal():
        return None
    return float(number) * units[value[-1]]
