"""Time stamps by an independent authority (RFC 3161): proof that a package existed, as it is, at a certain time.

What is stamped is the head of a package, whose SHA-256 is the root hash. The authority learns that hash and nothing
else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.errors import Error
from sayso.read.addresses import drop_userinfo

if TYPE_CHECKING:
    import httpx
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampRequest, TimeStampResponse

TIMEOUT_S = 30.0
LARGEST_STAMP, LARGEST_AUTHORITY = 1 << 20, 1 << 20
"""Bytes of an authority's answer, and of a file of certificates."""
INSTALL = "time stamps need one more package: pip install 'sayso[evidence]'"

Post = Callable[[str, bytes], bytes]
"""From the address of an authority and a query to its answer; raises `Error`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """What a time stamp says: when, and by which authority, as it calls itself; `vouched` where a certificate that the
    user trusts stands for it."""

    at: datetime
    authority: str
    vouched: bool


def ask_stamp(url: str, head: bytes, post: Post | None = None) -> bytes:
    """An authority's time stamp over a head, as it answered (DER). Raises `Error` where it gives none that fits."""
    try:
        from rfc3161_client import HashAlgorithm, TimestampRequestBuilder
    except ImportError:
        raise Error(INSTALL) from None
    query = TimestampRequestBuilder().data(head).hash_algorithm(HashAlgorithm.SHA256).build()
    answer = (post or post_query)(url, query.as_bytes())
    try:
        check_answer(decode(answer), head, query)
    except ValueError as error:
        raise Error(
            f"{drop_userinfo(url)}: no time stamp ({error}): ask another authority, or leave out --timestamp"
        ) from None
    return answer


def post_query(url: str, query: bytes) -> bytes:
    """Ask an authority over HTTP. Raises `Error`."""
    import httpx

    from sayso.read.deadlines import DeadlineTransport, make_deadline

    transport, shown = DeadlineTransport(make_deadline(TIMEOUT_S)), drop_userinfo(url)
    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    try:
        with (
            httpx.Client(transport=transport, timeout=TIMEOUT_S) as client,
            client.stream("POST", url, content=query, headers=headers) as response,
        ):
            answer = read_answer(response)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, UnicodeError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise Error(f"{shown}: no time stamp can be had ({reason}): check the address and the network") from None
    if response.status_code != 200:
        raise Error(f"{shown}: the authority answers {response.status_code}: check the address")
    return answer


def read_answer(response: httpx.Response) -> bytes:
    """An answer, no longer than a time stamp is. Raises ValueError where it is longer."""
    answer = b""
    for chunk in response.iter_bytes():
        answer += chunk
        if len(answer) > LARGEST_STAMP:
            raise ValueError("the answer is longer than a time stamp")
    return answer


def decode(stamp: bytes) -> TimeStampResponse:
    """A time stamp from its DER form. Raises ValueError."""
    from rfc3161_client import decode_timestamp_response

    try:
        return decode_timestamp_response(stamp)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # What the parser gives up on is not always an Exception.
        raise ValueError("it is no answer of a time stamp authority") from error


def check_answer(answer: TimeStampResponse, head: bytes, query: TimeStampRequest | None = None) -> None:
    """Raise ValueError where an answer grants nothing, or is over other bytes or to another query."""
    if answer.status not in (0, 1):
        raise ValueError(f"the authority refuses: {' '.join(answer.status_string) or f'status {answer.status}'}")
    if answer.tst_info.message_imprint.message != hashlib.sha256(head).digest():
        raise ValueError("it is over another root hash")
    if query is not None and answer.tst_info.nonce != query.nonce:
        raise ValueError("it answers another query")


def check_stamp(stamp: bytes, head: bytes, authority: Path | None = None) -> Stamped:
    """What a time stamp over a head says; with `authority`, a file of certificates (PEM), its signature is checked up
    to one of them. Raises `Error` where it does not hold, or cannot be checked."""
    try:
        import rfc3161_client
    except ImportError:
        raise Error(INSTALL) from None
    try:
        answer = decode(stamp)
        check_answer(answer, head)
        if authority is not None:
            builder = rfc3161_client.VerifierBuilder()
            for certificate in load_certificates(authority):
                root = certificate.issuer == certificate.subject
                builder = (builder.add_root_certificate if root else builder.add_intermediate_certificate)(certificate)
            builder.build().verify_message(answer, head)
    except (ValueError, rfc3161_client.VerificationError) as error:
        raise Error(f"its time stamp does not hold: {explain(error)}") from None
    info = answer.tst_info
    name = getattr(getattr(info.name, "value", None), "rfc4514_string", lambda: "")()
    return Stamped(at=info.gen_time, authority=name, vouched=authority is not None)


def load_certificates(path: Path) -> list[Certificate]:
    """The certificates of a file. Raises `Error`."""
    from cryptography import x509

    try:
        with path.open("rb") as file:
            return x509.load_pem_x509_certificates(file.read(LARGEST_AUTHORITY))
    except OSError as error:
        raise Error(f"{path}: {error.strerror or error}") from None
    except ValueError:
        raise Error(f"{path}: no certificate in PEM form: ask the authority for it") from None


def explain(error: Exception) -> str:
    """Why a time stamp does not hold, in a few words: libraries name whole stacks of reasons."""
    words = " ".join(str(error).split())
    return words.partition(": ErrorStack")[0][:200] or type(error).__name__
