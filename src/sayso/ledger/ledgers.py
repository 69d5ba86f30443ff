"""The ledger: what was read, kept for good, and given back as it was known at any moment.

Five clocks (bitemporal, after Snodgrass, *Developing Time-Oriented Database Applications in SQL*, with three more):
happened (a claim's earliest and latest), published, retrieved, entered (when the ledger got it) and judged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

import msgspec
from sqlalchemy import Column, ColumnElement, Connection, Engine, Select, Table, func, literal_column, select
from sqlalchemy.dialects import postgresql, sqlite

from sayso.forms import dump_json
from sayso.ids import identify_source
from sayso.ledger import rows
from sayso.ledger.engines import make_engine, name_ledger
from sayso.ledger.errors import LedgerError, RefusedReportError, clear_errors
from sayso.ledger.judging import PAIRED, check_judgement, list_retracted, list_standing
from sayso.ledger.schemas import prepare_schema
from sayso.ledger.searches import Search, index_report, select_found
from sayso.ledger.tables import arrivals, assessments, claims, clean_words, judgements, raws, readings, reports, to_utc
from sayso.ledger.versions import link_versions
from sayso.record import Assessment, Judgement, Problem, Raw, Reading, Report

SHORTENED = re.compile(r"[0-9a-f]{6,15}")
"""The beginning of an id, long enough to name it."""
MANY = 5000
"""Assessments added in one go."""


def tell_time() -> datetime:
    """The moment it is, in UTC."""
    return datetime.now(UTC)


def open_ledger(
    where: str, *, create: bool = True, clock: Callable[[], datetime] = tell_time, wait_seconds: float = 30.0
) -> Ledger:
    """Open the ledger at a file path, ``:memory:`` or a database URL (``postgresql://user@host/name``).

    It is made where there is none (unless `create` is False) and brought up to this program's schema where it is older.
    `clock` says when rows are entered; `wait_seconds` is how long a write waits for another program's. Raises
    `LedgerError`, whose one line says what to do. A file that may not be written to can still be read.
    """
    name = name_ledger(where)
    with clear_errors(name):
        engine = make_engine(where, create=create, wait_seconds=wait_seconds)
        try:
            prepare_schema(engine, name, create=create, wait_seconds=wait_seconds)
        except BaseException:
            engine.dispose()
            raise
    return Ledger(engine, name, clock)


class Ledger:
    """An open ledger; `open_ledger` makes one. Rows are added and never changed or deleted.

    Every method that adds does so in one transaction, so that a program killed at any moment leaves whole rows, and
    two programs can add at once. All methods raise `LedgerError`.
    """

    def __init__(self, engine: Engine, name: str, clock: Callable[[], datetime]) -> None:
        """Hold an engine whose schema is up to date. `name` is what messages call the ledger."""
        self.name = name
        self._engine = engine
        self._writer = engine.execution_options(writing=True)
        self._clock = clock

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

    # Adding.

    def add_raw(self, raw: Raw) -> bool:
        """Keep the bytes of an input; True if they were not kept yet."""
        with self._reading() as connection:
            if connection.execute(select(raws.c.sha256).where(raws.c.sha256 == raw.sha256)).first():
                return False
        row = rows.row_of_raw(raw, self._clock())  # Packing many bytes takes a while: not while others wait to write.
        with self._writing() as connection:
            return insert_new(connection, raws, row)

    def add_report(self, report: Report) -> bool:
        """Keep a report and that it came under its id and in its bytes; True if the report was not kept yet.

        Raises `RefusedReportError` where this report cannot be kept but others can.
        """
        with self._writing() as connection:
            return self._add_report(connection, report)[1]

    def add_reading(self, reading: Reading, *, extractor: str) -> bool:
        """Keep a reading, and its report if need be; True if the reading was not kept yet.

        `extractor` names what made it, with its version. The newest reading of a report is the one that `readings`
        gives. Raises `RefusedReportError` where this report cannot be kept but others can.
        """
        with self._writing() as connection:
            kept, _ = self._add_report(connection, reading.report)
            settled = rows.settle_reading(reading, kept)
            found = rows.dump_found(settled)
            try:  # What is kept must come back.
                again = rows.load_reading(dump_json(kept), found)
            except msgspec.MsgspecError as error:
                raise RefusedReportError(f"report {kept.id}: its reading cannot be kept: {error}") from error
            row = rows.row_of_reading(kept.digest, extractor, found, self._clock())
            if not insert_new(connection, readings, row):
                return False
            numbers = select(readings.c.number, readings.c.id).where(readings.c.report == kept.digest)
            first = connection.execute(numbers.order_by(readings.c.number).limit(1)).one()
            if first.id == row["id"]:
                index_report(connection, first.number, kept)
            found_claims = [rows.row_of_claim(c, n, row["id"], kept.digest) for n, c in enumerate(again.claims)]
            if found_claims:
                connection.execute(claims.insert(), found_claims)
            return True

    def judge(
        self,
        kind: str,
        target: str,
        *,
        by: str,
        reason: str,
        other: str = "",
        value: str = "",
        at: datetime | None = None,
    ) -> Judgement:
        """Keep what an analyst decided; see `Judgement` for the kinds. `at` is when it was judged (now, if None).

        `target` is a report's id or digest, a claim's id or seat, the id of a judgement or, to grade one, the name of a
        source; `other` a second claim or report. A judgement on a claim holds for all later readings of the same words.
        The same judgement twice is one. Raises `LedgerError` where the target is unknown or names several reports, or
        where the judgement says nothing that can be followed.
        """
        with self._writing() as connection:
            now = self._clock()
            about, found = self._find_target(connection, kind, target)
            second = clean_words(target) if about == "source" else ""
            if kind in PAIRED:
                also, second = self._find_target(connection, kind, other)
                if also != about:
                    raise LedgerError(f"{kind} takes two of one kind, and these are a {about} and a {also}")
            judgement = Judgement(
                id="",
                kind=kind,
                about=about,
                target=found,
                by=by,
                at=to_utc(at or now),
                reason=reason,
                other=second,
                value=value,
                entered=now,
            )
            check_judgement(judgement)
            judgement = replace(judgement, id=rows.identify_judgement(judgement))
            insert_new(connection, judgements, rows.row_of_judgement(judgement))
            return judgement

    def retract(self, target: str, *, by: str, reason: str, at: datetime | None = None) -> Judgement:
        """Take a report or a claim out of `readings`, by a signed row."""
        return self.judge("retract", target, by=by, reason=reason, at=at)

    def restore(self, target: str, *, by: str, reason: str, at: datetime | None = None) -> Judgement:
        """Take a retraction back, by another signed row: of several on one target the latest judged counts."""
        return self.judge("restore", target, by=by, reason=reason, at=at)

    def assess(self, kind: str, body: Any, *, by: str, about: str = "", at: datetime | None = None) -> Assessment:
        """Keep what somebody said of what is not known: `body` is a JSON value, `about` the id of the assessment that
        it belongs to. `at` is when it was said (now, if None). The same twice is one."""
        return self.assess_all([(kind, body, by, about, at)])[0]

    def assess_all(self, said: Iterable[tuple[str, Any, str, str, datetime | None]]) -> list[Assessment]:
        """Keep many at once, all or none: kind, body, by, about and at of each. Raises `LedgerError` where one is not
        signed, belongs to nothing that is there, or cannot be kept as JSON."""
        made: list[Assessment] = []
        with self._writing() as connection:
            known: set[str] = set()
            for kind, body, by, about, at in said:
                now = self._clock()
                if not by.strip():
                    raise LedgerError(f"a {kind} is signed: say whose it is")
                try:
                    words = dump_json(body)
                except (TypeError, ValueError) as error:
                    raise LedgerError(f"a {kind} cannot be kept: {error}") from error
                one = Assessment(
                    id="", kind=kind, about=about, by=clean_words(by), at=to_utc(at or now), body=clean_words(words),
                    entered=now,
                )  # fmt: skip
                one = replace(one, id=rows.identify_assessment(one))
                if about and about not in known:
                    found = connection.execute(select(assessments.c.id).where(assessments.c.id == about)).first()
                    if found is None:
                        raise LedgerError(f"{self.name}: it holds no assessment {about}")
                known |= {about, one.id}
                made.append(one)
            for first in range(0, len(made), MANY):
                insert_all(connection, assessments, [rows.row_of_assessment(one) for one in made[first : first + MANY]])
        return made

    # Asking.

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
        newest = select(func.max(readings.c.number)).group_by(readings.c.report)
        if about is not None:
            newest = newest.where(readings.c.report.in_(select_found(self._engine.dialect.name, about, most=most)))
        if only is not None:
            newest = newest.where(readings.c.report.in_(only))
        if entered_by is not None:
            newest = newest.where(readings.c.entered <= to_utc(entered_by))
        known = func.coalesce(reports.c.published, reports.c.entered)
        asked = (
            select(reports.c.digest, reports.c.body.label("report"), readings.c.body.label("found"))
            .join(readings, readings.c.report == reports.c.digest)
            .where(readings.c.number.in_(newest))
            .order_by(reports.c.published.is_(None), reports.c.published, reports.c.digest)
        )
        if as_of is not None:
            asked = asked.where(known <= to_utc(as_of))
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
            read = read.where(readings.c.entered <= to_utc(entered_by))
        asked = select(reports.c.digest, reports.c.id, reports.c.title, reports.c.published)
        asked = asked.where(reports.c.digest.in_(read))
        if only is not None:
            asked = asked.where(reports.c.digest.in_(only))
        if as_of is not None:
            asked = asked.where(func.coalesce(reports.c.published, reports.c.entered) <= to_utc(as_of))
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
        fits = select_found(self._engine.dialect.name, about, most=most)
        with self._reading() as connection:
            found = list(connection.execute(fits).scalars())
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
            about, seat = self._find_target(connection, "relate", claim)
            if about != "claim":
                raise LedgerError(f"{self.name}: {claim} is a {about} and no claim")
            return seat

    def find_claims(self, seats: Collection[str]) -> dict[str, tuple[str, str, str]]:
        """The claims in some seats as they were read last: of each seat the claim's id, its words and the digest of its
        report. A seat that is not there is left out."""
        wanted, found = list(seats), dict[str, tuple[str, str, str]]()
        asked = select(claims.c.seat, claims.c.id, claims.c.text, claims.c.report)
        asked = asked.join(readings, readings.c.id == claims.c.reading).order_by(readings.c.number)
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
            reports.c.entered,
            arrivals.c.given,
        ).join(arrivals, arrivals.c.report == reports.c.digest)
        if as_of is not None:
            asked = asked.where(func.coalesce(reports.c.published, reports.c.entered) <= to_utc(as_of))
        if only is not None:
            urls = select(reports.c.url).where(reports.c.digest.in_(only), reports.c.url != "")
            given = select(arrivals.c.given).where(arrivals.c.report.in_(only))
            like = reports.c.url.in_(urls) | reports.c.digest.in_(
                select(arrivals.c.report).where(arrivals.c.given.in_(given))
            )
            asked = asked.where(like)
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
        asked = select(judgements).order_by(judgements.c.judged, judgements.c.entered, judgements.c.id)
        if as_of is not None:
            asked = asked.where(judgements.c.judged <= to_utc(as_of))
        if entered_by is not None:
            asked = asked.where(judgements.c.entered <= to_utc(entered_by))
        with self._reading() as connection:
            found = [rows.judgement_of_row(row) for row in connection.execute(asked)]
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
        asked = select(assessments).order_by(assessments.c.at, assessments.c.entered, assessments.c.id)
        if kind:
            asked = asked.where(assessments.c.kind == kind)
        if about:
            asked = asked.where(assessments.c.about == about)
        if as_of is not None:
            asked = asked.where(assessments.c.at <= to_utc(as_of))
        if entered_by is not None:
            asked = asked.where(assessments.c.entered <= to_utc(entered_by))
        with self._reading() as connection:
            return [rows.assessment_of_row(row) for row in connection.execute(asked)]

    def find_assessment(self, id: str) -> Assessment:
        """The assessment of an id or of the beginning of one. Raises `LedgerError` where there is none, or several."""
        with self._reading() as connection:
            found = self._find_keys(connection, select(assessments.c.id), assessments.c.id, clean_words(id))
            if not found:
                raise LedgerError(f"{self.name}: it holds no assessment {id}")
            row = connection.execute(select(assessments).where(assessments.c.id == found[0])).one()
            return rows.assessment_of_row(row)

    def count(self) -> dict[str, int]:
        """How many rows each table holds."""
        with self._reading() as connection:
            return {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in (raws, reports, readings, claims, judgements, assessments)
            }

    def state(self) -> tuple[int, ...]:
        """What tells one state of the ledger from every other: rows are added and never deleted, so that it is how many
        readings, judgements and assessments there are. It takes well under a millisecond whatever the ledger holds."""
        # SQLite numbers the rows of every table and finds the last at once, but counts by going through them.
        numbered = self._engine.dialect.name == "sqlite"
        last = literal_column("max(rowid)") if numbered else func.count()
        tables = (judgements, assessments)
        asked = [select(func.max(readings.c.number)), *(select(last).select_from(table) for table in tables)]
        with self._reading() as connection:
            return tuple(connection.execute(one).scalar() or 0 for one in asked)

    def verify(self) -> Iterator[Problem]:
        """Check every id, hash and span anew, and give each thing that is wrong; none means that all holds."""
        from sayso.ledger.verifying import verify_ledger

        return verify_ledger(self._engine, self.name)

    # Inside.

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with clear_errors(self.name), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with clear_errors(self.name), self._engine.connect() as connection:
            yield connection

    def _add_report(self, connection: Connection, report: Report) -> tuple[Report, bool]:
        """The report as the ledger has it, and whether it is new."""
        entered = self._clock()
        row = rows.row_of_report(report, entered)
        new = insert_new(connection, reports, row)
        kept_raw = connection.execute(select(raws.c.sha256).where(raws.c.sha256 == report.raw)).scalar()
        insert_new(connection, arrivals, rows.row_of_arrival(report, row["digest"], kept_raw, entered))
        body = connection.execute(select(reports.c.body).where(reports.c.digest == row["digest"])).scalar_one()
        return msgspec.json.decode(body, type=Report), new

    def _find_target(self, connection: Connection, kind: str, target: str) -> tuple[str, str]:
        """What a judgement is about: ("report", digest), ("claim", seat), ("judgement", id) or ("source", id)."""
        target = clean_words(target)
        if kind == "undo":
            made = self._find_keys(connection, select(judgements.c.id), judgements.c.id, target)
            if not made:
                raise LedgerError(f"{self.name}: it holds no judgement {target}: `sayso judgements` lists their ids")
            return "judgement", made[0]
        seats = self._find_keys(connection, select(claims.c.seat).where(claims.c.seat == target), None, target)
        seats = seats or self._find_keys(connection, select(claims.c.seat), claims.c.id, target)
        if seats:
            return "claim", seats[0]
        if kind == "grade":
            return "source", identify_source(target)
        # Each by its own index: asked for at once, all reports would be gone through.
        for named in (
            select(reports.c.digest).where(reports.c.digest == target),
            select(arrivals.c.report).where(arrivals.c.given == target),
        ):
            if found := self._find_keys(connection, named, None, target, "give the digest of one"):
                break
        if not found:
            raise LedgerError(f"{self.name}: it holds no report or claim {target}: `sayso points` lists their ids")
        return "report", found[0]

    def _find_keys(
        self,
        connection: Connection,
        asked: Select[tuple[str]],
        column: Column[str] | None,
        target: str,
        advice: str = "write more of it",
    ) -> list[str]:
        """The one key that is asked for, or none; where a `column` is given, that of the row in which it is `target`,
        or begins with it. Raises `LedgerError` where there are several."""
        if column is not None:
            begins = column.startswith(target, autoescape=True) if SHORTENED.fullmatch(target) else column == target
            asked = asked.where(begins)
        found = list(connection.execute(asked.distinct().limit(20)).scalars())
        if len(found) > 1:
            several = ", ".join(sorted(found))
            raise LedgerError(f"{self.name}: {target} names several: {advice}: {several}")
        return found

    def _keep_known(self, digests: list[str], which: ColumnElement[bool], as_of: datetime | None) -> list[str]:
        """Those of some digests, in their order, that were known then and not retracted; `which` chooses their rows."""
        gone = self._retracted(as_of, None)
        if as_of is None:
            return [digest for digest in digests if digest not in gone]
        known = func.coalesce(reports.c.published, reports.c.entered) <= to_utc(as_of)
        with self._reading() as connection:
            by_then = set(connection.execute(select(reports.c.digest).where(which, known)).scalars())
        return [digest for digest in digests if digest in by_then and digest not in gone]

    def _retracted(self, as_of: datetime | None, entered_by: datetime | None) -> set[str]:
        """The targets whose latest judgement that stands, of those made and entered by then, is a retraction."""
        return list_retracted(self.judgements(as_of, entered_by=entered_by, standing=True))


def insert_new(connection: Connection, table: Table, row: dict[str, Any]) -> bool:
    """Add a row unless it is there already; True if it was not."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    # Without the option, the count of an INSERT is lost on some drivers.
    statement = insert(table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    return connection.execute(statement, row).rowcount == 1


def insert_all(connection: Connection, table: Table, some: list[dict[str, Any]]) -> None:
    """Add those of some rows that are not there already, in one go."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    connection.execute(insert(table).on_conflict_do_nothing(), some)


def leave_out(reading: Reading, seats: set[str]) -> Reading:
    """The reading without the claims in these seats."""
    if not any(claim.seat in seats for claim in reading.claims):
        return reading
    return replace(reading, claims=tuple(claim for claim in reading.claims if claim.seat not in seats))
