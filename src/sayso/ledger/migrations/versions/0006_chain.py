"""The chain over every row of the record, with a link for each row that there is; keys and signatures of analysts."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from sayso.ledger.chains import settle_row
from sayso.ledger.tables import metadata, readings
from sayso.ledger.transactions import Transaction

revision = "0006"
down_revision = "0005"

REFUSAL = "the ledger is append-only"
NEW = ("signers", "signatures", "chain")
KEPT = ("raws", "reports", "arrivals", "readings", "judgements", "assessments", "earlier")
"""The tables of the record at this step, in the order in which their rows get links."""
AT_ONCE = 500
"""Links that are added in one go."""


def upgrade() -> None:
    """Make the tables and the triggers that keep their rows, and the links of the rows that there are."""
    make_tables()
    link_rows()
    for table in NEW:
        if op.get_bind().dialect.name != "sqlite":
            op.execute(
                f"CREATE TRIGGER keep_{table} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION keep_rows()"
            )
            continue
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER keep_{table}_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )


def make_tables() -> None:
    """The tables as of this step."""
    key, moment = sa.String(64), sa.DateTime(timezone=True)
    op.create_table(
        "signers",
        sa.Column("id", key, nullable=False),
        sa.Column("name", sa.Text, nullable=False, comment="who signs by this key"),
        sa.Column("public", key, nullable=False, comment="the public key (Ed25519, RFC 8032), as hex digits"),
        sa.Column("entered", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_signers"),
    )
    op.create_table(
        "signatures",
        sa.Column("id", key, nullable=False),
        sa.Column("target", key, nullable=False, comment="id of a judgement or an assessment"),
        sa.Column("signer", key, nullable=False),
        sa.Column("signature", sa.String(128), nullable=False, comment="as hex digits"),
        sa.Column("entered", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_signatures"),
        sa.ForeignKeyConstraint(["signer"], ["signers.id"], name="fk_signatures_signer"),
    )
    op.create_table(
        "chain",
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer, "sqlite"), autoincrement=False),
        sa.Column("in_table", sa.String(16), nullable=False, comment="the table of the row"),
        sa.Column("key", key, nullable=False, comment="the row's content id"),
        sa.Column("content", key, nullable=False, comment="digest of the whole row"),
        sa.Column(
            "entered", moment, nullable=False, comment="when this ledger got the row: never before the one before"
        ),
        sa.Column("head", key, nullable=False, comment="digest of the head before and all this"),
        sa.PrimaryKeyConstraint("position", name="pk_chain"),
    )
    op.create_index("ix_signatures_target", "signatures", ["target"])
    op.create_index("ix_signatures_signer", "signatures", ["signer"])
    op.create_index("ix_chain_key", "chain", ["key", "in_table"], unique=True)


def link_rows() -> None:
    """A link for each row, table by table: in the order of readings' numbers, and of keys."""
    connection, now = op.get_bind(), datetime.now(UTC)
    writing = Transaction(connection, lambda: now)
    for name in KEPT:
        table = metadata.tables[name]
        there = {column["name"] for column in sa.inspect(connection).get_columns(name)}
        columns = [column for column in table.columns if column.name in there]
        order = [readings.c.number] if table is readings else list(table.primary_key.columns)
        asked = sa.select(*columns).order_by(*order).execution_options(yield_per=20)
        for number, row in enumerate(connection.execute(asked).mappings(), start=1):
            writing.link(table, settle_row(table, row))
            if number % AT_ONCE == 0:
                writing.finish()
    writing.finish()
