"""What a brief is worth: its length, what its front page holds, and what a proof-reader finds in it.

    python eval/briefs.py ../shared [STORY ...]

Over the stories that are asked only (nobody who mends has read them): words of the brief (as Markdown, citations and
all) to words of its reports, words of the front page, how many of the five gold points with a contradiction or revision
and most values stand on it in one line with two differing values or more, of how many gold figures that are told there
the newest value stands first, and the faults found in any sentence.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from stories import Story, list_stories, load_scorer, percent

from sayso.journey import know, read_all, tell
from sayso.record import Brief, Picture, Point, Reading, Section
from sayso.tell.markdown import render_markdown
from sayso.tell.proofs import find_faults
from sayso.tell.views import value_of

Row = dict[str, Any]
ROOT = Path(__file__).resolve().parents[1]
ASKED = 5
"""Open points of a story that should stand on its front page."""


def measure_brief(picture: Picture, gold: Row, scorer: Any) -> Row:
    """The figures of one story."""
    brief = tell(picture)
    words = sum(len(reading.report.text.split()) for reading in picture.readings)
    front = [section for section in brief.sections if section.front]
    page = Brief(title=brief.title, sections=tuple(front), picture=picture)
    texts = {reading.report.id: reading.report.text for reading in picture.readings}
    lines = list(list_lines(front))
    open_points = [point for point in gold["points"] if is_open(point)]
    open_points.sort(key=lambda point: (-len(point["values"]), point["id"]))
    told = [len({n for n, _ in find_told(p, lines, picture.points, texts, scorer)}) > 1 for p in open_points[:ASKED]]
    return {
        "share": len(render_markdown(brief).split()) / words,
        "front": len(render_markdown(page).split()),
        "told": told,
        "missed": [p["question"] for p, t in zip(open_points, told, strict=False) if not t],
        "newest": [
            n for p in gold["points"] if (n := shows_newest(p, lines, picture.points, texts, scorer)) is not None
        ],
        "faults": [
            (fault, sentence.text)
            for section in brief.sections
            for sentence in section.sentences
            for fault in find_faults(sentence.text, opening=False)
        ],
    }


def is_open(point: Row) -> bool:
    """Whether a gold point has values that exclude or replace each other."""
    return any(relation["relation"] in ("contradiction", "revision") for relation in point["relations"])


def list_lines(sections: Sequence[Section]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The lines of some sections, without the questions that they answer: sentences and rows, with the claims cited."""
    for section in sections:
        for sentence in section.sentences:
            yield re.sub(r"^[^?]*\?(?= )", "", sentence.text), sentence.claims
        for table in section.tables:
            for row in table.rows:
                yield " | ".join(row.cells[1:]), row.claims


def find_told(
    point: Row,
    lines: Sequence[tuple[str, tuple[str, ...]]],
    points: Sequence[Point],
    texts: dict[str, str],
    scorer: Any,
) -> list[tuple[str, int]]:
    """The values of a gold point that one line tells (that which tells most): each as JSON, and where in the line. A
    line tells a value where it has its words and cites a claim of the question that the value answers."""
    found: list[list[tuple[str, int]]] = []
    for text, claims in lines:
        here: dict[str, int] = {}
        shown = plain(text)
        for value in (v for p in points if any(v.claim in claims for v in p.values) for v in p.values):
            words = plain(value.words).strip(" .,;:")
            at = re.search(rf"(?<![\w.,]){re.escape(words)}(?!\w|[.,]\d)", shown) if words else None
            if at is None:
                continue
            for gold in point["values"]:
                start = gold["start"] if "start" in gold else texts.get(gold["report"], "").find(gold["text"])
                overlaps = start >= 0 and value.start < start + len(gold["text"]) and start < value.end
                if gold["report"] == value.report and overlaps and scorer.agrees(gold["value"], value_of(value)):
                    key = json.dumps(gold["value"], sort_keys=True)
                    here[key] = min(at.start(), here.get(key, at.start()))
        found.append(list(here.items()))
    return max(found, key=len, default=[])


def plain(words: str) -> str:
    """Words in small letters with one kind of quotation mark."""
    return re.sub(r"[“”\"‘’]", "'", " ".join(words.split())).casefold()


def shows_newest(
    point: Row,
    lines: Sequence[tuple[str, tuple[str, ...]]],
    points: Sequence[Point],
    texts: dict[str, str],
    scorer: Any,
) -> bool | None:
    """Whether the newest value of a gold figure stands first in the line that tells it; None where none does."""
    if point["kind"] != "figure" or len({json.dumps(v["value"], sort_keys=True) for v in point["values"]}) < 2:
        return None
    told = find_told(point, lines, points, texts, scorer)
    if not told:
        return None
    newest = max(str(v["as_of"] or "") for v in point["values"])
    wanted = {json.dumps(v["value"], sort_keys=True) for v in point["values"] if str(v["as_of"] or "") == newest}
    return min(told, key=lambda one: one[1])[0] in wanted


def main() -> None:
    """Print the figures."""
    shared, only = Path(sys.argv[1]), sys.argv[2:]
    stories: list[Story] = [s for s in list_stories(ROOT, shared) if (s.name in only if only else not s.seen)]
    scorer, found = load_scorer(shared), []
    for story in stories:
        readings = [item for item in read_all([str(story.reports)]) if isinstance(item, Reading)]
        row = measure_brief(know(readings), json.loads(story.key.read_text(encoding="utf8")), scorer)
        found.append(row)
        told, newest = sum(row["told"]), row["newest"]
        print(
            f"{story.name:12} words {row['share']:.2f}, front page {row['front']}, "
            f"open points {told} of {len(row['told'])}, newest first {sum(newest)} of {len(newest)}, "
            f"faults {len(row['faults'])}"
        )
        for fault, sentence in row["faults"]:
            print(f"             {fault}: {sentence}")
    all_told, all_newest = ([passed for row in found for passed in row[name]] for name in ("told", "newest"))
    print(
        f"all          words at most {max(row['share'] for row in found):.2f}, "
        f"front page at most {max(row['front'] for row in found)}, open points {percent(all_told)} %, "
        f"newest first {percent(all_newest)} %, faults {sum(len(row['faults']) for row in found)}"
    )


if __name__ == "__main__":
    main()
