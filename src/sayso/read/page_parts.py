"""What of a page is a report of its own: the updates of a live page, the stories of a round-up, the posts it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sayso.read.cleanings import clean_line
from sayso.read.furniture import drop_furniture
from sayso.read.linked_data import list_nodes
from sayso.read.live_pages import (
    FEWEST,
    Piece,
    date_clocks,
    find_updates,
    is_called_live,
    is_live,
    read_piece,
    read_updates,
    split_clocked,
    take_clock,
)
from sayso.read.reports import Facts
from sayso.read.roundups import find_stories

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def take_parts(tree: HtmlElement, facts: Facts, base: str) -> tuple[list[Piece], bool]:
    """The parts of a page that are reports of their own, and whether what is left of the tree is one more: the
    introduction of a live page is, what stands around the stories of a round-up is not. Updates are taken out of the
    tree."""
    url = facts.url or base
    if len(pieces := read_updates(list_nodes(tree))) >= FEWEST:
        return name_parts(pieces, facts), False
    live = is_live_page(tree, facts)
    elements = find_updates(tree) if live or is_called_live(tree) else []
    if len(elements) >= FEWEST:
        pieces = date_pieces([read_piece(element, url) for element in elements], facts)
        for element in elements:
            element.drop_tree()
        return name_parts([piece for piece in pieces if piece.text], facts), True
    stories = [] if live else find_stories(tree, f"{facts.title} {read_title(tree)}", url)
    return name_parts(stories, facts), False


def is_live_page(tree: HtmlElement, facts: Facts) -> bool:
    """Whether a page says by its heading, its title or its address that it is a live one."""
    return is_live(facts.title, facts.url) or is_live(read_title(tree), "")


def read_title(tree: HtmlElement) -> str:
    """What the window of a page is called."""
    return clean_line(str(tree.findtext(".//title") or ""))


def split_body(body: str, facts: Facts) -> list[Piece]:
    """The updates of a live page whose paragraphs begin with times of day; nothing for other texts."""
    clocked = list(split_clocked(body))
    moments = date_clocks([clock for clock, _ in clocked], facts.published)
    return name_parts([replace(p, published=moment) for (_, p), moment in zip(clocked, moments, strict=True)], facts)


def date_pieces(pieces: Sequence[Piece], facts: Facts) -> list[Piece]:
    """The pieces with the times of day that their texts begin with, where none has a time of its own."""
    if any(piece.published for piece in pieces):
        return list(pieces)
    taken = [take_clock(piece.text) for piece in pieces]
    if not all(clock for clock, _ in taken):
        return list(pieces)
    moments = date_clocks([clock for clock, _ in taken], facts.published)
    return [
        replace(piece, text=text, published=moment)
        for piece, (_, text), moment in zip(pieces, taken, moments, strict=True)
    ]


def name_parts(pieces: Sequence[Piece], facts: Facts) -> list[Piece]:
    """The pieces, each with an address of its own: that of the page, and which part it is. Parts are counted from the
    end, where the oldest update stands: a later version of the page has the same numbers."""
    named = []
    for number, piece in enumerate(pieces):
        address = urlsplit(piece.url)
        own = address.fragment or str(len(pieces) - number)
        same = piece.url.split("#")[0] in ("", facts.url.split("#")[0])
        url = piece.url if not same else f"{facts.url.split('#')[0]}#part-{own}" if facts.url else ""
        named.append(replace(piece, url=url, text=drop_furniture(piece.text)))
    return named


def facts_of_piece(piece: Piece, facts: Facts) -> Facts:
    """The facts of a part of a page: its own, and those of the page that it lacks."""
    return replace(
        facts,
        title=piece.title or facts.title,
        published=piece.published or facts.published,
        published_words="",
        author=piece.author,
        url=piece.url,
        links=(),
    )
