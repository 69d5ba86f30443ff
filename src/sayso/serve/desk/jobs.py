"""Jobs: what takes longer than a page may, done one after another in a thread of its own."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from sayso.engines import Item
from sayso.errors import Error
from sayso.ids import make_id
from sayso.journey import Added
from sayso.record import Reading

State = Literal["waiting", "reading", "done", "stopped", "failed"]
MOST_WAITING = 20
"""Jobs that may wait; more are refused."""
MOST_KEPT = 50
"""Jobs that are remembered, the oldest finished ones forgotten first."""
STOP_SECONDS = 5.0
"""How long stopping waits for the report that is being read."""


class BusyError(Error):
    """Too much is waiting already."""


class StoppedError(Exception):
    """The desk closes while a job runs."""


@dataclass(slots=True)
class Job:
    """Reports being added: `what` in words, of `total` inputs, and how far it is. Only its own thread writes to it."""

    id: str
    by: str
    what: str
    total: int
    began: datetime
    state: State = "waiting"
    inputs: int = 0
    """Inputs that were begun."""
    now: str = ""
    """The input being read."""
    read: int = 0
    """Reports read so far."""
    added: Added = field(default_factory=Added)
    error: str = ""
    """What ended a failed job, in one line."""
    stopping: bool = False

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ("done", "stopped", "failed")

    def begin(self, name: str) -> None:
        """Say which input is read now. Raises `StoppedError` where the desk closes."""
        self.inputs, self.now = self.inputs + 1, name
        if self.stopping:
            raise StoppedError

    def watch(self, items: Iterable[Item]) -> Iterator[Item]:
        """Pass items on and count the reports that were read. Raises `StoppedError` where the desk closes."""
        for item in items:
            if self.stopping:
                raise StoppedError
            self.read += isinstance(item, Reading)
            yield item


class Jobs:
    """The jobs of a desk, in memory. Every method can be called from any thread."""

    def __init__(self) -> None:
        """No jobs yet, and no thread before the first."""
        self._jobs: dict[str, Job] = {}
        self._waiting: deque[tuple[Job, Callable[[Job], None]]] = deque()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._number = 0
        self._closed = False

    def start(self, what: str, by: str, total: int, work: Callable[[Job], None]) -> Job:
        """Do some work when its turn comes; gives its job at once. Raises `BusyError` where too much is waiting."""
        with self._lock:
            if self._closed:
                raise BusyError("the desk is closing")
            if len(self._waiting) >= MOST_WAITING:
                raise BusyError(f"{MOST_WAITING} jobs are waiting already: try again when some are done")
            self._number += 1
            began = datetime.now(UTC)
            job = Job(make_id("job", str(self._number), began.isoformat()), by, what, total, began)
            self._jobs[job.id] = job
            self._forget()
            self._waiting.append((job, work))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="sayso jobs", daemon=True)
                self._thread.start()
            return job

    def find(self, id: str) -> Job | None:
        """The job of an id, None where there is none or it is forgotten."""
        with self._lock:
            return self._jobs.get(id)

    def list(self) -> list[Job]:
        """The jobs that are remembered, the newest first."""
        with self._lock:
            return list(self._jobs.values())[::-1]

    def stop(self) -> None:
        """Stop: what waits is not begun, what runs ends after its report; what it has kept stays."""
        with self._lock:
            self._closed = True
            for job, _ in self._waiting:
                job.state = "stopped"
            self._waiting.clear()
            for job in self._jobs.values():
                job.stopping = True
            thread = self._thread
        if thread is not None:
            thread.join(STOP_SECONDS)

    def _forget(self) -> None:
        over = [id for id, job in self._jobs.items() if job.over]
        for id in over[: max(0, len(self._jobs) - MOST_KEPT)]:
            del self._jobs[id]

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._thread = None
                    return
                job, work = self._waiting.popleft()
            run_job(job, work)


def run_job(job: Job, work: Callable[[Job], None]) -> None:
    """Do the work of a job; whatever happens, its state tells it."""
    job.state = "reading"
    try:
        work(job)
        job.state = "done"
    except StoppedError:
        job.state = "stopped"
    except Error as error:
        job.error, job.state = str(error), "failed"
    except Exception:
        logging.getLogger(__name__).exception("job %s", job.id)
        job.error, job.state = "it stopped by a fault of the program; what was kept before stays", "failed"
    finally:
        job.now = ""
