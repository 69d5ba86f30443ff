"""Words as a tagger sees them: grammar, shape and quotation of each, and how each stands to a cue.

A small encoder knows what words mean but little of who governs whom, and an uncased one not even what is a name; the
parse knows both. All here is counted in words (the parse's tokens) and held in integer arrays, the same for training
and for use.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

import numpy as np

from sayso.extract.layers import Ints
from sayso.extract.stances import load_cues
from sayso.grammar.parses import Parse, Token
from sayso.grammar.quotations import Marked
from sayso.record import Span

Bools = np.ndarray[Any, np.dtype[np.bool_]]

REACH = 112
"""Words before and after the start of a cue that may be its source or content; 99.8 % of PolNeAR's are nearer."""

STEPS_UP = 4
"""How far above a cue its relatives in the parse are told apart."""

QUOTES = frozenset("\"'“”‘’«»„‟") | {"''", "``"}

FARTHEST = 32
"""Words between a word and its governor from which distances are no longer told apart."""

LABELLED = ("pos", "tag", "dep", "ent", "stance")
"""Features of a word whose values are listed in the vocabulary; 0 is for a value that is not."""

COUNTED = {"shape": 6, "quote": 3, "edge": 4}
"""Features of a word that are counted, and how many values they have."""

SIGNS = tuple(COUNTED.values())
"""How many values each column of `Surface.signs` can have; its last is for the edges of paragraphs."""

NEAREST = 8
"""Distances in words that are told apart one by one; farther ones by their logarithm."""

BUCKETS = 2 * (NEAREST + 10) + 1

HEIGHTS = 4

