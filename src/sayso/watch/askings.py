"""Asking many hosts at once and each politely: one request at a time, a gap after it, robots.txt heeded (RFC 9309), and
left alone as long as a host wishes (Retry-After). Where an answer leads on, its host is asked in the same manner."""

from __future__ import annotations

import queue
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sayso.read.addresses import drop_userinfo
from sayso.read.fetches import ENDLESS, MAX_REDIRECTS, Answer, find_onward
from sayso.read.openings import UnreadableError
from sayso.watch.feeds import is_web
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
"""From a URL and headers to the answer, which is given back also where it leads on; raises `UnreadableError`."""


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


@dataclass(frozen=True, slots=True)
class Step:
    """A step on the way to what is asked for: the address that is asked now, after those that led to it. It is the way
    to the answer to a `request`, or without one to the robots.txt of a host (`robots_of`)."""

    url: str
    request: Request | None = None
    robots_of: str = ""
    before: tuple[str, ...] = ()

    @property
    def robots(self) -> bool:
        """Whether robots.txt is heeded. That a site's owner agreed to do without says nothing of where it leads."""
        asked = self.request
        return asked is not None and (asked.robots or name_server(self.url) != name_server(asked.url))


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
    _lines: OrderedDict[str, deque[Step]] = field(default_factory=OrderedDict)
    """What waits for each host, in its order."""
    _busy: set[str] = field(default_factory=set)
    """The hosts that are being asked."""
    _awaited: set[str] = field(default_factory=set)
    """The hosts whose robots.txt is on its way."""
    _answers: queue.Queue[tuple[str, Step, Answer | Refused]] = field(default_factory=queue.Queue)

    def ask_all(self, requests: Iterable[Request]) -> Iterator[tuple[Request, Answer | Refused]]:
        """The answers to some requests as they come; none to those that are left when it is stopped."""
        for request in requests:
            self._lines.setdefault(name_server(request.url), deque()).append(Step(request.url, request))
        try:
            while (self._lines or self._busy) and not self.stopped():
                yield from self._start()
                if not self._busy:
                    self._rest()
                    continue
                try:
                    host, step, answer = self._answers.get(timeout=LOOK_S)
                except queue.Empty:
                    continue
                self._busy.discard(host)
                yield from self._take(host, step, answer)
        finally:
            # What is still being asked for is answered to nobody.
            self._lines, self._busy, self._awaited, self._answers = OrderedDict(), set(), set(), queue.Queue()

    def _start(self) -> Iterator[tuple[Request, Answer | Refused]]:
        """Begin what can be begun; the requests that are refused without asking."""
        for host in list(self._lines):
            if len(self._busy) >= self.threads:
                return
            if not self._is_free(host) or self.free_at.get(host, 0.0) > self.tick():
                continue
            known = self.find_host(host)
            if not is_due(known.held, self.now()):
                yield from self._dismiss(host, Refused("the host wishes to be left alone for now", held=known.held))
                continue
            line = self._lines[host]
            step = line[0]
            if step.robots and is_due(known.until, self.now()):
                self._awaited.add(host)
                line.appendleft(Step(f"{urlsplit(step.url).scheme}://{host}/robots.txt", robots_of=host))
            step = line.popleft()
            if not line:
                del self._lines[host]
            if refusal := find_bar(known, step):
                yield from self._end(step, refusal)
                continue
            self._busy.add(host)
            self._send(host, step)

    def _is_free(self, host: str) -> bool:
        """Whether a host is neither being asked nor waited for until its robots.txt is had, which may lie elsewhere."""
        return host not in self._busy and not (host in self._awaited and self._lines[host][0].robots)

    def _rest(self) -> None:
        """Wait until a host may be asked."""
        free = [self.free_at.get(host, 0.0) for host in self._lines if self._is_free(host)]
        if free:
            self.wait(max(0.0, min(free) - self.tick()))

    def _send(self, host: str, step: Step) -> None:
        """Ask in a thread of its own, which nobody waits for when the program ends."""
        headers, answers = step.request.headers if step.request else {}, self._answers

        def ask() -> None:
            try:
                answer: Answer | Refused = self.fetch(step.url, headers)
            except UnreadableError as error:
                answer = Refused(str(error))
            except Exception as error:  # A fault of ours or a library's costs one answer and not the watch.
                answer = Refused(f"cannot be fetched ({type(error).__name__}: {' '.join(str(error).split())[:200]})")
            answers.put((host, step, answer))

        threading.Thread(target=ask, daemon=True).start()

    def _take(self, host: str, step: Step, answer: Answer | Refused) -> Iterator[tuple[Request, Answer | Refused]]:
        """Make of a step what a host answered: one more step where that leads on, else its end."""
        self.free_at[host] = self.tick() + self._gap(host)
        if step.request and (held := self._hold(host, answer)):
            yield from self._dismiss(host, held)
            answer = held
        try:
            onward = self._lead_on(step, answer)
        except UnreadableError as error:
            onward, answer = None, Refused(str(error))
        if onward is None:
            yield from self._end(step, answer)
        else:
            self._lines.setdefault(name_server(onward.url), deque()).appendleft(onward)

    def _lead_on(self, step: Step, answer: Answer | Refused) -> Step | None:
        """The step after one whose answer leads on; None after the others. Raises `UnreadableError` where it leads in
        circles, or to no page of the web."""
        asked = step.request.url if step.request else step.url
        onward = "" if isinstance(answer, Refused) else find_onward(answer, asked)
        if not onward:
            return None
        before = (*step.before, step.url)
        if onward in before or len(before) > MAX_REDIRECTS:
            raise UnreadableError(ENDLESS)
        if not is_web(onward):
            raise UnreadableError("leads to what is no page of the web; check the address")
        return replace(step, url=onward, before=before)

    def _end(self, step: Step, answer: Answer | Refused) -> Iterator[tuple[Request, Answer | Refused]]:
        """The request of a step with its answer; of a robots.txt nothing but what is learned of it."""
        if step.request:
            yield step.request, answer
        else:
            self._awaited.discard(step.robots_of)
            self._learn_robots(step.robots_of, answer)

    def _dismiss(self, host: str, refused: Refused) -> Iterator[tuple[Request, Answer | Refused]]:
        """Refuse all that waits for a host."""
        for step in self._lines.pop(host, ()):
            yield from self._end(step, refused)

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


def find_bar(host: Host, step: Step) -> Refused | None:
    """Why a host does not want to be asked for something, by its robots.txt; None where it does."""
    if not step.robots:
        return None
    asked = step.request.url if step.request else step.url
    where = "" if name_server(asked) == host.host else f"it leads to {host.host}: "
    if host.barred:
        return Refused(where + host.barred)
    if host.robots and not parse_robots(host.robots).can_fetch(drop_userinfo(step.url), AGENT):
        return Refused(f"{where}its robots.txt does not allow that; ask its owner", forever=True)
    return None


@lru_cache(maxsize=500)
def parse_robots(words: str) -> Protego:
    """The rules of a robots.txt."""
    from protego import Protego

    return Protego.parse(words)
