"""Which claims of a picture speak of what a pattern asks for, and how they stand to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from math import cos, hypot, radians

from sayso.record import Match, Pattern, Picture, Place, Reading
from sayso.tables import load_toml
from sayso.weigh.facts import NEVER, Fact, gather_facts
from sayso.weigh.states import STILL, status_of
from sayso.weigh.subjects import Subject, name_subject
from sayso.weigh.topics import tells_newcomers
from sayso.weigh.voices import count_voices
from sayso.weigh.wordings import stems_of
from sayso.who.institutions import find_institution, fold
from sayso.who.names import same_person

SILENT = frozenset(("asks", "orders", "predicts", "promises", "declines"))
"""Stances towards words that nobody says are so."""
MOST_TERMS = 0.6
"""The share of a pattern's terms that a claim's sentence must have, where the pattern names no event."""
STATES = ("PCL", "PPLC", "CONT", "RGN")
"""Features of places that stand for who acts, or are too wide to say where."""
WHO = {"person": ("person", ""), "share": ("share",)}


@cache
def load_lists() -> dict[str, frozenset[str]]:
    """The lists of ``patterns.toml`` as sets."""
    return {name: frozenset(words) for name, words in load_toml("patterns.toml").items() if isinstance(words, list)}


@cache
def match_fronts() -> re.Pattern[str]:
    """One pattern for the words of where fighting is."""
    return re.compile(
        r"\b(" + "|".join(sorted(map(re.escape, load_lists()["front"]), key=len, reverse=True)) + r")\b", re.I
    )


@cache
def match_anew() -> re.Pattern[str]:
    """One pattern for the words of what begins again."""
    return re.compile(r"\b(" + "|".join(map(re.escape, sorted(load_lists()["anew"]))) + r")\b", re.I)


def match_claims(pattern: Pattern, picture: Picture) -> list[Match]:
    """The claims of a picture that speak of what a pattern asks for, in order of publication; see `Match`."""
    facts = gather_facts(picture.readings, picture.provenance, picture.origins)
    return [match for _, match in match_facts(pattern, facts, picture.readings)]


def count_origins(matches: Iterable[Match], picture: Picture) -> tuple[int, int]:
    """The lowest and highest number of independent origins behind the claims that stand for a pattern, as the picture
    knows them: those of a point, counted in the same way."""
    wanted = {match.claim for match in matches if match.stands == "for"}
    facts = gather_facts(picture.readings, picture.provenance, picture.origins)
    return count_voices([fact for fact in facts if fact.claim.id in wanted])


def count_matched(found: Iterable[tuple[Fact, Match]]) -> tuple[int, int]:
    """The same of facts with their matches."""
    return count_voices([fact for fact, match in found if match.stands == "for"])


def match_facts(pattern: Pattern, facts: Sequence[Fact], readings: Sequence[Reading]) -> Iterator[tuple[Fact, Match]]:
    """The same of facts, each with its match. Linear in the number of facts."""
    places = {reading.report.digest or reading.report.id: reading.places for reading in readings}
    asked = Asked(pattern)
    ended = find_ended(asked, facts) if pattern.since is not None or pattern.anew else {}
    stopped = find_stop(facts, ended)
    for fact in facts:
        found = asked.judge(fact, places.get(fact.report.digest or fact.report.id, ()))
        if found is None:
            continue
        stands, why = found
        if stands == "for" and pattern.anew and not (says_anew(fact) or fact.said > stopped):
            stands, why = "aside", [*why, "nobody had said before that it had stopped"]
        if stands == "for" and (told := ended.get(fact.report.digest or fact.report.id)) and is_of_before(fact, told):
            stands, why = "aside", [*why, "told of the time before: its report says that this has ended"]
        yield (
            fact,
            Match(
                claim=fact.claim.id,
                report=fact.report.id,
                stands=stands,
                source=fact.source,
                origin=fact.origin,
                published=fact.report.published,
                text=fact.claim.text,
                why="; ".join(why),
            ),
        )


class Asked:
    """A pattern made ready to be asked of many facts."""

    def __init__(self, pattern: Pattern) -> None:
        """Name the subjects once."""
        self.pattern = pattern
        self.actors = [name_subject(words) for words in pattern.actors]
        self.targets = [name_subject(words) for words in pattern.targets]
        self.terms = frozenset(pattern.terms)
        self.one_sided = bool(load_lists()["one_sided"] & set(pattern.events))

    def judge(self, fact: Fact, places: Sequence[Place]) -> tuple[str, list[str]] | None:
        """How a fact stands to the pattern, and why; None where it does not speak of it."""
        pattern = self.pattern
        happens = self.judge_event(fact)
        if happens is None:
            return None
        says, why = happens
        if not (self.terms_agree(fact) and self.take_part(fact)):
            return None
        where = self.judge_place(fact, places)
        if where is None:
            return None
        why += where
        if aside := self.judge_saying(fact):
            return "aside", [*why, aside]
        if pattern.anew and says and STILL.search(fact.claim.text):
            return "aside", [*why, "says that it still goes on, not that it began again"]
        if aside := self.judge_time(fact):
            return "aside", [*why, aside]
        if not says:
            return "against", why
        bounded = self.judge_figure(fact)
        if bounded is None:
            return None
        return bounded[0], [*why, *bounded[1]]

    def judge_event(self, fact: Fact) -> tuple[bool, list[str]] | None:
        """Whether a fact says that the event happened or the state holds (or the opposite), and by what; None where it
        speaks of something else."""
        pattern, claim = self.pattern, fact.claim
        denied = fact.denied
        positive = (claim.polarity == "positive") != denied
        wanted = pattern.polarity == "positive"
        status = status_of(fact)
        fought = "clash" in pattern.events or "armed clash" in pattern.conflicts
        if status is not None and status[0] == pattern.state:
            return (status[1] == pattern.holds) == wanted, [f"{status[0]}: {'yes' if status[1] else 'no'}"]
        if pattern.state == "presence" and (claim.event == "clash" or claim.conflict == "armed clash"):
            return (positive == pattern.holds) == wanted, [f"in combat: {'yes' if positive else 'no'}"]
        if fought and status == ("presence", False):
            return (not wanted), ["presence: no"]
        if fought and status == ("presence", True) and (claim.event == "clash" or match_fronts().search(claim.text)):
            return wanted, ["there, where the fighting is"]
        counted = claim.figure.state if claim.figure else ""
        if pattern.figure_state and counted not in ("", pattern.figure_state) and claim.event == "casualties":
            return None
        named = claim.event in pattern.events if claim.event else False
        typed = claim.conflict in pattern.conflicts if claim.conflict else False
        if "casualties" in pattern.events and pattern.conflicts:
            named = named and (typed or not claim.conflict)
            typed = False
        coded = claim.category in pattern.categories if claim.category else False
        if named or typed or coded:
            word = claim.event if named else claim.conflict if typed else claim.category
            return positive == wanted, [f"{word}{'' if positive else ': no'}"]
        if self.counts(fact):
            return positive == wanted, ["counts them"]
        if self.terms and not (pattern.events or pattern.conflicts or pattern.categories or pattern.state):
            return positive == wanted, ["in like words"]
        return None

    def counts(self, fact: Fact) -> bool:
        """Whether a fact's figure counts what the pattern's bounds are on, whatever the words: those killed, those who
        came in addition."""
        pattern, figure = self.pattern, fact.claim.figure
        if figure is None or (pattern.at_least is None and pattern.at_most is None):
            return False
        if pattern.additional:
            return counts_newcomers(fact) and figure.unit == pattern.unit
        return bool(figure.state) and figure.state == pattern.figure_state and figure.unit == pattern.unit

    def terms_agree(self, fact: Fact) -> bool:
        """Whether the claim's sentence has the words asked for: most of them where no event is, else all."""
        if not self.terms:
            return True
        shared = len(self.terms & (fact.own or stems_of(fact.context))) / len(self.terms)
        happens = self.pattern.events or self.pattern.conflicts or self.pattern.categories or self.pattern.state
        return shared >= (1.0 if happens else MOST_TERMS)

    def take_part(self, fact: Fact) -> bool:
        """Whether everybody asked for takes part in the claim's event, in the part asked for."""
        acting = ("actor", "counted") if self.one_sided else ("actor", "target", "counted")
        suffering = ("target", "counted")
        return all(is_among(subject, fact, acting) for subject in self.actors) and all(
            is_among(subject, fact, suffering) for subject in self.targets
        )

    def judge_place(self, fact: Fact, places: Sequence[Place]) -> list[str] | None:
        """Where a fact is told of, in words; None where that is elsewhere or unknown."""
        wanted = self.pattern.place
        if wanted is None:
            return []
        named = fact.claim.place
        if named is not None and lies_within(named, wanted):
            return [f"in {named.name or named.text}"]
        if named is not None and named.lat is not None and not is_wide(named):
            return None
        before = find_before(places, fact.claim.start)
        if before is not None and lies_within(before, wanted):
            return [f"in {before.name or before.text}, told of before"]
        return None

    def judge_saying(self, fact: Fact) -> str:
        """Why what a fact says does not count, "" where it does."""
        pattern, claim, attribution = self.pattern, fact.claim, fact.attribution
        if fact.superseded:
            return "a later version of the article replaced it"
        if fact.corrected:
            return "the outlet took it back"
        if attribution is not None and attribution.negated:
            return "its source is said not to say it"
        if attribution is not None and attribution.stance in SILENT and "planned" not in pattern.tenses:
            return f"its source {attribution.stance} it"
        if not fact.told and not fact.denied:
            return f"it is {claim.stands}" if claim.stands != "asserted" else "its source does not deny it"
        if claim.tense not in pattern.tenses:
            return f"told as {claim.tense}"
        if fact.possible and not {"planned", "hypothetical"} & set(pattern.tenses):
            return "told as possible only"
        if pattern.sources and not any(speaks_as(words, fact) for words in pattern.sources):
            return f"not said by {' or '.join(pattern.sources)}"
        return ""

    def judge_time(self, fact: Fact) -> str:
        """Why a fact lies outside the window, "" where it does not."""
        since, until = self.pattern.since, self.pattern.until
        published, time = fact.report.published, fact.claim.time
        if since is not None and (published is None or published < since):
            return "published before the window" if published else "its report has no date"
        if until is not None and published is not None and time is None and published >= until:
            return "published after the window"
        earliest, latest = (time.earliest, time.latest) if time else (None, None)
        if since is not None and latest is not None and latest <= since:
            return "of the time before the window"
        if until is not None and earliest is not None and earliest >= until:
            return "of the time after the window"
        return ""

    def judge_figure(self, fact: Fact) -> tuple[str, list[str]] | None:
        """How a fact's figure stands to the bounds, and in which words; None where it counts something else."""
        pattern, figure = self.pattern, fact.claim.figure
        if pattern.at_least is None and pattern.at_most is None:
            return "for", []
        if figure is None or figure.unit not in (pattern.unit, *WHO.get(pattern.unit, ())):
            return None
        if pattern.figure_state and figure.state and figure.state != pattern.figure_state:
            return None
        if pattern.additional and not counts_newcomers(fact):
            return None
        low = figure.low if figure.low is not None else float("-inf")
        high = figure.high if figure.high is not None else float("inf")
        least = pattern.at_least if pattern.at_least is not None else float("-inf")
        most = pattern.at_most if pattern.at_most is not None else float("inf")
        if low >= least and high <= most:
            return "for", [figure.text]
        if figure.part == "subset":
            return "aside", [f"{figure.text} counts a part only"]
        if high < least or low > most:
            return "against", [figure.text]
        return "aside", [f"{figure.text} may be within the bounds, or not"]


