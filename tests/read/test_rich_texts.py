from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.read.reports import Content
from sayso.read.rich_texts import read_rich_text
from sayso.record import Problem, Report

HEAD = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Helvetica;}}{\info{\title Dam gives way}{\author Ann \'d6rr}}\f0 "


def item_of(source: str) -> Report | Problem:
    (item,) = read_rich_text(Content(content=source.encode("latin-1", "replace"), name="in.rtf"))
    return item


def test_text_and_properties() -> None:
    report = item_of(HEAD + r"Tarn Notes\par 3 May 2031\par The dam gave way, the caf\'e9 owner said.\par}")
    assert isinstance(report, Report) and report.published
    assert (report.title, report.author) == ("Dam gives way", "Ann Örr")
    assert "the café owner said." in report.text and "Helvetica" not in report.text
    assert report.published.isoformat()[:10] == "2031-05-03"


def test_no_words_are_a_problem() -> None:
    item = item_of(r"{\rtf1\ansi{\fonttbl{\f0 Helvetica;}}}")
    assert isinstance(item, Problem) and "RTF" in item.message


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_damage_gives_one_item(damage: str) -> None:
    item_of(HEAD + damage)
    item_of("{\\rtf1" + damage)


def test_what_is_hidden_or_raised_is_left_out() -> None:
    report = item_of(
        r"{\rtf1\ansi About 450{\super 3} people{\v  DRAFT} are{\deleted  not} missing; 12 km{\super 2}.\par}"
    )
    assert isinstance(report, Report) and report.text == "About 450 people are missing; 12 km2."
