"""What the commands that assess share: who says so, which assessment is meant, and what went wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.moments import parse_begin
from sayso.cli.options import note, open_chosen
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
