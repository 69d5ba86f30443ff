"""The pages of formats and JSON say what is so: every key that is printed stands there, and no other."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.read.formats import SUFFIXES
from sayso.tell.faces import FORMATS

DOCS = Path(__file__).parents[1] / "docs"
STORY = str(DOCS.parent / "examples" / "baltimore")
PAIR = '{"id": "p", "a": "All 22 crew are safe.", "b": "The crew are safe."}'
SECTION = re.compile(r"^## (sayso \w+)\n(.*?)(?=^## |\Z)", re.M | re.S)
ROW = re.compile(r"^\| (`[^|]+`) \| (.*) \|$", re.M)


@cache
def read_contract() -> dict[str, dict[str, str]]:
    """The keys of each command, and what the page says of them."""
    page = (DOCS / "json.md").read_text("utf8")
    return {
        command: {key: words for keys, words in ROW.findall(body) for key in re.findall(r"`([^`]+)`", keys)}
        for command, body in SECTION.findall(page)
    }


def list_paths(value: Any, before: str = "") -> Iterator[str]:
    """The keys in a value, each by the way to it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield before + key
            yield from list_paths(inner, f"{before}{key}.")
    elif isinstance(value, list):
        for item in value:
            yield from list_paths(item, before.removesuffix(".") + "[]." if before else "")


def print_rows(command: str, tmp_path: Path) -> Any:
    """What a command prints of the example story, as a list of objects."""
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text(PAIR, encoding="utf8")
    ledger = str(tmp_path / "story.db")
    words = {
        "read": [STORY, "--format", "jsonl"],
        "changes": [STORY, "--since", "2024-03-27", "--format", "jsonl"],
        "check": [f"{STORY}/04-newsloop-aggregate.md", "--ledger", ledger, "--format", "jsonl"],
        "compare": [str(pairs), "--format", "jsonl"],
        "explain": ["As many as 20", STORY, "--format", "json"],
        "brief": [STORY, "--format", "json"],
    }
    if command == "check":
        CliRunner().invoke(app, ["add", STORY, "--ledger", ledger])
    result = CliRunner().invoke(app, [command, *words.get(command, [STORY, "--format", "jsonl"])])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize("command", read_contract())
def test_every_key_stands_in_the_contract(command: str, tmp_path: Path) -> None:
    told = read_contract()[command]
    rows = print_rows(command.removeprefix("sayso "), tmp_path)
    printed = set(list_paths(rows[0] if command == "sayso explain" else rows))
    elsewhere = tuple(f"{key}{end}" for key, words in told.items() if "as in " in words for end in (".", "[]."))
    assert {path for path in printed if not path.startswith(elsewhere)} == set(told)


def test_every_view_has_its_section() -> None:
    from sayso.tell.views import VIEWS

    assert {f"sayso {name}" for name in VIEWS} <= set(read_contract())


def test_every_format_stands_on_its_page() -> None:
    page = (DOCS / "formats.md").read_text("utf8")
    inputs = set(re.findall(r"`(\.\w+)`", page))
    assert inputs == set(SUFFIXES)
    assert all(f"`{face}`" in page for face in FORMATS)
