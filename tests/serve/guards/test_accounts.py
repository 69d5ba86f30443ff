"""Accounts, sessions, tokens and the log, as the desk's file keeps them."""

import sqlite3
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import Error
from sayso.serve.guards import passwords
from sayso.serve.guards.guards import Guard
from sayso.serve.guards.stores import Store, find_desk_file
from sayso.serve.guards.users import User

GEESE = "five wild geese over Bergen"


def test_the_file_lies_beside_the_ledger_or_in_the_data_folder(tmp_path: Path) -> None:
    assert find_desk_file(str(tmp_path / "story.db"), tmp_path) == tmp_path / "story.db.desk.db"
    assert find_desk_file(f"sqlite:///{tmp_path}/story.db", Path("x")) == tmp_path / "story.db.desk.db"
    for where in ("postgresql://team@host/story", ":memory:", "nonsense://"):
        assert find_desk_file(where, tmp_path).parent == tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="rights are kept otherwise")
def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.desk.db"
    path.touch(0o644)
    store = Store(path)
    store.key("csrf")
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in tmp_path.iterdir())
    store.close()


@pytest.mark.parametrize("where", ["file", "memory"])
def test_many_write_at_once(tmp_path: Path, where: str) -> None:
    guard = Guard(Store(tmp_path / "a.desk.db" if where == "file" else None), (), None)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: guard.log.write(str(number), "came"), range(100)))
        keys = set(pool.map(lambda _: guard.store.key("csrf"), range(20)))
    assert {entry.who for _, entry in guard.log.read()} == set(map(str, range(100))) and len(keys) == 1
    guard.store.close()


def test_a_file_that_is_none_is_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.desk.db"
    path.write_text("no database, but long enough that it is looked at " * 30)
    with pytest.raises(Error, match=r"the desk's file cannot be used") as told:
        Store(path).key("csrf")
    assert "\n" not in str(told.value)


def test_nothing_that_lets_in_is_kept(guard: Guard) -> None:
    token, secret = guard.tokens.make("olga", "read", 7)
    session = guard.sessions.begin(User("olga", "analyst"), "192.0.2.1", "a browser")
    guard.store.close()
    kept = b"".join(path.read_bytes() for path in Path(str(guard.store.path)).parent.glob("*.desk.db*"))
    assert token.id.encode() in kept
    for word in ("four red kites over Oulu", secret, session):
        assert word.encode() not in kept


@pytest.mark.parametrize(("name", "same"), [("OLGA", True), (" olga ", True), ("ｏｌｇａ", True), ("o1ga", False)])
def test_a_name_is_one_whatever_its_case(guard: Guard, name: str, same: bool) -> None:
    assert (guard.accounts.find(name) is not None) == same
    if same:
        with pytest.raises(Error, match="already"):
            guard.accounts.add(name, "admin", GEESE)


@pytest.mark.parametrize(
    ("name", "role", "password"),
    [
        ("", "reader", GEESE),
        ("a\x1b[31mb", "reader", GEESE),
        ("a\u202eb", "reader", GEESE),
        ("x" * 65, "reader", GEESE),
        ("eve", "nobody", GEESE),
        ("eve", "root", GEESE),
        ("eve", "reader", "short"),
        ("eve", "reader", ""),
        ("eve", "reader", "x" * 2000),
        ("eve", "reader", "abababababab"),
        ("eve and adam and all", "reader", "Eve and Adam and all"),
    ],
)
def test_what_is_no_account_is_refused(guard: Guard, name: str, role: str, password: str) -> None:
    before = guard.accounts.list()
    with pytest.raises(Error):
        guard.accounts.add(name, role, password)
    assert guard.accounts.list() == before


def test_a_password_is_proved_however_its_letters_are_written(guard: Guard) -> None:
    guard.accounts.add("éva", "reader", "été à la Réunion")
    assert guard.accounts.prove("e\u0301va", "e\u0301te\u0301 a\u0300 la Re\u0301union")
    assert not guard.accounts.prove("éva", "ete a la Reunion")


def test_an_account_without_a_password_is_opened_by_none(guard: Guard) -> None:
    guard.accounts.add("otto", "reader", email="otto@news.example")
    assert guard.accounts.prove("otto", "") is None
    assert guard.accounts.prove("otto", passwords.make_decoy()) is None


def test_a_name_that_nobody_has_costs_as_much(guard: Guard, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []
    hasher = passwords.make_hasher()

    class Counting:
        def verify(self, kept: str, password: str) -> bool:
            compared.append(kept)
            return hasher.verify(kept, password)

        def __getattr__(self, name: str) -> Any:
            return getattr(hasher, name)

    monkeypatch.setattr(passwords, "make_hasher", Counting)
    assert guard.accounts.prove("nobody at all", GEESE) is None
    assert guard.accounts.prove("olga", GEESE) is None
    assert len(compared) == 2
    costs = {kept.split("$")[3] for kept in compared}
    assert len(costs) == 1


def test_a_hash_of_other_parameters_is_made_again(guard: Guard) -> None:
    from argon2 import PasswordHasher
    from sqlalchemy import select, update

    from sayso.serve.guards.stores import ACCOUNTS

    weak = PasswordHasher(time_cost=1, memory_cost=1024).hash(GEESE)
    with guard.store.write() as connection:
        connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.key == "olga").values(hash=weak))
    assert guard.accounts.prove("olga", "a wrong one, surely") is None
    assert guard.accounts.prove("olga", GEESE)
    with guard.store.read() as connection:
        kept = connection.scalar(select(ACCOUNTS.c.hash).where(ACCOUNTS.c.key == "olga"))
    assert kept != weak and not passwords.is_outdated(str(kept))


