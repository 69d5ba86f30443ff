import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from sayso.extract.encoders import TOKENIZER
from sayso.extract.networks import MODEL
from sayso.extract.word_pieces import WordPieces, load_pieces

PIECES = load_pieces(MODEL / TOKENIZER)
LIBRARY = Tokenizer.from_file(str(MODEL / TOKENIZER))
LIBRARY.no_padding()
LIBRARY.no_truncation()

SINCE_OTHERWISE = "\u166d\u1734\u1885\u1886"
"""A Canadian mark and signs of Hanunoo and Mongolian, whose categories Unicode has changed since the library's
tables."""


def cut_by_library(text: str) -> list[int]:
    ids: list[int] = LIBRARY.encode(text, add_special_tokens=False).ids
    return ids


def is_old(letter: str) -> bool:
    """Whether a character was in Unicode 3.2, so that every table of today knows it alike; or is in none."""
    if letter in SINCE_OTHERWISE or unicodedata.category(letter) == "Cs":
        return False
    return unicodedata.ucd_3_2_0.category(letter) != "Cn" or unicodedata.category(letter) == "Cn"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The ferry's 2,400 passengers were re-routed — “twice”, said the harbour-master.",
        "Grzegorz Brzęczyszczykiewicz; Şişli; Đorđević; ΟΔΥΣΣΕΥΣ; İzmir; straße; Жигулёвск; ﬁre",
        "渡船が2隻沈没した 서울시 ภาษาไทย हिन्दी العربية\u200fעברית",
        "A [MASK] and a [SEP] in the text, [sep] too, [UNK][PAD]",
        "soft\u00adhyphen zero\u200bwidth\ufeff broken\ufffd nul\0 tab\tbell\a line\u2028end nbsp\u00a0thin\u2009",
        "x" * 100 + " " + "y" * 101 + " " + "ﷺ" * 12,
        "naïve e\u0301te\u0301 q\u0323\u0307 \U0001f6a2\ufe0f 👩\u200d🚀 ½ № ™ ² Ⅷ ǅ",
    ],
)
def test_texts_are_cut_as_the_library_cuts_them(text: str) -> None:
    assert PIECES.cut(text) == cut_by_library(text)


@given(st.text(st.characters(codec="utf8").filter(is_old), max_size=40))
def test_any_text_is_cut_as_the_library_cuts_it(text: str) -> None:
    assert PIECES.cut(text) == cut_by_library(text)


def test_characters_inside_and_beside_words_are_taken_as_the_library_takes_them() -> None:
    letters = [chr(n) for n in range(0x3100) if is_old(chr(n))]
    rows = [f"die{letter}gut {letter}" for letter in letters]
    assert [PIECES.cut(row) for row in rows] == [cut_by_library(row) for row in rows]


def test_a_file_that_holds_no_vocabulary_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text('{"model": {"merges": []}}', "utf8")
    with pytest.raises(ValueError, match=r"other\.json: not the vocabulary"):
        load_pieces(tmp_path / "other.json")


def test_a_word_is_of_its_longest_pieces_or_unknown() -> None:
    pieces = WordPieces({"[UNK]": 0, "har": 1, "harb": 2, "##our": 3, "##o": 4, ",": 5})
    assert pieces.cut("Harbour, harx") == [2, 3, 5, 0]
    assert pieces.number("harb") == 2
