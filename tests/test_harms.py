"""Strangers' words command no terminal, turn no line around and hide nothing, in whatever face they are shown."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient
from typer.main import get_command

from sayso.api.ledgers import Reports
from sayso.cli import app
from sayso.extract import VERSION, read_report
from sayso.harms import clean_text, escape_json, one_line, quote_line
from sayso.ledger import open_ledger
from sayso.record import Report
from sayso.serve.app import create_app
from sayso.serve.desk import Desk
from sayso.serve.guards.users import User
from sayso.share.exports import list_formats
from sayso.tell.tables import dump_row, is_formula, print_rows
from sayso.tell.views import VIEWS
from sayso.watch.alerts.wordings import write_json

HARMFUL = st.characters(exclude_categories=()) | st.sampled_from("\x1b\x07\x9b\u202e\u2066\u200b\u2028\U000e0041\ud800")
WORDS = st.text(HARMFUL, max_size=40)
EVIL = (
    "\x1b[31m\x1b]52;c;ZWNobw==\x07\x1b]8;;https://x.example\x9c\x9b2J\u202eabc\u2066\u200b\u200dx\u2028"
    "\U000e0041\ufeff\x00\x7f\ud800\u061c"
)
WANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)
"""What no face may hold, in this test's own words."""
DAY = datetime(2031, 5, 6, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def reports() -> Reports:
    return Reports([read_report(make_report(number)) for number in range(3)])


def make_report(number: int, evil: str = EVIL) -> Report:
    text = (
        f"At least {40 + number} miners{evil} were trapped in Kiruna{evil} on Monday, the mayor, Åsa Ö{evil}berg, said."
        f" “It was {evil} terrible,” Rosa Quispe{evil} told Reuters. =1+1 were hurt."
    )
    return Report(
        id=f"r{number}{evil}",
        digest=f"d{number}",
        text=text,
        title=f"=cmd|{evil} Kiruna",
        outlet=f"＝Out{evil}{number}",
        author=f"@{evil}",
        url=f"https://x.example/{evil}",
        published=DAY,
    )


@given(WORDS)
def test_what_is_shown_does_no_harm_and_keeps_its_places(words: str) -> None:
    shown = clean_text(words)
    assert len(shown) == len(words) and not WANTED.search(shown)
    assert all(a == b or b == "\ufffd" for a, b in zip(words, shown, strict=True))
    assert clean_text(shown) == shown and "\n" not in one_line(words) and quote_line(words).isprintable()


@pytest.mark.parametrize("words", ["می‌خواهم", "क्‍ष", "👩‍🚒", "Göteborg – “ja”\n\tnej", "שלום עולם", "ไทย"])
def test_what_writing_needs_stays(words: str) -> None:
    assert clean_text(words) == words


@given(st.dictionaries(WORDS, WORDS | st.lists(WORDS, max_size=3), max_size=3))
def test_json_gives_the_very_words_and_shows_none_that_harm(row: dict[str, object]) -> None:
    for written in (dump_row(row), escape_json(json.dumps(row))):
        assert json.loads(written) == json.loads(json.dumps(row)) and not WANTED.search(written)


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=30))
def test_alerts_give_the_very_words_too(words: str) -> None:
    written = write_json({"text": words})
    assert json.loads(written) == {"text": words} and not WANTED.search(written)


@given(st.sampled_from("=+-@＝＋－＠﹢₊⁺\t\r") | st.just("\u200b="), WORDS)
def test_no_cell_is_a_formula_in_any_script(first: str, rest: str) -> None:
    out = io.StringIO()
    print_rows([{"a": first + rest, "b": 1}], ("a", "b"), "csv", out)
    ((_, _), (cell, _)) = csv.reader(io.StringIO(out.getvalue()))
    assert not is_formula(cell) and not WANTED.search(cell)
    assert cell[:1] not in tuple("=+-@＝＋－＠\t\r")


@pytest.mark.parametrize("name", list(VIEWS))
def test_no_view_does_harm(name: str, reports: Reports) -> None:
    rows = reports.view(name)
    for format in ("table", "json", "jsonl", "csv"):
        assert not WANTED.search(rows.render(format))
    assert not WANTED.search(rows._repr_html_())


