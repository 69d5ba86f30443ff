"""`sayso check` as a user runs it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sayso import journey
from sayso.cli import app
from sayso.weigh.checks import ALARMS

HERE = Path(__file__).parent / "weigh" / "checks"
RUNNER = CliRunner()


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("ledger") / "dam.db")
    assert RUNNER.invoke(app, ["add", str(HERE / "story"), "--ledger", path]).exit_code == 0
    return path


def run(*words: str | Path) -> tuple[int, str, str]:
    result = RUNNER.invoke(app, [str(w) for w in words])
    return result.exit_code, result.stdout, result.stderr


def test_jsonl_holds_one_article_a_line_and_flags_with_their_spans(ledger: str) -> None:
    status, out, _ = run("check", HERE / "articles", "--ledger", ledger, "--format", "jsonl")
    rows = {row["id"]: row for row in map(json.loads, out.splitlines())}
    assert status == 0
    assert len(rows) == len(list((HERE / "articles").iterdir()))
    (flag,) = (f for f in rows["art-deaths"]["flags"] if f["kind"] in ALARMS)
    assert set(flag) == {"start", "end", "quote", "kind", "why", "against"}
    assert flag["kind"] == "scope-changed" and flag["against"]


def test_text_shows_the_article_and_the_alarms_before_the_rest(ledger: str) -> None:
    status, out, _ = run("check", HERE / "articles" / "wrong-year.md", "--ledger", ledger)
    assert status == 0
    assert "Corva knows what water can do." in out
    assert out.index("contradicted “In November 2022") < out.index("] corroborated")


def test_a_page_is_written_for_one_article(ledger: str, tmp_path: Path) -> None:
    page = tmp_path / "checked.html"
    assert run("check", HERE / "articles" / "deaths.md", "-l", ledger, "-f", "html", "-o", page)[0] == 0
    assert page.read_text("utf8").startswith("<!doctype html>")
    assert run("check", HERE / "articles", "-l", ledger, "-f", "html")[0] == 2


def test_as_of_leaves_out_what_came_later(ledger: str) -> None:
    words = ("check", HERE / "articles" / "stale.md", "-l", ledger, "-f", "jsonl")
    kinds = {f["kind"] for f in json.loads(run(*words)[1])["flags"]}
    assert "outdated" in kinds
    kinds = {f["kind"] for f in json.loads(run(*words, "--as-of", "2031-03-06")[1])["flags"]}
    assert "outdated" not in kinds


def test_a_missing_article_is_told_and_fails(ledger: str) -> None:
    status, _, err = run("check", "no-such-file.md", "--ledger", ledger)
    assert status == 1
    assert "no-such-file.md" in err


def test_wrong_usage_is_refused(ledger: str) -> None:
    assert run("check", "--ledger", ledger)[0] == 2
    assert run("check", HERE / "articles" / "deaths.md", "--ledger", ledger, "--format", "xml")[0] == 2


def test_of_a_big_ledger_the_reports_most_like_an_article_are_compared(
    ledger: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journey, "COMPARED_WHOLE", 1)
    out = run("check", HERE / "articles" / "deaths.md", "--ledger", ledger, "--format", "jsonl")[1]
    assert [f["kind"] for f in json.loads(out)["flags"]] == ["scope-changed"]
