"""What a phrase says about the person in it: role ("spokesman") and affiliation ("Special Operations Forces")."""

from __future__ import annotations

from functools import cache
from typing import cast

from sayso.grammar.parses import Token
from sayso.grammar.phrases import Extent, Phrases
from sayso.record import SpeakerKind
from sayso.tables import load_rows
from sayso.tables.countries import list_country_words

AFFILIATING = frozenset({"of", "for", "at", "in", "with", "from"})

RANKS = frozenset(
    "general colonel major captain lieutenant sergeant admiral marshal commander brigadier officer private "
    "corporal".split()
)
"""Roles that say little where another is given: "Colonel X, spokesman for Y" is a spokesman."""

HONORIFICS = frozenset("mr mr. mrs mrs. ms ms. miss dr dr. sir dame lord lady prof prof. rev rev.".split())
"""Words of courtesy before a name."""

FULL_RANKS = dict(
    pair.split(":")
    for pair in (
        "gen:general col:colonel maj:major capt:captain lt:lieutenant adm:admiral sgt:sergeant cmdr:commander "
        "gov:governor sen:senator prof:professor rep:representative brig:brigadier cpl:corporal"
    ).split()
)
"""Ranks and offices by their short forms."""

PREFIXES = frozenset(
    "prime vice deputy foreign defence defense interior chief senior former press lieutenant major brigadier finance "
    "justice acting assistant economic first then".split()
)
"""Words before a role that belong to it and name no institution."""

PLACED = frozenset({"NORP", "ORG", "GPE", "FAC", "LOC"})


PORTFOLIOS = frozenset("state defense defence staff war interior finance justice health energy treasury police".split())
"""What follows "of" in a role and is no institution: "secretary of state", "chief of staff"."""

HYPHENS = frozenset("-‐‑")

DUTIFUL = frozenset("adviser advisor aide ambassador envoy assistant counsel deputy".split())
"""Roles held towards somebody: "adviser to the president"."""


@cache
def load_kinds() -> dict[str, SpeakerKind]:
    """The kind of source that each common noun heads."""
    return {row["noun"]: cast("SpeakerKind", row["kind"]) for row in load_rows("sources.tsv")}


@cache
def load_introductions() -> frozenset[str]:
    """Words of rank and courtesy, in small letters, that introduce a person's name and are no part of it."""
    return frozenset(row["word"].lower() for row in load_rows("titles.tsv") if row["introduces"])


@cache
def load_governments() -> frozenset[str]:
    """Names of countries and of the places that stand for their governments ("the Kremlin"), in lower case."""
    return frozenset(word.lower() for word, _ in list_country_words(peoples=False))


@cache
def load_bodies() -> frozenset[str]:
    """The names of institutions that the table of them has, as written."""
    rows = load_rows("institutions.tsv")
    return frozenset(name for row in rows for name in (row["name"], *(row["aliases"] or "").split("|")) if name)


BODY_ENDS = frozenset(
    "Watch Foundation Institute Fund Organization Organisation Association Council Federation Union Committee "
    "Corporation Inc Ltd Plc Observatory Network Movement Front Brigade Authority Bureau Ministry Department Command "
    "Initiative International Crescent Cross Alliance League Coalition Society Centre Center Trust "
    "Commission University".split()
)
"""Words with which the names of bodies end."""


def find_role(phrases: Phrases, head: Token, extent: Extent) -> tuple[str, str]:
    """Role and affiliation that a phrase gives its head: an appositive's before a rank's; empty where it gives none."""
    kinds = load_kinds()
    best: tuple[int, str, str] = (3, "", "")
    for token in phrases.tokens[extent[0] : extent[1] + 1]:
        if kinds.get(token.lemma) not in ("official", "person") or _beneath(phrases, token, head):
            continue
        following = phrases.tokens[token.i + 1] if token.i < extent[1] else token
        if token.pos == "VERB" or (token.lemma in PREFIXES and following.i > token.i and kinds.get(following.lemma)):
            continue
        first = token.i
        while first > extent[0] and phrases.tokens[first - 1].lemma in PREFIXES:
            first -= 1
        end = _last_of_role(phrases, token, extent)
        role = " ".join(phrases.parse.words(first, end).split())
        affiliation = find_affiliation(phrases, token, extent, first, end)
        rank = 2 if token.lemma in RANKS else 0 if affiliation else 1
        if rank < best[0]:
            best = (rank, role if role.isupper() else role.lower(), affiliation)
    return best[1], best[2]


