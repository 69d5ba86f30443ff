"""The reports of a story in order of publication: where each came from, and its later versions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sayso.harms import clean_text
from sayso.record import Provenance, Reading, Report
from sayso.serve.desk.desks import Desk
from sayso.serve.desk.tellings import name_when
from sayso.serve.desk.viewpoints import Viewpoint
from sayso.tell.citations import name_outlet, safe_url
from sayso.tell.phrases import shorten

FAR = datetime.max.replace(tzinfo=UTC)
LONGEST_TITLE = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A report in a list. `origins` are those of what it leads with, `also` how many more those of the rest are,
    `versions` its later versions, the earliest first."""

    digest: str
    outlet: str
    title: str
    language: str
    published: str
    url: str
    origins: tuple[str, ...]
    also: int
    claims: int
    new: bool = False
    versions: tuple[Listed, ...] = ()


def find_listed_reports(desk: Desk, story: str, at: Viewpoint) -> tuple[Listed, ...]:
    """The reports of a story, the first published first. `new` are those published since the viewpoint's moment.
    Raises `MissingError`."""
    found = desk.story(story, at.as_of)

    def make() -> tuple[Listed, ...]:
        picture = desk.picture(found.id, at.as_of)
        before = desk.hold(("versions", at.as_of), lambda: desk.ledger.versions(at.as_of), desk.state[:1])
        return list_reports(picture.readings, picture.provenance, before, at.since)

    listed: tuple[Listed, ...] = desk.hold(("listed reports", found.id, at), make)
    return listed


def list_reports(
    readings: Iterable[Reading],
    provenance: Iterable[Provenance],
    before: dict[str, str],
    since: datetime | None = None,
) -> tuple[Listed, ...]:
    """Readings as a list; `before` gives the digest of each later version that of the version before it."""
    told = {one.report: one for one in provenance}
    order = sorted(readings, key=lambda reading: (reading.report.published or FAR, reading.report.id))
    at_hand = {reading.report.digest for reading in order}
    versions: dict[str, list[Reading]] = {}
    for reading in order:
        versions.setdefault(find_first(reading.report.digest, before, at_hand), []).append(reading)
    return tuple(
        make_listed(
            first, told.get(first.report.id), since, [make_listed(r, told.get(r.report.id), since) for r in rest]
        )
        for first, *rest in versions.values()
    )


def find_first(digest: str, before: dict[str, str], at_hand: set[str]) -> str:
    """The first version of a report that is at hand: itself where none is."""
    first, seen = digest, {digest}
    while (digest := before.get(digest, "")) and digest not in seen:
        seen.add(digest)
        if digest in at_hand:
            first = digest
    return first


def make_listed(
    reading: Reading, told: Provenance | None, since: datetime | None, versions: Iterable[Listed] = ()
) -> Listed:
    """A reading as a line of the list."""
    report = reading.report
    return Listed(
        digest=report.digest,
        outlet=name_outlet(report),
        title=name_title(report),
        language=report.language,
        published=name_when(report),
        url=safe_url(report.url),
        origins=tuple(clean_text(name) for name in told.origins) if told else (),
        also=len(told.also) if told else 0,
        claims=len(reading.claims),
        new=bool(since and report.published and report.published >= since),
        versions=tuple(versions),
    )


def name_title(report: Report) -> str:
    """The title, or the first words where it has none."""
    return clean_text(report.title) or shorten(" ".join(clean_text(report.text).split()), LONGEST_TITLE)
