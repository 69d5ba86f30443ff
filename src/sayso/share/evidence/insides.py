"""What the files of a package say, held against itself: ids against content, spans against texts, claims and the record
of conversions against readings, the log against what it names, the web archive against the raws."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from pathlib import PurePosixPath
from typing import Any

import msgspec

from sayso.forms import dump_json
from sayso.ids import digest_report, make_id
from sayso.record import Assessment, Judgement, Reading, Report
from sayso.share.evidence.contents import CLAIMS, CONVERSIONS, CUSTODY
from sayso.share.evidence.custodies import ORDER, hash_words
from sayso.share.evidence.heads import Head
from sayso.share.evidence.web_archives import WARC

Reader = Callable[[str], bytes]
"""From a path in a package to its bytes."""
Finding = tuple[str, str]
"""What is wrong: in which file, and what."""
CHUNK_BYTES, LEAST_UNPACKED = 1 << 18, 1 << 20
"""Bytes unpacked at once, and those that a web archive may always unpack to."""
BROKEN = (msgspec.MsgspecError, ValueError, KeyError, TypeError, AttributeError, OSError, RecursionError)
"""What a file that is not what it should be raises."""


def check_insides(head: Head, read: Reader) -> Iterator[Finding]:
    """All that does not fit within a package. A check that a broken file ends is told as a fault of that file."""
    for where, check in (
        ("raws/", check_raws),
        ("reports/", check_reports),
        ("readings/", check_readings),
        (CLAIMS, check_claim_rows),
        (CONVERSIONS, check_conversions),
        (CUSTODY, check_events),
        (WARC, check_archive),
    ):
        try:
            yield from check(head, read)
        except BROKEN as error:
            yield where, f"it is not what it should be: {' '.join(str(error).split())[:200]}"
        except Exception as error:  # Whatever a library raises on bytes it cannot bear.
            yield where, f"it cannot be read: {' '.join(str(error).split())[:200] or type(error).__name__}"


def list_folder(head: Head, folder: str) -> list[str]:
    """The paths of a package in one of its folders."""
    return [file.path for file in head.files if file.path.startswith(f"{folder}/")]


def check_raws(head: Head, read: Reader) -> Iterator[Finding]:
    """The bytes have the hash that they are named by."""
    for path in list_folder(head, "raws"):
        if hashlib.sha256(read(path)).hexdigest() != PurePosixPath(path).stem:
            yield path, "its bytes have another hash than its name says"


def check_reports(head: Head, read: Reader) -> Iterator[Finding]:
    """A report's digest is that of its content, its text is the one in ``texts/``, and all reports are there."""
    named = {report.digest: report.id for report in head.reports}
    for digest in named:
        path = f"reports/{digest}.json"
        report = load_report(read, digest)
        if not digest == report.digest == digest_report(report) or report.id != named[digest]:
            yield path, "its content has another digest or id"
        if read(f"texts/{digest}.txt") != report.text.encode("utf8"):
            yield f"texts/{digest}.txt", "it is not the text of the report"
    for path in [*list_folder(head, "reports"), *list_folder(head, "texts")]:
        if PurePosixPath(path).stem not in named:
            yield path, "it is of no report that the head names"


def load_report(read: Reader, digest: str) -> Report:
    """A report of a package."""
    return msgspec.json.decode(read(f"reports/{digest}.json"), type=Report)


def check_readings(head: Head, read: Reader) -> Iterator[Finding]:
    """A reading's id is that of its content, its spans lie in the text and hold the words kept, its claims' ids fit,
    and the log tells of it."""
    from sayso.ledger.faults import find_claim_faults, find_span_faults
    from sayso.ledger.rows import identify_reading

    made = {row["id"]: row for row in load_lines(read(CUSTODY)) if row["event"] == "read"}
    for path in list_folder(head, "readings"):
        id, found = PurePosixPath(path).stem, read(path).decode("utf8")
        row = made.pop(id, None)
        if row is None:
            yield path, "the custody log does not tell of it"
            continue
        if identify_reading(row["report"], row["by"], found) != id:
            yield path, "its content has another id"
        reading = load_found(read, row["report"], found)
        yield from ((path, message) for message in (*find_span_faults(reading), *find_claim_faults(reading)))
    yield from ((CUSTODY, f"the reading {id} is not in the package") for id in made)


