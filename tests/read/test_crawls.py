import gzip
import io

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sayso.read import read_inputs
from sayso.read.crawls import read_crawl
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
