"""How a page is shown: the templates, what each of them knows, and the moment that it is looked at from."""

from __future__ import annotations

from datetime import UTC
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, Query, Request
from starlette.responses import HTMLResponse, Response

from sayso.errors import Error
from sayso.harms import clean_shown, clean_text
from sayso.serve.desk import Desk, Viewpoint
from sayso.serve.guards.entry import COOKIE
from sayso.serve.guards.users import find_user
from sayso.tell.citations import name_moment
from sayso.tell.pages import read_asset
from sayso.tell.tongues import _, name_spoken, ngettext

if TYPE_CHECKING:
    from jinja2 import Environment, Template


def find_desk(request: Request) -> Desk:
    """The desk that is asked."""
    desk: Desk = request.app.state.desk
    return desk


def find_viewpoint(
    as_of: Annotated[str, Query(max_length=64)] = "", since: Annotated[str, Query(max_length=64)] = ""
) -> Viewpoint:
    """The moment that an address names."""
    return Viewpoint.read(as_of, since)


MOMENTS = ("as_of", "since", "page")
"""What of an address the time slider asks for anew; the rest of it stays."""
AtDesk = Annotated[Desk, Depends(find_desk)]
At = Annotated[Viewpoint, Depends(find_viewpoint)]


def guess_viewpoint(request: Request) -> Viewpoint:
    """The moment that an address names, as far as it names one: for pages that tell of an error."""
    try:
        return Viewpoint.read(request.query_params.get("as_of", "")[:64], request.query_params.get("since", "")[:64])
    except Error:
        return Viewpoint()


def show(request: Request, template: str, *, status: int = 200, at: Viewpoint | None = None, **words: Any) -> Response:
    """A page: its template with words, and what every page knows. For htmx alone, its main part."""
    user = find_user(request)
    page = load_template(template).render(
        **words,
        status=status,
        at=at or guess_viewpoint(request),
        user=user,
        csrf=request.state.csrf,
        path=request.url.path,
        kept=[(name, value) for name, value in request.query_params.multi_items() if name not in MOMENTS],
        ledger=request.app.state.name,
        cursor=request.state.cursor,
        left_out=list(request.state.seen.problems) if hasattr(request.state, "seen") else [],
    )
    answer = HTMLResponse(page, status)
    keep_token(request, answer)
    return answer


def keep_token(request: Request, answer: Response) -> None:
    """Give a browser that has none the token of the page's forms."""
    if not request.state.csrf_known:
        guard = request.state.guard
        answer.set_cookie(
            guard.name_cookie(COOKIE), request.state.csrf_due, httponly=True, samesite="strict", secure=guard.secure
        )


@cache
def make_templates() -> Environment:
    """The templates beside the desk, then those of the brief, whose macros they share."""
    from jinja2 import ChoiceLoader, Environment, FunctionLoader, PackageLoader, StrictUndefined

    loader = ChoiceLoader([PackageLoader("sayso.serve", "templates"), FunctionLoader(read_asset)])
    made = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        finalize=clean_shown,
    )  # fmt: skip
    made.globals |= {"_": _, "ngettext": ngettext, "name_spoken": name_spoken, "asset": name_asset}
    made.filters |= {
        "clean": clean_text,
        "moment": lambda moment: name_moment(moment, exact=False) if moment else "",
        "day": lambda moment: moment.astimezone(UTC).date().isoformat() if moment else "",
    }
    return made


def load_template(name: str) -> Template:
    """A template, with escaping on."""
    return make_templates().get_template(name)


@cache
def name_asset(name: str) -> str:
    """The address of a file of `assets`, which says its state, so that browsers may keep it for good."""
    from hashlib import sha256

    shared = name.removeprefix("tell/")
    content = read_asset(shared).encode() if shared != name else (files("sayso.serve") / "assets" / name).read_bytes()
    return f"/assets/{name}?v={sha256(content).hexdigest()[:12]}"
