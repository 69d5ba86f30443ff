"""What platforms let people take away: PredictionBook, Fatebook, Manifold, Cultivate."""

import io
import json
import zipfile

import pytest
from small_books import read

PREDICTIONBOOK = (
    "question_id,user_id,team_id,probability,answer_option,timestamp,outcome,open_time,close_time,resolve_time,"
    "time_open,n_opts,options,q_status,q_type\n"
)
LEGEND = '"(0) No, (1) Yes, (-1) Ambiguous, (None) Still open"'


def tell(question: int, who: str, chance: float, day: str, outcome: str, status: str = "resolved") -> str:
    return (
        f"{question},{who},0.0,{chance},1,{day} 03:46:16+00:00,{outcome},2015-01-01 00:00:00+00:00,"
        f"2015-02-01 00:00:00+00:00,2015-03-01 00:00:00+00:00,31 days,2.0,{LEGEND},{status},0.0\n"
    )


def test_predictionbook() -> None:
    text = PREDICTIONBOOK + "".join(
        [
            tell(1, "ana", 0.7, "2015-01-02", "1.0"),
            tell(1, "", 0.4, "2015-02-20", "1.0"),
            tell(1, "bo", 0.9, "2015-03-20", "1.0"),
            tell(2, "bo", 0.1, "2015-01-02", "0.0"),
            tell(3, "bo", 0.1, "2015-01-02", "-1.0", "ambiguous"),
            tell(4, "bo", 0.1, "2015-01-02", "", "open"),
        ]
    )
    shelf, problems, _ = read(("public.csv", text))
    assert problems == []
    assert [(book.kind, book.outcome, len(book.chances)) for book in shelf.books] == [
        ("yes-no", 1, 3),
        ("yes-no", 0, 1),
    ]
    assert shelf.books[0].chances[:, 1].tolist() == [0.7, 0.4, 0.9]
    assert (shelf.skipped["ambiguous"], shelf.skipped["unresolved"]) == (1, 1)


def test_a_zip_with_what_other_systems_add() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("public.csv", PREDICTIONBOOK + tell(1, "ana", 0.7, "2015-01-02", "1.0"))
        file.writestr("__MACOSX/._public.csv", b"\x00\x05\x16\x07")
    shelf, problems, _ = read(("public.csv.zip", packed.getvalue()))
    assert (problems, len(shelf.books)) == ([], 1)


def test_fatebook() -> None:
    head = (
        "Question title,Multiple choice option,Forecast created by,Forecast (scale = 0-1),Forecast created at,"
        "Question created by,Question created at,Question resolve by,Resolution,Resolved at\n"
    )
    text = head + "".join(
        f'"{title}",{option},{who},{p},2024-03-0{day} 10:00:00,ana,2024-03-01 10:00:00,2024-03-02,{end},2024-04-01\n'
        for title, option, who, p, day, end in [
            ("Will it snow, at last?", "", "ana", 0.2, 2, "NO"),
            ("Will it snow, at last?", "", "bo", 0.4, 5, "NO"),
            ("Who chairs?", "Lund", "ana", 0.6, 2, "YES"),
            ("Who chairs?", "Mora", "ana", 0.3, 3, "NO"),
            ("Strike?", "", "ana", 0.3, 3, "AMBIGUOUS"),
            ("Flood?", "", "ana", 0.3, 3, "OTHER"),
            ("Fair?", "", "ana", 0.3, 3, ""),
        ]
    )
    shelf, problems, _ = read(("fatebook.csv", text))
    assert problems == []
    assert {book.question: (book.outcome, book.chances[:, 1].tolist()) for book in shelf.books} == {
        "Will it snow, at last?": (0, [0.2, 0.4]),
        "Who chairs?: Lund": (1, [0.6]),
        "Who chairs?: Mora": (0, [0.3]),
    }
    assert (shelf.skipped["ambiguous"], shelf.skipped["unresolved"]) == (2, 1)


BETS = [
    {
        "id": "b1",
        "contractId": "m1",
        "userId": "u1",
        "amount": 40,
        "probBefore": 0.5,
        "probAfter": 0.8,
        "outcome": "NO",
    },
    {
        "id": "b2",
        "contractId": "m1",
        "userId": "u2",
        "amount": 5,
        "probBefore": 0.8,
        "probAfter": 0.6,
        "outcome": "YES",
    },
    {"id": "b3", "contractId": "m1", "userId": "u1", "amount": -3, "probAfter": 0.6, "isRedemption": True},
    {"id": "b4", "contractId": "m1", "userId": "u3", "amount": 0, "probAfter": 0.6, "isFilled": False},
    {"id": "b5", "contractId": "m2", "userId": "u3", "amount": 9, "probAfter": 0.3, "outcome": "YES"},
]
MARKETS = [
    {"id": "m1", "creatorId": "u9", "question": "Tunnel?", "outcomeType": "BINARY", "resolution": "YES"},
    {"id": "m2", "creatorId": "u9", "question": "Rain?", "outcomeType": "BINARY", "resolution": "CANCEL"},
]