def test_a_hash_costs_what_the_rfc_wants() -> None:
    """RFC 9106, section 4: Argon2id, 64 MiB and three passes where memory is short."""
    from argon2 import PasswordHasher, Type

    assert "PasswordHasher()" in Path(str(passwords.__file__)).read_text("utf8")
    hasher = PasswordHasher()
    assert (hasher.type, hasher.memory_cost >= 1 << 16, hasher.time_cost >= 3) == (Type.ID, True, True)


def test_a_session_ends_by_rest_and_by_age(guard: Guard, clock: Any) -> None:
    olga = User("olga", "analyst")
    resting, busy = (guard.sessions.begin(olga, "192.0.2.1", "") for _ in range(2))
    for _ in range(6 * 24 + 20):
        clock.now += timedelta(hours=1)
        assert guard.sessions.find(busy)
    assert guard.sessions.find(resting) is None
    clock.now += timedelta(hours=5)
    assert guard.sessions.find(busy) is None


def test_sessions_do_not_pile_up(guard: Guard) -> None:
    olga = User("olga", "analyst")
    secrets = [guard.sessions.begin(olga, "192.0.2.1", "") for _ in range(60)]
    assert len(guard.sessions.list(olga)) == 50
    assert guard.sessions.find(secrets[-1])


def test_a_role_and_what_ends_an_account_hold_at_once(guard: Guard) -> None:
    session = guard.sessions.begin(User("olga", "analyst"), "192.0.2.1", "")
    _, token = guard.tokens.make("olga", "write", 7)
    guard.accounts.set_role("olga", "reader")
    assert guard.sessions.find(session).user.role == "reader"  # type: ignore[union-attr]
    assert guard.tokens.find(token) == User("olga", "reader")
    guard.accounts.set_password("olga", GEESE)
    assert guard.sessions.find(session) is None and guard.tokens.find(token) is None
    _, token = guard.tokens.make("olga", "read", 7)
    guard.accounts.remove("olga")
    assert guard.tokens.find(token) is None and not guard.tokens.list()


@pytest.mark.parametrize(
    ("owner", "scope", "role"),
    [("ada", "read", "reader"), ("ada", "write", "analyst"), ("ada", "admin", "admin"), ("rita", "read", "reader")],
)
def test_a_token_lets_do_what_its_scope_says(guard: Guard, owner: str, scope: str, role: str) -> None:
    _, secret = guard.tokens.make(owner, scope, 7)
    assert guard.tokens.find(secret) == User(owner, role)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("owner", "scope", "days"),
    [("rita", "write", 7), ("olga", "admin", 7), ("ada", "all", 7), ("ada", "read", 0), ("ada", "read", 5000)],
)
def test_no_token_lets_do_more_or_lasts_for_ever(guard: Guard, owner: str, scope: str, days: int) -> None:
    with pytest.raises(Error):
        guard.tokens.make(owner, scope, days)
    assert not guard.tokens.list()


def test_a_token_expires_and_is_revoked_by_its_owner_alone(guard: Guard, clock: Any) -> None:
    token, secret = guard.tokens.make("olga", "read", 1)
    with pytest.raises(Error):
        guard.tokens.revoke(token.id, "rita")
    assert guard.tokens.find(secret)
    clock.now += timedelta(days=1)
    assert guard.tokens.find(secret) is None
    token, secret = guard.tokens.make("olga", "read", 1)
    guard.tokens.revoke(token.id, "olga")
    assert guard.tokens.find(secret) is None


def test_the_log_only_grows(guard: Guard) -> None:
    guard.log.write("olga", "log in", address="192.0.2.1")
    guard.store.close()
    with sqlite3.connect(str(guard.store.path)) as connection:
        for change in (
            "DELETE FROM log",
            "UPDATE log SET who = 'rita'",
            "INSERT OR REPLACE INTO log SELECT * FROM log",
        ):
            if change.startswith("INSERT"):
                connection.execute("PRAGMA recursive_triggers = ON")
            with pytest.raises(sqlite3.IntegrityError, match="only grows"):
                connection.execute(change)
    assert [entry.who for _, entry in guard.log.read()] == ["olga"]


def test_the_log_holds_no_control_characters_and_no_flood(guard: Guard) -> None:
    guard.log.write("o\nl\x1bga\u202e", "w\rhat" * 100, "on\x00", "192.0.2.1")
    [(_, entry)] = guard.log.read()
    assert all(word.isprintable() for word in (entry.who, entry.what, entry.on)) and len(entry.what) == 200
    for _ in range(500):
        guard.log.refuse("", "nothing", "/", "192.0.2.2")
    assert len(guard.log.read(1000)) < 70
