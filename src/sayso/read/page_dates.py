"""When a page was published, by what it shows: time elements, elements that are called dates, lines below its heading.

What stands near the heading counts before what stands elsewhere, what is named as published before what is not. Days
on which the page was changed, those of other pages, of readers and of today are no days of publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from lxml.html import HtmlElement

from sayso.read.dates import parse_published
from sayso.tables import load_toml

MAX_DATELINE = 120
"""Characters of a line with a date."""
MAX_LABEL = 40
"""Characters of a line that only says what kind of day stands beside it."""
MAX_ELEMENTS = 20_000
"""Elements of a page that are looked at."""
MAX_STATEMENTS = 200
"""Elements of a page that hold dates."""
MAX_NEAR = 2
"""Different days in elements of one kind near the heading: of publication, and of a change that is not called one."""
MAX_PARTS = 12
"""Elements in an element that is a line."""
LONG_PARAGRAPHS = 2
"""Paragraphs below the heading before the second of which its date line stands: the first may be a summary."""
FIRST, PUBLISHED, UNNAMED, CHANGED = range(4)
"""What kind of day words tell of, the surest first: of first publication, of publication, of no kind, of a change."""

_LINE_TAGS = frozenset(
    "span div p li small time em i td dd h2 h3 h4 strong b summary details abbr a address font aside".split()
)
_TIME_TAG = re.compile(r"time|date|moment", re.IGNORECASE)
_VALUES = (
    *("datetime", "content", "data-datetime", "data-date", "data-published", "data-publish-date", "data-pubdate"),
    *("data-timestamp", "data-time", "data-epoch", "data-utc", "data-source", "title"),
)
"""Attributes in which the moment of an element stands as programs write it."""
_PUBLISHED_MARK = re.compile(
    r"(?:^|[\s_:-])pub(?:date|time|lish(?:ed)?)?(?:$|[\s_-])|publish|\bentry-date\b", re.IGNORECASE
)
_CHANGED_MARK = re.compile(r"updat|modif|edited|corrected|revis", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MARK = re.compile(r"[\s_-]+")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"\d{4}")
# A line that tells of a day: with a verb, or a preposition before the day.
_TOLD = re.compile(
    r"\b(?:was|were|is|are|has|have|had|said|will)\b"
    r"|\b(?:of|on|in|since|from|until|to|for|before|after|vom|von|seit|du|del|de|dal|od|z|с|от|до)\s(?:the\s)?(?:\w+\s)?\d",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"(?<!\d)(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)")
_URL_DAYS = (
    re.compile(r"[/_-](?P<y>20\d{2}|19\d{2})[/-](?P<m>\d{1,2}|[a-z]{3})[/-](?P<d>\d{1,2})(?=[/_.-]|$)"),
    re.compile(r"[/_-](?P<y>20\d{2}|19\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?=[/_.-]|$)"),
)


@dataclass(frozen=True, slots=True)
class Statement:
    """What a page shows of a day: its words, how sure those are (see `FIRST`), whether it stands near the heading,
    whether its element is one of times or called a date, whether a program wrote it, and what its element is called."""

    words: str
    sureness: int
    near: bool
    marked: bool
    exact: bool
    place: str


def list_dates(tree: HtmlElement) -> Iterator[str]:
    """The words of the days on which a page may have been published, the likeliest first."""
    found = _find_statements(tree)
    # Several days of one kind are those of a list of other texts.
    days: dict[str, set[str]] = {}
    for s in found:
        days.setdefault(s.place, set()).add(s.words[:10])
    found = [s for s in found if len(days[s.place]) <= (MAX_NEAR if s.near else 1) or s.sureness < UNNAMED]
    named = [s for s in found if s.sureness < UNNAMED]
    yield from (s.words for s in sorted(named, key=lambda s: (not s.near, s.sureness, not s.exact)))
    unnamed = [s for s in found if s.sureness == UNNAMED and (s.near or s.marked)]
    yield from (s.words for s in sorted(unnamed, key=lambda s: (not s.near, not s.marked, not s.exact)))


def _find_statements(tree: HtmlElement) -> list[Statement]:
    heading = _find_heading(tree)
    around = list(heading.iterancestors()) if heading is not None else []
    # Some themes set the day above the heading, in the same box.
    boxes = [*around[:1], *(e for e in around[1:2] if e.tag in ("header", "article", "main", "section"))]
    below, long = False, 0
    found: list[Statement] = []
    for element in islice(tree.iter(), MAX_ELEMENTS):
        if not isinstance(element.tag, str):
            continue
        if element is heading:
            below = True
        elif below and element.tag == "p" and len(_words(element)) > MAX_DATELINE:
            long += 1
        above = not below and element not in around and any(e in boxes for e in islice(element.iterancestors(), 2))
        near = (below and long < LONG_PARAGRAPHS) or above
        statement = _read_statement(element, near=near, lined=below and not long, around=around)
        if statement:
            found.append(statement)
        if len(found) >= MAX_STATEMENTS:
            break
    return found


def _find_heading(tree: HtmlElement) -> HtmlElement | None:
    """The heading of a page's text: the only first one, else the first in the only article."""
    headings = list(tree.iter("h1"))
    if len(headings) == 1:
        return headings[0]
    articles = list(tree.iter("article"))
    return next(articles[0].iter("h1", "h2", "h3"), None) if len(articles) == 1 else None


