"""What can be worked on: a point, a story, a report, a source; each with what was judged and said of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sayso.errors import Error
from sayso.harms import clean_text
from sayso.record import Claim, Picture, Point, Reading, Report, Story
from sayso.serve.desk.comments import Comment, list_comments
from sayso.serve.desk.desks import Desk, MissingError
from sayso.serve.desk.judging import LONGEST_VALUE, Judged, count_seen, list_judged
from sayso.serve.desk.viewpoints import Viewpoint
from sayso.tell.citations import cite_claim
from sayso.tell.html import view_citation
from sayso.tell.sides import list_stems

MOST_POINTS = 300
"""Other points that a point can be merged with in one step, those that are asked most alike first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value of a point to be chosen: its claim by seat and id, its own words, and its citation for the page."""

    seat: str
    claim: str
    report: str
    words: str
    note: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What was judged of something and said of it, and how many judgements there were then (`seen`)."""

    judged: list[Judged]
    comments: list[Comment]
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PointWork(Work):
    """A point, the values that can be chosen, the points that it can be merged with (the seat by which each is, and its
    question), and its own `seat` for that."""

    story: Story
    point: Point
    choices: list[Choice]
    others: list[tuple[str, str]]
    seat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryWork(Work):
    """A story, and the digests of its reports."""

    story: Story
    digests: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWork(Work):
    """A report, and whether it was retracted."""

    report: Report
    retracted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceWork(Work):
    """A source by its name."""

    name: str


def find_point_work(desk: Desk, story: str, point: str, at: Viewpoint) -> PointWork:
    """What can be done at a point. Raises `MissingError`."""
    found, picture = desk.story(story, at.as_of), desk.picture(story, at.as_of)
    asked = find_point(picture, point)
    choices = list_choices(picture, asked)
    seats = {choice.seat for choice in choices}
    seen = count_seen(desk)
    return PointWork(
        story=found,
        point=asked,
        choices=choices,
        others=list_others(picture, asked),
        seat=pick_seats(picture).get(asked.id, ""),
        judged=list_judged(desk, seats),
        comments=list_comments(desk, seats | {asked.id}),
        seen=seen,
    )


def find_point(picture: Picture, id: str) -> Point:
    """The point of an id. Raises `MissingError`."""
    for point in picture.points:
        if point.id == id:
            return point
    raise MissingError(f"there is no point {id} in this story")


def find_point_of(desk: Desk, story: str, seat: str, before: Point | None = None) -> str:
    """The id of the point that a claim answers now, of the same kind as `before` if it can be; "" where it answers
    none, as after a retraction."""
    picture = desk.picture(story)
    seats = {claim.id for reading in picture.readings for claim in reading.claims if claim.seat == seat}
    found = [point for point in picture.points if any(value.claim in seats for value in point.values)]
    if before:
        found.sort(key=lambda p: (p.id != before.id, p.kind != before.kind, p.unit != before.unit))
    return found[0].id if found else ""


def list_choices(picture: Picture, point: Point) -> list[Choice]:
    """The values of a point, one a claim."""
    claims = index_claims(picture)
    choices: dict[str, Choice] = {}
    for value in point.values:
        if value.claim in choices or value.claim not in claims:
            continue
        reading, claim = claims[value.claim]
        choices[value.claim] = Choice(
            seat=claim.seat,
            claim=claim.id,
            report=reading.report.digest,
            words=clean_text(" ".join((value.words or value.word or value.text).split())),
            note=view_citation(cite_claim(reading, claim, 0, value.origin)),
        )
    return list(choices.values())


def index_claims(picture: Picture) -> dict[str, tuple[Reading, Claim]]:
    """Each claim of a picture with its reading, by its id."""
    return {claim.id: (reading, claim) for reading in picture.readings for claim in reading.claims}


def list_others(picture: Picture, point: Point) -> list[tuple[str, str]]:
    """The other points of its kind, those that ask most alike first: the seat by which each is merged, and its
    question."""
    stems, picks = list_stems(point.question), pick_seats(picture)
    others = [other for other in picture.points if other.id != point.id and other.kind == point.kind]
    others.sort(key=lambda other: (other.unit != point.unit, -len(stems & list_stems(other.question))))
    return [(picks[other.id], other.question) for other in others[:MOST_POINTS] if other.id in picks]


def pick_seats(picture: Picture) -> dict[str, str]:
    """By the id of each point the seat of its claim that answers fewest other questions: a merge by it brings least
    else together."""
    answered = Counter(value.claim for point in picture.points for value in point.values)
    seats = {claim.id: claim.seat for reading in picture.readings for claim in reading.claims}
    picks: dict[str, str] = {}
    for point in picture.points:
        if claims := [value.claim for value in point.values if value.claim in seats]:
            picks[point.id] = seats[min(claims, key=lambda claim: answered[claim])]
    return picks


def find_story_work(desk: Desk, story: str, at: Viewpoint) -> StoryWork:
    """What can be done with a story. Raises `MissingError`."""
    found = desk.story(story, at.as_of)
    digests = next(digests for one, digests in desk.shelves(at.as_of) if one.id == found.id)
    seen = count_seen(desk)
    judged = [one for one in list_judged(desk, set(digests)) if one.kind in ("name", "merge", "split")]
    comments = list_comments(desk, {found.id, *digests})
    return StoryWork(
        story=found, digests=digests, judged=judged, comments=[c for c in comments if c.on == "story"], seen=seen
    )


def find_report_work(desk: Desk, digest: str) -> ReportWork:
    """What can be done with a report, retracted or not. Raises `MissingError`."""
    report = next(iter(desk.ledger.reports([digest])), None)
    if report is None:
        raise MissingError(f"there is no report {digest}")
    seen = count_seen(desk)
    judged = [one for one in list_judged(desk, {digest}) if one.kind in ("retract", "restore")]
    latest = next((one for one in judged if one.standing), None)
    return ReportWork(
        report=report,
        retracted=latest is not None and latest.kind == "retract",
        judged=judged,
        comments=list_comments(desk, {digest}),
        seen=seen,
    )


def find_source_work(desk: Desk, name: str) -> SourceWork:
    """What can be done with a source, of any name. Raises `Error` where that is none."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_VALUE:
        raise Error("name a source")
    seen = count_seen(desk)
    judged = [one for one in list_judged(desk, {name}) if one.kind == "grade"]
    return SourceWork(name=name, judged=judged, comments=[], seen=seen)


def choose(choices: list[Choice], chosen: list[str], number: int) -> list[Choice]:
    """The values of a point that were chosen, by their seats. Raises `Error` where they are not so many."""
    found = [choice for choice in choices if choice.seat in chosen]
    if len(found) != number:
        raise Error("choose one value" if number == 1 else "choose two values")
    return found
