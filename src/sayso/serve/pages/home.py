"""The desk itself: the stories, and what asks for a look."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sayso.serve.guards.users import Reader
from sayso.serve.pages.showing import At, AtDesk, show

router = APIRouter()


@router.get("/")
async def show_home(request: Request, desk: AtDesk, at: At, _: Reader) -> Response:
    """The stories, the largest first."""
    stories = await run_in_threadpool(desk.stories, at.as_of)
    return show(request, "home.html.j2", at=at, stories=stories)
