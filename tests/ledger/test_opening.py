import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from floods import ONE, make_report, read_story

from sayso.ledger import LedgerError, open_ledger


def refuse(where, **how):
    """The message with which a ledger is not opened: one line that names it."""
    with pytest.raises(LedgerError) as caught:
        open_ledger(str(where), **how)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_a_folder(tmp_path):
    assert "it is a folder: name a file in it" in refuse(tmp_path)


def test_a_missing_folder(tmp_path):
    assert "its folder does not exist" in refuse(tmp_path / "no" / "story.db")


def test_a_missing_ledger_that_is_only_asked(tmp_path):
    assert "`sayso add` makes one" in refuse(tmp_path / "story.db", create=False)
    assert not (tmp_path / "story.db").exists()


def test_a_file_of_another_kind(tmp_path):
    path = tmp_path / "story.db"
    path.write_text("Forty houses were lost.\n" * 100)
    assert "it is not a ledger" in refuse(path)
    assert path.read_text().startswith("Forty")


def test_a_file_of_another_kind_beside_a_log(tmp_path):
    path = tmp_path / "story.db"
    path.write_text("Forty houses were lost.\n" * 400)
    path.with_name("story.db-wal").write_bytes(bytes(range(256)) * 40)
    assert "it is not a ledger" in refuse(path)
    assert path.read_text().startswith("Forty")


def test_a_beginning_that_a_power_cut_spoilt_is_mended_from_the_log(tmp_path):
    path, cut = tmp_path / "story.db", tmp_path / "cut.db"
    with open_ledger(str(path)) as ledger:
        ledger.add_reading(read_story(), extractor=ONE)
        cut.with_name("cut.db-wal").write_bytes(path.with_name("story.db-wal").read_bytes())
    cut.write_bytes(b"\x07" * 512 + path.read_bytes()[512:])  # The log was being taken over, and is whole.
    with open_ledger(str(cut), create=False) as ledger:
        assert list(ledger.verify()) == []
        assert ledger.count()["readings"] == 1


def test_a_database_of_another_program_is_not_touched(tmp_path):
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE songs (name)")
    other.commit()
    other.close()
    before = path.read_bytes()
    assert "another program's database" in refuse(path)
    assert path.read_bytes() == before


def test_something_that_is_no_file():
    assert "it is not a file" in refuse("/dev/null")


def test_an_empty_file_becomes_a_ledger(tmp_path):
    path = tmp_path / "story.db"
    path.touch()
    with open_ledger(str(path)) as ledger:
        assert ledger.readings() == []


@pytest.mark.parametrize("cut", [0.2, 0.6])
def test_a_file_cut_short(tmp_path, cut):
    path = tmp_path / "story.db"
    with open_ledger(str(path)) as ledger:
        for n in range(40):
            ledger.add_reading(read_story(id=str(n), text=f"Day {n}. " * 50), extractor=ONE)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * cut)])
    try:
        with open_ledger(str(path)) as ledger:
            assert list(ledger.verify())
            ledger.readings()
    except LedgerError as error:
        assert "damaged" in str(error)


@pytest.mark.parametrize("name", ["a story?.db", "50%#1.db", "file:x", "naïve 'quoted'.db"])
def test_odd_names(tmp_path, name):
    path = tmp_path / name
    with open_ledger(str(path)) as ledger:
        ledger.add_reading(read_story(), extractor=ONE)
    assert path.is_file()
    with open_ledger(f"sqlite:///{path}" if "?" not in name else str(path)) as ledger:
        assert len(ledger.readings()) == 1


def test_wrong_urls():
    assert "not mysql" in refuse("mysql://user:secret@host/name")
    assert "not a database URL" in refuse("://")
    assert "secret" not in refuse("postgresql://user:secret@host:port/name")


def test_a_server_that_is_down_and_its_password_is_not_shown():
    pytest.importorskip("psycopg")
    message = refuse("postgresql://ana:secret@127.0.0.1:1/story")
    assert "cannot be reached" in message
    assert "secret" not in message


def test_without_the_driver(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "pip install 'sayso[postgres]'" in refuse("postgresql://host/story")


def test_a_ledger_that_another_program_writes_to(tmp_path):
    path = str(tmp_path / "story.db")
    busy = pytest.raises(LedgerError, match="another program is writing to it")
    with open_ledger(path) as one, open_ledger(path, wait_seconds=0.1) as other, one._writing(), busy:
        other.add_reading(read_story(), extractor=ONE)


def test_a_full_disk(tmp_path):
    path = str(tmp_path / "story.db")
    with open_ledger(path) as ledger:
        ledger.add_reading(read_story(), extractor=ONE)
        with ledger._engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(LedgerError, match="the disk is full"):
            ledger.add_report(make_report(text="x" * 100_000))
        assert len(ledger.readings()) == 1
        assert list(ledger.verify()) == []


READ_ONLY = """
import os, sys
from sayso.ledger import LedgerError, open_ledger
with open_ledger(":memory:") as ledger:  # All is imported before the change of user.
    list(ledger.verify())
if os.getuid() == 0:  # Root may write anywhere.
    os.setgid(65534)
    os.setuid(65534)
with open_ledger(sys.argv[1], create=False) as ledger:
    print(len(ledger.readings()), len(list(ledger.verify())))
    try:
        ledger.retract("flood-1", by="ana", reason="a hoax")
    except LedgerError as error:
        print(error)
"""


def test_a_read_only_file_can_be_read():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "story.db"
        with open_ledger(str(path)) as ledger:
            ledger.add_reading(read_story(), extractor=ONE)
        path.chmod(0o444)
        path.parent.chmod(0o555)
        done = subprocess.run([sys.executable, "-c", READ_ONLY, path], capture_output=True, text=True)
        path.parent.chmod(0o755)
    assert done.stderr == ""
    known, refusal = done.stdout.splitlines()
    assert known == "1 0"
    assert refusal == f"{path}: it may not be written to: change its permissions, or copy it"
