"""The review: what needs a look, one after another, answered by three keys."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from sayso.errors import Error
from sayso.serve.desk import Desk
from sayso.serve.desk.judging import count_seen
from sayso.serve.desk.reviews import answer_doubt, find_next, undo_answer
from sayso.serve.desk.viewpoints import Viewpoint
from sayso.serve.guards.users import Analyst, Reader
from sayso.serve.pages.judging import attempt, read_seen, read_word
from sayso.serve.pages.showing import At, AtDesk, show

router = APIRouter()

Id = Annotated[str, Query(max_length=64)]


@router.get("/review")
async def show_review(
    request: Request, desk: AtDesk, at: At, _: Reader, after: Id = "", last: Id = "", before: Id = ""
) -> Response:
    """What is to be looked at next after another; `last` is what was answered last, to be taken back, and `before` what
    that came after."""
    return await run_in_threadpool(show_next, request, desk, at, after, last, before)


def show_next(
    request: Request, desk: Desk, at: Viewpoint, after: str, last: str = "", before: str = "", error: str = ""
) -> Response:
    """The page, with what was refused."""
    seen = count_seen(desk)
    doubt, left, skipped = find_next(desk, after)
    return show(
        request, "review.html.j2", status=400 if error else 200, at=at, doubt=doubt, left=left, skipped=skipped,
        after=after, last=last, before=before, seen=seen, error=error,
    )  # fmt: skip


@router.post("/review")
async def answer_review(request: Request, desk: AtDesk, at: At, user: Analyst) -> Response:
    """Keep an answer, or put it off, and go on to the next."""
    form = await request.form()
    names = ("item", "answer", "after", "last", "before")
    item, answer, after, last, before = (read_word(form, name) for name in names)

    def act() -> tuple[str, str]:
        if answer == "s":
            return last, before
        return answer_doubt(desk, item, answer, by=user.name, seen=read_seen(form)), after

    def shown(error: Error) -> Response:
        return show_next(request, desk, at, after, last, before, str(error))

    made = await attempt(request, form, at, act, shown)
    return made if isinstance(made, Response) else RedirectResponse(find_step(item, *made), 303)


@router.post("/review/undo")
async def undo_review(request: Request, desk: AtDesk, at: At, user: Analyst) -> Response:
    """Take the last answer back, and look at it again."""
    form = await request.form()
    last, before = read_word(form, "last"), read_word(form, "before")

    def act() -> None:
        undo_answer(desk, last, by=user.name)

    def shown(error: Error) -> Response:
        return show_next(request, desk, at, before, error=str(error))

    made = await attempt(request, form, at, act, shown)
    return made if isinstance(made, Response) else RedirectResponse(find_step(before), 303)


def find_step(after: str, last: str = "", before: str = "") -> str:
    """The address of what comes after another, and what can be taken back there."""
    given = {"after": after, "last": last, "before": before}
    words = urlencode({name: word[:64] for name, word in given.items() if word})
    return f"/review?{words}" if words else "/review"
