"""Weighing: sets of readings of one story, some altered as another ledger might send them, become a picture.

Every claim that it speaks of is there, no contradiction is without its witness, and each process weighs alike.
"""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

from fuzzing.cases import Case, Target, expect
from fuzzing.stories import make_story, open_story
from sayso.record import Picture, Reading

AS_OF = datetime(2031, 5, 5, tzinfo=UTC)


def make(chance: Random) -> Case:
    """A story."""
    return make_story(chance)


def check(case: Case) -> str:
    """Weigh it, as a ledger gives it, and as known at an earlier day."""
    from sayso.forms import dump_json

    readings = order(open_story(case))
    told = []
    for as_of in (None, AS_OF):
        picture = weigh(readings, as_of)
        check_picture(picture)
        told.append(dump_json(picture))
    return "\n".join(told)


def order(readings: list[Reading]) -> list[Reading]:
    """Readings as `Ledger.readings` gives them: each once, in order of publication, undated ones last."""
    once = {reading.report.digest: reading for reading in readings}
    dated = [(r.report.published is None, r.report.published or AS_OF, digest) for digest, r in once.items()]
    return [once[digest] for _, _, digest in sorted(dated)]


def weigh(readings: list[Reading], as_of: datetime | None = None) -> Picture:
    """The picture of some readings."""
    from sayso.weigh import weigh_readings

    return weigh_readings(readings, as_of=as_of)


def check_picture(picture: Picture) -> None:
    """Raise where a picture does not hold together, or was made without a report that crashed a step."""
    for problem in picture.problems:
        expect(False, problem.message, problem.message.rpartition(" in ")[2])
    claims = {claim.id for reading in picture.readings for claim in reading.claims}
    for point in picture.points:
        expect(point.question.strip(), "a point has a question")
        expect(0 <= point.independent[0] <= point.independent[1], "independent origins have a lower and an upper bound")
        expect(all(value.claim in claims for value in point.values), "a point's values are of claims that are there")
        for relation in point.relations:
            expect(max(relation.a, relation.b) < len(point.values), "a relation is between values that are there")
            expect(relation.why, "a relation says why")
            expect(relation.relation != "contradiction" or relation.witness, "no contradiction is without its witness")
    for happening in picture.happenings:
        expect(set(happening.claims) <= claims, "a happening's claims are there")
    reports = {reading.report.id for reading in picture.readings}
    expect({found.report for found in picture.provenance} <= reports, "a provenance is of a report that is there")


TARGET = Target(name="weighing", share=0.15, make=make, check=check, seconds=40)
