"""Alerts: the rules that say what a team wants to be told of, and what they found."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from sayso.serve.api import shapes
from sayso.serve.api.answers import JSON, answer_list, answer_made, answer_row
from sayso.serve.api.asking import LONGEST_NAME, LONGEST_WORDS, AsOf, Cursor, Limit
from sayso.serve.api.repeats import Write
from sayso.serve.desk.alerts import acknowledge, add_rule, list_found, list_rules, remove_rule, show_rule
from sayso.serve.guards.users import Analyst, Reader
from sayso.serve.pages.showing import AtDesk
from sayso.tell.tables import dump_row
from sayso.watch.alerts.rules import KINDS, MOST_DAYS, MOST_ORIGINS

router = APIRouter()
writes = APIRouter(route_class=Write)
TAGS: list[str | Enum] = ["alerts"]
Kind = Literal["search", "origins", "contradiction", "movement", "denial", "revision", "indicator", "closing"]
assert Kind.__args__ == tuple(KINDS)  # type: ignore[attr-defined]
Reason = Annotated[str, Query(max_length=2000, description="Why it is wanted no more")]


class Wanted(BaseModel):
    """What an alert is wanted of: a kind with the fields that it takes, as `sayso alerts add` has them."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    words: str = Field("", max_length=LONGEST_WORDS, description="What a report, claim or question must hold")
    claims: bool = Field(False, description="Of a search: claims, not reports")
    at_least: int = Field(0, ge=0, le=MOST_ORIGINS, description="Of origins: how many independent ones")
    more_than: str = Field("", max_length=LONGEST_NAME, description="Of a movement: by how much, 500 or 20%")
    grade: str = Field("", max_length=1, description="Of a denial: how reliable the source is, A to E")
    source: str = Field("", max_length=LONGEST_WORDS, description="Of a denial or a movement: only this source")
    indicator: str = Field("", max_length=LONGEST_NAME, description="Of indicators: only this one, I1")
    within: float = Field(0.0, ge=0, le=MOST_DAYS, description="Of closing: how many days before")
    claim: str = Field("", max_length=LONGEST_NAME, description="Only the point that this claim answers")
    story: str = Field("", max_length=LONGEST_NAME, description="Only this story")


@router.get(
    "/alerts",
    response_model=shapes.page_of(shapes.Rule),
    operation_id="list_alerts",
    summary="What the team wants to be told of",
    tags=TAGS,
)
def show_rules(
    request: Request, desk: AtDesk, as_of: AsOf, _: Reader, limit: Limit = 100, cursor: Cursor = ""
) -> Response:
    """The rows of `sayso alerts rules`: the rules, in the order of making."""
    return answer_list(request, desk, as_of, lambda: list_rules(desk, as_of), limit, cursor)


@router.get(
    "/alerts/found",
    response_model=shapes.page_of(shapes.Alert),
    operation_id="list_found",
    summary="What was found, the newest first",
    tags=TAGS,
)
def show_found(
    request: Request,
    desk: AtDesk,
    as_of: AsOf,
    _: Reader,
    seen: Annotated[bool, Query(description="Also what was acknowledged")] = False,
    limit: Limit = 100,
    cursor: Cursor = "",
) -> Response:
    """The rows of `sayso alerts`."""
    rows = list_found(desk, as_of, seen=seen)
    return answer_list(request, desk, as_of, lambda: rows, limit, cursor, clocked=True)


@router.get(
    "/alerts/{rule}",
    response_model=shapes.Rule,
    operation_id="show_alert",
    summary="One rule, by its id",
    tags=TAGS,
)
def show_one(request: Request, rule: str, desk: AtDesk, as_of: AsOf, _: Reader) -> Response:
    """A row of `sayso alerts rules`."""
    return answer_row(request, desk, as_of, lambda: show_rule(desk, rule, as_of))


@writes.post(
    "/alerts",
    status_code=201,
    response_model=shapes.Rule,
    operation_id="add_alert",
    summary="Say what you want to be told of",
    tags=TAGS,
)
def make_alert(request: Request, wanted: Wanted, desk: AtDesk, user: Analyst) -> Response:
    """It is kept under your name, for the whole team; `sayso alerts run` and `sayso watch` look for it."""
    row = add_rule(desk, by=user.name, **wanted.model_dump())
    return answer_made(request, row, "alerts")


class Seeing(BaseModel):
    """What somebody says who has seen an alert."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field("", max_length=LONGEST_WORDS)


@writes.post(
    "/alerts/found/{alert}/seen",
    response_model=shapes.Alert,
    operation_id="acknowledge_alert",
    summary="Say that you have seen what was found",
    tags=TAGS,
)
def see_alert(alert: str, seeing: Seeing, desk: AtDesk, user: Analyst) -> Response:
    """It is listed no more unless by `seen`; who was first counts."""
    row = acknowledge(desk, alert, by=user.name, reason=seeing.reason)
    return Response(dump_row(row), media_type=JSON)


@writes.delete(
    "/alerts/{rule}",
    status_code=204,
    operation_id="remove_alert",
    summary="Be told of it no more",
    tags=TAGS,
)
def drop_alert(rule: str, desk: AtDesk, user: Analyst, reason: Reason = "") -> Response:
    """The rule stays in the ledger and tells nothing any more."""
    remove_rule(desk, rule, by=user.name, reason=reason)
    return Response(status_code=204)
