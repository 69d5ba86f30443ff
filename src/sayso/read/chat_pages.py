"""Chats that Telegram's program saves as pages: a report a message, with its sender, its time and whom it passes on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sayso.read.cleanings import clean_line
from sayso.read.markup import take_all
from sayso.read.reports import Content, Facts, make_report
from sayso.record import Report

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_MESSAGES = 100_000


def read_messages(tree: HtmlElement, content: Content) -> Iterator[Report]:
    """The reports of the messages of a page that is a saved chat; nothing for other pages."""
    header = _find(tree, "page_header")
    bold = _find(header, "bold") if header is not None else None
    chat = _words(bold) if bold is not None else ""
    sender = ""
    for _, message in zip(range(MAX_MESSAGES), list_messages(tree), strict=False):
        passed = _find(message, "forwarded")
        named = [e for e in _list(message, "from_name") if passed is None or passed not in e.iterancestors()]
        # Messages of one sender that follow each other name them once.
        sender = _words(named[0]) if named else sender
        day, text = _find(message, "date"), _find(message, "text")
        words = take_all(text, "")[0] if text is not None else ""
        if words:
            relayed = _find(passed, "from_name") if passed is not None else None
            facts = Facts(
                outlet=chat or sender,
                author="" if sender == chat else sender,
                published=(day.get("title") or "") if day is not None else "",
                cites=(clean_line(relayed.text or ""),) if relayed is not None else (),
            )
            yield make_report(words, facts, raw=content.sha256, retrieved=content.retrieved)


def list_messages(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The elements of a page that are messages of a saved chat: each has the moment of its sending in its title."""
    for element in tree.iter("div"):
        names = (element.get("class") or "").split()
        if "message" in names and "default" in names:
            day = _find(element, "date")
            if day is not None and day.get("title"):
                yield element


def _list(element: HtmlElement, name: str) -> Iterator[HtmlElement]:
    return (e for e in element.iter("div", "span") if name in (e.get("class") or "").split())


def _find(element: HtmlElement, name: str) -> HtmlElement | None:
    return next(_list(element, name), None)


def _words(element: HtmlElement) -> str:
    return clean_line(" ".join(element.itertext()))
