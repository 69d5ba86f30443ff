"""Figures in other languages: numbers in digits and words, with bounds, units, what is counted and its state."""

import pytest

from sayso.extract.languages.dates import find_dates
from sayso.extract.languages.figures import find_figures
from sayso.extract.languages.numbers import find_numbers
from sayso.extract.languages.vocabularies import read_words
from sayso.record import Figure


def read(text: str, language: str) -> list[Figure]:
    cut = read_words(text, language)
    numbers = find_numbers(cut)
    return find_figures(cut, numbers, find_dates(cut, numbers, None))


NUMBERS = [
    ("uk", "загинули сто двадцять троє людей", 123),
    ("uk", "2,3 тис. будинків", 2300),
    ("uk", "пів мільйона гривень", 500_000),
    ("ru", "тысяча двести тридцать четыре человека", 1234),
    ("ru", "полтора миллиона рублей", 1_500_000),
    ("ru", "два с половиной миллиона долларов", 2_500_000),
    ("es", "treinta y cinco muertos", 35),
    ("es", "3.200 vecinos", 3200),
    ("es", "quince mil litros", 15_000),
    ("fr", "quatre-vingt-dix-sept blessés", 97),
    ("fr", "soixante et onze maisons", 71),
    ("fr", "12 000 manifestants", 12_000),
    ("de", "dreihundertfünfundzwanzig Verletzte", 325),
    ("de", "2,5 Millionen Euro", 2_500_000),
    ("de", "eine halbe Million Haushalte", 500_000),
    ("ar", "ثلاثة وعشرون قتيلا", 23),
    ("ar", "ثلاثة آلاف شخص", 3000),
    ("ar", "٣٤ جريحا", 34),
    ("ar", "مقتل طفلان", 2),
]


@pytest.mark.parametrize(("language", "text", "value"), NUMBERS)
def test_numbers(language: str, text: str, value: float) -> None:
    assert [(f.low, f.high) for f in read(text, language)] == [(value, value)]


BOUNDS = [
    ("uk", "понад 900 людей", 900, None, "at least"),
    ("ru", "до 15 процентов", None, 0.15, "at most"),
    ("ru", "40–50 домов", 40, 50, "exact"),
    ("es", "entre 450 y 600 euros", 450, 600, "exact"),
    ("es", "unas 600 viviendas", 600, 600, "about"),
    ("fr", "au moins 23 morts", 23, None, "at least"),
    ("fr", "dix à quinze maisons", 10, 15, "exact"),
    ("de", "bis zu 200 Teilnehmer", None, 200, "at most"),
    ("de", "Hunderte Autos", 200, None, "at least"),
    ("ar", "أكثر من 50 شخصا", 50, None, "at least"),
    ("ar", "نحو 60 منزلا", 60, 60, "about"),
]


@pytest.mark.parametrize(("language", "text", "low", "high", "bound"), BOUNDS)
def test_bounds(language: str, text: str, low: float | None, high: float | None, bound: str) -> None:
    assert [(f.low, f.high, f.bound) for f in read(text, language)] == [(low, high, bound)]


COUNTED = [
    ("uk", "Через обстріл 12 людей поранено, двоє зникли", [("person", "wounded"), ("person", "missing")]),
    ("ru", "Затопило 318 домов", [("", "flooded")]),
    ("es", "Murieron siete mineros", [("person", "killed")]),
    ("fr", "Un mort et trois disparus", [("person", "killed"), ("person", "missing")]),
    ("de", "Sechs Häuser wurden zerstört", [("", "destroyed")]),
    ("ar", "مقتل خمسة جنود", [("person", "killed")]),
]


@pytest.mark.parametrize(("language", "text", "told"), COUNTED)
def test_what_is_counted_and_its_state(language: str, text: str, told: list[tuple[str, str]]) -> None:
    assert [(f.unit, f.state) for f in read(text, language)] == told


NONE = [
    ("uk", "71-річна жінка мешкає на вулиці"),
    ("ru", "по статье 272 кодекса"),
    ("es", "un brigadista se fue por la carretera N-120"),
    ("fr", "un voisin habite rue Haute"),
    ("de", "ein Zeuge kam um 15:00"),
]


@pytest.mark.parametrize(("language", "text"), NONE)
def test_articles_ages_labels_and_hours_are_no_figures(language: str, text: str) -> None:
    assert read(text, language) == []


def test_units_are_those_of_english_readings() -> None:
    assert [(f.low, f.unit) for f in read("4 сантиметра, 2 часа и -19 градусов", "ru")] == [
        (0.04, "m"),
        (7200, "s"),
        (-19, "°C"),
    ]
