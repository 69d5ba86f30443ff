"""Which names are one person's across reports, whatever the spelling, title or alphabet they were written in.

Two names are compared by `same_person`; `resolve_names` puts all names of a story together, and a bare surname goes
to somebody only where one person fits.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache

from sayso.grammar.likenesses import rate_likeness
from sayso.tables import load_rows
from sayso.who.institutions import find_institution, fold, load_countries, organisation_words
from sayso.who.romanisations import romanise

PARTICLES = frozenset("al el ul ibn bin bint ben abu de da del della di du von van der den ter la le y e".split())
"""Words of a name that come and go with the spelling."""

GENERATIONS = frozenset("jr sr ii iii iv junior senior".split())
"""Words that tell a father from a son."""

ARTICLE = re.compile(r"(?:\w+\.? )?(?:al|el|ul)-\w")
"""A name that begins with the Arabic article, after a title or none."""
ALIKE = 85
"""Percent of letters that two spellings of a surname share, at least: Larsen and Larson share 83."""

ALIKE_GIVEN = 80
"""The same for given names that no table knows."""


@cache
def load_titles() -> frozenset[str]:
    """Words of rank and courtesy that introduce a name, folded."""
    return frozenset(fold(row["word"]) for row in load_rows("titles.tsv") if row["introduces"])


@cache
def load_variants(part: str) -> dict[str, frozenset[int]]:
    """The numbers of the rows that each folded form of a given name or surname stands in."""
    found: dict[str, set[int]] = {}
    for n, row in enumerate(r for r in load_rows("name_variants.tsv") if r["part"] == part):
        for name in row["names"].split():
            found.setdefault(fold_word(name), set()).add(n)
    return {name: frozenset(rows) for name, rows in found.items()}


@cache
def load_genders() -> dict[str, str]:
    """The gender that a folded given name tells."""
    return {fold_word(name): row["gender"] for row in load_rows("given_names.tsv") for name in row["names"].split()}


@lru_cache(maxsize=50_000)
def fold_word(word: str) -> str:
    """A word of a name in letters that its spellings share.

    Romanisations differ in -eh/-ah/-a, y/i/j, w/v, q/k, doubled letters, kh/h, dh/d, ph/f, ou/u, eu/u, ks/x, ts/c and
    the Ukrainian or Russian form of a vowel.
    """
    plain = fold(word).replace("-", "").replace("'", "")
    for written, meant in FOLDED:
        plain = plain.replace(written, meant)
    plain = re.sub(r"[yij]+", "i", re.sub(r"(?<=.{3})[ae]h$", "a", plain))
    return re.sub(r"(.)\1+", r"\1", plain)


FOLDED = (("kh", "h"), ("ks", "x"), ("ts", "c"), ("zh", "j"), ("dh", "d"), ("gh", "g"), ("ph", "f"), ("ou", "u"),
          ("oo", "u"), ("eu", "u"), ("eo", "o"), ("w", "v"), ("q", "k"))  # fmt: skip


@lru_cache(maxsize=50_000)
def fold_name(name: str) -> tuple[str, ...]:
    """A person's name word by word in letters that spellings of one name share, without titles: "Zelenskyy",
    "Zelenskiy" and "President Zelensky" are equal."""
    return tuple(folded for word in _words(name) if (folded := fold_word(word)))


def _words(name: str) -> list[str]:
    """The words of a name in small letters, without the titles before it."""
    words = fold(romanise(name).replace("/", " ")).replace("-", " ").split()
    while len(words) > 1 and words[0] in load_titles():
        words = words[1:]
    return words


def split_name(name: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The folded words of a name, particles aside, and what tells its generation ("Jr.")."""
    words = _words(name)
    marks = frozenset(word for word in words[1:] if word in GENERATIONS)
    first = 0 if ARTICLE.match(fold(name)) and len(words) > 1 else 1  # "Al Gore" has a name before it, "al-Sisi" none
    kept = [word for n, word in enumerate(words) if word not in marks and not (n >= first and word in PARTICLES)]
    return tuple(folded for word in kept if (folded := fold_word(word))), marks


@lru_cache(maxsize=100_000)
def same_person(a: str, b: str) -> bool:
    """Whether two names can be one person's: one is part of the other, or surnames match and given names agree."""
    (x, mine), (y, other) = split_name(a), split_name(b)
    if not x or not y or (len(x) > 1 and len(y) > 1 and mine != other):
        return False
    if len(x) > 2 and len(y) > 2 and x[0] == y[0] and x[-1] == y[-1] and not _middles_agree(x[1:-1], y[1:-1]):
        return False
    if set(x) <= set(y) or set(y) <= set(x):
        return True
    if not same_surname(x[-1], y[-1]):
        return False
    if len(x) == 1 or len(y) == 1 or same_given(x[0], y[0]):
        return True
    return "".join(x[:-1]) == "".join(y[:-1])  # "Abdel Fattah", "Abdelfattah"


