"""Reading inputs: what happens to each name, top to bottom.

name -> sources (a file, the files of a folder, standard input, a URL) -> bytes -> format -> raw and reports
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO

from sayso.read.crawls import read_crawl
from sayso.read.documents import read_document
from sayso.read.encodings import decode_bytes, find_mark, guess_wide
from sayso.read.feeds import read_feed
from sayso.read.formats import SUFFIXES, is_packed, named_suffix, recognise_format
from sayso.read.letters import read_letter, read_mailbox
from sayso.read.openings import (
    Fetch,
    Fetched,
    Source,
    UnreadableError,
    UnreadableFolder,
    join_chunks,
    list_files,
    open_file,
    read_stream,
    split_head,
    unpack_chunks,
)
from sayso.read.pages import read_page
from sayso.read.pdfs import read_pdf
from sayso.read.reports import Content
from sayso.read.rows import read_json, read_rows
from sayso.read.sheets import read_sheet
from sayso.read.texts import read_markdown, read_text
from sayso.record import Problem, Raw, Report

Clock = Callable[[], datetime]
Item = Raw | Report | Problem

READERS: dict[str, Callable[[Content], Iterator[Report | Problem]]] = {
    "page": read_page,
    "pdf": read_pdf,
    "feed": read_feed,
    "markdown": read_markdown,
    "text": read_text,
    "json": read_json,
    "letter": read_letter,
    "mailbox": read_mailbox,
    "document": read_document,
    "crawl": read_crawl,
    "sheet": read_sheet,
}
"""What reads each format but JSON Lines, which are read line by line as they come."""

MEDIA_TYPES = {
    "page": "text/html",
    "pdf": "application/pdf",
    "feed": "application/xml",
    "markdown": "text/markdown",
    "text": "text/plain",
    "json": "application/json",
    "letter": "message/rfc822",
    "mailbox": "application/mbox",
    "crawl": "application/warc",
    "sheet": "text/csv",
    "document": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_LETTER = re.compile(r"[^\W\d_]")
_WEB = re.compile(r"https?://", re.IGNORECASE)
_REFUSALS = {
    "binary": "not text but binary data; give HTML, text, Markdown, PDF, Word, JSON Lines, RSS or e-mail",
    "archive": "a packed archive; unpack it and give the folder",
    "book": "an electronic book (EPUB); convert it to text or HTML and give that",
    "workbook": "a spreadsheet; export the sheet with the texts as CSV and give that",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much is read of one input: bytes of a page or document, and of one line of JSON Lines. Files of JSON Lines
    may be of any size."""

    document_bytes: int = 20_000_000
    line_bytes: int = 5_000_000


MEANT = ("page", "pdf", "feed", "letter", "mailbox", "document", "crawl", "rows")
"""Formats that hold reports whatever their file is called."""
DEFAULT_LIMITS = Limits()


def read_utc_clock() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def read_inputs(
    inputs: Iterable[str],
    *,
    fetch: Fetch | None = None,
    clock: Clock = read_utc_clock,
    stdin: BinaryIO | None = None,
    allow_private: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Item]:
    """The reports of paths, folders, URLs and standard input ("-"), in their order, each after the raw it is from.

    An input that cannot be read is a `Problem` that names it; the others go on. `fetch` gets what is at a URL (the
    network, unless given), `clock` the moment of fetching, which is all it is used for. Addresses in private networks
    are refused unless `allow_private`.
    """
    fetch = fetch or partial(_fetch_from_network, limits=limits, allow_private=allow_private)
    for name in inputs:
        found = False
        for source in _find_sources(name, fetch, clock, stdin):
            for item in [source] if isinstance(source, Problem) else _read_source(source, limits):
                found = True
                yield item
        if not found:
            yield _refuse(name, "no report in it; give HTML, text, Markdown, PDF, Word, JSON Lines, RSS or e-mail")


def _fetch_from_network(url: str, *, limits: Limits, allow_private: bool) -> Fetched:
    # Imported late: most batches fetch nothing.
    from sayso.read.fetches import fetch_url

    return fetch_url(url, max_bytes=limits.document_bytes, allow_private=allow_private)


def _find_sources(name: str, fetch: Fetch, clock: Clock, stdin: BinaryIO | None) -> Iterator[Source | Problem]:
    try:
        if name == "-":
            yield Source(name=name, chunks=read_stream(stdin or sys.stdin.buffer))
        elif _WEB.match(name):
            yield _fetch_source(name, fetch, clock)
        elif scheme := _SCHEME.match(name):
            yield _refuse(name, f"only http and https addresses are fetched, not {scheme[0]}; save it to a file")
        elif _is_folder(name):
            for file in list_files(name):
                if isinstance(file, UnreadableFolder):
                    yield _refuse(file.name, file.reason)
                else:
                    yield Source(name=file, chunks=_open_late(file), listed=True)
        else:
            yield Source(name=name, chunks=open_file(name))
    except UnreadableError as error:
        yield _refuse(name, str(error))


