"""Every snippet of the documentation runs, in this process: commands, Python and the cells of the notebook.

A page's snippets run from top to bottom in a folder of its own, which holds the examples, the reports of one of them as
``reports``, and a ledger of these as ``sayso.db``. What cannot run here has ``<!-- not run: why -->`` above it.
"""

import json
import re
import shlex
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from typer.testing import CliRunner

import sayso
from sayso.cli import app

sys.path.insert(0, str(Path(__file__).parents[1] / "building"))
import build_docs

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*.md")])
NOTEBOOKS = sorted(ROOT.glob("docs/**/*.ipynb"))
NOT_RUN = re.compile(r"<!-- not run: \S.* -->")
VARIABLE = re.compile(r"\$(\w+)")
ASSIGNED = re.compile(r"\w+=\$\(")
ASSIGNMENT = re.compile(r"(\w+)=\$\((.*)\)")
HEREDOC = re.compile(r"cat > (\S+) <<'(\w+)'")
COMMANDS = ("sayso", ".venv/bin/", "make", "pip ", "python ", "export ", "cat > ")
LANGUAGES = ("sh", "python", "json", "text", "toml")
RUNNER = CliRunner()


@dataclass(frozen=True)
class Snippet:
    """A snippet of a page: what it is written in, its words, and its first line."""

    language: str
    words: str
    line: int
    runs: bool


def find_snippets(text: str) -> list[Snippet]:
    """The snippets of a page: what is fenced, and what is set off by blanks and begins with a command."""
    found, runs = [], True
    for token in MarkdownIt("commonmark").parse(text):
        if token.type in ("fence", "code_block"):
            begins = token.content.startswith(COMMANDS) or ASSIGNED.match(token.content)
            language = token.info if token.type == "fence" else "sh" if begins else "text"
            found.append(Snippet(language, token.content, token.map[0] + 1 if token.map else 0, runs))
        runs = not (token.type == "html_block" and NOT_RUN.fullmatch(token.content.strip()))
    return found


def split_commands(words: str) -> list[tuple[str, str]]:
    """The commands of a snippet, each with the lines that are written into it."""
    lines = iter(words.replace("\\\n", " ").splitlines())
    commands = []
    for line in lines:
        body = []
        if opening := HEREDOC.fullmatch(line.strip()):
            for written in lines:
                if written == opening[2]:
                    break
                body.append(written + "\n")
        if line.strip() and not line.lstrip().startswith("#"):
            commands.append((line.strip(), "".join(body)))
    return commands


