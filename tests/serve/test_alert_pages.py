"""The page of alerts: what was found, by story and question, who has seen it, and what the first page shows of it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from sayso.serve.desk import Desk
from sayso.watch.alerts.alerts import Alert, Cited
from sayso.watch.alerts.rounds import find_alerts, list_published
from sayso.watch.alerts.rules import ROW, draft_rule, load_rules

NOW = datetime(2031, 6, 1, 12, tzinfo=UTC)
EVIL = "<script>alert(1)</script> \u202eevil\x1b[2J"


@pytest.fixture
def alerted(desk: Desk) -> list[Alert]:
    """What rules found in the example story, one of them not sent."""
    for body in (draft_rule("origins", at_least=4), draft_rule("contradiction")):
        desk.ledger.assess(ROW, body, by="bo")
    found = find_alerts(desk.ledger, load_rules(desk.ledger)[0], list_published(desk.ledger, None), NOW)
    kept = desk.alerts.keep(found, ["hook"], NOW, None)
    ((_, message),) = desk.alerts.take(["hook"], NOW)
    desk.alerts.settle(message.id, NOW, f"it is down {EVIL}")
    return kept


def test_alerts_stand_by_story_and_question_with_their_claims(client: TestClient, alerted: list[Alert]) -> None:
    page = client.get("/alerts").text
    assert len(alerted) > 2 and all(f'id="a-{alert.id}"' in page for alert in alerted)
    assert page.count("<h2><a href=") == len({alert.story for alert in alerted})
    cited = alerted[0].claims[0]
    assert f"/reports/{cited.digest}#{cited.claim}" in page and "origins at least 4" in page
    assert client.get(f"/reports/{cited.digest}").status_code == 200
    assert (
        "not sent to hook:</b> <bdi>it is down &lt;script&gt;" in page and "\u202e" not in page and "\x1b" not in page
    )


def test_who_acknowledges_signs_and_it_leaves_both_pages(client: TestClient, desk: Desk, alerted: list[Alert]) -> None:
    latest = alerted[-1]
    assert f"#a-{latest.id}" in client.get("/").text and f"#a-{latest.id}" in client.get("/").text
    answer = client.post(f"/alerts/{latest.id}/ack", data={"reason": f"told {EVIL}"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/alerts")
    assert f"#a-{latest.id}" not in client.get("/").text
    assert f'id="a-{latest.id}"' not in client.get("/alerts").text
    page = client.get("/alerts?seen=1").text
    assert f'id="a-{latest.id}"' in page and "seen by <bdi>ana</bdi>" in page and "told &lt;script&gt;" in page
    assert [noted.seen.by for noted in desk.alerts.list_noted() if noted.seen] == ["ana"]
    assert client.post("/alerts/none/ack").status_code == 404
    assert client.post(f"/alerts/{latest.id}/ack", data={"reason": "x" * 501}).status_code == 400


def test_a_reader_looks_and_acknowledges_nothing(come_in: Callable[[str], TestClient], alerted: list[Alert]) -> None:
    reader = come_in("rita")
    page = reader.get("/alerts").text
    assert alerted[0].id in page and "Acknowledge<" not in page
    assert reader.post(f"/alerts/{alerted[0].id}/ack").status_code == 403


def test_nobody_changes_anything_from_elsewhere(client: TestClient, desk: Desk, alerted: list[Alert]) -> None:
    del client.headers["x-csrf"]
    assert client.post(f"/alerts/{alerted[0].id}/ack").status_code == 403
    assert all(noted.seen is None for noted in desk.alerts.list_noted())


def test_words_of_strangers_are_no_markup(client: TestClient, desk: Desk) -> None:
    cited = Cited(
        claim='c"><b>', words=EVIL, chain=EVIL, origin=EVIL, report="r", digest='d"><b>', outlet=EVIL, title=EVIL,
        url="javascript:alert(1)",
    )  # fmt: skip
    words = dict.fromkeys(("text", "question", "story_name", "why", "was", "now"), EVIL)
    desk.alerts.keep(
        [Alert(id="aa11", rule="r", kind="search", at=NOW, story="s", claims=(cited,), **words)], [], NOW, None
    )
    for where in ("/alerts", "/"):
        page = client.get(where).text
        assert (
            "<script>alert" not in page and "<b>" not in page.partition('<main id="main">')[2].partition("</main>")[0]
        )
        assert "\u202e" not in page and "\x1b" not in page and "javascript:" not in page


def test_an_earlier_moment_shows_what_had_been_found(client: TestClient, alerted: list[Alert]) -> None:
    before, after = ((NOW + timedelta(days=days)).date().isoformat() for days in (-1, 1))
    assert alerted[0].id not in client.get(f"/alerts?as_of={before}").text
    assert alerted[0].id in client.get(f"/alerts?as_of={after}").text
    assert client.get("/alerts?seen=perhaps&as_of=gestern").status_code == 400


def test_a_desk_without_alerts_says_how_to_get_some(client: TestClient) -> None:
    assert "sayso alerts add" in client.get("/alerts").text


def test_a_rule_is_added_and_removed_under_a_name(client: TestClient, desk: Desk) -> None:
    story = desk.stories()[0]
    answer = client.post(
        "/alerts/rules",
        data={"kind": "origins", "words": "  missing   workers ", "at_least": "3", "story": story.id, "grade": ""},
        follow_redirects=False,
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/alerts#rules")
    (rule,) = load_rules(desk.ledger)[0]
    assert (rule.kind, rule.words, rule.at_least, rule.by) == ("origins", "missing workers", 3, "ana")
    assert rule.story in next(digests for one, digests in desk.shelves() if one.id == story.id)
    assert f'id="r-{rule.id}"' in client.get("/alerts").text
    assert client.post(f"/alerts/rules/{rule.id}/drop", data={"reason": "x" * 501}).status_code == 400
    assert client.post(f"/alerts/rules/{rule.id}/drop", data={"reason": "all were found"}).status_code == 200
    assert load_rules(desk.ledger)[0] == [] and f'id="r-{rule.id}"' not in client.get("/alerts").text
    assert client.post(f"/alerts/rules/{rule.id}/drop").status_code == 404
    assert [row.by for row in desk.ledger.assessments("alert-rule-dropped")] == ["ana"]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"kind": "search"}, "words to look for"),
        ({"kind": "origins", "at_least": "many"}, "in figures"),
        ({"kind": "rumour", "words": "x"}, "no kind of rule"),
        ({"kind": "revision", "grade": "B"}, "says nothing to a rule"),
        ({"kind": "search", "words": "port", "story": "nowhere"}, "nowhere"),
        ({"kind": "closing", "within": "nan"}, "how many days"),
        ({"kind": "contradiction", "claim": "none"}, "none"),
        ({}, "no kind of rule"),
    ],
)
def test_what_is_no_rule_is_told_and_the_form_keeps_it(
    client: TestClient, desk: Desk, form: dict[str, str], said: str
) -> None:
    answer = client.post("/alerts/rules", data={**form, "source": f"Post {EVIL}"})
    assert answer.status_code == 400 and "Post &lt;script&gt;" in answer.text and "\u202e" not in answer.text
    answer = client.post("/alerts/rules", data=form)
    assert answer.status_code == 400 and said in answer.text and load_rules(desk.ledger)[0] == []


def test_a_reader_and_another_site_make_no_rule(
    come_in: Callable[[str], TestClient], client: TestClient, desk: Desk
) -> None:
    rule = desk.ledger.assess(ROW, draft_rule("contradiction"), by="bo").id
    reader = come_in("rita")
    page = reader.get("/alerts").text
    assert f'id="r-{rule}"' in page and "Add a rule" not in page and "/drop" not in page
    del client.headers["x-csrf"]
    for asker in (reader, client):
        assert asker.post("/alerts/rules", data={"kind": "revision"}).status_code == 403
        assert asker.post(f"/alerts/rules/{rule}/drop").status_code == 403
    assert [one.id for one in load_rules(desk.ledger)[0]] == [rule]


def test_an_earlier_moment_shows_the_rules_of_then_and_no_form(client: TestClient, desk: Desk) -> None:
    row = desk.ledger.assess(ROW, draft_rule("contradiction"), by="bo")
    before = (row.at - timedelta(days=2)).date().isoformat()
    page = client.get(f"/alerts?as_of={before}").text
    assert f'id="r-{row.id}"' not in page and "Add a rule" not in page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Any, address: str, alerted: list[Alert], scheme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = browser.new_context(color_scheme=scheme, viewport={"width": 360, "height": 780})
    page = context.new_page()
    for where in ("/alerts", "/alerts?seen=1", "/"):
        page.goto(address + where)
        for form in page.locator("#rules ~ details summary").all():
            form.click()
        found = axe.run(page)
        assert found.violations_count == 0, f"{where}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, where
    context.close()


def test_the_button_works_without_a_script(
    browser: Any, address: str, desk: Desk, alerted: list[Alert], expect: Any
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/alerts")
    page.click(f"#a-{alerted[0].id} button")
    expect(page.locator(f"#a-{alerted[0].id}")).to_have_count(0)
    assert [noted.alert.id for noted in desk.alerts.list_noted() if noted.seen] == [alerted[0].id]
    context.close()