def _last_of_role(phrases: Phrases, token: Token, extent: Extent) -> int:
    """The last token of a role that goes on after its first noun: "Lieutenant General", "Commander-in-Chief"."""
    tokens, kinds, last = phrases.tokens, load_kinds(), token.i
    while last < extent[1]:
        following = tokens[last + 1]
        if following.lemma == "of" and last + 2 <= extent[1] and tokens[last + 2].text.lower() in PORTFOLIOS:
            return last + 2
        glued = tokens[last].end == following.start and (following.text in HYPHENS or tokens[last].text in HYPHENS)
        if not glued and not (kinds.get(following.lemma) == "official" and tokens[last].lemma in RANKS):
            break
        last += 1
    return last


def _beneath(phrases: Phrases, token: Token, head: Token) -> bool:
    """Whether a noun is spoken of inside the phrase and does not describe its head."""
    if token.i == head.i:
        return False
    if token.dep in ("pobj", "poss", "conj", "dobj", "attr", "nsubj"):
        return True
    return any(
        i != head.i and phrases.tokens[i].dep in ("relcl", "acl", "pobj") and i > head.i
        for i in phrases.parse.ancestors(token.i)
    )


def find_affiliation(phrases: Phrases, role: Token, extent: Extent, first: int, end: int) -> str:
    """Whom a role belongs to: "spokesman for X", "X's spokesman", "X spokesman"; its words are `first` to `end`."""
    inside = range(extent[0], extent[1] + 1)
    for child in phrases.children(role.i, "prep", "poss"):
        if child.i not in inside:
            continue
        if child.dep == "poss" and (child.pos in ("PROPN", "NOUN") or child.text.lower() == "whose"):
            return clean(phrases, phrases.left[child.i], _last_of_body(phrases, child, first))
        belongs = child.lemma in AFFILIATING or (child.lemma == "to" and role.lemma in DUTIFUL)
        inner = phrases.child(child.i, "pobj") if child.dep == "prep" and belongs and child.i > end else None
        if inner and inner.i in inside and inner.pos in ("PROPN", "NOUN"):
            start, end = phrases.left[inner.i], max(inner.i, min(phrases.right[inner.i], extent[1]))
            stop = (k for k in range(inner.i, end + 1) if phrases.tokens[k].text in (",", "(", "who", "which", "that"))
            return clean(phrases, start, next(stop, end + 1) - 1)
    return _named_before(phrases, first - 1, extent[0])


def _last_of_body(phrases: Phrases, owner: Token, role: int) -> int:
    """The last token of a body named between its owner and the role at `role`: "Norway's central bank governor"."""
    tokens = phrases.tokens
    between = tokens[phrases.right[owner.i] + 1 : role]
    whole = between and not any(t.lemma in PREFIXES or t.dep not in ("compound", "amod", "nmod") for t in between)
    return between[-1].i if whole and load_kinds().get(between[-1].lemma) == "organisation" else owner.i


def _named_before(phrases: Phrases, i: int, low: int) -> str:
    """The names directly before a role, joined ones included: "Ukrainian and U.S.", "Pentagon"."""
    tokens = phrases.tokens
    while i >= low and tokens[i].dep in ("amod", "compound", "nmod") and not _places(tokens[i]):
        if not any(_places(tokens[k]) for k in range(max(low, i - 4), i)):
            return ""
        i -= 1
    last = i
    while i >= low and (_places(tokens[i]) or tokens[i].lemma in ("and", "or", ",") or tokens[i].dep == "compound"):
        i -= 1
    first = i + 1
    while first <= last and not _places(tokens[first]):
        first += 1
    return clean(phrases, first, last) if first <= last else ""


def _places(token: Token) -> bool:
    return token.ent in PLACED or (token.pos == "PROPN" and token.ent != "PERSON") or token.text in WINDS


WINDS = frozenset({"Western", "Eastern", "European", "Arab", "African", "Asian", "Allied", "NATO"})
"""Adjectives that tell where officials come from and that are no names."""


def clean(phrases: Phrases, first: int, last: int) -> str:
    """The words of an extent on one line, without article, comma or possessive."""
    if first > last:
        return ""
    words = " ".join(phrases.parse.words(first, last).split()).strip(" ,;:")
    return without_article(words.removesuffix("'s").removesuffix("’s"))


def without_article(words: str) -> str:
    """The words without the article they begin with."""
    start, _, rest = words.partition(" ")
    return rest if start.lower() in ("the", "a", "an") and rest else words
