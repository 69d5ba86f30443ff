"""A claim's words as a page of the desk tells them: whose they are, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sayso.harms import clean_text
from sayso.record import Claim, Picture, Reading, Report
from sayso.tell.citations import name_chain, name_moment
from sayso.tell.phrases import cut_mark, shorten

LONGEST_WORDS = 240
"""Code points of a claim's words on such a page; its report has them whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """The words of a claim: `report` is the digest of the report that they stand in, `chain` who handed them on, from
    the outlet to the source, `published` when, in words."""

    claim: str
    report: str
    chain: tuple[str, ...]
    words: str
    language: str
    published: str


class Teller:
    """Finds claims and reports of a picture by their ids."""

    def __init__(self, picture: Picture) -> None:
        """Index the picture."""
        self.reports = {reading.report.id: reading.report for reading in picture.readings}
        self._claims = {claim.id: (reading, claim) for reading in picture.readings for claim in reading.claims}

    def find(self, claim: str) -> tuple[Reading, Claim] | None:
        """A claim with its reading, None where the picture has none of this id."""
        return self._claims.get(claim)

    def tell(self, claim: str) -> Telling | None:
        """A claim as it is told, None where the picture has none of this id."""
        found = self.find(claim)
        return make_telling(*found) if found else None

    def tell_all(self, claims: Iterable[str]) -> tuple[Telling, ...]:
        """Those of some claims that the picture has, in their order, each once."""
        return tuple(told for claim in dict.fromkeys(claims) if (told := self.tell(claim)) is not None)


def make_telling(reading: Reading, claim: Claim) -> Telling:
    """A claim of a reading as it is told."""
    report, at = reading.report, claim.attribution
    attribution = reading.attributions[at] if at is not None and at < len(reading.attributions) else None
    return Telling(
        claim=claim.id,
        report=report.digest,
        chain=name_chain(report, attribution),
        words=shorten(cut_mark(clean_text(claim.text)), LONGEST_WORDS),
        language=report.language,
        published=name_when(report),
    )


def name_when(report: Report) -> str:
    """When a report was published, by the clock there."""
    return name_moment(report.published, exact=report.published_exact, zone=False)
