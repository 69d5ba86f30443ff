"""The client, over the wire: it gives what `sayso.open` gives, and says what the desk says."""

import inspect
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

import sayso
from sayso.api.views import Views
from sayso.client import BASE, MOST_ROWS, TRIES, Client, RemoteBrief
from sayso.serve.desk import Desk
from sayso.watch.alerts.alerts import Alert

FERRY = "Three ferries were damaged, harbour master Ines Roth said on Tuesday."


@pytest.fixture
def remote(address: str) -> Iterator[Client]:
    with Client(address) as client:
        yield client


def test_it_has_the_methods_of_an_open_ledger() -> None:
    views = {n for n, _ in inspect.getmembers(Views, inspect.isfunction) if not n.startswith("_")} - {"picture"}
    assert views | {"add", "check"} <= {n for n, _ in inspect.getmembers(Client, inspect.isfunction)}


def test_it_gives_what_an_open_ledger_gives(remote: Client, desk: Desk, tmp_path: Path) -> None:
    ledger = sayso.OpenLedger(desk.ledger)
    assert remote.points(as_of="2024-03-28").render("json") == ledger.points(as_of="2024-03-28").render("json")
    assert remote.changes("2024-03-27").render("json") == ledger.changes("2024-03-27").render("json")
    told, story = remote.brief(since="2024-03-27"), ledger.brief(since="2024-03-27")
    assert told.row == story.row and told.markdown == story.markdown and str(told) == story.text
    told.save(str(tmp_path / "brief.html"))
    assert (tmp_path / "brief.html").read_text("utf8") == told.html
    exported = remote.export("csv", "kml", made="2024-04-01", as_of="2024-03-28")
    assert exported == ledger.export("csv", "kml", made="2024-04-01", as_of="2024-03-28")
    assert remote.points()[0]["question"] in remote.explain(remote.points()[0]["id"])[0]["lines"]
    checked = remote.check("Eight workers died.", published="2024-03-28")
    assert list(checked) == list(ledger.check("Eight workers died.", published="2024-03-28").flags)
    assert remote.compare("All 22 crew are safe.", "The crew are safe.")["relation"] == "same"
    assert remote.read(remote.reports()[0]["digest"])["text"]
    assert remote.search("bridge") and remote.sources() and remote.stories().to_pandas().shape[0] == 1


def test_what_is_added_and_judged_is_kept(remote: Client, desk: Desk) -> None:
    before = desk.ledger.count()["reports"]
    assert remote.add(FERRY, published="2024-03-28", outlet="Quay Post")["new"] == 1
    assert desk.ledger.count()["reports"] == before + 1
    made = remote.judge("grade", "Quay Post", value="C", reason="two of its counts were withdrawn")
    assert made["by"] == "ana" and remote.undo(made["id"], reason="they were not")["kind"] == "undo"
    assert [row["undone"] for row in remote.judgements()] == [True, False]
    assert list(remote.questions()) == list(remote.hypotheses()) == list(remote.scenarios()) == []


def test_what_the_team_wants_to_be_told_of_is_wanted_seen_and_wanted_no_more(remote: Client, desk: Desk) -> None:
    rule = remote.add_rule("origins", words="missing workers", at_least=3)
    assert remote.rules(rule["id"]) == rule == remote.rules()[0]
    noted = Alert(id="aa11", rule=rule["id"], kind="origins", text="three now", at=datetime(2031, 6, 1, tzinfo=UTC))
    desk.alerts.keep([noted], [], noted.at, None)
    assert [row["seen_by"] for row in remote.alerts()] == [""]
    assert remote.acknowledge("aa11", reason="they were  counted\ntwice")["reason"] == "they were counted twice"
    assert list(remote.alerts()) == [] and remote.alerts(seen=True)[0]["seen_by"] == "ana"
    remote.remove_rule(rule["id"], reason="all were found")
    assert list(remote.rules()) == []


def test_what_is_to_come_is_asked_and_expected(remote: Client) -> None:
    why = remote.suppose("Why did the bridge fall?", "the ship had no power", "a flood")
    assert [h["text"] for h in remote.hypotheses(why["id"])["hypotheses"]] == ["the ship had no power", "a flood"]
    asked = remote.ask("Will the channel open?", closes="2031-06-01", resolves="2031-06-02", force=True)
    remote.forecast(asked["id"], "0.7")
    assert len(remote.forecasts(asked["id"])) == 1
    assert remote.crowd(asked["id"]) and remote.questions(asked["id"])["question"] == "Will the channel open?"