def counts_newcomers(fact: Fact) -> bool:
    """Whether a fact's figure counts those who came in addition."""
    figure = fact.claim.figure
    return figure is not None and (figure.part == "additional" or tells_newcomers(fact.context))


def is_among(wanted: Subject, fact: Fact, roles: Sequence[str]) -> bool:
    """Whether somebody takes part in a claim's event in one of some roles."""
    subjects = [name_subject(actor.name) for actor in fact.claim.actors if actor.role in roles]
    if len(roles) > 2 or not subjects:
        subjects.append(fact.subject)
        if not fact.subject.keys and fact.body is not None:
            subjects.append(fact.body)
    return any(agrees(wanted, subject) for subject in subjects)


def agrees(wanted: Subject, subject: Subject) -> bool:
    """Whether a subject is the one wanted, or a part of it: "North Korean sappers" are North Koreans."""
    if not wanted.keys:
        return subject.is_body or wanted.words.casefold() == subject.words.casefold()
    return wanted.keys <= subject.keys and (subject.is_body or not wanted.is_body)


def speaks_as(words: str, fact: Fact) -> bool:
    """Whether a fact is the word of whom some words name: the same name, the same institution, or anybody of a country
    whose name stands alone."""
    from sayso.who.names import is_personal

    source = fact.source
    if fold(words) in (fold(source), fold(fact.report.outlet)):
        return True
    if fact.attribution is None or source == fact.report.outlet:
        return False
    one, other = find_institution(words), find_institution(source)
    if one is not None and other is not None:
        if one.name and one.name == other.name:
            return True
        if one.country and one.country == other.country and not one.branch:
            return True
    group = fact.group.casefold()
    if (
        one is not None
        and one.group
        and group
        and (group == one.group.casefold() or group.startswith(f"{one.name.casefold()}: "))
    ):
        return True
    return is_personal(words) and is_personal(source) and same_person(words, source)


