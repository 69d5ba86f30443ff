"""An outlet: its reports, how often what it tells is its own, whom it relays, and what it changed in relaying."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sayso.errors import Error
from sayso.harms import clean_text
from sayso.record import Grade, Provenance, Report, Story
from sayso.serve.desk.desks import Desk
from sayso.serve.desk.sources import fold, is_called
from sayso.serve.desk.stacks import Stack, open_stack, rank_stories
from sayso.serve.desk.viewpoints import Viewpoint
from sayso.tell.checked import name_article
from sayso.tell.tongues import mark
from sayso.who.identities import group_of
from sayso.who.outlets import find_outlet

MOST_LISTED = 300
"""Reports of an outlet that a page shows, the latest."""
RELAYS = frozenset(("cites", "links", "byline", "copy", "quotation", "details"))
"""Links that lead to another outlet's report or news."""
Whence = Literal["own", "source", "relayed", "untraced"]
WHENCE: dict[Whence, str] = {
    "own": mark("its own word"),
    "source": mark("from sources of its own"),
    "relayed": mark("relayed"),
    "untraced": mark("not traced"),
}
"""Where what a report leads with comes from: the outlet itself, sources that it heard, other outlets."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A report of an outlet: of which story it is, where what it leads with comes from, and whom it relays."""

    report: Report
    title: str
    story: Story
    whence: Whence
    origins: tuple[str, ...]
    relays: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Altered:
    """What an outlet told otherwise than what it stood on: `kind` is state, figure or source; with the claims and
    reports of both tellings."""

    kind: str
    before: str
    after: str
    was: str
    was_digest: str
    was_outlet: str
    claim: str
    digest: str


@dataclass(frozen=True, slots=True)
class Record:
    """An outlet by name. `kind` and `country` are those of the table of outlets, "" where it is in none; `counts` say
    how many of the reports looked at are whence, `relays` whom it relays how often. `in_all` reports of it are kept;
    `more` stories have some and were not looked at."""

    name: str
    kind: str
    country: str
    names: tuple[str, ...]
    in_all: int
    printed: tuple[Printed, ...]
    counts: dict[Whence, int]
    relays: tuple[tuple[str, int], ...]
    altered: tuple[Altered, ...]
    grades: tuple[tuple[Grade, Story], ...]
    stories: tuple[Story, ...]
    more: int


def find_outlet_record(desk: Desk, name: str, at: Viewpoint, story: str = "") -> Record:
    """An outlet by its name as reports have it, over all stories or in one `story`; without reports where none is of
    it. Raises `Error` for no name, and `MissingError` where there is no such story."""
    if not name.strip():
        raise Error("which outlet? give a name: /outlets?name=...")
    stories, more = choose_outlet_stories(desk, name, at, story)
    stacks = [open_stack(desk, one, at) for one in stories]
    printed = [one for stack in stacks for one in list_printed(stack, name)]
    printed.sort(key=lambda one: (one.report.published is None, one.report.published or 0, one.report.digest))
    known = find_outlet(name)
    return Record(
        name=clean_text(name),
        kind=known.kind if known else "",
        country=known.country if known else "",
        names=tuple(dict.fromkeys(clean_text(also) for stack in stacks for also in list_other_names(stack, name))),
        in_all=len(desk.ledger.published_by(name, at.as_of)),
        printed=tuple(printed[-MOST_LISTED:]),
        counts={whence: n for whence in WHENCE if (n := sum(one.whence == whence for one in printed))},
        relays=tuple(Counter(whom for one in printed for whom in one.relays).most_common()),
        altered=tuple(one for stack in stacks for one in list_altered(stack, name)),
        grades=tuple(
            (grade, stack.story)
            for stack in stacks
            for grade in stack.picture.grades
            if grade.about == "source" and fold(grade.target) == fold(name)
        ),
        stories=tuple(stack.story for stack in stacks),
        more=more,
    )


def choose_outlet_stories(desk: Desk, name: str, at: Viewpoint, story: str = "") -> tuple[list[Story], int]:
    """The stories in which an outlet has reports, and how many more there are than are looked at; or the one named."""
    if story:
        return [desk.story(story, at.as_of)], 0
    return rank_stories(desk, desk.ledger.published_by(name, at.as_of), at)


def list_printed(stack: Stack, name: str) -> Iterator[Printed]:
    """The reports of an outlet in a story."""
    told = {one.report: one for one in stack.picture.provenance}
    groups = {origin.name: origin.group for origin in stack.picture.origins}
    reports = {reading.report.id: reading.report for reading in stack.picture.readings}
    for place, reading in enumerate(stack.picture.readings):
        if reading.report.outlet != name:
            continue
        found, who = told.get(reading.report.id), stack.cast.outlets[place]
        own = {name, group_of(who)} if who else {name}
        relays = tuple(dict.fromkeys(list_relayed(found, reports, name))) if found else ()
        yield Printed(
            report=reading.report,
            title=name_article(reading.report),
            story=stack.story,
            whence=tell_whence(found, bool(relays), own, groups),
            origins=tuple(clean_text(origin) for origin in found.origins) if found else (),
            relays=relays,
        )


def tell_whence(found: Provenance | None, relays: bool, own: set[str], groups: dict[str, str]) -> Whence:
    """Where what a report leads with comes from; `own` are the names of its outlet as an origin."""
    if found is None or not found.origins:
        return "untraced"
    if any(groups.get(origin, origin) in own for origin in found.origins):
        return "own"
    return "relayed" if relays else "source"


def list_relayed(found: Provenance, reports: dict[str, Report], name: str) -> Iterator[str]:
    """The other outlets that a report stands on."""
    for link in found.because:
        of = reports.get(link.report)
        whom = clean_text(link.outlet or (of.outlet if of else ""))
        if link.kind in RELAYS and whom and fold(whom) != fold(name):
            yield whom


def list_other_names(stack: Stack, name: str) -> Iterator[str]:
    """What reports of a story call an outlet besides its own name."""
    for who in stack.cast.everybody:
        if is_called(who, fold(name)):
            yield from (also for also in who.names if fold(also) != fold(name))


def list_altered(stack: Stack, name: str) -> Iterator[Altered]:
    """What an outlet changed in relaying within a story."""
    reports = {reading.report.id: reading.report for reading in stack.picture.readings}
    for found in stack.picture.provenance:
        report = reports.get(found.report)
        if report is None or report.outlet != name:
            continue
        for link in found.because:
            for one in link.changed if link.kind != "update" else ():
                was = reports.get(one.report)
                yield Altered(
                    kind=one.kind,
                    before=clean_text(one.before),
                    after=clean_text(one.after),
                    was=one.was,
                    was_digest=was.digest if was else "",
                    was_outlet=clean_text(was.outlet) if was else "",
                    claim=one.claim,
                    digest=report.digest,
                )
