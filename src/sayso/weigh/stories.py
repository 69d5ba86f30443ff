"""Stories: the reports that tell of one chain of events. Reports of two stories share no question.

Reports come to their stories one by one, in the order of their publication, by the names in them: what a report joins
depends on those before it alone, so that a new report moves none, and any moment can be replayed.
"""

from __future__ import annotations

import math
import re
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

import numpy as np

from sayso.errors import Error
from sayso.extract.languages.names import list_english_names
from sayso.grammar.questions import COUNT
from sayso.ids import make_id
from sayso.record import Reading, Report, Story
from sayso.weigh.details import find_details
from sayso.weigh.judgements import Rulings
from sayso.weigh.matching.signs import Floats, find_names
from sayso.weigh.matching.units import Unit

LEAST, ALIKE = 0.2, 0.3
"""How near a report's names must be to a story's for it to join, and those of two stories for them to become one. On 50
stories at once (ours and real ones), of the pairs of reports put together 95 in a hundred are of one story, and of
those of one story 72 are put together."""
TOGETHER = 200
"""Reports up to which all are matched with all: the words of a few reports tell better what they share than their names
do. Of more, only those of one story are."""
LONGEST = 6000
"""Code points of a report that tell what it is about."""
WIDTH = 512
"""How many numbers names are folded into."""
COMMON = 1000
"""Reports on other matters that a story is weighed against."""
ROOM = 64
TITLE = 8
"""Words that stand for a title where there is none."""
COUNTED = timedelta(days=1)
"""How long a count in a title holds while reports go on."""
SHORTEST_ID, MOST_NAMED = 4, 6
EVER = datetime.max.replace(tzinfo=UTC)


class Shelf:
    """Stories as they grow: for each the sum of the names of its reports, and how many reports have each name."""

    def __init__(self) -> None:
        """Empty."""
        self.sums: Floats = np.zeros((ROOM, WIDTH), np.float32)
        self.sizes: Floats = np.zeros(ROOM, np.float32)
        self.counts: dict[int, int] = {}
        self.members: list[list[int]] = []
        self.reports = 0

    @classmethod
    def restore(cls, sums: Floats, counts: dict[int, int], members: list[list[int]], reports: int) -> Self:
        """A shelf as it was: of each story the sum of its names, and its reports."""
        shelf = cls()
        shelf.sums = np.concatenate([sums, np.zeros((ROOM, WIDTH), np.float32)])
        shelf.sizes = np.array([measure(row) for row in shelf.sums], np.float32)
        shelf.counts, shelf.members, shelf.reports = counts, [list(rows) for rows in members], reports
        return shelf

    def keep(self) -> tuple[Floats, list[list[int]]]:
        """What tells this state of the shelf, but for how many reports have each name: see `go_back`."""
        return self.sums[: len(self.members)].copy(), [list(rows) for rows in self.members]

    def go_back(self, kept: tuple[Floats, list[list[int]]], since: Iterable[Iterable[int]]) -> Self:
        """The shelf as it was when `kept`: without the names of each report that came `since`."""
        counts = dict(self.counts)
        for names in since:
            for code in set(names):
                counts[code] -= 1
        return type(self).restore(kept[0], counts, kept[1], sum(map(len, kept[1])))

    def add(self, names: Iterable[int]) -> int:
        """Put the next report with its names in the story that it is nearest to, or in one of its own; the number of
        that story. Two stories that it brings together become one, under the number of the earlier."""
        self.reports += 1
        row = self.weigh(names)
        story = self.find_nearest(row, LEAST)
        if story < 0:
            story = len(self.members)
            self.members.append([])
            if story == len(self.sums):
                self.sums = np.concatenate([self.sums, np.zeros_like(self.sums)])
                self.sizes = np.concatenate([self.sizes, np.zeros_like(self.sizes)])
        self.members[story].append(self.reports - 1)
        self.sums[story] += row
        self.sizes[story] = measure(self.sums[story])
        other = self.find_nearest(self.sums[story] / (self.sizes[story] or 1), ALIKE, but=story)
        if other >= 0:
            story, gone = min(story, other), max(story, other)
            self.sums[story] += self.sums[gone]
            self.sizes[story] = measure(self.sums[story])
            self.sums[gone], self.sizes[gone] = 0.0, 0.0
            self.members[story] = sorted(self.members[story] + self.members[gone])
            self.members[gone] = []
        return story

    def weigh(self, names: Iterable[int]) -> Floats:
        """Names as a row of length 1; those that few reports have had so far weigh more."""
        row = np.zeros(WIDTH, np.float32)
        for code in sorted(set(names)):
            seen = self.counts.get(code, 0)
            row[code % WIDTH] += math.log((self.reports + COMMON) / (seen + 0.5)) * (1 if code & 0x80000000 else -1)
            self.counts[code] = seen + 1
        return row / (measure(row) or 1)

    def find_nearest(self, row: Floats, least: float, but: int = -1) -> int:
        """The story that a row of length 1 is nearest to, down to `least`; -1 where there is none."""
        many = len(self.members)
        near = self.sums[:many] @ row / np.maximum(self.sizes[:many], 1e-9)
        if but >= 0:
            near[but] = -1.0
        best = int(near.argmax()) if many else -1
        return best if best >= 0 and near[best] >= least else -1


