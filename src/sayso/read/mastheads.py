"""What a text calls its outlet, where nothing beside the text does: its masthead, its letterhead, its file's name.

A name is taken from the top of a text only where its shape and what stands around it say that it is one: it ends as
outlets' names do, or is that of a body, or is set in letters with spaces between them, and a title or a date follows.
A wrong masthead is worse than none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import PurePath
from urllib.parse import unquote

from sayso.read.dates import parse_published
from sayso.record import Span
from sayso.tables import load_toml
from sayso.who.outlets import find_outlet, is_masthead, load_mastheads

TOP_LINES = 6
"""Lines with words at the start of a text among which its masthead may be."""
TOP_CHARACTERS = 3_000
MAX_LINE = 110
"""Characters from which a line is no masthead and no title but the text's own."""
MAX_NAME_WORDS = 7
MAX_FILE_NAME = 60
"""Characters of a name that is made of a file's."""

_LINE = re.compile(r"[^\r\n]+")
_MARKUP = re.compile(r"^[\s#>*_=~|+-]+|[\s#*_=~|+-]+$")
_SPACED = re.compile(r"(?:[^\W\d_][ \u00a0\u2009]){2,}[^\W\d_](?![^\W_])")
_CUT = re.compile(r"\s+[|•·—–-]+\s+|\s*[|•·—–]\s*|\t+|\s{3,}|:\s|[,(]\s?(?=\D{0,24}\d)|\s(?=\d)")
_WORD = re.compile(r"[^\W\d_](?:[\w.&'’-]*\w)?\.?|&")
_COPYRIGHT = re.compile(
    r"^\W{0,3}(?:©|\(c\)\s|copyright\b)[\s©,]*(?:\d{4}(?:\s?[-–]\s?\d{2,4})?,?\s+)?(?:by\s+)?"
    r"(?P<name>[^\d\s,.|•·–][^\n,.|•·–]{1,60}?)(?:,?\s+\d{4})?\s*(?:[.,|•·–].*)?$",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"(?:outlet|publisher|publication|newspaper|published by|published in)\s?:\s*(?P<name>.+)", re.I)
_SAVED = re.compile(
    r"(?:saved from|saved at|copied from|archived from|downloaded from|retrieved from|from|source|url|link|address)"
    r"(?: url)?\s?:?\s*<?(?P<url>https?://[^\s<>\"]{4,2000})>?\.?",
    re.IGNORECASE,
)
_ENDS = (".", "!", "?", "…", ":", ";", ",", '"', "”", "»")
_HASH = re.compile(r"(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{6,}|\d+|v\d+|[0-9a-z]{20,}", re.IGNORECASE)
_FILE_DATE = re.compile(
    r"(?<!\d)(?:19|20)\d{2}[-_. ]?[01]\d[-_. ]?[0-3]\d(?:[T_ -]?[0-2]\d[-_. :h]?[0-5]\d(?:[-_. :]?[0-5]\d)?)?Z?(?!\d)"
)
_FILE_SUFFIX = re.compile(r"(?:\s?\(\d{1,2}\))?(?:\.[A-Za-z][A-Za-z0-9]{1,8})?$")


@dataclass(frozen=True, slots=True)
class TopLine:
    """A line at the top of a text: where it lies, its words without marks of markup or spaces between their letters,
    and whether it was set with such spaces."""

    span: Span
    words: str
    spaced: bool


def find_masthead(text: str, hints: str = "") -> tuple[str, Span | None]:
    """The name of the outlet as a text gives it, and where it stands; ("", None) where it gives none.

    `hints` are the words of the text's address and of its file's name: a line at the top that has no words but those
    is the outlet's as well.
    """
    lines = list_top_lines(text)
    for n, line in enumerate(lines[:3]):
        labelled = _LABELLED.fullmatch(line.words)
        if labelled and is_name(labelled["name"].strip()):
            return trim_name(labelled["name"]), line.span
        name, rest = split_line(line.words)
        if line.spaced and " " not in name:
            name = part_words(name, text, line.span)
        if not is_name(name) or is_label(name):
            continue
        if is_sure(name, rest, line, lines[n + 1 :], hints, first=n == 0):
            return restore_capitals(name, text, line.span), line.span
    return find_copyright(text, hints)


