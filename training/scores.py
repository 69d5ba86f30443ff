"""Scores of tagged articles: exact F1 of sources, cues and contents, and overlap F1 of whole attributions.

Spans are cut at line ends and rid of white space and quotation marks at their edges. A whole attribution is found when
its cue, its content and its source (or its having none) each overlap the gold's.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from articles import trim

from sayso.extract.span_choices import Tagged

Spans = list[list[int]] | tuple[tuple[int, int], ...]


def score_attributions(golds: list[dict[str, Any]], tagged: list[list[Tagged]]) -> dict[str, float]:
    """F1 in percent of "source", "cue", "content" and "whole" over articles."""
    found: dict[str, float] = {}
    for role in ("source", "cue", "content"):
        right = given = wanted = 0
        for gold, row in zip(golds, tagged, strict=True):
            g = Counter(p for a in gold["attributions"] for p in pieces(gold["text"], a[role]))
            t = Counter(p for a in row for p in pieces(gold["text"], getattr(a, role)))
            right += sum((g & t).values())
            given += sum(t.values())
            wanted += sum(g.values())
        found[role] = round(f1(right, given, wanted), 1)
    right = sum(map(count_whole, golds, tagged))
    found["whole"] = round(f1(right, sum(map(len, tagged)), sum(len(g["attributions"]) for g in golds)), 1)
    return found


def f1(right: int, given: int, wanted: int) -> float:
    """The harmonic mean of precision and recall, in percent."""
    return 200 * right / (given + wanted) if given + wanted else 0.0


def pieces(text: str, spans: Spans) -> list[tuple[int, int]]:
    """Spans cut at line ends and trimmed."""
    found = []
    for start, end in spans:
        at = start
        for line in text[start:end].split("\n"):
            s, e = trim(text, at, at + len(line))
            if s < e:
                found.append((s, e))
            at += len(line) + 1
    return found


def overlap(a: Spans, b: Spans) -> bool:
    """Whether two lists of spans share a character."""
    return any(s < y and x < e for s, e in a for x, y in b)


def count_whole(gold: dict[str, Any], tagged: list[Tagged]) -> int:
    """How many of an article's attributions were found."""
    left = list(tagged)
    right = 0
    for a in gold["attributions"]:
        for t in left:
            same = overlap(a["source"], t.source) if a["source"] else not t.source
            if same and overlap(a["cue"], t.cue) and overlap(a["content"], t.content):
                left.remove(t)
                right += 1
                break
    return right
