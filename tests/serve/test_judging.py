"""Judging on pages: signed, with a reason, undone, and never over another's unseen."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from sayso.journey import add_all
from sayso.ledger import open_ledger
from sayso.record import Point
from sayso.serve.desk import Desk, Viewpoint
from sayso.serve.desk.comments import add_comment, list_comments, undo_comment
from sayso.serve.desk.desks import MissingError
from sayso.serve.desk.judging import ConflictError, count_seen, judge, list_judged, undo
from sayso.serve.desk.works import PointWork, find_point_work

FERRY = (
    (
        "Ny Tid",
        "Ferry sinks",
        "Nine people were killed, police said. At least 30 passengers were injured, a nurse said.",
    ),
    (
        "Dagen",
        "Deaths rise",
        "Eleven people were killed, police said. About 40 passengers were injured, a doctor said.",
    ),
    (
        "Kyst",
        "Ferry toll",
        "The sinking killed 12 people, the mayor said. The hospital said 30 passengers were injured.",
    ),
    ("Avisa", "After it", "Twelve people were killed, police said. 35 passengers were injured, the ministry said."),
)
"""Reports of one ferry that sank, which count its dead and its injured."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of a small story, which is weighed in no time."""
    folder = tmp_path_factory.mktemp("ferry")
    lead = "A ferry sank off Bergen on Monday. "
    rows = [
        {"outlet": outlet, "title": title, "text": lead + text, "published": f"2024-05-0{day}"}
        for day, (outlet, title, text) in enumerate(FERRY, 6)
    ]
    (folder / "ferry.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
    with open_ledger(str(folder / "kept.db")) as ledger:
        add_all(ledger, [str(folder / "ferry.jsonl")])
    return folder / "kept.db"


def find_work(desk: Desk) -> PointWork:
    """A point with several values, and others that it can be merged with."""
    story = desk.stories()[0].id
    point = next(
        p for p in desk.picture(story).points if p.kind == "figure" and len(p.values) > 3 and "killed" in p.question
    )
    return find_point_work(desk, story, point.id, Viewpoint())


def find_points(desk: Desk) -> tuple[Point, ...]:
    return desk.picture(desk.stories()[0].id).points


def name_page(work: PointWork) -> str:
    return f"/stories/{work.story.id}/points/{work.point.id}/work"


def test_a_judgement_is_signed_and_has_its_reason(client: TestClient, desk: Desk) -> None:
    work = find_work(desk)
    a, b = work.choices[:2]
    fields = {"kind": "relate", "chosen": [a.seat, b.seat], "relation": "scope", "seen": "0"}
    answer = client.post(name_page(work), data=fields | {"reason": "one counts the crew too"})
    assert answer.status_code == 200 and "one counts the crew too" in answer.text
    (made,) = desk.ledger.judgements()
    assert (made.kind, made.value, made.by) == ("relate", "scope", "ana")
    assert {made.target, made.other} == {a.seat, b.seat}


REFUSED: tuple[tuple[dict[str, Any], str], ...] = (
    ({"kind": "split"}, "choose two values"),
    ({"kind": "grade", "grade": "2", "chosen": ["0", "1"]}, "choose one value"),
    ({"kind": "grade", "grade": "9", "chosen": ["0"]}, "is no grade"),
    ({"kind": "relate", "relation": "twin", "chosen": ["0", "1"]}, "is no relation"),
    ({"kind": "attribute", "source": " ", "chosen": ["0"]}, "name its source"),
    ({"kind": "attribute", "source": "x" * 401, "chosen": ["0"]}, "too long"),
    ({"kind": "merge", "point": "elsewhere"}, "choose the point"),
    ({"kind": "retract", "chosen": ["0"], "reason": "  "}, "say why"),
    ({"kind": "comment", "words": " "}, "write a comment"),
    ({"kind": "crown"}, "say what is to be judged"),
    ({}, "say what is to be judged"),
)


def test_what_says_nothing_is_refused(client: TestClient, desk: Desk) -> None:
    work = find_work(desk)
    for fields, said in REFUSED:
        chosen = [work.choices[int(n)].seat for n in fields.get("chosen", [])]
        answer = client.post(name_page(work), data={"reason": "typed before", "seen": "0", **fields, "chosen": chosen})
        assert answer.status_code == 400 and said in answer.text, fields
        assert "reason" in fields or "typed before" in answer.text
    assert not desk.ledger.judgements() and not desk.ledger.assessments()


def test_a_form_without_the_pages_token_judges_nothing(client: TestClient, desk: Desk) -> None:
    del client.headers["x-csrf"]
    work = find_work(desk)
    fields = {"kind": "grade", "grade": "1", "chosen": [work.choices[0].seat], "reason": "so", "seen": "0"}
    assert client.post(name_page(work), data=fields).status_code == 403
    assert not desk.ledger.judgements()


def test_who_judges_the_same_later_is_told_first(client: TestClient, desk: Desk) -> None:
    work = find_work(desk)
    a, b = work.choices[:2]
    judge(desk, "relate", b.seat, other=a.seat, value="same", by="bo", reason="both count the crew", seen=work.seen)
    fields = {"kind": "relate", "chosen": [a.seat, b.seat], "relation": "scope", "reason": "not so", "seen": work.seen}
    answer = client.post(name_page(work), data=fields)
    assert answer.status_code == 409
    assert "bo judged the same" in answer.text and "both count the crew" in answer.text
    assert len(desk.ledger.judgements()) == 1
    assert client.post(name_page(work), data=fields | {"anyway": "1"}).status_code == 200
    assert [j.by for j in desk.ledger.judgements()] == ["bo", "ana"]


def test_other_judgements_do_not_stand_in_the_way(desk: Desk) -> None:
    work = find_work(desk)
    a, b, c = work.choices[:3]
    judge(desk, "relate", a.seat, other=b.seat, value="same", by="bo", reason="so", seen=0)
    judge(desk, "relate", a.seat, other=c.seat, value="same", by="ana", reason="so", seen=0)
    judge(desk, "grade", a.seat, value="2", by="ana", reason="so", seen=0)
    judge(desk, "grade", "Jennifer Homendy", value="A", by="bo", reason="so", seen=0)
    with pytest.raises(ConflictError):
        judge(desk, "grade", "Jennifer Homendy", value="B", by="ana", reason="so", seen=0)
    judge(desk, "merge", a.seat, other=b.seat, by="bo", reason="so", seen=0)
    with pytest.raises(ConflictError):
        judge(desk, "split", c.seat, other=b.seat, by="ana", reason="so", seen=0)
    judge(desk, "split", c.seat, other=b.seat, by="ana", reason="so", seen=count_seen(desk))


def test_of_many_who_judge_at_once_the_first_is_kept(desk: Desk) -> None:
    seat = find_work(desk).choices[0].seat

    def grade(name: str) -> str:
        try:
            return judge(desk, "grade", seat, value="2", by=name, reason="so", seen=0).by
        except ConflictError as conflict:
            return f"after {conflict.judged[0].by}"

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(grade, "abcdefgh"))
    (made,) = desk.ledger.judgements()
    assert sorted(told) == sorted([made.by] + [f"after {made.by}"] * 7)


