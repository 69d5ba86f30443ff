"""What a page says of itself: JSON-LD (schema.org), Open Graph and other meta elements, time elements, its address.

Of several statements the one most often kept by hand wins: JSON-LD of the article, then meta elements, then the
visible page. Nothing is guessed from the running text, where dates are those of the events.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from sayso.read.cleanings import clean_line
from sayso.read.dates import parse_published
from sayso.read.furniture import name_author
from sayso.read.linked_data import find_article, kinds_of, list_nodes, moment_of, name_of, string_of
from sayso.read.page_dates import MAX_DATELINE, date_address, list_dates, list_metas, marks_of, order_figures
from sayso.read.reports import Facts
from sayso.read.sites import drop_site, find_site

_PACKED = re.compile(r'"pub_date"\s{0,9}:\s{0,9}"([^"]{4,60})"')
_PAGE = re.compile(r"^(?:Web|Item|Collection)?Page$", re.MULTILINE)
_SITE = re.compile(r"^(?:WebSite|Organization|NewsMediaOrganization|GovernmentOrganization)$", re.MULTILINE)
_OUTLET_META = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "citation_journal_title")
_AUTHOR_META = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl")
_TITLE_META = ("og:title", "twitter:title", "dc.title", "parsely-title", "citation_title")
_AUTHORED = re.compile(r"(?:^|[\s_-])(?:byline|author|authors|writer)(?:$|[\s_-])", re.IGNORECASE)


def find_facts(tree: HtmlElement, url: str = "") -> Facts:
    """The facts of a parsed page; `url` is where it was fetched from, "" for a file."""
    metas = read_metas(tree)
    address = _find_address(tree, metas, url)
    nodes = list_nodes(tree)
    article = find_article(nodes, address, clean_line(_first(metas, _TITLE_META) or _visible_title(tree)))
    given = clean_line(_name_publisher(article, nodes) or _first(metas, _OUTLET_META))
    outlet = given or find_site(tree, [name_of(node) for node in nodes if _SITE.search(kinds_of(node))], address)
    title = clean_line(string_of(article.get("headline")) or _first(metas, _TITLE_META) or _visible_title(tree))
    language = string_of(article.get("inLanguage")) or (tree.get("lang") or tree.get("xml:lang") or "")
    pages = [article, *(node for node in nodes if _PAGE.search(kinds_of(node)))]
    published, words = _find_published(tree, pages, metas, address, language)
    return Facts(
        outlet=outlet,
        title=drop_site(title, outlet),
        author=clean_line(_name_authors(article) or _first_name(metas) or _visible_author(tree)),
        published=published,
        published_words=words,
        language=language,
        url=address,
    )


def _find_published(
    tree: HtmlElement, nodes: Sequence[dict[str, Any]], metas: dict[str, str], address: str, language: str
) -> tuple[str, str]:
    """The first statement that names a day, in words that do, and as it stands; ("", "") without one. Where only
    figures tell ("03/04/2031"), the language of the page says which of them is the day."""
    linked = [moment_of(node.get(key)) for key in ("datePublished", "dateCreated") for node in nodes]
    packed = _PACKED.search(metas.get("parsely-page", ""))
    metered = [packed[1] if packed else "", *(metas.get(name, "") for name in list_metas())]
    undecided = []
    # What the page shows is looked at only where its data say nothing.
    for words in map(str.strip, chain(linked, metered, list_dates(tree))):
        if parse_published(words):
            return words, words
        undecided.append(words)
    if words := date_address(urlsplit(address).path) if address else "":
        return words, words
    ordered = ((order_figures(words, language), words) for words in undecided)
    return next((pair for pair in ordered if parse_published(pair[0])), ("", ""))


def _name_publisher(article: dict[str, Any], nodes: list[dict[str, Any]]) -> str:
    publisher = article.get("publisher") or article.get("sourceOrganization")
    return name_of(publisher) or name_of(_look_up(publisher, nodes))


def _look_up(reference: Any, nodes: list[dict[str, Any]]) -> Any:
    """The node that a publisher given by its @id only refers to."""
    wanted = reference.get("@id") if isinstance(reference, dict) else None
    return next((node for node in nodes if wanted and node.get("@id") == wanted and node.get("name")), None)


def _name_authors(article: dict[str, Any]) -> str:
    authors = article.get("author")
    names = [name_of(author) for author in (authors if isinstance(authors, list) else [authors])[:20]]
    return ", ".join(dict.fromkeys(name for name in names if name and not name.startswith("http")))


def read_metas(tree: HtmlElement) -> dict[str, str]:
    """The first value of each meta element by its name in lower case."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        value = (meta.get("content") or "").strip()
        if name and value:
            metas.setdefault(name.strip().lower(), value)
    return metas


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str:
    return next((metas[name] for name in names if name in metas), "")


def _first_name(metas: dict[str, str]) -> str:
    """The author of the meta elements, where it is a name: Open Graph wants the address of a profile there."""
    found = (metas[name] for name in _AUTHOR_META if name in metas)
    return next((words for words in found if not words.startswith(("http", "/", "@"))), "")


def _visible_author(tree: HtmlElement) -> str:
    """The names of the first byline that is named as one in the page's markup; of a link to an author, its words. A
    page of several articles has no author of its own."""
    if sum(1 for _ in tree.iter("article")) > 1:
        return ""
    for element in tree.iter("span", "div", "p", "a", "address", "small", "li"):
        marks = f"{marks_of(element)} {element.get('rel') or ''}"
        if not _AUTHORED.search(marks) or len(element) > 12:
            continue
        words = " ".join(" ".join(element.itertext()).split())
        if len(words) <= MAX_DATELINE and (names := name_author(words) or name_author(f"By {words}")):
            return names
    return ""


def _visible_title(tree: HtmlElement) -> str:
    headings = [" ".join(heading.itertext()).strip() for heading in tree.iter("h1")]
    return headings[0] if len(headings) == 1 and headings[0] else str(tree.findtext(".//title") or "")


def _find_address(tree: HtmlElement, metas: dict[str, str], url: str) -> str:
    """The canonical address of the page, or the one it was fetched from."""
    links = (link.get("href", "") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical")
    for address in (next(links, ""), metas.get("og:url", "")):
        try:
            whole = urljoin(url, address.strip())
            parts = urlsplit(whole)
        except ValueError:
            continue
        # A bare host as the canonical link of an article is a template's mistake.
        if parts.scheme in ("http", "https") and parts.hostname and (parts.path.strip("/") or parts.query or not url):
            return str(whole)
    return url
