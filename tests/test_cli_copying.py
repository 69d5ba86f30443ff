"""`sayso copy`: what it says, and how it ends."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.ids import digest_report
from sayso.ledger import open_ledger
from sayso.record import Reading, Report

RUNNER = CliRunner()


def copy(*words: str) -> tuple[int, str]:
    """Its exit status, and what it said on stderr."""
    result = RUNNER.invoke(app, ["copy", *words])
    assert result.stdout == ""
    return result.exit_code, result.stderr


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    """A ledger with two reports and a judgement."""
    where = str(tmp_path / "story.db")
    with open_ledger(where) as kept:
        for id, text in (("r1", "It rained."), ("r2", "It snowed.")):
            report = Report(id=id, text=text)
            kept.add_reading(Reading(report=Report(id=id, text=text, digest=digest_report(report))), extractor="x 1")
        kept.retract("r1", by="ana", reason="it did not")
    return where


def test_it_says_what_was_copied_and_what_was_there(ledger: str, tmp_path: Path) -> None:
    lines, other = str(tmp_path / "story.jsonl"), str(tmp_path / "other.db")
    told = "2 reports, 2 arrivals, 2 readings, 1 judgement copied, 0 entries known before, 0 failed\n"
    assert copy(ledger, lines) == (0, f"sayso: {told}")
    assert copy(lines, other) == (0, f"sayso: {told}")
    assert copy(ledger, other) == (0, "sayso: nothing new copied, 7 entries known before, 0 failed\n")


def test_a_line_that_is_refused_is_named_and_the_rest_copied(ledger: str, tmp_path: Path) -> None:
    lines, other = tmp_path / "story.jsonl", str(tmp_path / "other.db")
    copy(ledger, str(lines))
    lines.write_text(lines.read_text(encoding="utf8").replace("it did not", "it did") + '{"entry":', encoding="utf8")
    status, said = copy(str(lines), other)
    assert status == 1
    *problems, last = said.splitlines()
    assert {problem.partition(": ")[2].partition(": ")[0] for problem in problems} == {f"{lines}:8", f"{lines}:9"}
    assert last == "sayso: 2 reports, 2 arrivals, 2 readings copied, 0 entries known before, 2 failed"


def test_ends_that_are_none_are_one_line(ledger: str, tmp_path: Path) -> None:
    for words in (("no.db", "x.db"), (ledger, ledger), ("a.jsonl", "b.jsonl"), (str(tmp_path), "x.db")):
        status, said = copy(*words)
        assert (status, said.count("\n")) == (1, 1), said
