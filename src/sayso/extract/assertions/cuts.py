"""Cutting clauses where what they hold stands otherwise than they do: "The paper retracted its report | that 40 people
were killed" tells two things, one asserted and one withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.extract.assertions.governors import find_kind
from sayso.extract.assertions.negations import has_own_subject
from sayso.extract.assertions.surveys import COPULAS, Survey
from sayso.extract.assertions.words import class_noun, class_verb, has_noun_class, is_report
from sayso.record import Stands

Range = tuple[int, int]
"""First token and end (exclusive) of a stretch."""
DEEPEST = 6
"""Infinitives in infinitives that are followed."""
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch cut: the clauses in it that stand otherwise, the nouns in it that do with their phrases, and what of
    the stretch is left to tell for itself."""

    clauses: tuple[Range, ...] = ()
    nouns: tuple[tuple[int, int, int], ...] = ()
    around: tuple[Range, ...] = ()


def cut_stretch(survey: Survey, first: int, last: int, head: int) -> Cut:
    """A stretch cut where parts of it stand otherwise than its head."""
    inner = list(find_inner(survey, first, last, head))
    nouns = tuple(find_nouns(survey, first, last, head, inner))
    around: list[Range] = []
    if not inner:
        around = [(first, last)]
    elif tells_of_proof(survey, inner):
        around = [(first, last)]  # "There is no evidence that": told for itself
    elif not is_mere_cue(survey, head, inner):
        begin, end = inner[0][0], inner[-1][1]
        if last - end < FEWEST and begin - first >= FEWEST:
            around = [(first, begin)]
        elif begin - first < FEWEST and last - end >= FEWEST:
            around = [(end, last)]
        else:
            around = [(first, last)]
    return Cut(tuple((a, b) for a, b, _ in inner), nouns, tuple(around))


def find_nouns(
    survey: Survey, first: int, last: int, head: int, inner: list[tuple[int, int, int]]
) -> Iterator[tuple[int, int, int]]:
    """The noun phrases outside the inner clauses that stand otherwise than the stretch: "denied *an affair*", "no
    *deaths*"."""
    tokens, end = survey.parse.tokens, first
    for i in range(first, last):
        token = tokens[i]
        if token.pos not in ("NOUN", "PROPN") or i == head or any(a <= i < b for a, b, _ in inner):
            continue
        if survey.stands[i] in ("asserted", survey.stands[head]) or not survey.made[i]:
            continue
        if (is_report(token) or class_noun(token)) and not any(tokens[c].dep == "prep" for c in token.children):
            continue  # "denied *the report*" tells nothing of what it said
        if token.lemma in ("one", "body", "thing", "time", "way", "point"):
            continue
        a, b = survey.parse.subtree(i)
        while a < i and tokens[a].text.lower() in ("no", "neither"):
            a += 1
        if a >= end and b < last and not a <= head <= b and not any(a < d and c <= b for c, d, _ in inner):
            yield a, b + 1, i
            end = b + 1


def find_inner(survey: Survey, first: int, last: int, head: int) -> Iterator[tuple[int, int, int]]:
    """The outermost clauses within a stretch that have a subject and stand otherwise than it, with their heads."""
    own = survey.stands[head]
    end = first
    tokens = survey.parse.tokens
    for i in range(first, last):
        if i == head or tokens[i].pos not in ("VERB", "AUX") or not has_own_subject(survey.parse, tokens[i]):
            continue
        if tokens[i].dep == "conj" or (survey.governed[i] == i and not is_told_first(survey, i, head)):
            continue
        if (
            survey.stands[i] == own
            and not is_told_first(survey, i, head)
            and not (own == "asserted" and survey.negations[survey.governed[i]])
        ):
            continue  # but "no doubt | *that it fell*"
        kind = find_kind(survey.parse, survey.heads, i)
        loose = kind not in ("whether", "how") and (
            kind == "to"
            or tokens[i].tag in ("VB", "VBN")
            or class_verb(survey.parse, tokens[survey.heads[i]]) == "plan"
        )
        if (kind is None and not survey.made[i]) or (loose and not is_finite(survey, i)):
            continue  # "ordered *the pumps restarted*" is one thing
        a, b = survey.parse.subtree(i)
        a, b = max(a, first), min(b, last - 1)
        if a >= end and not a <= head <= b:
            yield a, b + 1, i
            end = b + 1


