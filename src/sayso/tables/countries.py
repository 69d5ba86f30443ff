"""Countries by the words that news has for them: names, peoples, short forms, the seats that stand for governments."""

from __future__ import annotations

from functools import cache

from sayso.tables import load_rows


@cache
def name_countries() -> dict[str, str]:
    """The first name of each country, by ISO 3166-1 alpha-2 code (EU for the European Union)."""
    shown = {row["iso"]: row["names"] for row in load_rows("places/countries.tsv")}
    also = {row["code"]: row["words"] for row in load_rows("governments.tsv") if row["words"]}
    return {code: names.split("|")[0] for code, names in (also | shown).items()}


@cache
def list_country_words(*, peoples: bool = True, seats: bool = True) -> tuple[tuple[str, str], ...]:
    """Every word for a country, as written, and its code: names always, words for its people and the seats of its
    government ("the Kremlin") where wanted."""
    cells = [(row["iso"], row["names"]) for row in load_rows("places/countries.tsv")]
    cells += [(row["code"], row["words"]) for row in load_rows("governments.tsv")]
    if peoples:
        cells += [(row["iso"], row["demonyms"]) for row in load_rows("places/countries.tsv")]
    if seats:
        cells += [(row["code"], row["metonyms"]) for row in load_rows("governments.tsv")]
    return tuple((word, code) for code, cell in cells for word in (cell or "").split("|") if word)


@cache
def list_peoples() -> frozenset[str]:
    """The words for whole peoples ("north koreans", "the french"), in lower case; no adjectives that have a plural."""
    words = {d.lower() for row in load_rows("places/countries.tsv") for d in (row["demonyms"] or "").split("|") if d}
    return frozenset(word for word in words if f"{word}s" not in words)
