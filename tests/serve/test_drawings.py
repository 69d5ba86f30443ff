"""The pages that draw a story hold what every page of the desk holds, and weigh no more than they may."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from sayso.journey import add_all
from sayso.serve.desk import Desk

MOST = {"origins": 900, "map": 900, "timeline": 200, "reports": 200}
"""Kilobytes of script, style and data that each page may have."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Any, address: str, desk: Desk, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    for where in MOST:
        page.goto(f"{address}/stories/{desk.stories()[0].id}/{where}", wait_until="networkidle")
        if where == "map":
            page.locator(".spots .show").first.click()
            page.wait_for_selector(".leaflet-popup-content")
        elif where == "origins":
            page.focus("#graph")
            page.keyboard.press("ArrowDown")
            page.keyboard.press("Enter")
        for more in page.locator("details").all():
            more.evaluate("one => one.open = true")
        found = axe.run(page)
        assert found.violations_count == 0, f"{where}: {found.generate_report()}"
    context.close()


def test_nothing_scrolls_sideways_on_a_phone(browser: Any, address: str, desk: Desk) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 780})
    page = context.new_page()
    for where in MOST:
        page.goto(f"{address}/stories/{desk.stories()[0].id}/{where}", wait_until="networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, where
    context.close()


@pytest.mark.parametrize(("where", "most"), MOST.items())
def test_no_page_weighs_more_than_it_may(page: Any, address: str, desk: Desk, where: str, most: int) -> None:
    weights: dict[str, int] = {}
    page.on("response", lambda said: weights.update({said.url: len(said.body())}))
    page.goto(f"{address}/stories/{desk.stories()[0].id}/{where}", wait_until="networkidle")
    assets = {url: weight for url, weight in weights.items() if "/assets/" in url}
    assert all(url.startswith(address) for url in weights if not url.startswith("data:"))
    assert len(assets) >= 4 and sum(assets.values()) <= most * 1000, assets


def test_they_show_all_without_a_script(browser: Any, address: str, desk: Desk) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for where in ("origins", "map"):
        page.goto(f"{address}/stories/{desk.stories()[0].id}/{where}")
        assert not page.locator("#island").is_visible() and page.locator(".telling").count() > 10
    context.close()


def test_words_of_strangers_stay_words(client: TestClient, desk: Desk, tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.md"
    head = (
        '---\nid: hostile\noutlet: "<b>Bad</b>"\ntitle: "<img src=x onerror=alert(1)>"\npublished: 2024-03-30\n---\n\n'
    )
    text = "Six workers fell with the Key Bridge in Baltimore on March 26, <script>alert(2)</script> police said."
    hostile.write_text(head + text, encoding="utf8")
    add_all(desk.ledger, [str(hostile)])
    story = desk.story("hostile").id
    for where in MOST:
        words = client.get(f"/stories/{story}/{where}").text
        assert "<img src=x" not in words and "<b>Bad" not in words and "<script>alert" not in words
    assert "&lt;b&gt;Bad" in client.get(f"/stories/{story}/reports").text


def test_a_story_that_is_not_there_is_said_so(client: TestClient) -> None:
    for where in ("origins", "origins.json", "timeline", "map", "places.json", "reports"):
        assert client.get(f"/stories/none/{where}").status_code == 404
