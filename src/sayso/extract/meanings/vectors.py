"""What each claim of a report says and what each of its answers is an answer to, as vectors: claims that say like
things have vectors that point one way, and so have answers to one question, whatever their words and their values.

The encoder has read the report once; its contexts, a vector for each word, are averaged over the words of a claim,
which one layer makes its vector; for an answer those of its own words, its claim, its sentence and its verb are joined.
Vectors are kept in 8 bits. Those of answers are learnt by contrast within stories (Khosla et al. 2020, "Supervised
contrastive learning"), those of claims from a published encoder of sentences: ``training/README.md``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from sayso.extract.figures.counting import tokens_of
from sayso.extract.layers import Floats, Ints
from sayso.extract.networks import CLAIM, load_network
from sayso.extract.sessions import Session
from sayso.grammar.parses import Parse
from sayso.record import Answer, Claim, Reading

if TYPE_CHECKING:
    from sayso.grammar.parses import Halves

KINDS = ("figure", "date", "person", "place", "cause", "manner", "state", "yes-no")
"""The kinds of answers, in the order of their rows in the table of kinds."""
LARGEST = 127
"""The largest number of a vector in 8 bits."""
AT_ONCE = 2_000
"""Answers whose vectors are made at once: before they are rounded, they take 20 KB each."""
MOST_ABOVE = 20
"""Governors of an answer that are looked at for its verb."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the answers of a report stand, as ranges of words: of the answer, its claim, its sentence and its verb
    (answers by 4 by 2, ends exclusive), and the number of each one's kind."""

    ranges: Ints
    kinds: Ints


def find_vectors(reading: Reading, parse: Parse) -> Reading:
    """The reading whose claims and answers have their vectors."""
    answers = [(claim, answer) for claim in reading.claims for answer in claim.answers]
    if not answers or not parse.tokens:
        return reading
    network, sums = load_network(), add_up(parse.contexts)
    batches = (answers[at : at + AT_ONCE] for at in range(0, len(answers), AT_ONCE))
    head = network.heads["answers"]
    vectors = (v for some in batches for v in round_vectors(make_vectors(head, sums, place_answers(parse, some))))
    ranges = np.array([range_of(parse, claim.start, claim.end) for claim in reading.claims], np.int64)
    said = [
        vector
        for at in range(0, len(ranges), AT_ONCE)
        for vector in round_vectors(network.layers.project(average(sums, ranges[at : at + AT_ONCE]), CLAIM))
    ]
    claims = tuple(
        replace(claim, vector=own, answers=tuple(replace(answer, vector=next(vectors)) for answer in claim.answers))
        for claim, own in zip(reading.claims, said, strict=True)
    )
    return replace(reading, claims=claims)


def place_answers(parse: Parse, answers: Iterable[tuple[Claim, Answer]]) -> Places:
    """Where some answers stand, each with its claim."""
    ranges, kinds = [], []
    for claim, answer in answers:
        own = range_of(parse, answer.start, answer.end)
        verb = find_verb(parse, *own)
        sentence = parse.sentences[parse.tokens[own[0]].sentence]
        ranges.append((own, range_of(parse, claim.start, claim.end), sentence, (verb, verb + 1)))
        kinds.append(KINDS.index(answer.kind))
    return Places(np.array(ranges, np.int64), np.array(kinds, np.int64))


def range_of(parse: Parse, start: int, end: int) -> tuple[int, int]:
    """The words that touch a span: at least one."""
    first, last = tokens_of(parse, start, end)
    first = min(first, len(parse.tokens) - 1)
    return first, max(first, min(last, len(parse.tokens) - 1)) + 1


def find_verb(parse: Parse, first: int, end: int) -> int:
    """The verb that some words stand under; their head where there is none."""
    tokens = parse.tokens
    at = next((i for i in range(first, end) if not first <= tokens[i].head < end or tokens[i].head == i), first)
    for _ in range(MOST_ABOVE):
        if tokens[at].pos in ("VERB", "AUX") or tokens[at].head == at:
            break
        at = tokens[at].head
    return at


def add_up(contexts: Halves) -> Floats:
    """The running sums of the contexts of words, from none of them on."""
    sums = np.zeros((len(contexts) + 1, contexts.shape[1]), np.float32)
    sums[1:] = contexts
    for before, now in pairwise(sums):  # Several times as fast as `cumsum`, which goes down column by column.
        now += before
    return sums


def average(sums: Floats, ranges: Ints) -> Floats:
    """The mean contexts of ranges of words."""
    begins, ends = ranges[..., 0], ranges[..., 1]
    found: Floats = sums[ends] - sums[begins]
    found /= (ends - begins)[..., None]
    return found


def make_vectors(head: Session, sums: Floats, places: Places) -> Floats:
    """The vectors of some answers, of length 1: answers by width."""
    told = average(sums, places.ranges).reshape(len(places.kinds), -1)
    found: Floats = head.run(["vectors"], {"told": told, "kinds": places.kinds})[0]
    return found


def round_vectors(vectors: Floats) -> list[bytes]:
    """Vectors in 8 bits a number, each by its largest number: what is asked of them is only where they point."""
    scale = np.abs(vectors).max(axis=1, keepdims=True).clip(1e-9)
    return [row.tobytes() for row in np.round(vectors / scale * LARGEST).astype(np.int8)]
