"""The answers to a point: which are of one thing, how each is said, and what of it can be quoted alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sayso.record import Answer, Point, Value
from sayso.tell.conflicts import is_said
from sayso.tell.phrases import quote
from sayso.tell.sentences import OWN, stands_alone, take_sentence
from sayso.tell.sources import Sources
from sayso.tell.tongues import _, in_english, mark
from sayso.weigh.details import stem
from sayso.weigh.facts import EVER
from sayso.weigh.topics import is_sum, name_family

LONGEST_ANSWER = 28
"""Words of an answer in words; a longer one is not shown."""
NEAR = 0.7
"""Cosine of what two values are answers to from which on they answer the same: on stories with keys, nine in ten do."""
LIKE = 0.5
"""How much of their words two questions have in common that are one."""
WORD = re.compile(r"[^\W_]{2,}")
ASKS = frozenset(
    "how many much when where who whom what which by at from in on to of for the is are was were has have had do "
    "does did will would can could may might must shall should been be".split()
)
"""Words of questions that say nothing of what they ask about."""
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
    """A question in the words of the claim that answers it first, and its sides, the newest first; `state` is that of
    those who are counted, "" where it is no count of people in a state; `head` is the value whose claim says what a
    figure is of."""

    question: str
    sides: tuple[Side, ...]
    state: str = ""
    head: Value | None = None


def are_of_one_kind(a: Answer, b: Answer) -> bool:
    """Whether two values are in one unit and of those in one state."""
    return a.unit == b.unit and name_family(a.state) == name_family(b.state)


def are_of_one_thing(a: Answer, b: Answer) -> bool:
    """Whether two values count the same, in the same state or under the same verb."""
    one, other = (set(list_stems(answer.of)) for answer in (a, b))
    return bool(one & other or (is_sum(a.unit) and not (one and other))) and bool(
        (a.state and name_family(a.state) == name_family(b.state)) or (a.predicate and a.predicate == b.predicate)
    )


def count_one(a: Answer, b: Answer) -> bool:
    """Whether what two values count has a noun in common, or neither names any."""
    one, other = (set(list_stems(answer.of)) for answer in (a, b))
    return bool(one & other) or not (one or other)


def ask_alike(a: Answer, b: Answer) -> bool:
    """Whether two answers are to one question: theirs have most words in common and are of one kind."""
    one, other = (list_stems(answer.question) for answer in (a, b))
    return bool(one and other) and len(one & other) >= LIKE * len(one | other) and are_of_one_kind(a, b)


def list_stems(question: str) -> frozenset[str]:
    """The stems of a question's words but for those that ask."""
    return frozenset(stem(word) for word in WORD.findall(question.casefold()) if word not in ASKS)


def find_answer(point: Point, value: Value, sources: Sources) -> Answer | None:
    """The answer of its claim that a value is, None where nobody said it, it is of a part or of another time."""
    if not is_said(point, value) or value.scope:
        return None
    claim = sources.find(value.claim)[1]
    found = (a for a in claim.answers if (a.start, a.end, a.kind) == (value.start, value.end, point.kind))
    return next((a for a in found if not a.background and not a.part and not a.reckoned), None)


def tell_alone(value: Value, sources: Sources) -> str:
    """The words of a claim, or of its sentence, that can be quoted to a reader who has read nothing else, else ""."""
    reading, claim = sources.find(value.claim)
    words = " ".join(claim.text.split()).strip(" .,;:–—-")
    if not claim.form:
        return ""
    told = words if stands_alone(sources, reading, claim, words) else take_sentence(sources, reading, claim)
    return told if len(told.split()) <= LONGEST_ANSWER and not OWN.search(told) else ""


def moment(value: Value, sources: Sources) -> tuple[datetime, datetime]:
    """When a value was told, then of when it speaks: what puts values in order."""
    return sources.published(value.claim), value.as_of or EVER


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
