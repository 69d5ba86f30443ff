"""The tables of a ledger, for SQLite and PostgreSQL alike. Rows are only ever added; triggers see to it.

This is the schema as the program sees it; the migrations make it, and a test holds the two equal.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    DateTime,
    Double,
    ForeignKey,
    FromClause,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    func,
    select,
)
from sqlalchemy.engine import Dialect


def to_utc(moment: datetime) -> datetime:
    """The same moment in UTC; one without a zone is taken as UTC."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError:  # Within a day of the calendar's ends: no report means that moment to the hour.
        return moment.replace(tzinfo=UTC)


def clean_words(words: str) -> str:
    """Text that every database can hold in a column: PostgreSQL refuses NUL, UTF-8 refuses half characters."""
    return words.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf8", "replace").decode("utf8")


class Moment(TypeDecorator[datetime]):
    """A moment, kept in UTC. SQLite drops zones, so they are taken off going in and put back coming out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware going in, in UTC; bare for SQLite."""
        if value is None:
            return None
        return to_utc(value).replace(tzinfo=None) if dialect.name == "sqlite" else to_utc(value)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware coming out, in UTC."""
        return to_utc(value) if value else None


class Words(TypeDecorator[str]):
    """Text from outside: see `clean_words`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Clean going in."""
        return None if value is None else clean_words(value)


VERSIONS = "sayso_version"
"""The table that holds the number of a ledger's last migration."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _key(name: str, *args: Any, **kwargs: Any) -> Column[str]:
    """A column of content ids: hex digits."""
    return Column(name, String(64), *args, **kwargs)


