"""What a page says of its article beside it: what was corrected in it, that it is satire, that not all may read it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sayso.read.cleanings import clean_line
from sayso.read.linked_data import kinds_of, list_nodes, string_of
from sayso.read.page_dates import name_element
from sayso.read.page_facts import read_metas
from sayso.tables import load_toml

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_NOTE = 1_500
"""Characters of a note."""
MIN_NOTE = 20
MAX_LABEL = 60
MAX_WALL = 600
"""Characters of what stands before the rest of a text that only subscribers may read."""
_LABEL_KEYS = ("articleSection", "genre", "keywords", "additionalType")
_LABEL_META = ("article:section", "article:tag", "section", "genre", "keywords", "news_keywords", "parsely-section")
_ENGLISH = re.compile(r"(?:.*[/#])?\s*(?:satire|satirical|satiricalarticle|parody)\b[\w ]*", re.IGNORECASE)
SATIRE = "Satire"
"""How satire is marked that says so in another language or in a sentence."""


def list_notes(tree: HtmlElement, address: str, title: str) -> list[str]:
    """What a page says of its article beside it: what was corrected in it, and that it is satire."""
    nodes = list_nodes(tree)
    # What is only in the page's head would be lost, and with it that nothing on the page is told for so.
    labels = find_labels(tree, nodes, address, title)[:1]
    return [*dict.fromkeys(find_corrections(tree, nodes)), *(f"Marked as: {label}" for label in labels)]


def find_corrections(tree: HtmlElement, nodes: Sequence[dict[str, Any]] = ()) -> Iterator[str]:
    """The notes of a page that say what was corrected in it, wherever they stand: by their words, by what their element
    is called, or in its JSON-LD."""
    whole: list[HtmlElement] = []
    for element in tree.iter("p", "div", "li", "aside", "footer", "em", "small", "span", "section", "details"):
        words = clean_line(" ".join(" ".join(element.itertext()).split())[: MAX_NOTE + 1])
        if not MIN_NOTE < len(words) <= MAX_NOTE or any(e in whole for e in element.iterancestors()):
            continue
        if name_element(element) & load_words("note_marks"):
            whole.append(element)
            yield words
        elif element.find("p") is None and element.find("div") is None and says_corrected(words):
            yield words
    for node in nodes:
        notes = node.get("correction")
        for note in notes if isinstance(notes, list) else [notes]:
            words = string_of(note.get("text")) if isinstance(note, dict) else string_of(note)
            if MIN_NOTE < len(words) <= MAX_NOTE:
                yield words if says_corrected(words) else f"Correction: {clean_line(words)}"


def says_corrected(words: str) -> bool:
    """Whether words begin as a note of a correction does, or speak in their beginning of a version that was changed."""
    return _corrected().search(words[:300]) is not None


def find_labels(
    tree: HtmlElement, nodes: Sequence[dict[str, Any]] = (), address: str = "", title: str = ""
) -> list[str]:
    """What a page says that it is besides news, where that tells of satire: in its machine-readable facts the name of
    its kind, its section, genre or keyword; its address, a label above its title or in its path; a note of the site."""
    said = [words for node in nodes for key in _LABEL_KEYS for words in _strings(node.get(key))]
    said += [words for node in nodes for words in kinds_of(node).split()]
    metas = read_metas(tree)
    said += [words for name in _LABEL_META for words in re.split(r"[,;|]", metas.get(name, ""))]
    said += urlsplit(address).path.split("/")[:-1] if address else []
    said += [part for part in re.split(r"\s?[:|–—]\s", title)[:-1] if " " not in part.strip()]
    said += _list_labels(tree)
    found = [words.strip() for words in said if len(words) < MAX_LABEL and _compile("labels").fullmatch(words.strip())]
    labels = [words if _ENGLISH.fullmatch(words) else SATIRE for words in found]
    return list(dict.fromkeys([*labels, *(SATIRE for _ in _list_site_notes(tree))]))


def _list_labels(tree: HtmlElement) -> Iterator[str]:
    """The short words of a page that are called a label, a section or a part of the path to it."""
    for element in tree.iter("span", "div", "a", "li", "p", "strong"):
        around = [element, element.getparent(), *(element.iterancestors("nav") if element.tag == "a" else ())]
        if len(element) < 2 and any(e is not None and name_element(e) & load_words("label_marks") for e in around):
            yield clean_line(" ".join(element.itertext()))[:MAX_LABEL]


def _list_site_notes(tree: HtmlElement) -> Iterator[str]:
    """The sentences at the foot of a page by which its site says that it is one of satire."""
    for element in tree.iter("p", "div", "small", "li", "footer", "span", "em"):
        foot = [element, *element.iterancestors()]
        words = clean_line(element.text or "")
        if len(words) > MIN_NOTE and any(e.tag == "footer" or name_element(e) & load_words("foot_marks") for e in foot):
            yield from (words for _ in _compile("site_notes").finditer(words[:MAX_NOTE]))


def is_paid(tree: HtmlElement) -> bool:
    """Whether a page says in its machine-readable facts that only subscribers may read all of it."""
    tier = read_metas(tree).get("article:content_tier", "").casefold()
    return tier in ("locked", "metered") or any(_is_closed(node) for node in list_nodes(tree))


def _is_closed(node: dict[str, Any]) -> bool:
    parts = node.get("hasPart")
    some = [node, *(part for part in (parts if isinstance(parts, list) else [parts])[:20] if isinstance(part, dict))]
    return any(str(part.get("isAccessibleForFree")).casefold() in ("false", "http://schema.org/false") for part in some)


def drop_walls(tree: HtmlElement) -> bool:
    """Take out of a page what stands before the rest of its text where only subscribers may read that; whether there
    was such. What is called so and is long is the text itself."""
    walls = [e for e in tree.iter("div", "section", "aside", "form") if name_element(e) & load_words("walls")]
    found = False
    for wall in walls:
        words = " ".join(" ".join(wall.itertext()).split())
        if wall.getparent() is not None and 0 < len(words) <= MAX_WALL and _compile("offers").search(words):
            found = True
            wall.drop_tree()
    return found


def _strings(value: Any) -> list[str]:
    """The words of a value of JSON-LD, or of each of a list of them."""
    return [string_of(each) for each in (value if isinstance(value, list) else [value])[:20]]


@cache
def load_words(kind: str) -> frozenset[str]:
    """The words of one kind of the table."""
    return frozenset(load_toml("page_notes.toml")[kind].split())


@cache
def _compile(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(load_toml("page_notes.toml")[kind]), re.IGNORECASE)


@cache
def _corrected() -> re.Pattern[str]:
    heads = "|".join(load_toml("page_notes.toml")["note_heads"])
    return re.compile(rf"^(?:{heads})(?!\w)[^:]{{0,60}}:|{_compile('note_phrases').pattern}", re.IGNORECASE)
