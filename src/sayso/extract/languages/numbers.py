"""Numbers of a text in another language than English: in digits with that language's marks, in words, or both."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sayso.extract.languages.vocabularies import Text, Vocabulary, Word, fold_word

LONGEST_NUMBER = 40
"""Code points of digits that are read as a number."""
LONGEST_COMPOUND = 60
SPACES = re.compile("[ \u00a0\u202f\u2009'’٬]")
HUNDRED, THOUSAND = 100, 1000
ONES_FIRST = frozenset(("ar", "de"))
"""Languages that say three and twenty."""
GROUPED = re.compile(r"\d{1,3}(?:([.,،])\d{3})(?:\1\d{3})*")
DECIMAL = re.compile(r"\d+[.,٫]\d+")


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text: words `first` to `last`, inclusive. `alone` is true of a word for one, which may be an
    article; `vague` of hundreds and the like, which are twice as many at least."""

    first: int
    last: int
    low: float
    high: float
    alone: bool = False
    fraction: bool = False
    vague: bool = False


def find_numbers(text: Text) -> list[Number]:
    """The numbers of a text, in order, without overlaps."""
    found, at = [], 0
    while at < len(text.words):
        number = read_number(text, at)
        if number:
            found.append(number)
        at = number.last + 1 if number else at + 1
    return found


def read_number(text: Text, at: int) -> Number | None:
    """The number that begins at a word."""
    word = text.words[at]
    if word.kind == "number":
        value = read_digits(word.text, text.vocabulary)
        return None if value is None else multiply(text, at, value)
    if word.kind != "word":
        return None
    if share := read_share(text, at):
        return share
    if pair := text.find("pairs", at):
        return Number(at, at, float(pair.meaning), float(pair.meaning))
    if half := read_half(text, at):
        return half
    if text.vocabulary.language == "ar" and is_dual(text, at):
        return Number(at, at, 2.0, 2.0)
    if (vague := text.find("vague", at)) and not text.find("multipliers", at + 1):
        return Number(at, at, float(vague.meaning), float(vague.meaning), vague=True)
    if text.vocabulary.language != "fr" and "-" in word.text:
        return read_pair(text, at)
    number = read_run(text, at)
    return add_half(text, number) if number else None


def add_half(text: Text, number: Number) -> Number:
    """A number with the half that is said after it and what multiplies both: "два с половиной миллиона"."""
    half = text.find("grammar.half", number.last + 1)
    if half is None or not text.find("multipliers", number.last + 1 + half.words):
        return number
    return multiply(text, number.first, number.low + 0.5, number.last + half.words)


def read_half(text: Text, at: int) -> Number | None:
    """Half of a unit in one word: "полчаса", "пів'години"."""
    prefix = {"ru": "пол", "uk": "пів"}.get(text.vocabulary.language)
    word = text.words[at].forms[0]
    if prefix is None or not word.startswith(prefix) or len(word) < len(prefix) + 4:
        return None
    unit = text.vocabulary.part("units").find([make_word(word.removeprefix(prefix).lstrip("'-"))], 0)
    return Number(at, at, 0.5, 0.5) if unit else None


DUALS = ("تين", "تان", "ان")
"""Endings of Arabic words for two of a thing, where what is left is a noun of the table."""


def is_dual(text: Text, at: int) -> bool:
    """Whether an Arabic word counts two of what the table has a noun for."""
    counted = text.vocabulary.part("counted")
    if text.find("grammar.that", at) or text.find("months", at):
        return False
    for form in text.words[at].forms:
        for ending in DUALS:
            stem = form.removesuffix(ending)
            if form.endswith(ending) and len(stem) > 2:
                whole = stem + "ه" if ending.startswith("ت") else stem
                if counted.has(make_word(whole)):
                    return True
    return False


