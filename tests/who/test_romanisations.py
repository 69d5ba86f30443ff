"""Names in two alphabets."""

from sayso.who.names import same_person
from sayso.who.romanisations import romanise


def test_names_in_cyrillic_are_those_in_latin() -> None:
    assert same_person("Володимир Зеленський", "Volodymyr Zelenskyy")
    assert same_person("Сергей Лавров", "Sergei Lavrov")
    assert same_person("Андрій Гайдук", "Andrii Haiduk")
    assert not same_person("Іван Лис", "Petro Haiduk")


def test_latin_letters_stay() -> None:
    assert romanise("José Ñáñez") == "José Ñáñez"
