"""RSS and Atom, by feedparser: one report an entry. An entry's ``<source>`` is its true publisher, not the feed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from sayso.read.cleanings import clean_line
from sayso.read.pages import text_of_html
from sayso.read.reports import Content, Facts, make_report
from sayso.record import Problem, Report

MAX_ENTRIES = 10_000


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
        report = _read_entry(entry, feed.feed, content)
        if report is None:
            message = "an entry without text or title; fetch its page instead"
            yield Problem(step="read_feed", input=f"{content.name}:{number}", message=message)
        else:
            yield report


def _read_entry(entry: Any, feed: Any, content: Content) -> Report | None:
    source = _word(entry.get("source") or {}, "title")
    title = clean_line(_word(entry, "title"))
    # Aggregators add the publisher to the headline.
    title = title.removesuffix(f" - {source}") if source else title
    address = _word(entry, "link")
    text, links = text_of_html(_find_html(entry), address or content.url)
    if not text and not title:
        return None
    facts = Facts(
        id=_word(entry, "id"),
        outlet=clean_line(source or _word(feed, "title")),
        title=title,
        author=clean_line(_word(entry, "author")),
        published=_word(entry, "published"),
        language=_word(entry, "language") or _word(feed, "language"),
        url=address,
        links=links,
    )
    return make_report(text or title, facts, raw=content.sha256, retrieved=content.retrieved)


def _find_html(entry: Any) -> str:
    """The fullest text of an entry: its content, else its summary."""
    contents = [_word(part, "value") for part in entry.get("content") or () if isinstance(part, dict)]
    return max([*contents, _word(entry, "summary")], key=len)


def _word(fields: Any, key: str) -> str:
    value = fields.get(key)
    return value.strip() if isinstance(value, str) else ""
