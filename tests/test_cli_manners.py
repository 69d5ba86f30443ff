"""What holds of every command: it teaches itself, prints to a file, refuses in one line, and is in the manual."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from sayso.cli import app
from sayso.cli.manuals import SHELLS, list_commands, write_page

ROOT = Path(__file__).parents[1]
RUNNER = CliRunner()
COMMANDS: dict[str, Any] = {
    words.removeprefix("sayso "): command
    for words, command in list_commands(get_command(app))
    if not getattr(command, "commands", None)
}
"""Every command by its words, without groups."""
TIMES = ("as_of", "since", "held_at", "at", "opens", "closes", "resolves")
REPORT = """---
id: r1
outlet: "The Wire"
published: "2031-05-01"
---

Some 40 Peruvian miners are missing, the mayor, Rosa Quispe, said.
"""
OTHER = REPORT.replace("r1", "r2").replace("Wire", "Echo").replace("40", "60")


def run(*words: str | Path) -> Any:
    return RUNNER.invoke(app, [str(word) for word in words], env={"SAYSO_ANALYST": "ana", "COLUMNS": "120"})


def takes(name: str, *options: str) -> bool:
    return bool({p.name for p in COMMANDS[name].params} & set(options))


def fill(name: str) -> list[str]:
    """Words for a command's arguments and options that must be given."""
    words = []
    for parameter in COMMANDS[name].params:
        if parameter.required:
            words += ["x"] if parameter.param_type_name == "argument" else [parameter.opts[0], "x"]
    return words


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ledger")
    (folder / "one.md").write_text(REPORT)
    (folder / "two.md").write_text(OTHER)
    path = folder / "l.db"
    assert run("add", folder / "one.md", folder / "two.md", "--ledger", path).exit_code == 0
    hypotheses = ("hypotheses", "new", "Why did it fall in?", "-y", "H1: water", "-y", "H2: neglect")
    scenarios = ("scenarios", "new", "The mine", "-y", "S1: Rescue: they come out", "-y", "S2: Loss: they do not")
    question = ("ask", "Will the mine open by 31 May 2051?", "--resolves", "2051-05-31", "--force")
    indicator = ("scenarios", "indicator", "S1", "Miners return to work at Oruro")
    for words in (hypotheses, scenarios, indicator, question):
        assert run(*words, "--ledger", path).exit_code == 0
    return path


