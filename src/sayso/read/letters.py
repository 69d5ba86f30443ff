"""E-mail (RFC 5322), as newsletters and press offices send it: headers to facts, the body to text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.read.cleanings import clean_line, clean_text
from sayso.read.encodings import decode_bytes
from sayso.read.forwardings import MAX_COVER, drop_quoted, is_answer, split_forwarded, split_sender
from sayso.read.furniture import drop_furniture
from sayso.read.markup import parse_html, take_all, text_of_html
from sayso.read.pages import read_page
from sayso.read.reports import Content, Facts, make_report
from sayso.record import Problem, Remark, Report

if TYPE_CHECKING:
    from email.message import EmailMessage, Message

_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_FLOWING = re.compile(r"(?<!^--)[ ]\n(?!>|\s)", re.MULTILINE)
MAX_SIGNATURE = 15
"""Lines below the mark of a signature (RFC 3676)."""
MAX_LETTERS = 100_000
# The line before each letter, after a blank one or with a whole date of C and Unix in it.
_LETTER_START = re.compile(
    rb"(?:(?:\A|(?<=\n\n)|(?<=\n\r\n))From \S{1,200} [^\r\n]{10,90}"
    rb"|(?<=\n)From \S{1,200}(?: at \S{1,200})? +[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d [\d:]{5,8} [^\r\n]{4,14})\r?\n"
    rb"(?=[\w-]{1,60}: )"
)
_ESCAPED = re.compile(rb"^>(?=>{0,9}From )", re.MULTILINE)
MAX_NESTED = 50
"""Parts in parts of one letter; reading takes the square of them."""


def read_letter(content: Content) -> Iterator[Report | Problem | Remark]:
    """The report of a letter: its plain text, else its HTML; the outlet is the list or the sender's name."""
    lower = content.content.lower()
    if lower.count(b"multipart/") + lower.count(b"message/rfc822") > MAX_NESTED:
        message = "a letter with too many letters inside it; save the one that matters and give that"
        yield Problem(step="read_letter", input=content.name, message=message)
        return
    from email import policy
    from email.parser import BytesParser

    letter = BytesParser(policy=policy.default).parsebytes(content.content)
    if (address := _header(letter, "Snapshot-Content-Location")) or "saved by" in _header(letter, "From").lower():
        yield from _read_saved_page(letter, address, content)
        return
    text, links = _read_body(letter)
    inside, others = _list_attached(letter)
    if inside and len(text) <= MAX_COVER:
        # A letter that is sent on as a file: its own words are those of who wrote it.
        for number, part in enumerate(inside, start=1):
            yield from read_letter(replace(content, content=part, name=f"{content.name}:{number}"))
        return
    if others and text:
        message = f"attachments of a letter are left out ({', '.join(others[:5])}); save them and give them"
        yield Remark(step="read_letter", input=content.name, message=message)
    if not text:
        message = "a letter without text; save its attachment and give that"
        yield Problem(step="read_letter", input=content.name, message=message)
        return
    name, address = split_sender(_read_sender(letter))
    sender = name or address.rpartition("@")[2]
    inner, text = split_forwarded(text, answer=is_answer(_header(letter, "Subject")))
    # Who sent it on and when is kept beside the day of the letter itself.
    chain = (*inner.before[::-1], f"{sender}, {_header(letter, 'Date')}") if inner else ()
    writer, written = split_sender(inner.sender) if inner else (name, address)
    facts = Facts(
        id=_header(letter, "Message-ID").strip("<>"),
        outlet=clean_line(writer or written.rpartition("@")[2] or sender),
        title=clean_line((inner and inner.subject) or _header(letter, "Subject")),
        # Who only sent it on: the day on which that was done tells nothing of the report's.
        published=inner.date if inner else _header(letter, "Date"),
        published_words=clean_line("; ".join([inner.date, *(f"sent on by {one}" for one in chain)]) if inner else ""),
        links=links,
    )
    text = clean_text(drop_furniture(drop_signature(drop_quoted(text))))
    yield make_report(text, facts, raw=content.sha256, retrieved=content.retrieved)


