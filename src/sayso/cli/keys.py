"""The commands of an analyst's own keys: `key new` makes one, `key show` shows it."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from sayso.cli.assessing import need_signer
from sayso.cli.endings import Commands
from sayso.cli.options import note

key = typer.Typer(
    name="key",
    cls=Commands,
    help="Your own key: what you judge is signed by it, so that nobody else can judge in your name.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

By = Annotated[str, typer.Option("--by", metavar="NAME", help="Whose key. Default: $SAYSO_ANALYST.")]


@key.command()
def new(by: By = "") -> None:
    """Make a key for a name, and print its public half. From then on all that is judged here by that name is signed.

    Example:  sayso key new --by ana
    """
    from sayso.keyrings import Keyring
    from sayso.settings import read_settings

    made = Keyring(read_settings().keys).make(need_signer(by).strip())
    note(f"{made.path}: keep a copy where nobody else can read it; what others compare is the public key:")
    sys.stdout.write(f"{made.public}\n")


@key.command()
def show(
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Whose key. Default: all that are here.")] = "",
) -> None:
    """Show the public keys that sign here, each with its name and file: others compare them with what verify lists.

    Example:  sayso key show
    """
    from sayso.keyrings import Keyring
    from sayso.settings import read_settings

    ring = Keyring(read_settings().keys)
    found = [one for one in ring.list() if not by or one.name == by]
    if not found:
        note(f"{by or 'keys'}: there is no key here: `sayso key new` makes one")
        raise typer.Exit(1)
    for one in found:
        sys.stdout.write(f"{one.public}  {one.name}\n")
        note(f"{one.name}: {one.path}")
