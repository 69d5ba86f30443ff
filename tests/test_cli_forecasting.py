"""The commands that ask, forecast, resolve and poll."""

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sayso.cli import app

RUNNER = CliRunner()
STORY = Path(__file__).parent / "foresee" / "data" / "tin-mine.jsonl"
TEXT = "Will Peru revoke the licence of the Santa Elvira mine by 31 May 2031?"
CRITERIA = "Yes if the mining ministry says on the record that the licence is revoked."


def run(*words, **env):
    result = RUNNER.invoke(app, [str(w) for w in words], env={"SAYSO_ANALYST": "ana", "COLUMNS": "200", **env})
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    path = tmp_path_factory.mktemp("ledger") / "story.db"
    assert run("add", STORY, "--ledger", path)[0] == 0
    return path


@pytest.fixture
def where(story, tmp_path):
    path = tmp_path / "story.db"
    path.write_bytes(story.read_bytes())
    return path


def ask(where, *more, text=TEXT, criteria=CRITERIA):
    words = ["ask", text, "--criteria", criteria, "--resolves", "2031-05-31", "--at", "2031-05-08", "-l", where, *more]
    return run(*words)


@pytest.fixture
def asked(where):
    status, made, complaint = ask(where)
    assert status == 0, complaint
    return made.strip()


def test_a_question_is_asked_forecast_resolved_and_scored(where, asked):
    for name, chance, day in (("bo", "0,7", 9), ("cy", "80%", 12), ("bo", "0.9", 15)):
        assert run("forecast", asked, chance, "--by", name, "--at", f"2031-05-{day:02}", "-l", where)[0] == 0
    (row,) = json.loads(run("questions", "-l", where, "--as-of", "2031-05-20", "-f", "json")[1])
    assert (row["status"], row["forecasters"], row["crowd"][0]["median"]) == ("open", 2, pytest.approx(0.85))
    line = json.loads(run("forecasts", asked, "--line", "-l", where, "-f", "json")[1])
    assert [round(c["mean"], 3) for c in line] == [0.7, 0.75, 0.85]
    (proposed,) = json.loads(run("resolve", asked, "--as-of", "2031-06-01", "-l", where, "-f", "json")[1])
    assert (proposed["proposed"], proposed["evidence"][0]["report"]) == ("yes", "tin-6")
    made = run(
        "resolve",
        asked,
        "--outcome",
        "yes",
        "--claim",
        proposed["evidence"][0]["claim"],
        "--at",
        "2031-05-21",
        "-l",
        where,
    )
    assert made[0] == 0
    rows = list(csv.DictReader(io.StringIO(run("forecasts", "-l", where, "-f", "csv")[1])))
    assert [(r["forecaster"], r["probability"], r["outcome"]) for r in rows] == [
        ("bo", "0.7", "yes"), ("cy", "0.8", "yes"), ("bo", "0.9", "yes"),
    ]  # fmt: skip
    file = where.parent / "forecasts.csv"
    file.write_text(run("forecasts", "-l", where, "-f", "csv")[1], encoding="utf8")
    assert json.loads(run("score", file, "-f", "json")[1])["n_questions"] == 1


def test_a_voided_question_is_skipped_and_counted(where, asked):
    run("forecast", asked, "0.7", "--by", "bo", "--at", "2031-05-09", "-l", where)
    run("resolve", asked, "--outcome", "yes", "--at", "2031-05-21", "-l", where)
    status, _, said = run("resolve", asked, "--outcome", "void", "--at", "2031-05-22", "-l", where)
    assert (status, "it was yes, by ana" in said) == (0, True)
    assert json.loads(run("questions", "-l", where, "-f", "json")[1])[0]["status"] == "void"
    file = where.parent / "forecasts.csv"
    file.write_text(run("forecasts", "-l", where, "-f", "csv")[1], encoding="utf8")
    scored = json.loads(run("score", file, "-f", "json")[1])
    assert scored["n_questions"] == 0
    assert scored["skipped"]["void"] == 1


def test_a_bad_question_is_refused_unless_forced(where):
    status, _, said = ask(where, text="Will things get much worse soon?", criteria="")
    assert (status, "vague-words" in said, "no-criteria" in said) == (1, True, True)
    assert run("questions", "-l", where, "-f", "json")[1] == "[]\n"
    assert ask(where, "--force", text="Will things get much worse soon?", criteria="")[0] == 0


def test_lint_only_keeps_nothing_and_needs_no_ledger(tmp_path):
    words = ["ask", "Will they leave soon?", "--lint-only", "-f", "json", "-l", tmp_path / "none.db"]
    status, printed, _ = run(*words, SAYSO_ANALYST="")
    assert status == 1
    assert {"no-actor", "no-deadline", "no-criteria"} <= {row["code"] for row in json.loads(printed)}
    assert not (tmp_path / "none.db").exists()


def test_what_the_ledger_has_decided_is_not_asked_again(where):
    text, criteria = (
        "Will miners go on strike in southern Peru by 31 May 2031?",
        "Yes if the miners' union says that they are on strike.",
    )
    status, _, said = run(
        "ask", text, "--criteria", criteria, "--resolves", "2031-05-31", "--at", "2031-05-14", "-l", where
    )
    assert (status, "decided" in said) == (1, True), said


