"""Crashes: a report on which a step fails by a fault of ours is left out by name, and the step goes on with the others.

Most steps after reading work over all reports together, so that a crash does not say whose it is. `survive` finds that
out: it does the step again without the report that the crash's own frames were busy with, else with halves of the
reports, as one finds the faulty part of a machine (delta debugging, Zeller & Hildebrandt 2002). Nothing is caught that
is no fault of a report: what people are told (`Error`), a package that is not installed, Ctrl-C.

A step says which reports it works on by `leave_out`, which also takes from them those that are left out now; weighing
does so for every step that begins with it. Who keeps what was made between two calls keeps `name_left` beside it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import FrameType, TracebackType
from typing import Any, TypeVar

from sayso.errors import Error
from sayso.record import Problem, Reading, Report

T = TypeVar("T")
MOST_LEFT = 24
"""Reports that a step leaves out at most: where more crash it, the fault is not theirs."""
MOST_SUSPECTS = 6
"""Reports that are tried first, since the crash's frames held them."""
_left: ContextVar[Mapping[str, Problem]] = ContextVar("left", default={})  # noqa: B039


@dataclass(slots=True)
class Seen:
    """What was seen of a step's work: the ids of the reports that it worked on, by what tells each from all others, and
    the problems of those that it had to leave out."""

    reports: dict[str, str] = field(default_factory=dict)
    problems: dict[Problem, None] = field(default_factory=dict)


_watchers: ContextVar[tuple[Seen, ...]] = ContextVar("watchers", default=())


def survive(step: Callable[[], T], name: str) -> T:
    """What a step gives; where it crashes on some reports, what it gives without these, each of which is a `Problem`
    of the pictures that are weighed meanwhile. `step` can be done again and again and changes nothing outside itself;
    `name` says in the problem what it does. Raises what the step does where no report is to blame."""
    seen = Seen()
    with watch(seen):
        try:
            return step()
        except (Error, ImportError):
            raise
        except Exception as error:
            logging.getLogger(__name__).debug("%s crashed", name, exc_info=error)
            crash = error
    found = Sifting(step, [key for key in seen.reports if key not in _left.get()]).sift(crash)
    if not found:
        raise crash
    problems = {key: _complain(name, seen.reports[key], error) for key, error in found.items()}
    with _leaving(problems):
        return step()


