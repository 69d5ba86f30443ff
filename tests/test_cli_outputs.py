"""Briefs in files: every format, whole or not at all."""

import email
import io
import json
import os
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.cli.outputs import replace_file
from sayso.tell import faces

RUNNER = CliRunner()
REPORT = """---
outlet: "The Wire"
title: "Forty miners missing"
published: "2031-05-01T09:00:00+00:00"
---

Some 40 Peruvian miners are missing, the mayor, Rosa Quispe, said. The company declined to comment.
"""
STARTS = {
    "md": b"# ",
    "html": b"<!doctype html>",
    "json": b"{",
    "pdf": b"%PDF",
    "docx": b"PK",
    "txt": b"Miners missing\n====",
    "eml": b"Subject: ",
}


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.md"
    path.write_text(REPORT, encoding="utf8")
    return path


def run(*words: str | Path) -> tuple[int, bytes, str]:
    result = RUNNER.invoke(app, [str(w) for w in words])
    return result.exit_code, result.stdout_bytes, result.stderr


def test_every_format_is_known_here() -> None:
    assert set(STARTS) == set(faces.FORMATS)


@pytest.mark.parametrize("form", faces.FORMATS)
def test_a_brief_goes_to_a_pipe_or_a_file(report: Path, tmp_path: Path, form: str) -> None:
    target = tmp_path / f"brief.{form}"
    status, piped, _ = run("brief", report, "--title", "Miners missing", "--format", form)
    assert (status, piped.startswith(STARTS[form])) == (0, True)
    assert run("brief", report, "--title", "Miners missing", "-o", target)[:2] == (0, b"")
    if form != "docx":  # A zip holds the moment of its making.
        assert target.read_bytes() == piped
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([target.name, report.name])


@pytest.mark.parametrize("form", faces.FORMATS)
def test_nothing_to_tell_leaves_the_file_as_it_is(tmp_path: Path, form: str) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    target = tmp_path / f"brief.{form}"
    target.write_bytes(b"yesterday's brief")
    status, out, told = run("brief", tmp_path / "broken.pdf", "--format", form, "-o", target)
    assert (status, out) == (1, b"") and "no brief is written" in told
    assert target.read_bytes() == b"yesterday's brief"
    missing = tmp_path / f"new.{form}"
    assert run("brief", tmp_path / "broken.pdf", "--format", form, "-o", missing)[0] == 1
    assert not missing.exists()


@pytest.mark.parametrize("form", sorted(faces.BINARY))
def test_a_terminal_is_spared_what_it_cannot_show(report: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    class Terminal(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    from sayso.cli import views

    monkeypatch.setattr(views.sys, "stdout", Terminal(io.BytesIO()))
    with pytest.raises(views.typer.Exit) as ended:
        views.choose_face(form, None)
    assert ended.value.exit_code == 2
    assert views.choose_face(form, Path("b.bin")) == form


@pytest.mark.parametrize(("form", "module"), sorted(faces.EXTRAS.items()))
def test_a_missing_package_is_one_line_that_names_the_extra(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, module: str
) -> None:
    monkeypatch.setattr(faces, "find_spec", lambda name: None if name == module else object())
    status, out, told = run("brief", report, "--format", form, "-o", tmp_path / "x")
    assert (status, out, told.count("\n")) == (1, b"", 1)
    assert f'pip install "sayso[{form}]"' in told
    assert not (tmp_path / "x").exists()


def test_an_unknown_format_is_wrong_usage(report: Path) -> None:
    assert run("brief", report, "--format", "odt")[0] == 2


def test_the_named_format_goes_before_the_files_name(report: Path, tmp_path: Path) -> None:
    run("brief", report, "--format", "json", "-o", tmp_path / "brief.html")
    row = json.loads((tmp_path / "brief.html").read_text(encoding="utf8"))
    assert all({"id", "title", "front", "sentences"} <= set(section) for section in row["sections"])


def test_the_mail_is_one(report: Path) -> None:
    message = email.message_from_bytes(run("brief", report, "--format", "eml")[1])
    assert [part.get_content_type() for part in message.get_payload()] == ["text/plain", "text/html"]


def test_what_cannot_be_written_is_one_line(report: Path, tmp_path: Path) -> None:
    status, _, told = run("brief", report, "-o", tmp_path / "no" / "brief.md")
    assert (status, told.count("\n"), "No such file" in told) == (1, 1, True)


def test_a_file_is_replaced_whole_and_keeps_its_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, link = tmp_path / "brief.md", tmp_path / "link.md"
    path.write_bytes(b"before")
    path.chmod(0o640)
    link.symlink_to(path)
    replace_file(link, b"after")
    assert (path.read_bytes(), link.is_symlink(), stat.S_IMODE(path.stat().st_mode)) == (b"after", True, 0o640)

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        replace_file(path, b"half")
    assert path.read_bytes() == b"after"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["brief.md", "link.md"]


def test_a_device_is_written_to_and_stays_one() -> None:
    replace_file(Path(os.devnull), b"words")
    assert Path(os.devnull).is_char_device()


def test_new_files_have_the_usual_rights(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        replace_file(tmp_path / "new", b"")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640
