"""Children are killed, grow, hang and lie; whoever asks them gets a line, and the next input a sound one."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.read.children import CHILDREN, BrokenOffError, Child, Children
from sayso.read.frames import ITEM, MOST_FRAME, Task, read_frame, write_frame
from sayso.read.limits import MEGABYTE, Bounds

ERRANDS = """
import os, signal, subprocess, sys, time
def echo(given, content):
    yield given
    yield content.read()
def count(given, content):
    for number in range(int(given)):
        yield b"%d" % number
def grow(given, content):
    kept = []
    while True:
        kept.append(bytearray(10_000_000))
        yield b"grown"
def swell(given, content):
    global KEPT
    KEPT = bytearray(int(given))
    yield b"kept"
def spin(given, content):
    while True:
        pass
    yield b""
def sleep(given, content):
    time.sleep(60)
    yield b""
def die(given, content):
    yield b"one"
    os.kill(os.getpid(), int(given))
def fail(given, content):
    raise ValueError("no such colour")
    yield b""
def chatter(given, content):
    print("to the terminal")
    os.write(1, b"more")
    sys.stderr.write("and more")
    yield sys.stdin.read().encode()
def look(given, content):
    yield " ".join(sorted(os.environ)).encode()
    yield " ".join(sorted(os.listdir("/proc/self/fd"))).encode()
def pid(given, content):
    yield b"%d" % os.getpid()
"""


@pytest.fixture
def children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Children]:
    (tmp_path / "child_errands.py").write_text(ERRANDS)
    monkeypatch.syspath_prepend(str(tmp_path))
    some = Children()
    some.bounds = Bounds(memory=100, seconds=1)
    yield some
    some.close()


def ask(children: Children, name: str, given: bytes = b"", content: bytes = b"") -> list[bytes]:
    return list(children.ask(f"child_errands:{name}", given, io.BytesIO(content), len(content)))


def test_a_child_is_used_again_and_gets_all_the_bytes(children: Children) -> None:
    content = os.urandom(300_000)
    assert ask(children, "echo", b"x", content) == [b"x", content]
    assert ask(children, "echo", b"y") == [b"y", b""]
    assert ask(children, "pid") == ask(children, "pid")
    assert len(ask(children, "count", b"3000")) == 3000


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("grow", b"", "more than 100 MB of memory"),
        ("spin", b"", "more than 1 s"),
        ("die", b"11", "broke down"),
        ("die", b"9", "broke down"),
        ("fail", b"", "no such colour"),
    ],
)
def test_what_a_child_cannot_bear_is_one_line_and_costs_the_next_nothing(
    children: Children, name: str, given: bytes, said: str
) -> None:
    with pytest.raises(BrokenOffError, match=said) as error:
        ask(children, name, given)
    assert "\n" not in str(error.value)
    assert ask(children, "echo", b"still here") == [b"still here", b""]


def test_time_of_the_clock_counts_too_but_not_while_the_parent_is_busy(children: Children) -> None:
    begun = time.monotonic()
    with pytest.raises(BrokenOffError, match="more than 1 s"):
        ask(children, "sleep")
    assert time.monotonic() - begun < 20
    found = children.ask("child_errands:count", b"30000", io.BytesIO(), 0)
    first = next(found)
    time.sleep(5.5)  # Longer than the alarm; the pipe is full meanwhile.
    assert len([first, *found]) == 30_000


def test_what_was_found_before_the_end_is_kept(children: Children) -> None:
    found = children.ask("child_errands:die", b"6", io.BytesIO(), 0)
    assert next(found) == b"one"
    with pytest.raises(BrokenOffError):
        next(found)


def test_a_child_that_has_grown_or_is_left_half_way_is_given_up(children: Children) -> None:
    (before,) = ask(children, "pid")
    ask(children, "swell", b"80000000")
    (after,) = ask(children, "pid")
    assert before != after
    next(children.ask("child_errands:count", b"10", io.BytesIO(), 0))  # Collected at once, and the child with it.
    assert ask(children, "pid") != [after]


def test_a_large_input_gets_more(children: Children) -> None:
    bounds = Bounds(memory=100, seconds=2)
    assert bounds.find_memory(1000) == 100 * MEGABYTE
    assert bounds.find_memory(20 * MEGABYTE) == 240 * MEGABYTE
    assert bounds.find_memory(10**12) == 800 * MEGABYTE
    assert bounds.find_step(0) == bounds.find_total(0) == 2


def test_a_child_talks_to_nobody_and_knows_no_secret(
    children: Children, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SAYSO_MODEL_KEY", "hush")
    with Path(os.devnull).open() as other:
        os.set_inheritable(other.fileno(), True)
        assert ask(children, "chatter") == [b""]
        names, files = ask(children, "look")
        assert "SAYSO_MODEL_KEY" not in names.decode().split()
        assert str(other.fileno()) not in files.decode().split()[5:]
    assert capfd.readouterr() == ("", "")


def test_an_answer_that_is_too_long_or_cut_is_none() -> None:
    pipe = io.BytesIO()
    write_frame(pipe, ITEM, b"word")
    whole = pipe.getvalue()
    assert read_frame(io.BytesIO(whole)) == (ITEM, b"word")
    assert all(read_frame(io.BytesIO(whole[:n])) is None for n in range(len(whole)))
    with pytest.raises(ValueError, match="frame"):
        read_frame(io.BytesIO(b"i" + (MOST_FRAME + 1).to_bytes(4, "big")))


def test_a_child_that_lies_is_not_believed(children: Children) -> None:
    child = Child()
    child.process.kill()
    child.process.wait()
    with pytest.raises(BrokenOffError):
        list(child.ask(Task("child_errands:echo", b"", 1, 1, 1), io.BytesIO(b"x" * 1_000_000)))


def test_where_none_can_be_started_it_is_said(children: Children, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(BrokenOffError, match="no process"):
        ask(children, "echo")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_process_that_is_forked_off_has_children_of_its_own(children: Children) -> None:
    (mine,) = ask(children, "pid")
    CHILDREN._idle.append(Child())
    reader, writer = os.pipe()
    if not (forked := os.fork()):
        os.write(writer, b"%d" % len(CHILDREN._idle))
        os._exit(0)
    os.waitpid(forked, 0)
    assert os.read(reader, 10) == b"0"
    CHILDREN.close()
    assert ask(children, "pid") == [mine]


def test_a_child_ends_with_its_parent(tmp_path: Path) -> None:
    code = (
        "import io, os, sys\n"
        "from sayso.read.children import CHILDREN\n"
        "print(*CHILDREN.ask('child_errands:pid', b'', io.BytesIO(), 0), flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    (tmp_path / "child_errands.py").write_text(ERRANDS)
    path = os.pathsep.join([str(tmp_path), *filter(None, sys.path)])
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, env={**os.environ, "PYTHONPATH": path})
    pid = int(run.stdout.decode().strip(" b'\n"))
    for _ in range(100):
        if not Path(f"/proc/{pid}").exists():
            return
        time.sleep(0.1)
    state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    assert state == "Z"  # Ended, though nobody has asked for its status.
