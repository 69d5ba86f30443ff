"""Servers that mean to hold a reader up, each on this machine, each with an honest neighbour: does the deadline hold?

    slow_servers.py [--limit SECONDS] [KIND ...]

Every kind is added by `add_all` together with the neighbour's page, under a limit of a few seconds where `sayso add`
has sixty. Prints how long each held the fetch, whether the neighbour was kept, and what was said. A proxy of the
environment that never answers stands by: none is to be used. Ends with exit status 1 where a fetch took over a second
longer than the limit, a neighbour was lost, or what was said is not one line.
"""

from __future__ import annotations

import argparse
import os
import re
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from unittest.mock import patch

from slow_kinds import KINDS, PAGE, answer, make_contexts, resolve_slowly

from sayso.journey import add_all
from sayso.ledger import open_ledger
from sayso.read.fetches import ask_url, fetch_url
from sayso.read.openings import Fetched
from sayso.watch.askings import Asker, Refused, Request
from sayso.watch.states import Host

GRACE_S = 1.0
"""How much longer than the limit a fetch may take: threads wait for each other on a busy machine."""
MOST_BYTES = 20_000_000
LONGEST_LINE = 300
Serve = Callable[[socket.socket, threading.Event], None]


@contextmanager
def run_server(serve: Serve, backlog: int = 50, accepts: bool = True) -> Iterator[int]:
    """The port of a server that does something with every connection, each in a thread of its own."""
    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0), backlog=backlog) as listening:

        def handle(caller: socket.socket) -> None:
            with suppress(OSError), caller:
                serve(caller, done)

        def listen() -> None:
            with suppress(OSError):
                while not done.is_set():
                    threading.Thread(target=handle, args=(listening.accept()[0],), daemon=True).start()

        held = [] if accepts else fill(listening.getsockname())
        if accepts:
            threading.Thread(target=listen, daemon=True).start()
        yield listening.getsockname()[1]
        done.set()
        for caller in held:
            caller.close()


def fill(address: tuple[str, int]) -> list[socket.socket]:
    """Connections that nobody accepts, so that the next one is not even answered."""
    held = []
    for _ in range(4):
        caller = socket.socket()
        caller.setblocking(False)
        with suppress(BlockingIOError):
            caller.connect(address)
        held.append(caller)
    return held


def try_kind(name: str, neighbour: int, limit: float) -> tuple[float, bool, str]:
    """How many seconds a kind of server held the fetch, whether the neighbour's page was kept, and what was said."""
    kind, took = KINDS[name], [0.0]
    with run_server(kind.serve, 1 if kind.deaf else 50, not kind.deaf) as port, open_ledger(":memory:") as ledger:
        slow = f"{kind.scheme}://127.0.0.1:{port}/"
        resolve = resolve_slowly if kind.nameless else lambda host, _: [host]

        def fetch(url: str) -> Fetched:
            begun = time.monotonic()
            try:
                return fetch_url(url, max_bytes=MOST_BYTES, total_timeout_s=limit, resolve=partial(choose, resolve))
            finally:
                took[0] = max(took[0], time.monotonic() - begun)

        def choose(resolver: Callable[[str, int], list[str]], host: str, at: int) -> list[str]:
            return [host] if at == neighbour else resolver(host, at)

        added = add_all(ledger, [slow, f"http://127.0.0.1:{neighbour}/"], fetch=fetch)
        kept = any(f":{neighbour}/" in reading.report.url for reading in ledger.readings())
        return took[0], kept, "; ".join(problem.message for problem in added.problems) or "read"


def try_robots(neighbour: int, limit: float) -> tuple[float, bool, str]:
    """The same of a robots.txt that a watch asks for, whose server sends a byte now and then."""
    hosts: dict[str, Host] = {}
    ask = partial(ask_url, max_bytes=MOST_BYTES, total_timeout_s=limit)
    with run_server(KINDS["the body"].serve) as port:
        asker = Asker(
            fetch=lambda url, headers: ask(url, headers=headers),
            find_host=lambda name: hosts.get(name, Host(host=name)),
            save_host=lambda host: hosts.update({host.host: host}),
            now=time.time,
            tick=time.monotonic,
            wait=time.sleep,
            stopped=lambda: False,
            gap_s=0.0,
        )
        begun = time.monotonic()
        asked = [Request(f"http://127.0.0.1:{at}/", at) for at in (port, neighbour)]
        answers = {request.about: given for request, given in asker.ask_all(asked)}
    slow, honest = answers[port], answers[neighbour]
    said = slow.message if isinstance(slow, Refused) else "answered"
    return time.monotonic() - begun, not isinstance(honest, Refused), said


def main() -> int:
    """Try every kind, print a row for each, and the sums; the exit status."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--limit", type=float, default=2.0, help="seconds that a fetch may take")
    parser.add_argument("kinds", nargs="*", choices=[*KINDS, "robots.txt", []], help="some of the kinds")
    given = parser.parse_args()
    names = given.kinds or [*KINDS, "robots.txt"]
    over, lost, unclear = [], [], []
    public = patch("sayso.read.fetches.is_public", lambda address: address == "127.0.0.1")
    with closing(socket.create_server(("127.0.0.1", 0))) as proxy, run_server(answer(PAGE)) as neighbour, public:
        for variable in ("http_proxy", "https_proxy", "all_proxy"):
            os.environ[variable] = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        with patch("httpx.create_ssl_context", lambda **_: make_contexts()[1]):
            for name in names:
                tried = try_robots if name == "robots.txt" else partial(try_kind, name)
                seconds, kept, said = tried(neighbour, given.limit)
                over += [name] if seconds > given.limit + GRACE_S else []
                lost += [] if kept else [name]
                unclear += [] if re.fullmatch(r"[ -~…]{4,}", said) and len(said) <= LONGEST_LINE else [name]
                print(f"{name:36} {seconds:5.1f} s  {'kept' if kept else 'LOST':4}  {said}", flush=True)
    print(f"{len(names)} kinds under a limit of {given.limit:g} s: over it {len(over)}, neighbours lost {len(lost)}")
    print(f"not one clear line {len(unclear)}", *over, *lost, *unclear)
    return int(bool(over or lost or unclear))


if __name__ == "__main__":
    sys.exit(main())
