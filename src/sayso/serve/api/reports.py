"""Reports: one with all that was found in it, those that hold some words, and adding more."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from sayso.api.texts import Facts
from sayso.serve.api import shapes
from sayso.serve.api.answers import JSON, answer_list, answer_row
from sayso.serve.api.asking import LONGEST_NAME, LONGEST_WORDS, AsOf, Cursor, Limit
from sayso.serve.api.repeats import Write
from sayso.serve.desk.adding import add_addresses
from sayso.serve.desk.jobs import BusyError
from sayso.serve.desk.rows import add_text, row_of_added, row_of_job, search_reports, show_reading
from sayso.serve.guards.users import Analyst, Reader
from sayso.serve.pages.showing import AtDesk
from sayso.tell.tables import dump_row

router = APIRouter()
writes = APIRouter(route_class=Write)
LONGEST_TEXT = 100_000
"""Characters of a text: some twelve seconds of reading."""
LONGEST_ADDRESS = 4000


class Given(BaseModel):
    """A text with what is known of it, or the address at which it is: one of the two."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field("", max_length=LONGEST_TEXT)
    url: str = Field("", max_length=LONGEST_ADDRESS)
    id: str = Field("", max_length=LONGEST_NAME)
    outlet: str = Field("", max_length=LONGEST_NAME)
    title: str = Field("", max_length=1000)
    author: str = Field("", max_length=1000)
    published: str = Field("", max_length=64, description="A day or moment, ISO 8601")
    language: str = Field("", max_length=16)

    @property
    def facts(self) -> Facts:
        """What is known of the text besides its words."""
        given = self.model_dump(exclude={"text"})
        return {name: value for name, value in given.items() if value}  # type: ignore[return-value]


@router.get(
    "/reports/{report:path}",
    response_model=shapes.Reading,
    operation_id="read_report",
    summary="A report with all that was found in it, by its digest or id",
    tags=["reports"],
)
def read_report(request: Request, report: str, desk: AtDesk, as_of: AsOf, _: Reader) -> Response:
    """The row of `sayso read`."""
    return answer_row(request, desk, as_of, lambda: show_reading(desk, report, as_of))


@router.get(
    "/search",
    response_model=shapes.page_of(shapes.Found),
    operation_id="search",
    summary="The reports that hold some words, those that fit best first",
    tags=["reports"],
)
def search(
    request: Request,
    desk: AtDesk,
    as_of: AsOf,
    _: Reader,
    q: Annotated[
        str, Query(min_length=1, max_length=LONGEST_WORDS, description='All of them; "several" together; -not this')
    ],
    limit: Limit = 100,
    cursor: Cursor = "",
) -> Response:
    """Words are stemmed: strike finds strikes."""
    return answer_list(request, desk, as_of, lambda: search_reports(desk, q, as_of), limit, cursor)


@writes.post(
    "/reports",
    status_code=201,
    response_model=shapes.AddedText,
    responses={202: {"model": shapes.Job, "description": "An address is being read: ask for the job"}},
    operation_id="add_report",
    summary="Read a text, or what is at an address, and keep it",
    tags=["reports"],
)
def add_report(request: Request, given: Given, desk: AtDesk, user: Analyst) -> Response:
    """A text is read at once, an address as a job. What is known already adds nothing."""
    if not given.text:
        try:
            job = add_addresses(desk, given.url, by=user.name)
        except BusyError as error:
            raise HTTPException(429, str(error)) from None
        where = f"{request.scope.get('root_path', '')}/v1/jobs/{job.id}"
        return Response(dump_row(row_of_job(job)), 202, headers={"location": where}, media_type=JSON)
    added, report = add_text(desk, given.text, given.facts)
    row = {**row_of_added(added), "report": report.id, "digest": report.digest}
    where = f"{request.scope.get('root_path', '')}/v1/reports/{report.digest}"
    return Response(dump_row(row), 201, headers={"location": where}, media_type=JSON)


@router.get(
    "/jobs/{job}", response_model=shapes.Job, operation_id="show_job", summary="How far a job is", tags=["reports"]
)
def show_job(job: str, desk: AtDesk, _: Analyst) -> Response:
    """The job as it stands now."""
    found = desk.jobs.find(job)
    if found is None:
        raise HTTPException(404, f"there is no job {job}: old ones are forgotten, and all when the desk is closed")
    return Response(dump_row(row_of_job(found)), headers={"cache-control": "no-store"}, media_type=JSON)
