"""Which format an input is in: its bytes say first, its name and media type second."""

from __future__ import annotations

import json
import re
from pathlib import PurePath
from urllib.parse import urlsplit

from sayso.read.chats import is_chat
from sayso.read.columns import is_headed
from sayso.read.encodings import find_mark, guess_wide
from sayso.read.listings import is_listing
from sayso.read.refusals import is_refused

SUFFIXES = {
    ".jsonl": "rows",
    ".ndjson": "rows",
    ".json": "json",
    ".htm": "page",
    ".html": "page",
    ".xhtml": "page",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
    ".rst": "text",
    ".org": "text",
    ".adoc": "text",
    ".pdf": "pdf",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
    ".newsml": "newsml",
    ".nitf": "newsml",
    ".opml": "listing",
    ".ris": "listing",
    ".bib": "listing",
    ".rdf": "feed",
    ".url": "listing",
    ".webloc": "listing",
    ".eml": "letter",
    ".mbox": "mailbox",
    ".mht": "letter",
    ".mhtml": "letter",
    ".docx": "document",
    ".docm": "document",
    ".odt": "document",
    ".ott": "document",
    ".fodt": "document",
    ".rtf": "rich text",
    ".srt": "subtitles",
    ".vtt": "subtitles",
    ".warc": "crawl",
    ".arc": "crawl",
    ".csv": "sheet",
    ".tsv": "sheet",
    ".tab": "sheet",
    ".xlsx": "workbook",
    ".xlsm": "workbook",
    ".epub": "book",
    ".zip": "archive",
    ".wacz": "archive",
    ".tar": "archive",
    ".tgz": "archive",
}
"""The formats by the names of files."""

MEDIA_TYPES = {
    "application/jsonl": "rows",
    "application/x-ndjson": "rows",
    "application/json": "json",
    "application/feed+json": "json",
    "text/html": "page",
    "application/xhtml+xml": "page",
    "text/markdown": "markdown",
    "text/plain": "text",
    "application/pdf": "pdf",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/xml": "feed",
    "text/xml": "feed",
    "message/rfc822": "letter",
    "application/mbox": "mailbox",
    "multipart/related": "letter",
    "application/warc": "crawl",
    "text/csv": "sheet",
    "text/tab-separated-values": "sheet",
    "text/rtf": "rich text",
    "application/rtf": "rich text",
    "application/x-subrip": "subtitles",
    "text/vtt": "subtitles",
    "application/epub+zip": "book",
    "application/zip": "archive",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "workbook",
    "application/vnd.oasis.opendocument.text": "document",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "document",
}
"""The formats by the media types that servers send."""

_HEAD_BYTES = 4096
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF|atom:feed)[\s>]", re.IGNORECASE)
_FLAT = re.compile(r"<office:document[\s>]")
_NEWSML = re.compile(r"<(?:\w{1,20}:)?(?:newsMessage|newsItem|packageItem|NewsML|nitf)[\s>]")
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|article|main|title|meta)\b", re.IGNORECASE)
_FRAGMENT = re.compile(r"<(?:p|div|h[1-6]|section|span|table|blockquote|ul|ol)\b[^<>]{0,500}>", re.IGNORECASE)
_HEADER = r"[A-Za-z][A-Za-z0-9-]{0,60}:.*\r?\n(?:[ \t].*\r?\n)*"
_LETTER = re.compile(rf"(?:{_HEADER}){{3,}}")
_LETTER_HEADER = re.compile(
    r"^(?:Received|Return-Path|Delivered-To|From|To|Date|Subject|Message-ID|MIME-Version|Content-Type|Reply-To|Cc"
    r"|DKIM-Signature|X-[\w-]+|Authentication-Results|List-\w+):",
    re.IGNORECASE | re.MULTILINE,
)
# The line before each letter of a mailbox (RFC 4155), and the headers after it.
_MAILBOX = re.compile(
    r"From \S{1,200}(?: at \S{1,200})? +\w{3} \w{3} [ \d]\d [\d:]{5,8} .{4,12}\r?\n[\w-]{1,60}: ", re.ASCII
)
_PROLOGUE = re.compile(
    r"(?:\s|<\?[^>]{0,500}\?>|<!--.{0,2000}?-->|<!DOCTYPE\s+(?!html)[^>]{0,500}>)*", re.DOTALL | re.IGNORECASE
)
_ASSIGNMENT = re.compile(r"window(?:\.\w{1,40}){1,5}\s?=\s?[\[{]")
# JSON over several lines.
_DATA = re.compile(r'[\[{]\s*\n\s*(?:\{\s*)?"[^"\n]{1,80}"\s*:')
_ROW = re.compile(r'\{\s*"')
_SUBTITLES = re.compile(
    r"WEBVTT(?:[ \t\r\n]|$)|(?:\d{1,6}\s*\r?\n)?\d{1,3}:\d\d:\d\d[,.]\d{1,3}[ \t]*-->[ \t]*\d{1,3}:\d\d:\d\d[,.]\d"
)
# A program, a page's source, settings, a locked letter and the like, whatever the file is called.
_FOREIGN = re.compile(
    r"#![ \t]*/|<\?php\b|\\documentclass\b|diff --git |--- a/|BEGIN:V(?:CALENDAR|CARD)\b|%!PS"
    r"|-----BEGIN (?:PGP MESSAGE|CERTIFICATE|[A-Z ]{0,20}PRIVATE KEY)-----"
)
_SUFFIX = re.compile(r"\.[a-z][a-z0-9_-]{0,11}")
_ZIP = b"PK\x03\x04"
_TAR_MARK = 257
"""Where in an archive of tape (POSIX 1003.1) its mark stands."""
_ARCHIVES = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!", b"\x28\xb5\x2f\xfd")
_CRAWLS = (b"WARC/1.", b"filedesc://")
_BINARIES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"MZ\x90", b"RIFF", b"OggS", b"ID3", b"\xd0\xcf\x11\xe0")


