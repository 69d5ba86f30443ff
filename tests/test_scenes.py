"""The scenes of marked answers (`eval/scenes`) are of their form, and what is not is named."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "eval"))

from scenes import SCENES, check_file, measure_file, parse_scene

FERRY = """A ferry runs aground off Lusk
? aboard figure How many people were aboard?
? off figure How many people were taken off the ferry?

== Harbour Post | 2031-04-02 08:00
[off.a|180] brought ashore
A ferry with [aboard.a|212 people] on board ran onto rocks off Lusk, the coastguard said.

== Lusk Radio | 2031-04-02
All are ashore
[off.b|All 212 people] were taken off the ferry, the coastguard said.

off: a/b revision
"""


def test_there_are_many() -> None:
    assert len(list(SCENES.glob("*.txt"))) >= 320


@pytest.mark.parametrize("path", sorted(SCENES.glob("*.txt")), ids=lambda path: path.stem)
def test_every_scene_is_of_its_form(path: Path) -> None:
    assert check_file(path) == []


def test_marks_are_taken_out_of_the_text() -> None:
    scene = parse_scene("ferry", FERRY)
    first, second = scene.tellers
    assert first.title == "180 brought ashore"
    assert [first.text[m.start : m.end] for m in first.marks] == ["180", "212 people"]
    assert scene.standing == {("off", "a", "b"): "revision"}
    assert second.text.endswith("the coastguard said.\n")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("? off figure", "? off number"),
        ("== Lusk Radio | 2031-04-02", "== Lusk Radio"),
        ("[off.a|180]", "[off.a|180"),
        ("[aboard.a|", "[board.a|"),
        ("off: a/b revision", "off: a/c revision"),
        ("off: a/b revision", "off: a/b sequel"),
        ("off: a/b revision", ""),
    ],
)
def test_what_is_not_of_the_form_is_named(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "ferry.txt"
    path.write_text(FERRY.replace(old, new), "utf8")
    before = tmp_path / "whole.txt"
    before.write_text(FERRY, "utf8")
    assert set(check_file(path)) - set(check_file(before))


def test_answers_over_marks_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "ferry.txt"
    path.write_text(FERRY, "utf8")
    found = measure_file(path)
    assert (found["figure"], found["figure", "answer"]) == (3, 3)
