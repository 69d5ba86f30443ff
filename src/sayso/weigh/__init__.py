"""From readings to a picture: where claims come from, which answer one question, and how they stand to each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sayso.crashes import leave_out, list_left, survive
from sayso.record import Judgement, Picture, Reading
from sayso.weigh.alterations import mark_alterations
from sayso.weigh.estimates import draw_estimates
from sayso.weigh.facts import gather_facts
from sayso.weigh.grades import grade_all
from sayso.weigh.happenings import find_happenings
from sayso.weigh.judgements import attribute_claims, read_rulings
from sayso.weigh.matching.advice import Advice
from sayso.weigh.matching.units import list_units
from sayso.weigh.origins import trace_origins
from sayso.weigh.points import find_points
from sayso.weigh.positions import find_positions
from sayso.weigh.stories import TOGETHER, find_stories, split_by_story


def weigh_readings(
    readings: Iterable[Reading],
    as_of: datetime | None = None,
    judgements: Iterable[Judgement] = (),
    advice: Advice | None = None,
) -> Picture:
    """The picture of some readings. With `as_of`, only of reports published by then; one without a date counts as
    known. `judgements` are those that stand, in the order of judging; `advice` is asked of pairs of answers that may
    answer one question or not. A report on which a step crashes is a problem of the picture of the others."""
    judgements = tuple(judgements)
    known = [r for r in readings if as_of is None or r.report.published is None or r.report.published <= as_of]
    return survive(lambda: weigh_known(known, as_of, judgements, advice), "weighing")


def weigh_known(
    readings: Sequence[Reading], as_of: datetime | None, judgements: tuple[Judgement, ...], advice: Advice | None
) -> Picture:
    """The same of readings that are all known: the table of contents of weighing."""
    rulings = read_rulings(judgements)
    known = attribute_claims(leave_out(readings), rulings)
    provenance, origins = trace_origins(known)
    facts = gather_facts(known, provenance, origins)
    stories = find_stories(known, rulings)
    units = list_units(facts, known)
    points = find_points(split_by_story(units, stories, TOGETHER), rulings, advice)
    provenance = mark_alterations(provenance, facts)
    return Picture(
        readings=known,
        provenance=provenance,
        origins=origins,
        points=points,
        estimates=draw_estimates(points),
        positions=find_positions(facts, points),
        stories=tuple(stories),
        happenings=find_happenings(split_by_story(list_units(facts, known, untold=True), stories), points, facts),
        grades=grade_all(points, origins, known, rulings.grades),
        judgements=judgements,
        as_of=as_of,
        problems=list_left(readings),
    )
