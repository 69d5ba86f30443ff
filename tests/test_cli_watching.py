"""`sayso watch` and `sayso feeds` as programs, against a real server."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner
from webs import article, item

from sayso.cli import app
from sayso.ledger import open_ledger


class Site(BaseHTTPRequestHandler):
    """A feed of two articles."""

    def do_GET(self) -> None:
        host = f"http://{self.headers['Host']}"
        pages = {f"/{number}": article(number) for number in (1, 2)}
        items = "".join(item(number, link=f"{host}/{number}") for number in (1, 2))
        pages["/feed.xml"] = f"<rss version='2.0'><channel><title>Post</title>{items}</channel></rss>".encode()
        page = pages.get(self.path)
        self.send_response(200 if page else 404)
        self.send_header("Content-Length", str(len(page or b"")))
        self.end_headers()
        self.wfile.write(page or b"")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def feeds(tmp_path: Path) -> Iterator[Path]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    path = tmp_path / "feeds.toml"
    path.write_text(f'gap = 0\n[[feed]]\nname = "Post"\nurl = "http://127.0.0.1:{server.server_port}/feed.xml"\n')
    yield path
    server.shutdown()
    server.server_close()


def run(*words: str | Path) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, [str(word) for word in words])
    return done.exit_code, done.stdout, done.stderr


def test_once_and_once_more(feeds: Path, tmp_path: Path) -> None:
    ledger, metrics = tmp_path / "story.db", tmp_path / "sayso.prom"
    words = ("watch", feeds, "--ledger", ledger, "--once", "--allow-private", "--metrics", metrics)
    status, printed, said = run(*words)
    assert (status, said) == (0, "") and printed.count("new: ") == 2 and "Ferry 1 sinks" in printed
    assert 'sayso_feed_reports_total{feed="Post"} 2' in metrics.read_text()
    assert run(*words) == (0, "", "")
    (row,) = json.loads(run("feeds", "--ledger", ledger, "--format", "json")[1])
    assert (row["feed"], row["reports"], row["failures"], row["error"]) == ("Post", 2, 0, "")


def test_private_networks_are_not_asked_unless_that_is_meant(feeds: Path, tmp_path: Path) -> None:
    status, printed, said = run("watch", feeds, "--ledger", tmp_path / "story.db", "--once", "--jsonl")
    assert (status, printed) == (1, "") and "private network" in said and said.count("\n") == 1


def test_what_is_new_as_rows(feeds: Path, tmp_path: Path) -> None:
    _, printed, _ = run("watch", feeds, "--ledger", tmp_path / "story.db", "--once", "--jsonl", "--allow-private")
    rows = [json.loads(line) for line in printed.splitlines()]
    assert [(row["what"], row["feed"], row["revisions"]) for row in rows] == [("new", "Post", [])] * 2


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="signals of POSIX")
def test_it_ends_cleanly_when_told_to(feeds: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "story.db"
    words = [sys.executable, "-m", "sayso", "watch", str(feeds), "--ledger", str(ledger), "--allow-private"]
    here = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1] / "src")}
    with subprocess.Popen(words, env=here, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as watching:
        assert watching.stdout and watching.stderr
        first = watching.stdout.readline()
        watching.send_signal(signal.SIGTERM)
        printed, said = watching.communicate(timeout=30)
    assert (watching.returncode, said) == (0, "") and (first + printed).count("new: ") >= 1
    assert run("watch", feeds, "--ledger", ledger, "--once", "--allow-private")[0] == 0
    with open_ledger(str(ledger), create=False) as kept:
        assert list(kept.verify()) == [] and len(kept.readings()) == 2


def test_what_the_rules_of_alerts_find_is_told_after_a_round(feeds: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "story.db"
    open_ledger(str(ledger)).close()
    assert run("alerts", "add", "search", "ferry", "--by", "ana", "--ledger", ledger)[0] == 0
    words = ("watch", feeds, "--ledger", ledger, "--once", "--allow-private")
    _, printed, said = run(*words)
    assert "Ferry" in printed and "ferry" in (printed + said).split("new: ")[-1].casefold()
    listed = json.loads(run("alerts", "--ledger", ledger, "--format", "json")[1])
    assert listed and all(row["kind"] == "search" for row in listed)
    again = tmp_path / "again.db"
    open_ledger(str(again)).close()
    run("alerts", "add", "search", "ferry", "--by", "ana", "--ledger", again)
    run("watch", feeds, "--ledger", again, "--once", "--allow-private", "--no-alerts")
    assert json.loads(run("alerts", "--ledger", again, "--format", "json")[1]) == []
