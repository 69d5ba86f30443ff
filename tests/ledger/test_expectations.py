"""A schema that somebody changed is told by name, and not written to."""

import pytest
from floods import ONE, make_raw, read_story
from sqlalchemy import text

from sayso.ledger import LedgerError, open_ledger
from sayso.ledger.engines import make_engine
from sayso.ledger.expectations import digest_statement, list_objects, load_expected, need_expected
from sayso.ledger.merges import Copied
from sayso.ledger.transfers import copy_ledger

PLANTED = {
    "sqlite": {
        "trigger steal": "CREATE TRIGGER steal AFTER INSERT ON judgements BEGIN DELETE FROM earlier; END",
        "view spy": "CREATE VIEW spy AS SELECT * FROM judgements",
        "table notes": "CREATE TABLE notes (n)",
        "index ix_more": "CREATE INDEX ix_more ON reports (outlet)",
        "table raws": "ALTER TABLE raws ADD COLUMN more TEXT",
        "trigger keep_raws_update": "DROP TRIGGER keep_raws_update",
    },
    "postgresql": {
        "trigger steal on judgements": "CREATE TRIGGER steal AFTER INSERT ON judgements EXECUTE FUNCTION keep_rows()",
        "view spy": "CREATE VIEW spy AS SELECT * FROM judgements",
        "rule deaf on raws": "CREATE RULE deaf AS ON INSERT TO raws DO INSTEAD NOTHING",
        "index ix_more": "CREATE INDEX ix_more ON reports (outlet)",
        "table raws": "ALTER TABLE raws ADD COLUMN more TEXT",
        "trigger keep_arrivals on arrivals": "CREATE OR REPLACE FUNCTION keep_rows() RETURNS trigger LANGUAGE plpgsql "
        "AS $$ BEGIN RETURN NULL; END $$",
        "trigger keep_raws on raws": "ALTER TABLE raws DISABLE TRIGGER keep_raws",
    },
}


def test_what_is_expected_is_what_a_new_ledger_has(ledger):
    with ledger._engine.connect() as connection:
        assert list_objects(connection) == load_expected(connection.dialect.name)


def test_what_somebody_planted_changed_or_took_out_is_named_and_nothing_is_written(where, tmp_path):
    with open_ledger(where) as ledger:
        ledger.add_raw(make_raw())
        dialect = ledger._engine.dialect.name
    for name, statement in PLANTED[dialect].items():
        engine = make_engine(where, create=False, wait_seconds=1)
        connection = engine.connect()
        connection.execute(text(statement))
        with pytest.raises(LedgerError, match=f"{name}: .*somebody"):
            need_expected(connection, where)
        connection.rollback()
        connection.close()
        engine.dispose()
    open_ledger(where).close()


def test_a_ledger_with_a_planted_trigger_is_refused_verified_and_copied(where, make_place):
    with open_ledger(where) as ledger:
        ledger.add_reading(read_story(), extractor=ONE)
        with ledger._writer.begin() as connection:
            connection.execute(text(next(iter(PLANTED[connection.dialect.name].values()))))
    with pytest.raises(LedgerError, match=r"trigger steal.*sayso did not make it.*sayso copy"):
        open_ledger(where)
    with open_ledger(where, strict=False) as ledger:
        assert [p.input.split()[1] for p in ledger.verify()] == ["steal"]
    place = make_place()
    assert list(copy_ledger(where, place, Copied())) == []
    with open_ledger(place) as again:
        assert len(again.readings()) == 1
        assert list(again.verify()) == []


def test_a_ledger_with_a_planted_view_is_not_even_looked_at(where):
    with open_ledger(where) as ledger, ledger._writer.begin() as connection:
        connection.execute(text("CREATE VIEW spy AS SELECT * FROM judgements"))
    for strict in (True, False):
        with pytest.raises(LedgerError, match=r"view spy: sayso did not make it.*drop what was put in"):
            open_ledger(where, strict=strict)


def test_an_older_ledger_with_a_planted_trigger_is_not_brought_up_to_date(make_place):
    from sayso.ledger.schemas import read_version, run_migrations

    place = make_place()
    engine = make_engine(place, create=True, wait_seconds=1)
    with engine.execution_options(writing=True).begin() as connection:
        run_migrations(connection, "0005")
        connection.execute(text(next(iter(PLANTED[connection.dialect.name].values()))))
    with pytest.raises(LedgerError, match="sayso did not make it"):
        open_ledger(place)
    with engine.connect() as connection:
        assert read_version(connection) == "0005"
    engine.dispose()


def test_statements_are_alike_however_they_are_spaced():
    assert digest_statement('CREATE  TABLE\n"x" (a)') == digest_statement("create table x (a)")
    assert digest_statement("CREATE TABLE x (a)") != digest_statement("CREATE TABLE x (b)")
