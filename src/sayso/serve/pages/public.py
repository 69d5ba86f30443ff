"""Public pages: a published brief to read, a published question to answer, without an account or a way to the desk."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Annotated, Any
from uuid import NAMESPACE_URL, uuid5

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from sayso.errors import Error
from sayso.foresee.questions.polls import LONGEST_REASON
from sayso.harms import clean_text
from sayso.record import Forecast, Question
from sayso.serve.desk import Desk, Viewpoint, polls, published, questions
from sayso.serve.desk.desks import MissingError
from sayso.serve.desk.published import Published
from sayso.serve.guards.headers import POLICY
from sayso.serve.pages.cards import draw_card
from sayso.serve.pages.forms import lead_to, read_form, read_values
from sayso.serve.pages.showing import AtDesk, keep_token, load_template
from sayso.tell.foreseen import say_expected
from sayso.tell.html import view_brief
from sayso.tell.poll_page import list_facts, list_fields, view_crowd, view_line


class PublicRoute(APIRoute):
    """A route that tells what went wrong on a page with no way to the desk."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, which raises neither `Error` nor `HTTPException`."""
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handle(request)
            except MissingError as error:
                return show_wrong(404, str(error))
            except Error as error:
                return show_wrong(getattr(error, "status", 400), str(error))
            except HTTPException as error:
                return show_wrong(error.status_code, str(error.detail))
            except RequestValidationError:
                return show_wrong(400, "the address is no address of a page")

        return answer


router = APIRouter(prefix="/p", route_class=PublicRoute)
COOKIE, YEARS = "sayso_reader", 2
EMBEDDED = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
FRESH = "public, max-age=300"
"""For how long a picture or feed may be kept."""
MOST_LINES = 3
LONGEST_DESCRIPTION = 200


@router.get("/{name}.png")
async def send_card(name: str, desk: AtDesk) -> Response:
    """The picture that other sites show beside a link."""
    page = await run_in_threadpool(published.find_published, desk, name)

    def draw() -> bytes:
        lines = list_lines(desk, page)
        foot = f"{page.as_of:%-d %B %Y}" if page.as_of else ""
        card: bytes = desk.hold(("card", page, tuple(lines)), lambda: draw_card(clean_text(page.title), lines, foot))
        return card

    content = await run_in_threadpool(draw)
    headers = {"cache-control": FRESH, "cross-origin-resource-policy": "cross-origin"}
    return Response(content, media_type="image/png", headers=headers)


@router.get("/{name}.atom")
async def send_feed(request: Request, name: str, desk: AtDesk) -> Response:
    """The editions of a published brief as a feed (RFC 4287)."""
    page = await run_in_threadpool(published.find_published, desk, name)

    def write() -> str:
        if page.kind != "brief":
            raise Error("only a brief has a feed")
        keep_edition(desk, page)
        address = f"{request.base_url}p/{page.name}"
        entries = [
            (uuid5(NAMESPACE_URL, f"{page.name}#{one.number}"), one) for one in published.list_editions(desk, page)
        ]
        return load_template("published.atom.j2").render(
            page=page, address=address, id=uuid5(NAMESPACE_URL, page.name), entries=entries
        )

    feed = await run_in_threadpool(write)
    return Response(feed, media_type="application/atom+xml", headers={"cache-control": FRESH})


@router.get("/{name}")
async def show_public(request: Request, name: str, desk: AtDesk, embed: Annotated[bool, Query()] = False) -> Response:
    """A published brief, or a question to be answered; `embed` for a frame on another site."""
    page = await run_in_threadpool(published.find_published, desk, name)
    return await show_page(request, desk, page, embed=embed)


@router.post("/{name}")
async def answer(request: Request, name: str, desk: AtDesk) -> Response:
    """A reader's answer to a published question: their first, or their changed one."""
    page = await run_in_threadpool(published.find_published, desk, name)
    if page.kind != "question":
        raise Error("this page asks nothing")
    form = await read_form(request)
    secret = polls.read_reader(desk, request.cookies.get(COOKIE, "")) or polls.make_reader()
    address = getattr(request.state, "address", "") or (request.client.host if request.client else "")

    def keep() -> None:
        polls.answer_poll(
            desk, page.target, read_values(form), secret, name=form.get("name", ""), reason=form.get("reason", ""),
            rates=find_rates(request), address=address,
        )  # fmt: skip

    try:
        await run_in_threadpool(keep)
    except Error as error:
        status = 429 if isinstance(error, polls.TooManyError) else 400
        return await show_page(request, desk, page, wrong=str(error), status=status, form=form)
    answered = lead_to(f"/p/{page.name}#crowd")
    answered.set_cookie(
        COOKIE, polls.sign_reader(desk, secret), max_age=YEARS * 365 * 86400, path="/p/", httponly=True,
        samesite="lax", secure=request.url.scheme == "https",
    )  # fmt: skip
    return answered


