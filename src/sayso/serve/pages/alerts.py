"""The page of alerts: what the rules found, and the button that acknowledges it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from sayso.errors import Error
from sayso.harms import one_line
from sayso.serve.desk.alerts import acknowledge, list_alerts
from sayso.serve.guards.users import Analyst, Reader
from sayso.serve.pages.judging import read_word
from sayso.serve.pages.showing import At, AtDesk, show

router = APIRouter()
LONGEST = 500
"""Code points of what somebody says who acknowledges an alert."""


@router.get("/alerts")
async def show_alerts(request: Request, desk: AtDesk, at: At, _: Reader) -> Response:
    """The alerts that nobody has acknowledged, or with `seen` all of them, and the rules."""
    seen = bool(request.query_params.get("seen"))
    alerted = await run_in_threadpool(list_alerts, desk, at, seen=seen)
    return show(request, "alerts.html.j2", at=at, alerted=alerted, seen=seen, plain=one_line)


@router.post("/alerts/{id}/ack")
async def acknowledge_alert(request: Request, id: str, desk: AtDesk, at: At, user: Analyst) -> Response:
    """Acknowledge an alert, then back to the others."""
    form = await request.form()
    reason = read_word(form, "reason")
    if len(reason) > LONGEST:
        raise Error(f"that is too long: {LONGEST} characters at most")
    await run_in_threadpool(acknowledge, desk, id, by=user.name, reason=reason)
    return RedirectResponse(f"/alerts{at.query}", 303)
