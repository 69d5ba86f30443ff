"""Which schema a ledger has, and bringing it up to this program's.

Alembic does the work but takes a tenth of a second to import, so an up-to-date ledger is opened without it.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from sayso.ledger.engines import use_log
from sayso.ledger.errors import LedgerError
from sayso.ledger.expectations import need_expected
from sayso.ledger.tables import VERSIONS

NEWEST = "0006"
"""The number of the newest migration; the numbers sort as text."""

MIGRATIONS = Path(__file__).with_name("migrations")


def read_version(connection: Connection) -> str | None:
    """The number of the ledger's last migration, or None where there is no ledger yet."""
    if not inspect(connection).has_table(VERSIONS):
        return None
    found = connection.execute(text(f"SELECT version_num FROM {VERSIONS}")).scalar()
    return None if found is None else str(found)


def prepare_schema(engine: Engine, where: str, *, create: bool, wait_seconds: float, strict: bool = True) -> None:
    """See to it that the ledger has this program's schema: made if new, upgraded if older, refused if somebody changed
    it; if not `strict`, only where its tables or views were.

    Raises `LedgerError` where there is no ledger and `create` is False, where it is newer than this program, or where
    the file is another program's.
    """
    with engine.connect() as connection:
        version = read_version(connection)
        if version is None and connection.dialect.name == "sqlite" and inspect(connection).get_table_names():
            raise LedgerError(f"{where}: it is another program's database, not a ledger: name another file")
    if version is None and not create:
        raise LedgerError(f"{where}: there is no ledger yet: `sayso add` makes one")
    if version is not None and version > NEWEST:
        raise LedgerError(f"{where}: a newer sayso made it (schema {version}, this one knows {NEWEST}): upgrade sayso")
    if version == NEWEST:
        with engine.connect() as connection:
            need_expected(connection, where, strict=strict)
        use_log(engine, wait_seconds)
        return
    use_log(engine, wait_seconds)
    with engine.execution_options(writing=True).begin() as connection:
        if (read_version(connection) or "") < NEWEST:  # Another program may have done it while this one waited.
            run_migrations(connection)
        need_expected(connection, where)


def run_migrations(connection: Connection, upto: str = "head") -> None:
    """Run all migrations that the ledger lacks, inside the connection's open transaction."""
    from alembic.command import upgrade
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    upgrade(config, upto)
