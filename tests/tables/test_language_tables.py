"""The tables of other languages: all have the same parts, with words in them, and one form of spelling."""

from sayso.extract.languages.vocabularies import list_languages, load_vocabulary
from sayso.extract.places.gazetteers import load_gazetteer
from sayso.tables import load_rows, load_toml

PARTS = (
    "grammar numbers multipliers fractions parts vague bounds ranges units counted states months weekdays dates".split()
)
MORE = "cues objects according who places events".split()


def test_every_language_has_every_part() -> None:
    assert set(list_languages()) == {"ar", "de", "es", "fr", "ru", "uk"}
    for language in list_languages():
        rows = load_vocabulary(language).rows
        assert {*PARTS, *MORE} <= rows.keys(), language
        assert sorted(map(int, rows["months"])) == list(range(1, 13))
        assert sorted(map(int, rows["weekdays"])) == list(range(1, 8))
        assert all(float(value) >= 0 for part in ("numbers", "multipliers", "fractions") for value in rows[part])


def test_states_and_counted_things_are_those_of_english() -> None:
    known = {row["state"] for row in load_toml("counts.toml")["families"]}
    known |= {state for row in load_toml("counts.toml")["families"] for state in row.get("states", ())}
    for language in list_languages():
        assert set(load_vocabulary(language).rows["states"]) <= known, language
        assert all(noun.isascii() for noun in load_vocabulary(language).rows["counted"])


def test_the_gazetteer_knows_what_has_an_arabic_name() -> None:
    rows = load_rows("languages/arabic_places.tsv")
    gazetteer = load_gazetteer()
    unknown = [r["name"] for r in rows if r["country"] not in {spot.country for spot in gazetteer.find(r["name"])}]
    assert unknown == []
    names = [name for row in rows for name in row["ar"].split(";")]
    assert len(set(names)) == len(names) > 250


def test_places_lie_on_the_earth_and_are_called_something() -> None:
    rows = load_rows("languages/places.tsv")
    assert len({row["name"] for row in rows}) == len(rows) > 150
    for row in rows:
        assert -90 <= float(row["lat"]) <= 90
        assert -180 <= float(row["lon"]) <= 180
        assert any(row[language] for language in list_languages())
