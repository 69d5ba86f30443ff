"""The fields of a report in the rows of other programs.

A row that has the fields of a report keeps them as they are; only what it lacks is looked for under the names that
others give it (`tables/export_fields.toml`).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from sayso.read.feeds import name_feed
from sayso.read.markup import text_of_html
from sayso.read.posts import find_maker, is_message, list_names, list_relayed, mend_text
from sayso.read.reports import name_host

CUT = "cut"
"""The field that says that a service has cut a text short."""
_TAG = re.compile(
    r"<(?:p|br|div|a|span|h[1-6]|ul|ol|li|em|strong|figure|img|blockquote)\b[^<>]{0,2000}>|</p>", re.IGNORECASE
)
MAX_COUNTED = 12
"""Digits of a number that somebody may have counted up to."""
_BY = re.compile(r"^by\s+", re.IGNORECASE)
# What NewsAPI puts where it cuts a text, and how Slack sets what it links to.
_CUT_MARK = re.compile(r"\s?(?:…|\.\.\.)?\s?\[\+\d{1,7} chars\]\s?$")
_MENTION = re.compile(r"<(?:https?://[^<>|]{1,2000}|[@#!][\w^]{1,40})(?:\|([^<>]{1,300}))?>")
_SECONDS = re.compile(r"\d{9,10}(?:\.\d{1,9})?|\d{12,13}")
# The date of C and Unix: "Tue Feb 04 09:30:00 +0000 2025".
_UNIX_DATE = "%a %b %d %H:%M:%S %z %Y"
_LATEST = 4_102_444_800
"""Seconds since 1970 up to which a number is a date: the year 2100."""


def make_row(row: dict[str, Any], around: dict[str, Any], *, foreign: bool = False) -> dict[str, Any]:
    """A row with the fields of a report; `around` are the fields of what it was wrapped in, `foreign` says that it
    comes out of the wrapping of another program, whatever its text is called."""
    chat, slack = is_message(row), "ts" in row and isinstance(row.get("text"), str)
    ours = isinstance(row.get("text"), str) and ("outlet" in row or "published" in row or not foreign)
    if ours and not chat and not slack:
        return _complete_row(row)
    text = find_text(row)
    if text is None:
        return row
    cut = _CUT_MARK.search(text)
    text = text[: cut.start()] if cut else _MENTION.sub(_name_mention, text) if slack else text
    text = mend_text(text) if "timestamp_ms" in row or "timestamp" in row else text
    made = row | {"text": text} | ({CUT: True} if cut else {})
    maker, grouped = find_maker(row, around)
    found = {
        "outlet": _name_outlet(row, around, chat=chat) or name_of(maker),
        "title": _first_text(row, list_names("titles")),
        "published": find_date(row, list_names("dates")),
        "author": _name_author(row) or ("" if grouped else name_of(maker)),
        "url": _first_address(row),
        "language": _first_name(row, list_names("languages")) or _first_name(around, list_names("languages")),
        "id": _name_id(row, around),
        "site": _first_name(around, ("title", "home_page_url")) if is_json_feed(around) else "",
    }
    made |= {key: value for key, value in found.items() if value and not isinstance(row.get(key), str)}
    if found["id"] != str(row.get("id")):
        made["id"] = found["id"]
    if isinstance(row.get("author"), int):  # The number of one.
        made["author"] = found["author"]
    cited = list(filter(None, map(name_of, list_relayed(row, text))))
    return made | ({"cites": cited} if cited and "cites" not in row else {})


def _complete_row(row: dict[str, Any]) -> dict[str, Any]:
    """A row with a text of its own, and what names that are used for nothing else say that it lacks."""
    found = {
        "outlet": _first_name(row, list_names("sure_outlets")),
        "author": _first_name(row, list_names("sure_authors")) or name_of(_first_person(row)),
        "published": find_date(row, list_names("sure_dates"))
        or (find_date(row, ("date",)) if "hostname" in row else ""),
    }
    return row | {key: value for key, value in found.items() if value and not row.get(key)}


def _name_outlet(row: dict[str, Any], around: dict[str, Any], *, chat: bool) -> str:
    named = _first_name(row, list_names("outlets"))
    if chat:
        return named or name_of(around.get("name")) or name_of(row.get("from"))
    if not named and is_json_feed(around) and is_own(row, around):
        named = name_feed({"title": around.get("title"), "link": around.get("home_page_url")}, _first_address(row))
    return named or _first_name(
        around, ("publisher", "channel", "guild", *(("title",) if "thread_path" in around else ()))
    )


def is_json_feed(around: dict[str, Any]) -> bool:
    """Whether rows lie in a feed (JSON Feed)."""
    return "feed_url" in around or "jsonfeed.org" in str(around.get("version"))


def is_own(row: dict[str, Any], around: dict[str, Any]) -> bool:
    """Whether an entry of a feed is on the feed's own site, as far as both say."""
    hosts = {name_host(str(given)) for given in (around.get("home_page_url"), _first_address(row)) if given}
    return len(hosts) < 2 and not row.get("external_url")


def _name_author(row: dict[str, Any]) -> str:
    """Who wrote a row; numbers of authors are no names, but a content system may have put those beside them."""
    beside = row.get("_embedded")
    named = _first_name(beside, ("author",)) if isinstance(beside, dict) else ""
    return _BY.sub("", named or _first_name(row, list_names("authors")) or name_of(_first_person(row)))


def _first_person(row: dict[str, Any]) -> Any:
    """Who made a row, where a program describes them: a name alone may be whom it is about."""
    return next((row[key] for key in ("user", "author", "account", "sender") if isinstance(row.get(key), dict)), None)


