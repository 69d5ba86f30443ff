"""How it may go on: the sets of scenarios, and each with its indicators, which fired, and at how many origins."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sayso.api.narrowings import read_moment
from sayso.errors import Error
from sayso.serve.desk import Desk, Viewpoint, scenarios
from sayso.serve.desk.foreseeing import refuse_clearly
from sayso.serve.guards.users import Analyst, Reader
from sayso.serve.pages.forms import fill, lead_to, pick_fields, read_form
from sayso.serve.pages.showing import At, AtDesk, show

router = APIRouter(prefix="/scenarios")
NOW = Viewpoint()


@router.get("")
async def show_sets(request: Request, desk: AtDesk, at: At, _: Reader) -> Response:
    """The sets of scenarios."""
    return await show_list(request, desk, at)


async def show_list(request: Request, desk: Desk, at: Viewpoint, wrong: str = "", **form: str) -> Response:
    """The list, with what was wrong with a form."""
    rows = await run_in_threadpool(scenarios.list_sets, desk, at)
    status = 400 if wrong else 200
    return show(request, "scenarios.html.j2", at=at, rows=rows, wrong=wrong, form=fill(form), status=status)


@router.post("")
async def put_set(request: Request, desk: AtDesk, user: Analyst) -> Response:
    """Describe how it may go on."""
    form = await read_form(request)
    title, named, exclusive = form.get("title", ""), form.get("scenarios", ""), form.get("exclusive", "")

    def put() -> str:
        return scenarios.put_set(desk, title, named.splitlines(), user.name, exclusive=bool(exclusive))

    try:
        id = await run_in_threadpool(put)
    except Error as error:
        return await show_list(request, desk, NOW, str(error), title=title, scenarios=named, exclusive=exclusive)
    return lead_to(f"/scenarios/{id}")


@router.get("/{id}")
async def show_set(request: Request, id: str, desk: AtDesk, at: At, _: Reader) -> Response:
    """A set, with how each of its scenarios stands."""
    return await show_one(request, id, desk, at)


async def show_one(request: Request, id: str, desk: Desk, at: Viewpoint, wrong: str = "") -> Response:
    """A set, with what was wrong with a form."""
    sight = await run_in_threadpool(scenarios.find_set, desk, id, at)
    return show(request, "scenario_set.html.j2", at=at, sight=sight, wrong=wrong, status=400 if wrong else 200)


@router.post("/{id}/{what}")
async def change_set(request: Request, id: str, what: str, desk: AtDesk, user: Analyst) -> Response:
    """What an analyst says of a set: one more scenario or indicator, probabilities, an indicator that no longer
    counts."""
    form = await read_form(request)
    try:
        anchor = await run_in_threadpool(take_form, desk, id, what, form, user.name)
    except Error as error:
        return await show_one(request, id, desk, NOW, str(error))
    return lead_to(f"/scenarios/{id}#{anchor}")


def take_form(desk: Desk, id: str, what: str, form: dict[str, str], by: str) -> str:
    """Keep what a form says; where on the page that is shown. Raises `Error`."""
    reason, scenario = form.get("reason", ""), form.get("scenario", "")
    if what == "scenarios":
        return scenarios.add_scenario(desk, id, form.get("words", ""), by)
    if what == "probabilities":
        scenarios.state_probabilities(desk, id, pick_fields(form, "percent."), reason, by)
        return "main"
    if what == "indicators":
        with refuse_clearly():
            weight, origins = float(form.get("weight") or 1), int(form.get("origins") or 0)
        scenarios.add_indicator(
            desk, id, scenario, form.get("words", ""), by, weight=weight, down=form.get("direction") == "down",
            origins=origins or None, since=read_moment(form.get("since"), begin=True),
        )  # fmt: skip
        return scenario
    if what == "dropped":
        scenarios.drop_indicator(desk, id, form.get("indicator", ""), reason, by)
        return "main"
    raise Error(f"there is nothing called {what} in a set of scenarios")
