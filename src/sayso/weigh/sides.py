"""The two sides of a comparison: a claim with all that stands in it, whether it came alone or out of a report.

`side_of_reading` takes a short text that is one claim; `side_of_fact` a claim of a report's. Both give the same fields,
so that one comparison serves `sayso compare` and points.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from sayso.record import Attribution, Claim, Figure, Place, Reading, Span, Time
from sayso.weigh.details import stem
from sayso.weigh.facts import NEVER, Fact
from sayso.weigh.wordings import stems_of
from sayso.who.institutions import find_institution

LONGEST_CLAIM = 2_000
"""Code points of a text that are compared: a claim is a sentence or two."""
NAME = re.compile(r"(?<![.!?] )(?<!^)\b[A-ZÀ-ÞЀ-Я][\w'’-]+|\b[A-Z][A-Za-z]*\d[\w-]*|\b[A-Z]{2,}\b")
"""A word with a capital inside a sentence, or one that is a name wherever it stands (an acronym, a type)."""


YET_TO_BE = frozenset(("planned", "hypothetical"))
"""Tenses of what has not come to be."""
MOST_CLAUSES = 12
"""Clauses of a text that are compared with another's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One claim to be compared. `body` is its text without the words that only say who says so; `published` is in
    UTC, `exact` where its hour is known; `group` is the institution behind `source`; `unsaid` is true where that did
    not do what its verb says ("did not deny"), `ahead` where nothing that it tells has come to be; `roles` are the
    stems of who does something and of whom it is done to, each with the role; `clauses` are the claims that it is made
    of, `refused` those of them that are told to be false."""

    text: str
    body: str
    published: datetime | None = None
    exact: bool = False
    outlet: str = ""
    source: str = ""
    group: str = ""
    figures: tuple[Figure, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    events: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    negative: bool = False
    tense: str = "happened"
    stance: str = "asserts"
    unsaid: bool = False
    ahead: bool = False
    clauses: tuple[str, ...] = ()
    refused: frozenset[str] = frozenset()
    roles: frozenset[tuple[str, str]] = frozenset()
    stems: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


def side_of_reading(reading: Reading, source: str = "") -> Side:
    """The side that a short text makes. `source` is who says it, where the input tells; else the text's own source."""
    text = reading.report.text[:LONGEST_CLAIM]
    body = without_sources(text, reading.attributions)
    voice = next((a for a in reading.attributions if a.speaker), None)
    source = source or (voice.speaker.name if voice and voice.speaker else "")
    claims = reading.claims
    return Side(
        text=text,
        body=body,
        published=reading.report.published and reading.report.published.astimezone(UTC),
        exact=reading.report.published_exact,
        outlet=reading.report.outlet,
        source=source,
        group=name_group_of(source),
        figures=reading.figures,
        times=reading.times,
        places=tuple(place for place in reading.places if not blank(body, place.start, place.end)),
        events=frozenset(claim.event for claim in claims if claim.event),
        states=frozenset(figure.state for figure in reading.figures if figure.state),
        negative=any(is_no(claim, reading.attributions) for claim in claims),
        tense=claims[0].tense if claims else "happened",
        stance=voice.stance if voice else "asserts",
        unsaid=voice.negated if voice else False,
        ahead=bool(claims) and all(claim.tense in YET_TO_BE for claim in claims),
        clauses=tuple(dict.fromkeys(body[claim.start : claim.end] for claim in claims))[:MOST_CLAUSES] or (body,),
        refused=frozenset(body[c.start : c.end] for c in claims if is_false(c, reading.attributions)),
        roles=find_roles(claims),
        stems=stems_of(body),
        names=names_in(body),
    )


def is_no(claim: Claim, attributions: Sequence[Attribution]) -> bool:
    """Whether a claim's words say no, or are told to be false."""
    return (claim.polarity == "negative") != is_false(claim, attributions)


def is_false(claim: Claim, attributions: Sequence[Attribution]) -> bool:
    """Whether a claim's words are told to be false, by more than the stance of who denies them."""
    told = None if claim.attribution is None else attributions[claim.attribution]
    return claim.stands == "misquoted" or (claim.stands == "denied" and (told is None or told.stance != "denies"))


def side_of_fact(fact: Fact) -> Side:
    """The side that a claim of a report makes: its own figure, time and place, not those of its neighbours."""
    claim, figure = fact.claim, fact.claim.figure
    said = fact.said
    return Side(
        text=claim.text,
        body=claim.text,
        published=None if said == NEVER else said.astimezone(UTC),
        exact=fact.report.published_exact,
        outlet=fact.report.outlet,
        source=fact.source,
        group=fact.group,
        figures=(figure,) if figure else (),
        times=(claim.time,) if claim.time else (),
        places=(claim.place,) if claim.place else (),
        events=frozenset((claim.event,)) - {""},
        states=frozenset((figure.state,)) - {""} if figure else frozenset(),
        negative=claim.polarity == "negative",
        tense=claim.tense,
        stance=fact.attribution.stance if fact.attribution else "asserts",
        unsaid=fact.attribution.negated if fact.attribution else False,
        ahead=claim.tense in YET_TO_BE,
        clauses=(claim.text,),
        roles=find_roles((claim,)),
        stems=stems_of(claim.text),
        names=names_in(claim.text),
    )


def find_roles(claims: Sequence[Claim]) -> frozenset[tuple[str, str]]:
    """Who takes which part in what some claims tell: the stem of the last word of each name, and the role."""
    return frozenset(
        (stem(actor.name.split()[-1]), actor.role) for claim in claims for actor in claim.actors if actor.name.split()
    )


def without_sources(text: str, attributions: Sequence[Attribution]) -> str:
    """A text with who says it, and that they say it, made blanks, so that spans stay in place."""
    letters = list(text)
    contents: list[Span] = [span for a in attributions for span in a.content]
    for attribution in attributions:
        for start, end in (*attribution.source, *attribution.cue):
            if any(s <= start and end <= e for s, e in contents):
                continue  # Inside what is said: "the army said it had pulled *its units* out".
            letters[start:end] = " " * len(letters[start:end])
    return "".join(letters)


def blank(body: str, start: int, end: int) -> bool:
    """Whether a passage has been made blank."""
    return end <= len(body) and not body[start:end].strip()


def names_in(text: str) -> frozenset[str]:
    """The stems of the names in a text, as their capitals show them."""
    return frozenset(stem(match.group()) for match in NAME.finditer(text))


@lru_cache(maxsize=20_000)
def name_group_of(source: str) -> str:
    """The institution behind a source's words, "" where the tables know none."""
    institution = find_institution(source) if source else None
    return institution.group if institution else ""
