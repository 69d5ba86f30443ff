"""E-mail (RFC 5322), as newsletters and press offices send it: headers to facts, the body to text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sayso.read.cleanings import clean_line, clean_text
from sayso.read.encodings import decode_bytes
from sayso.read.pages import text_of_html
from sayso.read.reports import Content, Facts, make_report
from sayso.record import Problem, Report

if TYPE_CHECKING:
    from email.message import EmailMessage

MAX_NESTED = 50
"""Parts in parts of one letter; reading takes the square of them."""


def read_letter(content: Content) -> Iterator[Report | Problem]:
    """The report of a letter: its plain text, else its HTML; the outlet is the list or the sender's name."""
    if content.content.lower().count(b"multipart/") > MAX_NESTED:
        message = "a letter with too many letters inside it; save the one that matters and give that"
        yield Problem(step="read_letter", input=content.name, message=message)
        return
    from email import policy
    from email.parser import BytesParser
    from email.utils import parseaddr

    letter = BytesParser(policy=policy.default).parsebytes(content.content)
    text, links = _read_body(letter)
    if not text:
        message = "a letter without text; save its attachment and give that"
        yield Problem(step="read_letter", input=content.name, message=message)
        return
    name, address = parseaddr(_header(letter, "From"))
    facts = Facts(
        id=_header(letter, "Message-ID").strip("<>"),
        outlet=clean_line(name or address.rpartition("@")[2]),
        title=clean_line(_header(letter, "Subject")),
        published=_header(letter, "Date"),
        links=links,
    )
    yield make_report(text, facts, raw=content.sha256, retrieved=content.retrieved)


def _read_body(letter: EmailMessage) -> tuple[str, tuple[str, ...]]:
    for kind in ("plain", "html"):
        part = letter.get_body((kind,))
        if part is None:
            continue
        payload = part.get_payload(decode=True)
        text = decode_bytes(payload, part.get_content_charset() or "") if isinstance(payload, bytes) else None
        if text and text.strip():
            return (clean_text(text), ()) if kind == "plain" else text_of_html(text)
    return "", ()


def _header(letter: EmailMessage, name: str) -> str:
    try:
        return str(letter.get(name) or "")
    except Exception:  # The header parser of the standard library raises many kinds of errors on broken headers.
        return ""
