"""Taking a picture of a page, and keeping it with the record of who took it, when and with what."""

from __future__ import annotations

import base64
import binascii
import hashlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.forms import to_json
from sayso.record import Problem, Raw
from sayso.share.captures.browsers import STRANGE, Browser, CaptureError, find_browser, run_browser
from sayso.share.captures.gateways import Gateway, serve
from sayso.share.captures.records import CAPTURE, COLLECTION, CapturedFile, CaptureRecord, CollectionRecord

if TYPE_CHECKING:
    from sayso.ledger import Ledger

WIDTH, HEIGHT, TALLEST = 1280, 900, 16_000
"""The window, in CSS pixels, and how much of a long page is in its picture: Chromium draws no more at once."""
LIMIT_S, LOAD_S, SETTLE_S = 60.0, 25.0, 0.5
"""Seconds for a picture in all, for the page to load, and for it to settle after that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """A picture of a page: `picture` is a PNG of its whole length, `page` the page with all that is in it (MHTML),
    empty where the browser gives none. `final` is the address that it ended at, `status` the server's, `tool` the
    browser with its version. `size` is that of the picture in CSS pixels; `complete` is False where the page is longer
    or was still loading. `refused` are hosts in private networks that the page wanted."""

    address: str
    final: str
    status: int
    tool: str
    size: tuple[int, int]
    complete: bool
    picture: bytes
    page: bytes
    refused: tuple[str, ...] = ()


Capture = Callable[[str], Captured]
"""From a web address to a picture; raises `CaptureError`."""


def capture_page(
    address: str, *, path: str = "", allow_private: bool = False, limit_s: float = LIMIT_S, load_s: float = LOAD_S
) -> Captured:
    """A picture of a page, by the browser at `path` (the user's, unless given). Raises `CaptureError` where there is no
    browser, or the page gives none in time."""
    gateway = Gateway(allow_private)
    try:
        # The proxy's thread begins after the browser has been forked off.
        with run_browser(path or find_browser(), gateway.port, limit_s) as browser, serve(gateway):
            return show_page(browser, gateway, address, load_s)
    except (KeyError, TypeError, ValueError) as error:
        raise CaptureError(f"{STRANGE} ({error!r})") from None
    finally:
        gateway.server_close()


def show_page(browser: Browser, gateway: Gateway, address: str, load_s: float) -> Captured:
    """Show a page in a running browser, and take its picture."""
    tool = str(browser.call("Browser.getVersion")["product"])
    open_page(browser)
    went = browser.call("Page.navigate", url=address)
    if went.get("errorText"):
        private = f" ({', '.join(sorted(gateway.refused))} is in a private network)" if gateway.refused else ""
        raise CaptureError(f"the browser cannot open it: {went['errorText']}{private}")
    loaded = browser.wait_for("Page.loadEventFired", browser.tick() + load_s)
    time.sleep(SETTLE_S)
    picture, size, whole = take_picture(browser)
    final, status = find_answer(browser, str(went["frameId"]))
    return Captured(
        address=address,
        final=final or address,
        status=status,
        tool=tool,
        size=size,
        complete=loaded and whole,
        picture=picture,
        page=save_page(browser),
        refused=tuple(sorted(gateway.refused)),
    )


def open_page(browser: Browser) -> None:
    """A page of the size of a usual window, which tells what it loads and takes nothing to the disk."""
    browser.call("Browser.setDownloadBehavior", behavior="deny")
    target = browser.call("Target.createTarget", url="about:blank")["targetId"]
    browser.session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    browser.call("Page.enable")
    browser.call("Network.enable")
    browser.call("Emulation.setDeviceMetricsOverride", width=WIDTH, height=HEIGHT, deviceScaleFactor=1, mobile=False)


def take_picture(browser: Browser) -> tuple[bytes, tuple[int, int], bool]:
    """The picture of a page from its top, its size, and whether that is all of it."""
    content = browser.call("Page.getLayoutMetrics")["cssContentSize"]
    width, height = max(1, min(int(content["width"]), 4 * WIDTH)), max(1, int(content["height"]))
    clip = {"x": 0, "y": 0, "width": width, "height": min(height, TALLEST), "scale": 1}
    answer = browser.call("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
    try:
        picture = base64.b64decode(answer["data"], validate=True)
    except (KeyError, binascii.Error):
        picture = b""
    if not picture.startswith(b"\x89PNG"):
        raise CaptureError("the browser gives no picture")
    return picture, (width, min(height, TALLEST)), height <= TALLEST


def save_page(browser: Browser) -> bytes:
    """The page with all that is in it, as MHTML; empty where the browser gives none."""
    try:
        return str(browser.call("Page.captureSnapshot", format="mhtml")["data"]).encode("utf8")
    except CaptureError:
        return b""


def find_answer(browser: Browser, frame: str) -> tuple[str, int]:
    """The address that the page was got from at last, and the server's status."""
    answers = [
        message["params"]["response"]
        for message in browser.told
        if message["method"] == "Network.responseReceived"
        and message["params"].get("type") == "Document"
        and message["params"].get("frameId") == frame
    ]
    return (str(answers[-1]["url"]), int(answers[-1]["status"])) if answers else ("", 0)


def keep_captures(
    ledger: Ledger, collected: Iterable[tuple[str, str]], *, by: str, tool: str, capture: Capture
) -> list[Problem]:
    """Take and keep a picture of each address that was `collected`, given with the hash of the bytes that were fetched
    there; sign who collected it with what. What cannot be taken is a problem, and the rest goes on."""
    problems = []
    for address, raw in collected:
        body = to_json(CollectionRecord(address=address, raw=raw, tool=tool))
        collection = ledger.assess(COLLECTION, body, by=by)
        try:
            keep_capture(ledger, capture(address), by=by, about=collection.id)
        except CaptureError as error:
            message = f"no picture was taken: {error}; the report is kept all the same"
            problems.append(Problem(step="keep_captures", input=address, message=message))
    return problems


def keep_capture(ledger: Ledger, captured: Captured, *, by: str, about: str) -> None:
    """Keep a picture as raws, and the record of it."""
    files = []
    parts = (("fullPage", "image/png", captured.picture), ("mhtml", "multipart/related", captured.page))
    for name, media_type, content in parts:
        if content:
            sha256 = hashlib.sha256(content).hexdigest()
            ledger.add_raw(Raw(sha256=sha256, content=content, name=captured.address, media_type=media_type))
            files.append(CapturedFile(name=name, sha256=sha256, media_type=media_type))
    record = CaptureRecord(
        address=captured.address,
        final=captured.final,
        status=captured.status,
        tool=captured.tool,
        viewport=(WIDTH, HEIGHT),
        size=captured.size,
        complete=captured.complete,
        refused=captured.refused,
        files=tuple(files),
    )
    ledger.assess(CAPTURE, to_json(record), by=by, about=about)
