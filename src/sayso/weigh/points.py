"""Points: the questions that groups of claims answer, with the values that reports give.

Facts come one by one in order of publication, and each joins the nearest point of its kind or opens a new one; so a
new report touches only what it bears on. Two claims are near when they count the same subject in the same state, and
tell of it in like words or the same place.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from math import cos, hypot, radians

from sayso.extract.claims.actors import is_body
from sayso.extract.claims.events import load_statuses
from sayso.ids import make_id
from sayso.record import Origin, Place, Point, Relation, Value
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
from sayso.weigh.subjects import Subject, match_subjects, name_subject
from sayso.weigh.wordings import Likeness

NEAR = 0.35
"""The least score to join a point; the sum of how subject, words and place agree, each at most 1, over 3."""
SAME_TALE, SAME_MATTER, NEAR_INCIDENT, SAME_INCIDENT = 0.0, 0.25, 0.2, 0.4
"""The least likeness of words for two figures: on one named people in one state, on one matter, on one incident at
one place, on one incident where a place is not given."""
SAME_STORY, SAME_NEWS = 0.09, 0.2
"""The least likeness of two whole reports on one story, and on one incident of it."""
MOST_COMPARED = 8
"""A fact is compared with so many of a point's latest: enough to follow its wording, few enough to stay linear."""
INCIDENT_DAYS, TOLL_DAYS = 3, 120
"""An incident is counted within days; the same words a week later tell of another, unless whole reports are alike: the
toll of a great one is told for months."""
INCIDENT = re.compile(
    r"\b((air ?|drone |missile |rocket |artillery )?strikes?|shelling|shells|bomb\w*|missiles?|drones?|rockets?|"
    r"attacks?|crash\w*|explo\w+|blast|collision|ambush\w*|shooting|stabbing|raid|derail\w*)\b",
    re.IGNORECASE,
)
UNKNOWN_PLACE = 0.3
NEARBY_KM = 50.0
KM_PER_DEGREE = 111.2
BEGINNINGS = frozenset(
    ("attack", "territory gained", "accident", "disaster", "ceasefire", "agreement", "closure", "election")
)
"""Events that happen once, so that two dates for one are in question."""
INCURSIONS = frozenset(("attack", "territory gained"))
STILL = re.compile(r"\b(still|continu\w+|keeps?|remain\w*)\b", re.IGNORECASE)
LONG_PAST = timedelta(days=10)
"""A date this long before publication is background, told by many; a nearer one is the news itself."""
SINCE = re.compile(r"\b(since|last (seen|observed|spotted|heard))\b", re.IGNORECASE)
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
    places: dict[int, Place] = field(default_factory=dict)

    def add(self, fact: Fact) -> None:
        """Take a fact in."""
        self.facts.append(fact)
        self.stems = fact.stems if not self.stems else (self.stems & fact.stems) or self.stems
        if fact.subject.is_body > self.subject.is_body or not self.subject.words:
            self.subject = fact.subject
        if fact.claim.place and fact.claim.place.lat is not None:
            self.places[fact.claim.place.geonames_id or 0] = fact.claim.place


def find_points(facts: Sequence[Fact], origins: Sequence[Origin]) -> tuple[Point, ...]:
    """All points that facts answer, those with most values first."""
    likeness = Likeness((f.stems for f in facts), (f.story for f in facts))
    groups: dict[tuple[str, str, str], list[Group]] = defaultdict(list)
    for fact in facts:
        if fact.corrected:
            continue
        for kind, unit, about in kinds_of(fact):
            candidates = groups[kind, unit, about]
            best = max(candidates, key=lambda g: score_join(g, fact, likeness), default=None)
            if best is None or score_join(best, fact, likeness) < NEAR:
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
    status = status_of(fact)
    if status and not fact.possible:
        if fact.subject.is_body:
            yield "status", "", status[0]
        if is_absence(fact):
            yield "absence", "day", status[0]
    if claim.event in BEGINNINGS and is_long_past(fact) and (claim.figure is None or claim.figure.unit == "km2"):
        yield "date", "day", "attack" if claim.event in INCURSIONS else claim.event


def status_of(fact: Fact) -> tuple[str, bool] | None:
    """The state that a claim's event speaks of, and whether it holds after it; None where it speaks of none."""
    event, negative = fact.claim.event, fact.claim.polarity == "negative"
    statuses = load_statuses()
    if event in statuses:
        state, sign = statuses[event]
        # An absence is told by negated words ("not seen"), which have already made it one.
        flips = (negative and event != "absence") + (
            fact.attribution is not None and fact.attribution.stance == "denies"
        )
        return state, (sign == "+") != bool(flips % 2)
    if event == "clash" and (negative or STILL.search(fact.claim.text)):
        return "presence", not negative
    return None


def is_long_past(fact: Fact) -> bool:
    """Whether a claim dates its event long before the report: background, which many reports tell."""
    time, published = fact.claim.time, fact.report.published
    if time is None or time.earliest is None or time.type != "DATE" or published is None:
        return False
    return published - time.earliest > LONG_PAST and (time.latest is None or time.latest < published)


