"""What columns mean and what they are written in is decided for a whole column, never for a cell."""

import pytest
from small_books import read

from sayso.foresee.forecast_files.columns import match_columns, strip_head
from sayso.foresee.forecast_files.layouts import read_codes
from sayso.foresee.forecast_files.scales import find_day_order, is_in_percent
from sayso.foresee.scoring.shelves import Shelf

HEAD = "question,forecaster,probability,outcome\n"


def chances(shelf: Shelf) -> list[float]:
    return [row[1] for book in shelf.books for row in book.chances.tolist()]


@pytest.mark.parametrize(
    ("head", "cells", "percent"),
    [
        ("p", ["60", "1", "0", "35"], True),
        ("p", ["0.6", "1", "0"], False),
        ("p", ["1", "0", "1"], False),
        ("p", ["60", "35", "0.5"], True),
        ("p", ["0.2", "0.7", "60"], False),
        ("p", ["60%", "12%"], False),
        ("p", ["60%", "0.4"], False),
        ("p (%)", ["1", "0", "1"], True),
        ("p in percent", ["12,5", "3"], True),
        ("p (0 100)", ["1"], True),
        ("p (scale = 0 1)", ["1", "60"], False),
        ("p", [], False),
    ],
)
def test_per_cent_is_of_a_column(head: str, cells: list[str], percent: bool) -> None:
    assert is_in_percent(head, cells) is percent


@pytest.mark.parametrize(("head", "cells"), [("p", ["60", "0.4"]), ("p (%)", ["0.6", "0.4"]), ("p", ["60%", "1"])])
def test_a_column_that_mixes_scales_is_refused(head: str, cells: list[str]) -> None:
    with pytest.raises(ValueError, match="column p"):
        is_in_percent(head, cells)


def test_a_mixed_column_scores_nothing() -> None:
    shelf, problems, _ = read(("f.csv", HEAD + "tunnel,ana,60,1\ntunnel,bo,0.4,1\n"))
    assert not shelf.books
    (problem,) = problems
    assert problem.startswith("f.csv: column probability mixes")


def test_one_per_cent_is_not_certainty() -> None:
    shelf, problems, _ = read(("f.csv", HEAD + "tunnel,ana,1,0\ntunnel,bo,90,0\n"))
    assert (problems, chances(shelf)) == ([], [0.01, 0.9])


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["03/04/2024", "14/04/2024"], True),
        (["03/04/2024", "04/14/2024 10:00 PM"], False),
        (["03-04-24", "14-04-24"], True),
        (["01/03/2024", "02/03/2024", "01/04/2024"], True),
        (["03/01/2024", "03/02/2024", "04/01/2024"], False),
        (["03/04/2024"], None),
        (["2024-04-03", "3.4.2024"], None),
    ],
)
def test_the_day_is_first_or_second_in_a_whole_column(cells: list[str], order: bool | None) -> None:
    assert find_day_order("time", cells) is order


def test_columns_of_days_go_each_by_itself_and_else_by_the_others() -> None:
    text = (
        "question,forecaster,probability,outcome,time,opens,resolved\n"
        "q,ana,0.5,1,03/02/2024,01/02/2024,12/31/2024\n"
        "q,bo,0.6,1,14/02/2024,01/02/2024,12/31/2024\n"
    )
    shelf, problems, notes = read(("f.csv", text))
    assert problems == []
    assert shelf.books[0].times.tolist() == [1706918400, 1707868800]
    assert notes == ["f.csv: nothing tells whether the days of opens have the day or the month first; read month first"]


def test_a_column_that_contradicts_itself_leaves_its_days_out() -> None:
    text = "question,forecaster,probability,outcome,time\nq,ana,0.5,1,13/02/2024\nq,bo,0.6,1,02/14/2024\n"
    shelf, problems, _ = read(("f.csv", text))
    assert problems == [
        "f.csv: column time has days both day first and month first; write them as 2025-02-01",
    ]
    assert chances(shelf) == [0.5, 0.6]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("(0) No, (1) Yes, (-1) Ambiguous", {"0": "No", "1": "Yes", "-1": "Ambiguous"}),
        ("(a) June, (b) July, (c) later, if ever", {"a": "June", "b": "July", "c": "later, if ever"}),
        ("0 = No; 1 = Yes", {"0": "No", "1": "Yes"}),
        ("June; July", {}),
        ("No, Yes (by law)", {}),
        ("(0) No", {}),
        ("", {}),
    ],
)
def test_options_with_codes(words: str, codes: dict[str, str]) -> None:
    assert read_codes(words) == codes


def test_codes_of_options_name_option_and_outcome() -> None:
    text = "question;forecaster;probability;option;outcome;options\n" + "".join(
        f"harvest;{who};{p};{option};2.0;(1) poor, (2) fair, (3) good, (0) still open\n"
        for who, option, p in [("ana", 1, 0.2), ("ana", 2, 0.7), ("ana", 3, 0.1)]
    )
    shelf, problems, _ = read(("f.csv", text))
    assert problems == []
    (book,) = shelf.books
    assert (book.options, book.outcome) == (("poor", "fair", "good"), 1)
    assert book.chances[0] == pytest.approx([0.2, 0.7, 0.1])


