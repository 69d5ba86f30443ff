"""Stories with keys as material for matching: their readings, and which answers of them belong to which question."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sayso.extract.claims.clauses import find_head
from sayso.extract.meanings.vectors import range_of
from sayso.extract.parsers import parse_text
from sayso.grammar.parses import Parse
from sayso.record import Answer, Claim, Reading

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from eval.stories import list_stories, load_scorer, place_value  # noqa: E402

__all__ = ["ROOT", "Material", "Told", "label_events", "label_stories", "list_stories", "load_scorer", "place_value"]

Row = dict[str, Any]

ROLES = ("figure", "person", "state")
"""Kinds of answers of which an event may have several, each in another part: who did it, and to whom."""


@dataclass(frozen=True)
class Told:
    """An answer in its claim and reading (`report` is the reading's place in the story). `points` are the questions of
    the key that it answers; `near` those over whose words it lies with another value: it may or may not answer
    them."""

    report: int
    claim: Claim
    answer: Answer
    points: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()


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
    for n, reading in enumerate(readings):
        for claim in reading.claims:
            for answer in claim.answers:
                over = [w for w in wanted.get(reading.report.id, ()) if w[1] < answer.end and answer.start < w[2]]
                right = frozenset(w[0] for w in over if agrees(w[3], value_of(answer)))
                near = frozenset(w[0] for w in over) - right
                found.told.append(Told(n, claim, answer, right, near))
    return found


def label_stories(shared: Path, read: Any) -> Iterator[Material]:
    """All stories with keys; `read` makes the readings of a path."""
    for story in list_stories(ROOT, shared):
        yield label_story(story.name, read(story.reports), story.key, shared, seen=story.seen)


def label_events(shared: Path, read: Any) -> Iterator[Material]:
    """The topics of ECB+ train (two alike events each): a claim answers whether each event in its words happened, and
    any other answer what the event that it hangs from is asked for: when, who did it, how many, where. Claims of sentences
    that were not annotated are left out."""
    path = shared / "data" / "real" / "ecbplus-train.jsonl"
    rows: dict[str, list[Row]] = {}
    for row in map(json.loads, path.read_text("utf8").splitlines()):
        rows.setdefault(row["topic"], []).append(row)
    for topic, some in rows.items():
        found = Material(f"ecb+{topic}", read(some))
        marks = {row["id"]: row for row in some}
        for n, reading in enumerate(found.readings):
            row, parse = marks[reading.report.id], parse_text(reading.report.text)
            whole = [(s, e) for k, s, e in row["sentences"] if k in row["gold_sentences"]]
            events = [m for m in row["mentions"] if m["coref"] and m["cross"] and m["type"].startswith(("ACT", "NEG"))]
            for claim in reading.claims:
                if not any(s <= claim.start < e for s, e in whole):
                    continue
                inside = frozenset(m["coref"] for m in events if claim.start <= m["start"] and m["end"] <= claim.end)
                for answer in claim.answers:
                    points = inside if answer.kind == "yes-no" else frozenset(ask_event(parse, answer, events))
                    found.told.append(Told(n, claim, answer, points))
        yield found


def ask_event(parse: Parse, answer: Answer, events: list[Row]) -> Iterator[str]:
    """What an answer tells of the event that its words hang from, with no other verb between: the event, the kind of the
    answer and its part in it."""
    first, end = range_of(parse, answer.start, answer.end)
    at = find_head(parse, first, end)
    for above in parse.ancestors(at):
        token = parse.tokens[above]
        event = next((m for m in events if m["start"] <= token.start < m["end"]), None)
        if event is not None:
            yield f"{event['coref']} {answer.kind} {answer.role if answer.kind in ROLES else ''} {answer.unit}"
        if event is not None or token.pos == "VERB":
            return
