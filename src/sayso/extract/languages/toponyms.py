"""What places are called in a language that is read by tables: the nominatives of a name in another case, our own
table of places, Unicode's names of countries, and Arabic names of towns."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from sayso.extract.languages.vocabularies import Text, fold_word, load_vocabulary
from sayso.extract.places.gazetteers import PRIMARY, Spot, load_gazetteer
from sayso.originals import ROOT, open_original
from sayso.tables import load_rows

INFLECTED = 9
"""The kind of a name that stands in another case than that in which the gazetteer has it."""
HOME, COUNTRY, EXACT, DIVISION = 1.2, 4.0, 1.0, 0.3
"""What it is worth, beside the logarithm of its people, that a place lies where the language is spoken, is a country,
is called so in the very form that stands in the text."""
LONG_NAME = 5
"""Letters of an Arabic name that is looked for in other spellings or by its sound: shorter ones are common words."""
VARIED = (("ج", "غ"), ("غ", "ج"), ("غ", "ق"), ("ك", "ق"), ("ق", "ك"), ("ت", "ط"), ("ط", "ت"))
"""Letters that are written for each other in names from elsewhere."""
ENDINGS_IN_A = ("ا", "ه", "ي")
FORMS_OF_DIVISIONS = {"uk": ("щина", "ська область", "ччина", "цька область")}


def join_name(words: Sequence[str]) -> str:
    """Words as a name; what is elided is joined with the word after it."""
    return " ".join(words).replace("' ", "'").replace("’ ", "’")


@cache
def load_endings(language: str) -> tuple[tuple[str, str], ...]:
    """Endings of names in other cases, each with that of the nominative."""
    pairs = [each.split(">") for each in load_vocabulary(language).sign("endings").split()]
    return tuple((a, b) for a, b in pairs)


def list_nominatives(word: str, language: str) -> list[str]:
    """The forms that a word in another case may have in the nominative, the word as it stands first."""
    found = [word]
    head, hyphen, rest = word.partition("-")
    if hyphen and len(head) > 3 and load_endings(language):
        # "Ростове-на-Дону", "Кам'янці-Подільському".
        tails = list_nominatives(rest, language)
        return list(dict.fromkeys(f"{a}-{b}" for a in list_nominatives(head, language) for b in tails))
    for ending, nominative in load_endings(language):
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            found.append(word[: len(word) - len(ending)] + nominative)
    for suffix, division in zip(*[iter(FORMS_OF_DIVISIONS.get(language, ()))] * 2, strict=True):
        found += [each.removesuffix(suffix) + division for each in found if each.endswith(suffix)]
    return list(dict.fromkeys(found))


class Arabic(NamedTuple):
    """What towns are called in Arabic: sorted hashes, and the row of a town in the gazetteer beside each."""

    hashes: memoryview[int]
    rows: memoryview[int]


@cache
def load_arabic() -> Arabic:
    """The Arabic names of towns (``building/build_arabic_names.py``)."""
    import numpy as np

    path = ROOT / "tables" / "languages" / "arabic.npz"
    with open_original(path) as raw, np.load(raw) as data:
        return Arabic(np.cumsum(data["steps"], dtype=np.uint64).data, data["rows"].data)


@cache
def load_own_names(language: str) -> dict[str, tuple[Spot, ...]]:
    """The places of ``places.tsv`` and the countries of Unicode's CLDR by their folded names in a language."""
    found: dict[str, tuple[Spot, ...]] = {}
    for row in load_rows("languages/places.tsv"):
        spot = Spot(
            -1, PRIMARY, 0, row["name"], float(row["lat"]), float(row["lon"]), row["country"], -1, -1, row["feature"],
            1_000_000, float(row["radius_km"]),
        )  # fmt: skip
        for name in filter(None, (row[language] or "").split(";")):
            found[fold_name(name)] = (spot,)
    for name, listed in list_arabic() if language == "ar" else ():
        found.setdefault(fold_name(name), listed)
    for name, spot in list_countries(language):
        found.setdefault(fold_name(name), (spot,))
    return found


