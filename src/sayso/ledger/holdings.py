"""What a ledger holds, as it is asked: readings as of a moment, reports, judgements, assessments.

Every order in which rows are given is written out and is that of moments or of content ids, so that one ledger answers
alike wherever it is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from types import TracebackType
from typing import Any, Self

import msgspec
from sqlalchemy import ColumnElement, Connection, Engine, Select, Table, and_, exists, func, literal_column, or_, select

from sayso.ledger import rows
from sayso.ledger.chains import Head, read_head
from sayso.ledger.custodies import Custody, list_custody
from sayso.ledger.errors import LedgerError, clear_errors
from sayso.ledger.judging import list_retracted, list_standing
from sayso.ledger.keys import find_keys, find_subject, find_target
from sayso.ledger.patience import Patience, patiently
from sayso.ledger.searches import Search, rank_found, select_found
from sayso.ledger.signatures import Standing, list_standings
from sayso.ledger.tables import (
    arrivals,
    assessments,
    claims,
    clean_words,
    earlier,
    entered_of,
    judgements,
    known_at,
    raws,
    readings,
    reports,
    to_utc,
)
from sayso.ledger.versions import link_versions
from sayso.record import Assessment, Judgement, Problem, Raw, Reading, Report

MANY = 5000
"""Keys that are asked for in one go."""


class Holdings:
    """What an open ledger holds. All methods raise `LedgerError`."""

    def __init__(self, engine: Engine, name: str, patience: Patience) -> None:
        """Hold an engine whose schema is up to date. `name` is what messages call the ledger."""
        self.name = name
        self._engine = engine
        self._patience = patience

    def __enter__(self) -> Self:
        """The ledger itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of the file or the server."""
        with clear_errors(self.name):
            self._engine.dispose()

    @patiently
    def has_report(self, digest: str, extractor: str) -> bool:
        """Whether the ledger has a reading of this report by this extractor, so that none need be made."""
        asked = select(readings.c.number).where(readings.c.report == digest, readings.c.extractor == extractor)
        with self._reading() as connection:
            return connection.execute(asked.limit(1)).first() is not None

    def find_raw(self, sha256: str) -> Raw | None:
        """The bytes with this hash, if they are kept."""
        with self._reading() as connection:
            row = connection.execute(select(raws).where(raws.c.sha256 == sha256)).first()
            if row is None:
                return None
            content = rows.unpack_bytes(row.content, row.size)
            return Raw(sha256=sha256, content=content, name=row.name, media_type=row.media_type)

    def readings(
        self,
        as_of: datetime | None = None,
        *,
        include_retracted: bool = False,
        entered_by: datetime | None = None,
        about: Search | None = None,
        most: int | None = None,
        only: Collection[str] | None = None,
    ) -> list[Reading]:
        """What was known at `as_of` (None: all): the newest reading of each report published by then.

        A report that does not say when it was published counts from when it was entered. Reports and claims that had
        been retracted by then are left out. All versions of an article are given: see `versions`. In order of
        publication, undated reports last; the order in which they were added does not matter. With `entered_by`, the
        ledger answers as it stood then: without what was added or judged in it later, whenever published. With
        `about`, only of the reports that the search finds, of which the `most` that fit best; with `only`, of those
        with these digests.
        """
        asked = (
            select(reports.c.digest, reports.c.body.label("report"), readings.c.body.label("found"))
            .join(readings, readings.c.report == reports.c.digest)
            .where(~has_newer(entered_by))
            .order_by(reports.c.published.is_(None), reports.c.published, reports.c.digest)
        )
        if about is not None:
            asked = asked.where(readings.c.report.in_(self._find(about, most)))
        if only is not None:
            asked = asked.where(readings.c.report.in_(only))
        if entered_by is not None:
            asked = asked.where(entered_of(readings) <= to_utc(entered_by))
        if as_of is not None:
            asked = asked.where(known_at() <= to_utc(as_of))
        gone = set() if include_retracted else self._retracted(as_of, entered_by)
        with self._reading() as connection:
            result = connection.execute(asked.execution_options(yield_per=100))
            return [
                leave_out(rows.load_reading(row.report, rows.unpack_bytes(row.found).decode("utf8")), gone)
                for row in result
                if row.digest not in gone
            ]

    def headings(
        self,
        as_of: datetime | None = None,
        *,
        entered_by: datetime | None = None,
        only: Collection[str] | None = None,
    ) -> list[tuple[str, str, str, datetime | None]]:
        """The digest, id, title and date of publication of each report that `readings` would give, in their order."""
        read = select(readings.c.report)
        if entered_by is not None:
            read = read.where(entered_of(readings) <= to_utc(entered_by))
        asked = select(reports.c.digest, reports.c.id, reports.c.title, reports.c.published)
        asked = asked.where(reports.c.digest.in_(read))
        if only is not None:
            asked = asked.where(reports.c.digest.in_(only))
        if as_of is not None:
            asked = asked.where(known_at() <= to_utc(as_of))
        asked = asked.order_by(reports.c.published.is_(None), reports.c.published, reports.c.digest)
        gone = self._retracted(as_of, entered_by)
        with self._reading() as connection:
            return [tuple(row) for row in connection.execute(asked) if row.digest not in gone]

    def list_new(self, after: int = 0, *, first: bool = False) -> list[tuple[int, str]]:
        """The readings after that of number `after`, in order: number and digest of the report, retracted or not. With
        `first`, only of reports that had not been read by then."""
        asked = select(readings.c.number, readings.c.report).where(readings.c.number > after)
        if first:
            known = readings.alias()
            asked = asked.where(
                ~select(known.c.number).where(known.c.report == readings.c.report, known.c.number <= after).exists()
            )
        with self._reading() as connection:
            return [(number, digest) for number, digest in connection.execute(asked.order_by(readings.c.number))]

    def find_judged(self, judged: Iterable[Judgement]) -> dict[str, frozenset[str]]:
        """The digests of the reports that each judgement is about, itself or by a claim; none of one about a source."""
        judged = list(judged)
        seats = {seat for j in judged if j.about == "claim" for seat in (j.target, j.other) if seat}
        asked = select(claims.c.seat, claims.c.report).where(claims.c.seat.in_(seats)).distinct()
        with self._reading() as connection:
            holders: dict[str, set[str]] = {}
            for seat, digest in connection.execute(asked) if seats else ():
                holders.setdefault(seat, set()).add(digest)
        named = {j.id: {j.target, j.other} if j.about in ("report", "claim") else set[str]() for j in judged}
        return {
            id: frozenset(d for name in names if name for d in holders.get(name, {name})) for id, names in named.items()
        }

    def search(self, about: Search, as_of: datetime | None = None, *, most: int) -> list[str]:
        """The digests of the reports that a search finds and that were known at `as_of` (None: all), the `most` that
        fit best, the best first; without those that were retracted."""
        with self._reading() as connection:
            found = rank_found(connection, about, most)
        return self._keep_known(found, reports.c.digest.in_(found), as_of)

    def published_by(self, outlet: str, as_of: datetime | None = None) -> list[str]:
        """The digests of the reports of an outlet, by its name as they have it, known at `as_of` (None: all), in order
        of publication; without those that were retracted."""
        asked = select(reports.c.digest).where(reports.c.outlet == clean_words(outlet))
        with self._reading() as connection:
            found = list(connection.execute(asked.order_by(reports.c.published, reports.c.digest)).scalars())
        return self._keep_known(found, reports.c.outlet == clean_words(outlet), as_of)

    def reports(self, digests: Collection[str]) -> Iterator[Report]:
        """The reports with these digests, in no order."""
        wanted = list(digests)
        for first in range(0, len(wanted), MANY):
            asked = select(reports.c.body).where(reports.c.digest.in_(wanted[first : first + MANY]))
            with self._reading() as connection:
                for body in connection.execute(asked).scalars():
                    yield msgspec.json.decode(body, type=Report)

    def find_seat(self, claim: str) -> str:
        """The seat of a claim, by itself, by the claim's id or by the beginning of that. Raises `LedgerError`."""
        with self._reading() as connection:
            about, seat = find_target(connection, self.name, "relate", claim)
            if about != "claim":
                raise LedgerError(f"{self.name}: {claim} is a {about} and no claim")
            return seat

    def find_claims(self, seats: Collection[str]) -> dict[str, tuple[str, str, str]]:
        """The claims in some seats as they were read last: of each seat the claim's id, its words and the digest of its
        report. A seat that is not there is left out."""
        wanted, found = list(seats), dict[str, tuple[str, str, str]]()
        asked = select(claims.c.seat, claims.c.id, claims.c.text, claims.c.report)
        asked = asked.join(readings, readings.c.id == claims.c.reading)
        asked = asked.order_by(entered_of(readings), readings.c.id)
        for first in range(0, len(wanted), MANY):
            with self._reading() as connection:
                for row in connection.execute(asked.where(claims.c.seat.in_(wanted[first : first + MANY]))):
                    found[row.seat] = (row.id, row.text, row.report)
        return found

    def versions(self, as_of: datetime | None = None, *, only: Collection[str] | None = None) -> dict[str, str]:
        """Which report is a new version of which: the digest of the later to that of the one just before it.

        Versions of one article are reports of one URL, or of one outlet that came under one id (see
        `sayso.ledger.versions`). With `as_of`, only reports published (or, undated, entered) by then count; with
        `only`, the articles of which these digests are versions.
        """
        asked = select(
            reports.c.digest,
            reports.c.outlet,
            reports.c.url,
            reports.c.published,
            reports.c.retrieved,
            entered_of(reports).label("entered"),
            arrivals.c.given,
        ).join(arrivals, arrivals.c.report == reports.c.digest)
        if as_of is not None:
            asked = asked.where(known_at() <= to_utc(as_of))
        if only is not None:
            urls = select(reports.c.url).where(reports.c.digest.in_(only), reports.c.url != "")
            given = select(arrivals.c.given).where(arrivals.c.report.in_(only))
            like = select(arrivals.c.report).where(arrivals.c.given.in_(given))
            asked = asked.where(or_(reports.c.url.in_(urls), reports.c.digest.in_(like)))
        with self._reading() as connection:

            def find_text(digest: str) -> str:
                body = connection.execute(select(reports.c.body).where(reports.c.digest == digest)).scalar_one()
                return msgspec.json.decode(body, type=Report).text

            return link_versions(connection.execute(asked).all(), find_text)

    def judgements(
        self, as_of: datetime | None = None, *, entered_by: datetime | None = None, standing: bool = False
    ) -> list[Judgement]:
        """What analysts judged by `as_of` (None: ever), in the order of judging; with `standing`, only what no other
        judgement has undone. With `entered_by`, what the ledger held of it then."""
        entered = entered_of(judgements)
        asked = select_entered(judgements).order_by(judgements.c.judged, entered, judgements.c.id)
        if as_of is not None:
            asked = asked.where(judgements.c.judged <= to_utc(as_of))
        if entered_by is not None:
            asked = asked.where(entered <= to_utc(entered_by))
        with self._reading() as connection:
            found = [rows.judgement_of_row(row) for row in connection.execute(asked).mappings()]
        return list_standing(found) if standing else found

    def assessments(
        self,
        kind: str = "",
        *,
        about: str = "",
        as_of: datetime | None = None,
        entered_by: datetime | None = None,
    ) -> list[Assessment]:
        """What was said by `as_of` (None: ever) of one kind, or `about` one assessment, or all, in the order of
        saying; with `entered_by`, what the ledger held of it then."""
        entered = entered_of(assessments)
        asked = select_entered(assessments).order_by(assessments.c.at, entered, assessments.c.id)
        if kind:
            asked = asked.where(assessments.c.kind == kind)
        if about:
            asked = asked.where(assessments.c.about == about)
        if as_of is not None:
            asked = asked.where(assessments.c.at <= to_utc(as_of))
        if entered_by is not None:
            asked = asked.where(entered <= to_utc(entered_by))
        with self._reading() as connection:
            return [rows.assessment_of_row(row) for row in connection.execute(asked).mappings()]

    def find_assessment(self, id: str) -> Assessment:
        """The assessment of an id or of the beginning of one. Raises `LedgerError` where there is none, or several."""
        with self._reading() as connection:
            found = find_keys(connection, self.name, select(assessments.c.id), assessments.c.id, clean_words(id))
            if not found:
                raise LedgerError(f"{self.name}: it holds no assessment {id}")
            asked = select_entered(assessments).where(assessments.c.id == found[0])
            return rows.assessment_of_row(connection.execute(asked).mappings().one())

    @patiently
    def find_subject(self, named: str) -> tuple[str, str] | None:
        """What an id names: ("claim", its seat) or ("report", its digest); None where it names neither. Raises
        `LedgerError` where it names several."""
        with self._reading() as connection:
            return find_subject(connection, self.name, clean_words(named))

    @patiently
    def custody(self, digests: Collection[str], more_raws: Collection[str] = ()) -> Custody:
        """What became of the reports with these digests, row by row; with the rows of some more raws."""
        with self._reading() as connection:
            return list_custody(connection, digests, more_raws)

    def count(self) -> dict[str, int]:
        """How many rows each table holds."""
        with self._reading() as connection:
            return {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in (raws, reports, readings, claims, judgements, assessments)
            }

    def state(self) -> tuple[int, ...]:
        """What tells one state of the ledger from every other: rows are added and never deleted, so that it is how many
        readings, judgements and assessments there are, and earlier entries of these. It takes well under a millisecond
        whatever the ledger holds."""
        # SQLite numbers the rows of every table and finds the last at once, but counts by going through them.
        numbered = self._engine.dialect.name == "sqlite"
        last = literal_column("max(rowid)") if numbered else func.count()
        tables = (judgements, assessments, earlier)
        asked = [select(func.max(readings.c.number)), *(select(last).select_from(table) for table in tables)]
        with self._reading() as connection:
            return tuple(connection.execute(one).scalar() or 0 for one in asked)

    def head(self) -> Head:
        """Where the chain over all rows ends: whoever notes it down can tell later whether anything before it was
        changed, removed, put in or reordered."""
        with self._reading() as connection:
            return read_head(connection)[0]

    def verify(self, noted: Head | None = None) -> Iterator[Problem]:
        """Check every id, hash, span, signature and link anew, and give each thing that is wrong; none means that all
        holds. With a head that was `noted` down, nothing up to it was changed either."""
        from sayso.ledger.verifying import verify_ledger

        return verify_ledger(self._engine, self.name, noted)

    def standings(self, ids: Collection[str] | None = None) -> list[Standing]:
        """What stands behind each judgement and assessment, or behind those of some ids: a signature or only a name.
        Raises `Error` where there are signatures that cannot be checked here."""
        with self._reading() as connection:
            return list(list_standings(connection, ids))

    # Inside.

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with clear_errors(self.name), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _standing_still(self) -> Iterator[Connection]:
        """A connection to which the ledger stays as it is, whatever is added meanwhile; SQLite's always are so."""
        with clear_errors(self.name), self._engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    def _find(self, about: Search, most: int | None) -> list[str] | Select[tuple[str]]:
        """The digests of the reports that a search finds, or what asks for them."""
        if most is None:
            return select_found(self._engine.dialect.name, about)
        with self._reading() as connection:
            return rank_found(connection, about, most)

    def _keep_known(self, digests: list[str], which: ColumnElement[bool], as_of: datetime | None) -> list[str]:
        """Those of some digests, in their order, that were known then and not retracted; `which` chooses their rows."""
        gone = self._retracted(as_of, None)
        if as_of is None:
            return [digest for digest in digests if digest not in gone]
        known = known_at() <= to_utc(as_of)
        with self._reading() as connection:
            by_then = set(connection.execute(select(reports.c.digest).where(which, known)).scalars())
        return [digest for digest in digests if digest in by_then and digest not in gone]

    def _retracted(self, as_of: datetime | None, entered_by: datetime | None) -> set[str]:
        """The targets whose latest judgement that stands, of those made and entered by then, is a retraction."""
        return list_retracted(self.judgements(as_of, entered_by=entered_by, standing=True))


def select_entered(table: Table) -> Select[Any]:
    """The rows of a table, each with when it was first entered: see `entered_of`."""
    return select(*(column for column in table.c if column.name != "entered"), entered_of(table).label("entered"))


def has_newer(entered_by: datetime | None) -> ColumnElement[bool]:
    """Whether there is a newer reading of the report than the one that is looked at: entered later, by a moment if one
    is given."""
    other = readings.alias("other")
    own, theirs = entered_of(readings), entered_of(readings, other)
    newer = or_(theirs > own, and_(theirs == own, other.c.id > readings.c.id))
    found = exists().where(other.c.report == readings.c.report, other.c.id != readings.c.id, newer)
    return found if entered_by is None else found.where(theirs <= to_utc(entered_by))


def leave_out(reading: Reading, seats: set[str]) -> Reading:
    """The reading without the claims in these seats."""
    if not any(claim.seat in seats for claim in reading.claims):
        return reading
    return replace(reading, claims=tuple(claim for claim in reading.claims if claim.seat not in seats))
