"""The pages of the desk: each module shows one thing and what can be done about it."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from sayso.serve.guards.entry import check_token
from sayso.serve.pages import (
    adding,
    changes,
    days,
    events,
    home,
    journeys,
    judging,
    listed_reports,
    maps,
    origins,
    points,
    positions,
    reviewing,
    stories,
    timelines,
)

router = APIRouter(dependencies=[Depends(check_token)])
for part in (
    home,
    stories,
    points,
    origins,
    timelines,
    maps,
    listed_reports,
    events,
    judging,
    reviewing,
    adding,
    days,
    positions,
    changes,
    journeys,
):
    router.include_router(part.router)