def same_surname(a: str, b: str) -> bool:
    """Whether two folded surnames can be spellings of one."""
    if a == b or (load_variants("surname").get(a, frozenset()) & load_variants("surname").get(b, frozenset())):
        return True
    return rate_likeness(a, b) >= ALIKE and a != b + "a" and b != a + "a"  # Petrov is not Petrova


def same_given(a: str, b: str) -> bool:
    """Whether two folded given names can be forms of one: equal, an initial, in one row of the table, or alike."""
    if a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]):
        return True
    known, other = load_variants("given").get(a), load_variants("given").get(b)
    if known and other:
        return bool(known & other)
    genders = {load_genders().get(a, ""), load_genders().get(b, "")} - {""}
    if len(genders) > 1 or {a[-1], b[-1]} == {"a", "o"}:
        return False
    return rate_likeness(a, b) >= ALIKE_GIVEN


def _middles_agree(x: tuple[str, ...], y: tuple[str, ...]) -> bool:
    """Whether middle names can be one person's where initials are among them: "H. W." and "W." are two people's."""
    if not any(len(word) == 1 for word in (*x, *y)):
        return True
    return [word[0] for word in x] == [word[0] for word in y]


def resolve_names(names: Iterable[str]) -> dict[str, str]:
    """Each name of a source with the name that stands for it: the fullest of the person's, the institution's, or its
    own.

    A name that could be of two people, as a surname that two of them have, stays by itself. The order of the names does
    not matter.
    """
    counts = Counter(name for name in names if name.strip())
    found: dict[str, str] = {}
    people: dict[str, list[list[str]]] = {}
    alone: dict[tuple[str, ...], str] = {}
    for name in sorted(counts, key=lambda n: (-len(split_name(n)[0]), -counts[n], n)):
        words, marks = split_name(name)
        if not is_personal(name) or not words:
            found[name] = name_body(name) or alone.setdefault(tuple(fold(name).split()), name)
            continue
        keys = _keys(words)
        fits = {id(one): one for key in keys for one in people.get(key, ()) if all(same_person(name, n) for n in one)}
        if len(fits) == 1:
            one = next(iter(fits.values()))
            one.append(name)
            found[name] = one[0]
            continue
        found[name] = alone.setdefault((*words, *sorted(marks)), name)
        if len(words) > 1 or not fits:
            one = [name]
            for key in keys:
                people.setdefault(key, []).append(one)
    return found


def name_body(name: str) -> str:
    """The institution or state that a whole name stands for, "" where it is none that the tables know."""
    institution = find_institution(name)
    if institution is None or not institution.name or not institution.sure:
        return ""
    return institution.name if institution.branch or fold(name) in load_countries() else ""


def is_personal(name: str) -> bool:
    """Whether a name can be a person's: up to five words with a capital, none of them a body's; no state."""
    words = [word for word in name.split() if fold(word) not in load_titles()] or name.split()
    bare = [fold(word) for word in words]
    if len(words) > LONGEST or fold(name) in load_countries() or any(word.isdigit() for word in bare):
        return False
    if not all(word[:1].isupper() or word.split("-")[0] in PARTICLES for word in words) or (
        len(words) == 1 and words[0].isupper()
    ):
        return False
    if any(word in organisation_words() or word in ("of", "for") for word in bare[1 if len(bare) > 1 else 0 :]):
        return False
    return not (body := find_institution(" ".join(words))) or not body.branch or is_given(name)


LONGEST = 5
"""Words that a person's name has at most."""


def _keys(words: tuple[str, ...]) -> list[str]:
    """What a person can be looked up by: the surname, its first and last letters, its row in the table, and the first
    word where it is none of the given names that the tables know (as in East Asia, or for people of one name)."""
    first = [words[0]] if words[0] not in load_genders() and words[0] not in load_variants("given") else []
    last = words[-1]
    spelt = [f"row {n}" for n in sorted(load_variants("surname").get(last, ()))]
    return list(dict.fromkeys([last, f"{last[:2]}~", f"~{last[-2:]}", *spelt, *first]))


def is_given(name: str) -> bool:
    """Whether a name begins with a given name, so that a country in it is none ("Jordan" in "Ann Jordan")."""
    words = fold_name(name)
    return len(words) > 1 and (words[0] in load_genders() or words[0] in load_variants("given"))
