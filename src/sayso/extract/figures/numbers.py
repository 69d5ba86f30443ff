"""Numbers as English writes them: digits, number words, scales, fractions and ratios, found in plain text.

`scan_numbers` knows nothing of grammar or meaning: every number is found, and later steps drop what is no quantity.
Values are floats; a number too large for one (above 1.8e308) is left out. Digits may be those of any script.

Separators: ``1,500`` and ``12,34,567`` are grouped by commas, ``12 000`` by (thin, no-break or plain) spaces, and
``1.234.567`` and ``1.500,5`` by points as in continental Europe. ``4.800`` alone is read as English reads it: 4.8.
``22,24,26`` is a list.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from sayso.extract.figures.lexemes import find_lexemes, read_digits
from sayso.extract.figures.rows import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number in a text. `scale` is what a scale word multiplied it by (1 where there is none).

    `part` marks a fraction or ratio of something (a third, 3/4, one in four), `digits` a number that begins with
    digits, and `bare` one of plain digits with nothing else: no separator, point or scale (737, 2024).
    """

    start: int
    end: int
    text: str
    value: float
    scale: float = 1.0
    part: bool = False
    digits: bool = False
    bare: bool = False


MINUS = re.compile(r"(?:(?<![\w)\].,\-–—−])(?<!\d\s)[-−]|\b(?:minus|negative)\s+)$", re.IGNORECASE)
ARTICLES = frozenset({"the", "those", "these", "that", "this", "his", "her", "its", "their"})
"""Words that stand before a hundred where "a" could."""
POINTERS = frozenset({"which", "this", "that", "the", "every", "no", "any", "another", "each", "some"})
"""Words after which "one" is a pronoun."""
VERBS = frozenset({"is", "was", "has", "does"})
EVERY = frozenset({"every", "each"})
ROUND_WHOLES = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 50, 100, 200, 500, 1000, 10_000, 100_000, 1_000_000})
"""Wholes that a ratio in digits or words is told of ("one in five", "1 in 1,000")."""


