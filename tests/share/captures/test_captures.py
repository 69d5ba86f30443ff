"""Pictures of pages: by the real browser from a real server, and what becomes of those that cannot be taken."""

import hashlib
import json
import shutil
import stat
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sayso.ledger import open_ledger
from sayso.record import Raw
from sayso.share.captures import browsers
from sayso.share.captures.browsers import CaptureError, find_browser
from sayso.share.captures.captures import Captured, capture_page, keep_captures

LONG = b"<title>Flood</title><h1>The Una is rising</h1><div style='height:2000px'></div><p>It fell again.</p>"
PICTURE = b"\x89PNG of a page"


class Site(BaseHTTPRequestHandler):
    """A site with a page, an address that leads to it, a page that asks a question, one that never comes and one whose
    picture never comes."""

    def do_GET(self):
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/flood")
            self.end_headers()
            return
        if self.path == "/never":
            time.sleep(8)
            return
        pages = {
            "/flood": LONG,
            "/asks": b"<script>alert('Cookies?'); confirm('Really?')</script><h1>Asked</h1>",
            "/slow": b"<h1>Slow</h1><img src='/never'>",
        }
        content = pages.get(self.path, b"<h1>Nothing here</h1>")
        self.send_response(200 if self.path in pages else 404)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


needs_browser = pytest.mark.skipif(not shutil.which("chromium"), reason="no chromium: apt-get install chromium")


def size_of(png):
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


@needs_browser
def test_a_picture_is_of_the_whole_page_at_its_final_address(site):
    captured = capture_page(f"{site}/moved", allow_private=True)
    assert (captured.final, captured.status, captured.complete) == (f"{site}/flood", 200, True)
    assert size_of(captured.picture) == captured.size and captured.size[0] == 1280 and captured.size[1] > 2000
    assert b"The Una is rising" in captured.page and captured.tool.startswith(("Chrome/", "HeadlessChrome/"))


@needs_browser
def test_private_networks_are_not_shown_unless_allowed(site):
    with pytest.raises(CaptureError, match=r"127\.0\.0\.1 is in a private network"):
        capture_page(f"{site}/flood")


@needs_browser
def test_boxes_that_a_page_opens_are_closed_and_errors_are_pictures_too(site):
    assert capture_page(f"{site}/asks", allow_private=True).complete
    assert capture_page(f"{site}/gone", allow_private=True).status == 404


@needs_browser
def test_a_page_that_goes_on_loading_is_taken_as_it_is_and_one_that_never_comes_is_not(site):
    begun = time.monotonic()
    slow = capture_page(f"{site}/slow", allow_private=True, load_s=1)
    assert not slow.complete and size_of(slow.picture)[0] == 1280
    with pytest.raises(CaptureError, match="in time"):
        capture_page(f"{site}/never", allow_private=True, limit_s=2)
    assert time.monotonic() - begun < 15


def make_program(path, words):
    path.write_text(f"#!/bin/sh\n{words}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("exit 3", "ended by itself"),
        ("exec 4>&-; sleep 60", "ended by itself"),
        ("printf 'no json\\0' >&4; sleep 60", "does not answer as Chromium does"),
        ('printf \'{"id":1,"error":{"message":"no"}}\\0\' >&4; sleep 60', "refuses Browser.getVersion: no"),
        ("printf '[1]\\0' >&4; sleep 60", "does not answer as Chromium does"),
        ('printf \'{"id":1,"result":{}}\\0\' >&4; sleep 60', "does not answer as Chromium does"),
    ],
)
def test_a_browser_that_ends_or_lies_is_told(words, told, tmp_path):
    program = make_program(tmp_path / "chromium", words)
    with pytest.raises(CaptureError, match=told):
        capture_page("http://flood.example/", path=program, limit_s=20)


def test_a_browser_that_hangs_is_killed_with_its_children(tmp_path):
    program = make_program(tmp_path / "chromium", f"(sleep 2; touch {tmp_path}/lived) & sleep 60")
    begun = time.monotonic()
    with pytest.raises(CaptureError, match="in time"):
        capture_page("http://flood.example/", path=program, limit_s=0.5)
    assert time.monotonic() - begun < 10
    time.sleep(max(0.0, begun + 3 - time.monotonic()))
    assert not (tmp_path / "lived").exists()


def test_without_a_browser_that_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browsers, "APPS", ())
    with pytest.raises(CaptureError, match="no Chromium or Chrome is installed"):
        find_browser()


def test_a_program_that_cannot_be_run_is_told(tmp_path):
    with pytest.raises(CaptureError, match="cannot be run"):
        capture_page("http://flood.example/", path=str(tmp_path / "none"))


def test_pictures_are_kept_with_who_took_them_and_one_that_fails_costs_no_other(tmp_path):
    def capture(address):
        if "broken" in address:
            raise CaptureError("the browser gives no picture")
        return Captured(
            address=address, final=address, status=200, tool="Chrome/1", size=(1, 2), complete=True, picture=PICTURE,
            page=b"",
        )  # fmt: skip

    html = b"<p>The Una"
    raw = Raw(sha256=hashlib.sha256(html).hexdigest(), content=html, name="http://a.example/", media_type="text/html")
    with open_ledger(str(tmp_path / "l.db")) as ledger:
        ledger.add_raw(raw)
        pages = [("http://broken.example/", raw.sha256), ("http://a.example/", raw.sha256)]
        (problem,) = keep_captures(ledger, pages, by="ana", tool="sayso 9", capture=capture)
        assert problem.input == "http://broken.example/" and "the report is kept all the same" in problem.message
        (one,) = ledger.assessments("capture")
        body = json.loads(one.body)
        assert one.by == "ana" and (body["tool"], body["files"][0]["name"]) == ("Chrome/1", "fullPage")
        assert ledger.find_raw(body["files"][0]["sha256"]).content == PICTURE
        collections = {c.id: json.loads(c.body) for c in ledger.assessments("collection")}
        assert collections[one.about] == {"address": "http://a.example/", "raw": raw.sha256, "tool": "sayso 9"}
        assert len(collections) == 2 and list(ledger.verify()) == []
