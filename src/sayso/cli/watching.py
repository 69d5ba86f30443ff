"""The commands that watch feeds: `watch`, and `feeds`, which tells how they are."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.api.gazetteers import find_gazetteer
from sayso.cli.options import LedgerOption, PrivateOption, complain, note
from sayso.cli.outputs import FormatOption, OutputOption, choose_table, open_output, write_rows
from sayso.moments import tell_now
from sayso.record import Problem, Remark
from sayso.settings import read_secret, read_settings

if TYPE_CHECKING:
    import threading
    from typing import TextIO

    from sayso.ledger import Ledger
    from sayso.watch.articles import Kept
    from sayso.watch.rounds import Watch


def watch(
    feeds: Annotated[Path, typer.Argument(metavar="FEEDS", help="The list of feeds: TOML or OPML.")],
    ledger: LedgerOption = None,
    once: Annotated[bool, typer.Option("--once", help="Ask what is due, and end: for cron.")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Print what is new as JSON Lines.")] = False,
    metrics: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write metrics for Prometheus there after each round."),
    ] = None,
    no_alerts: Annotated[
        bool, typer.Option("--no-alerts", help="Leave the ledger's rules of alerts to `sayso alerts run`.")
    ] = False,
    allow_private: PrivateOption = False,
) -> None:
    """Watch feeds: keep what they newly lead to, say what changed in what is kept, and send what the rules of alerts
    find.

    RSS, Atom, JSON Feed, sitemaps, pages of links, folders and mailboxes; Ctrl-C ends it, and the next run goes on from
    there.

    Examples:

      sayso watch feeds.toml --ledger story.db

      sayso watch subscriptions.opml --once
    """
    from sayso.watch.feeds import read_feeds
    from sayso.watch.running import Surroundings, open_watch, watch_on, write_metrics

    settings = read_settings()
    around = Surroundings(read_secret=read_secret)
    failed = False

    with open_output(None) as out, stop_by_signal(around.stop):

        def hear(what: Kept | Problem | Remark) -> None:
            nonlocal failed
            if isinstance(what, Problem | Remark):
                failed = failed or isinstance(what, Problem)
                complain(what)
            else:
                tell(what, jsonl, out)

        where, listed = ledger or settings.ledger, read_feeds(feeds)
        opened = partial(open_watch, gazetteer=find_gazetteer(), allow_private=allow_private)
        with (
            opened(where, settings.data, listed, around, hear) as watching,
            nullcontext(list[Problem]) if no_alerts else make_alarm(watching.keeper.ledger, where) as alarm,
        ):

            def after(watch: Watch) -> None:
                if metrics:
                    write_metrics(metrics, watch)
                for problem in alarm():
                    hear(problem)

            if once:
                watching.round()
                after(watching)
            else:
                watch_on(watching, around.stop, after)
    raise typer.Exit(1 if failed and once else 0)


@contextmanager
def make_alarm(kept: Ledger, ledger: str) -> Iterator[Callable[[], list[Problem]]]:
    """What applies the rules of alerts to what is new in an open ledger, sends what they find, and gives what went
    wrong; what it weighed it holds for the next time."""
    from sayso.cli.alerting import choose_sinks, open_store
    from sayso.watch.alerts.rounds import run_round
    from sayso.watch.alerts.touched import Weigher

    sinks, weigher = choose_sinks(None, ledger), Weigher(kept, read_settings().cache)
    with closing(open_store(ledger)) as store:
        yield lambda: run_round(kept, store, sinks, tell_now(), weigher=weigher).problems


@contextmanager
def stop_by_signal(stop: threading.Event) -> Iterator[None]:
    """Have Ctrl-C and SIGTERM end what is done cleanly: what is begun is kept, and nothing new is begun. A second one
    ends it at once."""

    def end(number: int, _frame: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def tell(kept: Kept, jsonl: bool, out: TextIO) -> None:
    """Print what is new, at once: a line for a report, and one for each thing that it tells otherwise than before."""
    from sayso.harms import clean_text
    from sayso.tell.tables import dump_row

    if jsonl:
        out.write(dump_row(make_row(kept)) + "\n")
    else:
        report = kept.report
        words = ("changed" if kept.before else "new", report.outlet, report.title or report.text[:80])
        out.write(clean_text(f"{': '.join(filter(None, words))} {report.url}".strip()) + "\n")
        for revision in kept.revisions:
            noted = "corrected" if revision.noted else "not said to be corrected"
            out.write(clean_text(f"  {revision.kind}: {revision.was!r} is now {revision.now!r} ({noted})") + "\n")
    out.flush()


def make_row(kept: Kept) -> dict[str, Any]:
    """What is new as a row: the report, and of a changed article its version before and what it tells otherwise."""
    report = kept.report
    return {
        "feed": kept.feed,
        "what": "changed" if kept.before else "new",
        "report": report.digest,
        "before": kept.before.report.digest if kept.before else None,
        "outlet": report.outlet,
        "title": report.title,
        "url": report.url,
        "published": report.published,
        "revisions": [
            {
                "kind": revision.kind,
                "was": revision.was,
                "now": revision.now,
                "claim_before": revision.claim_before.id if revision.claim_before else None,
                "claim_after": revision.claim_after.id if revision.claim_after else None,
                "noted": revision.noted,
            }
            for revision in kept.revisions
        ],
    }


def feeds(ledger: LedgerOption = None, format: FormatOption = "", output: OutputOption = None) -> None:
    """Tell how the watched feeds are: when each was asked, had something new and is asked next, and what went wrong.

    Example:  sayso feeds --ledger story.db --format json
    """
    from sayso.ledger.engines import name_ledger
    from sayso.watch.health import COLUMNS, list_rows
    from sayso.watch.states import States, find_states

    chosen, settings, rows = choose_table(format, output), read_settings(), []
    where = ledger or settings.ledger
    path = find_states(where, settings.data)
    if path.exists():
        states = States(path)
        rows = list_rows(states.feeds())
        states.close()
    else:
        note(f"{name_ledger(where)}: no feed was watched for it yet; sayso watch FEEDS begins")
    if chosen == "table":
        rows = [shorten_row(row) for row in rows]
    write_rows(output, rows, COLUMNS, chosen)


def shorten_row(row: dict[str, Any]) -> dict[str, Any]:
    """A row for people: moments without their seconds, and spans in their largest unit."""
    from sayso.watch.health import tell_span

    moments = {name: (row[name] or "")[:16].replace("T", " ") for name in ("asked", "found", "next")}
    return {**row, **moments, "every": tell_span(row["every"])}
