"""The review: what is doubtful, one after another, answered by keys."""

from typing import Any

from starlette.testclient import TestClient

from sayso.record import Point, Relation, Value
from sayso.serve.desk import Desk
from sayso.serve.desk.comments import list_comments
from sayso.serve.desk.reviews import CONFIRMED, REFUSED, answer_doubt, find_doubtful, find_next, list_doubts


def test_doubtful_values_fit_no_other_of_their_point() -> None:
    values = tuple(Value(claim=str(n), report=str(n), text="") for n in range(3))
    relations = (
        Relation(a=0, b=1, relation="same", why="", disputed=(0.9, 0.0)),
        Relation(a=0, b=2, relation="compatible", why="", disputed=(0.1, 0.0)),
        Relation(a=1, b=2, relation="compatible", why="", disputed=(0.2, 0.0)),
    )
    point = Point(id="p", question="", kind="status", values=values, relations=relations)
    assert find_doubtful(point) == [(2, relations[2])]


def test_contradictions_come_first(desk: Desk) -> None:
    kinds = [doubt.kind for doubt in list_doubts(desk)]
    assert kinds[0] == "contradiction" and kinds == sorted(kinds, key=["contradiction", "join", "place"].index)
    assert {"join", "place"} <= set(kinds)


def test_an_answer_is_a_judgement(desk: Desk) -> None:
    told = [doubt for doubt in list_doubts(desk) if doubt.kind == "contradiction"]
    join = next(doubt for doubt in list_doubts(desk) if doubt.kind == "join")
    answer_doubt(desk, told[0].id, "y", by="ana", seen=0)
    answer_doubt(desk, told[1].id, "n", by="bo", seen=1)
    answer_doubt(desk, join.id, "n", by="ana", seen=2)
    assert [(made.by, made.kind, made.value, made.reason) for made in desk.ledger.judgements()] == [
        ("ana", "relate", "contradiction", CONFIRMED),
        ("bo", "relate", "unrelated", REFUSED),
        ("ana", "split", "", REFUSED),
    ]
    assert not {told[0].id, told[1].id, join.id} & {left.id for left in list_doubts(desk)}


def test_a_join_that_is_so_stays_as_it_is(desk: Desk) -> None:
    story = desk.stories()[0].id
    before = [len(point.values) for point in desk.picture(story).points]
    doubt = next(d for d in list_doubts(desk) if d.kind == "join")
    answer_doubt(desk, doubt.id, "y", by="ana", seen=0)
    assert [len(point.values) for point in desk.picture(story).points] == before
    assert doubt.id not in [left.id for left in list_doubts(desk)]


def test_what_is_split_leaves_its_point(desk: Desk) -> None:
    story = desk.stories()[0].id
    doubt = next(d for d in list_doubts(desk) if d.kind == "join")
    first, last = (side.note["claim"] for side in doubt.sides)
    answer_doubt(desk, doubt.id, "n", by="ana", seen=0)
    points = [{value.claim for value in point.values} for point in desk.picture(story).points]
    assert any(first in claims for claims in points) and not any({first, last} <= claims for claims in points)


def test_a_place_is_looked_at_by_a_comment(desk: Desk, client: TestClient) -> None:
    doubt = next(d for d in list_doubts(desk) if d.kind == "place")
    client.post("/review", data={"item": doubt.id, "answer": "n", "seen": "0"})
    (said,) = list_comments(desk)
    assert doubt.place in said.words and REFUSED in said.words and said.by == "ana"
    answer = client.post("/review", data={"item": doubt.id, "answer": "y", "seen": "0"})
    assert answer.status_code == 400 and "ana looked at it since" in answer.text


def test_what_another_answered_is_told(desk: Desk, client: TestClient) -> None:
    doubt = list_doubts(desk)[0]
    answer_doubt(desk, doubt.id, "y", by="bo", seen=0)
    fields = {"item": doubt.id, "answer": "n", "seen": "0"}
    answer = client.post("/review", data=fields)
    assert answer.status_code == 409 and "bo judged the same" in answer.text
    assert client.post("/review", data=fields | {"anyway": "1"}).status_code == 200
    assert desk.ledger.judgements()[-1].value == "unrelated"


def test_what_is_no_answer_is_refused(desk: Desk, client: TestClient) -> None:
    doubt = list_doubts(desk)[0]
    assert client.post("/review", data={"item": doubt.id, "answer": "maybe", "seen": "0"}).status_code == 400
    assert client.post("/review", data={"item": "none", "answer": "y", "seen": "0"}).status_code == 404
    assert client.post("/review/undo", data={"last": "none"}).status_code == 404
    assert not desk.ledger.judgements()


def test_what_was_put_off_comes_again_at_the_end(desk: Desk, client: TestClient) -> None:
    doubts = list_doubts(desk)
    assert find_next(desk, "") == (doubts[0], len(doubts) - 1, 0)
    assert find_next(desk, doubts[0].id)[0] == doubts[1]
    assert find_next(desk, doubts[-1].id) == (None, 0, len(doubts))
    assert "You are through" in client.get(f"/review?after={doubts[-1].id}").text


def test_an_empty_ledger_has_nothing_to_review(tmp_path: Any) -> None:
    desk = Desk.open(str(tmp_path / "empty.db"))
    assert list_doubts(desk) == [] and find_next(desk, "") == (None, 0, 0)
    desk.close()


def test_the_queue_is_walked_by_keyboard(page: Any, address: str, desk: Desk) -> None:
    page.goto(address + "/review")
    asked = [doubt.id for doubt in list_doubts(desk)]

    def press(key: str) -> str:
        with page.expect_navigation():
            page.keyboard.press(key)
        return str(page.locator("[name=item]").input_value())

    assert page.locator("[name=item]").input_value() == asked[0]
    assert press("y") == asked[1]
    assert press("s") == asked[2]
    assert press("n") == asked[3]
    assert press("u") == asked[2]
    standing = desk.ledger.judgements(standing=True)
    assert [(made.value, made.reason) for made in standing] == [("contradiction", CONFIRMED)]
    page.uncheck("#review-keys")
    page.keyboard.press("y")
    page.wait_for_timeout(300)
    assert page.locator("[name=item]").input_value() == asked[2]
    assert len(desk.ledger.judgements()) == 3