def read_digits(word: str, vocabulary: Vocabulary) -> float | None:
    """The value of a number in digits; None where its marks make it no number ("15:00", "1.2.3")."""
    if len(word) > LONGEST_NUMBER or ":" in word or "/" in word:
        return None
    plain = SPACES.sub("", word)
    grouped = GROUPED.fullmatch(plain)
    mark = grouped.group(1) if grouped else ""
    if mark and mark in vocabulary.sign("group"):
        plain = plain.replace(mark, "")
    elif DECIMAL.fullmatch(plain):
        plain = plain.replace(",", ".").replace("٫", ".")
    elif not plain.isdecimal():
        parts = re.split(r"[.,٫]", plain)
        whole, last = "".join(parts[:-1]), parts[-1]
        # "1.234.567,5" has one mark for groups and another for decimals.
        if len({c for c in plain if not c.isdecimal()}) != 2 or not (whole.isdecimal() and last.isdecimal()):
            return None
        plain = f"{whole}.{last}"
    try:
        return float(plain)
    except ValueError:
        return None


def multiply(text: Text, at: int, value: float, last: int = -1) -> Number:
    """A number up to the word `last` with the words that multiply it ("2,3 тис.", "5 mil")."""
    last = max(at, last)
    while found := text.find("multipliers", last + 1):
        value *= float(found.meaning)
        last += found.words
        if last + 1 < len(text.words) and text.words[last + 1].text == "." and is_abbreviated(text, last):
            last += 1
    return Number(at, last, value, value)


def is_abbreviated(text: Text, at: int) -> bool:
    """Whether the full stop after a word is that of an abbreviation: the sentence goes on."""
    after = text.words[at + 2] if at + 2 < len(text.words) else None
    return after is not None and (after.text[0].islower() or after.kind == "number")


def read_share(text: Text, at: int) -> Number | None:
    """A part of a whole in words: "дві третини", "un tercio", "die Hälfte"."""
    found = text.find("fractions", at)
    if found:
        value = float(found.meaning)
        after = at + found.words
        if times := text.find("multipliers", after):
            return multiply(text, at, value * float(times.meaning), after + times.words - 1)
        if unit := text.find("units", after):
            return Number(at, after - 1, value, value) if unit.meaning != "percent" else None
        return Number(at, at + found.words - 1, value, value, fraction=value < 1)
    top, part = text.find("numbers", at), text.find("parts", at + 1)
    if top and part and float(top.meaning) < float(part.meaning):
        value = float(top.meaning) / float(part.meaning)
        return Number(at, at + part.words, value, value, fraction=True)
    return None


def read_pair(text: Text, at: int) -> Number | None:
    """Two numbers with a hyphen that give a range: "два-три"."""
    numbers = text.vocabulary.part("numbers")
    parts = text.words[at].text.split("-")
    values = [numbers.find([make_word(part)], 0) for part in parts]
    if len(parts) != 2 or not all(values):
        return None
    low, high = (float(each.meaning) for each in values if each)
    if low >= high:
        return None
    pair = multiply(text, at, 1.0)
    return Number(at, pair.last, low * pair.low, high * pair.low)


def read_run(text: Text, at: int) -> Number | None:
    """A number in words, as far as it goes: each word must have room in what was said before it."""
    total, current, last, words = 0.0, None, at - 1, 0
    multiplied = False
    j = at
    while j < len(text.words):
        values, count = list_values(text, j)
        if values:
            joined = current
            for value in values:
                joined = value if joined is None else join(joined, value, text.vocabulary.language)
                if joined is None:
                    break
            if joined is None:
                break
            current, last, words = joined, j + count - 1, words + 1
        elif found := text.find("duals", j):
            total, last, words = total + float(found.meaning), j + found.words - 1, words + 1
            multiplied = True
        elif found := text.find("multipliers", j):
            factor = float(found.meaning)
            if factor < THOUSAND and multiplied and current is None:
                break
            base = total + (current or 0.0) if total and total < factor else current
            total = (0.0 if base is not current else total) + (1.0 if base is None else base) * factor
            current, last, words, multiplied = None, j + found.words - 1, words + 1, True
            count = found.words
            dotted = last + 1 < len(text.words) and text.words[last + 1].text == "." and is_abbreviated(text, last)
            last, count = (last + 1, count + 1) if dotted else (last, count)
        elif words and text.has("grammar.and", j) and last == j - 1 and list_values(text, j + 1)[0]:
            follow = list_values(text, j + 1)[0]
            if current is None or join(current, follow[0], text.vocabulary.language) is None:
                break
            count = 1
        else:
            break
        j += max(count, 1)
    if not words:
        return None
    value = total + (current or 0.0)
    return Number(at, last, value, value, alone=value == 1 and words == 1 and not multiplied)


