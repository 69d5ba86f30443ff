"""The index of words is what the reports say."""

import pytest
from floods import ONE, STORIES, TWO, make_report, open_empty, read_story
from hypothesis import HealthCheck, given, settings
from sqlalchemy import text

from sayso.record import Reading

CHANGES = {
    "sqlite": [
        "INSERT INTO report_words (rowid, title, words) VALUES (77, 'Flood', 'nobody wrote this')",
        "INSERT INTO report_words (rowid, title, words) VALUES (1, '', 'gold')",
        "INSERT INTO report_words (report_words) VALUES ('delete-all')",
        "INSERT INTO report_words (report_words, rowid, title, words) VALUES "
        "('delete', 1, 'Flood', 'The river took 40 houses in Rioja on 3 May, the mayor said.')",
        "DELETE FROM report_words_docsize WHERE id = 1",
    ],
    "postgresql": [
        "DELETE FROM report_words",
        "UPDATE report_words SET stems = ' gold '",
        "UPDATE report_words SET words = array_to_tsvector(ARRAY['gold'])",
        "INSERT INTO report_words SELECT number + 70, words, title, stems FROM report_words",
    ],
}


@pytest.mark.parametrize("number", range(5))
def test_words_that_are_not_the_reports_are_told(ledger, number):
    ledger.add_reading(read_story(), extractor=ONE)
    ledger.add_reading(Reading(report=make_report()), extractor=TWO)
    changes = CHANGES[ledger._engine.dialect.name]
    assert list(ledger.verify()) == []
    with ledger._writer.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE report_words DISABLE TRIGGER ALL"))
        connection.execute(text(changes[number % len(changes)]))
    assert any("index of words" in problem.message for problem in ledger.verify())


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STORIES)
def test_whatever_words_come_the_index_holds_them(readings):
    with open_empty() as ledger:
        for reading in readings:
            ledger.add_reading(reading, extractor=ONE)
        assert list(ledger.verify()) == []
