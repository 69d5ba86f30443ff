"""The pieces that numbers are made of: digits with their separators, words, fraction characters."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache

from sayso.extract.figures.units import list_glued_signs


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of text a number can be made of: `kind` is digits, word or glyph (a fraction in one character)."""

    start: int
    end: int
    kind: str
    word: str


DIGITS = (
    r"(?<=[$€£])\d{1,3}, \d{3}(?!\d)"
    r"|(?<=[$€£])\d{1,3}\. \d{1,2}(?=\s?(?:m|bn|million|billion)\b)"
    r"|\d{1,3}(?:['’]\d{3})+(?![\d'’])(?:\.\d+)?"
    r"|\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?"
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?!\d)(?:\.\d+)?"
    r"|\d{1,3}(?:\.\d{3})+,\d+(?!,\d)"
    r"|\d{1,3}(?:\.\d{3}){2,}(?![.\d])"
    r"|\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?![\d,])(?:\.\d+)?"
    r"|(?<!,)\d+,\d{1,2}(?![\d,])"
    r"|\d+(?:\.\d+)?"
    r"|\.\d+"
)
POWER = r"(?:[eE][+-]?\d{1,3}(?![\w])|\s?[x×]\s?10\^[+-]?\d{1,3}|\^[+-]?\d{1,3})?"


@cache
def match_lexemes() -> re.Pattern[str]:
    """A pattern of one piece; digits begin where no word ends, or behind a code or sign of a currency."""
    signs = "|".join(rf"(?<=(?<!\w){re.escape(sign)})" for sign in list_glued_signs())
    before = rf"(?:(?:(?<!\w)|(?<=\b[A-Z]{{3}})|(?<=\b[A-Z]))(?<!\w[.,])|(?:{signs})(?=\d))"
    return re.compile(
        rf"(?P<digits>{before}(?:{DIGITS}){POWER})(?!(?:st|nd|rd|th)\b)|(?P<list>(?<=\d,)\d+)"
        r"|(?P<glyph>[¼-¾⅐-⅞])|(?P<word>[^\W\d_]+)"
    )


def find_lexemes(text: str) -> list[Lexeme]:
    """The words, digits and fraction characters of a text, in order."""
    found = []
    for match in match_lexemes().finditer(text):
        kind = "digits" if match.lastgroup == "list" else str(match.lastgroup)
        word = match.group()
        found.append(Lexeme(match.start(), match.end(), kind, word.lower() if kind == "word" else word))
    return found


def read_digits(written: str) -> float | None:
    """The value of a number in digits with separators, point and power, or None where there is no finite one."""
    power = re.search(r"([eE]|\s?[x×]\s?10\^|\^)([+-]?\d{1,3})$", written)
    written = written[: power.start()] if power else written
    written = re.sub(r"[ \u00a0\u2009\u202f'’]", "", written)
    if re.fullmatch(r"\d+,\d{1,2}", written) or re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+", written):
        written = written.replace(".", "").replace(",", ".")
    elif written.count(".") > 1:
        written = written.replace(".", "")
    try:
        value = float(written.replace(",", ""))
        if power:
            value = value ** int(power[2]) if power[1] == "^" else value * 10.0 ** int(power[2])
    except (ValueError, OverflowError, ZeroDivisionError):
        return None
    return value if math.isfinite(value) else None