def load_found(read: Reader, digest: str, found: str) -> Reading:
    """A reading of a package."""
    from sayso.ledger.rows import load_reading

    return load_reading(dump_json(load_report(read, digest)), found)


def check_claim_rows(head: Head, read: Reader) -> Iterator[Finding]:
    """The list of claims says what the readings say: ids, places and words."""
    rows = json.loads(read(CLAIMS))
    if {row["report"] for row in rows} - {report.digest for report in head.reports}:
        yield CLAIMS, "it is of reports that are not in the package"
    for row in rows:
        reading = load_found(read, row["report"], read(f"readings/{row['reading']}.json").decode("utf8"))
        told = [(c["id"], c["seat"], c["start"], c["end"], c["text"]) for c in row["claims"]]
        if told != [(c.id, c.seat, c.start, c.end, c.text) for c in reading.claims]:
            yield CLAIMS, f"its claims of report {row['report']} are not those of the reading {row['reading']}"


def check_conversions(head: Head, read: Reader) -> Iterator[Finding]:
    """Each conversion begins at a raw that is there and leads to a text and a reading that are there."""
    files = {file.path for file in head.files}
    raws = {PurePosixPath(path).stem for path in list_folder(head, "raws")}
    for row in load_lines(read(CONVERSIONS)):
        if row["raw"] is not None and row["raw"] not in raws:
            yield CONVERSIONS, f"the raw {row['raw']} is not in the package"
        if hash_words(load_report(read, row["report"]).text) != row["text"]:
            yield CONVERSIONS, f"the text of report {row['report']} has another hash"
        if f"readings/{row['reading']}.json" not in files:
            yield CONVERSIONS, f"the reading {row['reading']} is not in the package"


def check_events(head: Head, read: Reader) -> Iterator[Finding]:
    """The log is in order, and the ids in it are those of what it tells."""
    raws = {PurePosixPath(path).stem for path in list_folder(head, "raws")}
    rows = load_lines(read(CUSTODY))
    moments = [(row["time"], ORDER.index(row["event"])) for row in rows[:-1]]
    if moments != sorted(moments) or rows[-1]["event"] != "packed":
        yield CUSTODY, "its events are not in their order"
    for row in rows:
        if row["event"] == "kept" and row["id"] not in raws:
            yield CUSTODY, f"the raw {row['id']} is not in the package"
        elif (expected := identify_event(row)) != row["id"]:
            yield CUSTODY, f"the event {row['event']} {row['id']} has another id: {expected}"


def identify_event(row: dict[str, Any]) -> str:
    """The id that an event of the log should have, from what it tells."""
    from sayso.ledger.rows import identify_assessment, identify_judgement

    if row["event"] == "came":
        return make_id("arrival", row["report"], row["given"], row["raw"])
    if row["event"] == "judged":
        return identify_judgement(msgspec.convert(row["judgement"], Judgement))
    if row["event"] in ("collected", "captured"):
        return identify_assessment(msgspec.convert(row["assessment"], Assessment))
    return str(row["id"])


def check_archive(head: Head, read: Reader) -> Iterator[Finding]:
    """The web archive holds every raw, and nothing else that was received; so it unpacks to no more than raws
    and the texts that came."""
    from warcio.archiveiterator import ArchiveIterator

    raws = {PurePosixPath(path).stem for path in list_folder(head, "raws")}
    sizes = {file.path: file.bytes for file in head.files}
    came = [f"texts/{row['report']}.txt" for row in load_lines(read(CUSTODY)) if row["event"] == "came"]
    left = LEAST_UNPACKED + sum(sizes[path] for path in [*list_folder(head, "raws"), *came])
    held = set()
    with redirect_stderr(io.StringIO()):  # What the library writes there is said by the fault.
        for record in ArchiveIterator(io.BytesIO(read(WARC))):
            digest, stream = hashlib.sha256(), record.content_stream()
            while chunk := stream.read(CHUNK_BYTES):
                digest.update(chunk)
                left -= len(chunk)
                if left < 0:
                    raise ValueError("it unpacks to more than the raws and texts are")
            if record.rec_type == "resource":
                held.add(digest.hexdigest())
    if held != raws:
        yield WARC, f"it does not hold the raws: {len(raws - held)} are missing, {len(held - raws)} are others"


def load_lines(content: bytes) -> list[dict[str, Any]]:
    """The rows of JSON Lines."""
    return [json.loads(line) for line in content.splitlines()]
