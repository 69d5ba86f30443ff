"""The browser's way to the network leads to public addresses alone."""

import socket
import struct
import threading

import pytest

from sayso.share.captures.gateways import Gateway, serve


@pytest.fixture
def echo():
    """A server that says everything once more, and its port."""
    listening = socket.create_server(("127.0.0.1", 0))

    def answer():
        while True:
            try:
                one, _ = listening.accept()
            except OSError:
                return
            with one:
                while chunk := one.recv(100):
                    one.sendall(chunk)

    threading.Thread(target=answer, daemon=True).start()
    yield listening.getsockname()[1]
    listening.close()


def ask(gateway, host, port, kind=3, command=1):
    """A connection through the gateway and its reply."""
    passage = socket.create_connection(("127.0.0.1", gateway.port), 5)
    passage.sendall(b"\x05\x01\x00")
    assert passage.recv(2) == b"\x05\x00"
    where = {1: lambda: socket.inet_aton(host), 3: lambda: bytes([len(host)]) + host.encode()}.get(kind, lambda: b"")()
    passage.sendall(bytes([5, command, 0, kind]) + where + struct.pack("!H", port))
    return passage, passage.recv(10)[1]


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.8", "169.254.169.254", "::1", "fd00::1", "::ffff:10.0.0.1"])
def test_private_addresses_are_refused_however_they_are_named(address):
    with serve(Gateway(resolve=lambda host, port: [address])) as gateway:
        passage, reply = ask(gateway, "news.example", 80)
        passage.close()
        assert reply == 2 and gateway.refused == {"news.example"}


def test_one_private_address_among_public_ones_is_enough():
    with serve(Gateway(resolve=lambda host, port: ["93.184.215.14", "192.168.1.1"])) as gateway:
        passage, reply = ask(gateway, "news.example", 80)
        passage.close()
        assert reply == 2


def test_a_host_is_resolved_once_and_bytes_pass_both_ways(echo):
    asked = []

    def resolve(host, port):
        asked.append((host, port))
        return ["127.0.0.1"]

    with serve(Gateway(allow_private=True, resolve=resolve)) as gateway:
        passage, reply = ask(gateway, "news.example", echo)
        with passage:
            assert reply == 0
            passage.sendall(b"what is new?")
            assert passage.recv(100) == b"what is new?"
        assert asked == [("news.example", echo)]


def fail(host, port):
    raise OSError("no such host")


@pytest.mark.parametrize(
    ("resolve", "kind", "command", "reply"),
    [(fail, 3, 1, 4), (lambda h, p: ["127.0.0.1"], 3, 2, 7), (lambda h, p: ["127.0.0.1"], 9, 1, 7)],
)
def test_what_cannot_be_reached_or_is_not_offered_is_replied(resolve, kind, command, reply):
    with serve(Gateway(allow_private=True, resolve=resolve)) as gateway:
        passage, told = ask(gateway, "news.example", 1, kind, command)
        passage.close()
        assert told == reply


@pytest.mark.parametrize(
    "words", [b"", b"GET / HTTP/1.1\r\n\r\n", b"\x05\xff", b"\x05\x01\x00\x05\x01\x00\x03\x03\xff\xfe\xfd\0P"]
)
def test_bytes_that_are_no_request_end_that_connection_alone(words, echo):
    with serve(Gateway(allow_private=True, resolve=lambda h, p: ["127.0.0.1"])) as gateway:
        with socket.create_connection(("127.0.0.1", gateway.port), 5) as broken:
            broken.sendall(words)
        passage, reply = ask(gateway, "news.example", echo)
        passage.close()
        assert reply == 0
