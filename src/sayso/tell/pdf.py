"""A brief as a PDF on A4, laid out by Typst: the front page on two pages at most, then the rest, then the sources.

The layout stands in `brief.typ`. Words reach it as JSON in an input, so that Typst reads them as strings and never as
its own markup.
"""

from __future__ import annotations

import json
from datetime import datetime
from importlib.resources import as_file, files
from typing import Any

from sayso.record import Brief
from sayso.tell.outlines import (
    CREED,
    NOTHING,
    Grid,
    Note,
    Outline,
    Paragraph,
    Part,
    cut_front,
    group_numbers,
    name_run,
    outline_brief,
)
from sayso.tell.tongues import _, name_spoken

FRONT_PAGES = 2
"""Printed pages that the front page may fill."""
SIZES = (10.5, 10.0, 9.5, 9.0, 8.5)
"""Sizes of type in points, tried in turn until the front page fits."""
MOSTS = (16, 12, 8, 6, 4, 3, 2, 1)
"""Paragraphs and rows of each part of the front page, tried in turn where even the smallest type is too large."""


def render_pdf(brief: Brief) -> bytes:
    """The brief as a PDF file."""
    outline = outline_brief(brief)
    size, fitted = fit_front(outline)
    return typeset(fitted, size, brief.picture.as_of, whole=True)


def fit_front(outline: Outline) -> tuple[float, Outline]:
    """The largest type with which the front page fits its pages, and the outline; where none does, the outline with
    the ends of its longest parts moved behind."""
    tries = [(size, outline) for size in SIZES] + [(SIZES[-1], cut_front(outline, most)) for most in MOSTS]
    if not outline.front:
        return SIZES[1], outline
    for size, tried in tries:
        if count_pages(typeset(tried, size, None, whole=False)) <= FRONT_PAGES:
            return size, tried
    return tries[-1]


def count_pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def typeset(outline: Outline, size: float, as_of: datetime | None, *, whole: bool) -> bytes:
    """The PDF of an outline, `whole` or its front page only."""
    import typst

    inputs = {"brief": json.dumps(row_of_outline(outline, as_of, whole)), "size": f"{size}"}
    with as_file(files("sayso.tell") / "brief.typ") as layout:
        # The same brief is the same file, so that no clock comes into it.
        made = typst.compile(str(layout), format="pdf", sys_inputs=inputs, timestamp=0)
    assert isinstance(made, bytes)
    return made


def row_of_outline(outline: Outline, as_of: datetime | None, whole: bool) -> dict[str, Any]:
    """What the layout reads."""
    return {
        "title": outline.title or _("Situation report"),
        "date": [as_of.year, as_of.month, as_of.day] if as_of else [],
        "facts": outline.facts,
        "front": [row_of_part(part) for part in outline.front],
        "rest": [row_of_part(part) for part in outline.rest] if whole else [],
        "problems": outline.problems,
        "sources": [
            {
                "published": source.published,
                "outlet": source.outlet,
                "title": source.title,
                "url": source.url,
                "origins": _("origins: {names}", names=source.origins) if source.origins else "",
            }
            for source in outline.sources
        ],
        "notes": [row_of_note(note) for note in outline.notes] if whole else [],
        "whole": whole,
        "nothing": _(NOTHING),
        "creed": _(CREED),
        "language": name_spoken(),
        "labels": {
            "brand": _("situation report"),
            "problems": _("Problems"),
            "reports": _("Reports"),
            "citations": _("Citations"),
        },
    }


def row_of_part(part: Part) -> dict[str, Any]:
    """A section as the layout reads it."""
    return {
        "title": part.title,
        "paragraphs": [row_of_paragraph(paragraph) for paragraph in part.paragraphs],
        "grids": [row_of_grid(grid) for grid in part.grids],
    }


def row_of_paragraph(paragraph: Paragraph) -> dict[str, Any]:
    """A sentence as the layout reads it."""
    return {"words": paragraph.words, "notes": list_runs(paragraph.notes), "detail": paragraph.detail}


def row_of_grid(grid: Grid) -> dict[str, Any]:
    """A table as the layout reads it."""
    return {
        "title": grid.title,
        "columns": grid.columns,
        "widths": weigh_columns(grid),
        "lines": [{"cells": line.cells, "notes": list_runs(line.notes)} for line in grid.lines],
        "told": [row_of_paragraph(paragraph) for paragraph in grid.told],
        "note": grid.note,
    }


def weigh_columns(grid: Grid) -> list[float]:
    """How wide each column is beside the others: by the root of its longest cell, so that long words get more room and
    short ones enough."""
    rows = [grid.columns, *(line.cells for line in grid.lines)]
    return [round(max(4, *(min(200, len(cell)) for cell in column)) ** 0.5, 2) for column in zip(*rows, strict=True)]


def row_of_note(note: Note) -> dict[str, Any]:
    """A citation as the layout reads it."""
    return {
        "number": note.number,
        "claim": note.claim,
        "label": _("claim"),
        "before": note.before,
        "words": note.words,
        "after": note.after,
        "outlet": note.outlet,
        "published": note.published,
        "facts": [fact for fact in (note.path, note.stance, note.title) if fact],
        "url": note.url,
    }


def list_runs(numbers: tuple[int, ...]) -> list[tuple[int, str]]:
    """Runs of citations: the number of the first, and the words for all."""
    return [(run[0], name_run(run)) for run in group_numbers(numbers)]
