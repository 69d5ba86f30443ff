"""A name and password in an address: told to its own server alone, and never kept, shown or logged."""

import json
import logging
import threading
from base64 import b64encode
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from alert_samples import make_message
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner
from webs import Web, World, article, feed, item

from sayso.cli import app
from sayso.journey import add_all
from sayso.ledger import open_ledger
from sayso.read.addresses import drop_userinfo, find_userinfo
from sayso.read.fetches import ask_url, fetch_url
from sayso.read.inputs import read_inputs
from sayso.read.openings import Fetched, UnreadableError
from sayso.record import Raw, Report
from sayso.watch.alerts.sinks.webhooks import Options, SinkError, send
from sayso.watch.feeds import Feed, FeedRow, make_feed, parse_opml, parse_toml

USER, SECRET = "mira", "blue-heron"
PAGE = article(1)
WORDS = st.text(st.characters(exclude_characters="/?#", exclude_categories=["Cs"]), min_size=4, max_size=20)


class Door(BaseHTTPRequestHandler):
    """A server that lets in who has the password, and leads to others from some of its pages."""

    came: ClassVar[list[tuple[str, str]]] = []
    leads: ClassVar[dict[str, str]] = {}

    def do_GET(self) -> None:
        told = self.headers.get("Authorization", "")
        self.came.append((self.path, told))
        if self.path in self.leads:
            self.send_response(302)
            self.send_header("Location", self.leads[self.path])
        else:
            self.send_response(200 if told or self.path == "/open" else 401)
        self.end_headers()
        if self.path not in self.leads:
            self.wfile.write(PAGE)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def doors() -> Iterator[tuple[str, str]]:
    """The hosts, with ports, of two servers."""
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), Door) for _ in range(2)]
    for server in servers:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    one, two = (f"127.0.0.1:{server.server_port}" for server in servers)
    Door.came.clear()
    Door.leads.update(
        {
            "/inner": "/page",
            "/outer": f"http://{two}/open",
            "/trap": f"http://thief:takes@{two}/open",
            "/other": "//x:y@[",
        }
    )
    yield one, two
    for server in servers:
        server.shutdown()
        server.server_close()


fetch = partial(fetch_url, max_bytes=1_000_000, allow_private=True)


@pytest.mark.parametrize(
    ("address", "shown", "known"),
    [
        (f"https://{USER}:{SECRET}@post.example/x?y#z", "https://post.example/x?y#z", (USER, SECRET)),
        ("https://mira@post.example", "https://post.example", ("mira", "")),
        ("https://a%40b:c%3A@post.example/", "https://post.example/", ("a@b", "c:")),
        ("http://a@b:c@post.example/", "http://post.example/", ("a@b", "c")),
        ("http://a:b c@post.example/", "http://post.example/", ("a", "b c")),
        ("//mira:x@post.example/", "//post.example/", ("mira", "x")),
        ("https://social.example/@mira", "https://social.example/@mira", None),
        ("https://post.example:8080/a:b@c", "https://post.example:8080/a:b@c", None),
        ("http://[::1]:80/a@b", "http://[::1]:80/a@b", None),
        ("https://@post.example/", "https://post.example/", None),
        (f"https://{'a' * 9000}:b@post.example/", "https://post.example/", ("a" * 9000, "b")),
        ("mail@post.example", "mail@post.example", None),
    ],
)
def test_a_name_and_password_are_taken_off(address: str, shown: str, known: tuple[str, str] | None) -> None:
    assert (drop_userinfo(address), find_userinfo(address)) == (shown, known)


@pytest.mark.parametrize("address", ["http://mira:blue/heron@post.example/", "http://mira:b?h@post.example/"])
def test_a_password_that_breaks_the_address_is_refused_and_not_shown(address: str) -> None:
    assert drop_userinfo(address) == "http://post.example/"
    with pytest.raises(ValueError, match="%2F"):
        find_userinfo(address)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(["http", "https", "ftp", "HTTPS"]), WORDS, WORDS)
def test_whatever_they_are_they_are_in_nothing_that_comes_of_an_input(scheme: str, user: str, password: str) -> None:
    def refuse(url: str) -> Fetched:
        raise UnreadableError("it is down")

    (problem,) = read_inputs([f"{scheme}://{user}:{password}@post.example/page"], fetch=refuse)
    assert problem.input == f"{scheme}://post.example/page"
    assert password not in problem.message or password in "it is down only http and https addresses are fetched"


@settings(deadline=None, max_examples=60)
@given(WORDS, WORDS)
def test_nor_in_a_report_of_a_row(user: str, password: str) -> None:
    address = f"https://{user}:{password}@post.example/1"
    row = {
        "text": "The dam holds, the mayor said.",
        "id": address,
        "url": address,
        "links": [address],
        "cites": [address],
    }

    def give(url: str) -> Fetched:
        return Fetched(content=json.dumps(row).encode(), url=url, media_type="application/json")

    made = list(read_inputs([address], fetch=give))
    (report,) = (one for one in made if isinstance(one, Report))
    assert (report.id, report.url, *report.links, *report.cites) == ("https://post.example/1",) * 4
    assert [one.name for one in made if isinstance(one, Raw)] == ["https://post.example/1"]


