"""Learn what the signs weigh that a clause goes on with what somebody beside it says: ``python training/flows.py``.

Reads every story under ``training/stories`` that is not asked only; of each value whose source its key names and whose
clause nobody is said to say, the likely speakers beside it are rows, true where the source is that speaker. Prints what
weights learnt on the other stories find (leave one out), writes ``src/sayso/tables/flow_weights.tsv``. Logistic
regression with a ridge by Newton's method; no random numbers.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sayso.extract.assertions import survey_assertions
from sayso.extract.claims.clauses import Clause, cut_clauses
from sayso.extract.claims.flows import CARRIED_FROM, Flow, Signs, is_stating
from sayso.extract.parsers import parse_text
from sayso.journey import read_all
from sayso.record import Reading

ROOT = Path(__file__).resolve().parents[1]
STORIES = ROOT / "training" / "stories"
TABLE = ROOT / "src" / "sayso" / "tables" / "flow_weights.tsv"
RIDGE = 3.0
RAREST = 8
"""A sign that fewer rows show is left out: nothing can be learnt from it."""

Matrix = np.ndarray[Any, np.dtype[np.float64]]

sys.path.append(str(ROOT / "eval"))
from stories import OWN_VOICE, names_source, place_value  # noqa: E402


@dataclass(frozen=True)
class Case:
    """A clause in the outlet's own voice: the signs of each who may say it, and whether that is the known source."""

    signs: tuple[Signs, ...]
    true: tuple[bool, ...]


def read_story(key: Path) -> list[Case]:
    """The cases of a story."""
    gold = json.loads(key.read_text("utf8"))
    values: dict[str, list[Any]] = {}
    for value in (v for point in gold["points"] for v in point["values"] if v.get("source")):
        values.setdefault(value["report"], []).append(value)
    readings = [i for i in read_all([str(key.parent / "reports")]) if isinstance(i, Reading)]
    return [case for r in readings for case in read_cases(r, values.get(r.report.id, []))]


def read_cases(reading: Reading, values: list[Any]) -> Iterator[Case]:
    """The cases of a report, each clause once."""
    parse = parse_text(reading.report.text)
    clauses = cut_clauses(reading, parse, survey_assertions(parse))
    flow = Flow(reading, parse)
    seen = set()
    for value in values:
        start, end = place_value(value, reading.report.text)
        over = [c for c in clauses if c.start < end and start < c.end]
        if not over or any(c.attribution is not None for c in over):
            continue
        clause = max(over, key=lambda c: (min(c.end, end) - max(c.start, start), c.start - c.end))
        if (clause.start, value["source"]) in seen:
            continue
        seen.add((clause.start, value["source"]))
        if case := make_case(reading, flow, clause, value["source"]):
            yield case


def make_case(reading: Reading, flow: Flow, clause: Clause, source: str) -> Case | None:
    """The case of a clause whose source is known, None where nobody may say it but the outlet, or the outlet speaks."""
    own = names_source(source, [reading.report.outlet, reading.report.author, OWN_VOICE])
    signs, true = [], []
    for where, voice, other in flow.list_beside(clause):
        said = reading.attributions[voice.index]
        if not is_stating(said) or said.speaker is None:
            continue
        chain = [*said.via, said.speaker.name, said.speaker.role, said.speaker.affiliation]
        signs.append(flow.find_signs(clause, where, voice, other))
        true.append(names_source(source, chain))
    if own and any(true):
        return None  # an outlet of the speaker's own, or of a name with one word like the speaker's
    return Case(tuple(signs), tuple(true)) if signs else None


def learn(cases: list[Case]) -> dict[str, float]:
    """The weights of the signs."""
    rows = [signs for case in cases for signs in case.signs]
    truth = np.array([true for case in cases for true in case.true], np.float64)
    counts: dict[str, int] = {}
    for signs in rows:
        for name in signs:
            counts[name] = counts.get(name, 0) + 1
    names = sorted(name for name, n in counts.items() if n >= RAREST)
    column = {name: n for n, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    for row, signs in enumerate(rows):
        for name, value in signs.items():
            if name in column:
                x[row, column[name]] = value
    ridge = np.diag([0.01 if name.endswith(": always") else RIDGE for name in names])
    weights = np.zeros(len(names))
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weights))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + ridge, x.T @ (truth - p) - ridge @ weights)
        weights += step
        if np.abs(step).max() < 1e-8:
            break
    return dict(zip(names, weights, strict=True))


def judge(case: Case, weights: dict[str, float]) -> tuple[float, bool]:
    """The probability of the likeliest speaker of a case, and whether it is the source."""
    sums = [sum(v * weights.get(name, 0.0) for name, v in signs.items()) for signs in case.signs]
    best = max(range(len(sums)), key=sums.__getitem__)
    return 1 / (1 + np.exp(-sums[best])), case.true[best]


def main() -> None:
    """Learn, print, write."""
    keys = sorted(STORIES.glob("*/gold.json"))
    with ProcessPoolExecutor(2) as pool:
        stories = list(pool.map(read_story, keys))
    judged: list[tuple[float, bool, bool]] = []
    for n, cases in enumerate(stories):
        weights = learn([case for k, other in enumerate(stories) if k != n for case in other])
        judged += [(*judge(case, weights), any(case.true)) for case in cases]
    for least in (0.3, 0.4, CARRIED_FROM, 0.6, 0.7):
        given = [right for p, right, _ in judged if p >= least]
        wanted = sum(could for *_, could in judged)
        print(f"from {least}: {sum(given)} of {len(given)} right, {wanted} wanted, {len(judged)} clauses")
    table = learn([case for cases in stories for case in cases])
    lines = ["# Made by training/flows.py from the stories under training/stories.", "sign\tweight"]
    lines += [f"{name}\t{weight:.2f}" for name, weight in sorted(table.items())]
    TABLE.write_text("\n".join(lines) + "\n", "utf8")


if __name__ == "__main__":
    main()
