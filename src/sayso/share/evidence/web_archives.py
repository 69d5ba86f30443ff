"""The kept bytes as a web archive that other programs replay: WARC 1.1 (ISO 28500), its CDXJ index and its list of
pages, laid out as WACZ 1.1.1 wants them.

sayso keeps what a server sent, without the headers of its answer, so that it becomes a `resource` record and no
`response`. A picture of a page is a resource under ``urn:fullPage:`` and the page's address, the page with all that is
in it (MHTML) one under ``urn:mhtml:``; the text that was read from bytes is a `conversion` record that refers to them.
"""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit

from sayso.forms import dump_json

WARC, INDEX, PAGES = "archive/data.warc.gz", "indexes/index.cdx", "pages/pages.jsonl"
NAMES = uuid.UUID("6f1f7b0e-4f0c-5d0e-9c5f-7a3b1d2c4e60")
"""The name space of the ids of records, which come from what is in them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Bytes for the archive: under which address, since when, of which media type; `title` is that of a page to begin
    at, "" for what is none."""

    uri: str
    at: datetime
    media_type: str
    content: bytes
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A text that was read from bytes: the id of their record, and when that was."""

    uri: str
    at: datetime
    text: str
    of: str


@dataclass(slots=True)
class Archive:
    """A web archive as it is written: the records so far, their index and the pages among them."""

    made: datetime
    tool: str
    out: io.BytesIO = field(default_factory=io.BytesIO)
    index: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    writer: Any = None

    def __post_init__(self) -> None:
        """Begin with the record that says who wrote the archive."""
        from warcio.warcwriter import WARCWriter

        self.writer = WARCWriter(self.out, gzip=True, warc_version="1.1")
        about = f"software: {self.tool}\r\nformat: WARC File Format 1.1\r\n".encode()
        self.write("warcinfo", "", self.made, "application/warc-fields", about)

    def write(self, kind: str, uri: str, at: datetime, media_type: str, content: bytes, **more: str) -> tuple[int, int]:
        """Write a record; where it begins and how long it is, packed."""
        headers = {
            "WARC-Record-ID": name_record(kind, uri, at, content),
            "WARC-Date": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            **more,
        }
        record = self.writer.create_warc_record(
            uri,
            kind,
            payload=io.BytesIO(content),
            length=len(content),
            warc_content_type=media_type or "application/octet-stream",
            warc_headers_dict=headers,
        )
        begin = self.out.tell()
        self.writer.write_record(record)
        return begin, self.out.tell() - begin

    def add(self, kept: Kept) -> None:
        """Write kept bytes, and list them in the index and among the pages."""
        uri = clean_uri(kept.uri)
        begin, length = self.write("resource", uri, kept.at, kept.media_type, kept.content)
        where = {"url": uri, "mime": kept.media_type, "status": "200", "filename": WARC.rpartition("/")[2]}
        line = {**where, "offset": str(begin), "length": str(length)}
        self.index.append(f"{make_key(uri)} {kept.at.astimezone(UTC):%Y%m%d%H%M%S} {dump_json(line)}\n")
        if kept.title:
            at = kept.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            self.pages.append(dump_json({"id": str(len(self.pages)), "url": uri, "ts": at, "title": kept.title}) + "\n")

    def convert(self, converted: Converted) -> None:
        """Write a text that was read from bytes of this archive."""
        content = converted.text.encode("utf8")
        media_type = "text/plain; charset=utf-8"
        self.write(
            "conversion",
            clean_uri(converted.uri),
            converted.at,
            media_type,
            content,
            **{"WARC-Refers-To": converted.of},
        )

    def files(self) -> dict[str, bytes]:
        """The files of the archive: records, index, list of pages."""
        heading = dump_json({"format": "json-pages-1.0", "id": "pages", "title": "All pages"}) + "\n"
        return {
            WARC: self.out.getvalue(),
            INDEX: "".join(sorted(self.index)).encode(),
            PAGES: "".join([heading, *self.pages]).encode(),
        }


def write_archive(made: datetime, tool: str, kept: Iterable[Kept], converted: Iterable[Converted]) -> dict[str, bytes]:
    """The files of a web archive, by their paths: the same values give the same bytes."""
    archive = Archive(made, tool)
    for one in kept:
        archive.add(one)
    for text in converted:
        archive.convert(text)
    return archive.files()


def name_record(kind: str, uri: str, at: datetime, content: bytes) -> str:
    """The id of a record, from what is in it."""
    import hashlib

    said = "\n".join((kind, uri, at.astimezone(UTC).isoformat(), hashlib.sha256(content).hexdigest()))
    return f"<urn:uuid:{uuid.uuid5(NAMES, said)}>"


def clean_uri(uri: str) -> str:
    """An address in ASCII without white space, as the header of a record takes it."""
    return quote(uri, safe="%/:?#[]@!$&'()*+,;=~")


def make_key(uri: str) -> str:
    """The key of an address in the index (SURT): the host from its end, then the path and query, in lower case."""
    try:
        parts = urlsplit(uri.lower())
        host, port = parts.hostname or "", parts.port
    except ValueError:  # An address that is none is looked up as it is written.
        return uri.lower()
    if parts.scheme not in ("http", "https") or not host:
        return uri.lower()
    turned = ",".join(reversed(host.removeprefix("www.").split(".")))
    where = f":{port}" if port and port != {"http": 80, "https": 443}[parts.scheme] else ""
    asked = "?" + "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    return f"{turned}{where}){parts.path or '/'}{asked}"