def list_values(text: Text, at: int) -> tuple[list[float], int]:
    """The numbers that a word says: one, or several of a compound ("vingt-quatre", "zweiundzwanzig"); and how many
    words they take."""
    found = text.find("numbers", at)
    if found:
        return [float(found.meaning)], found.words
    if at >= len(text.words) or text.words[at].kind != "word":
        return [], 0
    word, vocabulary = text.words[at], text.vocabulary
    if vocabulary.language == "fr" and "-" in word.text:
        return cut_hyphens(word.forms[0], vocabulary), 1
    if vocabulary.sign("compounds") and len(word.text) <= LONGEST_COMPOUND:
        value = read_compound(word.forms[0], vocabulary.language)
        return ([value] if value is not None else []), 1
    return [], 0


def cut_hyphens(word: str, vocabulary: Vocabulary) -> list[float]:
    """The numbers of a word with hyphens, none where one part is no number."""
    numbers, values = vocabulary.part("numbers"), []
    for part in word.split("-"):
        if part == "et":
            continue
        found = numbers.find([make_word(part)], 0)
        if found is None:
            return []
        values.append(float(found.meaning))
    return values


def make_word(word: str) -> Word:
    """A word by itself, as it is looked up."""
    return Word(0, len(word), word, (fold_word(word),), "word")


def join(before: float, value: float, language: str) -> float | None:
    """Two parts of a number said one after the other; None where the second begins another number."""
    if value == HUNDRED and 1 < before < 10:
        return before * HUNDRED
    if language == "fr" and value == 20 and before % HUNDRED == 4:
        return before + 76
    if value < 10:
        return before + value if before % 10 == 0 and before else None
    if value < HUNDRED:
        ones = before % HUNDRED
        if ones == 0 and before:
            return before + value
        if language == "fr" and ones in (60, 80) and 10 <= value < 20:
            return before + value
        if language == "ar" and value == 10 and 0 < ones < 10:
            return before + value
        if language in ONES_FIRST and 0 < ones < 10 and value >= 20 and value % 10 == 0:
            return before + value
    return None


@cache
def _elements(language: str) -> tuple[tuple[str, float], ...]:
    from sayso.extract.languages.vocabularies import load_vocabulary

    rows = load_vocabulary(language).rows
    words = [(fold_word(w), float(v)) for part in ("numbers",) for v, ws in rows[part].items() for w in ws.split()]
    words += [("tausend", 1000.0)]
    return tuple(sorted(words, key=lambda each: -len(each[0])))


@cache
def read_compound(word: str, language: str) -> float | None:
    """The value of a German number written in one word ("dreihundertfünfundzwanzig"), None for any other word."""
    total, current, rest = 0.0, 0.0, word
    pieces = 0
    while rest:
        if rest.startswith("und") and pieces:
            rest = rest[3:]
            continue
        found = next(((w, v) for w, v in _elements(language) if rest.startswith(w)), None)
        if found is None:
            return None
        rest, value, pieces = rest[len(found[0]) :], found[1], pieces + 1
        if value == THOUSAND:
            total, current = (current or 1.0) * THOUSAND, 0.0
        elif value == HUNDRED:
            current = (current or 1.0) * HUNDRED
        else:
            current += value
    return total + current if pieces > 1 else None
