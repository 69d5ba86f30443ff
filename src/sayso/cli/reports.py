"""The commands that take reports in: `read` and `add`."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from sayso.api.gazetteers import find_gazetteer
from sayso.cli.advising import WithModel, advise_items, choose_adviser, keep_advice, note_advice
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


def read(
    paths: Paths = None,
    format: FormatOption = "",
    output: OutputOption = None,
    workers: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Processes to use. Default: one a core.")
    ] = None,
    columns: ColumnsOption = None,
    allow_private: PrivateOption = False,
    with_model: WithModel = False,
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
    adviser = choose_adviser(with_model)
    failed, rows = False, []
    with open_output(output) as out:
        for item in watch(advise_items(adviser, items), inputs):
            if isinstance(item, Problem | Remark):
                failed = failed or isinstance(item, Problem)
                complain(item)
            elif isinstance(item, Reading) and format == "jsonl":
                out.write(dump_row(row_of_reading(item)) + "\n")
            elif isinstance(item, Reading):
                rows.append(row_of_reading(item) if format == "json" else outline_reading(item))
        if format != "jsonl":
            print_rows(rows, OUTLINE, format, out)
    note_advice(adviser)
    raise typer.Exit(1 if failed else 0)


def add(
    paths: Paths = None,
    ledger: LedgerOption = None,
    workers: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Processes to use. Default: one a core.")
    ] = None,
    columns: ColumnsOption = None,
    allow_private: PrivateOption = False,
    with_model: WithModel = False,
) -> None:
    """Read reports and keep them in the ledger; adding twice adds nothing.

    Example:  sayso add reports/ https://example.org/article
    """
    from sayso.journey import Added, add_all

    chosen = choose_columns(columns)
    inputs, workers, places, added = need_paths(paths), workers or read_settings().workers, find_gazetteer(), Added()
    adviser = choose_adviser(with_model)
    with open_chosen(ledger, create=True) as kept:
        last = kept.state()[0]
        try:
            add_all(
                kept,
                inputs,
                workers=workers,
                gazetteer=places,
                watch=partial(watch, inputs=inputs),
                allow_private=allow_private,
                columns=chosen,
                added=added,
            )
            keep_advice(kept, adviser, last)
        except KeyboardInterrupt:
            raise StoppedError(f"{added.new} new reports are kept; the same command goes on from there") from None
    for remark in added.remarks:
        complain(remark)
    for problem in added.problems:
        complain(problem)
    note(f"{added.new} new, {added.known} known before, {len(added.problems)} failed")
    note_advice(adviser)
    raise typer.Exit(1 if added.problems else 0)
