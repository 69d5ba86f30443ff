"""The commands of alerts: `alerts` lists them, `alerts add` makes a rule, `alerts run` looks at what is new."""

from __future__ import annotations

import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.cli.assessing import At, By, Reason, need_signer, open_to_assess, refuse_clearly
from sayso.cli.endings import Commands
from sayso.cli.moments import parse_begin
from sayso.cli.options import LedgerOption, complain, open_chosen
from sayso.cli.outputs import FormatOption, OutputOption, choose_table, write_rows
from sayso.moments import tell_now
from sayso.settings import read_settings

if TYPE_CHECKING:
    from sayso.watch.alerts.sinks import Sink
    from sayso.watch.alerts.stores import AlertStore

SHOWN = ("id", "at", "kind", "text", "story_name", "seen_by", "failing")
RULES = ("id", "kind", "rule", "by", "at")
FOUND = ("id", "kind", "story_name", "text")
SENT = ("sink", "state", "alerts", "tries", "due", "error")

alerts = typer.Typer(
    name="alerts",
    cls=Commands,
    help="What the rules of a team found in what is new: list it, acknowledge it, and send it.",
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

SinksOption = Annotated[
    Path | None,
    typer.Option(
        "--sinks",
        metavar="FILE",
        help="Where they go, as TOML. Default: the ledger's path with .alerts.toml after it, else the terminal.",
    ),
]
RuleArgument = Annotated[str, typer.Argument(metavar="RULE", help="The id of a rule.")]


@alerts.callback()
def show(
    context: typer.Context,
    all: Annotated[bool, typer.Option("--all", "-a", help="Also those that were acknowledged.")] = False,
    ledger: LedgerOption = None,
    format: FormatOption = "",
    output: OutputOption = None,
) -> None:
    """List the alerts that nobody has acknowledged, the newest first, with what could not be sent.

    Example:  sayso alerts --format jsonl
    """
    if context.invoked_subcommand is not None:
        return
    from sayso.watch.alerts.stores import row_of_noted

    format = choose_table(format, output)
    with open_chosen(ledger, create=False), closing(open_store(ledger)) as store:
        rows = [row_of_noted(noted) for noted in store.list_noted(seen=all)]
    write_plain(output, rows, SHOWN, format)


@alerts.command()
def add(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help="search, origins, contradiction, movement, denial, revision, indicator or closing.",
        ),
    ],
    words: Annotated[
        str, typer.Argument(metavar="[WORDS]", help="What a report, claim, question or headline must hold.")
    ] = "",
    claims: Annotated[bool, typer.Option("--claims", help="Of a search: look for claims, not for reports.")] = False,
    at_least: Annotated[int, typer.Option(metavar="N", help="Of origins: how many independent ones.")] = 0,
    more_than: Annotated[str, typer.Option(metavar="N|N%", help="Of a movement: by how much, 500 or 20%.")] = "",
    grade: Annotated[str, typer.Option(metavar="GRADE", help="Of a denial: how reliable the source is, A to E.")] = "",
    source: Annotated[str, typer.Option(metavar="NAME", help="Of a denial or a movement: only this source.")] = "",
    indicator: Annotated[str, typer.Option(metavar="KEY", help="Of indicators: only this one, I1.")] = "",
    within: Annotated[float, typer.Option(metavar="DAYS", help="Of closing: how many days before.")] = 0.0,
    claim: Annotated[str, typer.Option(metavar="CLAIM", help="Only the point that this claim answers.")] = "",
    story: Annotated[str, typer.Option(metavar="STORY", help="Only this story.")] = "",
    by: By = "",
    at: At = None,
    ledger: LedgerOption = None,
) -> None:
    """Make a rule, named and kept in the ledger for the whole team; prints its id.

    Examples:

      sayso alerts add search "drone -exercise" --claims

      sayso alerts add origins "How many were sent?" --at-least 3

      sayso alerts add movement --source "General Staff" --more-than 10%

      sayso alerts add denial --grade B
    """
    from sayso.watch.alerts.rules import make_rule

    signer = need_signer(by)
    with open_to_assess(ledger) as kept:
        row = make_rule(
            kept, kind, by=signer, at=at, cache=read_settings().cache, words=words, claims=claims, at_least=at_least,
            more_than=more_than, grade=grade, source=source, indicator=indicator, within=within, claim=claim,
            story=story,
        )  # fmt: skip
    sys.stdout.write(f"{row.id}\n")


@alerts.command()
def rules(ledger: LedgerOption = None, format: FormatOption = "", output: OutputOption = None) -> None:
    """List the rules.

    Example:  sayso alerts rules
    """
    from sayso.watch.alerts.rules import load_rules, row_of_rule

    format = choose_table(format, output)
    with open_chosen(ledger, create=False) as kept:
        found, problems = load_rules(kept)
    for problem in problems:
        complain(problem)
    write_plain(output, [row_of_rule(rule) for rule in found], RULES, format)


@alerts.command()
def remove(rule: RuleArgument, reason: Reason = "", by: By = "", ledger: LedgerOption = None) -> None:
    """Drop a rule; it stays in the ledger and tells nothing any more.

    Example:  sayso alerts remove 9af98691 --reason "the strike is over"
    """
    from sayso.watch.alerts.rules import drop_rule

    signer = need_signer(by)
    with open_to_assess(ledger) as kept:
        drop_rule(kept, rule, by=signer, reason=reason)


