"""Somebody who speaks in reports: what they said over all stories, as whom they are known, and how it has held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sayso.errors import Error
from sayso.harms import clean_text
from sayso.record import Claim, Grade, Point, Reading, Relation, Story
from sayso.serve.desk.desks import Desk
from sayso.serve.desk.stacks import Stack, find_stacks
from sayso.serve.desk.viewpoints import Viewpoint
from sayso.tell.citations import cite_claim, name_outlet
from sayso.tell.phrases import shorten
from sayso.tell.tongues import mark
from sayso.weigh.facts import NEVER
from sayso.who.identities import Who, group_of

MOST_SAID = 400
"""Statements that a page shows, the latest."""
LONGEST = 400
"""Code points of a statement that are shown."""
TURNS = {"contradiction": mark("contradicted"), "revision": mark("revised")}
"""The relations of a value to another that are on its source's record, as a page shows them."""
SORTS = {"person": mark("a person"), "body": mark("a body"), "officials": mark("unnamed officials"), "nobody": ""}


@dataclass(frozen=True, slots=True)
class Said:
    """A claim that somebody made: its words, stance and grade, where it was printed and through whom, and which
    question of which story it answers."""

    claim: str
    words: str
    stance: str
    stands: str
    digest: str
    outlet: str
    via: tuple[str, ...]
    published: datetime | None
    grade: str
    question: str
    point: str
    story: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A value of somebody that was revised or contradicted: the question, their words, and the other's words and
    source, with the claims that say so. `own` is whether the other value is theirs too; `more` other values say so."""

    kind: str
    question: str
    point: str
    story: str
    words: str
    claim: str
    digest: str
    at: datetime | None
    other: str
    other_claim: str
    other_digest: str
    other_source: str
    other_at: datetime | None
    own: bool
    why: str
    more: int = 0


@dataclass(frozen=True, slots=True)
class Foretold:
    """How somebody did as a forecaster: forecasts made, questions of theirs that were resolved, and the Brier score
    (0 best, 1 worst) over these, None without any."""

    forecasts: int
    resolved: int
    brier: float | None


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody by name. `names` are what reports call them, with how many do; `sort` what they are; `of` for whom they
    speak, `voices` who speaks for them; `because` why names were put together. `more` stories hold the name and were
    not looked at. `alike` is how many of one story are called so without anything that says that they are the same.
    `outlet` is whether reports of an outlet of that name are kept."""

    name: str
    names: tuple[tuple[str, int], ...]
    sort: str
    of: tuple[str, ...]
    voices: tuple[str, ...]
    group: str
    because: tuple[str, ...]
    grades: tuple[tuple[Grade, Story], ...]
    said: tuple[Said, ...]
    in_all: int
    turns: tuple[Turn, ...]
    borne_out: int
    stories: tuple[Story, ...]
    more: int
    alike: int
    foretold: Foretold | None
    outlet: bool


def find_source(desk: Desk, name: str, at: Viewpoint, story: str = "") -> Source:
    """Somebody by a name that reports call them, over all stories that hold it or in one `story`. Whoever nobody speaks
    of has no statements. Raises `Error` for no name, and `MissingError` where there is no such story."""
    wanted = fold(name)
    if not wanted:
        raise Error("whose statements? give a name: /sources?name=...")
    stacks, more = find_stacks(desk, wanted, at, story)
    everybody = [(stack, [who for who in stack.cast.everybody if is_called(who, wanted)]) for stack in stacks]
    everybody = [(stack, some) for stack, some in everybody if some]
    known = [who for _, some in everybody for who in some]
    said = list(fold_said(one for stack, some in everybody for one in list_said(stack, some)))
    said.sort(key=lambda one: (one.published or NEVER, one.digest))
    names = sum((who.names for who in known), Counter[str]())
    grades = [
        (grade, stack.story)
        for stack, some in everybody
        for grade in stack.picture.grades
        if grade.about == "source" and any(is_called(who, fold(grade.target)) for who in some)
    ]
    turns = [turn for stack, some in everybody for turn in list_turns(stack, some)]
    return Source(
        name=clean_text(name),
        names=tuple((clean_text(one), n) for one, n in names.most_common()),
        sort=SORTS.get(max(known, key=lambda who: len(who.reports)).sort, "") if known else "",
        of=list_names(who.of for who in known if who.of is not None and not is_called(who.of, wanted)),
        voices=list_names(
            other
            for stack, some in everybody
            for other in stack.cast.everybody
            if other.of is not None and other.of in some and not is_called(other, wanted)
        ),
        group=clean_text(group_of(known[0])) if known else "",
        because=tuple(dict.fromkeys(clean_text(why) for who in known for why in who.because)),
        grades=tuple(grades),
        said=tuple(said[-MOST_SAID:]),
        in_all=len(said),
        turns=tuple(sorted(turns, key=lambda turn: turn.at or NEVER)),
        borne_out=sum(one.grade in ("1", "2") for one in said),
        stories=tuple(stack.story for stack, _ in everybody),
        more=more,
        alike=max((len(some) for _, some in everybody), default=0),
        foretold=score_forecasts(desk, name, at),
        outlet=bool(desk.ledger.published_by(name, at.as_of)),
    )


def fold(name: str) -> str:
    """A name to compare: without what stands in brackets after it, spaces and case."""
    return " ".join(name.partition(" (")[0].split()).casefold()


def is_called(who: Who, wanted: str) -> bool:
    """Whether a folded name is one of somebody's."""
    return any(fold(name) == wanted for name in who.names)


def list_names(some: Iterable[Who]) -> tuple[str, ...]:
    """The names of some, each once."""
    return tuple(dict.fromkeys(clean_text(who.name) for who in some))


