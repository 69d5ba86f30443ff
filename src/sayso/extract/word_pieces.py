"""Words cut into the pieces of an encoder's vocabulary: WordPiece, as BERT and its kin have it.

Their words are plain (no accents, lower case, no control characters), Chinese characters and marks stand by themselves,
and of a word the longest piece of the vocabulary is taken again and again (Wu et al. 2016). It is written out here
because the library `tokenizers` brings a client of a hub of models with it, ten times its size; tests hold it to that
library, character by character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import msgspec

FIRST, LAST, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
"""The marks at the ends of a window, and the piece of a word that the vocabulary has none for."""
INSIDE = "##"
"""What a piece begins with that does not begin its word."""
LONGEST_CUT = 100
"""Characters of a word beyond which it counts as unknown."""
BROKEN = "\ufffd"
"""What stands for bytes that were no character: left out like control characters."""
UNSEEN = frozenset(("Cc", "Cf", "Co", "Cs"))
"""Categories of characters that are left out. Those that Unicode has not assigned are kept."""
CHINESE = re.compile(
    "([\u4e00-\u9fff\u3400-\u4dbf\U00020000-\U0002a6df\U0002a700-\U0002b73f\U0002b740-\U0002b81f"
    "\U0002b920-\U0002ceaf\uf900-\ufaff\U0002f800-\U0002fa1f])"
)
"""Characters that are words by themselves; the ranges are BERT's, the gap at U+2B820 with them."""
MARKS = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
"""Marks of ASCII, of which Unicode calls some symbols."""


def load_pieces(path: Path) -> WordPieces:
    """The vocabulary of a `tokenizer.json`. Raises OSError or ValueError where it is not right."""
    try:
        kept = msgspec.json.decode(path.read_bytes())
    except msgspec.DecodeError as error:
        raise ValueError(f"{path}: {error}") from None
    try:
        return WordPieces(kept["model"]["vocab"], tuple(token["content"] for token in kept["added_tokens"]))
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path}: not the vocabulary of a WordPiece tokenizer") from error


class WordPieces:
    """A vocabulary of pieces with their numbers."""

    def __init__(self, vocabulary: Mapping[str, int], special: tuple[str, ...] = ()) -> None:
        """`special` are pieces that stand for themselves wherever they are written out."""
        self._vocabulary = vocabulary
        self._special = re.compile(f"({'|'.join(map(re.escape, special))})") if special else None

    def number(self, piece: str) -> int:
        """The number of a piece. Raises KeyError where there is none such."""
        return self._vocabulary[piece]

    def cut(self, text: str) -> list[int]:
        """The numbers of the pieces of a text, in order."""
        found: list[int] = []
        for part in self._special.split(text) if self._special else (text,):
            if self._special and self._special.fullmatch(part):
                found.append(self._vocabulary[part])
                continue
            for word in split_plain(part):
                found += self._cut_word(word)
        return found

    def _cut_word(self, word: str) -> list[int]:
        """The longest pieces that a plain word is made of, from its start; one unknown piece where there are none."""
        if len(word) > LONGEST_CUT:
            return [self._vocabulary[UNKNOWN]]
        found: list[int] = []
        start = 0
        while start < len(word):
            opening = INSIDE if start else ""
            for end in range(len(word), start, -1):
                number = self._vocabulary.get(opening + word[start:end])
                if number is not None:
                    found.append(number)
                    start = end
                    break
            else:
                return [self._vocabulary[UNKNOWN]]
        return found


def split_plain(text: str) -> Iterator[str]:
    """The plain words of a text, each mark by itself."""
    if text.isascii() and text.isalnum():
        yield text.lower()
        return
    kept = "".join(" " if c.isspace() else c for c in text if is_kept(c))
    bare = (c for c in unicodedata.normalize("NFD", CHINESE.sub(r" \1 ", kept)) if unicodedata.category(c) != "Mn")
    # Letter by letter: as a word, Python would write a Greek sigma at its end another way.
    plain = "".join(c.lower() for c in bare)
    for word in plain.split():
        start = 0
        for at, letter in enumerate(word):
            if is_mark(letter):
                if start < at:
                    yield word[start:at]
                yield letter
                start = at + 1
        if start < len(word):
            yield word[start:]


def is_kept(letter: str) -> bool:
    """Whether a character is one of writing: not of control, format or private use, nor broken."""
    return letter in "\t\n\r" or not (letter == BROKEN or unicodedata.category(letter) in UNSEEN)


@lru_cache(maxsize=4096)
def is_mark(letter: str) -> bool:
    """Whether a character is a punctuation mark."""
    return letter in MARKS or unicodedata.category(letter).startswith("P")
