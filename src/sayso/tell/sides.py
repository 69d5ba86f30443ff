"""The answers to a point: which are of one thing, and how each is said."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sayso.record import Answer, Point, Relation, Value
from sayso.tell.conflicts import is_said
from sayso.tell.phrases import quote
from sayso.tell.sources import CALENDAR, Sources
from sayso.tell.tongues import _, in_english, mark
from sayso.weigh.details import stem
from sayso.weigh.facts import EVER
from sayso.weigh.topics import name_family

LIKELY, DISPUTED = {"figure": 0.5, "date": 0.5}, {"figure": 0.3, "date": 0.2}
"""How likely two answers must be to answer one question, and to be disputed, by kind of point; set on stories that were
kept from the learning."""
IN_WORDS = (0.55, 0.08)
"""The same of answers in words, which are harder to tell apart."""
SETTLED = 0.5
"""How likely a value must be to answer the question of a line or row to have no other."""
VALUED = ("figure", "date")
"""Kinds of points whose answers are told by their values; of the others, by their claims."""
AGES = "year"
"""The unit of ages: how old somebody is matters where reports differ on it."""
PLAIN = frozenset(("", "person"))
"""Units of counts, which tell of the same with and without a noun for people."""
WORD = re.compile(r"[^\W_]{2,}")
ASKS = frozenset(
    "how many much when where who whom what which by at from in on to of for the is are was were has have had do "
    "does did will would can could may might must shall should been be".split()
)
"""Words of questions that say nothing of what they ask about."""
ABBREVIATED = re.compile(r"\b[A-Za-z]\.[A-Za-z]\.$")
NAMES_MONTH = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|\d[/.-]\d")
NUMBER_WORD = re.compile(
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirt|fift|twent|fort)", re.IGNORECASE
)
ORDINAL = re.compile(r"\b(?:first|second|third|(?!month$)\w+th)$", re.IGNORECASE)
"""The last word of a value that is one more of some told before ("a third is missing"), and no count of all."""
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
    """A question or the words of a claim, and its sides, the newest first; `head` is the value whose claim has them."""

    question: str
    sides: tuple[Side, ...]
    head: Value | None = None


Chances = dict[tuple[int, int], tuple[float, float]]
"""By the positions of two values of a point, either first: how likely they answer one question, and are disputed."""


def read_chances(point: Point) -> Chances:
    """The chances of the values of a point that were reckoned."""
    return {pair: r.disputed for r in point.relations if r.disputed[0] > 0 for pair in ((r.a, r.b), (r.b, r.a))}


def is_disputed(relation: Relation, kind: str) -> bool:
    """Whether two values of a point of some kind are likely to answer one question and to be disputed, or exclude each
    other."""
    one, disputed = relation.disputed
    enough = disputed >= DISPUTED.get(kind, IN_WORDS[1]) or relation.relation == "contradiction"
    return enough and one >= LIKELY.get(kind, IN_WORDS[0])


def near(chances: Chances, n: int, others: Iterable[int]) -> float:
    """How likely a value answers the same question as the one of some others that is nearest to it."""
    return max(chances.get((n, other), (0.0, 0.0))[0] for other in others)


def are_of_one_thing(a: Answer, b: Answer) -> bool:
    """Whether nothing tells two figures apart: they are in one unit, of those in one state, and of what is called by
    one word, as far as both say so; whose age it is, both must say."""
    states = {name_family(a.state), name_family(b.state)}
    if len(states - {""}) > 1 or (a.unit != b.unit and not {a.unit, b.unit} <= PLAIN):
        return False
    one, other = (list_stems(answer.of.removeprefix("age of ")) for answer in (a, b))
    if a.unit == AGES:
        return bool(one & other)
    return "" not in states or not (one and other) or bool(one & other)


def asks_for(question: str, answer: Answer | None) -> bool:
    """Whether a question that is not its own can be one that a figure answers: it names the things that are counted,
    as far as these are told. People are called by many names."""
    things = list_stems(answer.of) if answer and not answer.unit else frozenset[str]()
    return not things or bool(things & list_stems(question))


def list_stems(question: str) -> frozenset[str]:
    """The stems of a question's words but for those that ask."""
    return frozenset(stem(word) for word in WORD.findall(question.casefold()) if word not in ASKS)


def find_answer(point: Point, value: Value, sources: Sources) -> Answer | None:
    """The answer of its claim that a value is, None where nobody said it, it is of a part or of another time."""
    if not is_said(point, value) or value.scope or (point.unit != "share" and ORDINAL.search(value.words)):
        return None
    claim = sources.find(value.claim)[1]
    found = (a for a in claim.answers if (a.start, a.end, a.kind) == (value.start, value.end, point.kind))
    return next((a for a in found if not a.background and not a.part and not a.reckoned), None)


def moment(value: Value, sources: Sources) -> tuple[datetime, datetime]:
    """When a value was told, then of when it speaks: what puts values in order."""
    return sources.published(value.claim), value.as_of or EVER


def names_time(value: Value) -> bool:
    """Whether the words of a date say which ("presently" does not)."""
    return any(letter.isdigit() for letter in value.words) or any(name in value.words for name in CALENDAR)


def say_answer(point: Point, value: Value, sources: Sources) -> str:
    """The words of an answer: those of the value, yes or no, or a quotation; "" where they say nothing."""
    words = trim_end(" ".join((value.words or value.word or "").split()))
    if value.word in ("yes", "no") and value.words in ("", value.word):
        return _(value.word)
    if point.kind in VALUED:
        words = {"a": "one", "an": "one", "no": "none"}.get(words.casefold(), words)
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
