"""The first tables: raws, reports, arrivals, readings, claims, judgements; and the triggers that keep them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TABLES = ("raws", "reports", "arrivals", "readings", "claims", "judgements")


def upgrade() -> None:
    """Make the tables of an empty ledger."""
    make_tables()
    forbid_changes()


def make_tables() -> None:
    """The tables as of this step, written out: `sayso.ledger.tables` moves on, this does not."""
    key, moment = sa.String(64), sa.DateTime(timezone=True)
    op.create_table(
        "raws",
        sa.Column("sha256", key, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False, comment="the bytes as they came, packed by zlib"),
        sa.Column("size", sa.BigInteger, nullable=False, comment="how many bytes came"),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False, comment="path or URL that they first came from"),
        sa.Column("entered", moment, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_raws"),
    )
    op.create_table(
        "reports",
        sa.Column("digest", key, nullable=False),
        sa.Column("id", sa.Text, nullable=False, comment="as given with the input, else made from the content"),
        sa.Column("outlet", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("published", moment),
        sa.Column("published_exact", sa.Boolean, nullable=False),
        sa.Column("retrieved", moment),
        sa.Column("entered", moment, nullable=False),
        sa.Column("body", sa.Text, nullable=False, comment="the report as JSON"),
        sa.PrimaryKeyConstraint("digest", name="pk_reports"),
    )
    op.create_table(
        "arrivals",
        sa.Column("id", key, nullable=False),
        sa.Column("report", key, nullable=False),
        sa.Column("given", sa.Text, nullable=False, comment="the id it came under"),
        sa.Column("raw", key),
        sa.Column("retrieved", moment),
        sa.Column("entered", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_arrivals"),
        sa.ForeignKeyConstraint(["report"], ["reports.digest"], name="fk_arrivals_report"),
        sa.ForeignKeyConstraint(["raw"], ["raws.sha256"], name="fk_arrivals_raw"),
    )
    op.create_table(
        "readings",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False, autoincrement=True),
        sa.Column("id", key, nullable=False),
        sa.Column("report", key, nullable=False),
        sa.Column("extractor", sa.Text, nullable=False, comment="name and version of what made it"),
        sa.Column("entered", moment, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False, comment="what was found, as JSON packed by zlib"),
        sa.PrimaryKeyConstraint("number", name="pk_readings"),
        sa.UniqueConstraint("id", name="uq_readings_id"),
        sa.ForeignKeyConstraint(["report"], ["reports.digest"], name="fk_readings_report"),
    )
    op.create_table(
        "claims",
        sa.Column("reading", key, nullable=False),
        sa.Column("position", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("id", key, nullable=False),
        sa.Column("seat", key, nullable=False),
        sa.Column("report", key, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("event", sa.Text, nullable=False),
        sa.Column("polarity", sa.Text, nullable=False),
        sa.Column("earliest", moment, comment="when it happened, half-open"),
        sa.Column("latest", moment),
        sa.Column("place", sa.BigInteger, comment="GeoNames id"),
        sa.Column("low", sa.Double),
        sa.Column("high", sa.Double),
        sa.Column("unit", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("reading", "position", name="pk_claims"),
        sa.ForeignKeyConstraint(["reading"], ["readings.id"], name="fk_claims_reading"),
        sa.ForeignKeyConstraint(["report"], ["reports.digest"], name="fk_claims_report"),
    )
    op.create_table(
        "judgements",
        sa.Column("id", key, nullable=False),
        sa.Column("kind", sa.Text, nullable=False, comment="retract or restore"),
        sa.Column("about", sa.Text, nullable=False, comment="report or claim"),
        sa.Column("target", key, nullable=False, comment="digest of a report or seat of a claim"),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("judged", moment, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("entered", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_judgements"),
    )
    for table, columns in {
        "reports": ["id", "url", "published"],
        "arrivals": ["report", "given", "raw"],
        "claims": ["id", "seat", "report", "event", "place"],
        "judgements": ["target"],
    }.items():
        for column in columns:
            op.create_index(f"ix_{table}_{column}", table, [column])
    op.create_index("ix_readings_report_extractor", "readings", ["report", "extractor"])


def forbid_changes() -> None:
    """Triggers that refuse to change or delete a row."""
    refusal = "the ledger is append-only"
    if op.get_bind().dialect.name == "sqlite":
        for table in TABLES:
            for change in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER keep_{table}_{change.lower()} BEFORE {change} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
                )
        return
    op.execute(
        f"CREATE FUNCTION keep_rows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{refusal}'; END $$"
    )
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER keep_{table} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION keep_rows()"
        )