@pytest.mark.parametrize("name", COMMANDS)
def test_it_teaches_itself(name: str) -> None:
    result = run(*name.split(), "--help")
    assert result.exit_code == 0 and f"sayso {name}" in " ".join(result.stdout.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_it_prints_in_a_format_to_a_file_or_not_at_all(name: str) -> None:
    assert takes(name, "format") == takes(name, "output")
    if takes(name, "output"):
        names = {o for p in COMMANDS[name].params for o in p.opts}
        assert {"--format", "-f", "--output", "-o"} <= names


@pytest.mark.parametrize("name", [name for name in COMMANDS if takes(name, *TIMES)])
def test_a_time_that_is_none_is_one_line(name: str) -> None:
    for option in {p.opts[0] for p in COMMANDS[name].params if p.name in TIMES}:
        result = run(*name.split(), *fill(name), option, "gestern")
        assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
        assert option in result.stderr and "'gestern' is no date or time such as" in result.stderr


@pytest.mark.parametrize("name", [name for name in COMMANDS if takes(name, "ledger") and name != "add"])
@pytest.mark.parametrize("what", ["folder", "text", "absent"])
def test_a_ledger_that_is_none_is_told_and_nothing_is_made(name: str, what: str, tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    if what == "folder":
        path.mkdir()
    elif what == "text":
        path.write_text("words " * 100)
    words = ["--lint-only"] if name == "ask" else []
    result = run(*name.split(), *fill(name), *words, "--ledger", path)
    assert result.exit_code in (0, 1, 2) and isinstance(result.exception, SystemExit | None)
    assert result.exit_code == 0 or result.stderr.count("\n") >= 1 or result.stdout
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "name", [n for n in COMMANDS if takes(n, "output") and takes(n, "ledger") and not takes(n, "files")]
)
def test_what_goes_to_a_file_is_what_is_printed(name: str, ledger: Path, tmp_path: Path) -> None:
    words = {
        "explain": ["miners"],
        "check": [str(ledger.parent / "one.md")],
        "changes": ["--since", "2031-04-01"],
        "ask": ["Will it rain?", "--lint-only"],
        "resolve": ["Will the mine open by 31 May 2051?", "--as-of", "2031-06-01"],
        "poll": ["Will the mine open by 31 May 2051?", "--at", "2031-06-01"],
    }.get(name, [])
    target = tmp_path / "out"
    printed = run(*name.split(), *words, "--ledger", ledger)
    written = run(*name.split(), *words, "--ledger", ledger, "-o", target)
    assert written.exit_code == printed.exit_code, written.stderr
    assert written.stdout == "" and target.read_text(encoding="utf8") == printed.stdout != ""
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    for bad in (tmp_path / "no" / "out", tmp_path):
        refused = run(*name.split(), *words, "--ledger", ledger, "-o", bad)
        assert (refused.exit_code, refused.stdout, refused.stderr.count("\n")) == (1, "", 1)


def test_the_files_name_chooses_the_format(ledger: Path, tmp_path: Path) -> None:
    assert run("points", "--ledger", ledger, "-o", tmp_path / "p.json").exit_code == 0
    assert json.loads((tmp_path / "p.json").read_text())[0]["values"]
    assert run("points", "--ledger", ledger, "-o", tmp_path / "p.csv").exit_code == 0
    assert (tmp_path / "p.csv").read_text().startswith("id,question,kind,low,high,unit")


def test_a_row_of_points_and_estimates_as_csv_has_its_numbers_and_ids(ledger: Path) -> None:
    points = run("points", "--ledger", ledger, "--format", "csv").stdout.splitlines()
    figures = [line for line in points if ",figure," in line]
    assert {tuple(line.split(",figure,")[1].split(",")[:2]) for line in figures} >= {("40.0", "40.0"), ("60.0", "60.0")}
    head = run("estimates", "--ledger", ledger, "--format", "csv").stdout.splitlines()[0].split(",")
    assert {"point", "low", "high", "unit", "report", "claim"} <= set(head)


def test_reports_named_beside_a_ledger_are_said_to_be_all_that_is_looked_at(ledger: Path) -> None:
    one = ledger.parent / "one.md"
    result = run("points", one, "--ledger", ledger, "--format", "json")
    assert result.exit_code == 0 and "40" in result.stdout and "60" not in result.stdout
    assert result.stderr.count("\n") == 1 and str(ledger) in result.stderr
    assert run("points", one, "--format", "json").stderr == ""


def test_every_command_and_option_is_in_the_manual() -> None:
    page = "\n".join(write_page(get_command(app)))
    kept = (ROOT / "share" / "man" / "man1" / "sayso.1").read_text(encoding="utf8")
    for name, command in COMMANDS.items():
        options = {option for p in command.params for option in p.opts if option.startswith("-")}
        for text in (page, kept):
            part = re.search(rf"^\.SS sayso {re.escape(name)}(?= \[)[^\n]*$(.*?)(?=^\.S[SH] )", text, re.M | re.S)
            assert part, f"{name} is not in the manual: run make manual"
            told = set(re.findall(r"\\fB(-\S+?)\\fR", part[1].replace("\\-", "-")))
            assert told == options, f"the manual of {name} has fallen behind: run make manual"


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shells_completion_is_kept(shell: str) -> None:
    place = {
        "bash": "bash-completion/completions/sayso",
        "zsh": "zsh/site-functions/_sayso",
        "fish": "fish/vendor_completions.d/sayso.fish",
    }[shell]
    assert (ROOT / "share" / place).read_text(encoding="utf8") == run("manual", shell).stdout


@pytest.mark.parametrize(("typed", "position"), [("sayso ", 1), ("sayso judge ", 2), ("sayso hypotheses ", 2)])
def test_completion_offers_every_command(typed: str, position: int) -> None:
    code = "import sys; from sayso.cli import app; sys.argv[0] = 'sayso'; app(prog_name='sayso')"
    told = {"_SAYSO_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(position)}
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, **told}, capture_output=True, text=True)
    before = typed.removeprefix("sayso ")
    wanted = {name.removeprefix(before).split()[0] for name in COMMANDS if name.startswith(before)}
    assert wanted == set(done.stdout.split())


def test_names_of_files_neither_end_lines_nor_command_terminals(tmp_path: Path) -> None:
    (tmp_path / "bad\nname\x1b[2J\u202e.pdf").write_bytes(b"%PDF-1.4 broken")
    refused = run("read", tmp_path)
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert "bad\\nname\\x1b[2J\\u202e.pdf" in refused.stderr
