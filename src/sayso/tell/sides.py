"""The answers to a point beside each other: who gives which, the newest first."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from sayso.grammar.questions import reads_well
from sayso.record import Answer, Point, Value
from sayso.tell.conflicts import is_said, key_answer
from sayso.tell.phrases import quote
from sayso.tell.sentences import stands_alone
from sayso.tell.sources import Sources, borrow_name
from sayso.tell.tongues import _, in_english, mark, ngettext
from sayso.weigh.facts import EVER
from sayso.weigh.matching.signs import stack_vectors
from sayso.weigh.topics import name_family

LONGEST_ANSWER = 22
"""Words of an answer in words; a longer one is not shown."""
NEAR = 0.75
"""Cosine of what two values are answers to from which on they answer the same: on stories with keys, nine in ten do."""
APART, ONE_MATTER = 0.3, 0.55
"""Cosine of two claims up to which they have nothing to do with each other, and that of two of one matter."""
ABBREVIATED = re.compile(r"\b[A-Za-z]\.[A-Za-z]\.$")
NAMES_MONTH = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|\d[/.-]\d")
NUMBER_WORD = re.compile(
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thir|fif|twen|for|eigh)", re.IGNORECASE
)
LETTER = re.compile(r"[^\W\d_]")
ONE_DAY = timedelta(days=1)
YES, NO = mark("yes"), mark("no")


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


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in the words of the claim that answers it first, and its sides, the newest first."""

    question: str
    sides: tuple[Side, ...]


def ask_values(point: Point, sources: Sources) -> Asked | None:
    """A figure or date as its newest value has it: the question is that of its own claim, and beside it stand only the
    values that are as good as sure to answer that. None where no value has a question of its own, or one report alone
    answers it.

    A report that gives several values tells what others had said before, so that none of them is its newest.
    """
    told = [(value, answer) for value in point.values if (answer := find_answer(point, value, sources))]
    told.sort(key=lambda one: moment(one[0], sources), reverse=True)
    keys: dict[str, set[Hashable]] = {}
    for value in (one[0] for one in told):
        keys.setdefault(value.report, set()).add(key_answer(point, value))
    for value, answer in told:
        if answer.question and reads_well(answer.question) and len(keys[value.report]) == 1:
            near = stack_vectors([answer.vector, *(other.vector for _, other in told)])
            alike = near[1:] @ near[0]
            kept = [
                one
                for (one, other), like in zip(told, alike.tolist(), strict=True)
                if one is value or (like >= NEAR and name_family(other.state) == name_family(answer.state))
            ]
            sides = join_values(point, kept, sources)
            if len({one.report for one in kept}) > 1:
                return Asked(answer.question, tuple(sides))
    return None


def find_answer(point: Point, value: Value, sources: Sources) -> Answer | None:
    """The answer of its claim that a value is, None where nobody said it, it is of a part or of another time."""
    if not is_said(point, value) or value.scope:
        return None
    claim = sources.find(value.claim)[1]
    found = (a for a in claim.answers if (a.start, a.end, a.kind) == (value.start, value.end, point.kind))
    return next((a for a in found if not a.background and not a.part and not a.reckoned), None)


def join_values(point: Point, values: Sequence[Value], sources: Sources) -> list[Side]:
    """The sides of some figures or dates: equal ones are one, the one told last first; of several told by one report,
    the one that came up last."""
    found: dict[Hashable, list[Value]] = {}
    for value in values:
        denied = point.kind == "figure" and sources.is_denied(value.claim)
        found.setdefault((key_answer(point, value), denied), []).append(value)
    sides = [
        Side(
            tuple(sorted(some, key=lambda v: moment(v, sources), reverse=True)),
            denied=point.kind == "figure" and sources.is_denied(some[0].claim),
        )
        for some in found.values()
    ]
    return sorted(
        sides, key=lambda s: (moment(s.newest, sources)[0], moment(s.oldest, sources)[0], len(s.reports)), reverse=True
    )


def ask_words(point: Point, sources: Sources) -> Asked | None:
    """An answer in words and what stands against it: two claims of one matter of which one says no to the other's yes,
    or excludes or replaces it. None where no two do that can be quoted to a reader who has read nothing else."""
    told = [value for value in point.values if is_said(point, value) and tells_alone(value, sources)]
    if len(told) < 2:
        return None
    vectors = stack_vectors([sources.find(value.claim)[1].vector for value in told])
    alike = vectors @ vectors.T
    support = np.maximum(alike - APART, 0).sum(axis=1)
    pairs = [
        (n, m) for n, m in (sorted(pair) for pair in find_opposed(point, told)) if told[n].report != told[m].report
    ]
    for n, m in sorted(pairs, key=lambda p: -float(alike[p] * (support[p[0]] + support[p[1]]))):
        if alike[n, m] < ONE_MATTER:
            continue
        asked = (ask_whether(told[at], sources) for at in sorted((n, m), key=lambda at: told[at].word == "no"))
        if question := next(filter(None, asked), ""):
            sides = sorted((told[n], told[m]), key=lambda v: moment(v, sources), reverse=True)
            return Asked(question, tuple(Side((value,)) for value in sides))
    return None


def ask_whether(value: Value, sources: Sources) -> str:
    """The question whether a claim is so, "" where its grammar gave none."""
    answers = sources.find(value.claim)[1].answers
    return next((a.question for a in answers if a.kind == "yes-no" and a.question and reads_well(a.question)), "")


def find_opposed(point: Point, told: Sequence[Value]) -> frozenset[frozenset[int]]:
    """The pairs of values, by their place, of which one excludes or replaces the other, or says no to its yes."""
    at = {id(value): n for n, value in enumerate(told)}
    related = {
        frozenset((at[id(point.values[r.a])], at[id(point.values[r.b])]))
        for r in point.relations
        if r.relation in ("contradiction", "revision") and id(point.values[r.a]) in at and id(point.values[r.b]) in at
    }
    words = [value.word for value in told]
    unlike = {
        frozenset((n, m))
        for n, one in enumerate(words)
        for m, other in enumerate(words[:n])
        if {one, other} == {"yes", "no"}
    }
    return frozenset(related | unlike)


def choose_sides(sides: Sequence[Side], most: int) -> list[Side]:
    """The sides to show, in their order: the newest, then those that most reports give."""
    rest = sorted(range(1, len(sides)), key=lambda n: -len(sides[n].reports))
    return [sides[n] for n in sorted((0, *rest)[:most])]


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
    named = borrow_name(who)
    told_by = (
        ngettext("{who} and {number} other", "{who} and {number} others", others, who=named)
        if others
        else named
        if who == outlet
        else f"{named}, {outlet}"
    )
    answer = _("not {answer}", answer=words) if side.denied else words
    return f"{answer} ({told_by}, {sources.day(sources.report(first).published)})"


def say_answer(point: Point, value: Value, sources: Sources) -> str:
    """The words of an answer: those of the value, yes or no, or a quotation; "" where they say nothing."""
    words = trim_end(" ".join((value.words or value.word or "").split()))
    if value.word in ("yes", "no") and value.words in ("", value.word):
        return _(value.word)
    if point.kind in ("figure", "date"):
        if words.casefold() in ("a", "an"):
            words = "one"
        if NUMBER_WORD.match(words):
            words = words[:1].lower() + words[1:]
        words = sources.lower_first(words, sources.reading(value.claim)) if words else ""
        words = words if in_english() or not LETTER.search(words) else quote(words)
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