def score_join(group: Group, fact: Fact, likeness: Likeness) -> float:
    """How well a fact fits a group, 0 to 1: subject, words and place."""
    subject = match_subjects(group.subject, fact.subject)
    if subject == 0.0:
        return 0.0
    recent = group.facts[-MOST_COMPARED:]
    words = max(likeness.compare(f.stems, fact.stems) for f in recent)
    story = max(likeness.compare_stories(f.story, fact.story) for f in recent)
    where = compare_places(group.places, fact.claim.place)
    if group.kind == "figure":
        first = group.facts[0]
        if is_incident(fact) or is_incident(first):
            days = TOLL_DAYS if story >= SAME_NEWS else INCIDENT_DAYS
            alike = words >= (NEAR_INCIDENT if where == 1.0 else SAME_INCIDENT)
            told = story >= (SAME_STORY if where == 1.0 and apart(first, fact) <= 1 else SAME_NEWS) and where > 0.0
            if not (alike or told) or apart(first, fact) > days:
                return 0.0
        named = subject == 1.0 and group.about and any(key.startswith("@") for key in fact.subject.keys)
        if words < (SAME_TALE if named else SAME_MATTER) and (story < SAME_STORY or group.unit != "person"):
            return 0.0
    if group.kind == "date" and (where == 0.0 or (where < 1.0 and words < 0.2)):
        return 0.0
    return (1.5 * subject + max(words, story) + 0.5 * where) / 3


def is_incident(fact: Fact) -> bool:
    """Whether a claim counts what one strike, crash or blast did, not what a war or a disaster did so far."""
    return INCIDENT.search(fact.context) is not None


def apart(a: Fact, b: Fact) -> float:
    """Days between the publication of two facts' reports."""
    return abs((a.said.replace(tzinfo=None) - b.said.replace(tzinfo=None)).total_seconds()) / 86_400


def compare_places(known: Mapping[int, Place], place: Place | None) -> float:
    """How well a place agrees with those of a point: 1 for one of them or one nearby, 0 for another, between where
    nothing is known."""
    if place is None or place.lat is None or not known:
        return UNKNOWN_PLACE
    return 1.0 if place.geonames_id in known or any(is_near(place, other) for other in known.values()) else 0.0


def is_near(a: Place, b: Place) -> bool:
    """Whether one of two places lies within the other's radius, or both within an hour's drive."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return False
    reach = max(a.radius_km or 0.0, b.radius_km or 0.0, NEARBY_KM)
    north = (a.lat - b.lat) * KM_PER_DEGREE
    east = (a.lon - b.lon) * KM_PER_DEGREE * cos(radians((a.lat + b.lat) / 2))
    return hypot(north, east) <= reach


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
        relations=tuple(relate(group)),
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
    """Whether the state that a claim speaks of holds after it."""
    status = status_of(fact)
    return status is not None and status[1]


def is_absence(fact: Fact) -> bool:
    """Whether a claim says since when, or for how long, a body has not been there."""
    time, event = fact.claim.time, fact.claim.event
    if holds(fact) or event not in ("absence", "clash", "sighting"):
        return False
    return (time is not None and time.type == "DURATION") or SINCE.search(fact.claim.text) is not None


def relate(group: Group) -> Iterator[Relation]:
    """The relations between the values of a point."""
    kind, facts = group.kind, group.facts
    for j, b in enumerate(facts):
        for i in range(max(0, j - MOST_RELATED), j):
            a = facts[i]
            if kind == "figure":
                one = a.subject.keys == b.subject.keys and not any(key.startswith("@") for key in a.subject.keys)
                yield relate_figures(a, b, i, j, state=group.about, said=bool(group.about or (one and a.subject.keys)))
            elif kind == "absence":
                yield relate_absences(a, b, i, j)
            elif kind == "date":
                yield relate_dates(a, b, i, j)
            else:
                yield relate_states(a, b, i, j, holds(a), holds(b))


STATUS_QUESTIONS = {"presence": "Are {who} there and fighting?", "deployment": "Were {who} deployed?"}
STATE_WORDS = {"casualties": "killed or wounded", "total": "there in all"}


def name_thing(of: str, fact: Fact) -> str:
    """The thing counted, in small letters where only the beginning of a sentence gave it a capital."""
    if not fact.claim.text.startswith(of) or not of[1:2].islower():
        return of
    return of if any(key.startswith("@") for key in name_subject(of).keys) else of[0].lower() + of[1:]


def ask(group: Group) -> str:
    """The question of a group, in words."""
    named = Counter(f.subject.words for f in group.facts if f.subject.words and f.subject.keys == group.subject.keys)
    bodies = Counter({words: n for words, n in named.items() if is_body(words)})
    who = (bodies or named or Counter(["people"])).most_common(1)[0][0]
    if group.kind == "absence":
        return f"Since when have {who} not been seen?"
    if group.kind == "status":
        return STATUS_QUESTIONS[group.about].format(who=who)
    if group.kind == "date":
        return f"When did the {group.about} begin ({who})?"
    things = [
        name_thing(f.claim.figure.of, f) for f in group.facts if f.claim.figure and f.claim.figure.of[:1].isalpha()
    ]
    thing = things[0] if things else "money" if group.about == "cost" else who
    who = who.removeprefix(f"{group.about} ")
    about = STATE_WORDS.get(group.about, group.about)
    if group.unit == "person":
        return f"How many {who} {'were ' if about and about != 'total' else ''}{about or 'were there'}?"
    about = f" ({about})" if about and about != "cost" else ""
    if group.unit == "share":
        return f"What share of {thing}{about}?"
    return f"How many {thing}{about}?" if not group.unit else f"How much {thing}{about}, in {group.unit}?"
