"""How many independent origins stand behind the answers to one question, with a lower and an upper bound.

Who speaks for one institution is one voice, however often and through whomever it speaks. The lower bound counts the
voices that are surely different: institutions, named people with an office, and the unnamed sources of an outlet. The
upper bound adds those that may stand on one of the others: a person of whom no report says for whom he speaks, "the
military" of a state of which an arm speaks too, an outlet that says on its own what nobody was heard to say before. An
outlet that says on its own what a source has said is no voice, nor is one that tells of a silence; several states in
one breath are none where one of them speaks for itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.tables.countries import name_countries
from sayso.weigh.facts import ARM, Fact
from sayso.weigh.subjects import name_subject
from sayso.who.institutions import find_institution

ROUNDING = 0.1
"""Figures within this share of each other are the same but for rounding."""
NAMED = ("person", "organisation", "official")
"""Kinds of source that have a name."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: the institution, person or outlet; whether surely one of its own; the states that it stands for
    without a voice of their own ("Western and Ukrainian officials"), or whose arms it may be; the branch of state, and
    whether nothing says of which ("the interior ministry")."""

    group: str
    sure: bool
    states: frozenset[str] = frozenset()
    branch: str = ""
    nameless: bool = False


def count_voices(facts: Sequence[Fact]) -> tuple[int, int]:
    """The lowest and highest number of independent origins behind some facts, which come in order of publication."""
    facts = [fact for fact in facts if not fact.superseded] or facts
    # Who denies a figure gives no other answer.
    facts = [fact for fact in facts if not (fact.claim.figure and fact.denied)] or facts
    heard, told = [], dict[tuple[object, ...], Fact]()
    for fact in facts:
        voice = find_voice(fact)
        if voice is not None and not (is_own(fact) and any(repeats(fact, earlier) for earlier in told.values())):
            heard.append(voice)
        figure = fact.claim.figure
        told.setdefault((figure.unit, figure.low, figure.high) if figure else (fact.answer,), fact)
    branches = {voice.branch for voice in heard if voice.branch and not voice.nameless}
    heard = [voice for voice in heard if not (voice.nameless and voice.branch in branches)]
    sure = {voice.group for voice in heard if voice.sure and not voice.states}
    states = {group.partition(ARM)[0] for group in sure if ARM in group}
    sure |= {voice.group for voice in heard if voice.sure and not voice.states & states}
    unsure = {voice.group for voice in heard if voice.sure or not voice.states & states}
    low = max(1, len(sure)) if facts else 0
    return low, max(low, len(sure | unsure))


def find_voice(fact: Fact) -> Voice | None:
    """The voice behind a fact, None where it is nobody's."""
    if fact.party:
        return None if fact.answer == "no" else Voice(fact.party, True)
    group = fact.group or fact.origin
    if is_own(fact):
        return Voice(group, False)
    speaker = fact.attribution.speaker if fact.attribution else None
    found = find_institution(fact.source) or (find_institution(speaker.affiliation) if speaker is not None else None)
    guessed = found is not None and ARM in found.name
    branch = found.branch if found is not None else ""
    if ARM in fact.group:
        return Voice(group, True, frozenset((group.partition(ARM)[0],)) if guessed else frozenset(), branch)
    if found is not None and branch and not found.country and speaker is not None and not speaker.anonymous:
        return Voice(branch, True, branch=branch, nameless=True)
    if fact.origin.endswith(")") and (speaker is None or speaker.anonymous or speaker.kind == "outlet"):
        # What an outlet has from officials whom it does not name, whoever passes it on.
        return Voice(group, True)
    states = name_states(fact.source)
    if len(states) > 1:
        return Voice(group, False, states)
    if found is not None and found.group and found.sure:
        return Voice(found.group, True, states if guessed else frozenset(), branch)
    if speaker is None or speaker.kind == "unknown":
        return Voice(group, False)
    if speaker.kind == "outlet":
        return Voice(group, True)
    if speaker.anonymous or speaker.kind not in NAMED:
        # Unnamed officials of one kind may be the same wherever they are told of.
        return Voice(group, False) if found is not None else Voice(fact.source.casefold(), True)
    placed = speaker.kind == "organisation" or bool(speaker.role or speaker.affiliation)
    return Voice(group, placed and fact.origin.startswith(fact.group) and fact.group != fact.report.outlet)


def name_states(words: str) -> frozenset[str]:
    """The names of the states that words name."""
    names = name_countries()
    return frozenset(names.get(key[1:], key) for key in name_subject(words).keys if key.startswith("@"))


def is_own(fact: Fact) -> bool:
    """Whether the outlet says it on its own."""
    return fact.attribution is None or fact.source == fact.report.outlet


def repeats(fact: Fact, earlier: Fact) -> bool:
    """Whether a fact says nothing that another did not say before it."""
    one, other = fact.claim.figure, earlier.claim.figure
    if one is None or other is None or one.unit != other.unit:
        return fact.answer == earlier.answer
    lows = [f.low for f in (one, other) if f.low is not None]
    highs = [f.high for f in (one, other) if f.high is not None]
    return not lows or not highs or max(lows) <= min(highs) * (1 + ROUNDING)
