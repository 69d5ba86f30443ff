"""What a child does (see `children`): one task after another, each within limits that the system keeps.

Memory is that of the address space (RLIMIT_AS), time that of computing (RLIMIT_CPU) and of the clock (an alarm), which
stands still while the parent takes what was found. Where the system has none of these (Windows, and memory on macOS) a
timer ends the process, and memory is not bounded.
"""

from __future__ import annotations

import os
import select
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from math import ceil
from pathlib import Path
from tempfile import SpooledTemporaryFile
from threading import Timer
from typing import IO, Any

import msgspec

from sayso.read.frames import END, FAULT, ITEM, LAST, MEMORY, MISSING, OUT_OF_TIME, Task, read_frame, write_frame
from sayso.read.limits import WALL

try:
    import resource
except ImportError:  # Windows.
    resource = None  # type: ignore[assignment]

IN_MEMORY = 20_000_000
"""Bytes of an input up to which it is held in memory; a larger one waits in a file without a name."""
MOST_WRITTEN = 4_000_000_000
"""Bytes of such a file."""
ORPHANED_SECONDS = 10.0
"""How often a child that waits looks whether its parent is gone."""
GROWN = 0.6
"""The share of the memory of a task beyond which a child that holds it still is of no more use."""


def work() -> None:
    """Do the tasks that come by standard input, until it ends. Nothing that a parser prints gets into an answer."""
    inflow, outflow = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent.
    limit_for_good()
    base = measure_space()
    while wait_for_task(inflow) and (frame := read_frame(inflow)):
        task = msgspec.msgpack.decode(frame[1], type=Task)
        with SpooledTemporaryFile(max_size=IN_MEMORY) as content:
            take_in(inflow, content)
            guard = Guard(task, base)
            kind, words = guard.run(find(task, content), outflow)
        last = kind != END or measure_space() - base > GROWN * task.memory
        write_frame(outflow, LAST if last and kind == END else kind, words)
        outflow.flush()
        if last:
            break
    # Whatever a parser has left behind is not worth tidying up.
    os._exit(0)


def find(task: Task, content: IO[bytes]) -> Iterator[bytes]:
    """What a task finds, each as bytes. The task is named by the parent, which is trusted."""
    module, _, name = task.name.partition(":")
    yield from getattr(import_module(module), name)(task.given, content)


def take_in(inflow: IO[bytes], content: IO[bytes]) -> None:
    """All the bytes that follow a task."""
    while (frame := read_frame(inflow)) and frame[0] == ITEM:
        content.write(frame[1])
    content.seek(0)


def wait_for_task(inflow: IO[bytes]) -> bool:
    """Wait until a task comes; False once the parent is gone, whose end of the pipe others may still hold."""
    if os.name == "nt":
        return True
    parent = os.getppid()
    while not select.select([inflow], [], [], ORPHANED_SECONDS)[0]:
        if os.getppid() != parent:
            return False
    return True


def limit_for_good() -> None:
    """No memory dump, no large file."""
    if resource:
        lower(resource.RLIMIT_CORE, 0)
        lower(resource.RLIMIT_FSIZE, MOST_WRITTEN)


def lower(kind: int, most: int) -> None:
    """Set a soft limit, no higher than the hard one; nothing where the system has no such limit."""
    with suppress(ValueError, OSError):
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def measure_space() -> int:
    """Bytes of this process's address space; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


class Guard:
    """Keeps one task within its limits. Memory counts beyond what the process has from its start (`base`)."""

    def __init__(self, task: Task, base: int) -> None:
        """Begin to count."""
        self.task = task
        self.begun = time.process_time()
        self.timer: Any = None
        if resource:
            lower(resource.RLIMIT_AS, base + task.memory)

    def run(self, found: Iterator[bytes], outflow: IO[bytes]) -> tuple[bytes, bytes]:
        """Send what is found, and tell how that ended: the kind of the last frame, and its words."""
        try:
            while True:
                self.start()
                item = next(found, None)
                self.stop()
                if item is None:
                    return END, b""
                write_frame(outflow, ITEM, item)
                outflow.flush()
        except MemoryError:
            return MEMORY, b""
        except ModuleNotFoundError as error:  # Other errors of importing come of memory that is at an end.
            return MISSING, (error.name or str(error)).encode()
        except BrokenPipeError:
            os._exit(0)
        except Exception as error:
            reason = " ".join(str(error).split())[:200] or type(error).__name__
            return FAULT, f"broken ({reason}); open it in its own program and save it again as text".encode()
        finally:
            self.stop()

    def start(self) -> None:
        """Allow the time of one step, or what is left of all."""
        used = time.process_time()
        left = min(self.task.step, self.task.total - (used - self.begun))
        left = max(left, 0.1)
        if resource:
            lower(resource.RLIMIT_CPU, ceil(used + left))
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, left * WALL)
        else:
            self.timer = Timer(left * WALL, os._exit, [OUT_OF_TIME])
            self.timer.daemon = True
            self.timer.start()

    def stop(self) -> None:
        """Let the time stand still."""
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
        elif self.timer:
            self.timer.cancel()
