"""The feeds that are watched: a page of how they are, and metrics for Prometheus."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sayso.serve.desk.watched import find_metrics, list_watched
from sayso.serve.guards.users import Analyst, Reader
from sayso.serve.pages.showing import AtDesk, show
from sayso.watch.health import MEDIA_TYPE

router = APIRouter()


@router.get("/feeds")
async def show_feeds(request: Request, desk: AtDesk, _: Analyst) -> Response:
    """How the feeds are. Their names may hold an address that is not for everybody."""
    return show(request, "feeds.html.j2", feeds=await run_in_threadpool(list_watched, desk))


@router.get("/metrics")
async def send_metrics(request: Request, desk: AtDesk, user: Reader) -> Response:
    """The metrics, to an admin or whoever shows a token; on a desk without accounts to this machine."""
    if not (user.may("admin") or request.state.bearer):
        raise HTTPException(403, "that is for an admin, or whoever shows a token")
    return Response(await run_in_threadpool(find_metrics, desk), media_type=MEDIA_TYPE)