@pytest.mark.parametrize(
    ("head", "bare"),
    [("chance (%)", "chance"), ("came true?", "came true"), ("probability in percent", "probability"), ("p", "p")],
)
def test_a_head_without_its_unit(head: str, bare: str) -> None:
    assert strip_head(head) == bare


def test_an_answer_is_an_option_where_the_outcome_has_a_column() -> None:
    matched, _ = match_columns(["question", "answer", "user", "probability", "resolution"])
    assert (matched["option"], matched["outcome"]) == ("answer", "resolution")
    assert match_columns(["question", "answer"])[0]["outcome"] == "answer"


def test_what_a_bet_was_on_is_no_outcome_beside_a_resolution() -> None:
    assert match_columns(["question", "outcome", "resolution"])[0]["outcome"] == "resolution"


@pytest.mark.parametrize(
    "text",
    [
        "Matter;Seer;Guess;Ended\nThe tunnel opens;ana;25%;yes\nThe tunnel opens;bo;50%;yes\nRain at noon;bo;10 %;no\n",
        "Seer\tMatter\tHow sure (%)\tIn the end\n"
        "ana\tThe tunnel opens\t25\tTrue\nbo\tThe tunnel opens\t50\tTrue\nbo\tRain at noon\t10\tFalse\n",
    ],
)
def test_a_sheet_kept_by_hand_is_understood_by_what_it_holds(text: str) -> None:
    shelf, problems, notes = read(("f.csv", text))
    assert problems == []
    assert shelf.forecasters == ("ana", "bo")
    assert {book.question: book.outcome for book in shelf.books} == {"The tunnel opens": 1, "Rain at noon": 0}
    assert sorted(chances(shelf)) == [0.1, 0.25, 0.5]
    assert any("is taken for question, by what it holds" in note for note in notes)


def test_a_sheet_without_forecasters_is_one_persons() -> None:
    text = "Prediction,Confidence,Happened?\nThe tunnel opens,70%,ja\nRain at noon,5%,nein\n"
    shelf, problems, notes = read(("f.csv", text))
    assert problems == []
    assert chances(shelf) == [0.05, 0.7]
    assert "f.csv: no column forecaster; all forecasts are taken for one forecaster's" in notes


def test_an_answer_may_be_marked_as_correct() -> None:
    text = "Question,Answer,User,Forecast,Correct\nWho?,Lund,ana,20,0\nWho?,Mora,ana,80,1\n"
    shelf, problems, _ = read(("f.csv", text))
    assert problems == []
    assert [(book.options, book.outcome, book.chances.tolist()) for book in shelf.books] == [
        (("Lund", "Mora"), 1, [[0.2, 0.8]])
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("question,ana,bo,outcome\nThe tunnel opens,60,30,1\nRain at noon,5,,0\n", [0.05, 0.3, 0.6]),
        ("question,forecaster,yes,no,outcome\nThe tunnel opens,ana,0.6,0.4,1\n", [0.6]),
    ],
)
def test_forecasters_and_options_may_be_columns(text: str, said: list[float]) -> None:
    shelf, problems, _ = read(("f.csv", text))
    assert problems == []
    assert sorted(round(chance, 9) for chance in chances(shelf)) == said
    assert shelf.forecasters in (("ana", "bo"), ("ana",))


def test_what_could_be_two_things_is_not_guessed() -> None:
    text = "Matter,Seer,First,Second,Ended\nThe tunnel opens,ana,0.2,0.4,yes\n"
    shelf, _, notes = read(("f.csv", text))
    assert not shelf.books
    assert "f.csv: columns not used: first, second" in notes


def test_lists_of_probabilities_in_the_order_of_the_options() -> None:
    questions = '[{"problem_id": "9", "title": "x", "options": ["red", "blue"], "correct_answer": "blue"}]'
    said = '[{"problem_id": "9", "username": "ana", "timestamp": "2024-02-06T05:44:32Z", "prediction": [0.3, 0.7]}]'
    shelf, problems, _ = read(("said.json", said), ("asked.json", questions))
    assert problems == []
    (book,) = shelf.books
    assert (book.options[book.outcome], book.chances.tolist()) == ("blue", [[0.3, 0.7]])


def test_codes_may_stand_right_before_their_options() -> None:
    rows = "".join(f"Who?,ana,{code},{p},2,1=Rossi|2=Bianchi|3=Verdi\n" for code, p in ((1, 20), (2, 50), (3, 30)))
    shelf, problems, _ = read(("codes.csv", "question,forecaster,option,probability,outcome,options\n" + rows))
    assert (problems, shelf.books[0].options[shelf.books[0].outcome]) == ([], "Bianchi")
    assert shelf.books[0].chances.tolist() == [[0.2, 0.5, 0.3]]


