"""Cases are tried in a child process with limits of memory and CPU, so that one that hangs or dies is one finding."""

from __future__ import annotations

import os
import resource
import signal
import time
import traceback
import warnings
from dataclasses import dataclass, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Self

from fuzzing.cases import Case, Target, UnfitError, WrongError, load_target, make_case

ROOT = Path(__file__).parents[2]
PATIENCE = 12
"""Seconds by the clock for each second of CPU that a case may take: the machine may be busy, and a case may sleep."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a case: its `fault` in one line, "" where it held, and the `trace` behind that; what it `told`; the
    seconds of CPU it took; the case, where it has a fault."""

    fault: str = ""
    trace: str = ""
    told: str = ""
    seconds: float = 0.0
    case: Case | None = None
    unfit: bool = False


class Child:
    """A process that tries cases of one target, begun anew where it ends."""

    def __init__(self, name: str) -> None:
        """Begin none yet; `name` is the target's."""
        self.target = load_target(name)
        self._pipe: Connection | None = None

    def __enter__(self) -> Self:
        """The child itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """End it."""
        self.close()

    def try_number(self, number: int, seed: int) -> Answer:
        """Make a case and try it; where it kills the child, it is made once more, to be shown."""
        answer = self._ask((number, seed))
        if answer.fault and answer.case is None:
            return Answer(answer.fault, answer.trace, seconds=answer.seconds, case=make_case(self.target, number, seed))
        return answer

    def try_case(self, case: Case) -> Answer:
        """Try a case that there is."""
        return self._ask(case)

    def close(self) -> None:
        """End the process, if there is one."""
        if self._pipe is not None:
            self._pipe.close()
            self._process.kill()
            self._process.join()
            self._pipe = None

    def _ask(self, asked: tuple[int, int] | Case) -> Answer:
        if self._pipe is None:
            context = get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=serve, args=(self.target.name, theirs), daemon=True)
            self._process.start()
            theirs.close()
            try:
                self._pipe.recv()  # It is ready: what it takes to begin is no case's.
            except EOFError:
                self._process.join()
                why = name_end(self._process.exitcode, self.target)
                raise RuntimeError(f"the child of {self.target.name} cannot begin: {why}") from None
        try:
            self._pipe.send(asked)
            if self._pipe.poll(PATIENCE * self.target.seconds):
                answer: Answer = self._pipe.recv()
                return answer
            fault = f"hangs: no answer in {PATIENCE * self.target.seconds} s"
        except (EOFError, OSError):
            self._process.join()
            fault = name_end(self._process.exitcode, self.target)
        self.close()
        return Answer(fault, seconds=float(self.target.seconds))


def name_end(status: int | None, target: Target) -> str:
    """Why a child ended, by its exit status."""
    if status == -signal.SIGPROF:
        return f"hangs: more than {target.seconds} s of CPU"
    return f"died: {signal.Signals(-status).name}" if status is not None and status < 0 else f"died: status {status}"


def serve(name: str, pipe: Connection) -> None:
    """In the child: try what comes until nothing does."""
    target = load_target(name)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Whoever stops the run ends this by closing the pipe.
    warnings.simplefilter("ignore")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    resource.setrlimit(resource.RLIMIT_AS, (target.bytes, target.bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    check_case(target, make_case(target, 0, 0))  # What is loaded late is loaded now.
    pipe.send(None)
    while True:
        try:
            asked = pipe.recv()
        except EOFError:
            return
        case = asked if isinstance(asked, Case) else make_case(target, *asked)
        signal.setitimer(signal.ITIMER_PROF, target.seconds)  # Ends the process, whatever code it is in.
        answer = check_case(target, case)
        signal.setitimer(signal.ITIMER_PROF, 0)
        pipe.send(answer)


def check_case(target: Target, case: Case) -> Answer:
    """Try a case in this process."""
    began = time.process_time()
    try:
        answer = Answer(told=target.check(case))
    except UnfitError:
        answer = Answer(unfit=True)
    except MemoryError:
        answer = Answer(f"memory: more than {target.bytes / 1e6:.0f} MB", case=case)
    except Exception as error:
        answer = Answer(name_fault(error), "".join(traceback.format_exception(error)), case=case)
    return replace(answer, seconds=time.process_time() - began)


def name_fault(error: BaseException) -> str:
    """An exception in one line: its kind, which is where in our code it came from, and after a colon its words."""
    words = " ".join(str(error).split())[:300].encode("ascii", "backslashreplace").decode()
    if isinstance(error, WrongError):
        return f"{error.kind.replace(':', ' ')}: {words}"
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if frame.filename.startswith(str(ROOT))]
    place = f"{Path(ours[-1].filename).name} {ours[-1].name}" if ours else "elsewhere"
    return f"{type(error).__name__} in {place}: {words}"


def is_same(one: str, other: str) -> bool:
    """Whether two faults are of one kind."""
    return one.split(": ")[0] == other.split(": ")[0]
