"""Spans of attributions by a small fine-tuned encoder: a cue first, then whose words and which words for that cue.

What each word means (`sayso.extract.encoders`) is joined with what the parse says of it. Possible cues are rated as
whole spans. Each chosen cue is then read on its own: a conditional random field over the words in its reach says which
are its source and which its content, so that an attribution comes out whole, nested or in several pieces. What it was
trained on is told in ``training/README.md``; the heads are graphs, made by ``training/head_graphs.py``.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sayso.extract.layers import Floats, Ints
from sayso.extract.networks import Network, load_network
from sayso.extract.sessions import Array, Session
from sayso.extract.span_choices import Tagged, choose_cues, decode_roles, read_roles, words_left
from sayso.extract.word_features import (
    Vocabulary,
    Words,
    around,
    cue_root,
    cut_words,
    describe_words,
    pair_features,
)
from sayso.grammar.parses import Parse
from sayso.grammar.quotations import Marked

CUES_AT_ONCE = 32
"""Cues read together; this and the next bound the memory."""

WORDS_AT_ONCE = 10_000
"""Words of a text tagged together: longer than articles are; no attribution crosses the seams."""

OF_WORDS = ("scores", "words", "of_word", "scaled_word")
"""What the graph of cues gives."""


def find_tagged_spans(parse: Parse, marked: Marked, network: Network | None = None) -> list[Tagged]:
    """The attributions of a text in the order of their cues, which do not overlap; each has a content."""
    network = network or load_network()
    return Tagger(network.heads, network.vocabulary).tag(parse, marked, network.threshold)


class Tagger:
    """The heads of attributions."""

    def __init__(self, heads: Mapping[str, Session], vocabulary: Vocabulary) -> None:
        """`heads` are the graphs of "cues" and "roles"."""
        self.heads = heads
        self.vocabulary = vocabulary

    def tag(self, parse: Parse, marked: Marked, threshold: float) -> list[Tagged]:
        """The attributions of a text, in the order of their cues; cues less likely than `threshold` are left out."""
        found: list[Tagged | None] = []
        for start, words in cut_words(describe_words(parse, marked, self.vocabulary), WORDS_AT_ONCE):
            told = self.read_words(parse.meanings[start : start + len(words.head)].astype(np.float32), words)
            cues = choose_cues(told.pop("scores"), threshold)
            for at in range(0, len(cues), CUES_AT_ONCE):
                some = cues[at : at + CUES_AT_ONCE]
                where = np.array([c[:2] for c in some], np.int64)
                _, real = around(words, where)
                roles = decode_roles(self.rate_roles(told, words, where), real)
                for (first, last, probability), row in zip(some, roles, strict=True):
                    found.append(read_roles(parse, (first + start, last + start, probability), row))
        return [t for t in found if t]

    def read_words(self, x: Floats, words: Words) -> dict[str, Array]:
        """What words that mean `x` are, where they stand: log-odds of cues ("scores", see `choose_cues`), and what
        `rate_roles` reads."""
        given: dict[str, Array] = {
            "vectors": x,
            "features": words.features,
            "head": words.head,
            "limit": words_left(words),
        }
        return dict(zip(OF_WORDS, self.heads["cues"].run(OF_WORDS, given), strict=True))

    def rate_roles(self, told: dict[str, Array], words: Words, cues: Ints) -> Floats:
        """Scores of the roles of the words in reach of cues (see `decode_roles`)."""
        places, _ = around(words, cues)
        roots = [cue_root(words, a, b) for a, b in cues.tolist()]
        pairs = pair_features(words, cues, self.vocabulary)
        cued = {"cues": np.column_stack([cues, roots]), "places": places, "pairs": pairs}
        scores: Floats = self.heads["roles"].run(["roles"], told | cued)[0]
        return scores
