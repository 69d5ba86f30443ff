"""Pages of hypotheses, scenarios and questions: what they show, and what an analyst can say on them."""

from typing import Any

import pytest
from foreseen import NOW, Foreseen, fill_desk
from starlette.testclient import TestClient

from sayso.errors import Error
from sayso.serve.desk import Desk, Viewpoint, hypotheses, questions, scenarios
from sayso.serve.desk.assessed import show_scenarios
from sayso.serve.desk.desks import MissingError
from sayso.serve.desk.scenarios import SetSight, find_set


@pytest.fixture
def filled(desk: Desk) -> Foreseen:
    """What was put on the desk."""
    return fill_desk(desk)


def list_addresses(filled: Foreseen) -> list[str]:
    return [
        "/hypotheses",
        f"/hypotheses/{filled.matrix}",
        "/scenarios",
        f"/scenarios/{filled.scenarios}",
        "/questions",
        f"/questions/{filled.question}",
        f"/questions/{filled.ended}?propose=1",
        "/published",
    ]


def test_every_page_answers_also_on_an_empty_day(client: TestClient, filled: Foreseen) -> None:
    for where in list_addresses(filled):
        assert client.get(where).status_code == 200, where
    for where in ("/hypotheses", "/scenarios", "/questions"):
        answer = client.get(f"{where}?as_of=2024-03-27")
        assert answer.status_code == 200
        assert '<form method="post"' not in answer.text
    assert client.get(f"/hypotheses/{filled.matrix}?as_of=2024-03-27").status_code == 404
    assert client.get(f"/scenarios/{filled.matrix}").status_code == 404


def test_pages_are_clean_wide_and_narrow_light_and_dark(browser: Any, address: str, filled: Foreseen) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    for scheme, width in (("light", 1180), ("dark", 360)):
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
        page = context.new_page()
        for where in list_addresses(filled):
            page.goto(address + where)
            page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
            found = axe.run(page)
            assert found.violations_count == 0, f"{where}: {found.generate_report()}"
            assert page.evaluate("document.documentElement.scrollWidth") <= width, where
        context.close()


def test_a_matrix_leads_to_its_words_and_says_what_decides(client: TestClient, desk: Desk, filled: Foreseen) -> None:
    sight = hypotheses.find_matrix(desk, filled.matrix, NOW)
    assert [h.text for h in sight.weighed.matrix.hypotheses][1].startswith("Power: an electrical")
    shown = client.get(f"/hypotheses/{filled.matrix}").text
    piece = next(one for one in sight.pieces if one.digest)
    assert f'href="/reports/{piece.digest}#{piece.weight.claim}"' in shown
    assert any(one.decides for one in sight.pieces)
    assert "It decides the order" in shown


def test_an_analyst_adds_accepts_rates_and_drops(client: TestClient, desk: Desk, filled: Foreseen) -> None:
    where = f"/hypotheses/{filled.matrix}"
    claim = hypotheses.find_matrix(desk, filled.matrix, NOW).suggested[0][0].claim
    assert client.post(f"{where}/hypotheses", data={"words": "Crew: a slip of the hand"}).status_code == 200
    assert client.post(f"{where}/evidence", data={"claim": claim}).status_code == 200
    rated = {"evidence": "E4", "value.H3": "CC", "value.H1": ""}
    assert client.post(f"{where}/ratings", data=rated).status_code == 200
    assert client.post(f"{where}/dropped", data={"evidence": "E1", "reason": "another ship"}).status_code == 200
    matrix = hypotheses.find_matrix(desk, filled.matrix, NOW).weighed.matrix
    assert matrix.hypotheses[-1].text == "Crew: a slip of the hand"
    assert [(r.hypothesis, r.value, r.by) for r in matrix.ratings if r.evidence == "E4"] == [("H3", "CC", "ana")]
    assert next(e for e in matrix.evidence if e.key == "E1").dropped == "another ship"
    refused = client.post(f"{where}/ratings", data={"evidence": "E9", "value.H1": "CC"})
    assert refused.status_code == 400 and "no evidence E9" in refused.text


