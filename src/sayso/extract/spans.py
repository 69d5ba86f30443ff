"""The spans of attributions: chosen among the candidates that grammar proposes, by weights learnt from PolNeAR.

For each possible cue the candidates and "no attribution" compete in one log-linear choice; the weights of the features
are in ``tables/attribution-weights.tsv`` and are made anew by ``building/train_attributions.py``.
"""

from __future__ import annotations

import math
from functools import cache
from importlib import resources

from sayso.extract.candidates import Candidate, find_candidates
from sayso.extract.parses import Parse
from sayso.extract.quotations import Marked
from sayso.extract.stances import load_cues

THRESHOLD = 0.36
"""Probability that a cue attributes anything, from which it is kept: the best whole-attribution F1 on held-out
articles of the training set (71.3; 71.1 at 0.3, 70.3 at 0.5)."""

LISTED_THRESHOLD = 0.2
"""The same for cues of the table of cues that have a stance in POSITIONS, or a source and a clause: they are few, cost
nothing measurable, and a brief needs them."""

VIEW_THRESHOLD = 0.1
"""The same for "in the view of X": the words leave little doubt, and the training set has too few to learn from."""

COUNTED_THRESHOLD = 0.02
"""The same for a source that gives a number ("puts losses at 4,000", "speaks of 300 dead"): the training set has few
such, and whose figure it is is what a brief is about."""

COUNTING = frozenset({"speak", "give", "tell", "cite", "list", "record", "register"})

CLAUSAL = frozenset({"k=ccomp-r", "k=ccomp-l", "k=that", "k=host-comma", "k=host-parataxis", "k=q-after", "k=q-before"})

POSITIONS = frozenset({"denies", "declines", "estimates", "orders", "promises"})


@cache
def load_weights() -> dict[str, float]:
    """The weight of each feature; a feature that is not there weighs nothing."""
    lines = (resources.files("sayso.tables") / "attribution-weights.tsv").read_text("utf8").splitlines()
    return {name: float(weight) for name, _, weight in (line.rpartition("\t") for line in lines if line)}


def find_spans(parse: Parse, marked: Marked) -> list[Candidate]:
    """The chosen candidates of a text, in the order of their cues; no two cues overlap."""
    weights = load_weights()
    rated = [rate_group(group, weights) for group in find_candidates(parse, marked)]
    return choose_apart([(p, c) for p, c in rated if c.content and p >= _threshold(parse, c)])


def _threshold(parse: Parse, candidate: Candidate) -> float:
    token = parse.tokens[candidate.group]
    row = load_cues().get(("verb" if token.pos == "VERB" else "noun", token.lemma))
    if "k=view" in candidate.features:
        return VIEW_THRESHOLD
    if row is None:
        return THRESHOLD
    if "k=host-comma" in candidate.features and candidate.source:
        return 0.0  # "It rained, the ministry said": the sentence leaves no doubt, whatever the parser made of it
    if candidate.source and (row.stance == "estimates" or token.lemma in COUNTING) and _counts(parse, candidate):
        return COUNTED_THRESHOLD
    sure = row.stance in POSITIONS or (candidate.source and CLAUSAL & set(candidate.features))
    return LISTED_THRESHOLD if sure else THRESHOLD


def _counts(parse: Parse, candidate: Candidate) -> bool:
    """Whether a candidate's content gives a number."""
    return any(
        start <= token.start < end and token.tag == "CD"
        for start, end in candidate.content
        for token in parse.tokens[slice(*parse.sentences[parse.tokens[candidate.group].sentence])]
    )


def rate_group(group: list[Candidate], weights: dict[str, float]) -> tuple[float, Candidate]:
    """The probability that a group holds an attribution, and its likeliest candidate."""
    scores = [sum(weights.get(f, 0.0) for f in c.features) for c in group]
    best = max(range(len(group)), key=scores.__getitem__)
    top = max(0.0, scores[best])
    nothing = math.exp(-top)
    total = sum(math.exp(s - top) for s in scores) + nothing
    return 1.0 - nothing / total, group[best]


def choose_apart(rated: list[tuple[float, Candidate]]) -> list[Candidate]:
    """The candidates left, likeliest first, when each rules out those whose cues it overlaps."""
    kept: list[Candidate] = []
    taken: dict[int, int] = {}
    for _, candidate in sorted(rated, key=lambda r: (-r[0], r[1].cue)):
        start, end = candidate.cue
        if not any(i in taken for i in range(start, end)):
            taken.update(dict.fromkeys(range(start, end), 1))
            kept.append(candidate)
    return sorted(kept, key=lambda c: (c.cue, c.content))
