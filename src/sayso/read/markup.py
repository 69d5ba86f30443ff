"""HTML as a tree, and the text of all of a tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from sayso.read.cleanings import clean_text

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HTML_BLOCKS = {"p", "div", "ul", "ol", "blockquote", "table", "section", "article", "pre", "header", "figure"}
_HTML_BLOCKS |= {f"h{level}" for level in range(1, 7)}
_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[*†‡§¶]{1,3})(?:[,–-]\d{1,3}){0,4}[\])]?", re.IGNORECASE)
_RAISED = re.compile(r"(?:^|[^\d])10\s?$|(?:^|[\s\d(/])(?:[kcdmµ]?m|ft|mi|in|yd|s|CO|R|E)$")
POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_UNSEEN = ("head", "script", "style", "noscript", "template", "nav", "footer", "form", "svg")


def parse_html(text: str) -> HtmlElement | None:
    """The tree of a page, None where there is none in it. NULs, which the parser stops at, are left out."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    drop_marks(tree)
    return tree


def drop_marks(tree: HtmlElement) -> None:
    """Take out the raised marks of footnotes, which would run into the figure before them ("450" and "3"). What stands
    raised after a ten or a unit is a power, and stays one."""
    for mark in list(tree.iter("sup")):
        words = "".join(mark.itertext()).strip()
        before = mark.getprevious()
        parent = mark.getparent()
        said = (before.tail if before is not None else parent.text if parent is not None else "") or ""
        linked = any((a.get("href") or "").startswith("#") for a in mark.iter("a"))
        if parent is not None and (is_mark(words, said) or (linked and _MARK.fullmatch(words))):
            mark.drop_tree()
        elif words.isdigit() and _RAISED.search(said[-20:]):
            mark[:] = []
            mark.text = words.translate(POWERS)


def is_mark(words: str, before: str) -> bool:
    """Whether raised words are the mark of a footnote, by the text before them: not an ordinal's, of a letter as
    French and Spanish write them, nor a power."""
    lone = len(words) == 1 and words.isalpha()
    return bool(_MARK.fullmatch(words)) and not lone and not _RAISED.search(before[-20:])


def text_of_html(fragment: str, base: str = "") -> tuple[str, tuple[str, ...]]:
    """The cleaned text of a piece of HTML that is all content, such as a feed's, and the links in it."""
    tree = parse_html(f"<html><body>{fragment}</body></html>")
    return take_all(tree, base) if tree is not None else ("", ())


def take_all(root: HtmlElement, base: str) -> tuple[str, tuple[str, ...]]:
    """The cleaned text and the links of everything that is seen below an element."""
    for litter in list(root.iter(*_UNSEEN)):
        litter.drop_tree()
    text = join_text(root, _HTML_BLOCKS, {"li", "tr", "br"}, {"td", "th"})
    return clean_text(text), resolve_links((a.get("href", "") for a in root.iter("a")), base)


def join_text(root: Any, blocks: set[str], lines: set[str], cells: set[str]) -> str:
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


def resolve_links(addresses: Iterator[str], base: str) -> tuple[str, ...]:
    """The web addresses that links lead to, each once."""
    links = []
    for address in addresses:
        try:
            whole = urljoin(base, address.strip())
            if urlsplit(whole).scheme in ("http", "https"):
                links.append(whole)
        except ValueError:
            continue
    return tuple(dict.fromkeys(links))
