"""Happenings: which claims tell of one instance of an event or state, in whatever words, and when and where it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sayso.ids import make_id
from sayso.record import Happening, Point, Time
from sayso.weigh.facts import Fact
from sayso.weigh.matching import group_units
from sayso.weigh.matching.units import Unit

LEAST = 0.3
"""How likely two groups of claims must be, on average, to answer one question before they are held to tell of one
happening: claims that tell of one event in its different sides are further apart than answers to one question."""
REFERENCES = ("PRESENT_REF", "PAST_REF", "FUTURE_REF")
WIDEST = timedelta(days=100)
"""A date vaguer than a season dates nothing."""
MOST_NAMED = 6
DAY = timedelta(days=1)


def find_happenings(
    stories: Iterable[Sequence[Unit]], points: Sequence[Point], facts: Iterable[Fact]
) -> tuple[Happening, ...]:
    """What the units of some stories tell of, those with most claims first; facts without a unit of their own (one
    clause with two figures is two claims) are of the happening of the clause that they stand in."""
    asked: dict[str, list[str]] = {}
    for point in points:
        for value in point.values:
            asked.setdefault(value.claim, []).append(point.id)
    whether = ([unit for unit in units if unit.answer.kind == "yes-no"] for units in stories)
    groups = [[unit.fact for unit in group] for told in whether for group in group_units(told, LEAST)]
    add_others(groups, facts)
    found = [make_happening(group, asked) for group in groups]
    return tuple(sorted(found, key=lambda h: (-len(h.claims), h.id)))


def add_others(groups: Sequence[list[Fact]], facts: Iterable[Fact]) -> None:
    """Put facts that are in no group where the clause that they share most words with is."""
    known: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    grouped: set[str] = set()
    for n, group in enumerate(groups):
        for fact in group:
            grouped.add(fact.claim.id)
            known.setdefault((fact.report.id, fact.report.digest), []).append((fact.claim.start, fact.claim.end, n))
    for fact in facts:
        spans = known.get((fact.report.id, fact.report.digest), ()) if fact.claim.id not in grouped else ()
        common = ((min(end, fact.claim.end) - max(start, fact.claim.start), n) for start, end, n in spans)
        best = max(common, default=(0, 0))
        if best[0] > 0:
            groups[best[1]].append(fact)


def make_happening(facts: Sequence[Fact], asked: dict[str, list[str]]) -> Happening:
    """The happening that some facts tell of."""
    common = Counter(stem for fact in facts for stem in fact.own)
    best = max(facts, key=lambda f: sum(common[s] for s in f.own) / (len(f.own) + 3))
    when = find_interval(facts)
    places = Counter(f.claim.place.name or f.claim.place.text for f in facts if f.claim.place is not None)
    events = Counter(f.claim.event for f in facts if f.claim.event)
    people = Counter(actor.name for f in facts for actor in f.claim.actors)
    claims = tuple(dict.fromkeys(f.claim.id for f in facts))
    return Happening(
        id=make_id("happening", facts[0].claim.seat),
        text=" ".join(best.claim.text.split()),
        what=events.most_common(1)[0][0] if events else "",
        earliest=when[0] if when else None,
        latest=when[1] if when else None,
        where=places.most_common(1)[0][0] if places else "",
        who=tuple(name for name, _ in people.most_common(MOST_NAMED)),
        claims=claims,
        origins=tuple(sorted({f.origin for f in facts if f.origin})),
        points=tuple(dict.fromkeys(point for claim in claims for point in asked.get(claim, ()))),
    )


def find_interval(facts: Iterable[Fact]) -> tuple[datetime, datetime] | None:
    """When most of some facts say that it was, the most exact of several; None where nobody says."""
    times = Counter(
        (time.earliest, time.latest or time.earliest + DAY)
        for fact in facts
        if (time := usable_time(fact)) is not None and time.earliest is not None
    )
    return min(times, key=lambda t: (-times[t], t[1] - t[0], t[0])) if times else None


def usable_time(fact: Fact) -> Time | None:
    """The claim's time if it dates an event: anchored, no duration, not vaguer than a season, an event to date."""
    time = fact.claim.time
    if time is None or time.earliest is None or time.type not in ("DATE", "TIME") or time.value in REFERENCES:
        return None
    if fact.possible or not fact.claim.event:
        return None
    if time.latest is not None and time.latest - time.earliest > WIDEST:
        return None
    return time