@pytest.mark.parametrize("inside", [False, True])
def test_manifold_with_its_markets(inside: bool) -> None:
    bets = [bet | {"createdTime": 1_700_000_000_000 + n} for n, bet in enumerate(BETS)]
    files = [("bets.json", json.dumps(bets)), ("markets.json", json.dumps(MARKETS))]
    if inside:
        own = [market | {"bets": [b for b in bets if b["contractId"] == market["id"]]} for market in MARKETS]
        files = [("markets.json", json.dumps(own))]
    shelf, problems, notes = read(*files)
    assert problems == []
    (book,) = shelf.books
    assert (book.outcome, book.chances[:, 1].tolist()) == (1, [0.8, 0.6])
    assert shelf.skipped["void"] == 1
    assert any("2 bets that are nobody's forecast left aside" in note for note in notes)


def test_the_side_of_a_bet_is_no_outcome() -> None:
    shelf, _, _ = read(("bets.json", json.dumps(BETS)))
    assert not shelf.books
    assert shelf.skipped["unresolved"] == 2


def test_an_answer_of_a_market_is_a_question() -> None:
    rows = [{**BETS[0], "answerId": answer, "resolution": end} for answer, end in (("x", "NO"), ("y", "YES"))]
    shelf, problems, _ = read(("bets.json", json.dumps(rows)))
    assert problems == []
    assert [(book.question, book.outcome) for book in shelf.books] == [("m1/x", 0), ("m1/y", 1)]


CULTIVATE = (
    "prediction set id,membership guid,question id,question name,answer id,answer name,answer resolved probability,"
    "prediction set created at,made after correctness known,forecasted probability\n"
)


def test_cultivate() -> None:
    text = CULTIVATE + "".join(
        f"{n},{who},7,{question},{n},{answer},{end},2024-0{month}-02 10:00:00 UTC,{late},{p}\n"
        for n, (who, question, answer, end, month, late, p) in enumerate(
            [
                ("ana", "Tunnel?", "Yes", "1.0", 3, "false", 0.7),
                ("ana", "Tunnel?", "No", "0.0", 3, "false", 0.3),
                ("bo", "Tunnel?", "Yes", "1.0", 5, "true", 1.0),
                ("bo", "Tunnel?", "No", "0.0", 5, "true", 0.0),
                ("bo", "Harvest?", "poor", "0.0", 3, "false", 0.2),
                ("bo", "Harvest?", "fair", "1.0", 3, "false", 0.5),
                ("bo", "Harvest?", "good", "0.0", 3, "false", 0.3),
                ("bo", "Fair?", "Yes", "", 3, "false", 0.3),
                ("bo", "Split?", "Yes", "0.5", 3, "false", 0.3),
            ]
        )
    )
    shelf, problems, notes = read(("sets.csv", text))
    assert problems == []
    found = {book.question: (book.options[book.outcome], book.chances.tolist()) for book in shelf.books}
    assert found["Tunnel?"][0].lower() == "yes"
    assert found["Tunnel?"][1] == [[0.3, 0.7]]
    assert found["Harvest?"] == ("fair", [[0.5, 0.3, 0.2]])
    assert (shelf.skipped["unresolved"], shelf.skipped["ambiguous"]) == (1, 1)
    assert any("2 forecasts made after the answer was known" in note for note in notes)


def test_cultivate_with_a_sheet_of_answers() -> None:
    said = (
        "question id,answer id,answer name,membership guid,forecasted probability,prediction set created at\n"
        + "".join(
            f"7,{n},{answer},ana,{p},2024-03-02\n" for n, (answer, p) in enumerate([("poor", 0.2), ("fair", 0.8)])
        )
    )
    asked = "question id,answer id,answer name,answer resolved probability\n7,0,poor,0.0\n7,1,fair,1.0\n"
    shelf, problems, _ = read(("said.csv", said), ("asked.csv", asked))
    assert problems == []
    (book,) = shelf.books
    assert (book.options[book.outcome], book.chances.tolist()) == ("fair", [[0.8, 0.2]])


