"""How many independent origins stand behind the answers to one question, with a lower and an upper bound.

Who speaks for one body is one voice, however often and through whomever it speaks (`sayso.who.voices`). Voices that are
told apart are not always independent: a body goes by names that nothing joins, one repeats another without saying so,
an unnamed official speaks for a named one, an outlet that names nobody has it from somebody. How much each kind adds
was measured on stories whose independent origins had been counted by hand; the bounds are one below and one above what
that comes to, never beyond the number of voices.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.weigh.facts import Fact

FIRST, NAMED, UNNAMED, OWN = 1.0, 0.52, 0.1, 0.1
"""What the first voice, each named voice, each unnamed one, and each report that speaks for itself add. On 644 points
of 43 stories, with these the number counted by hand lies within the bounds for seven points in ten; with every voice a
full one it does for one in ten."""
SURE = 2
"""Named voices, and no others, that are mostly as many origins as voices."""


def count_voices(facts: Sequence[Fact]) -> tuple[int, int]:
    """The lowest and highest number of independent origins behind some facts."""
    facts = [fact for fact in facts if not fact.superseded] or list(facts)
    # Who denies a figure gives no other answer.
    facts = [fact for fact in facts if not (fact.claim.figure and fact.contrary)] or facts
    named = {fact.voice.group for fact in facts if fact.voice is not None and fact.voice.known}
    unnamed = {fact.voice.group for fact in facts if fact.voice is not None and not fact.voice.known}
    own = {fact.report.id for fact in facts if fact.voice is None}
    if not unnamed and not own and are_surely_apart(facts):
        return len(named), len(named)
    return bound_number(len(named), len(unnamed), len(own))


def are_surely_apart(facts: Sequence[Fact]) -> bool:
    """Whether named voices are as many origins as voices: one, or two of which neither is a person who speaks for no
    body and is heard only in reports where the other is heard too, and so may have it from there."""
    heard: dict[str, set[str]] = {}
    alone: set[str] = set()
    for fact in facts:
        if fact.voice is not None:
            heard.setdefault(fact.voice.group, set()).add(fact.report.id)
            speaker = fact.attribution.speaker if fact.attribution else None
            if speaker is not None and speaker.kind == "person" and speaker.name == fact.voice.group:
                alone.add(fact.voice.group)
    if len(heard) != SURE:
        return len(heard) == 1
    (one, mine), (other, theirs) = heard.items()
    return not (one in alone and mine <= theirs) and not (other in alone and theirs <= mine)


def bound_number(named: int, unnamed: int, own: int) -> tuple[int, int]:
    """The bounds for so many named and unnamed voices and reports that speak for themselves."""
    voices = named + unnamed + own
    if not voices:
        return 0, 0
    middle = round(FIRST + NAMED * named + UNNAMED * unnamed + OWN * own)
    return min(voices, max(1, middle - 1)), min(voices, middle + 1)
