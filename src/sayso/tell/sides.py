"""The answers to a point beside each other: who gives which, the newest first."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from sayso.record import Point, Value
from sayso.tell.conflicts import is_said, key_answer
from sayso.tell.phrases import quote
from sayso.tell.sentences import stands_alone
from sayso.tell.sources import Sources
from sayso.weigh.facts import EVER
from sayso.weigh.matching.signs import stack_vectors

LONGEST_ANSWER = 14
"""Words of an answer in words; a longer one is not shown."""
ALIKE = 0.75
"""Cosine of two claims from which on one of them beside the other would tell nothing new."""
APART = 0.3
"""Cosine of two claims up to which they have nothing to do with each other."""
OPPOSED, LEAST = 1.0, 0.3
"""How much more an answer is worth that stands against one chosen before; how little, to the first, is too little."""
ABBREVIATED = re.compile(r"\b[A-Za-z]\.[A-Za-z]\.$")
NAMES_MONTH = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|\d[/.-]\d")
NUMBER_WORD = re.compile(
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thir|fif|twen|for|eigh)", re.IGNORECASE
)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Side:
    """One answer and all values that give it, the newest first; `denied` where they say that it is not so."""

    values: tuple[Value, ...]
    denied: bool = False

    @property
    def newest(self) -> Value:
        """The value that was told last."""
        return self.values[0]

    @property
    def oldest(self) -> Value:
        """The value that was told first."""
        return self.values[-1]

    @property
    def reports(self) -> frozenset[str]:
        """The reports that give it."""
        return frozenset(value.report for value in self.values)


def gather_sides(point: Point, sources: Sources) -> list[Side]:
    """The answers to a point, the newest first: equal values, and those that weighing holds for the same in other
    words, are one."""
    group: dict[int, int] = {}
    first: dict[Hashable, int] = {}
    for at, value in enumerate(point.values):
        if is_said(point, value):
            denied = point.kind == "figure" and sources.is_denied(value.claim)
            key = (key_answer(point, value), denied) if point.kind in ("figure", "date") else (value.claim, denied)
            group[at] = first.setdefault(key, at)
    for relation in point.relations:
        if relation.relation == "same" and relation.a in group and relation.b in group:
            keep, drop = sorted((group[relation.a], group[relation.b]))
            group = {at: keep if head == drop else head for at, head in group.items()}
    sides: dict[int, list[Value]] = {}
    for at, head in group.items():
        sides.setdefault(head, []).append(point.values[at])
    found = [
        Side(
            tuple(sorted(values, key=lambda v: moment(v, sources), reverse=True)),
            denied=point.kind == "figure" and sources.is_denied(values[0].claim),
        )
        for values in sides.values()
    ]
    return sort_sides(found, sources)


def sort_sides(sides: Iterable[Side], sources: Sources) -> list[Side]:
    """The sides, first the one told last and, of several told by one report, which may tell over again what was said
    before, the one that came up last."""
    return sorted(
        sides, key=lambda s: (moment(s.newest, sources)[0], moment(s.oldest, sources)[0], len(s.reports)), reverse=True
    )


def choose_sides(point: Point, sides: Sequence[Side], most: int, sources: Sources) -> list[Side]:
    """The sides to show, the newest first: the newest, then those that most reports give; of answers in words, those
    nearest to what all of them speak of, each unlike those before it."""
    if point.kind in ("figure", "date"):
        against = list_opposed(point, sides)
        rest = sorted(range(1, len(sides)), key=lambda n: (n not in against, -len(sides[n].reports)))
        chosen = [sides[n] for n in (0, *rest)][:most]
    else:
        chosen = choose_tellings(point, sides, most, sources)
    return sort_sides(chosen, sources)


def choose_tellings(point: Point, sides: Sequence[Side], most: int, sources: Sources) -> list[Side]:
    """Of answers in words, those that say by themselves what they say, each in its best telling: first what most
    reports tell, then what is told against or unlike those chosen before."""
    told = [value for side in sides for value in side.values]
    vectors = stack_vectors([sources.find(value.claim)[1].vector for value in told])
    alike = vectors @ vectors.T
    row = np.unique([value.report for value in told], return_inverse=True)[1]
    told_by = np.stack([alike[:, row == report].max(axis=1) for report in range(row.max() + 1)], axis=1)
    worth = np.maximum(told_by - APART, 0).mean(axis=1)
    asked = [n for n, value in enumerate(told) if asks(value, point.question, sources)]
    if asked:
        worth = worth * np.maximum(alike[asked].max(axis=0), 0)
    against = find_opposed(point, told)
    chosen: list[int] = []
    free = [n for n in np.argsort(-worth, kind="stable").tolist() if tells_alone(told[n], sources)]
    while free and len(chosen) < most:
        best = max(free, key=lambda n: worth[n] * (1 + OPPOSED * any(frozenset((n, c)) in against for c in chosen)))
        if chosen and worth[best] < LEAST * worth[chosen[0]]:
            break
        chosen.append(best)
        free = [n for n in free if n != best and alike[best, n] < ALIKE]
    return [Side((told[n],)) for n in chosen]


def list_opposed(point: Point, sides: Sequence[Side]) -> frozenset[int]:
    """The places of the sides that stand in a contradiction."""
    at = {id(value): n for n, side in enumerate(sides) for value in side.values}
    opposed = (point.values[n] for r in point.relations if r.relation == "contradiction" for n in (r.a, r.b))
    return frozenset(at[id(value)] for value in opposed if id(value) in at)


def asks(value: Value, question: str, sources: Sources) -> bool:
    """Whether a point's question is that of the claim of a value."""
    return any(answer.question == question for answer in sources.find(value.claim)[1].answers)


