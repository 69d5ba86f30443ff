"""The command that opens the desk in a browser: `serve`."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.cli.options import LedgerOption, note
from sayso.errors import Error
from sayso.settings import Settings, read_settings

if TYPE_CHECKING:
    from sayso.ledger.signatures import Signer

PORT = 8600


def serve(
    ledger: LedgerOption = None,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="Port; 0 for any that is free.")] = PORT,
    accounts: Annotated[
        bool, typer.Option("--accounts", help="Ask everybody to log in, on this machine too: see sayso accounts.")
    ] = False,
    behind: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="The public name of the proxy before it, which is asked by HTTPS."),
    ] = None,
    proxy: Annotated[
        list[str] | None,
        typer.Option(metavar="ADDRESS", help="Where that proxy asks from, if not from this machine."),
    ] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Print the address only.")] = False,
) -> None:
    """Open the desk in a browser: stories, points, origins, timeline and map, and the work on them.

    It listens on this machine alone and needs no log-in. For others to come in, by --host or --behind, there must be
    accounts. Ctrl-C ends it.

    Examples:

      sayso serve --ledger story.db

      sayso serve --behind desk.example.org
    """
    settings = read_settings()
    guarded = {"accounts": accounts, "behind": behind or (), **({"proxies": proxy} if proxy else {})}
    open_desk(ledger or settings.ledger, host, port, settings, guarded, open_browser=not no_open)


def open_desk(
    ledger: str, host: str, port: int, settings: Settings, guarded: dict[str, Any], *, open_browser: bool
) -> None:
    """Serve the desk of a ledger until it is stopped; `guarded` says who may come in."""
    from sayso.keyrings import Keyring

    try:
        from sayso.serve.desk import Desk
        from sayso.serve.guards.providers import read_provider
        from sayso.serve.guards.stores import Store, find_desk_file
        from sayso.serve.guards.users import User
        from sayso.serve.running import LOOPBACK
        from sayso.serve.running import serve as run
    except ModuleNotFoundError as error:
        raise Error(f"the desk needs a few more packages ({error.name}): pip install 'sayso[serve]'") from None

    def ready(address: str) -> None:
        note(f"the desk is at {address}  (Ctrl-C ends it)")
        if host not in LOOPBACK and not guarded["behind"]:
            note("passwords cross this network unencrypted: put a proxy with HTTPS before the desk, and say --behind")
        if open_browser:
            import webbrowser

            webbrowser.open(address)

    store, provider = Store(find_desk_file(ledger, settings.data)), read_provider(settings)
    user = User(settings.analyst or getpass.getuser(), "admin")
    alone = host in LOOPBACK and not guarded["accounts"] and not guarded["behind"]

    def find_key(name: str) -> Signer | None:
        """The key of the one who is at the desk alone: whoever logs in to one may only bear the name of somebody's."""
        return Keyring(settings.keys).find(name) if alone and name == user.name else None

    desk = Desk.open(ledger, settings.cache, create=False, data=settings.data, find_signer=find_key)
    run(desk, host, port, user, ready, store=store, provider=provider, **guarded)
