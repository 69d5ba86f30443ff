"""Public pages: a question that readers answer once each, a brief with its feed and picture, nothing of the desk."""

import io
from typing import Any
from xml.etree import ElementTree

import pytest
from foreseen import NOW
from starlette.testclient import TestClient

from sayso.errors import Error
from sayso.journey import add_all
from sayso.serve.app import create_app
from sayso.serve.desk import Desk, polls, published, questions
from sayso.serve.guards.users import User

EVIL = '<script>document.title = "taken"</script>'
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def question(desk: Desk) -> str:
    """A question whose words are hostile."""
    text = f"Will {EVIL} reopen by 31 May 2131?"
    return questions.put_question(desk, text, {"resolves": "2131-05-31"}, "ana", force=True)[0]


def answer_in(page: Any, percent: str, name: str = "") -> None:
    page.fill("input[name=percent]", percent)
    if name:
        page.fill("input[name=name]", name)
    page.click("form button")
    page.wait_for_selector(".said")


def test_one_browser_counts_once_and_another_makes_two(
    browser: Any, page: Any, address: str, desk: Desk, question: str, expect: Any
) -> None:
    where = f"{address}/p/{published.publish(desk, 'question', question, 'ana', name='port').name}"
    page.goto(where)
    expect(page.locator(".crowd")).to_have_count(0)
    answer_in(page, "70", EVIL)
    expect(page.locator(".crowd")).to_have_count(1)
    page.goto(where)
    answer_in(page, "40")
    assert [(f.forecast.forecaster, f.said) for f in find_forecasts(desk, question)] == [(EVIL, "40 %"), (EVIL, "70 %")]
    assert questions.find_question(desk, question, NOW).crowd[0].forecasters == 1
    other = browser.new_context()
    second = other.new_page()
    second.goto(where)
    answer_in(second, "20")
    other.close()
    crowd = questions.find_question(desk, question, NOW).crowd[0]
    assert (crowd.forecasters, round(crowd.median, 9)) == (2, 0.3)
    reader = find_forecasts(desk, question)[0].forecast
    assert reader.kind == "reader" and reader.forecaster.startswith("reader ") and reader.proof
    for shown in (where, f"{address}/questions/{question}", f"{address}/published"):
        page.goto(shown)
        assert "<script>document" in page.inner_text("body") and page.title() != "taken"


def find_forecasts(desk: Desk, question: str) -> tuple[questions.ForecastRow, ...]:
    return questions.find_question(desk, question, NOW).forecasts


