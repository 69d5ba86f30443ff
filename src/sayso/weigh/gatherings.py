"""Bringing facts together that answer one question.

Facts come one by one in order of publication, and each joins the nearest group of its kind or opens a new one; so a
new report touches only what it bears on. Two facts are near when they count the same subject in the same state, and
tell of it in like words or at the same place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sayso.record import Place
from sayso.weigh.causes import ORDER, score_cause
from sayso.weigh.comparisons.places import distance_km
from sayso.weigh.conditions import is_doing, score_condition
from sayso.weigh.counted import match_counted, name_nouns, repeats
from sayso.weigh.facts import Fact
from sayso.weigh.happenings import WHEN, recurring, score_happening
from sayso.weigh.states import Kind, answers_of, count_kind
from sayso.weigh.subjects import Subject, match_subjects
from sayso.weigh.wordings import Likeness

NEAR = 0.35
"""The least score to join a point; the sum of how subject, words and place agree, each at most 1, over 3."""
FEW = 48
"""So many points of one kind are all looked at; of more, only those that share a rare stem or a name."""
MOST_STEMS, MOST_ALIKE = 8, 40
"""How many of a fact's rarest stems lead to points, and to how many of the latest points each leads."""
SAME_TALE, SAME_MATTER, NEAR_INCIDENT, SAME_INCIDENT = 0.0, 0.25, 0.2, 0.4
"""The least likeness of words for two figures: on one named people in one state, on one matter, on one incident at
one place, on one incident where a place is not given."""
SAME_STORY, SAME_NEWS = 0.09, 0.2
"""The least likeness of two whole reports on one story, and on one incident of it."""
SAME_SUM = 0.35
"""The same for two sums or measures of nothing named, and for two tellings of a state of people who are not named."""
MOST_WORDS = 0.7
"""The share of a sentence's stems that its later version keeps."""
SAME_POSITION = 0.3
"""The least likeness of two matters that one party took a position on."""
MATTERS = frozenset(("reason", "decision", "fighting"))
"""What is asked about a matter: two answers must be of reports on one story, or in like words."""
FIRSTS = frozenset(("fighting", "position"))
"""What is dated by its first telling: the words and the place of the telling say little."""
MOST_COMPARED = 8
"""A fact is compared with so many of a point's latest: enough to follow its wording, few enough to stay linear."""
INCIDENT_DAYS, TOLL_DAYS = 1.5, 120
"""An incident is counted within days; the same words a week later tell of another, unless whole reports are alike: the
toll of a great one is told for months."""
INCIDENT = re.compile(
    r"\b((air ?|drone |missile |rocket |artillery )?strikes?|shelling|shells|artillery|bomb\w*|missiles?|drones?|"
    r"rockets?|attacks?|crash\w*|explo\w+|blast|collision|ambush\w*|shooting|stabbing|raid|derail\w*)\b",
    re.IGNORECASE,
)
ALONE = re.compile(
    r"\b(in|at) [\w'’ -]{2,40} alone\b|"
    r"\b(in|at) (her|his|our|my|their|one) (own )?(town|city|village|hospital|school|camp|ward)\b",
    re.IGNORECASE,
)
"""Words by which a count is of one place out of those that a story is of."""
UNKNOWN_PLACE = 0.3
SAME_LAND = 0.2
"""The least likeness of words for two tellings of one stretch of land, where whole reports are not alike."""
STATES = ("PCL", "PPLC")
"""Feature codes of countries and capitals."""
NEARBY_KM = 50.0


@dataclass(slots=True)
class Group:
    """A point in the making."""

    kind: str
    unit: str
    about: str
    subject: Subject
    facts: list[Fact] = field(default_factory=list)
    places: dict[int, Place] = field(default_factory=dict)
    nouns: frozenset[str] = frozenset()

    def add(self, fact: Fact) -> None:
        """Take a fact in."""
        self.facts.append(fact)
        if fact.subject.is_body > self.subject.is_body or not self.subject.words:
            self.subject = fact.subject
        if not self.nouns and fact.claim.figure is not None:
            self.nouns = name_nouns(fact.claim.figure.of)
        place = fact.claim.place
        held = self.about in ("land", "attack") and place is not None and place.feature.startswith(STATES)
        if place and place.lat is not None and place.role != "metonym" and not held:
            self.places[place.geonames_id or 0] = place


