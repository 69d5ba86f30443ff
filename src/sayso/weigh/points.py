"""Points: the questions that groups of claims answer, with the values that reports give and how these stand to each
other."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace

from sayso.ids import make_id
from sayso.record import Origin, Point, Relation, Value
from sayso.weigh.causes import ORDER, relate_causes
from sayso.weigh.conditions import HELD, relate_holders
from sayso.weigh.facts import NEVER, Fact
from sayso.weigh.firsts import relate_firsts
from sayso.weigh.gatherings import FIRSTS, Group, gather_groups
from sayso.weigh.happenings import relate_happenings
from sayso.weigh.judgements import Rulings, regroup, rule_relations
from sayso.weigh.parties import relate_positions
from sayso.weigh.questions import ask
from sayso.weigh.reasons import relate_reasons
from sayso.weigh.relations import (
    duration_days,
    moment_of,
    relate_absences,
    relate_dates,
    relate_figures,
    relate_states,
)
from sayso.weigh.states import is_replaced
from sayso.weigh.voices import count_voices
from sayso.weigh.witnesses import need_witness

MOST_RELATED = 40
"""Values of a point that are compared each with each; beyond, each is compared with as many others before it."""


def find_points(facts: Sequence[Fact], origins: Sequence[Origin], rulings: Rulings | None = None) -> tuple[Point, ...]:
    """All points that facts answer, those with most origins and values first, as analysts ruled."""
    rulings = rulings or Rulings()
    points = [make_point(group, origins, rulings) for group in regroup(gather_groups(facts), rulings)]
    return tuple(sorted(points, key=lambda p: (-p.independent[1], -len(p.values), p.question, p.id)))


def make_point(group: Group, origins: Sequence[Origin], rulings: Rulings) -> Point:
    """The point of a group: its question, values, relations and independent origins."""
    facts = group.facts
    values = tuple(make_value(group.kind, fact) for fact in facts)
    return Point(
        id=make_id(group.kind, group.unit, group.about, facts[0].claim.seat),
        question=ask(group),
        kind=group.kind,
        unit=group.unit,
        values=values,
        relations=rule_relations(relate(group), facts, rulings),
        independent=count_voices(facts),
    )


def make_value(kind: str, fact: Fact) -> Value:
    """What one fact answers."""
    claim, figure, time = fact.claim, fact.claim.figure, fact.claim.time
    low = figure.low if figure and kind == "figure" else None
    high = figure.high if figure and kind == "figure" else None
    if kind == "absence" and time is not None:
        low = high = duration_days(time.value) if time.type == "DURATION" else None
    word = fact.answer if kind in ("status", "event") else ""
    return Value(
        claim=claim.id,
        report=fact.report.id,
        text=claim.text,
        words=figure.text
        if kind == "figure" and figure
        else time.text
        if kind in ("absence", "date") and time
        else word,
        low=low,
        high=high,
        earliest=time.earliest if time else None,
        latest=time.latest if time else fact.report.published if kind == "date" else None,
        word=word,
        source=fact.source,
        as_of=moment if (moment := moment_of(fact)) != NEVER else None,
        origin=fact.origin,
        superseded=fact.superseded,
    )


def relate(group: Group) -> Iterator[Relation]:
    """The relations between the values of a point: each with each, or in a large point each with the first of those
    before it that say the same in the name of the same."""
    firsts: dict[Hashable, int] = {}
    for j, b in enumerate(group.facts):
        earlier = range(j) if j <= MOST_RELATED else list(firsts.values())[-MOST_RELATED:]
        for i in earlier:
            a = group.facts[i]
            yield revise_versions(a, b, need_witness(group.kind, a, b, relate_pair(group, a, b, i, j)))
        firsts.setdefault(key_answer(b), j)


def key_answer(fact: Fact) -> Hashable:
    """What a fact answers and in whose name: facts with one key stand alike to any other."""
    figure, time = fact.claim.figure, fact.claim.time
    value = (figure.low, figure.high, figure.bound, figure.part) if figure else None
    source = fact.source if fact.attribution else ""
    return value, time and time.value, fact.answer, source, fact.origin, fact.scope


def relate_pair(group: Group, a: Fact, b: Fact, i: int, j: int) -> Relation:
    """How two values of a point stand to each other, by its kind; `i` and `j` are their positions."""
    if b.things is not None:
        return relate_told(group, a, b, i, j)
    if group.kind == "figure":
        one = a.subject.keys == b.subject.keys and not any(key.startswith("@") for key in a.subject.keys)
        said = bool(group.about or (one and a.subject.keys))
        return relate_figures(a, b, i, j, state=group.about, said=said)
    if group.kind == "absence":
        return relate_absences(a, b, i, j)
    if group.kind == "date":
        return relate_firsts(a, b, i, j) if group.about in FIRSTS else relate_dates(a, b, i, j)
    if group.about == "position":
        return relate_positions(a, b, i, j)
    if group.kind == "event":
        return relate_reasons(a, b, i, j)
    return relate_states(a, b, i, j, a.answer == "yes", b.answer == "yes")


def relate_told(group: Group, a: Fact, b: Fact, i: int, j: int) -> Relation:
    """How two values of a point on a happening or a state stand to each other."""
    if group.kind == "date":
        return relate_happenings(a, b, i, j)
    if group.kind == "event":
        return relate_causes(a, b, i, j, order=group.about == ORDER)
    if group.about == HELD:
        return relate_holders(a, b, i, j)
    return relate_states(a, b, i, j, a.answer == "yes", b.answer == "yes")


def revise_versions(a: Fact, b: Fact, found: Relation) -> Relation:
    """The relation, or a revision where two versions of one article differ, or one claim tells what was before."""
    versions = {a.superseded or a.report.id, b.superseded or b.report.id}
    one_claim = (a.report.id, a.claim.start) == (b.report.id, b.claim.start)
    if one_claim and is_replaced(a) != is_replaced(b):
        return replace(found, relation="revision", why=f"one figure replaced the other: {found.why}")
    if a.report.id == b.report.id or len(versions) > 1 or found.relation == "revision":
        return found
    states = {f.claim.figure.state for f in (a, b) if f.claim.figure}
    if found.relation in ("same", "compatible") and len(states) < 2:
        return found
    return replace(found, relation="revision", why=f"a later version of the article says otherwise: {found.why}")
