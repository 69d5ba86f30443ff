"""Places by what an Arabic name of them sounds like: the gazetteer's Latin names that may be spellings of it.

Arabic writes consonants and long vowels, and Latin spellings of one name differ in all else ("Deir ez-Zor", "Dayr az
Zawr"). So a name is looked up by its consonants, those that spellings confuse counted as one (`outline`), and kept
where the whole of it may stand for the Arabic letters, by ``[letters]`` of ``languages/ar.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import islice, product

from sayso.extract.languages.toponyms import list_home
from sayso.extract.languages.vocabularies import load_vocabulary
from sayso.extract.places.gazetteers import Gazetteer, Spot, load_gazetteer
from sayso.extract.places.names import DIVISION_WORDS, fold_name

LEAST_ABROAD = 100_000
"""People of a town outside the Arab world that is known by the sound of its name: there are too many smaller ones."""
FEWEST = 4
"""Letters of a name that is known by its sound, without its article: with fewer, common words sound like some town."""
MOST_OUTLINES = 32
ARTICLES = frozenset("al el as ash ad adh ar az an at ath es esh ed er en et ez".split())
"""The Arabic article in Latin letters."""
VOWEL = "[aeiouy]?"
"""A short vowel, which Arabic does not write."""
VOWELS = frozenset("aeiouyw")
SOUNDS = ((re.compile("x"), "ks"), (re.compile("t?sch|tch|ch|sh"), "x"), (re.compile("dj"), "j"),
          (re.compile("ph"), "f"), (re.compile("c(?=[eiy])"), "s"))  # fmt: skip
"""Latin letters that stand for one sound together; x is then "sh"."""
CONFUSED = str.maketrans("pvxzcqgj", "bfsskkkk", "aeiouywh")
"""Sounds that spellings confuse, as one of them; vowels and the breath go."""
DOUBLED = re.compile(r"(.)\1+")


def find_spelled(gazetteer: Gazetteer, words: Sequence[str], *, exact: bool = False) -> tuple[Spot, ...]:
    """The places whose Latin name may be a spelling of some folded Arabic words, with their article or without;
    `exact` for those with no vowel beside the written and the short ones."""
    names = dict.fromkeys(["".join(words), "".join(word.removeprefix("ال") for word in words)])
    rows = dict.fromkeys(row for name in names for row in list_rows(name, exact))
    return tuple(gazetteer.spot(row) for row in rows)


def list_rows(name: str, exact: bool) -> list[int]:
    """The rows of the gazetteer whose Latin name may be a spelling of an Arabic one without spaces."""
    letters = load_letters()
    if len(name.removeprefix("ال")) < FEWEST or any(letter not in letters for letter in name):
        return []
    sounds = [letters.get(name[at:] + "$", letters[name[at]]) for at in range(len(name))]
    outlines = {"".join(each) for each in islice(product(*(map_outlines(s) for s in sounds)), MOST_OUTLINES)}
    keys = {DOUBLED.sub(r"\1", each) for each in outlines}
    found = [each for key in keys for each in load_outlines().get(key, ())]
    pattern = write_pattern(sounds, exact) if found else None
    return [row for row, latin in found if pattern and pattern.fullmatch(latin)]


def write_pattern(sounds: Sequence[Sequence[str]], exact: bool) -> re.Pattern[str]:
    """What Latin spellings of some letters look like: each of them once or, consonants, doubled."""
    doubled = [[f"{each}{each}?" if len(each) == 1 and each not in VOWELS else each for each in s] for s in sounds]
    letters = [f"(?:{'|'.join(each)})" for each in doubled]
    if exact:
        return re.compile(VOWEL.join(letters))
    return re.compile(VOWEL + VOWEL.join(f"{each}{{1,2}}" for each in letters) + VOWEL)


def map_outlines(sounds: Sequence[str]) -> list[str]:
    """What may be left of a letter in an outline."""
    return list(dict.fromkeys(sound.translate(CONFUSED) for sound in sounds))


@cache
def load_letters() -> dict[str, tuple[str, ...]]:
    """What each Arabic letter may be in Latin names as `sound_out` writes them; with "$" after it, at a word's end."""
    rows: dict[str, str] = load_vocabulary("ar").rows["letters"]
    return {letter: tuple(sorted(latin.split(), key=len, reverse=True)) or ("",) for letter, latin in rows.items()}


def sound_out(name: str) -> str:
    """A Latin name by its sounds: without articles, accents and what it says of being a division."""
    words = fold_name(DIVISION_WORDS.sub("", name)).split()
    sounds = "".join(word for word in words if word not in ARTICLES)
    for several, one in SOUNDS:
        sounds = several.sub(one, sounds)
    return sounds


def outline(sounds: str) -> str:
    """The consonants of a name, those that are confused as one, and doubled ones once."""
    return DOUBLED.sub(r"\1", sounds.translate(CONFUSED))


@cache
def load_outlines() -> dict[str, list[tuple[int, str]]]:
    """The places of the Arab world, and larger towns elsewhere, by their outlines: row and sounds of each."""
    gazetteer = load_gazetteer()
    at_home = {n for n, country in enumerate(gazetteer.countries) if country in list_home("ar")}
    towns = {n for n, feature in enumerate(gazetteer.features) if feature.startswith("PPL")}
    found: dict[str, list[tuple[int, str]]] = {}
    for row, country in enumerate(gazetteer.country):
        large = gazetteer.population[row] >= LEAST_ABROAD and gazetteer.feature[row] in towns
        if country in at_home or large:
            sounds = sound_out(gazetteer.spot(row).name)
            found.setdefault(outline(sounds), []).append((row, sounds))
    return found
