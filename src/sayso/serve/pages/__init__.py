"""The pages of the desk: each module shows one thing and what can be done about it."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from sayso.serve.guards.entry import check_token
from sayso.serve.pages import (
    adding,
    events,
    home,
    hypotheses,
    judging,
    listed_reports,
    maps,
    origins,
    points,
    public,
    published,
    questions,
    reviewing,
    scenarios,
    stories,
    timelines,
)

router = APIRouter(dependencies=[Depends(check_token)])
for part in (home, stories, points, origins, timelines, maps, listed_reports, events, judging, reviewing, adding):
    router.include_router(part.router)
for foreseen in (hypotheses, scenarios, questions, published, public):
    router.include_router(foreseen.router)
