"""The pages of the desk: each module shows one thing and what can be done about it."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from sayso.serve.guards.entry import check_token
from sayso.serve.pages import home, hypotheses, points, public, published, questions, scenarios, stories

router = APIRouter(dependencies=[Depends(check_token)])
for part in (home, stories, points, hypotheses, scenarios, questions, published, public):
    router.include_router(part.router)
