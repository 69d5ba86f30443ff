"""Tables of pages whose cells span several rows or columns, laid out so that each cell stands below its own heading."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_CELLS = 5_000
MAX_SPAN = 100
Grid = list[list[str]]


_ROLES = {"table": "table", "grid": "table", "row": "tr", "cell": "td", "gridcell": "td", "columnheader": "th"}
_ROLES |= {"rowheader": "th", "rowgroup": "tbody"}


def name_tables(tree: HtmlElement) -> None:
    """Make tables of elements that only say by their role that they are such (WAI-ARIA)."""
    for outer in [e for e in tree.iter("div", "section", "ul") if e.get("role") in ("table", "grid")]:
        for element in outer.iter("div", "section", "span", "ul", "li", "p", "a"):
            if (role := element.get("role") or "") in _ROLES:
                element.tag = _ROLES[role]


def flatten_tables(tree: HtmlElement) -> None:
    """Lay out the tables of a page that have cells over several rows or columns: the words of such a cell stand in each
    place that it covers, and the rows of a head become one ("People dead" of "People" above "dead"). Tables in tables
    serve the looks of a page, and stay."""
    for table in [t for t in tree.iter("table") if next(t.iterdescendants("table"), None) is None]:
        cells = list(table.iter("td", "th"))
        if len(cells) <= MAX_CELLS and any(read_span(c, "rowspan") > 1 or read_span(c, "colspan") > 1 for c in cells):
            _lay_out(table)


def _lay_out(table: HtmlElement) -> None:
    rows = list(table.iter("tr"))
    heads = 0
    for row in rows:
        if any(cell.tag == "td" for cell in row.iter("td", "th")) or not len(row):
            break
        heads += 1
    grid = spread_cells([[_read_cell(cell) for cell in row.iter("td", "th")] for row in rows])
    first, body = grid[:heads], grid[heads:]
    from lxml.html import Element

    for row in rows:
        row.drop_tree()
    for number, words in enumerate([*([join_heads(first)] if first else []), *body]):
        made = Element("tr")
        for word in words:
            cell = Element("th" if first and not number else "td")
            cell.text = word
            made.append(cell)
        table.append(made)


def _read_cell(cell: HtmlElement) -> tuple[str, int, int]:
    words = " ".join(" ".join(cell.itertext()).split())
    return words, read_span(cell, "rowspan"), read_span(cell, "colspan")


def read_span(cell: HtmlElement, name: str) -> int:
    """Over how many rows or columns a cell stands."""
    words = (cell.get(name) or "").strip()
    return min(max(int(words), 1), MAX_SPAN) if words.isascii() and words.isdigit() and len(words) < 5 else 1


def spread_cells(rows: Iterable[Iterable[tuple[str, int, int]]]) -> Grid:
    """The words in each place of a table, of rows of cells with the rows and columns that they span. A row of one cell
    over all columns, as headings between rows are, keeps its words once."""
    grid: Grid = []
    hanging: dict[int, tuple[int, str]] = {}
    for row in rows:
        line: list[str] = []
        cells = list(row)
        for words, down, across in cells:
            while len(line) in hanging:
                line.append(_take(hanging, len(line)))
            for _ in range(1 if len(cells) == 1 and not hanging else across):
                if down > 1:
                    hanging[len(line)] = (down, words)
                    line.append(_take(hanging, len(line)))
                else:
                    line.append(words)
        while len(line) in hanging:
            line.append(_take(hanging, len(line)))
        if line:
            grid.append(line)
    return grid


def _take(hanging: dict[int, tuple[int, str]], column: int) -> str:
    """The words of a cell that hangs down into a row, one row shorter then."""
    left, words = hanging.pop(column)
    if left > 1:
        hanging[column] = (left - 1, words)
    return words


def join_heads(heads: Grid) -> list[str]:
    """The rows of a head as one: what stands in them above each column, each word once."""
    width = max(len(head) for head in heads)
    columns = [[head[n] for head in heads if n < len(head)] for n in range(width)]
    return [" ".join(dict.fromkeys(filter(None, column))) for column in columns]
