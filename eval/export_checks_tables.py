"""What is wrong with an exported table, map, calendar or graph, by readers and schemas of others.

`CHECKS` holds by a format's name the function that takes its bytes and gives its errors, none where all is well.
"""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

MOST_OCTETS = 75
"""Those of a line of iCalendar, without its end (RFC 5545, 3.1)."""
LARGEST_CELL = 1 << 24
FORMULAS = tuple("=+-@＝＋－＠﹦﹢﹣﹫")
UCDP = ("id", "date_start", "date_end", "latitude", "longitude", "best", "low", "high")


def list_table_errors(content: bytes) -> Iterator[str]:
    """A CSV: as many cells in each row as in the head, and nothing that a spreadsheet runs."""
    csv.field_size_limit(LARGEST_CELL)
    rows = list(csv.reader(io.StringIO(content.decode("utf8"), newline=""), strict=True))
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(rows[0]):
            yield f"row {number} has {len(row)} cells, the head {len(rows[0])}"
        for name, cell in zip(rows[0], row, strict=False):
            if cell.lstrip().startswith(FORMULAS) and not is_number(cell):
                yield f"row {number}, {name}: {cell[:40]!r} is a formula"


def is_number(cell: str) -> bool:
    """Whether a cell is a number, which may begin with a sign."""
    return bool(re.fullmatch(r"[+-]?[\d.]+(?:e[+-]?\d+)?", cell))


def list_event_errors(content: bytes) -> Iterator[str]:
    """A table of events: a CSV whose rows have what UCDP's have, their numbers and days in order."""
    yield from list_table_errors(content)
    rows = list(csv.DictReader(io.StringIO(content.decode("utf8"), newline="")))
    for row in rows:
        lacking = [name for name in UCDP if not row[name]]
        if lacking:
            yield f"{row['relid']} lacks {', '.join(lacking)}"
        elif not float(row["low"]) <= float(row["best"]) <= float(row["high"]):
            yield f"{row['relid']}: {row['low']} <= {row['best']} <= {row['high']} is not so"
        elif not row["date_start"] <= row["date_end"]:
            yield f"{row['relid']} ends before it begins"


def list_parquet_errors(content: bytes) -> Iterator[str]:
    """Parquet: three readers find the same rows in it."""
    import duckdb
    import polars
    import pyarrow.parquet

    rows = pyarrow.parquet.read_table(io.BytesIO(content)).to_pylist()
    frame = polars.read_parquet(io.BytesIO(content), use_pyarrow=False)
    if frame["claim"].to_list() != [row["claim"] for row in rows]:
        yield "polars reads other claims than pyarrow"
    if [len(answers) for answers in frame["answers"].to_list()] != [len(row["answers"]) for row in rows]:
        yield "polars reads other answers than pyarrow"
    with tempfile.NamedTemporaryFile(suffix=".parquet") as file:
        file.write(content)
        file.flush()
        counts = "select count(*), sum(len(answers)) from read_parquet(?)"
        told = duckdb.connect().execute(counts, [file.name]).fetchall()
    if told != [(len(rows), sum(len(row["answers"]) for row in rows) if rows else None)]:
        yield f"duckdb counts {told}"


def list_workbook_errors(content: bytes) -> Iterator[str]:
    """A workbook: openpyxl opens it, each sheet has a head, and no cell is a formula or a link."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type in ("f", "e") or cell.hyperlink:
                    yield f"{sheet.title}!{cell.coordinate} is a formula, an error or a link"


def list_map_errors(content: bytes) -> Iterator[str]:
    """GeoJSON: pydantic models of RFC 7946 take it; the positions lie on the globe, and each id is of one feature."""
    import pydantic
    from geojson_pydantic import Feature, FeatureCollection, Point

    try:
        found = FeatureCollection[Feature[Point, dict[str, Any]]].model_validate_json(content)
    except pydantic.ValidationError as error:
        yield from (str(one) for one in error.errors())
        return
    ids = [feature.id for feature in found.features]
    if len(ids) != len(set(ids)):
        yield "an id is of several features"
    for feature in json.loads(content)["features"]:
        lon, lat = feature["geometry"]["coordinates"]
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            yield f"{feature['id']} lies at {lon}, {lat}"


def list_kml_errors(content: bytes) -> Iterator[str]:
    """KML: OGC's schema of 2.2 takes it, all of whose elements 2.3 keeps (only its mark of the version is new), and
    fastkml reads it."""
    from fastkml import KML
    from fastkml.validator import get_schema_parser
    from lxml import etree

    root = etree.fromstring(content)
    root.attrib.pop("version", None)
    schema = get_schema_parser()
    if not schema.validate(root):
        yield from (str(error) for error in schema.error_log)
    KML.from_string(content.decode("utf8").partition("\n")[2])


def list_calendar_errors(content: bytes) -> Iterator[str]:
    """iCalendar: lines as RFC 5545 has them, a parser that finds nothing wrong, and in each event what it must have."""
    import icalendar

    if content.count(b"\n") != content.count(b"\r\n") or not content.endswith(b"END:VCALENDAR\r\n"):
        yield "a line does not end in CRLF"
    for line in content.split(b"\r\n"):
        if len(line) > MOST_OCTETS:
            yield f"a line has {len(line)} octets"
        line.decode("utf8")
    calendar = icalendar.Calendar.from_ical(content)
    if calendar.errors:
        yield str(calendar.errors)
    ids = [str(event["uid"]) for event in calendar.walk("VEVENT")]
    if len(ids) != len(set(ids)):
        yield "an id is of several events"
    for event in calendar.walk("VEVENT"):
        if event.errors or not {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(event):
            yield f"{event.get('uid')}: {event.errors}"
        elif "DTEND" in event and event.decoded("dtend") <= event.decoded("dtstart"):
            yield f"{event['uid']} ends before it begins"


def list_graph_errors(content: bytes) -> Iterator[str]:
    """GraphML: networkx reads it, with as many nodes and edges as stand there, and every node has its noun."""
    import networkx

    graph = networkx.read_graphml(io.BytesIO(content), force_multigraph=True)
    if graph.number_of_edges() != content.count(b"<edge "):
        yield f"networkx reads {graph.number_of_edges()} of {content.count(b'<edge ')} edges"
    yield from (f"{node} has no noun" for node, data in graph.nodes(data=True) if not data.get("noun"))


def list_bundle_errors(content: bytes) -> Iterator[str]:
    """A bundle: a whole archive whose files are those of its manifest, by their hashes."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if broken := archive.testzip():
            yield f"{broken} is broken"
        manifest = json.loads(archive.read("manifest.json"))
        for one in manifest["files"]:
            if sha256(archive.read(one["name"])).hexdigest() != one["sha256"]:
                yield f"{one['name']} has another hash"
        named = {one["name"] for one in manifest["files"]} | {"README.md", "manifest.json", "SHA256SUMS"}
        if named != set(archive.namelist()):
            yield f"{named ^ set(archive.namelist())} are not in both the manifest and the archive"


CHECKS: dict[str, Callable[[bytes], Iterator[str]]] = {
    "csv": list_table_errors,
    "ucdp-csv": list_event_errors,
    "parquet": list_parquet_errors,
    "xlsx": list_workbook_errors,
    "geojson": list_map_errors,
    "kml": list_kml_errors,
    "icalendar": list_calendar_errors,
    "graphml": list_graph_errors,
    "bundle": list_bundle_errors,
}
"""What finds the errors of a file, by its format."""
