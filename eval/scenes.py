"""Scenes (`scenes/README.md`): of answers that were marked by hand, how many are found: ``python eval/scenes.py``.

    scenes.py [--check] [FILE ...]

Reads the reports of the scenes, all or those of some files, and prints for each kind of answer how many are marked, the
share of marks that a claim lies over, and of those that an answer of their kind lies over. With `--check`, nothing is
read: what is wrong with the form of each scene is printed.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

SCENES = Path(__file__).with_name("scenes")
KINDS = ("figure", "date", "words")
RELATIONS = ("revision", "contradiction", "scope", "compatible", "unclear")
FEWEST, MOST = 4, 6
"""Reports of a scene."""
LONGEST = {"figure": 9, "date": 20, "words": 25}
"""Words of a mark, at most."""
ALL_SAID = 3
"""Answers to a question of which it is said how each two stand, at most."""
QUESTION = re.compile(r"\? (?P<name>[a-z][a-z0-9_]*) (?P<kind>\w+) (?P<question>.+)")
HEAD = re.compile(r"== (?P<outlet>[^|]+?) *\| *(?P<published>\d{4}-\d\d-\d\d(?: \d\d:\d\d)?)")
MARK = re.compile(r"\[(?P<name>[a-z][a-z0-9_]*)\.(?P<letter>[a-z])\|(?P<words>[^\[\]|]+)\]")
STANDING = re.compile(r"(?P<name>[a-z][a-z0-9_]*): (?P<pairs>[a-z]/[a-z] \w+(?:, *[a-z]/[a-z] \w+)*)")


@dataclass(frozen=True)
class Mark:
    """Words of a report that answer a question; `letter` says which answer they give."""

    question: str
    letter: str
    start: int
    end: int


@dataclass(frozen=True)
class Teller:
    """A report of a scene: its text is headline, empty line and body."""

    outlet: str
    published: datetime
    title: str
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Scene:
    """A matter: `questions` are their kinds by name, `standing` says how two letters of a question stand."""

    name: str
    questions: dict[str, str]
    tellers: tuple[Teller, ...]
    standing: dict[tuple[str, str, str], str]


def parse_scene(name: str, text: str) -> Scene:
    """A scene of its file's text. Raises ValueError."""
    opening, *parts = re.split(r"^(?=== )", text, flags=re.MULTILINE)
    questions = {}
    for line in filter(None, map(str.strip, opening.splitlines()[1:])):
        if not (found := QUESTION.fullmatch(line)) or found["kind"] not in KINDS:
            raise ValueError(f"no question: {line!r}")
        questions[found["name"]] = found["kind"]
    lines = parts.pop().splitlines() if parts else []
    told = [line for line in lines if not STANDING.fullmatch(line.strip())]
    standing = dict(pair for line in lines for pair in parse_standing(line))
    return Scene(name, questions, tuple(map(parse_teller, [*parts, "\n".join(told)] if lines else [])), standing)


def parse_standing(line: str) -> Iterator[tuple[tuple[str, str, str], str]]:
    """How the answers of a question stand to each other, by its name and their letters; nothing of any other line."""
    if found := STANDING.fullmatch(line.strip()):
        for pair in re.split(r", *", found["pairs"]):
            letters, relation = pair.split(" ")
            a, b = sorted(letters.split("/"))
            yield (found["name"], a, b), relation


def parse_teller(part: str) -> Teller:
    """A report from its head on. Raises ValueError."""
    head, _, rest = part.partition("\n")
    if not (found := HEAD.fullmatch(head.strip())):
        raise ValueError(f"no head of a report: {head!r}")
    title, _, body = rest.strip().partition("\n")
    marks, text, at = [], "", 0
    marked = f"{title.strip()}\n\n{body.strip()}\n"
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        marks.append(Mark(mark["name"], mark["letter"], len(text), len(text) + len(mark["words"])))
        text += mark["words"]
        at = mark.end()
    text += marked[at:]
    if left := re.search(r"[\[\]|]", text):
        raise ValueError(f"no whole mark: {text[max(0, left.start() - 40) : left.end() + 40]!r}")
    published = datetime.fromisoformat(found["published"]).replace(tzinfo=UTC)
    return Teller(found["outlet"], published, text.partition("\n")[0], text, tuple(marks))


