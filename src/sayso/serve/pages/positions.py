"""What each party of a story said, denied, declined to say or kept silent about."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sayso.serve.desk.positions import STANCES, find_positions
from sayso.serve.guards.users import Reader
from sayso.serve.pages.notes import Notes
from sayso.serve.pages.points import name_choice
from sayso.serve.pages.showing import At, AtDesk, show

router = APIRouter()


@router.get("/stories/{story}/positions")
async def show_positions(
    request: Request, story: str, desk: AtDesk, at: At, _: Reader, stance: Annotated[str, Query(max_length=20)] = ""
) -> Response:
    """The parties of a story, those that deny, decline or are silent first."""
    found = await run_in_threadpool(desk.story, story, at.as_of)
    parties = await run_in_threadpool(find_positions, desk, found.id, at, stance)
    picture = await run_in_threadpool(desk.picture, found.id, at.as_of)
    notes = Notes(at, picture)
    counts = {name: sum(p.stance == name for p in picture.positions) for name in STANCES}
    return show(
        request,
        "positions.html.j2",
        at=at,
        story=found,
        parties=[(party, [(one, notes.cite(one.claims)) for one in party.positions]) for party in parties],
        stances=[(name, count) for name, count in counts.items() if count],
        stance=stance,
        total=len(picture.positions),
        known={point.id for point in picture.points},
        chosen=lambda **change: name_choice(at, {"stance": stance, **change}),
        notes=notes.list_all(),
    )
