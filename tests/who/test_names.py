"""Which names are one across reports; the pairs stand in ``data/names.tsv``."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.who.names import fold_word, load_variants, resolve_names, same_person

ROWS = [line.split("\t") for line in (Path(__file__).parent / "data" / "names.tsv").read_text("utf8").splitlines()[2:]]
PAIRS = {
    are: [(one, other) for of, its, one, other in ROWS if of == "person" and its == are]
    for are in ("same", "different")
}
BODIES = [(one, other, its == "same") for of, its, one, other in ROWS if of == "body"]


@pytest.mark.parametrize(("one", "other"), PAIRS["same"])
def test_spellings_of_one_person_are_one(one: str, other: str) -> None:
    assert same_person(one, other) and same_person(other, one)
    assert len(set(resolve_names([one, other]).values())) == 1


@pytest.mark.parametrize(("one", "other"), PAIRS["different"])
def test_two_people_stay_two(one: str, other: str) -> None:
    assert not same_person(one, other) and not same_person(other, one)
    assert len(set(resolve_names([one, other]).values())) == 2


@pytest.mark.parametrize(("one", "other", "same"), BODIES)
def test_bodies_are_one_by_what_they_are_and_not_by_likeness(one: str, other: str, same: bool) -> None:
    assert (len(set(resolve_names([one, other]).values())) == 1) == same


@pytest.mark.parametrize(
    ("names", "of", "stands"),
    [
        (["Ann Lee", "Bob Lee", "Lee"], "Lee", "Lee"),
        (["Ann Lee", "Lee"], "Lee", "Ann Lee"),
        (["Ann Lee", "Dr. Lee", "Lee"], "Dr. Lee", "Ann Lee"),
        (["Joe Biden", "Hunter Biden", "President Biden"], "President Biden", "President Biden"),
        (["Kim Jong Un", "Kim Yo Jong", "Kim"], "Kim", "Kim"),
        (["Kim Jong Un", "Kim"], "Kim", "Kim Jong Un"),
        (["Maria Zakharova", "Maria"], "Maria", "Maria"),
        (["Chad Smith", "Chad"], "Chad", "Chad"),
        (["two officials", "officials"], "officials", "officials"),
        (["A. Petrov", "Alexei Petrov", "Andrei Petrov"], "A. Petrov", "A. Petrov"),
    ],
)
def test_nothing_is_merged_where_two_fit(names: list[str], of: str, stands: str) -> None:
    assert resolve_names(names)[of] == stands


NAMES = st.lists(
    st.sampled_from(
        [name for pairs in PAIRS.values() for pair in pairs for name in pair] + ["Lee", "Kim", "", " ", "?"]
    ),
    max_size=12,
)


@settings(max_examples=100, deadline=None)
@given(NAMES, st.randoms(use_true_random=False))
def test_the_order_of_names_does_not_matter(names: list[str], random: object) -> None:
    shuffled = list(names)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    found = resolve_names(names)
    assert resolve_names(shuffled) == found
    assert set(found) == {name for name in names if name.strip()}


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_mutual_for_any_words(one: str, other: str) -> None:
    assert same_person(one, other) == same_person(other, one)
    resolve_names([one, other])


def test_given_names_of_different_people_share_no_row() -> None:
    rows = load_variants("given")
    assert rows[fold_word("Oleksandr")] & rows[fold_word("Alexander")]
    for one, other in (("Alexander", "Alexei"), ("Dmitry", "Denis"), ("Hassan", "Hussein"), ("Peter", "Paul")):
        assert not rows[fold_word(one)] & rows[fold_word(other)]
