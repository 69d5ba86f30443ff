"""Lists of feeds, as OPML and TOML have them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import Error
from sayso.watch.feeds import Feed, FeedList, parse_span, read_feeds


def read(folder: Path, words: str | bytes, name: str = "feeds.toml") -> FeedList:
    path = folder / name
    path.write_bytes(words if isinstance(words, bytes) else words.encode())
    return read_feeds(path)


def test_a_list_in_toml(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        """
        gap = 5
        [[feed]]
        url = "https://harbour.example/feed.xml"
        least = "2m"
        [[feed]]
        name = "Port"
        url = "https://port.example/notices"
        select = "main h2 a"
        follow = false
        robots = false
        most = "2d"
        [[feed]]
        folder = "/srv/drop"
        [[feed]]
        mailbox = "imaps://desk@mail.example/INBOX"
        password_env = "MAIL_PASSWORD"
        """,
    )
    harbour, port, folder, mailbox = found.feeds
    assert found.gap_s == 5
    assert (harbour.name, harbour.kind, harbour.least_s) == ("harbour.example/feed.xml", "web", 120)
    assert (port.name, port.kind, port.select, port.follow, port.robots) == ("Port", "page", "main h2 a", False, False)
    assert (port.least_s, port.most_s) == (300, 172_800)
    assert (folder.kind, folder.where) == ("folder", "/srv/drop")
    assert (mailbox.kind, mailbox.password_env) == ("mailbox", "MAIL_PASSWORD")


OPML = """<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0"><head><title>Mine</title></head><body>
<outline text="News"><outline text="Harbour" type="rss" xmlUrl="https://harbour.example/rss"/>
<outline text="Harbour" XMLURL="https://harbour.example/other"/></outline>
<outline text="Twice" xmlUrl="https://harbour.example/rss"/><outline text="None" htmlUrl="https://harbour.example"/>
<outline text="Bad" xmlUrl="javascript:alert(1)"/></body></opml>"""


@pytest.mark.parametrize("content", [OPML, OPML.replace("utf-8", "utf-16").encode("utf-16")])
def test_a_list_in_opml(tmp_path: Path, content: str | bytes) -> None:
    assert read(tmp_path, content, "feeds.opml").feeds == (
        Feed(name="Harbour", kind="web", where="https://harbour.example/rss"),
        Feed(name="https://harbour.example/other", kind="web", where="https://harbour.example/other"),
    )


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("", "missing required field"),
        ("feed = []", "no feed in it"),
        ("[[feed]]", "name one url, folder or mailbox"),
        ('[[feed]]\nurl = "https://a.example"\nfolder = "x"', "name one url, folder or mailbox"),
        ('[[feed]]\nurl = "ftp://a.example/x"', "only http and https"),
        ('[[feed]]\nurl = "https://"', "only http and https"),
        ('[[feed]]\nfolder = "x"\nselect = "a"', "goes with a url"),
        ('[[feed]]\nurl = "https://a.example"\nleast = "soon"', "no span of time"),
        ('[[feed]]\nurl = "https://a.example"\nleast = "2h"\nmost = "1h"', "most is less than least"),
        ('[[feed]]\nurl = "https://a.example"\nevery = "1h"', "unknown field `every`"),
        ('[[feed]]\nurl = "https://a.example"\npassword_env = "X"', "goes with a mailbox"),
        ('[[feed]]\nmailbox = "imaps://u:hush@m.example/INBOX"\npassword_env = "X"', "take it out"),
        ('[[feed]]\nmailbox = "imaps://m.example/INBOX"\npassword_env = "X"', "imaps://user@host"),
        ('[[feed]]\nmailbox = "imaps://u@m.example"', "password_file"),
        ('[[feed]]\nmailbox = "imaps://u@m.example"\npassword = "hush"', "unknown field `password`"),
        ('[[feed]]\nurl = "https://a.example"\n[[feed]]\nurl = "https://a.example"', "two feeds are called"),
        ('gap = -1\n[[feed]]\nurl = "https://a.example"', "gap is -1"),
        ("[[feed", "no list of feeds"),
        (b"\xff\xfe\x00", "no list of feeds"),
        ("<html><body>hello</body></html>", "no OPML"),
        ("<opml><body></body></opml>", "no feed in it"),
        ("<opml", "no "),
    ],
)
def test_what_is_no_list_is_told_in_a_line(tmp_path: Path, words: str | bytes, why: str) -> None:
    with pytest.raises(Error) as raised:
        read(tmp_path, words)
    told = str(raised.value)
    assert why in told and "feeds.toml" in told and "\n" not in told and "hush" not in told


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Error, match="No such file"):
        read_feeds(tmp_path / "none.toml")


def test_an_entity_bomb_is_no_list(tmp_path: Path) -> None:
    bomb = "<!DOCTYPE opml [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
        f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(Error):
        read(tmp_path, f"{bomb}]><opml><body><outline text='&i;' xmlUrl='&i;'/></body></opml>")


@given(words=st.text(max_size=12))
def test_a_span_is_one_or_none(words: str) -> None:
    try:
        assert parse_span(words, "x") > 0 or not words
    except ValueError as error:
        assert "no span of time" in str(error)
