from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.extract.layers import NEVER
from sayso.extract.parsers import parse_text
from sayso.extract.piece_windows import Tokenizer, cut_windows
from sayso.extract.span_choices import CONTENT, LONGEST_CUE, OUT, SOURCE, choose_cues, decode_roles, runs, words_left
from sayso.extract.taggers import Tagger
from sayso.extract.word_features import (
    REACH,
    Vocabulary,
    Words,
    around,
    collect_labels,
    cue_root,
    cut_words,
    describe_words,
    pair_features,
)
from sayso.extract.word_pieces import WordPieces
from sayso.grammar.quotations import Marked, find_quotations

TEXT = "The mayor of Lund said the bridge is closed.\n\n“It will open,” she added, “in May.”"


class Letters(WordPieces):
    """A vocabulary whose pieces are the letters of a word."""

    def __init__(self) -> None:
        super().__init__({"[CLS]": 101, "[SEP]": 102, "[UNK]": 100})

    def cut(self, text: str) -> list[int]:
        return [1000 + ord(c) % 26 for c in text if c.isalnum()]


def words_of(text: str) -> tuple[Words, Vocabulary]:
    parse = parse_text(text)
    vocabulary = collect_labels([parse])
    return describe_words(parse, Marked(find_quotations(text)), vocabulary), vocabulary


class Chance:
    """A graph that gives numbers by chance, of the shapes that the shipped one gives."""

    def __init__(self) -> None:
        self.draw = np.random.default_rng(5)

    def run(self, outputs: Sequence[str], inputs: Mapping[str, np.ndarray]) -> list[np.ndarray]:
        if "places" in inputs:
            return [self.draw.normal(size=(*inputs["places"].shape, 7)).astype(np.float32)]
        n = len(inputs["head"])
        scores = np.where(np.arange(LONGEST_CUE + 1) <= inputs["limit"][:, None], self.draw.normal(size=(n, 13)), NEVER)
        return [scores.astype(np.float32)] * len(outputs)


def random_tagger() -> Tagger:
    return Tagger({"cues": Chance(), "roles": Chance()}, collect_labels([parse_text(TEXT)]))


def test_best_reading_is_the_best_of_all() -> None:
    scores = np.random.default_rng(1).normal(size=(4, 6, 7)).astype(np.float32)
    real = np.ones((4, 6), bool)
    for row, roles in zip(scores, decode_roles(scores, real), strict=True):
        assert rate(row, tuple(roles)) == pytest.approx(
            max(rate(row, p) for p in product(range(3), repeat=6)), abs=1e-4
        )


def rate(row: np.ndarray, path: tuple[int, ...]) -> float:
    total = 0.0
    for w, role in enumerate(path):
        total += row[w, role]
        if role and (w == 0 or path[w - 1] != role):
            total += row[w, 2 + role]
        if role and (w == len(path) - 1 or path[w + 1] != role):
            total += row[w, 4 + role]
    return float(total)


def test_words_outside_the_text_are_nothing() -> None:
    scores = np.full((1, 4, 7), 3.0, np.float32)
    scores[:, :, 0] = 0
    assert decode_roles(scores, np.array([[False, True, True, False]]))[0].tolist() in (
        [0, 1, 1, 0],
        [0, 2, 2, 0],
        [0, 1, 2, 0],
        [0, 2, 1, 0],
    )


def test_cues_are_apart_and_share_their_probability() -> None:
    scores = np.full((5, LONGEST_CUE + 1), -9.0, np.float32)
    scores[:, 0] = 0
    scores[1, 2] = scores[2, 1] = -0.5  # "has said" and "said": together likelier than not
    assert [c[:2] for c in choose_cues(scores, 0.6)] in ([(1, 2)], [(2, 2)])
    assert choose_cues(scores, 0.9) == []
    assert choose_cues(scores[:0], 0.1) == []


def test_windows_hold_every_word_once_and_in_order() -> None:
    words, _ = words_of("The mayor spoke at length about the old bridge. " * 40 + "\n\n" + "It rained. " * 30)
    windows = cut_windows(words, Tokenizer(Letters()), 128)
    assert windows.pieces.shape[1] <= 128
    assert sorted(set(windows.words.tolist())) == list(range(len(words.head)))
    assert (np.diff(windows.words) >= 0).all() and (np.diff(windows.places) > 0).all()
    assert (windows.pieces[:, 0] == 101).all()


def test_features_tell_subject_from_clause() -> None:
    words, vocabulary = words_of(TEXT)
    cue = words.texts.index("said")
    pairs = pair_features(words, np.array([[cue, cue]]), vocabulary)
    at = {word: pairs[0, words.texts.index(word) - cue + REACH] for word in ("mayor", "closed", "added", "said")}
    assert len({int(f[3]) for f in at.values()}) == 4  # the ways through the parse
    assert at["mayor"][0] < at["said"][0] < at["closed"][0]  # the distances
    assert at["mayor"][1] != at["added"][1]  # the paragraphs
    assert (pairs >= 0).all() and (pairs.reshape(-1, 5).max(0) < vocabulary.pair_sizes()).all()
    assert (words.features.max(0) < vocabulary.sizes()).all()
    assert cue_root(words, cue, cue + 4) == cue
    assert words_left(words)[cue] == words.texts.index(".") - cue + 1
    assert around(words, np.array([[0, 0]]))[1][0, :REACH].sum() == 0


def test_blocks_hold_all_words_with_their_governors() -> None:
    words, _ = words_of("The mayor of Lund spoke at length. " * 9)
    blocks = list(cut_words(words, 20))
    assert [w for _, block in blocks for w in block.texts] == words.texts
    assert all(len(b.head) <= 20 and (b.head >= 0).all() and (b.head < len(b.head)).all() for _, b in blocks)
    assert [int(h) + start for start, b in blocks for h in b.head] == words.head.tolist()
    assert list(cut_words(words_of("")[0], 20)) == []
    assert [len(b.head) for _, b in cut_words(words, 3)][:3] == [3, 3, 2]


def test_runs() -> None:
    assert list(runs(np.array([True, False, True, True]))) == [(0, 0), (2, 3)]
    assert (OUT, SOURCE, CONTENT) == (0, 1, 2)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(["She said", "“", "”", "\n\n", "the bridge", ",", "Ünlü’s", "🌉", "x" * 300, "said", "."]),
        max_size=60,
    )
)
def test_spans_stand_in_the_text(parts: list[str]) -> None:
    text = " ".join(parts)
    parse = parse_text(text)
    meanings = np.random.default_rng(3).normal(size=(len(parse.tokens), 8)).astype(np.float16)
    for tagged in random_tagger().tag(replace(parse, meanings=meanings), Marked(find_quotations(text)), 0.3):
        assert tagged.content and len(tagged.cue) == 1
        spans = sorted((*tagged.source, *tagged.cue, *tagged.content))
        assert all(0 <= s < e <= len(text) for s, e in spans)
        assert all(a[1] <= b[0] for a, b in pairwise(spans))
