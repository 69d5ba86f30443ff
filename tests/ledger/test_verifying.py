from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from floods import ONE, make_raw, read_story
from sqlalchemy import text

from sayso.ids import identify_claim
from sayso.ledger import open_ledger
from sayso.ledger.rows import dump_found, identify_reading, pack_bytes
from sayso.record import Actor, Answer, Attribution, Time

EAST = timezone(timedelta(hours=14))


@pytest.fixture
def open_to_change(where):
    """A ledger whose triggers are off, as for one who edits the file."""
    with open_ledger(where) as ledger:
        ledger.add_raw(make_raw())
        ledger.add_reading(read_story(raw=make_raw().sha256), extractor=ONE)
        ledger.retract("flood-1", by="ana", reason="a hoax")
        with ledger._writer.begin() as connection:
            for table in ("raws", "reports", "arrivals", "readings", "claims", "judgements"):
                if connection.dialect.name == "sqlite":
                    connection.execute(text(f"DROP TRIGGER keep_{table}_update"))
                    connection.execute(text(f"DROP TRIGGER keep_{table}_delete"))
                else:
                    connection.execute(text(f"DROP TRIGGER keep_{table} ON {table}"))
        yield ledger


CHANGES = [
    ("UPDATE raws SET content = :bytes", "raw", "its bytes have another hash"),
    ("UPDATE raws SET size = 2", "raw", "cannot be unpacked: more bytes than were kept"),
    ("UPDATE raws SET content = :junk", "raw", "cannot be unpacked"),
    ("UPDATE reports SET body = replace(body, '40 houses', '90 houses')", "report", "another digest"),
    ("UPDATE reports SET body = 'x'", "report", "its body is no report"),
    ("UPDATE reports SET outlet = 'Radio Alto Mayo'", "report", "its row says otherwise than its body: outlet"),
    ("UPDATE reports SET published = NULL", "report", "published"),
    ("UPDATE readings SET extractor = 'finder 3'", "reading", "another id"),
    ("UPDATE readings SET body = :junk", "reading", "its body is no reading"),
    ("UPDATE claims SET low = 90", "reading", "its row says otherwise than the reading: low"),
    ("DELETE FROM claims", "reading", "it has 1 claims but 0 rows of claims"),
    ("UPDATE judgements SET reason = 'true'", "judgement", "another id"),
    ("UPDATE judgements SET target = 'none'", "judgement", "it judges a report that is not there"),
]


@pytest.mark.parametrize(("change", "where_found", "message"), CHANGES)
def test_a_changed_row_is_found(open_to_change, change, where_found, message):
    assert {p.message for p in open_to_change.verify()} == {"it is missing: somebody took it out"}
    with open_to_change._writer.begin() as connection:
        statement = text(change)
        values = {"bytes": pack_bytes(b"<p>The lake!"[:11]), "junk": b"junk"}
        connection.execute(statement, {k: v for k, v in values.items() if f":{k}" in change})
    problems = list(open_to_change.verify())
    assert any(p.input.startswith(where_found) and message in p.message for p in problems), problems


def test_a_row_that_refers_to_nothing_is_found(tmp_path):
    path = str(tmp_path / "story.db")
    with open_ledger(path) as ledger:
        ledger.add_reading(read_story(), extractor=ONE)
        with ledger._engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.exec_driver_sql("DROP TRIGGER keep_reports_delete")
            connection.exec_driver_sql("DELETE FROM reports")
            connection.exec_driver_sql("BEGIN")
        problems = [p.message for p in ledger.verify()]
    assert "it refers to a row of reports that is not there" in problems


def spoil(reading):
    """Readings that an extractor should not have made, and what is said of each."""
    claim = reading.claims[0]
    end = len(reading.report.text)
    late = Time(start=end - 1, end=end + 1, text="..", type="DATE", value="")
    yield replace(reading, times=(late,)), f"time {end - 1}-{end + 1}: it lies outside the text"
    yield replace(reading, figures=(replace(reading.figures[0], text="90"),)), "figure 0-3: the text there is 'The'"
    yield replace(reading, attributions=(Attribution(source=((-1, 2),), cue=(), content=()),)), "attribution's source"
    early = replace(late, start=0, end=3, text=reading.report.text[:3], earliest=datetime(1, 1, 1, tzinfo=EAST))
    yield replace(reading, times=(early,)), "it cannot be told in UTC"
    actor = Actor(name="x", role="actor", start=5, end=2)
    for wrong, message in (
        (identify_claim(replace(claim, actors=(actor,))), "actor 5-2"),
        (identify_claim(replace(claim, answers=(Answer(start=0, end=9999, kind="figure"),))), "answer 0-9999"),
        (identify_claim(replace(claim, sentence=(3, 2))), "claim's sentence 3-2"),
        (identify_claim(replace(claim, text="It took")), "the text there is"),
        (identify_claim(replace(claim, place=replace(claim.place, text="Lima"))), "claim's place"),
        (identify_claim(replace(claim, attribution=7)), "it has attribution 7 of 1"),
        (identify_claim(replace(claim, report="flood-2")), "it names another report, flood-2"),
        (replace(claim, polarity="negative"), "its content has the id"),
        (replace(claim, seat="0" * 16), "and the seat"),
    ):
        yield replace(reading, claims=(wrong,)), message


def test_a_reading_with_wrong_spans_or_ids_is_found():
    for reading, message in spoil(read_story()):
        with open_ledger(":memory:") as ledger:
            ledger.add_reading(reading, extractor=ONE)
            assert any(message in problem.message for problem in ledger.verify()), message


def test_a_reading_keeps_its_id_when_the_nouns_gain_fields():
    found = dump_found(read_story())
    assert identify_reading("d", ONE, found) == identify_reading("d", ONE, found)
    with open_ledger(":memory:") as ledger:
        ledger.add_reading(read_story(), extractor=ONE)
        body = dump_found(ledger.readings()[0])
    assert body == found
