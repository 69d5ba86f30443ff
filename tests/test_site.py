"""The site of the documentation: it builds without a warning, leaves nothing out, and fetches nothing."""

import re
import shlex
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "building"))
import build_docs
import reference

from sayso import api


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    assert build_docs.build_site(folder) == []
    return folder


def test_every_page_of_the_contents_is_built(site: Path) -> None:
    wanted = {Path(build_docs.name_page(page)).with_suffix(".html") for page in build_docs.PAGES}
    assert {path.relative_to(site) for path in site.rglob("*.html")} >= wanted


def test_the_notebook_shows_what_its_cells_give(site: Path) -> None:
    page = (site / "tutorial.html").read_text("utf8")
    assert "<iframe srcdoc=" in page
    assert "(15, 0, [])" in page
    assert "26 March 2024 was a Tuesday, not a Monday" in page


def test_every_command_and_option_has_its_place() -> None:
    page = reference.write_commands()
    commands = dict(reference.list_commands())
    assert len(commands) > 40
    assert all(f"# {name}\n" in page for name in commands)
    options = {name for command in commands.values() for parameter in command.params for name in parameter.opts}
    written = {name for name in options if name.startswith("-") and name not in ("-h", "--help")}
    assert all(f"`{name}`" in page or f"`{name} " in page for name in written)


def test_every_name_of_the_interface_has_its_place() -> None:
    page = reference.write_interface()
    assert all(f"## sayso.{name}\n" in page for name in api.__all__)
    assert "### OpenLedger.add\n" in page
    assert "### Views.points\n" in page
    assert "sayso.open(\n    ledger: str | os.PathLike[str] | None = None,\n    *,\n" in page


def list_examples() -> list[tuple[str, Any, str]]:
    lines = [(name, one, line) for name, one in reference.list_commands() for line in (one.help or "").splitlines()]
    return [(name, one, match[1]) for name, one, line in lines if (match := reference.EXAMPLE.match(line))]


@pytest.mark.parametrize(("name", "command", "example"), list_examples(), ids=lambda value: str(value)[:40])
def test_an_example_of_a_command_is_one(
    name: str, command: Any, example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words, known = shlex.split(example.partition(" > ")[0]), name.split()
    assert words[: len(known)] == known
    given = words[len(known) :]
    for word in given:
        if re.fullmatch(r"\w+\.(json|csv)", word):  # What must be there.
            Path(word).touch()
    if hasattr(command, "commands"):
        assert not given or given[0] in command.commands
    else:
        assert command.make_context(name, given)


def test_an_example_with_an_unknown_option_is_found() -> None:
    command = dict(reference.list_commands())["sayso points"]
    with pytest.raises(Exception, match="No such option"):
        command.make_context("sayso points", ["--as-off", "2024-04-01"])


def test_a_link_is_led_to_where_its_page_is(tmp_path: Path) -> None:
    def lead(text: str, page: str = "docs/howto/judge.md") -> str:
        return build_docs.lead_links(text, page, tmp_path)

    assert lead("[a](../judging.md#top)") == "[a](../judging.md#top)"
    assert lead("[a](../../CHANGELOG.md)") == "[a](../changelog.md)"
    assert lead("[a](../tutorial.ipynb)") == "[a](../tutorial.md)"
    assert lead("[`a`](../../src/sayso/ids.py)") == "`a`"
    assert lead("[a](https://example.org/a.md)") == "[a](https://example.org/a.md)"
    assert lead("![a](../way.svg)") == "![a](../way.svg)"
    assert (tmp_path / "way.svg").exists()


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ('<script src="https://cdn.example/a.js"></script>', "it fetches https://cdn.example/a.js"),
        ('<link rel="stylesheet" href="//cdn.example/a.css">', "it fetches //cdn.example/a.css"),
        ("<style>@import 'https://fonts.example/a';</style>", "it fetches https://fonts.example/a"),
        ('<a href="b.html">b</a>', "b.html leads nowhere"),
        ('<a href="#c">c</a>', "#c leads nowhere"),
        ('<img src="none.png">', "none.png leads nowhere"),
        ('<a href="https://example.org/">out</a><a id="d" href="#d">d</a>', None),
    ],
)
def test_what_is_wrong_with_a_page_is_found(tmp_path: Path, body: str, wrong: str | None) -> None:
    page = tmp_path / "a.html"
    page.write_text(f"<html><body>{body}</body></html>", encoding="utf8")
    assert list(build_docs.check_page(page)) == ([wrong] if wrong else [])


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("mine", encoding="utf8")
    assert build_docs.build_site(tmp_path) == [f"{tmp_path} holds something else: name a folder of its own"]
    assert (tmp_path / "diary.txt").exists()


def test_a_style_that_fetches_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("@font-face {src: url(https://fonts.example/a.woff2)}", encoding="utf8")
    assert "a.css fetches https://fonts.example/a.woff2" in build_docs.check_site(tmp_path)
