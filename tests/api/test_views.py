"""The views from Python are the views of the commands: one path, the same rows."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import sayso
from sayso.cli import app
from sayso.tell.views import VIEWS

RUNNER = CliRunner()
LATE = "2031-05-02"


def run(*words: str | Path) -> str:
    result = RUNNER.invoke(app, [str(word) for word in words])
    assert result.exit_code == 0, result.stderr
    return result.stdout


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_what_the_command_prints(story: sayso.OpenLedger, folder: Path, name: str) -> None:
    command = [name, "--ledger", story.ledger.name, "--as-of", LATE]
    rows = getattr(story, name)(as_of=LATE)
    assert rows.render("json") == run(*command, "--format", "json")
    assert rows.render("csv") == run(*command, "--format", "csv")
    assert getattr(sayso.look(folder), name)().render("json") == run(name, folder, "--format", "json")


def test_a_brief_is_what_the_command_prints(story: sayso.OpenLedger) -> None:
    command = ["brief", "--ledger", story.ledger.name, "--since", LATE, "--language", "uk", "--style", "quotes"]
    told = story.brief(since=LATE, language="uk", style="quotes")
    assert told.markdown == run(*command)
    assert told.html == run(*command, "--format", "html")
    assert told.text == str(told) == run(*command, "--format", "txt")
    assert told.row == json.loads(run(*command, "--format", "json"))


def test_changes_are_what_the_command_prints(story: sayso.OpenLedger) -> None:
    command = ["changes", "--ledger", story.ledger.name, "--since", LATE]
    assert story.changes(LATE).render("json") == run(*command, "--format", "json")


def test_a_journey_is_what_the_command_prints(story: sayso.OpenLedger) -> None:
    journey = story.explain("40 Peruvian miners")
    assert str(journey) == run("explain", "40 Peruvian miners", "--ledger", story.ledger.name)
    assert len(journey) == len(list(journey)) == len(journey.rows) > 3


def test_words_of_a_journey_are_escaped_in_a_notebook(tmp_path: Path) -> None:
    path = tmp_path / "odd.txt"
    path.write_text("Some 40 <script>miners</script> are missing, the mayor said.", encoding="utf8")
    assert "<script>" not in sayso.look(path).explain("40")._repr_html_()


def test_a_view_can_be_narrowed(story: sayso.OpenLedger) -> None:
    assert {row["id"] for row in story.origins()} == {"r1", "r2"}
    assert {row["id"] for row in story.origins(as_of=LATE)} == {"r1"}
    assert {row["id"] for row in story.origins(about="shaft")} == {"r2"}
    assert {row["id"] for row in story.origins(story="miners")} == {"r1", "r2"}
    assert len(story.origins(held_at="2001-01-01")) == 0


@pytest.mark.parametrize(
    ("narrowing", "words"),
    [
        ({"as_of": "soon"}, "no date or time"),
        ({"story": "the ferry"}, "no story is called the ferry"),
        ({"about": "!?"}, "names no word to look for"),
    ],
)
def test_what_narrows_to_nothing_known_is_refused(
    story: sayso.OpenLedger, narrowing: dict[str, str], words: str
) -> None:
    with pytest.raises(sayso.Error, match=words):
        story.points(**narrowing)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (lambda s: s.view("pints"), "no view is called 'pints'"),
        (lambda s: s.explain("zork"), "nothing here is called “zork”"),
        (lambda s: s.brief(style="loud"), "'loud' is none of"),
        (lambda s: s.brief(language="xx"), "no language 'xx'"),
        (lambda s: s.changes(None), "name the earlier"),
        (lambda s: s.brief().render("xlsx"), "'xlsx' is none of md"),
    ],
)
def test_what_cannot_be_done_is_one_kind_of_error(story: sayso.OpenLedger, asked, words: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(sayso.Error, match=words) as caught:
        asked(story)
    assert "\n" not in str(caught.value)


def test_reports_that_are_kept_nowhere_have_no_ledger(folder: Path) -> None:
    with pytest.raises(sayso.Error, match="ask a ledger"):
        sayso.look(folder).points(about="miners")
