"""Asking many hosts at once and each politely: one request at a time, a gap after it, robots.txt heeded (RFC 9309), and
left alone as long as a host wishes (Retry-After)."""

from __future__ import annotations

import queue
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sayso.read.fetches import Answer
from sayso.read.openings import UnreadableError
from sayso.watch.schedules import is_due, read_retry_after
from sayso.watch.states import Host

if TYPE_CHECKING:
    from protego import Protego

AGENT = "sayso"
"""By which name robots.txt may speak to us."""
THREADS = 8
ROBOTS_S, BARRED_S = 86_400, 600
"""Seconds that a robots.txt holds (a day, as RFC 9309 has it at most), and that one which cannot be had is not asked
for again."""
ROBOTS_BYTES = 512_000
"""Bytes of a robots.txt that are read, a little more than the RFC asks for at least."""
LONGEST_DELAY_S = 60.0
"""The longest gap that a robots.txt may ask for (Crawl-delay)."""
BUSY = (429, 503)
LOOK_S = 0.2
"""How often a wait is broken off to see whether to stop."""

Fetch = Callable[[str, Mapping[str, str]], Answer]
"""From a URL and headers to the answer; raises `UnreadableError`."""


@dataclass(frozen=True, slots=True)
class Request:
    """Something to ask for: a URL, headers of its own, whether robots.txt is heeded, and what it is `about`."""

    url: str
    about: object
    headers: Mapping[str, str] = field(default_factory=dict)
    robots: bool = True


@dataclass(frozen=True, slots=True)
class Refused:
    """Why there is no answer: `message`, whether that will be so `forever`, or the host wishes to be left alone until a
    moment (`held`, 0 for no such wish)."""

    message: str
    forever: bool = False
    held: float = 0.0


