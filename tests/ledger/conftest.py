"""Ledgers to test on: a file, memory and, where ``SAYSO_TEST_POSTGRES`` is the URL of a server's database whose user
may make others, PostgreSQL."""

import os
import uuid

import pytest
from floods import Clock

from sayso.ledger import open_ledger

SERVER = os.environ.get("SAYSO_TEST_POSTGRES", "")


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(params=["file", "postgres"])
def where(request, tmp_path):
    """Where a ledger can be opened several times."""
    if request.param == "file":
        yield str(tmp_path / "story.db")
        return
    if not SERVER:
        pytest.skip("SAYSO_TEST_POSTGRES is not set")
    from sqlalchemy import create_engine, make_url, text

    url = make_url(SERVER).set(drivername="postgresql+psycopg")
    name = f"sayso_{uuid.uuid4().hex[:12]}"
    server = create_engine(url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield url.set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture
def ledger(where, clock):
    with open_ledger(where, clock=clock) as opened:
        yield opened
