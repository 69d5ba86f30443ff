"""Adding reports on a page: a pasted text, files, or addresses; then how far the job is."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.responses import RedirectResponse, Response

from sayso.errors import Error
from sayso.serve.desk import Desk, Viewpoint
from sayso.serve.desk.adding import MOST_BYTES, TooMuchError, add_addresses, add_files, add_text
from sayso.serve.desk.desks import MissingError
from sayso.serve.desk.jobs import BusyError, Job
from sayso.serve.guards.users import Analyst
from sayso.serve.pages.judging import read_word
from sayso.serve.pages.showing import At, AtDesk, show

router = APIRouter()

PROBLEMS = 200
"""Problems that a page lists of a job."""


@router.get("/add")
async def show_add(request: Request, desk: AtDesk, at: At, _: Analyst) -> Response:
    """The forms, and what was added lately."""
    return show_forms(request, desk, at)


def show_forms(
    request: Request, desk: Desk, at: Viewpoint, status: int = 200, error: str = "", given: dict[str, Any] | None = None
) -> Response:
    """The page, with what was refused and what was given."""
    return show(
        request, "add.html.j2", status=status, at=at, jobs=desk.jobs.list()[:10], error=error, given=given or {},
        most_bytes=MOST_BYTES,
    )  # fmt: skip


@router.post("/add")
async def add(request: Request, desk: AtDesk, at: At, user: Analyst) -> Response:
    """Begin to add what a form gives; answers at once with the job."""
    form = await request.form()
    try:
        job = await run_in_threadpool(start_job, desk, form, user.name)
    except Error as error:
        given = {name: value for name, value in form.items() if isinstance(value, str)}
        status = {BusyError: 503, TooMuchError: 413}.get(type(error), 400)
        return show_forms(request, desk, at, status, str(error), given)
    finally:
        await form.close()
    return RedirectResponse(f"/add/{job.id}{at.query}", 303)


def start_job(desk: Desk, form: FormData, by: str) -> Job:
    """The job of a form: of its files, addresses or text, whichever its button names. Raises `Error`."""
    what = read_word(form, "what")
    if what == "files":
        return upload(desk, [f for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename], by)
    if what == "addresses":
        return add_addresses(desk, read_word(form, "addresses"), by=by)
    if what == "text":
        given = {name: read_word(form, name) for name in ("outlet", "title", "date", "url")}
        return add_text(desk, read_word(form, "text").replace("\r\n", "\n"), by=by, **given)
    raise Error("say what is to be added: a text, files or addresses")


def upload(desk: Desk, files: list[UploadFile], by: str) -> Job:
    """The job of some files, copied into a folder under numbers: their names are words."""
    folder = TemporaryDirectory(prefix="sayso-add-")
    try:
        copied: list[tuple[str, Path]] = []
        for number, file in enumerate(files):
            path = Path(folder.name, str(number))
            with path.open("wb") as out:
                shutil.copyfileobj(file.file, out)
            copied.append((file.filename or "", path))
        return add_files(desk, copied, folder, by=by)
    except BaseException:
        folder.cleanup()
        raise


@router.get("/add/{id}")
async def show_job(request: Request, id: str, desk: AtDesk, at: At, _: Analyst) -> Response:
    """How far a job is; the page asks again by itself until it is over."""
    job = desk.jobs.find(id)
    if job is None:
        raise MissingError(f"there is no job {id}: it is long done, or the desk was started anew")
    return show(request, "job.html.j2", at=at, job=job, problems=job.added.problems[:PROBLEMS])
