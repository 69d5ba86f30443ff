"""Points: the questions that groups of claims answer, with the values that reports give.

Facts come one by one in order of publication, and each joins the nearest point of its kind or opens a new one; so a
new report touches only what it bears on. Two claims are near when they count the same subject in the same state, and
tell of it in like words or the same place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sayso.extract.events import load_statuses
from sayso.ids import make_id
from sayso.record import Origin, Point, Relation, Value
from sayso.weigh.facts import NEVER, Fact
from sayso.weigh.origins import count_independent
from sayso.weigh.relations import (
    duration_days,
    moment_of,
    relate_absences,
    relate_dates,
    relate_figures,
    relate_states,
)
from sayso.weigh.subjects import Subject, match_subjects
from sayso.weigh.wordings import compare_stems, weigh_stems

NEAR = 0.35
"""The least score to join a point; the sum of how subject, words and place agree, each at most 1, over 3."""
LONG_PAST = timedelta(days=10)
"""A date this long before publication is background, told by many; a nearer one is the news itself."""
SINCE = re.compile(r"\b(since|for|last (seen|observed|spotted|heard))\b", re.IGNORECASE)
MOST_RELATED = 40
"""Values of a point that are compared each with each; beyond, each is compared with as many before it."""


@dataclass(slots=True)
class Group:
    """A point in the making."""

    kind: str
    unit: str
    about: str
    subject: Subject
    facts: list[Fact] = field(default_factory=list)
    stems: frozenset[str] = frozenset()
    places: set[int] = field(default_factory=set)

    def add(self, fact: Fact) -> None:
        """Take a fact in."""
        self.facts.append(fact)
        self.stems = fact.stems if not self.stems else (self.stems & fact.stems) or self.stems
        if len(fact.subject.keys) > len(self.subject.keys):
            self.subject = fact.subject
        if fact.claim.place and fact.claim.place.geonames_id:
            self.places.add(fact.claim.place.geonames_id)


def find_points(facts: Sequence[Fact], origins: Sequence[Origin]) -> tuple[Point, ...]:
    """All points that facts answer, those with most values first."""
    weights = weigh_stems(f.stems for f in facts)
    groups: dict[tuple[str, str, str], list[Group]] = defaultdict(list)
    for fact in facts:
        if fact.corrected:
            continue
        for kind, unit, about in kinds_of(fact):
            candidates = groups[kind, unit, about]
            best = max(candidates, key=lambda g: score_join(g, fact, weights), default=None)
            if best is None or score_join(best, fact, weights) < NEAR:
                best = Group(kind, unit, about, fact.subject)
                candidates.append(best)
            best.add(fact)
    points = [make_point(g, origins) for same_kind in groups.values() for g in same_kind]
    return tuple(sorted(points, key=lambda p: (-p.independent[1], -len(p.values), p.question, p.id)))


def kinds_of(fact: Fact) -> Iterator[tuple[str, str, str]]:
    """The kinds of question that a fact answers: kind, unit and what is asked about."""
    claim = fact.claim
    if claim.figure is not None and (claim.figure.low is not None or claim.figure.high is not None):
        yield "figure", claim.figure.unit, claim.figure.state or claim.event
    statuses = load_statuses()
    if fact.subject.keys and claim.event in statuses and not fact.possible:
        yield "status", "", statuses[claim.event][0]
        if claim.time is not None and claim.figure is None and is_absence(fact):
            yield "absence", "day", statuses[claim.event][0]
    time = claim.time
    if (
        claim.event
        and time is not None
        and time.earliest
        and time.type == "DATE"
        and fact.report.published
        and fact.report.published - time.earliest > LONG_PAST
    ):
        yield "date", "day", claim.event


def score_join(group: Group, fact: Fact, weights: dict[str, float]) -> float:
    """How well a fact fits a group, 0 to 1: subject, words and place."""
    subject = match_subjects(group.subject, fact.subject)
    if subject == 0.0:
        return 0.0
    words = max(compare_stems(f.stems, fact.stems, weights) for f in group.facts[-8:])
    place = fact.claim.place
    if place is None or place.geonames_id is None or not group.places:
        where = 0.3
    else:
        where = 1.0 if place.geonames_id in group.places else 0.0
    if group.kind == "figure" and words < (0.15 if group.about else 0.3) and (subject < 1.0 or not group.about):
        return 0.0
    if group.kind == "date" and not (words >= 0.2 and where > 0.0):
        return 0.0
    return (1.5 * subject + words + 0.5 * where) / 3


def make_point(group: Group, origins: Sequence[Origin]) -> Point:
    """The point of a group: its question, values, relations and independent origins."""
    facts = group.facts
    values = tuple(make_value(group.kind, fact) for fact in facts)
    return Point(
        id=make_id(group.kind, group.unit, group.about, facts[0].claim.seat),
        question=ask(group),
        kind=group.kind,
        unit=group.unit,
        values=values,
        relations=tuple(relate(group.kind, facts)),
        independent=count_independent({f.origin for f in facts if f.origin}, origins),
    )


def make_value(kind: str, fact: Fact) -> Value:
    """What one fact answers."""
    claim, figure, time = fact.claim, fact.claim.figure, fact.claim.time
    low = figure.low if figure else None
    high = figure.high if figure else None
    word = ""
    if kind == "absence" and time is not None:
        low = high = duration_days(time.value) if time.type == "DURATION" else None
    if kind == "status":
        word = "yes" if holds(fact) else "no"
    return Value(
        claim=claim.id,
        report=fact.report.id,
        text=claim.text,
        words=figure.text
        if kind == "figure" and figure
        else time.text
        if kind in ("absence", "date") and time
        else word,
        low=low,
        high=high,
        earliest=time.earliest if time else None,
        latest=time.latest if time else None,
        word=word,
        source=fact.source,
        as_of=moment if (moment := moment_of(fact)) != NEVER else None,
        origin=fact.origin,
    )


def holds(fact: Fact) -> bool:
    """Whether a status claim says that the state holds after its event, negation and denial counted."""
    positive = load_statuses()[fact.claim.event][1] == "+"
    # An absence is told by negated words ("not seen"), which have already made it one.
    flips = (fact.claim.polarity == "negative" and fact.claim.event != "absence") + (
        fact.attribution is not None and fact.attribution.stance == "denies"
    )
    return positive != bool(flips % 2)


def is_absence(fact: Fact) -> bool:
    """Whether a claim says since when, or for how long, a body has not been there."""
    time = fact.claim.time
    return time is not None and not holds(fact) and (time.type == "DURATION" or bool(SINCE.search(fact.claim.text)))


def relate(kind: str, facts: Sequence[Fact]) -> Iterator[Relation]:
    """The relations between the values of a point."""
    for j, b in enumerate(facts):
        for i in range(max(0, j - MOST_RELATED), j):
            a = facts[i]
            if kind == "figure":
                yield relate_figures(a, b, i, j)
            elif kind == "absence":
                yield relate_absences(a, b, i, j)
            elif kind == "date":
                yield relate_dates(a, b, i, j)
            else:
                yield relate_states(a, b, i, j, holds(a), holds(b))


STATE_QUESTIONS = {
    "killed": "How many {who} were killed?",
    "wounded": "How many {who} were wounded?",
    "casualties": "How many {who} were killed or wounded?",
    "captured": "How many {who} were captured?",
    "missing": "How many {who} are missing?",
    "sent": "How many {who} were sent?",
    "deployed": "How many {who} were deployed?",
    "displaced": "How many {who} were displaced?",
    "evacuated": "How many {who} were evacuated?",
    "destroyed": "How many {who} were destroyed?",
}
STATUS_QUESTIONS = {"presence": "Are {who} there and fighting?", "deployment": "Were {who} deployed?"}


def ask(group: Group) -> str:
    """The question of a group, in words."""
    who = group.subject.words or "people"
    if group.kind == "absence":
        return f"Since when have {who} not been seen?"
    if group.kind == "status":
        return STATUS_QUESTIONS[group.about].format(who=who)
    if group.kind == "date":
        return f"When was the {group.about} ({who})?"
    if group.about in STATE_QUESTIONS:
        return STATE_QUESTIONS[group.about].format(who=who)
    things = [f.claim.figure.of for f in group.facts if f.claim.figure and f.claim.figure.of]
    counted = who if group.unit == "person" or not things else things[0]
    about = f", {group.about}" if group.about else ""
    measure = f" in {group.unit}" if group.unit not in ("", "person") else ""
    return f"How many {counted}{measure}{about}?"


def conflicts_of(points: Iterable[Point]) -> Iterator[tuple[Point, Relation]]:
    """The contradictions of some points, each with its point."""
    for point in points:
        for relation in point.relations:
            if relation.relation == "contradiction":
                yield point, relation
