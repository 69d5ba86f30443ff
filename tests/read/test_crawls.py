import gzip
import io

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sayso.read import read_inputs
from sayso.read.crawls import read_crawl
from sayso.read.openings import Source
from sayso.read.readers import Options, read_source
from sayso.read.reports import Content
from sayso.record import Problem, Report

TEXT = "<p>The dam above the town gave way on Friday, police said. {} people were missing in the valley below it.</p>"


def make_archive(*pages: tuple[str, str, str], packed: bool = False) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for url, status, body in pages:
        heads = StatusAndHeaders(status, [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.0")
        payload = f"<html><head><meta property='og:site_name' content='Tarn Notes'></head><body>{body}</body></html>"
        record = writer.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(payload.encode()),
            http_headers=heads,
            warc_headers_dict={"WARC-Date": "2031-05-03T20:10:00Z"},
        )
        writer.write_record(record)
    return out.getvalue()


def test_a_report_a_page(tmp_path) -> None:  # type: ignore[no-untyped-def]
    pages = [
        ("https://tarn.example/1", "200 OK", TEXT.format("Nine") * 3),
        ("https://tarn.example/2", "200 OK", TEXT.format("Six") * 3),
    ]
    path = tmp_path / "tarn.warc.gz"
    path.write_bytes(make_archive(*pages, ("https://tarn.example/3", "404 Not Found", "<p>No page</p>"), packed=True))
    reports = [item for item in read_inputs([str(path)]) if isinstance(item, Report)]
    assert [(r.url, r.outlet) for r in reports] == [
        ("https://tarn.example/1", "Tarn Notes"),
        ("https://tarn.example/2", "Tarn Notes"),
    ]
    assert all("HTTP" not in r.text and "WARC" not in r.text and r.published is None for r in reports)
    assert reports[0].retrieved is not None and reports[0].retrieved.isoformat() == "2031-05-03T20:10:00+00:00"


def test_archives_without_pages_are_told() -> None:
    for content in (b"WARC/1.0\r\n", b"WARC/1.0\r\nContent-Length: x\r\n\r\n", make_archive(), gzip.compress(b"x")):
        (item,) = read_crawl(Content(content=content, name="x.warc"))
        assert isinstance(item, Problem) and "\n" not in item.message


def record(kind: str, media: str, block: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://t.example/1\r\nWARC-Date: 2031-05-04T00:00:00Z\r\n"
    )
    head += f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: {media}\r\nContent-Length: {len(block)}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


SAID = b"<html><body><article><p>The dam above Brim gave way on Friday, the governor said.</p></article></body></html>"


def texts_of(name: str, content: bytes) -> list[str]:
    items = read_source(Source(name=name, chunks=iter([content])), Options())
    return [item.text for item in items if isinstance(item, Report)]


def test_pages_that_are_packed_or_kept_without_their_answers() -> None:
    told = ["The dam above Brim gave way on Friday, the governor said."]
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
    packed = record("response", "application/http; msgtype=response", head + gzip.compress(SAID))
    assert texts_of("a.warc", packed) == told
    assert texts_of("a.warc", record("resource", "text/html", SAID)) == told
    # A file of another kind in it does not make the archive one.
    document = record(
        "response", "application/http", b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4"
    )
    assert texts_of("a.warc", document + packed) == told


def test_archives_of_old() -> None:
    version = b"1 0 Archive\nURL IP-address Archive-date Content-type Archive-length\n"
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + SAID
    content = b"filedesc://a.arc 0.0.0.0 20310504000000 text/plain %d\n%s\n" % (len(version), version)
    content += b"https://tarn.example/1 192.0.2.1 20310504000000 text/html %d\n%s\n" % (len(page), page)
    assert len(texts_of("a.arc", content)) == 1
