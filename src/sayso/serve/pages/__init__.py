"""The pages of the desk: each module shows one thing and what can be done about it."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from sayso.serve.guards.entry import check_token
from sayso.serve.pages import home, points, readings, stories

router = APIRouter(dependencies=[Depends(check_token)])
for part in (home, stories, points, readings):
    router.include_router(part.router)