@pytest.mark.parametrize("above", ["My forecasts;;;\n", "Forecasts of the winter\n", "Winter;;\n;;;\n\n"])
def test_a_title_above_the_header_is_passed_over_and_lines_count_from_the_top(above: str) -> None:
    text = above + "Question;Forecaster;Probability;Outcome\nFerry;ana;70%;Yes\nFerry;jo;170%;Yes\n"
    shelf, problems, _ = read(("sheet.csv", text))
    assert shelf.books[0].chances[:, 1].tolist() == [0.7]
    (problem,) = problems
    assert problem.startswith(f"sheet.csv:{above.count(chr(10)) + 3}: ")


@pytest.mark.parametrize(
    ("heads", "yes", "no"),
    [
        ("Frage;Wer;Wahrscheinlichkeit;Eingetreten;Datum", "ja", "nein"),
        ("Pregunta;Quién;Probabilidad;Resultado;Fecha", "sí", "no"),
    ],
)
def test_heads_in_other_languages(heads: str, yes: str, no: str) -> None:
    text = f"{heads}\nFähre;ana;0,7;{yes};13.02.2025\nFähre;jo;0,4;{yes};14.02.2025\nStreik;ana;0,05;{no};01.03.2025\n"
    shelf, problems, notes = read(("sheet.csv", text))
    assert (problems, notes) == ([], [])
    assert [book.chances[:, 1].tolist() for book in shelf.books] == [[0.7, 0.4], [0.05]]
    assert shelf.books[0].times[1] - shelf.books[0].times[0] == 86400


def test_a_column_of_a_known_name_is_not_taken_for_another_thing() -> None:
    head = "Question ID,Question Title,Resolution,My guess,Made on\n"
    text = head + "5,Rain?,yes,80%,2025-01-02\n6,Snow?,no,30%,2025-01-02\n"
    shelf, problems, notes = read(("mine.csv", text))
    assert problems == [] and [len(set(book.forecasters)) for book in shelf.books] == [1, 1]
    assert not any("taken for forecaster," in note or "made on" in note for note in notes)


def test_resolved_says_how_where_nothing_else_does() -> None:
    text = "Question,Name,Forecast 0-100,Resolved\nQ1,ana,1,yes\nQ2,jo,50,no\n"
    shelf, problems, notes = read(("sheet.csv", text))
    assert problems == [] and any("resolved is taken for outcome" in note for note in notes)
    assert {book.question: (book.outcome, book.chances[0, 1]) for book in shelf.books} == {
        "Q1": (1, 0.01),
        "Q2": (0, 0.5),
    }


def test_a_row_without_a_probability_says_so() -> None:
    _, problems, _ = read(("q.csv", "question,forecaster,probability,outcome\nQ1,ana,,1\nQ1,jo,0.4,1\n"))
    assert problems == ["q.csv:2: no probability"]


@pytest.mark.parametrize(
    ("yes", "no"), [("sì", "no"), ("да", "нет"), ("evet", "hayır"), ("✓", "✗"), ("100%", "0%"), ("はい", "いいえ")]
)
def test_how_questions_ended_in_other_words(yes: str, no: str) -> None:
    shelf, problems, _ = read(("f.csv", f"{HEAD}tunnel,ana,0.7,{yes}\nbridge,ana,0.1,{no}\n"))
    ended = {book.question: (float(book.chances[0][1]), book.outcome) for book in shelf.books}
    assert (problems, ended) == ([], {"tunnel": (0.7, 1), "bridge": (0.1, 0)})


@pytest.mark.parametrize("ended", ["Resolved", "Outcome"])
@pytest.mark.parametrize("note", ["", "seen on site"])
def test_a_column_each_with_signs_and_notes(ended: str, note: str) -> None:
    text = f"Question,{ended},ana,bo,Notes\ntunnel,Yes,70%,40%,{note}\nbridge,No,10%,20%,\n"
    shelf, problems, _ = read(("f.csv", text))
    assert problems == [] and sorted(chances(shelf)) == [0.1, 0.2, 0.4, 0.7]


def test_days_as_spreadsheets_count_them() -> None:
    text = "question,forecaster,probability,outcome,time\ntunnel,ana,0.9,1,45690\ntunnel,bo,0.2,1,45691.5\n"
    shelf, problems, _ = read(("f.csv", text))
    assert problems == [] and len(chances(shelf)) == 2


def test_fatebook_in_per_cent() -> None:
    head = "Question title,Forecast created by,Forecast (scale = 0-100),Forecast created at,Resolution,Resolved at\n"
    rows = "Tunnel,ana,70,2025-01-02T10:00:00Z,YES,2025-06-01T00:00:00Z\n"
    rows += "Bridge,ana,1,2025-01-02T10:00:00Z,NO,2025-06-01T00:00:00Z\n"
    shelf, problems, _ = read(("f.csv", head + rows))
    assert (problems, sorted(chances(shelf))) == ([], [0.01, 0.7])
