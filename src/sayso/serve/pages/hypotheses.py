"""Rival explanations: the matrices, and each with its evidence, what it weighs, and what would change the order."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sayso.errors import Error
from sayso.foresee.hypotheses.matrices import LETTERS
from sayso.serve.desk import Desk, Viewpoint, hypotheses
from sayso.serve.guards.users import Analyst, Reader
from sayso.serve.pages.forms import fill, lead_to, pick_fields, read_form
from sayso.serve.pages.showing import At, AtDesk, show

router = APIRouter(prefix="/hypotheses")
NOW = Viewpoint()


@router.get("")
async def show_matrices(request: Request, desk: AtDesk, at: At, _: Reader) -> Response:
    """The questions that have rival answers."""
    return await show_list(request, desk, at)


async def show_list(request: Request, desk: Desk, at: Viewpoint, wrong: str = "", **form: str) -> Response:
    """The list, with what was wrong with a form."""
    rows = await run_in_threadpool(hypotheses.list_matrices, desk, at)
    status = 400 if wrong else 200
    return show(request, "hypotheses.html.j2", at=at, rows=rows, wrong=wrong, form=fill(form), status=status)


@router.post("")
async def put_matrix(request: Request, desk: AtDesk, user: Analyst) -> Response:
    """Ask a question with its rival answers."""
    form = await read_form(request)
    question, answers = form.get("question", ""), form.get("hypotheses", "")
    try:
        id = await run_in_threadpool(hypotheses.put_matrix, desk, question, answers.splitlines(), user.name)
    except Error as error:
        return await show_list(request, desk, NOW, str(error), question=question, hypotheses=answers)
    return lead_to(f"/hypotheses/{id}")


@router.get("/{id}")
async def show_matrix(request: Request, id: str, desk: AtDesk, at: At, _: Reader) -> Response:
    """A matrix, weighed."""
    return await show_one(request, id, desk, at)


async def show_one(request: Request, id: str, desk: Desk, at: Viewpoint, wrong: str = "") -> Response:
    """A matrix, with what was wrong with a form."""
    sight = await run_in_threadpool(hypotheses.find_matrix, desk, id, at)
    status = 400 if wrong else 200
    return show(request, "matrix.html.j2", at=at, sight=sight, letters=LETTERS, wrong=wrong, status=status)


@router.post("/{id}/{what}")
async def change_matrix(request: Request, id: str, what: str, desk: AtDesk, user: Analyst) -> Response:
    """What an analyst says of a matrix: one more hypothesis or piece of evidence, ratings, a piece that no longer
    counts."""
    form = await read_form(request)
    try:
        anchor = await run_in_threadpool(take_form, desk, id, what, form, user.name)
    except Error as error:
        return await show_one(request, id, desk, NOW, str(error))
    return lead_to(f"/hypotheses/{id}#{anchor}")


def take_form(desk: Desk, id: str, what: str, form: dict[str, str], by: str) -> str:
    """Keep what a form says; where on the page that is shown. Raises `Error`."""
    piece, reason = form.get("evidence", ""), form.get("reason", "")
    if what == "hypotheses":
        return hypotheses.add_hypothesis(desk, id, form.get("words", ""), by)
    if what == "evidence" and form.get("claim"):
        return hypotheses.accept_claim(desk, id, form["claim"], by)
    if what == "evidence":
        return hypotheses.add_text(desk, id, form.get("text", ""), reason, form.get("grade", ""), by)
    if what == "ratings":
        hypotheses.rate_piece(desk, id, piece, pick_fields(form, "value."), reason, by)
    elif what == "dropped":
        hypotheses.drop_piece(desk, id, piece, reason, by, restore=bool(form.get("restore")))
    else:
        raise Error(f"there is nothing called {what} in a matrix")
    return piece