def is_told_first(survey: Survey, i: int, head: int) -> bool:
    """Whether a clause is what somebody says who is named after it ("*the driver had not seen it*, she said")."""
    token, verb = survey.parse.tokens[i], survey.parse.tokens[head]
    return token.dep == "ccomp" and token.head == head and i < head and class_verb(survey.parse, verb) == "say"


def tells_of_proof(survey: Survey, inner: list[tuple[int, int, int]]) -> bool:
    """Whether it is by what shows it that what a clause holds stands otherwise."""
    return any(has_noun_class(survey.parse.tokens[survey.governed[i]], "proof") for *_, i in inner)


def is_finite(survey: Survey, i: int) -> bool:
    """Whether a verb has an auxiliary of its own, or its clause a "that" before its subject, so that it heads a full
    clause ("the claim *that 30 houses burned*"), whatever the tagger takes its form for."""
    tokens = survey.parse.tokens
    if any(tokens[c].dep in ("aux", "auxpass") for c in tokens[i].children):
        return True
    first = survey.parse.subtree(i)[0]
    return "that" in (tokens[first].text.lower(), tokens[first - 1].text.lower() if first else "")


def is_mere_cue(survey: Survey, head: int, inner: list[tuple[int, int, int]]) -> bool:
    """Whether nothing is left of a clause without what it holds but a verdict or a word of saying."""
    tokens = survey.parse.tokens
    governors = {survey.governed[i] for *_, i in inner} | {head for *_, i in inner if is_told_first(survey, i, head)}
    if head in governors and (class_verb(survey.parse, tokens[head]) or tokens[head].lemma in COPULAS):
        return True
    # "The claim that X is false", "is fabricated": the verdict is on the noun that X hangs from.
    passive = any(tokens[c].dep == "auxpass" for c in tokens[head].children) and class_verb(survey.parse, tokens[head])
    return (tokens[head].lemma in COPULAS or passive in ("misreport", "deny")) and any(
        survey.heads[i] in tokens[head].children or survey.heads[i] == head for *_, i in inner
    )


def sink_head(survey: Survey, head: int, first: int, last: int) -> Stands:
    """How a clause stands whose verb leads to an infinitive or gerund that tells what it is about ("*plans* to go")."""
    tokens, at = survey.parse.tokens, head
    for _ in range(DEEPEST):
        below = [
            c
            for c in range_below(survey, at, first, last)
            if tokens[c].dep in ("xcomp", "pcomp") and not has_own_subject(survey.parse, tokens[c])
        ]
        told = [c for c in below if survey.stands[c] != survey.stands[at] and survey.governed[c] != c]
        if told and survey.stands[told[0]] in ("supposed", "misquoted", "asked", "withdrawn"):
            return survey.stands[told[0]]
        if told and class_verb(survey.parse, tokens[survey.governed[told[0]]]) == "deny":
            return survey.stands[told[0]]
        if not below:
            break
        at = below[0]
    return survey.stands[head]


def range_below(survey: Survey, at: int, first: int, last: int) -> Iterator[int]:
    """What hangs from a token within a stretch, and from the prepositions and adjectives on it."""
    tokens = survey.parse.tokens
    for c in tokens[at].children:
        if first <= c < last:
            yield c
            if tokens[c].dep in ("prep", "acomp") and tokens[c].text.lower() not in ("without", "instead"):
                yield from (g for g in tokens[c].children if first <= g < last)
