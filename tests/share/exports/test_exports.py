"""Every format: it names the same nouns, is valid whatever words stand in it, and gives the same bytes each time."""

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_pictures import make_picture, make_shared

sys.path.insert(0, str(Path(__file__).parents[3] / "eval"))
sys.path.insert(0, str(Path(__file__).parents[3] / "building"))
from export_checks_tables import CHECKS
from export_page import PAGE, make_page

from sayso.errors import Error
from sayso.harms import clean_text
from sayso.record import Picture
from sayso.share.exports import NOUNS, Shared, find_format, list_formats
from sayso.share.exports.bundle import write_formats
from sayso.share.exports.claims import list_rows
from sayso.share.exports.losses import say_format

ROOT = Path(__file__).parents[3]
FORMATS = list_formats()
NASTY = (
    "=HYPERLINK(1)",
    "＝1+1",
    "\u202egnp.exe\u202c",
    "\x00\x1b[31m\x7f",
    "\r\nEND:VEVENT\r\nBEGIN:VEVENT",
    "</name><script>alert(1)</script>]]>&amp;",
    "\ud800\ufffe\uffff",
    '"",;|\'\\',
    "٣ ملايين 三百 Ⅻ",
    "line\u2028END:VEVENT\u2029",
    "#REF!",
    "x" * 40_000,
    "😀" * 20_000,
)


def write(name: str, shared: Shared) -> bytes:
    return find_format(name).write(shared)


def read_rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf8"), newline="")))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_names_the_same_nouns(name: str) -> None:
    assert tuple(FORMATS[name].becomes) == NOUNS
    assert FORMATS[name].title and FORMATS[name].media_type.count("/") == 1
    assert FORMATS[name].becomes["attribution chain"] and FORMATS[name].becomes["claim"]


def test_the_page_of_exports_says_what_the_table_says() -> None:
    page = PAGE.read_text("utf8")
    assert make_page(page) == page, "docs/exports.md has fallen behind: run make manual"
    assert all(say_format(one) in page for one in FORMATS.values())


@pytest.mark.parametrize("words", NASTY)
@pytest.mark.parametrize("name", CHECKS)
def test_no_words_break_a_format(name: str, words: str) -> None:
    assert list(CHECKS[name](write(name, make_shared(words)))) == []


@pytest.mark.parametrize("name", [name for name in CHECKS if name != "bundle"])
@settings(max_examples=15, deadline=None)
@given(words=st.text(st.characters(codec=None), max_size=40))
def test_nor_do_any_others(name: str, words: str) -> None:
    assert list(CHECKS[name](write(name, make_shared(words)))) == []


@pytest.mark.parametrize("name", CHECKS)
def test_a_picture_of_nothing_is_valid_too(name: str) -> None:
    nothing = make_shared()
    empty = Shared(picture=Picture(readings=()), made=nothing.made, tool=nothing.tool)
    assert list(CHECKS[name](write(name, empty))) == []


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "csv": lambda content: content.replace(b"\nr", b"\n=1,r", 1).replace(b"\na,", b"\n=1,a,", 1),
    "ucdp-csv": lambda content: content.replace(b",2031-05-04,2031-05-04,", b",2031-05-04,,", 1),
    "geojson": lambda content: content.replace(b"[20.2,53.2]", b"[220.2,53.2]", 1),
    "kml": lambda content: content.replace(b"<Placemark", b"<Place", 1).replace(b"</Placemark>", b"</Place>", 1),
    "icalendar": lambda content: content.replace(b"DTSTAMP:20310601T123000Z\r\n", b"", 1),
    "graphml": lambda content: content.replace(b'<data key="node-noun">report</data>', b"", 1),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_check_finds_what_is_wrong(name: str) -> None:
    """A check that finds nothing in a spoilt file would prove nothing of a good one."""
    content = write(name, make_shared())
    assert SPOILT[name](content) != content
    assert list(CHECKS[name](SPOILT[name](content)))


def test_the_same_reports_give_the_same_bytes_in_every_process() -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests/share'); from hashlib import sha256;"
        "from small_pictures import make_shared;"
        "from sayso.share.exports import list_formats;"
        "print([sha256(list_formats()[n].write(make_shared())).hexdigest() for n in sys.argv[1:]])"
    )
    names = [name for name in CHECKS if name != "bundle"]
    found = {
        subprocess.run(
            [sys.executable, "-c", code, *names],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT / "src")},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert found == {f"{[sha256(write(name, make_shared())).hexdigest() for name in names]}\n"}


def test_every_row_has_its_words_their_span_and_the_chain() -> None:
    picture = make_picture()
    texts = {reading.report.id: reading.report.text for reading in picture.readings}
    rows = read_rows(write("csv", make_shared()))
    assert len(rows) == 4
    for row in rows:
        assert row["words"] == texts[row["report"]][int(row["start"]) : int(row["end"])]
        assert row["value"] == texts[row["report"]][int(row["value_start"]) : int(row["value_end"])]
        assert row["chain"].startswith(row["outlet"]) and row["chain"].endswith(row["source"])
    figures = {(row["low"], row["point"], row["origin"]) for row in rows if row["kind"] == "figure"}
    assert figures == {("12.0", "p1", "origin of ca"), ("14.0", "p1", "origin of cb")}


def test_a_persons_grade_is_told_from_the_machines() -> None:
    row = read_rows(write("csv", make_shared()))[0]
    assert (row["credibility"], row["credibility_by"]) == ("2", "machine")
    by = {row["reliability_by"] for row in list_rows(make_picture("machine"))}
    assert by == {"analyst anamachine"}


