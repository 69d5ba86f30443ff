"""Rows of a table in a text ("Orle | 12 | 40"): the head of its column says what a figure of it is of."""

from __future__ import annotations

import re
from bisect import bisect_right

from sayso.extract.figures.quantities import Quantity
from sayso.record import Span

LONGEST_LEAD = 3
"""Code points of a cell before its figure ("+", "~ ")."""
ROW = re.compile(r"^[^|\n]{1,200}(?:\|[^|\n]{0,200}){1,40}$", re.MULTILINE)
"""A line of cells with bars between them."""


def find_heads(text: str) -> dict[int, Span]:
    """The head's span for each cell of the tables of a text, by where the cell begins."""
    if "|" not in text:
        return {}
    heads: dict[int, Span] = {}
    above: list[Span] = []
    end = -2
    for row in ROW.finditer(text):
        cells = cut_cells(text, row.start(), row.end())
        if row.start() != end + 1 or len(cells) != len(above):
            above = cells if not re.search(r"\d", row.group()) else []
        else:
            heads |= {cell[0]: head for cell, head in zip(cells, above, strict=True)}
        end = row.end()
    return heads


def cut_cells(text: str, start: int, end: int) -> list[Span]:
    """The spans of a row's cells, without the space around them."""
    cells = []
    for cell in re.finditer(r"[^|]+", text[start:end]):
        words = cell.group()
        begin = start + cell.start() + len(words) - len(words.lstrip())
        cells.append((begin, max(begin, start + cell.end() - len(words) + len(words.rstrip()))))
    return cells


def find_head(heads: dict[int, Span], cells: list[int], quantity: Quantity) -> Span | None:
    """The head of the cell that a quantity begins; `cells` are where the cells of the tables begin, sorted."""
    at = bisect_right(cells, quantity.start) - 1
    return heads[cells[at]] if at >= 0 and quantity.start - cells[at] <= LONGEST_LEAD else None