MOST_SHAPES = 50_000
"""Words whose shape is remembered."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The labels of words, in the order of their numbers from 1."""

    labels: dict[str, list[str]]

    def number(self, feature: str) -> dict[str, int]:
        """The number of each label of a feature."""
        return {label: n for n, label in enumerate(self.labels[feature], start=1)}

    def told(self) -> dict[str, int]:
        """How many values each label has that the grammar tells of a word: those listed, whether the word opens a
        sentence, and for names whether it is in none (0), begins one of each kind (odd) or goes on with it (even)."""
        counted = {f: len(self.labels[f]) for f in ("tag", "pos", "dep")}
        return {**counted, "opens": 2, "ent": 1 + 2 * len(self.labels["ent"])}

    def sizes(self) -> list[int]:
        """How many values each column of `Words.features` can have."""
        return [len(self.labels[f]) + 1 for f in LABELLED] + list(COUNTED.values())

    def pair_sizes(self) -> list[int]:
        """How many values each column of `pair_features` can have."""
        return [BUCKETS, 10, 12, (STEPS_UP + 2) * (len(self.labels["dep"]) + 1), (STEPS_UP + 2) * HEIGHTS]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """What the text alone shows of its words, one number a word: paragraph, whether it is quoted or a quotation mark
    (`quote`: 0 no, 1 quoted, 2 a mark), in which quotation (0 is none), and capitals and digits (`shape`)."""

    texts: list[str]
    paragraph: Ints
    quote: Ints
    quotation: Ints
    shape: Ints

    def signs(self) -> Ints:
        """Words by features of the surface, for a reader that has no grammar yet; see `SIGNS`."""
        opens = np.diff(self.paragraph, prepend=-1) != 0
        ends = np.diff(self.paragraph, append=-1) != 0
        return np.stack([self.shape, self.quote, opens + 2 * ends], axis=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words(Surface):
    """The words of a text with their grammar: `features` is words by features; the others have one number a word."""

    features: Ints
    head: Ints
    sentence: Ints
    dep: Ints


def cut_surface(surface: Surface, longest: int) -> Iterator[tuple[int, Surface]]:
    """The words in blocks of at most `longest`, each with the place of its first word; a block begins with a paragraph
    wherever a paragraph is not longer than it."""
    for start, end in cut_runs(surface.paragraph, longest):
        yield start, Surface(**{f.name: getattr(surface, f.name)[start:end] for f in fields(surface)})


def cut_words(words: Words, longest: int) -> Iterator[tuple[int, Words]]:
    """The words in blocks of at most `longest`, each with the place of its first word; a block begins with a sentence
    wherever a sentence is not longer than it."""
    for start, end in cut_runs(words.sentence, longest):
        part = {f.name: getattr(words, f.name)[start:end] for f in fields(words)}
        head = part["head"] - start
        part["head"] = np.where((head < 0) | (head >= end - start), np.arange(end - start), head)
        yield start, Words(**part)


def cut_runs(numbers: Ints, longest: int) -> Iterator[tuple[int, int]]:
    """Ranges of at most `longest` of ascending numbers that part equal ones only where there are more."""
    start = 0
    while start < len(numbers):
        end = min(len(numbers), start + longest)
        if end < len(numbers):
            first = int(np.searchsorted(numbers, numbers[end], "left"))
            end = first if first > start else end
        yield start, end
        start = end


def collect_labels(parses: list[Parse]) -> Vocabulary:
    """The vocabulary of some parsed texts."""
    found: dict[str, set[str]] = {f: set() for f in LABELLED}
    for parse in parses:
        for token in parse.tokens:
            for feature, value in zip(LABELLED, _labels(token), strict=True):
                found[feature].add(value)
    return Vocabulary({f: sorted(v - {""}) for f, v in found.items()})


def describe_surface(text: str, spans: Sequence[Span], marked: Marked) -> Surface:
    """What a text shows of the words at `spans`, which are in order."""
    n = len(spans)
    paragraph, quote, quotation, shape = (np.zeros(n, np.int64) for _ in range(4))
    texts = [text[start:end] for start, end in spans]
    at = count = before = 0
    last = None
    for i, (start, end) in enumerate(spans):
        if i and start > before and "\n" in text[before:start]:
            at += 1
        before = end
        inside = marked.at(start)
        if inside is not None and inside is not last:
            last, count = inside, count + 1
        paragraph[i], quotation[i] = at, count if inside is not None else 0
        quote[i] = 2 if texts[i] in QUOTES else int(inside is not None)
        shape[i] = _shape(texts[i])
    return Surface(texts=texts, paragraph=paragraph, quote=quote, quotation=quotation, shape=shape)


def describe_words(parse: Parse, marked: Marked, vocabulary: Vocabulary) -> Words:
    """The words of a parse, in its order."""
    tokens = parse.tokens
    surface = describe_surface(parse.text, [(t.start, t.end) for t in tokens], marked)
    numbers = [vocabulary.number(f) for f in LABELLED]
    features = np.zeros((len(tokens), len(LABELLED) + len(COUNTED)), np.int64)
    for k, (number, labels) in enumerate(zip(numbers, zip(*map(_labels, tokens), strict=True), strict=False)):
        features[:, k] = [number.get(label, 0) for label in labels]
    sentence = np.array([t.sentence for t in tokens], np.int64)
    opens, ends = np.diff(sentence, prepend=-1) != 0, np.diff(sentence, append=-1) != 0
    features[:, len(LABELLED) :] = np.stack([surface.shape, surface.quote, opens + 2 * ends], axis=1)
    return Words(
        texts=surface.texts,
        paragraph=surface.paragraph,
        quote=surface.quote,
        quotation=surface.quotation,
        shape=surface.shape,
        features=features,
        head=np.array([t.head for t in tokens], np.int64),
        sentence=sentence,
        dep=features[:, LABELLED.index("dep")],
    )


def around(words: Words, cues: Ints) -> tuple[Ints, Bools]:
    """For each cue (first and last word) the words in its reach, clipped to the text, and which of them are real."""
    places = cues[:, :1] + np.arange(-REACH, REACH)[None, :]
    real = (places >= 0) & (places < len(words.head))
    return np.clip(places, 0, max(0, len(words.head) - 1)), real


def pair_features(words: Words, cues: Ints, vocabulary: Vocabulary) -> Ints:
    """How each word in reach stands to each cue: cues by `2 * REACH` words by features (distance, place, quotation,
    way through the parse, height above the word)."""
    places, _ = around(words, cues)
    first, last = cues[:, :1], cues[:, 1:]
    away = np.where(places < first, places - first, np.where(places > last, places - last, 0))
    sentences = np.clip(words.sentence[places] - words.sentence[first], -2, 2) + 2
    place = sentences + 5 * (words.paragraph[places] != words.paragraph[first])
    same = (words.quotation[places] == words.quotation[first]) & (words.quotation[first] > 0)
    quote = words.quote[places] + 3 * (words.quotation[first] > 0) + 6 * same
    ways = np.full(places.shape, (STEPS_UP + 1) * (len(vocabulary.labels["dep"]) + 1), np.int64)
    heights = np.full(places.shape, (STEPS_UP + 1) * HEIGHTS, np.int64)
    for n, (s, e) in enumerate(cues.tolist()):
        for word, (up, via, height) in _ways(words, s, e).items():
            column = word - s + REACH
            if 0 <= column < 2 * REACH:
                ways[n, column] = up * (len(vocabulary.labels["dep"]) + 1) + via
                heights[n, column] = up * HEIGHTS + min(height, HEIGHTS - 1)
    return np.stack([_bucket(away), place, quote, ways, heights], axis=-1)


def cue_root(words: Words, first: int, last: int) -> int:
    """The word of a cue that governs the others: the first whose governor is outside."""
    for i in range(first, last + 1):
        if not first <= words.head[i] <= last or words.head[i] == i:
            return i
    return first


def _ways(words: Words, first: int, last: int) -> dict[int, tuple[int, int, int]]:
    """For each word of the cue's sentence: how far above the cue the nearest governor of both is (0 is the cue),
    through which relation the word hangs from it, and how far below it."""
    root = cue_root(words, first, last)
    number = words.sentence[root]
    known: dict[int, tuple[int, int, int]] = {}
    at = root
    for up in range(STEPS_UP + 1):
        known[at] = (up, 0, 0)
        if words.head[at] == at or words.head[at] in known:
            break
        at = int(words.head[at])
    low = int(np.searchsorted(words.sentence, number, "left"))
    high = int(np.searchsorted(words.sentence, number, "right"))
    for word in range(low, high):
        climbed: list[int] = []
        at = word
        while at not in known and len(climbed) <= high - low:
            climbed.append(at)
            above = int(words.head[at])
            if above == at:
                break
            at = above
        if at not in known:
            continue
        for below in reversed(climbed):
            up, via, height = known[int(words.head[below])]
            known[below] = (up, via if height else int(words.dep[below]), height + 1)
    return known


def _bucket(away: Ints) -> Ints:
    """Signed distances as numbers from 0 to `BUCKETS` - 1."""
    size = np.abs(away)
    logs = NEAREST + np.floor(np.log(np.maximum(size, NEAREST) / NEAREST) / math.log(2) * 2.5).astype(np.int64)
    rank = np.minimum(np.where(size <= NEAREST, size, logs + 1), (BUCKETS - 1) // 2)
    return np.where(away < 0, -rank, rank) + (BUCKETS - 1) // 2


def _labels(token: Token) -> tuple[str, str, str, str, str]:
    part = "noun" if token.pos in ("NOUN", "PROPN") else "verb"
    row = load_cues().get((part, token.lemma))
    return token.pos, token.tag, token.dep, token.ent, f"{part} {row.stance}" if row else ""


@lru_cache(maxsize=MOST_SHAPES)
def _shape(text: str) -> int:
    """0 lower case, 1 capitalised, 2 capitals, 3 with a digit, 4 with neither letter nor digit, 5 anything else."""
    if any(c.isdigit() for c in text):
        return 3
    if not any(c.isalpha() for c in text):
        return 4
    if text.islower():
        return 0
    if len(text) > 1 and text.isupper():
        return 2
    return 1 if text[0].isupper() else 5
