"""What a feed lists: the entries of RSS, Atom, JSON Feed, a sitemap or a page of links.

An entry is known by its address and not by its id, its place or its date, all of which feeds change; where its address
is none of its own (the site's front page, or that of another entry), by its id.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from sayso.ids import make_id
from sayso.read.addresses import drop_userinfo
from sayso.read.encodings import decode_bytes
from sayso.read.fetches import Answer
from sayso.read.formats import is_packed, recognise_format
from sayso.read.limits import DEFAULT_LIMITS
from sayso.read.listings import name_listing
from sayso.read.markup import parse_html
from sayso.read.openings import CHUNK_BYTES, Source, UnreadableError, join_chunks, unpack_chunks
from sayso.read.readers import Options, read_source
from sayso.read.reports import Facts, make_report
from sayso.record import Problem, Raw, Report
from sayso.watch.feeds import Feed, is_web

MOST_ENTRIES = 50_000
"""Entries of a list, as many as a sitemap may have."""
MOST_SITEMAPS = 20
"""Sitemaps of a list that are watched, the newest: a site lists its whole past, month by month."""
SPANS_D = {4: 366, 7: 31, 10: 1}
"""Days of a year, a month and a day, by the characters that tell one (W3C's profile of ISO 8601)."""
ANYWHERE = timedelta(hours=12)
"""How much later than in UTC a day ends where it ends last."""
EARLIEST = datetime.min.replace(tzinfo=UTC)
LONGEST_ADDRESS = 2_000
COLLECTED = ("feed", "json", "rows", "newsml")
"""Formats of which an answer holds many reports."""
_CLOSED = re.compile(
    rb"</(?:\w{1,20}:)?(?:rss|feed|rdf|urlset|sitemapindex)\s*>\s*(?:<!--.{0,2000}?-->\s*)*\Z", re.IGNORECASE | re.S
)
_ENTRY_CLOSED = re.compile(rb"</(?:\w{1,20}:)?(?:url|sitemap)\s*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry: what it is known by, the `url` of its article ("" where the feed has all of it), its id in the feed
    (`key`), a digest of its words there (`mark`), and the report of these words, None where it has none."""

    address: str
    url: str
    key: str
    mark: str
    report: Report | None = None


@dataclass(frozen=True, slots=True)
class NamedSitemap:
    """A sitemap that a sitemap lists, and when it changed last, as that says ("" where it does not)."""

    url: str
    changed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The entries of a feed's answer, each address once, with the answer's bytes, and whether its end is missing; or
    the `sitemaps` that it lists, the newest, with how many there are `more`."""

    entries: tuple[Entry, ...] = ()
    raw: Raw | None = None
    cut: bool = False
    sitemaps: tuple[NamedSitemap, ...] = ()
    more: int = 0


def list_entries(feed: Feed, answer: Answer, retrieved: datetime) -> Listing:
    """The entries of a feed's answer, parsed in this process: see `lists`. Raises `UnreadableError` for an answer that
    is no list."""
    content = unpack(answer.content)
    head = content[:CHUNK_BYTES]
    if not head.strip():
        raise UnreadableError("its answer is empty; check the address")
    if feed.kind == "page":
        return Listing(entries=tuple(settle(list_links(feed, answer, content), feed)))
    form = recognise_format(head, answer.url, answer.media_type)
    text = decode_bytes(content, answer.charset) or ""
    if form == "listing" and name_listing(text.lstrip("\ufeff \t\r\n")) == "a sitemap":
        return read_sitemap(content, feed)
    if form == "page":
        raise UnreadableError(explain_page(text, answer.url))
    if form not in COLLECTED:
        raise UnreadableError(
            "no RSS, Atom, JSON Feed or sitemap; check the address, or give select for a page of links"
        )
    return read_collection(feed, answer, content, form, retrieved)


def unpack(content: bytes) -> bytes:
    """The bytes of an answer, unpacked where it is a gzip file (sitemap.xml.gz). Raises `UnreadableError`."""
    if not is_packed(content[:CHUNK_BYTES]):
        return content
    return join_chunks(unpack_chunks(iter([content])), DEFAULT_LIMITS.document_bytes)


def read_collection(feed: Feed, answer: Answer, content: bytes, form: str, retrieved: datetime) -> Listing:
    """The entries of a feed, with their own words. Raises `UnreadableError` where there are none."""
    source = Source(
        name=answer.url,
        chunks=iter([content]),
        url=answer.url,
        media_type=answer.media_type,
        charset=answer.charset,
        retrieved=retrieved,
    )
    raw, entries, problems = None, [], []
    for item in read_source(source, Options(apart=False)):
        if isinstance(item, Raw):
            raw = item
        elif isinstance(item, Report):
            url = urljoin(answer.url, item.url) if item.url else ""
            entries.append(Entry(address="", url=url, key=item.id, mark=make_id(item.title, item.text), report=item))
        elif isinstance(item, Problem):
            problems.append(item)
    if problems and form == "feed":
        known = {entry.url for entry in entries}
        entries += [entry for entry in list_bare(content, answer.url) if entry.url not in known]
    if not entries:
        raise UnreadableError(problems[0].message if problems else "no entry in it; check the address")
    cut = is_cut(content) if form == "feed" else False
    return Listing(entries=tuple(settle(entries, feed)), raw=raw, cut=cut)


def list_bare(content: bytes, base: str) -> Iterator[Entry]:
    """The entries of a feed that have an address and neither title nor text."""
    import io

    import feedparser

    for entry in feedparser.parse(io.BytesIO(content)).entries[:MOST_ENTRIES]:
        if link := str(entry.get("link") or "").strip():
            yield Entry(address="", url=urljoin(base, link), key=str(entry.get("id") or link), mark="")


def read_sitemap(content: bytes, feed: Feed) -> Listing:
    """What a sitemap lists: pages, or other sitemaps. Raises `UnreadableError`."""
    from lxml import etree

    cut = is_cut(content)
    if cut and (whole := [match.end() for match in _ENTRY_CLOSED.finditer(content)]):
        content = content[: whole[-1]]  # Half an address leads to another page.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"a broken sitemap ({' '.join(str(error).split())[:200]})") from None
    if root is None:
        raise UnreadableError("a broken sitemap")
    if etree.QName(root).localname.lower() != "sitemapindex":
        return Listing(entries=tuple(settle(list_pages(root), feed)), cut=cut)
    named = list_sitemaps(root)
    if not named:
        raise UnreadableError("a list of sitemaps, and no sitemap in it; check the address")
    chosen = tuple(named[:MOST_SITEMAPS])
    return Listing(sitemaps=chosen, more=len(named) - len(chosen), cut=cut)


def list_sitemaps(root: Any) -> list[NamedSitemap]:
    """The sitemaps of a list of them, each once: the newest first, and then those that do not say when they changed, in
    their order."""
    told = ((find_words(one, "{*}loc"), find_words(one, "{*}lastmod")) for one in root.iterfind("{*}sitemap"))
    found: dict[str, NamedSitemap] = {}
    for _, (url, changed) in zip(range(MOST_ENTRIES), told, strict=False):
        if is_web(url) and len(url) <= LONGEST_ADDRESS:
            url = drop_userinfo(url)
            found.setdefault(url, NamedSitemap(url, changed if find_end(changed) else ""))
    return sorted(found.values(), key=lambda one: find_end(one.changed) or EARLIEST, reverse=True)


def find_end(words: str) -> datetime | None:
    """The end of the moment, day, month or year in which something changed, wherever that ends last; None for words
    that tell none."""
    days = SPANS_D.get(len(words), 0)
    try:
        begin = datetime.fromisoformat(words + {4: "-01-01", 7: "-01"}.get(len(words), ""))
        moment = begin if begin.tzinfo else begin.replace(tzinfo=UTC)
        return moment + timedelta(days=days) + ANYWHERE if days else moment
    except (ValueError, OverflowError):
        return None


def list_pages(root: Any) -> Iterator[Entry]:
    """The pages of a sitemap, with the titles of a news sitemap."""
    for page in root.iterfind("{*}url"):
        url, title, published, outlet = (
            find_words(page, path)
            for path in ("{*}loc", ".//{*}title", ".//{*}publication_date", ".//{*}publication/{*}name")
        )
        if is_web(url):
            facts = Facts(title=title, url=url, published=published, outlet=outlet)
            yield Entry(
                address="",
                url=url,
                key=url,
                mark=make_id(title),
                report=make_report(title, facts) if title else None,
            )


def find_words(element: Any, path: str) -> str:
    """The words of the first element at a path, "" where there is none."""
    return " ".join((element.findtext(path) or "").split())


def list_links(feed: Feed, answer: Answer, content: bytes) -> Iterator[Entry]:
    """The links of a page that its feed's selector picks, or that lie in or around what it picks. Raises
    `UnreadableError` where it picks none."""
    from lxml.cssselect import CSSSelector, ExpressionError, SelectorError

    try:
        select = CSSSelector(feed.select, translator="html")
    except (SelectorError, ExpressionError) as error:
        raise UnreadableError(f"{feed.select!r} is no CSS selector ({error}); write one such as main h2 a") from None
    tree = parse_html(decode_bytes(content, answer.charset) or "")
    found = False
    for element in select(tree) if tree is not None else ():
        links = [element] if element.tag == "a" else [*element.iter("a"), *element.iterancestors("a")][:1]
        for link in links:
            url = urljoin(answer.url, (link.get("href") or "").strip())
            if is_web(url):
                found = True
                yield Entry(address="", url=url, key=url, mark="")
    if not found:
        raise UnreadableError(f"{feed.select!r} picks no link of the page; look how it is made now")


def settle(entries: Iterable[Entry], feed: Feed) -> Iterator[Entry]:
    """Entries, each address once, with what they are known by; those of which the feed has all without a `url`."""
    found = [
        replace(entry, url=drop_userinfo(entry.url), key=drop_userinfo(entry.key))
        for _, entry in zip(range(MOST_ENTRIES), entries, strict=False)
    ]
    told = Counter(address for address, _ in {(identify(entry.url), entry.mark) for entry in found})
    known: set[str] = set()
    for entry in found:
        address = identify(entry.url)
        own = bool(address) and is_deep(entry.url) and told[address] == 1
        url = entry.url if own and (feed.follow or entry.report is None) else ""
        address = address if own else f"{feed.name}#{entry.key}"
        if address in known or not (url or entry.report):
            continue
        known.add(address)
        yield Entry(address=address, url=url, key=entry.key, mark=entry.mark, report=entry.report)


@lru_cache(maxsize=20_000)
def identify(url: str) -> str:
    """What an article is known by: its address without what only says how it was found. "" for no address."""
    from courlan import normalize_url

    if not is_web(url) or len(url) > LONGEST_ADDRESS:
        return ""
    try:
        return urldefrag(str(normalize_url(url)))[0]
    except (ValueError, TypeError):
        return ""


def is_deep(url: str) -> bool:
    """Whether an address is of something on a site, and not the site's."""
    parts = urlsplit(url)
    return bool(parts.path.strip("/") or parts.query)


def is_cut(content: bytes) -> bool:
    """Whether the end of a feed's markup is missing: then it may have listed more."""
    return _CLOSED.search(content[-4_000:]) is None


def explain_page(text: str, base: str) -> str:
    """What is said of a page that was named as a feed, with the feed that it names itself, if it does."""
    tree = parse_html(text)
    links = tree.iter("link") if tree is not None else ()
    kinds = ("application/rss+xml", "application/atom+xml", "application/feed+json")
    named = next((a.get("href") for a in links if a.get("type") in kinds and a.get("href")), "")
    advice = f"its feed may be {urljoin(base, named)}" if named else "give select for a page of links"
    return f"a page and no feed; {advice}"