@dataclass(slots=True)
class Asker:
    """Asks by `fetch`. What is known of hosts is looked up by `find_host` and kept by `save_host`; `now` is the moment
    of the clock, `tick` counts seconds that never go back, `wait` waits so many or less where `stopped`."""

    fetch: Fetch
    find_host: Callable[[str], Host]
    save_host: Callable[[Host], None]
    now: Callable[[], float]
    tick: Callable[[], float]
    wait: Callable[[float], object]
    stopped: Callable[[], bool]
    gap_s: float
    threads: int = THREADS
    free_at: dict[str, float] = field(default_factory=dict)
    """When, by `tick`, each host may be asked again."""

    def ask_all(self, requests: Iterable[Request]) -> Iterator[tuple[Request, Answer | Refused]]:
        """The answers to some requests as they come; none to those that are left when it is stopped."""
        queues: OrderedDict[str, deque[Request]] = OrderedDict()
        for request in requests:
            queues.setdefault(name_server(request.url), deque()).append(request)
        answers: queue.Queue[tuple[str, Request | None, Answer | Refused]] = queue.Queue()
        busy: set[str] = set()
        while (queues or busy) and not self.stopped():
            yield from self._start(queues, busy, answers)
            if not busy:
                if queues:
                    self.wait(max(0.0, min(self.free_at.get(host, 0.0) for host in queues) - self.tick()))
                continue
            try:
                host, asked, answer = answers.get(timeout=LOOK_S)
            except queue.Empty:
                continue
            busy.discard(host)
            if asked is None:
                self._learn_robots(host, answer)
                continue
            self.free_at[host] = self.tick() + self._gap(host)
            if (held := self._hold(host, answer)) and host in queues:
                yield from ((request, held) for request in queues.pop(host))
            yield asked, held or answer

    def _start(
        self,
        queues: OrderedDict[str, deque[Request]],
        busy: set[str],
        answers: queue.Queue[tuple[str, Request | None, Answer | Refused]],
    ) -> Iterator[tuple[Request, Refused]]:
        """Begin what can be begun; the requests that are refused without asking."""
        for host in list(queues):
            if len(busy) >= self.threads:
                return
            if host in busy or self.free_at.get(host, 0.0) > self.tick():
                continue
            known, line = self.find_host(host), queues[host]
            if not is_due(known.held, self.now()):
                refused = Refused("the host wishes to be left alone for now", held=known.held)
                yield from ((request, refused) for request in queues.pop(host))
                continue
            request = line[0]
            if request.robots and is_due(known.until, self.now()):
                busy.add(host)
                scheme = urlsplit(request.url).scheme
                self._send(host, None, Request(f"{scheme}://{host}/robots.txt", None), answers)
                continue
            line.popleft()
            if not line:
                del queues[host]
            if refusal := find_bar(known, request):
                yield request, refusal
                continue
            busy.add(host)
            self._send(host, request, request, answers)

    def _send(
        self,
        host: str,
        about: Request | None,
        request: Request,
        answers: queue.Queue[tuple[str, Request | None, Answer | Refused]],
    ) -> None:
        """Ask in a thread of its own, which nobody waits for when the program ends."""

        def ask() -> None:
            try:
                answer: Answer | Refused = self.fetch(request.url, request.headers)
            except UnreadableError as error:
                answer = Refused(str(error))
            except Exception as error:  # A fault of ours or a library's costs one answer and not the watch.
                answer = Refused(f"cannot be fetched ({type(error).__name__}: {' '.join(str(error).split())[:200]})")
            answers.put((host, about, answer))

        threading.Thread(target=ask, daemon=True).start()

    def _learn_robots(self, host: str, answer: Answer | Refused) -> None:
        """Keep a robots.txt, or that none can be had: what there is none of (4xx) forbids nothing, and what a server
        cannot give forbids all for a while."""
        known, now = self.find_host(host), self.now()
        status = answer.status if isinstance(answer, Answer) else 0
        if isinstance(answer, Answer) and (status == 200 or (400 <= status < 500 and status != 429)):
            words = answer.content[:ROBOTS_BYTES].decode("utf-8", "replace") if status == 200 else ""
            known = replace(known, robots=words, barred="", until=now + ROBOTS_S)
        else:
            why = answer.message if isinstance(answer, Refused) else f"the server answers {answer.status}"
            known = replace(known, barred=f"its robots.txt cannot be had: {why}", until=now + BARRED_S)
        self.save_host(known)
        self.free_at[host] = self.tick() + self._gap(host)

    def _gap(self, host: str) -> float:
        """The seconds between two requests to a host."""
        words = self.find_host(host).robots
        delay = parse_robots(words).crawl_delay(AGENT) if words else None
        return max(self.gap_s, min(float(delay or 0.0), LONGEST_DELAY_S))

    def _hold(self, host: str, answer: Answer | Refused) -> Refused | None:
        """What is said to requests to a host that wishes to be left alone, which is kept; None for others."""
        if isinstance(answer, Refused) or answer.status not in BUSY:
            return None
        seconds = read_retry_after(answer.header("retry-after"), self.now())
        if not seconds:
            return None
        until = self.now() + seconds
        self.save_host(replace(self.find_host(host), held=until))
        return Refused(f"the server answers {answer.status} and wishes to be left alone", held=until)


def name_server(url: str) -> str:
    """The host and port of an address."""
    return urlsplit(url).netloc.lower().rpartition("@")[2]


def find_bar(host: Host, request: Request) -> Refused | None:
    """Why a host does not want a request, by its robots.txt; None where it does."""
    if not request.robots:
        return None
    if host.barred:
        return Refused(host.barred)
    if host.robots and not parse_robots(host.robots).can_fetch(request.url, AGENT):
        return Refused("its robots.txt does not allow that; ask its owner", forever=True)
    return None


@lru_cache(maxsize=500)
def parse_robots(words: str) -> Protego:
    """The rules of a robots.txt."""
    from protego import Protego

    return Protego.parse(words)
