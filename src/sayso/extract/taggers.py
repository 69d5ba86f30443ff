"""Spans of attributions by a small fine-tuned encoder: a cue first, then whose words and which words for that cue.

The encoder (all-MiniLM-L6-v2, int8, ONNX Runtime) reads the text in windows; its pieces are averaged to words and
joined with what the parse says of them. Possible cues are rated as whole spans. Each chosen cue is then read on its
own: a conditional random field over the words in its reach says which are its source and which its content, so that
an attribution comes out whole, nested or in several pieces. What it was trained on is told in ``training/README.md``;
the heads here do the sums of ``training/network.py`` in NumPy.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from sayso.extract.parses import Parse
from sayso.extract.piece_windows import Tokenizer, cut_windows
from sayso.extract.quotations import Marked
from sayso.extract.span_choices import (
    LONGEST_CUE,
    Floats,
    Tagged,
    choose_cues,
    decode_roles,
    read_roles,
    words_left,
)
from sayso.extract.word_features import (
    Ints,
    Vocabulary,
    Words,
    around,
    cue_root,
    cut_words,
    describe_words,
    pair_features,
)

MODEL = Path(__file__).resolve().parents[1] / "models" / "attribution"
"""The folder of the model shipped: encoder.onnx, heads.npz, tokenizer.json, model.json."""

ENCODER, HEADS, TOKENIZER, CARD = "encoder.onnx", "heads.npz", "tokenizer.json", "model.json"

NEVER = -1e4
"""Log-odds of what cannot be."""

WINDOWS_AT_ONCE = 8
"""Windows encoded together; this and the next two bound the memory."""

CUES_AT_ONCE = 32
"""Cues read together."""

WORDS_AT_ONCE = 10_000
"""Words of a text tagged together: longer than articles are; no attribution crosses the seams."""


def find_tagged_spans(parse: Parse, marked: Marked, folder: Path = MODEL) -> list[Tagged]:
    """The attributions of a text in the order of their cues, which do not overlap; each has a content."""
    return load_tagger(folder).tag(parse, marked)


@cache
def load_tagger(folder: Path = MODEL) -> Tagger:
    """The tagger of a folder, loaded once a process. Raises OSError or ValueError where its files are not right."""
    from onnxruntime import InferenceSession, SessionOptions
    from tokenizers import Tokenizer as Pieces

    pieces = Pieces.from_file(str(folder / TOKENIZER))
    pieces.no_padding()
    pieces.no_truncation()
    options = SessionOptions()
    options.log_severity_level = 3
    session = InferenceSession(str(folder / ENCODER), options, providers=["CPUExecutionProvider"])
    card = json.loads((folder / CARD).read_text("utf8"))
    with np.load(folder / HEADS) as kept:
        heads = {name: kept[name].astype(np.float32) for name in kept.files}
    return Tagger(session, heads, Vocabulary(card["labels"]), Tokenizer(pieces), card["threshold"])


class Tagger:
    """The network with its weights."""

    def __init__(
        self, session: Any, heads: dict[str, Floats], vocabulary: Vocabulary, tokenizer: Tokenizer, threshold: float
    ) -> None:
        """`session` gives a vector for each piece of windows of pieces; `heads` are the weights by their names in
        training; cues less likely than `threshold` are left out."""
        self.session = session
        self.heads = heads
        self.vocabulary = vocabulary
        self.tokenizer = tokenizer
        self.threshold = threshold

    def tag(self, parse: Parse, marked: Marked, threshold: float | None = None) -> list[Tagged]:
        """The attributions of a text, in the order of their cues."""
        found: list[Tagged | None] = []
        for start, words in cut_words(describe_words(parse, marked, self.vocabulary), WORDS_AT_ONCE):
            x = self.read_words(words)
            cues = choose_cues(self.rate_cues(x, words_left(words)), self.threshold if threshold is None else threshold)
            for at in range(0, len(cues), CUES_AT_ONCE):
                some = cues[at : at + CUES_AT_ONCE]
                where = np.array([c[:2] for c in some], np.int64)
                _, real = around(words, where)
                roles = decode_roles(self.rate_roles(x, words, where), real)
                for (first, last, probability), row in zip(some, roles, strict=True):
                    found.append(read_roles(parse, (first + start, last + start, probability), row))
        return [t for t in found if t]

    def read_words(self, words: Words) -> Floats:
        """A vector for each word: what it means here and how it stands in its sentence."""
        n = len(words.head)
        windows = cut_windows(words, self.tokenizer)
        parts = []
        for at in range(0, len(windows.pieces), WINDOWS_AT_ONCE):
            (hidden,) = self.session.run(None, {"pieces": windows.pieces[at : at + WINDOWS_AT_ONCE]})
            parts.append(hidden.reshape(-1, hidden.shape[-1]))
        hidden = np.concatenate(parts)[windows.places]
        opens = np.flatnonzero(np.diff(windows.words, prepend=-1))  # every word has a piece, in order
        counts = np.diff(np.append(opens, len(windows.words))).astype(np.float32)
        x: Floats = (np.add.reduceat(hidden, opens, axis=0) / counts[:, None]).astype(np.float32)
        for k in range(words.features.shape[1]):
            x = x + self.heads[f"features.{k}.weight"][words.features[:, k]]
        x = self._normalise(x, "norm")
        index = np.arange(n)
        before, after = np.maximum(index - 1, 0), np.minimum(index + 1, n - 1)
        below = np.flatnonzero(words.head != index)
        below = below[np.argsort(words.head[below], kind="stable")]
        governors, firsts, hung = np.unique(words.head[below], return_index=True, return_counts=True)
        for k in range(2):
            children = np.zeros_like(x)
            if len(governors):
                children[governors] = np.add.reduceat(x[below], firsts, axis=0) / hung[:, None].astype(np.float32)
            mixed = self._linear(
                np.concatenate([x, x[words.head], children, x[before], x[after]], axis=1), f"mixes.{k}"
            )
            x = self._normalise(x + gelu(mixed), f"mix_norms.{k}")
        return x

    def rate_cues(self, x: Floats, limit: Ints) -> Floats:
        """Log-odds of no cue and of one of each length that starts at a word (see `choose_cues`); `limit` is the number
        of words left in its paragraph."""
        n = len(x)
        first, last = self._linear(x, "cue_first"), self._linear(x, "cue_last")
        scores = np.full((n, LONGEST_CUE + 1), NEVER, np.float32)
        scores[:, :1] = self._linear(x, "none")
        for length in range(1, LONGEST_CUE + 1):
            ends = np.minimum(np.arange(n) + length - 1, n - 1)
            score = self._linear(gelu(first + last[ends]), "cue_out")[:, 0] + self.heads["cue_length"][length - 1]
            scores[:, length] = np.where(limit >= length, score, NEVER)
        return scores

    def rate_roles(self, x: Floats, words: Words, cues: Ints) -> Floats:
        """Scores of the roles of the words in reach of cues (see `decode_roles`)."""
        places, _ = around(words, cues)
        pairs = pair_features(words, cues, self.vocabulary)
        roots = [cue_root(words, a, b) for a, b in cues.tolist()]
        c = np.concatenate([x[cues[:, 0]], x[cues[:, 1]], x[roots]], axis=1)
        h = self._linear(x, "of_word")[places] + self._linear(c, "of_cue")[:, None]
        h += (x @ self.heads["scaled_word.weight"].T)[places] * self._linear(c, "scale_of_cue")[:, None]
        for k in range(pairs.shape[2]):
            h += self.heads[f"pairs.{k}.weight"][pairs[:, :, k]]
        h = gelu(h)
        padded = np.pad(h, ((0, 0), (1, 1), (0, 0)))
        h = h + gelu(self._linear(np.concatenate([padded[:, :-2], h, padded[:, 2:]], axis=2), "beside"))
        return self._linear(h, "roles")

    def _linear(self, x: Floats, name: str) -> Floats:
        y: Floats = x @ self.heads[f"{name}.weight"].T + self.heads[f"{name}.bias"]
        return y

    def _normalise(self, x: Floats, name: str) -> Floats:
        centred = x - x.mean(axis=1, keepdims=True)
        scale = np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-5)
        y: Floats = centred / scale * self.heads[f"{name}.weight"] + self.heads[f"{name}.bias"]
        return y


def gelu(x: Floats) -> Floats:
    """The Gaussian error linear unit (Hendrycks & Gimpel 2016) by its tanh form, which is 0.0005 off at most."""
    inner = x * x
    inner *= 0.044715
    inner += 1.0
    inner *= x
    inner *= 0.7978845608
    np.tanh(inner, out=inner)
    inner += 1.0
    inner *= x
    inner *= 0.5
    return inner
