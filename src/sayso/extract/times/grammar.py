"""The language that the patterns of time expressions are written in, and the search for them.

A pattern is a sequence of pieces, separated by spaces, with the operators ``( | ) ? * +`` of regular expressions:

- a word in lower case stands for itself (``ago``);
- a name in capitals for a category of words in ``times.toml`` (``MONTH``) or a shape of `sayso.extract.times.words`
  (``YEAR``, ``COMMA``);
- several names joined by ``/`` for any of them (``NTH/ORDINAL``);
- ``<name>`` before any of these, or before a group, makes the piece readable by that name (``<month>MONTH``);
- ``{NAME}`` for a piece of `PIECES`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sayso.extract.times.words import BREAK, OTHER, SHAPES, Lexicon, Words, load_lexicon

PIECES = {
    "DAY": "TWELVE/DAYHOUR/TWENTYFOUR/THIRTYONE",
    "ANY_DAY": "(NTH/ORDINAL/TWELVE/DAYHOUR/TWENTYFOUR/THIRTYONE|twenty/thirty DASH? ORDINAL)",
    "NTH_DAY": "(NTH/ORDINAL|twenty/thirty DASH? ORDINAL)",
    "INT": "ZERO/TWELVE/DAYHOUR/TWENTYFOUR/THIRTYONE/SIXTY/HUNDRED/BIG/FOUR_DIGITS/YEAR",
    "CARDINAL": "(?:{INT}/DECIMAL hundred/thousand/million/billion/trillion{0,3}|COUNT(?:DASH? COUNT|and COUNT){0,6})",
    "HALF": "(?:DASH? and DASH? (?:a/one DASH?)? half|HALF_SIGN)",
    "AMOUNT": "(?:{CARDINAL}{HALF}?|HALF_SIGN)",
    "APPROX": "(?:APPROX|just over/under/about/around|well/slightly/little over/under|a little over/under"
    "|(?:no|not)? more/less/fewer/longer than|at least/most|up to|as little/much/many/long as)",
    "VAGUE": "(?:several/many/numerous/countless|(?:a|the|quite a)? few|a number/couple of|a couple"
    "|dozens/scores/hundreds/thousands of)",
    "WEEKDAY": "(?:<weekday>WEEKDAY DOT? COMMA? the?)",
    "YR": "(?:(?:COMMA|of|in)? <year>YEAR/SHORT_YEAR)",
    "EDGE": "<edge>(the? very? early/mid/late DASH? (?:to DASH? mid/late DASH?)?|the? very? EDGE_NOUN of"
    "|(?:the|its)? first/second/latter half of|the? early/late/latter part of)",
    "AMPM": "(?:am|pm|a DOT m DOT?|p DOT? m DOT?)",
    "TO": "DASH/to/and/or/through/till/until/TILDE",
}
"""Pieces that several patterns share."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, as a regular expression over shapes, and the function that makes times of what it finds. The pattern
    fits nothing without one of the characters in `needs`, where there are any."""

    name: str
    expression: str
    read: Callable[..., Any]
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a pattern fits: tokens `first` to `last`, inclusive, of `words`."""

    words: Words
    first: int
    last: int
    groups: Mapping[str, tuple[int, int]]

    def __contains__(self, name: str) -> bool:
        """Whether the named piece was there."""
        return name in self.groups

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.words.starts[self.first]

    @property
    def end(self) -> int:
        """Offset after the last character."""
        return self.words.ends[self.last]

    def text(self, name: str) -> str:
        """The named piece in lower case, its tokens with one space between; "" where it was not there."""
        return " ".join(self.tokens(name))

    def tokens(self, name: str) -> list[str]:
        """The tokens of the named piece in lower case."""
        first, last = self.groups.get(name, (0, -1))
        return [self.words.word(i) for i in range(first, last + 1)]

    def span(self, name: str) -> tuple[int, int]:
        """The character span of the named piece."""
        first, last = self.groups[name]
        return self.words.starts[first], self.words.ends[last]

    def number(self, name: str) -> int:
        """The named piece as a whole number: digits, an ordinal in digits or words."""
        token = self.text(name)
        digits = re.match(r"['’]?(\d+)", token)
        if digits:
            return int(digits[1])
        tens, _, ones = token.replace("-", " ").rpartition(" ")
        values = load_lexicon().values
        last = values["ORDINAL"].get(ones) or values["COUNT"].get(ones, 0)
        return int(values["COUNT"].get(tens.strip(), 0)) + int(last)

    def value(self, name: str, category: str) -> Any:
        """What the named word means in a category."""
        return load_lexicon().values[category][self.text(name)]

    def without(self, name: str) -> Hit:
        """The hit up to the token before the named piece, a comma or preposition left out too."""
        last = self.groups[name][0] - 1
        if last > self.first and self.words.word(last) in (",", "of", "in", "-"):
            last -= 1
        groups = {key: span for key, span in self.groups.items() if span[1] <= last}
        return Hit(self.words, self.first, last, groups)

    @property
    def before(self) -> str:
        """The token before the hit, in lower case."""
        return self.words.word(self.first - 1)

    @property
    def after(self) -> str:
        """The token after the hit, in lower case."""
        return self.words.word(self.last + 1)


