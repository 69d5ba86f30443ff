"""What the parties did about a matter: asserted, denied, declined to say, or kept silent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sayso.record import Point, Position
from sayso.weigh.facts import Fact
from sayso.weigh.groups import country_names
from sayso.weigh.subjects import name_subject

SILENCE = re.compile(
    r"\b(no (immediate |official )?(word|comment|response|reaction|statement)|(has|have|had) not (yet )?"
    r"(commented|responded|confirmed|reacted|admitted|acknowledged)|"
    r"neither .{1,60} (has|have) (commented|confirmed|admitted|acknowledged|responded)|"
    r"did not (immediately )?(respond|comment|reply)|without comment)\b",
    re.IGNORECASE,
)


def find_positions(facts: Sequence[Fact], points: Iterable[Point]) -> tuple[Position, ...]:
    """All denials, refusals to comment and silences, then who asserted what of each matter in dispute."""
    found = [*quiet_positions(facts), *asserted_positions(facts, points)]
    return tuple(dict.fromkeys(found))


def quiet_positions(facts: Iterable[Fact]) -> Iterator[Position]:
    """Denied, declined and silent: what the cue or the outlet's own words say."""
    for fact in facts:
        stance = fact.attribution.stance if fact.attribution else ""
        if stance in ("denies", "declines"):
            stance = {"denies": "denied", "declines": "declined"}[stance]
            yield Position(party=party_of(fact), stance=stance, about=fact.claim.text, at=fact.report.published,
                           claims=(fact.claim.id,))  # fmt: skip
        elif SILENCE.search(fact.claim.text):
            yield Position(party=named_party(fact), stance="silent", about=fact.claim.text, at=fact.report.published,
                           claims=(fact.claim.id,))  # fmt: skip


def asserted_positions(facts: Iterable[Fact], points: Iterable[Point]) -> Iterator[Position]:
    """Who said yes or no to each question that has both answers."""
    by_claim = {fact.claim.id: fact for fact in facts}
    for point in points:
        if point.kind != "status" or len({v.word for v in point.values}) < 2:
            continue
        for value in point.values:
            fact = by_claim[value.claim]
            if fact.attribution is not None and fact.attribution.stance not in ("denies", "declines"):
                yield Position(party=party_of(fact), stance="asserted", about=value.text, at=fact.report.published,
                               claims=(value.claim,))  # fmt: skip


def party_of(fact: Fact) -> str:
    """Who takes the position: the source, with whom it speaks for."""
    speaker = fact.attribution.speaker if fact.attribution else None
    if speaker is None:
        return fact.source
    named = ", ".join(filter(None, (speaker.role, speaker.affiliation)))
    return f"{speaker.name} ({named})" if named and named.casefold() not in speaker.name.casefold() else speaker.name


def named_party(fact: Fact) -> str:
    """The countries that a sentence on silence names, else its subject."""
    codes = [key[1:] for key in sorted(name_subject(fact.claim.text).keys) if key.startswith("@")]
    names = country_names()
    return " and ".join(names[c] for c in codes if c in names) or fact.subject.words or fact.source
