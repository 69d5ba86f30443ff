"""Electronic books (EPUB 2 and 3): the text of their chapters in the order of reading, and what their package says."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from sayso.read.cleanings import clean_line
from sayso.read.encodings import decode_bytes
from sayso.read.markup import text_of_html
from sayso.read.parts import open_parts, parse_part, read_part
from sayso.read.reports import Content, Facts, make_report
from sayso.record import Problem, Report

if TYPE_CHECKING:
    from zipfile import ZipFile

CONTAINER = "META-INF/container.xml"
"""The part that names the package of a book; an archive with it is a book."""
MAX_CHAPTERS = 2_000
MAX_TEXT = 20_000_000
"""Code points of a book."""

_HEAD = re.compile(r"\A.{0,20000}?(?=<body\b)", re.DOTALL | re.IGNORECASE)
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"


def read_book(content: Content) -> Iterator[Report | Problem]:
    """The report of a book, chapters apart by blank lines; a problem where it is broken, locked or has no text."""
    found = open_parts(content, _read_archive, "electronic book (EPUB)", "convert it to text")
    if isinstance(found, Problem):
        yield found
        return
    text, facts = found
    if not text:
        # The list of what is locked may name fonts only, so that it counts where nothing can be read.
        locked = b"META-INF/encryption.xml" in content.content
        kind = (
            "an electronic book (EPUB) whose text is locked" if locked else "an electronic book (EPUB) without a text"
        )
        message = f"{kind}; convert it to text and give that"
        yield Problem(step="read_book", input=content.name, message=message)
        return
    yield make_report(text, facts, raw=content.sha256, retrieved=content.retrieved)


def _read_archive(archive: ZipFile) -> tuple[str, Facts]:
    container = parse_part(archive, CONTAINER)
    path = (
        next((str(e.get("full-path") or "") for e in container.iter("{*}rootfile")), "")
        if container is not None
        else ""
    )
    package = parse_part(archive, path) if path else None
    if package is None:
        raise ValueError("no package in it")
    parts, size = [], 0
    for name in _list_chapters(package, posixpath.dirname(path))[:MAX_CHAPTERS]:
        page = read_part(archive, name)
        text = text_of_html(_HEAD.sub("", (page is not None and decode_bytes(page)) or "", count=1))[0]
        size += len(text)
        if size > MAX_TEXT:
            raise ValueError(f"longer than {MAX_TEXT:,} characters")
        parts.append(text)
    facts = Facts(
        id=_property(package, "identifier"),
        outlet=_property(package, "publisher"),
        title=_property(package, "title"),
        author=", ".join(dict.fromkeys(_properties(package, "creator"))),
        published=_find_date(package),
        language=_property(package, "language"),
    )
    return "\n\n".join(filter(None, parts)), facts


def _list_chapters(package: Any, folder: str) -> list[str]:
    """The parts that hold the chapters, in the order of reading; what only leads to them is left out."""
    items = {str(e.get("id")): e for e in package.iter("{*}item")}
    names = []
    for reference in package.iter("{*}itemref"):
        item = items.get(str(reference.get("idref")))
        if item is None or str(reference.get("linear")) == "no" or "nav" in str(item.get("properties") or "").split():
            continue
        if "html" in str(item.get("media-type") or "html"):
            names.append(posixpath.normpath(posixpath.join(folder, unquote(str(item.get("href") or "")))))
    return names


def _find_date(package: Any) -> str:
    """The day of publication: of several days the one that says so, else the first that is none of a change."""
    days = [e for e in package.iter(f"{_DUBLIN_CORE}date") if e.text and e.text.strip()]
    events = {
        next((str(v) for k, v in e.attrib.items() if k.endswith("event")), ""): str(e.text) for e in reversed(days)
    }
    kept = (words for event, words in reversed(events.items()) if event not in ("modification", "conversion"))
    return clean_line(events.get("publication") or next(kept, ""))


def _properties(package: Any, name: str) -> list[str]:
    return [clean_line(str(e.text or "")) for e in package.iter(f"{_DUBLIN_CORE}{name}") if e.text and e.text.strip()]


def _property(package: Any, name: str) -> str:
    return next(iter(_properties(package, name)), "")
