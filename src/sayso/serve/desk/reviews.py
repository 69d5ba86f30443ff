"""What needs a look: doubtful joins, contradictions, and places that are not anchored, one after another.

The queue of a ledger is made once for as many reports; what is judged meanwhile falls out of it, so that walking it
weighs nothing anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sayso.errors import Error
from sayso.harms import clean_text
from sayso.ids import make_id
from sayso.record import Claim, Picture, Point, Reading, Relation, Story, Value
from sayso.serve.desk.comments import add_comment, list_comments, undo_comment
from sayso.serve.desk.desks import Desk, MissingError
from sayso.serve.desk.judging import judge, undo
from sayso.serve.desk.works import index_claims
from sayso.tell.citations import cite_claim
from sayso.tell.html import view_citation
from sayso.tell.sides import read_chances

Kind = Literal["contradiction", "join", "place"]
DOUBTFUL = 0.35
"""How likely a value is, at best, to answer the same question as any other of its point, for its join to be doubtful;
the brief stands on what is at least half likely (`tell.sides.LIKELY`)."""
MOST_OF_A_POINT = 3
"""Doubtful joins of one point, the most doubtful."""
MOST_STORIES = 20
"""Stories that are looked at, the largest first."""
CONFIRMED, REFUSED = "confirmed on review", "refused on review"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two claims beside each other: its seat, the value's own words, and its citation for the page."""

    seat: str
    report: str
    words: str
    note: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Something to be looked at. `relation` is what sayso took two values for, `witness` what of them excludes each
    other; a place has one side, and `place` as it was named."""

    id: str
    kind: Kind
    story: str
    sides: tuple[Side, ...]
    point: str = ""
    question: str = ""
    relation: str = ""
    witness: str = ""
    place: str = ""


def list_doubts(desk: Desk) -> list[Doubt]:
    """What is left to be looked at, the most pressing first. When all that was found is looked at, it is looked once
    more at the ledger as it was judged."""
    reports = ("reports", desk.ledger.count()["reports"])
    found: list[Doubt] = desk.hold(("doubts",), lambda: find_doubts(desk), reports)
    if left := leave_out(desk, found):
        return left
    again: list[Doubt] = desk.hold(("doubts again",), lambda: find_doubts(desk))
    return leave_out(desk, again)


def find_doubts(desk: Desk) -> list[Doubt]:
    """All that needs a look: contradictions first, then doubtful joins, then places."""
    doubts = [
        doubt for story in desk.stories()[:MOST_STORIES] for doubt in find_doubts_of(desk.picture(story.id), story)
    ]
    order: dict[Kind, int] = {"contradiction": 0, "join": 1, "place": 2}
    return sorted(doubts, key=lambda doubt: order[doubt.kind])


def find_doubts_of(picture: Picture, story: Story) -> Iterator[Doubt]:
    """What needs a look in one story."""
    claims = index_claims(picture)
    for point in picture.points:
        for relation in point.relations:
            if relation.relation == "contradiction" and not relation.by:
                yield from pair_doubt("contradiction", story, point, relation, claims)
        for last, relation in find_doubtful(point):
            yield from pair_doubt("join", story, point, relation, claims, last)
    yield from find_places(picture, story)


def find_doubtful(point: Point) -> list[tuple[int, Relation]]:
    """The values of a point that fit none of the others well, the worst first, each with its relation to the one that
    it fits best."""
    best: dict[int, tuple[float, int]] = {}
    for (a, b), (likely, _) in read_chances(point).items():
        best[a] = max(best.get(a, (0.0, b)), (likely, b))
    doubtful = sorted((likely, a, b) for a, (likely, b) in best.items() if likely < DOUBTFUL)
    related = {frozenset((r.a, r.b)): r for r in point.relations}
    pairs: dict[frozenset[int], int] = {}
    for _, a, b in doubtful:
        pairs.setdefault(frozenset((a, b)), a)
    found = [(last, related[pair]) for pair, last in pairs.items() if pair in related and not related[pair].by]
    return [(last, one) for last, one in found if one.relation != "contradiction"][:MOST_OF_A_POINT]


def pair_doubt(
    kind: Kind,
    story: Story,
    point: Point,
    relation: Relation,
    claims: dict[str, tuple[Reading, Claim]],
    last: int | None = None,
) -> Iterator[Doubt]:
    """Two values beside each other, unless both are in one claim; the one that is `last` is the one that may not belong
    here."""
    first, second = (relation.b, relation.a) if relation.a == last else (relation.a, relation.b)
    a, b = point.values[first], point.values[second]
    if a.claim == b.claim or a.claim not in claims or b.claim not in claims:
        return
    sides = (make_side(a, claims), make_side(b, claims))
    yield Doubt(
        id=make_id(kind, *sorted(side.seat for side in sides)),
        kind=kind,
        story=story.id,
        sides=sides,
        point=point.id,
        question=point.question,
        relation=relation.relation,
        witness=relation.witness,
    )


def make_side(value: Value, claims: dict[str, tuple[Reading, Claim]]) -> Side:
    """A value with its words in context."""
    reading, claim = claims[value.claim]
    words = clean_text(" ".join((value.words or value.word).split()))
    note = view_citation(cite_claim(reading, claim, 0, value.origin))
    return Side(seat=claim.seat, report=reading.report.digest, words=words, note=note)


def find_places(picture: Picture, story: Story) -> Iterator[Doubt]:
    """The places of claims that stand nowhere on the map, each name once."""
    named: set[str] = set()
    for reading in picture.readings:
        for claim in reading.claims:
            place = claim.place
            if place is None or place.geonames_id is not None or place.lat is not None:
                continue
            name = clean_text(" ".join(place.text.split()))
            if name.casefold() in named:
                continue
            named.add(name.casefold())
            note = view_citation(cite_claim(reading, claim, 0, ""))
            side = Side(seat=claim.seat, report=reading.report.digest, words=name, note=note)
            yield Doubt(
                id=make_id("place", story.id, name.casefold()), kind="place", story=story.id, sides=(side,), place=name
            )


def leave_out(desk: Desk, doubts: Iterable[Doubt]) -> list[Doubt]:
    """Those that nobody answered yet."""
    pairs = {frozenset((j.target, j.other)) for j in desk.ledger.judgements(standing=True) if j.about == "claim"}
    items = {comment.item for comment in list_comments(desk) if comment.item and not comment.undone}
    return [d for d in doubts if d.id not in items and frozenset(side.seat for side in d.sides) not in pairs]


def find_next(desk: Desk, after: str) -> tuple[Doubt | None, int, int]:
    """What is to be looked at next after another ("": from the beginning), how many are left behind it, and how many
    were put off before it."""
    left = list_doubts(desk)
    reports = ("reports", desk.ledger.count()["reports"])
    found: list[Doubt] = desk.hold(("doubts",), lambda: find_doubts(desk), reports)
    places = {doubt.id: n for n, doubt in enumerate(found)}
    start = places.get(after, -1)
    later = [doubt for doubt in left if places.get(doubt.id, len(found)) > start]
    return (later[0] if later else None), max(0, len(later) - 1), len(left) - len(later)


def find_doubt(desk: Desk, id: str) -> Doubt:
    """Something to be looked at, answered or not, by its id. Raises `MissingError`."""
    reports = ("reports", desk.ledger.count()["reports"])
    found: list[Doubt] = desk.hold(("doubts",), lambda: find_doubts(desk), reports)
    for doubt in [*found, *list_doubts(desk)]:
        if doubt.id == id:
            return doubt
    raise MissingError("that is not in the review any more")


def answer_doubt(desk: Desk, id: str, answer: str, *, by: str, seen: int | None) -> str:
    """Keep what an analyst says of it: "y", it is so, or "n", it is not. Gives the id of the judgement, or of the
    comment on a place. Raises `ConflictError` where another answered it since, `Error` where the answer is none."""
    if answer not in ("y", "n"):
        raise Error("answer y or n")
    doubt = find_doubt(desk, id)
    reason = CONFIRMED if answer == "y" else REFUSED
    if doubt.kind == "place":
        done = next((c for c in list_comments(desk) if c.item == id and not c.undone), None)
        if done:
            raise Error(f"{done.by} looked at it since")
        words = f"{doubt.place}: {'a place that is on no map here' if answer == 'y' else 'no place'} ({reason})"
        return add_comment(desk, "claim", doubt.sides[0].seat, words, by=by, item=id).id
    a, b = (side.seat for side in doubt.sides)
    if doubt.kind == "join" and answer == "n":
        return judge(desk, "split", a, other=b, by=by, reason=reason, seen=seen).id
    relation = doubt.relation if answer == "y" else "unrelated"
    return judge(desk, "relate", a, other=b, value=relation, by=by, reason=reason, seen=seen).id


def undo_answer(desk: Desk, made: str, *, by: str) -> None:
    """Take back what was answered: a judgement, or a comment on a place. Raises `Error`."""
    reason = "taken back on review"
    if any(comment.id == made for comment in list_comments(desk)):
        undo_comment(desk, made, by=by, reason=reason)
        return
    undo(desk, made, by=by, reason=reason)
