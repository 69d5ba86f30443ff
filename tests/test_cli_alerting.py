"""The commands of alerts: rules, rounds, and what is shown, acknowledged and sent."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sayso.cli import app

RUNNER = CliRunner()


@pytest.fixture
def ledger(folder: Path, tmp_path: Path) -> Path:
    """A ledger with the first of two reports that disagree."""
    path = tmp_path / "l.db"
    assert run("add", folder / "one.md", "--ledger", path).exit_code == 0
    return path


def run(*words: str | Path) -> Any:
    return RUNNER.invoke(app, [str(word) for word in words], env={"SAYSO_ANALYST": "ana", "COLUMNS": "200"})


def list_alerts(ledger: Path, *more: str) -> list[dict[str, Any]]:
    result = run("alerts", "--ledger", ledger, "--format", "jsonl", *more)
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_rule_tells_once_of_what_was_added_since(ledger: Path, folder: Path) -> None:
    rule = run("alerts", "add", "origins", "missing", "--at-least", "2", "--ledger", ledger).stdout.strip()
    assert json.loads(run("alerts", "rules", "-l", ledger, "-f", "json").stdout)[0]["id"] == rule
    assert run("alerts", "run", "--ledger", ledger).stdout == ""
    run("add", folder / "two.md", "--ledger", ledger)
    told = json.loads(run("alerts", "test", rule[:8], "--since", "2031-05-02", "-l", ledger, "-f", "json").stdout)
    assert len(told) == 1 and list_alerts(ledger) == []
    printed = run("alerts", "run", "--ledger", ledger).stdout
    assert "At least 60" in printed and "The Echo ← police" in printed
    assert run("alerts", "run", "--ledger", ledger).stdout == ""
    (alert,) = list_alerts(ledger)
    assert alert["id"] == told[0]["id"] and alert["now"].startswith("2") and alert["failing"] == []
    assert run("alerts", "ack", alert["id"][:8], "--reason", "told", "--ledger", ledger).exit_code == 0
    assert list_alerts(ledger) == []
    assert [(a["seen_by"], a["reason"]) for a in list_alerts(ledger, "--all")] == [("ana", "told")]
    assert [d["state"] for d in json.loads(run("alerts", "sent", "-l", ledger, "-f", "json").stdout)] == ["sent"]
    assert run("alerts", "remove", rule[:8], "--ledger", ledger).exit_code == 0
    assert json.loads(run("alerts", "rules", "-l", ledger, "-f", "json").stdout) == []


def test_what_cannot_be_sent_is_told_shown_and_kept(ledger: Path, folder: Path, tmp_path: Path) -> None:
    good, bad = tmp_path / "alerts.jsonl", tmp_path / "none" / "alerts.jsonl"
    sinks = "".join(f"[[sink]]\nkind = 'file'\nname = '{p.parent.name}'\npath = '{p}'\n" for p in (good, bad))
    Path(f"{ledger}.alerts.toml").write_text(sinks)
    run("alerts", "add", "search", "miners", "--ledger", ledger)
    run("add", folder / "two.md", "--ledger", ledger)
    result = run("alerts", "run", "--ledger", ledger)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("sayso: none: ") and result.stderr.count("\n") == 1
    assert [json.loads(line)["kind"] for line in good.read_text().splitlines()] == ["search"]
    assert [one.startswith("none: ") for one in list_alerts(ledger)[0]["failing"]] == [True]
    bad.parent.mkdir()
    with sqlite3.connect(f"{ledger}.alerts.db") as file:
        file.execute("UPDATE messages SET due = ''")
    assert run("alerts", "run", "--ledger", ledger).exit_code == 0
    assert bad.read_text() == good.read_text() and list_alerts(ledger)[0]["failing"] == []


def test_sinks_are_tried_and_nothing_is_kept(ledger: Path, tmp_path: Path) -> None:
    assert "This is a try" in run("alerts", "try", "--ledger", ledger).stdout
    good, bad = tmp_path / "a.jsonl", tmp_path / "none" / "a.jsonl"
    sinks = tmp_path / "s.toml"
    sinks.write_text(
        "".join(f"[[sink]]\nkind = 'file'\nname = '{n}'\npath = '{p}'\n" for n, p in (("a", good), ("b", bad)))
    )
    assert run("alerts", "try", "a", "--sinks", sinks, "--ledger", ledger).exit_code == 0
    result = run("alerts", "try", "--sinks", sinks, "--ledger", ledger)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1) and result.stderr.startswith("sayso: b: ")
    assert [json.loads(line)["kind"] for line in good.read_text().splitlines()] == ["try", "try"]
    assert run("alerts", "try", "c", "--sinks", sinks, "--ledger", ledger).exit_code == 2
    assert not Path(f"{ledger}.alerts.db").exists()


def test_a_rule_is_of_a_claim_and_of_a_story(ledger: Path, folder: Path) -> None:
    claim = json.loads(run("points", "-l", ledger, "-f", "json").stdout)[0]["claims"][0]
    named = ("--claim", claim, "--story", "Forty miners")
    assert run("alerts", "add", "origins", "--at-least", "2", *named, "--ledger", ledger).exit_code == 0
    run("add", folder / "two.md", "--ledger", ledger)
    run("alerts", "run", "--ledger", ledger)
    assert len(list_alerts(ledger)) == 1


@pytest.mark.parametrize(
    "words",
    [
        ("add", "rumour"),
        ("add", "search"),
        ("add", "origins", "--at-least", "2", "--claim", "ffffffff"),
        ("add", "contradiction", "--story", "no such story"),
        ("add", "contradiction", "--claim", "r1"),
        ("ack", "ffffffff"),
        ("remove", "ffffffff"),
        ("test", "ffffffff"),
        ("run", "--sinks", "none.toml"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(ledger: Path, words: tuple[str, ...]) -> None:
    result = run("alerts", *words, "--ledger", ledger)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1), result.stderr
    assert not Path(f"{ledger}.alerts.db").exists() or words[0] == "ack"


def test_words_of_strangers_turn_no_line_of_a_table_around(ledger: Path, tmp_path: Path) -> None:
    evil = tmp_path / "evil.md"
    evil.write_text('---\nid: e\noutlet: "Evil"\ntitle: "Mine \u202efell\\e[2J"\n---\n\nSome 40 miners are missing.\n')
    run("alerts", "add", "search", "miners", "--ledger", ledger)
    assert run("add", evil, "--ledger", ledger).exit_code == 0
    printed = run("alerts", "run", "--ledger", ledger).stdout
    printed += "".join(run("alerts", "--ledger", ledger, "--format", form).stdout for form in ("table", "csv"))
    assert "Mine" in printed and "\u202e" not in printed and "\x1b" not in printed
