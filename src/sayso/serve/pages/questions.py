"""Questions about what is to come: open, closed and resolved, each with the crowd's line, and who foresees well."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sayso.errors import Error
from sayso.serve.desk import Desk, Viewpoint, questions
from sayso.serve.guards.users import Analyst, Reader
from sayso.serve.pages.forms import fill, lead_to, read_form, read_values
from sayso.serve.pages.showing import At, AtDesk, show
from sayso.tell.calibration import draw_calibration
from sayso.tell.poll_page import list_fields, view_crowd, view_line

router = APIRouter(prefix="/questions")
NOW = Viewpoint()
TERMS = ("kind", "options", "unit", "closes", "resolves", "criteria", "source", "about")


@router.get("")
async def show_questions(request: Request, desk: AtDesk, at: At, _: Reader) -> Response:
    """The questions, what closes soon first, and the forecasters."""
    return await show_list(request, desk, at)


async def show_list(request: Request, desk: Desk, at: Viewpoint, wrong: str = "", **words: Any) -> Response:
    """The list, with what was wrong with a form, or what the linter found."""
    groups = await run_in_threadpool(questions.list_questions, desk, at)
    sheet = await run_in_threadpool(questions.score_all, desk, at)
    shown = {"findings": (), **words, "form": fill(words.get("form", {}))}
    status = 400 if wrong or shown["findings"] else 200
    return show(
        request, "questions.html.j2", at=at, groups=groups, sheet=sheet, wrong=wrong, status=status,
        calibration=draw_calibration(sheet["calibration"]), **shown,
    )  # fmt: skip


@router.post("")
async def put_question(request: Request, desk: AtDesk, user: Analyst) -> Response:
    """Ask a question; what would get it voided is shown first."""
    form = await read_form(request)
    terms = {name: form.get(name, "") for name in TERMS}

    def put() -> tuple[str, Any]:
        return questions.put_question(desk, form.get("text", ""), terms, user.name, force=bool(form.get("force")))

    try:
        id, findings = await run_in_threadpool(put)
    except Error as error:
        return await show_list(request, desk, NOW, str(error), form=form)
    if not id:
        return await show_list(request, desk, NOW, form=form, findings=findings)
    return lead_to(f"/questions/{id}")


@router.get("/{id}")
async def show_question(
    request: Request, id: str, desk: AtDesk, at: At, _: Reader, propose: Annotated[bool, Query()] = False
) -> Response:
    """A question with all that was said of it; where asked, also how the ledger says that it ends."""
    return await show_one(request, id, desk, at, propose=propose)


async def show_one(
    request: Request, id: str, desk: Desk, at: Viewpoint, wrong: str = "", *, propose: bool = False
) -> Response:
    """A question, with what was wrong with a form."""
    sight = await run_in_threadpool(questions.find_question, desk, id, at)
    question = sight.question
    return show(
        request, "question.html.j2", at=at, sight=sight, wrong=wrong, status=400 if wrong else 200,
        crowd=[view_crowd(question, one) for one in sight.crowd], chart=view_line(question, sight.line),
        fields=list_fields(question),
        proposal=await run_in_threadpool(questions.propose_end, desk, id, at) if propose else None,
    )  # fmt: skip


@router.post("/{id}/forecasts")
async def give_forecast(request: Request, id: str, desk: AtDesk, user: Analyst) -> Response:
    """Say what you expect."""
    form = await read_form(request)
    said, reason = read_values(form), form.get("reason", "")
    try:
        await run_in_threadpool(questions.give_forecast, desk, id, said, reason, user.name)
    except Error as error:
        return await show_one(request, id, desk, NOW, str(error))
    return lead_to(f"/questions/{id}#forecasts")


@router.post("/{id}/resolutions")
async def end_question(request: Request, id: str, desk: AtDesk, user: Analyst) -> Response:
    """Say how it ended."""
    form = await read_form(request)
    claims = form.get("claims", "").split()
    try:
        await run_in_threadpool(
            questions.end_question, desk, id, form.get("outcome", ""), claims, form.get("reason", ""), user.name
        )
    except Error as error:
        return await show_one(request, id, desk, NOW, str(error), propose=True)
    return lead_to(f"/questions/{id}")
