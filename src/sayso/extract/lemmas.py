"""The dictionary's form of an English word: "say" of "said", "man" of "men", "make" of "making".

What a word is a form of depends on its part of speech ("left" the verb is "leave", "left" the adjective itself), so
each Penn tag has its own way: a table of the forms that spelling does not undo, and for the others the rules of
English spelling backwards: the doubled consonant of "planned", the y of "tried", the lost e of "making". The forms are
those that spaCy's rules give, on which the rules of this package are written, in lower case.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from sayso.tables import load_toml

SECTIONS = {
    "VBP": "auxiliaries",
    "VBZ": "verbs",
    "VBD": "verbs",
    "VBN": "verbs",
    "VBG": "verbs",
    "MD": "modals",
    "NNS": "nouns",
    "JJR": "adjectives",
    "JJS": "adjectives",
    "RB": "adverbs",
    "RBR": "adverbs",
    "RBS": "adverbs",
    "PRP": "pronouns",
    "TO": "particles",
    "''": "quotes",
    "``": "quotes",
}
"""Which section of the table has the forms of each Penn tag; the words of the others are their own lemma."""

ENDINGS = {"VBD": "ed", "VBN": "ed", "VBG": "ing", "JJR": "er", "JJS": "est"}
"""What each Penn tag adds to a regular word."""

LOST_E = re.compile(
    r"""(?:
      [cvu] | (?<=[cv])r | (?<=[bcdfgkptsz])l                 # force, argue, massacre, settle
    | (?<=[^zt])z | (?<=[aeioulnrpw])s | (?<=[dlraeiou])g     # seize, use, manage
    | ^(?:[^aeiouy]|qu)*[aeiouy][^aeiouywxh]                  # hope: one syllable, else its consonant were doubled
    | (?<![eo])(?:a[dtkpmr]) | (?<!e)ed | (?<!o)o[dk]         # invade, concede, explode
    | (?<![aeo])(?:i[dlnrkb]|u[dlnrkbtm]) | eng | phon | typ  # decide, include, challenge
    )\Z""",
    re.VERBOSE,
)
"""How a stem ends that has lost an e."""

DOUBLED = re.compile(
    r"([bdgkmnprtv])\1\Z|(?:[aeio]|(?<!q)u|\By)[^aeiouy]{0,3}(?:(?<!t)el|(?<=[dginrtv])al|(?<=[tx])r?ol)l\Z"
)
"""How a stem ends whose last consonant was doubled: any but s, f and z ("pass"), an l only after some ("cancel")."""

PREFIXES = ("re", "un", "over", "out", "mis", "dis", "fore", "under", "pre", "inter", "counter", "co", "de")
"""What may stand before a verb without changing its spelling."""

LONGEST_WORD = 40
"""Characters of the longest word that is looked at; longer ones are no English."""

LONE_S = re.compile(
    r"^.ies\Z|^[^aeiou]{1,3}oes\Z|shoes\Z"
    r"|(?:[aeo]|^[mr]?|ab|mis|re|is|cc|xc|f|per|am|bem|cl)uses\Z"
)
"""Forms in -es whose word has the e: "dies", "toes", "uses"."""

ES = re.compile(r"(?:[cs]h|[xo]|ss|us|zz|tz)es\Z")
"""Forms that have -es where others have -s."""

COMPOUND = re.compile(r"(?<=..)(?:men|children|feet|teeth|mice|wives|knives|shelves)\Z")
"""What ends a plural made of two words ("schoolchildren") and is itself one that spelling does not undo."""


@cache
def load_forms(section: str) -> dict[str, str]:
    """A section of the table turned round: from a form to its lemma."""
    table: dict[str, str] = load_toml("lemmas.toml")[section]
    return {form: lemma for lemma, forms in table.items() for form in forms.split()}


@cache
def load_stems(key: str) -> frozenset[str]:
    """The stems of the table that have lost an e ("with_e") or have not ("without_e"), against the rule."""
    return frozenset(load_toml("lemmas.toml")["stems"][key].split())


def restore_stem(stem: str) -> str:
    """Undo what spelling did to a word before -ed, -ing, -er or -est: "plann" to "plan", "mak" to "make"."""
    bare = {stem} | {stem[len(prefix) :] for prefix in PREFIXES if stem.startswith(prefix)}
    if bare & load_stems("with_e"):
        return stem + "e"
    if bare & load_stems("without_e"):
        return stem
    if DOUBLED.search(stem):
        return stem[:-1]
    return stem + "e" if LOST_E.search(stem) else stem


def strip_ending(word: str, ending: str) -> str:
    """Take -ed, -ing, -er or -est off a word; one that has no vowel before it ("bring") has no ending."""
    stem = word.removesuffix(ending)
    if stem == word or not re.search("[aeiouy]", stem):
        return word
    if ending != "ing" and stem.endswith("e"):
        return stem + "e"
    if ending != "ing" and stem.endswith("i"):
        return stem + "e" if len(stem) < 3 else stem[:-1] + "y"
    return restore_stem(stem)


def strip_s(word: str) -> str:
    """Take the -s or -es off a plural or a third person."""
    if len(word) < 3 or not word.endswith("s") or word.endswith("ss") or not word[-2].isalnum():
        return word
    if LONE_S.search(word):
        return word[:-1]
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if ES.search(word) else word[:-1]


@lru_cache(maxsize=1 << 16)
def find_lemma(word: str, tag: str) -> str:
    """The lemma of a word that has this Penn tag, in lower case; the word itself where there is nothing to undo.

    A word's typographic apostrophe counts as a straight one: "’s" the verb is "be" like "'s".
    """
    lower = word.lower()
    section = SECTIONS.get(tag)
    if section is None or len(word) > LONGEST_WORD:
        return lower
    if lemma := load_forms(section).get(lower if section == "quotes" else lower.replace("’", "'")):
        return lemma
    if tag == "NNS" and (compound := COMPOUND.search(lower)):
        return lower[: compound.start()] + load_forms("nouns")[compound.group()]
    if tag in ("NNS", "VBZ"):
        return strip_s(lower)
    if tag in ("VBD", "VBN") and not lower.endswith("ed"):
        for prefix in PREFIXES:
            if lower.startswith(prefix) and (lemma := load_forms("verbs").get(lower.removeprefix(prefix))):
                return prefix + lemma
    return strip_ending(lower, ENDINGS[tag]) if tag in ENDINGS else lower
