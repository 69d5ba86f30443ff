"""The way of a report, from bytes to brief, top to bottom. A newcomer starts here.

    read -> extract -> ledger -> weigh -> tell

`read_all` takes inputs to readings, `add_all` keeps them, `know` weighs what is kept, and `tell.brief` tells it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from sayso.extract import VERSION, read_report
from sayso.read import read_inputs
from sayso.record import Picture, Problem, Raw, Reading, Report

if TYPE_CHECKING:
    from sayso.ledger import Ledger

FEWEST_FOR_POOL = 24
"""Reports in a batch before a second process pays for its start (about a second)."""
BATCH = 8
"""Reports handed to a process at once."""

Item = Raw | Report | Reading | Problem


def read_all(
    inputs: Iterable[str], *, workers: int = 1, skip: Callable[[Report], bool] | None = None, **options: object
) -> Iterator[Raw | Reading | Problem]:
    """Read and extract: the raw bytes, readings and problems of some inputs, in their order.

    `workers` is the number of processes; one report after another is parsed in this one where there are few. A
    report of which `skip` is true is passed over. The other options go to `read_inputs`.
    """
    reports: list[Report] = []
    for item in read_inputs(inputs, **options):  # type: ignore[arg-type]
        if isinstance(item, Report):
            if skip is None or not skip(item):
                reports.append(item)
        else:
            yield item
    yield from extract_all(reports, workers)


def extract_all(reports: list[Report], workers: int = 1) -> Iterator[Reading]:
    """The readings of some reports, in their order, by a pool of processes where there are many."""
    if workers < 2 or len(reports) < FEWEST_FOR_POOL:
        yield from map(read_report, reports)
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(workers) as pool:
        try:
            yield from pool.map(read_report, reports, chunksize=BATCH)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


@dataclass(slots=True)
class Added:
    """What adding did: readings that were new, readings known before, and what went wrong."""

    new: int = 0
    known: int = 0
    problems: list[Problem] = field(default_factory=list)


def add_all(ledger: Ledger, inputs: Iterable[str], *, workers: int = 1, **options: object) -> Added:
    """Read some inputs and keep them. A report already read by this version of the extractor is not read again."""
    from sayso.ledger import RefusedReportError

    added = Added()

    def known(report: Report) -> bool:
        if not ledger.has_report(report.digest, VERSION):
            return False
        ledger.add_report(report)
        added.known += 1
        return True

    for item in read_all(inputs, workers=workers, skip=known, **options):
        if isinstance(item, Raw):
            ledger.add_raw(item)
        elif isinstance(item, Problem):
            added.problems.append(item)
        else:
            try:
                new = ledger.add_reading(item, extractor=VERSION)
            except RefusedReportError as error:
                added.problems.append(Problem(step="add_reading", message=str(error), input=item.report.id))
                continue
            added.new += new
            added.known += not new
    return added


def know(readings: Iterable[Reading], as_of: datetime | None = None) -> Picture:
    """Weigh readings into a picture, as known at `as_of` (None: all there is)."""
    from sayso.weigh import weigh_readings

    return weigh_readings(tuple(readings), as_of=as_of)
