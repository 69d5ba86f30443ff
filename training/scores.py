"""Scores of tagged articles: exact F1 of sources, cues and contents, and overlap F1 of whole attributions.

Spans are cut at line ends and rid of white space and quotation marks at their edges. A whole attribution is found when
its cue, its content and its source (or its having none) each overlap the gold's.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
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


def score_grammar(golds: list[dict[str, Any]], told: list[dict[str, Any]]) -> dict[str, float]:
    """Agreement in percent over words by articles: "tag", "pos", "head", "dep", both of these ("labelled"), and F1 of
    names with their kinds ("ent") and of beginnings of sentences ("opens")."""
    gold = {k: np.concatenate([g[k] for g in golds]) for k in golds[0]}
    found = {k: np.concatenate([t[k] for t in told]) for k in golds[0]}
    same = {k: gold[k] == found[k] for k in gold}
    scores = {k: 100 * float(same[k].mean()) for k in ("tag", "pos", "head", "dep")}
    scores["labelled"] = 100 * float((same["head"] & same["dep"]).mean())
    scores["opens"] = f1(
        int((gold["opens"] & found["opens"]).sum()), int(found["opens"].sum()), int(gold["opens"].sum())
    )
    a, b = (set(list_names(row["ent"].tolist())) for row in (gold, found))
    scores["ent"] = f1(len(a & b), len(a), len(b))
    return {k: round(v, 2) for k, v in scores.items()}


def list_names(numbers: list[int]) -> list[tuple[int, int, int]]:
    """First word, last word and kind of each name (see `Vocabulary.told`)."""
    names: list[tuple[int, int, int]] = []
    for n, number in enumerate(numbers):
        if number and number % 2 == 0 and names and names[-1][1:] == (n - 1, number // 2):
            names[-1] = (names[-1][0], n, number // 2)
        elif number:
            names.append((n, n, (number + 1) // 2))
    return names
