"""The ledger: what was read, kept for good, and given back as it was known at any moment.

Five clocks (bitemporal, after Snodgrass, *Developing Time-Oriented Database Applications in SQL*, with three more):
happened (a claim's earliest and latest), published, retrieved, entered (when the ledger got it) and judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Engine, select

from sayso.forms import dump_json
from sayso.ledger import rows
from sayso.ledger.engines import make_engine, name_ledger
from sayso.ledger.errors import LedgerError, RefusedReportError, clear_errors
from sayso.ledger.holdings import Holdings
from sayso.ledger.insertions import choose_entry, choose_moment, insert_reading, insert_report
from sayso.ledger.judging import PAIRED, check_judgement
from sayso.ledger.keys import find_target
from sayso.ledger.patience import HASTE, Patience, patiently
from sayso.ledger.schemas import prepare_schema
from sayso.ledger.signatures import FindSigner, find_nobody, sign_all
from sayso.ledger.tables import assessments, clean_words, judgements, raws, to_utc
from sayso.ledger.transactions import Transaction
from sayso.record import Assessment, Judgement, Raw, Reading, Report


def tell_time() -> datetime:
    """The moment it is, in UTC."""
    return datetime.now(UTC)


def open_ledger(
    where: str,
    *,
    create: bool = True,
    clock: Callable[[], datetime] = tell_time,
    wait_seconds: float = 30.0,
    patience: Patience = HASTE,
    find_signer: FindSigner = find_nobody,
    strict: bool = True,
) -> Ledger:
    """Open the ledger at a file path, ``:memory:`` or a database URL (``postgresql://user@host/name``).

    It is made where there is none (unless `create` is False) and brought up to this program's schema where it is older.
    `clock` says when rows are entered; `wait_seconds` is how long a write waits for another program's, and `patience`
    what is done while the server is away once it has been there. `find_signer` finds the private key, if there is one,
    that signs what somebody judges. A ledger whose tables, triggers, indexes or views are not those that sayso made is
    refused; where it is only to be looked at and `strict` is False, only if tables or views are not. Raises
    `LedgerError`, whose one line says what to do. A file that may not be written to can still be read.
    """
    name = name_ledger(where)
    with clear_errors(name):
        engine = make_engine(where, create=create, wait_seconds=wait_seconds)
        try:
            prepare_schema(engine, name, create=create, wait_seconds=wait_seconds, strict=strict)
        except BaseException:
            engine.dispose()
            raise
    return Ledger(engine, name, clock, patience, find_signer)


class Ledger(Holdings):
    """An open ledger; `open_ledger` makes one. Rows are added and never changed or deleted.

    Every method that adds does so in one transaction, so that a program killed at any moment leaves whole rows, and
    two programs can add at once. All methods raise `LedgerError`.
    """

    def __init__(
        self,
        engine: Engine,
        name: str,
        clock: Callable[[], datetime],
        patience: Patience = HASTE,
        find_signer: FindSigner = find_nobody,
    ) -> None:
        """Hold an engine whose schema is up to date. `name` is what messages call the ledger."""
        super().__init__(engine, name, patience)
        self._writer = engine.execution_options(writing=True)
        self._clock = clock
        self._find_signer = find_signer

    @patiently
    def add_raw(self, raw: Raw) -> bool:
        """Keep the bytes of an input; True if they were not kept yet."""
        with self._reading() as connection:
            if connection.execute(select(raws.c.sha256).where(raws.c.sha256 == raw.sha256)).first():
                return False
        row = rows.row_of_raw(raw, self._clock())  # Packing many bytes takes a while: not while others wait to write.
        with self._writing() as writing:
            return writing.add(raws, row | {"entered": writing.now})

    @patiently
    def add_report(self, report: Report) -> bool:
        """Keep a report and that it came under its id and in its bytes; True if the report was not kept yet.

        Raises `RefusedReportError` where this report cannot be kept but others can.
        """
        with self._writing() as writing:
            return insert_report(writing, report)[1]

    @patiently
    def add_reading(self, reading: Reading, *, extractor: str) -> bool:
        """Keep a reading, and its report if need be; True if the reading was not kept yet.

        `extractor` names what made it, with its version. The newest reading of a report is the one that `readings`
        gives. Raises `RefusedReportError` where this report cannot be kept but others can.
        """
        with self._writing() as writing:
            kept, _ = insert_report(writing, reading.report)
            found = rows.dump_found(rows.settle_reading(reading, kept))
            try:  # What is kept must come back.
                again = rows.load_reading(dump_json(kept), found)
            except msgspec.MsgspecError as error:
                raise RefusedReportError(f"report {kept.id}: its reading cannot be kept: {error}") from error
            entered = choose_entry(writing, kept.digest)
            return insert_reading(writing, rows.row_of_reading(kept.digest, extractor, found, entered), again)

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
        with self._writing() as writing:
            about, found = find_target(writing.connection, self.name, kind, target)
            second = clean_words(target) if about == "source" else ""
            if kind in PAIRED:
                also, second = find_target(writing.connection, self.name, kind, other)
                if also != about:
                    raise LedgerError(f"{kind} takes two of one kind, and these are a {about} and a {also}")
            judgement = Judgement(
                id="",
                kind=kind,
                about=about,
                target=found,
                by=by,
                at=to_utc(at or choose_moment(writing, found)),
                reason=reason,
                other=second,
                value=value,
                entered=writing.now,
            )
            check_judgement(judgement)
            judgement = replace(judgement, id=rows.identify_judgement(judgement))
            sign_all(writing, judgements, [rows.row_of_judgement(judgement)], self._find_signer)
            return judgement

    def retract(self, target: str, *, by: str, reason: str, at: datetime | None = None) -> Judgement:
        """Take a report or a claim out of `readings`, by a row that bears a name."""
        return self.judge("retract", target, by=by, reason=reason, at=at)

    def restore(self, target: str, *, by: str, reason: str, at: datetime | None = None) -> Judgement:
        """Take a retraction back, by another row: of several on one target the latest judged counts."""
        return self.judge("restore", target, by=by, reason=reason, at=at)

    def assess(self, kind: str, body: Any, *, by: str, about: str = "", at: datetime | None = None) -> Assessment:
        """Keep what somebody said of what is not known: `body` is a JSON value, `about` the id of the assessment that
        it belongs to. `at` is when it was said (now, if None). The same twice is one."""
        return self.assess_all([(kind, body, by, about, at)])[0]

    def assess_all(self, said: Iterable[tuple[str, Any, str, str, datetime | None]]) -> list[Assessment]:
        """Keep many at once, all or none: kind, body, by, about and at of each. Raises `LedgerError` where one bears no
        name, belongs to nothing that is there, or cannot be kept as JSON."""
        made: list[Assessment] = []
        with self._writing() as writing:
            known: set[str] = set()
            for kind, body, by, about, at in said:
                now = writing.tell_time()
                if not by.strip():
                    raise LedgerError(f"a {kind} bears a name: say whose it is")
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
                    found = writing.execute(select(assessments.c.id).where(assessments.c.id == about)).first()
                    if found is None:
                        raise LedgerError(f"{self.name}: it holds no assessment {about}")
                known |= {about, one.id}
                made.append(one)
            sign_all(writing, assessments, [rows.row_of_assessment(one) for one in made], self._find_signer)
        return made

    # Inside.

    @contextmanager
    def _writing(self) -> Iterator[Transaction]:
        with clear_errors(self.name), self._writer.begin() as connection:
            writing = Transaction(connection, self._clock)
            yield writing
            writing.finish()
