"""What servers do that mean to hold a reader up, or to break it: one function a kind, for `slow_servers.py`."""

from __future__ import annotations

import datetime
import gzip
import ipaddress
import itertools
import socket
import ssl
import struct
import tempfile
import threading
import time
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

Serve = Callable[[socket.socket, threading.Event], None]
"""Does something with a connection until it is told that all is over."""

PAUSE_S = 0.1
"""Seconds between two bytes: many to a limit, so that each of them would begin its wait anew."""
TEXT = "The harbour at Velsk was closed on Tuesday, its master, Irina Dolan, said. Forty boats lay at anchor."
PAGE = f"<html><head><title>Harbour closed</title></head><body><article><p>{TEXT}</p></article></body></html>".encode()
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of server: what it does with a connection; `deaf` if it accepts none, `nameless` if its name is not
    resolved."""

    serve: Serve
    scheme: str = "http"
    deaf: bool = False
    nameless: bool = False


def answer(body: bytes, head: bytes = OK) -> Serve:
    """An answer as it should be."""
    return send(head + b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body)


def send(words: bytes) -> Serve:
    """Some bytes at once, and the end."""

    def serve(caller: socket.socket, _: threading.Event) -> None:
        caller.recv(65_536)
        caller.sendall(words)

    return serve


def hold(words: bytes = b"") -> Serve:
    """Some bytes at once, then silence."""

    def serve(caller: socket.socket, done: threading.Event) -> None:
        caller.sendall(words)
        done.wait()

    return serve


def drip(before: bytes, after: bytes) -> Serve:
    """Some bytes at once, then others one at a time, without end."""

    def serve(caller: socket.socket, done: threading.Event) -> None:
        caller.sendall(before)
        for byte in itertools.cycle(after):
            caller.sendall(bytes([byte]))
            if done.wait(PAUSE_S):
                return

    return serve


def flood(before: bytes, after: Iterable[bytes]) -> Serve:
    """Some bytes, then others as fast as they go, without end."""

    def serve(caller: socket.socket, done: threading.Event) -> None:
        caller.sendall(before)
        for piece in after:
            caller.sendall(piece)
            if done.is_set():
                return

    return serve


def redirect(where: bytes, pause_s: float = 0.0) -> Serve:
    """An answer that leads elsewhere, after a while; `%d` in it is another number each time."""

    def serve(caller: socket.socket, done: threading.Event) -> None:
        caller.recv(65_536)
        done.wait(pause_s)
        to = where.replace(b"%d", b"%d" % time.monotonic_ns())
        caller.sendall(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\n" + to + b"\r\n")

    return serve


def reset(caller: socket.socket, _: threading.Event) -> None:
    """Half of a page, and the connection is reset."""
    caller.recv(65_536)
    caller.sendall(OK + b"Content-Length: 10000\r\n\r\n" + PAGE)
    caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def secure(after: bytes) -> Serve:
    """A handshake as it should be, then one record of TLS that comes a byte at a time."""

    def serve(caller: socket.socket, done: threading.Event) -> None:
        came, goes = ssl.MemoryBIO(), ssl.MemoryBIO()
        wrapped = make_contexts()[0].wrap_bio(came, goes, server_side=True)
        shaken = False
        while not shaken:
            try:
                wrapped.do_handshake()
                shaken = True
            except ssl.SSLWantReadError:
                caller.sendall(goes.read())
                came.write(caller.recv(65_536))
        caller.sendall(goes.read())
        wrapped.write(after)
        for byte in goes.read():
            caller.sendall(bytes([byte]))
            if done.wait(PAUSE_S):
                return

    return serve


@cache
def make_contexts() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context with a certificate of our own, and a client's that trusts it."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate = made.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "both.pem"
        path.write_bytes(certificate + secret)
        server.load_cert_chain(path)
    client.load_verify_locations(cadata=certificate.decode())
    return server, client


def resolve_slowly(host: str, port: int) -> list[str]:
    """A resolver that answers after half a minute."""
    time.sleep(30)
    return [host]


def deflate_bare(content: bytes) -> bytes:
    """What some servers call deflate: without zlib's wrapping."""
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


