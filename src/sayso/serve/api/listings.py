"""What can be listed: a row of a table each, and the operation that is made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from sayso.serve.api import shapes
from sayso.serve.api.answers import Row, answer_list
from sayso.serve.api.asking import Asked, AsOf, Cursor, Limit, Narrowed
from sayso.serve.desk import Desk
from sayso.serve.desk.asked import DeskViews
from sayso.serve.desk.assessed import list_hypotheses, list_questions, list_scenarios
from sayso.serve.desk.rows import list_judgements, list_reports, list_sources
from sayso.serve.guards.users import Reader
from sayso.serve.pages.showing import AtDesk

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Listed:
    """A list: the shape of its rows, what it is, its tag in the document, and what finds them."""

    shape: Any
    says: str
    tag: str
    find: Callable[[Desk, Asked], Iterable[Row]]


def find_view(name: str) -> Callable[[Desk, Asked], Iterable[Row]]:
    """What finds the rows of a view: those that the command prints."""
    return lambda desk, asked: DeskViews(desk).view(name, **asked.narrowing)


LISTED: dict[str, Listed] = {
    "stories": Listed(shapes.Story, "The stories, the largest first", "stories", find_view("stories")),
    "points": Listed(shapes.Point, "The questions that claims answer, with the answers", "points", find_view("points")),
    "conflicts": Listed(shapes.Conflict, "The questions on which reports disagree", "points", find_view("conflicts")),
    "origins": Listed(shapes.Provenance, "Where each report's information came from", "reports", find_view("origins")),
    "happenings": Listed(shapes.Happening, "What happened, whoever tells of it", "stories", find_view("happenings")),
    "timeline": Listed(shapes.Event, "What happened when", "stories", find_view("timeline")),
    "positions": Listed(shapes.Position, "What each party did about a matter", "stories", find_view("positions")),
    "estimates": Listed(shapes.Estimate, "The line of figures of each source", "points", find_view("estimates")),
    "grades": Listed(shapes.Grade, "How credible claims, how reliable sources are", "points", find_view("grades")),
    "reports": Listed(
        shapes.Report,
        "The reports, in order of publication",
        "reports",
        lambda desk, asked: list_reports(DeskViews(desk).picture(**asked.narrowing)),
    ),
    "sources": Listed(
        shapes.Source,
        "Whose word answers questions",
        "reports",
        lambda desk, asked: list_sources(DeskViews(desk).picture(**asked.narrowing)),
    ),
}
"""What can be narrowed to a story, some words and a moment."""

Kept = Callable[[Desk, datetime | None], list[Row]]
KEPT: dict[str, tuple[Any, str, str, Kept]] = {
    "judgements": (shapes.Judgement, "What analysts judged", "judgements", list_judgements),
    "hypotheses": (shapes.MatrixRow, "The questions that have hypotheses", "assessments", list_hypotheses),
    "scenarios": (shapes.ScenariosRow, "The sets of scenarios", "assessments", list_scenarios),
    "questions": (shapes.Question, "The questions about what is to come", "assessments", list_questions),
}
"""What people said, which has a moment only."""
CLOCKED = ("questions",)
"""Of these the rows change with the clock."""


def make_list(listed: Listed) -> Callable[..., Response]:
    """The operation of a list of a picture."""

    def show_list(
        request: Request, desk: AtDesk, asked: Narrowed, _: Reader, limit: Limit = 100, cursor: Cursor = ""
    ) -> Response:
        return answer_list(request, desk, asked, lambda: listed.find(desk, asked), limit, cursor)

    return show_list


def make_kept(find: Kept, *, clocked: bool) -> Callable[..., Response]:
    """The operation of a list of what people said."""

    def show_list(
        request: Request, desk: AtDesk, as_of: AsOf, _: Reader, limit: Limit = 100, cursor: Cursor = ""
    ) -> Response:
        return answer_list(request, desk, as_of, lambda: find(desk, as_of), limit, cursor, clocked=clocked)

    return show_list


for _name, _listed in LISTED.items():
    router.add_api_route(
        f"/{_name}",
        make_list(_listed),
        response_model=shapes.page_of(_listed.shape),
        operation_id=f"list_{_name}",
        summary=_listed.says,
        tags=[_listed.tag],
    )
for _name, (_shape, _says, _tag, _find) in KEPT.items():
    router.add_api_route(
        f"/{_name}",
        make_kept(_find, clocked=_name in CLOCKED),
        response_model=shapes.page_of(_shape),
        operation_id=f"list_{_name}",
        summary=_says,
        tags=[_tag],
    )