NOT_ASSERTED: list[dict[str, Any]] = [
    {"stands": "denied"},
    {"stands": "asked"},
    {"stands": "supposed"},
    {"stands": "withdrawn"},
    {"polarity": "negative"},
    {"tense": "planned"},
    {"tense": "hypothetical"},
    {"stance": "suspects"},
    {"stance": "predicts"},
    {"negated": True},
]


@pytest.mark.parametrize("claimed", NOT_ASSERTED, ids=str)
def test_what_nobody_asserts_is_in_no_calendar_and_no_row_of_events(claimed: dict[str, Any]) -> None:
    shared = make_shared(**claimed)
    calendar = write("icalendar", shared).replace(b"\r\n ", b"")
    assert b"12 people" in calendar and b"14 people" not in calendar
    (event,) = read_rows(write("ucdp-csv", shared))
    assert (event["low"], event["best"], event["high"], event["reports"]) == ("12", "12", "12", "a")


@pytest.mark.parametrize("claimed", NOT_ASSERTED, ids=str)
def test_maps_say_so_of_what_nobody_asserts(claimed: dict[str, Any]) -> None:
    shared = make_shared(**claimed)
    features = {one["id"]: one["properties"] for one in json.loads(write("geojson", shared))["features"]}
    assert features["claim:ca"]["name"] == "12 people were killed in Soldau"
    assert features["claim:cb"]["name"].endswith(": 14 people were killed in Soldau")
    assert [told["claim"] for told in features["happening:deadbeef0badf00d"]["asserted_by"]] == ["ca"]
    shown, hidden = write("kml", shared).split(b"<name>Denied")
    assert b"claim-ca" in shown and b"claim-cb" not in shown
    assert b"claim-cb" in hidden and b"<visibility>1" not in hidden
    told_by = ("assertion", "polarity", "tense", "stance", "negated")
    assert len({tuple(row[name] for name in told_by) for row in read_rows(write("csv", shared))}) == 2


def test_a_bundle_has_every_file_with_its_hash() -> None:
    with zipfile.ZipFile(io.BytesIO(write("bundle", make_shared()))) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert {one["format"] for one in manifest["files"]} | set(manifest["left_out"]) == FORMATS.keys() - {"bundle"}
        assert manifest["left_out"] == {}
        sums = archive.read("SHA256SUMS").decode().splitlines()
        assert {line.split("  ")[1] for line in sums} == set(archive.namelist()) - {"SHA256SUMS"}
        assert all(sha256(archive.read(line.split("  ")[1])).hexdigest() == line[:64] for line in sums)
        readme = archive.read("README.md").decode()
        assert "Lost: relation, position" in readme and "### geojson" in readme


def test_a_bundle_says_what_it_leaves_out_and_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "sayso.share.exports.parquet", raising=False)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with zipfile.ZipFile(io.BytesIO(write("bundle", make_shared()))) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert list(manifest["left_out"]) == ["parquet"]
        assert "pip install 'sayso[export]'" in manifest["left_out"]["parquet"]
        assert "Left out: parquet (" in archive.read("README.md").decode()
        assert not [name for name in archive.namelist() if name.endswith(".parquet")]
    with pytest.raises(Error, match=r"pip install 'sayso\[export\]'"):
        write("parquet", make_shared())


def test_several_formats_are_a_zip_of_these_and_one_is_its_file() -> None:
    shared = make_shared()
    assert write_formats(shared, ["csv"]) == write_formats(shared, ["csv", "csv"]) == write("csv", shared)
    with zipfile.ZipFile(io.BytesIO(write_formats(shared, ["csv", "icalendar"]))) as archive:
        assert archive.namelist()[:2] == ["sayso.csv", "sayso-icalendar.ics"]
    with pytest.raises(Error, match="'pptx' is no format to export to: there are csv"):
        write_formats(shared, ["csv", "pptx"])
    with pytest.raises(Error, match="name a format"):
        write_formats(shared, [])


def test_a_cell_of_a_workbook_is_text_whatever_it_looks_like() -> None:
    for words in ("=1+1", "＝1", "#REF!", "-2", "\u200b@x", "plain"):
        sheet = openpyxl.load_workbook(io.BytesIO(write("xlsx", make_shared(words))))["claims"]
        titles = [cell for column in sheet.iter_cols() if column[0].value == "title" for cell in column[1:]]
        assert {(cell.value, cell.data_type) for cell in titles} == {(f"{clean_text(words)}Market shelled", "s")}
        assert {bool(cell.quotePrefix) for cell in titles} == {words != "plain"}


def test_what_no_cell_holds_is_cut_and_says_so() -> None:
    for words in ("x" * 40_000, "😀" * 20_000):
        book = openpyxl.load_workbook(io.BytesIO(write("xlsx", make_shared(words))))
        cells = [
            cell.value for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)
        ]
        assert max(len(cell.encode("utf-16-le")) // 2 for cell in cells) in (32_766, 32_767)
        assert any(cell.endswith(" […]") for cell in cells)


def test_a_reckoned_figure_has_not_the_point_of_the_one_that_was_said() -> None:
    (said,) = make_picture().readings[1].claims[0].answers[1:]
    reckoned = replace(said, low=86.0, high=86.0, reckoned=True)
    for answers in ((said, reckoned), (reckoned, said)):
        rows = read_rows(write("csv", make_shared(answers=answers)))
        told = {(row["low"], row["reckoned"]): row["point"] for row in rows if row["claim"] == "cb"}
        assert told == {("14.0", "False"): "p1", ("86.0", "True"): ""}
