"""The answers to a point beside each other: who gives which, the newest first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from sayso.grammar.questions import reads_well
from sayso.record import Answer, Point, Value
from sayso.tell.conflicts import is_said, key_answer
from sayso.tell.phrases import quote
from sayso.tell.sentences import OWN, stands_alone, take_sentence
from sayso.tell.sources import Sources, borrow_name
from sayso.tell.tongues import _, in_english, mark
from sayso.weigh.details import stem
from sayso.weigh.facts import EVER
from sayso.weigh.matching.signs import stack_vectors
from sayso.weigh.topics import is_sum, name_family

LONGEST_ANSWER = 28
"""Words of an answer in words; a longer one is not shown."""
NEAR = 0.7
"""Cosine of what two values are answers to from which on they answer the same: on stories with keys, nine in ten do."""
CLOSE = 0.45
"""Cosine of two claims whose values, where they answer alike, are of one thing."""
SILENT = re.compile(
    r"\b(?:declin|refus|did not|didn't|would not|wouldn't|has not|had not|no)\w*\b.{0,40}"
    r"\b(?:comment|respon[ds]|repl[yi]|answer|return|calls?\b)",
    re.IGNORECASE,
)
"""Words of somebody who says nothing on the matter."""
COUNTED = re.compile(r"How many [\w -]+ (?:were|was|are|is) [\w -]+\?$")
"""A question on how many are in a state."""
MOST_HEADS = 24
"""Claims of a figure that are tried as its head, the newest first."""
LIKE = 0.5
COPIED = 0.8
MOST_SIDES = 3
SOME = 0.34
"""How much of their words two questions have in common that are one, and that are of one matter; and two claims that
say the same."""
WORD = re.compile(r"[^\W_]{2,}")
ASKS = frozenset(
    "how many much when where who whom what which by at from in on to of for the is are was were has have had do "
    "does did will would can could may might must shall should been be".split()
)
"""Words of questions that say nothing of what they ask about."""
APART, ONE_MATTER, NEARER = 0.3, 0.45, 0.6
"""Cosine of two claims up to which they have nothing to do with each other, that of two of one matter, and that of two
that answer one question in words, whatever their own questions are."""
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


def ask_figure(point: Point, sources: Sources) -> Asked | None:
    """A figure in the words of one of its claims, and beside it the values that are as good as sure to be of the same:
    equal ones of one thing whose claims are near, and those whose own question has the same words. Of all claims
    that can be quoted alone, that beside which most reports stand, that gives no other figure and is short. None where
    one report alone gives it.

    A report that gives several values tells what others had said before, so that none of them is its newest.
    """
    told = [(value, answer) for value in point.values if (answer := find_answer(point, value, sources))]
    told.sort(key=lambda one: moment(one[0], sources), reverse=True)
    keys: dict[str, set[Hashable]] = {}
    for value in (one[0] for one in told):
        keys.setdefault(value.report, set()).add(key_answer(point, value))
    if not told:
        return None
    if counted := ask_state(point, told, keys, sources):
        return counted
    asked = stack_vectors([answer.vector for _, answer in told])
    said = stack_vectors([sources.find(value.claim)[1].vector for value, _ in told])
    best: tuple[tuple[int, int, int], Value, list[Value]] | None = None
    for n, (value, answer) in enumerate(told[:MOST_HEADS]):
        if not tell_alone(value, sources):
            continue
        alike, near = (asked @ asked[n]).tolist(), (said @ said[n]).tolist()
        kept = [
            one
            for k, (one, other) in enumerate(told)
            if k == n
            or ask_alike(answer, other)
            or (
                key_answer(point, one) == key_answer(point, value)
                and are_of_one_kind(answer, other)
                and count_one(answer, other)
                and alike[k] >= NEAR
                and near[k] >= CLOSE
            )
        ]
        reports = len({one.report for one in kept})
        if reports < 2 or is_outdated(answer, kept, told, sources):
            continue
        figures = sum(a.kind == "figure" for a in sources.find(value.claim)[1].answers)
        worth = reports, -figures, -len(tell_alone(value, sources))
        if best is None or worth > best[0]:
            best = worth, value, kept
    return Asked("", tuple(join_values(point, best[2], sources)), head=best[1]) if best else None


def is_outdated(answer: Answer, kept: Sequence[Value], told: Sequence[tuple[Value, Answer]], sources: Sources) -> bool:
    """Whether later reports count the same in other numbers than those kept, of which it is not sure that they are of
    the same: then nothing is said to be the newest."""
    last = max(moment(value, sources)[0] for value in kept)
    nouns = set(list_stems(answer.of))
    return any(
        value not in kept
        and moment(value, sources)[0] > last
        and other.unit == answer.unit
        and (nouns & set(list_stems(other.of)) or (not nouns and not other.of))
        for value, other in told
    )


def ask_state(
    point: Point, told: Sequence[tuple[Value, Answer]], keys: Mapping[str, set[Hashable]], sources: Sources
) -> Asked | None:
    """How many people are in the state that most of a point's values have (killed, missing, rescued): the question is
    the point's, the values those in that state. None where they are in none, or one report alone counts them."""
    states = Counter(name_family(answer.state) for _, answer in told)
    state, n = states.most_common(1)[0]
    if not state or 2 * n <= len(told) or not COUNTED.match(point.question):
        return None
    kept = [
        one
        for one, answer in told
        if name_family(answer.state) == state and answer.unit in ("", "person") and answer.of
    ]
    sides = join_values(point, kept, sources)
    firm = [side for side in sides if len(side.reports) > 1]
    first = next((side for side in sides if len(keys[side.newest.report]) == 1), None)
    if first is None or len({one.report for one in kept}) < 2:
        return None
    return Asked(point.question, (first, *(side for side in firm or sides if side is not first)), state)


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


