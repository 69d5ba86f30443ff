"""Time stamps, by an authority of our own: openssl behind a real server."""

import shutil
import subprocess
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from sayso.errors import Error
from sayso.share.evidence.checks import check_package
from sayso.share.evidence.heads import HEAD
from sayso.share.evidence.timestamps import LARGEST_STAMP, ask_stamp, check_stamp
from sayso.share.evidence.writings import write_package

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl")
SETTINGS = """
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[stamper]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[name]
[tsa]
default_tsa = ours
[ours]
serial = {folder}/serial
signer_cert = {folder}/stamper.pem
signer_key = {folder}/stamper.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
tsa_name = yes
"""


def run_openssl(folder: Path, words: str) -> None:
    subprocess.run(["openssl", *words.split()], cwd=folder, check=True, capture_output=True)


def make_authority(folder: Path, name: str) -> Path:
    """An authority's keys and certificates in a folder."""
    folder.mkdir()
    (folder / "settings").write_text(SETTINGS.format(folder=folder))
    (folder / "serial").write_text("01\n")
    key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
    root = f"req -x509 {key} -keyout root.key -out root.pem -days 9 -subj /CN={name}-root -addext keyUsage=keyCertSign"
    run_openssl(folder, root)
    run_openssl(folder, f"req -new {key} -keyout stamper.key -out stamper.csr -subj /CN={name}")
    signed = "-CA root.pem -CAkey root.key -CAcreateserial -extfile settings -extensions stamper -days 9"
    run_openssl(folder, f"x509 -req -in stamper.csr -out stamper.pem {signed}")
    return folder


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return make_authority(tmp_path_factory.mktemp("authority") / "a", "Stampers")


def answer(folder: Path, query: bytes) -> bytes:
    with tempfile.TemporaryDirectory(dir=folder) as made:
        Path(made, "q").write_bytes(query)
        run_openssl(folder, f"ts -reply -config settings -queryfile {made}/q -out {made}/r")
        return Path(made, "r").read_bytes()


@pytest.fixture(scope="module")
def served(authority):
    """The address of a server of time stamps, and ones that answer otherwise."""

    class Stamper(BaseHTTPRequestHandler):
        def do_POST(self):
            query = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/timestamp-query" and len(query) < 200
            status, content = {
                "/": lambda: (200, answer(authority, query)),
                "/page": lambda: (200, b"<h1>Buy stamps here</h1>"),
                "/long": lambda: (200, b"x" * (LARGEST_STAMP + 1)),
                "/closed": lambda: (503, b""),
            }[self.path]()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Stamper)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_stamp_is_asked_kept_in_the_package_and_checked(story, served, authority, tmp_path):
    head = next(part for part in story.parts if part.path == HEAD).read()
    stamp = ask_stamp(f"{served}/", head)
    for format in ("bagit", "zip", "wacz"):
        place = tmp_path / f"p.{format}"
        write_package(place, format, story, stamp)
        checked = check_package(place)
        assert checked.problems == () and checked.root == story.root and checked.stamp == stamp
    stamped = check_stamp(checked.stamp, checked.head_bytes, authority / "root.pem")
    assert stamped.vouched and stamped.authority == "CN=Stampers" and stamped.at.tzinfo is not None
    assert not check_stamp(stamp, head).vouched


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/page", "no time stamp .it is no answer of a time stamp authority"),
        ("/long", "longer than a time stamp"),
        ("/closed", "the authority answers 503"),
    ],
)
def test_what_answers_without_a_stamp_is_told(served, path, told):
    with pytest.raises(Error, match=told):
        ask_stamp(served + path, b"head")


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "ftp://a.example/", "nonsense", "http://[/"])
def test_an_authority_that_cannot_be_asked_is_told(url):
    with pytest.raises(Error, match="no time stamp can be had"):
        ask_stamp(url, b"head")


def test_a_stamp_over_another_head_or_to_another_query_is_refused(authority):
    kept = []

    def post(_, query):
        kept.append(answer(authority, query))
        return kept[0]

    ask_stamp("x", b"one", post)
    with pytest.raises(Error, match="over another root hash"):
        ask_stamp("x", b"two", post)
    with pytest.raises(Error, match="answers another query"):
        ask_stamp("x", b"one", post)
    with pytest.raises(Error, match="does not hold: it is over another root hash"):
        check_stamp(kept[0], b"two")


def test_a_stamp_of_somebody_else_or_changed_is_refused(authority, tmp_path):
    stamp = ask_stamp("x", b"head", lambda _, query: answer(authority, query))
    others = make_authority(tmp_path / "b", "Forgers")
    forged = ask_stamp("x", b"head", lambda _, query: answer(others, query))
    with pytest.raises(Error, match="does not hold"):
        check_stamp(forged, b"head", authority / "root.pem")
    for place in range(40, len(stamp), 97):
        changed = bytearray(stamp)
        changed[place] ^= 1
        with pytest.raises(Error, match="does not hold"):
            check_stamp(bytes(changed), b"head", authority / "root.pem")


@pytest.mark.parametrize(
    "words", ["", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_a_file_without_certificates_is_told(authority, words, tmp_path):
    stamp = ask_stamp("x", b"head", lambda _, query: answer(authority, query))
    (tmp_path / "c.pem").write_text(words)
    with pytest.raises(Error, match="no certificate in PEM form"):
        check_stamp(stamp, b"head", tmp_path / "c.pem")
    with pytest.raises(Error, match="No such file"):
        check_stamp(stamp, b"head", tmp_path / "none.pem")


def test_a_ledgers_head_is_stamped_and_its_stamp_holds_for_no_other(served, authority, tmp_path):
    from typer.testing import CliRunner

    from sayso.cli import app
    from sayso.ledger import open_ledger

    def run(*words):
        result = CliRunner().invoke(app, [*map(str, words), "--ledger", str(tmp_path / "story.db")])
        return result.exit_code, result.stdout.strip(), result.stderr

    with open_ledger(str(tmp_path / "story.db")) as ledger:
        ledger.assess("question", {"text": "Will the dam hold?"}, by="ana")
    status, head, _ = run("head", "--timestamp", f"{served}/", "--stamp", tmp_path / "head.tsr")
    assert status == 0
    given = ("--stamp", tmp_path / "head.tsr", "--authority", authority / "root.pem")
    status, _, said = run("verify", "--head", head, *given)
    assert (status, "by CN=Stampers" in said) == (0, True)
    status, _, said = run("verify", "--head", f"0:{'0' * 64}", *given)
    assert (status, "it is over another root hash" in said) == (1, True)
