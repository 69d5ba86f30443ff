"""Where reports disagree, once a question: its answers beside each other, each with all who give it.

That two cannot both be true is said only where weighing found a witness and two known origins stand against each other;
else reports differ, or differ in scope.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Set
from dataclasses import dataclass

from sayso.record import Picture, Point, Relation, Value
from sayso.weigh.facts import is_contrary

EXCLUDED = "both cannot be true"
DIFFERENT = "reports differ"
SCOPE = "they differ in scope"
VERDICTS = (EXCLUDED, DIFFERENT, SCOPE)
"""What is said of a disagreement, the gravest first."""
RECKONED = "(reckoned)"
"""How the words of a figure end that nobody said."""


@dataclass(frozen=True, slots=True)
class Side:
    """One answer to a question, or the denial of one, and all values that give it, the first told first."""

    values: tuple[Value, ...]
    denied: bool = False

    @property
    def first(self) -> Value:
        """The value that was told first."""
        return self.values[0]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A question whose answers differ, those that exclude another first; what is said of them, and why."""

    point: Point
    sides: tuple[Side, ...]
    verdict: str
    why: str

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims of all sides."""
        return tuple(dict.fromkeys(value.claim for side in self.sides for value in side.values))


def find_conflicts(picture: Picture) -> list[Conflict]:
    """The disagreements of a picture, the gravest first, then those of most independent origins."""
    groups = {origin.name: origin.group for origin in picture.origins}
    denials = list_denials(picture)
    found = [c for point in picture.points if (c := find_conflict(point, groups, denials)) is not None]
    return sorted(found, key=lambda c: (VERDICTS.index(c.verdict), -c.point.independent[0]))


def find_conflict(point: Point, groups: Mapping[str, str], denials: Set[str]) -> Conflict | None:
    """What a point's values disagree on, None where they do not."""
    graded: dict[str, list[Relation]] = {}
    for relation in point.relations:
        if verdict := judge_relation(point, relation, groups):
            graded.setdefault(verdict, []).append(relation)
    for verdict in VERDICTS:
        if relations := graded.get(verdict):
            at = dict.fromkeys(position for r in relations for position in (r.a, r.b))
            sides = gather_sides(point, at, denials)
            if len(sides) > 1 or verdict != SCOPE:
                return Conflict(point, sides, verdict, relations[0].why)
    return None


def judge_relation(point: Point, relation: Relation, groups: Mapping[str, str]) -> str:
    """What is said of two values, "" where they are no disagreement: one was reckoned, is only the day of a report, or
    was superseded, or one institution limits what it said itself."""
    a, b = point.values[relation.a], point.values[relation.b]
    if relation.relation not in ("contradiction", "scope") or not (is_said(point, a) and is_said(point, b)):
        return ""
    one, other = (groups.get(value.origin, value.origin) for value in (a, b))
    if relation.relation == "scope":
        return SCOPE if one != other else ""
    return EXCLUDED if one and other and one != other else DIFFERENT


def is_said(point: Point, value: Value) -> bool:
    """Whether a value stands and somebody said it: a figure that was reckoned and the day of a report are nobody's."""
    return not value.superseded and not value.words.endswith(RECKONED) and bool(value.words or point.kind != "date")


def gather_sides(point: Point, positions: Iterable[int], denials: Set[str]) -> tuple[Side, ...]:
    """The answers at some positions of a point, each with the values that give it."""
    sides: dict[tuple[Hashable, bool], list[Value]] = {}
    for position in sorted(positions):
        value = point.values[position]
        denied = point.kind == "figure" and value.claim in denials
        sides.setdefault((key_answer(point, value), denied), []).append(value)
    return tuple(Side(tuple(values), denied) for (_, denied), values in sides.items())


def key_answer(point: Point, value: Value) -> Hashable:
    """What a value answers."""
    if point.kind == "figure":
        return value.low, value.high
    return (value.earliest, value.latest) if point.kind == "date" else value.word or (value.low, value.high)


def list_denials(picture: Picture) -> frozenset[str]:
    """The ids of the claims whose words are denied."""
    return frozenset(
        claim.id
        for reading in picture.readings
        for claim in reading.claims
        if is_contrary(claim, None if claim.attribution is None else reading.attributions[claim.attribution])
    )
