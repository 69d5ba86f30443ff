"""The API as an application of its own, under `/api`, so that whatever is asked there is answered for programs."""

from __future__ import annotations

from fastapi import APIRouter, Depends, FastAPI, Request
from starlette.responses import JSONResponse, Response

from sayso.serve.api import alerts, assessments, exports, judgements, listings, reports, stories, texts
from sayso.serve.api.answers import Listings
from sayso.serve.api.documents import TAGS, VERSION, WHERE, list_methods, list_operations, write_document
from sayso.serve.api.problems import add_handlers
from sayso.serve.api.repeats import Repeats
from sayso.serve.desk import Desk
from sayso.serve.guards.entry import check_token
from sayso.serve.guards.users import Reader
from sayso.serve.pages.showing import show

BEARER = "bearer "


async def check_writer(request: Request) -> None:
    """A dependency of what changes something: refuses it without the token of a page, unless an Authorization header
    says who asks. A browser adds none by itself, and sends none to another site without asking that site first, which
    the desk never allows."""
    if not request.headers.get("authorization", "").lower().startswith(BEARER):
        await check_token(request)


def make_api(desk: Desk) -> FastAPI:
    """The application that answers programs at a desk; it is mounted at `/api`."""
    router = APIRouter()
    for reads in (listings, stories, exports, reports, judgements, assessments, alerts):
        router.include_router(reads.router)
    for writes in (reports, texts, judgements, assessments, alerts):
        router.include_router(writes.writes, dependencies=[Depends(check_writer)])
    api = FastAPI(title="sayso", openapi_url=None, docs_url=None, redoc_url=None)
    document = write_document(router)
    api.include_router(router, prefix=f"/{VERSION}")
    api.state.desk, api.state.name = desk, desk.ledger.name
    api.state.listings, api.state.repeats = Listings(), Repeats()
    api.state.methods = list_methods(document)
    add_handlers(api)

    @api.get(f"/{VERSION}/openapi.json", include_in_schema=False)
    async def send_document(_: Reader) -> Response:
        return JSONResponse(document, headers={"cache-control": "private, no-cache"})

    @api.get(f"/{VERSION}/docs", include_in_schema=False)
    async def show_docs(request: Request, _: Reader) -> Response:
        base = str(request.base_url).rstrip("/").removesuffix("/api")
        return show(request, "api.html.j2", operations=list_operations(document, base), where=WHERE, tags=TAGS)

    return api
