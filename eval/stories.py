"""What sayso makes of one story with a gold key: origins, independence, values, chains, points, planted errors.

A story is a folder of reports (or a file of JSON Lines) and a key in the form of ``../shared/stories/kursk/README.md``.
It is read and weighed once; every measure looks at the same picture. The scorer is the one that others use on sayso
(``../shared/eval/score.py``), on what the views print.
"""

from __future__ import annotations

import importlib.util
import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from sayso.forms import row_of_reading
from sayso.journey import know, read_all
from sayso.record import Flag, Picture, Reading
from sayso.tell.views import show_origins, show_points
from sayso.weigh.facts import gather_facts
from sayso.weigh.voices import count_voices

Row = dict[str, Any]


@dataclass(frozen=True)
class Story:
    """Where a story lies. `seen` is true of one that may be read and learnt from by those who build sayso."""

    name: str
    reports: Path
    key: Path
    seen: bool


@dataclass(frozen=True)
class Score:
    """One figure, in percent, and which of its cases went well, in the order of the key."""

    measure: str
    value: float
    passed: tuple[bool, ...] = ()


def list_stories(root: Path, shared: Path) -> Iterator[Story]:
    """Every story at hand: our own (`asked` ones unseen), the Kursk story, and real ones with keys."""
    for folder in sorted((root / "training" / "stories").glob("*/gold.json")):
        yield Story(folder.parent.name, folder.parent / "reports", folder, seen=True)
    for folder in sorted((root / "training" / "stories" / "asked").glob("*/gold.json")):
        yield Story(folder.parent.name, folder.parent / "reports", folder, seen=False)
    kursk = shared / "stories" / "kursk"
    if kursk.exists():
        yield Story("kursk", kursk / "reports", kursk / "gold.json", seen=True)
    for key in sorted(
        [*(shared / "stories" / "real").glob("*.gold.json"), *(root / "training" / "keys").glob("*.json")]
    ):
        name = key.name.removesuffix(".gold.json")
        texts = shared / "data" / "real" / "stories" / f"{name}.jsonl"
        if texts.exists():
            yield Story(name, texts, key, seen=True)


