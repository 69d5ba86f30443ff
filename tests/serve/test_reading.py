"""Reading at the desk: from the stories to a question, its answers and their words, as known at any moment."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from markupsafe import escape
from starlette.testclient import TestClient

from sayso.foresee.questions.bodies import body_of
from sayso.journey import add_all
from sayso.ledger import open_ledger
from sayso.record import Question, Reading, Report
from sayso.serve.app import create_app
from sayso.serve.desk import Desk, Viewpoint
from sayso.serve.desk.changes import find_changes
from sayso.serve.desk.days import find_days
from sayso.serve.desk.points import find_point, find_points, list_points
from sayso.serve.desk.positions import find_positions
from sayso.serve.desk.standings import AT_ONCE, find_standing, find_stories
from sayso.serve.guards.users import User

KURSK = Path(__file__).parents[3] / "shared" / "stories" / "kursk" / "reports"
NOW = Viewpoint()
MISSING = "How many people were missing?"


def list_addresses(desk: Desk) -> list[str]:
    story = desk.stories()[0].id
    kinds = {one.point.kind: one.point.id for one in reversed(list_points(desk, story, NOW))}
    return [
        f"/stories/{story}?since=2024-03-27",
        *(f"/stories/{story}/{part}" for part in ("points?kind=figure", "positions")),
        f"/stories/{story}/changes?since=2024-03-27&as_of=2024-03-28",
        *(f"/stories/{story}/points/{kinds[kind]}" for kind in ("figure", "status")),
    ]


def find_question(desk: Desk, words: str) -> tuple[str, str]:
    story = desk.stories()[0].id
    return story, next(one.point.id for one in list_points(desk, story, NOW) if one.point.question == words)


def test_every_page_answers(client: TestClient, desk: Desk) -> None:
    for where in list_addresses(desk):
        answer = client.get(where)
        assert answer.status_code == 200, where
        assert "style=" not in answer.text and "<script>" not in answer.text, where


def test_everybody_can_read_every_page(browser: Any, address: str, desk: Desk) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = browser.new_context(viewport={"width": 1180, "height": 900})
    page = context.new_page()
    for where in list_addresses(desk):
        page.set_viewport_size({"width": 1180, "height": 900})
        page.emulate_media(color_scheme="light")
        page.goto(address + where)
        page.wait_for_selector(".slider.drawn")
        found = axe.run(page)
        assert found.violations_count == 0, f"{where}: {found.generate_report()}"
        page.emulate_media(color_scheme="dark")
        found = axe.run(page, options={"runOnly": ["color-contrast"]})
        assert found.violations_count == 0, f"{where}, dark: {found.generate_report()}"
        page.set_viewport_size({"width": 360, "height": 780})
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, where
    context.close()


def test_a_page_is_light(page: Any, address: str, desk: Desk) -> None:
    sizes: dict[str, int] = {}
    page.on(
        "response", lambda answer: sizes.update({answer.url: len(answer.body())} if "/assets/" in answer.url else {})
    )
    page.goto(address + list_addresses(desk)[-1])
    page.wait_for_selector(".slider.drawn")
    assert 0 < sum(sizes.values()) < 200_000


# Stories.


def test_stories_come_thirty_at_a_time_the_newest_first(tmp_path: Path) -> None:
    with open_ledger(str(tmp_path / "many.db")) as ledger:
        for n in range(AT_ONCE + 5):
            told = f"The bakery of village {n} burned down. Its owner Otto{n} Quist{n} saw it."
            when = datetime(2031, 1, 1 + n % 28, n % 24, tzinfo=UTC)
            report = Report(id=f"r{n}", text=told, title=f"Quist{n} bakery of Ham{n}ford burns", published=when)
            ledger.add_reading(Reading(report=report), extractor="none 1")
    desk = Desk.open(str(tmp_path / "many.db"))
    first, last = find_stories(desk, NOW), find_stories(desk, NOW, 99)
    assert (len(first.stories), first.pages, last.number) == (AT_ONCE, 2, 2)
    assert len(last.stories) == first.total - AT_ONCE
    latest = [story.latest for story in (*first.stories, *last.stories)]
    assert latest == sorted(latest, key=lambda moment: moment or datetime.max.replace(tzinfo=UTC), reverse=True)
    with TestClient(create_app(desk, ["testserver"], User("ana", "admin"))) as client:
        shown = client.get("/?as_of=2031-02-01").text
        onward = unescape(re.search('rel="next" href="([^"]+)', shown).group(1))
        assert onward.startswith("?as_of=") and last.stories[-1].id not in shown
        assert last.stories[-1].id in client.get("/" + onward).text


def test_how_a_story_stands_is_told_on_the_desk(page: Any, address: str, desk: Desk) -> None:
    page.goto(address)
    page.wait_for_selector(".standing .open a")
    shown = page.inner_text(".stories > li")
    standing = find_standing(desk, desk.stories()[0].id, NOW)
    assert standing.open and standing.newest
    assert standing.open[0].point.question in shown and standing.newest.title in shown


def test_what_is_new_in_a_story_is_counted_since_a_moment(desk: Desk) -> None:
    story = desk.stories()[0]
    late = find_standing(desk, story.id, NOW)
    early = find_standing(desk, story.id, Viewpoint.read("", "2024-03-27"))
    assert 0 < late.reports < early.reports < len(story.reports)
    assert 0 < late.values < early.values
    changed = find_changes(desk, story.id, Viewpoint.read("", "2024-03-27"))
    assert (early.reports, early.values) == (len(changed.reports), changed.values)


def test_questions_that_close_soon_are_named_the_soonest_first(client: TestClient, desk: Desk) -> None:
    opens = datetime(2024, 4, 1, tzinfo=UTC)
    for text, closes in (("Will the span be up by June?", 60), ("Will the port open in April?", 20), ("Was it?", -20)):
        asked = Question(text=text, opens=opens - timedelta(days=40), closes=opens + timedelta(days=closes))
        desk.ledger.assess("question", body_of(asked), by="ana", at=opens - timedelta(days=40))
    shown = client.get("/?as_of=2024-04-01").text
    assert 0 < shown.index("Will the port open") < shown.index("Will the span be up")
    assert "Was it?" not in shown
    assert "Will the port open" not in client.get("/?as_of=2024-04-25").text


def test_an_empty_desk_says_what_to_do(tmp_path: Path) -> None:
    desk = Desk.open(str(tmp_path / "empty.db"))
    with TestClient(create_app(desk, ["testserver"], User("ana", "admin"))) as client:
        assert "No reports yet." in client.get("/").text


# Points.


def test_questions_that_differ_come_first(desk: Desk) -> None:
    story = desk.stories()[0].id
    points = list_points(desk, story, NOW)
    differing = [one.differs for one in points]
    assert any(differing) and differing == sorted(differing, reverse=True)
    assert find_points(desk, story, NOW, differs=True) == [one for one in points if one.differs]
    assert {one.point.kind for one in find_points(desk, story, NOW, "date")} == {"date"}


def test_the_answers_of_a_question_are_beside_each_other(client: TestClient, desk: Desk) -> None:
    story, point = find_question(desk, MISSING)
    opened = find_point(desk, story, point, NOW)
    answers = {side.words.casefold() for side in opened.asked.sides}
    assert {"as many as 20", "six"} <= answers
    shown = client.get(f"/stories/{story}/points/{point}").text
    low, high = opened.asked.point.independent
    assert f"{low} – {high}" in shown
    grades = {one.target: one for one in opened.picture.grades if one.about == "claim"}
    for side in opened.asked.sides:
        for value in side.values:
            assert f"#{value.claim}" in shown
            assert escape(f"{grades[value.claim].grade}: ") in shown and escape(grades[value.claim].why) in shown


def test_a_date_is_one_answer_however_it_is_said(desk: Desk) -> None:
    for one in find_points(desk, desk.stories()[0].id, NOW, "date"):
        said = [(side.words, side.denied) for side in one.sides]
        assert len(said) == len(set(said))


def test_a_question_is_found_by_a_claim_that_answers_it(client: TestClient, desk: Desk) -> None:
    story, point = find_question(desk, MISSING)
    claim = find_point(desk, story, point, NOW).asked.point.values[-1].claim
    assert claim in {value.claim for value in find_point(desk, story, claim, NOW).asked.point.values}
    answer = client.get(f"/stories/{story}/points/0000")
    assert answer.status_code == 404 and "0000" in answer.text


def test_figures_are_drawn_over_time_and_dates_are_not(client: TestClient, desk: Desk) -> None:
    story, point = find_question(desk, MISSING)
    assert '<svg viewBox="0 0 736' in client.get(f"/stories/{story}/points/{point}").text
    date = find_points(desk, story, NOW, "date")[0].point.id
    assert '<svg viewBox="0 0 736' not in client.get(f"/stories/{story}/points/{date}").text


def test_a_number_is_followed_to_its_words_and_on_to_its_report(page: Any, address: str, desk: Desk) -> None:
    page.goto(address)
    page.click(".stories h3 a")
    page.click(".within a:text-is('Points')")
    page.click(f".points h3 bdi:text-is('{MISSING}')")
    side = page.locator(".side", has=page.locator("h3", has_text=re.compile("^six$", re.IGNORECASE)))
    side.locator(".cite").first.click()
    words = side.locator(".unfold mark").inner_text()
    assert "six" in words.casefold()
    link = side.locator(".unfold .where a").first.get_attribute("href")
    digest, claim = re.fullmatch(r"/reports/(\w+)#(\w+)", link).groups()
    report = next(one for one in desk.ledger.reports([digest]))
    assert words in report.text
    assert any(claim == one.id for reading in desk.ledger.readings() for one in reading.claims)


def test_how_sayso_came_to_a_question_is_told_when_asked(page: Any, address: str, desk: Desk) -> None:
    story, point = find_question(desk, MISSING)
    page.goto(f"{address}/stories/{story}/points/{point}")
    assert page.locator(".journey").count() == 0
    page.click("#journey summary")
    page.wait_for_selector(".journey h3")
    assert "question" in page.inner_text(".journey")


def test_the_journey_of_anything_has_a_page(client: TestClient, desk: Desk) -> None:
    story, point = find_question(desk, MISSING)
    value = find_point(desk, story, point, NOW).asked.point.values[0]
    for what, told in ((value.claim, value.text), (value.source, "independent of others"), (value.report, "claims")):
        shown = client.get(f"/stories/{story}/journey", params={"what": what})
        assert shown.status_code == 200 and told in shown.text and "<html" in shown.text
    assert client.get(f"/stories/{story}/journey", params={"what": "nobody at all"}).status_code == 404


# Positions and changes.


def test_who_denies_or_is_silent_comes_before_who_asserts(client: TestClient, desk: Desk) -> None:
    story = desk.stories()[0].id
    parties = find_positions(desk, story, NOW)
    unsaid = [party.unsaid for party in parties]
    assert unsaid[0] > 0 and unsaid == sorted(unsaid, reverse=True)
    denied = find_positions(desk, story, NOW, "denied")
    assert denied and {p.stance for party in denied for p in party.positions} == {"denied"}
    shown = client.get(f"/stories/{story}/positions?stance=denied").text
    assert all(party.name in shown for party in denied if party.name.isalpha())


def test_what_changed_is_compared_with_the_day_before_the_last(client: TestClient, desk: Desk) -> None:
    story = desk.stories()[0]
    changed = find_changes(desk, story.id, NOW)
    assert story.latest and changed.since and not changed.asked
    assert changed.since.date() == story.latest.astimezone(UTC).date()
    assert {report.id for report in changed.reports} < set(story.reports)
    asked = find_changes(desk, story.id, Viewpoint.read("2024-03-28", "2024-03-27"))
    points = {point.id for point in desk.picture(story.id, Viewpoint.read("2024-03-28").as_of).points}
    assert asked.changes and {point for _, point in asked.changes if point} <= points
    assert "New reports" in client.get(f"/stories/{story.id}/changes").text


def test_a_brief_with_since_begins_with_what_changed(client: TestClient, desk: Desk) -> None:
    story = desk.stories()[0].id
    heads = re.findall(r"<h2><bdi>([^<]+)", client.get(f"/stories/{story}?since=2024-03-28").text)
    assert heads[0].startswith("New since")
    assert not any(head.startswith("New since") for head in re.findall(r"<h2><bdi>([^<]+)", client.get("/").text))


@pytest.mark.parametrize(
    ("format", "begins"),
    [("md", b"# "), ("html", b"\n<!doctype html>"), ("json", b"{"), ("txt", b""), ("eml", b""), ("rtf", None)],
)
def test_a_brief_is_a_file_to_keep(client: TestClient, desk: Desk, format: str, begins: bytes | None) -> None:
    answer = client.get(f"/stories/{desk.stories()[0].id}/brief.{format}?as_of=2024-03-27")
    if begins is None:
        assert answer.status_code == 404
        return
    assert answer.status_code == 200 and answer.content.strip().startswith(begins.strip())
    assert answer.headers["content-disposition"].endswith(f'.{format}"')
    assert answer.headers["content-disposition"].startswith("attachment")


# The slider and the keys.


def test_days_are_those_of_the_reports(desk: Desk) -> None:
    story = desk.stories()[0]
    days = find_days(desk, story.id)
    assert story.earliest and days.first == story.earliest.astimezone(UTC).date()
    assert sum(count for _, count in days.published) == len(story.reports)
    assert find_days(desk, "nothing of that name") == find_days(desk)


def test_the_slider_asks_for_another_moment_by_keyboard(page: Any, address: str, desk: Desk, expect: Any) -> None:
    page.goto(f"{address}/stories/{desk.stories()[0].id}/points?kind=figure")
    page.wait_for_selector(".slider.drawn")
    page.focus("#as-of-day")
    page.keyboard.press("PageDown")
    words = page.inner_text(".slider .until output")
    assert re.fullmatch(r"\d+ \w+ 2024", words)
    page.wait_for_url("**/points?kind=figure&as_of=2024-**")
    page.wait_for_selector(".slider.drawn")
    expect(page.locator(".slider .until output")).to_have_text(words)
    expect(page.locator("#as-of-day")).to_be_focused()
    page.click("text=Back to now")
    page.wait_for_url("**/points?kind=figure")


def test_the_handles_do_not_pass_each_other(page: Any, address: str, desk: Desk) -> None:
    page.goto(f"{address}/stories/{desk.stories()[0].id}?as_of=2024-03-27&since=2024-03-27")
    page.wait_for_selector(".slider.drawn")
    page.focus("#as-of-day")
    page.keyboard.press("Home")
    low, high = (page.evaluate(f"+document.querySelector('{one}').value") for one in (".lower", ".upper"))
    assert low < high


def test_without_script_two_dates_ask_for_the_same(browser: Any, address: str, desk: Desk, expect: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/stories/{desk.stories()[0].id}")
    page.fill("#as-of", "2024-03-27")
    page.click("text=Look")
    page.wait_for_url("**as_of=2024-03-27")
    expect(page.locator("dd", has_text="27 March 2024").first).to_be_visible()
    context.close()


def test_keys_move_search_and_tell_of_themselves(page: Any, address: str, desk: Desk, expect: Any) -> None:
    page.goto(f"{address}/stories/{desk.stories()[0].id}/points")
    links = page.locator(".points h3 a")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog#keys")).to_be_hidden()
    page.keyboard.press("/")
    page.keyboard.type("j?")
    expect(page.locator("#find")).to_have_value("j?")


def test_a_hostile_title_stays_words(tmp_path: Path) -> None:
    title = '"><script>alert(1)</script>‮'
    with open_ledger(str(tmp_path / "hostile.db")) as ledger:
        when = datetime(2031, 5, 5, tzinfo=UTC)
        report = Report(id="x", text="Nothing.", title=title, outlet="<b>", published=when)
        ledger.add_reading(Reading(report=report), extractor="none 1")
    desk = Desk.open(str(tmp_path / "hostile.db"))
    with TestClient(create_app(desk, ["testserver"], User("<i>ana", "admin"))) as client:
        story = desk.stories()[0].id
        for where in ("/", f"/stories/{story}/standing", f"/stories/{story}", f"/stories/{story}/changes"):
            shown = client.get(where).text
            assert "<script>alert" not in shown and "<i>ana" not in shown and "<b></bdi>" not in shown


# The story it must handle.


@pytest.fixture(scope="module")
def kursk(tmp_path_factory: pytest.TempPathFactory, serving: Any) -> Iterator[str]:
    """Where a desk of the shared story is served."""
    if not KURSK.exists():
        pytest.skip("the shared story is not beside this checkout")
    where = tmp_path_factory.mktemp("kursk") / "kursk.db"
    with open_ledger(str(where)) as ledger:
        add_all(ledger, [str(KURSK)])
    with serving(Desk.open(str(where))) as address:
        yield address


def test_the_return_of_february_is_gone_as_known_before_it(page: Any, kursk: str, expect: Any) -> None:
    page.goto(kursk)
    page.click(".stories h3 a >> text=Kursk")
    page.click(".within a:text-is('Changes')")
    page.goto(page.url + "?since=2025-01-15")
    back = "Zelenskyy: North Koreans back in assaults in Kursk Oblast"
    expect(page.locator("main")).to_contain_text(back)
    page.wait_for_selector(".slider.drawn")
    page.eval_on_selector(
        "#as-of-day",
        """(one, days) => {
            one.value = days;
            for (const kind of ["input", "change"]) one.dispatchEvent(new Event(kind, { bubbles: true }));
        }""",
        (datetime(2025, 2, 1, tzinfo=UTC) - datetime(2024, 10, 18, tzinfo=UTC)).days + 1,
    )
    page.wait_for_url("**/changes?since=2025-01-15&as_of=2025-02-01")
    expect(page.locator("main")).not_to_contain_text(back)
    page.click(".within a:text-is('Brief')")
    page.wait_for_url("**as_of=2025-02-01**")
    assert "7 February 2025" not in page.content() and "7 Feb 2025" not in page.content()
