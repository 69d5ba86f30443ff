"""The commands: a thin face over the journey. Results on stdout, all else on stderr.

Exit status: 0 done, 1 some inputs failed (each named on stderr, the rest kept), 2 wrong usage. Each command is a
function of the module that its kind has; this is the list of them, in the order of `sayso --help`.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from copy import copy
from typing import Annotated

import typer
from typer.main import get_command_name
from typer.models import CommandInfo

from sayso.cli import (
    accounts,
    alerting,
    assistants,
    checks,
    demos,
    evidence,
    explanations,
    exporting,
    forecasting,
    gazetteers,
    hypotheses,
    judgements,
    keys,
    manuals,
    pairs,
    plugins,
    publishing,
    reports,
    resolving,
    scenarios,
    scores,
    serving,
    upkeep,
    views,
    watching,
)
from sayso.cli.endings import Commands, Endings, prepare_streams, quiet_libraries, show_warnings, stop_cleanly


def tell_version(asked: bool) -> None:
    """Print the version, and end."""
    if asked:
        from importlib.metadata import version

        sys.stdout.write(f"sayso {version('sayso')}\n")
        raise typer.Exit


app = typer.Typer(
    name="sayso",
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command()(reports.read)
app.command()(reports.add)
app.command()(watching.watch)
app.command()(watching.feeds)
for _name, _command in views.VIEW_COMMANDS.items():
    app.command(_name)(_command)
app.command()(views.changes)
app.command()(views.brief)
app.command()(exporting.export)
app.command()(demos.demo)
app.command()(explanations.explain)
app.command()(checks.check)
app.command()(pairs.compare)
app.add_typer(judgements.judge, name="judge")
app.command()(judgements.judgements)
app.add_typer(hypotheses.hypotheses, name="hypotheses")
app.add_typer(scenarios.scenarios, name="scenarios")
app.command()(scores.score)
app.command()(forecasting.ask)
app.command()(forecasting.questions)
app.command()(forecasting.forecast)
app.command()(forecasting.forecasts)
app.command()(resolving.resolve)
app.command()(resolving.poll)
app.add_typer(alerting.alerts, name="alerts")
app.command()(serving.serve)
app.add_typer(accounts.accounts, name="accounts")
app.command()(publishing.publish)
app.command()(assistants.mcp)
app.command()(evidence.evidence)
app.command()(upkeep.head)
app.command()(upkeep.verify)
app.command()(upkeep.copy)
app.add_typer(keys.key, name="key")
app.command()(plugins.plugins)
app.add_typer(gazetteers.gazetteer, name="gazetteer")
app.command(hidden=True)(manuals.manual)


@app.callback()
def begin(
    version: Annotated[
        bool, typer.Option("--version", "-V", help="Say which sayso this is.", callback=tell_version, is_eager=True)
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where in the program an error comes from.")] = False,
) -> None:
    """On whose say-so? Turns conflicting news reports into one attributed, checkable picture.

    Start with a folder of reports:  sayso brief REPORTS/

    or keep them:  sayso add REPORTS/  and then  sayso points, origins, estimates, timeline, conflicts, brief.
    """
    Endings.debug = debug
    if debug:
        show_warnings()


def keep_called(words: Sequence[str]) -> typer.Typer:
    """The program with the command alone that is called by its name, or with all where none is, or one that is hidden
    and tells of them: to prepare them all takes as long as to prepare Python."""
    called = words[0] if words else ""
    commands = [c for c in app.registered_commands if name_command(c) == called and not c.hidden]
    groups = [g for g in app.registered_groups if g.name == called]
    if not commands and not groups:
        return app
    kept = copy(app)
    kept.registered_commands, kept.registered_groups = commands, groups
    return kept


def name_command(command: CommandInfo) -> str:
    """The name by which a command is called."""
    return command.name or get_command_name(command.callback.__name__)  # type: ignore[union-attr]


def run() -> None:
    """The entry point."""
    prepare_streams()
    quiet_libraries()
    signal.signal(signal.SIGTERM, stop_cleanly)
    keep_called(sys.argv[1:])()