def find_faults(scene: Scene) -> Iterator[str]:
    """What is wrong with a scene, a line each."""
    marks = [(m, t) for t in scene.tellers for m in t.marks]
    if not FEWEST <= len(scene.tellers) <= MOST:
        yield f"{len(scene.tellers)} reports; {FEWEST} to {MOST} are asked"
    for name in sorted({m.question for m, _ in marks} - scene.questions.keys()):
        yield f"marks of {name!r}, which is no question"
    for name, kind in scene.questions.items():
        mine = [(m, t) for m, t in marks if m.question == name]
        if len({t.outlet for _, t in mine}) < 2:
            yield f"{name}: answered by fewer than two reports"
        letters = {m.letter for m, _ in mine}
        for pair in combinations(sorted(letters), 2):
            if len(letters) <= ALL_SAID and (name, *pair) not in scene.standing:
                yield f"{name}: how {'/'.join(pair)} stand is not said"
        for words in (t.text[m.start : m.end] for m, t in mine):
            if len(words.split()) > LONGEST[kind]:
                yield f"{name}: long for {kind}: {words!r}"
    for (name, a, b), relation in scene.standing.items():
        known = {m.letter for m, _ in marks if m.question == name}
        if relation not in RELATIONS or not {a, b} <= known:
            yield f"{name}: {a}/{b} {relation}: no such answers or relation"


def check_file(path: Path) -> list[str]:
    """What is wrong with the scene of a file, a line each."""
    try:
        return list(find_faults(parse_scene(path.stem, path.read_text("utf8"))))
    except ValueError as error:
        return [str(error)]


def measure_file(path: Path) -> Counter[Any]:
    """Of the marks of a scene by kind: how many there are, a claim lies over, and an answer of their kind lies over."""
    from sayso.extract import read_report
    from sayso.record import Report

    found: Counter[Any] = Counter()
    scene = parse_scene(path.stem, path.read_text("utf8"))
    for teller in scene.tellers:
        report = Report(
            id=teller.outlet, text=teller.text, title=teller.title, published=teller.published, language="en"
        )
        claims = read_report(report).claims
        answers = [a for claim in claims for a in claim.answers]
        for mark in teller.marks:
            kind = scene.questions[mark.question]
            mine = (a for a in answers if (a.kind if a.kind in KINDS else "words") == kind)
            found[kind] += 1
            found[kind, "claim"] += lies_over(mark, claims)
            found[kind, "answer"] += lies_over(mark, mine)
    return found


def lies_over(mark: Mark, spans: Any) -> bool:
    """Whether any of some spans has a part of a mark."""
    return any(mark.start < span.end and span.start < mark.end for span in spans)


def main() -> int:
    """Check or measure, and print; 1 where a scene is not of the form."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("files", type=Path, nargs="*")
    arguments.add_argument("--check", action="store_true", help="look at the form of the scenes only")
    chosen = arguments.parse_args()
    paths = sorted(chosen.files) or sorted(SCENES.glob("*.txt"))
    faults = [f"{path.name}: {fault}" for path in paths for fault in check_file(path)]
    print("\n".join([*faults, f"{len(paths)} scenes, {len(faults)} faults"]))
    if faults or chosen.check:
        return int(bool(faults))
    with ProcessPoolExecutor() as pool:
        total = sum(pool.map(measure_file, paths, chunksize=4), Counter[Any]())
    for kind in KINDS:
        under = (f"{what} {100 * total[kind, what] / max(1, total[kind]):.1f} %" for what in ("claim", "answer"))
        print(f"{kind:8} {total[kind]:6} marked; under a(n) {', '.join(under)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
