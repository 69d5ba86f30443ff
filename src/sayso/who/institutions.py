"""Which institution stands behind a source, and which sources are therefore not independent of each other.

"South Korea's spy agency", "the NIS" and "the National Intelligence Service" are one institution; a president and the
general staff are two of one government. What is known in advance is in ``tables/institutions.tsv`` and
``branches.tsv``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from sayso.tables import load_rows
from sayso.tables.countries import list_country_words, name_countries

LONGEST_ALIAS_WORDS = 8
LONGEST_COUNTRY_WORDS = 6
WORD = re.compile(r"[^\W_]+(?:[.&'’-][^\W_]+)*\.?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """Who a source speaks for. `country` is an ISO 3166-1 alpha-2 code, INT, or "" where unknown; `branch` is "" where
    only the country is named ("Moscow said"), and `name` is "" where only the branch is ("the defence minister").
    `sure` is False where the state was guessed."""

    name: str
    country: str = ""
    branch: str = ""
    group: str = ""
    sure: bool = True


@lru_cache(maxsize=100_000)
def fold(words: str) -> str:
    """Words in small letters without accents and single spaces, without possessive endings, articles or dots."""
    if not words.isascii():
        words = words.replace("’", "'").replace("ø", "o").replace("ł", "l").replace("ı", "i")
        words = "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))
    plain = words.lower().replace(".", "")
    if "'" in plain:
        plain = re.sub(r"'s\b|(?<=s)'(?!\w)", "", plain)
    return " ".join(word for word in re.findall(r"[\w&/'-]+", plain) if word != "the")


@cache
def load_countries() -> dict[str, str]:
    """Country codes by every folded name, demonym and metonym."""
    found: dict[str, str] = {}
    for word, code in list_country_words():
        found.setdefault(fold(word), code)
    return found


@cache
def load_branches() -> tuple[dict[str, str], dict[str, str]]:
    """Branches by every folded word for them, and the arm of each branch."""
    words, arms = {}, {}
    for row in load_rows("branches.tsv"):
        arms[row["branch"]] = row["arm"]
        for word in row["words"].split("|"):
            words[fold(word)] = row["branch"]
    return words, arms


@cache
def load_institutions() -> dict[str, Institution]:
    """Institutions by every folded name; acronyms (all capitals) stand under their own capitals."""
    found: dict[str, Institution] = {}
    for row in load_rows("institutions.tsv"):
        group = row["group"] or name_group(row["country"], row["branch"], row["name"])
        institution = Institution(name=row["name"], country=row["country"], branch=row["branch"], group=group)
        for name in (row["name"], *(row["aliases"] or "").split("|")):
            if name:
                found.setdefault(key_of(name), institution)
    return found


SINGLE = frozenset({"presidency", "foreign", "defence", "intelligence", "military intelligence", "special forces"})
"""Branches of which a state has one body, as a rule."""


@cache
def only_institutions() -> dict[tuple[str, str], Institution]:
    """The institution of each country's branch, where the table knows exactly one."""
    seen: dict[tuple[str, str], set[Institution]] = {}
    for institution in load_institutions().values():
        seen.setdefault((institution.country, institution.branch), set()).add(institution)
    return {key: next(iter(some)) for key, some in seen.items() if len(some) == 1 and key[1] in SINGLE}


@cache
def organisation_words() -> frozenset[str]:
    """The words that names of institutions are made of: none of them is part of a person's name."""
    names = [*load_institutions(), *load_branches()[0]]
    return frozenset(word for name in names if " " in name for word in name.split() if len(word) > 3)


def key_of(name: str) -> str:
    """Folded, but acronyms keep their capitals: "WHO" is not "who"."""
    bare = name.replace(".", "").removeprefix("the ")
    return bare if bare.isupper() and " " not in bare else fold(name)


def name_group(country: str, branch: str, name: str) -> str:
    """The group of sources that are not independent of each other: an arm of a state, or the institution itself."""
    arm = load_branches()[1].get(branch, "")
    state = name_countries().get(country, "")
    if state and (arm or not branch):
        return f"{state}: {arm or 'government'}"
    return name or (f"unnamed state: {arm}" if arm else "")


@lru_cache(maxsize=20_000)
def find_institution(words: str) -> Institution | None:
    """The institution that a source's words name or describe, or None.

    Names in the table come first, then a country with a branch ("Ukraine's special forces"), then either alone.
    """
    tokens = [match.group() for match in WORD.finditer(words.replace("’", "'"))][:60]
    country, branch = find_country(tokens), find_branch(tokens)
    named = find_named(tokens)
    envoy = named is not None and named.country == "INT" and country and branch == "foreign"
    if named is not None and not envoy and (named.country in ("INT", country) or not country or not branch):
        return named
    if country and branch:
        only = only_institutions().get((country, branch))
        if only is not None and not re.search(r"\bofficials?\b|\bsources?\b", words):
            return only
        name = f"{name_countries()[country]}: {branch}"
        return Institution(name=name, country=country, branch=branch, group=name_group(country, branch, name))
    if country:
        name = name_countries()[country]
        return Institution(name=name, country=country, group=name_group(country, "", name))
    if branch:
        return Institution(name="", branch=branch)
    return None


def find_named(tokens: list[str]) -> Institution | None:
    """The institution with the longest name among these words."""
    table = load_institutions()
    for size in range(min(LONGEST_ALIAS_WORDS, len(tokens)), 0, -1):
        for start in range(len(tokens) - size + 1):
            piece = " ".join(tokens[start : start + size])
            found = table.get(fold(piece)) if not piece.isupper() or size > 1 else table.get(piece.replace(".", ""))
            if found is not None and (piece[0].isupper() or size > 1):
                return found
    return None


def find_country(tokens: list[str]) -> str:
    """The code of the first country that these words name, the longest name first where two begin together."""
    table = load_countries()
    for start, token in enumerate(tokens):
        if not token[:1].isupper():
            continue
        for size in range(min(LONGEST_COUNTRY_WORDS, len(tokens) - start), 0, -1):
            code = table.get(fold(" ".join(tokens[start : start + size])))
            if code and (len(fold(token)) > 2 or token.isupper() or size > 1):
                return code
    return ""


def find_countries(words: str) -> set[str]:
    """The codes of all countries that these words name."""
    tokens = [match.group() for match in WORD.finditer(words.replace("’", "'"))][:60]
    found = set()
    for start in range(len(tokens)):
        code = find_country(tokens[start : start + LONGEST_COUNTRY_WORDS])
        if code:
            found.add(code)
    return found


def find_branch(tokens: list[str]) -> str:
    """The branch of state that these words name, the longest word for it first."""
    table = load_branches()[0]
    folded = [fold(token) for token in tokens]
    for size in range(min(5, len(tokens)), 0, -1):
        for start in range(len(tokens) - size + 1):
            branch = table.get(" ".join(folded[start : start + size]))
            if branch:
                return branch
    return ""
