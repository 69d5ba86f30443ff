"""Every command, with each fault put into its way: one line on stderr, a documented status, and nothing else."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

import sayso.journey
import sayso.ledger
import sayso.watch.running
from sayso.cli import app
from sayso.cli.endings import Endings

RUNNER = CliRunner()
PROGRAM = get_command(app)
"""The program, put together once."""
OURS = {**os.environ, "PYTHONPATH": str(Path(sayso.__file__).parents[1])}
"""The program that is tested, whatever is installed."""
REPORT = """---
id: r1
outlet: "Göteborgs Kurir"
published: "2031-05-01"
---

Some 40 miners are missing – the mayor, Åsa Öberg, said.
"""
FAULTS: dict[str, Callable[[], BaseException]] = {
    "permission": lambda: PermissionError(errno.EACCES, "Permission denied", "l.db"),
    "full disk": lambda: OSError(errno.ENOSPC, "No space left on device"),
    "a folder": lambda: IsADirectoryError(errno.EISDIR, "Is a directory", "l.db"),
    "no memory": MemoryError,
    "too deep": lambda: RecursionError("maximum recursion depth exceeded"),
    "no character": lambda: UnicodeEncodeError("utf-8", "\udcff", 0, 1, "surrogates not allowed"),
    "no module": lambda: ModuleNotFoundError("No module named 'lxml'", name="lxml"),
    "escapes": lambda: ValueError("\x1b]0;mine\x07\u202e\n\x9b2J"),
    "a key": lambda: KeyError("gone"),
    "stopped": KeyboardInterrupt,
    "nobody reads": BrokenPipeError,
}
STATUS = {"stopped": 130, "nobody reads": 141}
COMMANDS = (
    *(["read", "one.md"], ["add", "one.md"], ["watch", "feeds.toml", "--once"], ["origins"]),
    *(["stories"], ["happenings"], ["points"], ["conflicts"], ["estimates"], ["positions"], ["grades"], ["timeline"]),
    *(["changes", "--since", "2031-01-01"], ["brief"], ["brief", "one.md"], ["export", "--to", "csv"]),
    *(["explain", "miners"], ["check", "one.md"], ["judge", "retract", "r1", "--reason", "x", "--by", "ana"]),
    *(["judgements"], ["hypotheses", "list"], ["scenarios", "list"], ["score"], ["questions"], ["forecasts"]),
    *(
        ["ask", "Will they be found?", "--resolves", "2032-01-01", "--by", "ana"],
        ["resolve", "q1", "--outcome", "yes", "--by", "ana"],
    ),
    *(["alerts", "run"], ["evidence", "r1", "-o", "p"], ["verify"], ["head"]),
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAYSO_LEDGER", "l.db")
    (tmp_path / "one.md").write_text(REPORT, encoding="utf8")
    (tmp_path / "feeds.toml").write_text('[[feed]]\nname = "a"\nfolder = "."\n')
    yield tmp_path


def break_down(fault: Callable[[], BaseException]) -> Callable[..., Any]:
    def crash(*_: object, **__: object) -> None:
        raise fault()

    return crash


@pytest.mark.parametrize("fault", list(FAULTS))
def test_every_command_ends_in_one_line(
    fault: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    crash = break_down(FAULTS[fault])
    monkeypatch.setattr(sayso.ledger, "open_ledger", crash)
    monkeypatch.setattr(sayso.watch.running, "open_ledger", crash)
    monkeypatch.setattr("sayso.journey.read_inputs", crash)
    for words in COMMANDS:
        status = PROGRAM.main(words, standalone_mode=False)
        told = capfd.readouterr().err
        assert status == STATUS.get(fault, 1), (words, told)
        assert told.count("\n") == (fault != "nobody reads") and "Traceback" not in told, (words, told)
        assert all(sign.isprintable() for sign in told.rstrip("\n")), (words, told)


def test_the_trace_is_shown_where_it_is_asked_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.journey.read_inputs", break_down(FAULTS["escapes"]))
    result = RUNNER.invoke(app, ["--debug", "read", "one.md"])
    assert result.exit_code == 1 and "Traceback" in result.stderr and "\x1b" not in result.stderr
    assert RUNNER.invoke(app, ["read", "one.md"]).stderr.count("\n") == 1 and not Endings.debug


def test_all_commands_are_walked() -> None:
    walked = {words[0] for words in COMMANDS}
    beside = {
        "demo",
        "compare",
        "forecast",
        "poll",
        "serve",
        "accounts",
        "publish",
        "mcp",
        "plugins",
        "gazetteer",
        "feeds",
        "copy",
        "key",
    }
    named = {command.name or command.callback.__name__ for command in app.registered_commands if not command.hidden}
    named |= {group.name for group in app.registered_groups}
    assert named <= walked | beside, named - walked - beside


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_ends_it_with_a_line_and_nothing_half_made(number: int, status: int, folder: Path) -> None:
    code = f"""
import os, sayso.journey, sayso.cli
def stop(*_, **__): os.kill(os.getpid(), {int(number)})
sayso.journey.read_inputs = stop
sayso.cli.run()
"""
    command = [sys.executable, "-c", code, "brief", "one.md", "-o", "out.md"]
    done = subprocess.run(command, cwd=folder, env=OURS, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (status, 1) and "stopped" in done.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["feeds.toml", "one.md"]
