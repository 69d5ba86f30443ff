"""What takes longer than an answer may: addresses that are read one after the other, and how far each is."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from typing import Any

from sayso.errors import Error
from sayso.forms import to_json
from sayso.journey import Added
from sayso.moments import tell_now
from sayso.record import Problem
from sayso.serve.desk.desks import MissingError
from sayso.serve.desk.rows import row_of_added

MOST_KEPT, MOST_WAITING = 200, 50


@dataclass(slots=True)
class Job:
    """The reading of one address, asked for by somebody: waiting, reading, done or failed."""

    id: str
    url: str
    by: str
    begun: datetime
    state: str = "waiting"
    added: Added | None = None

    @property
    def row(self) -> dict[str, Any]:
        """The job as a program reads it."""
        return {
            "id": self.id,
            "url": self.url,
            "by": self.by,
            "state": self.state,
            "begun": to_json(self.begun),
            "added": row_of_added(self.added) if self.added else None,
        }


class Jobs:
    """The jobs of a desk since it was opened. Its methods can be called from any thread."""

    def __init__(self, work: Callable[[str], Added]) -> None:
        """Hold none yet; `work` reads and keeps one address."""
        self._work = work
        self._kept: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(1, "sayso-job")

    def begin(self, url: str, by: str) -> Job:
        """Line up an address. Raises `Error` where too many wait."""
        job = Job(token_hex(8), url, by, tell_now())
        with self._lock:
            if sum(one.state == "waiting" for one in self._kept.values()) >= MOST_WAITING:
                raise Error(f"{MOST_WAITING} addresses are waiting to be read: send this one later")
            self._kept[job.id] = job
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        self._pool.submit(self._run, job)
        return job

    def _run(self, job: Job) -> None:
        job.state = "reading"
        try:
            job.added = self._work(job.url)
            job.state = "failed" if job.added.problems and not (job.added.new or job.added.known) else "done"
        except Exception as error:  # Whatever a page may do to a reader, the next one is read.
            message = str(error) if isinstance(error, Error) else f"cannot be read ({type(error).__name__})"
            job.added = Added(problems=[Problem(step="add", message=message, input=job.url)])
            job.state = "failed"

    def find(self, id: str) -> Job:
        """The job of an id. Raises `MissingError`."""
        with self._lock:
            job = self._kept.get(id)
        if job is None:
            raise MissingError(f"there is no job {id}: old ones are forgotten, and all when the desk is closed")
        return job

    def close(self) -> None:
        """End after the address that is being read."""
        self._pool.shutdown(wait=False, cancel_futures=True)
