"""A brief as plain text: no markup, lines of 79 columns, its notes numbered at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.cells import cell_len, chop_cells

from sayso.record import Brief
from sayso.tell.outlines import (
    CREED,
    NOTHING,
    Grid,
    Note,
    Outline,
    Paragraph,
    Part,
    Source,
    group_numbers,
    name_run,
    outline_brief,
)
from sayso.tell.tongues import _

WIDTH = 79
"""Columns of a line; an address that is longer stays whole, so that it can be followed."""
NARROWEST = 9
"""Columns that a column of a table has at least; a table with no room for that is told row by row."""
GAP = "  "

ADDRESS = re.compile(r"https?://\S+")


def render_text(brief: Brief) -> str:
    """The brief as plain text that ends in a newline."""
    outline = outline_brief(brief)
    blocks = [*lay_title(outline), *(block for part in (*outline.front, *outline.rest) for block in lay_part(part))]
    if outline.problems:
        blocks += [underline(_("Problems"), "-"), "\n".join(wrap(words, "* ", "  ") for words in outline.problems)]
    blocks += [underline(_("Reports"), "-"), "\n".join(map(lay_source, outline.sources)) or _(NOTHING)]
    if outline.notes:
        blocks += [underline(_("Citations"), "-"), *map(lay_note, outline.notes)]
    blocks += ["-" * WIDTH, wrap(_(CREED))]
    return "\n\n".join(blocks) + "\n"


def lay_title(outline: Outline) -> Iterator[str]:
    """The title and the facts under it."""
    yield underline(outline.title or _("Situation report"), "=")
    yield "\n".join(wrap(f"{name}: {value}", "", "  ") for name, value in outline.facts)


def lay_part(part: Part) -> Iterator[str]:
    """A section: its title, paragraphs and tables."""
    yield underline(part.title, "-")
    if part.paragraphs:
        yield "\n".join(lay_paragraph(paragraph) for paragraph in part.paragraphs)
    elif not part.grids:
        yield _(NOTHING)
    for grid in part.grids:
        yield from lay_grid(grid)


def lay_paragraph(paragraph: Paragraph) -> str:
    """A sentence with its numbers, its detail under it."""
    lines = [wrap(f"{paragraph.words} {name_numbers(paragraph.notes)}".strip(), "* ", "  ")]
    if paragraph.detail:
        lines.append(wrap(paragraph.detail, "    ", "    "))
    return "\n".join(lines)


def name_numbers(numbers: Sequence[int]) -> str:
    """The numbers of citations: "[1–3, 7]"."""
    return f"[{', '.join(map(name_run, group_numbers(numbers)))}]" if numbers else ""


def lay_grid(grid: Grid) -> Iterator[str]:
    """A table: its title, what is told of it, its rows and its note."""
    if grid.title:
        yield wrap(grid.title)
    if grid.told:
        yield "\n".join(lay_paragraph(paragraph) for paragraph in grid.told)
    rows = [(*line.cells[:-1], f"{line.cells[-1]} {name_numbers(line.notes)}".strip()) for line in grid.lines]
    widths = fit_widths([grid.columns, *rows])
    yield lay_columns(grid.columns, rows, widths) if widths else lay_rows(grid.columns, rows)
    if grid.note:
        yield wrap(grid.note)


def lay_columns(columns: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> str:
    """A table in columns of given widths, words wrapped within their cells."""
    lines = [*lay_row(columns, widths), GAP.join("-" * width for width in widths)]
    for row in rows:
        lines += lay_row(row, widths)
    return "\n".join(lines)


def lay_row(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    """The lines of a row."""
    columns = [list(break_lines(cell, width, width)) for cell, width in zip(cells, widths, strict=True)]
    tall = max(map(len, columns), default=0)
    lines = []
    for at in range(tall):
        cells_of = [column[at] if at < len(column) else "" for column in columns]
        lines.append(GAP.join(pad(cell, width) for cell, width in zip(cells_of, widths, strict=True)).rstrip())
    return lines


def lay_rows(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of many columns, row by row: each cell after its column's name."""
    return "\n\n".join(
        "\n".join(wrap(f"{name}: {cell}", "", "  ") for name, cell in zip(columns, row, strict=True) if cell)
        for row in rows
    )


def fit_widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """The widths of a table's columns, the widest made narrower until all fit; none where they cannot."""
    widths = [max(1, *(cell_len(cell) for cell in column)) for column in zip(*rows, strict=True)]
    room = WIDTH - len(GAP) * (len(widths) - 1)
    if sum(min(width, NARROWEST) for width in widths) > room:
        return []
    while (over := sum(widths) - room) > 0:
        widest = max(widths)
        next_widest = max((width for width in widths if width < widest), default=NARROWEST)
        step = max(1, min(over // widths.count(widest), widest - max(next_widest, NARROWEST)))
        at = widths.index(widest)
        widths[at] -= min(step, over)
    return widths


def lay_source(source: Source) -> str:
    """A report used: when, where, under which title; whom it had it from; its address."""
    lines = [wrap(f"{source.published}: {source.outlet}, “{source.title}”", "* ", "  ")]
    if source.origins:
        lines.append(wrap(_("origins: {names}", names=source.origins), "    ", "    "))
    if source.url:
        lines.append(wrap(source.url, "    ", "    "))
    return "\n".join(lines)


def lay_note(note: Note) -> str:
    """A citation: number, outlet and date, the words around the claim, its exact words, its id."""
    head = wrap(f"{note.outlet}, {note.published}: “{note.words}”", f"[{note.number}] ", "    ")
    lines = [
        head,
        wrap(_("by: {path}", path=note.path) + (f" ({note.stance})" if note.stance else ""), "    ", "      "),
    ]
    if note.before or note.after:
        words = note.before + note.words + note.after
        lines.append(wrap(_("in: {words}", words=words), "    ", "      "))
    lines.append(wrap(_("report: “{title}”", title=note.title) + f" {note.url}".rstrip(), "    ", "      "))
    lines.append(wrap(_("claim: {id}", id=note.claim), "    ", "      "))
    return "\n".join(lines)


def underline(words: str, stroke: str) -> str:
    """A heading with a line of strokes under it."""
    lines = list(break_lines(words, WIDTH, WIDTH))
    return "\n".join([*lines, stroke * max(map(cell_len, lines), default=1)])


def wrap(words: str, first: str = "", later: str = "") -> str:
    """Words in lines of `WIDTH` columns, the first and the later ones indented."""
    lines = list(break_lines(words, WIDTH - len(first), WIDTH - len(later), whole=True))
    return "\n".join((later if at else first) + line for at, line in enumerate(lines))


def break_lines(words: str, first: int, later: int, *, whole: bool = False) -> Iterator[str]:
    """The lines that words fill, the first as wide as `first` and the others as `later`; a word that is wider than a
    line is cut, but for an address where it stays `whole`."""
    line, filled, room = "", 0, first
    for word in words.split():
        pieces = [word] if whole and ADDRESS.search(word) else chop(word, min(first, later))
        for piece in pieces:
            width = cell_len(piece)
            if line and filled + 1 + width > room:
                yield line
                line, filled, room = "", 0, later
            line = f"{line} {piece}" if line else piece
            filled += width + (filled > 0)
    yield line


def chop(word: str, width: int) -> list[str]:
    """A word in pieces that fit a width."""
    return [word] if cell_len(word) <= width else list(chop_cells(word, width))


def pad(words: str, width: int) -> str:
    """Words filled up with spaces to a width."""
    return words + " " * (width - cell_len(words))
