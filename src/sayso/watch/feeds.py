"""What is watched: a list of feeds, written as OPML or as TOML.

gap = 2                      # seconds between two requests to one host

[[feed]]
url = "https://harbour.example/feed.xml"

[[feed]]
name = "Port authority"
url = "https://port.example/notices"
select = "main h2 a"         # a page of links: which of them

[[feed]]
folder = "/srv/drop"

[[feed]]
mailbox = "imaps://desk@mail.example/INBOX"
password_file = "~/.mail-password"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec

from sayso.errors import Error
from sayso.read.addresses import drop_userinfo
from sayso.read.encodings import decode_bytes

FeedKind = Literal["web", "page", "folder", "mailbox"]
LARGEST_LIST = 10_000_000
"""Bytes of a list."""
MOST_FEEDS = 10_000
LEAST_S, MOST_S = 300, 21_600
"""Seconds between two askings of a feed, at least and at most, unless its list says otherwise: five minutes, six
hours."""
GAP_S = 2.0
"""Seconds between the end of one request to a host and the next."""
LONGEST_GAP_S = 3600.0
_SPAN = re.compile(r"(\d{1,6})\s?(s|m|h|d)")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One thing that is watched.

    `kind` is web (RSS, Atom, JSON Feed or a sitemap: the answer tells), page (a page of links, of which `select` picks
    some), folder or mailbox; `where` its address or path. `least_s` and `most_s` bound the time between two askings.
    With `follow`, what its entries lead to is fetched, and asked for again; without, their own words are kept.
    `robots` is whether robots.txt is heeded. The password of a mailbox is in a variable of the environment or a file.
    """

    name: str
    kind: FeedKind
    where: str
    select: str = ""
    least_s: int = LEAST_S
    most_s: int = MOST_S
    follow: bool = True
    robots: bool = True
    password_env: str = ""
    password_file: str = ""

    @property
    def place(self) -> str:
        """`where` as it is kept and shown: without what only the server of a feed is to know."""
        return drop_userinfo(self.where) if self.kind in ("web", "page") else self.where


@dataclass(frozen=True, slots=True)
class FeedList:
    """The feeds of a list, and the seconds between two requests to one host."""

    feeds: tuple[Feed, ...]
    gap_s: float = GAP_S


