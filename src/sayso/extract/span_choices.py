"""From a tagger's scores to spans: cues apart from each other, and the best reading of the words around each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sayso.extract.layers import NEVER, Floats, Ints
from sayso.extract.word_features import REACH, Bools, Words
from sayso.grammar.parses import Parse
from sayso.record import Span

LONGEST_CUE = 12
"""Words of a cue."""

OUT, SOURCE, CONTENT = 0, 1, 2
"""What a word is to a cue."""

SURELY_NONE = 0.97
"""Probability of no cue at a word from which no other is looked at."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """The spans of one attribution and the probability of its cue."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    probability: float


def words_left(words: Words) -> Ints:
    """The number of words left in each word's paragraph, itself included."""
    return np.searchsorted(words.paragraph, words.paragraph, "right") - np.arange(len(words.paragraph))


def choose_cues(scores: Floats, threshold: float) -> list[tuple[int, int, float]]:
    """First and last word and probability of each cue chosen, apart from each other, in order.

    `scores` is words by `LONGEST_CUE` + 1: the log-odds, for a cue that starts at the word, of none (column 0) and of
    each length. Several spans may share one cue's probability; together they decide whether there is one.
    """
    n = len(scores)
    odds = np.exp(scores - scores.max(axis=1, keepdims=True)) if n else scores
    odds = odds / odds.sum(axis=1, keepdims=True)
    cover = np.zeros(n + LONGEST_CUE)
    for length in range(1, LONGEST_CUE + 1):
        for step in range(length):
            cover[step : step + n] += odds[:, length]
    best = odds[:, 1:].argmax(axis=1) if n else np.zeros(0, np.int64)
    rated = sorted(((float(odds[i, best[i] + 1]), i) for i in range(n) if odds[i, 0] < SURELY_NONE), reverse=True)
    taken = np.zeros(n + LONGEST_CUE, bool)
    chosen: list[tuple[int, int, float]] = []
    for _, i in rated:
        last = i + int(best[i])
        probability = min(1.0, float(cover[i : last + 1].max()))
        if last < n and probability >= threshold and not taken[i : last + 1].any():
            taken[i : last + 1] = True
            chosen.append((i, last, probability))
    return sorted(chosen)


def decode_roles(scores: Floats, real: Bools) -> Ints:
    """The best reading of each cue: what every word in its reach is to it (Viterbi's algorithm).

    `scores` is cues by words by 7: of being nothing, source, content; of a source and a content starting at the word;
    of one ending with it. Words that are not `real` are nothing.
    """
    count, width, _ = scores.shape
    scores = np.ascontiguousarray(scores.transpose(1, 2, 0))  # Words, scores, cues: the sums run along the cues.
    emit = scores[:, :3].copy()
    starts, ends = np.zeros((2, width, 3, count), np.float32)
    emit[:, 1:] = np.where(real.T[:, None], emit[:, 1:], NEVER)
    starts[:, 1:], ends[:, 1:] = scores[:, 3:5], scores[:, 5:7]
    steps = ends[:-1, :, None] + starts[1:, None]  # From a role of one word to that of the next.
    for role in (OUT, SOURCE, CONTENT):
        steps[:, role, role] = 0
    steps += emit[1:, None]
    best = np.empty_like(emit)
    best[0] = emit[0] + starts[0]
    for w in range(1, width):
        np.maximum.reduce(steps[w - 1] + best[w - 1, :, None], axis=0, out=best[w])
    before = (steps + best[:-1, :, None]).argmax(axis=1)
    roles = np.empty((width, count), np.int64)
    roles[-1] = (best[-1] + ends[-1]).argmax(axis=0)
    cues = np.arange(count)
    for w in range(width - 1, 0, -1):
        roles[w - 1] = before[w - 1, roles[w], cues]
    return roles.T


def runs(flags: Bools) -> Iterator[tuple[int, int]]:
    """First and last place of each run of true values."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    for a, b in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        yield a, b - 1


def read_roles(parse: Parse, cue: tuple[int, int, float], roles: Ints) -> Tagged | None:
    """The attribution of a cue whose words in reach have these roles; None where it has no content."""
    first, last, probability = cue
    roles = roles.copy()
    roles[REACH : REACH + last - first + 1] = OUT
    left = first - REACH
    source = tuple(parse.span(left + a, left + b) for a, b in runs(roles == SOURCE))
    content = tuple(parse.span(left + a, left + b) for a, b in runs(roles == CONTENT))
    return Tagged(source, (parse.span(first, last),), content, probability) if content else None