raws = Table(
    "raws",
    metadata,
    _key("sha256", primary_key=True),
    Column("content", LargeBinary, nullable=False, comment="the bytes as they came, packed by zlib"),
    Column("size", BigInteger, nullable=False, comment="how many bytes came"),
    Column("media_type", Words, nullable=False),
    Column("name", Words, nullable=False, comment="path or URL that they first came from"),
    Column("entered", Moment, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    _key("digest", primary_key=True),
    Column("id", Words, nullable=False, index=True, comment="as given with the input, else made from the content"),
    Column("outlet", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("url", Words, nullable=False, index=True),
    Column("language", Words, nullable=False),
    Column("published", Moment, index=True),
    Column("published_exact", Boolean, nullable=False),
    Column("retrieved", Moment),
    Column("entered", Moment, nullable=False),
    Column("body", Text, nullable=False, comment="the report as JSON"),
)

arrivals = Table(
    "arrivals",
    metadata,
    _key("id", primary_key=True),
    _key("report", ForeignKey("reports.digest"), nullable=False, index=True),
    Column("given", Words, nullable=False, index=True, comment="the id it came under"),
    _key("raw", ForeignKey("raws.sha256"), index=True),
    Column("retrieved", Moment),
    Column("entered", Moment, nullable=False),
)

readings = Table(
    "readings",
    metadata,
    # SQLite numbers rows by itself only in a column that is declared INTEGER.
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    _key("id", nullable=False, unique=True),
    _key("report", ForeignKey("reports.digest"), nullable=False),
    Column("extractor", Words, nullable=False, comment="name and version of what made it"),
    Column("entered", Moment, nullable=False),
    Column("body", LargeBinary, nullable=False, comment="what was found, as JSON packed by zlib"),
)

claims = Table(
    "claims",
    metadata,
    _key("reading", ForeignKey("readings.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    _key("id", nullable=False, index=True),
    _key("seat", nullable=False, index=True),
    _key("report", ForeignKey("reports.digest"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Words, nullable=False),
    Column("event", Words, nullable=False, index=True),
    Column("polarity", Words, nullable=False),
    Column("earliest", Moment, comment="when it happened, half-open"),
    Column("latest", Moment),
    Column("place", BigInteger, index=True, comment="GeoNames id"),
    Column("low", Double),
    Column("high", Double),
    Column("unit", Words, nullable=False),
)

judgements = Table(
    "judgements",
    metadata,
    _key("id", primary_key=True),
    Column("kind", Words, nullable=False, comment="see sayso.record.Judgement"),
    Column("about", Words, nullable=False, comment="report, claim, source or judgement"),
    _key(
        "target", nullable=False, index=True, comment="digest of a report, seat of a claim, id of a source or judgement"
    ),
    Column("by", Words, nullable=False),
    Column("judged", Moment, nullable=False),
    Column("reason", Words, nullable=False),
    Column("entered", Moment, nullable=False),
    Column("detail", Words, nullable=False, server_default="", comment="what was judged, as JSON; may be empty"),
)

assessments = Table(
    "assessments",
    metadata,
    _key("id", primary_key=True),
    Column("kind", Words, nullable=False, comment="question, forecast, resolution ...: see sayso.foresee"),
    _key("about", nullable=False, comment="id of the assessment it belongs to; may be empty"),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("body", Words, nullable=False, comment="what was said, as JSON"),
    Column("entered", Moment, nullable=False),
)

Index("ix_assessments_about", assessments.c.about, assessments.c.kind, assessments.c.at)
Index("ix_assessments_kind", assessments.c.kind, assessments.c.at)
Index("ix_readings_report_extractor", readings.c.report, readings.c.extractor)

earlier = Table(
    "earlier",
    metadata,
    _key("key", primary_key=True, comment="of a report, reading, judgement or assessment"),
    Column("entered", Moment, primary_key=True, comment="when another ledger got it, before this one"),
)

signers = Table(
    "signers",
    metadata,
    _key("id", primary_key=True),
    Column("name", Words, nullable=False, comment="who signs by this key"),
    _key("public", nullable=False, comment="the public key (Ed25519, RFC 8032), as hex digits"),
    Column("entered", Moment, nullable=False),
)

signatures = Table(
    "signatures",
    metadata,
    _key("id", primary_key=True),
    _key("target", nullable=False, index=True, comment="id of a judgement or an assessment"),
    _key("signer", ForeignKey("signers.id"), nullable=False, index=True),
    Column("signature", String(128), nullable=False, comment="as hex digits"),
    Column("entered", Moment, nullable=False),
)

chain = Table(
    "chain",
    metadata,
    Column("position", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("in_table", String(16), nullable=False, comment="the table of the row"),
    _key("key", nullable=False, comment="the row's content id"),
    _key("content", nullable=False, comment="digest of the whole row"),
    Column("entered", Moment, nullable=False, comment="when this ledger got the row: never before the one before"),
    _key("head", nullable=False, comment="digest of the head before and all this"),
)

Index("ix_chain_key", chain.c.key, chain.c.in_table, unique=True)

KEYS = {
    raws.name: raws.c.sha256,
    reports.name: reports.c.digest,
    arrivals.name: arrivals.c.id,
    readings.name: readings.c.id,
    judgements.name: judgements.c.id,
    assessments.name: assessments.c.id,
    signers.name: signers.c.id,
    signatures.name: signatures.c.id,
}
"""The tables that are filled from outside, in the order in which they can be, each with its column of content ids."""

RECORD = (*(metadata.tables[name] for name in KEYS), earlier)
"""The tables of whose every row the chain has a link. All others are made of these."""


def entered_of(table: Table, rows: FromClause | None = None) -> ColumnElement[datetime]:
    """When each row of a table (of `rows`, an alias of it) was entered: where another ledger, copied into this one, had
    it before, when that one got it."""
    rows = table if rows is None else rows
    first = select(func.min(earlier.c.entered)).where(earlier.c.key == rows.c[KEYS[table.name].name])
    return func.coalesce(first.correlate(rows).scalar_subquery(), rows.c.entered)


def known_at() -> ColumnElement[datetime]:
    """From when a report was known: it was published, or entered where it does not say when."""
    return func.coalesce(reports.c.published, entered_of(reports))
