"""What each word of a text means where it stands: vectors by a small encoder (all-MiniLM-L6-v2, int8, ONNX Runtime)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np

from sayso.extract.layers import Floats, average_runs
from sayso.extract.piece_windows import Tokenizer, Windows, cut_windows
from sayso.extract.sessions import Session, open_session, overflows
from sayso.extract.word_features import Surface
from sayso.extract.word_pieces import load_pieces
from sayso.originals import check_original

ENCODER, WEIGHTS, TOKENIZER = "encoder.onnx", "encoder.bin", "tokenizer.json"
"""The files of an encoder; its weights lie beside its graph, so that they are mapped into memory as they are needed."""
UNSIGNED, PLACES = "unsigned.onnx", "unsigned.json"
"""The same graph, on weights without a sign, and where these lie among the others: name, offset, rows and columns."""
MIDDLE = np.uint8(128)
"""What is added to a weight, round and round, to make it one without a sign."""
OUTPUTS = ["vectors", "contexts"]
"""What the encoder gives for each piece."""
MEANING, CONTEXT = 256, 384
"""How long a vector of either sort is."""


def load_encoder(folder: Path) -> Encoder:
    """The encoder of a folder. Raises DamagedError, ModelError, OSError or ValueError where its files are not right."""
    for name in (WEIGHTS, TOKENIZER):
        check_original(folder / name)
    session = open_unsigned(folder) if overflows() else open_session(folder / ENCODER)
    return Encoder(session, Tokenizer(load_pieces(folder / TOKENIZER)))


def open_unsigned(folder: Path) -> Session:
    """The graph on weights without a sign, whose products do not overflow. ONNX Runtime would make the one into the
    other by itself, at a third of what it costs to start. Raises as `load_encoder`."""
    check_original(folder / PLACES)
    places = msgspec.json.decode((folder / PLACES).read_bytes(), type=list[tuple[str, int, int, int]])
    content = np.memmap(folder / WEIGHTS, np.uint8, "r")
    weights = {
        name: (content[at : at + rows * columns] ^ MIDDLE).reshape(rows, columns) for name, at, rows, columns in places
    }
    return open_session(folder / UNSIGNED, weights)


class Encoder:
    """An encoder with its tokenizer."""

    def __init__(self, session: Session, tokenizer: Tokenizer) -> None:
        """`session` gives two vectors for each piece of a window of pieces: what it means to the attribution heads, and
        what it is part of."""
        self.session = session
        self.tokenizer = tokenizer

    def read_words(self, words: Surface) -> tuple[Floats, Floats]:
        """The averages of the vectors of each word's pieces, of either sort: words by width."""
        windows = cut_windows(words, self.tokenizer)
        opens = np.flatnonzero(np.diff(windows.words, prepend=-1))  # Every word has a piece, in order.
        counts = np.diff(opens, append=len(windows.words))
        meanings, contexts = (average_runs(pieces, opens, counts) for pieces in self._read_pieces(windows))
        return meanings, contexts

    def _read_pieces(self, windows: Windows) -> Iterator[Floats]:
        """The vectors of all pieces of words, one sort after the other. Windows are read one by one: none is padded,
        and the memory is bounded."""
        found = []
        for row in windows.pieces:
            length = int(np.count_nonzero(row))
            read = self.session.run(OUTPUTS, {"pieces": row[None, :length]})
            found.append([np.pad(vectors[0], ((0, len(row) - length), (0, 0))) for vectors in read])
        for sort in zip(*found, strict=True):
            yield np.concatenate(sort)[windows.places]
