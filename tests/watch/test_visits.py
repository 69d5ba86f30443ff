"""Folders and mailboxes, into which a watch looks."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from mail_servers import Mailbox, serve
from webs import START, World, article

from sayso.watch.articles import Keeper
from sayso.watch.feeds import Feed


def letter(number: int) -> bytes:
    return (
        f"From: Port authority <press@port.example>\r\nSubject: Notice {number}\r\n"
        f"Date: Wed, 07 May 2031 0{number}:00:00 +0000\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        f"Berth {number} of the port of Saltmouth is closed until Friday, the harbour master said.\r\n"
    ).encode()


def put(folder: Path, name: str, content: bytes, age_s: float = 60) -> Path:
    path = folder / name
    path.write_bytes(content)
    os.utime(path, (START.timestamp() - age_s,) * 2)
    return path


@pytest.fixture
def drop(world: World) -> Path:
    folder = world.folder / "drop"
    folder.mkdir()
    world.feeds = (Feed(name="Drop", kind="folder", where=str(folder)),)
    return folder


def test_files_are_kept_once_and_again_when_they_change(world: World, drop: Path) -> None:
    put(drop, "1.html", article(1))
    put(drop, "notes.xyz", b"\0\1\2 nothing to read")
    world.round()
    world.round(hours=1)
    assert len(world.texts()) == 1
    put(drop, "1.html", article(1, "Nineteen"), age_s=30)
    world.round(hours=1)
    assert [[(r.was, r.now) for r in kept.revisions] for kept in world.kept()] == [[], [("Twelve", "Nineteen")]]


def test_a_file_that_is_being_written_waits(world: World, drop: Path) -> None:
    put(drop, "1.html", article(1)[:300], age_s=1)
    world.round()
    assert world.said == []
    put(drop, "1.html", article(1), age_s=0)
    world.round(hours=1)
    assert len(world.texts()) == 1


def test_a_folder_that_is_away_is_a_problem(world: World, drop: Path) -> None:
    drop.rmdir()
    world.round()
    assert world.problems() == ["no such folder; make it, or check the path"]
    drop.mkdir()
    put(drop, "1.html", article(1))
    world.round(hours=2)
    assert len(world.texts()) == 1


@pytest.fixture
def mailbox(world: World) -> Iterator[Mailbox]:
    box = Mailbox()
    with serve(box) as port:
        where = f"imap://desk%40port@127.0.0.1:{port}/INBOX"
        world.feeds = (Feed(name="Mail", kind="mailbox", where=where, password_env="MAIL"),)
        yield box


def test_letters_that_nobody_has_read_and_then_all_that_come(world: World, mailbox: Mailbox) -> None:
    mailbox.add(letter(1), seen=True)
    mailbox.add(letter(2))
    world.round()
    assert [text[:7] for text in world.texts()] == ["Berth 2"]
    mailbox.add(letter(3), seen=True)
    world.round(hours=1)
    world.round(hours=1)
    assert [text[:7] for text in world.texts()] == ["Berth 2", "Berth 3"]
    assert sum("BODY.PEEK[]" in words for words in mailbox.asked) == 2
    assert not any(words.split()[0] in ("SELECT", "STORE", "APPEND", "EXPUNGE") for words in mailbox.asked)


def test_a_mailbox_that_numbers_its_letters_anew_loses_none(world: World, mailbox: Mailbox) -> None:
    mailbox.add(letter(1))
    world.round()
    mailbox.validity = 8
    mailbox.add(letter(2))
    world.round(hours=1)
    assert len(world.texts()) == 2


def test_a_crash_between_letters_costs_none(world: World, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in (1, 2, 3):
        mailbox.add(letter(number))
    keep, kept = Keeper.keep, []

    def die(self: Keeper, *given: object, **named: object) -> None:
        if kept:
            raise KeyboardInterrupt
        kept.append(1)
        keep(self, *given, **named)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(Keeper, "keep", die)
        with pytest.raises(KeyboardInterrupt):
            world.round()
    world.round(hours=1)
    assert len(world.texts()) == 3
    assert sum("UID FETCH 1 (BODY.PEEK[])" in words for words in mailbox.asked) == 1


def test_a_password_is_never_told(world: World, mailbox: Mailbox) -> None:
    mailbox.password = "another"
    world.round()
    (problem,) = world.problems()
    assert "refuses the user or password" in problem and "secret" not in problem


def test_a_secret_that_is_not_there_and_a_server_that_is_away(world: World, mailbox: Mailbox) -> None:
    (feed,) = world.feeds
    away = feed.where.rsplit(":", 1)[0] + ":1/INBOX"
    world.feeds = (
        Feed(name="None", kind="mailbox", where=feed.where, password_file=str(world.folder / "none")),
        Feed(name="Away", kind="mailbox", where=away, password_env="MAIL"),
    )
    world.round()
    assert "its password_file cannot be read" in world.problems()[0] and "cannot be read" in world.problems()[1]


def test_a_letter_without_words_is_told_once(world: World, mailbox: Mailbox) -> None:
    mailbox.add(b"Subject: \r\n\r\n")
    world.round()
    world.round(hours=1)
    assert len(world.problems()) == 1
