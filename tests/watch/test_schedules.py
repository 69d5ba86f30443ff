"""When to ask again."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from sayso.watch.schedules import (
    AGES_S,
    FARTHEST_S,
    LONGEST_S,
    back_off,
    is_due,
    learn_interval,
    read_retry_after,
    wait_for_age,
)

CHANCE = st.floats(0, 1, exclude_max=True)


@given(st.floats(1, 1e6), st.integers(0, 50), st.floats(1, 1e5), st.floats(0, 1e5))
def test_an_interval_stays_within_its_bounds(interval: float, new: int, least: float, more: float) -> None:
    assert least <= learn_interval(interval, new, least, least + more) <= least + more


def test_a_feed_that_changes_is_asked_sooner_and_one_that_rests_later() -> None:
    busy = quiet = 3600.0
    for _ in range(40):
        busy, quiet = learn_interval(busy, 1, 300, 21_600), learn_interval(quiet, 0, 300, 21_600)
    assert (busy, quiet) == (300, 21_600)


def test_an_interval_comes_to_rest_where_three_askings_in_ten_find_something() -> None:
    every, interval, asked, since, found = 3000.0, 300.0, 0, 0.0, 0
    for _ in range(3000):
        since += interval
        new, since = int(since // every), since % every
        found, asked = found + bool(new), asked + 1
        interval = learn_interval(interval, new, 60, 21_600)
    assert 0.25 < found / asked < 0.36


@given(st.floats(60, 20_000), CHANCE)
def test_failures_are_waited_out_ever_longer_up_to_a_day(interval: float, chance: float) -> None:
    waits = [back_off(interval, failures, lambda: chance) for failures in range(1, 60)]
    assert waits == sorted(waits) and interval <= waits[0] * 2 and waits[-1] <= LONGEST_S


@given(CHANCE)
def test_an_article_is_asked_for_ever_more_seldom_and_then_never(chance: float) -> None:
    waits = [wait_for_age(rung, lambda: chance) for rung in range(len(AGES_S) + 2)]
    known = [wait for wait in waits if wait is not None]
    assert known == sorted(known) and waits[len(AGES_S) :] == [None, None] and max(known) < FARTHEST_S


def test_what_lies_too_far_ahead_is_due() -> None:
    assert is_due(100, 100) and not is_due(101, 100) and is_due(100 + FARTHEST_S + 1, 100)


def test_retry_after() -> None:
    now = datetime(2031, 1, 6, tzinfo=UTC).timestamp()
    told = {
        "120": 120,
        "Mon, 06 Jan 2031 00:10:00 GMT": 600,
        "Mon, 06 Jan 2031 00:10:00": 600,
        "Sun, 05 Jan 2031 00:00:00 GMT": 0,
        "Mon, 06 Jan 2099 00:00:00 GMT": LONGEST_S,
        "9" * 400: LONGEST_S,
        "-5": 0,
        "soon": 0,
        "": 0,
    }
    assert {words: read_retry_after(words, now) for words in told} == told


@given(st.text(max_size=40))
def test_retry_after_of_any_words_is_a_wait(words: str) -> None:
    assert 0 <= read_retry_after(words, 1.9e9) <= LONGEST_S
