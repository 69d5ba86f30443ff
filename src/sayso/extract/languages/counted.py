"""What a number in another language than English counts: its unit, or the noun beside it and whether that counts
people."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sayso.extract.languages.numbers import DUALS, Number, make_word
from sayso.extract.languages.vocabularies import Match, Text

LENGTHS = frozenset(("second", "minute", "hour", "day", "week", "month", "year", "decade"))
PEOPLE = frozenset(
    "people men women children residents soldiers fighters officers rescuers firefighters doctors patients workers "
    "miners journalists hostages passengers tourists students prisoners refugees migrants protesters officials "
    "sailors drivers suspects".split()
)
"""Nouns of the tables that count people."""
LONGEST_GAP = 3
"""Words between a number and the noun that it counts, at most."""
DEGREES = ("celsius",)


@dataclass(frozen=True, slots=True)
class Counted:
    """A number with its bounds and what it counts: words `first` to `last`, inclusive, of which the number's own end at
    `core`."""

    first: int
    core: int
    last: int
    low: float | None
    high: float | None
    bound: str = "exact"
    unit: str = ""
    of: str = ""
    noun: bool = False
    fraction: bool = False
    alone: bool = False


def name_counted(text: Text, counted: Counted, number: Number) -> Counted:
    """A number with its unit, or with the noun after it and whether that counts people."""
    at = counted.core + 1
    if at + 1 < len(text.words) and text.words[at].text in "-‑" and text.has("grammar.suffixes", at + 1):
        at += 2
    one = number.first == number.last and text.words[number.first].kind == "word"
    if one and number.low == 0.5 and (half := half_unit(text, number.first)):
        return replace(counted, unit=half)
    if one and number.low == 2 and text.vocabulary.language == "ar" and not text.find("numbers", number.first):
        at = number.first
        if two := dual_noun(text, at):
            return replace(counted, of=two, unit="person" if two in PEOPLE else "", noun=True)
    for gap in range(LONGEST_GAP + 1):
        here = at + gap
        if here >= len(text.words) or (
            text.words[here].kind != "word" and not (gap == 0 and text.words[here].kind == "mark")
        ):
            break
        if gap and any(text.find(part, here) for part in ("numbers", "multipliers", "fractions")):
            break
        unit = text.find("units", here)
        if unit and (gap == 0 or unit.meaning not in DEGREES) and is_unit(text, here, unit):
            end = here + unit.words - 1
            return replace(counted, unit=unit.meaning, last=max(end, counted.last), core=max(counted.core, at - 1))
        noun = text.find("counted", here)
        if noun:
            people = noun.meaning in PEOPLE
            return replace(
                counted,
                of=noun.meaning.replace("_", " "),
                unit="person" if people else "",
                last=here + noun.words - 1,
                noun=True,
            )
        if not text.words[here].text[0].islower() and text.vocabulary.language in ("uk", "ru", "es", "fr"):
            break
        if text.has("grammar.articles", here) or text.has("grammar.verbs", here):
            break
        if text.has("grammar.stop", here) or (text.has("grammar.prepositions", here) and not is_of(text, here)):
            break
        if text.find("states", here) and gap:
            break
        if text.find("cues", here):
            break
    return before_number(text, counted) or replace(counted, of=unknown_noun(text, at))


def half_unit(text: Text, at: int) -> str:
    """The unit of "полчаса"; "" for any other word."""
    word = text.words[at].forms[0]
    for prefix in ("пол", "пів"):
        rest = word.removeprefix(prefix).lstrip("'-")
        unit = text.vocabulary.part("units").find([make_word(rest)], 0) if rest != word else None
        if unit:
            return unit.meaning
    return ""


def dual_noun(text: Text, at: int) -> str:
    """The noun that an Arabic dual counts two of, "" where the table has it whole or not at all."""
    counted = text.vocabulary.part("counted")
    if text.find("counted", at) or text.find("units", at):
        return ""
    for form in text.words[at].forms:
        for ending in DUALS:
            stem = form.removesuffix(ending)
            found = (
                counted.find([make_word(stem + "ه" if ending.startswith("ت") else stem)], 0) if stem != form else None
            )
            if found:
                return found.meaning
    return ""


def is_of(text: Text, at: int) -> bool:
    """Whether a word joins a large number with what it counts: "dos millones *de* personas"."""
    return text.words[at].forms[0] in ("de", "d'", "des", "von", "of", "من", "з", "із")


def is_unit(text: Text, at: int, unit: Match) -> bool:
    """Whether letters that stand for a unit do so here: one or two of them right after a number in digits."""
    word = text.words[at]
    return len(word.text) > 2 or word.kind == "mark" or unit.words > 1 or text.words[at - 1].kind == "number" or (
        at > 0 and text.words[at - 1].kind != "word"
    ) or len(word.text) > 1  # fmt: skip


def before_number(text: Text, counted: Counted) -> Counted | None:
    """A number whose unit stands before it: "магнітудою 6,1", Russian "недели три", about three weeks."""
    lead = text.vocabulary.part("grammar.magnitude").find_ending(text.words, counted.first, 2)
    if lead:
        return replace(counted, unit="magnitude", first=lead[1])
    unit = text.vocabulary.part("units").find_ending(text.words, counted.first, 1)
    if unit is None and counted.first > 1 and text.has("grammar.prepositions", counted.first - 1):
        unit = text.vocabulary.part("units").find_ending(text.words, counted.first - 1, 1)
    if text.vocabulary.language == "ar" and counted.core == counted.first and counted.low in (1.0, 2.0):
        noun = text.vocabulary.part("counted").find_ending(text.words, counted.first, 1)
        if unit and unit[1] == counted.first - 1:
            return replace(counted, unit=unit[0].meaning, first=unit[1])
        if noun:
            people = noun[0].meaning in PEOPLE
            return replace(counted, of=noun[0].meaning, unit="person" if people else "", first=noun[1], noun=True)
    inverted = text.vocabulary.language == "ru" and text.words[counted.core].kind == "word"
    if inverted and unit and unit[0].meaning in LENGTHS and counted.bound == "exact":
        return replace(counted, unit=unit[0].meaning, first=unit[1], bound="about")
    return None


def unknown_noun(text: Text, at: int) -> str:
    """The word right after a number, where it may be a noun that the table lacks."""
    if at >= len(text.words) or text.words[at].kind != "word":
        return ""
    word = text.words[at]
    small = word.text[0].islower() or text.vocabulary.language in ("de", "ar")
    parts = ("stop", "prepositions", "but", "and", "pronouns", "not", "articles", "verbs", "light")
    known = any(text.has(f"grammar.{part}", at) for part in parts) or text.has("according.phrases", at)
    known = known or any(text.find(part, at) for part in ("states", "cues"))
    return word.text if small and not known and len(word.text) > 2 else ""
