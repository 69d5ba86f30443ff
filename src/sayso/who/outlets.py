"""Outlets by name: whether words name one, and which outlets a passage names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sayso.tables import load_rows
from sayso.tables.countries import list_country_words


@dataclass(frozen=True, slots=True)
class Outlet:
    """A row of the table of outlets."""

    name: str
    kind: str
    country: str


@cache
def load_outlets() -> dict[str, Outlet]:
    """Each outlet under its name and aliases in lower case, without their article."""
    found: dict[str, Outlet] = {}
    for row in load_rows("outlets.tsv"):
        outlet = Outlet(row["name"], row["kind"], row["country"])
        for name in (row["name"], *(row["aliases"] or "").split("|")):
            if name:
                found.setdefault(_plain(name), outlet)
    return found


def _plain(words: str) -> str:
    words = re.sub(r"\s+", " ", words.replace("’", "'")).strip(" ,.'\"“”").lower()
    words = words.removesuffix("'s")
    return words.removeprefix("the ")


def find_outlet(words: str) -> Outlet | None:
    """The outlet that the words name, article and possessive aside, or None; initials only in capitals."""
    plain = _plain(words)
    found = load_outlets().get(plain)
    return None if found and plain in _initials() and not any(w.isupper() for w in words.split()) else found


@cache
def _initials() -> frozenset[str]:
    """Names that are initials of four letters or fewer, in small letters: "Mia" is no news agency, "MIA" is."""
    names = [n for row in load_rows("outlets.tsv") for n in (row["name"], *(row["aliases"] or "").split("|"))]
    return frozenset(_plain(n) for n in names if n.isupper() and len(n) <= 4) - {
        n.lower() for n in names if n.istitle()
    }


WORD_START = re.compile(r"(?<!\w)\w+")


@cache
def _names_by_word() -> dict[str, list[str]]:
    """The names of outlets, in small letters and the longest first, by their first word."""
    found: dict[str, list[str]] = {}
    for name in sorted(load_outlets(), key=len, reverse=True):
        if match := WORD_START.match(name):
            found.setdefault(match[0], []).append(name)
    return found


def name_outlets(text: str) -> Iterator[tuple[int, int, Outlet]]:
    """Start, end and outlet of each outlet named in a passage; only names written with a capital count."""
    by_word, taken = _names_by_word(), 0
    for match in WORD_START.finditer(text):
        start = match.start()
        for name in by_word.get(match[0].lower(), ()) if start >= taken else ():
            end = start + len(name)
            words = text[start:end]
            if words.lower() != name or text[end : end + 1].isalnum() or words.islower():
                continue
            if words.split()[-1] in load_mastheads() and _goes_on(text, start):
                continue
            outlet = find_outlet(words)
            if outlet:
                taken = end
                yield start, end, outlet
                break


BEFORE_NAME = re.compile(r"([A-ZÀ-ÖØ-Þ][\w’'-]*) $")


def _goes_on(text: str, start: int) -> bool:
    """Whether a name at `start` is only the end of a longer one: "Telegraph" in "Valley Telegraph"."""
    before = BEFORE_NAME.search(text, max(0, start - 40), start)
    return before is not None and _trim_name(before[1]) != ""


@cache
def load_mastheads() -> frozenset[str]:
    """Words that end the names of outlets ("Gazette", "Zeitung", "TV"), as they are written."""
    return frozenset(row["word"] for row in load_rows("mastheads.tsv"))


CAPITALS = r"(?:[A-ZÀ-ÖØ-ÞА-Я][\w’'.-]*)"
RUN = rf"{CAPITALS}(?: (?:de |del |della |do |da |al-|el |la |le )?{CAPITALS}){{0,4}}"
NOUNS = (
    r"(?:newspaper|daily|weekly|tabloid|magazine|broadcaster|newswire|wire service|news (?:agency|site|website|portal"
    r"|outlet|channel|service|program(?:me)?)|(?:radio|television|TV) (?:station|channel|network|program(?:me)?))"
)
"""Words that say of the name beside them that it is an outlet's."""
AFTER = re.compile(rf"\b{NOUNS} ({RUN})")
BEFORE = re.compile(rf"({RUN}) {NOUNS}(?!\w)")
NAMED = re.compile(RUN)


def name_unlisted(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and name of what a passage's words tell is an outlet, in no table: "the Nordblad newspaper", "Radio
    Kolm", "The Harbour Gazette"."""
    taken: list[tuple[int, int]] = []
    for pattern in (AFTER, BEFORE, NAMED):
        for match in pattern.finditer(text):
            words = match[match.lastindex or 0]
            found = _trim_name(words) if pattern is not NAMED or is_masthead(words) else ""
            start = match.start(match.lastindex or 0) + (words.rindex(found) if found else 0)
            end = start + len(found)
            if found and not any(s < end and start < e for s, e in taken[-MOST_OUTLETS:]):
                taken.append((start, end))
                yield start, end, found


MOST_OUTLETS = 20
"""Outlets of a passage that a further one is compared with."""


STATIONS = frozenset({"Radio", "TV", "Télé", "Televisión"})
"""Words with which the names of broadcasters begin."""


def is_masthead(name: str) -> bool:
    """Whether a name of two words or more is made as outlets' names are: "Harbour Gazette", "Radio Kolm"."""
    words = name.split()
    return len(words) > 1 and (words[-1] in load_mastheads() or words[0] in STATIONS)


def _trim_name(name: str) -> str:
    """A name without the article, day or country before it; "" where no name is left ("South Korean")."""
    words = name.rstrip(".").removesuffix("'s").removesuffix("’s").split()
    while words and (words[0] in LEADING or words[0].lower() in _countries() or words[0].endswith(("'s", "’s"))):
        words = words[1:]
    while words and words[0].lower() in ("south", "north", "state", "local"):
        words = words[1:]
    return " ".join(words)


LEADING = frozenset("The A An On In At As But And Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())


@cache
def _countries() -> frozenset[str]:
    """Names of countries, peoples and what belongs to them, in small letters, and each of their words."""
    names = [word.lower() for word, _ in list_country_words()]
    return frozenset([*names, *(part for name in names for part in name.split())])