@alerts.command()
def test(
    rule: Annotated[str, typer.Argument(metavar="[RULE]", help="Only this rule. Default: all.")] = "",
    since: Annotated[
        datetime | None,
        typer.Option(metavar="TIME", parser=parse_begin, help="What was published since then. Default: all of it."),
    ] = None,
    ledger: LedgerOption = None,
    format: FormatOption = "",
    output: OutputOption = None,
) -> None:
    """Show what rules would have told of what was published since a time. Nothing is kept, and nothing is sent.

    Example:  sayso alerts test --since 7d
    """
    from sayso.forms import to_json
    from sayso.watch.alerts.rounds import find_alerts, list_published
    from sayso.watch.alerts.rules import find_rule, load_rules

    format = choose_table(format, output)
    with open_to_assess(ledger) as kept:
        known, problems = load_rules(kept)
        chosen = [find_rule(known, rule)] if rule else known
        new = list_published(kept, since)
        found = find_alerts(kept, chosen, new, tell_now(), cache=read_settings().cache, problems=problems)
    write_plain(output, [to_json(alert) for alert in found], FOUND, format)
    for problem in problems:
        complain(problem)


@alerts.command()
def run(sinks: SinksOption = None, ledger: LedgerOption = None) -> None:
    """Look once through what came since the last time, and send what was found and what is still to be sent; for cron.

    Exit status 1 where something could not be sent: it is tried again, longer and longer apart, and is not lost.

    Example:  sayso alerts run --ledger story.db
    """
    from sayso.watch.alerts.rounds import run_round

    chosen = choose_sinks(sinks, ledger)
    with open_chosen(ledger, create=False) as kept, closing(open_store(ledger)) as store:
        done = run_round(kept, store, chosen, tell_now(), cache=read_settings().cache)
    for problem in done.problems:
        complain(problem)
    if done.problems:
        raise typer.Exit(1)


@alerts.command("try")
def try_sinks(
    sink: Annotated[str, typer.Argument(metavar="[SINK]", help="Only this sink, by its name. Default: all.")] = "",
    sinks: SinksOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Send a message to the sinks that says nothing, to see that it arrives. It is kept nowhere and not tried again.

    Example:  sayso alerts try newsroom
    """
    from sayso.watch.alerts.deliveries import try_out
    from sayso.watch.alerts.stores import MOST_RECENT

    chosen = choose_sinks(sinks, ledger)
    if sink and sink not in chosen:
        raise typer.BadParameter(f"there is no sink {sink!r}: there are {', '.join(chosen)}", param_hint="SINK")
    with closing(open_store(ledger)) as store:
        known = [noted.alert for noted in store.list_noted(MOST_RECENT)]
    problems = try_out({sink: chosen[sink]} if sink else chosen, tell_now(), known)
    for problem in problems:
        complain(problem)
    if problems:
        raise typer.Exit(1)


@alerts.command()
def ack(
    alert: Annotated[list[str], typer.Argument(metavar="ALERT...", help="The ids of alerts, or their beginnings.")],
    reason: Reason = "",
    by: By = "",
    ledger: LedgerOption = None,
) -> None:
    """Acknowledge alerts: you have seen them, and others need not.

    Example:  sayso alerts ack 348ec636 --reason "told the desk"
    """
    signer = need_signer(by)
    with open_chosen(ledger, create=False), closing(open_store(ledger)) as store, refuse_clearly():
        for one in [store.find(id) for id in alert]:
            store.acknowledge(one.id, by=signer, at=tell_now(), reason=reason)


@alerts.command()
def sent(ledger: LedgerOption = None, format: FormatOption = "", output: OutputOption = None) -> None:
    """List what was sent where, what is still to be sent, and what went wrong.

    Example:  sayso alerts sent
    """
    from sayso.forms import to_json

    format = choose_table(format, output)
    with open_chosen(ledger, create=False), closing(open_store(ledger)) as store:
        rows = [to_json(delivery) for delivery in store.list_deliveries()]
    write_plain(output, rows, SENT, format)


def write_plain(output: Path | None, rows: list[dict[str, Any]], columns: tuple[str, ...], format: str) -> None:
    """Print rows; in a table and in CSV, words in which nothing turns a line around."""
    from sayso.harms import one_line

    if format not in ("json", "jsonl"):
        rows = [{n: one_line(v) if isinstance(v, str) else v for n, v in row.items()} for row in rows]
    write_rows(output, rows, columns, format)


def open_store(ledger: str | None) -> AlertStore:
    """The file of alerts of the ledger that is chosen."""
    from sayso.ledger.engines import name_ledger, place_beside
    from sayso.watch.alerts.stores import SUFFIX, AlertStore

    settings = read_settings()
    return AlertStore(place_beside(name_ledger(ledger or settings.ledger), SUFFIX, settings.data))


def choose_sinks(path: Path | None, ledger: str | None) -> dict[str, Sink]:
    """The sinks of the file that is named, of that beside the ledger, or else the terminal."""
    from sayso.ledger.engines import name_ledger, place_beside
    from sayso.watch.alerts.sinks import SUFFIX, load_sinks, make_terminal

    settings = read_settings()
    beside = place_beside(name_ledger(ledger or settings.ledger), SUFFIX, settings.data)
    return load_sinks(path or beside) if path or beside.exists() else make_terminal()
