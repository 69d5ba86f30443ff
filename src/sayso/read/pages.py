"""HTML pages: the article's text and links by trafilatura, its facts by `page_facts`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from sayso.read.cleanings import clean_line, clean_text
from sayso.read.encodings import decode_bytes
from sayso.read.furniture import drop_furniture, find_byline
from sayso.read.languages import detect_language
from sayso.read.reports import Content, make_report
from sayso.record import Problem, Report

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SHORT_TEXT = 250
"""Characters below which the slower, more thorough extraction is tried as well."""
STUB_TEXT = 600
"""Characters below which the text of an article that is not for everybody is no more than its beginning."""
MIN_SURE_TEXT = 200
"""Characters from which the text itself says better than the page's lang attribute what language it is in."""

MAX_ELEMENTS = 20_000
"""Elements of a page beyond which it is taken whole: the extraction of the article takes the square of them, a second
or two at this many and minutes at ten times as many. Articles have one to five thousand."""

_CHARSET = re.compile(
    rb"<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w.:-]{2,40})", re.IGNORECASE
)
_COMMENTS = re.compile(r"(?:^|[\s_-])(?:comments?|disqus|respond)(?:$|[\s_-])", re.IGNORECASE)
_HTML_BLOCKS = {"p", "div", "ul", "ol", "blockquote", "table", "section", "article", "pre", "header", "figure"}
_HTML_BLOCKS |= {f"h{level}" for level in range(1, 7)}
_UNSEEN = ("head", "script", "style", "noscript", "template", "nav", "footer", "form", "svg")
_BLOCKS = {"p", "head", "quote", "list", "table", "code", "div", "section"}
_LINES = {"item", "row", "lb"}


def read_page(content: Content) -> Iterator[Report | Problem]:
    """The report of an HTML page, its text cleaned; a problem where there is no text to be had from it."""
    declared = _CHARSET.search(content.content[:4096])
    text = decode_bytes(content.content, content.charset or (declared[1].decode("ascii") if declared else ""))
    if text is None:
        yield _refuse(content, "not text in any known encoding; save the page again as UTF-8")
        return
    tree = parse_html(text)
    if tree is None:
        yield _refuse(content, "not a readable HTML page; open it in a browser and save it again")
        return
    from sayso.read.page_facts import find_facts, find_labels
    from sayso.read.sites import find_corrections, find_saved_from

    facts = replace(find_facts(tree, content.url or find_saved_from(text)), file=content.name)
    notes = list(dict.fromkeys(find_corrections(tree)))
    # What is only in the page's head would be lost, and with it that nothing on the page is told for so.
    notes += [f"Marked as: {label}" for label in find_labels(tree)[:1]]
    body, links = extract_text(tree, facts.url or content.url)
    body = _drop_title(body, facts.title)
    facts = replace(facts, author=facts.author or find_byline(body))
    body = _add_notes(drop_furniture(body), notes)
    if not body:
        yield _refuse(content, "no article text found in the page; open it in a browser and save its text")
        return
    language = detect_language(body, min_score=0.8) if len(body) >= MIN_SURE_TEXT else ""
    facts = replace(facts, links=links, language=language or facts.language)
    yield make_report(body, facts, raw=content.sha256, retrieved=content.retrieved)
    if is_stub(tree, body):
        yield _refuse(content, "a stub: the page keeps the rest for subscribers; save the whole text as a subscriber")


def parse_html(text: str) -> HtmlElement | None:
    """The tree of a page, None where there is none in it. NULs, which the parser stops at, are left out."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return document_fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def text_of_html(fragment: str, base: str = "") -> tuple[str, tuple[str, ...]]:
    """The cleaned text of a piece of HTML that is all content, such as a feed's, and the links in it."""
    tree = parse_html(f"<html><body>{fragment}</body></html>")
    return _take_all(tree, base) if tree is not None else ("", ())


def _take_all(root: HtmlElement, base: str) -> tuple[str, tuple[str, ...]]:
    """The cleaned text and the links of everything that is seen below an element."""
    for litter in list(root.iter(*_UNSEEN)):
        litter.drop_tree()
    text = _join_text(root, _HTML_BLOCKS, {"li", "tr", "br"}, {"td", "th"})
    return clean_text(text), _resolve_links((a.get("href", "") for a in root.iter("a")), base)


