"""Reading by a pool of processes on this machine, where there are enough reports to pay for their start."""

from __future__ import annotations

import signal
from collections.abc import Generator, Iterable
from contextlib import suppress
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from sayso.engines.items import Given, Item
from sayso.extract import read_report
from sayso.record import Problem, Report

if TYPE_CHECKING:
    from concurrent.futures import Executor

FEWEST_FOR_POOL = 24
"""Reports at once before a second process pays for its start (about a second)."""
CHUNK = 512
"""Items read ahead of extraction, so that a batch of any size fits in memory."""
BATCH = 8
"""Reports handed to a process at once."""


def read_in_pool(items: Iterable[Given], *, workers: int = 1, gazetteer: str = "") -> Generator[Item]:
    """The readings of some reports, everything else as it came, in order; where there are few, by this process."""
    from concurrent.futures import BrokenExecutor

    pool: Executor | None = None
    items = iter(items)
    extract = partial(read_report, gazetteer=gazetteer)
    try:
        while chunk := list(islice(items, CHUNK)):
            reports = [item for item in chunk if isinstance(item, Report)]
            if pool is None and workers > 1 and len(reports) >= FEWEST_FOR_POOL:
                from concurrent.futures import ProcessPoolExecutor

                pool = ProcessPoolExecutor(workers, initializer=ignore_stop)
            readings = pool.map(extract, reports, chunksize=BATCH) if pool else map(extract, reports)
            for item in chunk:
                yield next(readings) if isinstance(item, Report) else item
    except BrokenExecutor:
        yield Problem(
            step="read_in_pool",
            message="a reading process was stopped by the system (out of memory?): "
            "what was read before is kept; set SAYSO_WORKERS=1 and run again",
        )
    finally:
        if pool:
            # Left to the garbage collector by whoever was stopped, the pool may find its pipes collected before it.
            with suppress(OSError):
                pool.shutdown(cancel_futures=True)


def ignore_stop() -> None:
    """Leave Ctrl-C to the process that the readings are for; this one ends with it, or where it is told to."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
