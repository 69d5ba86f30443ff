"""Rows of events told in words: their day, place, actors, count and source."""

import csv
import io

import pytest

from sayso.extract import read_report
from sayso.read.event_tables import LAYOUTS, find_layout, head_rows
from sayso.read.reports import Content
from sayso.read.sheets import read_sheet
from sayso.record import Problem, Remark, Report
from sayso.tables import load_toml

UCDP = {
    "id": "77",
    "type_of_violence": "1",
    "side_a": "Government of Tarnia",
    "side_b": "Hill Front",
    "source_office": "Tarn Notes;Valley Courier",
    "where_coordinates": "Brim town",
    "where_description": "near Brim town",
    "adm_1": "Upper Tarn",
    "country": "Tarnia",
    "date_start": "2031-05-03 00:00:00.000",
    "date_end": "2031-05-03 00:00:00.000",
    "deaths_civilians": "2",
    "best": "9",
    "high": "12",
    "low": "7",
}
ACLED = {
    "event_id_cnty": "TAR12",
    "event_date": "03 May 2031",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Forces of Tarnia",
    "location": "Brim",
    "country": "Tarnia",
    "source": "Tarn Notes; Valley Courier",
    "notes": "Fighters of the Hill Front attacked a post of the army.",
    "fatalities": "3",
    "timestamp": "1936000000",
}


def sheet(*rows: dict[str, str]) -> bytes:
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode("utf8")


def gdelt_line(**cells: str) -> bytes:
    names = load_toml("gdelt.toml")["columns"].split()
    return ("\t".join(cells.get(name, "") for name in names) + "\n").encode("utf8")


def items_of(content: bytes) -> list[Report | Problem]:
    items = read_sheet(Content(content=content, name="in.csv"))
    return [item for item in items if not isinstance(item, Remark)]


def test_a_row_of_ucdp() -> None:
    (report,) = items_of(sheet(UCDP))
    assert isinstance(report, Report)
    assert report.text == (
        "On 3 May 2031 Government of Tarnia and Hill Front fought near Brim town, Upper Tarn, Tarnia. "
        "UCDP says 9 people were killed, at least 7 and at most 12. 2 of them were civilians."
    )
    assert (report.id, report.outlet, report.cites, report.published) == (
        "UCDP-77",
        "UCDP",
        ("Tarn Notes", "Valley Courier"),
        None,
    )
    figures = {(figure.low, figure.high) for figure in read_report(report).figures}
    assert any(low == 9 or (low, high) == (7, 12) for low, high in figures)


def test_violence_against_civilians_over_some_days() -> None:
    row = UCDP | {"type_of_violence": "3", "side_b": "Civilians", "date_end": "2031-05-06", "best": "0"}
    (report,) = items_of(sheet(row))
    assert isinstance(report, Report)
    assert report.text.startswith("Between 3 May 2031 and 6 May 2031 Government of Tarnia attacked civilians near Brim")
    assert "killed" not in report.text


def test_a_row_of_acled_has_the_day_and_count_that_its_note_lacks() -> None:
    (report,) = items_of(sheet(ACLED))
    assert isinstance(report, Report) and report.published
    assert report.text == (
        "In Brim, Tarnia, on 3 May 2031: Fighters of the Hill Front attacked a post of the army. "
        "ACLED says 3 people were killed."
    )
    assert (report.outlet, report.cites, report.published.year) == ("ACLED", ("Tarn Notes", "Valley Courier"), 2031)


def test_a_note_of_acled_that_says_all_is_kept_as_it_is() -> None:
    note = "On 3 May 2031, fighters of the Hill Front killed three soldiers in Brim."
    (report,) = items_of(sheet(ACLED | {"notes": note}))
    assert isinstance(report, Report) and report.text == note


def test_a_row_of_gdelt_has_no_figures_of_codes() -> None:
    line = gdelt_line(
        GLOBALEVENTID="1000000001",
        SQLDATE="20310503",
        Actor1Name="TARNIA",
        Actor2Name="HILL FRONT",
        EventRootCode="19",
        GoldsteinScale="-10.0",
        NumArticles="6",
        ActionGeo_FullName="Brim, Upper Tarn, Tarnia",
        DATEADDED="20310504101500",
        SOURCEURL="https://tarnnotes.example/clash",
    )
    (report,) = items_of(line)
    assert isinstance(report, Report)
    assert report.text == "Tarnia fought Hill Front in Brim, Upper Tarn, Tarnia on 3 May 2031."
    assert (report.outlet, report.url) == ("GDELT", "https://tarnnotes.example/clash")
    assert report.cites == ("tarnnotes.example",) and not read_report(report).figures


def test_a_row_that_lacks_what_is_needed_is_named() -> None:
    first, second = items_of(sheet(UCDP, UCDP | {"date_start": ""}))
    assert isinstance(first, Report) and isinstance(second, Problem) and second.input == "in.csv:3"


@pytest.mark.parametrize(("layout", "columns"), LAYOUTS)
def test_layouts_are_told_by_their_columns(layout: str, columns: frozenset[str]) -> None:
    assert find_layout([name.upper() for name in columns]) == layout
    assert find_layout(sorted(columns)[1:]) == ""


def test_the_head_of_a_table_is_the_first_full_line() -> None:
    names, rows, numbers = head_rows([(1, ["Week 18", ""]), (3, ["a", "b"]), (4, ["1", "2"])])
    assert (names, rows, numbers) == (["a", "b"], [{"a": "1", "b": "2"}], [4])


def test_every_root_code_has_its_words() -> None:
    table = load_toml("gdelt.toml")
    assert list(table["did"]) == list(table["did_alone"]) == [f"{n:02}" for n in range(1, 21)]
    assert len(table["columns"].split()) == 61
