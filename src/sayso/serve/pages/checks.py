"""Checking a text: what is pasted, sent or fetched, coloured by what is held against it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.responses import RedirectResponse, Response

from sayso.errors import Error
from sayso.serve.desk import Desk, Viewpoint
from sayso.serve.desk.checks import (
    MOST_FILE,
    MOST_TEXT,
    Result,
    find_check,
    keep_check,
    read_address,
    read_file,
    read_words,
)
from sayso.serve.guards.users import Reader
from sayso.serve.pages.showing import At, AtDesk, show

router = APIRouter()
MOST_AT_ONCE = 2
"""Texts that are checked at the same time."""


@router.get("/check")
async def show_form(request: Request, desk: AtDesk, at: At, _: Reader, story: str = "") -> Response:
    """Where a text is given."""
    stories = await run_in_threadpool(desk.stories, at.as_of)
    return show(request, "check.html.j2", at=at, stories=stories, given={"story": story}, wrong="")


@router.post("/check")
async def check_given(request: Request, desk: AtDesk, at: At, _: Reader) -> Response:
    """Check what was given, and lead to its page; what is wrong with it is said beside it."""
    form = await request.form(max_part_size=4 * MOST_TEXT + 1_000)  # In UTF-8; what is too long says so itself.
    try:
        result = await work(request, check_form, desk, await read_fields(form), at)
    except Error as error:
        stories = await run_in_threadpool(desk.stories, at.as_of)
        given = {name: word_of(form, name) for name in ("text", "url", "published", "story")}
        return show(request, "check.html.j2", status=400, at=at, stories=stories, given=given, wrong=str(error))
    return RedirectResponse(f"/check/{result.key}{at.query}", 303)


async def work(request: Request, check: Callable[..., Result], *given: Any) -> Result:
    """Check in a thread. Reading a long text takes minutes, so that few are checked at once and the others wait without
    a thread: the pages go on meanwhile."""
    if not hasattr(request.app.state, "checking"):
        request.app.state.checking = CapacityLimiter(MOST_AT_ONCE)
    return await to_thread.run_sync(partial(check, *given), limiter=request.app.state.checking)


async def read_fields(form: FormData) -> dict[str, Any]:
    """The fields of a form as words, and its file as bytes with a name."""
    fields: dict[str, Any] = {name: word_of(form, name) for name in ("text", "url", "published", "story")}
    sent = form.get("file")
    if isinstance(sent, UploadFile) and (sent.filename or sent.size):
        # One byte more than is taken, so that a larger file is known without being read.
        fields["file"] = (await sent.read(MOST_FILE + 1), sent.filename or "")
    return fields


def check_form(desk: Desk, fields: dict[str, Any], at: Viewpoint) -> Result:
    """Check what a form holds: a file, else a text, else what is at an address. Raises `Error`."""
    if "file" in fields:
        article = read_file(*fields["file"])
    elif fields["text"].strip():
        article = read_words(fields["text"], published=fields["published"])
    elif fields["url"].strip():
        article = read_address(fields["url"])
    else:
        raise Error("there is nothing to check: paste a text, choose a file or give an address")
    return keep_check(desk, article, at, fields["story"])


def word_of(form: FormData, name: str) -> str:
    """A field of a form, "" where it is missing or a file."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


@router.get("/check/{key}")
async def show_check(request: Request, key: str, desk: AtDesk, at: At, _: Reader) -> Response:
    """A text that was checked."""
    result = await run_in_threadpool(find_check, desk, key)
    shown: dict[str, Any] = dict(result.shown)
    places = {claim: f"/reports/{digest}{at.query}#{claim}" for claim, digest in result.places.items()}
    return show(request, "checked_text.html.j2", at=at, key=key, story=result.story, places=places, **shown)


@router.get("/check/{key}/checked.html")
async def send_page(key: str, desk: AtDesk, _: Reader) -> Response:
    """The checked text as a file of its own."""
    result = await run_in_threadpool(find_check, desk, key)
    return Response(result.html, media_type="text/html", headers={"content-disposition": "attachment"})


@router.get("/check/{key}/checked.json")
async def send_rows(key: str, desk: AtDesk, _: Reader) -> Response:
    """Its flags, as `sayso check --format jsonl` prints them."""
    result = await run_in_threadpool(find_check, desk, key)
    return Response(result.rows, media_type="application/json", headers={"content-disposition": "attachment"})
