"""Rows of events as UCDP has them."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from small_pictures import SOLDAU, make_shared

from sayso.read import read_inputs
from sayso.record import Answer, Report, Time
from sayso.share.exports.ucdp_csv import find_precision, write

AUGUST, WEEK = datetime(2031, 8, 1, tzinfo=UTC), timedelta(days=7)


def read_events(**claimed: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(write(make_shared(**claimed)).decode("utf8"))))


def count(low: float | None, high: float | None, **fields: Any) -> tuple[Answer, ...]:
    return (
        Answer(
            **{"start": 30, "end": 32, "kind": "figure", "unit": "person", "state": "killed", **fields},
            low=low,
            high=high,
        ),
    )


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (count(14.0, 14.0), ("12", "14", "14")),
        (count(20.0, None), ("12", "20", "20")),
        (count(None, 30.0), ("0", "30", "30")),
        (count(14.0, 18.0), ("12", "14", "18")),
        (count(12.0, 12.0), ("12", "12", "12")),
        (count(14.0, 14.0, state="wounded"), ("12", "12", "12")),
        (count(14.0, 14.0, reckoned=True), ("12", "12", "12")),
        (count(2.0, 2.0, part="subset"), ("12", "12", "12")),
        (count(2.0, 2.0, background="earlier"), ("12", "12", "12")),
        (count(14.0, 14.0, unit="USD"), ("12", "12", "12")),
    ],
)
def test_deaths_are_those_told_of_the_whole(answers: tuple[Answer, ...], told: tuple[str, str, str]) -> None:
    (event,) = read_events(answers=answers)
    assert (event["low"], event["best"], event["high"]) == told
    assert event["deaths_civilians"] == event["type_of_violence"] == "" and event["code_status"] == "machine"


def test_deaths_elsewhere_or_at_another_time_are_of_another_event() -> None:
    assert read_events(place=replace(SOLDAU, name="Thorn", text="Thorn"))[0]["high"] == "12"
    time = Time(start=0, end=6, text="August", type="DATE", value="2031-08", earliest=AUGUST, latest=AUGUST + WEEK)
    assert read_events(time=time)[0]["high"] == "12"
    assert read_events(time=None)[0]["high"] == "14"


def test_a_place_without_coordinates_makes_no_event() -> None:
    shared = make_shared()
    readings = tuple(
        replace(r, claims=tuple(replace(c, place=replace(SOLDAU, lat=None, lon=None)) for c in r.claims))
        for r in shared.picture.readings
    )
    assert write(replace(shared, picture=replace(shared.picture, readings=readings))).count(b"\n") == 1


@pytest.mark.parametrize(
    ("feature", "radius", "code"),
    [("PPL", 4.0, 1), ("LK", 9.0, 2), ("ADM2", 40.0, 3), ("ADM1", 120.0, 4), ("PCLI", 500.0, 6), ("SEA", 300.0, 5)],
)
def test_how_exactly_a_place_is_known(feature: str, radius: float, code: int) -> None:
    assert find_precision(replace(SOLDAU, feature=feature, radius_km=radius)) == code


def test_what_was_not_coded_is_not_read_back_as_the_word_of_ucdp(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_bytes(write(make_shared()))
    assert not [item for item in read_inputs([str(path)]) if isinstance(item, Report)]


def test_what_its_sources_are_stands_as_ucdp_writes_it() -> None:
    (event,) = read_events()
    assert event["source_article"] == "Wire a,2031-05-05,Market shelled;Wire b,2031-05-05,Market shelled"
    assert (event["source_office"], event["number_of_sources"]) == ("Wire a;Wire b", "1")
    assert event["words"] == "12 people were killed in Soldau | 14 people were killed in Soldau"