def _fetch_source(url: str, fetch: Fetch, clock: Clock) -> Source:
    fetched = fetch(url)
    return Source(
        name=url,
        chunks=iter([fetched.content]),
        url=fetched.url,
        media_type=fetched.media_type,
        charset=fetched.charset,
        retrieved=clock().astimezone(UTC),
    )


def _open_late(file: str) -> Iterator[bytes]:
    """The bytes of a file of a folder, opened when its turn comes, so that only one file is open at a time."""
    yield from open_file(file)


def _is_folder(name: str) -> bool:
    try:
        return Path(name).is_dir()
    except (OSError, ValueError):  # Opening it as a file will say what is wrong.
        return False


def _read_source(source: Source, limits: Limits) -> Iterator[Item]:
    """The raws, reports and problems of one source.

    What lies in a folder without being meant as a report passes without a word: files of other kinds, and JSON or XML
    of other uses.
    """
    if not source.listed:
        yield from _read_bytes(source, limits)
        return
    suffix = named_suffix(source.name)
    pending: list[Item] = []
    for item in _read_bytes(source, limits):
        if isinstance(item, Problem) and suffix in (".json", ".xml"):
            pending.append(item)
        elif not isinstance(item, Problem) or suffix in SUFFIXES:
            yield from pending
            pending.clear()
            yield item


def _read_bytes(source: Source, limits: Limits) -> Iterator[Item]:
    """The bytes of a source decide how it is read."""
    try:
        head, chunks = split_head(source.chunks)
        if is_packed(head):
            head, chunks = split_head(unpack_chunks(chunks))
        form = recognise_format(head, source.name, source.media_type)
        if source.listed and not _is_meant(source.name, form):
            return
        if form in _REFUSALS:
            yield _refuse(source.name, _REFUSALS[form])
        elif not head.strip():
            yield _refuse(source.name, "empty; remove it or write the report into it")
        elif form == "rows":
            yield from _read_rows(source, _make_utf8(head, chunks, limits), limits)
        else:
            yield from _read_document(source, form, join_chunks(chunks, limits.document_bytes))
    except UnreadableError as error:
        yield _refuse(source.name, str(error))


def _is_meant(name: str, form: str) -> bool:
    """Whether a file of a folder is meant to be a report: its name says so, or its bytes are of a kind that reports
    come in. Pictures, programs, tables and nameless notes that lie beside the reports are passed over."""
    return form != "sheet" and (named_suffix(name) in SUFFIXES or form in MEANT)


def _make_utf8(head: bytes, chunks: Iterator[bytes], limits: Limits) -> Iterator[bytes]:
    """The bytes as UTF-8, in which JSON Lines are; Windows programs like to save them as UTF-16."""
    if not (find_mark(head)[0].startswith("utf-16") or guess_wide(head)):
        return chunks
    return iter([(decode_bytes(join_chunks(chunks, limits.document_bytes)) or "").encode("utf-8", "replace")])


def _read_rows(source: Source, chunks: Iterator[bytes], limits: Limits) -> Iterator[Item]:
    found = False
    rows = read_rows(chunks, source.name, max_line_bytes=limits.line_bytes, retrieved=source.retrieved)
    for item in rows:
        found = True
        yield item
    if not found:
        yield _refuse(source.name, "empty; remove it or write the reports into it, one a line")


def _read_document(source: Source, form: str, content: bytes) -> Iterator[Item]:
    raw = Raw(
        sha256=hashlib.sha256(content).hexdigest(), content=content, name=source.name, media_type=MEDIA_TYPES[form]
    )
    given = Content(
        content=content,
        name=source.name,
        sha256=raw.sha256,
        url=source.url,
        charset=source.charset,
        retrieved=source.retrieved,
    )
    kept = False
    for item in _guard(READERS[form](given), given):
        if isinstance(item, Report) and not _LETTER.search(item.text):
            yield _refuse(source.name, "no words in it; remove it or write the report into it")
            continue
        if isinstance(item, Report) and not kept:
            kept = True
            yield raw
        yield item


def _guard(items: Iterator[Report | Problem], content: Content) -> Iterator[Report | Problem]:
    """The items, and a problem for whatever a parser of other people's formats raises on bytes it cannot bear."""
    try:
        yield from items
    except ImportError:  # What is missing here is no fault of the input.
        raise
    except Exception as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        yield _refuse(content.name, f"broken ({reason}); open it in its own program and save it again as text")


def _refuse(name: str, message: str) -> Problem:
    return Problem(step="read_inputs", input=name, message=message)
