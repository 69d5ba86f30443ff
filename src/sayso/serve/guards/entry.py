"""The door: to which names the desk answers, who comes in, and whether what changes something comes from its own pages.

On this machine alone there is one user and no log-in. A page elsewhere must not reach it through the user's browser:
neither by a name that leads here (DNS rebinding) nor by a form or script of its own (cross-site request forgery).
Where there are accounts, everything but `OPEN` is for those who have come in.
"""

from __future__ import annotations

import hmac
import re
import secrets
import time
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any
from urllib.parse import quote, urlsplit

from anyio import CancelScope, to_thread
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.errors import Error
from sayso.serve.guards.guards import Guard
from sayso.serve.guards.limits import name_network
from sayso.serve.guards.logins import RefusedError
from sayso.serve.guards.users import NOBODY

SAFE = ("GET", "HEAD", "OPTIONS")
COOKIE, FIELD, HEADER = "sayso_csrf", "csrf", "x-csrf"
"""Where the token of a page is: in a cookie, and in a form's field or a script's header, which no other site knows. In
a session there is no cookie of it: the token is made from the session."""
MADE = re.compile(r"[\w-]{32}", re.ASCII)
"""How a token looks that was made here."""
MOST_FIELD = 9_000_000
"""Bytes of one field of a form: a text of two million characters that is to be checked."""
SESSION = "sayso_session"
"""The cookie of a session."""
OPEN, OPEN_BELOW = ("/login", "/login/provider", "/login/provider/back"), ("/assets/", "/p/")
"""What nobody need have come in for: the log-in, files of the pages, and what was published."""
REFUSED = (401, 403, 408, 413, 421, 429)
AGAIN_S = 15.0
"""How often it is looked whether somebody may still see an answer that goes on and on."""

Refuse = Callable[[Request, int, str], Response]
"""What makes a page, or a line for programs, of a refusal."""


class Entry:
    """Lets in whom the guard knows, by what they show; logs what is changed and what is refused."""

    def __init__(self, app: ASGIApp, guard: Guard, refuse: Refuse) -> None:
        """Stand before `app`."""
        self.app, self.guard, self.refuse = app, guard, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on, or refuse it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        request = Request(scope)
        scope.setdefault("state", {}).update(prepare(request, self.guard))
        try:
            check_host(request, self.guard)
            check_origin(request, self.guard)
            await to_thread.run_sync(identify, request, self.guard)
            check_entry(request, self.guard)
            check_pace(request, self.guard)
        except RefusedError as refused:
            if refused.status == 401 and not request.state.bearer:
                await send_to_login(request, refused, self.refuse)(scope, receive, send)
                return
            await self.note(request, refused.status)
            answer = self.refuse(request, refused.status, str(refused))
            answer.headers.update(refused.headers)
            if request.method not in SAFE:
                answer.headers["connection"] = "close"  # Its body is not waited for.
            await answer(scope, receive, send)
            return
        await self.follow(request, receive, send)

    async def follow(self, request: Request, receive: Receive, send: Send) -> None:
        """Pass a request on, watch what comes of it, and end it when whoever asked may not see it any more."""
        status, looked, ended = 500, time.monotonic(), False

        async def say(message: Message) -> None:
            nonlocal status, looked, ended
            if ended:
                return
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers.setdefault("cache-control", "no-cache" if self.guard.user else "no-store")
                if self.guard.secure:
                    headers["strict-transport-security"] = "max-age=31536000"
            elif time.monotonic() > looked + AGAIN_S:
                looked = time.monotonic()
                if not await to_thread.run_sync(is_still_in, request, self.guard):
                    ended, message = True, {"type": "http.response.body", "body": b"", "more_body": False}
            await send(message)

        try:
            await self.app(request.scope, receive, say)
        finally:
            with CancelScope(shield=True):
                await self.note(request, status)

    async def note(self, request: Request, status: int) -> None:
        """Write down what was changed or refused. What cannot be written down stops nothing."""
        log, state = self.guard.log, request.state
        what, path = f"{request.method} {status}", request.url.path
        try:
            if status in REFUSED and not state.told:
                await to_thread.run_sync(log.refuse, state.user.name, what, path, state.address)
            elif request.method not in SAFE and not state.told:
                await to_thread.run_sync(log.write, state.user.name, what, path, state.address)
        except Error as error:
            import logging

            logging.getLogger(__name__).warning("%s", error)


def prepare(request: Request, guard: Guard) -> dict[str, Any]:
    """What is known of whoever asks before anything of theirs was looked at. `csrf` is what a page writes into its
    forms, `csrf_due` what is due with a change: between them, pages may be kept that hold a mark instead."""
    address = request.client.host if request.client else ""
    return {
        "guard": guard,
        "user": NOBODY,
        "session": None,
        "bearer": False,
        "csrf": "",
        "csrf_due": "",
        "csrf_known": True,
        "cursor": "",
        "told": False,
        "address": address,
    }


