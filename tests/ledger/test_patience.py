"""A database that is away for a while is waited for, and no longer than one wants."""

import pytest

from sayso.ledger.errors import AwayError, LedgerError
from sayso.ledger.patience import Patience


class Watch:
    """A clock that goes on while one sleeps, and what was said meanwhile."""

    def __init__(self):
        self.seconds, self.said, self.pauses = 0.0, [], []

    def sleep(self, seconds):
        self.pauses.append(seconds)
        self.seconds += seconds

    def give(self, seconds):
        return Patience(seconds, self.said.append, self.sleep, lambda: self.seconds)


def fail_until(watch, moment, error=AwayError):
    """Work that goes well from a moment on."""

    def work():
        if watch.seconds < moment:
            raise error("db: the server cannot be reached")
        return "done"

    return work


def test_what_fails_for_a_while_is_tried_until_it_goes_well_and_told_once():
    watch = Watch()
    assert watch.give(120).try_on(fail_until(watch, 60)) == "done"
    assert watch.said == ["db: the server cannot be reached; trying again for 120 seconds"]
    assert 60 <= watch.seconds <= 65
    assert watch.pauses == sorted(watch.pauses)


def test_patience_ends():
    watch = Watch()
    with pytest.raises(AwayError):
        watch.give(30).try_on(fail_until(watch, 60))
    assert watch.seconds == 30


def test_without_patience_nothing_is_tried_again_or_said():
    watch = Watch()
    with pytest.raises(AwayError):
        watch.give(0).try_on(fail_until(watch, 60))
    assert (watch.seconds, watch.said) == (0, [])


def test_what_will_not_pass_is_not_waited_for():
    watch = Watch()
    with pytest.raises(LedgerError):
        watch.give(30).try_on(fail_until(watch, 60, LedgerError))
    assert watch.seconds == 0
