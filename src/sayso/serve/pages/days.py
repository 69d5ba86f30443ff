"""What the time slider is drawn from."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse

from sayso.serve.desk.days import find_days
from sayso.serve.guards.users import Reader
from sayso.serve.pages.showing import AtDesk

router = APIRouter()


@router.get("/days")
async def send_days(desk: AtDesk, _: Reader, story: Annotated[str, Query(max_length=400)] = "") -> JSONResponse:
    """The days on which reports of a story, or of all, were published, and how many on each."""
    days = await run_in_threadpool(find_days, desk, story)
    return JSONResponse([[day.isoformat(), count] for day, count in days.published])
