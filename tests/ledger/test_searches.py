"""Finding a story in a ledger by the words of its reports."""

import re
import zlib
from datetime import UTC, datetime

import pytest
from floods import ONE, open_empty
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.ledger import Search, open_ledger, parse_search
from sayso.record import Reading, Report

TEXTS = {
    "dam": "The dam at Orlen burst on Tuesday and the lower town was flooded, the mayor said.",
    "relief": "Relief convoys reached the lower town of Orlen, where the dam had burst.",
    "rail": "Rail workers in Orlen went on strike; the strikes will last a week.",
    "café": "Eine Explosion im Café von Brünn, sagte die Polizei.",
}


@pytest.fixture
def kept(ledger):
    for id, text in TEXTS.items():
        ledger.add_reading(Reading(report=Report(id=id, text=text, title=f"News of {id}")), extractor=ONE)
    return ledger


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("orlen", {"dam", "relief", "rail"}),
        ("orlen -strike", {"dam", "relief"}),
        ("dam orlen", {"dam", "relief"}),
        ('"lower town" flood', {"dam"}),
        ('"town lower"', set()),
        ("explosion café", {"café"}),
        ("news rail", {"rail"}),
        ("striking", {"rail"}),
        ("nowhere", set()),
    ],
)
def test_the_words_find_the_reports_that_hold_them_all(kept, words, found):
    assert {r.report.id for r in kept.readings(about=parse_search(words))} == found


def test_any_of_several_phrases_finds_the_best_first(kept):
    found = kept.readings(about=Search(either=("mayor", "convoys", "relief")), most=1)
    assert [r.report.id for r in found] == ["relief"]


def test_the_digests_of_what_is_found_come_best_first_and_without_what_was_taken_out(kept):
    ids = {r.report.digest: r.report.id for r in kept.readings()}
    either = Search(either=("mayor", "convoys", "relief"))
    assert [ids[digest] for digest in kept.search(either, most=2)] == ["relief", "dam"]
    kept.retract("relief", by="ana", reason="a hoax")
    assert [ids[digest] for digest in kept.search(either, most=2)] == ["dam"]


def test_an_outlet_has_the_digests_of_its_reports_known_by_then(ledger):
    for day in (3, 1, 2):
        when = datetime(2031, 3, day, tzinfo=UTC)
        report = Report(id=f"r{day}", text=f"News {day}.", outlet="Lund Post" if day != 2 else "Echo", published=when)
        ledger.add_reading(Reading(report=report), extractor=ONE)
    ids = {r.report.digest: r.report.id for r in ledger.readings()}
    assert [ids[digest] for digest in ledger.published_by("Lund Post")] == ["r1", "r3"]
    assert [ids[digest] for digest in ledger.published_by("Lund Post", datetime(2031, 3, 2, tzinfo=UTC))] == ["r1"]
    assert ledger.published_by("lund") == []
    assert ledger.search(parse_search("news"), datetime(2031, 3, 1, tzinfo=UTC), most=9) == ledger.published_by(
        "Lund Post", datetime(2031, 3, 1, tzinfo=UTC)
    )


def test_a_second_reading_of_a_report_is_not_indexed_again(kept):
    again = Reading(report=Report(id="dam", text=TEXTS["dam"], title="News of dam"))
    kept.add_reading(again, extractor="another")
    assert [r.report.id for r in kept.readings(about=parse_search("dam burst -convoys"))] == ["dam"]


@given(st.text())
def test_no_words_make_a_search_fail(words):
    with open_empty() as ledger:
        ledger.add_reading(Reading(report=Report(id="x", text="nothing to see")), extractor=ONE)
        try:
            search = parse_search(words)
        except ValueError as error:
            assert "names no word" in str(error)
        else:
            ledger.readings(about=search)


@pytest.mark.parametrize(
    "words", ["a & b | !c <-> d", "x:* 'y' (z", 'AND OR NOT NEAR("a")', "a* ^b {c} : d + e", "\x00 b"]
)
def test_what_means_something_to_a_database_is_a_word_like_others(kept, words):
    kept.readings(about=parse_search(words))


