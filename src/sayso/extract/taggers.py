"""Spans of attributions by a small fine-tuned encoder: a cue first, then whose words and which words for that cue.

What each word means (`sayso.extract.encoders`) is joined with what the parse says of it. Possible cues are rated as
whole spans. Each chosen cue is then read on its own: a conditional random field over the words in its reach says which
are its source and which its content, so that an attribution comes out whole, nested or in several pieces. What it was
trained on is told in ``training/README.md``; the heads here do the sums of ``training/network.py`` in NumPy.
"""

from __future__ import annotations

import numpy as np

from sayso.extract.layers import NEVER, Floats, Ints, Layers, average_runs, gelu
from sayso.extract.networks import Network, load_network
from sayso.extract.span_choices import LONGEST_CUE, Tagged, choose_cues, decode_roles, read_roles, words_left
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


def find_tagged_spans(parse: Parse, marked: Marked, network: Network | None = None) -> list[Tagged]:
    """The attributions of a text in the order of their cues, which do not overlap; each has a content."""
    network = network or load_network()
    return Tagger(network.layers, network.vocabulary).tag(parse, marked, network.threshold)


class Tagger:
    """The heads of attributions."""

    def __init__(self, layers: Layers, vocabulary: Vocabulary) -> None:
        """`layers` are the weights outside the encoder."""
        self.layers = layers
        self.vocabulary = vocabulary

    def tag(self, parse: Parse, marked: Marked, threshold: float) -> list[Tagged]:
        """The attributions of a text, in the order of their cues; cues less likely than `threshold` are left out."""
        found: list[Tagged | None] = []
        for start, words in cut_words(describe_words(parse, marked, self.vocabulary), WORDS_AT_ONCE):
            x = self.read_words(parse.meanings[start : start + len(words.head)].astype(np.float32), words)
            cues = choose_cues(self.rate_cues(x, words_left(words)), threshold)
            for at in range(0, len(cues), CUES_AT_ONCE):
                some = cues[at : at + CUES_AT_ONCE]
                where = np.array([c[:2] for c in some], np.int64)
                _, real = around(words, where)
                roles = decode_roles(self.rate_roles(x, words, where), real)
                for (first, last, probability), row in zip(some, roles, strict=True):
                    found.append(read_roles(parse, (first + start, last + start, probability), row))
        return [t for t in found if t]

    def read_words(self, x: Floats, words: Words) -> Floats:
        """A vector for each word of what it means here (`x`) and how it stands in its sentence."""
        layers, n = self.layers, len(words.head)
        for k in range(words.features.shape[1]):
            x = x + layers.look_up(f"features.{k}", words.features[:, k])
        x = layers.normalise(x, "norm")
        index = np.arange(n)
        before, after = np.maximum(index - 1, 0), np.minimum(index + 1, n - 1)
        below = np.flatnonzero(words.head != index)
        below = below[np.argsort(words.head[below], kind="stable")]
        governors, firsts, counts = np.unique(words.head[below], return_index=True, return_counts=True)
        for k in range(2):
            children = np.zeros_like(x)
            children[governors] = average_runs(x[below], firsts, counts)
            near = np.concatenate([x, x[words.head], children, x[before], x[after]], axis=1)
            x += gelu(layers.project(near, f"mixes.{k}"))
            x = layers.normalise(x, f"mix_norms.{k}")
        return x

    def rate_cues(self, x: Floats, limit: Ints) -> Floats:
        """Log-odds of no cue and of one of each length that starts at a word (see `choose_cues`); `limit` is the number
        of words left in its paragraph."""
        layers, n = self.layers, len(x)
        first, last = layers.project(x, "cue_first"), layers.project(x, "cue_last")
        scores = np.full((n, LONGEST_CUE + 1), NEVER, np.float32)
        scores[:, :1] = layers.project(x, "none")
        for length in range(1, LONGEST_CUE + 1):
            starts = np.flatnonzero(limit >= length)
            score = layers.project(gelu(first[starts] + last[starts + length - 1]), "cue_out")[:, 0]
            scores[starts, length] = score + layers.weights["cue_length"][length - 1]
        return scores

    def rate_roles(self, x: Floats, words: Words, cues: Ints) -> Floats:
        """Scores of the roles of the words in reach of cues (see `decode_roles`)."""
        layers = self.layers
        places, _ = around(words, cues)
        pairs = pair_features(words, cues, self.vocabulary)
        roots = [cue_root(words, a, b) for a, b in cues.tolist()]
        c = np.concatenate([x[cues[:, 0]], x[cues[:, 1]], x[roots]], axis=1)
        h = layers.project(x, "scaled_word")[places]
        h *= layers.project(c, "scale_of_cue")[:, None]
        h += layers.project(x, "of_word")[places]
        h += layers.project(c, "of_cue")[:, None]
        for k in range(pairs.shape[2]):
            h += layers.look_up(f"pairs.{k}", pairs[:, :, k])
        h = gelu(h)
        padded = np.pad(h, ((0, 0), (1, 1), (0, 0)))
        h += gelu(layers.project(np.concatenate([padded[:, :-2], h, padded[:, 2:]], axis=2), "beside"))
        return layers.project(h, "roles")
