"""What readers answer with, and the choices that many of them share: which year, which period, which part."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sayso.extract.times.anchors import Anchor, Found
from sayso.extract.times.grammar import Hit
from sayso.extract.times.periods import Period, day_of, part_of
from sayso.extract.times.words import SHAPES, load_lexicon, load_words
from sayso.record import Problem

Answer = Found | Problem | list[Found | Problem] | None
"""A time, what is wrong with the words, both ends of a range, or nothing."""

EDGE_SHARES = {
    "first half of": (0.0, 0.5),
    "second half of": (0.5, 1.0),
    "latter half of": (0.5, 1.0),
    "early part of": (0.0, 0.334),
    "late part of": (0.666, 1.0),
    "latter part of": (0.666, 1.0),
}
REFERENCES = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}
"""TIMEX3 values of what cannot be dated, by where it points."""

GRAIN_OF_UNIT = {
    "1D": "day",
    "1W": "week",
    "1WE": "weekend",
    "1M": "month",
    "3M": "quarter",
    "6M": "half",
    "1Y": "year",
    "10Y": "decade",
    "100Y": "century",
}
BACKWARDS = "ends before it begins: read as no date"
"""What is wrong with a reversed range."""
CENTURY = 100
YEARS_AHEAD = 10
"""How far ahead of publication a year of two digits may lie."""


def found_period(hit: Hit, period: Period) -> Found:
    """A date that is one period of the calendar."""
    kind = "TIME" if period.grain in ("part", "minute") else "DATE"
    return Found(hit.start, hit.end, kind, period.value, period.start, period.end, period)


def found_edge(hit: Hit, period: Period) -> Found:
    """A date, perhaps narrowed by "early" or "the end of": the value of the whole, the interval of the part."""
    share = share_of(hit.tokens("edge"))
    if share is None:
        return found_period(hit, period)
    value = period.value
    if share in ((0.0, 0.5), (0.5, 1.0)) and period.grain == "year":
        value = f"{value}-H{1 if share[0] == 0 else 2}"
    start, end = part_of(period, *share)
    return Found(hit.start, hit.end, "DATE", value, start, end, period)


def found_value(hit: Hit, value: str) -> Found:
    """A date of which only the value can be told."""
    return Found(hit.start, hit.end, "DATE", value)


def share_of(edge: list[str]) -> tuple[float, float] | None:
    """Which share of a period the words of an edge name; None for none."""
    words = [word for word in edge if word not in ("the", "its", "very", "-", "–")]
    shares = EDGE_SHARES.get(" ".join(words))
    if shares:
        return shares
    tables = [load_lexicon().values[name] for name in ("EDGE", "EDGE_NOUN")]
    named = [table[word] for word in words for table in tables if word in table]
    return (named[0][0], named[-1][1]) if named else None


def pair(first: Answer, one: tuple[int, int], second: Answer, two: tuple[int, int]) -> Answer:
    """Both ends of a range, each with its own words."""
    ends: list[Found | Problem] = []
    for found, (start, end) in ((first, one), (second, two)):
        if not isinstance(found, Found):
            return found
        ends.append(replace(found, start=start, end=end))
    return ends


def complain(hit: Hit, message: str) -> Problem:
    """What is wrong with the words of a hit."""
    words = hit.words.text[hit.start : hit.end]
    return Problem(step="find_times", message=f"“{words}” {message}", start=hit.start, end=hit.end)


def year_of(hit: Hit, anchor: Anchor) -> int | None:
    """The year that the piece "year" names, in full."""
    token = hit.text("year")
    if not token:
        return None
    number = hit.number("year")
    return number if len(token.strip("'’")) > 2 else full_year(number, anchor)


def full_year(number: int, anchor: Anchor) -> int:
    """A year of two digits in full: the last one that lies at most ten years ahead of publication."""
    pivot = (anchor.now.year if anchor.now else 2025) + YEARS_AHEAD
    year = pivot // CENTURY * CENTURY + number
    return year if year <= pivot else year - CENTURY


NOT_FARTHER = timedelta(days=300)
"""How far the verb alone may put a date: who means an earlier or later one says the year, or "last"."""
PAST_BIAS = 2
"""News looks back: without a verb that tells, a date ahead counts as so many times as far."""


def nearest(candidates: list[Period], anchor: Anchor, lean: int) -> Period | None:
    """The candidate that the verb chooses, the last not after today or the first not before it, unless it is too far;
    else the nearest."""
    if anchor.now is None or not candidates:
        return None
    today = day_of(anchor.now)
    back = [p for p in candidates if p.start < today.end]
    ahead = [p for p in candidates if p.end > today.start]
    last = max(back, key=lambda p: p.start, default=None)
    first = min(ahead, key=lambda p: p.start, default=None)
    if lean < 0 and last and today.start - last.end <= NOT_FARTHER:
        return last
    if lean > 0 and first and first.start - today.end <= NOT_FARTHER:
        return first
    if last is None or first is None:
        return last or first
    ahead_by, back_by = first.start - today.end, today.start - last.end
    return first if ahead_by * PAST_BIAS < back_by else last


def begun(candidates: list[Period], hit: Hit, anchor: Anchor) -> list[Period]:
    """The candidates that "since" leaves: those that have begun; all of them after other words."""
    if hit.before != "since" or anchor.now is None:
        return candidates
    end = day_of(anchor.now).end
    return [period for period in candidates if period.start < end] or candidates


def direction_of(way: str) -> int:
    """Where "last", "next", "previous" and the like point: -1, 0 or 1."""
    values = load_lexicon().values
    tables = ("LAST", "NEXT", "THIS", "PAST", "COMING", "PREVIOUS", "FOLLOWING", "SAME")
    return next((int(values[table][way]) for table in tables if way in values[table]), 0)


def counts_something(hit: Hit) -> bool:
    """Whether the number that ends a hit counts the next word ("in March 12 soldiers"). A year does not, where that
    word begins a sentence ("3 May 2019 Police said"): nobody writes what is counted with a capital."""
    if hit.words.shape[hit.last] == SHAPES["YEAR"] and hit.words.written(hit.last + 1)[:1].isupper():
        return False
    return hit.after in load_words("counted") or hit.after in ("%", "°")


def ends_phrase(hit: Hit) -> bool:
    """Whether nothing follows that "the day after" could be the day after of."""
    after = hit.words.written(hit.last + 1)
    if not after or after.lower() in ("and", "but", "when", "as", "in", "since", "because"):
        return True
    return not after[0].isalnum() and after[0] not in "“\"'‘"


def is_name_before(hit: Hit) -> bool:
    """Whether the word right before a hit is capitalised as a name's is."""
    before = hit.words.written(hit.first - 1)
    return before[:1].isupper() and hit.first > 0 and hit.words.ends[hit.first - 1] == hit.start - 1
