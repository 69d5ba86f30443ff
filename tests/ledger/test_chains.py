"""The chain over every row: what is done to the file behind sayso's back is told by a head noted down before."""

import threading

import pytest
from floods import ONE, STORIES, TWO, Clock, day, make_raw, make_report, open_empty, read_story
from hypothesis import HealthCheck, given, settings
from sqlalchemy import select, text

from sayso.ledger import LedgerError, open_ledger
from sayso.ledger.chains import Head, join_link, parse_head
from sayso.ledger.engines import make_engine
from sayso.ledger.schemas import run_migrations
from sayso.ledger.tables import RECORD, chain, claims
from sayso.record import Reading


def fill(ledger):
    """A ledger with a row of each kind that analysts and inputs make."""
    ledger.add_raw(make_raw())
    ledger.add_reading(read_story(raw=make_raw().sha256), extractor=ONE)
    ledger.add_reading(Reading(report=make_report(id="two", text="It rained.")), extractor=TWO)
    made = ledger.retract("two", by="ana", reason="a hoax")
    ledger.judge("undo", made.id, by="bo", reason="no hoax")
    asked = ledger.assess("question", {"text": "Will the dam hold?"}, by="ana")
    ledger.assess_all([("forecast", {"p": n / 10}, "bo", asked.id, day(n + 1)) for n in range(4)])


def drop_triggers(connection):
    """What an editor of the file does first."""
    for table in (*(t.name for t in RECORD), "claims", "chain"):
        if connection.dialect.name == "sqlite":
            for change in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER keep_{table}_{change}"))
        else:
            connection.execute(text(f"DROP TRIGGER keep_{table} ON {table}"))


def link_again(connection):
    """Make the whole chain anew of the rows that there are, as one would who covers what was done."""
    head, rows = Head(0, "0" * 64), []
    links = connection.execute(select(chain).order_by(chain.c.position)).all()
    for table in RECORD:
        for row in connection.execute(select(table)).mappings():
            rows.append(join_link(head, str(table.name), row, links[0].entered))
            head = Head(rows[-1].position, rows[-1].head)
    connection.execute(chain.delete())
    for link in rows:
        connection.execute(chain.insert(), {name: getattr(link, name) for name in link.__slots__})


def tell(ledger, noted=None):
    """What is wrong but for the triggers that were dropped."""
    return [f"{p.input}: {p.message}" for p in ledger.verify(noted) if "somebody took it out" not in p.message]


def test_a_head_stands_for_every_row(ledger):
    assert str(ledger.head()) == f"0:{'0' * 64}"
    fill(ledger)
    head = ledger.head()
    with ledger._engine.connect() as connection:
        total = sum(len(connection.execute(select(table)).all()) for table in RECORD)
    assert head.position == total > 10
    assert tell(ledger, head) == tell(ledger, parse_head(str(head)[:24])) == []
    ledger.add_reading(read_story(), extractor=ONE)  # Known before: nothing is added but that it came without bytes.
    assert ledger.head().position == total + 1
    assert tell(ledger, head) == []


CHANGES = [
    'UPDATE reports SET body = replace(body, \'"author":""\', \'"author":"Rosa"\')',
    "UPDATE arrivals SET retrieved = '2024-05-09 10:00:00'",
    "UPDATE raws SET name = 'other.html'",
    "UPDATE readings SET number = number + 10",
    "UPDATE judgements SET entered = '2024-05-09 10:00:00'",
    "DELETE FROM judgements WHERE kind = 'undo'",
    "DELETE FROM assessments WHERE kind = 'forecast'",
    "DELETE FROM assessments",
    "UPDATE assessments SET entered = '2024-05-09 10:00:00' WHERE kind = 'question'",
    "INSERT INTO judgements VALUES ('{id}', 'retract', 'report', 'x', 'ana', '2024-05-09 10:00:00', '', "
    "'2024-05-09 10:00:00', '')",
    "INSERT INTO earlier SELECT id, '2024-05-01 10:00:00' FROM judgements",
]


@pytest.mark.parametrize("covered", [False, True])
@pytest.mark.parametrize("change", CHANGES)
def test_what_is_changed_behind_its_back_is_told_even_if_the_chain_is_made_anew(change, covered):
    with open_empty(Clock()) as ledger:
        fill(ledger)
        head = ledger.head()
        ledger.assess("question", {"text": "Will it rain?"}, by="ana")
        with ledger._writer.begin() as connection:
            drop_triggers(connection)
            connection.execute(text(change.format(id="0" * 16)))
            if covered:
                link_again(connection)
        assert any(line.startswith("chain: ") or "no link" in line for line in tell(ledger, head))


