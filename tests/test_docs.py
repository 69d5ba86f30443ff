"""The documentation is true: links lead somewhere, commands exist, the glossary knows the words."""

import re
import tomllib
from pathlib import Path

import pytest

from sayso import record

ROOT = Path(__file__).parents[1]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*.md")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_to_files(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text("utf8"))
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert not missing


def test_the_readme_begins_with_the_two_commands() -> None:
    commands = re.findall(r"(?m)^    (make\b[^#\n]*)", (ROOT / "README.md").read_text("utf8"))
    assert [command.strip() for command in commands] == ["make", "make test"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_told_of_exists(page: Path) -> None:
    from sayso.cli import app

    known = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    known |= {group.name for group in app.registered_groups if group.name}
    told = set(re.findall(r"(?:^    (?:\.venv/bin/)?|`)sayso ([a-z]+)", page.read_text("utf8"), re.MULTILINE))
    assert told <= known


def test_the_readme_tells_of_every_command() -> None:
    from sayso.cli import app

    readme = (ROOT / "README.md").read_text("utf8")
    shown = [c for c in app.registered_commands if c.callback and not c.hidden]
    names = {c.name or c.callback.__name__ for c in shown if c.callback}
    names |= {group.name for group in app.registered_groups if group.name}
    assert all(re.search(rf"`(sayso )?{name}\b", readme) for name in names)


def test_the_glossary_knows_the_nouns() -> None:
    words = (ROOT / "docs" / "glossary.md").read_text("utf8")
    nouns = (record.Report, record.Reading, record.Claim, record.Figure, record.Point, record.Relation, record.Origin)
    nouns += (record.Estimate, record.Position, record.Picture, record.Brief, record.Problem, record.Attribution)
    assert all(f"**{noun.__name__.lower()}**" in words for noun in nouns)


def test_every_extra_is_told_of_and_is_one_of_all() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]["optional-dependencies"]
    for_users = extras.keys() - {"train", "dev"}
    told = (ROOT / "docs" / "installing.md").read_text("utf8")
    assert set(re.findall(r"(?m)^\| `(\w+)` \|", told)) == for_users
    assert set(re.findall(r"\w+", extras["all"][0])) == for_users - {"all"} | {"sayso"}
