"""Sinks that need no server, their file, and what strangers' words do in them: nothing."""

import json
import re
import stat
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from alert_samples import HOSTILE, NOW, make_alert, make_message
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import Error
from sayso.watch.alerts.sinks import SINKS, SinkError, atom, desktop, files, load_sinks, mail, read_secret, terminal
from sayso.watch.alerts.wordings import write_json, write_page, write_text

COMMANDING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
WORDS = st.text(st.characters(), max_size=80) | st.just(HOSTILE)


@given(WORDS)
def test_no_words_command_a_terminal_turn_a_line_or_end_it(words: str) -> None:
    words = f"x{words}"
    printed = write_text(make_message(make_alert(1, words, why=words, story_name=words, question=words)))
    assert not COMMANDING.search(printed)
    printed.encode()
    plain = write_text(make_message(make_alert(1, "x", why="x", story_name="x", question="x")))
    assert printed.count("\n") == plain.count("\n")


@given(WORDS)
def test_json_keeps_the_very_words_and_shows_them_harmlessly(words: str) -> None:
    words = words.encode("utf8", "replace").decode()
    line = write_json(make_alert(1, words))
    assert not COMMANDING.search(line) and "\n" not in line
    assert json.loads(line)["claims"][0]["words"] == words


@given(WORDS)
def test_the_page_of_mail_escapes_every_word(words: str) -> None:
    page = write_page(make_message(make_alert(1, f"<i>{words}", story_name=f"<i>{words}", why=f"<i>{words}")))
    assert "<i>" not in page and "<script" not in page and not COMMANDING.search(page)


@given(WORDS)
def test_a_feed_of_any_words_is_one(words: str) -> None:
    given = atom.Options(path="/srv/alerts.xml", title="Alerts")
    feed = ElementTree.fromstring(atom.write_feed(make_message(make_alert(1, words)), given))
    assert [child.tag.rpartition("}")[2] for child in feed if child.tag.endswith("entry")] == ["entry"]


def test_a_feed_is_read_by_others(tmp_path: Path) -> None:
    path = tmp_path / "alerts.xml"
    options = atom.Options(path=str(path), address="https://desk.example/alerts.xml")
    atom.send(make_message(make_alert(2, "60 are missing"), make_alert(1)), options)
    read = feedparser.parse(path.read_bytes())
    assert not read.bozo and read.version == "atom10"
    assert read.feed.id.startswith("urn:uuid:") and read.feed.updated == NOW.isoformat() and read.feed.author == "sayso"
    assert [entry.title for entry in read.entries] == ["60 are missing", "40 are missing"]
    assert len({entry.id for entry in read.entries}) == 2
    assert "“60 are missing”" in read.entries[0].content[0].value
    assert read.entries[0].links[0].href == "https://wire.example/1"
    # RFC 4287, 4.1.1 and 4.1.2: what a feed and an entry must have, each once.
    feed = ElementTree.fromstring(path.read_bytes())
    for element in (feed, *feed.findall("{*}entry")):
        assert all(len(element.findall(f"{{*}}{tag}")) == 1 for tag in ("id", "title", "updated"))
    before = path.read_bytes()
    atom.send(make_message(make_alert(2, "60 are missing"), make_alert(1)), options)
    assert path.read_bytes() == before


def test_a_file_gets_a_line_an_alert_and_a_broken_line_spoils_no_other(tmp_path: Path) -> None:
    path = tmp_path / "alerts.jsonl"
    files.send(make_message(make_alert(1), make_alert(2)), files.Options(path=str(path)))
    path.write_bytes(path.read_bytes() + b'{"id": "half')
    files.send(make_message(make_alert(3)), files.Options(path=str(path)))
    lines = path.read_text("utf8").splitlines()
    assert [json.loads(line)["id"] for line in (*lines[:2], lines[3])] == ["a0000001", "a0000002", "a0000003"]
    files.send(make_message(make_alert(4)), files.Options(path="/dev/null"))
    with pytest.raises(OSError):
        files.send(make_message(), files.Options(path=str(tmp_path / "none" / "alerts.jsonl")))


