"""Live pages: the updates of a running story, each with its own time, as pages or their JSON-LD hold them.

A page is live where it says so, in its JSON-LD, its title or the names of its parts. What stands around the updates is
left to the page's own report.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sayso.read.cleanings import clean_line, clean_text
from sayso.read.dates import parse_published
from sayso.read.markup import take_all, text_of_html

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FEWEST = 2
"""Updates that a live page has at least."""
FEWEST_CLOCKED = 3
"""The same where only a time at the head of a paragraph tells them."""
MOST = 2_000
MIN_UPDATE = 60
"""Characters of an update; what is shorter only leads to one."""
SHORT_LINE = 100
"""Characters of a line that is a heading."""
_LIVE = re.compile(
    r"[:|–—-]\s?live\b|^live\s?[:|–—-]|\blive\s?(?:-?blog|updates?|coverage|ticker|feed|reporting)\b"
    r"|as it happened|minute by minute|live-?ticker|newsblog"
    r"|en direct|minuto a minuto|en vivo|diretta|ao vivo|онлайн|хроника|наживо|hour by hour",
    re.IGNORECASE,
)
_UPDATE = re.compile(
    r"(?:^|[\s_-])(?:live-?(?:blog)?-?_*(?:update|post|entry|item|block|event)|liveblogupdate|update-?block|blog-?entry"
    r"|timeline-?(?:item|entry|post)|ticker-?(?:item|entry))s?(?:$|[\s_-])",
    re.IGNORECASE,
)
_CLOCK = (
    r"(?P<hour>[01]?\d|2[0-4])(?:[:.h](?P<minute>[0-5]\d))\s?(?P<half>[ap]\.?m\b\.?)?"
    r"(?:\s?(?:uhr|(?-i:[A-Z]{1,3}T|UTC|MSK))\b)?"
)
_CLOCKED = re.compile(rf"^[+*\s]{{0,5}}{_CLOCK}[*\s]{{0,3}}(?:[-–—:|•]\s?)?[*\s]{{0,3}}(?P<rest>.*)$", re.IGNORECASE)
_BACK = timedelta(hours=1)
"""How far a clock may go back between two updates of one day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a page that is a report of its own: its title, the words of its time, its address and its text, each ""
    where it has none."""

    text: str
    title: str = ""
    published: str = ""
    url: str = ""
    author: str = ""


def is_live(title: str, url: str) -> bool:
    """Whether a page says by its title or its address that it is a live one."""
    return bool(_LIVE.search(title) or re.search(r"/live(?:blog)?[/-]|[-/]live(?:$|[-./])", url))


def read_updates(nodes: list[dict[str, Any]]) -> list[Piece]:
    """The updates that a page's JSON-LD holds (schema.org LiveBlogPosting)."""
    pieces = []
    for node in nodes:
        updates = node.get("liveBlogUpdate")
        for update in (updates if isinstance(updates, list) else [updates])[:MOST]:
            if isinstance(update, dict) and isinstance(update.get("articleBody"), str):
                words = {key: value for key, value in update.items() if isinstance(value, str)}
                text = text_of_html(words["articleBody"])[0]
                published = words.get("datePublished") or words.get("dateCreated") or words.get("dateModified", "")
                title = clean_line(words.get("headline", ""))
                pieces.append(Piece(text=text, title=title, published=published, url=words.get("url", "")))
    return [piece for piece in pieces if piece.text]


def find_updates(tree: HtmlElement) -> list[HtmlElement]:
    """The elements of a page that are updates, by what they are called, else by their times: siblings of one kind,
    each with a time of its own. None lies in another."""
    called = [e for e in tree.iter("article", "section", "div", "li") if _is_called_update(e)]
    outer = _drop_nested(called)
    if len(outer) >= FEWEST:
        return outer[:MOST]
    times = list(tree.iter("time"))[:MOST]
    held = Counter(ancestor for time in times for ancestor in time.iterancestors())
    parents: dict[Any, list[HtmlElement]] = {}
    for time in times:
        element = time
        # As high as no other time lies in the element.
        while (parent := element.getparent()) is not None and held[parent] == 1:
            element = parent
        told = element.tag in ("article", "section", "div", "li") and len(" ".join(element.itertext())) >= MIN_UPDATE
        if time.get("datetime") and told:
            parents.setdefault(element.getparent(), []).append(element)
    alike = [some for some in parents.values() if len(some) >= FEWEST and len({e.tag for e in some}) == 1]
    return max(alike, key=len, default=[])[:MOST]