def test_they_are_told_to_their_own_server_alone(doors: tuple[str, str]) -> None:
    one, two = doors
    basic = "Basic " + b64encode(f"{USER}:{SECRET}".encode()).decode()
    assert fetch(f"http://{USER}:{SECRET}@{one}/inner").url == f"http://{one}/page"
    assert Door.came == [("/inner", basic), ("/page", basic)]
    for path in ("/outer", "/trap"):
        Door.came.clear()
        assert fetch(f"http://{USER}:{SECRET}@{one}{path}").url == f"http://{two}/open"
        assert Door.came == [(path, basic), ("/open", "")]
    with pytest.raises(UnreadableError) as caught:
        fetch(f"http://{USER}:{SECRET}@{one}/other")
    assert SECRET not in str(caught.value) and "x:y" not in str(caught.value)


def test_the_answer_keeps_none_of_what_was_told(doors: tuple[str, str], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    answer = ask_url(f"http://{USER}:{SECRET}@{doors[0]}/page", max_bytes=10**6, allow_private=True)
    basic = b64encode(f"{USER}:{SECRET}".encode()).decode()
    for words in (repr(answer), caplog.text):
        assert SECRET not in words and basic not in words
    assert "accept" in dict(answer.sent)


def test_they_are_in_no_ledger_and_no_face_of_one(doors: tuple[str, str], tmp_path: Path) -> None:
    path, secret = tmp_path / "story.db", SECRET.encode()
    with open_ledger(str(path)) as ledger:
        names = [f"http://{USER}:{SECRET}@{doors[0]}/page", f"http://{USER}:{SECRET}@{doors[0]}:0/"]
        added = add_all(ledger, names, fetch=fetch)
        assert added.new == 1 and len(added.problems) == 1 and SECRET not in repr(added.problems)
    assert all(secret not in one.read_bytes() for one in tmp_path.iterdir())
    ran = CliRunner()
    for words in (["brief", "--format", "html"], ["list"], ["export", "--to", "csv"], ["export", "--to", "schema-org"]):
        told = ran.invoke(app, [words[0], "--ledger", str(path), *words[1:]])
        assert told.exit_code in (0, 2) and secret not in told.stdout_bytes + told.stderr_bytes
    lost = ran.invoke(app, ["add", "--ledger", str(path), f"http://{USER}:{SECRET}@nowhere.invalid/"])
    assert lost.exit_code == 1 and SECRET not in lost.output and "nowhere.invalid" in lost.output


def test_they_are_in_nothing_that_a_watch_keeps(tmp_path: Path) -> None:
    where = f"https://{USER}:{SECRET}@post.example/feed.xml"
    (plain,) = parse_toml(f'[[feed]]\nurl = "{where}"'.encode(), Path("f")).feeds
    (outlined,) = parse_opml(f"<opml><body><outline xmlUrl='{where}'/></body></opml>".encode(), Path("f")).feeds
    assert (plain.name, outlined.name) == ("post.example/feed.xml", "https://post.example/feed.xml")
    with pytest.raises(ValueError, match="most is less") as caught:
        make_feed(FeedRow(url=where, least="1d", most="1h"))
    assert SECRET not in str(caught.value)
    world = World(tmp_path, feeds=(Feed(name=plain.name, kind="web", where=where),), web=make_web(where))
    world.round()
    assert world.web.asked[1:] == [where, "https://post.example/1"] and len(world.kept()) == 1
    world.web.pages[where] = "it is down"
    assert world.round(hours=7) and SECRET not in repr(world.said)
    with world.ledger() as ledger:
        assert SECRET not in repr(ledger.readings())
    assert all(SECRET.encode() not in one.read_bytes() for one in tmp_path.glob("*.watch.db*"))


def make_web(where: str) -> Web:
    """A feed behind a password whose only entry has one too."""
    listed = feed(
        item(1, link=f"https://{USER}:{SECRET}@post.example/1", guid=f"https://{USER}:{SECRET}@post.example/1")
    )
    return Web({where: listed, "https://post.example/1": PAGE})


def test_an_alert_that_is_not_taken_names_its_address_without(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x" * 32)
    (tmp_path / "secret").chmod(0o600)
    options = Options(url=f"http://{USER}:{SECRET}@127.0.0.1:9/", secret_file=str(tmp_path / "secret"))
    with pytest.raises(SinkError, match=r"http://127\.0\.0\.1:9/: leads") as caught:
        send(make_message(), options)
    assert SECRET not in str(caught.value)
