"""The stories by other hands are well formed, and those that are asked only are never learnt from."""

import json
from pathlib import Path

import pytest

from sayso.read.inputs import read_inputs
from sayso.record import Report

ROOT = Path(__file__).parents[1]
STORIES = ROOT / "training" / "stories"
KEYS = sorted([*STORIES.glob("*/gold.json"), *STORIES.glob("asked/*/gold.json")])


def read_bodies(folder: Path) -> dict[str, str]:
    reports = [item for item in read_inputs([str(folder / "reports")]) if isinstance(item, Report)]
    return {report.id: report.text for report in reports}


def test_every_fifth_story_is_asked_only() -> None:
    asked = [key for key in KEYS if key.parents[1].name == "asked"]
    assert (len(KEYS), len(asked)) == (147, 29)


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.parent.name)
def test_every_value_quotes_its_report(key: Path) -> None:
    gold, bodies = json.loads(key.read_text("utf8")), read_bodies(key.parent)
    assert set(gold["reports"]) == set(bodies)
    for point in gold["points"]:
        assert all(value["text"] in bodies[value["report"]] for value in point["values"]), point["id"]
        size = len(point["values"])
        assert all(0 <= r["a"] < size and 0 <= r["b"] < size and r["a"] != r["b"] for r in point["relations"])
    origins = {origin for report in gold["reports"].values() for origin in report["origins"]}
    assert origins <= set(gold["origins"])


@pytest.mark.parametrize("script", sorted((ROOT / "training").glob("*.py")), ids=lambda script: script.name)
def test_no_script_learns_from_what_is_asked_only(script: Path) -> None:
    text = script.read_text("utf8")
    assert "asked.jsonl" not in text
    assert 'stories" / "asked' not in text
    assert "rglob" not in text or "stories" not in text
