"""Texts held against the ledger, and two claims against each other; nothing is kept."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from sayso.api.pairs import Claimed, compare
from sayso.serve.api import shapes
from sayso.serve.api.answers import JSON
from sayso.serve.api.asking import AsOf
from sayso.serve.api.repeats import Write
from sayso.serve.api.reports import Given
from sayso.serve.desk.rows import check_reading, fetch_article, read_article
from sayso.serve.guards.users import Reader
from sayso.serve.pages.showing import AtDesk
from sayso.tell.tables import dump_row

writes = APIRouter(route_class=Write)
UNKEPT = {"cache-control": "no-store"}


@writes.post("/check", response_model=shapes.Checked, operation_id="check", summary="Check an article", tags=["texts"])
def check(given: Given, desk: AtDesk, as_of: AsOf, user: Reader) -> Response:
    """Each passage with what the ledger says of it: corroborated, single-origin, contradicted, outdated, misattributed,
    hedge-dropped, scope-changed, impossible or unsupported. Of an address, only an analyst may have it fetched."""
    if not given.text and not given.url:
        raise HTTPException(400, "give a text, or a url")
    if not given.text and not user.may("analyst"):
        raise HTTPException(403, "what is at an address is fetched for an analyst: send the text")
    article = read_article(given.text, given.facts) if given.text else fetch_article(given.url)
    return Response(dump_row(check_reading(desk, article, as_of)), headers=UNKEPT, media_type=JSON)


class Said(BaseModel):
    """A claim with what is known of it."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(max_length=2000)
    published: str = Field("", max_length=64)
    outlet: str = Field("", max_length=200)
    source: str = Field("", max_length=200)

    @property
    def claimed(self) -> Claimed:
        """The same as `sayso.compare` takes it."""
        return {name: value for name, value in self.model_dump().items() if value}  # type: ignore[return-value]


class Pair(BaseModel):
    """Two claims."""

    model_config = ConfigDict(extra="forbid")

    a: Said
    b: Said


@writes.post(
    "/compare",
    response_model=shapes.Compared,
    operation_id="compare",
    summary="How two claims stand to each other",
    tags=["texts"],
)
def compare_pair(pair: Pair, _: Reader) -> Response:
    """The same, compatible, a revision, of another scope, a contradiction or unrelated, with the reason."""
    found = compare(pair.a.claimed, pair.b.claimed)
    row = {"relation": found.relation, "stance": found.stance, "why": found.why}
    return Response(dump_row(row), headers=UNKEPT, media_type=JSON)
