"""Of what moment, and of how much of the matter, an answer speaks."""

from __future__ import annotations

import re
from datetime import datetime

from sayso.extract.figures.quantities import load_counted
from sayso.weigh.facts import NEVER, Fact

MOVED = re.compile(r"\b(up|down|compared) (from|with)\s*$", re.IGNORECASE)
"""Words before a figure that another has replaced: it answers the same question."""
TO = re.compile(r"\b(to|at|reach\w*|hit|stands? at)\s*$", re.IGNORECASE)
"""Words before a figure that a count has come to, where a verb of change stands before them."""
NOW = re.compile(r"\bnow\b", re.IGNORECASE)
FROM = re.compile(r"\bfrom\s*$", re.IGNORECASE)
"""The same where a verb of change stands before."""


def moment_of(fact: Fact) -> datetime:
    """The moment that a fact speaks of: its figure's as-of, else the first telling of its origin, else publication. Who
    tells that a count has moved to a figure tells it after what the same source told first."""
    figure = fact.claim.figure
    if figure and figure.as_of:
        return figure.as_of
    return min(fact.first, fact.said) if fact.first and not has_moved(fact) else fact.said


def has_moved(fact: Fact) -> bool:
    """Whether a claim gives its figure as what a count has come to ("rose by 30 to 1,264", "now puts it at 64")."""
    figure = fact.claim.figure
    if figure is None or is_replaced(fact):
        return False
    before = fact.claim.text[: max(0, figure.start - fact.claim.start)]
    to = TO.search(before) is not None and not load_counted()["changes"].isdisjoint(before.casefold().split())
    return to or NOW.search(before) is not None


def find_moment(fact: Fact) -> datetime | None:
    """The same, None where it is unknown."""
    return moment if (moment := moment_of(fact)) != NEVER else None


def is_replaced(fact: Fact) -> bool:
    """Whether a claim gives its figure as the one that was there before ("up from 8,000", "rose from 8,000 to")."""
    figure = fact.claim.figure
    if figure is None:
        return False
    before = fact.claim.text[: max(0, figure.start - fact.claim.start)]
    if MOVED.search(before):
        return True
    return FROM.search(before) is not None and not load_counted()["changes"].isdisjoint(before.casefold().split())


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