def test_what_was_undone_stands_in_nobodys_way(desk: Desk) -> None:
    seat = find_work(desk).choices[0].seat
    made = judge(desk, "grade", seat, value="5", by="bo", reason="so", seen=0)
    undo(desk, made.id, by="bo", reason="I misread it")
    judge(desk, "grade", seat, value="2", by="ana", reason="so", seen=0)


def test_merging_two_points_and_undoing_it(client: TestClient, desk: Desk) -> None:
    work, before = find_work(desk), find_points(desk)
    other = work.others[0][0]
    fields = {"kind": "merge", "point": other, "reason": "both count those aboard", "seen": work.seen}
    answer = client.post(name_page(work), data=fields)
    assert answer.status_code == 200 and len(find_points(desk)) == len(before) - 1
    assert any(len(point.values) == 8 for point in find_points(desk))
    (made,) = desk.ledger.judgements()
    fields = {"reason": "they are two boats", "back": name_page(work)}
    answer = client.post(f"/judgements/{made.id}/undo", data=fields)
    assert answer.url.path == name_page(work)
    assert find_points(desk) == before
    merged = next(one for one in list_judged(desk) if one.kind == "merge")
    assert not merged.standing and merged.undone and merged.undone.reason == "they are two boats"


def test_undoing_twice_is_told(client: TestClient, desk: Desk) -> None:
    made = judge(desk, "grade", "Wes Moore", value="A", by="bo", reason="so")
    undo(desk, made.id, by="cy", reason="too soon")
    answer = client.post(f"/judgements/{made.id}/undo", data={"reason": "me too"})
    assert answer.status_code == 409 and "too soon" in answer.text and "all the same" not in answer.text
    assert client.post("/judgements/none/undo", data={"reason": "so"}).status_code == 404
    assert client.post(f"/judgements/{made.id}/undo", data={}).status_code == 409


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "/stories/../\\x", "x" * 999])
def test_a_form_leads_back_to_this_desk_alone(client: TestClient, desk: Desk, back: str) -> None:
    made = judge(desk, "grade", "Wes Moore", value="A", by="bo", reason="so")
    fields = {"reason": "so", "back": back}
    answer = client.post(f"/judgements/{made.id}/undo", data=fields, follow_redirects=False)
    assert answer.headers["location"] == "/judgements"


def test_a_story_is_named(client: TestClient, desk: Desk) -> None:
    story = desk.stories()[0].id
    fields = {"kind": "name", "name": "The bridge <i>", "reason": "short", "seen": "0"}
    answer = client.post(f"/stories/{story}/work", data=fields)
    assert answer.status_code == 200 and "The bridge &lt;i&gt;" in answer.text
    assert desk.stories()[0].name == "The bridge <i>"
    assert client.post(f"/stories/{desk.stories()[0].id}/work", data=fields).status_code == 409


