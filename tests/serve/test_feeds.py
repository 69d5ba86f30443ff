"""The page of the feeds, and their metrics."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from sayso.serve.desk import Desk
from sayso.serve.guards.guards import Guard
from sayso.watch.feeds import Feed
from sayso.watch.states import FeedState, States, find_states

NAME = 'The "Harbour"\\Post\n<b>'


@pytest.fixture
def watched(desk: Desk) -> Desk:
    """A desk for whose ledger two feeds are watched, of which one fails."""
    states = States(find_states(desk.ledger.name, Path()))
    states.begin([Feed(name=name, kind="web", where="https://x.example/") for name in (NAME, "Wire")])
    states.save_feed(FeedState(name="Wire", asked=1.9e9, found=1.8e9, next=1.9e9 + 60, interval=900.0))
    states.save_feed(FeedState(name=NAME, asked=1.9e9, interval=3600.0, failures=3, error="the server answers <i>500"))
    states.close()
    return desk


def test_a_desk_without_feeds_says_so(client: TestClient) -> None:
    assert "No feed is watched" in client.get("/feeds").text
    assert client.get("/metrics").text == ""


def test_the_page_tells_how_feeds_are(watched: Desk, client: TestClient) -> None:
    page = client.get("/feeds").text
    assert "failed 3 times" in page and "&lt;i&gt;500" in page and "<i>500" not in page
    assert page.index("Harbour") < page.index("Wire") and "15 min" in page


def test_metrics_are_read_by_prometheus(watched: Desk, client: TestClient) -> None:
    parser = pytest.importorskip("prometheus_client.parser")
    answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    families = {family.name: family for family in parser.text_string_to_metric_families(answer.text)}
    failures = {sample.labels["feed"]: sample.value for sample in families["sayso_feed_failures"].samples}
    assert failures == {NAME: 3, "Wire": 0}
    assert families["sayso_feed_reports"].type == "counter"


def test_who_may_look(watched: Desk, guarded: TestClient, guard: Guard, come_in: Callable[[str], TestClient]) -> None:
    assert guarded.get("/metrics").status_code == 401
    statuses = {
        name: [come_in(name).get(where).status_code for where in ("/feeds", "/metrics")]
        for name in ("rita", "olga", "ada")
    }
    assert statuses == {"rita": [403, 403], "olga": [200, 403], "ada": [200, 200]}
    guarded.cookies.clear()
    _, secret = guard.tokens.make("rita", "read", 30)
    shown = {"authorization": f"Bearer {secret}"}
    assert guarded.get("/metrics", headers=shown).status_code == 200


def test_the_page_is_for_everybody(watched: Desk, browser: Any, address: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    for scheme in ("light", "dark"):
        context = browser.new_context(viewport={"width": 360, "height": 780}, color_scheme=scheme)
        page = context.new_page()
        page.goto(f"{address}/feeds")
        assert axe.run(page).violations_count == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        context.close()