def test_every_operation_of_the_api_has_a_method(address: str) -> None:
    """What is asked by all methods, each with something for what it needs, against the desk's own document."""
    asked = set[tuple[str, str]]()

    class Noting(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            asked.add((request.method.lower(), request.url.path))
            return httpx.Response(200, json={"items": [], "next": None, "flags": []})

    with Client("http://desk", transport=Noting()) as client:
        for name, method in inspect.getmembers(client, inspect.ismethod):
            if name.startswith("_") or name in ("close", "brief", "view"):
                continue
            takes = inspect.signature(method).parameters.values()
            words = ["x" for one in takes if one.kind != one.KEYWORD_ONLY and one.kind != one.VAR_KEYWORD]
            rest = {one.name: "y" for one in takes if one.kind == one.KEYWORD_ONLY and one.default is one.empty}
            method(*words, **rest)
            if all(one.default is not one.empty or one.kind == one.VAR_KEYWORD for one in takes):
                method()
        client.brief()
    document = httpx.get(f"{address}{BASE}/openapi.json").json()
    another_way = "/stories/{story}/exports/{format}"  # to what /exports/{format} gives, narrowed to a story
    for path, operations in document["paths"].items():
        if path.endswith(another_way):
            continue
        wanted = re.compile(re.sub(r"\{\w+\}", r"[^/]+", f"{BASE}{path.removeprefix(BASE)}"))
        for verb in operations.keys() & {"get", "post", "delete", "put", "patch"}:
            assert any(verb == v and wanted.fullmatch(p) for v, p in asked), (verb, path)


REFUSED: list[tuple[str, Callable[[Client], Any]]] = [
    ("no date or time", lambda c: c.points(as_of="soon")),
    ("no story", lambda c: c.points(story="the ferry")),
    ("no view|Not Found", lambda c: c.view("ferries")),
    ("no report x/../y", lambda c: c.read("x/../y")),
    ("none is called|nothing here", lambda c: c.explain("the ferry of no port")),
    ("^it holds no report", lambda c: c.judge("retract", "x", reason="y")),
    ("no id", lambda c: c.read("..")),
    ("no format pptx to export to: there are csv", lambda c: c.export("csv", "pptx")),
    ("language", lambda c: c.brief(language="xx")),
]


def test_what_cannot_be_done_is_said_in_the_desks_words(remote: Client) -> None:
    for words, ask in REFUSED:
        with pytest.raises(sayso.Error, match=words) as raised:
            ask(remote)
        assert "\n" not in str(raised.value)


def test_nobody_there_is_one_clear_error() -> None:
    slept: list[float] = []
    with Client("http://127.0.0.1:9", sleep=slept.append) as client, pytest.raises(sayso.Error, match="be reached"):
        client.points()
    assert len(slept) == TRIES - 1


class Staged(httpx.BaseTransport):
    """Answers in their order, and what was asked."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers, self.asked = list(answers), list[httpx.Request]()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def test_a_write_that_fails_on_the_way_is_sent_again_with_its_key() -> None:
    busy = httpx.Response(503, headers={"retry-after": "7"}, json={"detail": "busy"})
    staged = Staged(httpx.ReadError("cut off"), busy, httpx.Response(201, json={"new": 1}))
    slept: list[float] = []
    with Client("http://desk", "secret", transport=staged, sleep=slept.append) as client:
        assert client.add(FERRY) == {"new": 1}
    assert len({request.headers["idempotency-key"] for request in staged.asked}) == 1 and len(staged.asked) == 3
    assert {request.headers["authorization"] for request in staged.asked} == {"Bearer secret"}
    assert slept[1] == 7.0


def test_pages_are_followed_and_begun_anew_where_they_end() -> None:
    def page(number: int, after: str | None) -> httpx.Response:
        return httpx.Response(200, json={"items": [{"id": number}], "next": after})

    gone = httpx.Response(410, json={"detail": "the ledger has changed"})
    staged = Staged(page(1, "a"), gone, page(2, "b"), page(3, None))
    with Client("http://desk", transport=staged) as client:
        assert [row["id"] for row in client.points()] == [2, 3]
    assert staged.asked[1].url.params["cursor"] == "a" and staged.asked[0].url.params["limit"] == str(MOST_ROWS)
    endless = Staged(*[page(1, "a"), gone] * 3)
    with Client("http://desk", transport=endless) as client, pytest.raises(sayso.Error, match="grows faster"):
        client.points()


def test_what_is_known_is_not_fetched_again() -> None:
    row = {"title": "T"}
    staged = Staged(httpx.Response(200, json=row, headers={"etag": '"1"'}), httpx.Response(304))
    with Client("http://desk", transport=staged) as client:
        assert client.point("a") == client.point("a") == row
    assert staged.asked[1].headers["if-none-match"] == '"1"'


def test_an_answer_of_something_else_is_one_clear_error() -> None:
    staged = Staged(httpx.Response(200, text="<html>"))
    with Client("http://desk", transport=staged) as client, pytest.raises(sayso.Error, match="no desk answers"):
        client.points()


def test_a_brief_is_what_it_says() -> None:
    assert {"markdown", "html", "text", "render", "save"} <= set(dir(RemoteBrief)) & set(dir(sayso.Told))
