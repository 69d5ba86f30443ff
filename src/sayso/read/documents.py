"""Word documents (Office Open XML, ECMA-376) and those of OpenDocument (ISO 26300): the paragraphs of the body, the
title and author of the properties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from sayso.read.cleanings import clean_line, clean_text
from sayso.read.furniture import drop_furniture, find_byline
from sayso.read.parts import open_parts, parse_part
from sayso.read.reports import Content, make_report
from sayso.read.texts import find_top_facts
from sayso.record import Problem, Report

if TYPE_CHECKING:
    from zipfile import ZipFile

BODY = "word/document.xml"
"""The part that holds the text; an archive with it is a Word document."""
OPEN_BODY = "content.xml"
"""The part that holds the text of an OpenDocument file."""
MAX_HEADS = 3
"""Heads of pages: of the first page, the even and the odd ones."""

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OPEN_SIGNS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n", f"{_TEXT}s": " "}
_HEAD = re.compile(r"word/header\d{0,3}\.xml")
_SIGNS = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}


def read_document(content: Content) -> Iterator[Report | Problem]:
    """The report of a Word document or one of OpenDocument. The dates of its properties are those of its making and
    saving: only the day of its letterhead counts as that of publication."""
    take = partial(_read_archive, content=content)
    yield open_parts(content, take, "Word document", "save it again as PDF or text")


def _read_archive(archive: ZipFile, content: Content) -> Report | Problem:
    if OPEN_BODY in archive.namelist() and BODY not in archive.namelist():
        return _read_open_document(archive, content)
    body = parse_part(archive, BODY)
    properties = parse_part(archive, "docProps/core.xml")
    names = [name for name in archive.namelist() if _HEAD.fullmatch(name)][:MAX_HEADS]
    heads = [parse_part(archive, name) for name in names]
    text = clean_text("\n\n".join(_read_paragraphs(body)) if body is not None else "")
    if not text:
        message = "an archive without a Word document's text; unpack it and give the folder"
        return Problem(step="read_document", input=content.name, message=message)
    # The letterhead stands in the head of the pages, and counts as lines above the text.
    head = clean_text("\n".join(line for part in heads if part is not None for line in _read_paragraphs(part)))
    return _make(head, text, properties, content)


def _make(head: str, text: str, properties: Any, content: Content) -> Report:
    top = find_top_facts(f"{head}\n\n{text}" if head else text, content)
    author = _property(properties, "creator") or find_byline(text)
    facts = replace(top, title=_property(properties, "title") or top.title, author=author)
    return make_report(drop_furniture(text), facts, raw=content.sha256, retrieved=content.retrieved)


def _read_open_document(archive: ZipFile, content: Content) -> Report | Problem:
    """The report of a text of OpenDocument, as LibreOffice saves it."""
    body, styles, properties = (parse_part(archive, name) for name in (OPEN_BODY, "styles.xml", "meta.xml"))
    root = body.find(f".//{_OFFICE}text")
    text = clean_text("\n\n".join(_read_open_paragraphs(root))) if root is not None else ""
    if not text:
        message = "an OpenDocument file (ODT) without a text; save its text and give that"
        return Problem(step="read_document", input=content.name, message=message)
    heads = [] if styles is None else list(styles.iter(f"{_STYLE}header"))[:MAX_HEADS]
    head = clean_text("\n".join(line for part in heads for line in _read_open_paragraphs(part)))
    return _make(head, text, properties, content)


def _read_open_paragraphs(root: Any) -> Iterator[str]:
    for changes in list(root.iter(f"{_TEXT}tracked-changes", f"{_OFFICE}annotation")):
        changes.clear(keep_tail=True)
    for paragraph in root.iter(f"{_TEXT}p", f"{_TEXT}h"):
        for sign in paragraph.iter(*_OPEN_SIGNS):
            sign.text = _OPEN_SIGNS[sign.tag]
        yield "".join(paragraph.itertext())


def _read_paragraphs(body: Any) -> Iterator[str]:
    for paragraph in body.iter(f"{_WORD}p"):
        if next(paragraph.iterancestors(f"{_WORD}p"), None) is not None:
            continue  # A text box, read as part of the paragraph that it hangs on.
        # Deleted text stands in elements of other names, and is left out by taking only these.
        parts = (part.text or "" if part.tag == f"{_WORD}t" else _SIGNS.get(part.tag, "") for part in paragraph.iter())
        yield "".join(parts)


def _property(properties: Any, name: str) -> str:
    return clean_line(str(properties.findtext(f".//{_DUBLIN_CORE}{name}") or "")) if properties is not None else ""
