import pytest

from sayso.read.day_orders import find_day_order, order_day


@pytest.mark.parametrize(
    ("days", "rising", "order"),
    [
        ([(2031, 5, 3)], False, "ymd"),
        ([(3, 5, 2031), (17, 5, 2031)], False, "dmy"),
        ([(5, 3, 2031), (5, 17, 2031)], False, "mdy"),
        ([(5, 3, 2031)], False, ""),
        ([(5, 5, 2031)], False, "dmy"),
        ([(1, 2, 2031), (2, 1, 2031)], True, "mdy"),
        ([(2, 1, 2031), (1, 2, 2031)], True, "dmy"),
        ([(1, 2, 2031), (2, 1, 2031)], False, ""),
        ([], True, ""),
    ],
)
def test_the_order_of_days(days: list[tuple[int, int, int]], rising: bool, order: str) -> None:
    assert find_day_order(days, rising=rising) == order


def test_a_year_of_two_figures() -> None:
    assert order_day((3, 5, 31), "dmy") == (2031, 5, 3)
