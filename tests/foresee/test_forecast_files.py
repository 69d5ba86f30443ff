"""Files of forecasts in every dress and layout: the same forecasts come out."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_books import read

from sayso.foresee.forecast_files.cells import read_moment
from sayso.tables import load_toml

WHO = ("ana", 0.25), ("bo", 0.5)
LAYOUTS = Path(__file__).parent / "data" / "layouts"
PLAIN = "question,forecaster,probability,outcome\nferry,ana,0.25,1\nferry,bo,0.5,1\n"


@pytest.mark.parametrize(
    "content",
    [
        PLAIN,
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        PLAIN.encode("utf-16-le"),
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace(",", "\t"),
        PLAIN.replace(",", "|"),
        PLAIN.replace(",", ";").replace("0.", "0,"),
        PLAIN.replace("0.25", "25%").replace("0.5", "50 %"),
        PLAIN.replace("0.25", '"0,25"'),
        "sep=;\n" + PLAIN.replace(",", ";"),
        "\n\n" + PLAIN + "\n\n",
        "Outcome , Probability,QUESTION_ID,User Name\ntrue,.25,ferry,ana\nYes,5e-1,ferry,bo\n",
        '"outcome","p","question","user"\n"1","0.25","ferry","ana"\n"1","0.5","ferry","bo"\n',
        json.dumps([{"question": "ferry", "forecaster": w, "probability": p, "outcome": True} for w, p in WHO]),
        '{"question":"ferry","forecaster":"ana","probability":0.25,"outcome":1}\n'
        '{"question":"ferry","forecaster":"bo","probability":"50%","outcome":1.0}\n',
        '{"questions":[{"question":"ferry","outcome":"yes"}],"forecasts":['
        '{"question":"ferry","forecaster":"ana","probability":0.25},'
        '{"question":"ferry","forecaster":"bo","probability":0.5}]}',
    ],
    ids=range(17),
)
def test_one_file_in_many_dresses(content: str | bytes) -> None:
    shelf, problems, _ = read(("f", content))
    assert problems == []
    assert shelf.forecasters == ("ana", "bo")
    (book,) = shelf.books
    assert (book.question, book.kind, book.outcome) == ("ferry", "yes-no", 1)
    assert book.chances[:, 1].tolist() == pytest.approx([0.25, 0.5])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "empty"),
        (b"\xff\xfe", "empty"),
        ("{", "not JSON"),
        ('{"a": 1}', "JSON without a list of forecasts"),
        ("a,b\n1,2\n", "no column question; its columns are a, b"),
        ("question,forecaster,outcome2\nq,a,1\n", "no column probability and none outcome"),
        ("question,mood,weather,probability,outcome\nq,fine,wet,0.5,1\n", "no column forecaster"),
        ("question,question,forecaster\nq,q,a\n", "two columns are called question"),
        (b"PK\x03\x04 no zip", "a broken zip"),
        (b"\x1f\x8b no R", "no data of R"),
    ],
)
def test_files_that_are_none(content: str | bytes, said: str) -> None:
    shelf, problems, _ = read(("f.csv", content))
    assert not shelf.books
    assert said in problems[0]
    assert problems[0].startswith("f.csv")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("ferry,ana,1.5,1", "probability 1.5 is not between 0 and 1"),
        ("ferry,ana,75,1", "write 0.75 or 75%"),
        ("ferry,ana,-0.1,1", "not between 0 and 1"),
        ("ferry,ana,130%,1", "not between 0 and 1"),
        ("ferry,ana,nan,1", "'nan' is no number"),
        ("ferry,ana,likely,1", "'likely' is no number"),
        ("ferry,ana,,1", "no probability"),
        ("ferry,ana,0,5,1", "more cells than the 4 columns; put quotes around decimal commas"),
        ("ferry,,0.5,1", "no forecaster named for question ferry"),
        (",ana,0.5,1", "no question named"),
    ],
)
def test_a_row_that_cannot_be_is_named_with_its_line(row: str, said: str) -> None:
    shelf, problems, _ = read(("f.csv", PLAIN + row + "\n"))
    (problem,) = problems
    assert problem.startswith("f.csv:4: ")
    assert said in problem
    assert len(shelf.books[0].chances) == 2


def test_columns_that_mean_nothing_are_named() -> None:
    _, problems, notes = read(("f.csv", "mood," + PLAIN.replace("\n", "\nfine,").removesuffix("fine,")))
    assert problems == []
    assert notes == ["f.csv: columns not used: mood"]


@pytest.mark.parametrize(
    "words",
    [
        "2011-09-07T03:57:34Z",
        "2011-09-07 03:57:34",
        "2011-09-07 05:57:34+02:00",
        "9/7/2011 3:57:34",
        "7.9.11 03:57:34",
        "1315367854",
        "1315367854000",
        "7 Sep 2011 03:57:34 UTC",
        "Wed, 07 Sep 2011 03:57:34 GMT",
    ],
)
def test_one_moment_in_many_words(words: str) -> None:
    assert read_moment(words) == 1_315_367_854
    assert read_moment(words, end_of_day=True) == 1_315_367_854


@pytest.mark.parametrize("words", ["2011-09-07", "9/7/2011", "7.9.2011", "7 September 2011", "September 7, 2011"])
def test_a_day_is_its_beginning_or_its_end(words: str) -> None:
    assert read_moment(words) == 1_315_353_600
    assert read_moment(words, end_of_day=True) == pytest.approx(1_315_440_000, abs=1e-3)


def test_times_and_terms() -> None:
    text = (
        "question,forecaster,probability,outcome,time,opens,closes,resolved\n"
        "q,ana,0.5,1,2024-05-01,2024-04-01,2024-05-31,6/1/2024\n"
        "q,bo,0.5,1,1714521600,2024-04-01,2024-05-31,6/1/2024\n"
        "q,cy,0.5,1,2024-05-31T23:59:00Z,2024-04-01,2024-05-31,6/1/2024\n"
        "q,di,0.5,1,2024-06-01T00:00:00Z,2024-04-01,2024-05-31,6/1/2024\n"
        "q,ed,0.5,1,31.5.2024 12:00,2024-04-01,2024-05-31,6/1/2024\n"
        "q,fi,0.5,1,someday,2024-04-01,2024-05-31,6/1/2024\n"
    )
    shelf, problems, _ = read(("f.csv", text))
    assert problems == [
        "f.csv:7: 'someday' is no date or time such as 2025-02-01 or 2025-02-01T18:00Z",
        "f.csv:5: made after question q closed; left out",
    ]
    assert len(shelf.books[0].times) == 4


@pytest.mark.parametrize("turn", [1, -1])
def test_good_judgment_project(turn: int) -> None:
    files = [(path.name, path.read_bytes()) for path in sorted(LAYOUTS.glob("gjp-*.csv"))]
    shelf, problems, _ = read(*files[::turn])
    assert problems == []
    ferry, when = shelf.books
    assert (ferry.kind, ferry.options, ferry.outcome) == ("yes-no", ("b", "a"), 1)
    assert ferry.chances[:, 1].tolist() == pytest.approx([0.8, 0.6])
    assert (when.kind, when.ordered, when.outcome) == ("choice", True, 2)
    assert when.chances.tolist() == [pytest.approx([0.5, 0.3, 0.2])]
    assert shelf.skipped["void"] == 1


def test_metaculus_as_a_zip() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("README.md", "what it is")
        for path in sorted(LAYOUTS.glob("*_data.csv")):
            file.write(path, path.name)
    shelf, problems, notes = read(("export.zip", packed.getvalue()))
    assert problems == []
    assert notes == ["export.zip/forecast_data.csv: 1 aggregates left aside"]
    ferry, who = shelf.books
    assert (ferry.chances.tolist(), ferry.outcome) == ([pytest.approx([0.2, 0.8])], 1)
    assert (who.options, who.outcome) == (("Ana", "Bo, the elder", "nobody"), 2)
    (many,) = shelf.numbers
    assert many.quantiles[0, [0, 49, 98]].tolist() == pytest.approx([0.2, 10, 19.8])
    assert {k: n for k, n in shelf.skipped.items() if n} == {"void": 1, "unresolved": 1}


def test_metaculus_aggregates_alone_are_forecasters() -> None:
    questions, forecasts = ((LAYOUTS / f"{name}_data.csv").read_text("utf8") for name in ("question", "forecast"))
    alone = "".join(forecasts.splitlines(keepends=True)[:2])
    shelf, problems, _ = read(("q.csv", questions), ("f.csv", alone))
    assert (problems, shelf.forecasters) == ([], ("recency_weighted",))


def test_forecastbench() -> None:
    resolutions = [
        {
            "id": "m1",
            "source": "market",
            "direction": None,
            "resolution_date": "2024-09-01",
            "resolved_to": 1.0,
            "resolved": True,
        },
        {
            "id": "m2",
            "source": "market",
            "direction": None,
            "resolution_date": "2024-09-01",
            "resolved_to": 0.37,
            "resolved": False,
        },
        {
            "id": "d1",
            "source": "series",
            "direction": None,
            "resolution_date": "2024-08-01",
            "resolved_to": 0.0,
            "resolved": True,
        },
        {
            "id": "d1",
            "source": "series",
            "direction": None,
            "resolution_date": "2024-09-01",
            "resolved_to": 1.0,
            "resolved": True,
        },
        {
            "id": ["m1", "m2"],
            "source": "market",
            "direction": [1, -1],
            "resolution_date": "2024-09-01",
            "resolved_to": 0.0,
            "resolved": True,
        },
    ]
    forecasts = [
        {"id": "m1", "source": "market", "forecast": 0.9, "resolution_date": None, "reasoning": ""},
        {"id": "m2", "source": "market", "forecast": 0.9, "resolution_date": None, "reasoning": ""},
        {"id": "d1", "source": "series", "forecast": 0.2, "resolution_date": "2024-08-01", "reasoning": ""},
        {"id": "d1", "source": "series", "forecast": 0.7, "resolution_date": "2024-09-01", "reasoning": ""},
        {"id": ["m1", "m2"], "source": "market", "direction": [1, -1], "forecast": 0.1, "resolution_date": None},
        {"id": "m1", "source": "market", "forecast": 3, "resolution_date": None},
    ]
    due = {"forecast_due_date": "2024-07-21", "question_set": "s.json"}
    shelf, problems, _ = read(
        ("f.json", json.dumps({"organization": "Acme", "model": "oracle", **due, "forecasts": forecasts})),
        ("r.json", json.dumps({**due, "resolutions": resolutions})),
    )
    assert problems == ["f.json:6: probability 3 is not between 0 and 1; write 0.03 or 3%"]
    assert shelf.forecasters == ("Acme oracle",)
    told = {book.question: (round(float(book.chances[0, 1]), 3), book.outcome) for book in shelf.books}
    assert told == {
        "market/m1": (0.9, 1),
        "market/m1+m2/1,-1": (0.1, 0),
        "series/d1@2024-08-01": (0.2, 0),
        "series/d1@2024-09-01": (0.7, 1),
    }
    assert shelf.skipped["unresolved"] == 1


def test_aggrecat_counts_the_last_round() -> None:
    ratings = "round,paper_id,user_name,question,element,value,group\n" + "".join(
        f"round_{n},p1,{who},direct_replication,{element},{value},G\n"
        for n, who, element, value in [
            (1, "ana", "three_point_best", 10),
            (2, "ana", "three_point_best", 80),
            (2, "ana", "three_point_lower", 70),
            (2, "bo", "three_point_best", 60),
        ]
    )
    shelf, problems, notes = read(("r.csv", ratings), ("o.csv", "paper_id,outcome\np1,1\n"))
    assert problems == []
    assert notes == ["r.csv: 1 best guesses of earlier rounds than round_2 left aside"]
    assert shelf.books[0].chances[:, 1].tolist() == [0.8, 0.6]


def test_files_of_r(tmp_path: Path) -> None:
    rdata, pandas = pytest.importorskip("rdata"), pytest.importorskip("pandas")
    ratings = {"round": "round_2", "paper_id": "p1", "element": "three_point_best"}
    frames = {
        "ratings": pandas.DataFrame([{**ratings, "user_name": "ana", "value": 80.0}, {**ratings, "user_name": "bo"}]),
        "outcomes": pandas.DataFrame([{"paper_id": "p1", "outcome": 1.0}]),
    }
    with pandas.option_context("mode.string_storage", "python"):  # rdata writes no strings of pyarrow.
        for name, frame in frames.items():
            words = {column: "str" for column in frame if frame[column].dtype != float}
            rdata.write_rda(tmp_path / f"{name}.rda", {name: frame.astype(words)})
    shelf, problems, _ = read(*((f"{name}.rda", (tmp_path / f"{name}.rda").read_bytes()) for name in frames))
    assert problems == ["ratings.rda:ratings:2: '' is no number"]
    assert (shelf.books[0].chances[0, 1], shelf.books[0].outcome) == (0.8, 1)


def test_the_names_of_columns_are_each_of_one_column() -> None:
    names = [name for names in load_toml("forecast_columns.toml").values() if isinstance(names, list) for name in names]
    assert len(names) == len(set(names))
    assert all(name == name.lower().replace("_", " ") for name in names)
    words = [word for words in load_toml("forecast_columns.toml")["outcomes"].values() for word in words]
    assert len(words) == len(set(words))


@given(st.binary(max_size=300))
def test_no_bytes_break_it(content: bytes) -> None:
    read(("f", content))


CELL = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(["0.5", "1", "0", "", "void", "25%", "yes"])


@given(st.lists(st.lists(CELL, min_size=8, max_size=8), max_size=8))
def test_no_cells_break_it(rows: list[list[str]]) -> None:
    import csv

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow("question forecaster probability outcome option time closes resolved".split())
    writer.writerows(rows)
    shelf, _, _ = read(("f.csv", out.getvalue()))
    for book in shelf.books:
        assert book.chances.sum(axis=1) == pytest.approx(1)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=5),
        lambda x: (
            st.lists(x)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "question",
                        "forecaster",
                        "probability",
                        "outcome",
                        "forecasts",
                        "questions",
                        "resolutions",
                        "model",
                        "id",
                        "option",
                        "options",
                    ]
                ),
                x,
            )
        ),
        max_leaves=20,
    )
)
def test_no_json_breaks_it(document: object) -> None:
    read(("f.json", json.dumps(document)))
