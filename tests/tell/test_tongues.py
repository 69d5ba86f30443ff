"""The languages of telling: catalogues that are whole, dates and numbers in their own form, reports in their words."""

import re
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from sayso.extract import read_report
from sayso.foresee.questions.forecasts import Crowd
from sayso.foresee.scenarios import Outlook, Scenario, Scenarios
from sayso.record import Brief, Question, Reading, Report
from sayso.tell.brief import compose_brief
from sayso.tell.charts import name_figure
from sayso.tell.citations import name_moment
from sayso.tell.faces import render_face
from sayso.tell.foreseen import Foreseen, tell_foreseen
from sayso.tell.phrases import name_day, name_interval, say_origins
from sayso.tell.proofs import find_faults
from sayso.tell.sentences import quote_claim, quote_sentence, say_claim
from sayso.tell.sources import Sources
from sayso.tell.tongues import (
    UnknownLanguageError,
    _,
    list_languages,
    name_spoken,
    ngettext,
    say_date,
    say_number,
    speak,
)
from sayso.weigh import weigh_readings

TELL = Path(__file__).parents[2] / "src" / "sayso" / "tell"
OTHERS = [language for language in list_languages() if language != "en"]
DAY = datetime(2031, 9, 3, 9, tzinfo=UTC)

TOLD = (
    (
        "The tanker Mirela ran aground off Korvo, said Captain Ilse Tarn, a spokeswoman for the coast guard.",
        "“The tanker Mirela ran aground off Korvo”, — coast guard spokeswoman Ilse Tarn (Harbour Echo, 3 вересня).",
    ),
    (
        "The tanker Mirela ran aground off Korvo on Monday night.",
        "“The tanker Mirela ran aground off Korvo on Monday night”, — повідомляє Harbour Echo, 3 вересня.",
    ),
    (
        "The owner denied that the Mirela had been overloaded.",
        "Заперечують, що “the Mirela had been overloaded”: owner (Harbour Echo, 3 вересня).",
    ),
    (
        "The ministry estimates that 300 tonnes of oil have leaked.",
        "“300 tonnes of oil have leaked”, — ministry (оцінка; Harbour Echo, 3 вересня).",
    ),
)


def read(text: str, outlet: str = "Harbour Echo", id: str = "r") -> Reading:
    return read_report(Report(id=id, digest=id, text=text, outlet=outlet, published=DAY))


def load_po(language: str) -> Catalog:
    with (TELL.parent / "locale" / language / "LC_MESSAGES" / "sayso.po").open("rb") as file:
        return read_po(file, locale=language)


def list_forms(message: Message) -> list[tuple[str, str]]:
    """The English and the other form of a message, for each number where it counts."""
    if not message.pluralizable:
        return [(message.id, message.string)]
    return [(message.id[0 if at == 0 else 1], form) for at, form in enumerate(message.string)]


def list_all(catalogue: Catalog) -> dict[str, str | tuple[str, ...]]:
    """What each message of a catalogue is in its language."""
    return {
        message.id[0] if message.pluralizable else message.id: tuple(message.string)
        if message.pluralizable
        else message.string
        for message in catalogue
        if message.id
    }


def find_places(words: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(words) if name}


def test_english_and_ukrainian_are_there() -> None:
    assert list_languages()[0] == "en" and "uk" in list_languages()


@pytest.mark.parametrize("language", OTHERS)
def test_the_catalogue_has_every_message_of_the_code_and_no_other(language: str) -> None:
    found = extract_from_dir(
        TELL,
        method_map=[("**.py", "python"), ("**.j2", "jinja2")],
        keywords=DEFAULT_KEYWORDS | {"mark": None, "say_date": (2,)},
    )
    ours = {words[0] if isinstance(words, tuple) else words for _file, _line, words, _comments, _context in found}
    kept = set(list_all(load_po(language)))
    assert len(ours) > 150
    assert ours - kept == set() and kept - ours == set(), "make messages"


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_translated_with_its_places_and_marks(language: str) -> None:
    for message in load_po(language):
        if not message.id:
            continue
        assert not message.fuzzy, message.id
        for english, other in list_forms(message):
            assert other.strip(), message.id
            assert find_places(other) == find_places(english), message.id
            assert other.count("“") == other.count("”") == english.count("“"), message.id
            assert other.count("(") == other.count(")"), message.id


