"""Groups by average link and by centres, against a plain reckoning of the same."""

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sayso.weigh.matching.clusters import Branch, link_averages


def link_rows(alike: np.ndarray, least: float) -> list[list[int]]:
    """The rows of each tree."""
    return [list(tree.rows) for tree in link_averages(alike, least)]


def link_slowly(alike: np.ndarray, least: float) -> list[list[int]]:
    """The most alike two groups are joined, again and again."""
    groups = [[n] for n in range(len(alike))]
    while len(groups) > 1:
        best, a, b = max(
            ((float(np.mean([[alike[i, j] for j in y] for i in x])), -k, -m) for (k, x), (m, y) in pairs(groups)),
        )
        if best < least:
            break
        groups[-a] += groups.pop(-b)
    return sorted((sorted(g) for g in groups), key=lambda g: g[0])


def pairs(groups: list[list[int]]):
    return combinations(enumerate(groups), 2)


@given(st.integers(0, 2**32 - 1), st.integers(1, 14), st.floats(0.2, 0.9))
def test_average_links_are_those_of_the_plain_way(seed: int, n: int, least: float) -> None:
    half = np.random.default_rng(seed).random((n, n)).astype(np.float32)
    alike = (half + half.T) / 2
    assert link_rows(alike.copy(), least) == link_slowly(alike.astype(np.float64), least)


@given(st.permutations(range(9)))
def test_groups_do_not_depend_on_the_order_of_rows(order: list[int]) -> None:
    half = np.random.default_rng(5).random((9, 9)).astype(np.float32)
    alike = (half + half.T) / 2
    moved = link_rows(alike[np.ix_(order, order)], 0.5)
    assert {frozenset(order[n] for n in g) for g in moved} == {frozenset(g) for g in link_rows(alike.copy(), 0.5)}


def test_nothing_is_alike_and_everything_is() -> None:
    assert link_rows(np.zeros((3, 3), np.float32), 0.5) == [[0], [1], [2]]
    assert link_rows(np.ones((3, 3), np.float32), 0.5) == [[0, 1, 2]]
    assert link_rows(np.ones((1, 1), np.float32), 0.5) == [[0]]


@given(st.integers(0, 2**32 - 1), st.integers(2, 12))
def test_halves_are_as_likely_as_their_pairs_are_on_average(seed: int, n: int) -> None:
    half = np.random.default_rng(seed).random((n, n)).astype(np.float32)
    alike = (half + half.T) / 2
    waiting: list[Branch] = link_averages(alike.copy(), 0.1)
    while waiting:
        tree = waiting.pop()
        if tree.halves:
            one, other = (list(branch.rows) for branch in tree.halves)
            assert sorted(one + other) == list(tree.rows)
            assert np.isclose(tree.likely, alike[np.ix_(one, other)].mean(), atol=1e-4)
            assert all(branch.likely >= tree.likely - 1e-4 for branch in tree.halves)
            waiting += tree.halves
