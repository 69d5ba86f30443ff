"""What a page says of itself: JSON-LD (schema.org), Open Graph and other meta elements, time elements, its address.

Of several statements the one most often kept by hand wins: JSON-LD of the article, then meta elements, then the
visible page. Nothing is guessed from the running text, where dates are those of the events.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from sayso.read.cleanings import clean_line
from sayso.read.dates import parse_published
from sayso.read.furniture import name_author
from sayso.read.page_dates import MAX_DATELINE, list_datelines, list_head_lines, list_time_elements, marks_of
from sayso.read.reports import Facts
from sayso.read.sites import drop_site, find_site

MAX_NODES = 2_000
"""Nodes of a page's JSON-LD that are looked at."""

_ARTICLE = re.compile(r"Article|BlogPosting|Report|LiveBlog|SocialMediaPosting", re.IGNORECASE)
_SITE = re.compile(r"^(?:WebSite|Organization|NewsMediaOrganization|GovernmentOrganization)$", re.MULTILINE)
_PUBLISHED_META = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "article.published",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "citation_publication_date",
    "publication_date",
    "publish-date",
    "publishdate",
    "publish_date",
    "published_at",
    "pubdate",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "date",
)
_OUTLET_META = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "citation_journal_title")
_AUTHOR_META = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl")
_TITLE_META = ("og:title", "twitter:title", "dc.title", "parsely-title", "citation_title")
_AUTHORED = re.compile(r"(?:^|[\s_-])(?:byline|author|authors|writer)(?:$|[\s_-])", re.IGNORECASE)
_URL_DAY = re.compile(r"/(?P<y>20\d{2}|19\d{2})[/-](?P<m>\d{2}|\d)[/-](?P<d>\d{2}|\d)(?=[/_.-]|$)")
_LABEL_KEYS = ("articleSection", "genre", "keywords", "additionalType")
_LABEL_META = ("article:section", "article:tag", "section", "genre", "keywords", "news_keywords", "parsely-section")
_SATIRE = re.compile(r"^(?:.*[/#])?\s*(?:satire|satirical|satiricalarticle|parody)\b[\w ]*$", re.IGNORECASE)
_MAX_LABEL = 60


def find_facts(tree: HtmlElement, url: str = "") -> Facts:
    """The facts of a parsed page; `url` is where it was fetched from, "" for a file."""
    metas = _read_metas(tree)
    article, nodes = _find_article(tree)
    address = _find_address(tree, metas, url)
    given = clean_line(_name_publisher(article, nodes) or _first(metas, _OUTLET_META))
    outlet = given or find_site(tree, [_name(node) for node in nodes if _SITE.search(_kinds(node))], address)
    title = clean_line(_string(article.get("headline")) or _first(metas, _TITLE_META) or _visible_title(tree))
    return Facts(
        outlet=outlet,
        title=drop_site(title, outlet),
        author=clean_line(_name_authors(article) or _first_name(metas) or _visible_author(tree)),
        published=_find_published(tree, article, metas, address),
        language=_string(article.get("inLanguage")) or (tree.get("lang") or tree.get("xml:lang") or ""),
        url=address,
    )


def is_paid(tree: HtmlElement) -> bool:
    """Whether a page says in its JSON-LD that only subscribers may read all of it."""
    return any(str(node.get("isAccessibleForFree")).casefold() == "false" for node in _find_article(tree)[1])


def list_nodes(tree: HtmlElement) -> list[dict[str, Any]]:
    """All nodes of a page's JSON-LD."""
    return _find_article(tree)[1]


def find_labels(tree: HtmlElement) -> list[str]:
    """What a page says that it is besides news, in its machine-readable facts: the name of its kind, its section, genre
    or keyword, where that tells of satire."""
    nodes = _find_article(tree)[1]
    said = [words for node in nodes for key in ("@type", *_LABEL_KEYS) for words in _strings(node.get(key))]
    metas = _read_metas(tree)
    said += [words for name in _LABEL_META for words in re.split(r"[,;|]", metas.get(name, ""))]
    return list(dict.fromkeys(words.strip() for words in said if _SATIRE.search(words) and len(words) < _MAX_LABEL))


def _strings(value: Any) -> list[str]:
    """The words of a value of JSON-LD, or of each of a list of them."""
    return [_string(each) for each in (value if isinstance(value, list) else [value])[:20]]


def _find_published(tree: HtmlElement, article: dict[str, Any], metas: dict[str, str], address: str) -> str:
    """The words of the first statement that names a day."""
    statements = [_string(article.get("datePublished")), *(metas.get(name, "") for name in _PUBLISHED_META)]
    for words in statements:
        if words and parse_published(words):
            return words.strip()
    for words in (*list_time_elements(tree), *list_datelines(tree), *list_head_lines(tree)):
        if parse_published(words):
            return words
    day = _URL_DAY.search(urlsplit(address).path) if address else None
    words = f"{day['y']}-{int(day['m']):02}-{int(day['d']):02}" if day else ""
    return words if parse_published(words) else ""


def _find_article(tree: HtmlElement) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The JSON-LD node of the page's article ({} without one), and all nodes."""
    nodes: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and len(nodes) < MAX_NODES:
            nodes += _read_nodes(script.text or "", MAX_NODES - len(nodes))
    return next((node for node in nodes if _ARTICLE.search(_kinds(node))), {}), nodes


def _read_nodes(text: str, most: int) -> list[dict[str, Any]]:
    try:
        # Control characters inside strings are a common slip.
        waiting: list[Any] = [json.loads(text.strip().removesuffix(";"), strict=False)]
    except (ValueError, RecursionError):
        return []
    nodes: list[dict[str, Any]] = []
    while waiting and len(nodes) < most:
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting = [*value[:most], *waiting][: 4 * most]
        elif isinstance(value, dict):
            nodes.append(value)
            waiting += [value[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in value]
    return nodes


def _kinds(node: dict[str, Any]) -> str:
    kinds = node.get("@type")
    return " ".join(str(kind) for kind in kinds) if isinstance(kinds, list) else str(kinds or "")


def _name_publisher(article: dict[str, Any], nodes: list[dict[str, Any]]) -> str:
    publisher = article.get("publisher") or article.get("sourceOrganization")
    return _name(publisher) or _name(_look_up(publisher, nodes))


def _look_up(reference: Any, nodes: list[dict[str, Any]]) -> Any:
    """The node that a publisher given by its @id only refers to."""
    wanted = reference.get("@id") if isinstance(reference, dict) else None
    return next((node for node in nodes if wanted and node.get("@id") == wanted and node.get("name")), None)


def _name_authors(article: dict[str, Any]) -> str:
    authors = article.get("author")
    names = [_name(author) for author in (authors if isinstance(authors, list) else [authors])[:20]]
    return ", ".join(dict.fromkeys(name for name in names if name and not name.startswith("http")))


def _name(thing: Any) -> str:
    if isinstance(thing, list):
        return next(filter(None, map(_name, thing[:20])), "")
    return _string(thing.get("name")) if isinstance(thing, dict) else _string(thing)


def _string(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return value.strip() if isinstance(value, str) else ""


def _read_metas(tree: HtmlElement) -> dict[str, str]:
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
