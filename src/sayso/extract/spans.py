"""The spans of attributions: what the trained heads tag, and what grammar leaves no doubt of.

The heads (`sayso.extract.taggers`) know most. What they pass by but the words hardly allow to be read otherwise ("It
rained, the ministry said", "in the view of", a denial, a source that gives a number) is chosen among the candidates
that grammar proposes, by weights learnt from PolNeAR: for each possible cue the candidates and "no attribution" compete
in one log-linear choice. The weights are in ``tables/attribution-weights.tsv`` and are made anew by
``building/train_attributions.py``.
"""

from __future__ import annotations

import math
from functools import cache
from importlib import resources

from sayso.extract.candidates import VIEWS, Candidate, find_candidates, is_dateline
from sayso.extract.parses import Parse, Token
from sayso.extract.quotations import Marked
from sayso.extract.span_choices import Tagged
from sayso.extract.stances import load_cues
from sayso.extract.taggers import find_tagged_spans

LISTED_THRESHOLD = 0.4
"""Probability that a cue of the table of cues attributes anything, from which it is kept though the heads passed it by,
where it has a stance in POSITIONS, or a source and a clause: they are few, and a brief needs them. PolNeAR's labels
never nest and count half of them false; below this they cost more there than they bring."""

VIEW_THRESHOLD = 0.1
"""The same for "in the view of X": the words leave little doubt, and the training set has too few to learn from."""

COUNTED_THRESHOLD = 0.02
"""The same for a source that gives a number ("puts losses at 4,000", "speaks of 300 dead"): the training set has few
such, and whose figure it is is what a brief is about."""

COUNTING = frozenset({"speak", "give", "tell", "cite", "list", "record", "register"})

CLAUSAL = frozenset({"k=ccomp-r", "k=ccomp-l", "k=that", "k=host-comma", "k=host-parataxis", "k=q-after", "k=q-before"})

DOUBTLESS = frozenset({"k=host-comma", "k=according"})
"""It rained, the ministry said; it rained, according to the ministry: no more doubt, whatever the parse made of it."""

POSITIONS = frozenset({"denies", "declines", "estimates", "orders", "promises"})


def find_spans(parse: Parse, marked: Marked) -> list[Tagged]:
    """The attributions of a text in the order of their cues, which do not overlap."""
    tagged = [t for t in find_tagged_spans(parse, marked) if not opens_filed(parse.text, t)]
    taken = {at for t in tagged for at in range(*t.cue[0])}
    weights = load_weights()
    rated = [rate_group(group, weights) for group in find_candidates(parse, marked, may_be_sure)]
    sure = choose_apart([(p, c) for p, c in rated if c.content and is_sure(parse, c, p)])
    left = [Tagged(c.source, (c.cue,), c.content, p) for p, c in sure if taken.isdisjoint(range(*c.cue))]
    return sorted([*tagged, *left], key=lambda t: (t.cue, t.content))


def opens_filed(text: str, tagged: Tagged) -> bool:
    """Whether what was tagged is the place where a text was filed, taken for a speaker before a colon."""
    start, end = tagged.cue[0]
    return text[start:end] == ":" and is_dateline(text, text.rfind("\n", 0, start) + 1, end)


@cache
def load_weights() -> dict[str, float]:
    """The weight of each feature; a feature that is not there weighs nothing."""
    lines = (resources.files("sayso.tables") / "attribution-weights.tsv").read_text("utf8").splitlines()
    return {name: float(weight) for name, _, weight in (line.rpartition("\t") for line in lines if line)}


def may_be_sure(token: Token) -> bool:
    """Whether a cue at a token can be beyond doubt: only words of the table of cues can, and those of views."""
    return token.lemma in VIEWS or _part(token) in load_cues()


def _part(token: Token) -> tuple[str, str]:
    return ("verb" if token.pos == "VERB" else "noun", token.lemma)


def is_sure(parse: Parse, candidate: Candidate, probability: float) -> bool:
    """Whether a candidate is kept though the heads passed it by."""
    token = parse.tokens[candidate.group]
    row = load_cues().get(_part(token))
    if "k=view" in candidate.features:
        return probability >= VIEW_THRESHOLD
    if row is None:
        return False
    if DOUBTLESS & set(candidate.features) and candidate.source:
        return True
    if candidate.source and (row.stance == "estimates" or token.lemma in COUNTING) and _counts(parse, candidate):
        return probability >= COUNTED_THRESHOLD
    listed = row.stance in POSITIONS or (candidate.source and CLAUSAL & set(candidate.features))
    return bool(listed) and probability >= LISTED_THRESHOLD


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


def choose_apart(rated: list[tuple[float, Candidate]]) -> list[tuple[float, Candidate]]:
    """The candidates left, with their probabilities, when each rules out the less likely whose cues it overlaps."""
    kept: list[tuple[float, Candidate]] = []
    taken: set[int] = set()
    for probability, candidate in sorted(rated, key=lambda r: (-r[0], r[1].cue)):
        words = range(*candidate.cue)
        if taken.isdisjoint(words):
            taken.update(words)
            kept.append((probability, candidate))
    return kept
