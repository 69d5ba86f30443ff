"""What the places of letters on the page of a PDF tell: cells of tables, and raised marks of footnotes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sayso.read.markup import POWERS, is_mark

CELL_GAP = 1.0
"""How many heights of a letter two words are apart from where they stand in two cells of a table."""
SMALL = 0.8
"""How small a digit is, beside the letter before it, that is set raised."""
FLOATING = 0.15
"""How far above its line a digit begins, in heights of its letters, that is set raised in full size."""
SLACK = 0.2
"""How far apart two letters of one line may stand in height, in heights of a letter."""
MAX_COLUMNS = 40
BAR = " | "


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of a line between two gaps, and where they begin and end on the page."""

    words: str
    left: float
    right: float


def mark_layout(page: Any) -> str:
    """The text of a page, a bar between words that stand as far apart as the cells of a table do, and without the
    raised digits that point to a footnote. `page` is a text page of pdfium."""
    text = str(page.get_text_range())
    if len(text) != page.count_chars():  # Places in the text are not those on the page.
        return str(page.get_text_bounded())
    text, kept = _drop_marks(page, text)
    lines = [_split_cells(page, *row) for row in _join_rows(page, text, kept)]
    return "\n".join(BAR.join(cell.words for cell in line) for line in align_cells(lines))


def _join_rows(page: Any, text: str, places: list[int]) -> list[tuple[str, list[int]]]:
    """The lines of a text with the places of their letters, those as one that stand beside each other on the page: a
    wide gap or a raised letter may have cut a line in two."""
    rows: list[tuple[str, list[int]]] = []
    start = 0
    for end in [*(i for i, char in enumerate(text) if char == "\n"), len(text)]:
        words, some = text[start:end].rstrip(" \r"), places[start:end]
        cut = len(words) - len(words.lstrip(" "))
        words, some = words[cut:], some[cut : len(words)]
        if words and rows and rows[-1][0] and _is_beside(page, rows[-1][1][-1], some[0]):
            before, theirs = rows.pop()
            words, some = f"{before} {words}", [*theirs, some[0], *some]
        rows.append((words, some))
        start = end + 1
    return rows


def _is_beside(page: Any, left: int, right: int) -> bool:
    """Whether a letter stands to the right of another on one line."""
    level = abs(_find_line(page, left) - _find_line(page, right)) < SLACK * measure_letter(page, left)
    return level and bool(page.get_charbox(right)[0] > page.get_charbox(left)[2])


def _drop_marks(page: Any, text: str) -> tuple[str, list[int]]:
    """A text without its marks of footnotes, and the place on the page of each letter left. Raised powers stay such."""
    kept: list[str] = []
    places: list[int] = []
    i = 0
    while i < len(text):
        end = _end_of_raised(page, text, i)
        words = text[i : max(end, i + 1)]
        if end > i:
            words = "" if is_mark(words, "".join(kept[-20:])) else words.translate(POWERS)
        kept += words
        places += range(i, i + len(words))
        i = max(end, i + 1)
    return "".join(kept), places


def _end_of_raised(page: Any, text: str, start: int) -> int:
    """Where the raised digits end that begin at a place of a text right after a letter; the place itself where there
    are none."""
    if not start or not text[start].isdigit() or not text[start - 1].isalnum():
        return start
    end = start
    while end < len(text) and text[end].isdigit() and is_raised(page, end, start - 1):
        end += 1
    return end


def is_raised(page: Any, i: int, base: int) -> bool:
    """Whether a digit is much smaller than the letter at `base`, or floats above its line."""
    size = measure_letter(page, i)
    return size < SMALL * measure_letter(page, base) or _measure_rise(page, i) > FLOATING * size


def measure_letter(page: Any, i: int) -> float:
    """The size of the font of a letter, in points."""
    from pypdfium2 import raw

    return float(raw.FPDFText_GetFontSize(page, i))


def _measure_rise(page: Any, i: int) -> float:
    """How far above its line a letter begins, in points."""
    return float(page.get_charbox(i)[1]) - _find_line(page, i)


def _find_line(page: Any, i: int) -> float:
    """How high the line of a letter lies on the page, in points; its lower edge where the page does not tell."""
    from ctypes import byref, c_double

    from pypdfium2 import raw

    x, y = c_double(), c_double()
    known = raw.FPDFText_GetCharOrigin(page, i, byref(x), byref(y))
    return y.value if known else float(page.get_charbox(i)[1])


def _split_cells(page: Any, line: str, places: list[int]) -> list[Cell]:
    """The cells of a line of a page, whose letters stand at some places; one where it has no wide gap."""
    cuts = []
    for i in range(1, len(line) - 1):
        if line[i] == " " and not line[i - 1].isspace() and not line[i + 1].isspace():
            # A mark that was left out stands in the gap.
            before = max(page.get_charbox(n)[2] for n in (places[i - 1], max(places[i] - 1, 0)))
            gap = page.get_charbox(places[i + 1])[0] - before
            if gap > CELL_GAP * measure_letter(page, places[i - 1]):
                cuts.append(i)
    if not cuts:
        return [Cell(line, 0, 0)]
    bounds = pairwise([-1, *cuts, len(line)])
    return [_make_cell(page, line, places, start + 1, end) for start, end in bounds]


def _make_cell(page: Any, line: str, places: list[int], start: int, end: int) -> Cell:
    last = start + len(line[start:end].rstrip()) - 1
    left, right = page.get_charbox(places[start])[0], page.get_charbox(places[max(start, last)])[2]
    return Cell(line[start:end], left, right)


def align_cells(lines: list[list[Cell]]) -> list[list[Cell]]:
    """The lines, with empty cells where a line of a table has fewer than the others and its own stand below some of
    theirs only."""
    aligned: list[list[Cell]] = []
    table: list[list[Cell]] = []
    for line in [*lines, [Cell("", 0, 0)]]:
        if len(line) > 1:
            table.append(line)
            continue
        aligned += _align_table(table)
        table = []
        aligned.append(line)
    return aligned[:-1]


def _align_table(table: list[list[Cell]]) -> list[list[Cell]]:
    most = max((len(line) for line in table), default=0)
    full = [line for line in table if len(line) == most]
    if (
        len(full) == len(table)
        or most > MAX_COLUMNS
        or not all(cell.right > cell.left for line in full for cell in line)
    ):
        return table
    columns = [(min(line[n].left for line in full), max(line[n].right for line in full)) for n in range(most)]
    return [line if len(line) == most else _place_cells(line, columns) for line in table]


def _place_cells(line: list[Cell], columns: list[tuple[float, float]]) -> list[Cell]:
    """A line with each cell in the column that it overlaps most; as it is where two would stand in one."""
    places = [max(range(len(columns)), key=lambda n: _overlap(cell, columns[n])) for cell in line]
    if any(b <= a for a, b in pairwise(places)) or not all(
        _overlap(cell, columns[n]) > 0 for cell, n in zip(line, places, strict=True)
    ):
        return line
    found = dict(zip(places, line, strict=True))
    return [found.get(n, Cell("", *columns[n])) for n in range(places[-1] + 1)]


def _overlap(cell: Cell, column: tuple[float, float]) -> float:
    return min(cell.right, column[1]) - max(cell.left, column[0])
