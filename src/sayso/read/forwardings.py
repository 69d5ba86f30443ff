"""What a letter sends on or answers: the headers and words of the letter inside it, in the forms of mail programs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sayso.tables import load_toml

MAX_COVER = 600
"""Characters before a letter that is sent on; with more, the sender writes a report of their own."""
MAX_HEADERS = 20
"""Lines of a letter's headers."""
MAX_DEPTH = 6
"""Letters in letters in letters that are looked into."""
HEADERS = ("from", "date", "subject", "rest")
"""The kinds of headers that a letter keeps where it is sent on."""
_ANSWER = re.compile(
    r"^\s*(?:re|aw|sv|antw|rif|odp|vs|ynt|ref|отв|回复|答复|回覆)(?:\[\d{1,3}\])?\s?[:：]", re.IGNORECASE
)
_QUOTED = re.compile(r"^[ \t]{0,3}>[ \t]?", re.MULTILINE)
_SENDER = re.compile(r"^[\"'“]?(?P<name>[^\"<\[(]*?)[\"'”]?\s*[<\[(](?:mailto:)?(?P<address>[^<>\[\]()]*)[>\])]")
_AT = re.compile(r"^(?P<address>\S+(?:@| at )\S+)\s*\((?P<name>[^()]+)\)$")
# Yandex has one line in place of headers.
_LINE = re.compile(r"(?P<date>[\d.,: /-]{8,30}),\s*[\"“]?(?P<from>[^\"<”]{1,100})[\"”]?\s*<[^<>]{3,100}>:")
_STARTS = re.compile(r"^>?\s?(?:on|am|le|el|il|op|den|w dniu|dnia|em|в|\d)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Inner:
    """The letter that a letter sends on: who wrote it, when, what it is about, "" where that is not said, its words,
    and who had sent it on before."""

    text: str
    sender: str = ""
    date: str = ""
    subject: str = ""
    before: tuple[str, ...] = ()


def is_answer(subject: str) -> bool:
    """Whether a letter's subject says that it is an answer."""
    return bool(_ANSWER.match(subject))


def split_forwarded(text: str, *, answer: bool = False) -> tuple[Inner | None, str]:
    """The innermost letter that a letter only sends on, or none, and the text. Of an `answer`, that is the words above
    the letter that it answers."""
    found: Inner | None = None
    before: list[str] = []
    for _ in range(MAX_DEPTH):
        match = _compile_marks().search(text)
        if match and answer and found is None and text[: match.start()].strip():
            return None, text[: match.start()].rstrip()
        if not match or len(text[: match.start()]) > MAX_COVER:
            break
        below = text[match.end() :].lstrip("\n")
        if match[0].lstrip().startswith(">"):
            below = _QUOTED.sub("", below)
        inner = _read_inner(below)
        if inner is None:
            break
        before += [found.sender] if found and found.sender else []
        found, text = inner, inner.text
    return (Inner(text, found.sender, found.date, found.subject, tuple(before)), text) if found else (None, text)


def _read_inner(text: str) -> Inner | None:
    """The letter whose headers a text begins with; None where it begins with none or has nothing below them."""
    headers: dict[str, str] = {}
    lines = [line.strip().lstrip("*> ") for line in text.split("\n", MAX_HEADERS)[:MAX_HEADERS]]
    at, open_list = 0, False
    while at < len(lines):
        words = lines[at]
        match, alone = _compile_header().match(words), _LINE.fullmatch(words)
        if alone and not headers:
            headers = {"from": alone["from"].strip(), "date": alone["date"].strip()}
        elif match:
            kind = next(kind for kind in HEADERS if match[kind])
            headers.setdefault(kind, match["value"].strip("* \t"))
            open_list = kind == "rest" and words.endswith((",", ";"))
        elif words and open_list:
            open_list = words.endswith((",", ";"))
        # Where each header was a paragraph, blank lines stand between them.
        elif words or (headers and not any(_compile_header().match(line) for line in lines[at + 1 : at + 2])):
            break
        at += 1
    body = _drop_end("\n".join(text.split("\n")[at:]).strip())
    if not headers.get("from") or not body:
        return None
    filled = [line for line in body.split("\n") if line.strip()]
    if all(line.startswith(">") for line in filled):
        body = _QUOTED.sub("", body)
    return Inner(body, headers["from"], headers.get("date", ""), headers.get("subject", ""))


def _drop_end(body: str) -> str:
    """A letter without the line that says where the letter sent on ends."""
    ends = "|".join(map(re.escape, load_phrases("end")))
    return re.sub(rf"^[ \t>]*-{{2,}}[ \t]*(?:{ends})[ \t]*-{{2,}}[ \t]*$", "", body, flags=re.I | re.M).strip()


def split_sender(words: str) -> tuple[str, str]:
    """The name and the address of a sender, each "" where it is not said."""
    words = " ".join(words.split())
    if match := _AT.match(words) or _SENDER.match(words):
        return match["name"].strip(" \"'"), match["address"].strip().replace(" at ", "@")
    return ("", words) if "@" in words and " " not in words else (words, "")


def drop_quoted(text: str) -> str:
    """A letter without the lines of the letter that it answers (RFC 3676: those that begin with ">"), and without the
    line or two that say whose they are; the whole text where nothing else would be left."""
    lines = text.split("\n")
    dropped = {n for n, line in enumerate(lines) if line.startswith(">")}
    for n, line in enumerate(lines):
        quoted = any(below.startswith(">") for below in lines[n + 1 : n + 3])
        if n in dropped or not quoted or not line.rstrip().endswith((":", "：")):
            continue
        if _compile_wrote().search(line):
            dropped.add(n)
            if not _STARTS.match(line) and n and _STARTS.match(lines[n - 1]):
                dropped.add(n - 1)  # The line was too long for one.
    kept = [line for n, line in enumerate(lines) if n not in dropped]
    return "\n".join(kept) if any(line.strip() for line in kept) else text


@cache
def load_phrases(kind: str) -> tuple[str, ...]:
    """The phrases of one kind of the table, the longest first."""
    lines = load_toml("letters.toml")[kind].split("\n")
    return tuple(sorted((p.strip() for line in lines for p in line.split("|") if p.strip()), key=len, reverse=True))


def _names(*kinds: str) -> str:
    return "|".join(re.escape(phrase) for kind in kinds for phrase in load_phrases(kind))


@cache
def _compile_header() -> re.Pattern[str]:
    kinds = "|".join(f"(?P<{kind}>{_names(kind)})" for kind in HEADERS)
    return re.compile(rf"(?:{kinds})\*?[ \t]?[:：]\*?[ \t]*(?P<value>.{{0,500}})$", re.IGNORECASE)


@cache
def _compile_marks() -> re.Pattern[str]:
    words, start = _names("sent_on"), rf"\*?(?:{_names('from')})\*?[ \t]?[:：]"
    dated = rf"(?:{_names('date')})\*?[ \t]?[:：]"
    more = r"(?:[ \t][^\n]{1,150}?)?[ \t]*"
    return re.compile(
        rf"^[ \t>]*-{{2,}}[ \t]*(?:{words}){more}-{{2,}}[ \t]*$|^[ \t>]*(?:{words})[ \t]?:[ \t]*$"
        # Outlook draws a line, or none, above the headers of the letter below.
        rf"|^_{{8,}}[ \t]*\n(?={start})|^(?={start}.{{3,300}}\n\*?{dated}.{{3,300}}\n)",
        re.IGNORECASE | re.MULTILINE,
    )


@cache
def _compile_wrote() -> re.Pattern[str]:
    return re.compile(rf"(?:^|\W)(?:{_names('wrote')})(?:\W|$)", re.IGNORECASE)
