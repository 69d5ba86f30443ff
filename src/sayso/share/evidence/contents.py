"""All that a package holds, from a ledger: raws, texts, reports, readings, claims, the journey, the custody log, the
record of conversions, the web archive, a README, and the head that lists them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from sayso.errors import Error
from sayso.forms import dump_json, row_of_reading, to_json
from sayso.record import Assessment, Reading, Report
from sayso.share.captures.records import CAPTURE, COLLECTION, load_capture, load_collection
from sayso.share.evidence.custodies import list_conversions, list_events, make_row
from sayso.share.evidence.heads import FORMAT, HEAD, Head, Listed, dump_head
from sayso.share.evidence.parts import PATH, Measure, Part, make_part, measure, measure_all
from sayso.share.evidence.readmes import write_readme
from sayso.share.evidence.selections import Selection, select_evidence
from sayso.share.evidence.web_archives import Converted, Kept, clean_uri, name_record, write_archive
from sayso.tell.explanations import Explainer, Step

if TYPE_CHECKING:
    from sayso.ledger import Ledger
    from sayso.ledger.custodies import Custody, KeptRaw

MOST_BYTES = 1_000_000_000
"""Bytes of raws in one package: it is put together in memory."""
README, CLAIMS, CUSTODY, CONVERSIONS = (
    "evidence/README.txt",
    "evidence/claims.json",
    "evidence/custody.jsonl",
    "evidence/conversions.jsonl",
)
JOURNEY, JOURNEY_TEXT = "evidence/journey.json", "evidence/journey.txt"
SUFFIXES = {
    "text/html": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "text/vtt": ".vtt",
    "application/pdf": ".pdf",
    "application/xml": ".xml",
    "application/json": ".json",
    "application/rtf": ".rtf",
    "application/mbox": ".mbox",
    "application/warc": ".warc",
    "message/rfc822": ".eml",
    "multipart/related": ".mhtml",
    "image/png": ".png",
}
"""How the files of raws end, by media type; those of other kinds end in ".bin"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a package holds before it is wrapped: its head, and its files in the order of their paths with sizes and
    hashes, the head among them."""

    head: Head
    parts: tuple[Part, ...]
    measures: tuple[Measure, ...]

    @property
    def root(self) -> str:
        """The package's root hash: the SHA-256 of its head, in hexadecimal."""
        return next(m.sha256 for m in self.measures if m.path == HEAD)


def pack_evidence(ledger: Ledger, what: str, *, made: datetime, by: str = "", cache: Path | None = None) -> Contents:
    """All files of the package of a claim, a report or a story. Raises `Error` where nothing is called so."""
    selection = select_evidence(ledger, what, cache)
    return gather_contents(ledger, selection, made=made, by=by, tool=f"sayso {version('sayso')}")


def gather_contents(ledger: Ledger, selection: Selection, *, made: datetime, by: str, tool: str) -> Contents:
    """All files of a package. Raises `Error` where they are too many bytes."""
    parts = sorted(list_parts(ledger, selection, made, by, tool), key=lambda part: part.path)
    if not all(PATH.fullmatch(part.path) for part in parts):
        raise Error(f"{ledger.name}: it is damaged, or not made by sayso: `sayso verify` says where")
    measures = measure_all(parts)
    head = Head(
        format=FORMAT,
        subject=selection.subject,
        made=made,
        by=by,
        tool=tool,
        reports=selection.reports,
        files=tuple(Listed(path=m.path, bytes=m.bytes, sha256=m.sha256) for m in measures),
    )
    content = dump_head(head)
    whole = sorted(
        [*zip(parts, measures, strict=True), (make_part(HEAD, content), measure(HEAD, content))], key=by_path
    )
    return Contents(head=head, parts=tuple(p for p, _ in whole), measures=tuple(m for _, m in whole))


def by_path(pair: tuple[Part, Measure]) -> str:
    """What files are ordered by."""
    return pair[0].path


def list_parts(ledger: Ledger, selection: Selection, made: datetime, by: str, tool: str) -> Iterator[Part]:
    """The files of a package but for its head."""
    digests = [report.digest for report in selection.reports]
    came = {arrival.raw for arrival in ledger.custody(digests).arrivals if arrival.raw}
    assessed = list_assessed(ledger, came)
    custody = ledger.custody(digests, list_pictures(assessed))
    if sum(raw.size for raw in custody.raws) > MOST_BYTES:
        raise Error(f"more than {MOST_BYTES / 1e9:g} GB were kept of it: name one report of it instead")
    reports = {report.digest: report for report in ledger.reports(digests)}
    packed = make_row(made, "packed", by, selection.subject.id, tool=tool)
    yield make_part(README, write_readme(selection.subject, to_json(made), by, tool, selection.reports))
    yield make_part(CUSTODY, dump_lines(list_events(custody, assessed, packed)))
    yield make_part(CONVERSIONS, dump_lines(list_conversions(custody, reports)))
    yield from list_understanding(custody, reports)
    yield from list_journeys(selection)
    for raw in custody.raws:
        yield Part(f"raws/{raw.sha256}{choose_suffix(raw.media_type)}", partial(load_raw, ledger, raw.sha256))
    for path, content in archive_raws(ledger, custody, assessed, reports, made, tool).items():
        yield make_part(path, content)


def list_assessed(ledger: Ledger, raws: set[str]) -> list[Assessment]:
    """Who collected these raws, and the pictures that were taken of their pages."""
    records = [(one, load_collection(one)) for one in ledger.assessments(COLLECTION)]
    collected = [one for one, record in records if record and record.raw in raws]
    known = {one.id for one in collected}
    return [*collected, *(one for one in ledger.assessments(CAPTURE) if one.about in known and load_capture(one))]


