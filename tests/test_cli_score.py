"""The command that scores forecasts: of files, and of the ledger."""

import json
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.foresee.questions.bodies import body_of
from sayso.ledger import open_ledger
from sayso.record import Forecast, Question, Resolution

RUNNER = CliRunner()
FERRY = "question,forecaster,probability,outcome,time\nferry,ana,0.8,1,2024-05-01\nferry,bo,0.6,1,2024-05-02\n"


def run(*words, **env):
    result = RUNNER.invoke(app, [str(w) for w in words], env={"SAYSO_ANALYST": "", "COLUMNS": "200", **env})
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def ferry(tmp_path):
    path = tmp_path / "ferry.csv"
    path.write_text(FERRY, encoding="utf8")
    return path


def test_the_contract(ferry):
    status, out, _ = run("score", ferry, "--format", "json")
    sheet = json.loads(out)
    assert status == 0
    assert (sheet["n_forecasts"], sheet["n_questions"]) == (2, 1)
    names = {
        "individual_mean",
        "mean_aggregate",
        "median_aggregate",
        "geometric_odds_aggregate",
        "extremised_aggregate",
    }
    for score in ("brier", "log"):
        assert names <= sheet[score].keys()
        assert all(isinstance(sheet[score][name], float) for name in names)
    assert {"low", "high", "n", "mean_forecast", "frequency"} <= sheet["calibration"][0].keys()
    assert [one["forecaster"] for one in sheet["forecasters"]] == ["ana", "bo"]


@pytest.mark.parametrize("show", ["summary", "forecasters", "questions", "calibration", "line"])
@pytest.mark.parametrize("format", ["table", "json", "jsonl", "csv"])
def test_every_part_in_every_format(ferry, show, format):
    status, out, _ = run("score", ferry, "--show", show, "--format", format)
    assert status == 0
    assert out.strip()
    if format.startswith("json"):
        assert json.loads(out.splitlines()[0])


def test_a_bad_row_is_named_and_the_rest_scored(ferry):
    ferry.write_text(FERRY + "ferry,cy,1.4,1,\n", encoding="utf8")
    status, out, err = run("score", ferry, "--format", "json")
    assert (status, json.loads(out)["n_forecasts"]) == (1, 2)
    assert f"{ferry}:4: probability 1.4 is not between 0 and 1" in err


def test_standard_input():
    result = RUNNER.invoke(app, ["score", "-", "-f", "json"], input=FERRY)
    assert json.loads(result.stdout)["n_forecasts"] == 2


def test_wrong_usage(ferry, tmp_path):
    assert run("score", ferry, "--show", "everything")[0] == 2
    assert run("score", ferry, "--format", "yaml")[0] == 2
    assert run("score", ferry, "--ledger", tmp_path / "l.db")[0] == 2
    assert run("score", ferry, "--fewest", "0")[0] == 2


def test_a_file_that_is_not_there(tmp_path):
    status, _, err = run("score", tmp_path / "none.csv")
    assert status == 1
    assert "No such file" in err


def test_nothing_resolved(ferry):
    ferry.write_text(FERRY.replace(",1,", ",,"), encoding="utf8")
    status, out, _ = run("score", ferry, "--format", "json")
    sheet = json.loads(out)
    assert (status, sheet["n_questions"], sheet["skipped"]["unresolved"]) == (1, 0, 1)
    assert sheet["brier"]["mean_aggregate"] is None
    for show in ("summary", "forecasters", "questions", "calibration", "line"):
        assert run("score", ferry, "--show", show)[0] == 1


def when(day: int) -> datetime:
    return datetime(2024, 5, day, tzinfo=UTC)


@pytest.fixture
def kept(tmp_path):
    path = tmp_path / "story.db"
    with open_ledger(str(path)) as ledger:

        def ask(text, *forecasts, outcome="", **terms):
            question = Question(text=text, opens=when(1), closes=when(20), **terms)
            asked = ledger.assess("question", body_of(question), by="ana", at=when(1))
            for day, who, said in forecasts:
                one = Forecast(question=asked.id, forecaster=who, at=when(day), version=asked.id, **said)
                ledger.assess("forecast", body_of(one), by=who, about=asked.id, at=when(day))
            if outcome:
                end = Resolution(question=asked.id, outcome=outcome, by="ana", at=when(25), version=asked.id)
                ledger.assess("resolution", body_of(end), by="ana", about=asked.id, at=when(25))

        ask("Ferry?", (2, "bo", {"probability": 0.8}), (3, "cy", {"probability": 0.6}), outcome="yes")
        ask("Rain?", (2, "bo", {"probability": 0.8}))
        ask("Snow?", (2, "bo", {"probability": 0.8}), outcome="void")
        shares = {"probabilities": (("mayor", 0.7), ("king", 0.3))}
        ask("Who?", (2, "bo", shares), kind="choice", options=("mayor", "king"), outcome="king")
        day = datetime(2024, 5, 10).toordinal()
        ask("When?", (2, "bo", {"quantiles": ((0.5, day),)}), kind="date", outcome="2024-05-12")
        ask("How many?", (2, "bo", {"quantiles": ((0.1, 3), (0.9, 8))}), kind="number", outcome="7")
    return path


def test_the_ledgers_forecasts(kept):
    status, out, err = run("score", "--ledger", kept, "--format", "json")
    sheet = json.loads(out)
    assert status == 0, err
    assert (sheet["n_forecasts"], sheet["n_questions"]) == (5, 4)
    assert {why: n for why, n in sheet["skipped"].items() if n} == {"unresolved": 1, "void": 1}
    rows = {row["question"]: row for row in sheet["questions"]}
    assert rows["Ferry?"]["brier"]["mean_aggregate"] == pytest.approx(0.09)
    assert rows["Who?"]["brier"]["mean_aggregate"] == pytest.approx(0.49)
    assert (rows["When?"]["outcome"], rows["When?"]["crps"]["individual_mean"]) == ("2024-05-12", pytest.approx(2))


def test_as_of_before_the_resolution_nothing_is_scored(kept):
    sheet = json.loads(run("score", "--ledger", kept, "--as-of", "2024-05-24", "--format", "json")[1])
    assert (sheet["n_questions"], sheet["skipped"]["unresolved"]) == (0, 6)


def test_what_the_ledger_prints_scores_the_same(kept, tmp_path):
    path = tmp_path / "out.json"
    path.write_text(run("forecasts", "--ledger", kept, "--format", "json")[1], encoding="utf8")
    from_file = json.loads(run("score", path, "--format", "json")[1])
    from_ledger = json.loads(run("score", "--ledger", kept, "--format", "json")[1])
    assert from_file["n_forecasts"] == from_ledger["n_forecasts"]
    for score in ("brier", "log"):
        assert from_file[score]["mean_aggregate"] == pytest.approx(from_ledger[score]["mean_aggregate"])
    assert from_file["kinds"]["number"]["crps"] == pytest.approx(from_ledger["kinds"]["number"]["crps"])


def test_only_questions_with_so_many_forecasts(ferry):
    ferry.write_text(FERRY + "harbour,cy,0.4,1,\n", encoding="utf8")
    counts = [
        json.loads(run("score", ferry, "--forecasts", n, "--format", "json")[1])["n_questions"] for n in (1, 2, 3)
    ]
    assert counts == [2, 1, 0]
    assert run("score", ferry, "--forecasts", 3)[0] == 1
