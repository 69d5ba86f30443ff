"""Attributions that agree with how what they say stands: who neither says nor denies it asserts nothing, and what
stands in a question is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sayso.extract.assertions.nouns import beyond
from sayso.extract.assertions.surveys import Survey
from sayso.extract.assertions.words import class_noun, class_verb
from sayso.grammar.parses import Token
from sayso.record import Attribution, Stands
from sayso.tables import load_toml

AFFIRMING = ("asserts", "reports", "estimates", "suspects", "predicts")
"""Stances of who holds something for so or for likely."""
NEAR_CERTAIN = (0.9, 0.99)
"""How sure is what nobody, or next to nobody, denies or doubts."""
CERTAINTY = tuple[float, float]


def agree(survey: Survey, said: Attribution, stands: Stands, around: Stands) -> Attribution:
    """An attribution whose content stands so, with the stance, negation and certainty that this comes to; `around` is
    how the cue itself stands."""
    if "asked" in (stands, around):
        return set_stance(said, "asks")
    excluded = any(class_verb(survey.parse, t) == "exclude" for t in survey.parse.tokens_in(said.cue))
    if stands in ("open", "supposed") and excluded and governs(survey, said):
        return replace(said, stance="suspects", negated=False, certainty=UNLIKELY)
    if leaves_room(survey, said) or (stands == "open" and said.stance == "denies" and is_of_chance(survey, said)):
        return replace(said, stance="suspects", negated=False, certainty=UNLIKELY)
    if stands == "open":
        kinds = {class_verb(survey.parse, token) for token in survey.parse.tokens_in(said.cue)} & CLASSES
        return (
            replace(said, negated=True, certainty=band("negated"))
            if kinds == {"deny"}
            else set_stance(said, "declines")
        )
    denying = any(class_verb(survey.parse, t) in DENYING for t in survey.parse.tokens_in(said.cue))
    if stands == "denied" and denying and not said.negated and said.stance in AFFIRMING and governs(survey, said):
        return set_stance(said, "denies")
    if stands == "supposed" and said.stance in ("asserts", "denies") and governs(survey, said):
        return replace(said, stance="suspects", negated=False)
    if stands == "asserted" and (said.stance in ("denies", "suspects")) and is_doubled(survey, said):
        return replace(said, stance="asserts", negated=False, certainty=NEAR_CERTAIN)
    if stands == "withdrawn" and not said.negated and said.stance in AFFIRMING:
        return replace(said, negated=True, certainty=band("negated"))
    return said


DENYING = ("deny", "exclude", "accept", "suspect")
CLASSES = frozenset(("deny", "confirm", "say", "exclude", "accept"))
UNLIKELY = (0.2, 0.55)
"""How sure is what is not ruled out."""


def set_stance(said: Attribution, stance: str) -> Attribution:
    """An attribution with a stance that leaves its content open or denies it."""
    return replace(said, stance=stance, negated=False, certainty=band(stance))  # type: ignore[arg-type]


def band(name: str) -> CERTAINTY:
    """The band of probability of a stance."""
    low, high = load_toml("hedges.toml")["stances"][name]
    return float(low), float(high)


def governs(survey: Survey, said: Attribution) -> bool:
    """Whether it is the cue itself that makes the content stand otherwise, and not something in what is said."""
    inside = {t.i for t in survey.parse.tokens_in(said.cue)}
    return any(survey.governed[i] in inside and survey.governed[i] != i for i in find_tops(survey, said))


def leaves_room(survey: Survey, said: Attribution) -> bool:
    """Whether all that somebody says is that it cannot be excluded: "said *it could not rule out that*", it "*could
    not be ruled out*, she said"."""
    if said.stance not in AFFIRMING:
        return False
    tokens = survey.parse.tokens_in(said.content)
    tops = set(find_tops(survey, said))
    return any(
        survey.negations[t.i] and class_verb(survey.parse, t) == "exclude" and is_own_word(survey, t, tops)
        for t in tokens
    )


def is_own_word(survey: Survey, verb: Token, tops: set[int]) -> bool:
    """Whether a verb is one of the `tops` of what is said, or leads from one ("were unable *to rule out*"), and who
    speaks does it, or nobody that is named."""
    tokens = survey.parse.tokens
    at = verb
    while at.i not in tops and at.dep in ("xcomp", "acomp", "ccomp") and at.head != at.i:
        at = tokens[at.head]
    does = [c for c in verb.children if tokens[c].dep == "nsubj" and tokens[c].pos != "PRON"]
    return at.i in tops and not does and not any(tokens[c].dep == "agent" for c in verb.children)


def is_of_chance(survey: Survey, said: Attribution) -> bool:
    """Whether what is denied is a chance that something is so ("cannot dismiss *the possibility* that")."""
    return any(class_noun(survey.parse.tokens[i]) == "suspect" for i in find_tops(survey, said))


def is_doubled(survey: Survey, said: Attribution) -> bool:
    """Whether a cue denies or doubts, and is itself denied or of few: what it says is then held for so."""
    tokens = survey.parse.tokens_in(said.cue)
    doubting = any(class_verb(survey.parse, t) in ("deny", "doubt") for t in tokens)
    by = [c for t in tokens for c in t.children if survey.parse.tokens[c].dep == "nsubj"]
    return doubting and any(
        survey.negations[i] or beyond(survey, survey.parse.tokens[i]) for i in (*(t.i for t in tokens), *by)
    )


def find_tops(survey: Survey, said: Attribution) -> Iterator[int]:
    """The tokens of a content whose governor is outside it."""
    for start, end in said.content:
        for token in survey.parse.tokens_in(((start, end),)):
            over = survey.parse.tokens[survey.heads[token.i]]
            if not start <= over.start < end and token.dep not in ("punct", "mark"):
                yield token.i