def _name_id(row: dict[str, Any], around: dict[str, Any]) -> str:
    """The id of a row. A short number counts within its chat or site only, which is named with it."""
    given = next((str(row[key]) for key in list_names("ids") if _is_given(row.get(key))), "")
    if not given.isdigit() or len(given) > MAX_COUNTED:
        return given
    place = str(around.get("id") or "") if "date_unixtime" in row else name_host(_first_address(row))
    return f"{place}/{given}" if place else ""


def _is_given(value: Any) -> bool:
    """Whether a field has a value of its own: words or a number."""
    return isinstance(value, str | int | float) and not isinstance(value, bool) and value != ""


def is_titled(row: dict[str, Any]) -> bool:
    """Whether a row has a title and a day of its own."""
    return bool(_first_text(row, list_names("titles")) and find_date(row, list_names("dates")))


def find_text(row: dict[str, Any], *, sure: bool = False) -> str | None:
    """The text of a row, without markup; None where it has none. A description is one only of what has a day or an
    address: programs describe themselves as well. With `sure`, it is none."""
    lesser = list_names("lesser_texts")
    if is_message(row):
        return join_pieces(row.get("text")) or join_pieces(row.get("text_entities")) or join_pieces(row.get("message"))
    dated = not sure and any(row.get(key) for key in (*list_names("dates"), *list_names("addresses")))
    for key in (*list_names("texts"), *(lesser if dated else ())):
        words = join_pieces(row.get(key))
        if words.strip():
            return text_of_html(words)[0] if _TAG.search(words) else words
    return None


def join_pieces(value: Any) -> str:
    """The words of a field: a string, one wrapped in an object, paragraphs, the elements of a story, or pieces of which
    some are wrapped so that they can be set in bold or linked."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        keys = ("rendered", "text", "value", "plain", "main", "basic", "$text")
        return next((value[key] for key in keys if isinstance(value.get(key), str)), "")
    if not isinstance(value, list):
        return ""
    if value and all(isinstance(piece, dict) and "value" in piece for piece in value):
        main = [piece for piece in value if piece.get("role") in ("main", None)] or value
        return join_pieces(main[0])
    if any(isinstance(piece, dict) and "content" in piece and "type" in piece for piece in value):
        # Elements of Arc's stories; those of pictures and films have captions, not contents.
        return "\n\n".join(filter(None, (_read_element(piece) for piece in value if isinstance(piece, dict))))
    apart = "\n\n" if all(isinstance(piece, str) for piece in value) else ""
    return apart.join(join_pieces(piece) for piece in value if not isinstance(piece, list))


def _read_element(piece: dict[str, Any]) -> str:
    words = piece.get("content")
    if isinstance(words, str):
        return text_of_html(words)[0]
    return join_pieces(piece["items"]) if isinstance(piece.get("items"), list) else ""


def _first_text(row: dict[str, Any], keys: tuple[str, ...]) -> str:
    words = next(filter(None, (join_pieces(row.get(key)).strip() for key in keys)), "")
    return text_of_html(words)[0] if "<" in words or "&" in words else words


def _first_name(row: dict[str, Any], keys: tuple[str, ...]) -> str:
    """The first name under some keys; an address is none."""
    names = (name_of(row.get(key)) for key in keys)
    return next((name for name in names if name and not name.startswith(("http://", "https://"))), "")


def _first_address(row: dict[str, Any]) -> str:
    """The first web address under the keys of such."""
    for key in list_names("addresses"):
        value = row.get(key)
        value = value.get("@id") if isinstance(value, dict) else value
        if isinstance(value, str) and value.startswith(("http://", "https://")):
            return value
    return ""


def name_of(value: Any) -> str:
    """A name: a string, that of an object, or those of a list of either."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        keys = ("name", "real_name", "displayName", "display_name", "title", "original", "domain", "username", "handle")
        if isinstance(value.get("by"), list):  # Credits.
            return name_of(value["by"])
        return next((value[key].strip() for key in keys if isinstance(value.get(key), str) and value[key].strip()), "")
    return ", ".join(filter(None, map(name_of, value[:20]))) if isinstance(value, list) else ""


def find_date(row: dict[str, Any], keys: tuple[str, ...]) -> str:
    """When a row says it was published: a moment counted in seconds where it has one, else the words."""
    seconds = row.get("date_unixtime")
    if isinstance(seconds, str) and seconds.isdigit() and len(seconds) <= 11:
        return datetime.fromtimestamp(int(seconds), UTC).isoformat()
    for key in keys:
        value = row.get(key)
        value = (
            next((value[k] for k in ("original", "created", "$text") if value.get(k)), None)
            if isinstance(value, dict)
            else value
        )
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(int(value)) if abs(value) < 1e14 else ""
        if isinstance(value, str) and value.strip():
            return _read_date(value.strip(), gmt=key == "date_gmt")
    return ""


def _read_date(words: str, *, gmt: bool) -> str:
    if _SECONDS.fullmatch(words):
        count = float(words)
        count = count / 1000 if count > _LATEST else count
        return datetime.fromtimestamp(int(count), UTC).isoformat()
    try:
        return datetime.strptime(words, _UNIX_DATE).isoformat()
    except ValueError:
        return f"{words}Z" if gmt and len(words) == 19 else words


def _name_mention(match: re.Match[str]) -> str:
    """What a link of Slack is called; an address that has no name is itself."""
    return match[1] or match[0].strip("<>")
