"""What people assessed: one matrix of hypotheses, one set of scenarios, one question with its forecasts."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from sayso.serve.api import shapes
from sayso.serve.api.answers import JSON, answer_clocked, answer_list, answer_row
from sayso.serve.api.asking import AsOf, Cursor, Limit
from sayso.serve.api.repeats import Write
from sayso.serve.desk.assessed import (
    add_forecast,
    draw_crowd,
    list_forecasts,
    show_hypotheses,
    show_question,
    show_scenarios,
)
from sayso.serve.guards.users import Analyst, Reader
from sayso.serve.pages.showing import AtDesk
from sayso.tell.tables import dump_row

router = APIRouter()
writes = APIRouter(route_class=Write)
TAGS: list[str | Enum] = ["assessments"]


@router.get(
    "/hypotheses/{id}",
    response_model=shapes.Matrix,
    operation_id="show_hypotheses",
    summary="Rival explanations, weighed against their evidence",
    tags=TAGS,
)
def show_matrix(request: Request, id: str, desk: AtDesk, as_of: AsOf, _: Reader) -> Response:
    """The row of `sayso hypotheses show`."""
    return answer_row(request, desk, as_of, lambda: show_hypotheses(desk, id, as_of))


@router.get(
    "/scenarios/{id}",
    response_model=shapes.Scenarios,
    operation_id="show_scenarios",
    summary="How it may go on, with the indicators that have fired",
    tags=TAGS,
)
def show_set(request: Request, id: str, desk: AtDesk, as_of: AsOf, _: Reader) -> Response:
    """The row of `sayso scenarios show`."""
    return answer_row(request, desk, as_of, lambda: show_scenarios(desk, id, as_of))


@router.get(
    "/questions/{id}",
    response_model=shapes.Question,
    operation_id="show_question",
    summary="One question: how it stands, and what the crowd expects",
    tags=TAGS,
)
def show_one(request: Request, id: str, desk: AtDesk, as_of: AsOf, _: Reader) -> Response:
    """A row of `sayso questions`."""
    return answer_clocked(request, show_question(desk, id, as_of))


@router.get(
    "/questions/{id}/forecasts",
    response_model=shapes.page_of(shapes.Forecast),
    operation_id="list_forecasts",
    summary="What was expected of a question, by whom and when",
    tags=TAGS,
)
def show_forecasts(
    request: Request, id: str, desk: AtDesk, as_of: AsOf, _: Reader, limit: Limit = 100, cursor: Cursor = ""
) -> Response:
    """The forecasts in the order of saying."""
    return answer_list(request, desk, as_of, lambda: list_forecasts(desk, id, as_of), limit, cursor)


@router.get(
    "/questions/{id}/line",
    response_model=shapes.Page[shapes.Crowd],
    operation_id="draw_line",
    summary="What the crowd expected of a question, day by day",
    tags=TAGS,
)
def show_line(
    request: Request, id: str, desk: AtDesk, as_of: AsOf, _: Reader, limit: Limit = 100, cursor: Cursor = ""
) -> Response:
    """The rows of `sayso forecasts --line`."""
    return answer_list(request, desk, as_of, lambda: draw_crowd(desk, id, as_of), limit, cursor)


class Expected(BaseModel):
    """What is expected, in words as `sayso forecast` takes them: `["0.7"]`, `["north=0.2", "south=0.8"]`,
    `["p10=3", "p50=5", "p90=12"]`, `["p50=2031-05-31"]`."""

    model_config = ConfigDict(extra="forbid")

    values: list[Annotated[str, Field(max_length=200)]] = Field(min_length=1, max_length=200)
    reason: str = Field("", max_length=2000)


@writes.post(
    "/questions/{id}/forecasts",
    status_code=201,
    response_model=shapes.Forecast,
    operation_id="add_forecast",
    summary="Say what you expect of a question",
    tags=TAGS,
)
def make_forecast(id: str, expected: Expected, desk: AtDesk, user: Analyst) -> Response:
    """Your latest forecast counts; none is taken after the question closes."""
    row = add_forecast(desk, id, expected.values, by=user.name, reason=expected.reason)
    return Response(dump_row(row), 201, media_type=JSON)
