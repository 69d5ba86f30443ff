"""Web archives (WARC, ISO 28500, and ARC before it), by warcio: a report for each page in them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import replace
from typing import Any

from sayso.read.dates import parse_published
from sayso.read.pages import read_page
from sayso.read.reports import Content
from sayso.record import Problem, Report

MAX_RECORDS = 10_000
MAX_RECORD_BYTES = 20_000_000
"""Unpacked bytes of one page."""


def read_crawl(content: Content) -> Iterator[Report | Problem]:
    """The reports of the pages in a web archive. When a page was crawled is when it was retrieved, never when it was
    published; scripts, pictures and answers of errors are passed over."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    found = False
    try:
        records = ArchiveIterator(io.BytesIO(content.content))
        for _ in range(MAX_RECORDS):
            # What the library writes to standard error is said by the problem.
            with redirect_stderr(io.StringIO()):
                record = next(records, None)
            if record is None:
                break
            page = _read_record(record, content)
            for item in () if page is None else read_page(page):
                found = True
                # A site's lists and search pages have no article, which is no fault of the archive.
                if isinstance(item, Report):
                    yield item
    except (ArchiveLoadFailed, ValueError, EOFError) as error:
        message = f"a broken web archive ({' '.join(str(error).split())[:200]}); get the file again"
        yield Problem(step="read_crawl", input=content.name, message=message)
        return
    if not found:
        message = "a web archive without a page; give one with the answers of servers"
        yield Problem(step="read_crawl", input=content.name, message=message)


def _read_record(record: Any, content: Content) -> Content | None:
    """The page of a record of an archive; None where it has none."""
    http = record.http_headers
    # A page that was kept without its answer (a resource) has its kind in the record's own headers.
    kind = str((http or record.rec_headers).get_header("Content-Type") or "").lower()
    answered = http is None or str(http.get_statuscode()).startswith("2")
    if record.rec_type not in ("response", "resource") or "html" not in kind or not answered:
        return None
    url = str(record.rec_headers.get_header("WARC-Target-URI") or record.rec_headers.get_header("uri") or "").strip(
        "<>"
    )
    headers = record.rec_headers
    crawled = parse_published(str(headers.get_header("WARC-Date") or headers.get_header("archive-date") or ""))
    charset = kind.partition("charset=")[2].split(";")[0].strip(" \"'")
    payload = record.content_stream().read(MAX_RECORD_BYTES + 1)
    if len(payload) > MAX_RECORD_BYTES or not url.startswith(("http://", "https://")):
        return None
    retrieved = crawled[0] if crawled else None
    return replace(content, content=payload, url=url, charset=charset, retrieved=retrieved, name=url)
