"""What analysts judged, laid over what weighing found: whose word a claim is, what answers one question, how two
claims stand.

Nothing that sayso found is lost: a ruling says by whom it is, and goes when its judgement is undone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from sayso.record import Attribution, Judgement, Reading, Relation, RelationKind, Speaker
from sayso.weigh.facts import Fact
from sayso.weigh.matching.groups import Group
from sayso.weigh.matching.units import FAMILIES


@dataclass(slots=True)
class Rulings:
    """The judgements that stand, by what they are about; of several on one thing the latest."""

    merged: list[Judgement] = field(default_factory=list)
    split: list[Judgement] = field(default_factory=list)
    related: dict[frozenset[str], Judgement] = field(default_factory=dict)
    sources: dict[str, Judgement] = field(default_factory=dict)
    grades: dict[str, Judgement] = field(default_factory=dict)
    names: dict[str, Judgement] = field(default_factory=dict)


def read_rulings(judgements: Iterable[Judgement]) -> Rulings:
    """Judgements that stand, in the order of judging, as rulings. A later merge of two claims that were split takes
    the split back, and the other way round."""
    rulings, together = Rulings(), dict[frozenset[str], Judgement]()
    for judgement in judgements:
        pair = frozenset((judgement.target, judgement.other))
        if judgement.kind in ("merge", "split"):
            together[pair] = judgement
        elif judgement.kind == "relate":
            rulings.related[pair] = judgement
        elif judgement.kind == "attribute":
            rulings.sources[judgement.target] = judgement
        elif judgement.kind == "grade":
            rulings.grades[judgement.target] = judgement
        elif judgement.kind == "name":
            rulings.names[judgement.target] = judgement
    rulings.merged = [j for j in together.values() if j.kind == "merge"]
    rulings.split = [j for j in together.values() if j.kind == "split"]
    return rulings


def attribute_claims(readings: Iterable[Reading], rulings: Rulings) -> tuple[Reading, ...]:
    """The readings with claims given to the sources that analysts named."""
    return tuple(attribute_reading(reading, rulings) for reading in readings)


def attribute_reading(reading: Reading, rulings: Rulings) -> Reading:
    """The same for one reading: a claim that was judged gets an attribution of its own, signed by who judged."""
    ruled = [(n, rulings.sources[c.seat]) for n, c in enumerate(reading.claims) if c.seat in rulings.sources]
    if not ruled:
        return reading
    claims, attributions = list(reading.claims), list(reading.attributions)
    for n, judgement in ruled:
        claim = claims[n]
        found = (
            Attribution(source=(), cue=(), content=((claim.start, claim.end),))
            if claim.attribution is None
            else replace(attributions[claim.attribution], source=())
        )
        claims[n] = replace(claim, attribution=len(attributions))
        attributions.append(replace(found, speaker=Speaker(name=judgement.value), by=judgement.by))
    return replace(reading, claims=tuple(claims), attributions=tuple(attributions))


def regroup(groups: Iterable[Group], rulings: Rulings) -> list[Group]:
    """The groups of units with those brought together that an analyst merged, and those apart that one split."""
    groups = list(groups)
    for judgement in rulings.merged:
        for family in FAMILIES:
            one, other = (find_group(groups, family, seat) for seat in (judgement.target, judgement.other))
            if one is not None and other is not None and one is not other:
                groups.remove(other)
                one.units.extend(other.units)
                one.units.sort(key=lambda u: (u.fact.said, u.fact.report.id, u.fact.report.digest, u.answer.start))
    for judgement in rulings.split:
        for group in list(groups):
            if any(unit.fact.claim.seat == judgement.target for unit in group.units):
                groups.extend(take_out(group, judgement.other))
    return groups


def find_group(groups: Iterable[Group], family: str, seat: str) -> Group | None:
    """The largest group of a family that a claim is in."""
    mine = (g for g in groups if g.family == family and any(u.fact.claim.seat == seat for u in g.units))
    return max(mine, key=lambda g: len(g.units), default=None)


def take_out(group: Group, seat: str) -> list[Group]:
    """Take the units of one claim out of a group, into one of their own."""
    gone = [unit for unit in group.units if unit.fact.claim.seat == seat]
    if not gone or len(gone) == len(group.units):
        return []
    group.units[:] = [unit for unit in group.units if unit.fact.claim.seat != seat]
    return [Group(gone)]


def rule_relations(relations: Iterable[Relation], facts: Sequence[Fact], rulings: Rulings) -> tuple[Relation, ...]:
    """The relations between the values of a point, facts in their order, with those that an analyst judged."""
    found = {(r.a, r.b): r for r in relations}
    if rulings.related:
        seats: dict[str, list[int]] = {}
        for n, fact in enumerate(facts):
            seats.setdefault(fact.claim.seat, []).append(n)
        for judgement in rulings.related.values():
            for x in seats.get(judgement.target, ()):
                for y in seats.get(judgement.other, ()):
                    a, b = min(x, y), max(x, y)
                    found[a, b] = Relation(
                        a=a, b=b, relation=cast("RelationKind", judgement.value), why=judgement.reason, by=judgement.by
                    )
    return tuple(found.values())
