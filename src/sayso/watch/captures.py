"""What servers answered, kept as it came: web archives (WARC 1.1, ISO 28500) that only grow, by warcio.

Each request with its response is written in one go and flushed to the disk before anything is made of it, so that what
was fetched need not be fetched again after a crash. A last record that was cut by one is taken off at the next start.
"""

from __future__ import annotations

import io
import os
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from sayso.errors import Error
from sayso.files import sync_file, sync_folder
from sayso.read.fetches import Answer
from sayso.read.openings import CHUNK_BYTES

MOST_BYTES = 64_000_000
"""Bytes of an archive from which on a new one is begun."""
DATED = "%Y-%m-%dT%H:%M:%SZ"
MOST_CONTENT = 200_000_000
"""Unpacked bytes of one record that is read back."""
_PLACE = re.compile(r"(sayso-[\w-]{1,60}\.warc\.gz):(\d{1,12})", re.ASCII)


class Captures:
    """The archives in a folder, to which one program at a time adds. Methods raise `Error`."""

    def __init__(self, folder: Path, clock: Callable[[], datetime], most_bytes: int = MOST_BYTES) -> None:
        """The archives of a folder, which is made when the first is begun. `clock` dates the records."""
        self.folder, self.clock, self.most_bytes = folder, clock, most_bytes
        self._last: Path | None = None

    def keep(self, answer: Answer) -> str:
        """Keep an answer with its request, and say where: the archive's name and the offset in it."""
        with self._clear():
            return self._append(answer)

    def _append(self, answer: Answer) -> str:
        path = self._choose()
        new = not path.exists()
        content = (self._describe(path) if new else b"", self._pack(answer))
        with path.open("ab") as file:
            start = file.seek(0, os.SEEK_END)
            try:
                file.write(b"".join(content))
                sync_file(file)
            except OSError:  # A full disk: no half of a record is left behind.
                file.truncate(start)
                raise
        if new:
            sync_folder(self.folder)
        return f"{path.name}:{start + len(content[0])}"

    def load(self, place: str) -> tuple[Answer, datetime] | None:
        """The answer that is kept at a place, and when it was had; None where the archive is gone or does
        not hold it any more."""
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed

        match = _PLACE.fullmatch(place)
        try:
            with (self.folder / match[1]).open("rb") if match else io.BytesIO() as file:
                file.seek(int(match[2]) if match else 0)
                with redirect_stderr(io.StringIO()):
                    record = next(iter(ArchiveIterator(file)), None)
                if record is None or record.rec_type != "response" or record.http_headers is None:
                    return None
                content = record.content_stream().read(MOST_CONTENT)
        except (OSError, ValueError, EOFError, ArchiveLoadFailed, zlib.error):
            return None
        headers = tuple((name, value) for name, value in record.http_headers.headers)
        kind, _, rest = str(record.http_headers.get_header("Content-Type") or "").partition(";")
        answer = Answer(
            url=record.rec_headers.get_header("WARC-Target-URI"),
            status=int(record.http_headers.get_statuscode()),
            reason="",
            sent=(),
            headers=headers,
            content=content,
            media_type=kind.strip(),
            charset=rest.partition("charset=")[2].split(";")[0].strip(" \"'"),
        )
        dated = datetime.strptime(record.rec_headers.get_header("WARC-Date"), DATED).replace(tzinfo=UTC)
        return answer, dated

    def heal(self) -> int:
        """Take off what a crash left half written at the end of the last archive; how many bytes those were."""
        with self._clear():
            return self._heal()

    @contextmanager
    def _clear(self) -> Iterator[None]:
        """Say what the system refuses in one line."""
        try:
            yield
        except OSError as error:
            raise Error(f"{self.folder}: what is fetched cannot be kept: {error.strerror or error}") from error

    def _heal(self) -> int:
        archives = sorted(self.folder.glob("sayso-*.warc.gz")) if self.folder.is_dir() else []
        if not archives:
            return 0
        self._last = archives[-1]
        with self._last.open("r+b") as file:
            whole = measure_members(file)
            torn = file.seek(0, os.SEEK_END) - whole
            if torn:
                file.truncate(whole)
        return torn

    def _choose(self) -> Path:
        """The archive to add to: the last one, or a new one where that is full."""
        if self._last is None or not self._last.exists() or self._last.stat().st_size >= self.most_bytes:
            self.folder.mkdir(parents=True, exist_ok=True)
            archives = sorted(self.folder.glob("sayso-*.warc.gz"))
            number = int(archives[-1].name.split("-")[1]) + 1 if archives else 1
            self._last = self.folder / f"sayso-{number:06}-{self.clock():%Y%m%dT%H%M%SZ}.warc.gz"
        return self._last

    def _describe(self, path: Path) -> bytes:
        """The record that says of an archive who made it."""
        from importlib.metadata import version

        from warcio.warcwriter import WARCWriter

        made = io.BytesIO()
        writer = WARCWriter(made, gzip=True, warc_version="1.1")
        facts = {"software": f"sayso {version('sayso')}", "format": "WARC File Format 1.1"}
        writer.write_record(writer.create_warcinfo_record(path.name, facts))
        return made.getvalue()

    def _pack(self, answer: Answer) -> bytes:
        """The records of an answer and its request, with digests. The transfer's own coding is undone by then."""
        from warcio.statusandheaders import StatusAndHeaders
        from warcio.warcwriter import WARCWriter

        made = io.BytesIO()
        writer = WARCWriter(made, gzip=True, warc_version="1.1")
        dated = {"WARC-Date": f"{self.clock().astimezone(UTC):{DATED}}"}
        status = f"{answer.status} {answer.reason}".strip()
        headers = [(name, value) for name, value in answer.headers if name.lower() != "transfer-encoding"]
        response = writer.create_warc_record(
            answer.url,
            "response",
            payload=io.BytesIO(answer.packed or answer.content),
            http_headers=StatusAndHeaders(status, headers, protocol="HTTP/1.1"),
            warc_headers_dict=dict(dated),
        )
        parts = urlsplit(answer.url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        request = writer.create_warc_record(
            answer.url,
            "request",
            http_headers=StatusAndHeaders(f"GET {path} HTTP/1.1", list(answer.sent), is_http_request=True),
            warc_headers_dict=dict(dated),
        )
        writer.write_request_response_pair(request, response)
        return made.getvalue()


def measure_members(file: BinaryIO) -> int:
    """The bytes of the whole gzip members that a file begins with."""
    whole, at = 0, 0
    engine = zlib.decompressobj(31)
    try:
        while chunk := file.read(CHUNK_BYTES):
            at += len(chunk)
            while chunk:
                engine.decompress(chunk)
                chunk = engine.unused_data
                if engine.eof:
                    whole = at - len(chunk)
                    engine = zlib.decompressobj(31)
                else:
                    break
    except zlib.error:
        pass
    return whole
