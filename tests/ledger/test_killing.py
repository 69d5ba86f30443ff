"""A program killed at any moment leaves a ledger that opens and verifies; two programs can add at once."""

import random
import subprocess
import sys
import time
from pathlib import Path

from sayso.ledger import open_ledger

ADD = """
import sys
from floods import ONE, make_raw, read_story
from sayso.ledger import open_ledger
name, count = sys.argv[2], int(sys.argv[3])
with open_ledger(sys.argv[1]) as ledger:
    for n in range(count):
        raw = make_raw(f"{name} {n}".encode() * 500)
        ledger.add_raw(raw)
        text = f"On day {n}, says {name}, the river took {n} houses in Rioja. " * 20
        story = read_story(id=f"{name}-{n}", raw=raw.sha256, text=text)
        ledger.add_reading(story, extractor=ONE)
        print(n, flush=True)
"""


def start_adding(where, name, count):
    here = str(Path(__file__).parent)
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {here!r})\n{ADD}", where, name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_killed_program_leaves_a_sound_ledger(tmp_path):
    path = str(tmp_path / "story.db")
    moments = random.Random(7)
    kept = 0
    for attempt in range(6):
        adding = start_adding(path, f"run{attempt}", 100_000)
        if attempt:  # The first is killed at any moment of its start, the others while they add.
            adding.stdout.readline()
            time.sleep(moments.uniform(0.0, 0.2))
        else:
            time.sleep(moments.uniform(0.3, 0.8))
        adding.kill()
        said = adding.communicate()[0].split()
        with open_ledger(path) as ledger:
            assert list(ledger.verify()) == []
            counts = ledger.count()
            assert counts["readings"] >= kept + len(said)
            kept = counts["readings"]
    assert kept > 5


def test_two_programs_make_and_fill_one_ledger(where):
    programs = [start_adding(where, name, 40) for name in ("one", "two", "one")]
    for program in programs:
        assert program.communicate(timeout=120)[1] == ""
    with open_ledger(where) as ledger:
        assert list(ledger.verify()) == []
        # The two of one name bring the same reports.
        assert ledger.count()["readings"] == 80
        assert ledger.count()["raws"] == 80
