"""The tables of numbers, units, currencies, bounds and states are whole and say one thing each."""

from collections import Counter

from sayso.extract.figures.quantities import load_counted
from sayso.extract.figures.states import load_states
from sayso.extract.figures.units import load_units
from sayso.extract.figures.vague_counts import load_vague
from sayso.tables import load_rows, load_toml


def names_of(table: str, column: str) -> list[str]:
    return [name for row in load_rows(table) for name in (row[column] or "").split("|") if name]


def test_no_unit_or_currency_is_named_twice() -> None:
    words = names_of("units.tsv", "words") + names_of("currencies.tsv", "after")
    symbols = names_of("units.tsv", "symbols") + names_of("currencies.tsv", "before")
    assert [name for name, n in Counter(words).items() if n > 1] == []
    assert [name for name, n in Counter(symbols).items() if n > 1] == []
    assert all(word == word.lower() for word in words)


def test_units_convert_to_their_canonical_one() -> None:
    words, symbols = load_units()
    assert words["square miles"].convert(1) == 2.589988110336
    assert round(symbols["°F"].convert(212), 9) == 100
    assert symbols["€"].symbol == "EUR"


def test_currency_codes_are_iso_4217() -> None:
    assert all(len(row["code"]) == 3 and row["code"].isupper() for row in load_rows("currencies.tsv"))


def test_vague_counts_are_ordered_and_name_their_origin() -> None:
    assert all(high is None or low <= high for low, high in load_vague().values())
    assert all(row["origin"].split()[0] in {"survey", "dictionary"} for row in load_rows("vague_counts.tsv"))


def test_bounds_are_known() -> None:
    rows = load_rows("bounds.tsv")
    assert {row["bound"] for row in rows} == {"at least", "at most", "about"}
    assert {row["side"] for row in rows} == {"before", "after"}


def test_a_word_has_one_state_in_each_role() -> None:
    for role in ("object", "subject", "nouns", "adjectives"):
        words = [w for row in load_toml("counted.toml")["states"] for w in row.get(role, "").split()]
        assert [w for w, n in Counter(words).items() if n > 1] == [], role
    assert load_states()["object"]["kill"] == "killed"
    assert "soldier" in load_counted()["persons"]