class Shelf:
    """The groups of one kind, and the way from a fact to those that it may join."""

    def __init__(self, likeness: Likeness) -> None:
        """An empty shelf."""
        self.likeness = likeness
        self.groups: list[Group] = []
        self.places: dict[str, list[int]] = defaultdict(list)

    def put(self, fact: Fact, kind: Kind) -> None:
        """Add a fact to the group that it fits best, or to a new one."""
        scored = [(score_join(self.groups[n], fact, self.likeness), -n) for n in self.find_candidates(fact)]
        best, place = max(scored, default=(0.0, 0))
        if best < NEAR:
            place = -len(self.groups)
            self.groups.append(Group(*kind, fact.subject))
        self.groups[-place].add(fact)
        for clue in self.clues(fact):
            if -place not in self.places[clue][-MOST_ALIKE:]:
                self.places[clue].append(-place)

    def find_candidates(self, fact: Fact) -> Iterable[int]:
        """The positions of the groups that a fact may join, the oldest first."""
        if len(self.groups) <= FEW:
            return range(len(self.groups))
        return sorted({n for clue in self.clues(fact) for n in self.places[clue][-MOST_ALIKE:]})

    def clues(self, fact: Fact) -> list[str]:
        """What leads from a fact to its like: its rarest stems and whom it names."""
        weights = self.likeness.weights
        rarest = sorted(fact.stems, key=lambda stem: (-weights.get(stem, 0.0), stem))[:MOST_STEMS]
        return [*rarest, *(f"subject {key}" for key in sorted(fact.subject.keys))]


def gather_groups(facts: Iterable[Fact]) -> list[Group]:
    """The groups of facts that answer one question each."""
    facts = [fact for fact in facts if fact.told]
    likeness = Likeness((f.stems for f in facts), (f.story for f in facts))
    latest: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        latest[fact.report.id].append(fact)
    shelves: dict[Kind, Shelf] = {}
    for fact in facts:
        for kind, answer in (*answers_of(fact), *answers_before(fact, latest)):
            shelves.setdefault(kind, Shelf(likeness)).put(answer, kind)
    return drop_doubles([group for shelf in shelves.values() for group in shelf.groups if not is_alone(group)])


def drop_doubles(groups: list[Group]) -> list[Group]:
    """The groups without those dates of which all are in another group too, the larger or the first of the two."""
    members = {id(g): {f.claim.id for f in g.facts} for g in groups}
    dated: dict[str, list[Group]] = defaultdict(list)
    kept = set()
    for group in sorted((g for g in groups if is_dated(g)), key=lambda g: -len(members[id(g)])):
        claim = group.facts[0].claim.id
        if not any(members[id(group)] <= members[id(other)] for other in dated[claim]):
            kept.add(id(group))
            for member in members[id(group)]:
                dated[member].append(group)
    return [group for group in groups if not is_dated(group) or id(group) in kept]


def is_dated(group: Group) -> bool:
    """Whether a group is on when something happened, whatever it was."""
    return group.kind == "date" and group.facts[0].things is not None


def is_alone(group: Group) -> bool:
    """Whether a group on a happening or a state is of one report: a question that nobody else answers is none."""
    return group.facts[0].things is not None and len({f.superseded or f.report.id for f in group.facts}) < 2


def answers_before(fact: Fact, latest: Mapping[str, Sequence[Fact]]) -> Iterator[tuple[Kind, Fact]]:
    """The question that a later version of the article answers with the same figure, where it is another: what the
    outlet took back ("killed") was its answer to what it now says ("killed or wounded")."""
    figure = fact.claim.figure
    if figure is None or not fact.superseded:
        return
    for other in latest.get(fact.superseded, ()):
        theirs = other.claim.figure
        if theirs is None or (theirs.low, theirs.high, theirs.unit) != (figure.low, figure.high, figure.unit):
            continue
        if theirs.state != figure.state and shares_words(fact, other):
            yield ("figure", *count_kind(other, theirs)), fact
            return


def shares_words(a: Fact, b: Fact) -> bool:
    """Whether two sentences have most of their words in common."""
    return len(a.own & b.own) >= MOST_WORDS * max(1, min(len(a.own), len(b.own)))


