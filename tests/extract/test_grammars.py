"""Trees and names from a reader's scores."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sayso.extract.grammars import LONGEST_SENTENCE, choose_tree, find_names, find_sentences


def climb(head: list[int]) -> list[int]:
    """The root that each word ends at; -1 where it runs in a circle."""
    roots = []
    for at in range(len(head)):
        steps = 0
        while head[at] != at and steps <= len(head):
            at, steps = head[at], steps + 1
        roots.append(at if steps <= len(head) else -1)
    return roots


@given(st.integers(1, 12).flatmap(lambda n: arrays(np.float32, (n, n + 1), elements=st.floats(-9, 9, width=32))))
def test_every_sentence_is_one_tree(rated: np.ndarray) -> None:
    head = choose_tree(rated[:, :-1], rated[:, -1]).tolist()
    assert set(climb(head)) == {int(rated[:, -1].argmax())}


def test_the_best_governors_are_taken_where_they_make_a_tree() -> None:
    gold = [1, 1, 4, 4, 1]
    scores = np.zeros((5, 5), np.float32)
    scores[np.arange(5), gold] = 3
    assert choose_tree(scores, np.array([0, 9, 0, 0, 0], np.float32)).tolist() == gold


def test_a_circle_is_broken_where_it_costs_least() -> None:
    scores = np.full((3, 3), -5, np.float32)
    scores[1, 2] = scores[2, 1] = 5
    scores[1, 0], scores[2, 0] = 1, 4
    assert choose_tree(scores, np.array([9, 0, 0], np.float32)).tolist() == [0, 2, 0]


def test_sentences_open_where_told_and_where_they_must_and_end_in_the_end() -> None:
    rated = np.zeros((LONGEST_SENTENCE + 10, 2), np.float32)
    rated[:, 0] = 1
    rated[3, 1] = 2
    opens = np.zeros(len(rated), bool)
    opens[[0, 5]] = True
    expected = [(0, 3), (3, 5), (5, 5 + LONGEST_SENTENCE), (5 + LONGEST_SENTENCE, len(rated))]
    assert find_sentences(rated, opens) == expected


@pytest.mark.parametrize(
    ("numbers", "names"),
    [
        ([1, 2, 0, 0], [(0, 1, "GPE")]),
        ([1, 1, 4, 4], [(0, 0, "GPE"), (1, 1, "GPE"), (2, 3, "ORG")]),
        ([3, 2, 0, 4], [(0, 0, "ORG"), (1, 1, "GPE"), (3, 3, "ORG")]),
        ([1, 2, 2, 2], [(0, 1, "GPE"), (2, 3, "GPE")]),
    ],
)
def test_names_begin_and_go_on_within_a_sentence(numbers: list[int], names: list[tuple[int, int, str]]) -> None:
    assert find_names(np.array(numbers), [(0, 2), (2, 4)], ["GPE", "ORG"]) == names
