"""A story, its brief and what changed in it; one point; the journey of one thing."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Query, Request
from starlette.responses import Response

from sayso.api.briefs import Told
from sayso.serve.api import shapes
from sayso.serve.api.answers import Row, answer, answer_list, answer_row
from sayso.serve.api.asking import LONGEST_NAME, Asked, AsOf, Cursor, Limit, Narrowed, Since
from sayso.serve.desk import Desk
from sayso.serve.desk.asked import DeskViews
from sayso.serve.desk.desks import MissingError
from sayso.serve.guards.users import Reader
from sayso.serve.pages.showing import AtDesk

router = APIRouter()
MEDIA = {
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "eml": "message/rfc822",
}
"""The formats of a brief, and what each is called on the way."""
Format = Literal["json", "md", "html", "txt", "pdf", "docx", "eml"]


@router.get(
    "/stories/{story}",
    response_model=shapes.Story,
    operation_id="show_story",
    summary="A story, by its id, a report of it or words of its name",
    tags=["stories"],
)
def show_story(request: Request, story: str, desk: AtDesk, as_of: AsOf, _: Reader) -> Response:
    """The row of one story."""

    def find() -> Row:
        id = desk.story(story, as_of).id
        return next(row for row in DeskViews(desk).stories(as_of=as_of) if row["id"] == id)

    return answer_row(request, desk, as_of, find)


@router.get(
    "/points/{point}",
    response_model=shapes.Point,
    operation_id="show_point",
    summary="One point, by its id or the beginning of it",
    tags=["points"],
)
def show_point(request: Request, point: str, desk: AtDesk, asked: Narrowed, _: Reader) -> Response:
    """The row of one point."""
    return answer_row(request, desk, asked, lambda: find_point(desk, asked, point))


def find_point(desk: Desk, asked: Asked, point: str) -> Row:
    """The row of the point of an id. Raises `MissingError`."""
    for row in DeskViews(desk).points(**asked.narrowing):
        if row["id"].startswith(point):
            return row
    raise MissingError(f"there is no point {point}")


@router.get(
    "/changes",
    response_model=shapes.page_of(shapes.Change),
    operation_id="list_changes",
    summary="What changed since a moment",
    tags=["stories"],
)
def list_changes(
    request: Request,
    desk: AtDesk,
    asked: Narrowed,
    since: Since,
    _: Reader,
    limit: Limit = 100,
    cursor: Cursor = "",
) -> Response:
    """What is new, revised, corrected, contradicted, settled or judged."""
    if since is None:
        raise HTTPException(400, "say since when: ?since=2024-03-26")
    views = DeskViews(desk)
    return answer_list(request, desk, (asked, since), lambda: views.changes(since, **asked.narrowing), limit, cursor)


@router.get(
    "/brief",
    response_model=shapes.Brief,
    operation_id="tell_brief",
    summary="The situation report, in JSON or as a document",
    tags=["stories"],
    responses={200: {"content": {media.partition(";")[0]: {} for media in MEDIA.values()}}},
)
def tell_brief(
    request: Request,
    desk: AtDesk,
    asked: Narrowed,
    since: Since,
    _: Reader,
    format: Annotated[Format, Query(description="What it is told in")] = "json",
    style: Annotated[
        Literal["plain", "quotes"], Query(description="In reported speech, or in the very words")
    ] = "plain",
    language: Annotated[str, Query(max_length=16, description="The language of what sayso itself says")] = "en",
    title: Annotated[str, Query(max_length=LONGEST_NAME, description="What it is called")] = "",
) -> Response:
    """Every sentence carries the ids of its claims."""

    def tell() -> bytes:
        name = title or (desk.story(asked.story, asked.as_of).name if asked.story else "")
        told: Told = desk.hold(
            ("told", asked, since, name, style, language),
            lambda: DeskViews(desk).brief(since=since, title=name, style=style, language=language, **asked.narrowing),
        )
        return told.render(format)

    given = answer(request, desk, (asked, since), tell, MEDIA[format])
    if format != "json" and given.status_code == 200:  # Shown here, a page would be without its style: see the policy.
        given.headers["content-disposition"] = f'attachment; filename="brief.{format}"'
    return given


@router.get(
    "/explain",
    response_model=list[shapes.Step],
    operation_id="explain",
    summary="How sayso came to a claim, point, report, origin or somebody",
    tags=["points"],
)
def explain(
    request: Request,
    desk: AtDesk,
    asked: Narrowed,
    _: Reader,
    what: Annotated[str, Query(min_length=1, max_length=LONGEST_NAME, description="Its id, name, or words of a claim")],
) -> Response:
    """The steps, in their order."""
    return answer_row(request, desk, asked, lambda: DeskViews(desk).explain(what, **asked.narrowing).rows)
