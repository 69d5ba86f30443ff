"""Points: the questions that answers of several reports answer, with the values that they give and how these stand to
each other."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace

from sayso.ids import make_id
from sayso.record import Point, Relation, Value
from sayso.weigh.facts import Fact
from sayso.weigh.judgements import Rulings, regroup, rule_relations
from sayso.weigh.matching import match_units
from sayso.weigh.matching.advice import Advice
from sayso.weigh.matching.groups import Group
from sayso.weigh.matching.units import Unit
from sayso.weigh.moments import find_moment, is_replaced
from sayso.weigh.questions import ask
from sayso.weigh.relations import relate_units
from sayso.weigh.voices import count_voices

MOST_RELATED = 40
"""Values of a point that are compared each with each; beyond, each is compared with as many others before it."""


def find_points(
    stories: Iterable[Sequence[Unit]], rulings: Rulings | None = None, advice: Advice | None = None
) -> tuple[Point, ...]:
    """All points that the units of some stories answer, those with most origins and values first, as analysts ruled;
    with `advice` on pairs that may belong together or not, each point that it changed says so."""
    rulings = rulings or Rulings()
    groups = regroup((group for units in stories for group in group_answers(units, advice)), rulings)
    points = [make_point(group, rulings) for group in drop_doubles(groups) if is_question(group)]
    return tuple(sorted(points, key=lambda p: (-p.independent[1], -len(p.values), p.question, p.id)))


def group_answers(units: Sequence[Unit], advice: Advice | None) -> Iterator[Group]:
    """The groups of the units of one story; those that are others than without the advice are signed by it."""
    matched = match_units(units)
    if advice is None:
        yield from map(Group, matched)
        return
    before = {frozenset(map(id, group)) for group in matched}
    for group in match_units(units, advice):
        yield Group(group, by="" if frozenset(map(id, group)) in before else advice.by)


def drop_doubles(groups: Sequence[Group]) -> list[Group]:
    """The groups without those in words whose claims all answer one question of a figure or date too: whether nine died
    is asked by how many did."""
    claims = [(group.family, {unit.fact.claim.id for unit in group.units}) for group in groups]
    asked: dict[str, list[int]] = {}
    for n, (family, mine) in enumerate(claims):
        for claim in mine if family != "words" else ():
            asked.setdefault(claim, []).append(n)
    return [
        group
        for group, (family, mine) in zip(groups, claims, strict=True)
        if family != "words" or not any(mine <= claims[n][1] for n in asked.get(min(mine), ()))
    ]


def is_question(group: Group) -> bool:
    """Whether a group answers a question that is worth telling: a count, or what several reports answer."""
    return group.family == "figure" or len({unit.fact.report.id for unit in group.units}) > 1


def make_point(group: Group, rulings: Rulings) -> Point:
    """The point of a group: its question, values, relations and independent origins."""
    units = group.once()
    facts = [unit.fact for unit in units]
    question, quotes = ask(group)
    return Point(
        id=make_id(group.kind, group.unit, str(units[0].answer.start), facts[0].claim.seat),
        question=question,
        quotes=quotes,
        kind=group.kind,
        unit=group.unit,
        values=tuple(make_value(group, unit) for unit in units),
        relations=rule_relations(relate(units), facts, rulings),
        independent=count_voices(facts),
        matched_by=group.by,
    )


def make_value(group: Group, unit: Unit) -> Value:
    """What one unit answers."""
    fact, answer = unit.fact, unit.answer
    figure = fact.claim.figure if group.family == "figure" else None
    time = fact.claim.time if group.family == "date" else None
    return Value(
        claim=fact.claim.id,
        report=fact.report.id,
        text=fact.claim.text,
        words=figure.text if figure else unit.words,
        start=answer.start,
        end=answer.end,
        low=figure.low if figure else None,
        high=figure.high if figure else None,
        earliest=time.earliest if time else None,
        latest=time.latest if time else None,
        word=word_of(unit) if group.family == "words" else "",
        polarity="negative" if fact.contrary else "positive",
        scope=fact.scope or fact.part,
        who=fact.voice.group if fact.voice else "",
        source=fact.source,
        as_of=find_moment(fact),
        origin=fact.origin,
        superseded=fact.superseded,
        by=fact.attribution.by if fact.attribution else "",
    )


def word_of(unit: Unit) -> str:
    """An answer in words: yes or no to whether something is so, else its own words."""
    if unit.answer.kind == "yes-no":
        return "no" if unit.fact.contrary else "yes"
    return unit.answer.word or unit.words


def relate(units: Sequence[Unit]) -> Iterator[Relation]:
    """The relations between the values of a point: each with each, or in a large point each with the first of those
    before it that say the same in the name of the same."""
    firsts: dict[Hashable, int] = {}
    for j, b in enumerate(units):
        earlier = range(j) if j <= MOST_RELATED else list(firsts.values())[-MOST_RELATED:]
        for i in earlier:
            yield revise_versions(units[i].fact, b.fact, relate_units(units[i], b, i, j))
        firsts.setdefault(key_answer(b), j)


def key_answer(unit: Unit) -> Hashable:
    """What a unit answers and in whose name: units with one key stand alike to any other."""
    fact = unit.fact
    figure, time = fact.claim.figure, fact.claim.time
    value = (figure.low, figure.high, figure.bound, figure.part) if figure else None
    source = fact.source if fact.attribution else ""
    return value, time and time.value, word_of(unit), source, fact.origin, fact.scope


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
