"""The command that writes the desk as a folder of files: `publish`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sayso.cli.options import LedgerOption, note
from sayso.errors import Error
from sayso.settings import read_settings


def publish(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that is empty, or not there yet.")],
    story: Annotated[str, typer.Option(metavar="ID", help="One story alone, by its id or words of its name.")] = "",
    ledger: LedgerOption = None,
) -> None:
    """Write the desk, or one story, as a folder of pages to read: on any web host, or from a disk.

    Open its index.html. What was written before is replaced whole; a folder that holds anything else is refused.

    Example:  sayso publish site --ledger story.db
    """
    settings = read_settings()
    try:
        from sayso.serve.desk import Desk
        from sayso.serve.sites import write_site
    except ModuleNotFoundError as error:
        raise Error(f"the desk needs a few more packages ({error.name}): pip install 'sayso[serve]'") from None
    desk = Desk.open(ledger or settings.ledger, settings.cache, create=False)
    try:
        pages = write_site(desk, folder, story)
    finally:
        desk.close()
    note(f"{pages} pages written: open {folder / 'index.html'}")
