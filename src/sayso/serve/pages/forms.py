"""What a form of a page gave, and where its answer leads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from sayso.errors import Error
from sayso.foresee.questions.postings import row_of_fields

LONGEST_FIELD = 20_000
"""Characters of a field of a form."""


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form by their names, files left out; of several with one name the last. Raises `Error`."""
    found: dict[str, str] = {}
    for name, value in (await request.form()).multi_items():
        if isinstance(value, str):
            if len(value) > LONGEST_FIELD:
                raise Error(f"{name}: at most {LONGEST_FIELD} characters")
            found[name] = value.replace("\r\n", "\n")
    return found


def fill(form: Mapping[str, str]) -> Mapping[str, str]:
    """What a form is filled with when it is shown again: what it gave, "" else."""
    return defaultdict(str, form)


def pick_fields(form: dict[str, str], prefix: str) -> dict[str, str]:
    """The fields whose names begin with a prefix, by the rest of their names."""
    return {name.removeprefix(prefix): value for name, value in form.items() if name.startswith(prefix)}


def read_values(form: dict[str, str]) -> list[str]:
    """What a form expects of a question, as on the command line: "70%", "north=20%", "p50=3"; empty fields left out."""
    said = [(name, value) for name, value in form.items() if name.partition(".")[0] in ("percent", "value")]
    values: list[str] = row_of_fields((name, value) for name, value in said if value.strip())["values"]
    return values


def lead_to(address: str) -> Response:
    """After a form: to a page that is opened anew, so that reloading it sends nothing twice."""
    return RedirectResponse(address, 303)
