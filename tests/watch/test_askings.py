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

    def __init__(self, tick: Times, robots: str = "", leads: Mapping[str, str] | None = None) -> None:
        self.tick, self.robots, self.leads = tick, robots, leads or {}
        self.asked: list[str] = []
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
            self.asked.append(url)
        time.sleep(0.001)
        with self.lock:
            self.at_once[host] -= 1
        if url in self.leads:
            return respond(url, 302, Location=self.leads[url])
        if url.endswith("/robots.txt"):
            return respond(url, 200, self.robots.encode()) if self.robots else respond(url, 404)
        if url.endswith("/crash"):
            raise RuntimeError("a bug of ours")
        return respond(url, 200, b"a page")


def ask(
    urls: list[str],
    gap_s: float = 2.0,
    robots: str = "",
    leads: Mapping[str, str] | None = None,
    *,
    heed: bool = True,
    known: Mapping[str, Host] | None = None,
) -> tuple[Servers, list[tuple[str, Answer | Refused]]]:
    tick, hosts = Times(), dict(known or {})
    servers = Servers(tick, robots, leads)
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
    requests = [Request(url, url, robots=heed) for url in urls]
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


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(HOSTS, st.integers(0, 9)), min_size=1, max_size=9, unique=True),
    st.dictionaries(st.tuples(HOSTS, st.integers(0, 9)), st.tuples(HOSTS, st.integers(0, 9)), max_size=9),
    st.lists(st.tuples(HOSTS, HOSTS), max_size=3),
)
def test_wherever_servers_lead_each_is_answered_once_and_no_host_is_hurried(
    asked: list[tuple[str, int]], led: dict[tuple[str, int], tuple[str, int]], robots: list[tuple[str, str]]
) -> None:
    urls = [f"https://{host}/{page}" for host, page in asked]
    leads = {f"https://{a}/{m}": f"https://{b}/{n}" for (a, m), (b, n) in led.items()}
    leads |= {f"https://{a}/robots.txt": f"https://{b}/robots.txt" for a, b in robots}
    servers, answers = ask(urls, leads=leads)
    assert sorted(url for url, _ in answers) == sorted(urls)
    assert all(count == 1 for count in servers.most.values())
    for began in servers.began.values():
        assert all(later - earlier >= 2.0 for earlier, later in pairwise(began))


def test_where_an_answer_leads_that_host_s_robots_txt_is_heeded() -> None:
    leads = {
        "https://a.example/1": "https://b.example/shut/1",
        "https://a.example/2": "//b.example/open",
        "https://a.example/3": "/shut/3",
        "https://a.example/4": "mailto:desk@a.example",
        "https://a.example/5": "https://b.example/5",
        "https://b.example/5": "https://a.example/5",
    }
    servers, answers = ask(list(leads)[:5], robots="User-agent: *\nDisallow: /shut/", leads=leads)
    said = {url: answer.message if isinstance(answer, Refused) else answer.url for url, answer in answers}
    assert said["https://a.example/1"].startswith("it leads to b.example: its robots.txt does not allow that")
    assert said["https://a.example/2"] == "https://b.example/open"
    assert said["https://a.example/3"].startswith("its robots.txt does not allow that")
    assert "no page of the web" in said["https://a.example/4"] and "without end" in said["https://a.example/5"]
    assert [url for url in servers.asked if "b.example" in url] == [
        "https://b.example/robots.txt",
        "https://b.example/open",
        "https://b.example/5",
    ]


def test_that_an_owner_agreed_to_do_without_robots_txt_says_nothing_of_other_hosts() -> None:
    leads = {"https://a.example/shut/1": "/shut/2", "https://a.example/shut/2": "https://b.example/shut/3"}
    servers, answers = ask(["https://a.example/shut/1"], robots="User-agent: *\nDisallow: /", leads=leads, heed=False)
    assert servers.asked == [*leads, "https://b.example/robots.txt"]
    assert [isinstance(answer, Refused) and answer.forever for _, answer in answers] == [True]


def test_a_robots_txt_may_lie_elsewhere() -> None:
    leads = {"https://a.example/robots.txt": "https://b.example/robots.txt"}
    servers, answers = ask(
        ["https://a.example/2", "https://b.example/1"], robots="User-agent: *\nDisallow: /2", leads=leads
    )
    assert {url: isinstance(answer, Refused) for url, answer in answers} == {
        "https://a.example/2": True,
        "https://b.example/1": False,
    }
    assert "https://a.example/2" not in servers.asked


def test_where_an_answer_leads_a_host_that_wishes_to_be_left_alone_is_left_alone() -> None:
    hosts = {"b.example": Host(host="b.example", held=1.9e9 + 60)}
    servers, answers = ask(["https://a.example/1"], leads={"https://a.example/1": "https://b.example/1"}, known=hosts)
    assert [answer.held for _, answer in answers if isinstance(answer, Refused)] == [1.9e9 + 60]
    assert not servers.began["b.example"]


def test_a_user_s_name_goes_along_to_its_own_server_alone() -> None:
    leads = {
        "https://u:p%40@a.example/1": "/2",
        "https://u:p%40@a.example/2": "https://x:y@b.example/3",
        "https://b.example/3": "https://a.example/4",
    }
    servers, answers = ask(["https://u:p%40@a.example/1"], leads=leads, heed=False)
    pages = [url for url in servers.asked if "robots" not in url]
    assert pages == [*leads, "https://u:p%40@a.example/4"] and len(answers) == 1


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
