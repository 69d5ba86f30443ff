"""Judging on pages: at a point, a story, a report and a source, and the list of all that was judged.

Each of these is a page of its own and a part of the page of what is judged (`within`), which takes it in by script.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from sayso.errors import Error
from sayso.ledger.judging import RELATIONS
from sayso.record import Judgement
from sayso.serve.desk import Desk, Viewpoint
from sayso.serve.desk.comments import add_comment, list_comments, undo_comment
from sayso.serve.desk.desks import MissingError
from sayso.serve.desk.judging import ConflictError, judge, list_judged, undo
from sayso.serve.desk.works import (
    PointWork,
    choose,
    find_point_of,
    find_point_work,
    find_report_work,
    find_source_work,
    find_story_work,
)
from sayso.serve.guards.users import Analyst, Reader
from sayso.serve.pages.showing import At, AtDesk, show
from sayso.tell.tongues import mark
from sayso.weigh.grades import CREDIBILITY, RELIABILITY

router = APIRouter()

RELATED = {
    "same": mark("the same"),
    "compatible": mark("compatible"),
    "revision": mark("a revision"),
    "scope": mark("of another scope"),
    "contradiction": mark("a contradiction"),
    "unrelated": mark("unrelated"),
}
"""How two values stand, as a form says it."""
assert tuple(RELATED) == RELATIONS
HIDDEN = ("csrf", "seen", "anyway")
"""Fields of a form that a refused one does not carry on."""
LISTED = 300
"""Judgements on a page, the latest."""

Made = TypeVar("Made")


def read_word(form: FormData, name: str) -> str:
    """A field of a form, "" where it is missing or a file."""
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def read_seen(form: FormData) -> int | None:
    """How many judgements the form was made on; None where it is to be judged all the same."""
    seen = read_word(form, "seen")
    if read_word(form, "anyway") or not (seen.isascii() and seen.isdigit()):
        return None if read_word(form, "anyway") else 0
    return int(seen[:15])


def list_fields(form: FormData) -> list[tuple[str, str]]:
    """What a form said, to be said once more."""
    return [(n, v) for n, v in form.multi_items() if isinstance(v, str) and n not in HIDDEN]


async def attempt(
    request: Request, form: FormData, at: Viewpoint, act: Callable[[], Made], shown: Callable[[Error], Response]
) -> Made | Response:
    """What `act` makes; where others judged the same, a page that says so with 409, and where it is refused, the page
    that `shown` shows of the reason."""
    try:
        return await run_in_threadpool(act)
    except ConflictError as conflict:
        desk: Desk = request.app.state.desk
        about = {key for one in conflict.judged for key in (one.target, one.other) if key}
        judged = await run_in_threadpool(list_judged, desk, about)
        ids = {one.id for one in conflict.judged}
        theirs = [one for one in judged if one.id in ids]
        undoing = any(one.kind == "undo" for one in theirs)
        return show(
            request, "conflict.html.j2", status=409, at=at, message=str(conflict), judged=theirs,
            fields=list_fields(form), again=not undoing,
        )  # fmt: skip
    except MissingError:
        raise
    except Error as error:
        return await run_in_threadpool(shown, error)


def go_back(page: str, form: FormData, at: Viewpoint) -> Response:
    """To the page of what was judged, or to that of its work where the form stood there."""
    work = "" if read_word(form, "within") else "/work"
    return RedirectResponse(f"{page}{work}{at.query}#work", 303)


def give_words() -> dict[str, Any]:
    """What all forms of judging show."""
    return {"credibility": CREDIBILITY, "reliability": RELIABILITY, "related": RELATED}


@router.get("/stories/{story}/points/{point}/work")
async def show_point_work(request: Request, story: str, point: str, desk: AtDesk, at: At, _: Reader) -> Response:
    """The values of a point, and what can be judged of them."""
    work = await run_in_threadpool(find_point_work, desk, story, point, at)
    return show_point(request, work, at)


def show_point(
    request: Request, work: PointWork, at: Viewpoint, error: str = "", given: FormData | None = None
) -> Response:
    """The page, with what was refused and what was given."""
    return show(
        request, "point_work_page.html.j2", status=400 if error else 200, at=at, work=work, story=work.story,
        error=error, given=given or FormData(), within="within" in request.query_params, **give_words(),
    )  # fmt: skip


@router.post("/stories/{story}/points/{point}/work")
async def judge_point(request: Request, story: str, point: str, desk: AtDesk, at: At, user: Analyst) -> Response:
    """Judge values of a point, or merge it with another; then the point as it is now."""
    form = await request.form()
    work = await run_in_threadpool(find_point_work, desk, story, point, Viewpoint())

    def act() -> str:
        if read_word(form, "kind") == "comment":
            seat = work.choices[0].seat if work.choices else ""
            add_comment(desk, "point", work.point.id, read_word(form, "words"), by=user.name, seat=seat)
            return work.point.id
        judged = judge_values(desk, work, form, user.name)
        return find_point_of(desk, story, judged.target, work.point)

    def shown(error: Error) -> Response:
        return show_point(request, work, at, str(error), form)

    made = await attempt(request, form, at, act, shown)
    if isinstance(made, Response):
        return made
    if not made:
        return RedirectResponse(f"/stories/{work.story.id}/points{at.query}", 303)
    return go_back(f"/stories/{work.story.id}/points/{made}", form, at)


def judge_values(desk: Desk, work: PointWork, form: FormData, by: str) -> Judgement:
    """Keep what a form judged of the values that it chose. Raises `Error` where they are too few or too many."""
    kind, chosen = read_word(form, "kind"), [word for word in form.getlist("chosen") if isinstance(word, str)]
    signed: dict[str, Any] = {"by": by, "reason": read_word(form, "reason"), "seen": read_seen(form)}
    if kind == "merge":
        other = read_word(form, "point")
        if not other or other not in dict(work.others) or not work.seat:
            raise Error("choose the point that this one is to be merged with")
        return judge(desk, "merge", work.seat, other=other, **signed)
    if kind in ("split", "relate"):
        a, b = choose(work.choices, chosen, 2)
        value = read_word(form, "relation") if kind == "relate" else ""
        return judge(desk, kind, a.seat, other=b.seat, value=value, **signed)
    if kind in ("grade", "attribute", "retract"):
        (one,) = choose(work.choices, chosen, 1)
        value = {"grade": read_word(form, "grade"), "attribute": read_word(form, "source")}.get(kind, "")
        return judge(desk, kind, one.seat, value=value, **signed)
    raise Error("say what is to be judged")


@router.get("/stories/{story}/work")
async def show_story_work(request: Request, story: str, desk: AtDesk, at: At, _: Reader) -> Response:
    """The name of a story, and what was said of it."""
    return await run_in_threadpool(show_story, request, desk, story, at)


def show_story(
    request: Request, desk: Desk, story: str, at: Viewpoint, error: str = "", given: FormData | None = None
) -> Response:
    """The page, with what was refused and what was given."""
    work = find_story_work(desk, story, at)
    return show(
        request, "story_work_page.html.j2", status=400 if error else 200, at=at, work=work, story=work.story,
        error=error, given=given or FormData(), within="within" in request.query_params,
    )  # fmt: skip


@router.post("/stories/{story}/work")
async def judge_story(request: Request, story: str, desk: AtDesk, at: At, user: Analyst) -> Response:
    """Name a story, or say something of it."""
    form = await request.form()
    work = await run_in_threadpool(find_story_work, desk, story, Viewpoint())

    def act() -> str:
        first = work.digests[0]
        if read_word(form, "kind") == "comment":
            add_comment(desk, "story", work.story.id, read_word(form, "words"), by=user.name, seat=first)
        elif read_word(form, "kind") == "name":
            judge(
                desk, "name", first, by=user.name, reason=read_word(form, "reason"), value=read_word(form, "name"),
                seen=read_seen(form), among=work.digests,
            )  # fmt: skip
        else:
            raise Error("say what is to be judged")
        return next((one.id for one, digests in desk.shelves() if first in digests), work.story.id)

    made = await attempt(request, form, at, act, lambda error: show_story(request, desk, story, at, str(error), form))
    if isinstance(made, Response):
        return made
    return go_back(f"/stories/{made}", form, at)


@router.get("/reports/{digest}/work")
async def show_report_work(request: Request, digest: str, desk: AtDesk, at: At, _: Reader) -> Response:
    """Whether a report counts, and what was said of it."""
    return await run_in_threadpool(show_report, request, desk, digest, at)


def show_report(
    request: Request, desk: Desk, digest: str, at: Viewpoint, error: str = "", given: FormData | None = None
) -> Response:
    """The page, with what was refused and what was given."""
    work = find_report_work(desk, digest)
    return show(
        request, "report_work_page.html.j2", status=400 if error else 200, at=at, work=work, error=error,
        given=given or FormData(), within="within" in request.query_params,
    )  # fmt: skip


@router.post("/reports/{digest}/work")
async def judge_report(request: Request, digest: str, desk: AtDesk, at: At, user: Analyst) -> Response:
    """Retract a report, restore it, or say something of it."""
    form = await request.form()
    kind = read_word(form, "kind")

    def act() -> None:
        work = find_report_work(desk, digest)
        if kind == "comment":
            add_comment(desk, "report", work.report.digest, read_word(form, "words"), by=user.name)
        elif kind in ("retract", "restore"):
            judge(desk, kind, digest, by=user.name, reason=read_word(form, "reason"), seen=read_seen(form))
        else:
            raise Error("say what is to be judged")

    made = await attempt(request, form, at, act, lambda error: show_report(request, desk, digest, at, str(error), form))
    if isinstance(made, Response):
        return made
    return go_back(f"/reports/{quote(digest)}", form, at)


@router.get("/sources/work")
async def show_source_work(request: Request, desk: AtDesk, at: At, _: Reader, name: str = "") -> Response:
    """How reliable a source is held to be."""
    return await run_in_threadpool(show_source, request, desk, name, at)


def show_source(
    request: Request, desk: Desk, name: str, at: Viewpoint, error: str = "", given: FormData | None = None
) -> Response:
    """The page, with what was refused and what was given."""
    work = find_source_work(desk, name)
    return show(
        request, "source_work_page.html.j2", status=400 if error else 200, at=at, work=work, error=error,
        given=given or FormData(), within="within" in request.query_params, **give_words(),
    )  # fmt: skip


@router.post("/sources/work")
async def judge_source(request: Request, desk: AtDesk, at: At, user: Analyst, name: str = "") -> Response:
    """Grade a source."""
    form = await request.form()

    def act() -> None:
        judge(
            desk, "grade", find_source_work(desk, name).name, by=user.name, reason=read_word(form, "reason"),
            value=read_word(form, "grade"), seen=read_seen(form),
        )  # fmt: skip

    made = await attempt(request, form, at, act, lambda error: show_source(request, desk, name, at, str(error), form))
    if isinstance(made, Response):
        return made
    where = "/sources" if read_word(form, "within") else "/sources/work"
    return RedirectResponse(f"{where}?{urlencode({'name': name})}#work", 303)


@router.get("/judgements")
async def show_judgements(request: Request, desk: AtDesk, at: At, _: Reader) -> Response:
    """All that was judged and commented, by whom, when and why."""
    return await run_in_threadpool(show_judged, request, desk, at)


def show_judged(request: Request, desk: Desk, at: Viewpoint, error: str = "") -> Response:
    """The page, with what was refused."""
    judged, comments = list_judged(desk), list_comments(desk)
    if at.as_of:
        judged = [one for one in judged if one.at <= at.as_of]
        comments = [one for one in comments if one.at <= at.as_of]
    claims = {
        seat: f"/reports/{quote(report)}#{quote(id)}"
        for seat, (id, _, report) in desk.ledger.find_claims({c.seat or c.target for c in comments}).items()
    }
    return show(
        request, "judgements.html.j2", status=400 if error else 200, at=at, judged=judged[:LISTED],
        comments=comments[:LISTED], more=max(0, len(judged) - LISTED), error=error,
        claims=claims,
    )  # fmt: skip


@router.post("/judgements/{id}/undo")
async def undo_judgement(request: Request, id: str, desk: AtDesk, at: At, user: Analyst) -> Response:
    """Undo a judgement."""
    form = await request.form()

    def act() -> None:
        undo(desk, id, by=user.name, reason=read_word(form, "reason"))

    return await finish(request, form, at, act)


@router.post("/comments/{id}/undo")
async def take_back(request: Request, id: str, desk: AtDesk, at: At, user: Analyst) -> Response:
    """Take a comment back."""
    form = await request.form()

    def act() -> None:
        undo_comment(desk, id, by=user.name, reason=read_word(form, "reason"))

    return await finish(request, form, at, act)


async def finish(request: Request, form: FormData, at: Viewpoint, act: Callable[[], None]) -> Response:
    """Do it, then go back to where the form stood, on this desk."""
    desk: Desk = request.app.state.desk
    made = await attempt(request, form, at, act, lambda error: show_judged(request, desk, at, str(error)))
    return made if isinstance(made, Response) else RedirectResponse(find_back(read_word(form, "back")), 303)


def find_back(back: str) -> str:
    """A path of this desk that a form names; the list of judgements where it names none, or another place."""
    plain = back.startswith(("/stories/", "/reports/", "/sources", "/judgements", "/review"))
    return quote(back, safe="/?&=%#") if plain and ".." not in back and len(back) < 500 else "/judgements"
