"""Pages of several stories: fronts and archives with an article each, and round-ups with a heading each. Also the posts
that an article shows, which are reports of their own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
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
    r"|коротко|главное за|итоги дня|nachrichten im überblick|l'essentiel (?:de|du)|notizie in breve|em resumo"
    r"|kort nieuws|w skrócie|i korthet|resumen (?:de|del) (?:noticias|día)",
    re.IGNORECASE,
)
# A briefing may be what an official tells the press: what is only set apart in it by lines and bold words is one text.
_PRESS = re.compile(r"\b(?:press|media|background|situation|security|intelligence)\s+briefing\b", re.IGNORECASE)
MAX_LEAD = 80
"""Characters of a bold beginning of a story."""
_POST = re.compile(
    r"(?:^|\s)(?:twitter-(?:tweet|video)|instagram-media|tiktok-embed|mastodon-embed|bluesky-embed)(?:$|\s)"
)
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
    roundup = bool(_ROUNDUP.search(title))
    if roundup and len(outer) == 1:
        outer = [e for e in articles if e is not outer[0] and outer[0] in e.iterancestors()] or outer
    pieces = [read_piece(e, base) for e in outer[:MOST] if next(e.iter("h1", "h2", "h3", "h4"), None) is not None]
    longest = max((len(piece.text) for piece in pieces), default=0)
    pieces = [piece for piece in pieces if len(piece.text) >= max(MIN_STORY, SMALLEST * longest)]
    if len(pieces) >= FEWEST:
        return pieces
    if not roundup:
        return []
    return _find_sections(tree, base) or ([] if _PRESS.search(title) else _split_flow(tree, base))


def _find_sections(tree: HtmlElement, base: str) -> list[Piece]:
    """The parts of a page below its headings of one level, beside each other or each in a box of its own."""
    for tag in ("h2", "h3", "h4"):
        headings: dict[HtmlElement, list[HtmlElement]] = {}
        for heading in tree.iter(tag):
            if heading.getparent() is not None:
                headings.setdefault(heading.getparent(), []).append(heading)
        some = max(headings.values(), key=len, default=[])
        pieces = [piece for heading in some[:MOST] if len((piece := _read_section(heading, base)).text) >= MIN_SECTION]
        if len(pieces) >= FEWEST:
            return pieces
        pieces = [read_piece(box, base) for box in _list_boxes(list(tree.iter(tag))[:MOST])]
        pieces = [piece for piece in pieces if len(piece.text) >= MIN_SECTION]
        if len(pieces) >= FEWEST:
            return pieces
    return []


def _list_boxes(headings: list[HtmlElement]) -> list[HtmlElement]:
    """The elements around headings, each as high as no other of them lies in it; those that are of one kind and stand
    beside each other, or in rows beside each other."""
    held = Counter(ancestor for heading in headings for ancestor in heading.iterancestors())
    boxes = []
    for heading in headings:
        box = heading
        while (parent := box.getparent()) is not None and held[parent] == 1:
            box = parent
        if box is not heading:
            boxes.append(box)
    alike = Counter((box.getparent(), box.tag) for box in boxes)
    (most, _) = alike.most_common(1)[0] if alike else ((None, ""), 0)
    return [box for box in boxes if (box.getparent(), box.tag) == most]


def _split_flow(tree: HtmlElement, base: str) -> list[Piece]:
    """The stories of a round-up without headings: items of its longest list, or what begins with bold words or stands
    between lines in its longest run of paragraphs."""
    items = [[item for item in e if item.tag == "li"] for e in tree.iter("ul", "ol")]
    runs = [list(e) for e in tree.iter("article", "main", "section", "div", "body") if e.find("p") is not None]
    run = max(runs, key=_count_letters, default=[])
    longest = max(items, key=_count_letters, default=[])
    if _count_letters(longest) > _count_letters(run):
        groups = [[item] for item in longest]
    elif any(e.tag == "hr" for e in run):
        groups = _group(run, lambda e: e.tag == "hr")
    else:
        groups = _group(run, lambda e: bool(_find_lead(e)))[1:]
    pieces = [_read_group(group, base) for group in groups[:MOST]]
    pieces = [piece for piece in pieces if len(piece.text) >= MIN_SECTION]
    return pieces if len(pieces) >= FEWEST else []


def _count_letters(elements: list[HtmlElement]) -> int:
    return sum(len(clean_line(" ".join(e.itertext()))) for e in elements if e.tag in ("p", "li"))


def _group(elements: list[HtmlElement], begins: Callable[[HtmlElement], bool]) -> list[list[HtmlElement]]:
    """The elements in groups, of which each but the first begins where it is told."""
    groups: list[list[HtmlElement]] = [[]]
    for element in elements:
        if begins(element):
            groups.append([])
        if element.tag not in ("h1", "hr", "header", "footer", "aside", "nav"):
            groups[-1].append(element)
    return groups


def _find_lead(element: HtmlElement) -> str:
    """The bold words that a paragraph begins with; "" where it begins otherwise."""
    first = element[0] if element.tag == "p" and len(element) and not (element.text or "").strip() else None
    words = clean_line(" ".join(first.itertext())) if first is not None and first.tag in ("strong", "b") else ""
    return words if len(words) <= MAX_LEAD else ""


def _read_group(group: list[HtmlElement], base: str) -> Piece:
    from copy import deepcopy

    from lxml.html import Element

    box = Element("div")
    for element in group:
        box.append(deepcopy(element))
    lead = _find_lead(group[0]) if group else ""
    text = take_all(box, base)[0]
    # A lead that is a paragraph of its own is a title, as headings are.
    return Piece(text=text.removeprefix(lead).lstrip(" .:\n") if lead else text, title=lead.rstrip(".: "))


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