def read_mailbox(content: Content) -> Iterator[Report | Problem | Remark]:
    """The reports of the letters in a mailbox (RFC 4155), where each begins with a line "From sender date" after a
    blank one."""
    starts = [match.start() for match in _LETTER_START.finditer(content.content)][:MAX_LETTERS]
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(content.content)], strict=True), start=1):
        letter = _ESCAPED.sub(b"", content.content[start:end].partition(b"\n")[2])
        yield from read_letter(replace(content, content=letter, name=f"{content.name}:{number}"))


def drop_signature(text: str) -> str:
    """A letter without the few lines below the mark of a signature."""
    marks = list(_SIGNATURE.finditer(text))
    if not marks or not text[: marks[-1].start()].strip():
        return text
    below = text[marks[-1].end() :].strip("\n").split("\n")
    return text[: marks[-1].start()].rstrip("\n") if len(below) <= MAX_SIGNATURE else text


def _read_saved_page(letter: EmailMessage, address: str, content: Content) -> Iterator[Report | Problem]:
    """The report of a page that a browser saved as an archive of its parts (MHTML, RFC 2557)."""
    for part in letter.walk():
        payload = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(payload, bytes):
            place = address or str(part.get("Content-Location") or "")
            url = content.url or (place if place.startswith(("http://", "https://")) else "")
            yield from read_page(replace(content, content=payload, url=url, charset=part.get_content_charset() or ""))
            return
    message = "a saved page without a text; save it again as HTML"
    yield Problem(step="read_letter", input=content.name, message=message)


def _read_body(letter: EmailMessage) -> tuple[str, tuple[str, ...]]:
    for kind in ("plain", "html"):
        part = letter.get_body((kind,))
        if part is None:
            continue
        payload = part.get_payload(decode=True)
        text = decode_bytes(payload, part.get_content_charset() or "") if isinstance(payload, bytes) else None
        if text and text.strip():
            if kind == "html":
                return text_of_html(mark_quoted(text))
            return clean_text(join_flowed(text, part)), ()
    return "", ()


def join_flowed(text: str, part: Message) -> str:
    """The text of a part whose lines go on where they end with a space (RFC 3676), each paragraph on one line."""
    if str(part.get_param("format") or "").lower() != "flowed":
        return text
    space = "" if str(part.get_param("delsp") or "").lower() == "yes" else " "
    return _FLOWING.sub(space, text.replace("\r\n", "\n"))


def mark_quoted(html: str) -> str:
    """A letter in HTML in which the lines of the letter that it answers begin with ">", as they do in plain text."""
    tree = parse_html(html) if "<blockquote" in html.lower() else None
    if tree is None:
        return html
    from lxml.etree import SubElement, tostring

    quotes = [e for e in tree.iter("blockquote") if e.get("type") == "cite" or "gmail_quote" in (e.get("class") or "")]
    for quote in quotes:
        if any(outer in quotes for outer in quote.iterancestors()):
            continue
        lines = take_all(quote, "")[0].split("\n")
        tail = quote.tail
        quote.clear()
        quote.tail = tail
        for line in filter(None, lines):
            SubElement(quote, "p").text = f"> {line}"
    return str(tostring(tree, encoding="unicode", method="html"))


def _list_attached(letter: EmailMessage) -> tuple[list[bytes], list[str]]:
    """The letters that are attached to a letter, and the names of what else is."""
    from email.message import Message

    letters, names = [], []
    for part in letter.iter_attachments() if letter.is_multipart() else ():
        if part.get_content_type() == "message/rfc822":
            inner: object = part.get_payload()
            some = inner if isinstance(inner, list) else []
            letters += [each.as_bytes() for each in some if isinstance(each, Message)]
        elif part.get_content_disposition() == "attachment" and (name := part.get_filename()):
            names.append(clean_line(name)[:80])
    return letters, names


def _read_sender(letter: EmailMessage) -> str:
    """Who a letter is from. Archives of lists write "ann at valley.example (Ann Orr)", of which the parser of addresses
    keeps half."""
    said = _header(letter, "From")
    raw = (str(value) for key, value in letter.raw_items() if key.lower() == "from") if " at " in said else iter(())
    return next(raw, said)


def _header(letter: EmailMessage, name: str) -> str:
    try:
        return str(letter.get(name) or "")
    except Exception:  # The header parser of the standard library raises many kinds of errors on broken headers.
        return ""
