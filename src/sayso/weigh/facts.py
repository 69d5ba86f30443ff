"""Claims as weighing sees them: each with its report, chain, origin, subject, stems and the moment it speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sayso.record import Attribution, Claim, Provenance, Reading, Report
from sayso.weigh.subjects import Subject, name_subject
from sayso.weigh.wordings import narrow_words, stems_of

NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A claim with what is needed to weigh it. `said` is when its report was published; `order` its place in it."""

    claim: Claim
    report: Report
    attribution: Attribution | None
    origin: str
    subject: Subject
    stems: frozenset[str]
    scope: str
    order: int

    @property
    def said(self) -> datetime:
        """When the report was published; the end of time where that is unknown."""
        return self.report.published or NEVER

    @property
    def source(self) -> str:
        """Who says it: the speaker's name, else the last outlet it came through, else the report's own outlet."""
        if self.attribution and self.attribution.speaker:
            return self.attribution.speaker.name
        if self.attribution and self.attribution.via:
            return self.attribution.via[-1]
        return self.report.outlet or self.report.id


def gather_facts(readings: Iterable[Reading], provenance: Sequence[Provenance]) -> list[Fact]:
    """All claims of some readings as facts, in order of publication, whatever the order of the readings."""
    origins = {claim: origin for p in provenance for claim, origin in p.claims}
    facts = []
    for reading in readings:
        title = stems_of(reading.report.title)
        for order, claim in enumerate(reading.claims):
            attribution = None if claim.attribution is None else reading.attributions[claim.attribution]
            facts.append(
                Fact(
                    claim=claim,
                    report=reading.report,
                    attribution=attribution,
                    origin=origins.get(claim.id, ""),
                    subject=subject_of(claim),
                    stems=stems_of(claim.text) | title,
                    scope=narrow_words(claim.text),
                    order=order,
                )
            )
    return sorted(facts, key=lambda f: (f.said, f.report.id, f.report.digest, f.order, f.claim.id))


def subject_of(claim: Claim) -> Subject:
    """Whom or what a claim is about: who is counted, else the target of its event, else the actor."""
    by_role = {actor.role: actor.name for actor in reversed(claim.actors)}
    return name_subject(by_role.get("counted") or by_role.get("target") or by_role.get("actor") or "")