def is_packed(head: bytes) -> bool:
    """Whether the bytes are a gzip stream (RFC 1952)."""
    return head.startswith(b"\x1f\x8b")


def recognise_format(head: bytes, name: str = "", media_type: str = "") -> str:
    """One of the formats that are read (see `SUFFIXES`) or, of what is refused, "packed" (an archive of another kind),
    "binary" and "other", by an input's first bytes.

    Plain text, which has no marks of its own, is what its name says it is: "text" where the name says nothing, and
    "other" where it ends like one of another kind.
    """
    suffix = named_suffix(name)
    named = SUFFIXES.get(suffix) or MEDIA_TYPES.get(media_type.lower(), "")
    if not named and (is_refused(suffix) or (_SUFFIX.fullmatch(suffix) and "://" not in name)):
        named = "other"
    if head.startswith(_CRAWLS):
        return "crawl"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(_ZIP) or head[_TAR_MARK:].startswith(b"ustar"):
        return _recognise_archive(head, named)
    if head.startswith(_ARCHIVES):
        return "packed"
    if head.startswith(_BINARIES):
        return "binary"
    marked, length = find_mark(head)
    encoding = marked or guess_wide(head)
    if b"\0" in head and not encoding:
        return "binary"
    return _recognise_text(head[length:_HEAD_BYTES].decode(encoding or "utf-8", "replace"), head, named)


def _recognise_archive(head: bytes, named: str) -> str:
    """document, book, workbook or archive for bytes that begin as an archive's; what is in it says more than this."""
    if b"application/epub+zip" in head[:200]:
        return "book"
    if b"xl/workbook.xml" in head:
        return "workbook"
    marks = (b"word/document.xml", b"mimetypeapplication/vnd.oasis.opendocument.text")
    if any(mark in head for mark in marks):
        return "document"
    return named if named in ("document", "workbook", "book", "other") else "archive"


def _recognise_text(start: str, head: bytes, named: str) -> str:
    text = start.lstrip("\ufeff \t\r\n")
    if text.startswith("{\\rtf"):
        return "rich text"
    if _MAILBOX.match(text):
        return "mailbox"
    if _ASSIGNMENT.match(text):
        return "json"
    if _SUBTITLES.match(text):
        return "subtitles"
    if _FOREIGN.match(text):
        return "other"
    if is_listing(text):
        return "listing"
    if is_chat(text) and named in ("text", ""):
        return "chat"
    if named in ("text", "") and (form := _recognise_data(text)):
        return form
    if text.startswith("{") and named != "other" and (rows := _recognise_json(text, head, named)):
        return rows
    if text.startswith("[") and named in ("json", "rows", ""):
        return "json" if named == "json" or re.match(r"\[\s*\{", text) else named or "text"
    if text.startswith("<"):
        return _recognise_markup(text, named)
    if start.startswith(("---\n", "---\r\n")) and named != "other":
        return "markdown"
    if (headers := _LETTER.match(text)) and len(_LETTER_HEADER.findall(headers[0])) > 2:
        return "letter"
    return named or "text"


def _recognise_markup(text: str, named: str) -> str:
    """page, feed, newsml or what the name says, for a text that begins with an angle bracket."""
    root = text[_PROLOGUE.match(text).end() :]  # type: ignore[union-attr]  # It matches the empty string.
    if _FEED.match(root):
        return "feed"
    if _FLAT.match(root):
        return "document"
    if _NEWSML.match(root):
        return "newsml"
    if named != "other" or _PAGE.match(root):
        if _PAGE.match(root) or (named != "markdown" and _FRAGMENT.match(root)):
            return "page"
        return named or ("feed" if text.startswith("<?xml") else "page" if _PAGE.search(text) else "text")
    return named


def _recognise_data(text: str) -> str:
    """json or sheet for a text that is one under the name of a text, or under none; "" for others."""
    if _DATA.match(text):
        return "json"
    return "sheet" if is_headed(text.partition("\n")[0]) else ""


def _recognise_json(text: str, head: bytes, named: str) -> str:
    """rows, json or "" for a text that begins with a brace."""
    first, _, rest = head.strip().partition(b"\n")
    if named == "json":
        return "rows" if rest and _is_object(first) else "json"
    if named == "rows" or _is_object(first):
        return "rows"
    if named:
        return ""
    return "json" if re.match(r"\{\s*\n", text) else "rows" if _ROW.match(text) else ""


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def named_suffix(name: str) -> str:
    """The last suffix of a path or URL in lower case, the one before it where the last is ".gz"; of a URL, that of its
    path, and no host's."""
    if "://" in name:
        try:
            name = urlsplit(name).path
        except ValueError:
            return ""
    suffixes = [suffix.lower() for suffix in PurePath(name).suffixes]
    return suffixes[-2] if len(suffixes) > 1 and suffixes[-1] == ".gz" else suffixes[-1] if suffixes else ""
