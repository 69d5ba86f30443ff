"""Whom an office or a body speaks for, where its words alone do not say: a ministry of a state that the report names
elsewhere, a spokesman of "the ministry", a commission on some ministry, letters that stand for more than one body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from sayso.record import Report
from sayso.tables import load_toml
from sayso.tables.countries import list_country_words, name_countries
from sayso.who.institutions import (
    LONGEST_COUNTRY_WORDS,
    Institution,
    find_country,
    find_institution,
    fold,
    load_institutions,
    name_group,
    only_institutions,
)

LOOKED_AT = 4000
"""Code points of a report in which all states that it names are looked for."""

OPENING = 240
"""Code points of a report's beginning in which the state is looked for first."""

NAME = re.compile(r"[^\W\d_][\w.’'-]*")
CAPITALS = re.compile(r"\b[A-Z]{2,6}\b")
SPELT = re.compile(r"\b((?:[A-Z][\w’'-]+\s+(?:(?:of|for|and|the|on)\s+){0,2}){1,6})\((?:the\s+)?([A-Z]{2,6})\)")
GOES_ON = re.compile(r"(?:\s(?:of|for|on|and|the|in))+\s[A-Z][\w’'-]*(?:(?:\s(?:of|for|and|the))*\s[A-Z][\w’'-]*){0,6}")
SMALL = frozenset(("of", "for", "and", "the", "on"))


@cache
def load_words(name: str) -> frozenset[str]:
    """One of the lists of ``tables/offices.toml``."""
    return frozenset(load_toml("offices.toml")[name]["words"])


@cache
def match_next() -> re.Pattern[str]:
    """Words after which a body's own name is over: "the commission *on* ...", "the panel *set up* by ..."."""
    return re.compile(r",|\s(?:" + "|".join(sorted(load_words("after"))) + r")\b")


def find_body(name: str) -> Institution | None:
    """The body that a source's words name by what it is ("the mining inspectorate"), and by that alone: a commission on
    the interior ministry is not that ministry. None where it is no such body, or one that the tables know."""
    head = match_next().split(name, maxsplit=1)[0].strip()
    words = head.split()
    if not words or fold(words[-1]) not in load_words("bodies"):
        return None
    known = find_institution(head)
    if known is not None and known.branch:
        return None
    if words[-1][:1].isupper() and (match := GOES_ON.match(name, len(head))):
        # "Institute for Rivers" is a name to its end, and may be one that the tables know.
        whole = name[: match.end()]
        if (named := find_institution(whole)) is not None and named.name and fold(named.name) in fold(whole):
            return None
        head = whole
        words = head.split()
    if fold(words[0]) in load_words("pointers"):
        return None
    bare = head if fold(words[0]) else " ".join(words[1:])
    # "The commission" alone is somebody told of before.
    if len(bare.split()) < 2 and head == name:
        return None
    state = known.country if known is not None else ""
    group = known.group if known is not None and known.group else bare
    return Institution(name=bare[:1].upper() + bare[1:], country=state, branch="organisation", group=group)


def settle_country(institution: Institution, words: str, report: Report) -> Institution:
    """A branch without a state ("the defence minister") is taken for that of the state which the report names first;
    where it names none, it is known by its branch alone."""
    opening = f"{report.text[:OPENING]} {report.title}"
    code = find_country(NAME.findall(opening)) or find_country(NAME.findall(report.text))
    if code:
        name = f"{name_countries()[code]}: {institution.branch}"
        only = only_institutions().get((code, institution.branch))
        group = only.group if only is not None else name_group(code, institution.branch, name)
        return Institution(name=name, country=code, branch=institution.branch, group=group, sure=False)
    if words[:1].isupper():
        return replace(institution, name=words, group=words)
    return replace(institution, name=institution.branch, group=institution.branch, sure=False)


def list_countries(report: Report) -> frozenset[str]:
    """The codes of the countries that a report's title and opening pages name."""
    tokens = NAME.findall(f"{report.title} {report.text[:LOOKED_AT]}")
    capitals = (n for n, token in enumerate(tokens) if token[:1].isupper())
    codes = (find_country(tokens[n : n + LONGEST_COUNTRY_WORDS]) for n in capitals)
    return frozenset(code for code in codes if code)


def find_role(name: str, source: str) -> str:
    """The office of which there is one in a story ("captain" of "the captain of the ferry" and of "Captain Ames")."""
    words = fold(match_next().split(name, maxsplit=1)[0]).split()
    if source.lower().startswith(("a ", "an ", "one ", "another ")):
        return ""
    around = [*words, *fold(source).split()]
    return next((word for word in around if word in load_words("roles")), "")


def ground_initials(institution: Institution, described: str, report: Report) -> Institution:
    """The institution, unless nothing but initials lead to it and the report spells them out otherwise, or names
    neither its state nor itself: then the letters stand for a body of their own."""
    letters = next((m.group() for m in CAPITALS.finditer(described) if m.group() in load_institutions()), "")
    if not letters or load_institutions()[letters] != institution or letters in load_words("initials"):
        return institution
    name = find_spelling(letters, report.text) or ("" if is_grounded(institution, letters, report) else letters)
    if not name or fold(name) == fold(institution.name):
        return institution
    return Institution(name=name, branch="organisation", group=name)


def is_grounded(institution: Institution, letters: str, report: Report) -> bool:
    """Whether a report names the institution by another name than its initials, or its state."""
    if institution.country == "INT" or names_country(institution.country, f"{report.title}\n{report.text}"):
        return True
    names = (key for key, found in load_institutions().items() if found == institution and key != letters)
    text = fold(report.text)
    return any(key in text for key in names if " " in key)


def names_country(code: str, text: str) -> bool:
    """Whether a text names a country by any of its names."""
    return any(re.search(rf"\b{re.escape(word)}\b", text) for word in list_words_of(code))


@cache
def list_words_of(code: str) -> tuple[str, ...]:
    """All names of a country, its people and its government."""
    return tuple(word for word, other in list_country_words() if other == code and word[:1].isupper())


def find_spelling(letters: str, text: str) -> str:
    """The name for which a text says that letters stand: "the Harbour Pilots Guild (HPG)", or ""."""
    for match in SPELT.finditer(text):
        if match.group(2) == letters:
            words = match.group(1).split()
            for start in range(len(words)):
                if initials(words[start:]) == letters:
                    return " ".join(words[start:])
    return ""


def initials(words: Sequence[str]) -> str:
    """The first letters of a name's words, small ones left out."""
    return "".join(word[0].upper() for word in words if word not in SMALL)
