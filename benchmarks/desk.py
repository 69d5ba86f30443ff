"""What the desk takes over HTTP with a ledger of many stories: each page and view of the API, many asked for at once.

    python benchmarks/desk.py [--reports 100000] [--ledger FILE] [--stories 100] [--flight 20] [--seconds 60]

The ledger is made by the generator of `grow.py` where there is none (50 reports a story). Some stories are drawn by a
seed; each of their pages is asked for once (the first look, when a story is weighed), then all in turn by so many at
once; then the same while judgements are written. Prints milliseconds (median, p95, worst), failures and memory; judges
nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from statistics import median

from grow import DEFAULT, invent_stories, read_originals

from sayso.ledger import open_ledger

SIZE = 50
"""Reports of a story."""
PAGES = (
    "/",
    "/stories/{id}",
    "/stories/{id}/points",
    "/stories/{id}/origins",
    "/stories/{id}/timeline",
    "/stories/{id}/map",
    "/stories/{id}/positions",
    "/stories/{id}/reports",
    "/stories/{id}/changes",
    "/reports/{digest}",
    "/search?q={word}",
    "/api/v1/stories",
    "/api/v1/points?story={id}",
    "/api/v1/origins?story={id}",
    "/api/v1/brief?story={id}",
)
WRITES_A_SECOND = 2
FIRST_LOOK_SECONDS = 120


class Asker:
    """One connection that asks one thing after another (HTTP/1.1, kept alive)."""

    def __init__(self, port: int) -> None:
        """Of a desk on this machine."""
        self.port = port
        self.cookie = ""

    async def ask(self, path: str, method: str = "GET", body: bytes = b"", kind: str = "") -> tuple[int, bytes]:
        """The status and the body of an answer."""
        if not hasattr(self, "out"):
            self.into, self.out = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 26)
        token = self.cookie.partition("=")[2]
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {self.cookie}\r\nX-CSRF: {token}\r\n"
        )
        head += f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        self.out.write(head.encode() + body)
        answer = (await self.into.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = re.search(r"(?i)\ncontent-length: (\d+)", answer)
        content = await self.into.readexactly(int(length[1])) if length else b""
        if found := re.search(r"(?i)\nset-cookie: (sayso_csrf=[^;]+)", answer):
            self.cookie = found[1]
        return int(answer.split(" ", 2)[1]), content


@contextmanager
def serving(ledger: Path) -> Iterator[tuple[int, int]]:
    """The desk in a process of its own; its port and number."""
    command = [sys.executable, "-m", "sayso", "serve", "--ledger", str(ledger), "--no-open", "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        told = process.stderr.readline()
        found = re.search(r":(\d+)/", told)
        if not found:
            raise SystemExit(told + process.stderr.read())
        yield int(found[1]), process.pid
    finally:
        process.terminate()
        process.wait(20)


def make_ledger(path: Path, reports: int) -> None:
    """A ledger of so many reports, unless it has them."""
    with open_ledger(str(path)) as ledger:
        there = ledger.count()["reports"]
        if there < reports:
            originals = read_originals([str(p) for p in DEFAULT if p.exists()])
            for reading in islice(invent_stories(originals, SIZE, 7), there, reports):
                ledger.add_reading(reading, extractor="grow")


async def list_addresses(asker: Asker, ledger: Path, stories: int) -> dict[str, list[str]]:
    """The addresses of each page for some stories drawn."""
    await asker.ask("/")
    ids: list[dict[str, object]] = []
    path = "/api/v1/stories?limit=200"
    while path:
        found = json.loads((await asker.ask(path))[1])
        ids += found["items"]
        path = f"/api/v1/stories?limit=200&cursor={found['next']}" if found.get("next") else ""
    drawn = random.Random(5).sample(ids, min(stories, len(ids)))
    with open_ledger(str(ledger), create=False) as kept:
        rows = random.Random(6).sample(kept.headings(), len(drawn))
    words = [re.findall(r"\w{4,}", title or "Kursk report")[0] for _, _, title, _ in rows]
    return {
        page: list(
            dict.fromkeys(
                page.format(id=one["id"], digest=row[0], word=word)
                for one, row, word in zip(drawn, rows, words, strict=True)
            )
        )
        for page in PAGES
    }


async def look(port: int, addresses: dict[str, list[str]], flight: int, seconds: float) -> dict[str, list[float]]:
    """Milliseconds of each page, asked for by so many at once in turn for so long; failures count as infinite."""
    rng = random.Random(3)
    spent: dict[str, list[float]] = {page: [] for page in addresses}
    until = time.perf_counter() + seconds

    async def go_on() -> None:
        asker = Asker(port)
        await asker.ask("/")
        while time.perf_counter() < until:
            page = rng.choice(list(addresses))
            began = time.perf_counter()
            status, _ = await asker.ask(rng.choice(addresses[page]))
            spent[page].append(1000 * (time.perf_counter() - began) if status == 200 else float("inf"))

    await asyncio.gather(*(go_on() for _ in range(flight)))
    return spent


async def write(port: int, digests: Sequence[str], seconds: float) -> list[float]:
    """Milliseconds of each judgement written, a few a second: names of stories."""
    asker, spent = Asker(port), []
    await asker.ask("/")
    until = time.perf_counter() + seconds
    for number, digest in enumerate(digests):
        if time.perf_counter() > until:
            break
        body = json.dumps(
            {"kind": "name", "target": digest, "value": f"Story {number}", "reason": "benchmark"}
        ).encode()
        began = time.perf_counter()
        status, _ = await asker.ask("/api/v1/judgements", "POST", body, "application/json")
        spent.append(1000 * (time.perf_counter() - began) if status < 300 else float("inf"))
        await asyncio.sleep(1 / WRITES_A_SECOND)
    return spent


def tell(name: str, spent: Sequence[float]) -> None:
    """A row: how many, median, p95, worst, failed."""
    if not spent:
        return
    rows = sorted(spent)
    failed = sum(one == float("inf") for one in rows)
    p95 = rows[min(len(rows) - 1, int(0.95 * len(rows)))]
    print(f"| {name} | {len(rows)} | {median(rows):.1f} | {p95:.1f} | {rows[-1]:.0f} | {failed} |", flush=True)


def tell_memory(process: int) -> float:
    """The most memory that the desk had, in MB."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


