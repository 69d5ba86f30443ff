"""Webhooks and mail against real servers of this machine, good and hostile, and deliveries that hold up no other."""

import hashlib
import hmac
import json
import socket
import ssl
import threading
import time
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from alert_samples import HOSTILE, NOW, make_alert, make_message

from sayso.watch.alerts.deliveries import deliver, try_out
from sayso.watch.alerts.sinks import Sink, SinkError, mail, webhooks
from sayso.watch.alerts.stores import FIRST_WAIT, AlertStore

aiosmtpd = pytest.importorskip("aiosmtpd.controller")

SECRET = b"whsec_" + b64encode(b"a key of twenty-four bytes")


class Hook(BaseHTTPRequestHandler):
    """Answers as its path says."""

    got: ClassVar[list[tuple[str, dict[str, str], bytes]]] = []
    release: ClassVar[threading.Event] = threading.Event()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.got.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
        if self.path == "/hangs":
            self.release.wait(20)
        if self.path == "/page":
            self.wfile.write(b"<html>no HTTP at all</html>\n")
            return
        self.send_response({"/ok": 204, "/full": 500, "/busy": 429, "/round": 307}.get(self.path, 200))
        if self.path == "/round":
            self.send_header("location", "/round")
        self.send_header("retry-after", "120")
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture
def hook() -> Iterator[str]:
    """Where a server of webhooks is."""
    Hook.got, Hook.release = [], threading.Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    server.daemon_threads = True
    running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    running.start()
    yield f"http://127.0.0.1:{server.server_port}"
    Hook.release.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def secret(tmp_path: Path) -> str:
    path = tmp_path / "hook.key"
    path.touch(0o600)
    path.write_bytes(SECRET)
    return str(path)


def make_hook(url: str, secret: str, **more: Any) -> webhooks.Options:
    return webhooks.Options(url=url, secret_file=secret, **{"timeout": 0.5, "allow_private": True, **more})


def test_the_signature_is_that_of_the_specification() -> None:
    """The example of the specification, which its libraries test themselves with."""
    body = b'{"test": 2432232314}'
    given = b"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body
    assert webhooks.sign(*given) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_webhook_is_posted_signed_and_whole(hook: str, secret: str) -> None:
    words = HOSTILE.replace("\ud800", "")
    webhooks.send(make_message(make_alert(1, words)), make_hook(f"{hook}/ok", secret), clock=lambda: 1_900_000_000.7)
    ((_, headers, body),) = Hook.got
    signed = b"m1.1900000000." + body
    expected = b64encode(hmac.new(b64decode(SECRET[6:]), signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}" and headers["webhook-id"] == "m1"
    assert (headers["webhook-timestamp"], headers["content-type"]) == ("1900000000", "application/json")
    assert json.loads(body)["alerts"][0]["claims"][0]["words"] == words
    assert headers["host"] == hook.removeprefix("http://")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/full", "it answers 500"),
        ("/busy", "it answers 429"),
        ("/round", "leads elsewhere"),
        ("/hangs", "does not answer in 0.5 seconds"),
        ("/page", "cannot be reached"),
    ],
)
def test_a_webhook_that_does_not_take_it_says_so(hook: str, secret: str, path: str, said: str) -> None:
    with pytest.raises(SinkError, match=said) as error:
        webhooks.send(make_message(), make_hook(hook + path, secret))
    assert error.value.wait_s == (120 if path in ("/full", "/busy") else 0)
    assert len(Hook.got) == 1


def test_a_webhook_into_a_private_network_is_refused_unless_it_is_meant(hook: str, secret: str) -> None:
    for url in (f"{hook}/ok", hook.replace("127.0.0.1", "[::1]"), hook.replace("127.0.0.1", "0x7f.1")):
        with pytest.raises(SinkError, match=r"private network|not found"):
            webhooks.send(make_message(), make_hook(url, secret, allow_private=False))
    assert Hook.got == []