def list_top_lines(text: str) -> list[TopLine]:
    """The first lines with words of a text, up to the first that is as long as a paragraph."""
    found = []
    for match in islice(_LINE.finditer(text, 0, TOP_CHARACTERS), 4 * TOP_LINES):
        if len(match[0]) > 3 * MAX_LINE:
            break
        line = _MARKUP.sub("", match[0])
        words, spaced = join_letters(line)
        if len(words) > MAX_LINE:
            break
        if words:
            found.append(TopLine(match.span(), words, spaced))
    return found[:TOP_LINES]


def join_letters(line: str) -> tuple[str, bool]:
    """A line in which "T H E   L E D G E R" is written "THE LEDGER", and whether it had such words. Letters are apart
    by one space, words by more, or by one where the line has no wider gap."""
    letters = re.findall(r"\S+", line)
    single = sum(len(letter) == 1 for letter in letters)
    if single < 4 or single < 0.8 * len(letters):
        return line.strip(), False
    joined = _SPACED.sub(lambda match: re.sub(r"\s", "", match[0]), line)
    return re.sub(r"\s{2,}", " ", joined).strip(), True


def part_words(name: str, text: str, span: Span) -> str:
    """The words of a name whose letters are all one space apart, so that its words are not: as the text writes it
    elsewhere, else with its article and its last word apart where those are an outlet's ("THE VALLEY COURIER")."""
    pattern = re.compile(r"(?<!\w)" + r"\s?".join(map(re.escape, name[:60])) + r"(?!\w)", re.IGNORECASE)
    elsewhere = (m[0] for m in islice(pattern.finditer(text[: 50 * TOP_CHARACTERS]), 20) if m.start() != span[0])
    if written := next((words for words in elsewhere if not words.isupper() and is_name(words)), ""):
        return " ".join(written.split())
    last = max((w for w in load_mastheads() if name.casefold().endswith(w.casefold())), key=len, default="")
    begin = name[: len(name) - len(last)] if len(last) > 3 else ""
    article = "THE" if begin.casefold().startswith("the") and len(begin) > 5 else ""
    between = begin[len(article) :]
    return " ".join(filter(None, (article, between, name[len(begin) :]))) if 2 < len(between) < 14 else name


def split_line(words: str) -> tuple[str, str]:
    """The name that a line begins with, and the rest of it: a date, a number, a section."""
    cut = _CUT.search(words)
    name, rest = (words[: cut.start()], words[cut.end() :]) if cut else (words, "")
    return trim_name(name), rest.strip()


def trim_name(words: str) -> str:
    """A name without quotation marks, stops and brackets around it, on one line."""
    return " ".join(words.split()).strip(" \t\"'“”„«»()[]<>*_,;:").removesuffix("®").removesuffix("™").strip()[:100]


def is_name(words: str) -> bool:
    """Whether words are written as a name is: a few, each with a capital or a joiner between such."""
    parts = words.split()
    if not 0 < len(parts) <= MAX_NAME_WORDS + 1 or words.endswith(_ENDS):
        return False
    joiners = load_words("joiners")
    return (
        all(_WORD.fullmatch(part) for part in parts)
        and all(part[0].isupper() or part.casefold() in joiners or not part[0].islower() for part in parts)
        and parts[-1].casefold() not in joiners
        and any(len(part) > 1 for part in parts)
    )


def is_label(words: str) -> bool:
    """Whether words only say what kind of text this is: "Breaking news", "Press release"."""
    labels = load_words("labels")
    return all(part.casefold().strip(".,:") in labels | load_words("joiners") for part in words.split())