def ask_open(point: Point, sources: Sources) -> Asked | None:
    """What is in dispute on a point: claims of one matter, each in its own words, of which one excludes or replaces
    another, or says no to its yes. None where no two do that can be quoted to a reader who has read nothing else."""
    valued = point.kind in ("figure", "date")
    told = [
        value
        for value in point.values
        if is_said(point, value)
        and SILENT.search(value.text) is None
        and tell_alone(value, sources)
        and (not valued or find_answer(point, value, sources))
        and (point.kind != "date" or is_day(value))
    ]
    if len(told) < 2:
        return None
    vectors = stack_vectors([sources.find(value.claim)[1].vector for value in told])
    alike = vectors @ vectors.T
    support = np.maximum(alike - APART, 0).sum(axis=1)
    pairs = [
        (n, m)
        for n, m in (sorted(pair) for pair in find_opposed(point, told))
        if told[n].report != told[m].report and alike[n, m] >= ONE_MATTER
    ]
    pairs = [
        pair
        for pair in pairs
        if answer_alike(point, told[pair[0]], told[pair[1]], sources)
        or (not valued and alike[pair] >= NEARER and are_of_one_matter(told[pair[0]], told[pair[1]], sources))
    ]
    pairs = [pair for pair in pairs if not say_the_same(told[pair[0]], told[pair[1]], sources)]
    pairs.sort(key=lambda pair: -float(alike[pair] * (support[pair[0]] + support[pair[1]])))
    for n, m in pairs:
        third = (k for a, b in pairs for k, other in ((a, b), (b, a)) if other in (n, m) and k not in (n, m))
        chosen = [told[n], told[m], *(told[k] for k in third if is_new(point, told[k], (told[n], told[m]), sources))]
        sides = sorted(chosen[:MOST_SIDES], key=lambda v: moment(v, sources), reverse=True)
        if question := ask_side(point, sides, sources):
            return Asked(question, tuple(Side((value,)) for value in sides))
    return None


def is_new(point: Point, value: Value, others: Sequence[Value], sources: Sources) -> bool:
    """Whether a value is another one than those shown, told in another report and other words."""
    return all(
        value.report != other.report
        and (point.kind not in ("figure", "date") or key_answer(point, value) != key_answer(point, other))
        and not say_the_same(value, other, sources)
        for other in others
    )


def say_the_same(a: Value, b: Value, sources: Sources) -> bool:
    """Whether two claims are told in all but the same words, or give one day in two spellings."""
    one, other = (list_stems(tell_alone(value, sources)) for value in (a, b))
    if sources.is_denied(a.claim) != sources.is_denied(b.claim):
        return False
    same_day = is_day(a) and is_day(b) and a.earliest == b.earliest
    return same_day or len(one & other) >= COPIED * len(one | other)


def answer_alike(point: Point, a: Value, b: Value, sources: Sources) -> bool:
    """Whether two values answer one question: figures in one unit and state, dates under one verb, claims whose own
    questions have words in common."""
    one, other = (find_answer(point, value, sources) for value in (a, b))
    if one is not None and other is not None:
        near = stack_vectors([one.vector, other.vector])
        alike = float(near[0] @ near[1]) >= NEAR and are_of_one_kind(one, other)
        alike = alike and (point.kind == "date" or are_of_one_thing(one, other) or ask_alike(one, other))
        return alike and (point.kind != "date" or one.predicate == other.predicate)
    whether = [list_stems(ask_whether(value, sources)) for value in (a, b)]
    return bool(whether[0] and whether[1]) and len(whether[0] & whether[1]) >= SOME * len(whether[0] | whether[1])


def are_of_one_matter(a: Value, b: Value, sources: Sources) -> bool:
    """Whether two claims have the same verb, or several words in common that are much of the shorter."""
    bags = [list_stems(tell_alone(value, sources)) for value in (a, b)]
    shared = len(bags[0] & bags[1])
    if shared > 1 and shared >= SOME * min(map(len, bags)):
        return True
    one, other = (
        next((answer.predicate for answer in sources.find(value.claim)[1].answers if answer.kind == "yes-no"), "")
        for value in (a, b)
    )
    return bool(one) and one == other


def ask_side(point: Point, sides: Sequence[Value], sources: Sources) -> str:
    """The question that the first of some sides that has one answers."""
    for value in sides:
        answer = find_answer(point, value, sources)
        question = (
            answer.question if answer else "" if point.kind in ("figure", "date") else ask_whether(value, sources)
        )
        if question and reads_well(question):
            return question
    return "" if point.quotes else point.question


def is_day(value: Value) -> bool:
    """Whether a date is a day or a moment of one."""
    return value.earliest is not None and value.latest is not None and value.latest - value.earliest <= ONE_DAY


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


def say_side(side: Side, sources: Sources) -> str:
    """One side in its own words with who says it: "“At least 12 are missing” (the mayor, Echo, 26 Mar)"."""
    claim = side.newest.claim
    outlet = sources.outlet(claim)
    who = sources.who(claim) or outlet
    by = borrow_name(who) if who == outlet else f"{borrow_name(who)}, {outlet}"
    told = quote(tell_alone(side.newest, sources))
    told = _("denied: {words}", words=told) if sources.is_denied(claim) else told
    return f"{told} ({by}, {sources.day(sources.report(claim).published)})"


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
