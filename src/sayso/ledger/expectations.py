"""Whether a ledger's schema is the one that sayso makes: a stranger, or an editor of the file, may have put a trigger
or a view in it that changes what is kept or told, or taken a trigger out that keeps it.

What is expected are digests of the statements that make each table, index, trigger and view, in `expected.json`
(`building/build_schema.py` writes it, and a test holds it to a new ledger).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, text

from sayso.ledger.errors import LedgerError
from sayso.ledger.tables import VERSIONS, metadata

EXPECTED = Path(__file__).with_name("expected.json")
SHADOWS = "report_words_"
"""How the names of the tables begin that SQLite itself makes for the index of words, in words of its own."""
OWN = "sqlite_"
"""How the names begin of what SQLite makes for itself, which no statement can make."""
OURS = frozenset((*metadata.tables, "report_words", VERSIONS))
"""The tables of a ledger."""

LOOKED_AT = ("view ", "table ")
"""What is asked whenever a ledger is only looked at."""
REMEDY = "it is not opened: drop what was put in, or go back to a copy"
LOOK = (
    "it is not written to; `sayso verify` says what else is wrong, `sayso copy` takes what is sound into a new ledger"
)

SQLITE = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL OR name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"

MADE_BY_EXTENSION = "NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = {0}.oid AND d.deptype = 'e')"
IN_SCHEMA = "c.relnamespace = current_schema()::regnamespace AND " + MADE_BY_EXTENSION.format("c")
POSTGRESQL = (
    # Tables with their columns, views with what they say.
    "SELECT CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'view' ELSE 'table' END, c.relname, c.relname, "
    "concat(c.relkind, c.relrowsecurity, (SELECT string_agg(concat_ws(' ', a.attname, "
    "format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attgenerated, a.attcollation <> t.typcollation, "
    "pg_get_expr(f.adbin, f.adrelid)), ',' ORDER BY a.attnum) "
    "FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid "
    "LEFT JOIN pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum "
    f"WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)) FROM pg_class c WHERE {IN_SCHEMA} "
    "AND c.relkind IN ('r', 'p', 'f', 'v', 'm')",
    "SELECT 'index', c.relname, o.relname, replace(pg_get_indexdef(c.oid), current_schema() || '.', '') "
    "FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid JOIN pg_class o ON o.oid = i.indrelid "
    f"WHERE {IN_SCHEMA} AND c.relkind = 'i'",
    "SELECT 'trigger', t.tgname || ' on ' || c.relname, c.relname, concat(t.tgenabled, t.tgtype, t.tgqual, p.prosrc) "
    "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
    f"WHERE NOT t.tgisinternal AND {IN_SCHEMA}",
    "SELECT 'rule', r.rulename || ' on ' || c.relname, c.relname, pg_get_ruledef(r.oid) FROM pg_rewrite r "
    f"JOIN pg_class c ON c.oid = r.ev_class WHERE {IN_SCHEMA} AND c.relkind IN ('r', 'p')",
)


def list_objects(connection: Connection) -> dict[str, str]:
    """What a database's schema holds: of each thing its kind and name, and a digest of what makes it."""
    if connection.dialect.name == "sqlite":
        rows = connection.execute(text(SQLITE)).all()
        found = [(kind, name, sql) for kind, name, sql in rows if not is_own(kind, name)]
    else:
        each = (row for asked in POSTGRESQL for row in connection.exec_driver_sql(asked))
        # Tables of other programs, in one database with these, are nothing to us.
        found = [(kind, name, sql) for kind, name, table, sql in each if table in OURS or kind == "view"]
    return {f"{kind} {name}": digest_statement("" if name.startswith(SHADOWS) else sql) for kind, name, sql in found}


def is_own(kind: str, name: str) -> bool:
    """Whether SQLite made it for itself: its figures on indexes, for one."""
    return kind in ("table", "index") and name.startswith(OWN)


def digest_statement(sql: str | None) -> str:
    """A digest of a statement that is the same however it is spaced, quoted and capitalised."""
    return sha256("".join((sql or "").split()).replace('"', "").casefold().encode("utf8", "replace")).hexdigest()[:16]


def load_expected(dialect: str) -> Mapping[str, str]:
    """What the newest schema holds in a database."""
    expected: dict[str, dict[str, str]] = json.loads(EXPECTED.read_text(encoding="utf8"))
    return expected[dialect]


def find_differences(connection: Connection) -> Iterator[tuple[str, str]]:
    """In what a schema differs from the expected one: what it is, and what is wrong with it; what was put in first."""
    found, expected = list_objects(connection), load_expected(connection.dialect.name)
    for name in sorted(found.keys() - expected.keys()):
        yield name, "sayso did not make it: somebody put it there"
    for name in sorted(found.keys() & expected.keys()):
        if found[name] != expected[name]:
            yield name, "it is not as sayso made it: somebody changed it"
    for name in sorted(expected.keys() - found.keys()):
        yield name, "it is missing: somebody took it out"


def need_expected(connection: Connection, where: str, *, strict: bool = True) -> None:
    """Raise `LedgerError` where a schema differs from the expected one; if not `strict`, only in its tables and views:
    with others it can be looked at."""
    differences = list(find_differences(connection))
    worst = [(name, why) for name, why in differences if name.startswith(LOOKED_AT)]
    if not worst and not (strict and differences):
        return
    name, why = (worst or differences)[0]
    more = f" (and {len(differences) - 1} more)" if len(differences) > 1 else ""
    raise LedgerError(f"{where}: {name}: {why}{more}: {REMEDY if worst else LOOK}")
