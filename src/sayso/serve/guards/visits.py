"""What pages of accounts do with a browser: its session's cookie, where it goes after a log-in, what is logged."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from starlette.responses import Response

from sayso.serve.guards.accounts import Account
from sayso.serve.guards.entry import COOKIE, SESSION
from sayso.serve.guards.guards import Guard
from sayso.serve.guards.sessions import LONGEST_S, Session
from sayso.tell.citations import name_moment
from sayso.tell.tongues import _

HERE = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*")
"""A place on this desk and on no other: "//host" and "/\\host" are others."""


def find_guard(request: Request) -> Guard:
    """The guards of the desk that is asked."""
    guard: Guard = request.state.guard
    return guard


def need_session(request: Request) -> Session:
    """The session of whoever asks; what is done with an account is done by its owner at a browser, and no token does
    it."""
    session: Session | None = request.state.session
    if session is None:
        raise HTTPException(403, "log in at a browser for that")
    return session


BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrom": "Chrome", "Safari": "Safari"}
SYSTEMS = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Win": "Windows", "Mac": "macOS", "Linux": "Linux"}
"""What is in the names that browsers give themselves, the more telling first: each also names those it is like."""

AtDoor = Annotated[Guard, Depends(find_guard)]
InSession = Annotated[Session, Depends(need_session)]


def choose_place(next: str) -> str:
    """Where to go after a log-in: a place on this desk."""
    return next if HERE.fullmatch(next) and not next.startswith("/login") else "/"


def note(request: Request, what: str, on: str = "", who: str = "") -> None:
    """Write down what somebody did."""
    request.state.told = True
    find_guard(request).log.write(who or request.state.user.name, what, on, request.state.address)


def begin_session(request: Request, account: Account) -> str:
    """A new session of an account; what its browser showed before is worth nothing any more."""
    guard = find_guard(request)
    before = request.cookies.get(guard.name_cookie(SESSION), "")
    return guard.sessions.begin(account.user, request.state.address, request.headers.get("user-agent", ""), before)


def give_session(request: Request, answer: Response, secret: str) -> Response:
    """Have the browser show a session from now on. It comes along when somebody follows a link to the desk from
    elsewhere, and with nothing else that comes from elsewhere."""
    guard = find_guard(request)
    answer.set_cookie(
        guard.name_cookie(SESSION), secret, max_age=LONGEST_S, httponly=True, samesite="lax", secure=guard.secure
    )
    answer.delete_cookie(guard.name_cookie(COOKIE), secure=guard.secure, httponly=True, samesite="strict")
    return answer


def take_session(request: Request, answer: Response) -> Response:
    """Have the browser forget its session."""
    guard = find_guard(request)
    answer.delete_cookie(guard.name_cookie(SESSION), secure=guard.secure, httponly=True, samesite="lax")
    return answer


def say_moment(seconds: int) -> str:
    """A moment that is kept as seconds since 1970, in words."""
    return name_moment(datetime.fromtimestamp(seconds, UTC))


def name_browser(agent: str) -> str:
    """A browser in a few words, by what it calls itself: "Firefox, Windows"; what it says, where that tells nothing."""
    found = [next((name for mark, name in marks.items() if mark in agent), "") for marks in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, found)) or agent[:60] or _("unknown")
