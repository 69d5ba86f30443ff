"""The desk itself: the stories, and what asks for a look."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sayso.harms import one_line
from sayso.serve.desk.alerts import list_latest
from sayso.serve.desk.standings import find_closing, find_standing, find_stories
from sayso.serve.guards.users import Reader
from sayso.serve.pages.showing import At, AtDesk, show

router = APIRouter()


@router.get("/")
async def show_home(
    request: Request, desk: AtDesk, at: At, _: Reader, page: Annotated[int, Query(ge=1, le=1_000_000)] = 1
) -> Response:
    """The stories, those with the newest reports first; how each stands is told when it is looked at."""
    stories = await run_in_threadpool(find_stories, desk, at, page)
    closing = await run_in_threadpool(find_closing, desk, at)
    alerts = await run_in_threadpool(list_latest, desk, at)
    return show(request, "home.html.j2", at=at, shown=stories, closing=closing, alerts=alerts, plain=one_line)


@router.get("/stories/{story}/standing")
async def show_standing(request: Request, story: str, desk: AtDesk, at: At, _: Reader) -> Response:
    """How a story stands: a part of the page before."""
    standing = await run_in_threadpool(find_standing, desk, story, at)
    return show(request, "standing.html.j2", at=at, standing=standing)
