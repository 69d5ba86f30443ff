"""Places in other languages, in whatever case they stand."""

import pytest

from sayso.extract.languages.places import find_places
from sayso.extract.languages.toponyms import list_nominatives
from sayso.extract.languages.vocabularies import read_words
from sayso.record import Place

PLACES = [
    ("uk", "Вибух пролунав у Тернополі", "Ternopil", "UA"),
    ("uk", "повінь на Сумщині", "Sumy Oblast", "UA"),
    ("uk", "з Німеччини", "Germany", "DE"),
    ("ru", "в Ростове-на-Дону", "Rostov-on-Don", "RU"),
    ("ru", "под Белгородом", "Belgorod", "RU"),
    ("es", "en Puerto Príncipe", "Port-au-Prince", "HT"),
    ("es", "a orillas del lago Titicaca", "Lake Titicaca", "PE"),
    ("fr", "à Port-Soudan", "Port Sudan", "SD"),
    ("de", "der Bürgermeister Hamburgs war in Genf", "Hamburg", "DE"),
    ("ar", "في مدينة درعا", "Dar‘ā", "SY"),
    ("ar", "وزير خارجية فرنسا", "France", "FR"),
    ("ar", "فيضانات في محافظة نينوى", "Nīnawá", "IQ"),
    ("ar", "غادر السكان مدينة صور", "Tyre", "LB"),
    ("ar", "قال شهود بزاكورة", "Zagora", "MA"),
    ("ar", "وصل الدواء إلى مدينة غدامس", "Ghadames", "LY"),
    ("ar", "هبطت المروحية في مطار سيئون", "Sayun", "YE"),
    ("ar", "قصف الجيش الليبي محيط غدامس", "Ghadames", "LY"),
    ("ar", "في تونس العاصمة", "Tunis", "TN"),
    ("ar", "اجتمعوا في عمّان", "Amman", "JO"),
    ("ar", "مصنع في بلجراد", "Belgrade", "RS"),
    ("ar", "غرق قارب في خليج عمان", "Gulf of Oman", ""),
]


def read(text: str, language: str) -> list[Place]:
    return find_places(read_words(text, language))


@pytest.mark.parametrize(("language", "text", "name", "country"), PLACES)
def test_places(language: str, text: str, name: str, country: str) -> None:
    assert (name, country) in [(p.name, p.country) for p in read(text, language)]


NONE = [
    ("uk", "розповіла Ганна Попович"),
    ("uk", "танкер «Надія» стояв"),
    ("es", "dijo Tomás Bilbao"),
    ("de", "Der Titel, die Tür und der Rauch"),
    ("ar", "قال المتحدث إن الأمر انتهى"),
    ("ar", "نشر الجيش صور الأقمار"),
    ("ar", "استقبل الرئيس وفداً إثيوبياً"),
    ("ar", "اعترضت الدفاعات السعودية صاروخاً"),
    ("ar", "وصلوا إلى مطار بن غوريون"),
    ("ar", "شيدوا مدينة كبيرة"),
]


@pytest.mark.parametrize(("language", "text"), NONE)
def test_people_ships_and_common_words_are_no_places(language: str, text: str) -> None:
    assert read(text, language) == []


def test_a_name_stands_first_as_it_is() -> None:
    forms = list_nominatives("Одесі", "uk")
    assert forms[0] == "Одесі"
    assert "Одеса" in forms