def is_sure(name: str, rest: str, line: TopLine, below: list[TopLine], hints: str, *, first: bool) -> bool:
    """Whether a name at the top of a text is its outlet's, by the name itself and by what follows it."""
    if not below and not rest:
        return False
    titled = bool(below) and is_title(below[0].words) and len(below[0].words) > len(name) // 2
    dated = is_dated(rest) or bool(below and is_dated(below[0].words) and len(below) > 1)
    known = find_outlet(title_words(name)) if name.casefold() not in load_day_words() else None
    if known and known.kind != "platform":
        return first or (known.kind != "wire" and dated)
    words = name.split()
    article = words[0].casefold() == "the"
    if is_masthead(title_words(name)):
        return is_dated(rest) or line.spaced or is_label_line(rest) or ((titled or dated) and len(words) - article <= 3)
    if is_body(name):
        labelled = bool(below) and is_label_line(below[0].words)
        of = len(words) > 2 or words[0].casefold() in load_words("firsts")
        return is_dated(rest) or line.spaced or is_label_line(rest) or labelled or (of and (titled or dated))
    if line.spaced or is_dated(rest):
        return article and len(words) > 2 and (line.spaced or titled)
    return (titled or dated) and first and len(words) > 1 and is_hinted(name, hints)


def is_title(words: str) -> bool:
    """Whether a line may be a title: some words, more than two, that are no date, label or name of an author."""
    plain = words.split()
    return (
        len(plain) > 2 and not words.endswith((".", ":", ",")) and not is_dated(words) and plain[0].casefold() != "by"
    )


def is_dated(words: str) -> bool:
    """Whether words name a day and little besides."""
    return len(words) <= 80 and not words.isdigit() and parse_published(words) is not None


def is_label_line(words: str) -> bool:
    """Whether a line begins with what kind of text this is ("PRESS OFFICE", "Situation report No. 4")."""
    parts = [part.casefold().strip(".,:") for part in words.split()[:3]]
    return bool(parts) and sum(part in load_words("labels") for part in parts) >= len(parts) / 2


def is_body(name: str) -> bool:
    """Whether a name is that of a ministry, an authority, a company: such a word ends it, or has "of" after it."""
    words = [word.casefold().strip(".,") for word in name.split()]
    bodies, joiners = load_words("bodies"), load_words("joiners")
    if len(words) < 2:
        return False
    if words[0] in load_words("firsts"):
        return len(words) <= 5
    last = max((n for n, word in enumerate(words) if word in bodies), default=-1)
    if last == len(words) - 1:
        return sum(word in bodies for word in words) == 1 or any(word in joiners for word in words[1:])
    # "Ministry of Transport", but not "Ministry of Transport Denies Report".
    after = [word for word in words[last + 2 :] if word not in joiners]
    paired = len(after) <= 2 or any(word in joiners for word in words[last + 2 :])
    return last >= 0 and words[last + 1] in joiners and 0 < len(after) <= 4 and paired


def is_hinted(name: str, hints: str) -> bool:
    """Whether the address or the file's name has all words of a name."""
    squeezed = squeeze(hints)
    words = [squeeze(word) for word in name.split() if word.casefold() not in load_words("joiners")]
    return bool(words) and sum(map(len, words)) > 5 and "".join(words) in squeezed


def squeeze(words: str) -> str:
    """The letters and digits of words alone, in small letters."""
    return re.sub(r"[\W_]+", "", words.casefold())


def find_copyright(text: str, hints: str) -> tuple[str, Span | None]:
    """The name in the line at the end of a text that reserves its rights, where it is an outlet's or a body's or stands
    on a line at the top as well, and where it stands there."""
    start = max(0, len(text) - TOP_CHARACTERS)
    top = {squeeze(split_line(line.words)[0]): line.span for line in reversed(list_top_lines(text)[:3])}
    for line in list(_LINE.finditer(text, start))[-TOP_LINES:]:
        if len(line[0]) > 3 * MAX_LINE:
            continue
        name = match_copyright(line[0])
        span = top.get(squeeze(name)) if name else None
        known = find_outlet(name) or is_masthead(title_words(name)) or is_hinted(name, hints)
        if is_name(name) and (known or (span and len(name.split()) > 1)):
            return name, span
    return "", None


def match_copyright(line: str) -> str:
    """Whose rights a line reserves ("© 2031 Harbour Post"); "" for other lines."""
    match = _COPYRIGHT.match(line.strip())
    return trim_name(match["name"]) if match else ""


def find_day(text: str, masthead: Span | None) -> str:
    """The day that the masthead of a text has beside its name, or a line at its top that has nothing but a day; ""
    without one."""
    lines = list_top_lines(text)
    words = (split_line(line.words)[1] if line.span == masthead else name_day(line.words) for line in lines)
    return next((day for day in words if day and is_dated(day)), "")


