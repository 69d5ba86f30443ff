"""Chats that a program saved as text, as WhatsApp does: a report a message, with its sender and its time.

Whether 05/03/2031 has the day first is decided for the whole chat: by a number over twelve, by the order of the
messages, else by the form that the program gives to dates in a land; where nothing tells, the words of the date are
kept and no day is made of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import PurePath

from sayso.read.day_orders import find_day_order, order_day
from sayso.read.encodings import decode_bytes
from sayso.read.reports import Content, Facts, make_report
from sayso.record import Problem, Report

MAX_MESSAGES = 200_000
_MARKS = "\u200e\u200f\u202a\u202c\ufeff"
_DAY = r"(?P<a>\d{1,4})[./-](?P<b>\d{1,2})[./-](?P<c>\d{2,4})"
_HOUR = r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d))?[\s\u202f]{0,2}(?P<half>[ap]\.?\s?m\.?)?"
_WHEN = rf"{_DAY}(?:,|\s(?:at|um|à|a las|às))?[\s\u202f]{{1,3}}{_HOUR}"
_MESSAGE = re.compile(
    rf"^[{_MARKS}]{{0,3}}(?:\[{_WHEN}\][{_MARKS}\s]{{1,4}}|{_WHEN.replace('?P<', '?P<n')}\s[-–]\s)(?P<words>.*)$",
    re.IGNORECASE,
)
_SENDER = re.compile(rf"^[{_MARKS}~\s]{{0,4}}(?P<sender>[^:\n]{{1,60}}):(?:[ \t]|$)(?P<words>.*)", re.DOTALL)
# What the program puts where a picture was, in angle brackets or with a word for "left out", and what it says of a
# message that is gone.
_NOTHING = re.compile(
    r"<[^<>]{3,200}>|null|(?:[\w/’'-]{1,40}\s){0,2}(?:omitted|ausgeschlossen|weggelassen|omis\w*|omess\w|omitid\w*|ocult\w*|absente?"
    r"|weggelaten|pominięt\w*|пропущен\w*|опущен\w*|приложен\w*|вилучен\w*|edilmedi)"
    r"|(?:this|you deleted this) message(?: was deleted)?\.?",
    re.IGNORECASE,
)
_SYSTEM = "\u200e"
"""What telephones of Apple put before the program's own words."""
_DAY_FIRST = re.compile(
    r"^\W{0,4}(?:\d\d?\.\d\d?\.\d\d|\d\d/\d\d/(?:\d{4},?\s\d\d:\d\d(?!.{0,12}[AP]M)|\d\d,.{4,12}[ap]m\b))"
)
_MONTH_FIRST = re.compile(r"^\W{0,4}(?!0)\d\d?/(?!0)\d\d?/\d\d,\s.{4,10}[AP]M\b")
_EDITED = re.compile(r"\s?<this message was edited>\s?$", re.IGNORECASE)
_NAME = re.compile(
    r"^(?:(?:conversa|discussion|czat|чат|conversación|chat)[ _-]+(?:do|de|di)?[ _-]*)?(?:whatsapp|signal|telegram)?"
    r"[ _-]*(?:chat|sohbeti)?(?:verlauf)?[ _-]*(?:with|mit|avec|com|con|met|с контактом|с|z|ile)?(?![^\W_])[ _-]*",
    re.IGNORECASE,
)
FEWEST = 2
"""Messages at the beginning of a text from which it is a chat."""


def is_chat(text: str) -> bool:
    """Whether a text begins as a saved chat does: with a message, and another among the lines after it."""
    lines = text.split("\n", 40)[:40]
    return bool(_MESSAGE.match(lines[0])) and sum(bool(_MESSAGE.match(line)) for line in lines) >= FEWEST


def read_chat(content: Content) -> Iterator[Report | Problem]:
    """The reports of a chat's messages; what the program says of the chat and pictures without words are left out."""
    text = decode_bytes(content.content, content.charset)
    if text is None:
        message = "not text in any known encoding; save the chat again as UTF-8"
        yield Problem(step="read_chat", input=content.name, message=message)
        return
    messages = list(split_messages(text))[:MAX_MESSAGES]
    # Messages stand in the order of time.
    order = find_day_order([_read_day(match) for match, _ in messages], rising=True)
    order = order or find_habit([match[0] for match, _ in messages[:FEWEST]])
    path = PurePath(content.name)
    # In the archive that a telephone sends, the archive has the chat's name.
    name = next(filter(None, (_NAME.sub("", stem).strip(" _-") for stem in (path.stem, path.parent.stem))), "")
    found = False
    for match, words in messages:
        said = _SENDER.match(words)
        body = _EDITED.sub("", said["words"]).strip(f" \n{_MARKS}") if said else ""
        system = said is not None and said["words"].lstrip().startswith(_SYSTEM)
        if said is None or not body or system or _NOTHING.fullmatch(body):
            continue
        found = True
        when = make_moment(match, order)
        sender = said["sender"].strip()
        facts = Facts(
            outlet=name or sender,
            author=sender,
            published=when.isoformat() if when else "",
            published_words=match[0].strip(_MARKS + "[ ").partition("]")[0].partition(" - ")[0],
        )
        yield make_report(body, facts, raw=content.sha256, retrieved=content.retrieved)
    if not found:
        message = "a chat without a message of words; save it again with its messages"
        yield Problem(step="read_chat", input=content.name, message=message)


def split_messages(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """The head of each message of a chat and its words, with the lines that go on below it."""
    head: re.Match[str] | None = None
    lines: list[str] = []
    for line in text.lstrip("\ufeff").split("\n"):
        line = line.rstrip("\r")
        if match := _MESSAGE.match(line):
            if head:
                yield head, "\n".join(lines)
            head, lines = match, [match["words"]]
        else:
            lines.append(line)
    if head:
        yield head, "\n".join(lines)


def find_habit(heads: list[str]) -> str:
    """How WhatsApp writes days where the form of its heads says from which land it is: with points, and with noughts
    before the figures and a whole year, the day stands first; with neither and AM or PM, the month; "" for others."""
    if heads and all(_DAY_FIRST.search(head) for head in heads):
        return "dmy"
    return "mdy" if heads and all(_MONTH_FIRST.search(head) for head in heads) else ""


def _read_day(head: re.Match[str]) -> tuple[int, int, int]:
    a, b, c = (int(_group(head, name)) for name in "abc")
    return a, b, c


def _group(head: re.Match[str], name: str) -> str:
    """A part of a message's head, whichever of the two forms it has."""
    return head[name] or head[f"n{name}"] or ""


def make_moment(head: re.Match[str], order: str) -> datetime | None:
    """The moment of a message, in UTC as no zone is given; None where its day is not known."""
    if not order:
        return None
    year, month, day = order_day(_read_day(head), order)
    hour, minute, second = (int(_group(head, name) or 0) for name in ("hour", "minute", "second"))
    half = _group(head, "half").lower()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
