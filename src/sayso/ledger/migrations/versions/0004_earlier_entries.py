"""The table of earlier entries: what another ledger, copied into this one, had got before this one did."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

REFUSAL = "the ledger is append-only"


def upgrade() -> None:
    """Make the table and the triggers that keep its rows."""
    op.create_table(
        "earlier",
        sa.Column("key", sa.String(64), nullable=False, comment="of a report, reading, judgement or assessment"),
        sa.Column(
            "entered", sa.DateTime(timezone=True), nullable=False, comment="when another ledger got it, before this one"
        ),
        sa.PrimaryKeyConstraint("key", "entered", name="pk_earlier"),
    )
    if op.get_bind().dialect.name != "sqlite":
        op.execute(
            "CREATE TRIGGER keep_earlier BEFORE UPDATE OR DELETE OR TRUNCATE ON earlier "
            "FOR EACH STATEMENT EXECUTE FUNCTION keep_rows()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER keep_earlier_{change.lower()} BEFORE {change} ON earlier "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
