"""Fetching a page over HTTP under bounds of time, size, redirects and network.

Every hop's host is resolved once, all its addresses are checked, and the connection is made to the first of the
checked addresses, so that a name that resolves differently the second time (DNS rebinding) leads nowhere. TLS still
verifies the host's name. Proxies of the environment are not used.

A user's name and password in an address are told to its own server alone (RFC 7617), never to one that it redirects to,
and stand in nothing that is given back.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit

from sayso.read.addresses import Resolve, drop_userinfo, find_userinfo, is_public, resolve_host, resolve_in_time
from sayso.read.openings import CHUNK_BYTES, Fetched, UnreadableError, join_chunks, shorten, unpack_chunks

if TYPE_CHECKING:
    import httpx

MAX_REDIRECTS = 10
REDIRECTS = (301, 302, 303, 307, 308)
CONNECT_TIMEOUT_S = 10.0
TOTAL_TIMEOUT_S = 60.0
_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; sayso/0.1)",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    # Only what can be unpacked under a bound with the standard library.
    "Accept-Encoding": "gzip, deflate",
}
_GZIP = ("gzip", "x-gzip")
_SECRET = ("authorization",)
"""Headers of a request that are told to nobody else."""


ENDLESS = "redirects without end; open it in a browser and save the page to a file"
Headers = tuple[tuple[str, str], ...]
"""Names and values of HTTP headers, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered to one request: its status, headers and, of a page (200), its bytes, unpacked and
    (`packed`) as they came. `url` is the address after redirects; `sent` are the headers of the request."""

    url: str
    status: int
    reason: str
    sent: Headers
    headers: Headers
    content: bytes = b""
    packed: bytes = b""
    media_type: str = ""
    charset: str = ""

    def header(self, name: str) -> str:
        """The first value of a header, "" where there is none of the name."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


def fetch_url(
    url: str,
    *,
    max_bytes: int,
    allow_private: bool = False,
    resolve: Resolve = resolve_host,
    tick: Callable[[], float] = time.monotonic,
    total_timeout_s: float = TOTAL_TIMEOUT_S,
) -> Fetched:
    """What is at a URL; raises `UnreadableError` where it is down, refuses, redirects for ever, is too large or slow,
    or is in a private network that is not allowed."""
    answer = ask_url(
        url,
        max_bytes=max_bytes,
        allow_private=allow_private,
        resolve=resolve,
        tick=tick,
        total_timeout_s=total_timeout_s,
    )
    if answer.status != 200:
        raise UnreadableError(explain_status(answer))
    return Fetched(content=answer.content, url=answer.url, media_type=answer.media_type, charset=answer.charset)


def explain_status(answer: Answer) -> str:
    """What is said of an answer that is no page."""
    said = shorten(f"{answer.status} {answer.reason}")
    return f"the server answers {said}; check the address or save the page to a file"


def ask_url(
    url: str,
    *,
    max_bytes: int,
    headers: Mapping[str, str] | None = None,
    allow_private: bool = False,
    follow: bool = True,
    resolve: Resolve = resolve_host,
    tick: Callable[[], float] = time.monotonic,
    total_timeout_s: float = TOTAL_TIMEOUT_S,
) -> Answer:
    """The answer to a request with some headers of its own (RFC 9110, such as If-None-Match), of any status; redirects
    are followed, or without `follow` given back as they are (see `find_onward`). Raises `UnreadableError` as
    `fetch_url` does, but for a status."""
    import httpx

    from sayso.read.deadlines import DeadlineTransport, make_deadline

    left = make_deadline(total_timeout_s, tick)
    seen: set[str] = set()
    try:
        given, url = find_userinfo(url), drop_userinfo(url)
        asked = url
        transport = DeadlineTransport(left)
        with httpx.Client(transport=transport, follow_redirects=False, timeout=CONNECT_TIMEOUT_S) as client:
            for _ in range(MAX_REDIRECTS + 1):
                if url in seen:
                    break
                seen.add(url)
                target = httpx.URL(url)
                own = {"Authorization": tell_basic(*given)} if given and is_same_server(url, asked) else {}
                address = _choose_address(target, allow_private, resolve, left)
                request = _build_request(client, target, address, {**(headers or {}), **own})
                response = client.send(request, stream=True)
                try:
                    if follow and response.has_redirect_location:
                        url = drop_userinfo(str(target.join(response.headers["location"])))
                        continue
                    return _read_response(response, url, max_bytes)
                finally:
                    response.close()
    except (httpx.TimeoutException, TimeoutError) as error:
        raise UnreadableError(
            "the server does not answer in time, or too slowly; try again later or save the page to a file"
        ) from error
    except httpx.HTTPError as error:
        reason = shorten(str(error)) or type(error).__name__
        raise UnreadableError(f"cannot be fetched ({reason}); check the address and the network") from error
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise UnreadableError(f"not a valid web address ({shorten(str(error))}); check it") from error
    raise UnreadableError(ENDLESS)


