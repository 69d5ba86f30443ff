"""How far a run is: reports or rows done, of how many and for how long still where that is known.

On stderr, and only where that is a terminal. Results go to standard output as they come, wherever that leads.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.record import Reading

if TYPE_CHECKING:
    from sayso.engines import Item

EVERY = 10_000
"""Rows between two signs of life."""
SINGLE = frozenset({"page", "markdown", "text", "pdf", "letter", "document"})
"""Formats of which a file holds a report; of the others but JSON Lines, nobody knows how many before they are read."""
CHUNK = 1 << 20


def watch(items: Iterable[Item], inputs: Iterable[str] = ()) -> Iterator[Item]:
    """Pass items on, counting the readings; of how many there are, where the inputs tell that."""
    if not sys.stderr.isatty():
        yield from items
        return
    with show_progress("reading", count_reports(inputs)) as step:
        for item in items:
            if isinstance(item, Reading):
                step(1)
            yield item


def watch_rows(rows: Iterable[Any]) -> Iterator[Any]:
    """Pass rows on, counting them."""
    if not sys.stderr.isatty():
        yield from rows
        return
    with show_progress("importing", None) as step:
        for done, row in enumerate(rows, 1):
            if done % EVERY == 0:
                step(EVERY)
            yield row


@contextmanager
def show_progress(words: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """A line of progress, and what takes it on by so many. A total that proves too small is given up."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    known = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    columns = (SpinnerColumn(), TextColumn("{task.description}"), *(known if total else (MofNCompleteColumn(),)))
    # Else what is printed to a file meanwhile would land on the terminal.
    bar = Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False)
    task = bar.add_task(words, total=total)

    def step(count: int) -> None:
        bar.advance(task, count)
        shown = bar.tasks[0]
        if shown.total is not None and shown.completed > shown.total:
            bar.update(task, total=None)

    with bar:
        yield step


def count_reports(inputs: Iterable[str]) -> int | None:
    """How many reports inputs hold, by their names and the lines of JSON Lines; None where that is not known before
    they are read."""
    from sayso.read.formats import SUFFIXES, named_suffix
    from sayso.read.openings import list_files

    total = 0
    for name in inputs:
        listed = is_folder(name)
        for file in map(str, list_files(name)) if listed else [name]:
            form = SUFFIXES.get(named_suffix(file), "" if listed else "text")
            if name == "-" or (form and form != "rows" and form not in SINGLE):
                return None
            total += count_lines(file) if form == "rows" else bool(form)
    return total or None


def is_folder(name: str) -> bool:
    """Whether an input is a folder that can be looked into."""
    try:
        return Path(name).is_dir()
    except (OSError, ValueError):
        return False


def count_lines(path: str) -> int:
    """The lines of a file, 0 of one that cannot be read."""
    try:
        with Path(path).open("rb") as file:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(CHUNK), b""))
    except (OSError, ValueError):
        return 0
