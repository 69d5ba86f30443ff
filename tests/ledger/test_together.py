"""Several programs at one ledger: eight that write, one that looks for what is new, one that upgrades meanwhile."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from floods import ONE, TWO, make_raw, read_story
from sqlalchemy import select

from sayso.ledger import open_ledger
from sayso.ledger.engines import make_engine
from sayso.ledger.merges import Copied
from sayso.ledger.proofs import UNLINKED
from sayso.ledger.rows import row_of_raw
from sayso.ledger.schemas import NEWEST, read_version, run_migrations
from sayso.ledger.tables import raws
from sayso.ledger.transactions import insert_new
from sayso.ledger.transfers import copy_ledger

WRITERS, EACH = 8, 6


def write(where, name):
    """Add some reports of one's own and some that all bring, each read by an extractor of one's own too."""
    with open_ledger(where) as ledger:
        for n in range(EACH):
            for story in (
                read_story(id=f"{name}-{n}", text=f"On day {n}, says {name}, the river took {n} houses."),
                read_story(id=f"all-{n}", text=f"On day {n} the river took {n} houses."),
            ):
                ledger.add_reading(story, extractor=ONE)
            ledger.add_reading(replace(story, places=()), extractor=f"finder of {name}")


def test_eight_write_at_once_and_who_looks_for_what_is_new_misses_nothing(where):
    open_ledger(where).close()
    seen, done = [], threading.Event()

    def look():
        with open_ledger(where) as ledger:
            last = False
            while not last:
                last = done.is_set()
                seen.extend(ledger.list_new(seen[-1][0] if seen else 0))

    with ThreadPoolExecutor(WRITERS + 1) as pool:
        looking = pool.submit(look)
        for writing in [pool.submit(write, where, f"w{n}") for n in range(WRITERS)]:
            writing.result(120)
        done.set()
        looking.result(120)
    with open_ledger(where) as ledger:
        assert list(ledger.verify()) == []
        expected = WRITERS * EACH + EACH + WRITERS * EACH
        assert ledger.count()["readings"] == len(seen) == expected
        assert seen == ledger.list_new()
        everything = ledger.search(parse("houses"), most=1000)
        assert len(everything) == len(set(everything)) == WRITERS * EACH + EACH


def parse(words):
    from sayso.ledger import parse_search

    return parse_search(words)


def test_a_program_that_writes_while_another_upgrades_loses_nothing(where, make_place):
    engine = make_engine(where, create=True, wait_seconds=30).execution_options(writing=True)
    with engine.begin() as connection:
        run_migrations(connection, "0001")
    stop, added = threading.Event(), []

    def write_as_before():
        while not stop.is_set():
            raw = make_raw(f"page {len(added)}".encode())
            with engine.begin() as connection:
                row = row_of_raw(raw, read_story().report.published)
                assert insert_new(connection, raws, row)
            added.append(raw.sha256)

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write_as_before)
        while len(added) < 20 and not writing.done():
            pass
        with open_ledger(where) as ledger:
            before = len(added)
            while len(added) < before + 20 and not writing.done():
                pass
            stop.set()
            writing.result(60)
            with ledger._reading() as connection:
                assert read_version(connection) == NEWEST
                assert set(connection.execute(select(raws.c.sha256)).scalars()) == set(added)
            # What the other wrote after that has no links, since it does not know of them, and is told apart.
            assert {problem.message for problem in ledger.verify()} == {UNLINKED}
            assert ledger.add_reading(read_story(), extractor=TWO)
        copied = make_place()
        assert list(copy_ledger(where, copied, Copied())) == []
        with open_ledger(copied) as ledger:
            assert list(ledger.verify()) == []
            assert ledger.count()["raws"] == len(added)
    engine.dispose()
