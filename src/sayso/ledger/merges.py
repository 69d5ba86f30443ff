"""Taking entries of other ledgers into one: two ledgers merged are one that was fed with both.

An entry that is there already adds nothing; where the other ledger had got it earlier, that is noted. Entries may come
from strangers: each hash and id is worked out anew, and one that does not fit its content is refused. All that is taken
in goes in whole, so that a copy can be stopped at any moment and made again.

A report keeps the id that it has here. Where it came under another id there, its claims, and the judgements on them,
are named anew, as if it had been added here.
"""

from __future__ import annotations

from collections import ChainMap, Counter
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import DataError, IntegrityError

from sayso.errors import Error
from sayso.ledger import faults, rows
from sayso.ledger.entries import Entry
from sayso.ledger.errors import LedgerError
from sayso.ledger.insertions import insert_reading
from sayso.ledger.judging import check_judgement
from sayso.ledger.ledgers import Ledger
from sayso.ledger.signatures import holds_signature, identify_signature, identify_signer, state_row
from sayso.ledger.tables import (
    KEYS,
    arrivals,
    assessments,
    earlier,
    entered_of,
    judgements,
    metadata,
    raws,
    readings,
    reports,
    signatures,
    signers,
)
from sayso.ledger.transactions import Transaction
from sayso.ledger.verifying import find_missing
from sayso.record import Problem, Reading, Report

MOST, MOST_BYTES = 100, 8_000_000
"""Entries, and about so many bytes of them, that are taken in by one transaction: others wait to write meanwhile."""
MOST_ASIDE = 100_000
"""Entries that are put aside because they came before what they refer to."""
NOTED = (reports.name, readings.name, judgements.name, assessments.name)
"""The tables of whose rows it matters when they were entered."""


Renamed = MutableMapping[str, str]
"""What is named otherwise here than there, old name to new."""
Early = list[tuple[Entry, str]]
"""Entries that came too early, each with what it lacks."""


class RefusedEntryError(Exception):
    """An entry that cannot be taken in, for the reason that the message gives."""


class EarlyEntryError(Exception):
    """An entry that refers to something that is not there, or not yet. The message says what."""


@dataclass(slots=True)
class Copied:
    """What was taken in: how many entries of each table were new, and how many there were already; and what is named
    otherwise here than there, old name to new."""

    new: Counter[str] = field(default_factory=Counter)
    known: int = 0
    renamed: dict[str, str] = field(default_factory=dict)


def take_in(ledger: Ledger, entries: Iterable[Entry | Problem], copied: Copied) -> Iterator[Problem]:
    """Take entries into a ledger, and count them in `copied`; gives what was wrong with those that were refused, and
    passes problems on. Raises `LedgerError`."""
    before = None
    while True:
        aside: Early = []
        for batch in batch_entries(entries):
            yield from (item for item in batch if isinstance(item, Problem))
            early, problems = take_batch(ledger, [item for item in batch if isinstance(item, Entry)], copied)
            yield from problems
            room = MOST_ASIDE - len(aside)
            aside += early[:room]
            yield from (refuse(entry, why) for entry, why in early[room:])
        if len(aside) == before or not aside:
            yield from (refuse(entry, why) for entry, why in aside)
            return
        entries, before = [entry for entry, _ in aside], len(aside)


def batch_entries(entries: Iterable[Entry | Problem]) -> Iterator[list[Entry | Problem]]:
    """Entries in their order, as many at a time as one transaction takes in."""
    batch: list[Entry | Problem] = []
    size = 0
    for entry in entries:
        batch.append(entry)
        size += entry.size if isinstance(entry, Entry) else 0
        if len(batch) >= MOST or size >= MOST_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def take_batch(ledger: Ledger, batch: list[Entry], copied: Copied) -> tuple[Early, list[Problem]]:
    """Take some entries in, all in one transaction or, where the database will not have one of them, each in its own:
    those that came too early, with what they lack, and the problems."""
    try:
        return take_together(ledger, batch, copied)
    except (LedgerError, OverflowError) as error:
        if isinstance(error, LedgerError) and not isinstance(error.__cause__, DataError | IntegrityError):
            raise
        if len(batch) == 1:
            return [], [refuse(batch[0], "the database cannot hold one of its values")]
    early, problems = Early(), list[Problem]()
    for entry in batch:
        also_early, also_problems = take_batch(ledger, [entry], copied)
        early += also_early
        problems += also_problems
    return early, problems


