"""Lists of addresses: feeds subscribed to (OPML), sitemaps, bookmarks, references (BibTeX, RIS, Zotero), plain lists.

They hold no report but lead to some: they are refused by name, with how many addresses they hold and what to do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from sayso.read.encodings import decode_bytes
from sayso.read.reports import Content
from sayso.record import Problem

KINDS = (
    ("a list of feeds (OPML)", re.compile(r"<opml\b", re.IGNORECASE)),
    ("a sitemap", re.compile(r"<(?:\w{1,20}:)?(?:urlset|sitemapindex)\b", re.IGNORECASE)),
    ("a list of bookmarks", re.compile(r"<!DOCTYPE NETSCAPE-Bookmark-file", re.IGNORECASE)),
    ("references of Zotero (RDF)", re.compile(r"<rdf:RDF\b[^>]{0,2000}zotero\.org", re.IGNORECASE)),
    ("references (BibTeX)", re.compile(r"@(?:\w{3,20})\s{0,3}\{\s{0,3}[^\s{},=]{0,200}\s{0,3},", re.IGNORECASE)),
    ("references (RIS)", re.compile(r"TY {1,2}- ?\w")),
    ("references (EndNote)", re.compile(r"<xml>\s{0,20}<records>")),
    (
        "a shortcut to an address",
        re.compile(r"\[InternetShortcut\]|<plist\b[^>]{0,80}>\s{0,20}<dict>\s{0,20}<key>URL<"),
    ),
)
"""What each kind of list is called, and how it begins after its prologue."""
PLAIN = "a list of addresses"
_PROLOGUE = re.compile(
    r"(?:\s|<\?[^>]{0,500}\?>|<!--.{0,2000}?-->|<!DOCTYPE\s(?!NETSCAPE|html)[^>]{0,500}>|%[^\n]{0,500}\n)*",
    re.DOTALL | re.IGNORECASE,
)
_LINE = re.compile(r"(?:[-*•]|\d{1,5}[.)])?[ \t]{0,4}https?://\S{3,2000}", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s\"'<>{}|\\^`\])]{3,2000}", re.IGNORECASE)
_SPACES = re.compile(
    r"(?:xmlns(?::\w+)?|schemaLocation)\s?=\s?(?:\"[^\"]*\"|'[^']*')|<\?[^>]{0,500}>|<!DOCTYPE[^>]{0,500}>"
)
"""Addresses that only name a language of markup."""


def is_listing(text: str) -> bool:
    """Whether a text begins as a list of addresses does."""
    return bool(name_listing(text))


def name_listing(text: str) -> str:
    """What a list of addresses is called by how it begins; "" for other texts."""
    root = text[_PROLOGUE.match(text).end() :]  # type: ignore[union-attr]  # It matches the empty string.
    for name, pattern in KINDS:
        if pattern.match(root):
            return name
    lines = [line.strip() for line in text.split("\n")]
    # The last line of the beginning of a longer text may be cut.
    whole = [line for line in (lines[:-1] if len(text) > 4000 else lines) if line and not line.startswith("#")]
    return PLAIN if whole and all(_LINE.fullmatch(line) for line in whole) else ""


def read_listing(content: Content) -> Iterator[Problem]:
    """The problem of a list: what it is, how many addresses it holds, and what to do."""
    text = decode_bytes(content.content, content.charset) or ""
    name = name_listing(text.lstrip("\ufeff \t\r\n")) or PLAIN
    addresses = {match.rstrip(".,;") for match in _ADDRESS.findall(_SPACES.sub("", text))}
    yield Problem(step="read_listing", input=content.name, message=explain_listing(name, len(addresses)))


def explain_listing(name: str, count: int) -> str:
    """What is said of a list with so many addresses."""
    held = "no address" if not count else "one address" if count == 1 else f"{count:,} addresses"
    advice = "give what it names" if not count else "read what it leads to by sayso add ADDRESS"
    return f"{name}, no report; it holds {held}: {advice}"


def find_references(data: Any) -> tuple[str, int] | None:
    """What JSON without a text is a list of, and how many addresses it holds: references (CSL, as Zotero writes them),
    bookmarks and the like; None where it holds no address."""
    rows = data if isinstance(data, list) else [data]
    own = {"URL", "container-title", "issued"}
    cited = any(isinstance(row, dict) and "type" in row and own & row.keys() for row in rows)
    text = json.dumps(data)[:20_000_000]
    addresses = set(_ADDRESS.findall(text))
    return ("references (CSL)" if cited else PLAIN, len(addresses)) if addresses else None
