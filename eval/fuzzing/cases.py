"""What is tried: a case is the bytes of a file, a target what makes cases and says whether one holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from random import Random

MODULES = {
    "readers": "fuzzing.readers",
    "extraction": "fuzzing.extraction",
    "ledger": "fuzzing.ledgers",
    "weighing": "fuzzing.weighing",
    "telling": "fuzzing.telling",
}
"""The module of each target; its `TARGET` is loaded where it is needed alone."""


class UnfitError(Exception):
    """A file that is no case of its target, so that nothing follows from it."""


@dataclass(frozen=True, slots=True)
class Case:
    """One input: the name of a file, which says how it is read, and its bytes."""

    file: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is fuzzed.

    `make` gives a case, the same for the same chance. `check` tries a case: it raises whatever is wrong, `UnfitError`
    where the file is none, and gives what must be the same in every process ("" for nothing). A case may take so many
    `seconds` of CPU and `bytes` of memory. `share` is the part of all time that the target gets. A case that `shorten`
    gives is made small by trying it, and tells of itself in its fault.
    """

    name: str
    share: float
    make: Callable[[Random], Case]
    check: Callable[[Case], str]
    seconds: int
    bytes: int = 4_000_000_000
    shorten: Callable[[Case], Case] | None = None


def load_target(name: str) -> Target:
    """The target of a name of `MODULES`."""
    target: Target = import_module(MODULES[name]).TARGET
    return target


def make_case(target: Target, number: int, seed: int) -> Case:
    """One case of a target, the same for the same numbers on every machine."""
    return target.make(Random(f"{target.name} {number} {seed}"))


class WrongError(AssertionError):
    """What should hold does not; findings of one `kind` are one."""

    def __init__(self, what: str, kind: str) -> None:
        """Say what should hold."""
        super().__init__(what)
        self.kind = kind


def expect(holds: object, what: str, kind: str = "") -> None:
    """Raise `WrongError` where something does not hold; `what` says what should, `kind` it without what varies."""
    if not holds:
        raise WrongError(what, kind or what)
