"""A brief as plain paragraphs and tables in reading order: what its printed faces (PDF, Word, plain text) lay out.

Every string of an outline is one line of words without anything unprintable. None of it is markup: escaping is the
face's affair.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sayso.harms import clean_text, one_line
from sayso.record import Brief, Estimate, Section, Sentence, Table
from sayso.tell.charts import name_range
from sayso.tell.citations import (
    Citation,
    cite_claims,
    count_origins,
    group_estimates,
    list_reports,
    name_as_of,
    name_assessors,
    name_moment,
    name_outlet,
    name_published,
    number_claims,
    safe_url,
    sort_sentences,
)
from sayso.tell.tongues import _, mark, say_number

NOTHING = mark("Nothing in these reports.")
"""What a part without anything in it says."""

CREED = mark(
    "Every sentence stands on the numbered claims behind it, and every claim on the exact words of a report. A "
    "sentence says what was claimed and by whom, and not that it is so."
)
"""What every face says of itself at its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A sentence with the numbers of its citations, and its detail."""

    words: str
    notes: tuple[int, ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of a grid: a cell for each column, and the numbers of its citations."""

    cells: tuple[str, ...]
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table under its title: what is told of it, its rows, and a note on what its figures are."""

    title: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    told: tuple[Paragraph, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section: its paragraphs, then its grids."""

    title: str
    paragraphs: tuple[Paragraph, ...] = ()
    grids: tuple[Grid, ...] = ()

    @property
    def length(self) -> int:
        """How many paragraphs and rows it has."""
        return len(self.paragraphs) + sum(len(grid.lines) for grid in self.grids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A report used: when, where and under which title it was published, and whom it had it from."""

    published: str
    outlet: str
    title: str
    url: str
    origins: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A citation: the claim's exact words with those around them, who handed them on, where and when they were
    published, and the claim's id."""

    number: int
    claim: str
    before: str
    words: str
    after: str
    path: str
    stance: str
    outlet: str
    title: str
    published: str
    url: str

    @property
    def facts(self) -> tuple[str, ...]:
        """By whose word, under which title and when: what stands behind the words, in order."""
        return tuple(fact for fact in (self.path, self.stance, self.title, self.published) if fact)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A whole brief: the parts of its front page, those behind it, its sources and its citations."""

    title: str
    facts: tuple[tuple[str, str], ...]
    front: tuple[Part, ...]
    rest: tuple[Part, ...]
    problems: tuple[str, ...]
    sources: tuple[Source, ...]
    notes: tuple[Note, ...]


def outline_brief(brief: Brief) -> Outline:
    """The outline of a brief."""
    numbers = number_claims(brief)
    parts = [(section.front, outline_section(section, brief, numbers)) for section in brief.sections]
    shown = [(front, part) for front, part in parts if part]
    return Outline(
        title=one_line(brief.title),
        facts=tuple((name, one_line(value)) for name, value in list_facts(brief)),
        front=tuple(part for front, part in shown if front),
        rest=tuple(part for front, part in shown if not front),
        problems=tuple(one_line(problem.message) for problem in brief.problems),
        sources=tuple(
            Source(
                published=name_published(report),
                outlet=one_line(name_outlet(report)),
                title=one_line(report.title or report.id),
                url=one_line(safe_url(report.url)),
                origins=one_line("; ".join(found.origins)) if found else "",
            )
            for report, found in list_reports(brief)
        ),
        notes=tuple(outline_citation(citation) for citation in cite_claims(brief).values()),
    )


def list_facts(brief: Brief) -> list[tuple[str, str]]:
    """The line under the title: as of when, since when, from how many reports, outlets and origins."""
    reports = [reading.report for reading in brief.picture.readings]
    facts = []
    if brief.picture.as_of:
        facts.append((_("As known on"), name_moment(brief.picture.as_of)))
    if brief.since:
        facts.append((_("Changes since"), name_moment(brief.since)))
    dates = [report.published for report in reports if report.published]
    if dates:
        first, last = (name_moment(date, exact=False) for date in (min(dates), max(dates)))
        facts.append((_("Published"), first if first == last else f"{first} – {last}"))
    facts.append((_("Reports"), say_number(len(reports))))
    facts.append((_("Outlets"), say_number(len({name_outlet(report) for report in reports}))))
    if origins := count_origins(brief):
        facts.append((_("Origins"), say_number(origins)))
    return facts


def outline_section(section: Section, brief: Brief, numbers: dict[str, int]) -> Part | None:
    """A section's part; None of that for the reports, which stand among the sources."""
    charted = group_estimates(brief) if section.id == "estimates" else []
    told = [outline_sentences(sentences, numbers) for sentences in sort_sentences(section, charted)]
    published = {reading.report.id: reading.report.published for reading in brief.picture.readings}
    grids = [
        outline_estimates(lines, sentences, numbers, published) for lines, sentences in zip(charted, told, strict=False)
    ]
    grids += [outline_table(table, numbers) for table in section.tables]
    part = Part(title=one_line(section.title), paragraphs=told[-1], grids=tuple(grids))
    return None if section.id == "reports" and not part.length else part


def outline_sentences(sentences: Iterable[Sentence], numbers: dict[str, int]) -> tuple[Paragraph, ...]:
    """Sentences as paragraphs."""
    return tuple(
        Paragraph(words=one_line(s.text), notes=find_numbers(s.claims, numbers), detail=one_line(s.detail))
        for s in sentences
    )


def outline_estimates(
    estimates: Sequence[Estimate],
    told: tuple[Paragraph, ...],
    numbers: dict[str, int],
    published: dict[str, datetime | None],
) -> Grid:
    """The grid of a point's estimates, a row a value."""
    lines = tuple(
        Line(
            cells=(
                one_line(estimate.source),
                name_as_of(value, published.get(value.report)),
                one_line(name_range(value, estimate.unit)),
                f"“{one_line(value.words or value.text)}”",
            ),
            notes=find_numbers((value.claim,), numbers),
        )
        for estimate in estimates
        for value in estimate.values
    )
    columns = (_("Source"), _("As of"), _("Figure"), _("Words"))
    return Grid(title=one_line(estimates[0].question), columns=columns, lines=lines, told=told)


def outline_table(table: Table, numbers: dict[str, int]) -> Grid:
    """The grid of a table, with a column for whose it is where anybody assessed it."""
    assessed = any(row.by for row in table.rows)
    return Grid(
        title=one_line(table.title),
        columns=tuple(one_line(column) for column in (*table.columns, *((_("Assessed by"),) if assessed else ()))),
        lines=tuple(
            Line(
                cells=tuple(one_line(cell) for cell in (*row.cells, *((name_assessors(row),) if assessed else ()))),
                notes=find_numbers(row.claims, numbers),
            )
            for row in table.rows
        ),
        note=one_line(table.note),
    )


def outline_citation(citation: Citation) -> Note:
    """A citation in lines of words."""
    report = citation.report
    first, last = citation.context
    cut_before, cut_after = report.text[:first].strip(), report.text[last:].strip()
    return Note(
        number=citation.number,
        claim=one_line(citation.claim.id),
        before=("… " if cut_before else "") + join_spaces(citation.before).lstrip(),
        words=one_line(citation.words),
        after=join_spaces(citation.after).rstrip() + (" …" if cut_after else ""),
        path=one_line(citation.path),
        stance=_(citation.stance) if citation.stance.isalpha() else "",
        outlet=one_line(name_outlet(report)),
        title=one_line(report.title or report.id),
        published=name_published(report),
        url=one_line(safe_url(report.url)),
    )


def find_numbers(claims: Iterable[str], numbers: dict[str, int]) -> tuple[int, ...]:
    """The numbers of the claims that have one, in order."""
    return tuple(sorted({numbers[claim] for claim in claims if claim in numbers}))


def group_numbers(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Rising numbers as runs: 1, 2, 3, 5 are (1, 3) and (5, 5)."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def name_run(run: tuple[int, int]) -> str:
    """A run of numbers in words: "5", "1–3"."""
    first, last = run
    return f"{first}" if first == last else f"{first}–{last}"


def cut_front(outline: Outline, most: int) -> Outline:
    """The outline with at most so many paragraphs and rows in each part of its front page; those left over stand
    first among the rest, under the same title."""
    halves = [cut_part(part, most) for part in outline.front]
    left = tuple(
        replace(part, title=_("{title}, continued", title=part.title))
        for part in (half[1] for half in halves)
        if part.length
    )
    return replace(outline, front=tuple(half[0] for half in halves), rest=(*left, *outline.rest))


def cut_part(part: Part, most: int) -> tuple[Part, Part]:
    """The first paragraphs and rows of a part, and those that are left over."""
    room = max(0, most - len(part.paragraphs))
    kept, left = [], []
    for grid in part.grids:
        if room:
            kept.append(replace(grid, lines=grid.lines[:room]))
        if len(grid.lines) > room:
            left.append(replace(grid, lines=grid.lines[room:]))
        room = max(0, room - len(grid.lines))
    return (
        replace(part, paragraphs=part.paragraphs[:most], grids=tuple(kept)),
        replace(part, paragraphs=part.paragraphs[most:], grids=tuple(left)),
    )


def join_spaces(text: str) -> str:
    """Text in one line, with the spaces at its ends kept as one."""
    return re.sub(r"\s+", " ", clean_text(text))


def runs_left(text: str) -> bool:
    """Whether text is read from right to left: by its first letter of any direction (UAX #9, rules P2 and P3)."""
    strong = (unicodedata.bidirectional(c) for c in text)
    return next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L"
