"""What two answers to one question have in common and what sets them apart, as named signs, for how they stand to each
other. The first of two is the one that was published first."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import numpy as np

from sayso.record import Figure, Time
from sayso.weigh.details import stem
from sayso.weigh.facts import NEVER, Fact
from sayso.weigh.figures import agree, allowed, far_apart, is_vague, middle, widen
from sayso.weigh.matching.units import Unit
from sayso.weigh.moments import find_moment, is_replaced, scope_differs
from sayso.weigh.topics import name_family
from sayso.weigh.wordings import stems_of

DAY = timedelta(days=1)
MOST_DAYS, MOST_RATIO = 6.0, 4.0
"""Ends of the scales of days and of ratios, in logarithms."""
KINDS = ("person", "place", "cause", "manner", "state", "yes-no")
Signs = dict[str, float]


def read_signs(a: Unit, b: Unit) -> Signs:
    """The signs of two units of one family."""
    signs = read_common(a, b)
    if a.family == "figure":
        x, y = a.fact.claim.figure, b.fact.claim.figure
        if x is not None and y is not None:
            signs |= compare_figures(a.fact, b.fact, x, y)
    elif a.family == "date":
        s, t = a.fact.claim.time, b.fact.claim.time
        if s is not None and t is not None:
            signs |= compare_dates(s, t)
    else:
        signs |= compare_answers(a, b)
    return signs


def read_common(a: Unit, b: Unit) -> Signs:
    """The signs that answers of every family have."""
    x, y = a.fact, b.fact
    later = days_between(x.said if x.said != NEVER else None, y.said if y.said != NEVER else None)
    groups = [f.voice.group if f.voice else "" for f in (x, y)]
    return {
        "questions alike": cosine(a.answer.vector, b.answer.vector),
        "claims alike": cosine(x.claim.vector, y.claim.vector),
        "claims in like words": overlap(stems_of(x.claim.text), stems_of(y.claim.text)),
        "days between reports": scale(later),
        "days between moments": scale(days_between(find_moment(x), find_moment(y))),
        "one report": float(x.report.id == y.report.id),
        "one outlet": float(bool(x.report.outlet) and x.report.outlet == y.report.outlet),
        "one voice": 1.0 if groups[0] and groups[0] == groups[1] else -1.0 if all(groups) else 0.0,
        "one origin": 1.0 if x.origin and x.origin == y.origin else 0.0,
        "denials": float(x.contrary) + float(y.contrary),
        "one denies": float(x.contrary != y.contrary),
        "not asserted": float(x.claim.stands != "asserted") + float(y.claim.stands != "asserted"),
        "yet to come": float(x.planned) + float(y.planned),
        "scope": float(x.scope != y.scope) + float(bool(scope_differs(x, y))),
        "background": float(bool(a.answer.background)) + float(bool(b.answer.background)),
        "sourced": float(x.attribution is not None) + float(y.attribution is not None),
        "a later version": float(bool(x.superseded or y.superseded)),
        "said where": compare_places(x, y),
    }


def compare_figures(a: Fact, b: Fact, x: Figure, y: Figure) -> Signs:
    """The signs of two figures."""
    one, other = middle(x), middle(y)
    grown = math.log((other + 1) / (one + 1)) if one >= 0 and other >= 0 else 0.0
    known = all(f.low is not None or f.high is not None for f in (x, y))
    return {
        "equal": float(agree(x, y)),
        "both possible": float(allowed(widen(x), widen(y))),
        "bounds": float(x.bound != "exact") + float(y.bound != "exact"),
        "one bound": float(x.bound == y.bound),
        "vague": float(is_vague(x)) + float(is_vague(y)),
        "far apart": float(known and far_apart(x, y)),
        "grown": max(-MOST_RATIO, min(MOST_RATIO, grown)),
        "size": min(12.0, math.log1p(max(abs(one), abs(other)))),
        "unit": compare_words(x.unit, y.unit, blank=0.0),
        "state": compare_words(name_family(x.state), name_family(y.state)),
        "counted": overlap(counted_stems(x.of), counted_stems(y.of)) if x.of and y.of else -1.0,
        "part": compare_words(x.part, y.part, blank=0.0),
        "stretch of time": compare_words(x.window_kind, y.window_kind),
        "replaced": float(is_replaced(a)) + float(is_replaced(b)),
        "nothing": float(one == 0) + float(other == 0),
        "reckoned": float(x.text.endswith("(reckoned)")) + float(y.text.endswith("(reckoned)")),
    }


def compare_dates(s: Time, t: Time) -> Signs:
    """The signs of two dates, as half-open intervals."""
    if s.earliest is None or t.earliest is None:
        return {}
    a, b = (s.earliest, s.latest or s.earliest + DAY), (t.earliest, t.latest or t.earliest + DAY)
    apart = max(0.0, max(a[0], b[0]).timestamp() - min(a[1], b[1]).timestamp()) / 86_400
    widths = [math.log1p(max(0.0, (end - begin) / DAY)) for begin, end in (a, b)]
    return {
        "equal": float(abs(a[0] - b[0]) < DAY and abs(a[1] - b[1]) < DAY),
        "one in the other": float(a[0] < b[1] and b[0] < a[1]),
        "days between dates": min(MOST_DAYS, math.log1p(apart)),
        "moved": scale((b[0] - a[0]) / DAY),
        "longer": max(widths),
        "lengths": abs(widths[0] - widths[1]),
        "reference": float(s.value.endswith("_REF")) + float(t.value.endswith("_REF")),
    }


def compare_answers(a: Unit, b: Unit) -> Signs:
    """The signs of two answers in words."""
    texts = [unit.words for unit in (a, b)]
    words = [stems_of(text) for text in texts]
    numbers = [frozenset(w for w in text.split() if w[:1].isdigit()) for text in texts]
    return {
        "kind": float(KINDS.index(a.answer.kind)) if a.answer.kind == b.answer.kind else -1.0,
        "answers in like words": overlap(*words),
        "one within the other": max(share(words[0], words[1]), share(words[1], words[0])),
        "numbers": -1.0 if not all(numbers) else overlap(*numbers),
        "names": overlap(*(frozenset(w for w in text.split()[1:] if w[:1].isupper()) for text in texts)),
        "predicate": compare_words(a.answer.predicate, b.answer.predicate),
        "event": compare_words(a.fact.claim.event, b.fact.claim.event),
        "negated": float(a.fact.claim.polarity != b.fact.claim.polarity),
        "longer": min(6.0, math.log1p(max(map(len, words)))),
    }


def cosine(x: bytes, y: bytes) -> float:
    """The cosine of two vectors in 8 bits; 0 where one is missing."""
    if not x or len(x) != len(y):
        return 0.0
    a, b = numbers_of(x), numbers_of(y)
    return float(a @ b)


@lru_cache(maxsize=50_000)
def numbers_of(vector: bytes) -> Any:
    """A vector in 8 bits as numbers, of length 1."""
    found = np.frombuffer(vector, np.int8).astype(np.float32)
    return found / (np.sqrt(found @ found) or 1.0)


@lru_cache(maxsize=50_000)
def counted_stems(words: str) -> frozenset[str]:
    """The stems of what is counted."""
    return frozenset(stem(word) for word in words.split())


def overlap(x: frozenset[str], y: frozenset[str]) -> float:
    """The share of words that two have in common (Jaccard 1901)."""
    return len(x & y) / len(x | y) if x or y else 0.0


def share(x: frozenset[str], y: frozenset[str]) -> float:
    """The share of the words of one that the other has."""
    return len(x & y) / len(x) if x else 0.0


def compare_words(x: str, y: str, blank: float = -0.5) -> float:
    """1 for one word twice, -1 for two, `blank` where one is missing."""
    if not x or not y:
        return blank if x != y else 0.5
    return 1.0 if x == y else -1.0


def compare_places(a: Fact, b: Fact) -> float:
    """1 for one place, -1 for two, 0 where one is not told."""
    x, y = a.claim.place, b.claim.place
    if x is None or y is None or x.geonames_id is None or y.geonames_id is None:
        return 0.0
    return 1.0 if x.geonames_id == y.geonames_id else -1.0


def days_between(x: datetime | None, y: datetime | None) -> float | None:
    """The days from one moment to another; None where one is unknown."""
    return None if x is None or y is None else (y - x) / DAY


def scale(days: float | None) -> float:
    """Days in logarithms, with their sign; 0 for none."""
    return 0.0 if days is None else math.copysign(min(MOST_DAYS, math.log1p(abs(days))), days)
