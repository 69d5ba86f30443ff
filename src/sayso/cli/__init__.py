"""The commands: a thin face over the journey. Results on stdout, all else on stderr.

Exit status: 0 done, 1 some inputs failed (each named on stderr, the rest kept), 2 wrong usage. Each command is a
function of the module that its kind has; this is the list of them, in the order of `sayso --help`.
"""

from __future__ import annotations

import gc
import os
import sys

import typer

from sayso.cli import (
    checks,
    demos,
    explanations,
    forecasting,
    gazetteers,
    hypotheses,
    judgements,
    pairs,
    reports,
    resolving,
    scenarios,
    scores,
    upkeep,
    views,
)
from sayso.cli.options import note

NEW_OBJECTS = 20_000
"""How many new objects there are before Python looks among the newest for what can go; it does at 700 by itself."""

app = typer.Typer(
    name="sayso",
    help="On whose say-so? Turns conflicting news reports into one attributed, checkable picture.\n\n"
    "Start with a folder of reports:  sayso brief REPORTS/\n\n"
    "or keep them:  sayso add REPORTS/  and then  sayso points, origins, estimates, timeline, conflicts, brief.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command()(reports.read)
app.command()(reports.add)
for _name, _command in views.VIEW_COMMANDS.items():
    app.command(_name)(_command)
app.command()(views.changes)
app.command()(views.brief)
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
app.command()(upkeep.verify)
app.add_typer(gazetteers.gazetteer, name="gazetteer")


def run() -> None:
    """The entry point: a broken pipe or Ctrl-C ends quietly, with what was kept kept; a package that is not installed
    is named."""
    # Modules, patterns and tables stay for good: to look among them for what can go takes a tenth of a start.
    gc.set_threshold(NEW_OBJECTS)
    try:
        app()
    except BrokenPipeError:
        # The reader of our output has gone (`| head`); Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except ImportError as error:
        from sayso.cli.installs import name_missing

        note(name_missing(error))
        sys.exit(1)
    except KeyboardInterrupt:
        note("stopped; what was kept so far is kept")
        sys.exit(130)