def check_host(request: Request, guard: Guard) -> None:
    """Refuse what is meant for another name."""
    if not answers_to(request.headers.get("host", ""), guard):
        raise RefusedError("this desk has another address", 421)


def check_origin(request: Request, guard: Guard) -> None:
    """Refuse a change that another site asks for."""
    if request.method in SAFE:
        return
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site", "same-origin")
    if (origin is not None and not is_ours(origin, guard)) or site not in ("same-origin", "none"):
        raise RefusedError("another site asked for this")


def is_ours(origin: str, guard: Guard) -> bool:
    """Whether an origin is this desk's."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme == ("https" if guard.secure else "http") and answers_to(parts.netloc, guard)


def answers_to(host: str, guard: Guard) -> bool:
    """Whether the desk is asked by a name of its own. An address in figures is nobody's name, so that no name can be
    made to lead here by it."""
    host = host.lower()
    if host in guard.hosts:
        return True
    name, _, port = host.rpartition(":")
    if f"*:{port}" not in guard.hosts:
        return False
    try:
        ip_address(name.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True


def identify(request: Request, guard: Guard) -> None:
    """Find out who asks: the one user, else the owner of a token, else that of a session, else nobody. Raises
    `RefusedError` for a token that is none."""
    state = request.state
    if guard.user is not None:
        state.user = guard.user
    elif shown := request.headers.get("authorization"):
        state.bearer = True
        kind, _, secret = shown.partition(" ")
        user = guard.tokens.find(secret.strip()) if kind.lower() == "bearer" else None
        if user is None:
            raise RefusedError("that token is none, has expired or was revoked", 401)
        state.user = user
        return
    elif cookie := request.cookies.get(guard.name_cookie(SESSION)):
        session = guard.sessions.find(cookie)
        if session is not None:
            state.user, state.session = session.user, session
            state.csrf = state.csrf_due = guard.sessions.make_csrf(session)
            return
    known = request.cookies.get(guard.name_cookie(COOKIE), "")
    state.csrf_known = MADE.fullmatch(known) is not None
    state.csrf = state.csrf_due = known if state.csrf_known else secrets.token_urlsafe(24)


def is_still_in(request: Request, guard: Guard) -> bool:
    """Whether what somebody came in by still stands, and lets them do as much."""
    before = request.state.user
    if guard.user is not None or before == NOBODY:
        return True
    again = Request({**request.scope, "state": {}})
    again.scope["state"].update(prepare(again, guard))
    try:
        identify(again, guard)
    except Error:
        return False
    return bool(again.state.user == before)


def is_open(path: str) -> bool:
    """Whether nobody need have come in for what is there."""
    return path in OPEN or path.startswith(OPEN_BELOW)


def check_entry(request: Request, guard: Guard) -> None:
    """Refuse nobody what is not open."""
    if request.state.user == NOBODY and not is_open(request.url.path):
        raise RefusedError("log in first", 401)


def check_pace(request: Request, guard: Guard) -> None:
    """Refuse who writes too much. One user on a machine of their own may as much as they like."""
    if request.method in SAFE or guard.user is not None:
        return
    user = request.state.user
    if user == NOBODY:
        wait = guard.strangers.spend(name_network(request.state.address))
    else:
        checks = request.url.path.rstrip("/").endswith("/check")
        wait = (guard.checks if checks else guard.writes).spend(user.name)
    if wait:
        raise RefusedError("that was too much at once: try again in a little while", 429, wait)


def send_to_login(request: Request, refused: RefusedError, refuse: Refuse) -> Response:
    """The way to the log-in for somebody at a browser; a line for a program."""
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    where = "/login" + (f"?next={quote(asked, safe='')}" if request.method == "GET" and asked != "/" else "")
    if request.method == "GET" and "text/html" in request.headers.get("accept", "") and not is_script(request):
        return RedirectResponse(where, 303)
    answer = refuse(request, 401, str(refused))
    answer.headers.update({"hx-redirect": where} if is_script(request) else refused.headers)
    return answer


def is_script(request: Request) -> bool:
    """Whether a part of a page asks, and not its reader."""
    return "hx-request" in request.headers


async def check_token(request: Request) -> None:
    """A dependency of what changes something: refuses it without the token of one of the desk's own pages. A program
    that shows a token of its own needs none: no browser shows that by itself."""
    from fastapi import HTTPException

    state = request.state
    if request.method in SAFE or state.bearer:
        return
    given = request.headers.get(HEADER) or ""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not given and kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        given = str((await request.form(max_part_size=MOST_FIELD)).get(FIELD, ""))
    if not state.csrf_known or not hmac.compare_digest(state.csrf_due.encode(), given.encode()):
        raise HTTPException(403, "the page is too old: open it again and try once more")
