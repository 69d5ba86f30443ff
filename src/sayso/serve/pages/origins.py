"""Who took it from whom in a story: the graph of its origins, and the same as a list."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sayso.forms import dump_json
from sayso.serve.desk.origins import find_origins
from sayso.serve.guards.users import Reader
from sayso.serve.pages.showing import At, AtDesk, show

router = APIRouter()
Rest = Annotated[bool, Query()]


@router.get("/stories/{story}/origins")
async def show_origins(request: Request, story: str, desk: AtDesk, at: At, _: Reader, rest: Rest = False) -> Response:
    """The origins of what reports of a story lead with; with `rest` those of all that they tell."""
    found = await run_in_threadpool(desk.story, story, at.as_of)
    graph = await run_in_threadpool(find_origins, desk, found.id, at, rest=rest)
    names = {node.id: node for node in graph.nodes}
    return show(request, "origins.html.j2", at=at, story=found, graph=graph, nodes=names, rest=rest)


@router.get("/stories/{story}/origins.json")
async def send_origins(story: str, desk: AtDesk, at: At, _: Reader, rest: Rest = False) -> Response:
    """The same graph for the page's script."""
    graph = await run_in_threadpool(find_origins, desk, story, at, rest=rest)
    return Response(dump_json(graph), media_type="application/json")