async def measure(port: int, process: int, ledger: Path, given: argparse.Namespace) -> None:
    """Measure and print."""
    asker = Asker(port)
    began = time.perf_counter()
    addresses = await list_addresses(asker, ledger, given.stories)
    print(f"first page and list of all stories: {time.perf_counter() - began:.1f} s\n")
    print("| page | asked | median ms | p95 ms | worst ms | failed |\n|---|---|---|---|---|---|")
    first: list[float] = []
    for number in range(max(map(len, addresses.values()))):
        for rows in addresses.values():
            if number < len(rows):
                began = time.perf_counter()
                status, _ = await asyncio.wait_for(asker.ask(rows[number]), FIRST_LOOK_SECONDS)
                first.append(1000 * (time.perf_counter() - began) if status == 200 else float("inf"))
                if status != 200:
                    print(f"{rows[number]}: {status}")
    tell("first look, one at a time", first)
    spent = await look(port, addresses, given.flight, given.seconds)
    for page, some in spent.items():
        tell(page, some)
    tell(f"all, {given.flight} in flight", [one for some in spent.values() for one in some])
    digests = [row.rpartition("/")[2] for row in addresses["/reports/{digest}"]]
    both = await asyncio.gather(look(port, addresses, given.flight, given.seconds), write(port, digests, given.seconds))
    tell("all while judgements are written", [one for some in both[0].values() for one in some])
    tell("judgements written meanwhile", both[1])
    print(f"\nmemory of the desk at most: {tell_memory(process):.0f} MB")


def main() -> None:
    """Make the ledger, open the desk, measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--ledger", type=Path)
    parser.add_argument("--stories", type=int, default=100)
    parser.add_argument("--flight", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ledger = given.ledger or Path(folder) / "desk.db"
        make_ledger(ledger, given.reports)
        with serving(ledger) as (port, process):
            asyncio.run(measure(port, process, ledger, given))


if __name__ == "__main__":
    main()
