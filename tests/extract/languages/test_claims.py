"""Reports in other languages meet English ones: in one story, in one point, with the same figure and day."""

from datetime import UTC, datetime

import pytest

from sayso.extract import read_report
from sayso.journey import know
from sayso.record import Picture, Reading, Report
from sayso.weigh.stories import find_stories

WHEN = datetime(2026, 5, 12, 18, tzinfo=UTC)
ENGLISH = "Nine people were killed and 41 wounded in an explosion in Damascus on 11 May, the health ministry said."
OTHERS = {
    "uk": "Дев'ять людей загинули і 41 поранено внаслідок вибуху в Дамаску 11 травня, заявило міністерство.",
    "ru": "При взрыве в Дамаске 11 мая погибли девять человек, ещё 41 ранен, сообщило министерство здравоохранения.",
    "es": "Nueve personas murieron y 41 resultaron heridas en una explosión en Damasco el 11 de mayo, dijo la ONU.",
    "fr": "Neuf personnes ont été tuées et 41 blessées dans une explosion à Damas le 11 mai, a indiqué le ministère.",
    "de": "Bei einer Explosion in Damaskus sind am 11. Mai neun Menschen getötet und 41 verletzt worden, so die UN.",
    "ar": "قتل تسعة أشخاص وأصيب 41 آخرون في انفجار في دمشق يوم 11 مايو، بحسب وزارة الصحة.",
}


def read(text: str, language: str) -> Reading:
    report = Report(id=language, outlet=f"Outlet {language}", text=text, published=WHEN, language=language)
    return read_report(report)


def meet(picture: Picture, question: str) -> dict[str, tuple[float | None, float | None]]:
    """By report, the value that it gives to a question."""
    (point,) = (point for point in picture.points if point.question == question)
    return {value.report: (value.low, value.high) for value in point.values}


@pytest.mark.parametrize("language", OTHERS)
def test_a_report_meets_an_english_one_on_the_same_toll(language: str) -> None:
    readings = [read(ENGLISH, "en"), read(OTHERS[language], language)]
    picture = know(readings)
    assert meet(picture, "How many people were killed?") == {"en": (9, 9), language: (9, 9)}
    assert meet(picture, "How many people were wounded?") == {"en": (41, 41), language: (41, 41)}
    assert len(find_stories(readings)) == 1


@pytest.mark.parametrize("language", OTHERS)
def test_the_words_of_a_claim_are_those_of_its_report(language: str) -> None:
    reading = read(OTHERS[language], language)
    text = reading.report.text
    assert not reading.problems
    assert [claim.text for claim in reading.claims] == [text, text]
    for claim in reading.claims:
        assert claim.figure is not None
        assert claim.place is not None
        assert claim.place.name == "Damascus"
        assert all(text[a.start : a.end] in text and a.start < a.end for a in claim.answers)
    (day,) = reading.times
    assert day.value == "2026-05-11"


def test_two_tolls_in_two_languages_contradict() -> None:
    other = OTHERS["uk"].replace("Дев'ять", "Двадцять")
    picture = know([read(ENGLISH, "en"), read(other, "uk")])
    (point,) = (point for point in picture.points if point.question == "How many people were killed?")
    assert [relation.relation for relation in point.relations] == ["contradiction"]


def test_what_counts_nothing_is_claimed_by_its_sentence() -> None:
    reading = read("Переговори в Женеві тривають. Чи буде угода?", "uk")
    assert [(claim.text, claim.stands) for claim in reading.claims] == [
        ("Переговори в Женеві тривають.", "asserted"),
        ("Чи буде угода?", "asked"),
    ]
