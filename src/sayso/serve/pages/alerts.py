"""The page of alerts: what the rules found with the button that acknowledges it, and the rules with a form for more."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sayso.errors import Error
from sayso.harms import one_line
from sayso.serve.desk import Desk, Viewpoint
from sayso.serve.desk.alerts import acknowledge, add_rule, list_alerts, remove_rule
from sayso.serve.guards.users import Analyst, Reader
from sayso.serve.pages.forms import fill, lead_to, read_form
from sayso.serve.pages.judging import read_word
from sayso.serve.pages.showing import At, AtDesk, show
from sayso.tell.tongues import mark
from sayso.watch.alerts.rules import KINDS

router = APIRouter()
LONGEST = 500
"""Code points of what somebody says who acknowledges an alert, or drops a rule."""
WANTED = {
    "search": mark("a new report that holds the words"),
    "origins": mark("independent origins that reach a number"),
    "contradiction": mark("answers that exclude each other"),
    "movement": mark("a source’s figure that moves"),
    "denial": mark("a denial by a graded source"),
    "revision": mark("a change that an outlet did not say"),
    "indicator": mark("an indicator that fires"),
    "closing": mark("a question that closes soon"),
}
"""What each kind of rule wants, as the form says it."""
assert tuple(WANTED) == tuple(KINDS)
WORDS = ("words", "more_than", "grade", "source", "indicator", "claim", "story")
"""Fields of the form that are words."""


@router.get("/alerts")
async def show_alerts(request: Request, desk: AtDesk, at: At, _: Reader) -> Response:
    """The alerts that nobody has acknowledged, or with `seen` all of them, and the rules."""
    return await show_page(request, desk, at)


async def show_page(request: Request, desk: Desk, at: Viewpoint, wrong: str = "", **form: str) -> Response:
    """The page, with what was wrong with a form."""
    seen = bool(request.query_params.get("seen"))
    alerted = await run_in_threadpool(list_alerts, desk, at, seen=seen)
    stories = await run_in_threadpool(desk.stories)
    return show(
        request, "alerts.html.j2", at=at, alerted=alerted, seen=seen, plain=one_line, wrong=wrong, form=fill(form),
        wanted=WANTED, named=stories, status=400 if wrong else 200,
    )  # fmt: skip


@router.post("/alerts/rules")
async def put_rule(request: Request, desk: AtDesk, user: Analyst) -> Response:
    """Keep a rule, then show it among the others."""
    form = await read_form(request)
    try:
        await run_in_threadpool(add_rule, desk, form.get("kind", ""), by=user.name, **read_wanted(form))
    except Error as error:
        return await show_page(request, desk, Viewpoint(), str(error), **form)
    return lead_to("/alerts#rules")


def read_wanted(form: dict[str, str]) -> dict[str, Any]:
    """The fields of a rule that a form gives. Raises `Error` where a number is none."""
    given: dict[str, Any] = {name: form.get(name, "").strip() for name in WORDS}
    try:
        given["at_least"] = int(form.get("at_least", "").strip() or 0)
        given["within"] = float(form.get("within", "").strip() or 0)
    except (ValueError, OverflowError):
        raise Error("write the number of origins and of days in figures") from None
    return {**given, "claims": bool(form.get("claims"))}


@router.post("/alerts/rules/{id}/drop")
async def drop_rule(request: Request, id: str, desk: AtDesk, user: Analyst) -> Response:
    """Drop a rule, then show the others."""
    reason = read_reason((await read_form(request)).get("reason", ""))
    await run_in_threadpool(remove_rule, desk, id, by=user.name, reason=reason)
    return lead_to("/alerts#rules")


@router.post("/alerts/{id}/ack")
async def acknowledge_alert(request: Request, id: str, desk: AtDesk, at: At, user: Analyst) -> Response:
    """Acknowledge an alert, then back to the others."""
    reason = read_reason(read_word(await request.form(), "reason"))
    await run_in_threadpool(acknowledge, desk, id, by=user.name, reason=reason)
    return lead_to(f"/alerts{at.query}")


def read_reason(words: str) -> str:
    """What somebody says who acknowledges or drops something. Raises `Error` where that is too long."""
    if len(words) > LONGEST:
        raise Error(f"that is too long: {LONGEST} characters at most")
    return words
