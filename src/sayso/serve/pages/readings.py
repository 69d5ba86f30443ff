"""A report: its text with what was found in it, and what came in as it came."""

from __future__ import annotations

from mimetypes import guess_extension

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sayso.serve.desk.marks import KINDS
from sayso.serve.desk.readings import find_archived, open_reading
from sayso.serve.guards.users import Reader
from sayso.serve.pages.showing import At, AtDesk, show
from sayso.tell.checked import name_article
from sayso.tell.citations import name_outlet, name_published, safe_url
from sayso.tell.pages import LANGUAGE

router = APIRouter()
ARCHIVED = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
"""The policy of a page as it came: nothing in it runs, asks for anything or knows this desk."""


@router.get("/reports/{digest}")
async def show_reading(
    request: Request, digest: str, desk: AtDesk, at: At, _: Reader, weighed: bool = False
) -> Response:
    """A report with everything that was found in it. What takes long follows: the page asks for itself `weighed`."""
    opened = await run_in_threadpool(open_reading, desk, digest, at, wait=weighed)
    report = opened.report
    return show(
        request,
        "reading.html.j2",
        at=at,
        opened=opened,
        report=report,
        kinds=KINDS,
        title=name_article(report),
        outlet=name_outlet(report),
        published=name_published(report),
        name_outlet=name_outlet,
        name_published=name_published,
        language=report.language if LANGUAGE.fullmatch(report.language) else "",
        url=safe_url(report.url),
    )


@router.get("/reports/{digest}/archived")
async def send_archived(request: Request, digest: str, desk: AtDesk, at: At, _: Reader) -> Response:
    """What a report came in: a page within the report's own, anything else to be saved. Nothing in it can run."""
    raw = await run_in_threadpool(find_archived, desk, digest, at)
    framed = request.headers.get("sec-fetch-dest", "iframe") == "iframe"  # Told by browsers only where it is safe.
    headers = {"content-security-policy": ARCHIVED}
    if raw.media_type == "text/html" and framed:
        # Without a charset: the page names its own.
        return Response(raw.content, headers={**headers, "content-type": "text/html"})
    suffix = guess_extension(raw.media_type) or ".bin"
    headers["content-disposition"] = f'attachment; filename="{digest}{suffix}"'
    return Response(raw.content, headers=headers, media_type="application/octet-stream")
