"""The commands that look after what is kept: `head`, `verify` (of a ledger or of a package of evidence) and `copy`."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.endings import StoppedError
from sayso.cli.options import LedgerOption, complain, note, open_chosen, wait_patiently
from sayso.cli.outputs import fail
from sayso.errors import Error

if TYPE_CHECKING:
    from sayso.ledger.signatures import Standing


def verify(
    package: Annotated[
        Path | None,
        typer.Argument(metavar="[PACKAGE]", help="A package of evidence: folder, .zip or .wacz. Default: the ledger."),
    ] = None,
    ledger: LedgerOption = None,
    root: Annotated[
        str, typer.Option("--root", metavar="HASH", help="The root hash that the package must have, as noted down.")
    ] = "",
    authority: Annotated[
        Path | None,
        typer.Option("--authority", metavar="FILE", help="Certificates (PEM) that the time stamp must come from."),
    ] = None,
    head: Annotated[
        str, typer.Option("--head", metavar="HEAD", help="A head of the ledger, as sayso head printed it.")
    ] = "",
    stamp: Annotated[
        Path | None, typer.Option("--stamp", metavar="FILE", help="The time stamp over that head.")
    ] = None,
) -> None:
    """Check every id, hash, span and signature of the ledger again, or of a package of evidence, for which no ledger
    is needed. With a head that was noted down, nothing before it was changed, removed, put in or moved.

    Examples:

      sayso verify --ledger story.db

      sayso verify --head 1284:9f3c...

      sayso verify dali.wacz
    """
    if stamp and not head:
        raise typer.BadParameter("name the head that it was put on, by --head", param_hint="--stamp")
    if package is not None and head:
        raise typer.BadParameter("a package has a root hash (--root), a ledger a head", param_hint="--head")
    if package is not None:
        if ledger:
            raise typer.BadParameter(
                "a package is checked without a ledger: leave one of them out", param_hint="--ledger"
            )
        verify_package(package, root, authority)
        return
    if root or (authority and not stamp):
        raise typer.BadParameter("name the package that it belongs to", param_hint="--root" if root else "--authority")
    verify_ledger(ledger, head, stamp, authority)


def verify_ledger(ledger: str | None, head: str, stamp: Path | None, authority: Path | None) -> None:
    """Check a ledger, and say who signed what is in it."""
    from sayso.ledger.chains import parse_head

    noted = parse_head(head) if head else None
    with open_chosen(ledger, create=False, strict=False) as kept:
        faults = 0
        for problem in kept.verify(noted):
            complain(problem)
            faults += 1
        with suppress(Error):  # Told by the check, where it is so.
            tell_standings(kept.standings())
    if stamp:
        faults += not tell_stamp(stamp, str(noted), authority)
    note("the ledger is whole" if not faults else f"{faults} faults")
    raise typer.Exit(1 if faults else 0)


def tell_standings(standings: Sequence[Standing]) -> None:
    """Say how many judgements and assessments each name's key stands behind, how many nothing but a name; and which
    are not what they seem."""
    from sayso.ledger.signatures import count_standings

    for (state, by, public), count in sorted(count_standings(standings).items()):
        key = f" (key {public[:16]}...)" if public else ""
        note(f"{count} {STATES[state]} {by}{key}")
    for one in standings:
        if one.state in ("unsigned", "foreign"):
            how = "it is not signed" if one.state == "unsigned" else f"it is signed by another, {one.public[:16]}..."
            what = f"{one.table.removesuffix('s')} {one.id}"
            note(f"{what}: {one.by} has a key, and {how}: ask {one.by} whether it is theirs")


STATES = {
    "signed": "signed by",
    "foreign": "signed by another key than that of",
    "named": "named, not signed:",
    "unsigned": "named, not signed, of one who has a key:",
    "forged": "with a forged signature of",
}
"""What is said of what stands behind a judgement."""


def tell_stamp(path: Path, head: str, authority: Path | None) -> bool:
    """Say when a head was stamped, and by whom; whether the time stamp holds."""
    from sayso.share.evidence.timestamps import LARGEST_STAMP

    try:
        with path.open("rb") as file:
            return tell_stamped(path, file.read(LARGEST_STAMP), head.encode(), authority)
    except OSError as error:
        note(f"{path}: {error.strerror or error}")
        return False


def tell_stamped(place: Path, stamp: bytes, head: bytes, authority: Path | None) -> bool:
    """Say when something was stamped, and by whom; whether the time stamp holds."""
    from sayso.share.evidence.timestamps import check_stamp

    try:
        stamped = check_stamp(stamp, head, authority)
    except Error as error:
        note(f"{place}: {error}")
        return False
    by = f" by {stamped.authority}" if stamped.authority else ""
    unsure = "" if stamped.vouched else "; whether it is they, --authority FILE with their certificate tells"
    note(f"stamped {stamped.at:%Y-%m-%d %H:%M:%S} UTC{by}{unsure}")
    return True


def head(
    timestamp: Annotated[
        str,
        typer.Option(
            "--timestamp", metavar="URL", help="Have an authority (RFC 3161) stamp the head, which alone it is sent."
        ),
    ] = "",
    stamp: Annotated[Path | None, typer.Option("--stamp", metavar="FILE", help="Where the time stamp goes.")] = None,
    ledger: LedgerOption = None,
) -> None:
    """Print the ledger's head: a number and a hash that stand for all that is in it. Note it down, or send it to
    somebody: later, sayso verify --head tells whether anything before it was changed.

    Examples:

      sayso head

      sayso head --timestamp https://freetsa.org/tsr --stamp head.tsr
    """
    if bool(timestamp) != bool(stamp):
        raise typer.BadParameter(
            "a time stamp needs both the authority's address and a file", param_hint="--timestamp, --stamp"
        )
    with open_chosen(ledger, create=False) as kept:
        found = str(kept.head())
    if timestamp and stamp:
        from sayso.files import replace_file
        from sayso.share.evidence.timestamps import ask_stamp

        try:
            replace_file(stamp, ask_stamp(timestamp, found.encode()))
        except OSError as error:
            fail(stamp, error.strerror or str(error))
    sys.stdout.write(f"{found}\n")


def verify_package(package: Path, root: str, authority: Path | None) -> None:
    """Check a package, and print its root hash where it is whole."""
    from sayso.share.evidence.checks import check_package

    checked = check_package(package)
    faults = len(checked.problems)
    for problem in checked.problems:
        complain(problem)
    if root and root.strip().lower() != checked.root:
        note(f"{package}: its root hash is {checked.root}, not the one noted down: it is another package")
        faults += 1
    if checked.stamp:
        faults += not tell_stamped(package, checked.stamp, checked.head_bytes, authority)
    elif authority:
        note(f"{package}: it has no time stamp")
        faults += 1
    note("the package is whole; its root hash:" if not faults else f"{faults} faults")
    if not faults:
        sys.stdout.write(f"{checked.root}\n")
    raise typer.Exit(1 if faults else 0)


END = "A ledger's file or URL, or a file of JSON Lines (.jsonl or .jsonl.gz)."


def count_entries(copied: Mapping[str, int]) -> str:
    """How many entries of what were copied, in words."""
    nouns = {table: table.removesuffix("s") if count == 1 else table for table, count in copied.items()}
    return ", ".join(f"{count} {nouns[table]}" for table, count in copied.items() if count) or "nothing new"


def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help=END)],
    target: Annotated[str, typer.Argument(metavar="TO", help=END)],
) -> None:
    """Copy a ledger into another, which keeps what it has: a file, a database, or JSON Lines to hand on.

    Ids, moments of entry and judgements stay as they are. What is there already is not added again; a copy that was
    stopped goes on when it is made again.

    Examples:

      sayso copy sayso.db postgresql://ana@server/story

      sayso copy sayso.db story.jsonl.gz

      sayso copy story.jsonl.gz colleague.db
    """
    from sayso.ledger.merges import Copied
    from sayso.ledger.transfers import copy_ledger

    copied, failed = Copied(), 0
    try:
        for problem in copy_ledger(source, target, copied, wait_patiently()):
            failed += 1
            complain(problem)
    except KeyboardInterrupt:
        raise StoppedError(f"{count_entries(copied.new)} copied; the same command goes on from there") from None
    note(f"{count_entries(copied.new)} copied, {copied.known} entries known before, {failed} failed")
    raise typer.Exit(1 if failed else 0)
