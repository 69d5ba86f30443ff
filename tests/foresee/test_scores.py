"""Scores by hand, their bounds, and that they are proper."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scoringrules import brier_score, crps_quantile, log_score, rps_score

from sayso.foresee.scoring.aggregates import clip_chances
from sayso.foresee.scoring.scores import score_brier, score_log, score_many, score_quantiles, score_ranks

ROWS = st.lists(st.floats(0.0, 1.0), min_size=2, max_size=6).filter(lambda row: sum(row) > 0.01)


def rows(*some: tuple[float, ...]) -> np.ndarray:
    return np.array(some)


def test_brier_of_yes_is_the_squared_error() -> None:
    assert score_brier(rows((0.2, 0.8), (1.0, 0.0)), 1) == pytest.approx([0.04, 1.0])


def test_brier_of_a_choice_by_hand() -> None:
    # (0.5² + 0.2² + (0.3 - 1)²) / 2
    assert score_brier(rows((0.5, 0.2, 0.3)), 2) == pytest.approx([0.39])


def test_log_by_hand_and_clipped() -> None:
    assert score_log(rows((0.2, 0.8)), 1) == pytest.approx([-math.log(0.8)])
    assert score_log(rows((1.0, 0.0)), 1) == pytest.approx([-math.log(0.001)])
    assert score_log(rows((0.0, 1.0)), 1) == pytest.approx([-math.log(0.999)])


def test_ranks_by_hand() -> None:
    # Cuts: (0.5 - 0)², (0.7 - 0)²; a near miss costs less than a far one.
    assert score_ranks(rows((0.5, 0.2, 0.3)), 2) == pytest.approx([(0.25 + 0.49) / 2])
    near, far = score_ranks(rows((0.0, 1.0, 0.0), (1.0, 0.0, 0.0)), 2)
    assert near < far == 1


def test_quantiles_by_hand() -> None:
    # Pinball losses of 1, 2, 3 at 25, 50, 75 % for 2.5: 0.375, 0.25, 0.125; twice their mean.
    assert score_quantiles(rows((1.0, 2.0, 3.0)), np.array([0.25, 0.5, 0.75]), 2.5) == pytest.approx([0.5])


def test_many_questions_at_once_score_like_one_by_one() -> None:
    some = [rows((0.2, 0.8)), rows((0.5, 0.2, 0.3), (1.0, 0.0, 0.0)), rows((0.6, 0.4), (0.5, 0.5))]
    outcomes = [1, 2, 0]
    for score in (score_brier, score_log, score_ranks):
        for got, chances, outcome in zip(score_many(some, outcomes, score), some, outcomes, strict=True):
            assert got == pytest.approx(score(chances, outcome))


@given(ROWS, st.data())
def test_bounds(row: list[float], data: st.DataObject) -> None:
    chances = np.array([row]) / sum(row)
    outcome = data.draw(st.integers(0, len(row) - 1))
    assert 0 <= score_brier(chances, outcome)[0] <= 1 + 1e-12
    assert 0 <= score_ranks(chances, outcome)[0] <= 1 + 1e-12
    assert 0 <= score_log(chances, outcome)[0] <= -math.log(0.001) + 0.01


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_honesty_pays(belief: float, said: float) -> None:
    for score in (score_brier, score_log):
        honest = (
            belief * score(rows((1 - belief, belief)), 1)[0] + (1 - belief) * score(rows((1 - belief, belief)), 0)[0]
        )
        other = belief * score(rows((1 - said, said)), 1)[0] + (1 - belief) * score(rows((1 - said, said)), 0)[0]
        assert honest <= other + 1e-12


@given(st.integers(2, 6).flatmap(lambda n: st.lists(st.lists(st.floats(0.01, 1), min_size=n, max_size=n), min_size=1)))
def test_the_scores_are_those_of_scoringrules(rows: list[list[float]]) -> None:
    chances = np.array(rows) / np.array(rows).sum(axis=1, keepdims=True)
    options = chances.shape[1]
    for outcome in range(options):
        truth = np.zeros_like(chances)
        truth[:, outcome] = 1
        assert score_brier(chances, outcome) == pytest.approx(brier_score(truth, chances).sum(axis=-1) / 2)
        told = clip_chances(chances)[:, outcome]
        assert score_log(chances, outcome) == pytest.approx(log_score(np.ones_like(told), told))
        ranked = rps_score(np.full(len(chances), outcome + 1), chances) / (options - 1)
        assert score_ranks(chances, outcome) == pytest.approx(ranked)


@given(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3), st.floats(-1e6, 1e6))
def test_the_score_of_quantiles_is_that_of_scoringrules(quantiles: list[float], outcome: float) -> None:
    rows, levels = np.sort(np.array([quantiles])), np.array([0.1, 0.5, 0.9])
    assert score_quantiles(rows, levels, outcome) == pytest.approx(crps_quantile(np.array([outcome]), rows, levels))
