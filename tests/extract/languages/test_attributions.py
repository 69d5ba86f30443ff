"""Who says what in other languages, directly and indirectly."""

import pytest

from sayso.extract.languages.attributions import find_attributions
from sayso.extract.languages.vocabularies import read_words
from sayso.grammar.quotations import find_quotations
from sayso.record import Attribution


def read(text: str, language: str) -> list[Attribution]:
    return find_attributions(read_words(text, language, [(q.start, q.end) for q in find_quotations(text)]))


def tell(text: str, language: str) -> list[tuple[str, str]]:
    """The sources and the first words of what they say."""
    return [
        ("".join(text[s:e] for s, e in a.source[:1]), text[slice(*a.content[0])].split()[0])
        for a in read(text, language)
    ]


SAID = [
    ("uk", "«Ми впораємося», — запевнив мер Олег Дубина.", "мер Олег Дубина", "Ми"),
    ("uk", "Вода спадає, повідомили в штабі.", "штабі", "Вода"),
    ("uk", "За даними поліції, водій був тверезий.", "поліції", "водій"),
    ("ru", "Министр Иван Серов сообщил, что мост закрыт.", "Министр Иван Серов", "мост"),
    ("ru", "Губернатор подтвердил гибель двух рыбаков.", "Губернатор", "гибель"),
    ("ru", "«Вон отсюда!» — скандировала толпа у парламента.", "толпа у парламента", "Вон"),
    ("es", "Según la alcaldesa, el puente resistió.", "la alcaldesa", "el"),
    ("es", "El puente resistió, lamentó el alcalde Luis Vega.", "alcalde Luis Vega", "El"),
    ("es", "—Nos salvamos —contó Rosa Paz, vecina de Lorca—. Fue un milagro.", "Rosa Paz", "Nos"),
    ("fr", "« On tient bon », soupire Amélie Roux.", "Amélie Roux", "On"),
    ("fr", "La route est coupée, a précisé la préfecture.", "la préfecture", "La"),
    ("fr", "L'armée a reconnu, dans un communiqué, avoir tiré.", "L'armée", "avoir"),
    ("de", "„Das Wasser fällt“, sagte der Landrat.", "der Landrat", "Das"),
    ("de", "Dem Bericht zufolge brach das Feuer im Keller aus.", "Dem Bericht", "brach"),
    ("de", "Der Minister hat den Vorschlag der Länder kritisiert.", "Minister", "den"),
    ("fr", "Le conducteur, âgé de 40 ans, a reconnu avoir bu.", "Le conducteur", "avoir"),
    ("fr", "« On coule », souffle le marin. Il ajoute : « Vite ! »", "marin", "On"),
    ("fr", "La trêve serait « presque acquise », selon un juge.", "un juge", "La"),
    ("fr", "« On rentre », a dit, lundi, sur la radio, le juge Paul Ney.", "le juge", "On"),
    ("fr", "Hier soir, la ministre, arrivée de Rome, a annoncé une enquête.", "la ministre", "une"),
    ("fr", "La grève a été confirmée par le syndicat.", "le syndicat", "La"),
    ("fr", "Le préfet n'exclut pas un acte criminel.", "Le préfet", "un"),
    ("fr", "Ils étaient 900 selon la police, 3 000 d'après la mairie.", "la mairie", "3"),
    ("fr", "« Rien ne bouge ici » : le maire a coupé court.", "le maire", "Rien"),
    ("fr", "Le port est sûr, a tenu à préciser la douane.", "la douane", "Le"),
    ("fr", "Qui a payé ? se demande une voisine.", "une voisine", "Qui"),
    ("fr", "La rançon est versée, souffle-t-on du côté de la banque.", "la banque", "La"),
    ("fr", "Le puits est vide, a-t-on appris auprès de sa fille.", "sa fille", "Le"),
    ("fr", "Le convoi a été pillé, ce que nie le colonel.", "le colonel", "Le"),
    ("fr", "La bergère, elle, réclame une enquête.", "La bergère", "une"),
    ("fr", "Un tireur présumé, arrêté lundi, a avoué avoir agi seul.", "Un tireur présumé", "avoir"),
    ("fr", "Le pont, confirme le syndic, qui promet un audit, est clos.", "le syndic", "Le"),
    ("fr", "Cette thèse, les voisins la contestent.", "les voisins", "Cette"),
    ("fr", "D'après ce que nous a confié un grutier, le mât a plié.", "un grutier", "le"),
    ("fr", "« Trop tard », dit un soldat. « Le pont est tombé. »", "un soldat", "Le"),
    ("fr", "Et l'avocate de conclure : « Il est innocent, et on le sait. »", "l'avocate", "Il"),
    ("fr", "Le juge prétend qu'il dormait.", "Le juge", "il"),
    ("es", "El ministro se limitó a recordar que hay elecciones.", "El ministro", "hay"),
    ("es", "Según informes del juez a la cadena local, hubo dos fugas.", "juez", "hubo"),
    ("es", "El sindicato protesta por los despidos.", "El sindicato", "por"),
    ("es", "El puente cedió. Así lo anunció la gobernadora.", "la gobernadora", "El"),
    ("de", "Die Polizei geht von Brandstiftung aus.", "Die Polizei", "von"),
    ("de", "Der Pegel steige weiter, gab der Wirt zu Protokoll.", "der Wirt", "Der"),
    ("de", "Der Fahrer beteuert seine Unschuld. Das Signal sei grün gewesen.", "Der Fahrer", "Das"),
    ("de", "Nach Darstellung der Armee fiel ein Schuss, niemand starb.", "der Armee", "fiel"),
    ("ru", "Мост цел. Об этом сообщил мэр Иван Лось.", "мэр Иван Лось", "Мост"),
    ("ru", "Мэр Иван Лось вышел к людям. По его словам, газ дадут утром.", "Мэр Иван Лось", "газ"),
    ("ru", "Воды в колодце не осталось, сказал завхоз, «и снег растаял».", "завхоз", "Воды"),
    ("uk", "Мер Іван Лис вийшов до людей. Він додав, що газ буде.", "Мер Іван Лис", "газ"),
    ("ar", "قال محافظ حلب إن الجسر أغلق.", "محافظ حلب", "الجسر"),
    ("ar", "«لن نرحل»، قالت مديرة المدرسة.", "مديرة المدرسة", "لن"),
]