def list_words(content: bytes) -> Iterator[str]:
    """The texts of a file: of a zip those of its parts, of a letter its headers and bodies."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            yield from (parts.read(name).decode("utf8") for name in parts.namelist() if name.endswith(("xml", "rels")))
    elif content.startswith(b"Subject:"):
        letter = message_from_bytes(content, policy=default)
        yield from (str(value) for value in letter.values())
        yield from (part.get_content() for part in letter.walk() if part.get_content_maintype() == "text")
    else:
        yield content.decode("utf8")


@pytest.mark.parametrize("format", ["md", "html", "json", "txt", "eml", "docx"])
def test_no_face_of_a_brief_does_harm(format: str, reports: Reports) -> None:
    for style in ("plain", "quotes"):
        for words in list_words(reports.brief(style=style).render(format)):
            assert not WANTED.search(words.replace("\r\n", "\n"))


def test_no_pdf_does_harm(reports: Reports) -> None:
    pytest.importorskip("typst")
    read = pypdfium2.PdfDocument(reports.brief().render("pdf"))
    words = "".join(page.get_textpage().get_text_range() for page in read) + str(read.get_metadata_dict())
    assert "Kiruna" in words and not re.search("[\x1b\x9b\u202e\u2066\u2028]", words)


@pytest.mark.parametrize("name", [name for name in list_formats() if name not in ("parquet", "bundle")])
def test_no_export_does_harm(name: str, reports: Reports) -> None:
    for words in list_words(reports.export(name, made=DAY)):
        assert not WANTED.search(words.replace("\r\n", "\n"))


def test_no_cell_of_a_workbook_is_run(reports: Reports) -> None:
    book = openpyxl.load_workbook(io.BytesIO(reports.export("xlsx", made=DAY)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    alive = [cell for cell in cells if cell.data_type == "f"]
    looks = [cell for cell in cells if isinstance(cell.value, str) and is_formula(cell.value)]
    assert cells and not alive and all(cell.quotePrefix for cell in looks)


def test_no_journey_does_harm(reports: Reports) -> None:
    journey = reports.explain("terrible")
    assert not WANTED.search(str(journey)) and not WANTED.search(journey._repr_html_())


@pytest.mark.skipif(sys.platform == "win32", reason="file names are text there")
def test_a_file_may_be_called_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    names = [b"\xff\xfe.md", b"\x1b]0;mine\x07.md", "a\u202egnp.md".encode(), b"\xc3(.pdf", b"nl\nx.md"]
    for number, name in enumerate(map(os.fsdecode, names)):
        Path(name).write_text(f"Some {40 + number} miners are missing, the mayor, Åsa Öberg, said.", "utf8")
    program = get_command(app)
    for words in (["read", "."], ["add", ".", "--ledger", "l.db"], ["points", "--ledger", "l.db"], ["read", *names]):
        program.main([os.fsdecode(word) for word in words], standalone_mode=False)
        shown, told = capfd.readouterr()
        assert not WANTED.search(told) and not WANTED.search(shown)
        assert words[0] != "add" or "4 new, 0 known before, 1 failed" in told


def test_no_page_of_the_desk_does_harm(tmp_path: Path) -> None:
    with open_ledger(str(tmp_path / "l.db")) as ledger:
        evil = EVIL.replace("\ud800", "")  # No ledger holds half a character.
        for number in range(3):
            ledger.add_reading(read_report(make_report(number, evil)), extractor=VERSION)
        ledger.judge("grade", next(iter(ledger.readings())).claims[0].id, by="olga", reason=evil, value="3")
        digest = next(iter(ledger.readings())).report.digest
    with TestClient(create_app(Desk.open(str(tmp_path / "l.db")), ["testserver"], User("ana", "analyst"))) as client:
        story = client.get("/api/v1/stories").json()["items"][0]["id"]
        parts = ("", "/points", "/origins", "/map.json")
        pages = [f"/stories/{story}{part}" for part in parts] + [
            "/",
            "/judgements",
            f"/reports/{digest}",
            "/search?q=miners",
        ]
        pages += [f"/api/v1/{view}?story={story}" for view in ("points", "brief")]
        answers = [client.get(page) for page in pages]
        assert sum(answer.status_code == 200 for answer in answers) > len(pages) - 3
        assert not [answer.url for answer in answers if WANTED.search(answer.text)]
