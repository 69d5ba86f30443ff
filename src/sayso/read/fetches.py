"""Fetching a page over HTTP under bounds of time, size, redirects and network.

Every hop's host is resolved once, all its addresses are checked, and the connection is made to the first of the
checked addresses, so that a name that resolves differently the second time (DNS rebinding) leads nowhere. TLS still
verifies the host's name. Proxies of the environment are not used.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from sayso.read.addresses import Resolve, is_public, resolve_host
from sayso.read.openings import CHUNK_BYTES, Fetched, UnreadableError, join_chunks, unpack_chunks

if TYPE_CHECKING:
    import httpx

MAX_REDIRECTS = 10
CONNECT_TIMEOUT_S = 10.0
TOTAL_TIMEOUT_S = 60.0
_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; sayso/0.1)",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    # Only what can be unpacked under a bound with the standard library.
    "Accept-Encoding": "gzip, deflate",
}
_WINDOW_BITS = {"gzip": 31, "x-gzip": 31, "deflate": 15}


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
    import httpx

    deadline = tick() + total_timeout_s
    seen: set[str] = set()
    try:
        with httpx.Client(trust_env=False, follow_redirects=False, timeout=CONNECT_TIMEOUT_S) as client:
            for _ in range(MAX_REDIRECTS + 1):
                if url in seen:
                    break
                seen.add(url)
                request = _build_request(client, url, allow_private, resolve)
                response = client.send(request, stream=True)
                try:
                    if response.is_redirect:
                        url = str(httpx.URL(url).join(response.headers["location"]))
                        continue
                    return _read_response(response, url, max_bytes, deadline, tick)
                finally:
                    response.close()
    except httpx.InvalidURL as error:
        raise UnreadableError(f"not a valid web address ({error}); check it") from error
    except httpx.TimeoutException as error:
        raise UnreadableError(
            "the server does not answer in time; try again later or save the page to a file"
        ) from error
    except httpx.HTTPError as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise UnreadableError(f"cannot be fetched ({reason}); check the address and the network") from error
    except (ValueError, UnicodeError) as error:
        raise UnreadableError(f"not a valid web address ({error}); check it") from error
    raise UnreadableError("redirects without end; open it in a browser and save the page to a file")


def _build_request(client: httpx.Client, url: str, allow_private: bool, resolve: Resolve) -> httpx.Request:
    """A request to a checked address of the URL's host, under the host's own name."""
    import httpx

    target = httpx.URL(url)
    if target.scheme not in ("http", "https") or not target.host:
        raise UnreadableError(
            f"only http and https addresses are fetched, not {target.scheme or 'this'}:; save it to a file"
        )
    address = _choose_address(target, allow_private, resolve)
    host = target.netloc.decode("ascii").rpartition("@")[2]
    return client.build_request(
        "GET",
        target.copy_with(host=address),
        headers={**_HEADERS, "Host": host},
        extensions={"sni_hostname": target.raw_host.decode("ascii")},
    )


def _choose_address(target: httpx.URL, allow_private: bool, resolve: Resolve) -> str:
    try:
        addresses = resolve(target.host, target.port or (443 if target.scheme == "https" else 80))
    except (OSError, UnicodeError) as error:
        raise UnreadableError(f"the host {target.host} is not found; check the address and the network") from error
    private = [address for address in addresses if not is_public(address)]
    if private and not allow_private:
        raise UnreadableError(
            f"leads into a private network ({target.host} is {private[0]}); use --allow-private if it is meant"
        )
    if not addresses:
        raise UnreadableError(f"the host {target.host} is not found; check the address and the network")
    return addresses[0]


def _read_response(
    response: httpx.Response, url: str, max_bytes: int, deadline: float, tick: Callable[[], float]
) -> Fetched:
    if response.status_code != 200:
        reason = f"{response.status_code} {response.reason_phrase}".strip()
        raise UnreadableError(f"the server answers {reason}; check the address or save the page to a file")
    packing = response.headers.get("content-encoding", "").strip().lower()
    chunks = _read_raw(response, deadline, tick)
    if packing in _WINDOW_BITS:
        chunks = unpack_chunks(chunks, window_bits=_WINDOW_BITS[packing])
    elif packing not in ("", "identity"):
        raise UnreadableError(f"packed as {packing}, which was not asked for; save the page to a file")
    content = join_chunks(chunks, max_bytes)
    media_type = response.headers.get("content-type", "").split(";", 1)[0].strip()
    return Fetched(content=content, url=url, media_type=media_type, charset=response.charset_encoding or "")


def _read_raw(response: httpx.Response, deadline: float, tick: Callable[[], float]) -> Iterator[bytes]:
    for chunk in response.iter_raw(CHUNK_BYTES):
        if tick() > deadline:
            raise UnreadableError("the server sends too slowly; try again later or save the page to a file")
        yield chunk