def find_opposed(point: Point, told: Sequence[Value]) -> frozenset[frozenset[int]]:
    """The pairs of values, by their place, of which one excludes or replaces the other, or says no to its yes."""
    at = {id(value): n for n, value in enumerate(told)}
    related = {
        frozenset((at[id(a)], at[id(b)]))
        for r in point.relations
        if r.relation in ("contradiction", "revision")
        and id(a := point.values[r.a]) in at
        and id(b := point.values[r.b]) in at
    }
    words = [value.word for value in told]
    unlike = {
        frozenset((n, m))
        for n, one in enumerate(words)
        for m, other in enumerate(words[:n])
        if {one, other} == {"yes", "no"}
    }
    return frozenset(related | unlike)


def tells_alone(value: Value, sources: Sources) -> bool:
    """Whether the claim of an answer in words can be quoted to a reader who has read nothing else."""
    reading, claim = sources.find(value.claim)
    words = " ".join(claim.text.split()).strip(" .,;:–—-")
    return len(words.split()) <= LONGEST_ANSWER and stands_alone(reading, claim, words)


def moment(value: Value, sources: Sources) -> tuple[datetime, datetime]:
    """When a value was told, then of when it speaks: what puts values in order."""
    return sources.published(value.claim), value.as_of or EVER


def say_side(point: Point, side: Side, sources: Sources) -> str:
    """One answer with who gives it: "at least 12 (the mayor and 2 others, 26 Mar)"; "" where its words say nothing."""
    words = say_answer(point, side.newest, sources)
    if not words:
        return ""
    first = side.newest.claim
    outlet = sources.outlet(first)
    who = sources.who(first) or outlet
    same = side.values if point.kind in ("figure", "date") else ()
    others = len({sources.who(v.claim) or sources.outlet(v.claim) for v in same} - {who})
    told_by = (
        f"{who} and {others} other{'s' * (others > 1)}" if others else who if who == outlet else f"{who}, {outlet}"
    )
    return f"{'not ' if side.denied else ''}{words} ({told_by}, {sources.day(sources.report(first).published)})"


def say_answer(point: Point, value: Value, sources: Sources) -> str:
    """The words of an answer: those of the value, yes or no, or a quotation; "" where they say nothing."""
    words = trim_end(" ".join((value.words or value.word or "").split()))
    if value.word in ("yes", "no") and value.words in ("", value.word):
        return value.word
    if point.kind in ("figure", "date"):
        if words.casefold() in ("a", "an"):
            words = "one"
        if NUMBER_WORD.match(words):
            words = words[:1].lower() + words[1:]
        words = sources.lower_first(words, sources.reading(value.claim)) if words else ""
        return f"{words}, {sources.day(day)}" if words and (day := find_day(value, words)) else words
    return quote(sources.find(value.claim)[1].text)


def find_day(value: Value, words: str) -> datetime | None:
    """The day that words mean which name it only as seen from their report ("early on Tuesday"); else None."""
    if value.earliest is None or value.latest is None or NAMES_MONTH.search(words):
        return None
    middle = value.earliest + (value.latest - value.earliest) / 2
    return middle if value.latest - value.earliest <= ONE_DAY else None


def trim_end(words: str) -> str:
    """Words without the marks after them; the last full stop of an abbreviation ("7:30 p.m.") stays."""
    cut = words.strip(" ,;:")
    return cut if ABBREVIATED.search(cut) else cut.strip(" .,;:")
