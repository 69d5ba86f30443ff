"""The commands as a user runs them: what they print, where, and with which exit status."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.cli import run as start
from sayso.cli.views import VIEW_HELP

RUNNER = CliRunner()


def run(*words: str | Path) -> tuple[int, str, str]:
    result = RUNNER.invoke(app, [str(w) for w in words])
    return result.exit_code, result.stdout, result.stderr


def test_read_prints_one_reading_a_line(folder: Path) -> None:
    status, out, _ = run("read", folder, "--format", "jsonl")
    rows = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [r["id"] for r in rows] == ["r1", "r2"]
    assert rows[0]["published"] == "2031-05-01T09:00:00Z"
    assert rows[1]["published"] == "2031-05-03"
    assert rows[0]["text"].startswith("Some 40 Peruvian miners")
    assert {"attributions", "times", "places", "figures", "claims", "problems"} <= set(rows[0])
    assert rows[0]["attributions"][0]["speaker"]["name"] == "Rosa Quispe"


def test_read_prints_a_table_for_people(folder: Path) -> None:
    status, out, _ = run("read", folder)
    assert status == 0
    assert "The Wire" in out
    assert "attributions" in out


def test_adding_twice_adds_nothing_and_the_ledger_verifies(folder: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "l.db"
    assert "2 new, 0 known" in run("add", folder, "--ledger", ledger)[2]
    assert "0 new, 2 known" in run("add", folder, "--ledger", ledger)[2]
    assert run("verify", "--ledger", ledger)[0] == 0
    assert run("brief", "--ledger", ledger)[1] == run("brief", folder)[1]


@pytest.mark.parametrize("view", VIEW_HELP)
@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv"])
def test_every_view_in_every_format(folder: Path, view: str, form: str) -> None:
    status, out, _ = run(view, folder, "--format", form)
    assert status == 0
    if form == "json":
        json.loads(out)
    elif form == "jsonl":
        assert all(isinstance(json.loads(line), dict) for line in out.splitlines())


def test_points_json_is_the_contract(folder: Path) -> None:
    points = json.loads(run("points", folder, "--format", "json")[1])
    missing = next(p for p in points if p["kind"] == "figure")
    assert {"id", "question", "kind", "claims", "values", "relations", "independent_origins"} <= set(missing)
    assert [v["value"] for v in missing["values"]] == [{"low": 40.0, "high": 40.0}, {"low": 60.0, "high": None}]
    assert set(missing["independent_origins"]) == {"low", "high"}
    told = {"value", "text", "report", "source", "as_of", "origin", "start", "end", "who", "scope", "polarity"}
    assert told <= set(missing["values"][0])
    assert {"a", "b", "relation", "why", "by", "witness", "disputed"} == set(missing["relations"][0])


def test_origins_jsonl_is_the_contract(folder: Path) -> None:
    rows = [json.loads(line) for line in run("origins", folder, "--format", "jsonl")[1].splitlines()]
    assert {r["id"] for r in rows} == {"r1", "r2"}
    assert all({"id", "origins", "also", "because"} == set(r) for r in rows)


@pytest.mark.parametrize("form", ["md", "html", "json"])
def test_brief_in_every_format_to_a_file(folder: Path, tmp_path: Path, form: str) -> None:
    target = tmp_path / f"brief.{form}"
    status, out, _ = run("brief", folder, "--format", form, "-o", target)
    assert (status, out) == (0, "")
    assert "Peruvian miners" in target.read_text(encoding="utf8")


def test_a_brief_is_told_in_another_language(folder: Path) -> None:
    status, out, _ = run("brief", folder, "--language", "uk")
    assert status == 0 and "станом на" in out and "2 матеріали із 2 видань" in out
    status, out, err = run("brief", folder, "--language", "xx")
    assert (status, out) == (2, "") and err == "sayso: no language 'xx': there are en, uk\n"
    assert run("demo", "baltimore", "--language", "xx")[0] == 2


def test_an_empty_brief_is_not_written_over_a_file(tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    target = tmp_path / "brief.md"
    target.write_text("yesterday's brief", encoding="utf8")
    status, out, told = run("brief", tmp_path / "broken.pdf", "-o", target)
    assert (status, out) == (1, "") and "no brief is written" in told
    assert target.read_text(encoding="utf8") == "yesterday's brief"
    assert run("brief", tmp_path / "broken.pdf")[:2] == (1, "")


def test_a_missing_package_is_named_and_not_blamed_on_the_input(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "page.html").write_text("<html><body><p>A mast fell, the mayor said.</p></body></html>", encoding="utf8")
    lacking = 'raise ModuleNotFoundError("No module named trafilatura", name="trafilatura")'
    (folder / "lacking").mkdir()
    (folder / "lacking" / "trafilatura.py").write_text(lacking, encoding="utf8")
    monkeypatch.syspath_prepend(str(folder / "lacking"))
    monkeypatch.setattr(sys, "argv", ["sayso", "read", str(folder / "page.html")])
    with pytest.raises(SystemExit) as ended:
        start()
    told = capsys.readouterr().err
    assert ended.value.code == 1
    assert "not installed: trafilatura" in told and "-m pip install trafilatura" in told and "broken" not in told


def test_as_of_a_day_knows_nothing_later(folder: Path) -> None:
    early = run("brief", folder, "--as-of", "2031-05-02")[1]
    assert "The Wire" in early
    assert "The Echo" not in early


def test_a_bad_input_fails_and_the_rest_is_kept(folder: Path, tmp_path: Path) -> None:
    status, _, err = run("add", folder, tmp_path / "absent.html", "--ledger", tmp_path / "l.db")
    assert status == 1
    assert "2 new, 0 known before, 1 failed" in err
    assert err.count("absent.html") == 1


@pytest.mark.parametrize(
    "words",
    [
        ("read",),
        ("points", ".", "--format", "xml"),
        ("brief", ".", "--as-of", "yesterday-ish"),
        ("nonsense",),
    ],
)
def test_wrong_usage_is_status_two(words: tuple[str, ...]) -> None:
    assert run(*words)[0] == 2


def test_a_ledger_that_is_none_is_one_clear_line(tmp_path: Path) -> None:
    bad = tmp_path / "bad.db"
    bad.write_text("no ledger at all, but long enough to be read as one" * 10)
    status, _, err = run("points", "--ledger", bad)
    assert status == 1
    assert len(err.strip().splitlines()) == 1
    assert "bad.db" in err


def test_every_command_teaches_with_an_example() -> None:
    for command in [*VIEW_HELP, "read", "add", "brief", "verify"]:
        status, out, _ = run(command, "--help")
        assert status == 0
        assert f"sayso {command}" in out


def test_a_reader_that_goes_away_is_no_error(folder: Path) -> None:
    command = [sys.executable, "-m", "sayso.cli", "read", str(folder), "--format", "jsonl"]
    done = subprocess.run(
        f"{' '.join(command)} | head -c 10",
        shell=True,
        capture_output=True,
        text=True,
        env={**os.environ, "NO_COLOR": "1"},
        check=False,
    )
    assert "Traceback" not in done.stderr
