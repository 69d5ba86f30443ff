"""The row of pieces that numbers are read from, and the fractions of one in it: "a third", "three-quarters", "3/4"."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from sayso.extract.figures.lexemes import Lexeme, read_digits
from sayso.tables import load_toml

JOIN = re.compile(r"[ \t\u00a0\u2009\u202f]{1,3}|\s?[-‐‑]\s?|\n(?=\S)")
SLASH = re.compile(r"\s?[/⁄]\s?")


@cache
def load_words() -> tuple[dict[str, float], dict[str, float], dict[str, float], dict[str, float]]:
    """Small numbers, scales (singular and plural), letters that scale digits, and the wholes of named parts."""
    table = load_toml("numbers.toml")
    small = {**table["ones"], **table["tens"]}
    scales = dict(table["scales"]) | {f"{word}s": value for word, value in table["scales"].items()}
    parts = dict(table["parts"]) | {f"{word}s": value for word, value in table["parts"].items()} | {"halves": 2}
    return small, scales, table["letters"], parts


class Row:
    """The lexemes of a text, looked at by their place."""

    def __init__(self, text: str, row: list[Lexeme]) -> None:
        """`row` is `find_lexemes(text)`."""
        self.text, self.row = text, row
        self.small, self.scales, self.letters, self.parts = load_words()

    def word(self, at: int) -> str:
        """The word at a position of the row, lower case, or "" where there is none."""
        return self.row[at].word if 0 <= at < len(self.row) and self.row[at].kind == "word" else ""

    def kind(self, at: int) -> str:
        """The kind of the lexeme at a position, or "" where there is none."""
        return self.row[at].kind if 0 <= at < len(self.row) else ""

    def joined(self, at: int) -> bool:
        """Whether only a space or a hyphen stands between the lexeme at a position and the one before it."""
        if not 0 < at < len(self.row):
            return False
        between = self.text[self.row[at - 1].end : self.row[at].start]
        return JOIN.fullmatch(between) is not None

    def glued(self, at: int) -> bool:
        """Whether the word at a position stands right behind the digits before it: "26.3million"."""
        return at > 0 and self.row[at - 1].kind == "digits" and self.row[at - 1].end == self.row[at].start

    def read_part(self, at: int) -> tuple[float, int] | None:
        """A fraction of one: "a third", "three-quarters", "half", "3/4", "½"."""
        if at >= len(self.row):
            return None
        lexeme = self.row[at]
        if lexeme.kind == "glyph":
            return unicodedata.numeric(lexeme.word), at + 1
        if lexeme.kind == "digits":
            over = self.row[at + 1] if at + 1 < len(self.row) else None
            if over and over.kind == "digits" and SLASH.fullmatch(self.text[lexeme.end : over.start]):
                above, below = read_digits(lexeme.word), read_digits(over.word)
                dated = "/" in self.text[max(0, lexeme.start - 1) : lexeme.start] + self.text[over.end : over.end + 1]
                fits = above is not None and below and max(above, below) <= 1000 and not dated
                return (above / below, at + 2) if above is not None and below and fits else None
            return None
        if lexeme.word in {"half", "quarter"}:
            return 1 / self.parts[lexeme.word], at + 1
        above = 1.0 if lexeme.word in {"a", "an"} else self.small.get(lexeme.word)
        after = at + 1
        if above is not None and above >= 20 and self.word(after) in self.small and self.joined(after):
            above, after = above + self.small[self.word(after)], after + 1
        part = self.word(after)
        if above is None or not self.joined(after):
            return None
        whole = self.parts.get(part)
        if part in self.small and self.ordinal(after + 1):
            whole, part, after = self.small[part] + self.ordinal(after + 1), self.word(after + 1), after + 1
        return (above / whole, after + 1) if whole and (above != 1) == part.endswith("s") else None

    def ordinal(self, at: int) -> float:
        """Which of 1 to 9 an ordinal word (or its plural) at a position stands for, joined to the tens before it; 0
        where it stands for none."""
        word = self.word(at).removesuffix("s")
        value = {"first": 1.0, "second": 2.0}.get(word) or self.parts.get(word, 0.0)
        return value if value <= 9 and word not in {"half", "quarter"} and self.joined(at) else 0.0

    def begins_part(self, at: int) -> bool:
        """Whether a fraction below one begins at a position: "and three quarters", but not "and thirty fifths"."""
        part = self.read_part(at)
        return part is not None and part[0] < 1
