import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.encoders import ENCODER, OUTPUTS, Encoder, average_runs, open_unsigned
from sayso.extract.networks import MODEL
from sayso.extract.piece_windows import WINDOW, Tokenizer
from sayso.extract.sessions import open_session
from sayso.extract.word_features import Surface, describe_surface
from sayso.extract.word_pieces import WordPieces
from sayso.grammar.quotations import Marked, find_quotations


class Letters(WordPieces):
    """A vocabulary whose pieces are the letters of a word."""

    def __init__(self) -> None:
        super().__init__({"[CLS]": 101, "[SEP]": 102, "[UNK]": 100})

    def cut(self, text: str) -> list[int]:
        return [ord(c) for c in text if c.isalpha()]


class Numbers:
    """An encoder whose vectors are the numbers of the pieces, of the second sort their opposites; it notes the windows
    it was given."""

    def __init__(self) -> None:
        self.seen: list[np.ndarray] = []

    def run(self, _: list[str], inputs: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        self.seen.append(inputs["pieces"])
        found = inputs["pieces"][:, :, None].astype(np.float32)
        return found, -found


def surface_of(text: str) -> Surface:
    spans, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        spans.append((start, at))
    return describe_surface(text, spans, Marked(find_quotations(text)))


def test_words_are_the_average_of_their_pieces() -> None:
    session = Numbers()
    words = surface_of("ac b. " * 200 + "\n\nd 7")
    found, contexts = Encoder(session, Tokenizer(Letters())).read_words(words)
    assert (contexts == -found).all()
    assert found[:, 0].tolist() == [98.0, 98.0] * 200 + [100.0, 100.0]  # "7" has no piece: [UNK]
    assert len(session.seen) > 1
    for pieces in session.seen:
        assert pieces.shape[0] == 1 and pieces.shape[1] <= WINDOW and (pieces > 0).all()


@given(st.lists(st.integers(1, 9), min_size=1, max_size=30))
def test_runs_are_averaged(counts: list[int]) -> None:
    rows = np.random.default_rng(2).normal(size=(sum(counts), 3)).astype(np.float32)
    starts = np.cumsum([0, *counts[:-1]])
    expected = [rows[s : s + n].mean(axis=0) for s, n in zip(starts, counts, strict=True)]
    assert average_runs(rows, starts, np.array(counts)) == pytest.approx(np.array(expected), abs=1e-5)


def test_weights_without_a_sign_give_the_same() -> None:
    pieces = {"pieces": np.array([[101, 2093, 11867, 4728, 1037, 7942, 12001, 102]])}
    signed, unsigned = open_session(MODEL / ENCODER), open_unsigned(MODEL)
    for one, other in zip(signed.run(OUTPUTS, pieces), unsigned.run(OUTPUTS, pieces), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)
