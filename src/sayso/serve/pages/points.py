"""The points of a story, and each with its values beside each other."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sayso.serve.guards.users import Reader
from sayso.serve.pages.showing import At, AtDesk, show

router = APIRouter()


@router.get("/stories/{story}/points")
async def show_points(request: Request, story: str, desk: AtDesk, at: At, _: Reader) -> Response:
    """The questions that reports of a story answer."""
    found = await run_in_threadpool(desk.story, story, at.as_of)
    picture = await run_in_threadpool(desk.picture, found.id, at.as_of)
    return show(request, "points.html.j2", at=at, story=found, points=picture.points)
