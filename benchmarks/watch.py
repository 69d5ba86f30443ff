"""Whether `sayso watch` keeps every item once: against a server of many feeds that fails in every way, and killed.

    python benchmarks/watch.py [--feeds 500] [--rounds 3] [--faults 0.2] [--seed 1]
    python benchmarks/watch.py --kills 100 [--feeds 10]

A server on this machine plays the feeds, each at a host of its own (127.x.y.z, so on Linux only). With rounds: in each
round every second feed or so has a new article of two sentences, some are changed, and by a seed requests meet faults
(errors, cuts, bombs, wrong 304s, error pages as if all were well, other ids, dates and orders); the clock is set on by
half an hour between askings, and in the end, when the faults have stopped, by three hours. Prints items published,
kept, lost and doubled, changes made, sent and told, and requests. With kills: `sayso watch --once` is killed (SIGKILL)
at random moments while the feeds grow; after each the ledger has to open and to verify, and to hold what was said to be
kept. Judges nothing.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from sayso.ledger import open_ledger
from sayso.record import Problem, Remark
from sayso.watch.articles import Kept
from sayso.watch.feeds import Feed, FeedList
from sayso.watch.running import Surroundings, open_watch

START = datetime(2031, 5, 7, 6, tzinfo=UTC)
MARK = re.compile(r"berth (\d+) of harbour (\d+)\b")
FEED_FAULTS = ("500", "close", "html", "cut", "bomb", "entities", "unchanged", "busy", "empty")
PAGE_FAULTS = ("500", "close", "error page", "front page", "cut", "bomb", "unchanged", "busy", "blank")
BOMB = gzip.compress(b"\0" * 40_000_000)
ENTITIES = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 10))


@dataclass(slots=True)
class Play:
    """What the server plays: how many articles each feed has, and the version of each that was changed."""

    seed: int
    faults: float
    items: Counter[int] = field(default_factory=Counter)
    versions: Counter[tuple[int, int]] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def draw(self, path: str, host: str) -> str:
        """The fault that a request meets, "" for most: by the seed, and by how often the same was asked for."""
        with self.lock:
            self.asked[host + path] += 1
            chance = random.Random(f"{self.seed} {host}{path} {self.asked[host + path]}")
            if path == "/robots.txt" or chance.random() >= self.faults:
                return ""
            fault = chance.choice(FEED_FAULTS if path == "/feed.xml" else PAGE_FAULTS)
            self.met[fault] += 1
            return fault


def write_article(number: int, item: int, version: int) -> bytes:
    """The page of an article: two sentences, one of which changes with its version."""
    title = f"Storm closes berth {item} of harbour {number}"
    more = "The road to the quay is shut too, and the last ferry of the day will not sail, its owner said. "
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{10 + version} people were hurt "
        f"when a storm hit berth {item} of harbour {number} on Tuesday, the coast guard said.</p><p>{more}</p>"
        "</article></body></html>"
    ).encode()


def write_feed(number: int, items: int, base: str, chance: random.Random) -> bytes:
    """A feed of all its articles; now and then in another order, under other dates and ids."""
    order = list(range(items))
    if chance.random() < 0.3:
        chance.shuffle(order)
    moved = chance.random() < 0.2
    entries = "".join(
        f"<item><title>Storm closes berth {item} of harbour {number}</title><link>{base}/{item}</link>"
        f"<guid isPermaLink='false'>{f'v2-{item}' if moved else item}</guid>"
        f"<pubDate>Wed, 0{7 + moved} May 2031 09:00:00 GMT</pubDate>"
        f"<description>A storm closed berth {item} of harbour {number}.</description></item>"
        for item in order
    )
    return f"<rss version='2.0'><channel><title>Harbour {number}</title>{entries}</channel></rss>".encode()


class Server(ThreadingHTTPServer):
    """Serves a play, each feed at its own address of this machine."""

    daemon_threads = True
    request_queue_size = 512

    def __init__(self, play: Play) -> None:
        """At any free port of all of this machine's addresses."""
        super().__init__(("0.0.0.0", 0), Handler)
        self.play = play