def test_the_terminal_gets_stories_questions_and_words(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.send(make_message(make_alert(1), make_alert(2, question="When?")), terminal.Options())
    printed = capsys.readouterr().out
    assert printed.index("The mine") < printed.index("How many?") < printed.index("“40 are missing”")
    assert (
        printed.count("The mine") == 1 and "origin: 40 are missing" in printed and "https://wire.example/1" in printed
    )


def make_program(folder: Path, name: str, status: int = 0) -> Path:
    """A program that writes down what it is called with."""
    path = folder / name
    path.write_text(f'#!/bin/sh\nfor word in "$@"; do printf "%s\\0" "$word" >> {folder}/said; done\nexit {status}\n')
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("name", ["notify-send", "osascript"])
def test_a_desktop_is_told_by_whichever_program_there_is(name: str, tmp_path: Path) -> None:
    program = make_program(tmp_path, name)
    words = f"--help <b> {HOSTILE}"
    message = make_message(make_alert(1, words, story_name=words))
    desktop.send(message, desktop.Options(), find=lambda one: str(program) if one == name else None)
    said = (tmp_path / "said").read_bytes().decode().split("\0")[:-1]
    assert "--help" in said[-1] and not COMMANDING.search("".join(said).replace("\n", ""))
    assert said[-2].startswith("1 alert: --help") and (name == "osascript" or "<" not in said[-1])


def test_no_desktop_and_one_that_fails_are_told(tmp_path: Path) -> None:
    with pytest.raises(SinkError, match="neither"):
        desktop.send(make_message(), desktop.Options(), find=lambda _: None)
    failing = make_program(tmp_path, "notify-send", 3)
    with pytest.raises(SinkError, match="notify-send"):
        desktop.send(make_message(), desktop.Options(), find=lambda _: str(failing))


SMTP = {"kind": "mail", "host": "localhost", "from": "s@example.org", "to": ["a@example.org"]}


def write_sinks(path: Path, *tables: dict[str, Any]) -> Path:
    lines = []
    for table in tables:
        lines += ["[[sink]]", *(f"{name} = {json.dumps(value)}" for name, value in table.items())]
    path.write_text("\n".join(lines), encoding="utf8")
    return path


def test_a_file_of_sinks_names_each_and_mail_once_a_receiver(tmp_path: Path) -> None:
    both = {**SMTP, "to": ["a@example.org", "b@example.org"]}
    hook = {"kind": "webhook", "name": "hook", "url": "https://h.example/x", "secret_file": "k"}
    path = write_sinks(tmp_path / "s.toml", both, hook, {"kind": "terminal"}, {"kind": "desktop"})
    sinks = load_sinks(path)
    assert list(sinks) == ["mail:a@example.org", "mail:b@example.org", "hook", "terminal", "desktop"]
    assert sinks["mail:b@example.org"].options.to == ["b@example.org"]
    assert {sink.kind for sink in sinks.values()} <= set(SINKS)


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ([{"kind": "pigeon"}], "no kind of sink"),
        ([{"kind": "file"}], "path"),
        ([{"kind": "file", "path": "a", "colour": "red"}], "colour"),
        ([{"kind": "terminal"}, {"kind": "terminal"}], "two sinks"),
        ([{"kind": "terminal", "name": "a\nb"}], "no name"),
        ([{"kind": "webhook", "url": "ftp://h", "secret_file": "k"}], "no web address"),
        ([{"kind": "webhook", "url": "https://h\r\nX: y", "secret_file": "k"}], "no web address"),
        ([{"kind": "webhook", "url": "https://h", "secret_file": "k", "timeout": 1e9}], "timeout"),
        ([{"kind": "atom", "path": "a", "address": "javascript:alert(1)"}], "no web address"),
        ([{**SMTP, "to": []}], "nobody"),
        ([{**SMTP, "to": ["a@example.org\r\nBcc: b@example.org"]}], "no address of mail"),
        ([{**SMTP, "to": ["a@example.org, b@example.org"]}], "no address of mail"),
        ([{**SMTP, "from": "sayso"}], "no address of mail"),
        ([{**SMTP, "user": "u", "password_file": "p", "tls": "none"}], "in the clear"),
        ([{**SMTP, "user": "u"}], "go together"),
        ([{**SMTP, "tls": "maybe"}], "tls"),
        ([], "\\[\\[sink\\]\\]"),
    ],
)
def test_sinks_that_cannot_be_are_refused_in_one_line(tmp_path: Path, tables: list[Any], said: str) -> None:
    path = write_sinks(tmp_path / "s.toml", *tables)
    with pytest.raises(Error, match=said) as error:
        load_sinks(path)
    assert str(error.value).startswith(str(path)) and "\n" not in str(error.value)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"[[sink", b'sink = "x"', b"[sink]\n", b"a = " + b"[" * 5000])
def test_a_file_that_is_no_file_of_sinks_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "s.toml"
    path.write_bytes(content)
    with pytest.raises(Error, match=r"s\.toml: "):
        load_sinks(path)
    with pytest.raises(Error, match=r"none\.toml: "):
        load_sinks(tmp_path / "none.toml")


def test_a_secret_is_its_owner_s_alone(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_bytes(b" open sesame\n")
    path.chmod(0o644)
    with pytest.raises(SinkError, match="chmod 600"):
        read_secret(str(path))
    path.chmod(stat.S_IRUSR)
    assert read_secret(str(path)) == b"open sesame"
    for content in (b"\n", b"x" * 5000):
        path.chmod(0o600)
        path.write_bytes(content)
        with pytest.raises(SinkError, match="no secret"):
            read_secret(str(path))


def test_no_word_of_a_stranger_is_a_header_of_mail() -> None:
    options = mail.Options(host="h", sender="s@example.org", to=["a@example.org"])
    written = mail.write_mail(make_message(make_alert(1, HOSTILE, story_name=HOSTILE)), options)
    head = written.as_bytes().partition(b"\r\n\r\n")[0]
    assert b"\nBcc" not in head and written.get_all("To") == ["a@example.org"]
    assert {name.lower() for name in written} == {
        "subject", "from", "to", "date", "message-id", "auto-submitted", "mime-version", "content-type",
    }  # fmt: skip
