"""The furniture of pages: bylines, calls to read on or to subscribe, advertisements, notes on cookies and rights.

It is told by the shape of whole lines, short and addressed to the reader or only naming who wrote, and never by a
word within a sentence. Correction notes are no furniture: they report.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from sayso.read.mastheads import join_letters
from sayso.record import Span
from sayso.tables import load_toml

MAX_LINE = 200
"""Characters from which a line is no furniture, but for notes on cookies and rights."""
MAX_NOTE = 500
MAX_ADDRESS_WORDS = 16
"""Words of one sentence in which a page addresses its reader."""
MIN_WRAPPED = 55
"""Characters of a line that a program may have broken."""
FEWEST_REPEATS = 3
"""How often a short line stands in a text from which it is a running head."""
SMALL = frozenset(("this", "the", "full", "in", "up", "to", "off", "all"))
"""Words that may stand between what a reader is to do and with what."""

_LINE = re.compile(r"[^\r\n]+")
_MARKS = "\"'“”‘’«»*_#>=~|•·→←›»▶►▼▲+–—-[]()<> \t\u00a0"
_STOPS = (".", "!", "?", "…", ":", '"', "”", "»")
_QUOTES = ('"', "'", "“", "‘", "„", "«", "»")
_LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\([^()\s]{1,2000}\)")
_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")
_WORD = re.compile(r"[^\W\d_][\w'’]*")
_CAPITAL = r"(?:[dlDO]['’])?[A-ZÀ-ÖØ-ÞА-ЯЁ][\w.'’-]*"
_SMALL = r"(?:al|bin|da|de|del|der|di|dos|du|el|ibn|la|le|ten|van|von)"
_NAME = rf"{_CAPITAL}(?:\s(?:{_SMALL}\s){{0,2}}{_CAPITAL}){{0,4}}"
_RIGHTS = re.compile(r"^\W{0,4}(?:©|\(c\)\s?\d{4}|copyright\b.{0,20}\d{4})|\ball rights reserved\b", re.IGNORECASE)
# What systems of content add to each entry of their feeds.
_APPEARED = re.compile(
    r"the (?:post|article) \S.{0,300} (?:first )?appeared (?:first )?(?:on|in) \S.{0,80}", re.IGNORECASE
)
_OWN_START = re.compile(r"(?:we|this (?:web\s?)?site|our|by|your|cookies?)\b", re.IGNORECASE)
_COOKIE = re.compile(r"\bcookies?\b", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?:page|p\.|seite|стр\.)?\s?[-–—]?\s?\d{1,4}(?:\s?(?:/|of|von|de|sur|из)\s?\d{1,4})?\s?[-–—]?", re.I
)
# Where in a film or a recording it is.
_STAMP = re.compile(r"[\[(]\d{1,3}:\d\d(?::\d\d)?[\])]")
_CLOCKED = re.compile(r"\d{1,2}[:.h]\d{2}|\d{4}")


def find_furniture(text: str) -> tuple[Span, ...]:
    """The spans of the lines of a text that are furniture, in their order."""
    running = find_running_heads(text)
    found, before = [], 0
    for match in _LINE.finditer(text):
        start, end = match.span()
        if len(match[0]) <= MAX_NOTE and (match[0].strip() in running or is_furniture_at(text, before, start, end)):
            found.append((start, end))
        before = start
    return tuple(found)


def is_furniture_at(text: str, before: int, start: int, end: int) -> bool:
    """Whether a line of a text is furniture; `before` is where the line before it begins. A byline stands right below
    its title, which may be as long as a line of a paragraph."""
    line = text[start:end]
    return is_furniture(line) and (stands_alone(text, before, start, end) or is_titled_byline(line))


def is_titled_byline(line: str) -> bool:
    """Whether a line is a byline that begins with a capital."""
    return line.lstrip(_MARKS)[:1].isupper() and bool(name_author(line))


def stands_alone(text: str, before: int, start: int, end: int) -> bool:
    """Whether a line is one of its own and no piece of a paragraph that is broken into lines: the line before, which
    begins at `before`, is short or at its end, and the next does not go on in small letters."""
    previous, gap = text[max(before, start - 2 * MAX_LINE) : start].rstrip("\r\n"), text[max(0, start - 4) : start]
    broken = gap.count("\n") == 1 and len(previous) >= MIN_WRAPPED and not previous.rstrip().endswith(_STOPS)
    after = text[end : end + 3].replace("\r", "")
    return not broken and not (after[:1] == "\n" and after[1:2].islower())


def drop_furniture(text: str) -> str:
    """A text without its lines of furniture; the whole text where nothing else would be left."""
    spans = find_furniture(text)
    if not spans:
        return text
    parts, at = [], 0
    for start, end in spans:
        parts.append(text[at:start])
        at = end
    kept = re.sub(r"\n{3,}", "\n\n", "".join([*parts, text[at:]])).strip("\n")
    return kept if kept.strip() else text


def find_running_heads(text: str) -> frozenset[str]:
    """The short lines, no sentences, that a text has again and again."""
    lines = Counter(match[0].strip() for match in _LINE.finditer(text) if len(match[0]) <= MAX_LINE)
    return frozenset(
        line
        for line, count in lines.items()
        if count >= FEWEST_REPEATS
        and len(line) > 3
        and _WORD.search(line)
        and not has_finite(line)
        and not line.endswith((".", "!", "?", ":", "”", '"'))
    )


def is_furniture(line: str) -> bool:
    """Whether a line, by its shape alone, says nothing of what is reported."""
    line = _LINK.sub(r"\1", line[: MAX_NOTE + 1])
    words = line.strip(_MARKS)
    if len(line) > MAX_NOTE or not words:
        return False
    folded = words.casefold().replace("’", "'").rstrip(".!:…")
    if folded in load_lines("lines") or is_note(words, line):
        return True
    if len(words) > MAX_LINE:
        return False
    return (
        bool(_STAMP.fullmatch(line.strip()))
        or is_spaced(words)
        or bool(_NUMBERED.fullmatch(words) and re.match(r"(?i)page|p\.|seite|стр|\d+\s?(?:/|of)", words))
        or bool(name_author(words))
        or is_credit(words)
        or is_lead(words)
        or (not line.lstrip(" \t*_>").startswith(_QUOTES) and is_address(words))
    )


def is_spaced(words: str) -> bool:
    """Whether a line is set with spaces between its letters: a title as an ornament."""
    joined, spaced = join_letters(words)
    return spaced and joined.isupper()


def is_note(words: str, line: str) -> bool:
    """Whether a line reserves rights, tells of the page's cookies or says where a feed's entry appeared."""
    if (_RIGHTS.search(line.strip()) and not has_finite(words)) or _APPEARED.fullmatch(words):
        return True
    if not _COOKIE.search(words) or has_word(words, "said says told according"):
        return False
    return bool(_OWN_START.match(words)) or words.casefold().split()[0] in load_words("verbs")


def name_author(words: str) -> str:
    """The names of a byline, a line of its own with names, an office, a place and a day at most: "Ann Orr and Jo Lind"
    of "By Ann Orr and Jo Lind, political editors". "" for a line that is none."""
    match = _compile_byline().match(words.strip(_MARKS))
    if not match or has_finite(words) or len(words) > MAX_LINE:
        return ""
    names, rest = match["names"], match["rest"].strip()
    if any(name.rstrip(".,").casefold() in load_days() for name in names.split()):
        return ""
    if rest and words.rstrip().endswith((".", "!", "?", ";", ":")):
        return ""
    named = len(names.split()) > 1 or not rest or rest.startswith(("|", "•", "·", "—", "–"))
    if not named or (not rest and len(names.split()) > 12):
        return ""
    # An office, a paper, a place, a day and hour: figures other than those are of a sentence.
    if re.search(r"\d", _CLOCKED.sub("", re.sub(r"\b\d{1,2}\b", "", rest, count=1))) or len(rest.split()) > 12:
        return ""
    plain = re.sub(r"\s+", " ", names).strip(" ,")
    return plain.title() if plain.isupper() else plain


def find_byline(text: str, most_lines: int = 8) -> str:
    """The names of the byline near the top of a text; "" without one, and where several stand over its parts."""
    found: dict[str, int] = {}
    for number, match in enumerate(_LINE.finditer(text)):
        if len(match[0]) <= MAX_LINE and (names := name_author(match[0])):
            found.setdefault(names, number)
    return next((names for names, number in found.items() if number < most_lines and len(found) == 1), "")


def is_credit(words: str) -> bool:
    """Whether a line says who did what part of the work: "Reporting by Ann Orr; editing by Jo Lind"."""
    return not has_finite(words) and bool(_compile_credit().match(words))


def is_lead(words: str) -> bool:
    """Whether a line leads to another text: "Read more: ...", "Related: ..."."""
    lead, colon, rest = words.partition(":")
    return bool(colon and rest.strip()) and lead.strip().casefold() in load_lines("leads") and len(words.split()) <= 30


def is_address(words: str) -> bool:
    """Whether every sentence of a line is the page's own to its reader: an imperative that is about the page, or what
    you are asked or offered."""
    sentences = [s.strip() for s in _SENTENCE.findall(words) if _WORD.search(s)]
    if not sentences or has_finite(words) or len(sentences) > 5:
        return False
    told = [is_told(s) for s in sentences]
    return told[0] and all(t or speaks_to_reader(s) for t, s in zip(told, sentences, strict=True))


def is_told(sentence: str) -> bool:
    """Whether a sentence tells the reader to do something with the page, or asks about it."""
    words = [word.casefold().replace("’", "'") for word in _WORD.findall(sentence)]
    if not words or len(words) > MAX_ADDRESS_WORDS:
        return False
    things = load_words("things")
    if words[0] in load_words("verbs"):
        # "Continue reading", "Share this article", "Follow us"; but not "Share prices fell".
        near = any(word in things | load_words("persons") | SMALL for word in words[1:3])
        fellow = words[0] in load_words("fellows") and words[1:2] == ["us"]
        return fellow or (near and not things.isdisjoint(words[1:]))
    return words[0] in ("already", "not", "want", "new") and "?" in sentence and bool(things & set(words))


def speaks_to_reader(sentence: str) -> bool:
    """Whether a sentence has the reader or the page itself in it, or tells to do something."""
    words = [word.casefold().replace("’", "'") for word in _WORD.findall(sentence)]
    return bool(words) and (words[0] in load_words("verbs") or not load_words("persons").isdisjoint(words))


def has_finite(words: str) -> bool:
    """Whether words have one that only a sentence has."""
    return not load_words("finite").isdisjoint(word.casefold() for word in _WORD.findall(words))


def has_word(words: str, wanted: str) -> bool:
    """Whether words have one of those wanted, which are apart by spaces."""
    return not set(wanted.split()).isdisjoint(word.casefold() for word in _WORD.findall(words))


@cache
def load_words(kind: str) -> frozenset[str]:
    """The single words of one kind of the table of furniture."""
    return frozenset(load_toml("furniture.toml")[kind].split())


@cache
def load_lines(kind: str) -> frozenset[str]:
    """The phrases of one kind of the table of furniture."""
    return frozenset(
        phrase.strip() for line in load_toml("furniture.toml")[kind].splitlines() for phrase in line.split("|")
    )


@cache
def load_days() -> frozenset[str]:
    """Words for days and months, with which no byline begins ("By Monday, ...")."""
    from sayso.read.dates import load_months

    days = "monday tuesday wednesday thursday friday saturday sunday noon midnight morning evening night dawn nightfall"
    return frozenset([*days.split(), *load_months()])


@cache
def _compile_byline() -> re.Pattern[str]:
    opener = "|".join(sorted(load_words("bylines")))
    works = "|".join(sorted(map(re.escape, load_lines("works")), key=len, reverse=True))
    last = rf"(?:,?\s(?:and|und|et|y|e|en|и|&)\s){_NAME}"
    names = rf"{_NAME}(?:(?:,\s{_NAME}){{0,5}}{last})?"
    role = r"(?:(?:\s?[,|•·—–/(-]|\s(?:in|at|for|at|with))\s?.{2,90})?"
    return re.compile(
        rf"(?:(?i:(?:{works})\s)?(?i:{opener})\s|(?i:{opener}):\s?)(?P<names>{names})(?P<rest>{role})\.?$"
    )


@cache
def _compile_credit() -> re.Pattern[str]:
    works, pictures = (
        "|".join(sorted(map(re.escape, load_lines(kind)), key=len, reverse=True)) for kind in ("works", "pictures")
    )
    said = rf"(?i:{works})(?i:(?:\s(?:and|&)\s(?:{works}))?\sby\s)"
    return re.compile(rf"\(?(?:{said}{_NAME}|(?i:{pictures})(?:\s?[:/]\s?){_NAME}.{{0,40}}$)")
