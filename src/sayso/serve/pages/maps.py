"""Where a story happens: on a map, and as a list."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sayso.forms import dump_json
from sayso.serve.desk.places import find_places
from sayso.serve.guards.users import Reader
from sayso.serve.pages.showing import At, AtDesk, show

router = APIRouter()


@router.get("/stories/{story}/map")
async def show_map(request: Request, story: str, desk: AtDesk, at: At, _: Reader) -> Response:
    """The places that claims of a story name."""
    found = await run_in_threadpool(desk.story, story, at.as_of)
    places = await run_in_threadpool(find_places, desk, found.id, at)
    return show(request, "map.html.j2", at=at, story=found, places=places)


@router.get("/stories/{story}/places.json")
async def send_places(story: str, desk: AtDesk, at: At, _: Reader) -> Response:
    """The same places for the page's script."""
    places = await run_in_threadpool(find_places, desk, story, at)
    return Response(dump_json(places), media_type="application/json")