@pytest.mark.parametrize("language", OTHERS)
def test_the_compiled_catalogue_is_that_of_the_text(language: str) -> None:
    path = TELL.parent / "locale" / language / "LC_MESSAGES" / "sayso.mo"
    with path.open("rb") as file:
        compiled = read_mo(file)
    assert list_all(compiled) == list_all(load_po(language)), "make messages"


def test_a_language_is_spoken_only_within() -> None:
    with speak("uk"):
        with speak("en"):
            assert _("Timeline") == "Timeline"
        assert _("Timeline") == "Хронологія" and name_spoken() == "uk"
    assert _("Timeline") == "Timeline" and name_spoken() == "en"
    assert _("") == ""


def test_a_language_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(UnknownLanguageError, match=r"no language 'xx': there are en, .*uk"), speak("xx"):
        pass


def test_what_words_bring_along_fills_no_places() -> None:
    assert _("Seen again: {sentence}", sentence="{who} {0}") == "Seen again: {who} {0}"


@pytest.mark.parametrize("month", range(1, 13))
def test_english_dates_are_those_of_the_c_locale(month: int) -> None:
    day = datetime(2031, month, 9, tzinfo=UTC)
    assert say_date(day, "d MMM y") == f"9 {day:%b} 2031"
    assert say_date(day, "d MMM") == f"9 {day:%b}"
    assert say_date(day, "d MMMM y") == f"9 {day:%B} 2031"
    assert say_date(day, "MMMM y") == f"{day:%B} 2031"


def test_dates_in_ukrainian_stand_in_the_case_that_they_need() -> None:
    with speak("uk"):
        assert name_day(DAY) == "3 вересня 2031"
        assert name_moment(DAY) == "3 вересня 2031 року, 09:00 UTC"
        month = datetime(2031, 9, 1, tzinfo=UTC), datetime(2031, 10, 1, tzinfo=UTC)
        assert name_interval(*month) == "вересень 2031"
        assert name_day(None) == "дата невідома"


def test_numbers_have_the_marks_of_the_language() -> None:
    assert (say_number(12345.5), say_number(1234.56, 4)) == ("12,345.5", "1,235")
    assert say_number(1e30) == "1" + 10 * ",000"
    assert len(say_number(1.7e308)) == 309 + 102
    assert say_number(5e-324).endswith("5")
    assert name_figure(1.94e9, "USD") == "$1.94 bn" and name_figure(0.125, "share") == "12.5%"
    with speak("uk"):
        assert say_number(12345.5) == "12\u00a0345,5"
        assert name_figure(1.94e9, "USD") == "$1,94\u00a0млрд"


@pytest.mark.parametrize(
    ("number", "told"), [(1, "1 матеріал"), (3, "3 матеріали"), (11, "11 матеріалів"), (21, "21 матеріал")]
)
def test_what_is_counted_has_the_form_of_its_number(number: int, told: str) -> None:
    with speak("uk"):
        assert ngettext("{number} report", "{number} reports", number) == told


def test_origins_in_ukrainian() -> None:
    with speak("uk"):
        assert say_origins((1, 1), ()) == "одне першоджерело"
        assert say_origins((3, 3), ("A", "B")) == "3 незалежні першоджерела: A; B"
        assert say_origins((1, 5), ()) == "від 1 до 5 незалежних першоджерел"


@pytest.mark.parametrize(("text", "told"), TOLD)
def test_words_of_reports_are_quoted_whatever_the_style(text: str, told: str) -> None:
    picture = weigh_readings([read(text)])
    with speak("uk"):
        assert told in [say_claim(Sources(picture), claim.id) for r in picture.readings for claim in r.claims]


def test_whole_sentences_and_claims_are_quoted_in_the_form_of_the_language() -> None:
    text = "Nobody from the yard has spoken to the crew of the Mirela since Monday."
    picture = weigh_readings([read(text)])
    claim = picture.readings[0].claims[0]
    with speak("uk"):
        sources = Sources(picture)
        assert quote_sentence(sources, claim.id) == f"“{text[:-1]}”, — повідомляє Harbour Echo, 3 вересня."
        assert quote_claim(sources, claim.id).endswith("” (Harbour Echo, 3 вересня).")