def take_together(ledger: Ledger, batch: list[Entry], copied: Copied) -> tuple[Early, list[Problem]]:
    """The same, in one transaction. Raises what the database says of an entry that it will not have."""

    def work() -> tuple[Early, list[Problem], Copied]:
        early, problems, found = Early(), list[Problem](), Copied()
        renamed = ChainMap(found.renamed, copied.renamed)
        with ledger._writing() as writing:
            for entry in batch:
                try:
                    new = TAKERS[entry.table](writing, entry.row, renamed)
                except RefusedEntryError as error:
                    problems.append(refuse(entry, str(error)))
                except EarlyEntryError as error:
                    early.append((entry, str(error)))
                except (AttributeError, TypeError):  # A column of a file may hold what is not of its type.
                    problems.append(refuse(entry, "one of its values is of another type than it should be"))
                else:
                    found.new[entry.table] += new
                    found.known += not new
        return early, problems, found

    early, problems, found = ledger._patience.try_on(work)
    copied.new += found.new
    copied.known += found.known
    copied.renamed.update(found.renamed)
    return early, problems


def refuse(entry: Entry, why: str) -> Problem:
    """The problem of an entry that is left out."""
    return Problem(step="copy", input=entry.place, message=f"{why}: it is left out")


def find_lacking(ledger: Ledger, table: str, keys: dict[str, datetime]) -> list[str]:
    """Those of some keys that a ledger lacks, or got later than the moment given with each."""
    column, source = KEYS[table], metadata.tables[table]
    asked = select(column, entered_of(source)).where(column.in_(keys))
    with ledger._reading() as connection:
        kept = {row[0]: row[1] for row in connection.execute(asked)}
    noted = table in NOTED
    return [key for key, entered in keys.items() if key not in kept or (noted and kept[key] > entered)]


# One function a table: whether the row is new, given what is named otherwise here.


def need_none(found: Iterable[str]) -> None:
    """Refuse an entry of which something is wrong."""
    for fault in found:
        raise RefusedEntryError(fault)


def add_row(writing: Transaction, table: str, row: rows.Row) -> bool:
    """Add a row if it is not there yet; if it is, note when the other ledger had got it, if that was earlier."""
    if writing.add(metadata.tables[table], row):
        return True
    note_earlier(writing, table, row)
    return False


def note_earlier(writing: Transaction, table: str, row: rows.Row) -> None:
    """Note that another ledger had got a row before this one."""
    key = KEYS[table]
    asked = select(entered_of(metadata.tables[table])).where(key == row[key.name])
    if writing.execute(asked).scalar_one() > row["entered"]:
        writing.add(earlier, {"key": row[key.name], "entered": row["entered"]})


def take_raw(writing: Transaction, row: rows.Row, _: Renamed) -> bool:
    """The bytes of an input."""
    need_none(faults.find_raw_faults(row))
    return writing.add(raws, row)


def take_report(writing: Transaction, row: rows.Row, _: Renamed) -> bool:
    """A report; its words are found by a search once it has a reading."""
    need_none(faults.find_report_faults(row))
    return add_row(writing, reports.name, row)


def take_arrival(writing: Transaction, row: rows.Row, _: Renamed) -> bool:
    """That a report came under an id in some bytes."""
    need_none(faults.find_arrival_faults(row))
    for column, key in ((reports.c.digest, row["report"]), (raws.c.sha256, row["raw"])):
        if key is not None and writing.execute(select(column).where(column == key)).first() is None:
            raise EarlyEntryError(f"it refers to a {column.table.name.removesuffix('s')} that is not there: {key}")
    return writing.add(arrivals, row)


