"""Figures: which question a count answers goes by whom or what it counts and by what was done to them."""

from datetime import datetime

import pytest

from sayso.extract import read_report
from sayso.record import Point, Report
from sayso.tables import load_toml
from sayso.weigh import weigh_readings
from sayso.weigh.topics import load_families, load_states

FAMILIES = load_toml("counts.toml")["families"]


def count(*texts: str) -> list[Point]:
    """The points on figures of reports that came out a day apart on one story."""
    reports = [
        Report(
            id=f"r{n}",
            digest=f"d{n}",
            title="Ferry Aurelia sinks off Port Salen",
            text=f"{text} The ferry Aurelia sank in a storm off Port Salen with islanders and a cargo of fruit.",
            outlet=f"Outlet {n}",
            published=datetime.fromisoformat(f"2032-03-{n + 1:02}T09:00:00+00:00"),
            published_exact=True,
        )
        for n, text in enumerate(texts)
    ]
    return [p for p in weigh_readings([read_report(r) for r in reports]).points if p.kind == "figure"]


def words(points: list[Point]) -> set[frozenset[str]]:
    return {frozenset(v.words for v in p.values) for p in points}


def test_one_toll_in_many_words() -> None:
    points = count(
        "At least 23 people were killed, the coast guard said.",
        "The death toll has risen to 31, the coast guard said.",
        "The disaster claimed 34 lives.",
        "Divers have found 37 bodies.",
        "The coast guard cut the toll from 41 to 38.",
    )
    assert words(points) == {frozenset({"At least 23", "31", "34", "37", "41", "38"})}
    assert points[0].question == "How many people were killed?"


def test_each_count_of_a_sentence_has_its_own_event() -> None:
    points = count(
        "The storm killed 12 people and injured 45, and 19 are still missing.",
        "Fourteen people died, 50 were hurt and 16 have not been found.",
    )
    asked = {p.question: {v.words for v in p.values if "reckoned" not in v.words} for p in points}
    assert asked["How many people were killed?"] == {"12", "Fourteen"}
    assert asked["How many people were wounded?"] == {"45", "50"}
    assert asked["How many people were missing?"] == {"19", "16"}


def test_the_rescued_and_the_sheltered_are_not_the_killed() -> None:
    points = count(
        "Boats rescued 70 people, and a school took in 55 survivors.",
        "Fishermen pulled 80 people out of the water. A gymnasium is sheltering 60 of the islanders.",
    )
    assert not any("killed" in p.question for p in points)
    assert frozenset({"70", "80"}) in words(points)


def test_things_are_not_named_after_who_speaks_of_them() -> None:
    points = count("The mayor said 400 houses had collapsed.", "Engineers declared 450 houses destroyed.")
    assert [p.question for p in points] == ["How many houses were destroyed?"]


def test_an_hour_is_no_count() -> None:
    assert not count("The engine failed before six in the morning, the captain said.")


def test_a_part_of_those_in_a_state_is_counted_apart() -> None:
    points = count("Nineteen people are missing.", "Two of the missing are sailors, and 17 people are missing.")
    assert words(points) == {frozenset({"Nineteen", "17"}), frozenset({"Two"})}


@pytest.mark.parametrize("family", FAMILIES, ids=lambda row: str(row["state"]))
def test_families_name_lists_that_there_are(family: dict[str, object]) -> None:
    lists = load_toml("relation_words.toml")["states"]
    known = {row["state"] for row in load_toml("counted.toml")["states"]}
    assert family["of"] in ("people", "things", "money")
    assert set(family.get("words", ())) <= set(lists)  # type: ignore[call-overload]
    assert set(family.get("states", ())) <= known  # type: ignore[call-overload]
    assert set(family) <= {"state", "states", "words", "of", "asked", "weak", "role"}


def test_a_state_belongs_to_one_family() -> None:
    assert len({row["state"] for row in FAMILIES}) == len(FAMILIES)
    assert set(load_states().values()) == set(load_families())
    states = [state for row in FAMILIES for state in row.get("states", ())]
    assert len(states) == len(set(states))