def measure(row: Floats) -> float:
    """The length of a row."""
    return float(np.sqrt(row @ row))


@dataclass(frozen=True, slots=True)
class Heading:
    """What telling stories apart needs of a report: the names in it, as numbers of 32 bits, packed since there may be
    many reports."""

    digest: str
    id: str
    title: str
    published: datetime | None
    packed: bytes

    @property
    def names(self) -> Iterable[int]:
        """The numbers of its names."""
        return memoryview(self.packed).cast("I")


Made = dict[tuple[str, ...], Story]
"""Stories by the digests of their reports and the judgements that named them."""


def make_heading(report: Report) -> Heading:
    """The heading of a report; one without a title has its first words for one."""
    text = f"{report.title}\n{report.text[:LONGEST]}"
    foreign = list_english_names(text, report.language) if report.language not in ("", "en") else frozenset()
    names = foreign or {re.sub(r"['’]s$", "", name) for name in find_names(text)}
    codes = sorted(zlib.crc32(name.encode("utf8", "replace")) for name in names)
    title = report.title or " ".join(report.text[:LONGEST].split()[:TITLE])
    # In UTC, as a heading that was kept has it, so that a story is told alike whether it was kept or is new.
    published = report.published.astimezone(UTC) if report.published else None
    return Heading(report.digest, report.id, title, published, array("I", codes).tobytes())


def find_stories(readings: Iterable[Reading], rulings: Rulings | None = None) -> list[Story]:
    """The stories of some readings, the largest first, as analysts put them together, parted and named them."""
    headings = sorted((make_heading(r.report) for r in readings), key=lambda h: (h.published or EVER, h.digest, h.id))
    shelf = Shelf()
    for heading in headings:
        shelf.add(heading.names)
    return [story for story, _ in list_stories(shelf, headings, rulings or Rulings())]


def list_stories(
    shelf: Shelf, headings: Sequence[Heading], rulings: Rulings, made: Made | None = None
) -> list[tuple[Story, list[str]]]:
    """The stories of a shelf, each with the digests of its reports, the largest first; `headings` are those of the
    reports that were put there, in that order. What is in `made` is not made again, and what was made is put there."""
    groups = [[headings[n] for n in rows] for rows in shelf.members if rows]
    made = {} if made is None else made
    found = [(make_story(some, rulings, made), [h.digest for h in some]) for some in rearrange(groups, rulings)]
    return sorted(found, key=lambda one: (-len(one[0].reports), one[0].name, one[0].id))


class UnknownStoryError(Error, ValueError):
    """No story, or several, answer to some words; the message says which there are."""


