"""The pages of the desk: each module shows one thing and what can be done about it."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from sayso.serve.guards.entry import check_token
from sayso.serve.pages import accounts, home, listed_reports, logins, maps, origins, points, stories, timelines

router = APIRouter(dependencies=[Depends(check_token)])
for part in (home, stories, points, origins, timelines, maps, listed_reports, logins, accounts):
    router.include_router(part.router)