def list_spoken(stack: Stack, some: list[Who]) -> Iterator[tuple[Reading, int]]:
    """The attributions of a story whose speaker is one of some, by their numbers, each with its reading."""
    numbers = {who.number for who in some}
    for place in sorted({place for who in some for place in who.reports}):
        for n, who in stack.cast.speakers[place].items():
            if who.number in numbers:
                yield stack.picture.readings[place], n


def list_said(stack: Stack, some: list[Who]) -> Iterator[Said]:
    """What some of a story say in it, a claim each."""
    grades = {g.target: g.grade for g in stack.picture.grades if g.about == "claim"}
    points = {value.claim: point for point in reversed(stack.picture.points) for value in point.values}
    spoken = {(reading.report.id, n): reading for reading, n in list_spoken(stack, some)}
    for reading in {reading.report.id: reading for reading in spoken.values()}.values():
        for claim in reading.claims:
            if claim.attribution is None or (reading.report.id, claim.attribution) not in spoken:
                continue
            cited = cite_claim(reading, claim, 0, "")
            point = points.get(claim.id)
            yield Said(
                claim=claim.id,
                words=shorten(" ".join(cited.words.split()), LONGEST),
                stance=cited.stance,
                stands="" if claim.stands == "asserted" else claim.stands,
                digest=reading.report.digest,
                outlet=name_outlet(reading.report),
                via=tuple(clean_text(link) for link in cited.attribution.via) if cited.attribution else (),
                published=reading.report.published,
                grade=grades.get(claim.id, ""),
                question=clean_text(point.question) if point else "",
                point=point.id if point else "",
                story=stack.story.id,
            )


def fold_said(said: Iterable[Said]) -> Iterable[Said]:
    """The statements, those of the same words in one report once: that which answers a question, if one does."""
    found: dict[tuple[str, str], Said] = {}
    for one in said:
        key = (one.digest, one.words)
        if key not in found or (one.point and not found[key].point):
            found[key] = one
    return found.values()


def list_turns(stack: Stack, some: list[Who]) -> Iterator[Turn]:
    """The values of some that were contradicted, or that later ones replaced: each once, with the first of the others
    that say so."""
    spoken = {(reading.report.id, n) for reading, n in list_spoken(stack, some)}
    places = {c.id: (r, c) for r in stack.picture.readings for c in r.claims}
    mine = {id for id, (r, c) in places.items() if c.attribution is not None and (r.report.id, c.attribution) in spoken}
    found: dict[tuple[str, str, str], list[Turn]] = {}
    for point in stack.picture.points:
        for relation in point.relations if any(v.claim in mine for v in point.values) else ():
            turn = tell_turn(stack, point, relation, mine, places) if relation.relation in TURNS else None
            if turn is not None:
                found.setdefault((turn.kind, turn.point, turn.words), []).append(turn)
    for turns in found.values():
        first = min(turns, key=lambda turn: (turn.other_at or NEVER, turn.other_claim))
        yield replace(first, more=len({turn.other for turn in turns} - {first.other}))


def tell_turn(
    stack: Stack, point: Point, relation: Relation, mine: set[str], places: dict[str, tuple[Reading, Claim]]
) -> Turn | None:
    """A relation between a value of somebody's and another; None where neither is theirs, a claim is not at hand, or it
    was theirs that replaced the other."""
    a, b = point.values[relation.a], point.values[relation.b]
    if a.claim not in places or b.claim not in places or not {a.claim, b.claim} & mine:
        return None
    reports = {value.claim: places[value.claim][0].report for value in (a, b)}
    if a.claim not in mine or (b.claim in mine and is_later(reports[a.claim].published, reports[b.claim].published)):
        a, b = b, a
    if relation.relation == "revision" and is_later(reports[a.claim].published, reports[b.claim].published):
        return None
    return Turn(
        kind=relation.relation,
        question=clean_text(point.question),
        point=point.id,
        story=stack.story.id,
        words=clean_text(a.words or a.text),
        claim=a.claim,
        digest=reports[a.claim].digest,
        at=reports[a.claim].published,
        other=clean_text(b.words or b.text),
        other_claim=b.claim,
        other_digest=reports[b.claim].digest,
        other_source=clean_text(b.source),
        other_at=reports[b.claim].published,
        own=b.claim in mine,
        why=clean_text(relation.why),
    )


def is_later(one: datetime | None, other: datetime | None) -> bool:
    """Whether one moment is after another; what is unknown comes last."""
    return (one or NEVER) > (other or NEVER)


def score_forecasts(desk: Desk, name: str, at: Viewpoint) -> Foretold | None:
    """How somebody of a name did as a forecaster of this ledger, None where they made no forecast."""
    kept = desk.ledger.assessments("forecast", as_of=at.as_of)
    if not kept:
        return None
    from sayso.foresee.questions.dockets import read_docket
    from sayso.foresee.scoring.docket_forecasts import take_docket
    from sayso.foresee.scoring.leaderboards import rank_forecasters
    from sayso.foresee.scoring.shelves import fill_shelf

    asked, ended = (desk.ledger.assessments(kind, as_of=at.as_of) for kind in ("question", "resolution"))
    docket = read_docket(asked, kept, ended)
    made = sum(fold(one.forecaster) == fold(name) for some in docket.forecasts.values() for one in some)
    if not made:
        return None
    haul = take_docket(docket)
    shelf, _ = fill_shelf(haul.entries, haul.terms)
    standing = next((one for one in rank_forecasters(shelf, fewest=1) if fold(one.forecaster) == fold(name)), None)
    return Foretold(made, standing.n_questions if standing else 0, standing.brier if standing else None)
