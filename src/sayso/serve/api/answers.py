"""How an answer is given: once for each state of the ledger, in lists that stay as they were while they are paged."""

from __future__ import annotations

import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import OrderedDict
from collections.abc import Callable, Iterable
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from fastapi import HTTPException, Request
from starlette.responses import Response

from sayso.moments import tell_now
from sayso.serve.desk import Desk
from sayso.tell.tables import dump_row

Row = dict[str, Any]
JSON = "application/json"
CACHING = {"cache-control": "private, no-cache", "vary": "Authorization, Cookie"}
PAGING = ("limit", "cursor")
MOST_KEPT = 8
"""Lists that are held as they were, so that one that is being paged does not shift when something is added."""


@cache
def name_version() -> str:
    """Which sayso this is: another may tell the same ledger otherwise."""
    return version("sayso")


def digest(*parts: object) -> str:
    """A short name for some values, the same for the same ones."""
    return sha256(repr(parts).encode("utf8", "surrogatepass")).hexdigest()[:32]


def is_known(request: Request, tag: str) -> bool:
    """Whether the client has the answer of this tag already (RFC 9110, 13.1.2)."""
    asked = request.headers.get("if-none-match", "")
    return any(one.strip().removeprefix("W/") in (tag, "*") for one in asked.split(",")) if asked else False


def answer(
    request: Request, desk: Desk, asked: object, make: Callable[[], str | bytes], media_type: str = JSON
) -> Response:
    """What `make` makes of what is `asked` (moments read), unless the client has it already. What it is made of is the
    ledger alone, so that the tag comes before the making."""
    query = sorted(request.query_params.multi_items())
    tag = f'"{digest(name_version(), desk.ledger.name, desk.state, request.url.path, query, asked)}"'
    headers = {"etag": tag, **CACHING}
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(make(), headers=headers, media_type=media_type)


def answer_row(request: Request, desk: Desk, asked: object, make: Callable[[], Any]) -> Response:
    """A row, as the commands print it."""
    return answer(request, desk, asked, lambda: dump_row(make()))


def answer_clocked(request: Request, row: Any) -> Response:
    """A row that changes with the clock too, such as whether a question is open: its tag is made of itself."""
    content = dump_row(row)
    tag = f'"{digest(content)}"'
    headers = {"etag": tag, **CACHING}
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=JSON)


def answer_made(request: Request, row: Row, path: str) -> Response:
    """A row that was just made, and where it is to be found from now on: under its id, below a path of the API."""
    where = f"{request.scope.get('root_path', '')}/v1/{path}/{row['id']}"
    return Response(dump_row(row), 201, headers={"location": where}, media_type=JSON)


class Listings:
    """Lists as they were when somebody began to page through them. Its methods can be called from any thread."""

    def __init__(self) -> None:
        """Hold none yet."""
        self._held: OrderedDict[str, list[Row]] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, name: str) -> list[Row] | None:
        """The list of a name, if it is still held."""
        with self._lock:
            if name in self._held:
                self._held.move_to_end(name)
            return self._held.get(name)

    def keep(self, name: str, rows: list[Row]) -> None:
        """Hold a list, and let go of the one that was asked for longest ago."""
        with self._lock:
            self._held[name] = rows
            while len(self._held) > MOST_KEPT:
                self._held.popitem(last=False)


def write_cursor(name: str, place: int) -> str:
    """Where a list goes on, in letters that say nothing to the client."""
    return urlsafe_b64encode(f"{name}:{place}".encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> tuple[str, int]:
    """The list and place of a cursor. Raises 400 where it is none of ours."""
    try:
        name, _, place = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)).decode().partition(":")
        if place.isascii() and place.isdigit() and len(place) < 12:
            return name, int(place)
    except ValueError:
        pass
    raise HTTPException(400, "that is no cursor: give what the list before gave as next")


def page_rows(
    listings: Listings, name: str, rows: Callable[[], Iterable[Row]], limit: int, cursor: str
) -> dict[str, Any]:
    """A page of the list of a name: its `items`, and in `next` the cursor of the next page, None after the last.

    Raises 400 where a cursor is of a list of another address, and 410 where it is of one that is no more.
    """
    begun, place = read_cursor(cursor) if cursor else (name, 0)
    if begun.partition("-")[0] != name.partition("-")[0]:
        raise HTTPException(400, "that is a cursor of another list")
    found = listings.find(begun)
    if found is None:
        if begun != name:
            raise HTTPException(410, "the ledger has changed since that list was begun: ask for it without a cursor")
        found = list(rows())
        if len(found) > limit:
            listings.keep(name, found)
    after = place + limit
    return {"items": found[place:after], "next": write_cursor(begun, after) if after < len(found) else None}


def answer_list(
    request: Request,
    desk: Desk,
    asked: object,
    rows: Callable[[], Iterable[Row]],
    limit: int,
    cursor: str,
    *,
    clocked: bool = False,
) -> Response:
    """A page of a list, which has its name from its address, the ledger's state and all that is asked but the page.
    What is `clocked` changes with the clock too."""
    query = sorted((name, value) for name, value in request.query_params.multi_items() if name not in PAGING)
    state = (name_version(), desk.ledger.name, desk.state, query, asked, tell_now() if clocked else None)
    name = f"{digest(request.url.path)[:8]}-{digest(*state)}"
    listings: Listings = request.app.state.listings

    def make() -> dict[str, Any]:
        return page_rows(listings, name, rows, limit, cursor)

    return answer_clocked(request, make()) if clocked else answer_row(request, desk, asked, make)
