"""Pages of work: each is there, clean, light, and fits a phone."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from sayso.serve.desk import Desk
from sayso.serve.desk.comments import add_comment
from sayso.serve.desk.judging import judge, undo
from sayso.serve.desk.reviews import list_doubts

HEAVIEST = 200_000
"""Bytes of script and style of a page."""


@pytest.fixture
def addresses(desk: Desk) -> list[str]:
    """Pages of a desk at which something was judged, undone and said."""
    digest = desk.ledger.headings()[0][0]
    undo(desk, judge(desk, "grade", "Wes Moore", value="A", by="bo", reason="right").id, by="cy", reason="too soon")
    judge(desk, "retract", digest, by="bo", reason="withdrawn")
    add_comment(desk, "report", digest, "Why?", by="cy")
    story = desk.stories()[0]
    point = desk.picture(story.id).points[0]
    doubts = {doubt.kind: doubt.id for doubt in list_doubts(desk)}
    return [
        f"/stories/{story.id}/points/{point.id}/work",
        f"/stories/{story.id}/work",
        f"/reports/{digest}/work",
        "/sources/work?name=Wes+Moore",
        "/judgements",
        "/review",
        f"/review?after={doubts['join']}",
        f"/review?after={doubts['place']}&last=x",
        "/add",
    ]


def test_every_page_answers(client: TestClient, addresses: list[str]) -> None:
    for where in addresses:
        assert client.get(where).status_code == 200, where


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Any, address: str, addresses: list[str], scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    for where in addresses:
        page.goto(address + where)
        found = axe.run(page)
        assert found.violations_count == 0, f"{where}: {found.generate_report()}"
    context.close()


def test_nothing_scrolls_sideways_on_a_phone(browser: Any, address: str, addresses: list[str]) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 780})
    page = context.new_page()
    for where in addresses:
        page.goto(address + where)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, where
    context.close()


def test_what_is_pressed_is_large_enough(page: Any, address: str, addresses: list[str]) -> None:
    """WCAG 2.2, 2.5.8; links within text are excepted."""
    for where in addresses:
        page.goto(address + where)
        boxes = page.evaluate(
            "[...document.querySelectorAll('main :is(button, summary, select, input:not([type=hidden]), textarea)')]"
            ".filter(e => e.checkVisibility() && !e.closest('label'))"
            ".map(e => [e.getBoundingClientRect().height, e.outerHTML])"
        )
        assert boxes and not [box for box in boxes if box[0] < 24], where


def test_a_page_is_light(page: Any, address: str, addresses: list[str]) -> None:
    came: list[Any] = []
    page.on("response", lambda answer: came.append(answer) if "/assets/" in answer.url else None)
    page.goto(address + "/review")
    assert 10_000 < sum(len(answer.body()) for answer in came) < HEAVIEST


def test_the_part_of_a_story_is_taken_in_by_its_page(page: Any, address: str, desk: Desk) -> None:
    story = desk.stories()[0]
    page.goto(f"{address}/stories/{story.id}")
    page.get_by_text("Give it another name").click()
    page.fill("#w-name", "The bridge")
    page.fill("#w-reason", "short")
    page.click("button[value=name]")
    page.locator("h1", has_text="The bridge").wait_for()
    page.wait_for_url(f"**/stories/{desk.stories()[0].id}#work")
    page.locator("#work-said").get_by_text("short").wait_for()


def test_parts_for_other_pages_are_there() -> None:
    templates = Path(__file__).parents[2] / "src" / "sayso" / "serve" / "templates"
    for noun in ("point", "story", "report", "source"):
        assert "hx-get" in (templates / f"{noun}_work.html.j2").read_text(encoding="utf8")