def test_a_changed_question_keeps_its_id_and_says_what_was_resolved(where, asked):
    run("resolve", asked, "--outcome", "yes", "--at", "2031-05-21", "-l", where)
    status, again, _ = ask(
        where, "--change", asked, "--closes", "2031-05-10", "--force", text=TEXT.replace("31 May", "30 May")
    )
    assert (status, again.strip()) == (0, asked)
    (row,) = json.loads(run("questions", "-l", where, "-f", "json")[1])
    assert (row["number"], row["outcome"]) == (2, "yes")
    (shown,) = json.loads(run("resolve", asked, "-l", where, "-f", "json")[1])
    assert "another version" in shown["changed_since"]


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (["1.3"], 2, "no probability"),
        (["north=0.3"], 2, "one probability"),
        (["0.3", "--at", "2031-07-01"], 1, "closed"),
        (["0.3", "--at", "2031-01-01"], 1, "opens only"),
        (["0.3", "--kind", "ghost"], 2, "no kind of forecaster"),
        (["0.3", "--by", " "], 2, "SAYSO_ANALYST"),
    ],
)
def test_a_forecast_that_cannot_be_taken_says_why(where, asked, words, status, says):
    given = words if "--at" in words else [*words, "--at", "2031-05-09"]
    code, _, complaint = run("forecast", asked, *given, "-l", where, SAYSO_ANALYST="")
    if "--by" not in words:
        code, _, complaint = run("forecast", asked, *given, "-l", where)
    assert (code, says in complaint) == (status, True), complaint


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (["forecast", "nothing", "0.3"], 2, "there is no question"),
        (["resolve", "nothing"], 2, "there is no question"),
        (["resolve", TEXT, "--outcome", "perhaps"], 2, "yes, no, ambiguous or void"),
        (["forecasts", "--by", "nobody"], 1, "no forecast by nobody"),
        (["forecast", "--from", "/nowhere.csv"], 2, "nowhere.csv"),
        (["poll", TEXT, "--open", "--close"], 2, "open it or close it"),
    ],
)
def test_what_is_not_there_is_said(where, asked, words, status, says):
    code, _, complaint = run(*words, "-l", where)
    assert (code, says in complaint) == (status, True), complaint


def test_many_forecasts_come_from_a_file(where, asked):
    file = where.parent / "many.csv"
    rows = [f"{asked};f{n};0,{n % 90 + 10};2031-05-{n % 20 + 9:02}" for n in range(3000)]
    file.write_text(
        "question;forecaster;probability;time\n" + "\n".join([*rows, f"{asked};x;7;2031-05-09"]), encoding="utf8"
    )
    status, _, said = run("forecast", "--from", file, "-l", where)
    assert (status, "3000 forecasts taken, 1 lines refused" in said) == (1, True)
    assert run("forecast", "--from", file, "-l", where)[0] == 1
    (row,) = json.loads(run("questions", "-l", where, "-f", "json")[1])
    assert (row["forecasts"], row["forecasters"]) == (3000, 3000)
    assert "the last 500 of 3000" in run("forecasts", asked, "-l", where)[2]


def test_readers_answer_while_the_poll_is_open(where, asked):
    page, file = where.parent / "page.html", where.parent / "answers.jsonl"
    assert run("poll", asked, "--open", "-o", page, "--at", "2031-05-09", "-l", where)[0] == 0
    assert "<form" in page.read_text(encoding="utf8")
    row = {"form": "sayso answer 1", "question": asked, "name": "Teo", "secret": "s" * 32, "values": ["35%"]}
    file.write_text(json.dumps(row), encoding="utf8")
    assert run("poll", asked, "--answers", file, "--at", "2031-05-10", "-l", where)[0] == 0
    (listed,) = json.loads(run("questions", "-l", where, "-f", "json")[1])
    assert listed["crowd"][0]["median"] == 0.35
    assert run("poll", asked, "--close", "--at", "2031-05-11", "-l", where)[0] == 0
    status, _, said = run("poll", asked, "--answers", file, "--at", "2031-05-12", "-l", where)
    assert (status, "the poll is closed" in said) == (1, True)
    assert "<form" not in run("poll", asked, "-l", where)[1]


def test_a_mailed_and_a_posted_answer_are_taken_in_and_show_in_the_crowd(where, asked):
    page, file = where.parent / "page.html", where.parent / "answers.eml"
    made = ("poll", asked, "--open", "--to", "mailto:ana@example.org", "--at", "2031-05-09", "-o", page, "-l", where)
    assert run(*made)[0] == 0
    assert 'action="mailto:ana@example.org?subject=' in page.read_text(encoding="utf8")
    fields = (
        f"form=sayso answer 1\r\nquestion={asked}\r\nname=Mia\r\nsecret={'m' * 20}\r\npercent=35\r\nreason=so\r\nend=1"
    )
    file.write_text(f"From: mia@example.org\r\nSubject: Answer\r\n\r\nHello,\r\n{fields}\r\n-- \r\nMia", newline="")
    assert run("poll", asked, "--answers", file, "--at", "2031-05-10", "-l", where)[0] == 0
    file.write_text(f"form=sayso+answer+1&question={asked}&name=Teo&secret={'t' * 20}&percent=45&reason=&end=1\n")
    assert run("poll", asked, "--answers", file, "--at", "2031-05-12", "-l", where)[0] == 0
    (listed,) = json.loads(run("questions", "-l", where, "-f", "json")[1])
    assert listed["crowd"][0]["forecasters"] == 2
    told = run("poll", asked, "--to", "https://example.org/in", "-l", where)[1]
    assert "<svg" in told and "form-action https://example.org" in told
    status, _, said = run("poll", asked, "--to", "ftp://example.org", "-l", where)
    assert (status, "neither a web address" in said) == (2, True)
