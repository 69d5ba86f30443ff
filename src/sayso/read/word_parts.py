"""The paragraphs and tables of the XML of word processors: Word's (ECMA-376, also its strict form), OpenDocument's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sayso.read.markup import POWERS, is_mark

MAX_CELL = 300
"""Characters of a cell; a table with longer ones serves the looks of a page, and is read as paragraphs."""
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_OPEN_SIGNS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n", f"{_TEXT}s": " "}
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_word_blocks(root: Any) -> Iterator[str]:
    """The paragraphs and tables of a part of a Word document, without what was deleted, moved away or hidden, and
    without the marks of footnotes."""
    word = f"{root.tag.partition('}')[0]}}}"
    for element in root.iter(f"{word}p", f"{word}tbl"):
        if any(e.tag in (f"{word}p", f"{word}tbl") for e in element.iterancestors()):
            continue  # A text box, read as part of the paragraph that it hangs on, or what is in a table.
        if element.tag == f"{word}p":
            yield _read_paragraph(element, word)
            continue
        rows = list_cells(element, f"{word}tr", f"{word}tc", (f"{word}p",))
        yield from _join_rows([[[_read_paragraph(p, word) for p in cell] for cell in row] for row in rows])


def _read_paragraph(paragraph: Any, word: str) -> str:
    parts: list[str] = []
    for element in paragraph.iter():
        name = element.tag.removeprefix(word) if isinstance(element.tag, str) else ""
        if name not in ("t", *_SIGNS) or _is_unseen(element, word):
            continue
        words = (element.text or "") if name == "t" else _SIGNS[name]
        if not _is_raised(element, word):
            parts.append(words)
        elif not is_mark(words.strip(), "".join(parts[-3:])):
            parts.append(words.translate(POWERS))
    return "".join(parts)


def _is_unseen(element: Any, word: str) -> bool:
    """Whether a piece of text was moved away, is hidden or stands there a second time for old programs. Deleted text
    stands in elements of another name."""
    run = element.getparent()
    if run is not None and run.find(f"{word}rPr/{word}vanish") is not None:
        return True
    return any(str(e.tag).endswith(("}moveFrom", "}Fallback")) for e in element.iterancestors())


def _is_raised(element: Any, word: str) -> bool:
    run = element.getparent()
    raised = run.find(f"{word}rPr/{word}vertAlign") if run is not None else None
    return raised is not None and raised.get(f"{word}val") == "superscript"


def read_open_blocks(root: Any) -> Iterator[str]:
    """The paragraphs and tables of a part of an OpenDocument text, without what was deleted, and its footnotes last."""
    for changes in list(root.iter(f"{_TEXT}tracked-changes", f"{_OFFICE}annotation")):
        changes.clear(keep_tail=True)
    notes = []
    for note in list(root.iter(f"{_TEXT}note")):
        notes += [_join_signs(p) for body in note.iter(f"{_TEXT}note-body") for p in body.iter(f"{_TEXT}p")]
        note.clear(keep_tail=True)
    blocks = (f"{_TEXT}p", f"{_TEXT}h")
    for element in root.iter(*blocks, f"{_TABLE}table"):
        if any(e.tag in (*blocks, f"{_TABLE}table") for e in element.iterancestors()):
            continue
        if element.tag in blocks:
            yield _join_signs(element)
            continue
        rows = list_cells(element, f"{_TABLE}table-row", f"{_TABLE}table-cell", blocks)
        yield from _join_rows([[[_join_signs(p) for p in cell] for cell in row] for row in rows])
    yield from notes


def _join_signs(paragraph: Any) -> str:
    for sign in paragraph.iter(*_OPEN_SIGNS):
        sign.text = _OPEN_SIGNS[sign.tag]
    return "".join(paragraph.itertext())


def list_cells(table: Any, row: str, cell: str, blocks: tuple[str, ...]) -> list[list[list[Any]]]:
    """The paragraphs of the cells of the rows of a table, by the names of these. Those of tables in a cell are the
    cell's: each is read once, however deep."""
    rows = _list_outer(table, (row,))
    return [[_list_outer(c, blocks) for c in _list_outer(r, (cell,))] for r in rows]


def _list_outer(root: Any, names: tuple[str, ...]) -> list[Any]:
    """The elements of some names below an element that lie in no other of them."""
    found: list[Any] = []
    waiting = list(reversed(root))
    while waiting:
        element = waiting.pop()
        if element.tag in names:
            found.append(element)
        else:
            waiting.extend(reversed(element))
    return found


def _join_rows(rows: list[list[list[str]]]) -> Iterator[str]:
    """A table as one block, a line a row, or its paragraphs where it holds long ones."""
    if any(len(" ".join(cell)) > MAX_CELL for row in rows for cell in row) or all(len(row) < 2 for row in rows):
        yield from (paragraph for row in rows for cell in row for paragraph in cell)
        return
    yield "\n".join(" | ".join(" ".join(" ".join(cell).split()) for cell in row) for row in rows)
