"""`make gate`: whether a change helps, on matter that nobody tuned for first.

    gate.py [SHARED] [--all] [--keep] [--lower FIGURE WHY]

Measures what a change can touch (a figure is measured again where the code that it rests on has changed), prints
every figure before and after with the cases **gained and lost**, and ends with exit status 1 where one has fallen by
more than its margin. `--keep` writes the figures down as the new floors (``eval/floors.json``): a floor that falls
needs a sentence, given by `--lower` and kept beside it. `--all` measures everything anew, and the slow figures too.

Figures of matter that was read while sayso was built ("seen") stand apart from those of matter that was not.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from sets import SETS, measure_set
from stories import Score, Story, list_stories, score_story

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "sayso"
FLOORS = ROOT / "eval" / "floors.json"
PAGE = ROOT / "docs" / "accuracy.md"
MARGIN = 1.0
"""Points by which a figure may fall before the gate closes: a mean over eight stories moves by half a point when one
case in a hundred does."""

READING = ("record", "who", "read", "extract", "tables", "models")
WEIGHING = (*READING, "weigh", "tell", "journey.py")
"""The parts of the code that figures of readings, and figures of pictures, rest on."""


@dataclass
class Figure:
    """A figure with its cases: what was measured, on matter `seen` or not, in percent, and which cases went well."""

    name: str
    value: float
    seen: bool
    cases: dict[str, bool] = field(default_factory=dict)
    better: str = "higher"

    @property
    def passed(self) -> str:
        """The cases as one hexadecimal number, a bit a case in order, so that a file of floors stays small."""
        bits = "".join("1" if good else "0" for good in self.cases.values())
        return f"{int(bits, 2):0{(len(bits) + 3) // 4}x}" if bits else ""


def digest_code(parts: Iterable[str]) -> str:
    """A digest of the code that a figure rests on."""
    digest = hashlib.sha256()
    for part in parts:
        path = SOURCE / part
        files = sorted(p for p in path.rglob("*") if p.is_file() and p.suffix != ".pyc") if path.is_dir() else [path]
        for file in files:
            if file.exists():
                digest.update(str(file.relative_to(SOURCE)).encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def measure_stories(shared: Path, *, check: bool) -> Iterator[Figure]:
    """The mean of every measure over the stories of a kind, and the worst story where the mean could hide it."""
    stories = list(list_stories(ROOT, shared))
    with ProcessPoolExecutor() as pool:
        scored = list(pool.map(partial(score_story, shared=shared, check=check), stories))
    for kind, chosen in group_stories(stories).items():
        of_kind = [(story.name, scores) for story, scores in zip(stories, scored, strict=True) if story in chosen]
        for n, first in enumerate(of_kind[0][1]):
            own = [(name, scores[n]) for name, scores in of_kind]
            yield Figure(
                name=f"{kind}: {first.measure}",
                value=round(sum(s.value for _, s in own) / len(own), 1),
                seen=chosen[0].seen,
                cases={f"{name} {k}": good for name, score in own for k, good in enumerate(score.passed)},
                better="lower" if "alarms" in first.measure else "higher",
            )


def group_stories(stories: Iterable[Story]) -> dict[str, list[Story]]:
    """Stories by kind: asked only, own ones that are learnt from, Kursk, real ones."""
    kinds: dict[str, list[Story]] = {}
    for story in stories:
        real = story.reports.suffix == ".jsonl"
        kind = "asked only" if not story.seen else "kursk" if story.name == "kursk" else "real" if real else "own"
        kinds.setdefault(kind, []).append(story)
    return dict(sorted(kinds.items()))


def measure_all(shared: Path, kept: dict[str, Any], *, everything: bool) -> Iterator[tuple[str, list[Figure]]]:
    """The figures of each group whose code has changed, with the digest of that code."""
    groups: list[tuple[str, tuple[str, ...], Callable[[], Iterable[Figure]]]] = [
        ("stories", WEIGHING, lambda: measure_stories(shared, check=everything)),
        *(
            (name, READING if chosen.reads else WEIGHING, partial(measure_set_figures, shared, name))
            for name, chosen in SETS.items()
            if everything or not chosen.slow
        ),
    ]
    for name, parts, measure in groups:
        code = digest_code(parts)
        if not everything and kept.get("code", {}).get(name) == code:
            print(f"unchanged: {name}")
            continue
        yield f"{name} {code}", list(measure())


def measure_set_figures(shared: Path, name: str) -> list[Figure]:
    """The figures of one set."""
    return [Figure(f"{name}: {s.measure}", s.value, SETS[name].seen, number(s)) for s in measure_set(shared, name)]


def number(score: Score) -> dict[str, bool]:
    """A score's cases by their number."""
    return {str(n): good for n, good in enumerate(score.passed)}


