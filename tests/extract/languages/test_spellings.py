"""Arabic names of places by their sound, and the countries that a text names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.languages.nisbas import list_named_countries
from sayso.extract.languages.spellings import find_spelled
from sayso.extract.languages.vocabularies import fold_word, read_words
from sayso.extract.places.gazetteers import load_gazetteer

SOUNDS = [
    ("غدامس", "Ghadames"),
    ("دير الزور", "Deir ez-Zor"),
    ("حفر الباطن", "Hafar Al-Batin"),
    ("كراماتورسك", "Kramatorsk"),
    ("آفلو", "Aflou"),
]


@pytest.mark.parametrize(("arabic", "latin"), SOUNDS)
def test_a_latin_name_may_be_a_spelling_of_an_arabic_one(arabic: str, latin: str) -> None:
    assert latin in [spot.name for spot in find_spelled(load_gazetteer(), [fold_word(word) for word in arabic.split()])]


def test_exact_spellings_are_fewer() -> None:
    loose = find_spelled(load_gazetteer(), ["صراع"])
    assert set(find_spelled(load_gazetteer(), ["صراع"], exact=True)) < set(loose)


@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويئؤء xé", max_size=12))
def test_any_word_may_be_asked_for(word: str) -> None:
    assert isinstance(find_spelled(load_gazetteer(), [word]), tuple)


def test_countries_are_named_by_nisbas_too() -> None:
    text = read_words("قال الجيش السوداني إن الطائرات الليبية غادرت مصر", "ar")
    assert list_named_countries(text) == {"SD", "LY", "EG"}
    assert list_named_countries(read_words("L'armée soudanaise", "fr")) == set()