def take_reading(writing: Transaction, row: rows.Row, renamed: Renamed) -> bool:
    """A reading and its claims."""
    digest = row["report"]
    kept = writing.execute(select(reports.c.body).where(reports.c.digest == digest)).scalar()
    if kept is None:
        raise EarlyEntryError(f"its report is not there: {digest}")
    reading = faults.open_reading(row, kept)
    if isinstance(reading, str):
        raise RefusedEntryError(reading)
    report = reading.report
    there = find_other_id(writing, reading)
    if there is not None:
        reading = replace(reading, report=replace(report, id=there))
    need_none(faults.find_reading_faults(row, reading))
    if there is not None:
        settled = rows.settle_reading(reading, report)
        renamed.update({old.seat: new.seat for old, new in zip(reading.claims, settled.claims, strict=True)})
        row = rows.row_of_reading(digest, row["extractor"], rows.dump_found(settled), row["entered"])
        reading = settled
    # The number is this ledger's own.
    if insert_reading(writing, {name: row[name] for name in row if name != "number"}, reading):
        return True
    note_earlier(writing, readings.name, row)
    return False


def find_other_id(writing: Transaction, reading: Reading) -> str | None:
    """The id that a reading's report had where it was made, if it has another one here under which it came too."""
    report: Report = reading.report
    other = {claim.report for claim in reading.claims} - {report.id, report.digest}
    if len(other) != 1:
        return None
    (id,) = other
    asked = select(arrivals.c.id).where(arrivals.c.report == report.digest, arrivals.c.given == id).limit(1)
    return None if writing.execute(asked).first() is None else id


def take_judgement(writing: Transaction, row: rows.Row, renamed: Renamed) -> bool:
    """A judgement, on what is here what it judged there."""
    need_none(faults.find_judgement_faults(row))
    made = rows.judgement_of_row(row)
    judgement = replace(made, target=renamed.get(made.target, made.target), other=renamed.get(made.other, made.other))
    try:
        check_judgement(judgement)
    except LedgerError as error:
        raise RefusedEntryError(str(error)) from None
    for missing in find_missing(writing.connection, judgement):
        raise EarlyEntryError(missing)
    judgement = replace(judgement, id=rows.identify_judgement(judgement))
    if judgement.id != made.id:
        renamed[made.id] = judgement.id
    return add_row(writing, judgements.name, rows.row_of_judgement(judgement))


def take_assessment(writing: Transaction, row: rows.Row, _: Renamed) -> bool:
    """An assessment; what it belongs to is there before it."""
    need_none(faults.find_assessment_faults(row))
    if not row["by"].strip():
        raise RefusedEntryError(f"a {row['kind']} bears a name, and this does not")
    about = row["about"]
    if about and writing.execute(select(assessments.c.id).where(assessments.c.id == about)).first() is None:
        raise EarlyEntryError(f"it belongs to an assessment that is not there: {about}")
    return add_row(writing, assessments.name, row)


def take_signer(writing: Transaction, row: rows.Row, _: Renamed) -> bool:
    """A name's public key. It is that name's only if no other came before it."""
    if row["id"] != identify_signer(row["name"], row["public"]):
        raise RefusedEntryError(faults.OTHER_ID)
    return writing.add(signers, row)


def take_signature(writing: Transaction, row: rows.Row, renamed: Renamed) -> bool:
    """A signature over what is here as it was signed: of what is named anew here it holds no longer."""
    if row["id"] != identify_signature(row["target"], row["signer"], row["signature"]):
        raise RefusedEntryError(faults.OTHER_ID)
    if row["target"] in renamed:
        raise RefusedEntryError(f"what it signs is named anew here, as {renamed[row['target']]}, which is only named")
    signer = writing.execute(select(signers).where(signers.c.id == row["signer"])).first()
    if signer is None:
        raise EarlyEntryError(f"its key is not there: {row['signer']}")
    for table in (judgements, assessments):
        said = writing.execute(select(table).where(table.c.id == row["target"])).mappings().first()
        if said is None:
            continue
        try:
            fits = holds_signature(signer.public, row["signature"], state_row(table, said, signer.public))
        except Error as error:
            raise RefusedEntryError(str(error)) from None
        if not fits:
            raise RefusedEntryError("it is forged")
        return writing.add(signatures, row)
    raise EarlyEntryError(f"what it signs is not there: {row['target']}")


TAKERS: dict[str, Callable[[Transaction, rows.Row, Renamed], bool]] = {
    raws.name: take_raw,
    reports.name: take_report,
    arrivals.name: take_arrival,
    readings.name: take_reading,
    judgements.name: take_judgement,
    assessments.name: take_assessment,
    signers.name: take_signer,
    signatures.name: take_signature,
}
