"""Words of our own example sentences, and what holds of the words of any text whatever."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.words import LONGEST_KNOWN, load_known, split_words

# A bar where a word ends inside a piece: the text is what is left when the bars are taken out.
CUTS = [
    "The minister did|n't answer|.",
    "They can|not say who|'s to blame|, and wo|n’t|.",
    "I|’m sure he|'d|'ve come|; you|'ll|'ve seen|.",
    "do|nt",
    "The city|'s mayor|, the soldiers|' wives|.",
    "A well|-|known|, state|-|run broadcaster",
    "an 11th|-|century fort and a post|-|war camp",
    "a post-2014 law on Su-25 jets and T-72s",
    "Mr. Orlov and Gen. Petrov met on Jan. 5 at 9 a.m. in Washington|, D.C.",
    "the U.S.-backed force of the U.S. and the U.N.",
    "J. K. Smith of ACME Inc. said so|.",
    "He left the EU|.",
    "3,000 men|, 1.5 tonnes|, 10|% more",
    "$|5|m|, €|2.5bn|, US$|40 and 20|€",
    "5|km away at 10:30|, or 7|pm|, or 9|a.m.",
    "2014|-|2015|, the 1990s|, the 40th",
    "a 3.5|-|tonne lorry",
    "“|Never|,|” she said|.",
    "''|Never|,|'' she said|.",
    "Why|?|! Well|... no|…",
    "rain|—|then snow|–|and now|--|then",
    "(|see below|)|, [|sic|] {|x|}",
    "fire|/|smoke and/or ash",
    "Read https://example.org/a?b=c|, or write to press.office@example.org|.",
    "@ministry_x wrote |#|ceasefire",
    "20|°|C and hail",
    "ok|😀|👍",
    "It ended|.|Then it began",
    "gon|na go",
    "e.g. this|, i.e. that",
]


@pytest.mark.parametrize("marked", CUTS)
def test_a_text_is_cut_where_the_bars_are(marked: str) -> None:
    expected = [word for piece in marked.split() for word in piece.split("|") if word]
    text = marked.replace("|", "")
    assert [text[start:end] for start, end in split_words(text)] == expected


def test_white_space_of_any_kind_is_no_word() -> None:
    assert split_words(" \t\n\u00a0\u2003") == []
    assert split_words("") == []
    assert split_words("a\u00a0b") == [(0, 1), (2, 3)]


def test_every_known_piece_is_cut_as_the_table_says() -> None:
    known = load_known()
    assert max(map(len, known)) <= LONGEST_KNOWN
    for piece, cut in known.items():
        assert [end for _, end in split_words(piece)] == list(cut)


PIECES = st.one_of(
    st.sampled_from(sorted(load_known())),
    st.sampled_from(
        "the Kyiv 10% $5m 3,000 U.S. 10:30 a-b x.com http://a.b/c é ß ﬁ I İ 5° ½ 😀 👍🏽 𝐀 ... … -- — '' “ ” ’".split()
    ),
    st.text(max_size=6),
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_every_character_but_white_space_is_in_exactly_one_word(text: str) -> None:
    spans = split_words(text)
    covered = [at for start, end in spans for at in range(start, end)]
    assert covered == [at for at, character in enumerate(text) if not character.isspace()]
    assert all(start < end for start, end in spans)


@given(st.lists(PIECES, max_size=6).map("".join), st.lists(PIECES, max_size=6).map("".join))
def test_a_text_is_cut_the_same_whatever_stands_beyond_white_space(left: str, right: str) -> None:
    moved = [(start + len(left) + 1, end + len(left) + 1) for start, end in split_words(right)]
    assert split_words(f"{left} {right}") == split_words(left) + moved


@pytest.mark.parametrize(
    "unit",
    ["!", ".", "a", "1", "'s", "a.", "a-", "-", "@", '(".,', "km", "😀", "http://a.b/", "a+", "…", "don't", ".!"],
)
def test_absurd_pieces_are_cut_in_linear_time(unit: str, spend: Callable[..., float]) -> None:
    text = unit * (200_000 // len(unit))
    assert spend(lambda: split_words(text)) < 10  # a tenth of it as a rule; were it quadratic, hours
    spans = split_words(text)
    assert spans[0][0] == 0
    assert spans[-1][1] == len(text)
    assert all(before[1] == after[0] for before, after in pairwise(spans))
