"""Reading a mailbox of a real server of mail: nothing is fetched twice, nothing lost, and nothing changed there.

Skipped where there is no Dovecot (Debian: apt-get install dovecot-imapd); `make test` installs it where it may.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from dovecots import PROGRAM, Dovecot, serve_dovecot
from webs import World

from sayso.read.limits import DEFAULT_LIMITS
from sayso.watch import mailboxes
from sayso.watch.articles import Keeper
from sayso.watch.feeds import Feed

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="no dovecot: apt-get install dovecot-imapd")


def letter(number: int, more: str = "") -> bytes:
    return (
        f"From: Harbour master <desk@port.example>\r\nMessage-ID: <{number}@port.example>\r\n"
        f"Subject: Notice {number}\r\nDate: Wed, 07 May 2031 07:{number:02}:00 +0000\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n\r\n"
        f"Lock {number} of the canal at Saltmouth stays shut until Friday, the harbour master said.{more}\r\n"
    ).encode()


@pytest.fixture
def server() -> Iterator[Dovecot]:
    with serve_dovecot() as server:
        yield server


@pytest.fixture
def mail(world: World, server: Dovecot) -> World:
    """A watch of the server's mailbox, by the server's clock."""
    world.now = datetime.now(UTC)
    world.feeds = (Feed(name="Mail", kind="mailbox", where=server.where, password_env="MAIL"),)
    return world


def locks(world: World) -> list[str]:
    """What the reports of the ledger begin with."""
    return sorted(text.split(" of ")[0] for text in world.texts())


def test_letters_that_nobody_has_read_and_then_all_that_come_each_once(mail: World, server: Dovecot) -> None:
    server.add(letter(1), seen=True)
    server.add(letter(2))
    mail.round()
    assert locks(mail) == ["Lock 2"]
    server.add(letter(3), seen=True)
    server.add(letter(4))
    before = server.list_flags()
    for _ in range(3):
        mail.round(hours=7)
    assert locks(mail) == ["Lock 2", "Lock 3", "Lock 4"] and mail.problems() == []
    assert server.count_sent() == 3
    assert server.list_flags() == before == {1: (b"\\Seen",), 2: (), 3: (b"\\Seen",), 4: ()}


def test_over_a_restart_of_the_server_and_of_the_watch(mail: World, server: Dovecot) -> None:
    server.add(letter(1))
    mail.round()
    server.stop()
    mail.round(hours=1)
    assert "cannot be read" in mail.problems()[0]
    server.start()
    server.add(letter(2))
    mail.round(hours=12)
    mail.round(hours=7)
    assert locks(mail) == ["Lock 1", "Lock 2"] and len(mail.problems()) == 1
    assert server.count_sent() == 2


def test_over_a_watch_that_is_killed_between_letters(
    mail: World, server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 6):
        server.add(letter(number))
    keep, kept = Keeper.keep, []

    def die(self: Keeper, *given: object, **named: object) -> None:
        keep(self, *given, **named)  # type: ignore[arg-type]
        kept.append(1)
        if len(kept) == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Keeper, "keep", die)
        with pytest.raises(KeyboardInterrupt):
            mail.round()
    server.add(letter(6), seen=True)
    mail.round(hours=1)
    assert locks(mail) == [f"Lock {number}" for number in range(1, 7)]
    assert server.count_sent() == 6


@dataclass
class Way:
    """A way to a server that breaks off once so many bytes came from it."""

    port: int
    most: int = 0


@contextmanager
def lead_to(server: Dovecot) -> Iterator[Way]:
    """A way to a server as long as the block lasts."""

    def carry(come: socket.socket, go: socket.socket, most: int) -> None:
        with suppress(OSError):
            while most > 0 and (some := come.recv(min(most, 4096))):
                go.sendall(some)
                most -= len(some)
        for end in (come, go):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def serve() -> None:
        with suppress(OSError):
            while True:
                near, far = listening.accept()[0], socket.create_connection(("127.0.0.1", server.port))
                threading.Thread(target=carry, args=(near, far, 10**9), daemon=True).start()
                threading.Thread(target=carry, args=(far, near, way.most), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        way = Way(listening.getsockname()[1])
        threading.Thread(target=serve, daemon=True).start()
        yield way


def test_over_connections_that_drop_anywhere(mail: World, server: Dovecot) -> None:
    for number in range(1, 5):
        server.add(letter(number, more=" Ships wait." * 50))
    (feed,) = mail.feeds
    with lead_to(server) as way:
        mail.feeds = (replace(feed, where=feed.where.replace(str(server.port), str(way.port))),)
        for way.most in range(0, 7000, 350):
            mail.round(days=1)
        server.add(letter(5), seen=True)
        way.most = 10**9
        mail.round(days=1)
    assert locks(mail) == [f"Lock {number}" for number in range(1, 6)]
    assert len([problem for problem in mail.problems() if "cannot be read" in problem]) > 5


def test_over_letters_that_are_numbered_anew(mail: World, server: Dovecot) -> None:
    old = mail.now - timedelta(days=30)
    server.add(letter(1), seen=True, msg_time=old)
    server.add(letter(2), msg_time=old)
    mail.round()
    server.add(letter(3))
    mail.round(hours=1)
    assert locks(mail) == ["Lock 2", "Lock 3"]
    server.add(letter(4), seen=True)  # It came, and was read, before they were.
    server.number_anew()
    server.add(letter(5))
    sent = server.count_sent()
    mail.round(hours=3)
    mail.round(hours=3)
    assert locks(mail) == ["Lock 2", "Lock 3", "Lock 4", "Lock 5"] and mail.problems() == []
    assert (sent, server.count_sent()) == (2, 4)


def test_over_letters_that_are_numbered_anew_while_not_all_are_read(
    mail: World, server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailboxes, "MOST_LETTERS", 2)
    for number in range(1, 6):
        server.add(letter(number))
    mail.round()
    assert len(locks(mail)) == 2
    server.number_anew()
    for _ in range(4):
        mail.round(hours=7)
    assert locks(mail) == [f"Lock {number}" for number in range(1, 6)]
    assert server.count_sent() == 5


def test_letters_that_are_deleted_moved_or_too_large(
    mail: World, server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailboxes, "MOST_BYTES", 3_000)
    assert DEFAULT_LIMITS.document_bytes > 3_000
    server.add(letter(1))
    mail.round()
    server.add(letter(2, more=" Ships wait." * 400))
    server.add(letter(3))
    server.add(letter(3))  # The same letter a second time.
    with server.open() as client:
        client.delete_messages([1])
        client.expunge()
    mail.round(hours=1)
    mail.round(hours=7)
    assert locks(mail) == ["Lock 1", "Lock 3"]
    assert [problem.partition(";")[0] for problem in mail.problems()] == ["a letter too large to be read"]
    assert server.count_sent() == 2


def test_a_wrong_password_is_told_without_it(mail: World, server: Dovecot) -> None:
    (feed,) = mail.feeds
    secret = mail.folder / "secret"
    secret.write_text("another-one\n")
    mail.feeds = (replace(feed, password_env="", password_file=str(secret)),)
    mail.round()
    (problem,) = mail.problems()
    assert "refuses the user or password" in problem and "another-one" not in problem


def test_a_mark_of_before_the_first_look_was_kept() -> None:
    assert mailboxes.read_mark("7:3", 7, 9) == mailboxes.Mark(7, 3, 0, mailboxes.LONG_AGO)
    assert mailboxes.read_mark("7:3", 8, 9) == mailboxes.Mark(8, 0, 9, mailboxes.LONG_AGO)
    assert mailboxes.read_mark("", 8, 9) == mailboxes.Mark(8, 0, 9, 0)
    assert mailboxes.read_mark(mailboxes.Mark(8, 4, 9, 100).tell(), 8, 12) == mailboxes.Mark(8, 4, 9, 100)
