"""Coming in and going out."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from sayso.errors import Error
from sayso.serve.guards.accounts import Account
from sayso.serve.guards.logins import RefusedError
from sayso.serve.guards.providers import Provider
from sayso.serve.guards.users import NOBODY
from sayso.serve.guards.visits import (
    AtDoor,
    InSession,
    begin_session,
    choose_place,
    find_guard,
    give_session,
    note,
    take_session,
)
from sayso.serve.pages.showing import show

router = APIRouter()
BEGUN, BEGUN_S = "sayso_login", 600
"""The cookie of a log-in that was begun at a provider, and how long it may take."""


@router.get("/login")
async def show_login(request: Request, next: str = "/") -> Response:
    """Where somebody says who they are."""
    if request.state.user != NOBODY:
        return RedirectResponse(choose_place(next), 303)
    return show_form(request, next)


def show_form(request: Request, next: str, name: str = "", wrong: Error | None = None) -> Response:
    """The form of a log-in, with what was wrong with the last."""
    status, headers = (wrong.status, wrong.headers) if isinstance(wrong, RefusedError) else (200, {})
    provider = find_guard(request).provider is not None
    answer = show(request, "login.html.j2", status=status, next=next, name=name, wrong=wrong, provider=provider)
    answer.headers.update(headers)
    return answer


@router.post("/login")
async def log_in(
    request: Request,
    guard: AtDoor,
    name: Annotated[str, Form(max_length=256)] = "",
    password: Annotated[str, Form(max_length=4096)] = "",
    next: Annotated[str, Form(max_length=4096)] = "/",
) -> Response:
    """Let somebody in by a name and a password."""
    if guard.user is not None:
        return RedirectResponse("/", 303)
    request.state.told = True
    try:
        account = await guard.logins.prove(name, password, request.state.address)
    except RefusedError as wrong:
        return show_form(request, next, name, wrong)
    return await let_in(request, account, "log in", next)


async def let_in(request: Request, account: Account, how: str, next: str) -> Response:
    """Begin a session and lead on."""

    def begin() -> str:
        note(request, how, who=account.name)
        return begin_session(request, account)

    return give_session(request, RedirectResponse(choose_place(next), 303), await run_in_threadpool(begin))


@router.post("/logout")
async def log_out(request: Request, guard: AtDoor, session: InSession) -> Response:
    """End somebody's session."""

    def end() -> None:
        guard.sessions.end(session.user, session.id)
        note(request, "log out")

    await run_in_threadpool(end)
    answer = take_session(request, RedirectResponse("/login", 303))
    answer.headers["clear-site-data"] = '"cache"'
    return answer


@router.get("/login/provider")
async def ask_provider(request: Request, guard: AtDoor, next: str = "/") -> Response:
    """Send somebody to the provider of log-ins."""
    provider = need_provider(guard.provider)
    back = f"{'https' if guard.secure else 'http'}://{request.headers['host']}/login/provider/back"
    where, kept = await run_in_threadpool(ask, provider.begin, back)
    answer = RedirectResponse(where, 303)
    secret = await run_in_threadpool(make_signer, guard)
    signed = secret.dumps({**kept, "next": choose_place(next)})
    # What comes back comes from the provider's site, so that a strict cookie would stay behind.
    answer.set_cookie(
        guard.name_cookie(BEGUN), signed, max_age=BEGUN_S, httponly=True, samesite="lax", secure=guard.secure
    )
    return answer


@router.get("/login/provider/back")
async def come_back(request: Request, guard: AtDoor) -> Response:
    """Let somebody in by the provider's word."""
    from itsdangerous import BadData

    provider = need_provider(guard.provider)
    signer = await run_in_threadpool(make_signer, guard)
    try:
        kept = signer.loads(request.cookies.get(guard.name_cookie(BEGUN), ""), max_age=BEGUN_S)
    except BadData:
        kept = {}

    def find() -> Account:
        vouched = ask(provider.finish, kept, dict(request.query_params))
        return provider.admit(guard.accounts, vouched)

    try:
        account = await run_in_threadpool(find)
    except Error as wrong:
        if not isinstance(wrong, RefusedError):
            wrong = RefusedError(str(wrong))
        answer = show_form(request, "/", "", wrong)
    else:
        answer = await let_in(request, account, "log in by the provider", kept.get("next", "/"))
    answer.delete_cookie(guard.name_cookie(BEGUN), secure=guard.secure, httponly=True, samesite="lax")
    return answer


def need_provider(provider: Provider | None) -> Provider:
    """The provider, where there is one. Raises `RefusedError`."""
    if provider is None:
        raise RefusedError("this desk knows no provider of log-ins")
    return provider


def ask(what: Any, *given: Any) -> Any:
    """Ask the provider. Whatever goes wrong with it is one `RefusedError`: its words are not for a page."""
    import logging

    try:
        return what(*given)
    except RefusedError:
        raise
    except Exception as error:  # Whatever a stranger's server may answer.
        logging.getLogger(__name__).warning("the provider of log-ins: %s", " ".join(str(error).split()))
        raise RefusedError("the provider of log-ins did not vouch for you: try again") from error


def make_signer(guard: Any) -> Any:
    """What signs the state of a log-in, by a key of this desk."""
    from itsdangerous import URLSafeTimedSerializer

    return URLSafeTimedSerializer(guard.store.key("login"), salt="login")