def find_onward(answer: Answer, asked: str) -> str:
    """Where an answer leads on to (RFC 9110, 15.4), "" where it leads nowhere. The user's name and password in the
    address that was `asked` at first go along to its own server alone. Raises `UnreadableError` where that is no
    address."""
    import httpx

    location = answer.header("location")
    if answer.status not in REDIRECTS or not location:
        return ""
    try:
        return tell_own(asked, drop_userinfo(urljoin(answer.url, location)))
    except (httpx.InvalidURL, ValueError) as error:
        raise UnreadableError(f"leads to what is no web address ({shorten(str(error))}); check it") from error


def tell_own(asked: str, url: str) -> str:
    """An address with the user's name and password in another one, where both are of one server. Raises ValueError, and
    httpx's `InvalidURL`, for what is no address."""
    given = find_userinfo(asked)
    if given is None or not is_same_server(url, drop_userinfo(asked)):
        return url
    parts = urlsplit(url)
    return parts._replace(netloc=":".join(quote(word, safe="") for word in given) + f"@{parts.netloc}").geturl()


def _build_request(client: httpx.Client, target: httpx.URL, address: str, headers: Mapping[str, str]) -> httpx.Request:
    """A request to a checked address of the URL's host, under the host's own name."""
    return client.build_request(
        "GET",
        target.copy_with(host=address),
        headers={**_HEADERS, **headers, "Host": target.netloc.decode("ascii")},
        extensions={"sni_hostname": target.raw_host.decode("ascii")},
    )


def tell_basic(user: str, password: str) -> str:
    """What tells a server a user's name and password (RFC 7617)."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")


def is_same_server(one: str, other: str) -> bool:
    """Whether two addresses are of one server: scheme, host and port. Raises ValueError for what is no address."""
    import httpx

    first, second = httpx.URL(one), httpx.URL(other)
    return (first.scheme, first.host, first.port) == (second.scheme, second.host, second.port)


def _choose_address(target: httpx.URL, allow_private: bool, resolve: Resolve, left: Callable[[], float]) -> str:
    """The address of a URL's host that is asked. Raises `UnreadableError`, and `TimeoutError` by the deadline."""
    if target.scheme not in ("http", "https") or not target.host:
        scheme = shorten(target.scheme) or "this"
        raise UnreadableError(f"only http and https addresses are fetched, not {scheme}:; save it to a file")
    host = shorten(target.host)
    try:
        addresses = resolve_in_time(
            resolve, target.host, target.port or (443 if target.scheme == "https" else 80), left()
        )
    except TimeoutError:
        raise
    except (OSError, UnicodeError) as error:
        raise UnreadableError(f"the host {host} is not found; check the address and the network") from error
    private = [address for address in addresses if not is_public(address)]
    if private and not allow_private:
        raise UnreadableError(
            f"leads into a private network ({host} is {private[0]}); use --allow-private if it is meant"
        )
    if not addresses:
        raise UnreadableError(f"the host {host} is not found; check the address and the network")
    return addresses[0]


def _read_response(response: httpx.Response, url: str, max_bytes: int) -> Answer:
    """The answer, with the bytes of a page."""
    packed: list[bytes] = []
    content = b""
    if response.status_code == 200:
        packing = response.headers.get("content-encoding", "").strip().lower()
        chunks = _read_raw(response, packed, max_bytes)
        if packing == "deflate":
            chunks = unpack_deflate(chunks)
        elif packing in _GZIP:
            chunks = unpack_chunks(chunks)
        elif packing not in ("", "identity"):
            raise UnreadableError(f"packed as {shorten(packing)}, which was not asked for; save the page to a file")
        content = join_chunks(chunks, max_bytes)
    return Answer(
        url=url,
        status=response.status_code,
        reason=response.reason_phrase,
        sent=tuple(item for item in response.request.headers.multi_items() if item[0].lower() not in _SECRET),
        headers=tuple(response.headers.multi_items()),
        content=content,
        packed=b"".join(packed),
        media_type=response.headers.get("content-type", "").split(";", 1)[0].strip(),
        charset=response.charset_encoding or "",
    )


def unpack_deflate(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The unpacked bytes of what HTTP calls deflate: in a zlib stream (RFC 9110), or bare as some servers send it."""
    first = next((chunk for chunk in chunks if chunk), b"")
    wrapped = len(first) > 1 and first[0] & 0x0F == 8 and int.from_bytes(first[:2]) % 31 == 0
    return unpack_chunks(chain((first,), chunks), window_bits=15 if wrapped else -15) if first else iter(())


def _read_raw(response: httpx.Response, packed: list[bytes], max_bytes: int) -> Iterator[bytes]:
    """The bytes as they come, each chunk put into `packed` as well."""
    size = 0
    for chunk in response.iter_raw(CHUNK_BYTES):
        size += len(chunk)
        if size <= max_bytes + CHUNK_BYTES:  # What is longer is refused once it is unpacked, or of no use.
            packed.append(chunk)
        yield chunk
