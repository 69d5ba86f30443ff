"""The languages that a brief is told in: its own words, dates and numbers, in that which is spoken.

What sayso says of itself is written in the code in English, and that English is the id of its message. Another language
is a catalogue of gettext beside the code, `locale/CODE/LC_MESSAGES/sayso.po` with its compiled `.mo`. What reports say
is never a message: it stays in their words. A message is a whole form with named places, since other languages have
another order of words; what counts something has a form for each number that the language tells apart.

Which language is spoken belongs to the context (PEP 567) and is no argument of everything that says something.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from decimal import localcontext
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files

from sayso.errors import Error

ENGLISH = "en"
DOMAIN = "sayso"
MOST_DIGITS = 700
"""Digits of the largest and the smallest number there are, written out (IEEE 754, binary64)."""
SPOKEN: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


class UnknownLanguageError(Error, ValueError):
    """A language that there is no catalogue of; its words name those that there are."""


@contextmanager
def speak(language: str) -> Iterator[None]:
    """Tell in a language what is told within. Raises `UnknownLanguageError`."""
    if language not in list_languages():
        raise UnknownLanguageError(f"no language {language!r}: there are {', '.join(list_languages())}")
    before = SPOKEN.set(language)
    try:
        yield
    finally:
        SPOKEN.reset(before)


def name_spoken() -> str:
    """The code of the language that is spoken (ISO 639), as it may stand in a page."""
    return SPOKEN.get().replace("_", "-")


def in_english() -> bool:
    """Whether English is spoken: then words of reports may stand in a sentence of ours."""
    return SPOKEN.get() == ENGLISH


@cache
def list_languages() -> tuple[str, ...]:
    """The codes of the languages there are: English, then those that have a catalogue."""
    folder = files("sayso") / "locale"
    found = folder.iterdir() if folder.is_dir() else ()
    return (ENGLISH, *sorted(one.name for one in found if (one / "LC_MESSAGES" / f"{DOMAIN}.mo").is_file()))


@cache
def load_catalogue(language: str) -> NullTranslations:
    """The messages of a language; English has none but the code's."""
    if language == ENGLISH:
        return NullTranslations()
    with (files("sayso") / "locale" / language / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as file:
        return GNUTranslations(file)


def mark(message: str) -> str:
    """A message that is said later, by `_`: marked where it is written, so that it gets into the catalogues."""
    return message


def _(message: str, /, **words: object) -> str:
    """A message in the language that is spoken, its places filled with words."""
    if not message:  # The catalogue's own head.
        return ""
    said = load_catalogue(SPOKEN.get()).gettext(message)
    return said.format(**words) if words else said


def ngettext(one: str, many: str, number: int, /, **words: object) -> str:
    """The form of a message that fits a number, its places filled with words and with the `number`."""
    return load_catalogue(SPOKEN.get()).ngettext(one, many, number).format(number=number, **words)


def say_date(day: date, pattern: str) -> str:
    """A day, month or year as a pattern of English orders it (UTS 35, "d MMM y"). The pattern is a message: a language
    has its own, in the case and length in which it stands within a sentence."""
    # Here and below: what says neither a date nor a number starts without it.
    from babel.dates import format_date

    return format_date(day, _(pattern), locale=SPOKEN.get())


def say_number(value: float, digits: int | None = None) -> str:
    """A number with the marks of the language, rounded to so many digits that count where that is asked."""
    from babel.numbers import format_decimal

    rounded = value if digits is None else float(f"{value:.{digits}g}")
    with localcontext(prec=MOST_DIGITS):  # Else babel cannot round what is larger than 28 digits.
        return format_decimal(rounded, locale=SPOKEN.get(), decimal_quantization=False)
