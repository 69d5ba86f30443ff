"""What a package is of: a claim, a report or a story is named, and the reports that belong to it are found, each with
the reason why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.harms import clean_text
from sayso.record import Picture, Reading
from sayso.share.evidence.heads import Included, Subject
from sayso.tell.phrases import quote

if TYPE_CHECKING:
    from sayso.ledger import Ledger

LONGEST = 160
"""Code points of a claim's words that name a package."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What is packed: its subject, the reports with the reasons why, and the picture that its journey is told from."""

    subject: Subject
    reports: tuple[Included, ...]
    picture: Picture


def select_evidence(ledger: Ledger, what: str, cache: Path | None = None) -> Selection:
    """What an id of a claim, a report or a story, or words of a story's name, mean. Raises `Error` where that is
    nothing, or several."""
    found = ledger.find_subject(what)
    if found is None:
        return select_story(ledger, what, cache)
    about, key = found
    claim = ledger.find_claims([key])[key] if about == "claim" else None
    digest = claim[2] if claim else key
    report = next(ledger.reports([digest]))
    picture = find_picture(ledger, digest, report.id, cache)
    if claim is None:
        subject = Subject(kind="report", id=report.id, name=report.title or report.id)
        because = "it is the report that was asked for"
    else:
        subject = Subject(kind="claim", id=claim[0], name=quote(clean_text(claim[1]), LONGEST))
        because = "it makes the claim that was asked for"
    reasons = {report.id: because}
    for other, reason in list_related(picture, report.id, claim[0] if claim else ""):
        reasons.setdefault(other, reason)
    return Selection(subject=subject, reports=include(picture, reasons), picture=picture)


def select_story(ledger: Ledger, what: str, cache: Path | None) -> Selection:
    """The story that an id, a report of it or words of its name mean. Raises `UnknownStoryError`."""
    from sayso.journey import know
    from sayso.shelves import shelve
    from sayso.weigh.stories import pick_story

    judged = ledger.judgements(standing=True)
    shelves = shelve(ledger, cache, judgements=judged)
    story, digests = shelves[pick_story([one for one, _ in shelves], what)]
    picture = know(ledger.readings(only=digests), judgements=judged)
    subject = Subject(kind="story", id=story.id, name=story.name)
    reasons = {reading.report.id: "it is a report of the story" for reading in picture.readings}
    return Selection(subject=subject, reports=include(picture, reasons), picture=picture)


def find_picture(ledger: Ledger, digest: str, id: str, cache: Path | None) -> Picture:
    """The picture of the story that a report is of; of that report alone where it counts no longer."""
    from sayso.journey import know, know_ledger
    from sayso.weigh.stories import UnknownStoryError

    try:
        picture = know_ledger(ledger, story=id, cache=cache)
    except UnknownStoryError:
        return know(ledger.readings(only=[digest], include_retracted=True))
    if any(reading.report.digest == digest for reading in picture.readings):
        return picture
    return know(ledger.readings(only=[digest], include_retracted=True))


def list_related(picture: Picture, report: str, claim: str) -> Iterator[tuple[str, str]]:
    """The ids of the reports that the journey of a report or a claim of it leads to, each with the reason."""
    told = next((p for p in picture.provenance if p.report == report), None)
    for link in told.because if told else ():
        if link.report:
            yield link.report, f"the report asked for stands on it ({link.kind})"
    for point in picture.points:
        if claim and any(value.claim == claim for value in point.values):
            for value in point.values:
                yield value.report, f"it answers the same question: {clean_text(point.question)}"


def include(picture: Picture, reasons: dict[str, str]) -> tuple[Included, ...]:
    """The reports of a picture for which there is a reason, in the picture's order."""

    def find_reason(reading: Reading) -> str:
        return reasons.get(reading.report.id, "")

    return tuple(
        Included(digest=reading.report.digest, id=reading.report.id, because=find_reason(reading))
        for reading in picture.readings
        if find_reason(reading)
    )
