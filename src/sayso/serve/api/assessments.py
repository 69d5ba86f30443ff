"""What people assessed: one matrix of hypotheses, one set of scenarios, one question with its forecasts."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from sayso.serve.api import shapes
from sayso.serve.api.answers import JSON, answer_clocked, answer_list, answer_made, answer_row
from sayso.serve.api.asking import LONGEST_MOMENT, LONGEST_WORDS, TIMES, AsOf, Cursor, Limit
from sayso.serve.api.repeats import Write
from sayso.serve.desk.assessed import (
    add_forecast,
    add_hypotheses,
    add_question,
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


Words = Annotated[str, Field(max_length=2000)]


class Asking(BaseModel):
    """A question about what is to come, with its terms as `sayso ask` takes them. What the linter finds keeps it from
    being asked, unless by `force`."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=2000)
    kind: Literal["", "yes/no", "choice", "number", "date"] = ""
    options: list[Annotated[str, Field(max_length=200)]] = Field([], max_length=200)
    unit: str = Field("", max_length=100)
    closes: str = Field("", max_length=LONGEST_MOMENT, description=f"Forecasts are taken until: {TIMES}")
    resolves: str = Field("", max_length=LONGEST_MOMENT, description=f"Decided by: {TIMES}")
    criteria: str = Field("", max_length=20_000, description="What decides it")
    source: str = Field("", max_length=500, description="By whose word")
    about: str = Field("", max_length=LONGEST_WORDS, description="Words that its reports hold")
    force: bool = Field(False, description="Ask it whatever the linter finds")


@writes.post(
    "/questions",
    status_code=201,
    response_model=shapes.Question,
    operation_id="add_question",
    summary="Ask a question about what is to come",
    tags=TAGS,
)
def ask_question(request: Request, asking: Asking, desk: AtDesk, user: Analyst) -> Response:
    """It is open to forecasts from then on."""
    row = add_question(
        desk, asking.text, asking.model_dump(exclude={"text", "force"}), by=user.name, force=asking.force
    )
    return answer_made(request, row, "questions")


class Rivals(BaseModel):
    """A question with its rival answers, two at least."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(min_length=1, max_length=2000)
    hypotheses: list[Words] = Field(min_length=2, max_length=26)


@writes.post(
    "/hypotheses",
    status_code=201,
    response_model=shapes.MatrixRow,
    operation_id="add_hypotheses",
    summary="Ask why something happened, with rival explanations",
    tags=TAGS,
)
def ask_why(request: Request, rivals: Rivals, desk: AtDesk, user: Analyst) -> Response:
    """Evidence is held against them from then on."""
    row = add_hypotheses(desk, rivals.question, rivals.hypotheses, by=user.name)
    return answer_made(request, row, "hypotheses")


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
