"""Stories: the reports that tell of one chain of events. Reports of two stories share no question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np

from sayso.ids import make_id
from sayso.record import Reading, Story
from sayso.weigh.details import find_details
from sayso.weigh.matching.clusters import link_centres
from sayso.weigh.matching.signs import Floats, find_names, fold
from sayso.weigh.matching.units import Unit

LEAST = 0.22
"""How near the names in two groups of reports must be for one story. On 51 stories at once (ours and real ones), of the
pairs of reports put together nine in ten are of one story, and of those of one story eight in ten are put together."""
MOST_AT_ONCE = 1000
"""Reports that are put in stories together; of more, each then joins the story that it is nearest to."""
TOGETHER = 200
"""Reports up to which all are matched with all: the words of a few reports tell better what they share than their names
do. Of more, only those of one story are."""
LONGEST = 6000
"""Code points of a report that tell what it is about."""


def find_stories(readings: Sequence[Reading]) -> list[Story]:
    """The stories of some readings, the largest first."""
    groups = group_reports(readings)
    stories = [make_story([readings[n] for n in rows]) for rows in groups]
    return sorted(stories, key=lambda s: (-len(s.reports), s.name, s.id))


def group_reports(readings: Sequence[Reading]) -> list[list[int]]:
    """The positions of readings by story, in the order of their first."""
    if not readings:
        return []
    rows = fold(names_of(reading) for reading in readings)
    groups = link_centres(rows[:MOST_AT_ONCE], LEAST)
    for n in range(MOST_AT_ONCE, len(rows)):
        join_nearest(groups, rows, n)
    return groups


def names_of(reading: Reading) -> frozenset[str]:
    """The names in a report, a word each, without the possessive."""
    text = f"{reading.report.title}\n{reading.report.text[:LONGEST]}"
    return frozenset(re.sub(r"['’]s$", "", name) for name in find_names(text))


def join_nearest(groups: list[list[int]], rows: Floats, n: int) -> None:
    """Put a report in the story whose names it shares most, or in one of its own."""
    centres = np.stack([rows[some].sum(axis=0) for some in groups])
    near = centres @ rows[n] / (np.sqrt(np.einsum("ij,ij->i", centres, centres)) + 1e-9)
    best = int(near.argmax())
    if near[best] >= LEAST:
        groups[best].append(n)
    else:
        groups.append([n])


def make_story(readings: Sequence[Reading]) -> Story:
    """The story of some readings, named after the title that shares most words with the others."""
    reports = [reading.report for reading in readings]
    dated = sorted(report.published for report in reports if report.published is not None)
    bags = [find_details(report.title) for report in reports]
    counts: dict[str, int] = {}
    for bag in bags:
        for word in bag:
            counts[word] = counts.get(word, 0) + 1
    best = max(range(len(reports)), key=lambda n: (sum(counts[w] for w in bags[n]) / (len(bags[n]) + 3), -n))
    name = reports[best].title or " ".join(reports[best].text.split()[:8])
    return Story(
        id=make_id("story", *sorted(report.digest or report.id for report in reports)),
        name=name,
        reports=tuple(report.id for report in reports),
        earliest=dated[0] if dated else None,
        latest=dated[-1] if dated else None,
    )


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