def test_rows_and_links_cut_off_at_the_end_are_told_by_the_head(ledger):
    fill(ledger)
    head = ledger.head()
    with ledger._writer.begin() as connection:
        drop_triggers(connection)
        connection.execute(text("DELETE FROM chain WHERE in_table = 'assessments'"))
        connection.execute(text("DELETE FROM assessments"))
    assert tell(ledger) == []
    assert [line for line in tell(ledger, head) if "rows were removed" in line]


def test_two_links_that_change_places_are_told(ledger):
    fill(ledger)
    with ledger._writer.begin() as connection:
        drop_triggers(connection)
        connection.execute(text("UPDATE chain SET position = 1000 WHERE position = 2"))
        connection.execute(text("UPDATE chain SET position = 2 WHERE position = 3"))
        connection.execute(text("UPDATE chain SET position = 3 WHERE position = 1000"))
    assert any("does not follow" in line for line in tell(ledger))


def test_a_head_of_another_ledger_is_none_of_this(ledger):
    fill(ledger)
    head = ledger.head()
    assert tell(ledger, Head(head.position, "ab" * 32))
    assert tell(ledger, Head(0, "ab" * 32))
    assert tell(ledger, Head(head.position + 1, head.digest))


@pytest.mark.parametrize("words", ["", "12", "x:ab", "12:abcd", "12:" + "g" * 64, "-1:" + "a" * 64, "1:" + "a" * 65])
def test_what_is_no_head_is_refused(words):
    with pytest.raises(LedgerError, match="is no head"):
        parse_head(words)


def test_entering_never_goes_back_and_an_undo_holds_though_the_clock_did(ledger, clock):
    fill(ledger)
    made = ledger.retract("flood-1", by="ana", reason="a hoax")
    clock.now = day(1)
    again = ledger.restore("flood-1", by="ana", reason="it is true")
    undone = ledger.judge("undo", made.id, by="bo", reason="it is true")
    assert made.entered < again.entered < undone.entered
    assert ledger.judgements(standing=True)[-1] == again
    assert len(ledger.readings()) == 2
    with ledger._engine.connect() as connection:
        moments = list(connection.execute(select(chain.c.entered).order_by(chain.c.position)).scalars())
    assert moments == sorted(moments)


def test_of_a_restoring_and_a_retraction_by_a_clock_that_is_ahead_the_one_made_now_counts(ledger):
    ledger.add_reading(read_story(), extractor=ONE)
    ledger.retract("flood-1", by="ana", reason="a hoax", at=day(1).replace(year=9999))
    assert ledger.readings() == []
    ledger.restore("flood-1", by="bo", reason="it is true")
    assert len(ledger.readings()) == 1


def test_writers_at_once_make_one_chain(where):
    open_ledger(where).close()

    def write(number):
        with open_ledger(where) as ledger:
            for n in range(6):
                ledger.add_reading(read_story(id=f"{number}-{n}", text=f"Day {n} of {number}."), extractor=ONE)

    writers = [threading.Thread(target=write, args=(n,)) for n in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with open_ledger(where) as ledger:
        assert ledger.head().position == 8 * 6 * 3
        assert tell(ledger, ledger.head()) == []


def test_a_ledger_of_the_former_schema_keeps_all_and_gets_its_chain(make_place, clock):
    former, place = open_empty(clock), make_place()
    fill(former)
    former.assess_all([("question", {"n": n}, "ana", "", None) for n in range(700)])
    engine = make_engine(place, create=True, wait_seconds=1)
    with former._engine.connect() as source, engine.execution_options(writing=True).begin() as target:
        run_migrations(target, "0005")
        for table in (*RECORD[:-3], claims):
            if rows := [dict(row) for row in source.execute(select(table)).mappings()]:
                target.execute(table.insert(), rows)
    engine.dispose()
    with open_ledger(place, clock=clock) as ledger:
        assert ledger.judgements() == former.judgements()
        assert ledger.assessments() == former.assessments()
        assert ledger.readings() == former.readings()
        assert ledger.head().position == former.head().position
        assert not [line for line in tell(ledger, ledger.head()) if "index of words" not in line]
        ledger.retract("two", by="ana", reason="again a hoax")
        assert ledger.head().position == former.head().position + 1


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STORIES)
def test_whatever_words_come_the_rows_fit_their_links(readings):
    with open_empty() as ledger:
        for reading in readings:
            ledger.add_reading(reading, extractor=ONE)
            ledger.assess("note", {"text": reading.report.text}, by=reading.report.text + "x")
        assert tell(ledger, ledger.head()) == []