RESPONSES = [
    {
        "id": 1,
        "description": "The ferry runs by May",
        "deadline": "2020-01-02T00:00:00Z",
        "outcome": True,
        "responses": [
            {"confidence": 80, "created_at": "2020-01-02T00:00:00Z", "user_id": 1},
            {"confidence": 1, "created_at": "2020-03-03T00:00:00Z", "user_id": 2},
            {"comment": "only words", "confidence": None, "user_id": 2},
        ],
    },
    {"id": 2, "description": "The dam holds", "outcome": None, "responses": [{"confidence": 5, "user_id": 2}]},
    {
        "id": 3,
        "description": "Snow",
        "withdrawn": True,
        "outcome": False,
        "responses": [{"confidence": 5, "user_id": 2}],
    },
]
SAID = [
    {"forecast": "0.7", "createdAt": "2025-01-02T10:00:00Z", "user": {"id": "u1", "name": "ana"}},
    {"forecast": "0.1", "createdAt": "2025-01-03T10:00:00Z", "user": {"id": "u2", "name": "jo"}},
]


def test_predictionbooks_responses_within_their_predictions() -> None:
    shelf, problems, _ = read(("predictions.json", json.dumps(RESPONSES)))
    assert problems == []
    assert [(book.outcome, book.chances[:, 1].tolist()) for book in shelf.books] == [(1, [0.8, 0.01])]
    assert (shelf.skipped["unresolved"], shelf.skipped["void"]) == (1, 1)


@pytest.mark.parametrize("wrap", [lambda q: q, lambda q: [q], lambda q: {"items": [q]}, lambda q: {"questions": [q]}])
def test_forecasts_within_their_questions(wrap) -> None:
    question = {"id": "q1", "title": "Harbour freezes", "resolution": "NO", "forecasts": SAID}
    shelf, problems, _ = read(("questions.json", json.dumps(wrap(question))))
    assert problems == []
    (book,) = shelf.books
    assert (book.question, book.outcome, book.chances[:, 1].tolist()) == ("Harbour freezes", 0, [0.7, 0.1])


def test_predictionbook_a_row_each() -> None:
    text = (
        "prediction_id,description,creator,confidence,responder,created_at,deadline,outcome\n"
        "1,Ferry,ana,1,ana,2020-01-02,2020-05-01,right\n1,Ferry,ana,40,bo,2020-06-03,2020-05-01,right\n"
        "2,Dam,bo,,bo,2020-01-03,2020-05-01,wrong\n"
    )
    shelf, problems, _ = read(("rows.csv", text))
    assert (problems, shelf.books[0].chances[:, 1].tolist()) == ([], [0.01, 0.4])
    assert len(shelf.forecasters) == 2


def test_manifold_by_names_in_words_and_by_answers() -> None:
    text = (
        "Market,Username,Side,Amount,Prob before,Prob after,Created time,Resolution\n"
        "Rain?,ana,YES,50,50%,70%,2025-02-04 10:00,NO\nRain?,jo,NO,20,70%,60%,2025-02-04 11:00,NO\n"
    )
    shelf, problems, _ = read(("bets.csv", text))
    assert problems == []
    assert (shelf.books[0].outcome, shelf.books[0].chances[:, 1].tolist()) == (0, [0.7, 0.6])
    text = (
        "contractId,answerId,userId,outcome,amount,probBefore,probAfter,resolution\n"
        "c,north,u1,YES,50,0.3,0.4,south\nc,south,u2,NO,20,0.7,0.6,south\nc,east,u2,NO,20,0.7,0.6,MKT\n"
    )
    shelf, problems, _ = read(("answers.csv", text))
    assert (problems, shelf.skipped["ambiguous"]) == ([], 1)
    assert {book.question: book.outcome for book in shelf.books} == {"c/north": 0, "c/south": 1}


def test_a_cultivate_site_in_three_files() -> None:
    head = "id,created_at,membership_username,question_id,question_name,answer_id,answer_name,forecasted_probability\n"
    made = head + "".join(
        f"{n},2023-01-02T10:00:00Z,ana,{question},Q{question}?,{answer},{name},{p}\n"
        for n, (question, answer, name, p) in enumerate(
            [(11, 31, "Yes", 0.35), (11, 32, "No", 0.65), (12, 33, "Yes", 0.5), (12, 34, "No", 0.5)]
        )
    )
    questions = "id,name,ends_at,resolved_at,voided\n11,Q11?,2023-03-01,2023-03-01,false\n12,Q12?,2023-03-01,,true\n"
    answers = "id,name,question_id,resolved_probability,probability\n31,Yes,11,0,0.3\n32,No,11,1,0.7\n33,Yes,12,,0.5\n"
    files = [("made.csv", made), ("questions.csv", questions), ("answers.csv", answers)]
    for order in (files, files[::-1]):
        shelf, problems, _ = read(*order)
        assert problems == []
        (book,) = shelf.books
        assert (book.question, book.outcome, book.chances[:, 1].tolist()) == ("11", 0, [0.35])
        assert shelf.skipped["void"] == 1