def list_arabic() -> Iterator[tuple[str, tuple[Spot, ...]]]:
    """Arabic names of ``arabic_places.tsv``, each with the largest place of the gazetteer that it is said to be."""
    gazetteer = load_gazetteer()
    for row in load_rows("languages/arabic_places.tsv"):
        spots = [spot for spot in gazetteer.find(row["name"]) if spot.country == row["country"]]
        if spots:
            best = max(spots, key=lambda spot: (spot.feature != "ADM2", spot.population, -spot.row))
            yield from ((name, (best._replace(kind=PRIMARY),)) for name in row["ar"].split(";"))


def vary_arabic(name: str) -> Iterator[str]:
    """Other spellings of a folded Arabic name: the letters that are written for g ("هامبورج", "هامبورغ"), and those for
    a at its end ("ملاطيا", "ملاطية"). Short words are none of names."""
    if len(name) < LONG_NAME:
        return
    for one, other in VARIED:
        if one in name:
            yield name.replace(one, other)
    for ending in ENDINGS_IN_A:
        if name.endswith(ending):
            yield from (name.removesuffix(ending) + other for other in ENDINGS_IN_A if other != ending)


def fold_name(name: str) -> str:
    """A name as it is looked up: its words folded, as the words of texts are."""
    return " ".join(map(fold_word, name.split()))


@cache
def list_small_heads(language: str) -> frozenset[str]:
    """Small words that names of our own table begin with ("lago")."""
    names = (row[language] or "" for row in load_rows("languages/places.tsv"))
    heads = {name.split()[0] for each in names for name in each.split(";") if name.strip() and name[0].islower()}
    return frozenset(map(fold_word, heads))


def list_countries(language: str) -> Iterator[tuple[str, Spot]]:
    """The countries of the gazetteer with their names in a language, from Unicode's CLDR by way of Babel."""
    from babel import Locale

    gazetteer = load_gazetteer()
    spots = (gazetteer.spot(row) for row in range(2 * len(gazetteer.countries)))
    known = {spot.country: spot for spot in spots if spot.feature == "PCLI"}
    for code, name in Locale(language).territories.items():
        if code in known:
            yield name, known[code]


@cache
def list_home(language: str) -> frozenset[str]:
    """The countries (ISO 3166-1) that a language is spoken in."""
    return frozenset(load_vocabulary(language).rows["grammar"].get("countries", "").split())


def order_spots(text: Text, spots: Sequence[Spot], countries: set[str]) -> tuple[Spot, ...]:
    """Places of one name, the likeliest first."""
    latin = text.vocabulary.language in ("es", "fr", "de")
    first = text.vocabulary.rows["grammar"].get("countries", "").split(" ")[0]
    home = list_home(text.vocabulary.language)

    def worth(spot: Spot) -> float:
        value: float = math.log10(spot.population + 10)
        value += HOME * (spot.country in home) + 2 * HOME * (spot.country in countries)
        large = spot.population > 3_000_000 or spot.feature != "PCLI"
        value += COUNTRY * (spot.feature in ("PCLI", "CONT", "SEA")) * (1.0 if large else 0.6)
        value += EXACT * (spot.kind != INFLECTED) + (spot.feature == "PPLC")
        value += 0.8 * (spot.kind == PRIMARY and latin) + 0.5 * (spot.country == first)
        rival = spot.feature == "STM" and any(s.population > 500_000 and s.id for s in spots)
        value += 3.0 * (not spot.id and spot.feature != "PCLI" and not rival)
        return value - DIVISION * spot.feature.startswith("ADM") - (2.0 if spot.feature == "ADM2" else 0.0)

    return tuple(sorted(spots, key=lambda spot: (-worth(spot), spot.row)))
