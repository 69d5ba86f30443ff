"""Posts and messages of chats, as services export them: which have no words, who made them, what they pass on."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from sayso.tables import load_toml

MOST_PEOPLE = 10_000
"""Makers that are named beside a list of posts."""
_RELAYED = re.compile(r"RT (@\w{1,30}): ")
# UTF-8 that was taken for Latin-1, byte by byte.
_TWICE_ENCODED = re.compile(r"[\xc2-\xf4][\x80-\xbf]")


@cache
def list_names(kind: str) -> tuple[str, ...]:
    """The names of one kind of the table."""
    return tuple(load_toml("export_fields.toml")[kind].split())


def is_message(row: dict[str, Any]) -> bool:
    """Whether a row is a message of a chat of Telegram, as its program or a library for it writes them."""
    told = row.get("type") in ("message", "service") and "date" in row and ("from" in row or "actor" in row)
    return "date_unixtime" in row or told or row.get("_") in ("Message", "MessageService")


def is_service(row: dict[str, Any], *, worded: bool) -> bool:
    """Whether a row of a chat or an archive has no words of its own: a picture, or what the program says of itself.
    `worded`, where it has a text."""
    kinds = {str(row.get(key) or "").lower() for key in ("type", "subtype", "_")}
    if kinds & set(list_names("services")):
        return True
    return not worded and ("date_unixtime" in row or any(key in row for key in list_names("wordless")))


def flatten_post(row: dict[str, Any]) -> dict[str, Any]:
    """A row whose words lie in a part of it, as rows do that have them above: posts of Facebook, and those of X that
    were longer than a post, or pass on one that was."""
    data = row.get("data")
    posts = (
        [part["post"] for part in data if isinstance(part, dict) and "post" in part] if isinstance(data, list) else []
    )
    if posts and "timestamp" in row:
        return {**{key: value for key, value in row.items() if key not in ("data", "title")}, "text": posts[0]}
    longer = row.get("extended_tweet")
    if isinstance(longer, dict) and isinstance(longer.get("full_text"), str):
        return row | {"text": longer["full_text"]}
    passed, text = row.get("retweeted_status"), row.get("full_text") or row.get("text")
    relayed = _RELAYED.match(text) if isinstance(text, str) else None
    if isinstance(passed, dict) and relayed:
        whole = flatten_post(passed).get("full_text") or flatten_post(passed).get("text")
        return row | {"full_text": f"{relayed[0]}{whole}", "text": None} if isinstance(whole, str) else row
    return row


def mend_text(text: str) -> str:
    """A text whose bytes were taken for Latin-1 one by one, as they are; others as they are."""
    if not _TWICE_ENCODED.search(text):
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except ValueError:
        return text


def list_relayed(row: dict[str, Any], text: str) -> list[Any]:
    """From whom a post or message is passed on, as its fields or its first words say."""
    said = [row.get(key) for key in ("forwarded_from", "forward_from_chat", "forward_from", "forward_sender_name")]
    relayed = _RELAYED.match(text) if "full_text" in row or "created_at" in row else None
    return [*said, relayed[1] if relayed else None]


def find_maker(row: dict[str, Any], around: dict[str, Any]) -> tuple[Any, bool]:
    """Who made a post, of those that are named beside the list of posts, and whether that is a group; (None, False)
    where it names nobody of them."""
    numbers = {str(row[key]).lstrip("-") for key in list_names("makers") if isinstance(row.get(key), str | int)}
    for place in (around, around.get("includes")):
        for key in list_names("people") if isinstance(place, dict) else ():
            people = place.get(key)  # type: ignore[union-attr]  # Is none where it is no dict.
            for person in people[:MOST_PEOPLE] if isinstance(people, list) else ():
                if isinstance(person, dict) and str(person.get("id")) in numbers:
                    return person, key == "groups"
    return None, False
