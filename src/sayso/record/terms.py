"""The closed sets of words that the nouns use, as types: a wrong one is found before anything runs."""

from __future__ import annotations

from typing import Literal

Stance = Literal[
    "asserts", "reports", "estimates", "suspects", "predicts", "denies", "declines", "asks", "orders", "promises"
]
"""What a cue does."""

Stands = Literal["asserted", "denied", "asked", "supposed", "withdrawn", "misquoted", "open"]
"""How a claim stands in its report. Asserted: somebody says that it is so. Denied: somebody says that it is not, and
the claim's words are what is denied. Asked: it stands only in a question. Supposed: it is a condition, a plan, a
possibility or a suspicion. Withdrawn: who said it has taken it back. Misquoted: it is told as another's error. Open:
its source will neither say nor deny it."""

Polarity = Literal["positive", "negative"]
Tense = Literal["happened", "ongoing", "planned", "hypothetical"]
Form = Literal["past", "present", ""]
Basis = Literal["witnessed", "told", "document", "induced", "unknown"]
Directness = Literal["direct", "indirect", "mixed"]
ActorRole = Literal["actor", "target", "counted"]
PlaceRole = Literal["place", "metonym"]
Presence = Literal["present", "absent"]

SpeakerKind = Literal["person", "organisation", "document", "official", "collective", "outlet", "callsign", "unknown"]
"""What sort of speaker a source is within its report."""

AnswerKind = Literal["figure", "date", "person", "place", "cause", "manner", "state", "yes-no"]
"""What a value in a claim answers: how many or how much, when, who or whom, where, why, how, in what state, whether."""

RelationKind = Literal["same", "compatible", "revision", "scope", "contradiction", "unrelated"]
"""How two answers to one question stand to each other."""
