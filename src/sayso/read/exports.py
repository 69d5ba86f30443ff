"""What other programs write as JSON: news services, feeds, content systems, chats and archives of posts, in the fields
of a report.

A row that has the fields of a report keeps them as they are; only what it lacks is looked for under the names that
others give it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sayso.read.pages import text_of_html

MAX_ROWS = 100_000

LISTS = (
    "articles",
    "items",
    "posts",
    "results",
    "messages",
    "entries",
    "stories",
    "documents",
    "data",
    "response",
    "hits",
)
"""The fields under which a file holds a list of reports, or one more object with such a field."""
TEXTS = (
    "text",
    "content",
    "body_text",
    "body",
    "articleBody",
    "content_text",
    "full_text",
    "content_html",
    "body_xhtml",
)
LESSER_TEXTS = ("description", "summary", "excerpt", "description_text", "lead")
"""Where a report has no other text."""
OUTLETS = ("outlet", "source", "publisher", "publication", "site_name", "site", "provider", "newspaper", "domain")
DATES = (
    "published",
    "publishedAt",
    "published_at",
    "date_published",
    "datePublished",
    "published_date",
    "publication_date",
    "publishDate",
    "pub_date",
    "pubDate",
    "webPublicationDate",
    "firstcreated",
    "versioncreated",
    "date_gmt",
    "date",
    "created_at",
    "seendate",
)
ADDRESSES = ("url", "link", "canonical_url", "webUrl", "web_url", "permalink", "external_url", "uri")
TITLES = ("title", "headline", "webTitle", "name")
AUTHORS = ("author", "authors", "byline", "creator")
LANGUAGES = ("language", "lang", "inLanguage")

_TAG = re.compile(
    r"<(?:p|br|div|a|span|h[1-6]|ul|ol|li|em|strong|figure|img|blockquote)\b[^<>]{0,2000}>|</p>", re.IGNORECASE
)
_RELAYED = re.compile(r"RT (@\w{1,30}): ")
# The date of C and Unix: "Tue Feb 04 09:30:00 +0000 2025".
_UNIX_DATE = "%a %b %d %H:%M:%S %z %Y"


def list_rows(data: Any) -> list[Any]:
    """The rows of a JSON value: the value itself, the members of a list, or those of the list that it wraps, each with
    the fields of a report where it can be read as one. What a chat tells of itself ("x joined") is left out."""
    return list(_list_rows(data, {}))[:MAX_ROWS]


def _list_rows(data: Any, around: dict[str, Any], depth: int = 0) -> Iterator[Any]:
    if isinstance(data, list):
        for member in data:
            yield from _list_rows(member, around, depth) if isinstance(member, dict) else [member]
        return
    if not isinstance(data, dict):
        yield data
        return
    wrapped = None if isinstance(data.get("text"), str) or depth > 3 else _find_list(data)
    if wrapped is not None:
        yield from _list_rows(wrapped, {**around, **{k: v for k, v in data.items() if v is not wrapped}}, depth + 1)
    elif not is_service(data):
        yield make_row(data, around)


def _find_list(data: dict[str, Any]) -> Any:
    """The list of objects that an object wraps, or the one object that wraps it; None where it is a report itself."""
    for key in LISTS:
        value = data.get(key)
        if isinstance(value, list) and value and all(isinstance(member, dict) for member in value):
            return value
        if isinstance(value, dict) and key in ("response", "data", "hits") and _find_list(value) is not None:
            return value
    return data["tweet"] if isinstance(data.get("tweet"), dict) else None


def is_service(row: dict[str, Any]) -> bool:
    """Whether a row of a chat has no words: a picture, or what the program says of the chat."""
    return "date_unixtime" in row and (row.get("type") == "service" or not _join_pieces(row.get("text")).strip())


def make_row(row: dict[str, Any], around: dict[str, Any]) -> dict[str, Any]:
    """A row with the fields of a report; `around` are the fields of what it was wrapped in."""
    chat = "date_unixtime" in row
    if isinstance(row.get("text"), str) and not chat:
        # A report's own fields; "source" may be whom a text quotes.
        named = _first_name(row, ("publisher", "publication", "newspaper", "site_name"))
        return row if row.get("outlet") or not named else row | {"outlet": named}
    text = _find_text(row)
    if text is None:
        return row
    made = row | {"text": text}
    sender = row.get("forwarded_from") if chat else None
    found = {
        "outlet": _first_name(row, OUTLETS) or (_name(around.get("name")) or _name(row.get("from")) if chat else ""),
        "title": _first_text(row, TITLES),
        "published": _find_date(row),
        "author": _first_name(row, AUTHORS),
        "url": next((a for a in (_name(row.get(key)) for key in ADDRESSES) if a.startswith("http")), ""),
        "language": _first_name(row, LANGUAGES) or _first_name(around, LANGUAGES),
        "id": _first_name(row, ("id", "guid")) if not chat and "id" in row else _name(row.get("id_str")),
        "site": _first_name(around, ("title", "home_page_url")) if "feed_url" in around or "version" in around else "",
    }
    made |= {key: value for key, value in found.items() if value and not is_given(row.get(key))}
    relayed = _RELAYED.match(text) if "full_text" in row else None
    cited = [name for name in (_name(sender), relayed[1] if relayed else "") if name]
    return made | ({"cites": cited} if cited and "cites" not in row else {})


def is_given(value: Any) -> bool:
    """Whether a field has a value of its own: words or a number."""
    return isinstance(value, str | int | float) and not isinstance(value, bool) and value != ""


def _find_text(row: dict[str, Any]) -> str | None:
    for key in (*TEXTS, *LESSER_TEXTS):
        words = _join_pieces(row.get(key))
        if words.strip():
            return text_of_html(words)[0] if _TAG.search(words) else words
    return None


def _join_pieces(value: Any) -> str:
    """The words of a field: a string, one wrapped in an object, or pieces of which some are wrapped so that they can be
    set in bold or linked."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return next(
            (value[key] for key in ("rendered", "text", "value", "plain") if isinstance(value.get(key), str)), ""
        )
    return (
        "".join(_join_pieces(piece) for piece in value if not isinstance(piece, list))
        if isinstance(value, list)
        else ""
    )


def _first_text(row: dict[str, Any], keys: tuple[str, ...]) -> str:
    words = next(filter(None, (_join_pieces(row.get(key)).strip() for key in keys)), "")
    return text_of_html(words)[0] if "<" in words or "&" in words else words


def _first_name(row: dict[str, Any], keys: tuple[str, ...]) -> str:
    return next(filter(None, (_name(row.get(key)) for key in keys)), "")


def _name(value: Any) -> str:
    """A name: a string, that of an object, or those of a list of either."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        return next((value[key].strip() for key in ("name", "title", "domain") if isinstance(value.get(key), str)), "")
    return ", ".join(filter(None, map(_name, value[:20]))) if isinstance(value, list) else ""


def _find_date(row: dict[str, Any]) -> str:
    """When a row says it was published: a moment counted in seconds where a chat has one, else the words."""
    seconds = row.get("date_unixtime")
    if isinstance(seconds, str) and seconds.isdigit() and len(seconds) <= 11:
        return datetime.fromtimestamp(int(seconds), UTC).isoformat()
    words = next((row[key] for key in DATES if isinstance(row.get(key), str) and row[key].strip()), "")
    try:
        return datetime.strptime(words, _UNIX_DATE).isoformat()
    except ValueError:
        return f"{words}Z" if words and words == row.get("date_gmt") and len(words) == 19 else words
