"""How runs end: without a word, with nobody reading, on a full disk, stopped, or with settings that are none."""

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sayso import journey
from sayso.cli import app, reports
from sayso.engines import Item
from sayso.ledger import open_ledger
from sayso.record import Problem

RUNNER = CliRunner()
SAYSO = [sys.executable, "-m", "sayso"]
REPORT = """---
id: r1
outlet: "Göteborgs Kurir"
published: "2031-05-01"
---

Some 40 miners are missing – the mayor, Åsa Öberg, said.
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "one.md"
    path.write_text(REPORT, encoding="utf8")
    return path


def shell(words: str, folder: Path, **more: str) -> subprocess.CompletedProcess[bytes]:
    """What a line of shell does, `sayso` being this one."""
    command = f"sayso() {{ '{sys.executable}' -m sayso \"$@\"; }}; {words}"
    return subprocess.run(
        ["bash", "-c", command], cwd=folder, capture_output=True, env={**os.environ, **more}, check=False
    )


def test_the_module_is_the_program_and_knows_its_version(tmp_path: Path) -> None:
    done = shell("sayso --version", tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"sayso 0.") and done.stdout.count(b"\n") == 1


@pytest.mark.parametrize("words", [(), ("judge",), ("hypotheses",), ("scenarios",)])
def test_without_a_word_it_teaches_itself(words: tuple[str, ...]) -> None:
    result = RUNNER.invoke(app, list(words))
    assert result.exit_code == 0 and "Usage" in result.stdout and result.stderr == ""


@pytest.mark.parametrize("words", [("points", "--nonsense"), ("pionts",), ("brief", "--as-of", "never", ".")])
def test_wrong_usage_is_one_line_that_names_the_help(words: tuple[str, ...]) -> None:
    result = RUNNER.invoke(app, list(words))
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert "--help)" in result.stderr


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("sayso read one.md --format jsonl > /dev/full", 1),
        ("sayso brief one.md > /dev/full", 1),
        ("sayso --help > /dev/full", 1),
        ("sayso points one.md --format json >&-", 1),
        ("sayso read - --format jsonl <&-", 1),
        ("sayso read one.md --format jsonl 2>&-", 0),
        ("sayso read absent.md 2>/dev/full", 1),
        ("set -o pipefail; sayso read one.md one.md --format jsonl | (exec <&-; sleep 3)", 141),
    ],
)
def test_a_stream_that_is_full_closed_or_left_ends_it_with_one_line(report: Path, words: str, status: int) -> None:
    done = shell(words, report.parent)
    told = done.stderr.decode()
    assert done.returncode == status, told
    assert told.count("\n") <= 1 and "Traceback" not in told and "Exception" not in told
    if "full" in words and not words.endswith("2>/dev/full"):
        assert told == "sayso: the output cannot be written: No space left on device\n"


@pytest.mark.parametrize("more", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "LANG": "C"}])
@pytest.mark.parametrize("command", ["read one.md --format jsonl", "read one.md", "brief one.md"])
def test_output_is_utf8_whatever_the_locale(report: Path, command: str, more: dict[str, str]) -> None:
    plain, other = shell(f"sayso {command}", report.parent), shell(f"sayso {command}", report.parent, **more)
    assert "Göteborgs Kurir" in other.stdout.decode("utf8")
    assert (other.returncode, other.stdout, other.stderr) == (0, plain.stdout, b"")


def test_ctrl_c_says_what_is_kept_and_the_rest_can_be_added_later(tmp_path: Path) -> None:
    folder, ledger = tmp_path / "reports", tmp_path / "l.db"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number:02}.md").write_text(REPORT.replace("r1", f"r{number}").replace("40", str(number + 2)))
    command = [*SAYSO, "add", str(folder), "--ledger", str(ledger), "--workers", "2"]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    deadline = time.monotonic() + 60
    while not ledger.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(1)
    os.killpg(running.pid, signal.SIGINT)
    told = running.communicate()[1]
    if running.returncode == 0:
        pytest.skip("it was done before it could be stopped")
    assert running.returncode == 130 and told.count("\n") == 1, told
    assert "kept" in told
    again = RUNNER.invoke(app, ["add", str(folder), "--ledger", str(ledger)])
    assert again.exit_code == 0 and RUNNER.invoke(app, ["verify", "--ledger", str(ledger)]).exit_code == 0


def test_reading_is_ended_before_the_stop_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = []

    def read(*_: object, **__: object) -> Iterator[Problem]:
        try:
            yield Problem(step="read", message="first")
            yield Problem(step="read", message="second")
        finally:
            ended.append(True)

    def stop(items: Iterable[Item]) -> Iterator[Item]:
        yield from islice(items, 1)
        raise KeyboardInterrupt

    monkeypatch.setattr(journey, "extract_all", read)
    with open_ledger(str(tmp_path / "l.db"), create=True) as ledger, pytest.raises(KeyboardInterrupt) as stopped:
        journey.add_all(ledger, ["reports"], watch=stop)
    assert ended and stopped


@pytest.mark.parametrize("seconds", [0.05, 0.2, 0.4])
def test_ctrl_c_is_heard_while_it_starts(report: Path, seconds: float) -> None:
    running = subprocess.Popen([*SAYSO, "read", str(report)], stderr=subprocess.PIPE, text=True, start_new_session=True)
    time.sleep(seconds)
    os.killpg(running.pid, signal.SIGINT)
    told = running.communicate()[1]
    # Before Python has read a line of the program, it ends by the signal itself.
    assert running.returncode in (0, 130, -signal.SIGINT), told
    assert running.returncode == -signal.SIGINT or "Traceback" not in told


def test_what_stops_in_between_is_told(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(reports, "watch", stop)
    result = RUNNER.invoke(app, ["read", str(report)])
    assert (result.exit_code, result.stderr.count("\n")) == (130, 1) and "stopped" in result.stderr


def test_a_terminal_shows_progress_and_the_results_still_go_where_they_are_sent(report: Path) -> None:
    ours, theirs = pty.openpty()
    command = [*SAYSO, "read", str(report), "--format", "jsonl"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, check=False)
    os.close(theirs)
    assert done.returncode == 0 and done.stdout.startswith(b'{"id":"r1"')
    assert b'"r1"' not in os.read(ours, 1 << 16)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("ledgr = 'x'", "there is no setting ledgr"),
        ("workers = 'many'", "workers is 'many'"),
        ("workers = 0", "workers is 0"),
        ("ledger = 3", "ledger is 3"),
        ("ledger = ", "no settings file"),
        ("ledger = '\udcff'", "no settings file"),
    ],
)
def test_a_bad_setting_is_one_line_with_its_file(report: Path, content: str, says: str) -> None:
    (report.parent / "sayso.toml").write_bytes(content.encode("utf8", "surrogateescape"))
    done = shell("sayso read one.md", report.parent)
    told = done.stderr.decode()
    assert (done.returncode, done.stdout, told.count("\n")) == (2, b"", 1)
    assert told.startswith("sayso: sayso.toml: ") and says in told


def test_the_ledger_of_the_folders_file_is_used(report: Path) -> None:
    (report.parent / "sayso.toml").write_text('ledger = "kept.db"\nanalyst = "ana"\n')
    assert shell("sayso add one.md", report.parent).returncode == 0
    assert (report.parent / "kept.db").exists() and not (report.parent / "sayso.db").exists()
    assert shell("sayso judge retract r1 --reason 'taken back'", report.parent).returncode == 0
