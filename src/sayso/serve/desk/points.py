"""The points of a story: what reports answer to each question, and where they differ."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sayso.harms import clean_text
from sayso.moments import DAY
from sayso.record import Estimate, Picture, Point, Position, Relation, Value
from sayso.serve.desk.desks import Desk, MissingError
from sayso.serve.desk.viewpoints import Viewpoint
from sayso.tell.conflicts import DIFFERENT, EXCLUDED, SCOPE, find_conflicts, gather_sides, is_said, list_denials
from sayso.tell.open_points import find_open_points
from sayso.tell.phrases import name_interval
from sayso.tell.sources import Sources

REVISED = "revised"
"""What is said of a question whose answers replaced each other."""
VERDICTS = (EXCLUDED, DIFFERENT, SCOPE, REVISED, "")
"""What is said of the answers to a question, the gravest first; "" where they agree."""
DIFFERING = frozenset((EXCLUDED, DIFFERENT))
"""The verdicts of questions that are open."""
TELLING = ("contradiction", "revision", "scope")
"""The relations between answers that say more than that both may stand."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer to a question, or the denial of one, and all values that give it, the first told first."""

    words: str
    values: tuple[Value, ...]
    denied: bool = False

    @property
    def sources(self) -> tuple[str, ...]:
        """Who gives it, each once."""
        return tuple(dict.fromkeys(value.source for value in self.values if value.source))

    @property
    def origins(self) -> tuple[str, ...]:
        """Where it came from, each once."""
        return tuple(dict.fromkeys(value.origin for value in self.values if value.origin))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its answers, those most given first; what is said of them, and why."""

    point: Point
    sides: tuple[Answered, ...]
    verdict: str = ""
    why: str = ""

    @property
    def differs(self) -> bool:
        """Whether reports give answers that differ."""
        return self.verdict in DIFFERING


@dataclass(frozen=True, slots=True)
class Opened:
    """All of one question: also the lines of figures of its sources, what parties did about it, and those relations
    between its values that say more than that both may stand; `others` counts the rest by their kind."""

    asked: Asked
    picture: Picture
    estimates: tuple[Estimate, ...]
    positions: tuple[Position, ...]
    relations: tuple[Relation, ...]
    others: tuple[tuple[str, int], ...]


def list_points(desk: Desk, story: str, at: Viewpoint) -> list[Asked]:
    """All questions of a story, those that differ first, then those of most independent origins. Raises
    `MissingError`."""
    found = desk.story(story, at.as_of)
    asked: list[Asked] = desk.hold(("points", found.id, at.as_of), lambda: ask_all(desk.picture(found.id, at.as_of)))
    return asked


def find_points(desk: Desk, story: str, at: Viewpoint, kind: str = "", *, differs: bool = False) -> list[Asked]:
    """The questions of a story that are of a kind ("" for any), or only those whose answers differ. Raises
    `MissingError`."""
    points = list_points(desk, story, at)
    return [one for one in points if kind in ("", one.point.kind) and (one.differs or not differs)]


def find_point(desk: Desk, story: str, point: str, at: Viewpoint) -> Opened:
    """One question of a story, by its id or that of a claim that answers it. Raises `MissingError`."""
    points = list_points(desk, story, at)
    asked = next((one for one in points if one.point.id == point), None)
    asked = asked or next((one for one in points if any(v.claim == point for v in one.point.values)), None)
    if asked is None:
        raise MissingError(f"no question {point} was answered in this story by then")
    picture, of_it = desk.picture(story, at.as_of), asked.point
    return Opened(
        asked,
        picture,
        tuple(one for one in picture.estimates if one.point == of_it.id),
        tuple(one for one in picture.positions if one.point == of_it.id),
        tuple(sorted((r for r in of_it.relations if r.relation in TELLING), key=lambda r: TELLING.index(r.relation))),
        tuple(Counter(r.relation for r in of_it.relations if r.relation not in TELLING).most_common()),
    )


def ask_all(picture: Picture) -> list[Asked]:
    """All questions of a picture, in the order in which they are shown."""
    conflicts = {one.point.id: one for one in find_conflicts(picture)}
    disputed = {one.point.id for one in find_open_points(picture, Sources(picture))}
    denials = list_denials(picture)
    asked = []
    for point in picture.points:
        conflict = conflicts.get(point.id)
        verdict, why = (conflict.verdict, conflict.why) if conflict else ("", "")
        if point.id in disputed and verdict not in DIFFERING:
            verdict = DIFFERENT
        elif not verdict and is_revised(point):
            verdict = REVISED
        asked.append(Asked(point, list_sides(point, denials), verdict, why))
    return sorted(asked, key=lambda one: (VERDICTS.index(one.verdict), *rank_point(one.point)))


def rank_point(point: Point) -> tuple[int, int, str]:
    """What puts questions in order: how many independent origins and values there are."""
    return -point.independent[0], -len(point.values), point.id


def is_revised(point: Point) -> bool:
    """Whether an answer that somebody gave replaced another."""
    return any(
        r.relation == "revision" and is_said(point, point.values[r.a]) and is_said(point, point.values[r.b])
        for r in point.relations
    )


def list_sides(point: Point, denials: frozenset[str]) -> tuple[Answered, ...]:
    """The answers that stand, those of most origins first; all there are where a later version replaced each."""
    standing = [n for n, value in enumerate(point.values) if is_said(point, value)] or range(len(point.values))
    told: dict[tuple[str, bool], list[Value]] = {}
    for side in gather_sides(point, standing, denials):
        # Days are those of where they were lived: one date is several intervals.
        told.setdefault((say_value(point, side.first), side.denied), []).extend(side.values)
    sides = (Answered(words, tuple(values), denied) for (words, denied), values in told.items())
    return tuple(sorted(sides, key=lambda side: (-len(side.origins), -len(side.values))))


def say_value(point: Point, value: Value) -> str:
    """The words of an answer: a date in full, yes or no where that is what is asked, else the report's own."""
    said = clean_text(" ".join((value.words or value.text).split()))
    if point.kind == "date" and value.earliest and value.latest:
        day = name_interval(value.earliest, value.latest)
        return day if value.latest - value.earliest >= DAY else f"{said}, {day}"
    if point.kind in ("figure", "date"):
        return said
    return clean_text(value.word or said)
