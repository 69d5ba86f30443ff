"""Labelled sets of texts and pairs that lie beside the checkout: what each measures, and its figures with cases."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stories import Score, load_scorer

ROOT = Path(__file__).resolve().parents[1]
SAYSO = [sys.executable, "-m", "sayso.cli"]
Row = dict[str, Any]


@dataclass(frozen=True)
class Set:
    """A labelled set. `seen` is true where its rows were read by those who build; `reads` where nothing is weighed."""

    measure: Callable[[Path], Iterator[Score]]
    seen: bool
    reads: bool = True
    slow: bool = False


def measure_set(shared: Path, name: str) -> list[Score]:
    """The figures of a set, none where its data is absent."""
    try:
        return list(SETS[name].measure(shared))
    except FileNotFoundError as missing:
        print(f"skipped {name}: {missing.filename} is absent")
        return []


def run_sayso(*words: str) -> list[Row]:
    """The JSON Lines that a command of sayso prints."""
    done = subprocess.run([*SAYSO, *words], capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"sayso {' '.join(words)}: {done.stderr}")
    return [json.loads(line) for line in done.stdout.split("\n") if line]


def read_rows(path: Path) -> dict[str, Row]:
    """The rows of a file of JSON Lines by id, or by number where they have none."""
    lines = path.read_text(encoding="utf8").split("\n")
    return {str(row.get("id", n)): row for n, row in enumerate(map(json.loads, filter(None, lines)))}


def measure_attributions(shared: Path) -> Iterator[Score]:
    """PolNeAR's development part."""
    path = shared / "data" / "attribution" / "dev.jsonl"
    found = load_scorer(shared).attribution(read_rows(path), by_id(run_sayso("read", str(path), "--format", "jsonl")))
    yield Score("whole, overlap F1", found["whole_attribution_overlap"]["f1"])
    for role in ("source", "cue", "content"):
        yield Score(f"{role}, exact F1", found[role]["exact"]["f1"])


def measure_times(shared: Path) -> Iterator[Score]:
    """MEANTIME."""
    path = shared / "data" / "times" / "dev.jsonl"
    found = load_scorer(shared).times(read_rows(path), by_id(run_sayso("read", str(path), "--format", "jsonl")))
    yield Score("relaxed F1", found["relaxed"]["f1"])
    yield Score("value F1", found["value"]["f1"])


def measure_places(shared: Path) -> Iterator[Score]:
    """LGL and GeoVirus."""
    for name in ("lgl", "geovirus"):
        path = shared / "data" / "places" / f"{name}.jsonl"
        found = load_scorer(shared).places(read_rows(path), by_id(run_sayso("read", str(path), "--format", "jsonl")))
        yield Score(f"{name}, tagging F1", found["tagging_exact"]["f1"])
        yield Score(f"{name}, within 161 km", found["acc161_end_to_end"])


def measure_pairs(shared: Path) -> Iterator[Score]:
    """Real pairs: paraphrases, answers, entailment, stances."""
    real = shared / "data" / "real"
    for name in ("paraphrases-dev", "answer-pairs-dev", "entailment-dev"):
        gold = read_rows(real / f"{name}.jsonl")
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf8") as file:
            file.writelines(json.dumps({k: r[k] for k in ("id", "a", "b")}) + "\n" for r in gold.values())
            file.flush()
            told = by_id(run_sayso("compare", file.name, "--format", "jsonl"))
        found = load_scorer(shared).same(gold, told)
        if "same" in found:
            yield Score(f"{name}, same F1", found["same"]["f1"])
            yield Score(f"{name}, balanced accuracy", found["balanced_accuracy"])
        else:
            yield Score(f"{name}, contradiction F1", found["contradiction"]["f1"])
        yield Score(f"{name}, one thing not called a contradiction", 100 - found["one_thing_called_contradiction"])
    path = shared / "data" / "pairs" / "emergent-dev.jsonl"
    told = by_id(run_sayso("compare", str(path), "--format", "jsonl"))
    yield Score("emergent-dev, stance accuracy", load_scorer(shared).pairs(read_rows(path), told)["accuracy"])


def measure_cases(shared: Path) -> Iterator[Score]:
    """The small inputs of ``cases/``, all and those of the kinds that reading decides."""
    folder = shared / "cases"
    if not folder.exists():
        raise FileNotFoundError(2, "absent", str(folder))
    lines = run_cases(folder)
    kinds = {line.split()[0]: line.split()[1] for line in run_cases(folder, "--list") if len(line.split()) == 3}
    good = {line.split()[0]: line.endswith(": ok") for line in lines if line[:2].isdigit()}
    yield Score("all", share(list(good.values())), tuple(good.values()))
    wanted = tuple(ok for number, ok in good.items() if kinds[number] in "BCF")
    yield Score("kinds B, C, F", share(list(wanted)), wanted)


def run_cases(folder: Path, *words: str) -> list[str]:
    """The lines that the runner of the small inputs prints."""
    runner = [sys.executable, str(folder / "cases.py"), str(folder), *words]
    return subprocess.run(runner, capture_output=True, text=True, cwd=ROOT, check=False).stdout.splitlines()


def measure_phrases(_: Path) -> Iterator[Score]:
    """The table of assertion phrases: how the words of each row stand. Half was written by hands that saw no code."""
    from phrases import score_phrases

    yield from score_phrases(ROOT / "eval" / "phrases")


def measure_backings(_: Path) -> Iterator[Score]:
    """Pairs of claims of the stories that are asked only, judged by a reader: whether one bears out the other."""
    from backings import score_backings

    yield from score_backings(ROOT / "eval" / "backings" / "asked.jsonl")


def by_id(rows: list[Row]) -> dict[str, Row]:
    """Rows by id."""
    return {str(row["id"]): row for row in rows}


def share(passed: list[bool]) -> float:
    """The share of true ones in percent."""
    return round(100 * sum(passed) / max(1, len(passed)), 1)


SETS: dict[str, Set] = {
    "attributions (PolNeAR dev)": Set(measure_attributions, seen=True),
    "times (MEANTIME)": Set(measure_times, seen=True),
    "places": Set(measure_places, seen=True, slow=True),
    "pairs": Set(measure_pairs, seen=True, reads=False),
    "cases": Set(measure_cases, seen=True, reads=False, slow=True),
    "phrases": Set(measure_phrases, seen=False),
    "claims borne out": Set(measure_backings, seen=False, reads=False),
}
