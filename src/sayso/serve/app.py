"""The application: one desk, its guards, its pages, its API and its files."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager

from anyio import to_thread
from fastapi import FastAPI, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException as AnyHTTPException
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from sayso.errors import Error
from sayso.serve import pages
from sayso.serve.api.applications import make_api
from sayso.serve.api.problems import make_problem
from sayso.serve.desk import Desk
from sayso.serve.desk.desks import MissingError
from sayso.serve.guards.bounds import Bounds
from sayso.serve.guards.entry import Entry
from sayso.serve.guards.guards import Guard
from sayso.serve.guards.headers import Headers
from sayso.serve.guards.logins import RefusedError
from sayso.serve.guards.stores import Store
from sayso.serve.guards.users import User
from sayso.serve.keeping import Kept
from sayso.serve.pages.events import Feed
from sayso.serve.pages.showing import show
from sayso.serve.retries import Retries
from sayso.tell.pages import read_asset

SHARED = ("page.css", "brief.css", "brief.js", "checked.css", "poll.css", "poll.js")
"""What pages take from `sayso.tell`."""
THREADS = 12
"""Threads that look and reckon: more would only wait for each other, and each takes memory of its own."""
FOREVER = "public, max-age=31536000, immutable"


class Assets(StaticFiles):
    """Files that have their state in their address, so that a browser asks for each once."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        """The file, to be kept."""
        answer = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        answer.headers["cache-control"] = FOREVER
        return answer


def create_app(desk: Desk, hosts: Iterable[str], user: User) -> FastAPI:
    """The application of a desk that answers to some hosts ("127.0.0.1:8600"), for one user on this machine. What is
    logged is kept as long as it runs."""
    return create_guarded(desk, Guard(Store(None), hosts, user))


def create_guarded(desk: Desk, guard: Guard) -> FastAPI:
    """The application of a desk behind its guards."""

    @asynccontextmanager
    async def live(_: FastAPI) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = THREADS
        yield
        await run_in_threadpool(desk.close)
        guard.store.close()

    app = FastAPI(
        title="sayso",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=live,
        middleware=[
            Middleware(Headers),
            Middleware(Entry, guard=guard, refuse=refuse),
            Middleware(Bounds, refuse=refuse),
            Middleware(Kept, desk=desk),
            Middleware(Retries),
        ],
    )
    app.state.desk, app.state.name, app.state.feed = desk, desk.ledger.name, Feed(desk)
    app.add_api_route("/assets/tell/{name}", send_shared, include_in_schema=False)
    app.mount("/assets", Assets(packages=[("sayso.serve", "assets")]), name="assets")
    api = make_api(desk)
    app.mount("/api", api, name="api")
    app.include_router(pages.router)
    app.add_exception_handler(MissingError, answer_with(404))
    app.add_exception_handler(RefusedError, answer_refused)
    app.add_exception_handler(Error, answer_with(400))
    app.add_exception_handler(AnyHTTPException, answer_http)
    return app


async def send_shared(name: str) -> Response:
    """A style or script that the desk shares with the brief's page."""
    if name not in SHARED:
        raise HTTPException(404, f"there is no {name}")
    kind = "text/css" if name.endswith(".css") else "text/javascript"
    return Response(read_asset(name), media_type=kind, headers={"cache-control": FOREVER})


def answer_with(status: int) -> Callable[[Request, Exception], Awaitable[Response]]:
    """What says an error of ours on a page: one line, with its status."""

    async def answer(request: Request, error: Exception) -> Response:
        return refuse(request, status, str(error))

    return answer


async def answer_refused(request: Request, error: Exception) -> Response:
    """The same of what the guards refuse."""
    assert isinstance(error, RefusedError)
    answer = refuse(request, error.status, str(error))
    answer.headers.update(error.headers)
    return answer


async def answer_http(request: Request, error: Exception) -> Response:
    """The same of what the framework refuses."""
    assert isinstance(error, AnyHTTPException | HTTPException)
    answer = refuse(request, error.status_code, str(error.detail))
    answer.headers.update(error.headers or {})
    return answer


def refuse(request: Request, status: int, message: str) -> Response:
    """What says that something is refused, or not there: a page, or a problem where a program asks."""
    if request.url.path == "/api" or request.url.path.startswith("/api/"):
        return make_problem(status, message)
    return show(request, "error.html.j2", status=status, message=message)
