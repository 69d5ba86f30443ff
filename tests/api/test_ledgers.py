"""An open ledger: what is added, kept and checked."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

import sayso
from sayso.cli import app
from sayso.ledger import open_ledger

WORDS = "Some 70 Peruvian miners are missing, the union said."


def test_adding_twice_adds_nothing(story: sayso.OpenLedger, folder: Path) -> None:
    added = story.add(folder, folder / "one.md")
    assert (added.new, added.known, added.problems) == (0, 3, [])


def test_what_cannot_be_read_is_a_problem_and_the_rest_is_kept(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 nothing")
    with sayso.open(tmp_path / "new.db") as kept:
        added = kept.add(tmp_path / "bad.pdf", tmp_path / "none.txt", folder)
        assert added.new == 2
        assert [Path(problem.input).name for problem in added.problems] == ["bad.pdf", "none.txt"]


def test_columns_of_a_table_may_be_named(tmp_path: Path) -> None:
    table = tmp_path / "cuttings.csv"
    table.write_text("Notiz,Beitrag\nungelesen,The bridge at Orlen is closed since Monday.\n", encoding="utf8")
    assert [r.report.text for r in sayso.look(table, columns={"text": "Beitrag"}).readings] == [
        "The bridge at Orlen is closed since Monday."
    ]
    with sayso.open(tmp_path / "new.db") as kept, pytest.raises(sayso.Error, match="'words' is no field"):
        kept.add(table, columns={"words": "Beitrag"})


def test_a_text_that_was_read_is_kept_with_its_bytes(story: sayso.OpenLedger) -> None:
    read = sayso.read(WORDS, id="r3", outlet="The Bell", published="2031-05-04")
    assert (story.add(read).new, story.add(read).known) == (1, 1)
    raw = story.ledger.find_raw(read.reading.report.raw)
    assert raw is not None
    assert raw.content == WORDS.encode()
    assert {row["id"] for row in story.origins()} == {"r1", "r2", "r3"}
    assert story.verify() == []


def test_views_see_what_was_added_and_judged_meanwhile(story: sayso.OpenLedger) -> None:
    assert len(story.origins()) == 2
    story.add(sayso.read(WORDS))
    assert len(story.origins()) == 3
    with open_ledger(story.ledger.name) as another:
        another.judge("retract", "r1", by="ana", reason="the outlet took it back")
    assert "r1" not in {row["id"] for row in story.origins()}


def test_a_picture_is_weighed_once(story: sayso.OpenLedger) -> None:
    assert story.picture() is story.picture()
    assert story.picture() is not story.picture(as_of="2031-05-02")


def test_the_ledger_of_the_environment_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_LEDGER", str(tmp_path / "named.db"))
    with sayso.open() as kept:
        assert kept.ledger.name.endswith("named.db")


def test_no_ledger_is_made_where_none_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(sayso.Error, match=r"none\.db"):
        sayso.open(tmp_path / "none.db", create=False)
    assert not (tmp_path / "none.db").exists()


def test_a_closed_ledger_says_so(story: sayso.OpenLedger) -> None:
    story.close()
    story.close()
    assert repr(story) == "<a closed ledger>"
    for asked in (story.points, story.verify, story.stories, lambda: story.add("x"), lambda: story.check("Ten died.")):
        with pytest.raises(sayso.Error, match="the ledger is closed"):
            asked()


@pytest.mark.parametrize("where", ["\0", "a\0b.db", "postgresql://nobody@127.0.0.1:1/x", "nowhere/at/all.db", "."])
def test_where_no_ledger_can_be_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(sayso.Error):
        sayso.open(where)


def test_reports_are_looked_at_and_kept_nowhere(folder: Path, tmp_path: Path) -> None:
    looked = sayso.look(folder, tmp_path / "none.txt")
    assert repr(looked) == "<2 reports, 1 problems>"
    assert {row["id"] for row in looked.origins()} == {"r1", "r2"}


def test_what_people_assessed_is_in_the_brief_of_a_ledger(story: sayso.OpenLedger) -> None:
    words = ["scenarios", "new", "The mine", "-y", "S1: Rescue: they dig on", "-y", "S2: End: they stop", "--by", "ana"]
    assert "they dig on" not in story.brief().text
    result = CliRunner().invoke(app, [*words, "--ledger", story.ledger.name])
    assert result.exit_code == 0, result.stderr
    assert "they dig on" in story.brief().text


def test_a_package_of_evidence_is_written_and_its_root_hash_given(tmp_path, folder):
    from sayso.share.evidence.checks import check_package

    with sayso.open(tmp_path / "l.db") as ledger:
        ledger.add(folder / "one.md")
        root = ledger.evidence("r1", tmp_path / "r1.wacz", by="ana", at="2031-06-01")
        with pytest.raises(sayso.Error, match="none of bagit, zip, wacz"):
            ledger.evidence("r1", tmp_path / "r1.tar", format="tar")
        with pytest.raises(sayso.Error, match="no story is called r2"):
            ledger.evidence("r2", tmp_path / "r2.wacz")
    checked = check_package(tmp_path / "r1.wacz")
    assert (checked.problems, checked.root, checked.head.by) == ((), root, "ana")
