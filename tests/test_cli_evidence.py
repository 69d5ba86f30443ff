"""The commands `evidence` and `verify`, and pictures with `add`."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sayso.cli import app, reports

RUNNER = CliRunner()


def run(*words: str | Path, analyst: str = "ana") -> Any:
    return RUNNER.invoke(app, [str(word) for word in words], env={"SAYSO_ANALYST": analyst, "COLUMNS": "120"})


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ledger")
    (folder / "one.md").write_text(
        '---\nid: r1\noutlet: "The Wire"\npublished: "2031-05-01"\n---\n\nSome 40 miners are missing, a guard said.\n'
    )
    assert run("add", folder / "one.md", "--ledger", folder / "l.db").exit_code == 0
    return folder / "l.db"


@pytest.mark.parametrize(("name", "format"), [("p", ""), ("p.wacz", ""), ("p.zip", ""), ("p.x", "wacz")])
def test_a_package_is_written_its_root_hash_printed_and_verified(ledger, name, format, tmp_path):
    options = ["--format", format] if format else []
    made = run("evidence", "r1", "-o", tmp_path / name, "--at", "2031-06-01", "--ledger", ledger, *options)
    assert made.exit_code == 0 and len(made.stdout) == 65 and made.stderr.count("\n") == 1
    checked = run("verify", tmp_path / name)
    assert (checked.exit_code, checked.stdout) == (0, made.stdout)
    assert run("verify", tmp_path / name, "--root", made.stdout.strip().upper()).exit_code == 0
    other = run("verify", tmp_path / name, "--root", "0" * 64)
    assert (other.exit_code, other.stdout) == (1, "") and "not the one noted down" in other.stderr
    unstamped = run("verify", tmp_path / name, "--authority", ledger)
    assert unstamped.exit_code == 1 and "it has no time stamp" in unstamped.stderr
    again = tmp_path / f"again{Path(name).suffix}"
    run("evidence", "r1", "-o", again, "--at", "2031-06-01", "--ledger", ledger, *options)
    if again.is_file():
        assert again.read_bytes() == (tmp_path / name).read_bytes()


def test_what_was_changed_is_told_a_line_each(ledger, tmp_path):
    run("evidence", "r1", "-o", tmp_path / "p", "--ledger", ledger)
    (tmp_path / "p/data/evidence/README.txt").write_text("nothing to see here")
    checked = run("verify", tmp_path / "p")
    assert (checked.exit_code, checked.stdout) == (1, "")
    assert f"sayso: {tmp_path}/p: evidence/README.txt: it has more or fewer bytes" in checked.stderr


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["evidence", "floods", "-o", "{tmp}/p"], 1, "no story is called floods"),
        (["evidence", "r1", "-o", "{tmp}/no/p"], 1, "No such file or directory"),
        (["evidence", "r1", "-o", "{tmp}", "-f", "zip"], 1, "Is a directory"),
        (["evidence", "r1", "-o", "{tmp}"], 1, "it is there already"),
        (["evidence", "r1", "-o", "{tmp}/p", "-f", "tar"], 2, "none of bagit, zip, wacz"),
        (["evidence", "r1", "-o", "{tmp}/p", "--timestamp", "http://127.0.0.1:9/"], 1, "no time stamp can be had"),
        (["evidence", "r1", "-o", "/dev/full", "-f", "zip"], 1, "No space left on device"),
    ],
)
def test_what_cannot_be_packed_is_one_line_and_leaves_nothing(ledger, words, status, told, tmp_path):
    result = run(*[word.replace("{tmp}", str(tmp_path)) for word in words], "--ledger", ledger)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (status, "", 1)
    assert told in result.stderr and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["{tmp}/none"], 1, "no such file or folder"),
        (["{tmp}"], 1, "no package of evidence"),
        (["/dev/null"], 1, "no package is like this"),
        (["{ledger}"], 1, "no whole zip file"),
        (["{tmp}", "--ledger", "{ledger}"], 2, "leave one of them out"),
        (["--root", "00", "--ledger", "{ledger}"], 2, "name the package"),
    ],
)
def test_what_is_no_package_is_one_line(ledger, words, status, told, tmp_path):
    named = [word.replace("{tmp}", str(tmp_path)).replace("{ledger}", str(ledger)) for word in words]
    result = run("verify", *named)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (status, "", 1) and told in result.stderr


def test_a_run_that_is_killed_leaves_no_package(ledger, tmp_path):
    words = [
        sys.executable,
        "-c",
        "from sayso.cli import run; run()",
        "evidence",
        "r1",
        "-o",
        "p",
        "--ledger",
        str(ledger),
    ]
    package = Path(__file__).parents[1] / "src"
    for seconds in (0.3, 0.9, 1.4):
        started = subprocess.Popen(words, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(package)})
        try:
            started.wait(seconds)
        except subprocess.TimeoutExpired:
            started.send_signal(signal.SIGKILL)
            started.wait()
        if (tmp_path / "p").exists():
            assert run("verify", tmp_path / "p").exit_code == 0
            return


def test_a_picture_is_signed_and_without_a_browser_the_reports_are_kept(ledger, tmp_path, monkeypatch):
    unsigned = run("add", ledger.parent / "one.md", "--capture", "--ledger", tmp_path / "l.db", analyst="")
    assert unsigned.exit_code == 2 and "--by" in unsigned.stderr
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("sayso.share.captures.browsers.APPS", ())
    added = run("add", ledger.parent / "one.md", "--capture", "--ledger", tmp_path / "l.db")
    assert added.exit_code == 1 and "1 new" in added.stderr and "no Chromium or Chrome is installed" in added.stderr
    assert json.loads(run("stories", "--ledger", tmp_path / "l.db", "--format", "json").stdout)[0]["reports"] == ["r1"]


def test_web_addresses_among_what_is_read_are_noted():
    from sayso.record import Problem, Raw

    items = [
        Raw(sha256="1", content=b"", name="https://a.example/"),
        Raw(sha256="2", content=b"", name="notes/https.html"),
        Problem(step="x", message="y"),
    ]
    fetched: list[tuple[str, str]] = []
    assert list(reports.note_fetched(items, fetched)) == items and fetched == [("https://a.example/", "1")]
