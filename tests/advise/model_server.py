"""A server that speaks chat completions over real HTTP, and can lie."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

Say = Callable[[str, dict[str, Any]], Any]
"""What the model says to the name of a form and the data of a question."""


@dataclass
class ModelServer:
    """What the server says, by form and data, and what it was asked. `act` answers a request in any other way."""

    say: Say
    act: Callable[[BaseHTTPRequestHandler], None] | None = None
    address: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


def complete(words: str) -> bytes:
    """The body of a chat completion."""
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": words}}]}).encode()


def send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    """Answer with a body."""
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("content-length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def drip(handler: BaseHTTPRequestHandler) -> None:
    """Send a byte of a header now and then."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for _ in range(200):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.05)


def stream(handler: BaseHTTPRequestHandler) -> None:
    """Send a body that does not end."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b" " * 100)
        handler.wfile.flush()
        time.sleep(0.05)


@contextmanager
def serve_model(say: Say) -> Iterator[ModelServer]:
    """A server while it is needed."""
    state = ModelServer(say)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            state.asked.append(body)
            state.headers.append({name.lower(): value for name, value in self.headers.items()})
            try:
                if state.act is not None:
                    state.act(self)
                else:
                    form = body["response_format"]["json_schema"]["name"]
                    data = json.loads(body["messages"][1]["content"].rpartition("\n\n")[2])
                    said = state.say(form, data)
                    send(self, complete(said if isinstance(said, str) else json.dumps(said)))
            except (BrokenPipeError, ConnectionResetError):
                pass

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.address = f"http://127.0.0.1:{server.server_address[1]}"
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
