"""Whether what came under an article's address is an article: servers answer with pages of errors and walls against
robots as if all were well (status 200)."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

from sayso.record import Report
from sayso.tables import load_toml

LONG, LEFT = 150, 0.2
"""Characters of an article, of which a later version has less than this share: then it is no version but a loss."""
_PART = re.compile(r"\s+[|·•–—-]\s+|\s*[|»]\s*")


def find_doubt(asked: str, came_from: str, report: Report, before: str = "") -> str:
    """Why what came is no article, in words; "" where nothing says so. `asked` is the address that was asked for,
    `came_from` that after redirects, `before` the text of the version that was kept last."""
    if is_error(report.title):
        return f"the server answers with a page titled {report.title[:80]!r}"
    if is_bare(report):
        return "it has no text but its title"
    if leads_home(asked, came_from):
        return f"it leads to the front page now ({came_from})"
    if len(before) >= LONG and len(report.text) < LEFT * len(before):
        return f"nearly all of its text is gone ({len(before):,} characters became {len(report.text):,})"
    return ""


def is_error(title: str) -> bool:
    """Whether a title, or a part of it between dashes and bars, is one of an error."""
    parts = [part.strip() for part in (title, *_PART.split(title[:500])) if part.strip()]
    return any(_errors().fullmatch(part) for part in parts)


def is_bare(report: Report) -> bool:
    """Whether a report's text is its title and nothing more."""
    text, title = ("".join(filter(str.isalnum, words.casefold())) for words in (report.text, report.title))
    return bool(title) and text in (title, title * 2)


def leads_home(asked: str, came_from: str) -> bool:
    """Whether a request for something on a site ended on a front page."""
    wanted, came = (urlsplit(url) for url in (asked, came_from))
    deep = bool(wanted.path.strip("/")) or bool(wanted.query)
    return deep and asked != came_from and not came.path.strip("/") and not came.query


@cache
def _errors() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in load_toml("error_pages.toml")["titles"]), re.IGNORECASE)