def test_faults_of_english_are_looked_for_in_english_alone() -> None:
    assert list(find_faults("He had an report of of it, the.", opening=True))
    with speak("uk"):
        assert not list(find_faults("на на 1 days: an report, the."))
        assert list(find_faults("на на 1 days", english=True))
        for faulty in ("“Так, — каже X.", "Слово , слово.", "Слово **слово**.", "Твердження 0a1b2c3d4e5f6a7b."):
            assert list(find_faults(faulty))


def test_every_face_of_a_brief_speaks_the_language(brief: Brief) -> None:
    with speak("uk"):
        faces = {format: render_face(brief, format).decode("utf8") for format in ("md", "html", "txt")}
        assert render_face(brief, "docx") and render_face(brief, "pdf")
    assert '<html lang="uk">' in faces["html"] and '<html lang="en">' in render_face(brief, "html").decode("utf8")
    assert "<h2>Цитати</h2>" in faces["html"] and "За кожним реченням" in faces["html"]
    assert "Цитати\n------" in faces["txt"] and "звідки: " in faces["txt"]
    assert re.search(r"\d+ матеріал\w* із \d+ вида", faces["md"])
    for face in faces.values():
        assert not re.search(r"(?<!\w)(Citations|Published|Nothing in these reports|Assessed by)(?!\w)", face)


def test_a_brief_is_composed_in_the_language() -> None:
    texts = (
        "At least 12 miners are missing at the Korvo pit, the mayor, Rosa Tarn, said on Monday. "
        "About 40 miners were saved.",
        "At least 19 miners are missing at the Korvo pit, the police said on Tuesday. "
        "Some 44 miners were saved by noon.",
    )
    readings = [read(text, f"Echo {n}", f"r{n}") for n, text in enumerate(texts)]
    with speak("uk"):
        brief = compose_brief(weigh_readings(readings), style="plain")
    titles = [section.title for section in brief.sections]
    assert titles and not any(re.search("[A-Za-z]", title) for title in titles)
    assert brief.title.endswith("(станом на 3 вересня 2031)")
    told = [sentence.text for section in brief.sections if section.id == "key" for sentence in section.sentences]
    assert told == [
        "“At least 19 miners are missing at the Korvo pit”, — police (Echo 1, 3 вересня).",
        "“Some 44 miners were saved by noon”, — повідомляє Echo 1, 3 вересня.",
    ]
    (table,) = next(section.tables for section in brief.sections if section.id == "figures")
    assert table.columns[-1] == "Станом на" and table.rows[0].cells[2] == "“About 40” – “some 44”"


def test_what_people_assessed_is_told_in_the_language() -> None:
    question = Question(
        id="q1", version="q1", text="Will the dam hold?", kind="yes/no", by="ana", at=DAY, closes=DAY, resolves=DAY
    )
    crowd = Crowd(at=DAY, option="", forecasters=3, mean=0.7, median=0.7, low=0.6, high=0.8)
    made = Scenarios(
        id="s1", title="The dam", exclusive=True, scenarios=(Scenario(key="S1", name="It holds", by="bo"),)
    )
    outlook = Outlook(
        scenario=made.scenarios[0], beliefs=(), low=None, mean=None, high=None, indicated=None, indicators=()
    )
    with speak("uk"):
        told = Foreseen(scenarios=((made, (outlook,)),), questions=((question, (crowd,)),))
        scenarios, questions = tell_foreseen(told)
    assert (scenarios.title, questions.title) == ("Що далі", "Відкриті питання")
    assert scenarios.tables[0].rows[0].cells[2] == "ніхто не оцінював"
    assert questions.tables[0].rows[0].cells[1:] == ("3 вересня 2031", "3", "70 %, імовірно")
    words = [*scenarios.tables[0].columns, *questions.tables[0].columns, scenarios.tables[0].note]
    assert not any(re.search("[A-Za-z]", word) for word in words)
