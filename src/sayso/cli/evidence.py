"""The command that packs evidence for others: `evidence`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from sayso.cli.moments import parse_begin
from sayso.cli.options import LedgerOption, note, open_chosen
from sayso.cli.outputs import fail
from sayso.settings import read_settings


def evidence(
    what: Annotated[str, typer.Argument(metavar="CLAIM|REPORT|STORY", help="An id, or words of a story's name.")],
    into: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="FILE|FOLDER", help="The package, written whole or not at all."),
    ],
    form: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="wacz (a web archive), bagit (a folder) or zip (the same, zipped). Default: what the name ends in, "
            "else bagit.",
        ),
    ] = "",
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who packs it. Default: $SAYSO_ANALYST.")] = "",
    at: Annotated[
        datetime | None,
        typer.Option("--at", metavar="TIME", parser=parse_begin, help="The time that it bears. Default: now."),
    ] = None,
    timestamp: Annotated[
        str,
        typer.Option(
            "--timestamp",
            metavar="URL",
            help="Have an authority (RFC 3161) stamp the root hash, which alone it is sent.",
        ),
    ] = "",
    ledger: LedgerOption = None,
) -> None:
    """Pack what the ledger keeps of a claim, a report or a story, for whoever must check it without the ledger.

    The same ledger and time give the same bytes. Its root hash is printed: note it down.

    Example:  sayso evidence dali-03 -o dali.wacz
    """
    from sayso.share.evidence.contents import pack_evidence
    from sayso.share.evidence.heads import HEAD
    from sayso.share.evidence.timestamps import ask_stamp
    from sayso.share.evidence.writings import write_package

    form = choose_package(form, into)
    settings = read_settings()
    with open_chosen(ledger, create=False) as kept:
        signer, made = by.strip() or settings.analyst, at or datetime.now(UTC)
        contents = pack_evidence(kept, what, made=made, by=signer, cache=settings.cache)
        head = next(part for part in contents.parts if part.path == HEAD).read()
        stamp = ask_stamp(timestamp, head) if timestamp else b""
        try:
            write_package(into, form, contents, stamp)
        except OSError as error:
            fail(into, error.strerror or str(error))
    note(f"{len(contents.head.reports)} reports in {len(contents.parts)} files: {into}; its root hash:")
    sys.stdout.write(f"{contents.root}\n")


def choose_package(form: str, into: Path) -> str:
    """The format of a package: the one named, or that of its name. A place where it cannot be is told at once."""
    from sayso.share.evidence.writings import FORMATS, choose_format

    chosen = choose_format(form, into)
    if chosen not in FORMATS:
        raise typer.BadParameter(f"{chosen!r} is none of {', '.join(FORMATS)}", param_hint="--format")
    if not into.parent.is_dir():
        fail(into, "No such file or directory")
    if chosen != "bagit" and into.is_dir():
        fail(into, "Is a directory")
    return chosen
