"""Pages of the desk: each is there, clean, and leads on."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from sayso.serve.app import create_app
from sayso.serve.desk import Desk
from sayso.serve.guards.users import User

WHERE = ("/", "/stories/{story}", "/stories/{story}/points")


def list_addresses(desk: Desk) -> list[str]:
    story = desk.stories()[0]
    return [where.format(story=story.id) for where in WHERE]


def test_every_page_answers(client: TestClient, desk: Desk) -> None:
    for where in list_addresses(desk):
        answer = client.get(where)
        assert answer.status_code == 200, where
        assert "text/html" in answer.headers["content-type"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Any, address: str, desk: Desk, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    for where in list_addresses(desk):
        page.goto(address + where)
        found = axe.run(page)
        assert found.violations_count == 0, f"{where}: {found.generate_report()}"
    context.close()


def test_nothing_scrolls_sideways_on_a_phone(browser: Any, address: str, desk: Desk) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 780})
    page = context.new_page()
    for where in list_addresses(desk):
        page.goto(address + where)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, where
    context.close()


def test_what_is_not_there_says_so(client: TestClient) -> None:
    answer = client.get("/stories/none")
    assert answer.status_code == 404 and "none" in answer.text


def test_a_story_looks_as_it_did_then(page: Any, address: str, desk: Desk, tmp_path: Path) -> None:
    story = desk.stories()[0]
    page.goto(f"{address}/stories/{story.id}?as_of=2024-03-27")
    assert "27 March 2024" in page.inner_text("body")


def test_a_page_that_is_kept_has_each_visitor_s_own_token(desk: Desk) -> None:
    app = create_app(desk, ["testserver"], User("ana", "admin"))
    tokens = set()
    for _ in range(2):
        visitor = TestClient(app)
        first, again = visitor.get("/"), visitor.get("/")
        token = visitor.cookies["sayso_csrf"]
        assert token in first.text and token in again.text
        assert visitor.get("/", headers={"if-none-match": again.headers["etag"]}).status_code == 304
        tokens.add(token)
    assert len(tokens) == 2


def test_a_page_that_is_kept_changes_with_what_it_tells(client: TestClient, desk: Desk) -> None:
    where = f"/stories/{desk.stories()[0].id}"
    before = client.get(where)
    assert client.get(where).headers["etag"] == before.headers["etag"]
    desk.ledger.judge("name", desk.stories()[0].reports[0], by="bo", reason="short", value="The bridge <b>")
    after = client.get(where, headers={"if-none-match": before.headers["etag"]})
    assert after.status_code == 200 and "The bridge &lt;b&gt;" in after.text


def test_what_was_judged_and_undone_is_still_shown_where_it_was_judged(client: TestClient, desk: Desk) -> None:
    story = desk.stories()[0]
    where = f"/stories/{story.id}/work"
    assert "a short name" not in client.get(where).text
    made = desk.ledger.judge("name", story.reports[0], by="bo", reason="a short name", value="The bridge")
    desk.ledger.judge("undo", made.id, by="bo", reason="the old one was right")
    assert "a short name" in client.get(where).text
