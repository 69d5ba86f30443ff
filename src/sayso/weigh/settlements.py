"""What two texts in like words settle between them by rule, before any weight is asked.

Texts that share most of their words are the same unless something can be named in which they differ; what that is says
how they stand to each other. A contradiction takes a witness: two values, states or polarities that exclude each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.weigh.differences import find_apart, find_other_word, find_replaced, find_undone, tell_apart
from sayso.weigh.facts import Fact
from sayso.weigh.figures import allowed, widen
from sayso.weigh.moments import is_replaced
from sayso.weigh.pair_signs import Match
from sayso.weigh.relation_signs import Signs
from sayso.weigh.relations import may_follow
from sayso.weigh.witnesses import are_opposed, both_say_no
from sayso.weigh.wordings import stems_of
from sayso.weigh.wordlists import find_opposites

LIKE_WORDS, LIKE_WHOLES = 0.66, 0.8
"""The share of the shorter's words in common, and how alike two texts are by the encoder, from which nothing but what
can be named sets them apart."""
LIKE_PARTS, LIKE_FOUND = 0.6, 0.7
"""The same for what excludes each other: it is enough that all claims of one text are found in the other."""
SAME_WORDS = 0.85
"""The share from which they are the same where nothing can be named."""
LIKE_CLAIMS, OPPOSED_CLAIMS = 0.75, 0.6
"""The share of the shorter's words that two claims have in common of which one denies the other, or has the opposite of
one of its words."""
SURE_WHOLES = 0.9
"""How surely the claims of two texts of the same words are found in each other where no answers were matched."""
SURE, SUREST = 0.3, 0.8
"""How likely two answers must be to answer one question for their difference to count, and to contradict."""

Settled = tuple[str, str]


def settle(signs: Signs, matches: Sequence[Match], texts: tuple[str, str]) -> Settled | None:
    """What two texts in like words are to each other, and why; None where that is not plain."""
    told = likely_matches(matches)
    near = max(signs["claims of the first found"], signs["claims of the second found"])
    shared = signs["the shorter's words in common"]
    if gone := find_replaced(told) or find_undone(*texts):
        return "revision", gone
    if near >= LIKE_FOUND and (apart := find_apart(told) or find_other_word(signs, told, texts)):
        return "scope", apart
    opposed = next(find_contradictions(told), None) if shared >= LIKE_PARTS and near >= LIKE_FOUND else None
    if opposed is not None:
        return opposed
    unlike = abs(signs["supposed"]) == abs(signs["yet to come"]) == 1.0 and shared >= LIKE_WORDS
    if unlike and near >= LIKE_FOUND and told and are_alone(told) and has_happened(told):
        return "scope", "one tells it as so, the other as meant, tried or possible"
    if signs["words in common"] == 1.0 and near >= SURE_WHOLES and not matches:
        return "same", "the same words, and nothing in which they differ"
    if shared < LIKE_WORDS or signs["wholes alike"] < LIKE_WHOLES:
        return None
    for find in (find_scopes, find_rooms):
        if settled := next(find(told), None):
            return settled
    if signs["words in common"] >= SAME_WORDS and told and all(rival.agrees for _, rival in told):
        return "same", "the same words, and nothing in which they differ"
    return None


def likely_matches(matches: Sequence[Match]) -> list[Match]:
    """The answers of two texts that are likely enough to answer one question."""
    return [match for match in matches if match[1].likely >= SURE]


def find_contradictions(told: Sequence[Match]) -> Iterator[Settled]:
    """Values, states and polarities that exclude each other; of two moments, the later takes the place of the
    earlier."""
    for mine, rival in told:
        x, y = mine.fact, rival.unit.fact
        if rival.witness and rival.likely >= SUREST:
            yield "revision" if may_follow(mine, rival.unit) else "contradiction", rival.witness
        elif mine.family == "words" and x.contrary != y.contrary:
            if are_like(x, y, LIKE_CLAIMS) and not both_say_no(x, y):
                yield "contradiction", f"one says yes, the other no: “{x.claim.text}” / “{y.claim.text}”"
        elif mine.answer.kind == "yes-no" and are_like(x, y, OPPOSED_CLAIMS) and (words := name_opposites(x, y)):
            yield "contradiction", words


def find_rooms(told: Sequence[Match]) -> Iterator[Settled]:
    """Figures that leave each other room: "dozens" and "some 70"."""
    for mine, rival in told:
        one, other = mine.fact.claim.figure, rival.unit.fact.claim.figure
        if mine.family == "figure" and one is not None and other is not None and not rival.agrees:
            if allowed(widen(one), widen(other)):
                yield "compatible", f"{one.text} / {other.text}"
            elif is_replaced(mine.fact) or is_replaced(rival.unit.fact) or may_follow(mine, rival.unit):
                yield "revision", f"{one.text} / {other.text}"


def find_scopes(told: Sequence[Match]) -> Iterator[Settled]:
    """Counts of those to whom other things were done, what is and what may be, and who did it to whom."""
    for mine, rival in told:
        x, y = mine.fact, rival.unit.fact
        if apart := tell_apart(mine, rival.unit):
            yield "scope", apart
        elif mine.answer.kind == "yes-no" and x.possible != y.possible and are_alone(told):
            yield "scope", f"one tells it as so, the other as possible: “{x.claim.text}” / “{y.claim.text}”"
    if turned := find_turned(told):
        yield "scope", f"who did it to whom is turned about: {turned}"


def has_happened(told: Sequence[Match]) -> bool:
    """Whether one of two texts tells all of what happened, with the day or without."""
    sides = ([m.fact for m, _ in told], [r.unit.fact for _, r in told])
    return any(all(fact.claim.tense == "happened" and not fact.possible for fact in side) for side in sides)


def are_alone(told: Sequence[Match]) -> bool:
    """Whether each of two texts is one claim: of several, each has others beside it."""
    return len({unit.fact.claim.id for unit, _ in told}) == len({r.unit.fact.claim.id for _, r in told}) == 1


def find_turned(told: Sequence[Match]) -> str:
    """Who acts in one text and undergoes it in the other, where another does it the other way; "" for nobody."""
    one = {(unit.words.casefold(), unit.answer.role) for unit, _ in told}
    other = {(rival.unit.words.casefold(), rival.unit.answer.role) for _, rival in told}
    acting, undergoing = (
        [name for name, part in one - other if part == role and (name, opposite) in other - one]
        for role, opposite in (("actor", "target"), ("target", "actor"))
    )
    return acting[0] if acting and undergoing else ""


def are_like(x: Fact, y: Fact, least: float) -> bool:
    """Whether two claims have so large a share of the shorter's words in common that they tell of one thing."""
    one, other = stems_of(x.claim.text), stems_of(y.claim.text)
    return len(one & other) >= max(1, least * min(len(one), len(other)))


def name_opposites(x: Fact, y: Fact) -> str:
    """Two words or states of like claims of which the one's is the other's opposite; "" where there are none."""
    pairs = find_opposites(x.claim.text.casefold(), y.claim.text.casefold())
    if pairs:
        return f"{pairs[0][0]} / {pairs[0][1]}"
    return f"“{x.claim.text}” / “{y.claim.text}”" if are_opposed(x, y) else ""