def score_join(group: Group, fact: Fact, likeness: Likeness) -> float:
    """How well a fact fits a group, 0 to 1: subject, words and place."""
    recent = group.facts[-MOST_COMPARED:]
    words = max(compare_words(f, fact, likeness) for f in recent)
    story = max(likeness.compare_stories(f.story, fact.story) for f in recent)
    if fact.things is not None:
        return score_things(group, fact, likeness, words, story)
    where = compare_places(group.places, fact.claim.place)
    if group.about == "land" or (group.kind, group.about) == ("date", "attack"):
        return score_land(group, fact, words, story)
    if group.kind == "figure":
        subject = match_counted(group.unit, group.subject, group.nouns, fact)
    else:
        subject = match_subjects(group.subject, fact.subject)
    if subject == 0.0:
        return 0.0
    if group.about == "there" and where == 0.0:
        return 0.0
    if group.kind == "figure":
        first = group.facts[0]
        named = subject == 1.0 and group.about and any(key.startswith("@") for key in fact.subject.keys)
        incident = is_incident(fact) or is_incident(first)
        if (incident or not named) and are_elsewhere(first, fact):
            return 0.0
        if incident:
            days = TOLL_DAYS if story >= SAME_NEWS else INCIDENT_DAYS
            alike = words >= (NEAR_INCIDENT if where == 1.0 else SAME_INCIDENT)
            told = story >= (SAME_STORY if where == 1.0 and apart(first, fact) <= 1 else SAME_NEWS) and where > 0.0
            if not (alike or told) or apart(first, fact) > days:
                return 0.0
        thing = SAME_MATTER if group.unit in ("", "person") or fact.subject.keys else SAME_SUM
        told = story >= SAME_STORY and (group.about or repeats(group.facts[0], fact)) and group.unit != "share"
        if words < (SAME_TALE if named else thing) and not told:
            return 0.0
    if group.kind == "status" and not fact.subject.keys and max(words - SAME_SUM, story - SAME_STORY) < 0:
        return 0.0
    if group.kind == "date" and group.about not in FIRSTS and (where == 0.0 or (where < 1.0 and words < 0.2)):
        return 0.0
    if group.about == "position" and words < SAME_POSITION and not same_body(group, fact):
        return 0.0
    if group.about in MATTERS and max(words, story) < SAME_STORY and not same_body(group, fact):
        return 0.0
    return (1.5 * subject + max(words, story) + 0.5 * where) / 3


def score_things(group: Group, fact: Fact, likeness: Likeness, words: float, story: float) -> float:
    """How well a fact on a happening or a state fits a group."""
    recent = group.facts[-MOST_COMPARED:]
    alike = words, max(likeness.compare(f.own, fact.own) for f in recent), story
    if group.kind == "date":
        return score_happening(recent, fact, alike, recurs=group.about.removeprefix(WHEN) in recurring())
    if group.kind == "event":
        return score_cause(recent, fact, alike, order=group.about == ORDER)
    return score_condition(recent, fact, alike, by=is_doing(group.about))


def compare_words(a: Fact, b: Fact, likeness: Likeness) -> float:
    """How near the words of two facts are, 0 to 1; within one report the title that they share says nothing."""
    if a.report.id == b.report.id and a.own and b.own:
        return likeness.compare(a.own, b.own)
    return likeness.compare(a.stems, b.stems)


def same_body(group: Group, fact: Fact) -> bool:
    """Whether a fact's report is about the body of people that reports of a group are about."""
    bodies = {f.body.keys for f in group.facts[-MOST_COMPARED:] if f.body is not None}
    return fact.body is not None and fact.body.keys in bodies


def score_land(group: Group, fact: Fact, words: float, story: float) -> float:
    """How well a fact fits a group on land or on an attack on it: who holds or attacks it is seldom said; a country or
    its capital is no place there, since it stands for who acts."""
    place = fact.claim.place
    where = compare_places(group.places, None if place is None or place.feature.startswith(STATES) else place)
    holders = {f.subject.keys for f in group.facts if f.subject.keys}
    other = group.unit != "share" and holders and fact.subject.keys and fact.subject.keys not in holders
    told = words >= SAME_LAND or story >= SAME_STORY or (where == 1.0 and same_body(group, fact))
    if where == 0.0 or other or not told:
        return 0.0
    return (1.5 + max(words, story) + 0.5 * where) / 3


def is_incident(fact: Fact) -> bool:
    """Whether a claim counts what one strike, crash or blast did, not what a war or a disaster did so far; that nobody
    was hurt is said of one."""
    nobody = fact.claim.figure is not None and fact.claim.figure.high == 0
    return nobody or INCIDENT.search(fact.context) is not None


def are_elsewhere(a: Fact, b: Fact) -> bool:
    """Whether two facts count in different towns, or only one of them in one town of those that the story is of."""
    if bool(ALONE.search(a.context)) != bool(ALONE.search(b.context)) and a.claim.figure and b.claim.figure:
        return True
    return bool(a.sites and b.sites) and not any(is_near(one, other) for one in a.sites for other in b.sites)


def apart(a: Fact, b: Fact) -> float:
    """Days between the publication of two facts' reports."""
    return abs((a.said.replace(tzinfo=None) - b.said.replace(tzinfo=None)).total_seconds()) / 86_400


def compare_places(known: Mapping[int, Place], place: Place | None) -> float:
    """How well a place agrees with those of a point: 1 for one of them or one nearby, 0 for another, between where
    nothing is known."""
    if place is None or place.lat is None or place.role == "metonym" or not known:
        return UNKNOWN_PLACE
    return 1.0 if place.geonames_id in known or any(is_near(place, other) for other in known.values()) else 0.0


def is_near(a: Place, b: Place) -> bool:
    """Whether one of two places lies within the other's radius, or both within an hour's drive."""
    return distance_km(a, b) <= max(a.radius_km or 0.0, b.radius_km or 0.0, NEARBY_KM)