def pick_story(stories: Sequence[Story], wanted: str) -> int:
    """The place of the story that is named by its id or the beginning of one, by a report of it, or by words of its
    name. Raises `UnknownStoryError`."""
    words = wanted.casefold()
    ways: tuple[Callable[[Story], bool], ...] = (
        lambda s: s.id == wanted or wanted in s.reports,
        lambda s: len(wanted) >= SHORTEST_ID and s.id.startswith(wanted),
        lambda s: s.name.casefold() == words,
        lambda s: bool(words.strip()) and words in s.name.casefold(),
    )
    for way in ways:
        found = [n for n, story in enumerate(stories) if way(story)]
        if len(found) == 1:
            return found[0]
        if found:
            several = "; ".join(f"{stories[n].id} ({stories[n].name})" for n in found[:MOST_NAMED])
            raise UnknownStoryError(f"{wanted} names several stories: {several}")
    raise UnknownStoryError(f"no story is called {wanted}, nor has such a report: `sayso stories` lists them")


def rearrange(groups: list[list[Heading]], rulings: Rulings) -> Iterator[list[Heading]]:
    """Groups with those made one of which an analyst said that two reports are of one story, and reports taken out
    that one said are of another."""
    for judgement in rulings.merged:
        one, other = (find_report(groups, digest) for digest in (judgement.target, judgement.other))
        if one is not None and other is not None and one is not other:
            groups.remove(other)
            one.extend(other)
    for judgement in rulings.split:
        group = find_report(groups, judgement.other)
        if group is not None and len(group) > 1 and any(h.digest == judgement.target for h in group):
            gone = [h for h in group if h.digest == judgement.other]
            group[:] = [h for h in group if h.digest != judgement.other]
            groups.append(gone)
    return iter(groups)


def find_report(groups: Iterable[list[Heading]], digest: str) -> list[Heading] | None:
    """The group that a report is in."""
    return next((group for group in groups if any(h.digest == digest for h in group)), None)


def make_story(reports: Sequence[Heading], rulings: Rulings, made: Made) -> Story:
    """The story of some reports, under the name that an analyst gave it, else after the title that shares most words
    with the others. It is known by its first report: what comes later changes its id only where two become one. One
    that was `made` is not made again, and this one is put there."""
    named = [rulings.names[report.digest] for report in reports if report.digest in rulings.names]
    key = (*(report.digest or report.id for report in reports), *(judgement.id for judgement in named))
    if (known := made.get(key)) is not None:
        return known
    dated = sorted(report.published for report in reports if report.published is not None)
    story = made[key] = Story(
        id=make_id("story", reports[0].digest or reports[0].id),
        name=max(named, key=lambda j: (j.at, j.id)).value if named else choose_title(reports),
        reports=tuple(report.id for report in reports),
        earliest=dated[0] if dated else None,
        latest=dated[-1] if dated else None,
    )
    return story


def choose_title(reports: Sequence[Heading]) -> str:
    """The title that shares most words with the others; where there are any, none with a count that is out of date."""
    latest = max((report.published for report in reports if report.published), default=None)
    reports = [report for report in reports if not is_outdated(report, latest)] or reports
    bags = [find_details(report.title) for report in reports]
    counts: dict[str, int] = {}
    for bag in bags:
        for word in bag:
            counts[word] = counts.get(word, 0) + 1
    best = max(range(len(reports)), key=lambda n: (sum(counts[w] for w in bags[n]) / (len(bags[n]) + 3), -n))
    return reports[best].title


def is_outdated(report: Heading, latest: datetime | None) -> bool:
    """Whether a title has a count and reports went on for more than a day after it: "Seven dead" may be fourteen."""
    if latest is None or report.published is None or latest - report.published <= COUNTED:
        return False
    return any(COUNT.fullmatch(word.casefold()) for word in report.title.split())


def split_by_story(units: Iterable[Unit], stories: Sequence[Story], together: int = 0) -> list[list[Unit]]:
    """The units of each story, in their order; of no more reports than `together`, all units in one."""
    units = list(units)
    if sum(len(story.reports) for story in stories) <= together:
        return [units]
    place = {report: n for n, story in enumerate(stories) for report in story.reports}
    found: list[list[Unit]] = [[] for _ in stories]
    for unit in units:
        found[place[unit.fact.report.id]].append(unit)
    return found
