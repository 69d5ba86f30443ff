"""The command that opens the desk in a browser: `serve`."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer

from sayso.cli.options import LedgerOption, note
from sayso.errors import Error
from sayso.settings import read_settings

PORT = 8600


def serve(
    ledger: LedgerOption = None,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="Port; 0 for any that is free.")] = PORT,
    no_open: Annotated[bool, typer.Option("--no-open", help="Print the address only.")] = False,
) -> None:
    """Open the desk in a browser: stories, points, origins, timeline and map, and the work on them.

    It listens on this machine alone. Ctrl-C ends it.

    Example:  sayso serve --ledger story.db
    """
    settings = read_settings()
    open_desk(ledger or settings.ledger, host, port, open_browser=not no_open)


def open_desk(ledger: str, host: str, port: int, *, open_browser: bool) -> None:
    """Serve the desk of a ledger until it is stopped."""
    try:
        from sayso.serve.desk import Desk
        from sayso.serve.guards.users import User
        from sayso.serve.running import serve as run
    except ModuleNotFoundError as error:
        raise Error(f"the desk needs a few more packages ({error.name}): pip install 'sayso[serve]'") from None

    def ready(address: str) -> None:
        note(f"the desk is at {address}  (Ctrl-C ends it)")
        if open_browser:
            import webbrowser

            webbrowser.open(address)

    settings = read_settings()
    desk = Desk.open(ledger, settings.cache, create=False)
    run(desk, host, port, User(settings.analyst or getpass.getuser(), "admin"), ready)
