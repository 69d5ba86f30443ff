"""HTML pages: the article's text and links by trafilatura, its facts by `page_facts`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sayso.read.cleanings import clean_line, clean_text
from sayso.read.encodings import decode_bytes
from sayso.read.furniture import MAX_LINE, drop_furniture, find_byline, has_word, load_lines
from sayso.read.languages import detect_language
from sayso.read.markup import join_text, parse_html, resolve_links, take_all
from sayso.read.reports import Content, Facts, make_report
from sayso.record import Problem, Report

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SHORT_TEXT = 250
"""Characters below which the slower, more thorough extraction is tried as well."""
STUB_TEXT = 600
"""Characters below which the text of an article that is not for everybody is no more than its beginning."""
LAST_LINES = 8
"""Lines at the end of a text among which it may be kept for subscribers."""
MIN_SURE_TEXT = 200
"""Characters from which the text itself says better than the page's lang attribute what language it is in."""

MAX_ELEMENTS = 20_000
"""Elements of a page beyond which it is taken whole: the extraction of the article takes the square of them, a second
or two at this many and minutes at ten times as many. Articles have one to five thousand."""

_CHARSET = re.compile(
    rb"<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w.:-]{2,40})", re.IGNORECASE
)
_COMMENTS = re.compile(r"(?:^|[\s_-])(?:comments?|disqus|respond)(?:$|[\s_-])", re.IGNORECASE)
_BLOCKS = {"p", "head", "quote", "list", "table", "code", "div", "section"}
_LINES = {"item", "row", "lb"}


def read_page(content: Content) -> Iterator[Report | Problem]:
    """The report of an HTML page, its text cleaned, and those of its parts that are reports of their own: updates of a
    live page, stories of a round-up, posts. A problem where there is no text to be had from it."""
    declared = _CHARSET.search(content.content[:4096])
    text = decode_bytes(content.content, content.charset or (declared[1].decode("ascii") if declared else ""))
    if text is None:
        yield _refuse(content, "not text in any known encoding; save the page again as UTF-8")
        return
    tree = parse_html(text)
    if tree is None:
        yield _refuse(content, "not a readable HTML page; open it in a browser and save it again")
        return
    from sayso.read.chat_pages import list_messages, read_messages
    from sayso.read.page_facts import find_facts
    from sayso.read.page_notes import drop_walls, is_paid, list_notes
    from sayso.read.page_parts import facts_of_piece, is_live_page, split_body, take_parts
    from sayso.read.page_tables import flatten_tables, name_tables
    from sayso.read.roundups import take_posts
    from sayso.read.sites import find_saved_from

    if any(True for _ in list_messages(tree)):
        messages = list(read_messages(tree, content))
        yield from messages
        if not messages:
            yield _refuse(content, "a saved chat without a message of words; save it again with its messages")
        return
    facts = replace(find_facts(tree, content.url or find_saved_from(text)), file=content.name)
    notes = list_notes(tree, facts.url, facts.title)
    walled = drop_walls(tree) or is_paid(tree)
    name_tables(tree)
    flatten_tables(tree)
    posts = take_posts(tree)
    parts, rest = take_parts(tree, facts, content.url)
    found = False
    if rest or not parts:
        body, links = extract_text(tree, facts.url or content.url)
        body, paid = drop_paid(_drop_title(body, facts.title))
        clocked = split_body(body, facts) if not parts and is_live_page(tree, facts) else []
        parts += clocked
        facts = replace(facts, author=facts.author or find_byline(body))
        body = drop_furniture(body)
        if body and not clocked and (not parts or len(body) >= MIN_SURE_TEXT):
            links = (*links, *(post.url for post in posts))
            yield _make(_add_notes(body, notes), replace(facts, links=links), content)
            found = True
            if is_stub(body, paid=paid or walled):
                message = "a stub: the page keeps the rest for subscribers; save the whole text as a subscriber"
                yield _refuse(content, message)
    for number, part in enumerate(parts):
        found = True
        yield _make(_add_notes(part.text, [] if number else notes), facts_of_piece(part, facts), content)
    for post in posts:
        made = Facts(outlet=post.author, author=post.author, published=post.published, url=post.url)
        yield _make(post.text, made, content)
    if not found:
        yield _refuse(content, "no article text found in the page; open it in a browser and save its text")


def _make(text: str, facts: Facts, content: Content) -> Report:
    """The report of a text of a page, its language that of the words where there are enough of them."""
    language = detect_language(text, min_score=0.8) if len(text) >= MIN_SURE_TEXT else ""
    facts = replace(facts, author=facts.author or find_byline(text), language=language or facts.language)
    return make_report(text, facts, raw=content.sha256, retrieved=content.retrieved)


def extract_text(tree: HtmlElement, base: str) -> tuple[str, tuple[str, ...]]:
    """The cleaned text of the article in a page, paragraphs apart by blank lines, and the links in it."""
    import logging
    from copy import deepcopy

    from trafilatura import bare_extraction

    if sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
        articles = list(tree.iter("article", "main"))
        return take_all(articles[0] if len(articles) == 1 else tree, base)
    # What it has to say of a page is said by the problem.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    best = ""
    links: tuple[str, ...] = ()
    for fast in (True, False):
        found: Any = bare_extraction(
            deepcopy(tree), fast=fast, include_links=True, include_comments=False, with_metadata=False
        )
        if found is not None and found.body is not None:
            text = clean_text(join_text(found.body, _BLOCKS, _LINES, {"cell"}))
            if len(text) > len(best):
                best = text
                links = resolve_links((ref.get("target", "") for ref in found.body.iter("ref")), base)
        if len(best) >= SHORT_TEXT:
            break
    # A text too short for it comes back as one paragraph, headline, byline and all.
    heading = next((clean_line(" ".join(h.itertext())) for h in tree.iter("h1")), "")
    flat = "\n" not in best and (len(best) < SHORT_TEXT or bool(heading and best.startswith(f"{heading} ")))
    if best and not (flat and sum(1 for _ in tree.iter("p", "h2", "h3", "li")) > 1):
        return best, links
    whole = deepcopy(tree)
    for litter in [
        e for e in whole.iter("aside", "section", "div", "ol", "ul") if e.tag == "aside" or _is_of_readers(e)
    ]:
        litter.drop_tree()
    articles = list(whole.iter("article", "main"))
    return take_all(articles[0] if len(articles) == 1 else whole, base)


def is_stub(body: str, *, paid: bool) -> bool:
    """Whether a page has only the beginning of its article: it says that not all may read it, and its text is short or
    breaks off."""
    return paid and (len(body) < STUB_TEXT or body.endswith(("...", "…")))


def drop_paid(body: str) -> tuple[str, bool]:
    """A text without the lines at its end that keep the rest for subscribers, and whether it had such."""
    lines = body.split("\n")
    first = max(1, len(lines) - LAST_LINES)
    kept = [line for n, line in enumerate(lines) if n < first or not is_paid_line(line)]
    return "\n".join(kept).rstrip("\n"), len(kept) < len(lines)


def is_paid_line(line: str) -> bool:
    """Whether a line keeps the rest of a text for those who pay or sign in."""
    folded = line.casefold().replace("’", "'")
    # Reports tell of walls as well.
    told = has_word(line, "said says told according")
    return len(line) <= MAX_LINE and not told and any(phrase and phrase in folded for phrase in load_lines("paid"))


def _is_of_readers(element: Any) -> bool:
    """Whether an element holds the comments of readers."""
    return bool(_COMMENTS.search(f"{element.get('class') or ''} {element.get('id') or ''}"))


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