def test_a_report_is_retracted_and_restored(client: TestClient, desk: Desk) -> None:
    digest = desk.ledger.headings()[0][0]
    where = f"/reports/{digest}/work"
    answer = client.post(where, data={"kind": "retract", "reason": "withdrawn by its outlet", "seen": "0"})
    assert "Nothing of it counts" in answer.text
    assert digest not in [heading[0] for heading in desk.ledger.headings()]
    assert client.post(where, data={"kind": "restore", "reason": "so", "seen": "0"}).status_code == 409
    client.post(where, data={"kind": "restore", "reason": "it was another", "seen": "1"})
    assert digest in [heading[0] for heading in desk.ledger.headings()]
    assert client.get("/reports/none/work").status_code == 404


def test_a_source_is_graded(client: TestClient, desk: Desk) -> None:
    fields = {"kind": "grade", "grade": "B", "reason": "right so far", "seen": "0"}
    assert client.post("/sources/work?name=Wes+Moore", data=fields).status_code == 200
    (made,) = desk.ledger.judgements()
    assert (made.about, made.other, made.value) == ("source", "Wes Moore", "B")
    assert client.get("/sources/work?name=").status_code == 400


def test_what_is_judged_is_seen_as_it_was_then(client: TestClient, desk: Desk) -> None:
    judge(desk, "grade", "Wes Moore", value="A", by="bo", reason="so")
    assert "Wes Moore" in client.get("/judgements").text
    assert "Wes Moore" not in client.get("/judgements?as_of=2024-06-20").text
    work = find_work(desk)
    assert '<form method="post"' not in client.get(name_page(work) + "?as_of=2024-06-20").text


def test_a_comment_is_said_and_taken_back(client: TestClient, desk: Desk) -> None:
    work = find_work(desk)
    answer = client.post(name_page(work), data={"kind": "comment", "words": "Who <b>counts</b> the inspector?"})
    assert "Who &lt;b&gt;counts&lt;/b&gt; the inspector?" in answer.text
    (made,) = list_comments(desk, {work.point.id})
    assert (made.by, made.on) == ("ana", "point")
    client.post(f"/comments/{made.id}/undo", data={"reason": "answered"})
    (made,) = list_comments(desk)
    assert (made.undone, made.why) == ("ana", "answered")
    assert client.post(f"/comments/{made.id}/undo", data={"reason": "twice"}).status_code == 400
    assert client.post("/comments/none/undo", data={"reason": "so"}).status_code == 404


def test_comments_of_another_form_are_passed_over(desk: Desk) -> None:
    desk.ledger.assess("comment", ["no", "object"], by="bo")
    desk.ledger.assess("comment", {"words": "on nothing"}, by="bo")
    assert list_comments(desk) == []
    add_comment(desk, "story", "s", "so", by="bo")
    assert [one.words for one in list_comments(desk, {"s"})] == ["so"]
    with pytest.raises(MissingError):
        undo_comment(desk, "none", by="bo", reason="so")


def test_two_analysts_see_each_other_judge(browser: Any, address: str, desk: Desk, expect: Any) -> None:
    work = find_work(desk)
    one, two = (browser.new_context().new_page() for _ in range(2))
    for page in (one, two):
        page.goto(address + name_page(work))
        page.locator("[name=chosen]").nth(0).check()
        page.locator("[name=chosen]").nth(1).check()
        page.fill("#w-reason", "the second counts the crew too")
    one.select_option("#w-relation", "scope")
    one.click("button[value=relate]")
    one.locator("#work-said li").wait_for()
    two.locator("#changes").wait_for(timeout=20_000)
    expect(two.locator("#changes span")).to_have_text("1 change by ana")
    with two.expect_response(lambda answer: answer.request.method == "POST") as told:
        two.click("button[value=relate]")
    assert told.value.status == 409
    two.get_by_text("Judge it all the same").click()
    two.locator("#work-said li").nth(1).wait_for()
    assert len(desk.ledger.judgements()) == 2
    one.context.close()
    two.context.close()


def test_a_list_takes_in_what_others_judge(page: Any, address: str, desk: Desk) -> None:
    page.goto(address + "/judgements")
    judge(desk, "grade", "Wes Moore", value="A", by="bo", reason="right so far")
    page.get_by_text("right so far").wait_for(timeout=20_000)


def test_two_points_are_merged_and_that_is_undone_in_a_browser(page: Any, address: str, desk: Desk) -> None:
    work, before = find_work(desk), len(find_points(desk))
    page.goto(address + name_page(work))
    page.select_option("#w-point", index=1)
    page.fill("#w-reason", "both count those aboard")
    page.click("button[value=merge]")
    page.locator("#work-said").get_by_text("both count those aboard").wait_for()
    assert len(find_points(desk)) == before - 1
    page.locator("#work-said summary").click()
    page.locator("#work-said input[name=reason]").fill("they are two boats")
    page.locator("#work-said .undo button").click()
    page.get_by_text("they are two boats").first.wait_for()
    assert len(find_points(desk)) == before
