"""The reports of a story."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sayso.serve.desk.listed_reports import find_listed_reports
from sayso.serve.guards.users import Reader
from sayso.serve.pages.showing import At, AtDesk, show

router = APIRouter()


@router.get("/stories/{story}/reports")
async def show_reports(request: Request, story: str, desk: AtDesk, at: At, _: Reader) -> Response:
    """The reports in order of publication."""
    found = await run_in_threadpool(desk.story, story, at.as_of)
    reports = await run_in_threadpool(find_listed_reports, desk, found.id, at)
    count = sum(1 + len(report.versions) for report in reports)
    return show(request, "listed_reports.html.j2", at=at, story=found, reports=reports, count=count)
