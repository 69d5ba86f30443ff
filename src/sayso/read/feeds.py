"""RSS and Atom, by feedparser: one report an entry. An entry's ``<source>`` is its true publisher, not the feed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from sayso.read.cleanings import clean_line
from sayso.read.furniture import drop_furniture, find_byline
from sayso.read.markup import parse_html, text_of_html
from sayso.read.mastheads import is_label, is_name, squeeze
from sayso.read.reports import Content, Facts, make_report, name_host, name_site
from sayso.record import Problem, Report
from sayso.who.outlets import find_outlet, is_masthead

MAX_ENTRIES = 10_000
MAX_NAME = 80
"""Characters of an outlet's name beside a headline."""

_SHORT_YEAR = re.compile(r"^(?:\w{3},\s)?\d{1,2}\s[A-Za-z]{3}\s\d\d\s\d\d:\d\d")
_FEED_CUT = re.compile(r"\s+[|•·–—»«:/-]+\s+|\s*[|•·»«]\s*|:\s")
_NAME_TAGS = ("font", "span", "small", "cite", "em", "i", "b")
_BLANKS = " \t\r\n\u00a0"
_BESIDE = re.compile(r"(?:[-–—|·]\s?(?P<dashed>[^()]{2,80})|\((?P<held>[^()]{2,80})\)[.,;]?)$")
_FEED_WORDS = re.compile(
    r"\b(?:rss|atom|feeds?|xml|2\.0|0\.92|home|headlines?|stories|all|articles|posts)\b", re.IGNORECASE
)


def read_feed(content: Content) -> Iterator[Report | Problem]:
    """The reports of a feed's entries, in its order; a problem for a file that is no feed or has no entry."""
    import feedparser

    headers = {"content-type": f"application/xml; charset={content.charset}"} if content.charset else {}
    feed: Any = feedparser.parse(io.BytesIO(content.content), response_headers=headers, sanitize_html=False)
    if not feed.entries:
        message = "XML, but no RSS or Atom entry in it; give the feed, or the pages themselves"
        yield Problem(step="read_feed", input=content.name, message=message)
        return
    for number, entry in enumerate(feed.entries[:MAX_ENTRIES], start=1):
        reports = list(_read_entry(entry, feed.feed, content))
        yield from reports
        if not reports:
            message = "an entry without text or title; fetch its page instead"
            yield Problem(step="read_feed", input=f"{content.name}:{number}", message=message)


def _read_entry(entry: Any, feed: Any, content: Content) -> Iterator[Report]:
    """The report of an entry, or those of the headlines of several outlets that an aggregator puts into one."""
    source = clean_line(_word(entry.get("source") or {}, "title"))
    title = clean_line(_word(entry, "title"))
    address = _word(entry, "link")
    if not source and is_collected(feed, address):
        # Aggregators add the publisher to the headline.
        headline, _, source = title.rpartition(" - ")
        source = source if headline and is_name(source) else ""
    title = title.removesuffix(f" - {source}") if source else title
    cluster = list_cluster(_find_html(entry), address or content.url)
    source = source or next((outlet for headline, outlet, _ in cluster if headline.casefold() == title.casefold()), "")
    text, links = (title, ()) if cluster else text_of_html(_find_html(entry), address or content.url)
    if not text and not title:
        return
    author = clean_line(_word(entry, "author")) or find_byline(text)
    text = drop_furniture(text)
    published = _find_published(entry)
    facts = Facts(
        id=_word(entry, "id"),
        outlet=source
        or clean_line(_word(entry, "publisher") or _word(entry, "dc_publisher"))
        or name_feed(feed, address),
        title=title,
        author=author,
        published=published,
        language=_word(entry, "language") or _word(feed, "language"),
        url=address,
        links=links,
    )
    yield make_report(text or title, facts, raw=content.sha256, retrieved=content.retrieved)
    for headline, outlet, link in cluster:
        if headline.casefold() != title.casefold():
            # When the others were published is not said.
            facts = Facts(outlet=outlet, title=headline, url=link, language=facts.language)
            yield make_report(headline, facts, raw=content.sha256, retrieved=content.retrieved)


