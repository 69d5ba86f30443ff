"""The door: to which names the desk answers, who comes in, and whether what changes something comes from its own pages.

On this machine alone there is one user and no log-in. A page elsewhere must not reach it through the user's browser:
neither by a name that leads here (DNS rebinding) nor by a form or script of its own (cross-site request forgery).
"""

from __future__ import annotations

import hmac
import secrets
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from sayso.serve.guards.users import User

SAFE = ("GET", "HEAD", "OPTIONS")
COOKIE, FIELD, HEADER = "sayso_csrf", "csrf", "x-csrf"
"""Where the token of a page is: in a cookie, and in a form's field or a script's header, which no other site knows."""

MOST_FIELD = 9_000_000
"""Bytes of one field of a form: a text of two million characters that is to be checked."""


class Entry:
    """Lets in what is for one of `hosts`, as the one `user`; refuses writes without the page's token."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str], user: User) -> None:
        """Stand before `app`."""
        self.app, self.hosts, self.user = app, hosts, user

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        if request.headers.get("host", "").lower() not in self.hosts:
            await PlainTextResponse("this desk has another address", 421)(scope, receive, send)
            return
        origin = request.headers.get("origin")
        if request.method not in SAFE and origin is not None and urlsplit(origin).netloc.lower() not in self.hosts:
            await PlainTextResponse("another site asked for this", 403)(scope, receive, send)
            return
        known = request.cookies.get(COOKIE, "")
        scope.setdefault("state", {}).update(
            user=self.user, csrf=known or secrets.token_urlsafe(24), csrf_known=bool(known)
        )
        await self.app(scope, receive, send)


async def check_token(request: Request) -> None:
    """A dependency of what changes something: refuses it without the token of one of the desk's own pages."""
    from fastapi import HTTPException

    if request.method in SAFE:
        return
    given = request.headers.get(HEADER) or ""
    kind = request.headers.get("content-type", "").partition(";")[0]
    if not given and kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        given = str((await request.form(max_part_size=MOST_FIELD)).get(FIELD, ""))
    known = request.cookies.get(COOKIE, "")
    if not known or not hmac.compare_digest(known.encode(), given.encode()):
        raise HTTPException(403, "the page is too old: open it again and try once more")
