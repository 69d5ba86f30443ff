"""What changed between two moments: the difference of two pictures of one story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sayso.record import Change, Picture, Point, Value
from sayso.weigh.facts import CORRECTION, NEVER

ORDER = (
    "corrected",
    "gone",
    "judged",
    "contradiction",
    "settled",
    "revision",
    "origins",
    "question",
    "value",
)
"""What changed the picture most comes first."""
BEFORE = 60
"""Code points before a claim in which an outlet says that it corrects itself."""


def compare_pictures(before: Picture, after: Picture) -> tuple[Change, ...]:
    """All changes from one picture to a later one of the same story, those that matter most first, then the latest;
    each once, however many reports tell of it."""
    found = [*list_corrections(before, after), *list_judged(before, after), *list_gone(before, after)]
    earlier = match_points(before, after)
    for point in after.points:
        known = earlier.get(point.id)
        found.extend(list_new(point) if known is None else compare_points(known, point))
    once = {(c.kind, c.about, c.was, c.now, c.by): c for c in reversed(found)}
    return tuple(
        sorted(once.values(), key=lambda c: (ORDER.index(c.kind), -(c.at or NEVER).timestamp(), c.about, c.now))
    )


def match_points(before: Picture, after: Picture) -> dict[str, Point]:
    """By the id of a later point, the earlier one with which it shares most claims; a point's id follows its first
    claim, which may have come later."""
    holders: dict[Seat, list[Point]] = {}
    for point in before.points:
        for value in point.values:
            holders.setdefault(seat_of(value), []).append(point)
    matched = {}
    for point in after.points:
        alike = Counter(p.id for v in point.values for p in holders.get(seat_of(v), ()) if p.kind == point.kind)
        if alike:
            best = max(sorted(alike), key=lambda id: alike[id])
            matched[point.id] = next(p for v in point.values for p in holders.get(seat_of(v), ()) if p.id == best)
    return matched


def list_new(point: Point) -> Iterator[Change]:
    """A question that was not answered before."""
    first = point.values[0]
    words = "; ".join(dict.fromkeys(say(v) for v in point.values))
    claims = tuple(v.claim for v in point.values)
    yield Change(kind="question", about=point.question, now=words, by=first.source, at=first.as_of, claims=claims)


def compare_points(before: Point, after: Point) -> Iterator[Change]:
    """What is new of a question that was answered before."""
    old = {seat_of(v) for v in before.values}
    known = {v.origin or v.source for v in before.values}
    revised: set[Seat] = set()
    for relation in after.relations:
        a, b = after.values[relation.a], after.values[relation.b]
        if relation.relation in ("revision", "contradiction") and not {seat_of(a), seat_of(b)} <= old:
            was, now = (a, b) if (a.as_of or NEVER) <= (b.as_of or NEVER) else (b, a)
            if seat_of(now) in old or (relation.relation == "revision" and seat_of(now) in revised):
                continue
            revised.add(seat_of(now))
            yield Change(
                kind=relation.relation,
                about=after.question,
                was=say(was),
                now=say(now),
                by=now.source,
                why=relation.why,
                at=now.as_of,
                claims=(was.claim, now.claim),
            )
    yield from list_settled(before, after)
    for value in after.values:
        if seat_of(value) not in old | revised and (value.origin or value.source) not in known:
            known.add(value.origin or value.source)
            yield Change(
                kind="value",
                about=after.question,
                now=say(value),
                by=value.source,
                at=value.as_of,
                claims=(value.claim,),
            )
    if before.independent != after.independent:
        yield Change(
            kind="origins",
            about=after.question,
            was=count(before.independent),
            now=count(after.independent),
            claims=tuple(v.claim for v in after.values),
        )


def list_settled(before: Point, after: Point) -> Iterator[Change]:
    """The contradictions that no longer stand although both values do: they were judged, or one was revised."""
    now = {pair_of(after, r.a, r.b): r for r in after.relations}
    for relation in before.relations:
        pair = pair_of(before, relation.a, relation.b)
        if relation.relation == "contradiction" and pair in now and now[pair].relation != "contradiction":
            a, b = before.values[relation.a], before.values[relation.b]
            yield Change(
                kind="settled",
                about=after.question,
                was=f"{say(a)} / {say(b)}",
                now=now[pair].relation,
                by=now[pair].by,
                why=now[pair].why,
                claims=(a.claim, b.claim),
            )


Seat = tuple[str, int, int, float | None, float | None]


def seat_of(value: Value) -> Seat:
    """Where a value stands, its claim and span, and its number: what was reckoned from words stands where they do."""
    return value.claim, value.start, value.end, value.low, value.high


def pair_of(point: Point, a: int, b: int) -> frozenset[Seat]:
    """Where two values stand."""
    return frozenset((seat_of(point.values[a]), seat_of(point.values[b])))


def list_gone(before: Picture, after: Picture) -> Iterator[Change]:
    """The answers whose report or claim is no longer there, each once."""
    left = {claim.id for reading in after.readings for claim in reading.claims}
    seen: set[str] = set()
    for point in before.points:
        for value in point.values:
            if value.claim not in left and value.claim not in seen:
                seen.add(value.claim)
                yield Change(kind="gone", about=point.question, was=say(value), by=value.source, claims=(value.claim,))


def list_judged(before: Picture, after: Picture) -> Iterator[Change]:
    """What analysts judged between the two moments, and what they undid."""
    then, now = ({j.id: j for j in picture.judgements} for picture in (before, after))
    for id in sorted(then.keys() ^ now.keys()):
        judgement = now.get(id) or then[id]
        what = " ".join(filter(None, (judgement.kind, judgement.value)))
        yield Change(
            kind="judged",
            about=f"{judgement.about} {judgement.target if judgement.about != 'source' else judgement.other}",
            was="" if id in now else what,
            now=what if id in now else "undone",
            by=judgement.by,
            why=judgement.reason,
            at=judgement.at,
        )


def list_corrections(before: Picture, after: Picture) -> Iterator[Change]:
    """What outlets took back of what they had printed."""
    known = {reading.report.digest for reading in before.readings}
    for reading in after.readings:
        report = reading.report
        for claim in reading.claims if report.digest not in known else ():
            if CORRECTION.search(report.text[max(0, claim.start - BEFORE) : claim.end]):
                yield Change(
                    kind="corrected",
                    about=report.title or report.id,
                    now=" ".join(claim.text.split()),
                    by=report.outlet or report.id,
                    at=report.published,
                    claims=(claim.id,),
                )


def say(value: Value) -> str:
    """A value in few words: its own, with who says it."""
    words = value.words if value.words and value.words != value.word else value.word or " ".join(value.text.split())
    return f"{words} ({value.source})" if value.source else words


def count(independent: tuple[int, int]) -> str:
    """How many independent origins."""
    low, high = independent
    return str(low) if low == high else f"{low} to {high}"
