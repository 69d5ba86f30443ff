"""A brief as a Word document (Office Open XML, ISO/IEC 29500): headings, lists and tables of Word's own styles, and
numbers that lead to the citations at the end."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

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
    runs_left,
)
from sayso.tell.tongues import _, in_english, name_spoken

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as Block

MUTED = "55595F"
LONGEST_PROPERTY = 255
"""Characters of a title among the document's properties."""


def render_docx(brief: Brief) -> bytes:
    """The brief as a file of the type docx."""
    from docx import Document

    outline = outline_brief(brief)
    document = Document()
    set_up(document, outline, brief.picture.as_of)
    for part in outline.front:
        write_part(document, part)
    if outline.front and outline.rest:
        document.add_page_break()  # type: ignore[no-untyped-call]
    for part in outline.rest:
        write_part(document, part)
    if outline.problems:
        document.add_heading(_("Problems"), 1)
        for words in outline.problems:
            write_words(document.add_paragraph(style="List Bullet"), words)
    document.add_heading(_("Reports"), 1)
    for source in outline.sources:
        write_source(document, source)
    if outline.notes:
        document.add_heading(_("Citations"), 1)
        for note in outline.notes:
            write_note(document, note)
    write_words(document.add_paragraph(), _(CREED), muted=True)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def set_up(document: Document, outline: Outline, as_of: datetime | None) -> None:
    """The page, the properties, and what stands at the head."""
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(18)
    document.styles["Normal"].font.size = Pt(10.5)
    title = outline.title or _("Situation report")
    moment = (as_of or datetime(1980, 1, 1, tzinfo=UTC)).astimezone(UTC).replace(tzinfo=None)
    properties = document.core_properties
    properties.title, properties.author = title[:LONGEST_PROPERTY], "sayso"
    properties.language = "en-GB" if in_english() else name_spoken()
    properties.created = properties.modified = moment
    properties.comments = ""
    head = document.add_heading(level=0)
    write_words(head, title)
    if len(title) > 100:
        head.runs[0].font.size = Pt(16)
    facts = document.add_paragraph()
    write_words(facts, " · ".join(f"{name}: {value}" for name, value in outline.facts), muted=True)


def write_part(document: Document, part: Part) -> None:
    """A section: its heading, paragraphs and tables."""
    write_words(document.add_heading(level=1), part.title)
    for paragraph in part.paragraphs:
        write_paragraph(document, paragraph)
    for grid in part.grids:
        write_grid(document, grid)
    if not part.paragraphs and not part.grids:
        write_words(document.add_paragraph(), _(NOTHING), muted=True)


def write_paragraph(document: Document, paragraph: Paragraph) -> None:
    """A sentence with its numbers, and its detail on a line of its own."""
    block = document.add_paragraph(style="List Bullet")
    write_words(block, paragraph.words)
    write_numbers(block, paragraph.notes)
    if paragraph.detail:
        block.add_run().add_break()
        write_words(block, paragraph.detail, muted=True, turn=False)


def write_grid(document: Document, grid: Grid) -> None:
    """A table under its title, its head repeated on each page."""
    from docx.oxml import OxmlElement

    if grid.title:
        write_words(document.add_heading(level=2), grid.title)
    for paragraph in grid.told:
        write_paragraph(document, paragraph)
    if grid.columns:
        table = document.add_table(rows=1, cols=len(grid.columns), style="Light List")
        for cell, words in zip(table.rows[0].cells, grid.columns, strict=True):
            write_words(cell.paragraphs[0], words)
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for line in grid.lines:
            cells = table.add_row().cells
            for cell, words in zip(cells, line.cells, strict=True):
                write_words(cell.paragraphs[0], words)
            write_numbers(cells[-1].paragraphs[0], line.notes)
    note = document.add_paragraph()
    if grid.note:
        write_words(note, grid.note, muted=True)


def write_source(document: Document, source: Source) -> None:
    """A report used: when, where, under which title and address, and whom it had it from."""
    block = document.add_paragraph(style="List Bullet")
    write_words(block, f"{source.published}: {source.outlet}, “{source.title}”")
    for words in (_("origins: {names}", names=source.origins) if source.origins else "", source.url):
        if words:
            block.add_run().add_break()
            write_words(block, words, muted=True, turn=False)


def write_note(document: Document, note: Note) -> None:
    """A citation, with a bookmark that its numbers lead to."""
    block = document.add_paragraph()
    mark_place(block, note.number)
    block.add_run(f"[{note.number}] ").bold = True
    block.add_run(f"{note.outlet}, {note.published}: “{note.before}")
    block.add_run(note.words).bold = True
    block.add_run(f"{note.after}”")
    facts = [note.path, note.stance, f"“{note.title}”", note.url, _("claim {id}", id=note.claim)]
    block.add_run().add_break()
    write_words(block, " · ".join(fact for fact in facts if fact), muted=True, turn=False)
    turn_left(block, note.words)


def write_words(block: Block, words: str, *, muted: bool = False, turn: bool = True) -> None:
    """Words at the end of a paragraph; it `turn`s in their direction."""
    from docx.shared import Pt, RGBColor

    run = block.add_run(words)
    if muted:
        run.font.color.rgb = RGBColor.from_string(MUTED)
        run.font.size = Pt(9)
    if turn:
        turn_left(block, words)


def turn_left(block: Block, words: str) -> None:
    """Let a paragraph run from right to left where its words do."""
    from docx.oxml import OxmlElement

    if runs_left(words):
        block._p.get_or_add_pPr().append(OxmlElement("w:bidi"))


def write_numbers(block: Block, numbers: tuple[int, ...]) -> None:
    """The numbers of citations, raised, each run of them a link to the first."""
    for at, run in enumerate(group_numbers(numbers)):
        block.add_run(", " if at else " ").font.superscript = True
        link = make_element("w:hyperlink", {"w:anchor": name_place(run[0])})
        number = block.add_run(name_run(run))
        number.font.superscript = True
        link.append(number._r)
        block._p.append(link)


def mark_place(block: Block, number: int) -> None:
    """A bookmark where a citation stands."""
    block._p.append(make_element("w:bookmarkStart", {"w:id": f"{number}", "w:name": name_place(number)}))
    block._p.append(make_element("w:bookmarkEnd", {"w:id": f"{number}"}))


def name_place(number: int) -> str:
    """The name of a citation's bookmark."""
    return f"citation{number}"


def make_element(tag: str, attributes: dict[str, str]) -> Any:
    """An element of the document's XML."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(name), value)
    return element
