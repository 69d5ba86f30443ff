"""The pages of the desk: each module shows one thing and what can be done about it."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from sayso.serve.guards.entry import check_token
from sayso.serve.pages import (
    accounts,
    adding,
    alerts,
    changes,
    checks,
    days,
    events,
    evidence,
    feeds,
    home,
    hypotheses,
    journeys,
    judging,
    listed_reports,
    logins,
    maps,
    origins,
    points,
    positions,
    public,
    published,
    questions,
    readings,
    reviewing,
    scenarios,
    searches,
    sources,
    stories,
    timelines,
)

router = APIRouter(dependencies=[Depends(check_token)])
for part in (
    home,
    alerts,
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
    feeds,
    days,
    positions,
    changes,
    journeys,
    readings,
    evidence,
    sources,
    searches,
    checks,
    logins,
    accounts,
    hypotheses,
    scenarios,
    questions,
    published,
    public,
):
    router.include_router(part.router)
