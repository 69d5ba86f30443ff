"""From the bytes of a source to raws and reports: its format is recognised, and the reader of that format called.

What lies in a folder or an archive without being meant as a report is passed over, and counted by kind for the remarks
at the end.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from sayso.originals import DamagedError
from sayso.plugins import Plugin, PluginError
from sayso.read.added import find_reader, name_media_type, read_added
from sayso.read.archives import keep_bytes, list_members, recognise_members
from sayso.read.books import read_book
from sayso.read.chats import read_chat
from sayso.read.crawls import read_crawl
from sayso.read.crossings import parse_row_apart, read_apart
from sayso.read.documents import read_document
from sayso.read.encodings import decode_bytes, find_mark, guess_wide
from sayso.read.feeds import read_feed
from sayso.read.formats import SUFFIXES, is_packed, named_suffix, recognise_format
from sayso.read.letters import read_letter, read_mailbox
from sayso.read.limits import DEFAULT_LIMITS, Limits
from sayso.read.listings import read_listing
from sayso.read.newsml import read_newsml
from sayso.read.openings import (
    CHUNK_BYTES,
    Source,
    UnreadableError,
    explain_size,
    join_chunks,
    split_head,
    unpack_chunks,
)
from sayso.read.pages import read_page
from sayso.read.passings import TEXTLESS, Begun, Item, Passed, Place, Thing, name_passed, tell_passed
from sayso.read.pdfs import read_pdf
from sayso.read.refusals import READ, explain_refusal, is_refused, name_kind
from sayso.read.reports import Content
from sayso.read.rich_texts import read_rich_text
from sayso.read.rows import read_json, read_rows
from sayso.read.sheets import read_sheet
from sayso.read.subtitles import read_subtitles
from sayso.read.texts import read_markdown, read_text
from sayso.read.workbooks import read_workbook
from sayso.record import Problem, Raw, Remark, Report

READERS: dict[str, Callable[[Content], Iterator[Report | Problem | Remark]]] = {
    "page": read_page,
    "pdf": read_pdf,
    "feed": read_feed,
    "newsml": read_newsml,
    "markdown": read_markdown,
    "text": read_text,
    "rich text": read_rich_text,
    "chat": read_chat,
    "subtitles": read_subtitles,
    "json": read_json,
    "letter": read_letter,
    "mailbox": read_mailbox,
    "document": read_document,
    "book": read_book,
    "crawl": read_crawl,
    "sheet": read_sheet,
    "workbook": read_workbook,
    "listing": read_listing,
}
"""What reads each format but JSON Lines, which are read line by line as they come, and archives."""

MEDIA_TYPES = {
    "page": "text/html",
    "pdf": "application/pdf",
    "feed": "application/xml",
    "newsml": "application/xml",
    "markdown": "text/markdown",
    "text": "text/plain",
    "rich text": "application/rtf",
    "chat": "text/plain",
    "subtitles": "text/vtt",
    "json": "application/json",
    "letter": "message/rfc822",
    "mailbox": "application/mbox",
    "crawl": "application/warc",
    "sheet": "text/csv",
    "workbook": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "document": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "book": "application/epub+zip",
    "listing": "text/plain",
}
COLLECTIONS = ("crawl", "mailbox", "json", "sheet", "workbook", "chat", "feed")
"""Formats of which one file holds many reports."""
_LETTER = re.compile(r"[^\W\d_]")
PACKED = ("document", "workbook", "book")
PLAIN_BYTES = 32_000
"""Bytes of a plain text that is read in this process: ten times those of a report."""
_ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
_MEMORY = re.compile(r"memory|bad_alloc", re.IGNORECASE)
_LOCKED = b"\xd0\xcf\x11\xe0"
"""How documents that are locked with a password begin, and those of old programs."""


class Counted:
    """A stream of bytes that counts those that have come."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        """Begin with none."""
        self.chunks, self.size = chunks, 0

    def __iter__(self) -> Iterator[bytes]:
        """Itself."""
        return self

    def __next__(self) -> bytes:
        """The next bytes."""
        chunk = next(self.chunks)
        self.size += len(chunk)
        return chunk


@dataclass(frozen=True, slots=True)
class Options:
    """How sources are read: within what limits, which columns of tables hold what (see `columns`), and whether in a
    child. In it, `place` is where in an archive a source lies, and `after` the place of which all before is passed by.
    """

    limits: Limits = DEFAULT_LIMITS
    columns: Mapping[str, str] = field(default_factory=dict)
    apart: bool = True
    place: Place = ()
    after: Place = ()


def read_source(source: Source, options: Options) -> Iterator[Item | Passed]:
    """The raws, reports, problems and remarks of one source. Its bytes are parsed in a child (see `children`), unless
    they are a little plain text or short lines of JSON."""
    for item in read_listed(source, options):
        if not isinstance(item, Begun):
            yield item


def read_listed(source: Source, options: Options) -> Iterator[Thing]:
    """The same. What lies in a folder or an archive without being meant as a report is passed over: files of other
    kinds, papers beside reports, and JSON or XML of other uses."""
    if not source.listed:
        yield from read_bytes(source, options)
        return
    suffix = named_suffix(source.name)
    loud = suffix in SUFFIXES and suffix not in (".json", ".xml", ".rdf")
    loud = loud or is_added(source)
    pending: list[Thing] = []
    told = False
    for item in read_bytes(source, options):
        if isinstance(item, Problem) and not (loud or told):
            pending.append(item)
            continue
        told = told or isinstance(item, Report)
        if told and suffix in SUFFIXES:
            yield from pending
        if told:
            pending.clear()
        yield item
    if pending:
        yield Passed(source.name, TEXTLESS if suffix in SUFFIXES else name_kind(suffix))


def read_bytes(source: Source, options: Options) -> Iterator[Thing]:
    """The bytes of a source decide how it is read."""
    limits = options.limits
    try:
        counted = Counted(source.chunks)
        head, chunks = split_head(counted)
        if is_packed(head):
            head, chunks = split_head(unpack_chunks(chunks))
        if plugin := find_reader(source.name, source.media_type):
            yield from _read_whole(source, plugin, head, chunks, counted, options)
            return
        form = recognise_format(head, source.name, source.media_type)
        if source.listed and (kind := name_passed(source.name, form)):
            yield Passed(source.name, kind)
        elif not head.strip():
            yield refuse(source.name, "empty; remove it or write the report into it")
        elif form == "archive" or (form in PACKED and head.startswith(_ZIP_MARKS)):
            yield from _read_packed(source, form, head, chunks, counted, options)
        elif form in ("packed", "binary", "other"):
            yield refuse(source.name, explain_foreign(head, source.name, form))
        elif form == "rows":
            yield from _read_rows(source, _make_utf8(head, chunks, limits), options)
        else:
            yield from _read_whole(source, form, head, chunks, counted, options)
    except (UnreadableError, PluginError) as error:
        yield refuse(source.name, str(error))


def is_added(source: Source) -> bool:
    """Whether a source is for a plugin to read."""
    try:
        return find_reader(source.name, source.media_type) is not None
    except PluginError:
        return True


def explain_foreign(head: bytes, name: str, form: str) -> str:
    """Why an input of a kind that is not read is refused, and what to do instead."""
    suffix = named_suffix(name)
    if head.startswith(_LOCKED) and SUFFIXES.get(suffix) in ("document", "workbook"):
        return "locked with a password, or of an old program under a new name; save it without as DOCX or XLSX"
    if is_refused(suffix):
        return explain_refusal(suffix)
    if form == "packed":
        return "a packed archive of another kind; unpack it and give the folder, or pack it as ZIP"
    if form == "binary":
        return f"not text but binary data; {READ}"
    if suffix and suffix not in SUFFIXES:
        return explain_refusal(suffix)
    return f"the source of a program or document, no report; {READ}"


def is_plain(form: str | Plugin, head: bytes) -> bool:
    """Whether a source is read in this process: a little text in UTF-8, of which `head` is all. Reading it takes time
    and memory that its size bounds: no markup nests in it, nothing unpacks, and its front matter makes strings only."""
    if form not in ("text", "markdown") or len(head) > PLAIN_BYTES or b"\0" in head:
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _read_whole(
    source: Source, form: str | Plugin, head: bytes, chunks: Iterator[bytes], counted: Counted, options: Options
) -> Iterator[Thing]:
    """A source that is read at once, here where it is plain, else in a child."""
    limits = options.limits
    most = limits.collection_bytes if form in COLLECTIONS else limits.document_bytes
    if not options.apart or is_plain(form, head):
        yield from _read_document(source, form, join_chunks(chunks, most), options)
        return
    with keep_bytes(chunks, most, explain_size(most)) as kept:
        yield from read_apart(source, kept, counted.size, limits, options.columns)


def _read_packed(
    source: Source, form: str, head: bytes, chunks: Iterator[bytes], counted: Counted, options: Options
) -> Iterator[Thing]:
    """An archive, in a child."""
    if not options.apart:
        packed = _read_zipped if head.startswith(_ZIP_MARKS) else _read_archive
        yield from packed(source, form, chunks, options)
        return
    with keep_bytes(chunks, options.limits.archive_bytes) as kept:
        yield from read_apart(source, kept, counted.size, options.limits, options.columns)


def _read_zipped(source: Source, form: str, chunks: Iterator[bytes], options: Options) -> Iterator[Thing]:
    """An archive is what its parts say: a document, a workbook, a book, or files of its own."""
    limits = options.limits
    with keep_bytes(chunks, limits.archive_bytes) as kept:
        try:
            inside = recognise_members(kept)
            inside = form if inside == "archive" else inside
        except UnreadableError:
            inside = form  # Its reader has better words for what is wrong.
        if inside in READERS:
            most = limits.collection_bytes if inside in COLLECTIONS else limits.document_bytes
            content = join_chunks(iter(lambda: kept.read(CHUNK_BYTES), b""), most)
            yield from _read_document(source, inside, content, options)
        elif inside.startswith("."):
            yield refuse(source.name, explain_refusal(inside))
        else:
            yield from _read_members(source, kept, options)


def _read_archive(source: Source, form: str, chunks: Iterator[bytes], options: Options) -> Iterator[Thing]:
    with keep_bytes(chunks, options.limits.archive_bytes) as kept:
        yield from _read_members(source, kept, options)


def _read_members(source: Source, kept: object, options: Options) -> Iterator[Thing]:
    found = False

    def read() -> Iterator[Thing]:
        for number, member in enumerate(list_members(kept, source)):  # type: ignore[arg-type]  # What keep_bytes gives.
            place = (*options.place, number)
            if (place <= options.after and place != options.after[: len(place)]) or place == options.after:
                continue
            if isinstance(member, Problem):
                yield member
                continue
            yield Begun(place, member.name)
            yield from read_listed(member, replace(options, place=place))

    # What is begun passes through it as everything else does.
    for item in tell_passed(read(), source.name):  # type: ignore[arg-type]
        found = found or not isinstance(item, Remark | Begun)
        yield item
    if not found and not options.after:
        yield refuse(source.name, "an archive without a report; give the reports themselves")


def _make_utf8(head: bytes, chunks: Iterator[bytes], limits: Limits) -> Iterator[bytes]:
    """The bytes as UTF-8, in which JSON Lines are; Windows programs like to save them as UTF-16."""
    if not (find_mark(head)[0].startswith("utf-16") or guess_wide(head)):
        return chunks
    return iter([(decode_bytes(join_chunks(chunks, limits.document_bytes)) or "").encode("utf-8", "replace")])


def _read_rows(source: Source, chunks: Iterator[bytes], options: Options) -> Iterator[Item]:
    """The rows of JSON Lines. In this process only short ones are parsed: what they nest is no more than they hold."""
    found = False
    parse = parse_row_apart if options.apart else None
    rows = read_rows(chunks, source.name, options.limits.line_bytes, source.retrieved, parse)
    for item in rows:
        found = True
        yield item
    if not found:
        yield refuse(source.name, "empty; remove it or write the reports into it, one a line")


def _read_document(source: Source, form: str | Plugin, content: bytes, options: Options) -> Iterator[Item]:
    """The raw and the reports of a document, by our reader of its form or by a plugin."""
    media_type = name_media_type(form, source.media_type) if isinstance(form, Plugin) else MEDIA_TYPES[form]
    raw = Raw(sha256=hashlib.sha256(content).hexdigest(), content=content, name=source.name, media_type=media_type)
    given = Content(
        content=content,
        name=source.name,
        sha256=raw.sha256,
        url=source.url,
        charset=source.charset,
        retrieved=source.retrieved,
        columns=options.columns,
    )
    kept = False
    items = read_added(form, given) if isinstance(form, Plugin) else _guard(READERS[form](given), given)
    for item in items:
        if isinstance(item, Report) and not _LETTER.search(item.text):
            yield refuse(source.name, "no words in it; remove it or write the report into it")
            continue
        if isinstance(item, Report) and not kept:
            kept = True
            yield raw
        yield item


def _guard(items: Iterator[Report | Problem | Remark], content: Content) -> Iterator[Report | Problem | Remark]:
    """The items, and a problem for whatever a parser of other people's formats raises on bytes it cannot bear."""
    try:
        yield from items
    except (ImportError, MemoryError, DamagedError):  # What is missing or changed here is no fault of the input.
        raise
    except Exception as error:
        if is_memory(error):
            raise MemoryError from error
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        yield refuse(content.name, f"broken ({reason}); open it in its own program and save it again as text")


def is_memory(error: Exception) -> bool:
    """Whether an error of a library says that there was no memory for it."""
    return bool(_MEMORY.search(str(error)))


def refuse(name: str, message: str) -> Problem:
    """The problem of an input that cannot be read."""
    return Problem(step="read_inputs", input=name, message=message)
