"""The commands by which an analyst judges: `judge retract`, `merge`, `split` ..., and `judgements`."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.assessing import need_signer, open_to_assess
from sayso.cli.endings import Commands
from sayso.cli.moments import parse_begin
from sayso.cli.options import LedgerOption, note, open_chosen
from sayso.cli.outputs import FormatOption, OutputOption, choose_table, write_rows
from sayso.errors import Error

if TYPE_CHECKING:
    from sayso.ledger import Ledger

judge = typer.Typer(
    name="judge",
    cls=Commands,
    help="Judge a report, a claim or a source: named or signed, dated, kept for good, and undone by another judgement.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who judges. Default: $SAYSO_ANALYST.")]
Reason = Annotated[str, typer.Option("--reason", "-r", metavar="WORDS", help="Why; shown wherever it counts.")]
At = Annotated[
    datetime | None, typer.Option("--at", metavar="TIME", parser=parse_begin, help="When it was judged. Default: now.")
]
Target = Annotated[str, typer.Argument(metavar="REPORT|CLAIM", help="The id of a report or a claim.")]
Claim = Annotated[str, typer.Argument(metavar="CLAIM", help="The id of a claim.")]
Other = Annotated[str, typer.Argument(metavar="CLAIM", help="The id of another claim.")]
Second = Annotated[str, typer.Argument(metavar="REPORT|CLAIM", help="The id of another of the kind.")]


@judge.command()
def retract(target: Target, reason: Reason, by: By = "", at: At = None, ledger: LedgerOption = None) -> None:
    """Take a report or a claim out of everything that is told.

    Example:  sayso judge retract kursk-6 --reason "the outlet took it back"
    """
    keep("retract", target, by, reason, at, ledger)


@judge.command()
def restore(target: Target, reason: Reason, by: By = "", at: At = None, ledger: LedgerOption = None) -> None:
    """Take a report or a claim in again.

    Example:  sayso judge restore kursk-6 --reason "it was the right one after all"
    """
    keep("restore", target, by, reason, at, ledger)


@judge.command()
def merge(
    target: Target, other: Second, reason: Reason, by: By = "", at: At = None, ledger: LedgerOption = None
) -> None:
    """Say that two claims answer one question: their points become one; or that two reports are of one story.

    Example:  sayso judge merge 3f2a 9c41 --reason "both count the brigade"
    """
    keep("merge", target, by, reason, at, ledger, other=other)


@judge.command()
def split(
    target: Target, other: Second, reason: Reason, by: By = "", at: At = None, ledger: LedgerOption = None
) -> None:
    """Say that two claims answer different questions: the second leaves the point; or that the second of two reports
    is of another story.

    Example:  sayso judge split 3f2a 9c41 --reason "another village of the name"
    """
    keep("split", target, by, reason, at, ledger, other=other)


@judge.command()
def name(
    report: Annotated[str, typer.Argument(metavar="REPORT", help="The id of a report of the story.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the story is called.")],
    reason: Reason = "",
    by: By = "",
    at: At = None,
    ledger: LedgerOption = None,
) -> None:
    """Name the story that a report is of.

    Example:  sayso judge name kursk-6 "The troops who vanished"
    """
    keep("name", report, by, reason, at, ledger, value=name)


@judge.command()
def relate(
    claim: Claim,
    other: Other,
    relation: Annotated[
        str,
        typer.Option("--as", metavar="RELATION", help="same, compatible, revision, scope, contradiction or unrelated."),
    ],
    reason: Reason,
    by: By = "",
    at: At = None,
    ledger: LedgerOption = None,
) -> None:
    """Say how two claims on one point stand to each other.

    Example:  sayso judge relate 3f2a 9c41 --as scope --reason "the second counts the wounded too"
    """
    keep("relate", claim, by, reason, at, ledger, other=other, value=relation)


@judge.command()
def attribute(
    claim: Claim,
    source: Annotated[str, typer.Option("--to", metavar="SOURCE", help="Whose word it is.")],
    reason: Reason,
    by: By = "",
    at: At = None,
    ledger: LedgerOption = None,
) -> None:
    """Say whose word a claim is.

    Example:  sayso judge attribute 3f2a --to "Rosa Quispe" --reason "the sentence before names her"
    """
    keep("attribute", claim, by, reason, at, ledger, value=source)


@judge.command()
def grade(
    target: Annotated[str, typer.Argument(metavar="CLAIM|SOURCE", help="The id of a claim, or a source's name.")],
    grade: Annotated[str, typer.Argument(metavar="GRADE", help="A to F for a source, 1 to 6 for a claim.")],
    reason: Reason,
    by: By = "",
    at: At = None,
    ledger: LedgerOption = None,
) -> None:
    """Grade a source's reliability (A to F) or a claim's credibility (1 to 6; the Admiralty code).

    Example:  sayso judge grade "Border Observer" C --reason "two of its five counts were withdrawn"
    """
    keep("grade", target, by, reason, at, ledger, value=grade)


@judge.command()
def undo(
    judgement: Annotated[str, typer.Argument(metavar="JUDGEMENT", help="The id of a judgement.")],
    reason: Reason,
    by: By = "",
    at: At = None,
    ledger: LedgerOption = None,
) -> None:
    """Undo a judgement; it stays in the ledger and no longer counts.

    Example:  sayso judge undo 51be --reason "I mistook the village"
    """
    keep("undo", judgement, by, reason, at, ledger)


def keep(
    kind: str,
    target: str,
    by: str,
    reason: str,
    at: datetime | None,
    ledger: str | None,
    *,
    other: str = "",
    value: str = "",
) -> None:
    """Keep a judgement and print its id."""
    by = need_signer(by)
    with open_to_assess(ledger) as kept:
        made = kept.judge(kind, target, by=by, reason=reason, other=other, value=value, at=at)
    sys.stdout.write(f"{made.id}\n")


def judgements(ledger: LedgerOption = None, format: FormatOption = "", output: OutputOption = None) -> None:
    """List what analysts judged, undone or not, in the order of judging; signed are those that the key of who judged
    stands behind.

    Example:  sayso judgements --format json
    """
    from sayso.tell.judged import JUDGED, show_judgements

    format = choose_table(format, output)
    with open_chosen(ledger, create=False) as kept:
        standing = {j.id for j in kept.judgements(standing=True)}
        rows = list(show_judgements(kept.judgements(), standing, list_signed(kept)))
    write_rows(output, rows, JUDGED, format)


def list_signed(kept: Ledger) -> set[str] | None:
    """The ids of the judgements that their name's key stands behind; None, and a line, where that cannot be told."""
    try:
        return {one.id for one in kept.standings() if one.state == "signed"}
    except Error as error:
        note(str(error))
        return None
