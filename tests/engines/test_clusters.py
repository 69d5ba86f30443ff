"""Reading on a cluster: each report once, in order, whatever becomes of the workers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import failing
import pytest

from sayso.engines import Given, choose_engine, clusters
from sayso.engines.clusters import TRIES, WAITING, read_on_cluster, split_batches
from sayso.errors import Error
from sayso.journey import Added, add_items, know
from sayso.ledger import open_ledger
from sayso.read.reports import Facts, make_report
from sayso.record import Problem, Report
from sayso.weigh import weigh_readings

TEXT = "Some {0} beekeepers of Izmir lost their hives, the guild's head, Leyla Demir, said on {1} May. {2}"


def write_reports(count: int, folder: Path = Path(), **special: str) -> list[Report]:
    """Short reports; `special` gives some of them words more."""
    return [
        make_report(
            TEXT.format(n + 20, n % 28 + 1, special.get(f"r{n}", "")),
            Facts(id=f"r{n}", outlet=f"Hive {n % 7}", published=f"2031-05-{n % 28 + 1:02}", title=str(folder)),
        )
        for n in range(count)
    ]


@pytest.fixture
def dying(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "read_batch", failing.read_and_die)


def test_it_reads_the_same_bit_for_bit(ray: Any, tmp_path: Path) -> None:
    reports = write_reports(40)
    kept = {}
    for name in ("inline", "ray"):
        with open_ledger(str(tmp_path / f"{name}.db")) as ledger:
            added = add_items(ledger, reports, engine=choose_engine(name), workers=2)
            assert (added.new, added.known, added.problems) == (40, 0, [])
            kept[name] = [(r, repr(r)) for r in ledger.readings()]
            assert not list(ledger.verify())
    assert kept["ray"] == kept["inline"]
    few = [[reading for reading, _ in some[:20]] for some in kept.values()]
    assert weigh_readings(few[0]) == know(few[1])


def test_each_report_is_read_once_whatever_becomes_of_the_workers(ray: Any, dying: None, tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    marks.mkdir()
    special = {"r3": failing.ALWAYS, "r4": failing.RAISES, "r20": failing.ONCE, "r39": failing.ONCE}
    reports = write_reports(40, marks, **special)
    with open_ledger(str(tmp_path / "l.db")) as ledger:
        added = Added()
        add_items(ledger, reports, engine=read_on_cluster, added=added)
        assert {path.name for path in marks.iterdir()} == {"r20", "r39"}, "midway and at the last, a worker was killed"
        assert added.new == 38 and [p.input for p in added.problems] == ["r3", "r4"]
        assert all(p.message.startswith(f"it could not be read in {TRIES} tries") for p in added.problems)
        assert "ValueError: a text like this" in added.problems[1].message
        kept = [reading.report for reading in ledger.readings()]
    assert sorted(kept, key=repr) == sorted((r for r in reports if r.id not in ("r3", "r4")), key=repr)


def test_no_more_batches_are_out_than_the_cluster_has_room_for(ray: Any) -> None:
    taken = 0

    def give() -> Iterator[Given]:
        nonlocal taken
        for report in write_reports(400):
            taken += 1
            yield report

    reading = read_on_cluster(give())
    next(reading)
    a_batch = len(next(split_batches(write_reports(400))))
    assert taken <= (2 * WAITING + 1) * a_batch
    reading.close()


def test_workers_that_would_read_otherwise_are_refused(ray: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "name_extractor", lambda gazetteer: "reader-0")
    with pytest.raises(Error, match="install the same sayso") as refused:
        list(read_on_cluster(write_reports(2)))
    assert "\n" not in str(refused.value)


def test_a_gazetteer_that_the_machines_lack_is_named(ray: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "name_extractor", lambda gazetteer: "reader-0")
    with pytest.raises(Error, match=r"the cluster's machines cannot read: .*none\.bin"):
        list(read_on_cluster(write_reports(2), gazetteer=str(tmp_path / "none.bin")))


@pytest.mark.parametrize(("address", "says"), [("nowhere", "nowhere: "), ("", "this machine: ")])
def test_no_cluster_is_one_line(address: str, says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ray = pytest.importorskip("ray")

    def refuse(**_: object) -> None:
        raise RuntimeError("another version\n  of Ray")

    monkeypatch.setattr(ray, "is_initialized", lambda: False)
    monkeypatch.setattr(ray, "init", refuse)
    with pytest.raises(Error, match=f"^{says}no Ray cluster to read on: another version of Ray$"):
        list(read_on_cluster(write_reports(1), address=address))


@pytest.mark.parametrize("address", ["127.0.0.1:1", "nobody.invalid:6379", "[::1]:1"])
def test_an_address_where_nobody_is_is_one_line_at_once(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ray = pytest.importorskip("ray")
    monkeypatch.setattr(ray, "is_initialized", lambda: False)
    with pytest.raises(Error, match="no Ray cluster to read on: ") as refused:
        list(read_on_cluster(write_reports(1), address=address))
    assert str(refused.value).startswith(f"{address}: ") and "\n" not in str(refused.value)


def test_a_cluster_that_is_named_and_is_away_is_not_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    ray = pytest.importorskip("ray")
    asked = []

    def refuse(**given: object) -> None:
        asked.append(given["address"])
        raise ConnectionError("nobody there")

    monkeypatch.setattr(ray, "is_initialized", lambda: False)
    monkeypatch.setattr(ray, "init", refuse)
    for address, tried in (("head", ["head"]), ("auto", ["auto"]), ("", ["local"])):
        asked.clear()
        with pytest.raises(Error, match="nobody there"):
            list(read_on_cluster([Problem(step="x", message="y")], address=address))
        assert asked == tried
