"""Search: all that is kept, by words and by meaning."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sayso.errors import Error
from sayso.serve.desk import Viewpoint
from sayso.serve.desk.searches import PARTS, Narrowing, find_hits
from sayso.serve.guards.users import Reader
from sayso.serve.pages.showing import At, AtDesk, show
from sayso.tell.citations import name_outlet
from sayso.tell.tongues import mark

router = APIRouter()
PART_NAMES = {
    "story": mark("Story"),
    "outlet": mark("Outlet"),
    "language": mark("Language"),
    "month": mark("Month"),
}
Words = Annotated[str, Query(max_length=400)]
Part = Annotated[str, Query(max_length=400)]


@router.get("/search")
async def show_search(
    request: Request,
    desk: AtDesk,
    at: At,
    _: Reader,
    q: Words = "",
    story: Part = "",
    outlet: Part = "",
    language: Part = "",
    month: Part = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """The reports that have some words, or how to search."""
    within = Narrowing(story, outlet, language, month)
    found, wrong = None, ""
    if q.strip():
        try:
            found = await run_in_threadpool(find_hits, desk, q, at, within, page)
        except Error as error:
            wrong = str(error)
    shown: dict[str, Any] = {"found": found, "wrong": wrong, "asked": q, "within": within, "parts": PART_NAMES}
    links = SearchLinks(q, within, at)
    return show(request, "search.html.j2", at=at, links=links, name_outlet=name_outlet, **shown)


class SearchLinks:
    """The addresses of a search narrowed otherwise, or of its other pages."""

    def __init__(self, asked: str, within: Narrowing, at: Viewpoint) -> None:
        """Hold the search that is shown."""
        self.asked, self.within, self.at = asked, within, at

    def narrow(self, part: str, value: str) -> str:
        """The search narrowed to a value in a part; "" for all of it."""
        return self.make({part: value})

    def turn(self, page: int) -> str:
        """Another page of the search."""
        return self.make({"page": str(page)})

    def make(self, changed: dict[str, str]) -> str:
        """The address of the search with some of it changed."""
        given = {"q": self.asked, **{part: getattr(self.within, part) for part in PARTS}, **changed}
        words = urlencode({name: value for name, value in given.items() if value})
        return f"/search?{words}{self.at.query.replace('?', '&')}"
