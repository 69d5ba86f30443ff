"""The commands that take reports in: `read` and `add`."""

from __future__ import annotations

from contextlib import AbstractContextManager
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.api.gazetteers import find_gazetteer
from sayso.cli.endings import StoppedError
from sayso.cli.options import (
    ColumnsOption,
    LedgerOption,
    Paths,
    PrivateOption,
    choose_columns,
    complain,
    need_paths,
    note,
    open_chosen,
)
from sayso.cli.outputs import FormatOption, OutputOption, choose_table, open_output
from sayso.cli.watches import watch
from sayso.record import Problem, Reading, Remark
from sayso.settings import read_settings

if TYPE_CHECKING:
    from sayso.journey import Added


def read(
    paths: Paths = None,
    format: FormatOption = "",
    output: OutputOption = None,
    workers: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Processes to use. Default: one a core.")
    ] = None,
    columns: ColumnsOption = None,
    allow_private: PrivateOption = False,
) -> None:
    """Read reports and print what is in them; keeps nothing.

    Examples:

      sayso read article.html

      sayso read reports.jsonl --format jsonl > readings.jsonl

      sayso read cuttings.xlsx --columns "text=Hit Sentence,outlet=Media"
    """
    from sayso.forms import row_of_reading
    from sayso.journey import read_all
    from sayso.tell.tables import dump_row, print_rows
    from sayso.tell.views import OUTLINE, outline_reading

    format = choose_table(format, output)
    inputs, workers, places = need_paths(paths), workers or read_settings().workers, find_gazetteer()
    chosen = choose_columns(columns)
    items = read_all(inputs, workers=workers, gazetteer=places, allow_private=allow_private, columns=chosen)
    failed, rows = False, []
    with open_output(output) as out:
        for item in watch(items, inputs):
            if isinstance(item, Problem | Remark):
                failed = failed or isinstance(item, Problem)
                complain(item)
            elif isinstance(item, Reading) and format == "jsonl":
                out.write(dump_row(row_of_reading(item)) + "\n")
            elif isinstance(item, Reading):
                rows.append(row_of_reading(item) if format == "json" else outline_reading(item))
        if format != "jsonl":
            print_rows(rows, OUTLINE, format, out)
    raise typer.Exit(1 if failed else 0)


class EngineName(StrEnum):
    """What reads: see `sayso.engines`."""

    POOL = "pool"
    INLINE = "inline"
    RAY = "ray"


EngineOption = Annotated[
    EngineName,
    typer.Option(
        help="What reads: a pool of processes, this one process (inline), or a Ray cluster: that at $RAY_ADDRESS (auto "
        "for the one that runs here), else one that is started.",
    ),
]
SinkOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER", help="Keep the readings as Parquet files in this folder instead of a ledger.", file_okay=False
    ),
]


def add(
    paths: Paths = None,
    ledger: LedgerOption = None,
    workers: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Processes to use. Default: one a core.")
    ] = None,
    engine: EngineOption = EngineName.POOL,
    sink: SinkOption = None,
    columns: ColumnsOption = None,
    allow_private: PrivateOption = False,
) -> None:
    """Read reports and keep them in the ledger; adding twice adds nothing.

    Examples:

      sayso add reports/ https://example.org/article

      sayso add archive.jsonl --engine ray --sink readings/

      sayso add readings/   (what such a sink holds, without reading it again)
    """
    from sayso.engines import choose_engine
    from sayso.journey import Added, add_all

    if sink and ledger:
        raise typer.BadParameter("reports are kept in a ledger or in a sink: leave one out", param_hint="--sink")
    settings, chosen = read_settings(), choose_columns(columns)
    inputs, places, added = need_paths(paths), find_gazetteer(), Added()
    with open_kept(ledger, sink) as kept:
        try:
            inputs = inputs if sink else add_sinks(kept, inputs, added)
            add_all(
                kept,
                inputs,
                workers=workers or settings.workers,
                gazetteer=places,
                engine=choose_engine(engine, settings.cluster),
                watch=partial(watch, inputs=inputs),
                allow_private=allow_private,
                columns=chosen,
                added=added,
            )
        except KeyboardInterrupt:
            raise StoppedError(f"{added.new} new reports are kept; the same command goes on from there") from None
    for remark in added.remarks:
        complain(remark)
    for problem in added.problems:
        complain(problem)
    note(f"{added.new} new, {added.known} known before, {len(added.problems)} failed")
    raise typer.Exit(1 if added.problems else 0)


def open_kept(ledger: str | None, sink: Path | None) -> AbstractContextManager[Any]:
    """What reports are kept in: the sink, else the ledger."""
    if not sink:
        return open_chosen(ledger, create=True)
    from sayso.share.sinks import ParquetSink

    return ParquetSink(sink)


def add_sinks(ledger: Any, inputs: list[str], added: Added) -> list[str]:
    """Put the readings of those inputs that are sinks into a ledger; the other inputs, which are to be read."""
    from sayso.share.sinks import add_sink, is_sink

    others = []
    for name in inputs:
        if is_sink(name):
            add_sink(ledger, Path(name), added)
        else:
            others.append(name)
    return others
