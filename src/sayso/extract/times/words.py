"""The text of a report as a string of shapes: one character for each word, number or mark.

Time expressions are found by regular expressions over this string, not over the text: "6 August 2024" is three
characters, whatever white space lies between. Every word that some pattern names has a character of its own, numbers
share one by what they could be (a day of the month, an hour, a year), and all other words are `OTHER`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from sayso.read.dates import load_zones
from sayso.tables import load_toml

OTHER = "x"
BREAK = "\n"
FIRST_WORD = 0xE000
"""Where the characters of known words begin: Unicode's private use area."""

SHAPES = {
    "ZERO": "0",
    "TWELVE": "1",
    "DAYHOUR": "2",
    "TWENTYFOUR": "3",
    "THIRTYONE": "4",
    "SIXTY": "5",
    "HUNDRED": "6",
    "BIG": "7",
    "FOUR_DIGITS": "8",
    "YEAR": "Y",
    "DECIMAL": "D",
    "NTH": "O",
    "BAD_NTH": "B",
    "ISO": "I",
    "ISO_WEEK": "W",
    "ISO_MONTH": "L",
    "SLASHED": "S",
    "CLOCK": "C",
    "SHORT_YEAR": "A",
    "DECADE_DIGITS": "E",
    "SHORT_DECADE": "e",
    "MILITARY": "G",
    "MILITARY_DAY": "g",
    "MONTH_DAY": "m",
    "COMPACT_DATE": "c",
    "QUARTER": "Q",
    "FISCAL": "F",
    "D_DAY": "T",
    "HALF_SIGN": "h",
    "SHORT_DATE": "d",
}
"""The shapes of what is not a word."""

MARKS = {
    "COMMA": ",",
    "DOT": ".",
    "DASH": "-–—−‑",
    "SLASH": "/",
    "OPEN": "([",
    "CLOSE": ")]",
    "APOS": "'’",
    "PLUS": "+",
    "TILDE": "~",
    "MONEY": "$€£¥#№",
}

LONGEST_NUMBER = 15
"""Digits of a number that is still read; nothing that is counted in days or years is longer."""

_MONTHS = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
_TOKEN = re.compile(
    rf"""
    (?P<half>½)|(?P<d_day>D[+\-−–]\d{{1,4}}\b(?![-–/]))|(?P<word>[^\W\d_]++(?!\d))
    |(?P<month_day>(?:{_MONTHS.title()}|{_MONTHS.lower()})(?:[0-2]?\d|3[01])\b)
    |(?P<iso>\d{{4}}-\d\d-\d\d(?:[T\ ]\d\d:\d\d(?::\d\d(?:[.,]\d{{1,9}})?)?\ ?(?:Z\b|[+-]\d\d:?\d\d\b)?)?(?!\d))
    |(?P<iso_week>\d{{4}}-W[0-5]\d\b)
    |(?P<iso_month>\d{{4}}-(?:0\d|1[0-2])\b(?!-\d))
    |(?P<slashed>\d{{4}}/\d{{1,2}}/\d{{1,2}}\b(?!/)|\d{{1,2}}/\d{{1,2}}/(?:\d{{4}}|\d\d)\b(?![/\d])
        |\d{{1,2}}\.\d{{1,2}}\.\d{{4}}\b(?!\.\d)|\d{{1,2}}-\d{{1,2}}-\d{{4}}\b(?!-))
    |(?P<clock>(?:[01]?\d|2[0-4])[:h][0-5]\d(?::[0-5]\d)?(?!\d|:\d|\.\d))
    |(?P<no_clock>\d{{1,3}}:\d\d(?::\d\d)?(?:\.\d{{1,3}})?(?!\d|:\d))
    |(?P<military>\d{{6}}[A-Z]\ ?(?:{_MONTHS})\ ?\d\d(?:\d\d)?\b)
    |(?P<military_day>\d{{6}}Z\b)
    |(?P<compact>(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?![\d.,]\d|\d))
    |(?P<short_date>\d{{1,2}}(?:{_MONTHS})(?:\d{{4}}|\d\d)\b)
    |(?P<nth>\d{{1,3}}(?:,?\d{{3}})?(?:st|nd|rd|th|ST|ND|RD|TH)\b)
    |(?P<decade>\d{{3}}0['’]?s\b)
    |(?P<short_decade>['’]?\d0s\b)
    |(?P<short_year>['’]\d\d(?!\w))
    |(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?)
    |(?P<quarter>[Qq][1-4]\b|H[12]\b)
    |(?P<fiscal>FY\d{{2,4}}\b)
    |(?P<line>\n)
    |(?P<mark>[^\s\w])
    """,
    re.VERBOSE,
)
_SHAPE_OF_KIND = {
    "iso": "ISO",
    "iso_week": "ISO_WEEK",
    "iso_month": "ISO_MONTH",
    "slashed": "SLASHED",
    "clock": "CLOCK",
    "military": "MILITARY",
    "military_day": "MILITARY_DAY",
    "month_day": "MONTH_DAY",
    "compact": "COMPACT_DATE",
    "short_date": "SHORT_DATE",
    "decade": "DECADE_DIGITS",
    "short_decade": "SHORT_DECADE",
    "short_year": "SHORT_YEAR",
    "quarter": "QUARTER",
    "fiscal": "FISCAL",
    "d_day": "D_DAY",
    "half": "HALF_SIGN",
}
LONG_LINE = 60
"""Code points of a line that may be wrapped rather than ended: its line end is then no end of a sentence."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text as tokens: `shape` holds one character a token, `starts` and `ends` their offsets into the text."""

    text: str
    shape: str
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        """How many tokens there are."""
        return len(self.starts)

    def word(self, i: int) -> str:
        """Token `i` in lower case; "" outside the text."""
        return self.text[self.starts[i] : self.ends[i]].lower() if 0 <= i < len(self.starts) else ""

    def written(self, i: int) -> str:
        """Token `i` as it is written; "" outside the text."""
        return self.text[self.starts[i] : self.ends[i]] if 0 <= i < len(self.starts) else ""


