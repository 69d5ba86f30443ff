"""Ledgers to test on: a SQLite file, and a database of a PostgreSQL server that is started for the tests."""

import sys
from pathlib import Path

import pytest
from floods import Clock

from sayso.ledger import open_ledger

sys.path.insert(0, str(Path(__file__).parents[2] / "eval"))


@pytest.fixture(scope="session")
def server():
    """A PostgreSQL server; where none can be had, its tests are skipped and say why."""
    from servers import NoServerError, run_server

    try:
        with run_server() as started:
            yield started
    except NoServerError as error:
        pytest.skip(str(error))


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(params=["sqlite", "postgres"])
def kind(request):
    """Which database a ledger is to be in."""
    return request.param


@pytest.fixture
def make_place(kind, request, tmp_path):
    """What gives places for new ledgers, each of which can be opened several times."""
    made = []

    def make():
        made.append(
            str(tmp_path / f"story{len(made)}.db")
            if kind == "sqlite"
            else request.getfixturevalue("server").make_database()
        )
        return made[-1]

    yield make
    for place in made if kind == "postgres" else ():
        request.getfixturevalue("server").drop_database(place)


@pytest.fixture
def where(make_place):
    """Where a ledger can be opened several times."""
    return make_place()


@pytest.fixture
def ledger(where, clock):
    with open_ledger(where, clock=clock) as opened:
        yield opened
