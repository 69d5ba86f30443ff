"""Processes in which strangers' bytes are parsed: started when the first is needed, used for many inputs, and given up
once they have died, grown or been left in the middle of one.

A child is a fresh Python (no fork: it shares no memory, file or thread with this process) that knows only where its
modules lie. It gets tasks and bytes by one pipe and answers by another, in frames of a kind and a length; what it
answers is never unpickled, since a parser may have been made to say anything. Its limits are the system's own, set in
it before each task (see `tasks`).
"""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from threading import Lock
from typing import IO

import msgspec

from sayso.read.frames import (
    CHUNK_BYTES,
    END,
    FAULT,
    ITEM,
    LAST,
    MEMORY,
    MISSING,
    OUT_OF_TIME,
    Task,
    read_frame,
    write_frame,
)
from sayso.read.limits import MEGABYTE, Bounds
from sayso.settings import read_settings

MOST_IDLE = 2
"""Children that wait for work; more were only needed at once."""
KEPT = ("PATH", "HOME", "TMPDIR", "TMP", "TEMP", "SYSTEMROOT", "USERPROFILE")
"""What a child has of the environment: where programs and folders are, no secret."""
START = "import sys; sys.path[:] = {path!r}; from sayso.read.tasks import work; work()"


class BrokenOffError(Exception):
    """Reading in a child has come to no end. The message says why and what to do, in one line."""


class Child:
    """One such process."""

    def __init__(self) -> None:
        """Start it; it imports while the caller goes on. Raises OSError."""
        self.path = tuple(sys.path)
        command = [sys.executable, "-I", "-X", "utf8", "-c", START.format(path=[p or os.getcwd() for p in self.path])]  # noqa: PTH109 (as it stands)
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in KEPT if name in os.environ},
        )
        self.usable = True

    def ask(self, task: Task, content: IO[bytes]) -> Iterator[bytes]:
        """What it finds in some bytes, as it finds it. Raises `BrokenOffError`; unless read to its end, the child is of
        no more use. Raises ModuleNotFoundError where it lacks a module, which is no fault of the input."""
        self.usable = False
        with suppress(OSError):  # One that has died says so by answering nothing.
            self._send(task, content)
        while True:
            kind, found = self._receive()
            if kind == ITEM:
                yield found
            elif kind in (END, LAST):
                self.usable = kind == END
                return
            elif kind == MISSING:
                name = found[:200].decode("utf-8", "replace")
                raise ModuleNotFoundError(f"No module named {name!r}", name=name)
            else:
                raise BrokenOffError(self._explain(kind, found, task))

    def _send(self, task: Task, content: IO[bytes]) -> None:
        pipe = self.process.stdin
        assert pipe is not None
        write_frame(pipe, ITEM, msgspec.msgpack.encode(task))
        content.seek(0)
        while chunk := content.read(CHUNK_BYTES):
            write_frame(pipe, ITEM, chunk)
        write_frame(pipe, END)
        pipe.flush()

    def _receive(self) -> tuple[bytes, bytes]:
        """The next frame; (b"", b"") where there comes none."""
        pipe = self.process.stdout
        assert pipe is not None
        try:
            return read_frame(pipe) or (b"", b"")
        except (OSError, ValueError):
            return b"", b""

    def _explain(self, kind: bytes, found: bytes, task: Task) -> str:
        """Why it came to no end, and what to do."""
        if kind == FAULT:
            return found[:1000].decode("utf-8", "replace")
        if kind == MEMORY:
            return explain_memory(task.memory)
        status = self.close()
        if status in (OUT_OF_TIME, -getattr(signal, "SIGALRM", 0), -getattr(signal, "SIGXCPU", 0)) and status:
            return explain_time(task.step)
        if status == -getattr(signal, "SIGABRT", 0) and status:
            return f"its parser broke off, as it does where {explain_memory(task.memory)}"
        name = signal.strsignal(-status) if status < 0 else f"status {status}"
        return (
            f"its parser broke down on it ({name}); it is skipped: open it in its own program and save it again as text"
        )

    def close(self) -> int:
        """End it, whatever it does, and wait for that; its status."""
        self.usable = False
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                if pipe:
                    pipe.close()
        with suppress(subprocess.TimeoutExpired):
            # One that is ending by itself is left to, so that it can be told why.
            return self.process.wait(0.5)
        self.process.kill()
        return self.process.wait()

    def kill(self) -> None:
        """End it at once."""
        with suppress(OSError):
            self.process.kill()
        self.close()


def explain_memory(memory: int) -> str:
    """What is said of an input that takes too much memory."""
    return (
        f"reading it took more than {memory / MEGABYTE:.0f} MB of memory; it is skipped (raise $SAYSO_LIMIT_MEMORY if "
        "it is worth it, or split it)"
    )


def explain_time(seconds: float) -> str:
    """What is said of an input that takes too long."""
    return (
        f"reading it took more than {seconds:.0f} s; it is skipped (raise $SAYSO_LIMIT_SECONDS if it is worth it, or "
        "split it)"
    )


class Children:
    """The children of this process, and what each may take for an input."""

    def __init__(self) -> None:
        """None yet."""
        self.bounds: Bounds | None = None
        self._idle: list[Child] = []
        self._lock = Lock()

    def ask(self, name: str, given: bytes, content: IO[bytes], size: int) -> Iterator[bytes]:
        """What a child finds by a task in some bytes of an input of `size` bytes. Raises `BrokenOffError`."""
        bounds = self.bounds = self.bounds or find_bounds()
        task = Task(name, given, bounds.find_memory(size), bounds.find_step(size), bounds.find_total(size))
        try:
            child = self._take()
        except OSError as error:
            raise BrokenOffError(f"no process to read it can be started ({error.strerror or error})") from error
        try:
            yield from child.ask(task, content)
        finally:
            self._put(child)

    def _take(self) -> Child:
        with self._lock:
            while self._idle:
                child = self._idle.pop()
                if child.process.poll() is None and child.path == tuple(sys.path):
                    return child
                child.kill()
        return Child()

    def _put(self, child: Child) -> None:
        with self._lock:
            if child.usable and len(self._idle) < MOST_IDLE:
                self._idle.append(child)
                return
        child.kill()

    def close(self) -> None:
        """End those that wait."""
        with self._lock:
            idle, self._idle = self._idle, []
        for child in idle:
            child.kill()

    def forget(self) -> None:
        """Have none, without ending any: in a process that was forked off, they are its parent's."""
        self._idle, self._lock = [], Lock()


def find_bounds() -> Bounds:
    """What the settings of this run allow. Raises `SettingsError`."""
    settings = read_settings()
    return Bounds(memory=settings.limit_memory, seconds=settings.limit_seconds)


CHILDREN = Children()
atexit.register(CHILDREN.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=CHILDREN.forget)