class Reader(Row):
    """Reads one number from a row of lexemes, as far as it goes."""

    def read_whole(self, at: int) -> tuple[float, float, int] | None:
        """Value, scale and end of the whole number in words (or digits and scale words) that begins at a position."""
        first, total, group, last, scale = at, 0.0, None, math.inf, 1.0
        digit_led = self.row[at].kind == "digits"
        if self.word(at) in {"a", "an"}:
            if self.word(at + 1) not in self.scales or self.word(at + 1).endswith("s") or not self.joined(at + 1):
                return None
            group, at = 1.0, at + 1
        elif self.word(at) in self.scales and self.word(at + 1) in self.scales:
            group = 1.0  # "hundred thousand dollars"
        elif self.word(at) == "hundred" and self.word(at - 1) in ARTICLES and self.word(at + 1) == "and":
            group = 1.0  # "the hundred and twenty of them"
        end = at
        while at < len(self.row) and (at in (first, end) or self.joined(at)):
            word, kind = self.word(at), self.row[at].kind
            if at > first and not self.joined(at):
                break
            if word == "and" and at > first:
                # "two hundred and fifty", but "2 million and three" are two numbers.
                can = (group is not None and group >= 100) if digit_led else (group is None or group >= 100)
                follows = self.word(at + 1) in self.small or self.kind(at + 1) == "digits"
                if not (can and total + (group or 0) >= 100 and follows and self.joined(at + 1)):
                    break
                room = 100 if group is not None else last
                value = self.small.get(self.word(at + 1), math.inf)
                if self.row[at + 1].kind == "digits" and self.word(at - 1) == "hundred":
                    value = float(self.row[at + 1].word) if self.row[at + 1].word.isdecimal() else math.inf
                scaled = self.row[at + 1].kind == "digits" and self.word(at + 2) in self.scales
                if not 0 < value < room or scaled or self.begins_part(at + 1):
                    break
                at += 1
                continue
            if kind == "digits":
                again = group is None and self.word(at + 1) == "hundred" and last > 100  # "4 thousand 3 hundred"
                can = at == first or self.word(at - 1) == "and" or again
                written = read_digits(self.row[at].word) if can else None
                if written is None:
                    break
                group = (group or 0.0) + written
            elif word in self.small:
                value = self.small[word]
                if group is None:
                    group = value
                elif (group % 100 >= 20 and group % 10 == 0 and 1 <= value <= 9) or (group >= 100 and group % 100 == 0):
                    group += value
                else:
                    break
            elif word in self.scales:
                by = self.scales[word]
                if group is None:
                    # "three lakh crore", "a hundred thousand million": a scale of the scale before it.
                    if not total or by <= 100:
                        break
                    total, scale, last = total * by, scale * by, by
                elif by == 100:
                    if group >= 1000:
                        break
                    group, scale = group * by, max(scale, by)
                elif by >= last:
                    break
                else:
                    total, group, last, scale = total + group * by, None, by, max(scale, 1.0) * by
            else:
                break
            at += 1
            end = at
            if self.row[at - 1].word.endswith("s") and word in self.scales:
                break
        if end == first or (total == 0 and group is None):
            return None
        return total + (group or 0.0), scale, end

    def read_point(self, value: float, at: int) -> tuple[float, int]:
        """Reads on over "point nought three"."""
        if self.word(at) != "point" or not self.joined(at):
            return value, at
        part, after = self.read_decimals(at + 1)
        return (value + part, after) if after > at + 1 else (value, at)

    def read_decimals(self, at: int) -> tuple[float, int]:
        """What the digits in words behind a "point" come to, and where they end."""
        decimals, after = "", at
        while self.word(after) in self.small and self.joined(after):
            number = int(self.small[self.word(after)])
            if number >= 20 and self.word(after + 1) in self.small and self.small[self.word(after + 1)] < 10:
                number, after = number + int(self.small[self.word(after + 1)]), after + 1
            decimals, after = decimals + str(number), after + 1
        return float(f"0.{decimals}" if decimals else 0.0), after

    def read_scale(self, at: int) -> tuple[float, int]:
        """What the scale words (or, after digits, letters) at a position multiply by, and where they end."""
        by = 1.0
        while self.word(at) in self.scales and (self.joined(at) or self.glued(at)):
            by, at = by * self.scales[self.word(at)], at + 1
        if by == 1.0 and 0 < at < len(self.row) and self.row[at - 1].kind == "digits":
            letters = self.text[self.row[at].start : self.row[at].end]
            gap = self.text[self.row[at - 1].end : self.row[at].start]
            if letters in self.letters and not gap.strip() and len(gap) <= 2:
                return self.letters[letters], at + 1
        return by, at

    def read_ratio(self, value: float, at: int) -> tuple[float, int] | None:
        """ "one in four", "9 out of 10", "one over three", "one lorry in three", "two of every three": the share, given
        the number that was read before `at`."""
        if (self.word(at) == "in" and self.joined(at)) or (self.word(at) == "over" and value == 1 and self.joined(at)):
            after = at + 1
            after += self.word(after) in EVERY and self.joined(after)
        elif self.word(at) == "out" and self.word(at + 1) == "of" and self.joined(at) and self.joined(at + 1):
            after = at + 2
            after += self.word(after) in EVERY and self.joined(after)
        elif self.word(at).isalpha() and self.word(at + 1) == "out" and self.word(at + 2) == "of":
            after = at + 3  # "nine homes out of ten"
        elif self.word(at) == "of" and self.word(at + 1) in EVERY and self.joined(at) and self.joined(at + 1):
            after = at + 2
        elif value == 1 and self.word(at).isalpha() and self.word(at + 1) == "in" and self.joined(at + 1):
            after = at + 2  # "one lorry in three"
            if self.word(after + 1).endswith("s") and self.word(after + 1) not in VERBS and self.joined(after + 1):
                return None  # "one man in two cars"
        else:
            return None
        if not self.joined(after) or not (self.row[after].kind == "digits" or self.word(after) in {*self.small, "a"}):
            return None
        whole = self.read_whole(after)
        if whole is None or not 0 < value < whole[0] or value % 1 or (value > 1 and whole[0] not in ROUND_WHOLES):
            return None
        # "killed three in two attacks": only one of a round number is safely a ratio with "in".
        if self.word(at) == "in" and value != 1 and not (value < 10 and whole[0] in {3, 4, 5, 10, 100}):
            return None
        return value / whole[0], whole[2]

    def read(self, at: int) -> tuple[Number, int] | None:
        """The number that begins at a position, and the position after it."""
        first, value, scale, part, end = at, 0.0, 1.0, False, at
        fraction = self.read_part(at)
        whole = None if fraction and self.row[at].kind != "digits" else self.read_whole(at)
        if self.word(at) == "point":
            # "point one nine", and not "at this point three": one digit after it may be of anything.
            value, end = self.read_decimals(at + 1)
            whole = (value, 1.0, end) if end > at + 2 else None
        if fraction:
            value, end, part = fraction[0], fraction[1], True
            # "half a million", "half a dozen", "two thirds of a million"
            after = end + (self.word(end) == "of" and self.word(end + 1) in {"a", "an"})
            after += self.word(after) in {"a", "an"}
            if self.word(after) in self.scales and self.joined(after) and not self.word(after).endswith("s"):
                by, end = self.read_scale(after)
                value, scale, part = value * by, by, False
        elif whole:
            value, scale, end = whole
            value, end = self.read_point(value, end)
            plural = self.word(end) in self.parts and self.word(end).endswith("s")
            if plural and self.kind(first) == "word" and self.joined(end):
                value, end, part = value / self.parts[self.word(end)], end + 1, True
            ratio = self.read_ratio(value, end)
            if ratio:
                value, end, part = *ratio, True
            else:
                value, scale, end = self.read_mixed(value, scale, end)
        else:
            return None
        if not math.isfinite(value) or (self.word(end - 1) in self.small and value % 100 >= 20 and self.ordinal(end)):
            return None  # too large to hold, or an ordinal: "the twenty-first"
        start, stop = self.row[first].start, self.row[end - 1].end
        sign = MINUS.search(self.text, max(0, start - 12), start)
        if sign:
            value, start = -value, sign.start()
        digits = self.row[first].kind == "digits"
        words = self.text[start:stop]
        return Number(
            start=start,
            end=stop,
            text=words,
            value=value,
            scale=scale,
            part=part,
            digits=digits,
            bare=digits and words.isdigit(),
        ), end

    def read_mixed(self, value: float, scale: float, at: int) -> tuple[float, float, int]:
        """Reads on over "and a half" (of the number's own scale) and over the scale that may follow."""
        by, after = self.read_scale(at)
        if by != 1.0:
            value, scale, at = value * by, scale * by, after
        joined = self.word(at) == "and" and self.joined(at)
        part = self.read_part(at + joined) if self.attached(at, joined) else None
        if part is None or part[0] >= 1:
            return value, scale, at
        # "two and a half million", "a million and a half"
        by, after = self.read_scale(part[1])
        if 1.0 < by < scale:
            return value + part[0] * by, scale, after
        value += part[0] * (scale if by == 1.0 and value >= scale > 100 else 1.0)
        return value * by, scale * by, after

    def attached(self, at: int, joined: bool) -> bool:
        """Whether a fraction at a position belongs to the number before it ("2 1/4", "2½", "two and a half")."""
        place = at + joined
        if place >= len(self.row):
            return False
        if self.row[place].kind == "glyph":
            return not self.text[self.row[place - 1].end : self.row[place].start].strip()
        if self.row[place].kind == "digits":
            return not joined and self.row[place - 1].kind == "digits" and self.joined(place)
        return joined and self.joined(place)


def scan_numbers(text: str) -> list[Number]:
    """Every number of a text, in order, without overlaps."""
    row = find_lexemes(text)
    reader = Reader(text, row)
    starters = {*reader.small, "a", "an", "half", "quarter", "point"}
    found, at = [], 0
    while at < len(row):
        starts = row[at].kind != "word" or row[at].word in starters
        read = reader.read(at) if starts or row[at].word in reader.scales else None
        if read and read[0].text.lower() == "one" and reader.word(at - 1) in POINTERS:
            read = None
        if read:
            found.append(read[0])
            at = read[1]
        else:
            at += 1
    return found


def read_number(words: str) -> float | None:
    """The value of words that are one number and nothing else, or None: ``read_number("two hundred and fifty")``."""
    found = scan_numbers(words)
    return found[0].value if len(found) == 1 and found[0].text.strip() == words.strip() else None