KINDS = {
    "the status line": Kind(drip(b"HTTP/1.1 200 ", b"O")),
    "no status line ever": Kind(drip(b"", b"H")),
    "the headers": Kind(drip(OK, b"X-Wait: 1\r\n")),
    "a header's value": Kind(drip(OK + b"X-Wait: ", b"1")),
    "the body": Kind(drip(OK + b"Content-Length: 100000\r\n\r\n", b"x")),
    "a body without a length": Kind(drip(OK + b"\r\n", b"x")),
    "sizes of chunks": Kind(drip(CHUNKED, b"0")),
    "chunks of one byte": Kind(drip(CHUNKED, b"1\r\nx\r\n")),
    "extensions of chunks": Kind(drip(CHUNKED + b"5;", b"wait=1;")),
    "trailers": Kind(drip(CHUNKED + b"1\r\nx\r\n0\r\n", b"X-Wait: 1\r\n")),
    "packed, a byte at a time": Kind(drip(OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(PAGE)[:-20], b"\0")),
    "deflate, a byte at a time": Kind(drip(OK + b"Content-Encoding: deflate\r\n\r\n", deflate_bare(PAGE * 999))),
    "100 Continue, slowly": Kind(drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n")),
    "100 Continue, fast": Kind(flood(b"", itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n" * 500))),
    "103 Early Hints": Kind(flood(b"", itertools.repeat(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 500))),
    "no connection is accepted": Kind(hold(), deaf=True),
    "silence": Kind(hold()),
    "silence after the headers": Kind(hold(OK + b"Content-Length: 1000\r\n\r\n")),
    "silence in the handshake": Kind(hold(), scheme="https"),
    "the handshake": Kind(drip(b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc", b"\x03"), scheme="https"),
    "no handshake but HTTP": Kind(answer(PAGE), scheme="https"),
    "a record of TLS": Kind(secure(OK + b"\r\n" + b"x" * 9_000), scheme="https"),
    "one huge header": Kind(send(OK + b"X-Long: " + b"a" * 9_000_000)),
    "a million headers": Kind(send(OK + b"X-Many: 1\r\n" * 1_000_000)),
    "headers without end": Kind(flood(OK, itertools.repeat(b"X-Many: 1\r\n" * 5_000))),
    "a long reason": Kind(send(b"HTTP/1.1 404 " + b"sorry " * 9_000 + b"\r\nContent-Length: 0\r\n\r\n")),
    "a body without end": Kind(flood(OK + b"\r\n", itertools.repeat(b"<p>more</p>" * 5_000))),
    "tiny chunks without end": Kind(flood(CHUNKED, itertools.repeat(b"1\r\nx\r\n" * 5_000))),
    "302 without Location": Kind(redirect(b"")),
    "302 to itself": Kind(redirect(b"Location: /\r\n")),
    "302 for ever, each late": Kind(redirect(b"Location: /%d\r\n", 0.4)),
    "302 into a private network": Kind(redirect(b"Location: http://169.254.169.254/latest\r\n")),
    "302 to a file": Kind(redirect(b"Location: file:///etc/passwd\r\n")),
    "302 with a name and password": Kind(redirect(b"Location: http://me:secret@10.0.0.1/\r\n")),
    "302 to a broken address": Kind(redirect(b"Location: http://[::1/\xff\r\n")),
    "deflate without its wrapping": Kind(answer(deflate_bare(PAGE), OK + b"Content-Encoding: deflate\r\n")),
    "a bomb in gzip": Kind(answer(gzip.compress(b"\0" * 200_000_000), OK + b"Content-Encoding: gzip\r\n")),
    "a bomb in Brotli": Kind(answer(b"\x5b\xff\xff\x5f" * 9, OK + b"Content-Encoding: br\r\n")),
    "less than the length": Kind(send(OK + b"Content-Length: 99999\r\n\r\n" + PAGE)),
    "more than the length": Kind(send(OK + b"Content-Length: 20\r\n\r\n" + PAGE)),
    "two lengths": Kind(send(OK + b"Content-Length: 5\r\nContent-Length: 9\r\n\r\n" + PAGE)),
    "a length below nothing": Kind(send(OK + b"Content-Length: -5\r\n\r\n" + PAGE)),
    "a chunk beyond all numbers": Kind(send(CHUNKED + b"F" * 18 + b"\r\n" + PAGE)),
    "reset in the body": Kind(reset),
    "junk after the page": Kind(send(OK + b"Content-Length: %d\r\n\r\n" % len(PAGE) + PAGE + b"\0junk" * 999)),
    "HTTP/0.9": Kind(send(PAGE)),
    "no HTTP at all": Kind(send(b"\xff\x00\x1b[2J" * 999)),
    "a name that is not resolved": Kind(answer(PAGE), nameless=True),
}
"""Each kind by what it is slow or wrong in."""
