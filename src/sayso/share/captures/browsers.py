"""The user's Chromium, asked by its own protocol (the Chrome DevTools Protocol) over a pipe, so that no port is open to
others on the machine.

It runs without a window, with a profile of its own that is thrown away, for a limited time, and is killed with all its
children at the end.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from select import select
from typing import Any

from sayso.errors import Error

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
APPS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
OPTIONS = (
    "--headless=new",
    "--remote-debugging-pipe",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--mute-audio",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--proxy-bypass-list=<-loopback>",
)
"""Nothing by itself, and nothing past the proxy: not even names of hosts are looked up by the browser."""
LARGEST_MESSAGE = 256 << 20
"""Bytes of one answer: a picture in Base64."""
CHUNK_BYTES = 1 << 20

KEPT = ("Page.loadEventFired", "Network.responseReceived")
"""The events that are kept: a page can make the browser tell of thousands of others."""
MOST_KEPT = 5000
STRANGE = "the browser does not answer as Chromium does"


class CaptureError(Error):
    """A picture cannot be taken. The message is one line: what is wrong."""


def find_browser() -> str:
    """The path of a Chromium or one of its kin. Raises `CaptureError` where there is none."""
    if sys.platform == "win32":
        raise CaptureError(
            "pictures of pages are not taken on Windows: use --capture on Linux or macOS, or leave it out"
        )
    for name in NAMES:
        if found := shutil.which(name):
            return found
    for app in APPS:
        if Path(app).is_file():
            return app
    raise CaptureError("no Chromium or Chrome is installed: install one, or leave out --capture")


@dataclass(slots=True)
class Browser:
    """A running browser: `call` asks it something, `wait_for` waits for what it tells by itself. Both raise
    `CaptureError` where it is not done by the `deadline`, in seconds of `tick`."""

    reading: int
    writing: int
    deadline: float
    tick: Callable[[], float]
    session: str = ""
    told: list[dict[str, Any]] = field(default_factory=list)
    _asked: int = 0
    _rest: bytearray = field(default_factory=bytearray)

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """What the browser answers to a command."""
        number = self.send(method, parameters)
        while True:
            message = self.receive(self.deadline)
            if message.get("id") == number:
                if "error" in message:
                    raise CaptureError(f"the browser refuses {method}: {message['error'].get('message', '')}")
                answer = message.get("result")
                if not isinstance(answer, dict):
                    raise CaptureError(STRANGE)
                return answer

    def send(self, method: str, parameters: dict[str, Any]) -> int:
        """Ask something, whose answer has the number that is given back."""
        self._asked += 1
        message = {"id": self._asked, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        try:
            os.write(self.writing, json.dumps(message).encode() + b"\0")
        except OSError:
            raise CaptureError("the browser has ended by itself") from None
        return self._asked

    def wait_for(self, event: str, until: float) -> bool:
        """Whether the browser tells of an event by then."""
        while not any(message["method"] == event for message in self.told):
            try:
                self.receive(min(until, self.deadline))
            except CaptureError:
                if self.tick() >= self.deadline or self.tick() < until:
                    raise
                return False
        return True

    def receive(self, until: float) -> dict[str, Any]:
        """The next message; events are kept in `told` where they matter, and boxes that a page opens are closed."""
        whole = b"\0" in self._rest
        while not whole:
            if not select([self.reading], [], [], max(0.0, until - self.tick()))[0]:
                raise CaptureError("the page or the browser does not come to an end in time")
            chunk = os.read(self.reading, CHUNK_BYTES)
            if not chunk:
                raise CaptureError("the browser has ended by itself")
            self._rest += chunk
            whole = b"\0" in chunk
            if len(self._rest) > LARGEST_MESSAGE:
                raise CaptureError("the picture is too large")
        words, _, rest = bytes(self._rest).partition(b"\0")
        self._rest = bytearray(rest)
        try:
            message = json.loads(words)
        except ValueError:
            message = None
        if not isinstance(message, dict):
            raise CaptureError(STRANGE)
        if message.get("method") in KEPT and len(self.told) < MOST_KEPT:
            self.told.append(message)
        if message.get("method") == "Page.javascriptDialogOpening":
            self.send("Page.handleJavaScriptDialog", {"accept": False})
        return message


@contextmanager
def run_browser(path: str, port: int, limit_s: float, tick: Callable[[], float] = time.monotonic) -> Iterator[Browser]:
    """A browser behind the proxy at a port of this machine, killed at the end. Raises `CaptureError`."""
    profile = tempfile.mkdtemp(prefix="sayso-browser-")
    theirs, writing = os.pipe()
    reading, back = os.pipe()

    def pass_pipes() -> None:
        """Give the browser its ends as the numbers that it looks for, 3 and 4."""
        one, other = os.dup(theirs), os.dup(back)
        os.dup2(one, 3)
        os.dup2(other, 4)

    options = [*OPTIONS, f"--user-data-dir={profile}", f"--proxy-server=socks5://127.0.0.1:{port}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--no-sandbox")  # Chromium has none for root.
    process = None
    try:
        process = subprocess.Popen(
            [path, *options, "about:blank"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=pass_pipes,
            close_fds=False,
            start_new_session=True,
        )
        for end in (theirs, back):
            os.close(end)
        yield Browser(reading, writing, tick() + limit_s, tick)
    except OSError as error:
        raise CaptureError(f"{path} cannot be run: {error.strerror or error}") from None
    finally:
        if process is not None:
            end_group(process)
        for end in (reading, writing):
            with suppress(OSError):
                os.close(end)
        shutil.rmtree(profile, ignore_errors=True)


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a process with all its children, and wait until it is gone."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()
