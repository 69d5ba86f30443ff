"""Many hosts at once, each politely."""

import threading
import time
from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from webs import respond

from sayso.read.fetches import Answer
from sayso.watch.askings import Asker, Refused, Request
from sayso.watch.states import Host


class Times:
    """A clock that only moves when somebody waits."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds


class Servers:
    """Notes how many requests to each host are at once, and when each began."""

    def __init__(self, tick: Times, robots: str = "") -> None:
        self.tick, self.robots = tick, robots
        self.at_once: dict[str, int] = defaultdict(int)
        self.most: dict[str, int] = defaultdict(int)
        self.began: dict[str, list[float]] = defaultdict(list)
        self.lock = threading.Lock()

    def fetch(self, url: str, headers: Mapping[str, str]) -> Answer:
        host = url.split("/")[2]
        with self.lock:
            self.at_once[host] += 1
            self.most[host] = max(self.most[host], self.at_once[host])
            self.began[host].append(self.tick())
        time.sleep(0.001)
        with self.lock:
            self.at_once[host] -= 1
        if url.endswith("/robots.txt"):
            return respond(url, 200, self.robots.encode()) if self.robots else respond(url, 404)
        if url.endswith("/crash"):
            raise RuntimeError("a bug of ours")
        return respond(url, 200, b"a page")


def ask(urls: list[str], gap_s: float = 2.0, robots: str = "") -> tuple[Servers, list[tuple[str, Answer | Refused]]]:
    tick, hosts = Times(), dict[str, Host]()
    servers = Servers(tick, robots)
    asker = Asker(
        fetch=servers.fetch,
        find_host=lambda host: hosts.get(host, Host(host=host)),
        save_host=lambda host: hosts.update({host.host: host}),
        now=lambda: 1.9e9,
        tick=tick,
        wait=tick.wait,
        stopped=lambda: False,
        gap_s=gap_s,
    )
    requests = [Request(url, url) for url in urls]
    return servers, [(request.url, answer) for request, answer in asker.ask_all(requests)]


HOSTS = st.sampled_from(["a.example", "b.example:81", "c.example"])


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(HOSTS, st.integers(0, 99)), max_size=9, unique=True))
def test_each_is_answered_once_and_no_host_is_hurried(asked: list[tuple[str, int]]) -> None:
    urls = [f"https://{host}/{page}" for host, page in asked]
    servers, answers = ask(urls)
    assert sorted(url for url, _ in answers) == sorted(urls)
    assert all(count == 1 for count in servers.most.values())
    for began in servers.began.values():
        assert all(later - earlier >= 2.0 for earlier, later in pairwise(began))


def test_a_host_may_ask_for_a_longer_gap() -> None:
    servers, _ = ask([f"https://a.example/{n}" for n in range(3)], robots="User-agent: *\nCrawl-delay: 7")
    began = servers.began["a.example"]
    assert all(later - earlier >= 7 for earlier, later in pairwise(began[1:]))


def test_a_fault_of_ours_costs_one_answer() -> None:
    _, answers = ask(["https://a.example/crash", "https://b.example/1"])
    assert {url: isinstance(answer, Refused) for url, answer in answers} == {
        "https://a.example/crash": True,
        "https://b.example/1": False,
    }


def test_a_host_s_robots_txt_is_asked_for_once_without_a_user_s_name() -> None:
    servers, answers = ask(["https://u:p@a.example/1", "https://u:p@a.example/2"], robots="User-agent: *\nDisallow: /2")
    assert len(servers.began["a.example"]) == 1
    assert [isinstance(answer, Refused) for _, answer in answers] == [False, True]