def lies_within(place: Place, wanted: Place) -> bool:
    """Whether a place is the one wanted or lies in it: by country, by its own id, or within its radius; a place much
    wider than the one wanted does not."""
    if place.role == "metonym":
        return False
    if wanted.feature.startswith("PCL"):
        return bool(wanted.country) and place.country == wanted.country
    if place.feature.startswith(("PCL", "CONT")):
        return False
    if place.geonames_id is not None and place.geonames_id == wanted.geonames_id:
        return True
    if place.lat is None or place.lon is None or wanted.lat is None or wanted.lon is None:
        return bool(place.text) and fold(place.text) == fold(wanted.text)
    if wanted.country and place.country and wanted.country != place.country:
        return False
    reach = wanted.radius_km or 0.0
    if (place.radius_km or 0.0) > max(2 * reach, 30.0):
        return False
    return distance_km(place, wanted) <= max(reach, 5.0)


def is_wide(place: Place) -> bool:
    """Whether a place stands for who acts, or is too wide to say where."""
    return place.role == "metonym" or place.feature.startswith(STATES)


def find_before(places: Sequence[Place], at: int) -> Place | None:
    """The place told of last before a passage, but for countries, capitals and whoever is meant by a name."""
    known = (p for p in reversed(places) if p.start < at and p.lat is not None)
    return next((p for p in known if not is_wide(p)), None)


