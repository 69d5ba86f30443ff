"""The commands that take reports in: `read` and `add`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.api.gazetteers import find_gazetteer
from sayso.cli.advising import WithModel, advise_items, choose_adviser, keep_advice, note_advice
from sayso.cli.assessing import need_signer
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
    wait_patiently,
)
from sayso.cli.outputs import FormatOption, OutputOption, choose_table, open_output
from sayso.cli.watches import watch
from sayso.errors import Error
from sayso.record import Problem, Raw, Reading, Remark
from sayso.settings import read_settings

if TYPE_CHECKING:
    from sayso.engines import Item
    from sayso.journey import Added
    from sayso.ledger import Ledger


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

    format = choose_table(format, output)
    inputs, workers, places = need_paths(paths), workers or read_settings().workers, find_gazetteer()
    chosen = choose_columns(columns)
    items = read_all(inputs, workers=workers, gazetteer=places, allow_private=allow_private, columns=chosen)
    adviser = choose_adviser(with_model)
    failed, rows = False, []
    tell_row, shown = (row_of_reading, ()) if format in ("json", "jsonl") else choose_outline()
    with open_output(output) as out:
        for item in watch(advise_items(adviser, items), inputs):
            if isinstance(item, Problem | Remark):
                failed = failed or isinstance(item, Problem)
                complain(item)
            elif isinstance(item, Reading) and format == "jsonl":
                out.write(dump_row(row_of_reading(item)) + "\n")
            elif isinstance(item, Reading):
                rows.append(tell_row(item))
        if format != "jsonl":
            print_rows(rows, shown, format, out)
    note_advice(adviser)
    raise typer.Exit(1 if failed else 0)


def choose_outline() -> tuple[Callable[[Reading], dict[str, Any]], Sequence[str]]:
    """What tells a reading in a line, and the columns of it. Only these need the views, which take a while to start."""
    from sayso.tell.views import OUTLINE, outline_reading

    return outline_reading, OUTLINE


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
    capture: Annotated[
        bool,
        typer.Option("--capture", help="Also keep a picture of each web address, taken in your Chromium, as evidence."),
    ] = False,
    by: Annotated[
        str,
        typer.Option("--by", metavar="NAME", help="Who collects, kept with each picture. Default: $SAYSO_ANALYST."),
    ] = "",
    with_model: WithModel = False,
) -> None:
    """Read reports and keep them in the ledger; adding twice adds nothing.

    Examples:

      sayso add reports/ https://example.org/article

      sayso add archive.jsonl --engine ray --sink readings/

      sayso add readings/   (what such a sink holds, without reading it again)
    """
    from sayso.engines import choose_engine
    from sayso.journey import Added, add_all

    if sink and (ledger or capture):
        what = "pictures are kept in a ledger" if capture else "reports are kept in a ledger or in a sink"
        raise typer.BadParameter(f"{what}: leave one out", param_hint="--sink")
    if sink and with_model:
        raise typer.BadParameter("proposals are kept in a ledger: leave one out", param_hint="--sink")
    settings, chosen = read_settings(), choose_columns(columns)
    signer = need_signer(by) if capture else ""
    inputs, places, added = need_paths(paths), find_gazetteer(), Added()
    fetched: list[tuple[str, str]] = []
    adviser = choose_adviser(with_model)
    with open_kept(ledger, sink) as kept:
        last = 0 if sink else kept.state()[0]
        try:
            inputs = inputs if sink else add_sinks(kept, inputs, added)
            add_all(
                kept,
                inputs,
                workers=workers or settings.workers,
                gazetteer=places,
                engine=choose_engine(engine, settings.cluster),
                watch=lambda items: watch(note_fetched(items, fetched), inputs),
                allow_private=allow_private,
                columns=chosen,
                added=added,
            )
            if capture:
                added.problems += capture_fetched(kept, fetched, signer, allow_private)
            if not sink:
                keep_advice(kept, adviser, last)
        except KeyboardInterrupt:
            raise StoppedError(f"{added.new} new reports are kept; the same command goes on from there") from None
        except Error as error:
            raise Error(f"{error} ({added.new} new reports are kept; the same command goes on from there)") from error
    for remark in added.remarks:
        complain(remark)
    for problem in added.problems:
        complain(problem)
    note(f"{added.new} new, {added.known} known before, {len(added.problems)} failed")
    note_advice(adviser)
    raise typer.Exit(1 if added.problems else 0)


def note_fetched(items: Iterable[Item], fetched: list[tuple[str, str]]) -> Iterator[Item]:
    """The items as they come; web addresses among them and the hashes of what was fetched there are put into
    `fetched`."""
    for item in items:
        if isinstance(item, Raw) and item.name.lower().startswith(("http://", "https://")):
            fetched.append((item.name, item.sha256))
        yield item


def capture_fetched(ledger: Ledger, fetched: list[tuple[str, str]], signer: str, allow_private: bool) -> list[Problem]:
    """Take and keep a picture of each address that was fetched, and what went wrong; without a browser, say so once."""
    from importlib.metadata import version

    from sayso.share.captures.browsers import CaptureError, find_browser
    from sayso.share.captures.captures import capture_page, keep_captures

    try:
        capture = partial(capture_page, path=find_browser(), allow_private=allow_private)
    except CaptureError as error:
        return [Problem(step="capture_fetched", input="--capture", message=f"{error}; the reports are kept")]
    return keep_captures(ledger, fetched, by=signer, tool=f"sayso {version('sayso')}", capture=capture)


def open_kept(ledger: str | None, sink: Path | None) -> AbstractContextManager[Any]:
    """What reports are kept in: the sink, else the ledger."""
    if not sink:
        return open_chosen(ledger, create=True, patience=wait_patiently())
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
