"""Those who speak and those who print: what they said, and how it has held."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sayso.serve.desk.outlets import WHENCE, find_outlet_record
from sayso.serve.desk.sources import TURNS, find_source
from sayso.serve.guards.users import Reader
from sayso.serve.pages.showing import At, AtDesk, show
from sayso.weigh.grades import CREDIBILITY, RELIABILITY

router = APIRouter()
Name = Annotated[str, Query(max_length=400)]
OfStory = Annotated[str, Query(max_length=400)]


@router.get("/sources")
async def show_source(
    request: Request, desk: AtDesk, at: At, _: Reader, name: Name = "", story: OfStory = ""
) -> Response:
    """Somebody who speaks in reports."""
    source = await run_in_threadpool(find_source, desk, name, at, story)
    shown: dict[str, Any] = {"source": source, "turns": TURNS, "credibility": CREDIBILITY, "reliability": RELIABILITY}
    return show(request, "source.html.j2", at=at, asked=name, narrowed=bool(story), **shown)


@router.get("/outlets")
async def show_outlet(
    request: Request, desk: AtDesk, at: At, _: Reader, name: Name = "", story: OfStory = ""
) -> Response:
    """An outlet."""
    record = await run_in_threadpool(find_outlet_record, desk, name, at, story)
    shown: dict[str, Any] = {"record": record, "whence": WHENCE, "reliability": RELIABILITY}
    return show(request, "outlet.html.j2", at=at, asked=name, narrowed=bool(story), **shown)