@cache
def load_scorer(shared: Path) -> ModuleType:
    """The scorer that lies beside the checkout."""
    spec = importlib.util.spec_from_file_location("score", shared / "eval" / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(shared / "eval" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score_story(story: Story, shared: Path, *, check: bool = False) -> list[Score]:
    """All figures of one story; with `check`, also the planted errors that `sayso check` finds, which takes long."""
    gold = json.loads(story.key.read_text(encoding="utf8"))
    readings = [item for item in read_all([str(story.reports)]) if isinstance(item, Reading)]
    picture = know(readings)
    scorer = load_scorer(shared)
    rows = [row_of_reading(reading) for reading in readings]
    with tempfile.TemporaryDirectory() as folder:
        read, told = Path(folder) / "read.jsonl", Path(folder) / "points.json"
        read.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
        told.write_text(json.dumps(list(show_points(picture))), encoding="utf8")
        values = scorer.values(story.key, read)
        points = scorer.points(story.key, told, read)
    origins = scorer.origins(story.key, {row["id"]: row for row in show_origins(picture)})
    independent = list(count_gold_points(gold, readings, picture))
    chains = list(name_gold_sources(gold, {row["id"]: row for row in rows}))
    scores = [
        Score("origins, pairs F1", origins["same_origin_pairs"]["f1"]),
        Score("independent origins, gold points", percent(independent), tuple(independent)),
        Score("values under a claim", values["claim"]),
        Score("values read", values["reading"]),
        Score("values as answers", values["answer"]),
        Score("sources named", percent(chains), tuple(chains)),
        Score("points, mean F1", points["mean_point_f1"], tuple(f >= HALF for f in points["per_point"].values())),
        Score("relations right", points["relations_right"]),
        Score("independent origins, own points", points["origins_counted"]),
    ]
    from briefs import measure_brief  # It imports this module.

    brief = measure_brief(picture, gold, scorer)
    opened, newest = tuple(brief["told"]), tuple(brief["newest"])
    scores += [
        Score("brief: open points on the front page", percent(opened), opened),
        Score("brief: newest value of a figure first", percent(newest), newest),
        Score("brief: no fault in any sentence", 100.0 * (not brief["faults"])),
    ]
    return [*scores, *check_story(story, gold, readings, shared)] if check else scores


HALF = 50.0
"""F1 from which a gold point counts as a case found."""


def check_story(story: Story, gold: Row, readings: Sequence[Reading], shared: Path) -> list[Score]:
    """Planted errors found when each report is checked against the others, those that are at least not told as
    corroborated, and other alarms a report."""
    from sayso.weigh.checks import ALARMS, check_article

    flags = {reading.report.id: check_article(reading, readings).flags for reading in readings}
    checked = {
        report: {"flags": [{"start": f.start, "end": f.end, "quote": f.quote} for f in some if f.kind in ALARMS]}
        for report, some in flags.items()
    }
    found = load_scorer(shared).errors(story.key, checked)
    honest = tuple(not is_corroborated(error["text"], flags.get(error["report"], ())) for error in gold["errors"])
    return [
        Score("planted errors found", round(100 * found["planted_found"] / max(1, found["planted"]), 1)),
        Score("planted errors not told as corroborated", percent(honest), honest),
        Score("other alarms a report", round((found["flags"] - found["flags_on_planted"]) / len(readings), 2)),
    ]


def is_corroborated(words: str, flags: Sequence[Flag]) -> bool:
    """Whether a check says of some words that several origins bear them out, and objects to them nowhere."""
    from sayso.weigh.checks import ALARMS

    kinds = {flag.kind for flag in flags if words in flag.quote or flag.quote in words}
    return "corroborated" in kinds and not kinds & ALARMS


def percent(passed: Sequence[bool]) -> float:
    """The share of true ones in percent, to a tenth."""
    return round(100 * sum(passed) / len(passed), 1) if passed else 0.0


def place_value(value: Row, text: str) -> tuple[int, int]:
    """Where a gold value's words stand in its report."""
    start = value["start"] if "start" in value else text.find(value["text"])
    return start, start + len(value["text"])


def count_gold_points(gold: Row, readings: Sequence[Reading], picture: Picture) -> Iterator[bool]:
    """Of each gold point, whether the number of independent origins behind its values is right (bounds at most 2
    apart), whatever points sayso made: the claims over its values are weighed, and their voices counted."""
    by_id = {reading.report.id: reading for reading in readings}
    facts = {fact.claim.id: fact for fact in gather_facts(readings, picture.provenance, picture.origins)}
    for point in gold["points"]:
        told = {}
        for value in point["values"]:
            reading = by_id.get(value["report"])
            if reading is None:
                continue
            start, end = place_value(value, reading.report.text)
            over = [c for c in reading.claims if c.start < end and start < c.end]
            if over:
                best = max(over, key=lambda c: (min(c.end, end) - max(c.start, start), c.start - c.end))
                if best.id in facts:
                    told[best.id] = facts[best.id]
        low, high = count_voices(sorted(told.values(), key=lambda f: (f.said, f.order)))
        yield low <= gold["independent_origins"][point["id"]] <= high <= low + 2


OWN_VOICE = "own voice"
NOBODY = ("no source", "columnist", "nobody")
SMALL = frozenset("an a the of and source sources official officials unnamed".split())


def name_gold_sources(gold: Row, readings: dict[str, Row]) -> Iterator[bool]:
    """Of each gold value that has a source, whether the chain of a claim over it names that source."""
    for value in (v for point in gold["points"] for v in point["values"] if v.get("source")):
        reading = readings.get(value["report"])
        if reading is None:
            yield False
            continue
        start, end = place_value(value, reading["text"])
        claims = [c for c in reading["claims"] if c["start"] < end and start < c["end"]]
        yield any(names_source(value["source"], list_chain(reading, c)) for c in claims)


def list_chain(reading: Row, claim: Row) -> list[str]:
    """Everybody in a claim's chain: the outlet, the wire in whose name the report is, relayed outlets, the speaker."""
    chain = [reading["outlet"]]
    if claim["attribution"] is None:
        return [*chain, reading["author"], OWN_VOICE]
    found = reading["attributions"][claim["attribution"]]
    speaker = found["speaker"] or {}
    return [*chain, *found["via"], *(speaker.get(key) or "" for key in ("name", "role", "affiliation"))]


def names_source(wanted: str, chain: list[str]) -> bool:
    """Whether a chain names a gold source: a shared word of its name, or its initials."""
    if wanted.lower().startswith(NOBODY):
        return OWN_VOICE in chain
    for part in re.split(r",|\(|\)| to the | citing | as told by |ascribed to|really|quoted by", wanted):
        mine = words_of(part)
        for link in filter(None, chain):
            theirs = words_of(link)
            if mine & theirs or link in initials_of(part) or part.strip() in initials_of(link):
                return True
    return False


def words_of(name: str) -> set[str]:
    """The words of a name in small letters, plural endings off."""
    return {w.lower().removesuffix("s") for w in re.findall(r"[^\W_]+", name)} - SMALL


def initials_of(name: str) -> set[str]:
    """The initials of a name of two words or more."""
    letters = "".join(w[0] for w in name.split() if w[:1].isupper())
    return {letters} if len(letters) > 1 else set()
