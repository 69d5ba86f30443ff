"""The command by which an assistant asks a ledger: `mcp`."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer

from sayso.cli.options import LedgerOption
from sayso.errors import Error
from sayso.settings import read_settings


def mcp(
    ledger: LedgerOption = None,
    allow_writes: Annotated[
        bool, typer.Option("--allow-writes", help="Also let it add reports and judge; else it only looks.")
    ] = False,
) -> None:
    """Let an assistant ask the ledger, over the Model Context Protocol on standard input and output.

    It can list stories and points, tell briefs, explain, search, read and check. What it judges is named as your
    assistant's. Name this command in the assistant's settings.

    Example:  sayso mcp --ledger story.db
    """
    settings = read_settings()
    serve_assistant(ledger or settings.ledger, f"{settings.analyst or getpass.getuser()}'s assistant", allow_writes)


def serve_assistant(ledger: str, by: str, allow_writes: bool) -> None:
    """Answer an assistant until it goes away."""
    try:
        from sayso.serve.assistants import make_server
        from sayso.serve.desk import Desk
    except ModuleNotFoundError as error:
        raise Error(f"assistants need a few more packages ({error.name}): pip install 'sayso[serve]'") from None

    desk = Desk.open(ledger, read_settings().cache, create=allow_writes)
    try:
        make_server(desk, by, allow_writes=allow_writes).run("stdio")
    finally:
        desk.close()
