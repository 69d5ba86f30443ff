"""The API over HTTP: what it gives, when it gives nothing anew, and how it refuses."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from starlette.testclient import TestClient

import sayso
from sayso.api.narrowings import read_moment
from sayso.serve.api.answers import MOST_KEPT
from sayso.serve.app import create_app
from sayso.serve.desk import Desk
from sayso.serve.guards.users import User
from sayso.serve.pages.stories import name_file
from sayso.share.exports import list_formats
from sayso.tell.views import VIEWS
from sayso.watch.alerts.alerts import Alert

BASE = "/api/v1"
PROBLEM = "application/problem+json"
FERRY = {
    "text": "Three ferries were damaged, harbour master Ines Roth said on Tuesday. Four sailors were injured.",
    "outlet": "Quay Post",
    "title": "Ferries damaged in the harbour",
    "published": "2024-03-28",
}


def list_all(client: TestClient, where: str, **asked: Any) -> list[Any]:
    """All rows of a list, page by page."""
    rows: list[Any] = []
    page = client.get(BASE + where, params=asked).json()
    while True:
        rows += page["items"]
        if page["next"] is None:
            return rows
        page = client.get(BASE + where, params={**asked, "cursor": page["next"]}).json()


def test_a_list_has_the_rows_that_the_command_prints(client: TestClient, desk: Desk) -> None:
    story, ledger = desk.stories()[0].id, sayso.OpenLedger(desk.ledger)
    for view in VIEWS:
        rows = list_all(client, f"/{view}", story=story, limit=7)
        assert rows and rows == json.loads(ledger.view(view, story=story).render("json")), view
        before = json.loads(ledger.view(view, as_of="2024-03-27").render("json"))
        assert list_all(client, f"/{view}", as_of="2024-03-27") == before, view


def test_changes_and_brief_are_those_of_the_commands(client: TestClient, desk: Desk) -> None:
    ledger = sayso.OpenLedger(desk.ledger)
    changes = json.loads(ledger.changes("2024-03-27").render("json"))
    assert list_all(client, "/changes", since="2024-03-27") == changes
    assert client.get(f"{BASE}/changes").status_code == 400
    assert client.get(f"{BASE}/brief").json() == ledger.brief().row
    told = client.get(f"{BASE}/brief", params={"format": "md", "since": "2024-03-27", "style": "quotes"})
    assert told.text == ledger.brief(since="2024-03-27", style="quotes").markdown
    assert (
        told.headers["content-type"].startswith("text/markdown") and "brief.md" in told.headers["content-disposition"]
    )


def test_a_story_is_exported_in_every_format(client: TestClient, desk: Desk) -> None:
    """In all but the bundle, which would only write them all once more."""
    story, ledger = desk.stories()[0], sayso.OpenLedger(desk.ledger)
    then = desk.stories(read_moment("2024-03-28"))[0]
    assert then.id == story.id and then.name != story.name
    for one in [one for one in list_formats().values() if one.name != "bundle"]:
        where = f"{BASE}/stories/{story.id}/exports/{one.name}"
        given = client.get(where, params={"made": "2024-05-01", "as_of": "2024-03-28"})
        assert given.headers["content-type"] == one.media_type and given.headers["etag"]
        assert given.content == ledger.export(one.name, made="2024-05-01", as_of="2024-03-28", story=story.id)
        assert f'{one.name_file(name_file(then.name))}"' in given.headers["content-disposition"]
    for missing in (f"{BASE}/stories/{story.id}/exports/pptx", f"{BASE}/stories/none/exports/csv", f"{BASE}/exports/,"):
        refused = client.get(missing)
        assert refused.status_code == 404 and refused.headers["content-type"] == PROBLEM


def test_the_page_of_a_story_leads_to_its_exports(client: TestClient, desk: Desk) -> None:
    story = desk.stories()[0]
    page = client.get(f"/stories/{story.id}", params={"as_of": "2024-03-28"}).text
    links = re.findall(r'href="(/api/v1/stories/[^"]*/exports/[^"]*)"', page)
    assert len(links) == len(list_formats())
    assert client.get(unescape(next(link for link in links if "/geojson" in link))).json()["as_of"][:10] == "2024-03-28"


def test_a_story_a_point_and_their_journey(client: TestClient, desk: Desk) -> None:
    story = desk.stories()[0]
    assert client.get(f"{BASE}/stories/{story.id}").json()["reports"] == list(story.reports)
    point = list_all(client, "/points")[0]
    assert client.get(f"{BASE}/points/{point['id'][:12]}").json() == point
    steps = client.get(f"{BASE}/explain", params={"what": point["id"]}).json()
    assert steps[0]["step"] == "question" and point["question"] in steps[0]["lines"]


def test_a_report_has_all_that_was_found_in_it(client: TestClient, desk: Desk) -> None:
    rows = list_all(client, "/reports")
    assert len(rows) == desk.ledger.count()["reports"] and "text" not in rows[0]
    by_digest = client.get(f"{BASE}/reports/{rows[0]['digest']}").json()
    assert by_digest == client.get(f"{BASE}/reports/{rows[0]['id']}").json()
    assert len(by_digest["claims"]) == rows[0]["claims"]
    found = list_all(client, "/search", q="bridge -aggregate")
    assert found and all("bridge" in p["text"].casefold() for row in found for p in row["passages"])
    assert any(row["claims"] > 1 for row in list_all(client, "/sources"))


def test_what_is_known_is_not_sent_again_until_something_is_added(client: TestClient) -> None:
    first = client.get(f"{BASE}/points")
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "private, no-cache" and not tag.startswith("W/")
    for given in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = client.get(f"{BASE}/points", headers={"if-none-match": given})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(f"{BASE}/points?limit=2", headers={"if-none-match": tag}).status_code == 200
    assert client.post(f"{BASE}/reports", json=FERRY).status_code == 201
    assert client.get(f"{BASE}/points", headers={"if-none-match": tag}).status_code == 200


def test_a_list_that_is_paged_stays_as_it_was(client: TestClient) -> None:
    whole = list_all(client, "/points", limit=1000)
    page = client.get(f"{BASE}/points?limit=3").json()
    client.post(f"{BASE}/reports", json=FERRY)
    rest = client.get(f"{BASE}/points", params={"limit": 1000, "cursor": page["next"]}).json()
    assert page["items"] + rest["items"] == whole and rest["next"] is None
    assert client.get(f"{BASE}/origins", params={"cursor": page["next"]}).status_code == 400
    for number in range(MOST_KEPT):  # Others ask for lists meanwhile, until this one is held no more.
        client.get(f"{BASE}/reports", params={"as_of": f"2024-04-{number + 1:02}", "limit": 1})
    gone = client.get(f"{BASE}/points", params={"cursor": page["next"]})
    assert gone.status_code == 410 and gone.headers["content-type"] == PROBLEM


REFUSED: dict[str, tuple[int, Callable[[TestClient], Any]]] = {
    "an unknown address": (404, lambda c: c.get("/api/nothing")),
    "an unknown version": (404, lambda c: c.get("/api/v2/points")),
    "a story": (404, lambda c: c.get(f"{BASE}/points?story=none")),
    "a point": (404, lambda c: c.get(f"{BASE}/points/none")),
    "a report": (404, lambda c: c.get(f"{BASE}/reports/none")),
    "a judgement": (404, lambda c: c.get(f"{BASE}/judgements/none")),
    "a job": (404, lambda c: c.get(f"{BASE}/jobs/none")),
    "a question": (404, lambda c: c.get(f"{BASE}/questions/none")),
    "a matrix": (404, lambda c: c.get(f"{BASE}/hypotheses/none")),
    "a moment": (400, lambda c: c.get(f"{BASE}/points?as_of=soon")),
    "a cursor": (400, lambda c: c.get(f"{BASE}/points?cursor=x")),
    "a limit": (422, lambda c: c.get(f"{BASE}/points?limit=0")),
    "a format": (422, lambda c: c.get(f"{BASE}/brief?format=exe")),
    "a language": (400, lambda c: c.get(f"{BASE}/brief?language=xx")),
    "a method": (405, lambda c: c.delete(f"{BASE}/points")),
    "no words": (400, lambda c: c.get(f"{BASE}/search?q=-")),
    "no text": (400, lambda c: c.post(f"{BASE}/check", json={})),
    "a file": (400, lambda c: c.post(f"{BASE}/check", json={"url": "/etc/passwd"})),
    "a file to add": (400, lambda c: c.post(f"{BASE}/reports", json={"url": "file:///etc/passwd"})),
    "an address here": (400, lambda c: c.post(f"{BASE}/check", json={"url": "http://127.0.0.1:9/"})),
    "an unknown field": (422, lambda c: c.post(f"{BASE}/check", json={"text": "It rained.", "path": "/"})),
    "half a letter": (422, lambda c: c.post(f"{BASE}/check", content=b'{"text": "\\ud800"}')),
    "no JSON": (422, lambda c: c.post(f"{BASE}/check", content=b"{", headers={"content-type": "application/json"})),
    "too much": (413, lambda c: c.post(f"{BASE}/check", json={"text": "x" * 9_000_000})),
    "a target": (400, lambda c: c.post(f"{BASE}/judgements", json={"kind": "retract", "target": "q", "reason": "r"})),
}


def test_what_is_refused_is_a_problem(client: TestClient) -> None:
    for what, (status, ask) in REFUSED.items():
        answer = ask(client)
        assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM), what
        problem = answer.json()
        assert problem["status"] == status and problem["title"] and problem["detail"], what
        assert "\n" not in problem["detail"] and "desk.db" not in problem["detail"], what


def test_what_an_address_allows_is_told(client: TestClient) -> None:
    assert client.delete(f"{BASE}/judgements").headers["allow"] == "GET, POST"
    assert client.post(f"{BASE}/points").headers["allow"] == "GET"
    assert client.get(f"{BASE}/check").headers["allow"] == "POST"


def test_checking_and_comparing_keep_nothing(client: TestClient, desk: Desk) -> None:
    before = desk.state
    article = {"text": "Eight workers died on Monday, 26 March 2024.", "published": "2024-04-03", "id": "draft"}
    checked = client.post(f"{BASE}/check", json=article).json()
    by_hand = sayso.OpenLedger(desk.ledger).check(article["text"], published="2024-04-03")
    assert checked == {"id": "draft", "flags": list(by_hand.flags)} and checked["flags"]
    pair = {"a": {"text": "All 22 crew are safe."}, "b": {"text": "The crew are safe."}}
    assert client.post(f"{BASE}/compare", json=pair).json()["relation"] == "same"
    assert desk.state == before


def test_a_text_is_added_once(client: TestClient, desk: Desk) -> None:
    count = desk.ledger.count()["reports"]
    made = client.post(f"{BASE}/reports", json=FERRY)
    assert made.status_code == 201 and (made.json()["new"], made.json()["known"]) == (1, 0)
    kept = client.get(made.headers["location"]).json()
    assert kept["text"] == FERRY["text"] and kept["outlet"] == FERRY["outlet"]
    assert client.post(f"{BASE}/reports", json=FERRY).json()["known"] == 1
    assert desk.ledger.count()["reports"] == count + 1


def test_an_address_is_read_as_a_job(client: TestClient) -> None:
    begun = client.post(f"{BASE}/reports", json={"url": "http://127.0.0.1:9/story"})
    assert begun.status_code == 202
    for _ in range(400):
        job = client.get(begun.headers["location"]).json()
        if job["state"] == "done":
            break
    assert job["added"]["new"] == 0 and "private network" in job["added"]["problems"][0]["message"]
    assert job["by"] == "ana"


def test_a_judgement_is_signed_and_undone(client: TestClient, desk: Desk) -> None:
    report = list_all(client, "/reports")[0]["id"]
    asked = {"kind": "retract", "target": report, "reason": "the outlet took it back"}
    made = client.post(f"{BASE}/judgements", json=asked)
    assert made.status_code == 201 and made.json()["by"] == "ana"
    assert report not in [row["id"] for row in list_all(client, "/reports")]
    assert client.get(made.headers["location"]).json() == made.json()
    undone = client.post(f"{BASE}/judgements/{made.json()['id']}/undo", json={"reason": "it did not"})
    assert undone.status_code == 201
    assert [row["undone"] for row in list_all(client, "/judgements")] == [True, False]
    assert report in [row["id"] for row in list_all(client, "/reports")]


def test_a_write_with_a_key_is_done_once(client: TestClient) -> None:
    asked = {"kind": "grade", "target": "Harbour Ledger", "value": "B", "reason": "it corrects itself"}
    headers = {"idempotency-key": "k1"}
    first = client.post(f"{BASE}/judgements", json=asked, headers=headers)
    again = client.post(f"{BASE}/judgements", json=asked, headers=headers)
    assert first.status_code == again.status_code == 201 and first.content == again.content
    other = client.post(f"{BASE}/judgements", json={**asked, "value": "C"}, headers=headers)
    assert other.status_code == 422 and "Idempotency-Key" in other.json()["detail"]
    assert len(list_all(client, "/judgements")) == 1
    headers = {"idempotency-key": "k2"}
    for _ in range(2):
        wrong = client.post(f"{BASE}/judgements", json={**asked, "value": "Z"}, headers=headers)
        assert wrong.status_code == 400, "what failed may be tried again"
    mended = client.post(f"{BASE}/judgements", json={**asked, "value": "D"}, headers=headers)
    assert mended.status_code == 201


def test_only_a_page_or_a_token_may_write(client: TestClient) -> None:
    asked = {"kind": "grade", "target": "Harbour Ledger", "value": "B", "reason": "it corrects itself"}
    del client.headers["x-csrf"]
    refused = client.post(f"{BASE}/judgements", json=asked)
    assert (refused.status_code, refused.headers["content-type"]) == (403, PROBLEM)


def test_a_reader_looks_and_checks_only(desk: Desk) -> None:
    with TestClient(create_app(desk, ["testserver"], User("rea", "reader"))) as client:
        client.get("/")
        client.headers["x-csrf"] = client.cookies["sayso_csrf"]
        assert client.get(f"{BASE}/points").status_code == 200
        assert client.post(f"{BASE}/check", json={"text": "It rained."}).status_code == 200
        for where, body in (
            ("/reports", FERRY),
            ("/judgements", {"kind": "undo", "target": "x", "reason": "y"}),
            ("/questions/x/forecasts", {"values": ["0.5"]}),
            ("/questions", {"text": "Will it rain?"}),
            ("/hypotheses", {"question": "Why?", "hypotheses": ["so", "or so"]}),
            ("/alerts", {"kind": "contradiction"}),
            ("/check", {"url": "https://example.org/"}),
        ):
            assert client.post(BASE + where, json=body).status_code == 403, where


def test_what_people_assessed(client: TestClient, desk: Desk) -> None:
    from sayso.foresee.hypotheses.drafts import draft_matrix
    from sayso.foresee.questions.bodies import body_of
    from sayso.foresee.scenarios import draft_scenario
    from sayso.record import Question

    kept = desk.ledger
    body, rows = draft_matrix("Why did the ship lose power?", ["H1: bad fuel", "H2: neglect"])
    matrix = kept.assess("matrix", body, by="ana")
    kept.assess_all([(kind, row, "ana", matrix.id, None) for kind, row in rows])
    scenes = kept.assess("scenarios", {"title": "The harbour", "exclusive": False}, by="ana")
    kept.assess("scenario", draft_scenario((), (), "S1: it opens"), by="ana", about=scenes.id)
    asked = Question(text="Will the channel open by May 2031?")
    question = kept.assess("question", body_of(asked), by="ana").id

    assert [row["id"] for row in list_all(client, "/hypotheses")] == [matrix.id]
    shown = client.get(f"{BASE}/hypotheses/{matrix.id[:8]}").json()
    assert [one["hypothesis"] for one in shown["hypotheses"]] == ["H1", "H2"]
    assert list_all(client, "/scenarios")[0]["scenarios"] == ["it opens"]
    assert client.get(f"{BASE}/scenarios/{scenes.id}").json()["title"] == "The harbour"
    assert client.get(f"{BASE}/scenarios/{matrix.id}").status_code == 404

    given = client.post(f"{BASE}/questions/{question}/forecasts", json={"values": ["0.7"], "reason": "dredging"})
    assert given.status_code == 201 and (given.json()["probability"], given.json()["forecaster"]) == (0.7, "ana")
    assert client.post(f"{BASE}/questions/{question}/forecasts", json={"values": ["7"]}).status_code == 400
    assert list_all(client, f"/questions/{question}/forecasts") == [given.json()]
    assert list_all(client, f"/questions/{question}/line")[0]["median"] == 0.7
    row = client.get(f"{BASE}/questions/{question}").json()
    assert row["crowd"][0]["median"] == 0.7 and row == list_all(client, "/questions")[0]


def test_a_question_and_rival_explanations_are_asked(client: TestClient) -> None:
    asked = {
        "text": "Will the harbour bridge at Baltimore reopen by 31 May 2099?",
        "resolves": "2099-05-31",
        "criteria": "Yes if the port authority says on the record that cars cross it.",
        "source": "the port authority",
    }
    refused = client.post(f"{BASE}/questions", json={"text": "Will it be good?"})
    assert (refused.status_code, refused.headers["content-type"]) == (400, PROBLEM)
    assert "not asked, since it would be voided" in refused.json()["detail"]
    assert list_all(client, "/questions") == []
    made = client.post(f"{BASE}/questions", json=asked)
    assert made.status_code == 201 and (made.json()["by"], made.json()["status"]) == ("ana", "open")
    assert client.get(made.headers["location"]).json()["question"] == asked["text"]
    forced = client.post(f"{BASE}/questions", json={"text": "Will it be good?", "force": True})
    assert forced.status_code == 201 and len(list_all(client, "/questions")) == 2
    assert client.post(f"{BASE}/questions", json={**asked, "closes": "the day after"}).status_code == 400
    one = {"question": "Why did the pumps stop?", "hypotheses": ["no fuel", "a flood"]}
    made = client.post(f"{BASE}/hypotheses", json=one, headers={"idempotency-key": "pumps"})
    assert client.post(f"{BASE}/hypotheses", json=one, headers={"idempotency-key": "pumps"}).json() == made.json()
    assert made.status_code == 201 and list_all(client, "/hypotheses") == [made.json()]
    assert [h["text"] for h in client.get(made.headers["location"]).json()["hypotheses"]] == ["no fuel", "a flood"]
    assert client.post(f"{BASE}/hypotheses", json={**one, "hypotheses": ["no fuel"]}).status_code == 422


def test_alerts_are_wanted_found_and_wanted_no_more(client: TestClient, desk: Desk) -> None:
    made = client.post(f"{BASE}/alerts", json={"kind": "origins", "words": "missing  workers", "at_least": 3})
    row = made.json()
    assert made.status_code == 201 and (row["by"], row["words"], row["at_least"]) == ("ana", "missing workers", 3)
    assert row["rule"] == 'origins "missing workers", at least 3'
    assert list_all(client, "/alerts") == [row] == [client.get(made.headers["location"]).json()]
    for body, status in (
        ({"kind": "origins"}, 400),
        ({"kind": "rumour"}, 422),
        ({"kind": "revision", "grade": "B"}, 400),
        ({"kind": "search", "words": "port", "story": "nowhere"}, 400),
        ({"kind": "search", "words": "port", "more": 1}, 422),
    ):
        assert client.post(f"{BASE}/alerts", json=body).status_code == status, body
    noted = Alert(id="aa11", rule=row["id"], kind="origins", text="three now", at=datetime(2031, 6, 1, tzinfo=UTC))
    desk.alerts.keep([noted], [], noted.at, None)
    (found,) = list_all(client, "/alerts/found")
    assert (found["id"], found["text"], found["seen_by"]) == ("aa11", "three now", "")
    desk.alerts.acknowledge("aa11", by="bo", at=noted.at)
    assert list_all(client, "/alerts/found") == []
    assert [one["seen_by"] for one in list_all(client, "/alerts/found", seen=True)] == ["bo"]
    again = client.post(f"{BASE}/alerts/found/aa11/seen", json={"reason": "so have I"})
    assert again.status_code == 200 and again.json()["seen_by"] == "bo", "who was first counts"
    assert client.post(f"{BASE}/alerts/found/bb22/seen", json={}).status_code == 404
    gone = client.delete(f"{BASE}/alerts/{row['id']}", params={"reason": "all were found"})
    assert (gone.status_code, gone.content) == (204, b"") and list_all(client, "/alerts") == []
    assert client.delete(f"{BASE}/alerts/{row['id']}").status_code == 404
    assert client.put(f"{BASE}/alerts/x").headers["allow"] == "DELETE, GET"


def test_an_alert_is_removed_only_by_who_may(client: TestClient, desk: Desk) -> None:
    rule = client.post(f"{BASE}/alerts", json={"kind": "contradiction"}).json()["id"]
    with TestClient(create_app(desk, ["testserver"], User("rea", "reader"))) as reader:
        reader.get("/")
        reader.headers["x-csrf"] = reader.cookies["sayso_csrf"]
        assert reader.delete(f"{BASE}/alerts/{rule}").status_code == 403
    del client.headers["x-csrf"]
    assert client.delete(f"{BASE}/alerts/{rule}").status_code == 403
    assert [row["id"] for row in client.get(f"{BASE}/alerts").json()["items"]] == [rule]


def test_the_page_lists_every_operation(client: TestClient) -> None:
    page = client.get(f"{BASE}/docs")
    document = client.get(f"{BASE}/openapi.json").json()
    assert page.headers["content-type"].startswith("text/html")
    assert document["openapi"].startswith("3.1")
    for operations in document["paths"].values():
        for operation in operations.values():
            assert f'id="{operation["operationId"]}"' in page.text


def test_the_page_is_clean_in_light_and_dark_and_on_a_phone(browser: Any, address: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    for scheme, width in (("light", 360), ("dark", 1180)):
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 780})
        page = context.new_page()
        page.goto(f"{address}{BASE}/docs")
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        found = axe.run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        context.close()