def test_a_name_that_resolves_otherwise_the_second_time_leads_nowhere(hook: str, secret: str) -> None:
    port, asked = hook.rpartition(":")[2], list[str]()

    def resolve(host: str, _: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["192.0.2.1"]

    options = make_hook(f"http://hook.example:{port}/ok", secret)
    webhooks.send(make_message(), options, resolve=resolve)
    assert asked == ["hook.example"] and Hook.got[0][1]["host"] == f"hook.example:{port}"
    mixed = make_hook(f"http://hook.example:{port}/ok", secret, allow_private=False)
    with pytest.raises(SinkError, match="private"):
        webhooks.send(make_message(), mixed, resolve=lambda *_: ["93.184.216.34", "127.0.0.1"])
    assert len(Hook.got) == 1


class Box:
    """A mailbox that keeps what it gets, or refuses."""

    def __init__(self, data: str = "250 kept", to: str = "250 yes") -> None:
        self.data, self.to, self.got = data, to, list[Any]()

    async def handle_RCPT(self, _: Any, __: Any, envelope: Any, address: str, ___: Any) -> str:  # noqa: N802
        envelope.rcpt_tos.append(address)
        return self.to

    async def handle_DATA(self, _: Any, __: Any, envelope: Any) -> str:  # noqa: N802
        self.got.append(envelope)
        return self.data


@contextmanager
def serve_mail(box: Box, **more: Any) -> Iterator[int]:
    """A server of mail on this machine; its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = aiosmtpd.Controller(box, hostname="127.0.0.1", port=port, **more)
    server.start()
    try:
        yield port
    finally:
        server.stop()


def make_mail(port: int, **more: Any) -> mail.Options:
    plain = {"host": "localhost", "sender": "sayso@example.org", "to": ["desk@example.org"], "tls": "none"}
    return mail.Options(**{**plain, "port": port, "timeout": 1.0, **more})


def test_mail_arrives_as_text_and_page(tmp_path: Path) -> None:
    box = Box()
    with serve_mail(box) as port:
        mail.send(make_message(make_alert(1, f"40 are missing {HOSTILE}")), make_mail(port))
    (envelope,) = box.got
    assert (envelope.mail_from, envelope.rcpt_tos) == ("sayso@example.org", ["desk@example.org"])
    read = message_from_bytes(envelope.content, policy=policy.default)
    assert read["message-id"] == "<m1.alert@example.org>" and read["subject"] == "1 alert: The mine"
    plain, page = (read.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "“40 are missing" in plain and "\x1b" not in plain and "\u202e" not in plain
    assert "40 are missing" in page and "<script" not in page


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ssl.SSLContext]:
    """A certificate of localhost that nobody trusts yet, and a server's context with it."""
    from datetime import timedelta

    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    moment = NOW.now(NOW.tzinfo)
    made = (
        now.serial_number(7)
        .not_valid_before(moment - timedelta(days=1))
        .not_valid_after(moment + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("tls")
    (folder / "c.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "k.pem").write_bytes(key.private_bytes(*plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "c.pem", folder / "k.pem")
    return folder / "c.pem", context


def test_a_password_goes_only_under_tls_to_a_server_that_is_trusted(
    tmp_path: Path, certificate: tuple[Path, ssl.SSLContext]
) -> None:
    from aiosmtpd.smtp import AuthResult

    logged: list[bytes] = []

    def check(_: Any, __: Any, ___: Any, ____: str, given: Any) -> Any:
        logged.append(given.password)
        return AuthResult(success=given.password == b"open sesame", handled=False)

    key = tmp_path / "mail.key"
    key.touch(0o600)
    key.write_bytes(b"open sesame\n")
    trusted, context = certificate
    given = {"tls": "starttls", "user": "sayso", "password_file": str(key), "ca_file": str(trusted)}
    box = Box()
    with serve_mail(box, tls_context=context, require_starttls=True, authenticator=check, auth_required=True) as port:
        mail.send(make_message(), make_mail(port, **given))
        with pytest.raises(SinkError, match="certificate"):
            mail.send(make_message(), make_mail(port, **{**given, "ca_file": ""}))
        key.write_bytes(b"wrong")
        with pytest.raises(SinkError, match="535"):
            mail.send(make_message(), make_mail(port, **given))
    assert len(box.got) == 1 and set(logged) == {b"open sesame", b"wrong"}
    with serve_mail(Box()) as port, pytest.raises(SinkError, match="STARTTLS"):
        mail.send(make_message(), make_mail(port, **given))


@pytest.mark.parametrize(
    ("box", "said"),
    [(Box(data="554 after all \x1b[2J no"), "554 after all"), (Box(to="550 nobody here"), "550 nobody")],
)
def test_a_server_that_refuses_late_is_told(box: Box, said: str) -> None:
    with serve_mail(box) as port, pytest.raises(SinkError, match=said) as error:
        mail.send(make_message(), make_mail(port))
    assert "\x1b" not in str(error.value)


def test_servers_that_hang_or_are_not_there_are_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(SinkError, match="localhost"):
        port = silent.getsockname()[1]
        mail.send(make_message(), make_mail(port, timeout=0.3))
    with pytest.raises(SinkError, match="localhost"):
        mail.send(make_message(), make_mail(port, timeout=0.3))


def make_sink(name: str, send: Callable[[Any], None]) -> Any:
    class Made(Sink):
        def send(self, message: Any) -> None:
            send(message)

    return Made(name, "made", None)


def test_a_try_leaves_what_a_feed_shows() -> None:
    got: list[Any] = []
    known = [make_alert(2), make_alert(1)]
    assert try_out({"feed": make_sink("feed", got.append)}, NOW, known) == []
    assert [alert.kind for alert in got[0].alerts] == ["try"] and got[0].recent[1:] == tuple(known)
    (problem,) = try_out({"wrong": make_sink("wrong", lambda _: 1 / 0)}, NOW)
    assert "ZeroDivisionError" in problem.message


def test_a_hook_that_hangs_holds_up_no_other_and_is_tried_again(hook: str, secret: str) -> None:
    store, got = AlertStore(None), list[str]()
    sinks = {
        "hangs": Sink("hangs", "webhook", make_hook(f"{hook}/hangs", secret, timeout=30.0)),
        "quick": make_sink("quick", lambda message: got.append(message.id)),
        "wrong": make_sink("wrong", lambda _: 1 / 0),
    }
    store.keep([make_alert()], sinks, NOW, None)
    began = time.monotonic()
    problems = deliver(store, sinks, NOW, round_s=0.6)
    assert time.monotonic() - began < 5 and len(got) == 1
    assert {problem.input for problem in problems} == {"hangs", "wrong"}
    assert {one.sink: one.state for one in store.list_deliveries()} == {
        "hangs": "waiting", "quick": "sent", "wrong": "waiting",
    }  # fmt: skip
    sinks["hangs"] = Sink("hangs", "webhook", make_hook(f"{hook}/ok", secret))
    assert deliver(store, sinks, NOW) == []
    assert [problem.input for problem in deliver(store, sinks, NOW + FIRST_WAIT)] == ["wrong"]
    assert {one.sink: one.state for one in store.list_deliveries()}["hangs"] == "sent"
    assert len({headers["webhook-id"] for _, headers, _ in Hook.got}) == 1 and len(Hook.got) == 2
