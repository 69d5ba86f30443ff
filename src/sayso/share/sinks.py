"""Readings as Parquet files (https://parquet.apache.org), a file a batch: where the readings of a cluster are kept, and
from where they are put into a ledger without being read again.

A folder holds ``readings-HASH.parquet`` and, with the bytes that they were read from, ``raws-HASH.parquet``, each named
by its content and written whole or not at all. So a run that is stopped at any moment leaves whole batches, and the
same command goes on from there: what is in the folder is not read again.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import msgspec

from sayso.errors import Error
from sayso.files import replace_whole
from sayso.forms import dump_json
from sayso.ids import digest_report, identify_claim, make_id
from sayso.ledger import RefusedReportError
from sayso.ledger.rows import dump_found, identify_reading, load_reading
from sayso.record import Problem, Raw, Reading, Report

if TYPE_CHECKING:
    from sayso.journey import Added
    from sayso.ledger import Ledger

READINGS, RAWS = "readings", "raws"
COLUMNS = {
    READINGS: ("id", "digest", "extractor", "report", "found"),
    RAWS: ("sha256", "media_type", "name", "content"),
}
"""The columns of each kind of file: text, but for the bytes in `content`. `report` and `found` are JSON as in a ledger:
a report, and what an extractor found in it; `id` is made from both, as there."""
MOST_ROWS, MOST_BYTES = 512, 64_000_000
"""Of a batch: what a run that is killed loses at most, and what it holds in memory."""
ROWS_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Read:
    """A reading of a sink, and what made it."""

    reading: Reading
    extractor: str


class Seen:
    """The keys that were seen, of which there may be more than fit in memory."""

    def __init__(self) -> None:
        """Begin with none: a database of SQLite without a name is kept in memory as far as its cache goes, and in a
        file that the system deletes."""
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._database.execute("CREATE TABLE seen (key TEXT PRIMARY KEY) WITHOUT ROWID")

    def __contains__(self, key: str) -> bool:
        """Whether a key was seen."""
        return self._database.execute("SELECT 1 FROM seen WHERE key = ?", (key,)).fetchone() is not None

    def add(self, key: str) -> bool:
        """See a key; True if it was not seen before."""
        return self._database.execute("INSERT OR IGNORE INTO seen VALUES (?)", (key,)).rowcount == 1

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


class ParquetSink:
    """A folder that readings are kept in; see `sayso.journey.Sink`. What is not yet written is when it is closed."""

    def __init__(self, folder: Path) -> None:
        """Open a folder, or make it. Raises `Error` where it holds files of these names that are none of ours."""
        import_parquet()
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._rows: dict[str, list[tuple[Any, ...]]] = {READINGS: [], RAWS: []}
        self._bytes = 0
        self._seen = Seen()
        for path in list_files(folder, READINGS):
            for digest, extractor in read_rows(path, READINGS, ("digest", "extractor")):
                self._seen.add(f"{digest} {extractor}")
        for path in list_files(folder, RAWS):
            for (sha256,) in read_rows(path, RAWS, ("sha256",)):
                self._seen.add(sha256)

    def __enter__(self) -> Self:
        """The sink itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Write what is not yet written, whatever ended the run: all of it is whole."""
        self.close()

    def close(self) -> None:
        """Write what is not yet written. Raises OSError."""
        try:
            self._write()
        finally:
            self._seen.close()

    def has_report(self, digest: str, extractor: str) -> bool:
        """Whether a reading of this report by this extractor is kept, or waits to be written."""
        return f"{digest} {extractor}" in self._seen

    def add_report(self, report: Report) -> bool:
        """A report that came again is kept once, under its first id."""
        return False

    def add_raw(self, raw: Raw) -> bool:
        """Keep the bytes of an input; True if they were not kept yet."""
        if not self._seen.add(raw.sha256):
            return False
        self._keep(RAWS, (raw.sha256, raw.media_type, raw.name, raw.content), len(raw.content))
        return True

    def add_reading(self, reading: Reading, *, extractor: str) -> bool:
        """Keep a reading; True if it was not kept yet. Raises `RefusedReportError` where JSON cannot hold it."""
        digest = digest_report(reading.report)
        try:
            report, found = dump_json(reading.report), dump_found(reading)
        except UnicodeEncodeError:
            raise RefusedReportError(f"report {reading.report.id!a}: it holds half a character") from None
        if not self._seen.add(f"{digest} {extractor}"):
            return False
        row = (identify_reading(digest, extractor, found), digest, extractor, report, found)
        self._keep(READINGS, row, len(report) + len(found))
        return True

    def _keep(self, kind: str, row: tuple[Any, ...], size: int) -> None:
        self._rows[kind].append(row)
        self._bytes += size
        if len(self._rows[READINGS]) >= MOST_ROWS or self._bytes >= MOST_BYTES:
            self._write()

    def _write(self) -> None:
        """Write the batch, the bytes before what was read in them."""
        for kind in (RAWS, READINGS):
            if rows := self._rows[kind]:
                write_rows(self._folder, kind, rows)
            self._rows[kind] = []
        self._bytes = 0


def import_parquet() -> Any:
    """pyarrow's module for Parquet. Raises `Error` where it is not installed."""
    try:
        import pyarrow.parquet
    except ImportError:
        raise Error("a sink of Parquet needs one more package (pyarrow): pip install 'sayso[ray]'") from None
    return pyarrow.parquet