def spell_pattern(pattern: str, lexicon: Lexicon) -> str:
    """The pattern as a regular expression over shapes; raises KeyError for a category that does not exist."""
    while _PIECE.search(pattern):
        pattern = _PIECE.sub(lambda match: PIECES[match[1]], pattern)

    def replace(match: re.Match[str]) -> str:
        group, name, words = match[1], match[2], match[3]
        if group:
            return f"(?P<{group}>"
        if not words:
            return "" if match[0].isspace() else match[0]
        chars = "".join(lexicon.chars(word) if word[0].isupper() else lexicon.add(word) for word in words.split("/"))
        piece = f"[{re.escape(chars)}]"
        return f"(?P<{name}>{piece})" if name else piece

    return _ELEMENT.sub(replace, pattern)


@cache
def compile_expression(expression: str) -> re.Pattern[str]:
    """The regular expression of a rule, compiled when a text first has what it needs: most texts need few."""
    return re.compile(expression)


def list_needs(pattern: str, lexicon: Lexicon) -> frozenset[str]:
    """The characters of the rarest piece that the pattern cannot do without, none where all are groups or optional.
    Most rules are spared on most texts by looking for these first."""
    needs: frozenset[str] = frozenset()
    depth = 0
    for piece in _PLAIN_GROUP.sub(r" \1 ", pattern).split():
        match = re.fullmatch(r"(?:<[a-z_]+>)?([A-Za-z_]+(?:/[A-Za-z_]+)*)", piece)
        if match and not depth:
            words = match[1].split("/")
            chars = frozenset("".join(lexicon.chars(w) if w[0].isupper() else lexicon.add(w) for w in words))
            needs = chars if not needs or len(chars) < len(needs) else needs
        depth += piece.count("(") - piece.count(")")
        if piece == "|" and not depth:
            return frozenset()
    return needs


_PLAIN_GROUP = re.compile(r"<[a-z_]+>\(([^()|]*)\)(?![?*+{])")
"""A named group without alternatives, which must be there."""
_PIECE = re.compile(r"\{([A-Z_]+)\}")
_ELEMENT = re.compile(r"<([a-z_]+)>\(|(?:<([a-z_]+)>)?([A-Za-z_]+(?:/[A-Za-z_]+)*)|\(\?(?:<?[!=]|:)|\s+")
"""A named group's opening; a piece, perhaps named; what `re` writes with letters or signs of its own; white space."""


RULES: list[tuple[str, Callable[..., Any]]] = []
"""Every pattern with its reader, in order of precedence among expressions of the same length."""

