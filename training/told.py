"""Stories with keys as material for matching: their readings, and which answers of them belong to which question."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sayso.record import Answer, Claim, Reading

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from eval.stories import list_stories, load_scorer, place_value  # noqa: E402

__all__ = ["ROOT", "Material", "Told", "label_events", "label_stories", "list_stories", "load_scorer", "place_value"]

Row = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """An answer in its claim and reading (`report` is the reading's place in the story). `points` are the questions of
    the key that it answers, among them as `alone` those over whose words no other figure or date lies, though it was
    read as another value than the key's; `near` those over whose words it lies beside others: it may answer them."""

    report: int
    claim: Claim
    answer: Answer
    points: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()


@dataclass
class Material:
    """A story, or a topic of real news: its readings and their answers. `seen` is true of what may be learnt from."""

    name: str
    readings: list[Reading]
    told: list[Told] = field(default_factory=list)
    seen: bool = True
    gold: Row = field(default_factory=dict)


def value_of(answer: Answer) -> Any:
    """An answer's value as the views print it."""
    if answer.kind == "figure":
        return {"low": answer.low, "high": answer.high}
    if answer.kind == "date":
        return {end: at and at.isoformat() for end, at in (("earliest", answer.earliest), ("latest", answer.latest))}
    return answer.word


def label_story(name: str, readings: list[Reading], key: Path, shared: Path, *, seen: bool) -> Material:
    """A story's answers with the questions of its key that they answer."""
    agrees = load_scorer(shared).agrees
    gold = json.loads(key.read_text("utf8"))
    texts = {reading.report.id: reading.report.text for reading in readings}
    wanted: dict[str, list[tuple[str, int, int, Any]]] = {}
    for point in gold["points"]:
        for value in point["values"]:
            if value["report"] in texts:
                start, end = place_value(value, texts[value["report"]])
                wanted.setdefault(value["report"], []).append((point["id"], start, end, value["value"]))
    found = Material(name, readings, seen=seen, gold=gold)
    kinds = {point["id"]: point["kind"] for point in gold["points"]}
    for n, reading in enumerate(readings):
        mine = wanted.get(reading.report.id, ())
        answers = [(claim, answer) for claim in reading.claims for answer in claim.answers]
        for claim, answer in answers:
            over = [w for w in mine if w[1] < answer.end and answer.start < w[2]]
            right = frozenset(w[0] for w in over if agrees(w[3], value_of(answer)))
            alone = frozenset(w[0] for w in over if answer.kind == kinds[w[0]] and lies_alone(answer, w, answers))
            near = frozenset(w[0] for w in over) - right - alone
            found.told.append(Told(n, claim, answer, right | alone, near, alone - right))
    return found


def lies_alone(answer: Answer, wanted: tuple[str, int, int, Any], answers: list[tuple[Claim, Answer]]) -> bool:
    """Whether a figure or date is the only one in the words of a key's value, whatever number or day it was read as."""
    _, start, end, _ = wanted
    inside = start <= answer.start and answer.end <= end and answer.kind in ("figure", "date")
    return inside and all(
        (a.start, a.end) == (answer.start, answer.end)
        for _, a in answers
        if a.kind == answer.kind and start < a.end and a.start < end
    )


def label_stories(shared: Path, read: Any) -> Iterator[Material]:
    """All stories with keys; `read` makes the readings of a path."""
    for story in list_stories(ROOT, shared):
        yield label_story(story.name, read(story.reports), story.key, shared, seen=story.seen)


def label_events(shared: Path, read: Any) -> Iterator[Material]:
    """The topics of ECB+ train (two alike events each): a claim answers whether each event in its words happened.
    Claims of sentences that were not annotated are left out."""
    path = shared / "data" / "real" / "ecbplus-train.jsonl"
    rows: dict[str, list[Row]] = {}
    for row in map(json.loads, path.read_text("utf8").splitlines()):
        rows.setdefault(row["topic"], []).append(row)
    for topic, some in rows.items():
        found = Material(f"ecb+{topic}", read(some))
        marks = {row["id"]: row for row in some}
        for n, reading in enumerate(found.readings):
            row = marks[reading.report.id]
            whole = [(s, e) for k, s, e in row["sentences"] if k in row["gold_sentences"]]
            events = [m for m in row["mentions"] if m["coref"] and m["cross"] and m["type"].startswith(("ACT", "NEG"))]
            for claim in reading.claims:
                if not any(s <= claim.start < e for s, e in whole):
                    continue
                inside = frozenset(m["coref"] for m in events if claim.start <= m["start"] and m["end"] <= claim.end)
                found.told += [Told(n, claim, a, inside) for a in claim.answers if a.kind == "yes-no"]
        yield found