class Shell:
    """Runs the few kinds of commands that the pages have. Commands of the house are only looked up."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.patch = patch
        self.variables: dict[str, str] = {}

    def run(self, command: str, body: str = "") -> None:
        if opening := HEREDOC.fullmatch(command):
            Path(opening[1]).write_text(body, encoding="utf8")
        elif kept := ASSIGNMENT.fullmatch(command):
            self.variables[kept[1]] = self.call(kept[2]).strip()
        elif command.startswith("export "):
            name, _, value = command.removeprefix("export ").partition("=")
            self.patch.setenv(name, value)
        elif command.startswith(("make", "pip ", ".venv/bin/python ", ".venv/bin/pybabel ", "python ")):
            look_up(shlex.split(command, comments=True))
        else:
            self.call(command)

    def call(self, command: str) -> str:
        """What a command of sayso prints, also into the file that it is sent to."""
        words = shlex.split(VARIABLE.sub(lambda found: self.variables[found[1]], command), comments=True)
        assert words[0].removeprefix(".venv/bin/") == "sayso", f"no way to run {words[0]}"
        words, target = (words[1:-2], words[-1]) if words[-2:-1] == [">"] else (words[1:], "")
        result = RUNNER.invoke(app, words)
        assert result.exit_code == 0, f"{command}\n{result.output}"
        if target:
            Path(target).write_text(result.stdout, encoding="utf8")
        return result.stdout


def look_up(words: list[str]) -> None:
    """A command that no test runs: its target, extra or script exists."""
    if words[0] == "make":
        targets = re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text("utf8"))
        assert set(words[1:]) <= set(targets)
    elif words[:2] == ["pip", "install"]:
        extras = (ROOT / "pyproject.toml").read_text("utf8")
        for extra in re.findall(r"sayso\[([^]]+)\]", " ".join(words)):
            assert all(re.search(rf"(?m)^{name} = \[", extras) for name in extra.split(","))
    elif words[1].endswith(".py"):
        assert (ROOT / words[1]).exists()


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What every page finds in its folder."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(ROOT / "examples", folder / "examples")
    shutil.copytree(ROOT / "examples" / "baltimore", folder / "reports")
    (folder / "GEONAMES").mkdir()
    row = "99000001\tBrimwick\tBrimwick\t\t54.1\t-1.2\tP\tPPL\tGB\t\tENG\t\t\t\t900\t\t40\tEurope/London\t2031-01-01\n"
    (folder / "GEONAMES" / "GB.txt").write_text(row, encoding="utf8")
    with sayso.open(folder / "sayso.db") as ledger:
        ledger.add(folder / "reports")
    return folder


@pytest.fixture
def here(desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A page's own folder, in which it runs, away from the user's settings."""
    shutil.copytree(desk, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    for name in ("SAYSO_LEDGER", "SAYSO_ANALYST", "SAYSO_GAZETTEER"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def name_page(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=name_page)
def test_every_snippet_runs(page: Path, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shell, names = Shell(monkeypatch), {"__name__": "snippets"}
    for snippet in find_snippets(page.read_text("utf8")):
        place = f"{page.name}:{snippet.line}"
        assert snippet.language in LANGUAGES, f"{place} is of no known kind"
        if not snippet.runs:
            continue
        if snippet.language == "sh":
            for command, body in split_commands(snippet.words):
                shell.run(command, body)
        elif snippet.language == "python":
            exec(compile(snippet.words, place, "exec"), names)
        elif snippet.language == "json":
            json.loads(snippet.words)


@pytest.mark.parametrize("page", PAGES, ids=name_page)
def test_no_command_hides_in_what_is_not_run(page: Path) -> None:
    for snippet in find_snippets(page.read_text("utf8")):
        if snippet.language == "text":
            assert not re.search(r"(?m)^(sayso |from \w+ import |import \w+$|with open_)", snippet.words), snippet.line


@pytest.mark.parametrize("page", NOTEBOOKS, ids=name_page)
def test_every_cell_of_a_notebook_runs_and_is_shown(page: Path, here: Path) -> None:
    names: dict[str, Any] = {}
    book = json.loads(page.read_text("utf8"))
    cells = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
    assert cells
    for cell in cells:
        assert cell["outputs"] == [], "outputs are made when it is read, and never kept"
        shown = build_docs.run_cell("".join(cell["source"]), names)
        if hasattr(shown, "_repr_html_"):
            assert shown._repr_html_()


def test_a_command_that_fails_is_found(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shell = Shell(monkeypatch)
    for command in ("sayso points --as-of soon", "sayso pints", "rm x", "make tea", 'pip install "sayso[tea]"'):
        with pytest.raises(AssertionError):
            shell.run(command)


def test_snippets_are_told_apart() -> None:
    page = "a\n\n    sayso points\n\nb\n\n<!-- not run: network -->\n```python\nx\n```\n\n    Ten died, he said.\n"
    found = [(one.language, one.runs) for one in find_snippets(page)]
    assert found == [("sh", True), ("python", False), ("text", True)]
    assert split_commands("Q=$(sayso ask \\\n  x)\n# no\ncat > a <<'END'\n1\nEND\n") == [
        ("Q=$(sayso ask    x)", ""),
        ("cat > a <<'END'", "1\n"),
    ]
