"""Learn the weights of `sayso.extract.spans` from articles annotated as PolNeAR's are.

    python building/train_attributions.py ANNOTATED.jsonl src/sayso/tables/attribution-weights.tsv [--hold-out 100]

ANNOTATED holds one article a line: ``{"id", "text", "attributions": [{"source": [[s, e]], "cue", "content"}]}``. Each
group of candidates is a choice between its readings and none; the right one is the reading nearest to an annotated
attribution that it overlaps in cue, content and source. A log-linear model is fitted by AdaGrad with a small penalty
on the weights (Duchi et al. 2011). With ``--hold-out N`` the first N articles, in shuffled order, are kept from
training and scored at the end for a range of thresholds.
"""

from __future__ import annotations

import argparse
import json
import math
import pickle
import random
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from sayso.extract.candidates import Candidate, find_candidates
from sayso.extract.parsers import parse_text
from sayso.extract.parses import Parse
from sayso.extract.quotations import Marked, find_quotations
from sayso.extract.spans import choose_apart, rate_group

Spans = list[list[int]] | list[tuple[int, int]] | tuple[tuple[int, int], ...]
Article = tuple[dict[str, Any], Parse]
Choice = tuple[list[tuple[str, ...]], int]

EPOCHS = 8
RATE = 0.1
PENALTY = 3e-4
RAREST = 3
SMALLEST = 0.05
SEED = 11


def overlap(a: Spans, b: Spans) -> int:
    """Code points shared by two lists of spans."""
    return sum(max(0, min(e, y) - max(s, x)) for s, e in a for x, y in b)


def likeness(a: Spans, b: Spans) -> float:
    """Shared code points over all code points of two lists of spans (Jaccard); 1 where both are empty."""
    shared = overlap(a, b)
    union = sum(e - s for s, e in a) + sum(e - s for s, e in b) - shared
    return shared / union if union else 1.0


def nearness(candidate: Candidate, gold: dict[str, Any]) -> float:
    """How near a candidate is to an annotated attribution; 0 where it would not count as found."""
    if not overlap([candidate.cue], gold["cue"]) or not overlap(candidate.content, gold["content"]):
        return 0.0
    if bool(candidate.source) != bool(gold["source"]) or (
        gold["source"] and not overlap(candidate.source, gold["source"])
    ):
        return 0.0
    parts = [
        likeness(candidate.source, gold["source"]),
        likeness([candidate.cue], gold["cue"]),
        likeness(candidate.content, gold["content"]),
    ]
    return 0.05 + sum(parts) + sum(p > 0.97 for p in parts)


def choices_of(article: Article) -> list[tuple[list[Candidate], int]]:
    """The groups of an article's candidates, each with the index of the right one, or -1."""
    row, parse = article
    marked = Marked(find_quotations(parse.text))
    groups = list(find_candidates(parse, marked))
    ranked: list[tuple[float, int, int, int]] = []
    for n, group in enumerate(groups):
        for k, candidate in enumerate(group):
            low, high = candidate.cue
            for g, gold in enumerate(row["attributions"]):
                if any(s < high and low < e for s, e in gold["cue"]):
                    near = nearness(candidate, gold)
                    if near:
                        ranked.append((near, n, k, g))
    ranked.sort(key=lambda r: (-r[0], r[1], r[2]))
    right: dict[int, int] = {}
    used: set[int] = set()
    for _, n, k, g in ranked:
        if n not in right and g not in used:
            right[n] = k
            used.add(g)
    return [(group, right.get(n, -1)) for n, group in enumerate(groups)]


def fit(choices: list[tuple[list[list[int]], int]], size: int) -> list[float]:
    """The weights by AdaGrad on the log-likelihood of the right choices."""
    weights, seen = [0.0] * size, [1e-6] * size
    order = list(range(len(choices)))
    shuffler = random.Random(SEED)
    for epoch in range(EPOCHS):
        shuffler.shuffle(order)
        loss = 0.0
        for n in order:
            group, right = choices[n]
            scores = [sum([weights[f] for f in features]) for features in group]
            top = max(0.0, *scores)
            exps = [math.exp(s - top) for s in scores]
            total = sum(exps) + math.exp(-top)
            loss -= (scores[right] if right >= 0 else 0.0) - top - math.log(total)
            for k, features in enumerate(group):
                slope = exps[k] / total - (k == right)
                if -0.003 < slope < 0.003:
                    continue
                for f in features:
                    g = slope + PENALTY * weights[f]
                    seen[f] += g * g
                    weights[f] -= RATE * g / math.sqrt(seen[f])
        print(f"epoch {epoch + 1}: loss {loss / len(order):.4f} a group", file=sys.stderr, flush=True)
    return weights


def prepare(articles: list[Article]) -> tuple[list[tuple[list[list[int]], int]], list[str]]:
    """Choices with features as numbers, and the features' names; features seen fewer than RAREST times are dropped."""
    count: Counter[str] = Counter()
    groups: list[Choice] = []
    for article in articles:
        for group, right in choices_of(article):
            groups.append(([c.features for c in group], right))
            count.update({f for c in group for f in c.features})
    names = [f for f, n in count.items() if n >= RAREST]
    number = {f: i for i, f in enumerate(names)}
    return [([[number[f] for f in fs if f in number] for fs in group], right) for group, right in groups], names


def score(articles: list[Article], weights: dict[str, float]) -> None:
    """Print whole-attribution and exact-span figures for a range of thresholds."""
    rated = []
    for row, parse in articles:
        marked = Marked(find_quotations(parse.text))
        rated.append((row, [rate_group(g, weights) for g in find_candidates(parse, marked)]))
    for threshold in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
        found = given = right = 0
        for row, pairs in rated:
            left = [c for _, c in choose_apart([(p, c) for p, c in pairs if p >= threshold])]
            found += len(left)
            given += len(row["attributions"])
            for gold in row["attributions"]:
                hit = next((c for c in left if nearness(c, gold)), None)
                if hit:
                    left.remove(hit)
                    right += 1
        p, r = right / max(found, 1), right / max(given, 1)
        print(f"threshold {threshold}: p {p:.3f} r {r:.3f} f1 {2 * p * r / max(p + r, 1e-9):.3f}")


def read_articles(path: Path) -> list[Article]:
    """The annotated articles with their parses; a pickle of such pairs is taken as it is."""
    if path.suffix == ".pkl":
        with path.open("rb") as file:
            parsed: list[Article] = pickle.load(file)
            return parsed
    rows = [json.loads(line) for line in path.read_text("utf8").splitlines() if line.strip()]
    return [(row, parse_text(row["text"])) for row in rows]


def main() -> None:
    """Read, train, write, and score what was held out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("annotated", type=Path, nargs="+")
    parser.add_argument("weights", type=Path)
    parser.add_argument("--hold-out", type=int, default=0)
    arguments = parser.parse_args()
    articles = [article for path in arguments.annotated for article in read_articles(path)]
    held, kept = articles[: arguments.hold_out], articles[arguments.hold_out :]
    choices, names = prepare(kept)
    print(f"{len(choices)} groups, {len(names)} features", file=sys.stderr)
    fitted = fit(choices, len(names))
    weights = {f: round(w, 2) for f, w in zip(names, fitted, strict=True) if abs(w) >= SMALLEST}
    lines = [f"{f}\t{w:g}\n" for f, w in sorted(weights.items()) if "\t" not in f and "\n" not in f]
    arguments.weights.write_text("".join(lines), "utf8")
    print(f"{len(weights)} weights kept", file=sys.stderr)
    if held:
        score(held, weights)


if __name__ == "__main__":
    main()
