"""On PostgreSQL, the words of reports as SQLite has them, so that a search finds the same in both."""

import msgspec
import sqlalchemy as sa
from alembic import op

from sayso.ledger.searches import index_report
from sayso.record import Report

revision = "0005"
down_revision = "0004"

AT_ONCE = 200
"""Reports that are indexed in one go."""


def upgrade() -> None:
    """Make the index anew of the reports that there are; SQLite's stays as it is."""
    if op.get_bind().dialect.name == "sqlite":
        return
    op.drop_table("report_words")
    op.create_table(
        "report_words",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("words", sa.dialects.postgresql.TSVECTOR, nullable=False, comment="each word of both once"),
        sa.Column("title", sa.Text, nullable=False, comment="the title's words in a row, each between spaces"),
        sa.Column("stems", sa.Text, nullable=False, comment="those of the text"),
    )
    index_reports()
    op.create_index("ix_report_words_words", "report_words", ["words"], postgresql_using="gin")
    op.execute(
        "CREATE TRIGGER keep_report_words BEFORE UPDATE OR DELETE OR TRUNCATE ON report_words "
        "FOR EACH STATEMENT EXECUTE FUNCTION keep_rows()"
    )


def index_reports() -> None:
    """Index each report under the number of its first reading."""
    connection, last = op.get_bind(), 0
    asked = sa.text(
        "SELECT number, body FROM (SELECT min(readings.number) AS number, reports.body FROM reports "
        "JOIN readings ON readings.report = reports.digest GROUP BY reports.digest) AS firsts "
        "WHERE number > :last ORDER BY number LIMIT :most"
    )
    while found := connection.execute(asked, {"last": last, "most": AT_ONCE}).all():
        for last, body in found:
            index_report(connection, last, msgspec.json.decode(body, type=Report))
