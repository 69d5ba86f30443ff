"""The command that scores forecasts: `score`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.cli.options import (
    AsOf,
    LedgerOption,
    complain,
    note,
    open_chosen,
)
from sayso.cli.outputs import FormatOption, OutputOption, choose_table, write_output, write_rows

if TYPE_CHECKING:
    from sayso.foresee.forecast_files.layouts import Haul

FEWEST = 5
"""From how many questions on a forecaster is ranked, unless told."""

Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[FORECASTS]...",
        help="CSV, JSON, JSON Lines, a zip or .rda; - for standard input. Without: the forecasts of the ledger.",
    ),
]
Show = Annotated[
    str,
    typer.Option(metavar="WHAT", help="One of summary, forecasters, questions, calibration, line."),
]
Fewest = Annotated[
    int, typer.Option("--fewest", min=1, metavar="N", help="Rank forecasters who answered so many questions.")
]
Busy = Annotated[
    int, typer.Option("--forecasts", min=1, metavar="N", help="Score only questions that have so many forecasts.")
]
MEANS = (
    "individual_mean",
    "mean_aggregate",
    "median_aggregate",
    "geometric_odds_aggregate",
    "extremised_aggregate",
)
COLUMNS = {
    "summary": ("what", "brier", "log", "daily_brier", "daily_log", "skill_score"),
    "forecasters": (
        *("rank", "forecaster", "n_forecasts", "n_questions", "coverage", "brier", "crowd_brier", "ahead", "skill"),
        *("peer", "log"),
    ),
    "questions": (
        *("question", "kind", "outcome", "n_forecasts", "n_forecasters"),
        *(*MEANS, "recency_weighted_aggregate", "skill_weighted_aggregate", "crps"),
    ),
    "calibration": (
        *("low", "high", "n", "n_questions", "mean_forecast", "frequency", "frequency_low", "frequency_high"),
    ),
    "line": (*("question", "option", "day", "days", "n_forecasts", *MEANS[1:], "recency_weighted_aggregate"),),
}
"""What can be shown, with its columns."""
NARROW = {
    "forecasters": ("rank", "forecaster", "n_questions", "coverage", "brier", "ahead", "skill", "peer"),
    "questions": ("question", "outcome", "n_forecasts", *MEANS, "crps"),
    "calibration": ("low", "high", "n", "mean_forecast", "frequency", "frequency_low", "frequency_high"),
    "line": ("question", "option", "day", "n_forecasts", *MEANS[1:]),
}
"""The columns of a table where not all fit a terminal."""
HEADS = {
    "n_forecasts": "n",
    "n_questions": "questions",
    "individual_mean": "single",
    "mean_aggregate": "mean",
    "median_aggregate": "median",
    "geometric_odds_aggregate": "odds",
    "extremised_aggregate": "extreme",
    "frequency_low": "from",
    "frequency_high": "to",
    "mean_forecast": "said",
}
"""Shorter heads for tables."""


def score(
    files: Files = None,
    show: Show = "summary",
    fewest: Fewest = FEWEST,
    forecasts: Busy = 1,
    ledger: LedgerOption = None,
    as_of: AsOf = None,
    format: FormatOption = "",
    output: OutputOption = None,
) -> None:
    """Score forecasts whose questions have ended: forecasters and aggregates, calibration, who is ahead of the others.

    A CSV has the columns question, forecaster, probability (0 to 1, or 25%) and outcome (0 or 1), in any order, and may
    have time, option and others; the files of Metaculus, the Good Judgment Project, ForecastBench and aggreCAT are
    known by their columns, as are exports of PredictionBook, Fatebook, Manifold and INFER. Outcomes may be in a file of
    their own. `--format json` has all of it.

    Examples:

      sayso score forecasts.csv --format json

      sayso score --ledger story.db --show forecasters
    """
    from sayso.foresee.forecast_files.files import read_forecasts
    from sayso.foresee.scoring.scoresheets import list_lines, score_shelf
    from sayso.foresee.scoring.shelves import fill_shelf, keep_busy
    from sayso.forms import dump_json

    format = choose_table(format, output)
    if show not in COLUMNS:
        raise typer.BadParameter(f"{show!r} is none of {', '.join(COLUMNS)}", param_hint="--show")
    for option, given in (("--ledger", ledger), ("--as-of", as_of)):
        if files and given:
            raise typer.BadParameter("asks a ledger: leave it out where files are named", param_hint=option)
    haul, failed = (read_forecasts(open_files(files)), False) if files else read_kept(ledger, as_of)
    shelf, unfit = fill_shelf(haul.entries, haul.terms)
    shelf = keep_busy(shelf, forecasts)
    problems = [*haul.problems, *unfit]
    for problem in problems:
        complain(problem)
    for words in haul.notes:
        note(words)
    if not haul.entries and not haul.problems:
        note("no forecasts in it: they have a probability, or a value at a quantile, in each row")
    if show == "line":
        print_part(list_lines(shelf), show, format, output)
    else:
        sheet = score_shelf(shelf, fewest=fewest)
        tell_counts(sheet)
        if format in ("json", "jsonl") and show == "summary":
            write_output(output, dump_json(sheet) + "\n")
        else:
            print_part(list_rows(sheet, show), show, format, output)
    scored = bool(shelf.books or shelf.numbers)
    raise typer.Exit(0 if scored and not problems and not failed else 1)


def read_kept(ledger: str | None, as_of: datetime | None) -> tuple[Haul, bool]:
    """The forecasts of the ledger, and whether some of its rows could not be read."""
    from sayso.cli.forecasting import load_docket
    from sayso.foresee.scoring.docket_forecasts import take_docket

    with open_chosen(ledger, create=False) as kept:
        docket = load_docket(kept, as_of)
    return take_docket(docket), bool(docket.problems)


def open_files(names: list[str]) -> Iterator[tuple[str, bytes]]:
    """The bytes of each file; one that cannot be read ends the run."""
    for name in names:
        try:
            yield name, sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        except OSError as error:
            note(f"{name}: {error.strerror or error}")
            raise typer.Exit(1) from None


def tell_counts(sheet: dict[str, Any]) -> None:
    """On stderr how much was scored, and what was not."""
    left = ", ".join(f"{n} {why}" for why, n in sheet["skipped"].items() if n)
    note(
        f"{sheet['n_forecasts']} forecasts by {sheet['n_forecasters']} forecasters on {sheet['n_questions']} questions"
        + (f"; not scored: {left}" if left else "")
    )
    if not sheet["n_questions"] and sheet["skipped"]["unresolved"]:
        note("no question has an outcome; name the file that has them, too")


def list_rows(sheet: dict[str, Any], show: str) -> Iterator[dict[str, Any]]:
    """The rows of one part of a score sheet."""
    if show == "questions":
        for row in sheet["questions"]:
            brier, crps = row.get("brier", {}), row.get("crps", {}).get("individual_mean")
            yield {name: value for name, value in row.items() if not isinstance(value, dict)} | brier | {"crps": crps}
    elif show == "summary":
        daily, base = sheet["daily"] or {}, sheet["base_rate"] or {}
        for what in sheet["brier"]:
            yield {
                "what": what.replace("_", " "),
                "brier": sheet["brier"][what],
                "log": sheet["log"][what],
                "daily_brier": daily.get("brier", {}).get(what),
                "daily_log": daily.get("log", {}).get(what),
                "skill_score": base.get("skill_score", {}).get(what),
            }
    else:
        yield from sheet[show]


def print_part(rows: Iterator[dict[str, Any]], show: str, format: str, output: Path | None) -> None:
    """Print rows: as they are for programs, with three digits and the columns that fit for people."""
    if format != "table":
        write_rows(output, rows, COLUMNS[show], format)
        return
    digits = 4 if show == "summary" else 3
    columns = NARROW.get(show, COLUMNS[show])
    short = [
        {
            HEADS.get(name, name): round(row[name], digits) if isinstance(row.get(name), float) else row.get(name)
            for name in columns
        }
        for row in rows
    ]
    write_rows(output, short, [HEADS.get(name, name) for name in columns], format)
