"""A server that is away for a while, and a disk that is full."""

import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from floods import ONE, make_report, read_story

from sayso.ledger import LedgerError, open_ledger
from sayso.ledger.errors import AwayError, explain_error
from sayso.ledger.patience import Patience

MANY = 60


@pytest.fixture
def place(server):
    place = server.make_database()
    yield place
    server.drop_database(place)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT])
def test_a_server_that_is_started_anew_is_waited_for_and_nothing_lost_or_doubled(server, place, how):
    said, kept = [], []

    def add():
        with open_ledger(place, patience=Patience(60, said.append)) as ledger:
            for n in range(MANY):
                assert not ledger.has_report(f"r{n}", ONE)
                ledger.add_reading(read_story(id=f"r{n}", text=f"On day {n} it rained."), extractor=ONE)
                kept.append(f"r{n}")

    with ThreadPoolExecutor(1) as pool:
        adding = pool.submit(add)
        while len(kept) < 5 and not adding.done():
            time.sleep(0.001)
        server.stop(how)
        time.sleep(0.3)
        server.start()
        adding.result(120)
    assert kept == [f"r{n}" for n in range(MANY)]
    assert 1 <= len(said) <= 2
    assert all("the server cannot be reached" in line and "trying again for 60 seconds" in line for line in said)
    with open_ledger(place) as ledger:
        assert sorted(r.report.id for r in ledger.readings()) == sorted(kept)
        assert list(ledger.verify()) == []


def test_a_server_that_stays_away_ends_it_with_one_line_and_what_was_kept_is_there(server, place):
    said = []
    with open_ledger(place, patience=Patience(0.3, said.append)) as ledger:
        ledger.add_reading(read_story(), extractor=ONE)
        server.stop()
        try:
            with pytest.raises(AwayError, match="the server cannot be reached") as caught:
                ledger.add_reading(read_story(id="two", text="It rained."), extractor=ONE)
            assert "\n" not in str(caught.value)
            assert len(said) == 1
            with pytest.raises(LedgerError, match="the server cannot be reached"):
                open_ledger(place)
        finally:
            server.start()
        assert [r.report.id for r in ledger.readings()] == ["flood-1"]
        assert list(ledger.verify()) == []


def test_a_ledger_that_is_open_goes_on_after_its_server_was_started_anew(server, place):
    with open_ledger(place) as ledger:
        ledger.add_reading(read_story(), extractor=ONE)
        server.stop()
        server.start()
        assert len(ledger.readings()) == 1


def test_a_wrong_place_is_not_waited_for(server, place):
    started = time.monotonic()
    with pytest.raises(LedgerError, match="no such database") as caught:
        open_ledger(place.replace("/sayso_", "/nothing_"), patience=Patience(60))
    assert not isinstance(caught.value, AwayError)
    assert time.monotonic() - started < 30


def test_a_full_disk_of_a_server_is_named():
    pytest.importorskip("psycopg")
    from psycopg.errors import DiskFull

    told = explain_error(DiskFull('could not extend file "base/1/2": No space left on device\nHINT: Check free space.'))
    assert told.startswith("the disk is full")
    assert "\n" not in told


def test_a_full_disk_keeps_what_was_added_before_and_the_rest_can_follow(tmp_path):
    path = str(tmp_path / "story.db")
    with open_ledger(path) as ledger:
        ledger.add_reading(read_story(), extractor=ONE)
        with ledger._engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 8}")
        kept = 0
        with pytest.raises(LedgerError, match="the disk is full: free some space and run the command again"):
            for n in range(100):
                ledger.add_report(make_report(id=f"r{n}", text=f"{n} " * 2000))
                kept += 1
    with open_ledger(path) as ledger:
        assert list(ledger.verify()) == []
        assert ledger.count()["reports"] == kept + 1
        assert ledger.add_report(make_report(text="x" * 100_000))
