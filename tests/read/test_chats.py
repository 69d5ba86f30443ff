import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.chats import find_habit, is_chat, read_chat
from sayso.read.reports import Content
from sayso.record import Problem, Report

ANDROID = """03/05/2031, 10:14 - Messages and calls are end-to-end encrypted.
03/05/2031, 10:15 - Ann Orr: The dam above the town gave way, the police say.
Two bridges are closed.
03/05/2031, 10:16 - +44 7700 900123: <Media omitted>
13/05/2031, 22:10 - Jo Lind: Nine are missing <This message was edited>
"""
IPHONE = """[5/3/31, 10:15:02\u202fAM] Ann Orr: The dam gave way.
\u200e[5/13/31, 10:16:02\u202fPM] Jo: \u200eimage omitted
[5/13/31, 10:17:02\u202fPM] Jo: Nine are missing: two from Brim.
"""


def items_of(text: str, name: str = "WhatsApp Chat with Tarn watch.txt") -> list[Report | Problem]:
    return list(read_chat(Content(content=text.encode("utf8"), name=name)))


def test_a_report_a_message() -> None:
    first, second = items_of(ANDROID)
    assert isinstance(first, Report) and isinstance(second, Report) and first.published and second.published
    assert first.text == "The dam above the town gave way, the police say.\nTwo bridges are closed."
    assert (first.outlet, first.author, second.text) == ("Tarn watch", "Ann Orr", "Nine are missing")
    assert first.published.isoformat() == "2031-05-03T10:15:00+00:00"
    assert second.published.isoformat() == "2031-05-13T22:10:00+00:00"


def test_the_form_of_another_telephone_named_by_its_archive() -> None:
    first, second = items_of(IPHONE, "WhatsApp Chat - Tarn watch.zip/_chat.txt")
    assert isinstance(first, Report) and isinstance(second, Report) and first.published and second.published
    assert (first.outlet, second.text) == ("Tarn watch", "Nine are missing: two from Brim.")
    assert (first.published.isoformat(), second.published.hour) == ("2031-05-03T10:15:02+00:00", 22)


def test_where_day_and_month_cannot_be_told_apart_no_day_is_made() -> None:
    (report,) = items_of("3/5/31, 10:15 - Ann: The dam gave way.\n")
    assert isinstance(report, Report)
    assert (report.published, report.published_words) == (None, "3/5/31, 10:15")


@pytest.mark.parametrize(
    ("head", "order"),
    [
        ("03.05.31, 10:15 - ", "dmy"),
        ("03/05/2031, 10:15 - ", "dmy"),
        ("03/05/31, 10:15 am - ", "dmy"),
        ("[03/05/2031, 10:15:02] ", "dmy"),
        ("[5/3/31, 10:15:02 AM] ", "mdy"),
        ("5/3/31, 10:15 PM - ", "mdy"),
        ("5/3/31, 10:15 - ", ""),
        ("2031-05-03, 10:15 - ", ""),
    ],
)
def test_the_form_of_dates_tells_from_which_land_a_chat_is(head: str, order: str) -> None:
    assert find_habit([head]) == order


@pytest.mark.parametrize(
    "line", ["03.05.31, 10:15 - ", "3/5/31 10:15 - ", "[2031-05-03, 10:15:00] ", "03/05/2031 à 10:15 - "]
)
def test_how_chats_begin(line: str) -> None:
    assert is_chat(f"{line}Ann: The dam\n{line}Jo: gave way\n")


@pytest.mark.parametrize(
    "text", ["3 May 2031, 10:15 - Ann: The dam\n" * 2, "2031-05-03 10:15:00 INFO started\n" * 3, ""]
)
def test_what_is_no_chat(text: str) -> None:
    assert not is_chat(text)


def test_a_chat_without_words_is_a_problem() -> None:
    (problem,) = items_of("03/05/2031, 10:16 - Ann: <Media omitted>\n")
    assert isinstance(problem, Problem) and "chat" in problem.message


@given(st.text(max_size=300))
def test_any_text_gives_items(text: str) -> None:
    assert items_of(text) and items_of(ANDROID + text)


PLACEHOLDERS = [
    "<Mídia oculta>",
    "<Без медиафайлов>",
    "immagine omessa",
    "Bild weggelassen",
    "\u200eimage omitted",
    "\u200eMessages and calls are end-to-end encrypted.",
]


@pytest.mark.parametrize("words", PLACEHOLDERS)
def test_what_the_program_says_is_left_out(words: str) -> None:
    text = f"03.05.2031, 12:40 - Ann: Nine are missing.\n03.05.2031, 12:41 - Jo: {words}\n"
    reports = list(read_chat(Content(content=text.encode("utf8"), name="c.txt")))
    assert [item.text for item in reports if isinstance(item, Report)] == ["Nine are missing."]


@pytest.mark.parametrize(
    "name",
    [
        "WhatsApp Chat with Talbote.txt",
        "WhatsApp Chat mit Talbote.txt",
        "Conversa do WhatsApp com Talbote.txt",
        "Discussion WhatsApp avec Talbote.txt",
        "Чат WhatsApp с контактом Talbote.txt",
        "WhatsApp Chat - Talbote/_chat.txt",
    ],
)
def test_names_of_chats(name: str) -> None:
    text = "03.05.2031, 12:40 - Ann: Nine are missing.\n03.05.2031, 12:41 - Jo: Two were found.\n"
    reports = list(read_chat(Content(content=text.encode("utf8"), name=name)))
    assert {item.outlet for item in reports if isinstance(item, Report)} == {"Talbote"}
