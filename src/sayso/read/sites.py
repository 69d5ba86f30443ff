"""What a page calls its site where no element is there to say it: its title's end, its logo, its link home, its rights.

The end of a title is the site's name only where it recurs in one of those: "Ferry sinks - Live" is not from "Live".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from sayso.read.cleanings import clean_line
from sayso.read.mastheads import is_label, is_name, match_copyright, squeeze, title_words
from sayso.who.outlets import find_outlet, is_masthead

MAX_NAME = 60
MAX_SITE_MARKS = 200
"""Names of the site in a page that are looked at."""

_CUT = re.compile(r"\s+[|•·–—»«:/-]+\s+|\s*[|•·»«]\s*|:\s")
_LOGO = re.compile(r"logo|brand|masthead|site-?(?:name|title)", re.IGNORECASE)
_LOGO_WORDS = re.compile(
    r"^(?:logo (?:of |for )?|link to |go to |back to )|[\s-]+(?:logo|home ?page|home|front page)$", re.IGNORECASE
)
_SAVED = re.compile(
    r"<!--\s{0,9}(?:saved from url=\(\d{1,6}\)\s?|Page saved with SingleFile\s{1,9}url:\s?)(https?://[^\s<>\"]{4,2000})",
    re.IGNORECASE,
)


def find_saved_from(text: str) -> str:
    """The address that a browser wrote into a page that it saved; "" for others."""
    match = _SAVED.search(text, 0, 8_192)
    return match[1] if match else ""


def find_site(tree: HtmlElement, named: Sequence[str], url: str) -> str:
    """The name of a page's site: an end of its title that recurs, else what the page names as its site or organisation,
    or what its logo or its link home names where that is made as outlets' names are; "" where none of these tells.
    `named` are the names of its machine-readable sites and organisations."""
    marks = [clean_line(words) for _, words in zip(range(MAX_SITE_MARKS), _list_marks(tree), strict=False)]
    said = {_fold(words) for words in (*marks, *named) if words}
    host = squeeze(_host(url))
    for part in _title_ends(tree):
        folded = _fold(part)
        if folded in said or (len(folded) > 4 and folded in host) or (find_outlet(part) and not is_label(part)):
            return part
    names = {words for words in named if words and len(words) <= MAX_NAME}
    if len(names) == 1:
        return clean_line(names.pop())
    sure = (w for w in marks if is_name(w) and (find_outlet(w) or is_masthead(title_words(w)) or _fold(w) in host))
    return next((words for words in sure if len(_fold(words)) > 2), "")


def drop_site(title: str, outlet: str) -> str:
    """A title without the name of its outlet at its end."""
    cuts = list(_CUT.finditer(title))
    if not outlet or not cuts or _fold(title[cuts[-1].end() :]) != _fold(outlet):
        return title
    return title[: cuts[-1].start()].strip() or title


def _title_ends(tree: HtmlElement) -> list[str]:
    """The last and the first part of a page's title."""
    parts = [part.strip() for part in _CUT.split(clean_line(str(tree.findtext(".//title") or ""))[:500])]
    ends = [parts[-1], parts[0]] if len(parts) > 1 else []
    return [part for part in ends if 1 < len(part) <= MAX_NAME and not is_label(part)]


def _list_marks(tree: HtmlElement) -> Iterator[str]:
    """What a page has on its logos, its links home and its notes of rights."""
    for element in tree.iter("img", "a", "div", "span", "p", "h1", "small", "footer", "svg"):
        marks = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element.tag == "img":
            home = any(_leads_home(a) for a in element.iterancestors("a"))
            alt = element.get("alt") or ""
            if alt and (home or _LOGO.search(f"{marks} {alt}")):
                yield _LOGO_WORDS.sub("", alt[:MAX_NAME])
        elif (element.tag == "a" and _leads_home(element)) or (_LOGO.search(marks) and len(element) < 5):
            yield from (
                _LOGO_WORDS.sub("", words[:MAX_NAME])
                for words in (_text_of(element), element.get("title") or "")
                if words
            )
        elif element.tag in ("p", "div", "small", "span", "footer") and len(element) < 5:
            yield match_copyright(_text_of(element)[:200])


def _leads_home(link: HtmlElement) -> bool:
    href = (link.get("href") or "").strip()
    if href in ("/", "./", "/index.html", "index.html") or "home" in (link.get("rel") or ""):
        return True
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and not parts.path.strip("/")
        and not parts.query
        and "header" in {ancestor.tag for ancestor in link.iterancestors()}
    )


def _text_of(element: HtmlElement) -> str:
    words = " ".join(" ".join(element.itertext()).split())
    return words if len(words) <= 200 else ""


def _fold(words: str) -> str:
    return squeeze(re.sub(r"^the\s+", "", words.strip(), flags=re.IGNORECASE))


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.").rpartition(".")[0]
    except ValueError:
        return ""
