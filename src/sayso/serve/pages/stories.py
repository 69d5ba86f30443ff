"""A story: the front page of its brief, with what it rests on behind each number."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sayso.serve.desk import Desk, Viewpoint
from sayso.serve.guards.users import Reader
from sayso.serve.pages.showing import At, AtDesk, show
from sayso.tell.html import view_brief

router = APIRouter()


@router.get("/stories/{story}")
async def show_story(request: Request, story: str, desk: AtDesk, at: At, _: Reader) -> Response:
    """The brief of a story."""
    shown = await run_in_threadpool(view_story, desk, story, at)
    return show(request, "story.html.j2", at=at, **shown)


def view_story(desk: Desk, story: str, at: Viewpoint) -> dict[str, Any]:
    """What the page shows of a story."""
    found = desk.story(story, at.as_of)
    return {
        "story": found,
        **desk.hold(("story page", found.id, at), lambda: view_brief(desk.brief(found.id, at.as_of, at.since))),
    }
