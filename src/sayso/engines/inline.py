"""Reading in this process, one report after another."""

from __future__ import annotations

from collections.abc import Generator, Iterable

from sayso.engines.items import Given, Item
from sayso.extract import read_report
from sayso.record import Report


def read_inline(items: Iterable[Given], *, workers: int = 1, gazetteer: str = "") -> Generator[Item]:
    """The readings of some reports, everything else as it came, in order; `workers` is of no account."""
    for item in items:
        yield read_report(item, gazetteer) if isinstance(item, Report) else item
