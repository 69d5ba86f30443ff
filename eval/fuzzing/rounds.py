"""The round of a run: each target gets its share of the time in some processes, and findings are written down."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from fuzzing.cases import MODULES, Case, load_target, make_case
from fuzzing.children import Answer, Child, is_same
from fuzzing.shrinking import shrink

CORPUS = Path(__file__).parent / "corpus"
"""Small inputs that each once were a finding; they are tried before all others."""
RETOLD = 12
"""Cases of which a fresh process must tell the same as the first did."""
SHRINK_SECONDS = 60.0
"""How long a finding is made smaller."""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding: the target, the number and seed of the case (None of the corpus), what came of it, and the case."""

    target: str
    number: int | None
    seed: int
    answer: Answer
    case: Case


@dataclass(slots=True)
class Told:
    """What came of one target: cases, the seconds of CPU that they took, the slowest, and the kinds of fault."""

    cases: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    faults: Counter[str] = field(default_factory=Counter)


def run_round(
    names: list[str], minutes: float, seed: int, processes: int, say: Callable[[str], None], into: Path
) -> list[Found]:
    """Try cases of some targets for so many minutes of CPU in all, split over some processes; the findings, one of each
    kind. Each is written into a folder as it comes, so that a run can be stopped."""
    shares = {name: load_target(name).share for name in names}
    whole = sum(shares.values())
    done = list[Found]()
    lanes = ThreadPoolExecutor(processes)
    try:
        for name in names:
            seconds = minutes * 60 * shares[name] / whole / processes
            told, found = Told(), list[Found]()
            run = partial(run_lane, name, step=processes, seed=seed, seconds=seconds, into=into)
            for part, more in lanes.map(run, range(processes)):
                told.cases += part.cases
                told.seconds += part.seconds
                told.slowest = max(told.slowest, part.slowest)
                told.faults += part.faults
                found += [one for one in more if not any(is_same(one.answer.fault, f.answer.fault) for f in found)]
            done += found
            say(f"{name:10} {told.cases:7,} cases, {told.seconds / 60:5.1f} min of CPU, slowest {told.slowest:5.2f} s, "
                f"{sum(told.faults.values())} findings")  # fmt: skip
    finally:
        lanes.shutdown(wait=False)  # Whoever stops the run does not wait for the cases that are tried now.
    return done


def run_lane(name: str, first: int, step: int, seed: int, seconds: float, into: Path) -> tuple[Told, list[Found]]:
    """Try the corpus, then each case of a number of this lane, until the time is over; then some once more in a fresh
    process, which must tell the same of them."""
    told, found, retold = Told(), list[Found](), dict[int, str]()
    with Child(name) as child:

        def note(number: int | None, answer: Answer, case: Case) -> None:
            told.cases += 1
            told.seconds += answer.seconds
            told.slowest = max(told.slowest, answer.seconds)
            if answer.fault:
                kind = answer.fault.split(": ")[0]
                if kind not in told.faults:
                    found.append(Found(name, number, seed, answer, case))
                    keep_case(into, found[-1])
                told.faults[kind] += 1

        for case in list_corpus(name) if first == 0 else ():
            note(None, child.try_case(case), case)
        number = first
        while told.seconds < seconds:
            answer = child.try_number(number, seed)
            note(number, answer, answer.case or Case("", b""))
            if answer.told and len(retold) < RETOLD:
                retold[number] = answer.told
            number += step
        child.close()
        for number, words in retold.items():
            answer = child.try_number(number, seed)
            if not answer.fault and answer.told != words:
                again = Answer("OtherwiseError in another process: it tells otherwise there", f"{words}\n{answer.told}")
                note(number, again, make_case(child.target, number, seed))
    return told, found


def list_corpus(name: str) -> Iterator[Case]:
    """The cases of one target that once were findings: `TARGET.WORDS.FILE`, the last with its suffix."""
    for path in sorted(CORPUS.glob(f"{name}.*")):
        yield open_case(path)[1]


def open_case(path: Path) -> tuple[str, Case]:
    """The name of the target and the case of a file that was written by `keep_case`; raises `OSError`, `ValueError`."""
    target, _, file = path.name.split(".", 2)
    if target not in MODULES:
        raise ValueError(f"there is no target {target!r}")
    return target, Case(file, path.read_bytes())


def keep_case(folder: Path, found: Found) -> Path:
    """Write the case of a finding, and what is wrong with it beside it."""
    path = folder / f"{found.target}.{found.seed}-{found.number}.{found.case.file}"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(found.case.content)
    path.with_name(path.name + ".why").write_text(f"{found.answer.fault}\n\n{found.answer.trace}", encoding="utf8")
    return path


def shrink_found(found: Found) -> Found:
    """The finding with its case made as small as it fails alike, within a minute."""
    until = time.monotonic() + SHRINK_SECONDS
    with Child(found.target) as child:

        def fails(content: bytes) -> bool:
            if time.monotonic() > until:
                return False
            return is_same(child.try_case(Case(found.case.file, content)).fault, found.answer.fault)

        shorten = child.target.shorten
        case = shorten(found.case) if shorten else Case(found.case.file, shrink(found.case.content, fails))
        answer = child.try_case(case)
    return replace(found, case=case, answer=answer) if is_same(answer.fault, found.answer.fault) else found