def find_ended(asked: Asked, facts: Sequence[Fact]) -> Mapping[str, frozenset[str]]:
    """By report, who says in it that what a pattern asks for has ended."""
    ended: dict[str, set[str]] = {}
    for fact in facts:
        found = asked.judge_event(fact) if not fact.possible else None
        if found is not None and not found[0] and asked.take_part(fact) and status_of(fact) is not None:
            ended.setdefault(fact.report.digest or fact.report.id, set()).add(fact.source)
    return {report: frozenset(sources) for report, sources in ended.items()}


def find_stop(facts: Sequence[Fact], ended: Mapping[str, frozenset[str]]) -> datetime:
    """When it was first said that what a pattern asks for has ended; the end of time where nobody did."""
    return min((f.said for f in facts if (f.report.digest or f.report.id) in ended), default=NEVER)


def says_anew(fact: Fact) -> bool:
    """Whether a claim itself says that something began again."""
    return fact.claim.event == "return" or match_anew().search(fact.claim.text) is not None


def is_of_before(fact: Fact, told: frozenset[str]) -> bool:
    """Whether an undated fact tells of before what its report says has ended: its source says so itself, or the outlet
    tells it on its own."""
    time: datetime | None = fact.claim.time.earliest if fact.claim.time else None
    if time is not None or fact.claim.tense == "ongoing":
        return False
    return fact.attribution is None or fact.source in told


def distance_km(a: Place, b: Place) -> float:
    """The distance between two places, on a plane: enough within a region; infinite where one is not located."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return float("inf")
    north = (a.lat - b.lat) * KM_PER_DEGREE
    east = (a.lon - b.lon) * KM_PER_DEGREE * cos(radians((a.lat + b.lat) / 2))
    return hypot(north, east)


KM_PER_DEGREE = 111.2
