"""Pages of several stories: fronts and archives with an article each, and round-ups with a heading each. Also the posts
that an article shows, which are reports of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sayso.read.cleanings import clean_line
from sayso.read.live_pages import Piece, read_piece
from sayso.read.markup import take_all

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FEWEST = 2
MIN_STORY = 120
"""Characters of the text of a story; what is shorter only leads to one."""
MIN_SECTION = 60
"""The same below a heading of a round-up."""
SMALLEST = 0.1
"""How long the shortest story is beside the longest."""
MOST = 200
_READERS = re.compile(r"(?:^|[\s_-])(?:comments?|related|teaser|promo|recommend\w*|sidebar)(?:$|[\s_-])", re.IGNORECASE)
_ROUNDUP = re.compile(
    r"\bin brief\b|\bround-?up\b|\bdigest\b|\bbriefing\b|\bbriefs\b|\bnewsletter\b|\bat a glance\b|\btop stories\b"
    r"|kurz gemeldet|kurznachrichten|nachrichtenüberblick|\ben bref\b|\bbrèves\b|\ben breve\b|\bin breve\b|дайджест"
    r"|коротко",
    re.IGNORECASE,
)
_POST = re.compile(
    r"(?:^|\s)(?:twitter-(?:tweet|video)|instagram-media|tiktok-embed|mastodon-embed|bluesky-embed)(?:$|\s)"
)
_HANDLE = re.compile(r"\((@[\w.@-]{1,60})\)")
_CREDIT = re.compile(r"[—–-]\s*(?P<name>[^()—–]{1,80}?)\s*\((?P<handle>@[\w.@-]{1,60})\)")


def find_stories(tree: HtmlElement, title: str, base: str) -> list[Piece]:
    """The stories of a page that has several: articles beside each other, or sections of a round-up; nothing for other
    pages."""
    articles = [e for e in tree.iter("article") if not _READERS.search(f"{e.get('class') or ''} {e.get('id') or ''}")]
    outer = [e for e in articles if not any(a.tag in ("article", "aside") for a in e.iterancestors())]
    if any(next(e.iter("h1"), None) is not None for e in outer) and not all(
        next(e.iter("h1"), None) is not None for e in outer
    ):
        outer = []  # One of them is the page's own, the others lead to more.
    pieces = [read_piece(e, base) for e in outer[:MOST] if next(e.iter("h1", "h2", "h3", "h4"), None) is not None]
    longest = max((len(piece.text) for piece in pieces), default=0)
    pieces = [piece for piece in pieces if len(piece.text) >= max(MIN_STORY, SMALLEST * longest)]
    if len(pieces) >= FEWEST:
        return pieces
    return _find_sections(tree, base) if _ROUNDUP.search(title) else []


def _find_sections(tree: HtmlElement, base: str) -> list[Piece]:
    """The parts of a page below its headings of one level."""
    for tag in ("h2", "h3"):
        headings: dict[HtmlElement, list[HtmlElement]] = {}
        for heading in tree.iter(tag):
            if heading.getparent() is not None:
                headings.setdefault(heading.getparent(), []).append(heading)
        some = max(headings.values(), key=len, default=[])
        pieces = [piece for heading in some[:MOST] if len((piece := _read_section(heading, base)).text) >= MIN_SECTION]
        if len(pieces) >= FEWEST:
            return pieces
    return []


def _read_section(heading: HtmlElement, base: str) -> Piece:
    """The text between a heading and the next of its level."""
    from copy import deepcopy

    from lxml.html import Element

    box = Element("div")
    for sibling in heading.itersiblings():
        if sibling.tag == heading.tag or sibling.tag in ("h1", "h2", "footer", "aside"):
            break
        box.append(deepcopy(sibling))
    return Piece(text=take_all(box, base)[0], title=clean_line(" ".join(heading.itertext())))


def take_posts(tree: HtmlElement) -> list[Piece]:
    """The posts that an article shows, taken out of it: each is of who posted it, by the name that stands below it."""
    posts = []
    for element in [e for e in tree.iter("blockquote") if _POST.search(e.get("class") or "")]:
        words = clean_line(" ".join(element.itertext()))
        texts = [clean_line(" ".join(p.itertext())) for p in element.iter("p")]
        text = "\n\n".join(t for t in texts if t and not _CREDIT.search(t)) or words[: _end_of_post(words)]
        links = [a for a in element.iter("a") if (a.get("href") or "").startswith(("http://", "https://"))]
        credit = _CREDIT.search(words)
        address = element.get("cite") or (links[-1].get("href", "") if links else "")
        day = clean_line(" ".join(links[-1].itertext())) if links else ""
        name = f"{credit['name']} ({credit['handle']})" if credit else ""
        if text:
            posts.append(Piece(text=text, published=day, url=address, author=name))
        element.drop_tree()
    return posts


def _end_of_post(words: str) -> int:
    credit = _CREDIT.search(words)
    return credit.start() if credit else len(words)