@router.get("/{rest:path}")
async def show_nothing(rest: str) -> Response:
    """Whatever else is asked for here."""
    raise MissingError("there is no such page")


def show_wrong(status: int, message: str) -> Response:
    """What went wrong, on a page of its own."""
    return HTMLResponse(load_template("public_error.html.j2").render(status=status, message=message), status)


def find_rates(request: Request) -> polls.Rates:
    """How many readers came from where, kept as long as the desk is open."""
    state = request.app.state
    if not hasattr(state, "rates"):
        state.rates = polls.Rates()
    rates: polls.Rates = state.rates
    return rates


async def show_page(
    request: Request, desk: Desk, page: Published, *, embed: bool = False, wrong: str = "", status: int = 200,
    form: dict[str, str] | None = None,
) -> Response:  # fmt: skip
    """A public page as HTML."""
    cookie = request.cookies.get(COOKIE, "")
    view = view_brief_page if page.kind == "brief" else view_question_page
    shown = await run_in_threadpool(view, desk, page, cookie)
    text = load_template("public_brief.html.j2" if page.kind == "brief" else "public_question.html.j2").render(
        page_name=page.name, address=f"{request.base_url}p/{page.name}", csrf=request.state.csrf, embed=embed,
        wrong=wrong, form=form or {}, published=page, longest_reason=LONGEST_REASON, **shown,
    )  # fmt: skip
    answered = HTMLResponse(text, status)
    keep_token(request, answered)
    if embed:
        answered.headers["content-security-policy"] = EMBEDDED
        answered.headers["cross-origin-resource-policy"] = "cross-origin"
    return answered


def view_brief_page(desk: Desk, page: Published, _: str) -> dict[str, Any]:
    """What the public page of a brief shows: the brief, without what the desk says of its own doing."""
    keep_edition(desk, page)
    shown = desk.hold(("public", page.target, page.as_of), lambda: view_brief(desk.brief(page.target, page.as_of)))
    return {**shown, "problems": [], "description": describe(list_lines(desk, page))}


def keep_edition(desk: Desk, page: Published) -> None:
    """Keep what the brief says now, for its feed."""
    published.keep_edition(desk, page, published.list_lines(desk.brief(page.target, page.as_of)))


def view_question_page(desk: Desk, page: Published, cookie: str) -> dict[str, Any]:
    """What the public page of a question shows: what others expect only to who has answered, or once it is closed."""
    sight = questions.find_question(desk, page.target, Viewpoint())
    question = sight.question
    given = questions.find_docket(desk).forecasts.get(question.id, [])
    own = polls.find_own(question, given, polls.read_reader(desk, cookie)) if cookie else None
    return {
        "question": question,
        "facts": list_facts(question),
        "fields": list_fields(question),
        "crowd": [view_crowd(question, one) for one in sight.crowd],
        "chart": view_line(question, sight.line),
        "forecasters": max((one.forecasters for one in sight.crowd), default=0),
        "outcome": sight.resolutions[0].outcome if sight.resolutions else "",
        "closed": polls.read_poll(desk, question),
        "own": own,
        "own_said": questions.say_expectation(question, own) if own else "",
        "own_values": fill_values(question, own) if own else {},
        "description": describe([question.criteria]),
    }


def fill_values(question: Question, own: Forecast) -> dict[str, str]:
    """What a reader answered, by the names of the form's fields."""
    from sayso.foresee.questions.forecasts import name_day

    say = name_day if question.kind == "date" else "{:.12g}".format
    if own.probability is not None:
        return {"percent": f"{100 * own.probability:.6g}"}
    if own.probabilities:
        return {f"percent.{option}": f"{100 * share:.6g}" for option, share in own.probabilities}
    return {f"value.p{100 * level:g}": say(value) for level, value in own.quantiles}


def list_lines(desk: Desk, page: Published) -> list[str]:
    """The lines that stand for a page elsewhere: the first of a brief; of a question what decides it, and how many
    have said what they expect, but not what."""
    if page.kind == "brief":
        lines = published.list_lines(desk.brief(page.target, page.as_of))[:MOST_LINES]
    else:
        sight = questions.find_question(desk, page.target, Viewpoint())
        count = max((one.forecasters for one in sight.crowd), default=0)
        ended = sight.resolutions[0].outcome if sight.resolutions else ""
        told = f"{count} have said what they expect" if count > 1 else "What do you expect?"
        expected = "; ".join(say_expected(sight.question, one) for one in sight.crowd)
        lines = [sight.question.criteria, f"It ended: {ended} (expected: {expected})" if ended else told]
    return [clean_text(line) for line in lines if line]


def describe(lines: list[str]) -> str:
    """A few words of a page for those who link to it."""
    words = " ".join(clean_text(line) for line in lines if line)
    return words if len(words) <= LONGEST_DESCRIPTION else f"{words[: LONGEST_DESCRIPTION - 1].rstrip()}…"
