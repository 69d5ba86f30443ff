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

FIRST, NAMED, UNNAMED, OWN = 1.0, 0.65, 0.2, 0.05
"""What the first voice, each named voice, each unnamed one, and each report that speaks for itself add. On 410 points
of 27 stories, with these the number counted by hand lies within the bounds for two points in three; with every voice a
full one it does for one in three."""
SURE = 2
"""Named voices, and no others, that are surely as many origins as voices."""


def count_voices(facts: Sequence[Fact]) -> tuple[int, int]:
    """The lowest and highest number of independent origins behind some facts."""
    facts = [fact for fact in facts if not fact.superseded] or list(facts)
    # Who denies a figure gives no other answer.
    facts = [fact for fact in facts if not (fact.claim.figure and fact.contrary)] or facts
    parties = {fact.party for fact in facts if fact.party and fact.answer != "no"}
    if parties:
        return len(parties), len(parties)
    named = {fact.voice.group for fact in facts if fact.voice is not None and fact.voice.known}
    unnamed = {fact.voice.group for fact in facts if fact.voice is not None and not fact.voice.known}
    own = {fact.report.id for fact in facts if fact.voice is None}
    return bound_number(len(named), len(unnamed), len(own))


def bound_number(named: int, unnamed: int, own: int) -> tuple[int, int]:
    """The bounds for so many named and unnamed voices and reports that speak for themselves."""
    voices = named + unnamed + own
    if not voices:
        return 0, 0
    if voices == named <= SURE:
        return named, named
    middle = round(FIRST + NAMED * named + UNNAMED * unnamed + OWN * own)
    return min(voices, max(1, middle - 1)), min(voices, middle + 1)
