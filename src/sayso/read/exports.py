"""What other programs write as JSON: news services, feeds, content systems, chats and archives of posts, as rows with
the fields of a report (see `export_fields`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sayso.read.export_fields import find_text, is_titled, make_row
from sayso.read.posts import flatten_post, is_service, list_names

MAX_ROWS = 100_000
MAX_DEPTH = 6
"""Lists in lists that are looked into, and objects in objects."""


def list_rows(data: Any) -> list[Any]:
    """The rows of a JSON value: the value itself, the members of a list, or those of the list that it wraps, each with
    the fields of a report where it can be read as one. What a chat tells of itself ("x joined") is left out."""
    rows = []
    for row in _list_rows(data, {}):
        rows.append(row)
        if len(rows) >= MAX_ROWS:
            break
    return rows


def _list_rows(data: Any, around: dict[str, Any], depth: int = 0) -> Iterator[Any]:
    if isinstance(data, list):
        for member in data:
            yield from _list_rows(member, around, depth) if isinstance(member, dict) else [member]
        return
    if not isinstance(data, dict):
        yield data
        return
    given, data = data, flatten_post(data)
    own = isinstance(data.get("text"), str) or depth > MAX_DEPTH or is_whole(data)
    wrapped = None if own else _find_list(data)
    if wrapped is not None:
        inside = {**around, **{key: value for key, value in data.items() if value is not wrapped}}
        yield from _list_rows(_pick_reports(wrapped), inside, depth + 1)
        return
    row = flatten_post(unwrap_row(data))
    if not is_service(row, worded=bool(find_text(row))):
        yield make_row(row, around, foreign=bool(around) or row is not given)


def is_whole(row: dict[str, Any]) -> bool:
    """Whether a row with lists is a report itself: it has a text, a title and a day. A live blog is none."""
    return "liveBlogUpdate" not in row and find_text(row, sure=True) is not None and is_titled(row)


def _find_list(data: dict[str, Any], depth: int = 0) -> Any:
    """The list of objects that an object wraps, or the one object that wraps it; None where it is a report itself."""
    for key in list_names("lists"):
        value = data.get(key)
        if isinstance(value, list) and value and all(isinstance(member, dict) for member in value):
            return value
        if isinstance(value, dict) and depth < MAX_DEPTH and _find_list(value, depth + 1) is not None:
            return value
    return None


def _pick_reports(wrapped: Any) -> Any:
    """The members of a bundle or a graph that are reports, with the names of those who made them; other lists as they
    are."""
    kinds = [_kinds(member) for member in wrapped] if isinstance(wrapped, list) else []
    known = frozenset(list_names("reports"))
    if not any(kind & known for kind in kinds) or all(kind & known for kind in kinds):
        return wrapped
    names = {str(m.get("id") or m.get("@id")): m["name"] for m in wrapped if isinstance(m.get("name"), str)}
    picked = []
    for member, kind in zip(wrapped, kinds, strict=True):
        if kind & known:
            maker = member.get("created_by_ref") or _reference(member.get("publisher"))
            named = names.get(str(maker), "")
            picked.append({**member, "publisher": named} if named else member)
    return picked


def _kinds(member: dict[str, Any]) -> frozenset[str]:
    kinds = member.get("@type") or member.get("type")
    return frozenset(str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])[:20])


def _reference(value: Any) -> Any:
    """The id of what a value only refers to."""
    return value.get("@id") if isinstance(value, dict) and "name" not in value else None


def unwrap_row(row: dict[str, Any]) -> dict[str, Any]:
    """A row with the fields of the objects that wrap its own, those inside before those outside."""
    for _ in range(MAX_DEPTH):
        if find_text(row) is not None:
            break
        inner = next((row[key] for key in list_names("wrappers") if isinstance(row.get(key), dict) and row[key]), None)
        if inner is None:
            break
        outside = {key: value for key, value in row.items() if value is not inner}
        row = {**outside, **inner}
    return row
