"""What is known of a language that is read by tables: its words and what each of them does.

A table (``tables/languages/uk.toml``) lists words by what they mean, parted by spaces. "_" stands for a space within an
entry, "*" before or after it for any letters. Entries are cut and folded as the texts are, so that they meet.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from sayso.record import Span
from sayso.tables import load_toml

LONGEST_STEM = 16
"""Letters of a stem that are looked up, at most."""
CACHED_WORDS = 20_000
"""Words whose look-up is remembered."""

_MARKED = "\u0300-\u036f\u0640\u064b-\u0652\u0670"
_LETTER = rf"[^\W\d_](?:[{_MARKED}])*"
_ELIDED = r"(?:[cdjlmnst]|qu|lorsqu|puisqu|jusqu|quoiqu)['’ʼ](?=[^\W\d_])"
_WORD = rf"{_LETTER}(?:{_LETTER}|['’ʼ`](?={_LETTER})|[-‐‑](?={_LETTER}))*"
_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,'’٫٬/:]\d+)*"
_FOLDS = str.maketrans("ё’ʼ`‐‑أإآٱىة", "е'''--ااااىه".replace("ى", "ي"))
_DROPPED = re.compile(f"[{_MARKED}]")
_ARABIC = re.compile("[\u0621-\u064a]")
_LIGHT = ("و", "ف", "ال", "وال", "فال", "بال", "كال", "لل", "ولل", "ب", "ل", "ك", "وب", "ول", "وبال")
"""What is written together with an Arabic word before it: and, then, the, by, for, like."""
SHORTEST_ARABIC = 2
"""Letters that are left of an Arabic word without what is written before it, at least."""


class Word(NamedTuple):
    """A word, number or mark of a text. `forms` are the spellings under which it is looked up: folded, and without
    what Arabic writes together with it. `kind` is word, number or mark."""

    start: int
    end: int
    text: str
    forms: tuple[str, ...]
    kind: str

    @property
    def is_capital(self) -> bool:
        """Whether the word begins with a capital."""
        return self.kind == "word" and self.text[0].isupper()


def fold_word(word: str) -> str:
    """The spelling that words are compared in: small letters, one form of apostrophe, Russian without ё, Arabic
    without vowel signs and with one form of alif, ya and ta marbuta."""
    if word.isascii():
        return word.lower()
    # Composed first: й and ї are letters and not и and і with a mark.
    plain = unicodedata.normalize("NFC", word).lower().translate(_FOLDS)
    return _DROPPED.sub("", plain) if _ARABIC.search(plain) else plain


@cache
def _pattern(elides: bool) -> re.Pattern[str]:
    elided = rf"(?P<elided>{_ELIDED})|" if elides else ""
    return re.compile(rf"{elided}(?P<number>{_NUMBER})|(?P<word>{_WORD})|(?P<mark>[^\s\w]|_)", re.IGNORECASE)


def cut_words(text: str, language: str) -> list[Word]:
    """The words, numbers and marks of a text, in order."""
    found = []
    for match in _pattern(language == "fr").finditer(text):
        kind = "word" if match.lastgroup == "elided" else match.lastgroup or "mark"
        word = match.group()
        folded = fold_word(word)
        forms = list_forms(folded) if language == "ar" and kind == "word" else (folded,)
        found.append(Word(match.start(), match.end(), word, forms, kind))
    return found


def list_forms(word: str) -> tuple[str, ...]:
    """An Arabic word, and what it is without each of the particles that may be written before it, the shortest
    first."""
    bare = (word[len(each) :] for each in _LIGHT if word.startswith(each) and len(word) - len(each) >= SHORTEST_ARABIC)
    return tuple(dict.fromkeys((word, *bare)))


class Match(NamedTuple):
    """What some words mean, and how many of them there are."""

    meaning: str
    words: int


class _Entry(NamedTuple):
    parts: tuple[tuple[str, str], ...]
    meaning: str


class Lexicon:
    """The entries of a part of a table, found at a place of a text: the longest one that fits there."""

    def __init__(self, meanings: Mapping[str, str], language: str) -> None:
        """`meanings` lists the words for each meaning."""
        self._whole: dict[str, list[_Entry]] = {}
        self._stems: dict[str, list[_Entry]] = {}
        self._ends: dict[str, list[_Entry]] = {}
        self._known: dict[str, tuple[_Entry, ...]] = {}
        for meaning, words in meanings.items():
            for entry in words.split():
                parts = tuple(_cut_entry(entry, language))
                if parts:
                    table = {"": self._whole, "stem": self._stems, "end": self._ends}[parts[0][1]]
                    table.setdefault(parts[0][0], []).append(_Entry(parts, meaning))

    def find(self, words: Sequence[Word], at: int) -> Match | None:
        """The entry that begins at a word of a text."""
        if not 0 <= at < len(words):
            return None
        for form in words[at].forms:
            for entry in self._entries(form):
                count = len(entry.parts)
                rest = words[at + 1 : at + count]
                if len(rest) == count - 1 and all(map(_fits, rest, entry.parts[1:])):
                    return Match(entry.meaning, count)
        return None

    def find_ending(self, words: Sequence[Word], at: int, longest: int = 5) -> tuple[Match, int] | None:
        """The entry that ends right before a word, the longest one, and where it begins."""
        for count in range(longest, 0, -1):
            found = self.find(words, at - count) if at >= count else None
            if found and found.words == count:
                return found, at - count
        return None

    def has(self, word: Word) -> bool:
        """Whether a word is an entry by itself."""
        return any(len(entry.parts) == 1 for form in word.forms for entry in self._entries(form))

    def _entries(self, form: str) -> tuple[_Entry, ...]:
        known = self._known.get(form)
        if known is None:
            if len(self._known) >= CACHED_WORDS:
                self._known.clear()
            found = [(0, entry) for entry in self._whole.get(form, ())]
            for n in range(min(len(form), LONGEST_STEM), 1, -1):
                found += [(LONGEST_STEM - n + 1, entry) for entry in self._stems.get(form[:n], ())]
                found += [(LONGEST_STEM - n + 1, entry) for entry in self._ends.get(form[-n:], ())]
            found.sort(key=lambda each: (-len(each[1].parts), each[0]))
            known = self._known[form] = tuple(entry for _, entry in found)
        return known


def _cut_entry(entry: str, language: str) -> Iterator[tuple[str, str]]:
    for piece in entry.split("_"):
        if piece.endswith("'"):  # "l'" is a word of its own only before a letter.
            yield fold_word(piece), ""
            continue
        words = [w.forms[0] for w in cut_words(piece.strip("*"), language)]
        for n, word in enumerate(words):
            stem = n == len(words) - 1 and piece.endswith("*")
            yield word, "stem" if stem else "end" if n == 0 and piece.startswith("*") else ""


def _fits(word: Word, part: tuple[str, str]) -> bool:
    text, how = part
    if how == "stem":
        return any(form.startswith(text) for form in word.forms)
    return word.forms[0].endswith(text) if how == "end" else text in word.forms


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a language, by the parts of its table; `rows` is the table as it stands."""

    language: str
    rows: Mapping[str, Any]
    lexicons: dict[str, Lexicon] = field(default_factory=dict)

    def part(self, name: str) -> Lexicon:
        """A part of the table ("units"), or the words of one of its keys ("grammar.that"); without entries where the
        table has none."""
        if name not in self.lexicons:
            part, _, key = name.partition(".")
            rows = self.rows.get(part, {})
            rows = {key: rows.get(key, "")} if key else rows
            self.lexicons[name] = Lexicon(rows, self.language)
        return self.lexicons[name]

    def sign(self, name: str) -> Any:
        """A setting of the table: its decimal marks, marks of groups, whether words have cases."""
        return self.rows.get(name, "")


