"""What happened when in a story: drawn, and as a list."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sayso.serve.desk.timelines import find_timeline
from sayso.serve.guards.users import Reader
from sayso.serve.pages.bands import draw_bands
from sayso.serve.pages.showing import At, AtDesk, show

router = APIRouter()


@router.get("/stories/{story}/timeline")
async def show_timeline(request: Request, story: str, desk: AtDesk, at: At, _: Reader) -> Response:
    """The dated happenings of a story in order of time."""
    found = await run_in_threadpool(desk.story, story, at.as_of)
    timeline = await run_in_threadpool(find_timeline, desk, found.id, at)
    bands = draw_bands(timeline.entries)
    return show(request, "timeline.html.j2", at=at, story=found, timeline=timeline, bands=bands)
