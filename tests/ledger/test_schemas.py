import subprocess
import sys

import pytest
from floods import ONE, day, make_raw, read_story
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from sayso.ledger import LedgerError, open_ledger
from sayso.ledger.schemas import MIGRATIONS, NEWEST, run_migrations
from sayso.ledger.signatures import identify_signer, row_of_signer
from sayso.ledger.tables import VERSIONS, metadata

TABLES = sorted(metadata.tables)


def is_no_index_of_words(name, kind, parents):
    """Each database has its own table for the search of words."""
    return kind != "table" or not name.startswith("report_words")


def test_the_migrations_make_the_tables_that_the_program_sees(ledger):
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    with ledger._engine.connect() as connection:
        options = {"version_table": VERSIONS, "compare_type": True, "include_name": is_no_index_of_words}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def test_the_newest_migration_is_the_one_the_program_knows():
    from alembic.script import ScriptDirectory

    steps = list(ScriptDirectory(str(MIGRATIONS)).walk_revisions())
    assert steps[0].revision == NEWEST
    for step in steps:
        assert step.path.rpartition("/")[2].startswith(step.revision + "_")
        assert step.doc.strip()


def test_each_migration_runs_on_the_one_before(where):
    from alembic.script import ScriptDirectory

    from sayso.ledger.engines import make_engine
    from sayso.ledger.schemas import read_version

    engine = make_engine(where, create=True, wait_seconds=1)
    for step in reversed(list(ScriptDirectory(str(MIGRATIONS)).walk_revisions())):
        with engine.execution_options(writing=True).begin() as connection:
            run_migrations(connection, step.revision)
            assert read_version(connection) == step.revision
    engine.dispose()


@pytest.mark.parametrize("table", TABLES)
def test_no_row_can_be_changed_or_deleted(ledger, table):
    ledger.add_raw(make_raw())
    ledger.add_reading(read_story(raw=make_raw().sha256), extractor=ONE)
    ledger.retract("flood-1", by="ana", reason="a hoax")
    ledger.assess("question", {"text": "Will the dam hold?"}, by="ana")
    with ledger._writing() as connection:
        connection.execute(metadata.tables["earlier"].insert(), {"key": "0" * 16, "entered": day(1)})
        connection.add(metadata.tables["signers"], row_of_signer("ana", "0" * 64, day(1)))
        who = identify_signer("ana", "0" * 64)
        row = {"id": "0" * 16, "target": "0" * 16, "signer": who, "signature": "0" * 128, "entered": day(1)}
        connection.add(metadata.tables["signatures"], row)
    column = next(iter(metadata.tables[table].columns.keys()))
    changes = [f'UPDATE {table} SET "{column}" = "{column}"', f"DELETE FROM {table}"]
    if ledger._engine.dialect.name == "sqlite":
        changes.append(f"REPLACE INTO {table} SELECT * FROM {table}")
    else:
        changes.append(f"TRUNCATE {table} CASCADE")
    for change in changes:
        with pytest.raises(DBAPIError, match="append-only"), ledger._writer.begin() as connection:
            connection.execute(text(change))
    with pytest.raises(LedgerError, match="retract what is wrong instead"), ledger._writing() as connection:
        connection.execute(text(changes[0]))


def test_a_ledger_of_a_newer_program_is_left_alone(where):
    with open_ledger(where) as ledger, ledger._writer.begin() as connection:
        connection.execute(text(f"UPDATE {VERSIONS} SET version_num = '9999'"))
    with pytest.raises(LedgerError, match=r"a newer sayso made it \(schema 9999.*upgrade sayso"):
        open_ledger(where)


def test_opening_an_up_to_date_ledger_does_not_import_alembic(tmp_path):
    path = str(tmp_path / "story.db")
    open_ledger(path).close()
    code = "import sys; from sayso.ledger import open_ledger; open_ledger(sys.argv[1]); print('alembic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