def _read_statement(element: HtmlElement, *, near: bool, lined: bool, around: list[HtmlElement]) -> Statement | None:
    """What an element says of a day; `lined`, where a line counts that is not called a date."""
    timed = bool(_TIME_TAG.search(element.tag))
    called = name_element(element)
    marked = timed or (element.tag in _LINE_TAGS and bool(called & load_words("marks")))
    if not marked and not (lined and element.tag in _LINE_TAGS):
        return None
    said = [name for name in element.attrib if "publish" in name] if marked else []
    values = [value.strip() for name in (*said, *_VALUES) if marked and (value := element.get(name))]
    value = next((value for value in values if parse_published(value)), "")
    words = _words(element) if len(element) <= MAX_PARTS else ""
    words = words if len(words) <= MAX_DATELINE else ""
    if (not value and not _YEAR.search(words)) or _is_elsewhere(element, around):
        return None
    sureness, stated = judge_words(f"{_label(element)} {words}", value)
    kind = _judge_marks(element)
    if not stated or kind == CHANGED:
        return None
    sureness = min(sureness, kind)
    if sureness == UNNAMED and not marked and _TOLD.search(stated):
        return None
    return Statement(stated, sureness, near, marked, bool(value), f"{element.tag} {' '.join(sorted(called))}")


def judge_words(words: str, value: str = "") -> tuple[int, str]:
    """What kind of day a line tells of, and the part of it that names the day, "" where it tells of a change only. Of
    an element with a `value` made by a program, that is what names the day."""
    parts = split_statements(words)
    if value:
        kind = min((kind for kind, _ in parts), default=UNNAMED)
        return kind, "" if kind == CHANGED else value
    dated = [(kind, part) for kind, part in parts if kind != CHANGED and _DIGIT.search(part)]
    return min(dated, key=lambda pair: pair[0], default=(UNNAMED, ""))


def split_statements(words: str) -> list[tuple[int, str]]:
    """A line in the parts that tell of one day each, with its kind ("Published 3 May, updated 4 May")."""
    cuts = [(match.start(), _kind_of(match)) for match in _compile_kinds().finditer(words)]
    starts = [(0, UNNAMED), *cuts]
    ends = [start for start, _ in cuts] + [len(words)]
    parts = [(kind, words[start:end].strip(" |•·,;–—-(")) for (start, kind), end in zip(starts, ends, strict=True)]
    # "First published" is one statement, and "(updated)" without a day of its own belongs to none.
    joined: list[tuple[int, str]] = []
    before = UNNAMED
    for kind, part in parts:
        if _DIGIT.search(part):
            joined.append((kind if kind == CHANGED else min(kind, before), part))
            before = UNNAMED
        else:
            before = min(kind, before)
    return joined or [(kind, part) for kind, part in parts if part and kind != UNNAMED]


def _kind_of(match: re.Match[str]) -> int:
    return FIRST if match["first"] else CHANGED if match["changed"] else PUBLISHED


