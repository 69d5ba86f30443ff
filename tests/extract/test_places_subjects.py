"""Towns of which something is told without a word of place before them, and names that an office settles."""

import pytest

from sayso.extract.parsers import parse_text
from sayso.extract.places import find_places
from sayso.extract.places.gazetteers import load_gazetteer
from sayso.extract.places.names import fold_name
from sayso.record import Place, Reading, Report
from sayso.tables import load_rows


def places_of(text: str) -> list[Place]:
    reading = Reading(report=Report(id="r", outlet="", text=text))
    return list(find_places(reading, parse_text(text)).places)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Uvira fell at dawn, residents said.", ["Uvira"]),
        ("El Fasher was shelled for a third day.", ["El Fasher"]),
        ("Kupiansk held.", ["Kupiansk"]),
        ("Deir al-Balah came under fire.", ["Deir al-Balah"]),
        ("The column seized Masisi and Sake.", ["Masisi", "Sake"]),
        ("Homs burned, and so did Idlib.", ["Homs", "Idlib"]),
        ("Beit Hanoun has been flattened.", ["Beit Hanoun"]),
        ("The loss of Toretsk opened the road.", ["Toretsk"]),
        ("Omdurman is under siege.", ["Omdurman"]),
        ("Izium was liberated.", ["Izium"]),
        ("Mariupol surrendered in May.", ["Mariupol"]),
        ("The army retook Wad Madani.", ["Wad Madani"]),
        ("Lashio was taken, and so was Myitkyina.", ["Lashio", "Myitkyina"]),
        ("Raqqa lies in ruins.", ["Raqqa"]),
        ("Rafah was emptied.", ["Rafah"]),
    ],
)
def test_what_befalls_towns_makes_a_name_one(text: str, names: list[str]) -> None:
    assert [place.text for place in places_of(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "Jackson was hit by a truck.",
        "Lincoln fell on the stairs.",
        "Abbas was taken to hospital.",
        "Ben Toretsk spoke first. Toretsk was hit by a ball.",
        "Grace held on.",
    ],
)
def test_what_befalls_people_makes_no_place(text: str) -> None:
    assert places_of(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The Georgia legislature met. Later Georgia's foreign ministry protested.", ["US", "GE"]),
        ("The president of Georgia met the governor of Georgia.", ["GE", "US"]),
        ("Two died in Lebanon, Ohio. Lebanon's parliament met.", ["US", "US", "LB"]),
        ("Jordan's king flew home.", ["JO"]),
    ],
)
def test_an_office_tells_which_place_is_meant(text: str, wanted: list[str]) -> None:
    assert [place.country for place in places_of(text)] == wanted


def test_a_comma_puts_a_town_into_no_other_town() -> None:
    places = places_of("Cambridge, Massachusetts, and Cambridge, England, are twinned.")
    assert [place.country for place in places] == ["US", "US", "GB", "GB"]


def test_a_governor_is_of_a_division_and_its_towns_stay_towns() -> None:
    assert [place.feature for place in places_of("The New York governor left.")] == ["ADM1"]
    assert [place.feature for place in places_of("The New York mayor left.")] == ["PPL"]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Troops left Uvira for the east of Congo.", "CD"),
        ("A ferry left Brazzaville in Congo.", "CG"),
        ("He was born in Upper Volta.", "BF"),
    ],
)
def test_countries_of_one_name_and_old_names(text: str, country: str) -> None:
    assert places_of(text)[-1].country == country


def test_small_words_of_any_language_join_a_name() -> None:
    (place,) = [p for p in places_of("Snow fell in Ústí nad Labem on Monday.") if p.text.startswith("Ústí")]
    assert place.country == "CZ"
    assert places_of("Two died in Tall ar Rabi.")  # Unknown to the list, and still a place.


def test_the_tables_of_predicates_and_levels() -> None:
    kinds = [row["kind"] for row in load_rows("places/place_predicates.tsv")]
    assert {kind.partition(" ")[0] for kind in kinds} == {"sure", "likely"}
    for kind in ("did", "suffered", "noun", "state"):
        rows = [
            set(row["words"].split()) for row in load_rows("places/place_predicates.tsv") if row["kind"].endswith(kind)
        ]
        assert len(rows) < 2 or not rows[0] & rows[1]
    offices = [office for row in load_rows("places/place_levels.tsv") for office in row["words"].split()]
    assert len(offices) == len(set(offices))
    assert load_gazetteer().find(fold_name("Congo"))


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("The Paris, Texas, fair closed. In Paris, the French president wept.", ["US", "US", "FR"]),
        ("Floods hit Tripoli, Lebanon. Libya's premier left Tripoli.", ["LB", "LB", "LY", "LY"]),
        ("Three rode in Birmingham, Alabama. British police in Birmingham slept.", ["US", "US", "GB"]),
        ("The Paris, Texas, fair closed. A baker in Paris wept.", ["US", "US", "US"]),
        ("The Paris, Texas, fair closed. An American baker in Paris wept.", ["US", "US", "US"]),
    ],
)
def test_the_nation_of_a_sentence_tells_a_town_from_its_namesake(text: str, countries: list[str]) -> None:
    assert [place.country for place in places_of(text)] == countries


def test_the_capital_of_a_name_is_of_what_it_governs() -> None:
    assert [place.country for place in places_of("Rain fell on Brazzaville, the capital of Congo.")] == ["CG", "CG"]
