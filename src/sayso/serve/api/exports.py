"""A story, or what a question narrows the ledger to, in the formats of other programs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response

from sayso.api.narrowings import read_moment
from sayso.serve.api.answers import answer
from sayso.serve.api.asking import LONGEST_MOMENT, LONGEST_NAME, TIMES, Asked, AsOf, Narrowed
from sayso.serve.desk import Desk
from sayso.serve.desk.asked import DeskViews
from sayso.serve.desk.desks import MissingError
from sayso.serve.guards.users import Reader
from sayso.serve.pages.showing import AtDesk
from sayso.serve.pages.stories import name_file
from sayso.share.exports import Format, find_format, list_formats

router = APIRouter()
MEDIA: dict[str, Any] = {one.media_type.partition(";")[0]: {} for one in list_formats().values()}
"""All types that an export may be of, for the document."""
RESPONSES: dict[int | str, dict[str, Any]] = {200: {"description": "The file", "content": MEDIA}}
MadeWords = Annotated[
    str, Query(max_length=LONGEST_MOMENT, description=f"When it says that it was made; now, if not given: {TIMES}")
]
Formats = Annotated[
    str, Path(max_length=LONGEST_NAME, description=f"{', '.join(list_formats())}; several with commas are a ZIP")
]
Title = Annotated[str, Query(max_length=LONGEST_NAME, description="What it is called; the story's name, if not given")]


def find_made(made: MadeWords = "") -> datetime | None:
    """The moment at which an export says that it was made. Raises `Error` where it is none."""
    return read_moment(made, begin=True)


Made = Annotated[datetime | None, Depends(find_made)]


@router.get(
    "/stories/{story}/exports/{format}",
    operation_id="export_story",
    summary="A story in a format of other programs",
    tags=["stories"],
    response_class=Response,
    responses=RESPONSES,
)
def export_story(
    request: Request, story: str, format: Formats, desk: AtDesk, as_of: AsOf, made: Made, _: Reader, title: Title = ""
) -> Response:
    """Claims, points and origins, each with its exact words and on whose word."""
    return send(request, desk, Asked(as_of=as_of, story=story), format, made, title)


@router.get(
    "/exports/{format}",
    operation_id="export",
    summary="Claims in a format of other programs",
    tags=["stories"],
    response_class=Response,
    responses=RESPONSES,
)
def export(
    request: Request, format: Formats, desk: AtDesk, asked: Narrowed, made: Made, _: Reader, title: Title = ""
) -> Response:
    """Those of the whole ledger, or of what it is narrowed to."""
    return send(request, desk, asked, format, made, title)


def send(request: Request, desk: Desk, asked: Asked, format: str, made: datetime | None, title: str) -> Response:
    """The file, to be kept and never shown here. Raises `MissingError` where there is no such story or format."""
    formats = find_formats(format)
    name = "reports"
    if asked.story:
        story = desk.story(asked.story, asked.as_of)
        asked, name = replace(asked, story=story.id), name_file(story.name)
    one = formats[0] if len(formats) == 1 else find_format("bundle")

    def make() -> bytes:
        return DeskViews(desk).export(*(one.name for one in formats), title=title, made=made, **asked.narrowing)

    given = answer(request, desk, (asked, made), make, one.media_type)
    if given.status_code == 200:
        given.headers["content-disposition"] = f'attachment; filename="{one.name_file(name)}"'
    return given


def find_formats(words: str) -> list[Format]:
    """The formats that an address names, once each. Raises `MissingError`."""
    known = list_formats()
    names = dict.fromkeys(name.strip() for name in words.split(",") if name.strip())
    if missing := [name for name in names if name not in known]:
        raise MissingError(f"there is no format {missing[0]} to export to: there are {', '.join(known)}")
    if not names:
        raise MissingError(f"name a format to export to: {', '.join(known)}")
    return [known[name] for name in names]