def test_an_older_ledger_is_indexed_when_it_is_opened(where):
    from sqlalchemy import text

    from sayso.ledger.engines import make_engine
    from sayso.ledger.schemas import run_migrations

    engine = make_engine(where, create=True, wait_seconds=1)
    with engine.execution_options(writing=True).begin() as connection:
        run_migrations(connection, "0001")
        connection.execute(
            text(
                "INSERT INTO reports (digest, id, outlet, title, url, language, published_exact, entered, body) VALUES "
                "('d1', 'r1', '', 'Old news', '', '', false, '2024-01-01 00:00:00', "
                """'{"id": "r1", "digest": "d1", "text": "The bridge is \\u0000closed."}')"""
            ).bindparams()
        )
        connection.execute(
            text("INSERT INTO readings (id, report, extractor, entered, body) VALUES (:i, 'd1', 'x', :at, :body)"),
            {"i": "i1", "at": "2024-01-01 00:00:00", "body": zlib.compress(b'{"claims":[]}')},
        )
    engine.dispose()
    with open_ledger(where) as ledger:
        assert [r.report.id for r in ledger.readings(about=parse_search("bridge"))] == ["r1"]
        assert ledger.readings(about=parse_search("ferry")) == []


LETTERS = "abcdefgABCDEFG é́ßſİıﬁ①½_-'’.,3٣字漢カ\u200d\N{COMBINING RING ABOVE}"
HARD = st.text(st.sampled_from(LETTERS) | st.characters(exclude_categories=["Cs"]), max_size=30)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(HARD, HARD), min_size=1, max_size=5), st.data())
def test_both_databases_find_the_same_in_the_same_order(pair, texts, data):
    one, other = pair
    for ledger in pair:
        for title, words in texts:
            ledger.add_reading(Reading(report=Report(id=f"{title}{words}", text=words, title=title)), extractor=ONE)
    # Phrases as `parse_search` makes them, without the signs that mean something to FTS5.
    pieces = [" ".join(re.findall(r"\w+", p)) for pair in texts for p in (*pair, pair[1][:4])]
    phrases = tuple(data.draw(st.lists(st.sampled_from(pieces), min_size=1, max_size=3)))
    for search in (Search(required=phrases[:2]), Search(either=phrases), Search(phrases[:1], excluded=phrases[1:])):
        assert one.search(search, most=4) == other.search(search, most=4)
        found, also = (ledger.readings(about=search) for ledger in pair)
        assert [r.report.digest for r in found] == [r.report.digest for r in also]


@pytest.fixture
def pair(server):
    """The same ledger in SQLite and in PostgreSQL."""
    place = server.make_database()
    with open_empty() as one, open_ledger(place) as other:
        yield one, other
    server.drop_database(place)


def test_a_rare_word_counts_more_than_a_common_one_and_a_title_more_than_a_text(ledger):
    for id, title, text in (
        ("common", "", "dam dam dam dam"),
        ("rare", "", "weir"),
        ("titled", "Weir", "no more"),
        ("other", "", "the dam"),
    ):
        ledger.add_reading(Reading(report=Report(id=id, text=text, title=title)), extractor=ONE)
    ids = {r.report.digest: r.report.id for r in ledger.readings()}
    found = [ids[digest] for digest in ledger.search(Search(either=("dam", "weir")), most=9)]
    assert found[:2] == ["titled", "rare"]
    assert set(found[2:]) == {"common", "other"}


def test_of_reports_that_fit_as_well_the_newer_goes_first(ledger):
    for day in (2, None, 3):
        when = datetime(2031, 3, day, tzinfo=UTC) if day else None
        report = Report(id=f"r{day}", text=f"The dam on day {day}", published=when)
        ledger.add_reading(Reading(report=report), extractor=ONE)
    ids = {r.report.digest: r.report.id for r in ledger.readings()}
    assert [ids[digest] for digest in ledger.search(parse_search("dam"), most=9)] == ["r3", "r2", "rNone"]


def test_a_word_without_end_costs_nothing_but_itself(ledger):
    ledger.add_reading(Reading(report=Report(id="long", text="x" * 5000 + " dam " + "y" * 300_000)), extractor=ONE)
    assert len(ledger.readings(about=parse_search("dam"))) == 1
