"""The command `export`: what it writes where, what it refuses, and what people judged and assessed in it."""

import csv
import io
import json
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
import typer
from typer.testing import CliRunner

import sayso
from sayso.cli import app, exporting
from sayso.cli.exporting import choose_by_name
from sayso.share.exports import list_formats

RUNNER = CliRunner()
AT = ("--at", "2031-06-01")

REPORTS = {
    "one.md": "---\nid: r1\noutlet: The Wire\npublished: 2031-05-01\n---\n\n"
    "Some 40 Peruvian miners are missing, the mayor, Rosa Quispe, said.\n",
    "two.md": "---\nid: r2\noutlet: The Echo\npublished: 2031-05-03\n---\n\n"
    "At least 60 Peruvian miners are missing, the police said on Friday.\n",
}


def run(*words: str | Path) -> tuple[int, bytes, str]:
    result = RUNNER.invoke(app, [str(w) for w in words], env={"SAYSO_ANALYST": "ana", "COLUMNS": "200"})
    return result.exit_code, result.stdout_bytes, result.stderr


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of two reports, with what people judged and assessed; tests only look."""
    path = tmp_path_factory.mktemp("exported") / "l.db"
    for name, words in REPORTS.items():
        path.with_name(name).write_text(words, encoding="utf8")
    said = (
        ("add", *(path.with_name(name) for name in REPORTS)),
        ("hypotheses", "new", "Why did it fall in?", "-y", "H1: water", "-y", "H2: neglect"),
        ("scenarios", "new", "The mine", "-y", "S1: Rescue: they come out", "-y", "S2: Loss: they do not"),
        ("ask", "Will the mine open by 31 May 2051?", "--resolves", "2051-05-31", "--force"),
        ("forecast", "Will the mine open by 31 May 2051?", "0.7"),
        ("judge", "grade", "police", "D", "--reason", "their counts were withdrawn"),
    )
    for words in said:
        code, _, errors = run(*words, "--ledger", path)
        assert code == 0, errors
    return path


def test_without_a_format_it_lists_them_with_what_each_loses() -> None:
    told = run("export")
    assert told == run("export", "--to", "list")
    assert all(name in told[1].decode() for name in list_formats())
    assert "forecast" in told[1].decode() and told[2] == ""


@pytest.mark.parametrize("name", list_formats())
def test_it_writes_what_python_gives(ledger: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / "out.x"
    assert run("export", "--ledger", ledger, "--to", name, "--as-of", "2031-05-02", *AT, "-o", path) == (0, b"", "")
    with sayso.open(ledger) as story:
        assert story.export(name, as_of="2031-05-02", made="2031-06-01") == path.read_bytes()


def test_without_a_file_it_goes_to_standard_output(ledger: Path) -> None:
    code, out, errors = run("export", "--ledger", ledger, "--to", "csv", *AT)
    assert (code, errors) == (0, "")
    assert {row["report"] for row in csv.DictReader(io.StringIO(out.decode()))} == {"r1", "r2"}


def test_the_files_name_chooses_the_format(ledger: Path, tmp_path: Path) -> None:
    for name, begin in (("c.csv", b"report,outlet"), ("m.geojson", b"{"), ("s.XLSX", b"PK"), ("k.kml", b"<?xml")):
        assert run("export", "--ledger", ledger, "-o", tmp_path / name)[0] == 0
        assert (tmp_path / name).read_bytes().startswith(begin)
    assert choose_by_name(Path("x.ics")) == ["icalendar"] and choose_by_name(Path("x.zip")) == ["bundle"]
    code, out, errors = run("export", "--ledger", ledger, "-o", tmp_path / "x.pptx")
    assert (code, out) == (2, b"") and "no format's file ends in .pptx" in errors


def test_several_formats_are_a_zip(folder: Path, tmp_path: Path) -> None:
    assert run("export", folder, "--to", "csv, kml,csv", "-o", tmp_path / "two.zip")[0] == 0
    with zipfile.ZipFile(tmp_path / "two.zip") as archive:
        assert [name for name in archive.namelist() if name.startswith("sayso")] == ["sayso.csv", "sayso.kml"]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--to", "pptx"), 2, "'pptx' is none of csv"),
        (("--to", "csv,pptx"), 2, "'pptx' is none of csv"),
        (("--to", "csv", "--at", "soon"), 2, "'soon' is no date or time"),
        (("--to", "csv", "--story", "the ferry"), 1, "no story"),
        (("--to", "csv", "--as-of", "1999"), 1, "nothing is exported"),
    ],
)
def test_what_cannot_be_is_one_line(ledger: Path, words: tuple[str, ...], code: int, told: str) -> None:
    given, out, errors = run("export", "--ledger", ledger, *words)
    assert (given, out, errors.count("\n")) == (code, b"", 1) and told in errors


def test_an_earlier_file_stays_where_nothing_is_exported(ledger: Path, tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text("before")
    assert run("export", "--ledger", ledger, "--as-of", "1999", "-o", path)[0] == 1
    assert path.read_text() == "before"


def test_a_package_that_is_not_there_is_named_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sayso.share.exports.find_spec", lambda _: None)
    code, out, errors = run("export", tmp_path / "none.txt", "-o", tmp_path / "c.parquet")
    assert (code, out, errors.count("\n")) == (1, b"", 1) and "pip install 'sayso[export]'" in errors


def test_bytes_are_not_thrown_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(isatty=lambda: True))
    assert exporting.choose_formats("csv", None) == ["csv"]
    with pytest.raises(typer.Exit) as ended:
        exporting.choose_formats("xlsx", None)
    assert ended.value.exit_code == 2


def test_an_input_that_cannot_be_read_is_named_and_the_rest_is_exported(folder: Path, tmp_path: Path) -> None:
    (folder / "three.docx").write_bytes(b"PK\x03\x04 broken")
    code, _, errors = run("export", folder, "-o", tmp_path / "c.csv")
    assert code == 1 and "three.docx" in errors
    assert {row["report"] for row in csv.DictReader((tmp_path / "c.csv").open(encoding="utf8"))} == {"r1", "r2"}


def test_a_workbook_has_what_people_judged_and_assessed(ledger: Path) -> None:
    with sayso.open(ledger) as story:
        book = openpyxl.load_workbook(io.BytesIO(story.export("xlsx", title="=The mine")))
    sheets = {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets}
    assert ["title", "=The mine"] in sheets["about"] and book["about"]["B2"].data_type == "s"
    assert book["about"]["B2"].quotePrefix
    kinds = [row[0] for row in sheets["assessments"][1:]]
    assert kinds == ["hypothesis", "hypothesis", "scenario", "scenario", "question", "forecast"]
    assert 0.7 in sheets["assessments"][6] and "ana" in sheets["judgements"][1]
    by = {row[0]: row for row in sheets["sources"]}
    police = next(row for name, row in by.items() if "police" in name)
    assert "D" in police and "analyst ana" in police


def test_a_calendar_has_the_days_of_open_questions(ledger: Path) -> None:
    with sayso.open(ledger) as story:
        assert b"SUMMARY:Question is resolved: Will the mine open" in story.export("icalendar").replace(b"\r\n ", b"")


def test_a_story_gives_its_name_unless_another_is_given(ledger: Path) -> None:
    with sayso.open(ledger) as story:
        name = story.stories()[0]["name"]
        assert json.loads(story.export("geojson", story=name))["title"] == name
        assert json.loads(story.export("geojson", story=name, title="Mine"))["title"] == "Mine"
        assert json.loads(story.export("geojson"))["title"] == ""
        with pytest.raises(sayso.Error, match="'pptx' is no format"):
            story.export("pptx")
