"""Whom an office or a body speaks for."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.record import Report
from sayso.weigh.citations import gather_outlets
from sayso.who.institutions import Institution, find_institution
from sayso.who.offices import find_body, find_role, find_spelling, ground_initials, settle_country


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("the commission on the interior ministry", "Commission"),
        ("the parliamentary inquiry into the defence ministry", "Parliamentary inquiry"),
        ("the harbour inspectorate", "Harbour inspectorate"),
        ("Dockers' Union", "Dockers' Union"),
        ("Commission on the Interior Ministry", "Commission on the Interior Ministry"),
        ("the Institute for the Study of War", None),
        ("the commission", None),
        ("the interior ministry", None),
        ("its committee", None),
        ("Anna Lund", None),
        ("", None),
    ],
)
def test_a_body_is_known_by_what_it_is_and_not_by_what_it_looks_into(words: str, name: str | None) -> None:
    found = find_body(words)
    assert (found.name if found else None) == name


@given(st.text(max_size=80))
def test_any_words_are_looked_at(words: str) -> None:
    find_body(words)
    find_role(words, words)
    find_spelling("ABC", words)


def test_a_ministry_is_that_of_the_state_that_the_report_names_at_all() -> None:
    ministry = Institution(name="", branch="police")
    far = Report(id="r", text="The gate was open. " * 40 + "The minister flew back to Norway.", title="A gate")
    assert settle_country(ministry, "interior ministry", far).country == "NO"
    nowhere = settle_country(ministry, "interior ministry", Report(id="r", text="The gate was open."))
    assert (nowhere.name, nowhere.country, nowhere.sure) == ("police", "", False)


def test_initials_need_ground() -> None:
    spies = find_institution("NIS")
    assert spies is not None
    spelt = Report(id="r", text="The Northern Irrigation Society (NIS) closed a sluice. The NIS said so.")
    assert ground_initials(spies, "NIS", spelt).name == "Northern Irrigation Society"
    bare = Report(id="r", text="The NIS closed a sluice.")
    assert ground_initials(spies, "NIS", bare).name == "NIS"
    abroad = Report(id="r", text="The NIS told lawmakers in South Korea.")
    assert ground_initials(spies, "NIS", abroad) == spies


def test_a_wire_at_hand_has_its_own_initials() -> None:
    at = datetime(2031, 3, 1, tzinfo=UTC)
    wire = Report(id="r", outlet="Alpine Press Agency", text="SELM (APA) - Snow fell.", published=at)
    assert gather_outlets([wire]).name("APA") == "Alpine Press Agency"
    assert gather_outlets([Report(id="r", text="SELM (APA) - Snow fell.", published=at)]).name("APA") == "APA"
    grounded = Report(id="r", text="BAKU (APA) - Azerbaijan shut a port.", published=at)
    assert gather_outlets([grounded]).name("APA") == "Azerbaijani Press Agency"


def test_the_last_word_of_a_newspapers_name_stands_for_it_where_it_is_the_only_one() -> None:
    one, other = (Report(outlet=name, text="x", id=name) for name in ("Selm Sentinel", "Orla Sentinel"))
    assert gather_outlets([one]).name("Sentinel") == "Selm Sentinel"
    assert gather_outlets([one, other]).name("Sentinel") == "Sentinel"


def test_an_office_that_one_person_holds_is_a_role() -> None:
    assert find_role("the captain of the ferry", "the captain of the ferry") == "captain"
    assert find_role("Ilse Brandt", "Captain Ilse Brandt") == "captain"
    assert find_role("a captain", "a captain") == ""