def is_called_live(tree: HtmlElement) -> bool:
    """Whether a page has parts that are called updates."""
    return sum(_is_called_update(e) for e in tree.iter("article", "section", "div", "li")) >= FEWEST


def _is_called_update(element: HtmlElement) -> bool:
    marks = (element.get("class"), element.get("itemprop"), element.get("data-type"), element.get("data-component"))
    return bool(_UPDATE.search(" ".join(filter(None, marks))))


def _drop_nested(elements: list[HtmlElement]) -> list[HtmlElement]:
    known = set(elements)
    return [e for e in elements if not any(ancestor in known for ancestor in e.iterancestors())]


def read_piece(element: HtmlElement, base: str) -> Piece:
    """What an element that is a report of its own says: its heading, time, address and the text below them."""
    from copy import deepcopy

    from sayso.read.furniture import find_byline
    from sayso.read.markup import resolve_links

    whole = deepcopy(element)
    whole.tail = None
    heading = next(whole.iter("h1", "h2", "h3", "h4"), None)
    title = clean_line(" ".join(heading.itertext())) if heading is not None else ""
    times = [time for time in whole.iter("time") if time.get("datetime")]
    published = times[0].get("datetime", "").strip() if times else ""
    links = [] if heading is None else [a.get("href", "") for a in heading.iter("a") if a.get("href")]
    if not links and element.get("id"):
        links = [f"#{element.get('id')}"]
    url = next(iter(resolve_links(iter(links), base)), "") if base or links[:1] != [f"#{element.get('id')}"] else ""
    for part in [*([heading] if heading is not None else []), *times[:1]]:
        if part is not whole and part.getparent() is not None:
            part.drop_tree()
    text = take_all(whole, base)[0]
    return Piece(text=text, title=title, published=published, url=url, author=find_byline(text))


def split_clocked(text: str) -> Iterator[tuple[str, Piece]]:
    """The pieces of a text whose paragraphs begin with times of day, each after its time; nothing where too few do."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    starts = [n for n, line in enumerate(lines) if _CLOCKED.match(line)]
    if len(starts) < FEWEST_CLOCKED or starts[0] > len(lines) / 3:
        return
    for at, until in zip(starts, [*starts[1:], len(lines)], strict=True):
        match = _CLOCKED.match(lines[at])
        rest = match["rest"].strip(" +*") if match else ""
        below = lines[at + 1 : until]
        titled = bool(below) and len(rest) <= SHORT_LINE and not rest.endswith((".", "”", '"'))
        body = clean_text("\n\n".join(below if titled else filter(None, [rest, *below])))
        if match and body:
            clock = lines[at][: match.start("rest")].strip(" +*-–—:|•")
            yield clock, Piece(text=body, title=rest if titled else "")


def date_clocks(clocks: list[str], published: str) -> list[str]:
    """The moments of times of day that follow each other, from the day on which the page was published; "" for each
    where that is not known. The newest stand first or last."""
    found = parse_published(published)
    if not found or not clocks:
        return [""] * len(clocks)
    begun = found[0]
    hours = [_read_clock(clock) for clock in clocks]
    # The order in which the clock goes over midnight less often; where both do, the newest stand first.
    falling = sum(b < a - _BACK for a, b in pairwise(hours[::-1])) <= sum(b < a - _BACK for a, b in pairwise(hours))
    day = begun.replace(hour=0, minute=0, second=0, microsecond=0)
    moments: list[datetime] = []
    for hour in reversed(hours) if falling else hours:
        if moments and day + hour < moments[-1] - _BACK:
            day += timedelta(days=1)
        moments.append(day + hour)
    return [moment.isoformat() for moment in (reversed(moments) if falling else moments)]


def _read_clock(clock: str) -> timedelta:
    match = re.match(_CLOCK, clock, re.IGNORECASE)
    if not match:
        return timedelta()
    hour = int(match["hour"]) % 24
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower().startswith("p") else 0)
    return timedelta(hours=hour, minutes=int(match["minute"]))


def take_clock(text: str) -> tuple[str, str]:
    """The time of day that a text begins with, and the text without it; "" and the text where it has none."""
    first, line_end, below = text.partition("\n")
    match = _CLOCKED.match(first)
    if not match:
        return "", text
    return first[: match.start("rest")].strip(" +*-–—:|•"), (match["rest"] + line_end + below).strip("\n ")
