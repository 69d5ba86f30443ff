"""What the parties did about a matter: asserted, denied, declined to say, or kept silent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sayso.record import Point, Position
from sayso.tables.countries import name_countries
from sayso.weigh.facts import SILENCE, Fact
from sayso.weigh.subjects import name_subject
from sayso.who.names import resolve_names

PRONOUNS = frozenset(("both", "he", "she", "it", "they", "who", "which", "this", "that"))


SPEECH = re.compile(
    r"\b(comment|say|confirm|acknowledg|discuss|speculat|answer|respond|disclos|reveal|identif|specif|elaborat|name|give|"
    r"provide|explain|tell|drawn)\w*",
    re.IGNORECASE,
)
"""What a party that keeps its silence declines to do; to refuse treatment or an offer is another matter."""


def find_positions(facts: Sequence[Fact], points: Iterable[Point]) -> tuple[Position, ...]:
    """All denials, refusals to comment and silences, then who asserted what of each matter in dispute.

    What several reports tell of one statement, or of one silence on one day, is one position with all their claims;
    a party is one whatever the spelling or title of its name.
    """
    points = tuple(points)
    answered = {value.claim: point.id for point in reversed(points) for value in point.values}
    names = {name.casefold(): one for name, one in resolve_names(fact.source for fact in facts).items()}
    joined: dict[tuple[str, str, str], Position] = {}
    for (party, stance, statement), position in (*quiet_positions(facts), *asserted_positions(facts, points)):
        bare = party.split(" (")[0]
        key = names.get(bare, bare).casefold(), stance, statement
        known = joined.get(key)
        claims = tuple(dict.fromkeys((*known.claims, *position.claims))) if known else position.claims
        point = (known.point if known else "") or answered.get(position.claims[0], "")
        joined[key] = replace(known or position, claims=claims, point=point)
    return tuple(joined.values())


Keyed = tuple[tuple[str, str, str], Position]


def quiet_positions(facts: Iterable[Fact]) -> Iterator[Keyed]:
    """Denied, not denied, declined and silent: how claims stand, or what the outlet's own words say."""
    for fact in facts:
        if fact.marked:
            continue  # What satire and what is under embargo tell, nobody has done yet.
        stance = read_stance(fact)
        if stance == "declined" and not is_on_speech(fact):
            continue
        silent = not stance and SILENCE.search(fact.claim.text) is not None
        if (stance and not is_nobody(fact)) or silent:
            named = not silent and fact.source.casefold() not in PRONOUNS
            yield key_position(fact, party_of(fact) if named else named_party(fact), stance or "silent")


def read_stance(fact: Fact) -> str:
    """What a source did with a claim that it does not assert: denied it, did not deny it, or declined to say."""
    if fact.attribution is None:
        return ""
    if fact.attribution.stance == "declines":
        return "declined"
    if fact.open and fact.attribution.stance == "denies":
        return "did not deny"
    return "denied" if fact.denied and fact.attribution.stance == "denies" else ""


def is_on_speech(fact: Fact) -> bool:
    """Whether what a party declines is to speak, by its cue or its words."""
    cue = fact.attribution.cue if fact.attribution else ()
    words = " ".join(fact.report.text[start:end] for start, end in cue)
    return fact.claim.stands == "open" or SPEECH.search(f"{words} {fact.claim.text}") is not None


def is_nobody(fact: Fact) -> bool:
    """Whether the source is nobody ("*No one* denied")."""
    return fact.source.casefold().split(" ")[0] in ("no", "nobody", "none", "neither", "few")


def key_position(fact: Fact, party: str, stance: str) -> Keyed:
    """A position, and what makes it one with others: whose, which stance, in which statement."""
    at = fact.report.published
    position = Position(party=party, stance=stance, about=fact.claim.text, at=at, claims=(fact.claim.id,))
    return (party.casefold(), stance, fact.origin or (at.date().isoformat() if at else "")), position


def asserted_positions(facts: Iterable[Fact], points: Iterable[Point]) -> Iterator[Keyed]:
    """Who said yes or no to each question that has both answers."""
    by_claim = {fact.claim.id: fact for fact in facts}
    for point in points:
        if point.kind != "status" or len({v.word for v in point.values}) < 2:
            continue
        for value in point.values:
            fact = by_claim[value.claim]
            if fact.attribution is not None and not read_stance(fact):
                yield key_position(fact, party_of(fact), "asserted")


def party_of(fact: Fact) -> str:
    """Who takes the position: the source, with whom it speaks for."""
    speaker = fact.attribution.speaker if fact.attribution else None
    if speaker is None:
        return fact.source
    named = ", ".join(filter(None, (speaker.role, speaker.affiliation)))
    return f"{speaker.name} ({named})" if named and named.casefold() not in speaker.name.casefold() else speaker.name


def named_party(fact: Fact) -> str:
    """The countries that a sentence on silence names, else who is silent in it."""
    codes = [key[1:] for key in sorted(name_subject(fact.claim.text).keys) if key.startswith("@")]
    names = name_countries()
    actor = next((a.name for a in fact.claim.actors if a.role == "actor"), "")
    return " and ".join(names[c] for c in codes if c in names) or actor or fact.source
