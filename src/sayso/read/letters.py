"""E-mail (RFC 5322), as newsletters and press offices send it: headers to facts, the body to text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.read.cleanings import clean_line, clean_text
from sayso.read.encodings import decode_bytes
from sayso.read.furniture import drop_furniture
from sayso.read.markup import text_of_html
from sayso.read.pages import read_page
from sayso.read.reports import Content, Facts, make_report
from sayso.record import Problem, Remark, Report

if TYPE_CHECKING:
    from email.message import EmailMessage

MAX_COVER = 600
"""Characters before a letter that is sent on; with more, the sender writes a report of their own."""
_FORWARDED = re.compile(
    r"^[ \t>]*-{2,}[ \t]*(?:forwarded message|original message|weitergeleitete nachricht|ursprüngliche nachricht"
    r"|message transféré|message d'origine|mensaje reenviado|mensaje original|messaggio inoltrato|messaggio originale)"
    r"[ \t]*-{2,}[ \t]*$|^begin forwarded message:[ \t]*$"
    # Outlook draws a line, or none, above the headers of the letter below.
    r"|^_{8,}[ \t]*\n(?=\*?(?:from|von|de):)|^(?=\*?(?:from|von):.{3,300}\n\*?(?:sent|date|gesendet):.{3,300}\n)",
    re.IGNORECASE | re.MULTILINE,
)
_ANSWER = re.compile(r"^\s*(?:re|aw|sv|antw|rif|odp|vs|ynt)(?:\[\d{1,3}\])?\s?:", re.IGNORECASE)
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
MAX_SIGNATURE = 15
"""Lines below the mark of a signature (RFC 3676)."""
_INNER = re.compile(
    r"(?P<name>From|Date|Sent|To|Cc|Subject|Reply-To|Von|Gesendet|An|Betreff):\*?\s*(?P<value>.{0,500})$", re.IGNORECASE
)
_WROTE = re.compile(r"^>?\s?.{0,200}\b(?:wrote|schrieb|écrit|escribió|ha scritto)\b.{0,80}:\s*$", re.IGNORECASE)
_GERMAN = {"von": "from", "gesendet": "sent", "an": "to", "betreff": "subject"}
MAX_LETTERS = 100_000
_LETTER_START = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From \S{1,200} [^\r\n]{10,60}\r?\n(?=[\w-]{1,60}: )")
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
    from email.utils import parseaddr

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
    name, address = parseaddr(_header(letter, "From"))
    sent = {"From": name or address.rpartition("@")[2], "Date": _header(letter, "Date")}
    inner, text = split_forwarded(text, answer=bool(_ANSWER.match(_header(letter, "Subject"))))
    # Who sent it on and when is kept beside the day of the letter itself.
    words = (
        (inner.get("date") or inner.get("sent") or "", f"sent on by {sent['From']}, {sent['Date']}") if inner else ()
    )
    writer, sender = parseaddr(inner.get("from", ""))
    facts = Facts(
        id=_header(letter, "Message-ID").strip("<>"),
        outlet=clean_line(writer or sender.rpartition("@")[2] or sent["From"]),
        title=clean_line(inner.get("subject") or _header(letter, "Subject")),
        # Who only sent it on: the day on which that was done tells nothing of the report's.
        published=(inner.get("date") or inner.get("sent") or "") if inner else sent["Date"],
        published_words=clean_line("; ".join(filter(None, words))),
        links=links,
    )
    text = clean_text(drop_furniture(drop_signature(drop_quoted(text))))
    yield make_report(text, facts, raw=content.sha256, retrieved=content.retrieved)


def read_mailbox(content: Content) -> Iterator[Report | Problem | Remark]:
    """The reports of the letters in a mailbox (RFC 4155), where each begins with a line "From sender date" after a
    blank one."""
    starts = [match.start() for match in _LETTER_START.finditer(content.content)][:MAX_LETTERS]
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(content.content)], strict=True), start=1):
        letter = content.content[start:end].partition(b"\n")[2]
        yield from read_letter(replace(content, content=letter, name=f"{content.name}:{number}"))


def split_forwarded(text: str, *, answer: bool = False) -> tuple[dict[str, str], str]:
    """The headers and the body of the letter that a letter only sends on, or nothing and the text as it is. Of an
    `answer`, the words above the letter that it answers."""
    match = _FORWARDED.search(text)
    if match and answer and text[: match.start()].strip():
        return {}, text[: match.start()].rstrip()
    if not match or len(text[: match.start()]) > MAX_COVER:
        return {}, text
    headers: dict[str, str] = {}
    lines = text[match.end() :].lstrip("\n").split("\n")
    for number, line in enumerate(lines[:20]):
        found = _INNER.match(line.strip().lstrip("*> "))
        if not found:
            body = "\n".join(lines[number:]).strip()
            return (headers, body) if "from" in headers and body else ({}, text)
        name = found["name"].lower()
        headers.setdefault(_GERMAN.get(name, name), found["value"].strip("* "))
    return {}, text


def drop_signature(text: str) -> str:
    """A letter without the few lines below the mark of a signature."""
    marks = list(_SIGNATURE.finditer(text))
    if not marks or not text[: marks[-1].start()].strip():
        return text
    below = text[marks[-1].end() :].strip("\n").split("\n")
    return text[: marks[-1].start()].rstrip("\n") if len(below) <= MAX_SIGNATURE else text


def drop_quoted(text: str) -> str:
    """A letter without the lines of the letter that it answers (RFC 3676: those that begin with ">"), and without the
    line that says whose they are; the whole text where nothing else would be left."""
    lines = text.split("\n")
    kept = [
        line
        for n, line in enumerate(lines)
        if not line.startswith(">")
        and not (_WROTE.search(line) and any(x.startswith(">") for x in lines[n + 1 : n + 3]))
    ]
    return "\n".join(kept) if any(line.strip() for line in kept) else text


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
            return (clean_text(text), ()) if kind == "plain" else text_of_html(text)
    return "", ()


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


def _header(letter: EmailMessage, name: str) -> str:
    try:
        return str(letter.get(name) or "")
    except Exception:  # The header parser of the standard library raises many kinds of errors on broken headers.
        return ""
