"""Asking a language model over HTTP: chat completions, as OpenAI defines them and llama.cpp, Ollama, vLLM and others
speak them (``POST /v1/chat/completions``).

One deadline holds for all of a call, its answer is bounded, no redirect is followed and no proxy of the environment
used. A server that is busy or fails is asked once more.
"""

from __future__ import annotations

import ipaddress
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from sayso.errors import Error
from sayso.record import MODEL

if TYPE_CHECKING:
    import httpx

LARGEST_ANSWER = 256 << 10
"""Bytes of an answer. What is asked for fits in a hundredth of that."""
PAUSE_SECONDS, LONGEST_PAUSE = 1.0, 10.0
"""How long a busy server is left alone where it does not say, and at most."""
TOO_MANY = 429
LONGEST_NAME = 80
"""Characters of a model's name as it signs."""


class AdviceError(Error):
    """A model that cannot be asked, or did not answer. The message is one line and never holds the key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where a model is asked: the address of its chat completions, its name there, and the key, which is shown
    nowhere."""

    address: str
    model: str
    key: str = field(default="", repr=False)

    @property
    def by(self) -> str:
        """How the model signs what it proposes."""
        return MODEL + self.model

    @property
    def host(self) -> str:
        """The host that is asked."""
        return urlsplit(self.address).hostname or ""

    @property
    def local(self) -> bool:
        """Whether that is this machine."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


class Message(msgspec.Struct):
    """What a model says; anything else in an answer, such as a wish to run tools, is not looked at."""

    content: str | None = None


class Choice(msgspec.Struct):
    """One of the answers."""

    message: Message


class Completion(msgspec.Struct):
    """The part of a chat completion that is used."""

    choices: list[Choice]


def make_endpoint(address: str, model: str, key: str = "") -> Endpoint:
    """The endpoint at a base address such as ``http://127.0.0.1:8080`` or ``https://example.org/v1``. Raises
    `AdviceError`, which says which setting to change."""
    try:
        parts = urlsplit(address)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        fits = False
    if not fits or not address.isprintable() or not address.isascii() or " " in address:
        raise AdviceError(
            f"{address!r} is no address of a model: set $SAYSO_MODEL_URL to one such as http://127.0.0.1:8080"
        )
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise AdviceError("the address of the model holds more than an address: set $SAYSO_MODEL_KEY to the key alone")
    name = model.strip()
    if not name or not name.isprintable() or len(name) > LONGEST_NAME:
        raise AdviceError(f"{model!r} is no name of a model: set $SAYSO_MODEL to the one that the server knows it by")
    if not key.isascii() or not key.isprintable() or " " in key:
        raise AdviceError("$SAYSO_MODEL_KEY holds what no key does: a blank, a line's end or a letter beyond ASCII")
    path = parts.path.rstrip("/").removesuffix("/chat/completions") or "/v1"
    return Endpoint(address=f"{parts.scheme}://{parts.netloc}{path}/chat/completions", model=name, key=key)


def ask_endpoint(endpoint: Endpoint, request: bytes, seconds: float) -> str:
    """The words of the model's answer to a request, "" where it gave none, within so many seconds. Raises
    `AdviceError`."""
    import httpx

    try:
        answer = exchange(endpoint, request, time.monotonic() + seconds)
    except httpx.TimeoutException:
        raise AdviceError(f"{endpoint.address}: no answer within {seconds:.3g} seconds") from None
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise AdviceError(f"{endpoint.address}: cannot be asked ({reason}); is the model's server running?") from None
    try:
        completion = msgspec.json.decode(answer, type=Completion)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise AdviceError(f"{endpoint.address}: what it answers is no chat completion; check the address") from None
    return (completion.choices[0].message.content or "") if completion.choices else ""


def exchange(endpoint: Endpoint, request: bytes, deadline: float) -> bytes:
    """Send a request, once more where the server is busy or fails, and give the body of the answer, by a deadline of
    the monotonic clock. Raises `AdviceError`, and what httpx raises."""
    import httpx

    from sayso.read.deadlines import DeadlineTransport

    def left() -> float:
        return deadline - time.monotonic()

    headers = {"content-type": "application/json", "accept": "application/json", "accept-encoding": "identity"}
    if endpoint.key:
        headers["authorization"] = f"Bearer {endpoint.key}"
    with httpx.Client(transport=DeadlineTransport(left), follow_redirects=False, timeout=None) as client:
        for tries_left in (1, 0):
            with client.stream("POST", endpoint.address, content=request, headers=headers) as response:
                if response.status_code == httpx.codes.OK:
                    return read_bounded(endpoint, response)
                busy = response.status_code == TOO_MANY or response.is_server_error
                if not busy or not tries_left:
                    raise AdviceError(f"{endpoint.address}: it answers {say_status(response)}")
                pause = read_pause(response.headers.get("retry-after", ""))
            time.sleep(max(0.0, min(pause, left())))
    raise AssertionError


def read_bounded(endpoint: Endpoint, response: httpx.Response) -> bytes:
    """The body of an answer. Raises `AdviceError` where it is packed or too large."""
    if response.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        raise AdviceError(f"{endpoint.address}: it packs its answer, which was not asked for")
    body = bytearray()
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > LARGEST_ANSWER:
            raise AdviceError(f"{endpoint.address}: its answer is larger than {LARGEST_ANSWER >> 10} KiB")
    return bytes(body)


def say_status(response: httpx.Response) -> str:
    """The status of an answer in words, with what to do where that is plain. The server's own words are not shown."""
    advice = {
        401: "check $SAYSO_MODEL_KEY",
        403: "check $SAYSO_MODEL_KEY",
        404: "check $SAYSO_MODEL_URL and $SAYSO_MODEL",
        TOO_MANY: "it is busy, or its limit is reached",
    }
    if response.is_redirect:
        return f"{response.status_code}, a redirect, which is not followed: set $SAYSO_MODEL_URL to where it leads"
    told = advice.get(response.status_code, "")
    return f"{response.status_code}{': ' + told if told else ''}"


def read_pause(retry_after: str) -> float:
    """Seconds to wait by a header Retry-After (RFC 9110, 10.2.3), within bounds; a date in it is not looked at."""
    told = retry_after.strip()
    return min(float(told), LONGEST_PAUSE) if told.isascii() and told.isdecimal() and len(told) < 9 else PAUSE_SECONDS