def list_files(folder: Path, kind: str) -> list[Path]:
    """The files of a kind in a folder."""
    return sorted(path for path in folder.glob(f"{kind}-*.parquet") if path.is_file())


def is_sink(where: str) -> bool:
    """Whether there is a folder of that name with readings in it, and with nothing else."""
    try:
        inside = {path for path in Path(where).iterdir() if not path.name.startswith(".")}
        readings = list_files(Path(where), READINGS)
        return bool(readings) and inside == {*readings, *list_files(Path(where), RAWS)}
    except (OSError, ValueError):
        return False


def name_file(kind: str, keys: Sequence[Any]) -> str:
    """The name of the file of a batch, made from the keys of its rows, which are made from their contents."""
    return f"{kind}-{make_id(kind, *keys)}.parquet"


def write_rows(folder: Path, kind: str, rows: list[tuple[Any, ...]]) -> None:
    """Write the file of a batch, named by what is in it."""
    parquet = import_parquet()
    import pyarrow

    names = COLUMNS[kind]
    types = {name: pyarrow.binary() if name == "content" else pyarrow.string() for name in names}
    columns = {name: pyarrow.array([row[n] for row in rows], types[name]) for n, name in enumerate(names)}
    with replace_whole(folder / name_file(kind, [row[0] for row in rows])) as file:
        parquet.write_table(pyarrow.table(columns), file, compression="zstd", write_page_checksum=True)


def read_rows(path: Path, kind: str, names: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """Some columns of a file, row by row. Raises `Error` where it is none of ours, or broken."""
    parquet = import_parquet()
    import pyarrow

    try:
        with parquet.ParquetFile(path, page_checksum_verification=True) as file:
            wanted = {name: pyarrow.binary() if name == "content" else pyarrow.string() for name in COLUMNS[kind]}
            if {f.name: f.type for f in file.schema_arrow} != wanted:
                raise Error(f"{path}: no file of {kind} that sayso wrote: move it out of the folder")
            for batch in file.iter_batches(ROWS_AT_ONCE, columns=list(names)):
                yield from zip(*(batch.column(name).to_pylist() for name in names), strict=True)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        reason = " ".join(str(error).split())[:200]
        raise Error(f"{path}: a broken file of {kind} ({reason}): delete it, and add its reports again") from None


def read_sink(folder: Path) -> Iterator[Raw | Read | Problem]:
    """What a sink holds: the bytes, then each reading once. What is broken or changed is a `Problem` that names it."""
    for path in list_files(folder, RAWS):
        for row in read_file(path, RAWS):
            yield row if isinstance(row, Problem) else load_raw(row, path)
    seen = Seen()
    for path in list_files(folder, READINGS):
        for row in read_file(path, READINGS):
            loaded = row if isinstance(row, Problem) else load_read(row, path)
            if isinstance(loaded, Problem) or seen.add(f"{loaded.reading.report.digest} {loaded.extractor}"):
                yield loaded
    seen.close()


def read_file(path: Path, kind: str) -> Iterator[tuple[Any, ...] | Problem]:
    """The rows of a file, and the problem that it is broken or has lost some, for it is named by them."""
    keys = []
    try:
        for row in read_rows(path, kind, COLUMNS[kind]):
            keys.append(row[0])
            yield row
    except Error as error:
        yield Problem(step="read_sink", message=str(error))
        return
    if path.name != name_file(kind, keys):
        yield Problem(step="read_sink", message=f"{path}: rows of it were lost or changed: add its reports again")


def load_raw(row: tuple[Any, ...], path: Path) -> Raw | Problem:
    """The bytes of a row, or its problem."""
    sha256, media_type, name, content = row
    if content is None or hashlib.sha256(content).hexdigest() != sha256:
        return Problem(step="read_sink", input=str(path), message=f"the bytes of {sha256} were changed: left out")
    return Raw(sha256=sha256, content=content, name=name or "", media_type=media_type or "")


def load_read(row: tuple[Any, ...], path: Path) -> Read | Problem:
    """The reading of a row, or its problem: ids are made from content, so that a change shows."""
    id, digest, extractor, report, found = row
    try:
        if not (extractor and report and found):
            raise ValueError("it lacks a column")
        reading = load_reading(report, found)
        if not digest == reading.report.digest == digest_report(reading.report):
            raise ValueError("its report was changed")
        if identify_reading(digest, extractor, found) != id:
            raise ValueError("what was found in it was changed")
        if any(identify_claim(claim) != claim for claim in reading.claims):
            raise ValueError("a claim in it was changed")
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())[:200]
        return Problem(step="read_sink", input=str(path), message=f"reading {digest} left out: {reason}")
    return Read(reading, extractor)


def add_sink(ledger: Ledger, folder: Path, added: Added) -> None:
    """Put what a sink holds into a ledger, without reading it again, and count it in `added`."""
    for item in read_sink(folder):
        if isinstance(item, Problem):
            added.problems.append(item)
        elif isinstance(item, Raw):
            ledger.add_raw(item)
        else:
            try:
                new = ledger.add_reading(item.reading, extractor=item.extractor)
            except RefusedReportError as error:
                added.problems.append(Problem(step="add_sink", message=str(error), input=item.reading.report.id))
                continue
            added.new += new
            added.known += not new
