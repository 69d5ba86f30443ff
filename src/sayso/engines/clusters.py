"""Reading on a Ray cluster (https://docs.ray.io): one that runs, or one of this machine's processes, started for it.

Reports are handed out in batches, and so many at once that every worker has some waiting: no more, so that neither this
process nor the cluster's object store fills, however many reports there are. They are given back in their order. Of a
batch that is lost with its worker each report is read again by itself, so that one that no worker survives costs nobody
else anything.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sayso.engines.items import Given, Item
from sayso.errors import Error
from sayso.extract import name_extractor, read_report
from sayso.record import Problem, Raw, Reading, Report

if TYPE_CHECKING:
    from types import ModuleType

BATCH_REPORTS, BATCH_CHARACTERS = 16, 60_000
"""Of a batch, the most reports and characters of text: some seconds of work, beside which handing it out is nothing."""
BATCH_ITEMS, BATCH_BYTES = 256, 8_000_000
"""Of a batch, the most items of all kinds and bytes of inputs, which wait here until its reports are read."""
WAITING = 3
"""Batches that are out at once for each processor: one that is read, and two so that it never waits."""
TRIES = 3
"""How often a report is read by itself before it is given up."""
KNOCK_SECONDS = 10.0
"""How long a cluster may take to answer."""
STORE_BYTES, STORE_BYTES_EACH = 128_000_000, 16_000_000
"""The object store of a cluster of our own, and what each worker adds to it."""


class UnfitError(Exception):
    """A worker that would read otherwise than this program: its sayso or its gazetteer is another."""


def read_on_cluster(
    items: Iterable[Given], *, workers: int = 1, gazetteer: str = "", address: str = ""
) -> Generator[Item]:
    """The readings of some reports, everything else as it came, in order.

    `address` is that of a running cluster ("auto" for the one that was started on this machine); without one, a cluster
    of `workers` processes is started, and ended with the reading. `gazetteer` lies at the same path on all machines. A
    report that cannot be read in three tries is a `Problem`. Raises `Error` where there is no cluster to read on, or
    where it would read otherwise than this program.
    """
    with open_cluster(address, workers) as ray:
        # Tries are counted here, since Ray would begin anew without end where a worker runs out of memory.
        task = ray.remote(num_cpus=1, max_retries=0)(read_batch)
        cluster = Cluster(ray, task, gazetteer, name_extractor(gazetteer))
        waiting: deque[tuple[list[Given], Any]] = deque()
        try:
            for batch in split_batches(items):
                waiting.append((batch, cluster.hand_out(list_reports(batch))))
                while len(waiting) >= cluster.count_room():
                    yield from cluster.take_back(*waiting.popleft())
            while waiting:
                yield from cluster.take_back(*waiting.popleft())
        finally:
            for _, task in waiting:
                with suppress(Exception):
                    ray.cancel(task)


def split_batches(items: Iterable[Given]) -> Iterator[list[Given]]:
    """The items in batches, in order."""
    batch: list[Given] = []
    reports = characters = size = 0
    for item in items:
        batch.append(item)
        if isinstance(item, Report):
            reports, characters = reports + 1, characters + len(item.text)
        elif isinstance(item, Raw):
            size += len(item.content)
        full = reports >= BATCH_REPORTS or characters >= BATCH_CHARACTERS
        if full or len(batch) >= BATCH_ITEMS or size >= BATCH_BYTES:
            yield batch
            batch, reports, characters, size = [], 0, 0, 0
    if batch:
        yield batch


def list_reports(batch: Sequence[Given]) -> list[Report]:
    """The reports of a batch."""
    return [item for item in batch if isinstance(item, Report)]


def read_batch(reports: Sequence[Report], gazetteer: str, extractor: str) -> list[Reading]:
    """What a worker does: the readings of some reports. Raises `UnfitError` where it would not read them as
    `extractor` does."""
    own = name_extractor(gazetteer)
    if own != extractor:
        raise UnfitError(f"a worker reads by {own} and this program by {extractor}: install the same sayso on both")
    return [read_report(report, gazetteer) for report in reports]


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster that is connected to: Ray's own module, the task that its workers do, and what they read with."""

    ray: ModuleType
    task: Any
    gazetteer: str
    extractor: str

    def hand_out(self, reports: Sequence[Report]) -> Any:
        """Have some reports read: the task, whose result can be asked for."""
        return self.task.remote(reports, self.gazetteer, self.extractor) if reports else None

    def count_room(self) -> int:
        """How many batches may be out at once, as large as the cluster is now."""
        return WAITING * max(1, int(self.ray.cluster_resources().get("CPU", 1)))

    def take_back(self, batch: Sequence[Given], task: Any) -> Iterator[Item]:
        """A batch's items with the readings in their places."""
        readings = self.read_apart(list_reports(batch), task)
        for item in batch:
            yield next(readings) if isinstance(item, Report) else item

    def read_apart(self, reports: Sequence[Report], task: Any) -> Iterator[Reading | Problem]:
        """The readings of a batch; where it is lost, of each report by itself."""
        if not reports:
            return
        try:
            found = self.wait(task)
        except self.ray.exceptions.RayError:
            tasks = [self.hand_out([report]) for report in reports]
            yield from (self.insist(report, one) for report, one in zip(reports, tasks, strict=True))
            return
        yield from found

    def insist(self, report: Report, task: Any) -> Reading | Problem:
        """The reading of one report, for which it is handed out anew where its worker dies; at last its problem."""
        for left in reversed(range(TRIES)):
            try:
                return self.wait(task)[0]
            except self.ray.exceptions.RayError as error:
                reason = explain_loss(error)
            if left:
                task = self.hand_out([report])
        message = f"it could not be read in {TRIES} tries ({reason}); the rest is read without it"
        return Problem(step="read_on_cluster", input=report.id, message=message)

    def wait(self, task: Any) -> list[Reading]:
        """The result of a task. Raises `Error` where its worker is unfit for all of them, and what Ray raises where it
        died."""
        try:
            found: list[Reading] = self.ray.get(task)
        except self.ray.exceptions.RayTaskError as error:
            if isinstance(error.cause, UnfitError | ImportError | OSError | Error):
                reason = f"{type(error.cause).__name__}: {' '.join(str(error.cause).split())}"
                raise Error(f"the cluster's machines cannot read: {reason}") from None
            raise
        return found


