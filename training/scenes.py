"""Scenes (`scenes/README.md`): short reports with marked answers, as keys of stories: ``python training/scenes.py``.

Checks the files that are given, or all, and prints what is wrong with each.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from pathlib import Path

SCENES = Path(__file__).with_name("scenes")
KINDS = ("figure", "date", "words")
RELATIONS = ("revision", "contradiction", "scope", "compatible", "unclear")
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


def read_scenes(paths: Iterable[Path] = ()) -> Iterator[Scene]:
    """The scenes of some files, or of all. Raises ValueError for a line that is none."""
    for path in sorted(paths) or sorted(SCENES.glob("*.txt")):
        yield parse_scene(path.stem, path.read_text("utf8"))


def parse_scene(name: str, text: str) -> Scene:
    """A scene of its file's text. Raises ValueError."""
    opening, *parts = re.split(r"^(?=== )", text, flags=re.MULTILINE)
    questions = {}
    for line in filter(None, map(str.strip, opening.splitlines()[1:])):
        if not (found := QUESTION.fullmatch(line)) or found["kind"] not in KINDS:
            raise ValueError(f"no question: {line!r}")
        questions[found["name"]] = found["kind"]
    standing = {}
    if parts:
        kept = []
        for line in parts[-1].splitlines():
            if found := STANDING.fullmatch(line.strip()):
                for pair in re.split(r", *", found["pairs"]):
                    letters, relation = pair.split(" ")
                    a, b = sorted(letters.split("/"))
                    standing[found["name"], a, b] = relation
            else:
                kept.append(line)
        parts[-1] = "\n".join(kept)
    return Scene(name, questions, tuple(map(parse_teller, parts)), standing)


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
    return Teller(
        found["outlet"], datetime.fromisoformat(found["published"]), text.partition("\n")[0], text, tuple(marks)
    )


def find_faults(scene: Scene) -> Iterator[str]:
    """What is wrong with a scene, a line each."""
    marks = [(m, t) for t in scene.tellers for m in t.marks]
    if not 4 <= len(scene.tellers) <= 6:
        yield f"{len(scene.tellers)} reports; 4 to 6 are asked"
    for name in sorted({m.question for m, _ in marks} - scene.questions.keys()):
        yield f"marks of {name!r}, which is no question"
    for name, kind in scene.questions.items():
        mine = [(m, t) for m, t in marks if m.question == name]
        if len({t.outlet for _, t in mine}) < 2:
            yield f"{name}: answered by fewer than two reports"
        letters = {m.letter for m, _ in mine}
        for pair in combinations(sorted(letters), 2):
            if len(letters) <= 3 and (name, *pair) not in scene.standing:
                yield f"{name}: how {'/'.join(pair)} stand is not said"
        for m, t in mine:
            words = t.text[m.start : m.end]
            if kind == "figure" and len(words.split()) > 9:
                yield f"{name}: long for a figure: {words!r}"
            if kind == "words" and len(words.split()) > 25:
                yield f"{name}: long for an answer: {words!r}"
    for (name, a, b), relation in scene.standing.items():
        known = {m.letter for m, _ in marks if m.question == name}
        if relation not in RELATIONS or not {a, b} <= known:
            yield f"{name}: {a}/{b} {relation}: no such answers or relation"


def main() -> int:
    """Check; 1 where something is wrong."""
    wrong, count = 0, Counter[str]()
    for path in map(Path, sys.argv[1:]) if sys.argv[1:] else sorted(SCENES.glob("*.txt")):
        try:
            scene = parse_scene(path.stem, path.read_text("utf8"))
            faults = list(find_faults(scene))
        except ValueError as error:
            faults = [str(error)]
        else:
            count.update(scenes=1, reports=len(scene.tellers), marks=sum(len(t.marks) for t in scene.tellers))
        for fault in faults:
            print(f"{path.name}: {fault}")
        wrong += bool(faults)
    print(", ".join(f"{n} {what}" for what, n in count.items()))
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