@pytest.mark.parametrize(("language", "text", "source", "first"), SAID)
def test_who_says_what(language: str, text: str, source: str, first: str) -> None:
    found = tell(text, language)
    assert any(source in said and start == first for said, start in found), found


def test_a_quotation_that_goes_on_after_its_speaker_is_two() -> None:
    text = "«Світла немає, — сказала пані Ольга Гай. — Води теж»."
    assert tell(text, "uk") == [("пані Ольга Гай", "Світла"), ("пані Ольга Гай", "Води")]


def test_nobody_says_what_nobody_confirmed() -> None:
    assert read("Никто не утверждал, что город окружён.", "ru") == []
    assert read("Personne n'a confirmé que le pont soit fermé.", "fr") == []


def test_a_wish_a_condition_and_what_i_have_are_nobodys_words() -> None:
    assert read("Ich habe gestern gewartet.", "de") == []
    assert read("Wenn es regnet, komme niemand durch.", "de") == []


def test_a_clause_that_is_quoted_in_part_is_not_direct() -> None:
    (said,) = read("La trêve serait « presque acquise », selon un juge.", "fr")
    assert said.directness != "direct"


def test_who_cites_and_who_is_cited_both_say_it() -> None:
    found = tell("Газета «Заря» пишет со ссылкой на врача, что мост закрыт.", "ru")
    assert [first for _, first in found] == ["мост", "мост"]
    assert any("врача" in source for source, _ in found)


def test_stance_and_directness() -> None:
    (said,) = read("Москва отрицает причастность к атаке.", "ru")
    assert (said.stance, said.directness) == ("denies", "indirect")
    (said,) = read("«Я тут», — сказав речник Іван Лис.", "uk")
    assert said.directness == "direct"
    assert said.speaker is not None
    assert (said.speaker.name, said.speaker.role, said.speaker.kind) == ("Іван Лис", "речник", "person")


def test_he_is_who_spoke_before() -> None:
    text = "Міністр Іван Лис сказав, що міст цілий. «Рух відкриють завтра», — додав він."
    assert [a.speaker.name for a in read(text, "uk") if a.speaker] == ["Міністр Іван Лис", "Міністр Іван Лис"] or [
        a.speaker.name for a in read(text, "uk") if a.speaker
    ] == ["Іван Лис", "Іван Лис"]