class Handler(BaseHTTPRequestHandler):
    """Answers a request, or fails as the play has it."""

    server: Server
    timeout = 30

    def do_GET(self) -> None:
        """Answer."""
        play, host = self.server.play, self.headers["Host"]
        first, second = host.partition(":")[0].split(".")[2:]
        number = int(first) * 250 + int(second)
        fault = play.draw(self.path, host)
        if self.path == "/robots.txt":
            self.answer(404, b"")
        elif self.path == "/feed.xml":
            chance = random.Random(f"{play.seed} {number} {play.asked[host + self.path]} order")
            page = write_feed(number, play.items[number], f"http://{host}", chance)
            self.fail(fault, page) if fault else self.answer(200, page)
        elif self.path.strip("/").isdigit() and int(self.path.strip("/")) < play.items[number]:
            item = int(self.path.strip("/"))
            page = write_article(number, item, play.versions[number, item])
            if fault:
                self.fail(fault, page)
            else:
                self.answer(200, page)
        else:
            self.answer(
                200, b"<html><head><title>Harbour</title></head><body><p>Welcome to the harbour.</p></body></html>"
            )

    def answer(self, status: int, page: bytes, **headers: str) -> None:
        """Send a page, unless whoever asks has it."""
        tag = f'"{sha256(page).hexdigest()[:12]}"'
        if status == 200 and self.headers["If-None-Match"] == tag:
            status, page = 304, b""
        elif status == 200:
            self.server.play.sent[f"{self.headers['Host']}{self.path} {tag}"] += 1
        self.send_response(status)
        for name, value in {"ETag": tag, "Content-Length": str(len(page)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(page)

    def fail(self, fault: str, page: bytes) -> None:
        """Answer wrongly, in one of many ways."""
        match fault:
            case "500":
                self.send_error(500)
            case "close":
                self.close_connection = True
            case "html" | "error page":
                self.plain(
                    b"<html><head><title>Page not found</title></head><body><p>Sorry. Try the search.</p></body></html>"
                )
            case "front page":
                self.plain(b"", 302, Location="/")
            case "cut":
                self.plain(page[: len(page) * 2 // 3] if self.path == "/feed.xml" else page[:120])
            case "bomb":
                self.plain(BOMB, Content_Encoding="gzip")
            case "entities":
                self.plain(b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "a">' + ENTITIES + b"]><rss>&e9;</rss>")
            case "unchanged":
                self.plain(b"", 304)
            case "busy":
                self.plain(b"", 429, Retry_After="1200")
            case _:
                self.plain(b"")

    def plain(self, page: bytes, status: int = 200, **headers: str) -> None:
        """Send what is no answer of the play's."""
        self.send_response(status)
        for name, value in {"Content-Length": str(len(page)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(page)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serve(play: Play) -> Iterator[int]:
    """Serve a play as long as the block lasts; at which port."""
    server = Server(play)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def name_host(number: int, port: int) -> str:
    """The host of a feed."""
    return f"127.0.{number // 250}.{number % 250}:{port}"


def play_rounds(arguments: argparse.Namespace, folder: Path) -> dict[str, object]:
    """Play rounds of news with faults, then ask on without until all is had."""
    play, chance = Play(arguments.seed, arguments.faults), random.Random(arguments.seed)
    now = [START]
    told: list[Kept | Problem | Remark] = []
    with serve(play) as port:
        feeds = tuple(
            Feed(name=f"f{n}", kind="web", where=f"http://{name_host(n, port)}/feed.xml", least_s=60, most_s=1500)
            for n in range(1, arguments.feeds + 1)
        )

        def ask(times: int, minutes: int) -> None:
            for _ in range(times):
                now[0] += timedelta(minutes=minutes)
                around = Surroundings(read_secret=str, clock=lambda: now[0], random=chance.random)
                opened = open_watch(
                    str(folder / "story.db"),
                    folder,
                    FeedList(feeds, 0.0),
                    around,
                    told.append,
                    allow_private=True,
                )
                with opened as watch:
                    watch.round()

        started, changes = time.monotonic(), 0
        for round in range(arguments.rounds):
            for number in range(1, arguments.feeds + 1):
                if round == 0 or chance.random() < 0.5:
                    play.items[number] += 1
                if round and chance.random() < 0.1:
                    play.versions[number, 0] += 1
                    changes += 1
            ask(2, 30)
        play.faults = 0.0
        ask(arguments.last, 180)
    had = judge(folder / "story.db", play)
    again = sum(count - 1 for page, count in play.sent.items() if "/feed.xml" not in page)
    pages = [page for page in play.sent if "/feed.xml" not in page]
    return {
        "feeds": arguments.feeds,
        "rounds": arguments.rounds,
        **had,
        "changes made": changes,
        "changes sent": len(pages) - len({page.split()[0] for page in pages}),
        "changes told": sum(
            1 for what in told if isinstance(what, Kept) and any(r.kind == "figure" for r in what.revisions)
        ),
        "requests": play.asked.total(),
        "faults met": dict(play.met.most_common()),
        "whole articles sent again": again,
        "seconds": round_to(time.monotonic() - started),
    }


def round_to(seconds: float) -> float:
    """Seconds with one digit."""
    return float(f"{seconds:.1f}")


def judge(path: Path, play: Play) -> dict[str, int]:
    """How many items were published, are in the ledger, are not, and are there more than once in one version."""
    texts: dict[tuple[int, int], list[str]] = defaultdict(list)
    with open_ledger(str(path), create=False) as ledger:
        faults = len(list(ledger.verify()))
        others = 0
        for reading in ledger.readings():
            found = MARK.search(reading.report.text)
            if found is None:
                others += 1
            else:
                texts[int(found[2]), int(found[1])].append(" ".join(reading.report.text.split()))
    wanted = [(number, item) for number, count in play.items.items() for item in range(count)]
    newest = {
        key: f"{10 + play.versions[key]} people were hurt" in " ".join(texts[key]) for key in wanted if key in texts
    }
    return {
        "items": len(wanted),
        "kept": sum(key in texts for key in wanted),
        "lost": sum(key not in texts for key in wanted),
        "doubled": sum(len(told) - len(set(told)) for told in texts.values()),
        "in their newest version": sum(newest.values()),
        "reports of anything else": others,
        "faults of the ledger": faults,
    }


def play_kills(arguments: argparse.Namespace, folder: Path) -> dict[str, object]:
    """Kill `sayso watch --once` again and again while the feeds grow."""
    play, chance = Play(arguments.seed, 0.0), random.Random(arguments.seed)
    ledger, listed = folder / "story.db", folder / "feeds.toml"
    said: set[str] = set()
    moments: Counter[str] = Counter()
    with serve(play) as port:
        hosts = [name_host(number, port) for number in range(1, arguments.feeds + 1)]
        rows = (f'[[feed]]\nurl = "http://{host}/feed.xml"\nleast = "1s"\nmost = "1s"\n' for host in hosts)
        listed.write_text("gap = 0\n" + "".join(rows), encoding="utf8")
        command = [sys.executable, "-m", "sayso", "watch", str(listed), "--ledger", str(ledger)]
        command += ["--once", "--jsonl", "--allow-private"]
        for kill in range(arguments.kills + 1):
            for number in chance.sample(range(1, arguments.feeds + 1), min(3, arguments.feeds)):
                play.items[number] += 1
            watching = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            assert watching.stdout
            printed = ""
            if kill < arguments.kills:
                if chance.random() < 0.7:  # While it keeps; the others at any moment of its start.
                    printed = watching.stdout.readline()
                    time.sleep(chance.uniform(0.0, 0.5))
                else:
                    time.sleep(chance.uniform(0.0, 2.5))
                watching.kill()
            rest, wrong = watching.communicate()
            # A line that was cut was not said.
            said |= {json.loads(line)["report"] for line in (printed + rest).split("\n")[:-1]}
            moments["ended before" if watching.returncode >= 0 else "killed"] += 1
            if "Traceback" in wrong:
                moments["crashed"] += 1
                sys.stderr.write(wrong)
            if ledger.exists() and ledger.stat().st_size:
                with open_ledger(str(ledger)) as kept:
                    moments["unsound"] += any(True for _ in kept.verify())
                    there = {reading.report.digest for reading in kept.readings()}
                    moments["lost"] += len(said - there)
    had = judge(ledger, play)
    again = sum(count - 1 for page, count in play.sent.items() if "/feed.xml" not in page)
    return {"feeds": arguments.feeds, "runs": dict(moments), **had, "whole articles sent again": again}


def main() -> None:
    """Play, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--faults", type=float, default=0.2, help="share of requests that meet a fault")
    parser.add_argument("--last", type=int, default=8, help="askings after the faults have stopped")
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = (play_kills if arguments.kills else play_rounds)(arguments, Path(folder))
    for name, value in result.items():
        print(f"{name:>26}  {value}")


if __name__ == "__main__":
    main()