def test_public_pages_are_clean_and_hide_the_desk(
    browser: Any, address: str, desk: Desk, question: str, client: TestClient
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    published.publish(desk, "brief", desk.stories()[0].id, "mira", name="bridge")
    published.publish(desk, "question", question, "mira", name="port")
    for scheme, width in (("light", 1180), ("dark", 360)):
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
        shown = context.new_page()
        for where in ("/p/bridge", "/p/port", "/p/port?embed=1", "/p/none"):
            shown.goto(address + where)
            found = axe.run(shown)
            assert found.violations_count == 0, f"{where}: {found.generate_report()}"
            assert shown.evaluate("document.documentElement.scrollWidth") <= width, where
        context.close()
    for where in ("/p/bridge", "/p/port", "/p/none", "/p/a/b", "/p/bridge.atom", "/p/%3Cb%3E"):
        text = client.get(where).text
        assert (
            desk.ledger.name not in text and "mira" not in text and 'href="/' not in text.replace('href="/assets/', "")
        )


def test_a_frame_may_hold_the_embedded_page_alone(client: TestClient, desk: Desk, question: str) -> None:
    published.publish(desk, "question", question, "ana", name="port")
    framed, whole = client.get("/p/port?embed=1"), client.get("/p/port")
    assert "frame-ancestors *" in framed.headers["content-security-policy"] and "<form" not in framed.text
    assert "frame-ancestors 'none'" in whole.headers["content-security-policy"]


def test_a_forged_cookie_is_nobody_and_an_answer_needs_the_page(desk: Desk, question: str) -> None:
    published.publish(desk, "question", question, "ana", name="port")
    with TestClient(create_app(desk, ["testserver"], User("ana", "admin"))) as client:
        assert client.post("/p/port", data={"percent": "70"}).status_code == 403
        token = {"csrf": client.cookies.get("sayso_csrf") or client.get("/p/port").cookies["sayso_csrf"]}
        assert client.post("/p/port", data={"percent": "70", **token}).status_code == 200
        signed = client.cookies["sayso_reader"]
        client.cookies.delete("sayso_reader")
        client.cookies.set("sayso_reader", f"{signed[:-3]}abc", path="/p/")
        assert "You are counted as" not in client.get("/p/port").text
    assert polls.read_reader(desk, "forged") == ""
    assert polls.read_reader(desk, polls.sign_reader(desk, "a secret")) == "a secret"


def test_answers_are_refused_where_they_must_be(desk: Desk, question: str) -> None:
    rates = polls.Rates(most_new=2, most_changes=1)

    def answer(secret: str, name: str = "") -> Any:
        return polls.answer_poll(desk, question, ["60%"], secret * 20, name=name, rates=rates, address="192.0.2.7")

    with pytest.raises(Error, match="poll is closed"):
        answer("a")
    published.publish(desk, "question", question, "ana", name="port")
    with pytest.raises(Error, match="called Ana already"):
        answer("a", "Ana")
    answer("a", "Mo")
    answer("b")
    answer("a")
    for secret in ("c", "a"):
        with pytest.raises(polls.TooManyError):
            answer(secret)
    assert polls.answer_poll(desk, question, ["1%"], "c" * 20, rates=rates, address="192.0.2.8").kind == "reader"
    published.stop_publishing(desk, "port", "ana")
    with pytest.raises(Error, match="poll is closed"):
        answer("a")


def test_names_cannot_be_guessed_are_used_once_and_end(client: TestClient, desk: Desk) -> None:
    story = desk.stories()[0].id
    one, other = (published.publish(desk, "brief", story, "ana") for _ in range(2))
    assert one.name != other.name and len(one.name) >= 22
    for name in ("Bridge", "a b", "-a", "../x", "a" * 65):
        with pytest.raises(Error, match="no name of a page"):
            published.publish(desk, "brief", story, "ana", name=name)
    assert client.post("/published", data={"kind": "brief", "story": story, "name": "bridge"}).status_code == 200
    taken = client.post("/published", data={"kind": "brief", "story": story, "name": "bridge"})
    assert taken.status_code == 400 and "called bridge" in taken.text
    assert client.get("/p/bridge").status_code == 200
    assert client.post("/published/bridge/end").status_code == 200
    assert client.get("/p/bridge").status_code == 404
    assert client.get("/p/bridge.atom").status_code == 404
    assert client.get("/p/bridge.png").status_code == 404


def test_a_brief_as_of_a_moment_stays_what_it_was(client: TestClient, desk: Desk) -> None:
    form = {"kind": "brief", "story": desk.stories()[0].id, "name": "then", "as_of": "2024-03-27"}
    assert client.post("/published", data=form).status_code == 200
    shown = client.get("/p/then").text
    assert "27 March 2024" in shown and "12 Jun" not in shown


def test_a_feed_has_an_entry_for_each_change(client: TestClient, desk: Desk, tmp_path: Any) -> None:
    published.publish(desk, "brief", desk.stories()[0].id, "ana", name="bridge")
    first = list(ElementTree.fromstring(client.get("/p/bridge.atom").text).iter(f"{ATOM}entry"))
    assert len(first) == 1
    assert len(list(ElementTree.fromstring(client.get("/p/bridge.atom").text).iter(f"{ATOM}entry"))) == 1
    more = tmp_path / "more.md"
    words = "The Francis Scott Key Bridge in Baltimore fell. Seven workers are missing, police said on Sunday."
    more.write_text(f"---\noutlet: Tarn Notes\ntitle: Key Bridge: workers missing\ndate: 2024-06-20\n---\n\n{words}\n")
    add_all(desk.ledger, [str(more)])
    assert client.get("/p/bridge").status_code == 200
    entries = list(ElementTree.fromstring(client.get("/p/bridge.atom").text).iter(f"{ATOM}entry"))
    assert len(entries) == 2
    assert "seven" in (entries[0].findtext(f"{ATOM}content") or "").casefold()
    assert entries[1].findtext(f"{ATOM}id") == first[0].findtext(f"{ATOM}id")


def test_a_picture_stands_beside_a_link(client: TestClient, desk: Desk, question: str) -> None:
    image = pytest.importorskip("PIL.Image")
    published.publish(desk, "question", question, "ana", name="port")
    answer = client.get("/p/port.png")
    assert answer.headers["content-type"] == "image/png"
    assert image.open(io.BytesIO(answer.content)).size == (1200, 630)
    head = client.get("/p/port").text
    assert 'property="og:image" content="http://testserver/p/port.png"' in head
    assert "&lt;script&gt;" in head and EVIL not in head
