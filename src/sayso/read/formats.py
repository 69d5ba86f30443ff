"""Which format an input is in: its bytes say first, its name and media type second."""

from __future__ import annotations

import json
import re
from pathlib import PurePath

from sayso.read.encodings import find_mark, guess_wide

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
    ".pdf": "pdf",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
    ".eml": "letter",
    ".mbox": "mailbox",
    ".mht": "letter",
    ".mhtml": "letter",
    ".docx": "document",
    ".odt": "document",
    ".warc": "crawl",
    ".csv": "sheet",
    ".tsv": "sheet",
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
    "application/vnd.oasis.opendocument.text": "document",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "document",
}
"""The formats by the media types that servers send."""

_HEAD_BYTES = 4096
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF|atom:feed)[\s>]", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|article|main|title|meta)\b", re.IGNORECASE)
_FRAGMENT = re.compile(r"<(?:p|div|h[1-6]|section|span|table|blockquote|ul|ol)\b[^<>]{0,500}>", re.IGNORECASE)
_LETTER = re.compile(
    r"(?:(?:Received|Return-Path|Delivered-To|From|To|Date|Subject|Message-ID|MIME-Version|Content-Type|Reply-To|Cc|DKIM-Signature|X-[\w-]+):"
    r".*\r?\n(?:[ \t].*\r?\n)*){3,}",
    re.IGNORECASE,
)
# The line before each letter of a mailbox (RFC 4155), and the headers after it.
_MAILBOX = re.compile(r"From \S{1,200} +\w{3} \w{3} [ \d]\d [\d:]{5,8} .{4,12}\r?\n[\w-]{1,60}: ", re.ASCII)
_PROLOGUE = re.compile(
    r"(?:\s|<\?[^>]{0,500}\?>|<!--.{0,2000}?-->|<!DOCTYPE\s+(?!html)[^>]{0,500}>)*", re.DOTALL | re.IGNORECASE
)
_ASSIGNMENT = re.compile(r"window(?:\.\w{1,40}){1,5}\s?=\s?[\[{]")
_ROW = re.compile(r'\{\s*"')
_ZIP = b"PK\x03\x04"
_ARCHIVES = (_ZIP, b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!", b"\x28\xb5\x2f\xfd")
_BINARIES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"MZ\x90", b"RIFF", b"OggS", b"ID3", b"\xd0\xcf\x11\xe0")


def is_packed(head: bytes) -> bool:
    """Whether the bytes are a gzip stream (RFC 1952)."""
    return head.startswith(b"\x1f\x8b")


def recognise_format(head: bytes, name: str = "", media_type: str = "") -> str:
    """One of rows, json, page, feed, letter, mailbox, document, crawl, sheet, markdown, text, pdf, or of what is
    refused (archive, book, workbook, binary), by an input's first bytes.

    Plain text, which has no marks of its own, is what its name says it is, and "text" where the name says nothing.
    """
    named = SUFFIXES.get(named_suffix(name)) or MEDIA_TYPES.get(media_type.lower(), "")
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(_ARCHIVES):
        return _recognise_archive(head, named)
    if head.startswith(_BINARIES):
        return "binary"
    marked, length = find_mark(head)
    encoding = marked or guess_wide(head)
    if b"\0" in head and not encoding:
        return "binary"
    return _recognise_text(head[length:_HEAD_BYTES].decode(encoding or "utf-8", "replace"), head, named)


def _recognise_archive(head: bytes, named: str) -> str:
    """document, book, workbook or archive for bytes that begin as an archive's."""
    if not head.startswith(_ZIP):
        return "archive"
    if b"application/epub+zip" in head[:200]:
        return "book"
    if b"xl/workbook.xml" in head or b"opendocument.spreadsheet" in head[:200]:
        return "workbook"
    marks = (b"word/document.xml", b"mimetypeapplication/vnd.oasis.opendocument.text")
    return "document" if named == "document" or any(mark in head for mark in marks) else "archive"


def _recognise_text(start: str, head: bytes, named: str) -> str:
    text = start.lstrip("\ufeff \t\r\n")
    if text.startswith("WARC/1."):
        return "crawl"
    if _MAILBOX.match(text):
        return "mailbox"
    if text.startswith("{") and (rows := _recognise_json(text, head, named)):
        return rows
    if _ASSIGNMENT.match(text):
        return "json"
    if text.startswith("[") and named in ("json", "rows", ""):
        return "json" if named == "json" or re.match(r"\[\s*\{", text) else named or "text"
    if text.startswith("<"):
        root = text[_PROLOGUE.match(text).end() :]  # type: ignore[union-attr]  # It matches the empty string.
        if _FEED.match(root):
            return "feed"
        if _PAGE.match(root) or (named != "markdown" and _FRAGMENT.match(root)):
            return "page"
        return named or ("feed" if text.startswith("<?xml") else "page" if _PAGE.search(text) else "text")
    if start.startswith(("---\n", "---\r\n")):
        return "markdown"
    if _LETTER.match(text):
        return "letter"
    return named or "text"


def _recognise_json(text: str, head: bytes, named: str) -> str:
    """rows, json or "" for a text that begins with a brace."""
    if named in ("rows", "json"):
        return named if named == "rows" or not _is_object(head.strip().split(b"\n", 1)[0]) else "rows"
    if _is_object(head.strip().split(b"\n", 1)[0]):
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
    """The last suffix of a path or URL in lower case, the one before it where the last is ".gz"."""
    path = PurePath(name.split("?", 1)[0].split("#", 1)[0]) if "://" in name else PurePath(name)
    suffixes = [suffix.lower() for suffix in path.suffixes]
    return suffixes[-2] if len(suffixes) > 1 and suffixes[-1] == ".gz" else suffixes[-1] if suffixes else ""
