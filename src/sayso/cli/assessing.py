"""What the commands that assess share: who says so, which assessment is meant, and what went wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.moments import parse_begin
from sayso.cli.options import note, open_chosen
from sayso.record import Assessment
from sayso.settings import read_settings

if TYPE_CHECKING:
    from sayso.ledger import Ledger

By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who says so. Default: $SAYSO_ANALYST.")]
At = Annotated[
    datetime | None, typer.Option("--at", metavar="TIME", parser=parse_begin, help="When it was said. Default: now.")
]
Reason = Annotated[str, typer.Option("--reason", "-r", metavar="WORDS", help="Why.")]


def need_signer(by: str) -> str:
    """Who says so; nobody is wrong usage."""
    signer = by.strip() or (read_settings().analyst or "").strip()
    if not signer:
        raise typer.BadParameter("say who says so, or set SAYSO_ANALYST", param_hint="--by")
    return signer


@contextmanager
def open_to_assess(ledger: str | None, *, create: bool = False) -> Iterator[Ledger]:
    """The ledger, where what is refused ends the command with one line on stderr and status 1."""
    with open_chosen(ledger, create=create) as kept, refuse_clearly():
        yield kept


@contextmanager
def refuse_clearly() -> Iterator[None]:
    """What is refused ends the command with one line on stderr and status 1."""
    from sayso.ledger import LedgerError

    try:
        yield
    except (LedgerError, ValueError) as error:
        note(str(error))
        raise typer.Exit(1) from None


def find_root(kept: Ledger, kind: str, id: str, as_of: datetime | None = None) -> Assessment:
    """The assessment of a kind that an id names; without one, the only one there is."""
    if id:
        found = kept.find_assessment(id)
        if found.kind != kind:
            raise ValueError(f"{id} is no {kind} but a {found.kind}")
        return found
    roots = [one for one in kept.assessments(kind, as_of=as_of) if not one.about]
    if len(roots) != 1:
        ids = ", ".join(one.id[:8] for one in roots[:8])
        raise ValueError(f"say which {kind}: there are {len(roots)} ({ids})" if roots else f"there is no {kind} yet")
    return roots[0]


def parse_shares(words: Sequence[str], option: str) -> dict[str, float]:
    """Numbers given as "H1=0.4"."""
    found: dict[str, float] = {}
    for word in words:
        key, _, number = word.replace(":", "=").partition("=")
        try:
            found[key.strip()] = float(number)
        except ValueError:
            raise typer.BadParameter(f"{word!r} is no share such as H1=0.4", param_hint=option) from None
    return found
