"""What a page says of itself in JSON-LD (schema.org)."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sayso.read.mastheads import squeeze

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_NODES = 2_000
"""Nodes of a page's JSON-LD that are looked at."""

_ARTICLE = re.compile(r"Article|BlogPosting|Report|LiveBlog|SocialMediaPosting", re.IGNORECASE)
# What templates put around and into JSON: marks of comments and of CDATA, a comma too many, a semicolon at the end.
_WRAPPING = re.compile(
    r"^(?:\s|//|/\*|\*/|<!--|-->|<!\[CDATA\[|\]\]>|;)+|(?:\s|//|/\*|\*/|<!--|-->|<!\[CDATA\[|\]\]>|;)+$"
)
_COMMA = re.compile(r",(?=\s{0,99}[}\]])")
_DATED = re.compile(r'"(datePublished|dateCreated|dateModified)"\s{0,9}:\s{0,9}"([^"\\]{4,60})"')


def list_nodes(tree: HtmlElement) -> list[dict[str, Any]]:
    """All nodes of a page's JSON-LD."""
    nodes: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and len(nodes) < MAX_NODES:
            nodes += read_nodes(script.text or "", MAX_NODES - len(nodes))
    return nodes


def find_article(nodes: Sequence[dict[str, Any]], address: str, title: str) -> dict[str, Any]:
    """The node of a page's article: that of its own address or title where there are several; {} without one."""
    articles = [node for node in nodes if _ARTICLE.search(kinds_of(node))]
    own = (node for node in articles if _leads_to(node, address) or _is_called(node, title))
    return next(own, articles[0]) if articles else {}


def _leads_to(node: dict[str, Any], address: str) -> bool:
    addresses = (string_of(node.get(key)) for key in ("url", "@id", "mainEntityOfPage"))
    return bool(address) and any(_fold(words) == _fold(address) for words in addresses if words.startswith("http"))


def _fold(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"


def _is_called(node: dict[str, Any], title: str) -> bool:
    headline = squeeze(string_of(node.get("headline")))
    return len(headline) > 5 and squeeze(title).startswith(headline)


def read_nodes(text: str, most: int) -> list[dict[str, Any]]:
    """The nodes of a piece of JSON-LD, no more than so many. Of one that is broken, its days."""
    value = _read_broken(text)
    waiting: list[Any] = [value]
    nodes: list[dict[str, Any]] = []
    while waiting and len(nodes) < most:
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting = [*value[:most], *waiting][: 4 * most]
        elif isinstance(value, dict):
            nodes.append(value)
            waiting += [value[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in value]
    return nodes


def _read_broken(text: str) -> Any:
    text = _WRAPPING.sub("", text)
    for words in (text, _COMMA.sub("", text)):
        try:
            # Control characters inside strings are a common slip.
            return json.loads(words, strict=False)
        except (ValueError, RecursionError):
            continue
    days = dict(reversed(_DATED.findall(text)))
    return {"@type": "Article", **days} if days else None


def kinds_of(node: dict[str, Any]) -> str:
    """The kinds of a node, apart by spaces."""
    kinds = node.get("@type")
    return " ".join(str(kind) for kind in kinds) if isinstance(kinds, list) else str(kinds or "")


def name_of(thing: Any) -> str:
    """The name of a value: words, those of a node, or the first of a list of either."""
    if isinstance(thing, list):
        return next(filter(None, map(name_of, thing[:20])), "")
    return string_of(thing.get("name")) if isinstance(thing, dict) else string_of(thing)


def string_of(value: Any) -> str:
    """The words of a value, or of the first of a list; of a typed value what it holds; "" for others."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("@id")
    return value.strip() if isinstance(value, str) else ""


def moment_of(value: Any) -> str:
    """The words of a value that is a moment, also where it is counted in seconds."""
    counted = isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1e14
    return str(int(value)) if counted else string_of(value)