class FeedRow(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A feed as a TOML list has it."""

    name: str = ""
    url: str = ""
    folder: str = ""
    mailbox: str = ""
    select: str = ""
    least: str = ""
    most: str = ""
    follow: bool = True
    robots: bool = True
    password_env: str = ""
    password_file: str = ""


class ListRow(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A TOML list."""

    feed: list[FeedRow]
    gap: float = GAP_S


def read_feeds(path: Path) -> FeedList:
    """The list in a file. Raises `Error` for a file that is none, or a feed that cannot be watched."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_LIST + 1)
    except (OSError, ValueError) as error:
        raise Error(f"{path}: {getattr(error, 'strerror', '') or error}") from None
    if len(content) > LARGEST_LIST:
        raise Error(f"{path}: larger than {LARGEST_LIST // 1_000_000} MB, which no list of feeds is")
    is_markup = (decode_bytes(content, "") or "").lstrip("\ufeff \t\r\n").startswith("<")
    found = parse_opml(content, path) if is_markup else parse_toml(content, path)
    if not found.feeds:
        raise Error(f"{path}: no feed in it; write one as [[feed]] with a url, or give a list in OPML")
    if len(found.feeds) > MOST_FEEDS:
        raise Error(f"{path}: more than {MOST_FEEDS:,} feeds; split it")
    names = [feed.name for feed in found.feeds]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise Error(f"{path}: two feeds are called {twice!r}; give one of them another name")
    return found


def parse_toml(content: bytes, path: Path) -> FeedList:
    """The list in the bytes of a TOML file. Raises `Error`."""
    try:
        row = msgspec.convert(tomllib.loads(content.decode("utf-8-sig")), ListRow)
    except (ValueError, RecursionError) as error:
        raise Error(f"{path}: no list of feeds: {' '.join(str(error).split())[:300]}") from None
    if not 0 <= row.gap <= LONGEST_GAP_S:
        raise Error(f"{path}: gap is {row.gap}: write seconds, from 0 to {LONGEST_GAP_S:.0f}")
    try:
        return FeedList(tuple(make_feed(feed) for feed in row.feed), row.gap)
    except ValueError as error:
        raise Error(f"{path}: {error}") from None


def make_feed(row: FeedRow) -> Feed:
    """The feed of a row. Raises ValueError, which names it."""
    named = row.name or drop_userinfo(row.url) or row.folder or row.mailbox or "a feed"
    where = [place for place in (row.url, row.folder, row.mailbox) if place]
    if len(where) != 1:
        raise ValueError(f"{named}: name one url, folder or mailbox")
    if row.url and not is_web(row.url):
        raise ValueError(f"{named}: only http and https addresses are watched; give a folder or mailbox by that name")
    if row.select and not row.url:
        raise ValueError(f"{named}: select picks links of a page, and goes with a url")
    least, most = parse_span(row.least, named) or LEAST_S, parse_span(row.most, named)
    if most and most < least:
        raise ValueError(f"{named}: most is less than least")
    kind: FeedKind = "folder" if row.folder else "mailbox" if row.mailbox else "page" if row.select else "web"
    if kind == "mailbox":
        check_mailbox(row, named)
    elif row.password_env or row.password_file:
        raise ValueError(f"{named}: a password goes with a mailbox")
    return Feed(
        name=row.name or name_place(drop_userinfo(row.url) or where[0]),
        kind=kind,
        where=where[0],
        select=row.select,
        least_s=least,
        most_s=most or max(MOST_S, least),
        follow=row.follow,
        robots=row.robots,
        password_env=row.password_env,
        password_file=row.password_file,
    )


def check_mailbox(row: FeedRow, named: str) -> None:
    """Raise ValueError for a mailbox that cannot be watched. The address is not repeated: it may hold a password."""
    try:
        parts = urlsplit(row.mailbox)
        whole = parts.scheme in ("imap", "imaps") and parts.hostname and parts.username and (parts.port or 1) > 0
        secret = parts.password is not None
    except ValueError:
        whole, secret = False, False
    if secret:
        raise ValueError("a mailbox's address holds a password: take it out, and name a password_file or password_env")
    if not whole:
        raise ValueError(f"{named}: write a mailbox as imaps://user@host/INBOX")
    if bool(row.password_env) == bool(row.password_file):
        raise ValueError(f"{named}: name its password_file, or a password_env that holds the password")


def parse_span(words: str, named: str) -> int:
    """The seconds of "90s", "15m", "6h" or "2d"; 0 for "". Raises ValueError."""
    if not words:
        return 0
    match = _SPAN.fullmatch(words.strip())
    if match is None or not int(match[1]):
        raise ValueError(f"{named}: {words!r} is no span of time: write 15m, 6h or 2d")
    return int(match[1]) * _SECONDS[match[2]]


def parse_opml(content: bytes, path: Path) -> FeedList:
    """The list in the bytes of an OPML file (2.0, outlines with an xmlUrl, however deep). Raises `Error`."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(content.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Error(f"{path}: no list of feeds: {' '.join(str(error).split())[:200]}") from None
    if root is None or etree.QName(root).localname.lower() != "opml":
        raise Error(f"{path}: no list of feeds: it is markup, but no OPML")
    return FeedList(tuple(list_outlines(root)))


def list_outlines(root: Any) -> Iterator[Feed]:
    """The feeds of OPML's outlines, each address once, by the names that they have there."""
    known: set[str] = set()
    names: set[str] = set()
    for outline in root.iter("{*}outline"):
        address = next((v.strip() for k, v in outline.attrib.items() if k.lower() == "xmlurl"), "")
        if not is_web(address) or address in known:
            continue
        known.add(address)
        said = " ".join((outline.get("title") or outline.get("text") or "").split())[:200]
        name = said if said and said not in names else drop_userinfo(address)
        names.add(name)
        yield Feed(name=name, kind="web", where=address)


def is_web(address: str) -> bool:
    """Whether an address is one that is fetched."""
    try:
        parts = urlsplit(address)
        return parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and address.isprintable()
    except ValueError:
        return False


def name_place(where: str) -> str:
    """What a feed without a name is called: its address without the scheme, or its path."""
    return where.partition("://")[2].rstrip("/") or where