Reader = Callable[..., Any]


def rule(*patterns: str) -> Callable[[Reader], Reader]:
    """Register a reader for patterns: it takes the hit and the anchor and returns what it found, or nothing."""

    def register(read: Reader) -> Reader:
        RULES.extend((pattern, read) for pattern in patterns)
        return read

    return register


@cache
def load_rules() -> tuple[Rule, ...]:
    """All rules, spelt once a process."""
    lexicon = load_lexicon()
    return tuple(
        Rule(read.__name__, spell_pattern(pattern, lexicon), read, list_needs(pattern, lexicon))
        for pattern, read in RULES
    )


@cache
def _island_pattern() -> re.Pattern[str]:
    """Runs of known tokens; a function word alone is none."""
    return re.compile(f"[^{OTHER}{BREAK}]+")


@cache
def _trigger_pattern() -> re.Pattern[str]:
    """What a run must hold to hold a time: a word of one of these categories, or a number's shape that tells."""
    lexicon = load_lexicon()
    names = [
        "MONTH",
        "WEEKDAY",
        "WEEKDAYS",
        "SEASON",
        "UNIT",
        "UNITS",
        "PART",
        "HOUR_WORD",
        "ZONE",
        "OFTEN",
        "NOW",
        "DECADE",
    ]
    shapes = [name for name in SHAPES if name not in ("ZERO", "HUNDRED", "BIG", "FOUR_DIGITS", "HALF_SIGN")]
    chars = "".join(lexicon.chars(name) for name in [*names, *shapes])
    chars += "".join(lexicon.add(word) for word in TRIGGER_WORDS)
    return re.compile(f"[{re.escape(chars)}]")


TRIGGER_WORDS = (
    "today", "tomorrow", "yesterday", "tonight", "overnight", "moment", "time", "future", "past", "later", "earlier",
    "present", "christmas", "easter", "thanksgiving", "halloween", "pentecost", "juneteenth", "epiphany", "eve", "fy",
    "date", "m", "pm", "clock", "oclock", "eoy", "nineteen", "twenty", "thousand", "tonite", "everyday",
    "ten", "five", "shortly", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
    "seventeenth", "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip
"""Words that tell of a time without being in a category."""


def read_words(text: str) -> Words:
    """The text as tokens, once all patterns have told the lexicon which words they know."""
    load_rules()
    _trigger_pattern()
    return load_lexicon().read(text)


def find_hits(words: Words) -> Iterator[tuple[Rule, Hit]]:
    """Where each rule fits, leftmost first, the longest first among those that begin together."""
    rules = load_rules()
    trigger = _trigger_pattern()
    places: list[int] = []
    islands: list[str] = []
    for match in _island_pattern().finditer(words.shape):
        if trigger.search(match.group()):
            islands.append(match.group())
            places.extend(range(match.start(), match.end()))
            places.append(-1)
    sea = OTHER.join(islands)
    found = []
    seen = frozenset(sea)
    for order, each in enumerate(rules):
        if each.needs and each.needs.isdisjoint(seen):
            continue
        pattern = compile_expression(each.expression)
        found += [(m.start(), -m.end(), order, m) for m in pattern.finditer(sea) if m.group()]
    found.sort(key=lambda item: item[:3])
    for start, minus_end, order, match in found:
        groups = {
            name: (places[match.start(name)], places[match.end(name) - 1])
            for name, text in match.groupdict().items()
            if text
        }
        yield rules[order], Hit(words, places[start], last_token(words, places[start], places[-minus_end - 1]), groups)


def last_token(words: Words, first: int, last: int) -> int:
    """The last token of a hit without the marks that close a sentence rather than an abbreviation."""
    while last > first:
        mark, before = words.written(last), words.written(last - 1)
        if mark in ("-", "–", "—", ",", "(") or (mark == "." and len(before) > 4):
            last -= 1
        else:
            return last
    return last