def compare(figure: Figure, before: dict[str, Any] | None) -> tuple[str, bool]:
    """A line on a figure, and whether it has fallen too far."""
    if before is None:
        return f"{figure.name:48} {'':>6} {figure.value:6}  new", False
    change = figure.value - before["value"]
    worse = -change if figure.better == "higher" else change
    line = f"{figure.name:48} {before['value']:6} {figure.value:6}  {change:+.1f}"
    width = len(figure.cases)
    if before.get("passed") and width and width == before.get("of"):
        was = f"{int(before['passed'], 16):0{width}b}"
        names = list(figure.cases)
        gained = [n for n, a, b in zip(names, was, figure.cases.values(), strict=True) if b and a == "0"]
        lost = [n for n, a, b in zip(names, was, figure.cases.values(), strict=True) if not b and a == "1"]
        if gained or lost:
            line += f"  gained {len(gained)}: {show(gained)}  lost {len(lost)}: {show(lost)}"
    margin = MARGIN if figure.better == "higher" else MARGIN / 10
    return line, worse > margin


SHOWN = 6


def show(names: list[str]) -> str:
    """A few names of cases."""
    return "; ".join(names[:SHOWN]) + (" ..." if len(names) > SHOWN else "") or "none"


def write_page(figures: dict[str, Any]) -> None:
    """Put the figures into the accuracy page, those of matter that nobody tuned for before the others."""
    page = PAGE.read_text(encoding="utf8")
    for part, seen in (("unseen", False), ("seen", True)):
        rows = [f"| {name.replace(': ', ' | ', 1)} | **{row['value']}** |" for name, row in sorted(figures.items())
                if row["seen"] is seen]  # fmt: skip
        table = "\n".join(["| matter | measure | figure |", "|---|---|---|", *rows])
        begin, end = f"<!-- {part} begins -->", f"<!-- {part} ends -->"
        head, rest = page.split(begin, 1)
        page = f"{head}{begin}\n{table}\n{end}{rest.split(end, 1)[1]}"
    PAGE.write_text(page, encoding="utf8")


def main(arguments: list[str]) -> int:
    """Measure, print, and keep the figures where asked to."""
    lowered: dict[str, str] = {}
    while "--lower" in arguments:
        at = arguments.index("--lower")
        name, why = arguments[at + 1 : at + 3]
        lowered[name] = why
        del arguments[at : at + 3]
    options = {a for a in arguments if a.startswith("--")}
    paths = [a for a in arguments if not a.startswith("--")]
    shared = Path(paths[0]) if paths else ROOT.parent / "shared"
    kept: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf8")) if FLOORS.exists() else {}
    floors, codes = kept.setdefault("figures", {}), kept.setdefault("code", {})
    fallen = []
    for group, figures in measure_all(shared, kept, everything="--all" in options):
        name, code = group.rsplit(" ", 1)
        for figure in sorted(figures, key=lambda f: (f.seen, f.name)):
            line, fell = compare(figure, floors.get(figure.name))
            fell = fell and figure.name not in lowered
            fallen += [figure.name] * fell
            print(("seen    " if figure.seen else "UNSEEN  ") + line + ("  FALLEN" if fell else ""))
            row = {"value": figure.value, "of": len(figure.cases), "passed": figure.passed, "seen": figure.seen}
            why = lowered.get(figure.name) or (floors.get(figure.name) or {}).get("lowered", "")
            if not fell:
                floors[figure.name] = row | ({"lowered": why} if why else {})
        codes[name] = code
    if "--keep" in options and not fallen:
        FLOORS.write_text(json.dumps(kept, indent=0, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf8")
        write_page(floors)
    for name in fallen:
        print(f"{name} has fallen by more than the margin: mend it, or say why with --lower {name!r} WHY")
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
