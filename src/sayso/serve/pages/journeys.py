"""How sayso came to something: a page of its own, and a part of others where it is asked for in place."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sayso.serve.desk.explanations import find_journey
from sayso.serve.guards.users import Reader
from sayso.serve.pages.showing import At, AtDesk, show

router = APIRouter()


@router.get("/stories/{story}/journey")
async def show_journey(
    request: Request, story: str, desk: AtDesk, at: At, _: Reader, what: Annotated[str, Query(max_length=400)]
) -> Response:
    """The journey of a claim, point, report, origin or somebody of a story."""
    found = await run_in_threadpool(desk.story, story, at.as_of)
    steps = await run_in_threadpool(find_journey, desk, found.id, what, at)
    in_place = request.headers.get("hx-request") == "true"
    return show(
        request,
        "journey.html.j2" if in_place else "journey_page.html.j2",
        at=at,
        story=found,
        what=what,
        steps=steps,
    )