def extract_text(tree: HtmlElement, base: str) -> tuple[str, tuple[str, ...]]:
    """The cleaned text of the article in a page, paragraphs apart by blank lines, and the links in it."""
    import logging
    from copy import deepcopy

    from trafilatura import bare_extraction

    if sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
        articles = list(tree.iter("article", "main"))
        return _take_all(articles[0] if len(articles) == 1 else tree, base)
    # What it has to say of a page is said by the problem.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    best = ""
    links: tuple[str, ...] = ()
    for fast in (True, False):
        found: Any = bare_extraction(
            deepcopy(tree), fast=fast, include_links=True, include_comments=False, with_metadata=False
        )
        if found is not None and found.body is not None:
            text = clean_text(_join_text(found.body, _BLOCKS, _LINES, {"cell"}))
            if len(text) > len(best):
                best = text
                links = _resolve_links((ref.get("target", "") for ref in found.body.iter("ref")), base)
        if len(best) >= SHORT_TEXT:
            break
    # A text too short for it comes back as one paragraph, headline, byline and all.
    if best and ("\n" in best or len(best) >= SHORT_TEXT or sum(1 for _ in tree.iter("p")) < 2):
        return best, links
    whole = deepcopy(tree)
    for litter in [
        e for e in whole.iter("aside", "section", "div", "ol", "ul") if e.tag == "aside" or _is_of_readers(e)
    ]:
        litter.drop_tree()
    articles = list(whole.iter("article", "main"))
    return _take_all(articles[0] if len(articles) == 1 else whole, base)


def is_stub(tree: HtmlElement, body: str) -> bool:
    """Whether a page has only the beginning of its article: it says that not all may read it, and its text is short or
    breaks off."""
    from sayso.read.page_facts import is_paid

    return is_paid(tree) and (len(body) < STUB_TEXT or body.endswith(("...", "…")))


def _is_of_readers(element: Any) -> bool:
    """Whether an element holds the comments of readers."""
    return bool(_COMMENTS.search(f"{element.get('class') or ''} {element.get('id') or ''}"))


def _join_text(root: Any, blocks: set[str], lines: set[str], cells: set[str]) -> str:
    """The text below an element: blocks begin and end with a blank line, lines end with a line end, cells are
    apart by bars."""
    parts: list[str] = []
    # A stack instead of recursion: pages nest as deep as they like.
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        element, leaving = stack.pop()
        tag = element.tag
        if tag in blocks:
            parts.append("\n\n")
        elif leaving and tag in lines:
            parts.append("\n")
        elif leaving and tag in cells and element.getnext() is not None:
            parts.append(" | ")
        if leaving:
            parts.append(_flatten(element.tail))
            continue
        if isinstance(tag, str):
            parts.append(_flatten(element.text))
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))
    return "".join(parts)


def _flatten(text: str | None) -> str:
    """White space in HTML is a space, line ends included."""
    return re.sub(r"\s+", " ", text) if text else ""


def _resolve_links(addresses: Iterator[str], base: str) -> tuple[str, ...]:
    links = []
    for address in addresses:
        try:
            whole = urljoin(base, address.strip())
            if urlsplit(whole).scheme in ("http", "https"):
                links.append(whole)
        except ValueError:
            continue
    return tuple(dict.fromkeys(links))


def _drop_title(body: str, title: str) -> str:
    """The text without the headline as its first line: the headline is the report's title."""
    first, _, rest = body.partition("\n")
    return rest.lstrip("\n") if title and clean_line(first).casefold() == title.casefold() and rest.strip() else body


def _add_notes(body: str, notes: list[str]) -> str:
    """The text with the page's correction notes below it that are not in it: they often stand in a footer."""
    if not body:
        return ""
    flat = " ".join(body.split())
    return "\n\n".join([body, *(note for note in notes if note not in flat)])


def _refuse(content: Content, message: str) -> Problem:
    return Problem(step="read_page", input=content.name, message=message)