def leave_out(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """The readings of those reports that are not left out now."""
    readings = tuple(readings)
    see(readings)
    left = _left.get()
    return tuple(r for r in readings if tell_apart(r.report) not in left) if left else readings


def see(readings: Iterable[Reading]) -> None:
    """Say that some reports are worked on, where what was made of them before is used again."""
    for watcher in _watchers.get():
        watcher.reports.update((tell_apart(reading.report), reading.report.id) for reading in readings)


def mention(problems: Iterable[Problem]) -> None:
    """Say that what is given was made without some reports."""
    for watcher in _watchers.get():
        watcher.problems.update(dict.fromkeys(problems))


def see_again(seen: Seen) -> None:
    """Say all that was said when something was made that is used again."""
    for watcher in _watchers.get():
        watcher.reports |= seen.reports
        watcher.problems |= seen.problems


def list_left(readings: Iterable[Reading]) -> tuple[Problem, ...]:
    """The problems of those reports that are left out now."""
    left = _left.get()
    return tuple(left[key] for key in dict.fromkeys(tell_apart(r.report) for r in readings) if key in left)


def name_left() -> Hashable:
    """What tells one set of reports left out, and why, from another."""
    return frozenset(_left.get().items())


def tell_apart(report: Report) -> str:
    """What tells a report from all others: its digest, or its id where it has none."""
    return report.digest or report.id


class Sifting:
    """The search for the reports that crash a step, among all that it worked on."""

    def __init__(self, step: Callable[[], Any], reports: Sequence[str]) -> None:
        """Search among some reports, named by `tell_apart`."""
        self.step, self.reports = step, tuple(reports)
        self.kept: list[str] = []
        self.found: dict[str, Exception] = {}

    def sift(self, crash: Exception) -> dict[str, Exception]:
        """The reports without which the step does not crash, each with its crash; none where it does so without any,
        or where there are too many of them."""
        if not self.reports or self.fails([]) is not None:
            return {}
        for suspect in _find_suspects(crash, set(self.reports)):
            if self.fails([key for key in self.reports if key != suspect]) is None:
                return {suspect: crash}
        self._halve(self.reports, crash)
        return self.found if len(self.found) <= MOST_LEFT else {}

    def fails(self, some: Sequence[str]) -> Exception | None:
        """The crash of the step on some reports alone, None where it does not crash."""
        rest = set(self.reports).difference(some)
        with _leaving({key: Problem(step="survive", message="") for key in rest}), _unwatched():
            try:
                self.step()
            except Error:  # That there is nothing without these reports is no crash.
                return None
            except Exception as error:
                return error
        return None

    def _halve(self, part: Sequence[str], crash: Exception) -> None:
        """Keep of some reports, beside those that are kept, all that do not crash the step; together they do."""
        if len(self.found) > MOST_LEFT:
            return
        if len(part) == 1:
            self.found[part[0]] = crash
            return
        middle = len(part) // 2
        for half in (part[:middle], part[middle:]):
            if (error := self.fails([*self.kept, *half])) is None:
                self.kept += half
            else:
                self._halve(half, error)


def _find_suspects(crash: Exception, reports: set[str]) -> list[str]:
    """The reports that the frames of a crash held, the innermost frame's first."""
    found = [_key_of(value) for frame in _list_frames(crash.__traceback__) for value in frame.f_locals.values()]
    return [key for key in dict.fromkeys(found) if key in reports][:MOST_SUSPECTS]


def _list_frames(trace: TracebackType | None) -> list[FrameType]:
    frames = []
    while trace is not None:
        frames.append(trace.tb_frame)
        trace = trace.tb_next
    return frames[:-65:-1]


def _key_of(value: object) -> str:
    """What tells the report apart that a value is or is of: a report, a reading, a fact."""
    try:
        report = value if isinstance(value, Report) else getattr(value, "report", None)
    except Exception:  # Whatever a frame held may be broken itself.
        return ""
    return tell_apart(report) if isinstance(report, Report) else ""


@contextmanager
def _leaving(problems: Mapping[str, Problem]) -> Iterator[None]:
    """Leave some more reports out."""
    token = _left.set({**_left.get(), **problems})
    try:
        yield
    finally:
        _left.reset(token)


@contextmanager
def _unwatched() -> Iterator[None]:
    """Let nobody see a step that is only tried."""
    token = _watchers.set(())
    try:
        yield
    finally:
        _watchers.reset(token)


@contextmanager
def watch(seen: Seen) -> Iterator[None]:
    """Take down which reports are worked on."""
    token = _watchers.set((*_watchers.get(), seen))
    try:
        yield
    finally:
        _watchers.reset(token)


def _complain(name: str, report: str, error: Exception) -> Problem:
    """The problem of a report that crashes a step."""
    return Problem(step=name, input=report, message=f"{name} crashed on report {report}, left out: {tell(error)}")


def tell(error: BaseException) -> str:
    """A fault of ours in a line: its kind, its message and where it was."""
    frames = _list_frames(error.__traceback__)
    ours = next((f for f in frames if "sayso" in str(f.f_globals.get("__name__", ""))), None)
    number = _line_of(error.__traceback__, ours)
    where = f" in {ours.f_globals['__name__']}:{number}" if ours else ""
    message = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}{f' ({message})' if message else ''}{where}"


def _line_of(trace: TracebackType | None, frame: FrameType | None) -> int:
    number = 0
    while trace is not None:
        if trace.tb_frame is frame:
            number = trace.tb_lineno
        trace = trace.tb_next
    return number
