"""Texts as an encoder reads them: word pieces in windows of about one length."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sayso.extract.layers import Ints
from sayso.extract.word_features import QUOTES, Surface
from sayso.extract.word_pieces import FIRST, LAST, UNKNOWN, WordPieces

WINDOW = 256
"""Word pieces that the encoder reads at once, its two marks included."""

LONGEST_WORD = 8
"""Pieces of a word that are read."""

MOST_KNOWN = 200_000
"""Words whose pieces are remembered."""


ENDS = frozenset(".?!…") | {"..."}
"""Marks after which a sentence seems to begin."""


@dataclass(frozen=True, slots=True)
class Windows:
    """Piece numbers by window, padded with 0, and for each piece of a word its place in the flattened array and the
    word."""

    pieces: Ints
    places: Ints
    words: Ints


class Tokenizer:
    """Words to piece numbers, each word by itself."""

    def __init__(self, pieces: WordPieces) -> None:
        """`pieces` is the vocabulary of the encoder."""
        self.pieces = pieces
        self._known: dict[str, list[int]] = {}
        self.first, self.last, self.unknown = map(pieces.number, (FIRST, LAST, UNKNOWN))

    def cut(self, word: str) -> list[int]:
        """The pieces of a word; at least one."""
        if word not in self._known:
            plain = word[:200].encode("utf8", "replace").decode("utf8")  # Half a surrogate pair is no character.
            ids = self.pieces.cut(plain)[:LONGEST_WORD]
            if len(self._known) > MOST_KNOWN:
                self._known.clear()
            self._known[word] = ids or [self.unknown]
        return self._known[word]


def cut_windows(words: Surface, tokenizer: Tokenizer, longest: int = WINDOW) -> Windows:
    """The pieces of a text in windows of about one length, each beginning where a sentence seems to if that is
    possible; a mark stands between paragraphs."""
    cut = [tokenizer.cut(word) for word in words.texts]
    n = len(cut)
    opens = np.ones(n, bool)
    opens[1:] = words.paragraph[1:] != words.paragraph[:-1]
    lengths = np.array([len(c) for c in cut], np.int64) + opens
    room = longest - 2
    total = int(lengths.sum())
    aim = total / max(1, -(-total // (room - 24))) if total else room
    starts = find_starts(words)
    sizes: list[int] = lengths.tolist()
    bounds: list[int] = [0]
    filled = 0
    sentence = 0
    since = 0
    for i in range(n):
        if starts[i]:
            # The nearer of the last sentence and this one to the aim ends the window.
            if filled >= aim - 12:
                bounds.append(i)
                filled, since = 0, 0
            sentence, since = i, filled
        if filled + sizes[i] > room:
            back = sentence if since > room // 2 and sentence > bounds[-1] else i
            bounds.append(back)
            filled = sum(sizes[back:i])
            since = 0
        filled += sizes[i]
    bounds.append(n)
    rows: list[list[int]] = []
    places: list[tuple[int, int]] = []
    begins: list[bool] = opens.tolist()
    for a, b in pairwise(bounds):
        row = [tokenizer.first]
        for i in range(a, b):
            if begins[i] and i > a:
                row.append(tokenizer.last)
            places += [(len(rows), at) for at in range(len(row), len(row) + len(cut[i]))]
            row += cut[i]
        rows.append([*row, tokenizer.last])
    width = max((len(r) for r in rows), default=2)
    pieces = np.zeros((len(rows), width), np.int64)
    for k, row in enumerate(rows):
        pieces[k, : len(row)] = row
    found = np.array(places, np.int64).reshape(-1, 2)
    owners = np.repeat(np.arange(n), [len(c) for c in cut])
    return Windows(pieces, found[:, 0] * width + found[:, 1], owners)


def find_starts(words: Surface) -> list[bool]:
    """Where sentences seem to begin, for what reads the text before its grammar is known: at paragraphs and after a
    full stop, question or exclamation mark and the quotation marks that follow it."""
    starts, ended, paragraph = [], True, -1
    for text, at in zip(words.texts, words.paragraph.tolist(), strict=True):
        closing = ended and text in QUOTES and text not in "“‘«" and at == paragraph
        starts.append((ended and not closing) or at != paragraph)
        ended = closing or text in ENDS
        paragraph = at
    return starts
