"""Those who speak and those who print: what they said, and how it has held."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sayso.serve.desk import Viewpoint
from sayso.serve.desk.outlets import WHENCE, choose_outlet_stories, find_outlet_record
from sayso.serve.desk.sources import TURNS, find_source, fold
from sayso.serve.desk.stacks import are_ready, choose_stories
from sayso.serve.guards.users import Reader
from sayso.serve.pages.showing import At, AtDesk, show
from sayso.weigh.grades import CREDIBILITY, RELIABILITY

router = APIRouter()
Name = Annotated[str, Query(max_length=400)]
OfStory = Annotated[str, Query(max_length=400)]


@router.get("/sources")
async def show_source(
    request: Request, desk: AtDesk, at: At, _: Reader, name: Name = "", story: OfStory = "", weighed: bool = False
) -> Response:
    """Somebody who speaks in reports."""
    stories, _more = await run_in_threadpool(choose_stories, desk, fold(name), at, story)
    if not weighed and not await run_in_threadpool(are_ready, desk, stories, at):
        return show_waiting(request, at, name)
    source = await run_in_threadpool(find_source, desk, name, at, story)
    shown: dict[str, Any] = {"source": source, "turns": TURNS, "credibility": CREDIBILITY, "reliability": RELIABILITY}
    return show(request, "source.html.j2", at=at, asked=name, narrowed=bool(story), **shown)


@router.get("/outlets")
async def show_outlet(
    request: Request, desk: AtDesk, at: At, _: Reader, name: Name = "", story: OfStory = "", weighed: bool = False
) -> Response:
    """An outlet."""
    stories, _more = await run_in_threadpool(choose_outlet_stories, desk, name, at, story)
    if not weighed and not await run_in_threadpool(are_ready, desk, stories, at):
        return show_waiting(request, at, name)
    record = await run_in_threadpool(find_outlet_record, desk, name, at, story)
    shown: dict[str, Any] = {"record": record, "whence": WHENCE, "reliability": RELIABILITY}
    return show(request, "outlet.html.j2", at=at, asked=name, narrowed=bool(story), **shown)


def show_waiting(request: Request, at: Viewpoint, name: str) -> Response:
    """What is shown while stories are weighed: the name. The page then asks for itself `weighed`."""
    return show(
        request,
        "waiting.html.j2",
        at=at,
        name=name,
        whole=f"{request.url.path}?{request.url.include_query_params(weighed=1).query}",
    )