def explain_loss(error: Exception) -> str:
    """Why a task has no result, in a few words."""
    cause = getattr(error, "cause", None)
    if isinstance(cause, Exception):
        return f"{type(cause).__name__}: {' '.join(str(cause).split())[:200]}"
    return f"{type(error).__name__}: the worker that read it was gone"


@contextmanager
def open_cluster(address: str, workers: int) -> Iterator[ModuleType]:
    """Ray, connected: to what this program is connected to already, which is left so, else as said. Raises `Error`."""
    try:
        import ray
    except ImportError:
        raise Error("reading on a cluster needs one more package (ray): pip install 'sayso[ray]'") from None
    if ray.is_initialized():
        yield ray
        return
    try:
        connect(ray, address, workers)
    except (ConnectionError, RuntimeError, ValueError, OSError) as error:
        reason = " ".join(str(error).split())[:300]
        raise Error(f"{address or 'this machine'}: no Ray cluster to read on: {reason}") from None
    try:
        yield ray
    finally:
        ray.shutdown()


def knock(address: str) -> None:
    """Raise OSError where nobody is at an address of the form HOST:PORT. Ray itself asks for minutes."""
    import socket

    host, _, port = address.rpartition(":")
    if host and "://" not in address and port.isdecimal() and int(port) < 1 << 16:
        socket.create_connection((host.strip("[]"), int(port)), timeout=KNOCK_SECONDS).close()


def connect(ray: ModuleType, address: str, workers: int) -> None:
    """Connect to the cluster at an address, or to one that is started."""
    import logging

    quiet = {"logging_level": logging.ERROR, "log_to_driver": False}
    knock(address)
    if address:
        ray.init(address=address, **quiet)
        return
    # Never one that is found: that of another program would end with it.
    store = STORE_BYTES + workers * STORE_BYTES_EACH
    ray.init(address="local", num_cpus=workers, object_store_memory=store, include_dashboard=False, **quiet)
