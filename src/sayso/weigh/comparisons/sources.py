"""Two claims' sources compared: one person, one institution, one government, or others."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from sayso.weigh.comparisons.features import Feature
from sayso.weigh.details import stem
from sayso.weigh.sides import Side
from sayso.weigh.wordings import stems_of
from sayso.weigh.wordlists import name_things
from sayso.who.institutions import find_institution, fold, load_countries
from sayso.who.names import is_personal, same_person

GENERIC = frozenset(
    stem(word)
    for word in (
        "official officials spokesman spokeswoman spokesperson resident residents source sources officer officers "
        "witness witnesses staff member members man woman people men two three one several some senior local former "
        "minister ministry agency service office department chief head expert experts analyst analysts group army "
        "military police government authorities"
    ).split()
)
"""Words of a source that many sources have: they tell no two apart, nor one."""


def compare_sources(a: Side, b: Side) -> Iterator[Feature]:
    """Who says each, and whether that is one line of statements."""
    words = f"{a.source} / {b.source}"
    if not a.source or not b.source:
        yield Feature("a source is not known", 1.0)
    elif same_source(a.source, b.source):
        yield Feature("one source", 1.0, a.source)
    elif a.group and a.group == b.group:
        yield Feature("one institution's sources", 1.0, words)
    elif alike := likeness_of_sources(a.source, b.source):
        yield Feature("sources named alike", alike, words)
        if alike < 1:
            yield Feature("other sources", 1 - alike, words)
    elif same_country(a.source, b.source):
        yield Feature("sources of one country", 1.0, words)
        yield Feature("other sources", 1.0, words)
    else:
        yield Feature("other sources", 1.0, words)
    if a.outlet and a.outlet == b.outlet:
        yield Feature("one outlet", 1.0, a.outlet)
    if a.source and b.source and not same_source(a.source, b.source):
        for one, other in ((a, b), (b, a)):
            if shares_words(one.source, other.text):
                yield Feature("one names the other's source", 1.0, one.source)
                break


@lru_cache(maxsize=20_000)
def same_source(a: str, b: str) -> bool:
    """Whether two names are one source's: the same words, one person, or one institution that the tables know."""
    if not a or not b:
        return False
    x, y = fold(a), fold(b)
    if x == y:
        return True
    if is_personal(a) and is_personal(b):
        return same_person(a, b)
    one, other = find_institution(a), find_institution(b)
    return bool(one and other and one.name and one.name == other.name and one.branch and one.sure and other.sure)


@lru_cache(maxsize=20_000)
def likeness_of_sources(a: str, b: str) -> float:
    """How far two names share words that few sources have, 0 to 1; initials of one count as the other's words."""
    if initials_of(a) and initials_of(a) in b.split():
        return 1.0
    if initials_of(b) and initials_of(b) in a.split():
        return 1.0
    x, y = name_things(stems_of(a)), name_things(stems_of(b))
    shared = x & y
    if not shared:
        return 0.0
    weights = {s: 0.3 if s in name_things(GENERIC) else 1.0 for s in x | y}
    return sum(weights[s] for s in shared) / min(sum(weights[s] for s in x), sum(weights[s] for s in y))


def initials_of(name: str) -> str:
    """The initials of a name of three or more words, as an acronym is made; "" for shorter ones."""
    words = [word for word in name.replace("-", " ").split() if word[:1].isalpha() and len(word) > 3]
    return "".join(word[0] for word in words).upper() if len(words) > 2 else ""


@lru_cache(maxsize=20_000)
def same_country(a: str, b: str) -> bool:
    """Whether two sources are of one country, as their words tell."""
    one, other = find_institution(a), find_institution(b)
    return bool(one and other and one.country and one.country == other.country and load_countries())


def shares_words(source: str, text: str) -> bool:
    """Whether a text names a source by words that few sources have."""
    rare = stems_of(source) - GENERIC
    return bool(rare) and len(rare & stems_of(text)) * 2 > len(rare)