@dataclass(frozen=True, slots=True)
class Text:
    """A text cut into words, with what is known of its language. `sentences` are ranges of words; `quoted` are the
    spans in quotation marks."""

    text: str
    vocabulary: Vocabulary
    words: Sequence[Word]
    sentences: Sequence[tuple[int, int]]
    quoted: Sequence[Span] = ()

    def find(self, part: str, at: int) -> Match | None:
        """The entry of a part of the table that begins at a word."""
        return self.vocabulary.part(part).find(self.words, at)

    def is_quoted(self, at: int) -> bool:
        """Whether a word stands in quotation marks."""
        start = self.words[at].start
        n = bisect_right(self.quoted, start, key=lambda span: span[0]) - 1
        return n >= 0 and start < self.quoted[n][1]

    def has(self, part: str, at: int) -> bool:
        """Whether the word at a place is an entry of a part of the table by itself."""
        return 0 <= at < len(self.words) and self.vocabulary.part(part).has(self.words[at])


@cache
def list_languages() -> tuple[str, ...]:
    """The codes of the languages that there is a table of (ISO 639)."""
    folder = files("sayso.tables").joinpath("languages")
    return tuple(sorted(path.name.removesuffix(".toml") for path in folder.iterdir() if path.name.endswith(".toml")))


@cache
def load_vocabulary(language: str) -> Vocabulary:
    """The words of one of `list_languages`."""
    return Vocabulary(language, load_toml(f"languages/{language}.toml"))


_ENDS = frozenset(".!?…؟。")
_CLOSING = frozenset('"”»“’)]')


def cut_sentences(text: str, words: Sequence[Word]) -> list[tuple[int, int]]:
    """The ranges of words that are sentences: up to a full stop before a capital or a number, or to a line's end."""
    found, first = [], 0
    for n, word in enumerate(words):
        after = words[n + 1] if n + 1 < len(words) else None
        gap = text[word.end : after.start] if after else ""
        if after is None or "\n" in gap or (gap and _ends_sentence(words, n, after)):
            found.append((first, n + 1))
            first = n + 1
    return found


def _ends_sentence(words: Sequence[Word], n: int, after: Word) -> bool:
    at = n
    while at > 0 and words[at].text in _CLOSING:
        at -= 1
    mark = words[at].text
    if mark not in _ENDS or (at < n and mark == "."):
        return mark in _ENDS and after.text[0].isupper()
    before = words[at - 1] if at else None
    if mark == "." and before and before.kind == "word" and len(before.text) == 1:
        return False  # An initial.
    if mark == "." and before and before.kind == "number" and len(before.text) <= 2:
        return False  # A German ordinal.
    return not after.text[0].islower() and after.text not in "—–-,;"


def read_words(text: str, language: str, quoted: Sequence[Span] = ()) -> Text:
    """A text cut into words and sentences, for a language of `list_languages`."""
    words = cut_words(text, language)
    return Text(text, load_vocabulary(language), words, cut_sentences(text, words), quoted)