def _judge_marks(element: HtmlElement) -> int:
    """What kind of day an element holds by what it and the one around it are called."""
    for some in (element, *islice(element.iterancestors(), 1)):
        marks = marks_of(some)
        said = " ".join(some.attrib) if some is element else ""
        if some.get("pubdate") is not None or "publish" in said or _PUBLISHED_MARK.search(marks):
            return PUBLISHED
        if _CHANGED_MARK.search(marks):
            return CHANGED
    return UNNAMED


def _is_elsewhere(element: HtmlElement, around: list[HtmlElement]) -> bool:
    """Whether an element is of another text, of a reader, of the site, of what is to happen, or inside a paragraph.
    What holds the heading is of the page."""
    for some in (element, *element.iterancestors()):
        if some in around or some.tag in ("main", "body"):
            return False
        if some.tag == "article":
            return any(e.tag == "article" for e in around)
        names = name_element(some)
        if some.tag in ("nav", "footer", "form", "noscript", "template") or names & load_words("elsewhere"):
            return True
        if some.tag in ("aside", "header") and not names & load_words("marks"):
            return True
        if some.tag == "p" and some is not element and len(_words(some)) > MAX_DATELINE:
            return True
    return False


def _label(element: HtmlElement) -> str:
    """The short words without figures before an element or its parent that say what kind of day it holds; "" where
    there are none."""
    some: HtmlElement | None = element
    for _ in range(2):
        if some is None:
            return ""
        before, parent = some.getprevious(), some.getparent()
        words = (
            f"{_words(before)} {before.tail or ''}"
            if before is not None
            else (parent is not None and parent.text) or ""
        )
        if words.strip():
            told = len(words) <= MAX_LABEL and not _DIGIT.search(words) and _compile_kinds().search(words)
            return " ".join(words.split()) if told else ""
        some = parent
    return ""


def date_address(path: str) -> str:
    """The day that the path of an address names; "" without one."""
    for pattern in _URL_DAYS:
        for match in pattern.finditer(path.lower()):
            words = f"{match['d']} {match['m']} {match['y']}"
            if match["m"].isdigit():
                words = f"{match['y']}-{int(match['m']):02}-{int(match['d']):02}"
            if parse_published(words):
                return words
    return ""


def order_figures(words: str, language: str) -> str:
    """Words in which the day stands before the month in figures, as the `language` of their page writes them, with the
    year first; as they are for other languages."""
    base, _, land = language.strip().lower().replace("_", "-").partition("-")
    if base in load_words("day_first") or (base == "en" and land in load_words("day_first_lands")):
        return _FIGURES.sub(lambda m: f"{m[4]}-{int(m[3]):02}-{int(m[1]):02}", words, count=1)
    return words


def _words(element: HtmlElement) -> str:
    """The words of an element that is no longer than a few lines; others cut short."""
    return " ".join(" ".join(islice(element.itertext(), 40)).split())[: 3 * MAX_DATELINE]


def marks_of(element: HtmlElement | None) -> str:
    """What an element is called: its classes, id and properties."""
    if element is None:
        return ""
    return " ".join(filter(None, (element.get(name) for name in ("class", "id", "itemprop", "property"))))


def name_element(element: HtmlElement) -> frozenset[str]:
    """What an element is called, each name whole and in its words."""
    marks = marks_of(element)
    if not marks:
        return frozenset()
    whole = _CAMEL.sub("-", marks[:500]).lower().split()
    return frozenset([*whole, *(word for name in whole for word in _MARK.split(name))])


@cache
def load_words(kind: str) -> frozenset[str]:
    """The words of one kind of the table."""
    return frozenset(load_toml("page_dates.toml")[kind].split())


@cache
def list_metas() -> tuple[str, ...]:
    """The names of meta elements that hold days of publication, the surest first."""
    return tuple(load_toml("page_dates.toml")["metas"].split())


@cache
def _compile_kinds() -> re.Pattern[str]:
    table = load_toml("page_dates.toml")
    kinds = []
    for kind in ("changed", "first", "published"):
        phrases = [p.strip() for line in table[kind].split("\n") for p in line.split("|") if p.strip()]
        # Scripts without spaces have no ends of words.
        told = "|".join(
            re.escape(p) if ord(p[0]) > 0x2E80 else rf"\b{re.escape(p)}" for p in sorted(phrases, key=len)[::-1]
        )
        kinds.append(f"(?P<{kind}>{told})")
    return re.compile("|".join(kinds), re.IGNORECASE)