def list_pictures(assessed: Iterable[Assessment]) -> dict[str, str]:
    """The hashes of the raws that captures made, each with the address that it has in a web archive."""
    records = [record for one in assessed if (record := load_capture(one))]
    return {file.sha256: f"urn:{file.name}:{record.address}" for record in records for file in record.files}


def list_understanding(custody: Custody, reports: Mapping[str, Report]) -> Iterator[Part]:
    """Reports, their texts, all readings of them, and the claims of the newest."""
    for digest, report in reports.items():
        yield make_part(f"reports/{digest}.json", dump_json(report))
        yield make_part(f"texts/{digest}.txt", report.text)
    newest = {}
    for reading in custody.readings:
        yield make_part(f"readings/{reading.id}.json", reading.found)
        newest[reading.report] = reading
    rows = []
    for digest, reading in sorted(newest.items()):
        found = load_found(reports[digest], reading.found)
        row = row_of_reading(found)
        rows.append({"report": digest, "reading": reading.id, **{n: row[n] for n in ("attributions", "claims")}})
    yield make_part(CLAIMS, indent(rows))


def load_found(report: Report, found: str) -> Reading:
    """A reading, put together from its report and what was found in it."""
    from sayso.ledger.rows import load_reading

    return load_reading(dump_json(report), found)


def list_journeys(selection: Selection) -> Iterator[Part]:
    """How sayso came to what it says of the subject: as JSON, and in words."""
    journeys = [(kind, id, list(steps)) for kind, id, steps in explain_subject(selection)]
    rows = [
        {"about": kind, "id": id, "steps": [{"step": step.name, "lines": list(step.lines)} for step in steps]}
        for kind, id, steps in journeys
    ]
    yield make_part(JOURNEY, indent(rows))
    yield make_part(JOURNEY_TEXT, "\n".join(tell_journey(*journey) for journey in journeys))


def explain_subject(selection: Selection) -> Iterator[tuple[str, str, Iterable[Step]]]:
    """The journeys of a claim and the questions it answers; of a report, or a story's reports, and the questions that
    their claims answer: what each is of, its id, and its steps."""
    explainer, subject, picture = Explainer(selection.picture), selection.subject, selection.picture
    if subject.kind == "claim":
        claims = {subject.id}
        found = explainer.find_claim(subject.id)
        if found is not None:
            yield "claim", subject.id, explainer.explain_claim(*found)
    else:
        mine = {r.digest for r in selection.reports if subject.kind == "story" or r.id == subject.id}
        readings = [reading for reading in picture.readings if reading.report.digest in mine]
        claims = {claim.id for reading in readings for claim in reading.claims}
        for reading in readings:
            yield "report", reading.report.id, explainer.explain_report(reading)
    for point in picture.points:
        if any(value.claim in claims for value in point.values):
            yield "question", point.id, explainer.explain_point(point)


def tell_journey(kind: str, id: str, steps: Iterable[Step]) -> str:
    """A journey in words: what it is of, and each step with its lines under it."""
    told = "".join(f"{step.name}\n" + "".join(f"    {line}\n" for line in step.lines) for step in steps)
    return f"THE {kind.upper()} {id}\n{told}"


def archive_raws(
    ledger: Ledger,
    custody: Custody,
    assessed: Iterable[Assessment],
    reports: Mapping[str, Report],
    made: datetime,
    tool: str,
) -> dict[str, bytes]:
    """The raws as a web archive, each under the address it came from, and the texts that were read from them."""
    pictures = list_pictures(assessed)
    came = {arrival.raw: arrival for arrival in reversed(custody.arrivals)}
    kept, records = [], {}
    for raw in custody.raws:
        arrival = came.get(raw.sha256)
        uri = pictures.get(raw.sha256) or name_address(raw)
        at = (arrival.retrieved if arrival else None) or raw.entered
        content = load_raw(ledger, raw.sha256)
        page = arrival is not None and uri.startswith("http") and raw.media_type == "text/html"
        title = (reports[arrival.report].title or uri) if page and arrival else ""
        kept.append(Kept(uri=uri, at=at, media_type=raw.media_type, content=content, title=title))
        records[raw.sha256] = (uri, name_record("resource", clean_uri(uri), at, content))
    converted = [
        Converted(uri=uri, at=arrival.entered, text=reports[arrival.report].text, of=record)
        for arrival in custody.arrivals
        if arrival.raw in records
        for uri, record in [records[arrival.raw]]
    ]
    return write_archive(made, tool, kept, converted)


def name_address(raw: KeptRaw) -> str:
    """The address of a raw: that which it was fetched from, else one made of its hash."""
    return raw.name if raw.name.startswith(("http://", "https://")) else f"urn:sha256:{raw.sha256}"


def load_raw(ledger: Ledger, sha256: str) -> bytes:
    """The bytes of a raw that the ledger holds. Raises `Error` where it has lost them."""
    raw = ledger.find_raw(sha256)
    if raw is None:
        raise Error(f"{ledger.name}: it has lost the bytes {sha256}: `sayso verify` says what else")
    return raw.content


def choose_suffix(media_type: str) -> str:
    """The ending of a raw's file."""
    return SUFFIXES.get(media_type, ".bin")


def dump_lines(rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows as JSON Lines."""
    return "".join(dump_json(row) + "\n" for row in rows)


def indent(value: Any) -> bytes:
    """A value as JSON, indented for people."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"
