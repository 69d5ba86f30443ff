"""Alerts as a signed POST of JSON, after the Standard Webhooks specification (https://www.standardwebhooks.com).

The headers are ``webhook-id``, the same however often a message is sent, ``webhook-timestamp``, and
``webhook-signature``: ``v1,`` and the base64 of the HMAC-SHA256 of id, timestamp and body, joined by points, under the
secret. The host is resolved once and all its addresses are checked (see `sayso.read.fetches`), redirects are not
followed, and the answer's body is not read.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from base64 import b64decode, b64encode
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from sayso.read.addresses import Resolve, drop_userinfo, is_public, resolve_host, resolve_in_time
from sayso.watch.alerts.alerts import Message
from sayso.watch.alerts.sinks import SinkError, read_secret
from sayso.watch.alerts.wordings import form_message, write_json

if TYPE_CHECKING:
    import httpx

MOST_S = 30.0
"""Seconds that an answer may take."""
LONGEST_WAIT_S = 86_400.0
PREFIX = b"whsec_"
"""What a secret in base64 begins with; any other is taken as it is."""


class Options(msgspec.Struct, forbid_unknown_fields=True):
    """`url` is the address, `secret_file` holds the secret that signs, `timeout` is in seconds. Whoever writes this
    file may let it lead into a private network."""

    url: str
    secret_file: str
    timeout: float = 10.0
    allow_private: bool = False

    def __post_init__(self) -> None:
        """Refuse what is no address, or a time that is none."""
        import httpx

        try:
            parts = httpx.URL(self.url)
        except (httpx.InvalidURL, ValueError) as error:
            raise ValueError(f"{drop_userinfo(self.url)!r} is no web address ({error})") from None
        if parts.scheme not in ("http", "https") or not parts.host or not self.url.isprintable():
            raise ValueError(f"{self.shown!r} is no web address: it begins with https://")
        if not 0 < self.timeout <= MOST_S:
            raise ValueError(f"timeout is more than 0 and at most {MOST_S:g} seconds")

    @property
    def shown(self) -> str:
        """The address without a user's name and password."""
        return drop_userinfo(self.url)


def send(
    message: Message,
    options: Options,
    *,
    resolve: Resolve = resolve_host,
    clock: Callable[[], float] = time.time,
) -> None:
    """Post a message. Raises `SinkError` where it is not answered with a status of 200 to 299."""
    import httpx

    from sayso.read.deadlines import DeadlineTransport, make_deadline

    left = make_deadline(options.timeout)
    secret = read_secret(options.secret_file)
    body, moment = write_json(form_message(message)).encode(), int(clock())
    headers = {
        "content-type": "application/json",
        "user-agent": "sayso",
        "webhook-id": message.id,
        "webhook-timestamp": str(moment),
        "webhook-signature": sign(secret, message.id, moment, body),
    }
    try:
        with httpx.Client(transport=DeadlineTransport(left), follow_redirects=False, timeout=options.timeout) as client:
            request = build_request(client, options, body, headers, partial(resolve_in_time, resolve, seconds=left()))
            response = client.send(request, stream=True)
            response.close()
    except (httpx.TimeoutException, TimeoutError):
        raise SinkError(f"{options.shown}: it does not answer in {options.timeout:g} seconds") from None
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise SinkError(f"{options.shown}: it cannot be reached ({reason})") from None
    if response.is_redirect:
        raise SinkError(f"{options.shown}: it leads elsewhere: give the address that takes the alerts")
    if not response.is_success:
        raise SinkError(f"{options.shown}: it answers {response.status_code}", read_wait(response))


def sign(secret: bytes, id: str, moment: int, body: bytes) -> str:
    """The signature of a message."""
    key = secret
    if secret.startswith(PREFIX):
        try:
            key = b64decode(secret.removeprefix(PREFIX), validate=True)
        except ValueError:
            raise SinkError("the secret begins with whsec_ and is no base64 after it") from None
    signed = f"{id}.{moment}.".encode() + body
    return "v1," + b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode("ascii")


def build_request(
    client: httpx.Client, options: Options, body: bytes, headers: dict[str, str], resolve: Resolve
) -> httpx.Request:
    """A request to a checked address of the host, under the host's own name. Raises `SinkError`."""
    import httpx

    target = httpx.URL(options.url)
    try:
        addresses = resolve(target.host, target.port or (443 if target.scheme == "https" else 80))
    except TimeoutError:
        raise
    except (OSError, UnicodeError):
        addresses = []
    if not addresses:
        raise SinkError(f"{options.shown}: the host is not found")
    private = [address for address in addresses if not is_public(address)]
    if private and not options.allow_private:
        raise SinkError(f"{options.shown}: leads into a private network ({private[0]}): allow_private = true allows it")
    host = target.netloc.decode("ascii").rpartition("@")[2]
    return client.build_request(
        "POST",
        target.copy_with(host=addresses[0]),
        content=body,
        headers={**headers, "host": host},
        extensions={"sni_hostname": target.raw_host.decode("ascii")},
    )


def read_wait(response: httpx.Response) -> float:
    """For how many seconds the answer asks to be left alone (Retry-After, RFC 9110), where it says so in seconds."""
    words = response.headers.get("retry-after", "").strip()
    return min(float(words), LONGEST_WAIT_S) if words.isascii() and words.isdigit() and len(words) < 10 else 0.0