class Lexicon:
    """The words that patterns know, each with its character. Filled while patterns are compiled, then only read."""

    def __init__(self) -> None:
        """Load the categories of ``times.toml`` and the number words."""
        table = load_toml("times.toml")
        numbers = load_toml("numbers.toml")
        self.values: dict[str, dict[str, Any]] = {
            name: words for name, words in table.items() if name.isupper() and "words" not in words
        }
        self.values["COUNT"] = {**numbers["ones"], **numbers["tens"], **numbers["scales"]}
        self.values["ZONE"] = dict(load_zones())
        self.values["ZONE_PLACE"] = table["place_zones"]
        self._no_lower = set(table["CAPITAL"]["words"])
        self._title_only = set(table["TITLE"]["words"])
        self._char_of: dict[str, str] = {}
        self._words: dict[str, str] = {}
        for name, words in self.values.items():
            for word in words:
                self.add(word, exact=name == "ZONE")

    def add(self, word: str, *, exact: bool = False) -> str:
        """The character of a word, which from now on is known; `exact` for the written form alone."""
        char = self._words.setdefault(word, chr(FIRST_WORD + len(self._words)))
        forms = [word] if exact else [word, word.capitalize(), word.upper()]
        if not exact and word in self._no_lower:
            forms.remove(word)
        if not exact and word in self._title_only:
            forms = [word.capitalize()]
        for form in forms:
            self._char_of.setdefault(form, char)
        return char

    def chars(self, category: str) -> str:
        """The characters of a category of words or shapes, for a character class."""
        if category in SHAPES:
            return SHAPES[category]
        if category in MARKS:
            return MARKS[category][0]
        return "".join(self._words[word] for word in self.values[category])

    def read(self, text: str) -> Words:
        """The text as tokens."""
        known = self._char_of.get
        shape: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        line = 0
        for match in _TOKEN.finditer(text):
            start, end = match.span()
            kind = match.lastgroup
            if kind == "word":
                char = known(match.group(), OTHER)
            elif kind == "mark":
                char = _CHAR_OF_MARK.get(match.group(), OTHER)
            elif kind == "number":
                char = shape_number(match.group())
            elif kind == "nth":
                char = SHAPES["NTH" if 1 <= int(match.group()[:-2].replace(",", "")) <= 31 else "BAD_NTH"]
            elif kind == "no_clock":
                char = OTHER
            elif kind == "line":
                following = text[end : end + 1]
                wrapped = start - line >= LONG_LINE and (following.islower() or following.isdigit())
                line = end
                if wrapped:
                    continue
                char = BREAK
            else:
                char = SHAPES[_SHAPE_OF_KIND[str(kind)]]
            shape.append(char)
            starts.append(start)
            ends.append(end)
        return Words(text, "".join(shape), starts, ends)


_CHAR_OF_MARK = {mark: marks[0] for marks in MARKS.values() for mark in marks}


def shape_number(number: str) -> str:
    """The shape of a numeral: what it could be in a date."""
    if "." in number and "," not in number:
        return SHAPES["DECIMAL"] if len(number) <= LONGEST_NUMBER else OTHER
    if "," in number or len(number) == 3 or 4 < len(number) <= LONGEST_NUMBER:
        return SHAPES["BIG"] if len(number) <= LONGEST_NUMBER else OTHER
    if len(number) > LONGEST_NUMBER or not number.isascii():
        return OTHER
    value = int(number)
    if len(number) == 4:
        return SHAPES["YEAR"] if 1000 <= value < 2200 else SHAPES["FOUR_DIGITS"]
    limits = ((0, "ZERO"), (12, "TWELVE"), (23, "DAYHOUR"), (24, "TWENTYFOUR"), (31, "THIRTYONE"), (59, "SIXTY"))
    return SHAPES[next((name for limit, name in limits if value <= limit), "HUNDRED")]


@cache
def load_words(name: str) -> frozenset[str]:
    """One of the plain lists of ``times.toml``."""
    return frozenset(load_toml("times.toml")[name]["words"])


@cache
def load_lexicon() -> Lexicon:
    """The lexicon of this process; patterns add the words that they name."""
    return Lexicon()
