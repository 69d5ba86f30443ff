"""Judging: under the name of who asks, kept for good, undone by another judgement."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from sayso.serve.api import shapes
from sayso.serve.api.answers import answer_made, answer_row
from sayso.serve.api.asking import LONGEST_NAME
from sayso.serve.api.repeats import Write
from sayso.serve.desk import Desk
from sayso.serve.desk.desks import MissingError
from sayso.serve.desk.rows import Row, judge, list_judgements
from sayso.serve.guards.users import Analyst, Reader
from sayso.serve.pages.showing import AtDesk

router = APIRouter()
writes = APIRouter(route_class=Write)
LONGEST_REASON = 2000


class Deciding(BaseModel):
    """What is judged: `target` a report, claim, source or judgement; `other` the second of two; `value` a relation,
    grade, source or name."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["retract", "restore", "merge", "split", "name", "relate", "attribute", "grade", "undo"]
    target: str = Field(min_length=1, max_length=LONGEST_NAME)
    reason: str = Field(min_length=1, max_length=LONGEST_REASON)
    other: str = Field("", max_length=LONGEST_NAME)
    value: str = Field("", max_length=LONGEST_NAME)


class Undoing(BaseModel):
    """Why a judgement no longer counts."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(min_length=1, max_length=LONGEST_REASON)


@router.get(
    "/judgements/{judgement}",
    response_model=shapes.Judgement,
    operation_id="show_judgement",
    summary="One judgement, by its id",
    tags=["judgements"],
)
def show_judgement(request: Request, judgement: str, desk: AtDesk, _: Reader) -> Response:
    """The row of one judgement."""
    return answer_row(request, desk, None, lambda: find_judgement(desk, judgement))


def find_judgement(desk: Desk, id: str) -> Row:
    """The row of the judgement of an id. Raises `MissingError`."""
    for row in list_judgements(desk):
        if row["id"] == id:
            return row
    raise MissingError(f"there is no judgement {id}")


@writes.post(
    "/judgements",
    status_code=201,
    response_model=shapes.Judgement,
    operation_id="judge",
    summary="Judge a report, a claim or a source",
    tags=["judgements"],
)
def make_judgement(request: Request, deciding: Deciding, desk: AtDesk, user: Analyst) -> Response:
    """It bears the name of who asks, and never overwritten."""
    row = judge(desk, by=user.name, **deciding.model_dump())
    return answer_made(request, row, "judgements")


@writes.post(
    "/judgements/{judgement}/undo",
    status_code=201,
    response_model=shapes.Judgement,
    operation_id="undo_judgement",
    summary="Undo a judgement",
    tags=["judgements"],
)
def undo_judgement(request: Request, judgement: str, undoing: Undoing, desk: AtDesk, user: Analyst) -> Response:
    """The judgement that undoes it; both stay in the ledger."""
    find_judgement(desk, judgement)
    row = judge(desk, "undo", judgement, by=user.name, reason=undoing.reason)
    return answer_made(request, row, "judgements")
