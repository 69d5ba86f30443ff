"""The file of alerts: each message is somebody's to send, is tried again, and is never lost."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from alert_samples import HOSTILE, NOW, make_alert

from sayso.errors import Error
from sayso.watch.alerts.stores import FIRST_WAIT, LEASE, MOST_TRIES, AlertStore, Mark


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AlertStore]:
    store = AlertStore(tmp_path / "l.db.alerts.db")
    yield store
    store.close()


def test_an_alert_is_kept_once_with_a_message_to_each_sink(store: AlertStore) -> None:
    alerts = [make_alert(1), make_alert(2)]
    assert store.keep(alerts, ["a", "b"], NOW, Mark(7)) == alerts
    assert store.keep([*alerts, make_alert(3)], ["a"], NOW, Mark(9)) == [make_alert(3)]
    taken = store.take(["a", "b"], NOW)
    assert [(sink, [alert.id for alert in message.alerts]) for sink, message in taken] == [
        ("a", ["a0000001", "a0000002"]), ("b", ["a0000001", "a0000002"]), ("a", ["a0000003"]),
    ]  # fmt: skip
    assert len({message.id for _, message in taken}) == 3 and store.mark == Mark(9)
    assert [alert.id for alert in taken[0][1].recent] == ["a0000003", "a0000002", "a0000001"]


def test_what_one_run_sends_is_no_other_s_until_that_is_lost(store: AlertStore) -> None:
    other = AlertStore(store.path)
    store.keep([make_alert()], ["a"], NOW, None)
    ((_, first),) = store.take(["a"], NOW)
    assert other.take(["a"], NOW + LEASE / 2) == []
    ((_, again),) = other.take(["a"], NOW + LEASE)
    assert again.id == first.id
    other.close()


def test_a_message_that_fails_is_tried_later_and_later_and_given_up_at_last(store: AlertStore) -> None:
    store.keep([make_alert()], ["a"], NOW, None)
    moment, pauses = NOW, []
    for _ in range(MOST_TRIES):
        ((_, message),) = store.take(["a"], moment)
        store.settle(message.id, moment, "it is down")
        (delivery,) = store.list_deliveries(failing=True)
        pauses.append(delivery.due - moment)
        moment = delivery.due
    assert pauses[0] == FIRST_WAIT and pauses == sorted(pauses)
    assert timedelta(days=3) < sum(pauses, timedelta()) < timedelta(days=5)
    assert delivery.state == "given up" and store.take(["a"], moment + timedelta(days=9)) == []


def test_a_sink_that_asks_to_be_left_alone_is(store: AlertStore) -> None:
    store.keep([make_alert()], ["a"], NOW, None)
    ((_, message),) = store.take(["a"], NOW)
    store.settle(message.id, NOW, "429", wait=3600)
    assert store.take(["a"], NOW + timedelta(seconds=3599)) == []
    assert len(store.take(["a"], NOW + timedelta(seconds=3600))) == 1


def test_a_clock_that_is_set_back_holds_up_no_message(store: AlertStore) -> None:
    store.keep([make_alert()], ["a"], NOW, None)
    assert len(store.take(["a"], NOW - timedelta(days=400))) == 1


def test_what_failed_stands_beside_its_alert_until_it_is_sent(store: AlertStore) -> None:
    store.keep([make_alert()], ["a"], NOW, None)
    ((_, message),) = store.take(["a"], NOW)
    store.settle(message.id, NOW, "it is down")
    assert [one.error for noted in store.list_noted() for one in noted.failing] == ["it is down"]
    store.settle(message.id, NOW)
    assert store.list_noted()[0].failing == () and store.list_deliveries()[0].state == "sent"
    store.settle(message.id, NOW, "too late")
    assert store.list_deliveries()[0].state == "sent"


def test_who_acknowledged_first_counts_and_somebody_signs(store: AlertStore) -> None:
    before = store.state
    store.keep([make_alert(1), make_alert(2)], [], NOW, None)
    store.acknowledge("a0000001", by="ana", at=NOW, reason="told the desk")
    store.acknowledge("a0000001", by="bo", at=NOW)
    assert [(n.alert.id, n.seen.by if n.seen else "") for n in store.list_noted()] == [
        ("a0000002", ""), ("a0000001", "ana"),
    ]  # fmt: skip
    assert [noted.alert.id for noted in store.list_noted(seen=False)] == ["a0000002"]
    assert store.state != before
    for id, by, said in (("a0000002", " ", "by whom"), ("zzzz", "bo", "no alert"), ("a000", "bo", "several alerts")):
        with pytest.raises(Error, match=said):
            store.acknowledge(id, by=by, at=NOW)


def test_a_file_that_is_none_is_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "l.alerts.db"
    path.write_bytes(b"words " * 1000)
    with pytest.raises(Error, match="move it away") as error:
        AlertStore(path).keep([], [], NOW, None)
    assert "\n" not in str(error.value) and path.read_bytes() == b"words " * 1000


def test_looking_makes_no_file(tmp_path: Path) -> None:
    store = AlertStore(tmp_path / "l.alerts.db")
    assert (store.state, store.list_noted(), store.list_deliveries()) == ((), [], [])
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_its_owner_s_alone_and_holds_any_words(store: AlertStore) -> None:
    words = HOSTILE.replace("\ud800", "")
    store.keep([make_alert(1, words)], [], NOW, None)
    assert store.path is not None and store.path.stat().st_mode & 0o077 == 0
    assert store.find("a0000001").claims[0].words == words
