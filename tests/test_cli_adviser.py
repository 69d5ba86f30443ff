"""The commands with a language model, over real HTTP: off unless asked for, the same twice, whole without."""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

sys.path.insert(0, str(Path(__file__).parent / "advise"))
from model_server import ModelServer, send, serve_model

from sayso.cli import app
from sayso.record import Picture, Point, Value
from sayso.tell.views import list_points

STORY = str(Path(__file__).parents[1] / "examples" / "baltimore")
KEY = "sk-very-secret"
REPORT = """---
id: r9
outlet: "The Quay"
title: "Ferry sinks"
published: "2031-05-01T09:00:00+00:00"
---

The ferry Alba sank off Kelmar at dawn, and thirty people are missing.

So wrote Ivo Marsh of the coast guard – twelve lifeboats of the Alba were empty at dawn.

Two tugs were sent to the wreck, the port of Kelmar said. The channel is shut, the port of Kelmar said.
"""
OTHER = """---
id: r10
outlet: "The Pier"
title: "Ferry sinks"
published: "2031-05-01T09:00:00+00:00"
---

The ferry Alba sank off Kelmar, and at least 34 people are missing, the coast guard said on Friday. Two tugs were sent
to the wreck of the Alba, the coast guard said. The channel to Kelmar was shut at noon, the coast guard said.
"""


def say(form: str, data: dict[str, Any]) -> Any:
    if form == "Named":
        return {"source": "Ivo Marsh of the coast guard", "cue": "wrote"}
    if form == "Told":
        parts = [{"statement": int(n), "words": words} for n, words in data["statements"].items()]
        return {"sentences": [{"parts": parts[:2]}]}
    return {"same": "no"} if form == "Same" else {"question": "How many lifeboats were empty?"}


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[ModelServer]:
    with serve_model(say) as state:
        monkeypatch.setenv("SAYSO_MODEL_URL", state.address)
        monkeypatch.setenv("SAYSO_MODEL", "quay-7b")
        monkeypatch.setenv("SAYSO_MODEL_KEY", KEY)
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        yield state


@pytest.fixture
def report(tmp_path: Path) -> str:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "quay.md").write_text(REPORT, encoding="utf8")
    (folder / "pier.md").write_text(OTHER, encoding="utf8")
    return str(folder)


def run(*words: str, status: int = 0) -> Result:
    done = CliRunner().invoke(app, [*words])
    assert done.exit_code == status, done.output
    return done


def test_no_model_is_asked_unless_that_is_said(model: ModelServer, report: str) -> None:
    run("brief", report)
    run("points", report, "--format", "json")
    assert not model.asked


def test_a_reading_says_what_the_model_proposed(model: ModelServer, report: str) -> None:
    done = run("read", report, "--with-model", "--format", "jsonl")
    told = [a for line in done.stdout.splitlines() for a in json.loads(line)["attributions"] if a["by"]]
    assert [(a["speaker"]["name"], a["by"]) for a in told] == [("Ivo Marsh of the coast guard", "model:quay-7b")]
    assert "1 of its proposals are taken" in done.stderr


@pytest.mark.parametrize("face", ["md", "json"])
def test_a_second_brief_asks_nothing_and_is_the_same_to_the_byte(model: ModelServer, face: str) -> None:
    first = run("brief", STORY, "--with-model", "--format", face)
    asked = len(model.asked)
    model.act = lambda handler: send(handler, b"", 500)
    second = run("brief", STORY, "--with-model", "--format", face)
    assert first.stdout_bytes == second.stdout_bytes and len(model.asked) == asked > 0
    assert (
        "model:quay-7b" in first.stdout.replace("\\", "") and "In short, as a language model proposes" in first.stdout
    )


def test_the_key_is_sent_and_kept_and_shown_nowhere(model: ModelServer, report: str, tmp_path: Path) -> None:
    ledger = str(tmp_path / "l.db")
    done = run("add", report, "--ledger", ledger, "--with-model")
    told = run("points", "--ledger", ledger, "--with-model", "--format", "json")
    assert {headers["authorization"] for headers in model.headers} == {f"Bearer {KEY}"}
    assert KEY not in done.output + told.output
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(kept) > 4 and all(KEY.encode() not in path.read_bytes() for path in kept)


