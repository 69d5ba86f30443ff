from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from sayso.grammar.likenesses import count_common, rate_likeness, share_order

LETTERS = st.text("abcé ", max_size=150)
ROWS = st.lists(st.sampled_from(["bridge", "closed", "again", "on", "Monday"]), max_size=90)


def test_what_two_names_have_in_one_order() -> None:
    assert count_common("kitten", "sitting") == 4
    assert rate_likeness("Petrov", "Petrow") > 80 > rate_likeness("Petrov", "Volkova")
    assert share_order(["the", "bridge", "fell"], ["the", "old", "bridge", "fell"]) == 0.75


@given(LETTERS, LETTERS)
def test_likeness_is_that_of_rapidfuzz(a: str, b: str) -> None:
    assert rate_likeness(a, b) == fuzz.ratio(a, b)


@given(ROWS, ROWS)
def test_order_is_that_of_rapidfuzz(a: list[str], b: list[str]) -> None:
    assert share_order(a, b) == LCSseq.normalized_similarity(a, b)
