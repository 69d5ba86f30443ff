"""The visible dates of a page: its time elements, lines that are named as date lines, and those below its heading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

_DATED = re.compile(r"(?:^|[\s_-])(?:date|dateline|published|publish|pubdate|posted|timestamp|byline)", re.IGNORECASE)
_PUBLISHED = re.compile(r"(?:^|[\s_-])pub(?:date|time|lish(?:ed)?)?(?:$|[\s_-])|publish", re.IGNORECASE)
_CHANGED = re.compile(r"updat|modif|edited|corrected", re.IGNORECASE)
MAX_DATELINE = 120
"""Characters of a line with a date."""
_FINITE = re.compile(r"\b(?:was|were|is|are|has|have|had|said|will)\b", re.IGNORECASE)
MAX_HEAD_LINES = 8
"""Elements below the heading of a page that may be its date line."""


def list_time_elements(tree: HtmlElement) -> Iterator[str]:
    """The machine-readable time of the page's own time elements: marked as published, or the only one there is."""
    elements = [
        element
        for element in tree.iter("time")
        if element.get("datetime") and not _CHANGED.search(marks_of(element) + marks_of(element.getparent()))
    ]
    marked = [e for e in elements if e.get("pubdate") is not None or _PUBLISHED.search(marks_of(e))]
    yield from (e.get("datetime", "").strip() for e in marked)
    if len({e.get("datetime") for e in elements}) == 1:
        yield elements[0].get("datetime", "").strip()
    # The article's header comes before its body and the teasers of other articles.
    heads = [e for e in elements if any(a.tag == "header" for a in e.iterancestors()) and _inside_article(e)]
    yield from (e.get("datetime", "").strip() for e in heads[:1] or _lead_times(tree, elements))


def _lead_times(tree: HtmlElement, elements: list[HtmlElement]) -> Iterator[HtmlElement]:
    """The time element that stands in the page's only article before its first paragraph."""
    articles = list(tree.iter("article"))
    if len(articles) != 1:
        return
    for element in articles[0].iter("time", "p"):
        if element in elements:
            yield element
        if element.tag == "time" or len(" ".join(element.itertext())) > MAX_DATELINE:
            return


def _inside_article(element: HtmlElement) -> bool:
    return any(ancestor.tag in ("article", "main") for ancestor in element.iterancestors())


def list_datelines(tree: HtmlElement) -> Iterator[str]:
    """Short visible lines in elements that are named as date lines or bylines, the first few of the page."""
    found = 0
    for element in tree.iter("span", "div", "p", "li", "small", "time", "em", "i", "td"):
        marks = marks_of(element)
        if not marks or not _DATED.search(marks) or len(element) > 12:
            continue
        words = " ".join(" ".join(element.itertext()).split())
        if 6 <= len(words) <= MAX_DATELINE and not _CHANGED.search(words.split(":")[0]) and not _CHANGED.search(marks):
            yield words
            found += 1
            if found >= 5:
                return


def list_head_lines(tree: HtmlElement) -> Iterator[str]:
    """The first few short lines below the page's only first heading, up to its first paragraph, without what they say
    of changes ("3 May 2031 | Updated 4 May")."""
    headings = list(tree.iter("h1"))
    if len(headings) != 1:
        return
    below = (e for e in headings[0].xpath("following::*") if e.tag in ("p", "div", "span", "small", "li", "h2", "em"))
    for _, element in zip(range(MAX_HEAD_LINES), below, strict=False):
        words = " ".join(" ".join(element.itertext()).split())
        if len(words) > MAX_DATELINE:
            if element.tag == "p":
                return
            continue
        stated = _CHANGED.split(words)[0]
        if re.search(r"\d", stated) and not _FINITE.search(stated):
            yield stated.strip(" |•·,–—-(")


def marks_of(element: HtmlElement | None) -> str:
    """What an element is called: its classes, id and microdata property."""
    if element is None:
        return ""
    return " ".join(filter(None, (element.get("class"), element.get("id"), element.get("itemprop"))))
