"""What is published: which pages anybody may open, one more of them, and an end to one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sayso.api.narrowings import read_moment
from sayso.errors import Error
from sayso.serve.desk import Desk, published, questions
from sayso.serve.desk.viewpoints import Viewpoint
from sayso.serve.guards.users import Analyst
from sayso.serve.pages.forms import fill, lead_to, read_form
from sayso.serve.pages.showing import AtDesk, show

router = APIRouter(prefix="/published")
Given = Annotated[str, Query(max_length=100)]


@router.get("")
async def show_published(
    request: Request, desk: AtDesk, _: Analyst, story: Given = "", question: Given = "", named: Given = ""
) -> Response:
    """The pages that anybody may open; a form filled in for a `story` or `question`; `named` is the page just made."""
    kind = "question" if question else "brief"
    form = {"kind": kind, "story": story, "question": question}
    return await show_list(request, desk, form, named=named)


async def show_list(
    request: Request, desk: Desk, form: dict[str, str], wrong: str = "", *, named: str = ""
) -> Response:
    """The list, with what was wrong with a form."""
    pages = await run_in_threadpool(published.list_published, desk)
    stories = await run_in_threadpool(desk.stories)
    groups = await run_in_threadpool(questions.list_questions, desk, Viewpoint())
    return show(
        request, "published.html.j2", pages=pages, stories=stories, form=fill(form), wrong=wrong, named=named,
        questions=[row.question for row in (*groups["open"], *groups["waiting"])], base=str(request.base_url),
        status=400 if wrong else 200,
    )  # fmt: skip


@router.post("")
async def publish(request: Request, desk: AtDesk, user: Analyst) -> Response:
    """Publish a brief or a question."""
    form = await read_form(request)
    kind: published.Kind = "question" if form.get("kind") == "question" else "brief"
    target = form.get("question" if kind == "question" else "story", "")

    def make() -> published.Published:
        as_of = read_moment(form.get("as_of"))
        return published.publish(desk, kind, target, user.name, name=form.get("name", ""), as_of=as_of)

    try:
        page = await run_in_threadpool(make)
    except Error as error:
        return await show_list(request, desk, form, str(error))
    return lead_to(f"/published?named={page.name}")


@router.post("/{name}/end")
async def stop(name: str, desk: AtDesk, user: Analyst) -> Response:
    """Show a page no longer."""
    await run_in_threadpool(published.stop_publishing, desk, name, user.name)
    return lead_to("/published")
