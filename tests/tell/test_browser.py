"""Pages as a browser shows them: nothing that axe finds, nothing wider than a phone, everything on paper.

Skipped where there is no Chromium (Debian: apt-get install chromium); `make test` installs it where it may.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from poisons import grow, poison

from sayso.extract import read_report
from sayso.foresee.questions.forecasts import Crowd
from sayso.foresee.questions.polls import read_answers
from sayso.foresee.questions.questions import check_question
from sayso.record import Brief, Checked, Flag, Picture, Question, Report, Row, Section, Table
from sayso.tell.checked import KINDS
from sayso.tell.checked_page import render_page
from sayso.tell.html import render_html
from sayso.tell.poll_page import parse_address, render_poll

CHROMIUM = shutil.which("chromium")
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe_playwright = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium: apt-get install chromium")

Show = Callable[[Any, str], None]

LONG = "Aprilovertoprepresentatives" * 11
LEFTWARD = "قال خفر السواحل إن اثني عشر شخصا في عداد المفقودين بعد غرق العبارة"


@pytest.fixture
def show(tmp_path: Path) -> Callable[[Any, str], None]:
    """Show a page in a tab; a page that is written into the one before it would be under the policies of both."""

    def open_page(tab: Any, source: str) -> None:
        file = tmp_path / "page.html"
        file.write_text(source, encoding="utf8")
        tab.goto(file.as_uri())

    return open_page


def make_checked() -> Checked:
    text = "Nine flags follow here.\n\n" + "\n\n".join(f"The mayor said that {n} miners are missing." for n in range(9))
    article = read_report(Report(id="a", text=text, title="Miners missing", outlet="The Echo", language="en"))
    other = read_report(
        Report(id="b", text="Police said that 25 miners are missing.", outlet="The Wire", url="https://w.example/1")
    )
    found = [(text.index(f"{n} miners"), kind) for n, kind in enumerate(KINDS)]
    flags = tuple(
        Flag(start=at, end=at + 8, quote=text[at : at + 8], kind=kind, why="so", against=(other.claims[0].id,))
        for at, kind in found
    )
    return Checked(article=article, flags=flags, picture=Picture(readings=(article, other)))


def make_poll(kind: str = "choice", state: str = "open", to: str = "") -> str:
    options = ("north", "south") if kind == "choice" else ()
    asked = Question(text="Which road opens?", id="q", version="q", kind=kind, criteria="As said.", options=options)
    middle = 741_000 if kind == "date" else 0.5
    line = [
        Crowd(at=datetime(2031, 5, day, tzinfo=UTC), option=o, forecasters=day, mean=m, median=m, low=m, high=m)
        for day in (1, 2, 5)
        for o, m in zip(options or ("",), (middle + day / 20, middle - day / 20), strict=False)
    ]
    asked = check_question(asked)
    return render_poll(asked, line[-len(options or "1") :], state, line, parse_address(to, asked) if to else None)


def make_signed(brief: Brief) -> Brief:
    row = Row(cells=("The shaft was unsafe", "0.7"), by=("ana",), said=("0123456789",))
    table = Table(title="Which explanation?", columns=("Hypothesis", "Weight"), rows=(row,), note="As of today.")
    signed = Section(id="hypotheses", title="Hypotheses", sentences=(), tables=(table,))
    return replace(brief, sections=(*brief.sections, signed))


def list_pages(brief: Brief) -> dict[str, str]:
    return {
        "brief": render_html(make_signed(grow(brief))),
        "flat brief": render_html(brief),
        "long words": render_html(poison(grow(brief), LONG)),
        "leftward words": render_html(poison(grow(brief), LEFTWARD)),
        "check": render_page(make_checked()),
        "open poll": make_poll(),
        "mailed poll": make_poll("yes/no", to="mailto:ana@example.org"),
        "posted poll of a date": make_poll("date", to="https://example.org/answers"),
        "closed poll": make_poll("yes/no", "closed"),
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Any, show: Show, brief: Brief, scheme: str) -> None:
    found = []
    pages = list_pages(brief)
    for width, names in ((1200, list(pages)), (360, ["brief", "check", "open poll"])):
        # One tab is quicker than one a page.
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        for name in names:
            show(page, pages[name])
            page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
            page.evaluate("document.querySelectorAll('a.cite')[0]?.click()")
            answer = axe_playwright.Axe().run(page).response
            found += [
                (name, width, finding["id"], node["html"][:200], node.get("failureSummary", ""))
                for finding in answer["violations"]
                for node in finding["nodes"]
            ]
        page.close()
    assert not found


def test_no_page_is_wider_than_a_phone(browser: Any, show: Show, brief: Brief) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    for name, source in list_pages(brief).items():
        show(page, source)
        page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
        page.evaluate("document.querySelectorAll('a.cite').forEach(link => link.click())")
        assert (name, page.evaluate("document.documentElement.scrollWidth")) == (name, 360)
    page.close()


def test_what_is_folded_is_printed(browser: Any, show: Show, brief: Brief) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for source, within in ((render_html(grow(brief)), ".fold .inside"), (render_page(make_checked()), ".flag .unfold")):
        show(page, source)
        page.emulate_media(media="screen")
        assert not page.locator(within).first.is_visible()
        page.emulate_media(media="print")
        assert page.locator(within).first.is_visible()
        assert page.locator(within).last.is_visible()
    context.close()


def test_a_link_into_a_fold_opens_it(browser: Any, show: Show, brief: Brief) -> None:
    page = browser.new_page()
    show(page, render_html(grow(brief)))
    page.click("nav a[href='#timeline']")
    assert page.locator("#timeline").is_visible()
    page.close()


def test_a_claims_id_is_copied_by_its_button_and_selected_whole(browser: Any, show: Show, brief: Brief) -> None:
    page = browser.new_page()
    show(page, render_html(grow(brief)))
    assert page.locator(".copy").count() == page.locator(".notes code").count()
    page.locator(".copy").first.click()
    page.wait_for_function("['copied', 'selected'].includes(document.querySelector('.copy').textContent)")
    page.locator(".notes code").nth(1).click()
    assert page.evaluate("getSelection().toString()") == page.locator(".notes code").nth(1).text_content()
    page.close()


@pytest.fixture
def server() -> Iterator[tuple[str, list[bytes]]]:
    """A web address, and what is posted to it."""
    posted: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posted.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    started = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=started.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{started.server_port}/answers", posted
    started.shutdown()


@pytest.mark.parametrize("script", [True, False])
def test_a_posted_answer_is_one_that_the_ledger_takes_in(
    browser: Any, show: Show, server: tuple[str, list[bytes]], script: bool
) -> None:
    to, posted = server
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    show(page, make_poll(to=to))
    page.fill("#name", "Ana & Bo")
    if not script:
        page.fill("#secret", "a secret of my own")
    page.fill("#v1", "30")
    page.fill("#v2", "70")
    page.fill("#reason", "so it goes\n= 1 + 1 & more")
    with context.expect_page() as opened:
        page.click("button[type=submit]")
    opened.value.wait_for_load_state()
    (answer,), problems = read_answers(b"\n".join(posted), "posted")
    assert not problems
    assert (answer.question, answer.name, answer.values) == ("q", "Ana & Bo", ["north=30%", "south=70%"])
    assert answer.reason.split() == "so it goes = 1 + 1 & more".split()
    assert len(answer.secret) == (32 if script else 18)
    if script:
        assert page.locator("#crowd svg").first.is_visible()
        assert read_answers(page.input_value("#words").encode(), "words")[0][0].values == answer.values
    context.close()


def test_a_mailed_answer_passes_the_policy_and_shows_the_crowd(browser: Any, show: Show) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    show(page, make_poll("yes/no", to="mailto:ana@example.org"))
    assert not page.locator("#crowd table").is_visible()
    page.fill("#name", "Ana")
    page.fill("#v1", "30")
    page.click("button[type=submit]")
    page.wait_for_selector("#crowd table", state="visible")
    assert not [words for words in said if "Content Security Policy" in words]
    page.close()


def test_chances_that_do_not_come_to_a_hundred_are_not_sent(
    browser: Any, show: Show, server: tuple[str, list[bytes]]
) -> None:
    to, posted = server
    page = browser.new_page()
    show(page, make_poll(to=to))
    for field, words in (("#name", "Ana"), ("#v1", "30"), ("#v2", "30")):
        page.fill(field, words)
    page.click("button[type=submit]")
    assert "come to 60 per cent" in page.text_content("#wrong")
    assert not posted
    page.close()
