"""Word documents (Office Open XML, ECMA-376) and those of OpenDocument (ISO 26300), packed or flat: the paragraphs and
tables of the body, the title and author of the properties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from sayso.read.cleanings import clean_line, clean_text
from sayso.read.furniture import drop_furniture, find_byline
from sayso.read.parts import open_parts, parse_part, parse_xml, read_part
from sayso.read.reports import Content, make_report
from sayso.read.texts import find_top_facts
from sayso.read.word_parts import read_open_blocks, read_word_blocks
from sayso.record import Problem, Report

if TYPE_CHECKING:
    from zipfile import ZipFile

BODY = "word/document.xml"
"""The part that holds the text; an archive with it is a Word document."""
OPEN_BODY = "content.xml"
"""The part that holds the text of an OpenDocument file."""
MAX_HEADS = 3
"""Heads of pages: of the first page, the even and the odd ones."""

_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_HEAD = re.compile(r"word/header\d{0,3}\.xml")


def read_document(content: Content) -> Iterator[Report | Problem]:
    """The report of a Word document or one of OpenDocument. The dates of its properties are those of its making and
    saving: only the day of its letterhead counts as that of publication."""
    if not content.content.startswith(b"PK") and b"<office:document" in content.content[:4096]:
        root = parse_xml(content.content)
        yield _read_open_document(root, root, root, content)
        return
    take = partial(_read_archive, content=content)
    yield open_parts(content, take, "Word document", "save it again as PDF or text")


def _read_archive(archive: ZipFile, content: Content) -> Report | Problem:
    if OPEN_BODY in archive.namelist() and BODY not in archive.namelist():
        manifest = read_part(archive, "META-INF/manifest.xml") or b""
        if b"encryption-data" in manifest:
            message = "locked with a password (OpenDocument); save it again without"
            return Problem(step="read_document", input=content.name, message=message)
        open_body, styles, meta = (parse_part(archive, name) for name in (OPEN_BODY, "styles.xml", "meta.xml"))
        return _read_open_document(open_body, styles, meta, content)
    body = parse_part(archive, BODY)
    properties = parse_part(archive, "docProps/core.xml")
    names = [name for name in archive.namelist() if _HEAD.fullmatch(name)][:MAX_HEADS]
    heads = [parse_part(archive, name) for name in names]
    text = clean_text("\n\n".join(read_word_blocks(body)) if body is not None else "")
    if not text:
        message = "an archive without a Word document's text; unpack it and give the folder"
        return Problem(step="read_document", input=content.name, message=message)
    # The letterhead stands in the head of the pages, and counts as lines above the text.
    head = clean_text("\n".join(line for part in heads if part is not None for line in read_word_blocks(part)))
    return _make(head, text, properties, content)


def _make(head: str, text: str, properties: Any, content: Content) -> Report:
    top = find_top_facts(f"{head}\n\n{text}" if head else text, content)
    author = _property(properties, f"{_META}initial-creator") or _property(properties, f"{_DUBLIN_CORE}creator")
    title = _property(properties, f"{_DUBLIN_CORE}title") or top.title
    facts = replace(top, title=title, author=author or find_byline(text))
    return make_report(drop_furniture(text), facts, raw=content.sha256, retrieved=content.retrieved)


def _read_open_document(body: Any, styles: Any, properties: Any, content: Content) -> Report | Problem:
    """The report of a text of OpenDocument, as LibreOffice saves it."""
    root = body.find(f".//{_OFFICE}text") if body is not None else None
    text = clean_text("\n\n".join(read_open_blocks(root))) if root is not None else ""
    if not text:
        message = "an OpenDocument file (ODT) without a text; save its text and give that"
        return Problem(step="read_document", input=content.name, message=message)
    heads = [] if styles is None else list(styles.iter(f"{_STYLE}header"))[:MAX_HEADS]
    head = clean_text("\n".join(line for part in heads for line in read_open_blocks(part)))
    return _make(head, text, properties, content)


def _property(properties: Any, name: str) -> str:
    return clean_line(str(properties.findtext(f".//{name}") or "")) if properties is not None else ""
