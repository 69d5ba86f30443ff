"""Tries made-up and damaged inputs on every step: none may raise, hang, fill the memory or tell what does not hold.

    python eval/fuzz.py [--minutes 10] [--targets readers,extraction,ledger,weighing,telling]
                        [--seed 17 | --seed random] [--processes N] [--into build/fuzz]
    python eval/fuzz.py --replay FILE ...

Minutes are of CPU, split over the targets and the processes (one a core, unless given). The same seed gives the same
cases; how many of them are tried depends on the machine. Each case is tried in a child process with limits of memory
and CPU. A finding is made smaller and written into a folder, with what is wrong beside it; `--replay` tries such files
again. Prints a line a target; ends with status 1 where there is a finding.

- readers: small valid files of each format, damaged; whatever comes of one are reports, problems and remarks.
- extraction: texts in each language, damaged; every value stands in the text with its words, no step fails, and the
  time a kilobyte takes is bounded.
- ledger: what people do with two ledgers, in any order; they are compared with a model, verified and merged.
- weighing: sets of readings, some altered as another ledger might send them; no contradiction without a witness.
- telling: the same, told in every face; no sentence without a claim, no word of a stranger that is more than a word.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from functools import partial
from pathlib import Path

from fuzzing.cases import MODULES
from fuzzing.children import Child
from fuzzing.rounds import keep_case, open_case, run_round, shrink_found

SEED = 17


def main() -> int:
    """Fuzz, or try findings again; the exit status."""
    parser = argparse.ArgumentParser(description="Fuzz every step of sayso.")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--targets", default=",".join(MODULES))
    parser.add_argument("--seed", default=str(SEED))
    parser.add_argument("--processes", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--into", type=Path, default=Path("build/fuzz"))
    parser.add_argument("--replay", type=Path, nargs="+", default=[])
    asked = parser.parse_args()
    if asked.replay:
        return replay(asked.replay)
    names = asked.targets.split(",")
    if unknown := [name for name in names if name not in MODULES]:
        parser.error(f"no target {', '.join(map(repr, unknown))}: there are {', '.join(MODULES)}")
    if not (asked.seed == "random" or asked.seed.isdecimal()) or asked.processes < 1 or not asked.minutes > 0:
        parser.error("a seed is a number or random; there is a process or more, and some time")
    seed = random.SystemRandom().randrange(1 << 32) if asked.seed == "random" else int(asked.seed)
    print(f"seed {seed}, {asked.minutes:g} minutes of CPU over {asked.processes} processes", flush=True)
    try:
        findings = run_round(names, asked.minutes, seed, asked.processes, partial(print, flush=True), asked.into)
    except KeyboardInterrupt:
        print(f"stopped: what was found by now is in {asked.into}", flush=True)
        os._exit(130)  # The threads that wait for children are left: the children end as their pipes close.
    for found in findings:
        path = keep_case(asked.into, found if found.number is None else shrink_found(found))
        print(f"{found.target}, seed {found.seed}, number {found.number}: {found.answer.fault}")
        print(f"  again: python eval/fuzz.py --replay {path}", flush=True)
    return 1 if findings else 0


def replay(paths: list[Path]) -> int:
    """Try files of findings again and say what comes of each; 1 where one still fails."""
    failed = False
    for path in paths:
        try:
            name, case = open_case(path)
        except (OSError, ValueError) as error:
            print(f"{path}: no file that a finding was written to: {error}")
            failed = True
            continue
        with Child(name) as child:
            answer = child.try_case(case)
        failed = failed or bool(answer.fault)
        print(f"{path}: {answer.fault or ('no case' if answer.unfit else 'holds')}\n{answer.trace}".rstrip())
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
