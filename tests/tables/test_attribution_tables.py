from __future__ import annotations

from sayso.extract.stances import load_cues
from sayso.tables import load_rows, load_toml

STANCES = {
    "asserts",
    "reports",
    "estimates",
    "suspects",
    "predicts",
    "denies",
    "declines",
    "asks",
    "orders",
    "promises",
}
BASES = {"witnessed", "told", "document", "induced", "unknown"}
KINDS = {"official", "person", "collective", "organisation", "document", "outlet"}

QUARTILES = {
    # First and third quartile of what 46 readers took the words to mean, in percent ("Perceptions of Probability",
    # zonination/perceptions, MIT licence).
    "almost certainly": (90, 97.75),
    "highly likely": (84.25, 95),
    "very good chance": (75, 85),
    "probable": (65, 78.75),
    "likely": (65, 75),
    "probably": (65, 80),
    "we believe": (60, 80),
    "better than even": (55, 60),
    "about even": (50, 50),
    "we doubt": (15, 33),
    "improbable": (7, 28),
    "unlikely": (10, 28.75),
    "probably not": (20, 38.75),
    "little chance": (10, 20),
    "almost no chance": (1, 5),
    "highly unlikely": (5, 10),
    "chances are slight": (10, 15),
}


def test_cues_are_known_stances_and_named_once() -> None:
    rows = load_rows("cues.tsv")
    assert all(row["stance"] in STANCES and row["basis"] in BASES for row in rows)
    assert all(row["part"] in {"verb", "noun", "phrase", "infinitive", "untrue"} for row in rows)
    assert len(load_cues()) == len(rows) > 400
    assert all(row["cue"] == row["cue"].strip().lower() for row in rows)


def test_sources_are_known_kinds_and_named_once() -> None:
    rows = load_rows("sources.tsv")
    assert {row["kind"] for row in rows} == KINDS
    assert len({row["noun"] for row in rows}) == len(rows)


def test_bands_lie_inside_the_survey() -> None:
    words = load_toml("hedges.toml")["words"]
    for word, (first, third) in QUARTILES.items():
        low, high = words[word]
        assert first / 100 <= low <= high <= third / 100, word


def test_bands_are_probabilities() -> None:
    table = load_toml("hedges.toml")
    for part in ("stances", "cues", "words"):
        assert all(0 <= low <= high <= 1 for low, high in table[part].values())
    assert set(table["stances"]) == STANCES | {"negated"}


def test_outlets_are_known_kinds_named_once_and_of_the_whole_world() -> None:
    rows = load_rows("outlets.tsv")
    kinds = {"wire", "newspaper", "magazine", "broadcaster", "site", "aggregator", "platform", "satire"}
    assert all(row["kind"] in kinds and len(row["country"]) == 2 for row in rows)
    names = [name for row in rows for name in {row["name"], *(row["aliases"] or row["name"]).split("|")}]
    assert len(names) == len(set(names))
    assert len({row["country"] for row in rows}) > 150


def test_given_names_tell_one_gender_each() -> None:
    rows = load_rows("given_names.tsv")
    names = [name for row in rows for name in row["names"].split()]
    assert {row["gender"] for row in rows} == {"f", "m"}
    assert len(names) == len(set(names)) > 500
    assert all(name == name.lower() for name in names)


def test_wider_words_cover_other_roles_once() -> None:
    rows = load_rows("wider_roles.tsv")
    assert len({row["word"] for row in rows}) == len(rows)
    assert all(row["word"] not in row["covers"].split("|") for row in rows)


def test_mastheads_are_single_words_with_a_capital() -> None:
    words = [row["word"] for row in load_rows("mastheads.tsv")]
    assert len(words) == len(set(words)) and all(word[0].isupper() and " " not in word for word in words)


def test_foreign_cues_are_of_known_parts_and_stances() -> None:
    rows = load_rows("foreign_cues.tsv")
    assert all(row["part"] in {"verb", "according"} and row["stance"] in STANCES for row in rows)
    assert all(len(row["language"]) == 2 and row["cue"] == row["cue"].strip("|") for row in rows)
    assert len({row["language"] for row in rows}) >= 6


def test_sorts_of_bodies_are_named_once_by_words_in_small_letters() -> None:
    rows = load_rows("sorts.tsv")
    assert len({row["sort"] for row in rows}) == len(rows) > 10
    for row in rows:
        nouns, wide = row["nouns"].split("|"), (row["wide"] or "").split("|")
        assert len(nouns) == len(set(nouns)) and len(wide) == len(set(wide))
        assert all(word == word.lower().strip() for word in (*nouns, *wide))
