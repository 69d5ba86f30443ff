"""What went wrong, as programs read it: `application/problem+json` (RFC 9457), and never a page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import Response

from sayso.errors import Error
from sayso.serve.desk.desks import MissingError
from sayso.tell.tables import dump_row

PROBLEM = "application/problem+json"
MOST_ERRORS = 20
"""Faults of one request that are told."""


class Fault(BaseModel):
    """One thing that is wrong with a request: where, and what."""

    where: str
    detail: str


class ProblemDetails(BaseModel):
    """What went wrong (RFC 9457): `detail` is one line; `errors` are the parts of a request that are wrong."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Fault] = []


def make_problem(status: int, detail: str, headers: Mapping[str, str] | None = None, **more: Any) -> Response:
    """The answer that says a problem."""
    row = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    kept = {"cache-control": "no-store", **(headers or {})}
    return Response(dump_row(row), status, headers=kept, media_type=PROBLEM)


def answer_with(status: int) -> Callable[[Request, Exception], Awaitable[Response]]:
    """What says an error of ours."""

    async def answer(request: Request, error: Exception) -> Response:
        # Where the ledger lies on this machine is nobody's business elsewhere.
        return make_problem(status, str(error).removeprefix(f"{request.app.state.name}: "))

    return answer


async def answer_http(request: Request, error: Exception) -> Response:
    """The same of what the framework or the guards refuse."""
    assert isinstance(error, HTTPException)
    headers = {name.lower(): value for name, value in (error.headers or {}).items()}
    if error.status_code == 405:  # The framework names the methods of one route, and an address may have several.
        allowed = (names for address, names in request.app.state.methods if address.match(request.url.path))
        headers["allow"] = ", ".join(sorted({name for names in allowed for name in names})) or "GET"
    return make_problem(error.status_code, str(error.detail), headers)


async def answer_invalid(_: Request, error: Exception) -> Response:
    """The same of a request whose parts are not what they should be."""
    assert isinstance(error, RequestValidationError)
    faults = [
        {"where": ".".join(str(step) for step in one["loc"]), "detail": str(one["msg"])}
        for one in error.errors()[:MOST_ERRORS]
    ]
    told = f"{faults[0]['where']}: {faults[0]['detail']}" if faults else "the request is not as it should be"
    return make_problem(422, told, errors=faults)


async def answer_broken(_: Request, __: Exception) -> Response:
    """The same of a fault of ours; what it was stands in the log."""
    return make_problem(500, "something broke here; it is in the log of the desk")


def add_handlers(app: FastAPI) -> None:
    """Make an application say every error as a problem."""
    app.add_exception_handler(MissingError, answer_with(404))
    app.add_exception_handler(Error, answer_with(400))
    app.add_exception_handler(HTTPException, answer_http)
    app.add_exception_handler(RequestValidationError, answer_invalid)
    app.add_exception_handler(Exception, answer_broken)
