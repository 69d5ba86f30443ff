"""Accounts: one's own, with its password, tokens and sessions, and everybody's, for an admin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from sayso.errors import Error
from sayso.serve.guards.accounts import fold
from sayso.serve.guards.logins import RefusedError
from sayso.serve.guards.users import GIVEN, Admin, Reader
from sayso.serve.guards.visits import (
    AtDoor,
    InSession,
    begin_session,
    find_guard,
    give_session,
    name_browser,
    note,
    say_moment,
)
from sayso.serve.pages.showing import show

router = APIRouter()
DAYS = (7, 30, 90, 365)
"""How long a token may last, as the form offers it."""
LINES = 200
"""Lines of the log on a page."""

Name = Annotated[str, Form(max_length=256)]
Secret = Annotated[str, Form(max_length=4096)]


@router.get("/account")
async def show_account(request: Request, guard: AtDoor, user: Reader) -> Response:
    """Somebody's own account."""
    if guard.user is None and request.state.session is None:
        raise HTTPException(403, "log in at a browser for that")
    return await show_own(request)


async def show_own(request: Request, *, wrong: Error | None = None, made: str = "") -> Response:
    """Somebody's own account, with what was wrong with what they asked, or the token that was just made."""
    guard, user = find_guard(request), request.state.user

    def find() -> dict[str, Any]:
        if guard.user is not None:
            return {"single": True, "password": False, "tokens": [], "sessions": [], "here": ""}
        account = guard.accounts.find(user.name)
        return {
            "single": False,
            "password": account is not None and account.password,
            "tokens": [(token, say_moment(token.expires)) for token in guard.tokens.list(user.name)],
            "sessions": [
                (each, name_browser(each.browser), say_moment(each.seen)) for each in guard.sessions.list(user)
            ],
            "here": request.state.session.id,
        }

    status = getattr(wrong, "status", 400) if wrong else 200
    words: dict[str, Any] = {"days": DAYS, "scopes": guard.tokens.scopes(user), "wrong": wrong, "made": made}
    answer = show(request, "account.html.j2", status=status, **words, **await run_in_threadpool(find))
    answer.headers.update(getattr(wrong, "headers", {}))
    return answer


@router.post("/account/password")
async def change_password(
    request: Request, guard: AtDoor, session: InSession, now: Secret = "", new: Secret = "", again: Secret = ""
) -> Response:
    """Another password for oneself. It ends every session and token, and begins a new session here."""
    name = session.user.name
    try:
        if new != again:
            raise RefusedError("the new password was not written the same twice", 400)
        account = await guard.logins.prove(name, now, request.state.address)

        def change() -> str:
            guard.accounts.set_password(name, new)
            note(request, "password changed", name)
            return begin_session(request, account)

        secret = await run_in_threadpool(change)
    except Error as wrong:
        return await show_own(request, wrong=wrong)
    return give_session(request, RedirectResponse("/account", 303), secret)


@router.post("/account/tokens")
async def make_token(
    request: Request,
    guard: AtDoor,
    session: InSession,
    scope: Annotated[str, Form(max_length=16)] = "read",
    days: Annotated[int, Form()] = 30,
    label: Annotated[str, Form(max_length=256)] = "",
) -> Response:
    """A token for a program; shown this once."""

    def make() -> str:
        token, secret = guard.tokens.make(session.user.name, scope, days, label)
        note(request, f"token made ({scope})", token.id)
        return secret

    try:
        secret = await run_in_threadpool(make)
    except Error as wrong:
        return await show_own(request, wrong=wrong)
    return await show_own(request, made=secret)


@router.post("/account/tokens/revoke")
async def revoke_token(
    request: Request, guard: AtDoor, session: InSession, id: Annotated[str, Form(max_length=64)] = ""
) -> Response:
    """End a token of one's own."""

    def revoke() -> None:
        guard.tokens.revoke(id, session.user.name)
        note(request, "token revoked", id)

    return await do(request, revoke, "/account", show_own)


@router.post("/account/sessions")
async def end_sessions(
    request: Request, guard: AtDoor, session: InSession, id: Annotated[str, Form(max_length=64)] = ""
) -> Response:
    """End a session of one's own, or all but this one."""

    def end() -> None:
        guard.sessions.end(session.user, id, but="" if id else session.id)
        note(request, "session ended" if id else "other sessions ended")

    return await do(request, end, "/account", show_own)


async def do(request: Request, act: Callable[[], None], where: str, again: Callable[..., Any]) -> Response:
    """Do something and lead on, or show the page again with what was wrong."""
    try:
        await run_in_threadpool(act)
    except Error as wrong:
        answer: Response = await again(request, wrong=wrong)
        return answer
    return RedirectResponse(where, 303)


@router.get("/accounts")
async def show_accounts(request: Request, _: Admin) -> Response:
    """Who may come in."""
    return await show_all(request)


async def show_all(request: Request, *, wrong: Error | None = None) -> Response:
    """Who may come in, with what was wrong with what was asked."""
    guard = find_guard(request)
    accounts = [] if guard.user is not None else await run_in_threadpool(guard.accounts.list)
    words: dict[str, Any] = {"accounts": accounts, "roles": GIVEN, "single": guard.user is not None, "wrong": wrong}
    return show(request, "accounts.html.j2", status=400 if wrong else 200, **words)


@router.post("/accounts")
async def add_account(
    request: Request,
    guard: AtDoor,
    _: Admin,
    __: InSession,
    name: Name = "",
    role: Name = "reader",
    password: Secret = "",
    email: Name = "",
) -> Response:
    """Let somebody else in."""

    def add() -> None:
        guard.accounts.add(name, role, password, email=email)
        note(request, f"account added ({role})", name)

    return await do(request, add, "/accounts", show_all)


@router.post("/accounts/role")
async def change_role(
    request: Request, guard: AtDoor, user: Admin, _: InSession, name: Name = "", role: Name = ""
) -> Response:
    """Give somebody else another role."""

    def change() -> None:
        check_other(user.name, name)
        guard.accounts.set_role(name, role)
        note(request, f"role changed ({role})", name)

    return await do(request, change, "/accounts", show_all)


@router.post("/accounts/password")
async def reset_password(
    request: Request, guard: AtDoor, user: Admin, _: InSession, name: Name = "", password: Secret = ""
) -> Response:
    """Give somebody else another password; all their sessions and tokens end."""

    def reset() -> None:
        check_other(user.name, name)
        guard.accounts.set_password(name, password)
        note(request, "password set", name)

    return await do(request, reset, "/accounts", show_all)


@router.post("/accounts/remove")
async def remove_account(request: Request, guard: AtDoor, user: Admin, _: InSession, name: Name = "") -> Response:
    """Let somebody in no more."""

    def remove() -> None:
        check_other(user.name, name)
        guard.accounts.remove(name)
        note(request, "account removed", name)

    return await do(request, remove, "/accounts", show_all)


def check_other(own: str, name: str) -> None:
    """Raise `Error` where somebody would do it to themselves: so there is always an admin."""
    if fold(own) == fold(name):
        raise Error("that is your own account: another admin can do that")


@router.get("/accounts/log")
async def show_log(
    request: Request, guard: AtDoor, _: Admin, before: Annotated[int, Query(ge=0, le=2**53)] = 0
) -> Response:
    """What was done and refused, the newest first."""
    lines = await run_in_threadpool(guard.log.read, LINES, before)
    older = lines[-1][0] if len(lines) == LINES else 0
    shown = [(entry, say_moment(entry.at)) for _, entry in lines]
    return show(request, "log.html.j2", lines=shown, older=older)
