"""`make crash` in small: a few tries by one seed; and what its disk may lose when the power goes."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("apsw", reason="the layer of files needs pip install 'sayso[dev]'")

CRASHES = Path(__file__).parents[2] / "eval" / "crashes.py"


def try_crashes(*words: str) -> subprocess.CompletedProcess[str]:
    command, around = [sys.executable, CRASHES, *words], os.environ | {"PYTHONPATH": str(CRASHES.parents[1] / "src")}
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, env=around)


@pytest.mark.skipif(sys.platform != "linux", reason="forks, and files as Linux names them")
def test_a_ledger_outlives_crashes(tmp_path):
    words = ["--tries", "7", "--seed", "33", "--ledger", "sqlite", "--folder", str(tmp_path)]
    done = try_crashes(*words, "--works", "grade, copy lines", "--faults", "kill at a change, power cut, full disk")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "sqlite: 7 tries in" in done.stdout and "wrong 0" in done.stdout
    assert all(f"by {fault}" in done.stdout for fault in ("kill at a change", "power cut", "full disk"))


def test_an_unknown_fault_is_named():
    done = try_crashes("--faults", "earthquake")
    assert done.returncode == 1
    assert done.stderr.startswith("earthquake: there are kill,")


def write(path, offset, content):
    from crash_disks import Change

    return Change("write", path, offset, content)


def cut(start, changes, seed):
    from crash_cuts import cut_power

    return cut_power(start, changes, random.Random(seed))


WRITES = st.lists(st.tuples(st.integers(0, 3000), st.binary(min_size=1, max_size=1500)), max_size=6)


@given(synced=WRITES, after=WRITES, seed=st.integers(0, 10_000))
def test_what_was_synced_outlives_a_power_cut(synced, after, seed):
    from crash_disks import Change

    kept = bytearray()
    for offset, content in synced:
        kept.extend(bytes(max(0, offset + len(content) - len(kept))))
        kept[offset : offset + len(content)] = content
    changes = [write("a", *one) for one in synced] + [Change("sync", "a")] + [write("a", *one) for one in after]
    left, _ = cut({"a": b""}, changes, seed)
    touched = {n for offset, content in after for n in range(offset, offset + len(content))}
    assert len(left["a"]) >= len(kept)
    assert all(left["a"][n] == kept[n] for n in range(len(kept)) if n not in touched)


def test_what_was_not_synced_may_be_lost_torn_or_spoilt():
    changes = [write("a", 0, b"x" * 1024)]
    left = {cut({"a": b"y" * 1024}, changes, seed)[0]["a"] for seed in range(200)}
    assert {b"y" * 1024, b"x" * 1024, b"x" * 512 + b"y" * 512, b"y" * 512 + b"x" * 512} < left
    assert any(set(content[:512]) - set(b"xy") for content in left)


@pytest.mark.parametrize("synced", [True, False])
def test_a_name_may_outlive_what_was_not_synced_before(synced):
    from crash_disks import Change

    changes = [Change("rename", "a", int(synced), b"new" * 400), Change("say", "", content=b"done")]
    left = [cut({"a": b"old"}, changes, seed) for seed in range(200)]
    assert all(said == [b"done"] for _, said in left)
    assert {files["a"] in (b"old", b"new" * 400) for files, _ in left} == ({True} if synced else {True, False})