def _find_published(entry: Any) -> str:
    """When an entry says it was published or, where it only says so, changed (dc:date of RSS 1.0, updated of Atom). A
    year of two figures (RFC 822) is the parser's to read."""
    for key in ("published", "created", "prism_publicationdate", "updated"):
        words = _word(entry, key)
        moment = entry.get(f"{key}_parsed") if _SHORT_YEAR.search(words) else None
        if moment:
            return f"{moment[0]:04}-{moment[1]:02}-{moment[2]:02}T{moment[3]:02}:{moment[4]:02}:{moment[5]:02}Z"
        if words:
            return words
    return ""


def list_cluster(fragment: str, base: str) -> list[tuple[str, str, str]]:
    """The headline, outlet and address of each link in a piece of HTML that has nothing but links with a name after
    each, as an aggregator lists the reports of one story; nothing for other pieces. A last link without a name leads to
    more of them."""
    tree = parse_html(f"<html><body>{fragment}</body></html>") if "<a" in fragment else None
    links = [] if tree is None else [a for a in tree.iter("a") if a.get("href") and clean_line(_words(a))][:MAX_ENTRIES]
    found, size = [], 0
    for link in links:
        headline = clean_line(_words(link))
        outlet, sure = _name_beside(link)
        size += len(squeeze(headline)) + len(squeeze(outlet))
        if outlet and (sure or len(links) > 1):
            found.append((headline, outlet, urljoin(base, link.get("href", ""))))
        elif link is not links[-1]:
            return []
    # Whatever else is told there is a text of its own.
    return found if tree is not None and found and size >= 0.95 * len(squeeze(_words(tree))) else []


def _name_beside(link: Any) -> tuple[str, bool]:
    """The name after a link, in an element of its own, after a dash or in brackets, and whether it is in an element."""
    named = link.getnext()
    if named is not None and named.tag in _NAME_TAGS and not (link.tail or "").strip(_BLANKS):
        name = clean_line(_words(named))
        return (name, True) if len(name) <= MAX_NAME else ("", False)
    beside = _BESIDE.match(clean_line(link.tail or ""))
    name = (beside["dashed"] or beside["held"]).strip() if beside else ""
    return (name, False) if is_name(name) and not is_label(name) else ("", False)


def _words(element: Any) -> str:
    return " ".join(element.itertext())


def name_feed(feed: Any, address: str) -> str:
    """The outlet that a feed is of, by its title without what it says of the feed ("Harbour Post - Latest news"); ""
    where it is an aggregator's, whose entries are at other outlets' addresses."""
    if is_collected(feed, address):
        return ""
    title = clean_line(_word(feed, "title"))
    parts = [
        part for part in _FEED_CUT.split(title) if part and not is_label(_FEED_WORDS.sub(" ", part).strip() or "feed")
    ]
    host = squeeze(name_host(_word(feed, "link") or address))
    fitting = (part for part in parts if find_outlet(part) or is_masthead(part) or squeeze(part) in host)
    return next(fitting, parts[0] if len(parts) == 1 else title)


def is_collected(feed: Any, address: str) -> bool:
    """Whether a feed gathers what others publish: it is a known aggregator's, by its title or its address."""
    names = [*_FEED_CUT.split(clean_line(_word(feed, "title"))), name_site(_word(feed, "link")), name_site(address)]
    return any((found := find_outlet(name)) is not None and found.kind == "aggregator" for name in names if name)


def _find_html(entry: Any) -> str:
    """The fullest text of an entry: its content, else its summary. Yandex has elements of its own for it."""
    contents = [_word(part, "value") for part in entry.get("content") or () if isinstance(part, dict)]
    return max([*contents, *(_word(entry, key) for key in ("summary", "yandex_full-text", "turbo_content"))], key=len)


def _word(fields: Any, key: str) -> str:
    value = fields.get(key)
    return value.strip() if isinstance(value, str) else ""