def test_what_was_kept_in_the_ledger_needs_no_asking(model: ModelServer, report: str, tmp_path: Path) -> None:
    ledger = str(tmp_path / "l.db")
    run("add", report, "--ledger", ledger, "--with-model")
    model.act = lambda handler: send(handler, b"", 404)
    (tmp_path / "cache" / "sayso" / "advice").rename(tmp_path / "gone")
    rows = json.loads(run("points", "--ledger", ledger, "--with-model", "--format", "json").stdout)
    values = [v for row in rows for v in row["values"] if v["by"]]
    assert values and {v["by"] for v in values} == {"model:quay-7b"}
    without = json.loads(run("points", "--ledger", ledger, "--format", "json").stdout)
    assert not any(v["by"] for row in without for v in row["values"])
    run("verify", "--ledger", ledger)


def test_tables_of_points_say_what_a_model_proposed(model: ModelServer, report: str) -> None:
    sheet = run("points", report, "--with-model", "--format", "csv").stdout
    assert "model:quay-7b" in sheet
    advised = Point(id="p", question="How many?", kind="figure", values=(Value(claim="c", report="r", text="t"),) * 2)
    (row,) = list_points(Picture(readings=(), points=(replace(advised, asked_by="model:m"),)))
    assert row["question"] == "How many? (in part proposed by model:m)"
    (row,) = list_points(Picture(readings=(), points=(advised,)))
    assert row["question"] == "How many?"


def test_a_model_that_fails_costs_its_advice_and_no_more(model: ModelServer, report: str) -> None:
    floor = run("brief", report).stdout
    model.act = lambda handler: send(handler, b"<html>no</html>")
    done = run("brief", report, "--with-model")
    assert done.stdout == floor
    assert "all is told without them" in done.stderr and model.address in done.stderr


@pytest.mark.parametrize("command", ["read", "add", "points", "brief"])
@pytest.mark.parametrize("variable", ["SAYSO_MODEL_URL", "SAYSO_MODEL"])
def test_no_model_is_wrong_usage(
    command: str, variable: str, model: ModelServer, report: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "")
    monkeypatch.setenv("SAYSO_LEDGER", str(tmp_path / "l.db"))
    assert f"set ${variable}" in run(command, report, "--with-model", status=2).stderr
    assert not model.asked and not (tmp_path / "l.db").exists()


def test_an_address_that_is_none_is_wrong_usage(
    report: str, monkeypatch: pytest.MonkeyPatch, model: ModelServer
) -> None:
    monkeypatch.setenv("SAYSO_MODEL_URL", "gopher://quay")
    assert "is no address of a model" in run("brief", report, "--with-model", status=2).stderr


def test_that_words_leave_this_machine_is_said_once(
    report: str, monkeypatch: pytest.MonkeyPatch, model: ModelServer
) -> None:
    monkeypatch.setenv("SAYSO_MODEL_URL", "http://model.invalid")
    told = run("brief", report, "--with-model").stderr
    assert told.count("words of these reports are sent to model.invalid, which is not this machine, unencrypted") == 1
    monkeypatch.setenv("SAYSO_MODEL_URL", model.address)
    assert "sent to" not in run("brief", report, "--with-model").stderr


def test_a_folder_from_a_stranger_names_no_model(report: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "sayso.toml").write_text('model_url = "http://127.0.0.1:1"\n', encoding="utf8")
    monkeypatch.chdir(tmp_path)
    assert "model_url is kept in no folder" in run("brief", report, status=2).stderr
    (tmp_path / "sayso.toml").write_text('model_key = "k"\n', encoding="utf8")
    assert "model_key is kept in no file" in run("brief", report, status=2).stderr


@pytest.mark.parametrize("calls", ["0", "-1", "many", "1e9"])
def test_a_budget_that_is_none_is_named(calls: str, report: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_MODEL_CALLS", calls)
    assert "$SAYSO_MODEL_CALLS: model_calls is" in run("brief", report, status=2).stderr