def name_day(words: str) -> str:
    """A line that has nothing but a day and its hour, as it is; "" for any other."""
    if not is_dated(words):
        return ""
    plain = re.sub(r"[^\W\d_]+", lambda word: "" if word[0].casefold() in load_day_words() else word[0], words)
    return "" if re.search(r"[^\W\d_]{2}", plain) else words


def list_head_lines(text: str) -> list[Span]:
    """The lines at the top of a text that name its outlet or its day, and report nothing."""
    masthead = find_masthead(text)[1]
    return [line.span for line in list_top_lines(text) if line.span == masthead or name_day(line.words)]


def find_saved_address(text: str) -> str:
    """The address that a line of its own, at the top or end of a text, says it was saved from; "" without one."""
    top = [line.words for line in list_top_lines(text)]
    start = max(0, len(text) - TOP_CHARACTERS)
    end = [line[0].strip() for line in _LINE.finditer(text, start)][-2:]
    matches = (_SAVED.fullmatch(line) for line in (*top, *end) if len(line) <= 2_100)
    return next((match["url"] for match in matches if match), "")


def restore_capitals(name: str, text: str, span: Span) -> str:
    """A name in capitals as the text writes it elsewhere, else with one capital a word; others as they are."""
    if known := find_outlet(title_words(name)):
        return known.name if name.isupper() else name
    if not name.isupper():
        return name
    pattern = re.compile(r"\b" + r"\s+".join(map(re.escape, name.split())) + r"\b", re.IGNORECASE)
    elsewhere = (m[0] for m in islice(pattern.finditer(text[: 50 * TOP_CHARACTERS]), 20) if m.start() != span[0])
    written = next((words for words in elsewhere if not words.isupper() and is_name(words)), "")
    return " ".join(written.split()) or title_words(name)


def title_words(name: str) -> str:
    """A name in capitals with one capital a word; joiners are small, and words without vowels, or of two letters, stay
    as they are ("BBC", "UN"). A name in other letters stays."""
    if not name.isupper():
        return name
    joiners, mastheads = load_words("joiners"), load_mastheads()
    words = []
    for n, word in enumerate(name.split()):
        if n and word.casefold() in joiners:
            words.append(word.lower())
        elif word in mastheads or (word.isascii() and len(word) <= 5 and not set(word) & set("AEIOUY")) or "." in word:
            words.append(word)
        else:
            words.append("-".join(part.capitalize() for part in word.split("-")))
    return " ".join(words)


def name_file(path: str) -> str:
    """A name made of a file's ("03-harbour-ledger-live.txt" is "Harbour ledger live"): without the number before it,
    its date and its suffixes. "" where no word is left that says more than what kind of file it is."""
    if path == "-" or "://" in path:
        return ""
    stem = _FILE_SUFFIX.sub("", unquote(PurePath(path.replace("\\", "/")).name).removesuffix(".gz"))
    words = re.sub(r"[\s_+.,~()\[\]-]+", " ", _FILE_DATE.sub(" ", stem)).split()
    while words and re.fullmatch(r"\d+[a-z]?", words[0]):
        words = words[1:]
    telling = [word for word in words if not _HASH.fullmatch(word) and word.casefold() not in load_words("files")]
    if not any(len(re.sub(r"[\W\d_]", "", word)) > 2 or not word.isascii() for word in telling):
        return ""
    words = [word for word in words if not _HASH.fullmatch(word) or len(word) < 3]
    name = " ".join(words)
    if len(name) > MAX_FILE_NAME:
        name = name[:MAX_FILE_NAME].rsplit(" ", 1)[0]
    return name[:1].upper() + name[1:] if not any(char.isupper() for char in name) else name


@cache
def load_day_words() -> frozenset[str]:
    """Words of a line that has nothing but a day: its months, weekdays, zones and what such a line begins with."""
    from sayso.read.dates import load_months, load_zones

    zones = (name.casefold() for name in load_zones())
    return frozenset([*load_months(), *zones, *load_words("days")])


@cache
def load_words(kind: str) -> frozenset[str]:
    """The words of one kind of the table of letterheads."""
    return frozenset(load_toml("letterheads.toml")[kind].split())