def test_a_reader_changes_nothing(desk: Desk, filled: Foreseen) -> None:
    from sayso.serve.app import create_app
    from sayso.serve.guards.users import User

    before = desk.state
    with TestClient(create_app(desk, ["testserver"], User("rea", "reader"))) as client:
        shown = client.get(f"/hypotheses/{filled.matrix}")
        assert shown.status_code == 200 and "Take it in" not in shown.text
        client.headers["x-csrf"] = client.cookies["sayso_csrf"]
        for where in (
            f"/hypotheses/{filled.matrix}/hypotheses",
            f"/questions/{filled.question}/forecasts",
            "/published",
        ):
            assert client.post(where, data={"words": "so"}).status_code == 403
        assert desk.state == before


def test_an_indicator_fires_with_its_claims(client: TestClient, desk: Desk, filled: Foreseen) -> None:
    sign = scenarios.find_set(desk, filled.scenarios, NOW).scenarios[1].indicators[0]
    assert sign.firing.state == "fired" and sign.claims
    shown = client.get(f"/scenarios/{filled.scenarios}").text
    match, digest = sign.claims[0]
    assert f"/reports/{digest}#{match.claim}" in shown
    assert f"{sign.origins} of 1 independent origin " in shown


def test_scenarios_are_added_and_refused(client: TestClient, desk: Desk, filled: Foreseen) -> None:
    where = f"/scenarios/{filled.scenarios}"
    assert client.post(f"{where}/scenarios", data={"words": "Split: half of it opens"}).status_code == 200
    made = scenarios.find_set(desk, filled.scenarios, NOW).made
    assert (made.scenarios[-1].key, made.scenarios[-1].name) == ("S3", "Split")
    too_much = client.post(f"{where}/probabilities", data={"percent.S1": "90", "percent.S2": "60"})
    assert too_much.status_code == 400 and "exclude each other" in too_much.text
    no_number = client.post(f"{where}/indicators", data={"scenario": "S1", "words": "Ships return", "weight": "much"})
    assert no_number.status_code == 400


def test_a_question_is_linted_asked_forecast_and_resolved(client: TestClient, desk: Desk) -> None:
    vague = client.post("/questions", data={"text": "Will things get better?", "kind": "yes/no"})
    assert vague.status_code == 400 and "voided" in vague.text and "Will things get better?" in vague.text
    assert questions.list_questions(desk, NOW)["open"] == []
    asked = {
        "text": vague.text and "Will things get better?",
        "kind": "yes/no",
        "resolves": "2131-05-31",
        "force": "yes",
    }
    where = client.post("/questions", data=asked).url.path
    assert client.post(f"{where}/forecasts", data={"percent": "70", "reason": "so it seems"}).status_code == 200
    assert client.post(f"{where}/forecasts", data={"percent": "170"}).status_code == 400
    assert client.post(f"{where}/resolutions", data={"outcome": "maybe"}).status_code == 400
    assert client.post(f"{where}/resolutions", data={"outcome": "yes", "reason": "it did"}).status_code == 200
    sight = questions.find_question(desk, where.rpartition("/")[2], NOW)
    assert [row.said for row in sight.forecasts] == ["70 %"]
    assert (sight.status, sight.resolutions[0].outcome, sight.resolutions[0].by) == ("resolved", "yes", "ana")
    late = client.post(f"{where}/forecasts", data={"percent": "99"})
    assert late.status_code == 400 and "was resolved" in late.text


def test_what_closes_soon_comes_first_and_forecasters_are_scored(desk: Desk, filled: Foreseen) -> None:
    soon, _ = questions.put_question(desk, "Soon?", {"resolves": "2130-01-01"}, "ana", force=True)
    groups = questions.list_questions(desk, NOW)
    assert groups["open"][0].question.id == soon
    assert [row.outcome for row in groups["resolved"]] == ["yes"]
    sheet = questions.score_all(desk, NOW)
    assert [row["forecaster"] for row in sheet["forecasters"]] == ["ana", "bo"]
    assert questions.list_questions(desk, Viewpoint.read("2024-03-27"))["open"] == []
    with pytest.raises(MissingError):
        questions.find_question(desk, "ffff", NOW)
    with pytest.raises(Error, match="kind"):
        questions.give_forecast(desk, soon, ["a=1", "b=2"], "", "ana")


def test_a_page_and_the_api_hold_each_their_own_of_one_set(desk: Desk, filled: Foreseen) -> None:
    for _ in range(2):
        assert isinstance(find_set(desk, filled.scenarios, Viewpoint()), SetSight)
        assert isinstance(show_scenarios(desk, filled.scenarios, None), dict)
