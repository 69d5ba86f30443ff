"""How often something may be done."""

import pytest

from sayso.serve.guards.limits import Limiter, name_network


class Tick:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_so_many_at_once_and_again_as_time_goes_by() -> None:
    tick = Tick()
    limiter = Limiter(3, 60, tick)
    assert [limiter.spend("a") for _ in range(3)] == [0, 0, 0]
    assert limiter.spend("a") == pytest.approx(20)
    assert limiter.spend("b") == 0
    tick.now = 19
    assert limiter.spend("a") == pytest.approx(1)
    tick.now = 20
    assert limiter.spend("a") == 0
    assert limiter.spend("a") == pytest.approx(20)
    tick.now = 10_000
    assert [limiter.spend("a") == 0 for _ in range(4)] == [True, True, True, False]


def test_what_was_right_is_given_back() -> None:
    limiter = Limiter(1, 60, Tick())
    limiter.spend("a")
    limiter.refund("a")
    limiter.refund("a")
    limiter.refund("b")
    assert [limiter.spend("a") == 0 for _ in range(2)] == [True, False]


def test_memory_is_bounded() -> None:
    limiter = Limiter(3, 60, Tick(), keys=100)
    for key in range(10_000):
        limiter.spend(key)
    assert len(limiter) == 100


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
        ("x" * 900, "x" * 64),
    ],
)
def test_whom_an_address_belongs_to(address: str, network: str) -> None:
    assert name_network(address) == network
