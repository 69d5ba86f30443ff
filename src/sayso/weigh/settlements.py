"""What a comparison settles by rule, before any weight is asked, and what excludes what in it.

Equal words or values are the same; two claims that share most of their words and differ in nothing that can be named
are so too. A contradiction takes a witness: two figures, times or polarities of like claims that exclude each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sayso.weigh.comparisons import ANEW, NARROW, OTHER_COUNT, Feature

ALIKE, SAME_SENTENCE = 0.5, 0.75
"""Words that two claims on one matter share at least, and those of one sentence with another figure in it."""
MOST_WORDS, IN_ORDER, ALL_WORDS = 0.45, 0.4, 0.7
"""The share of all words, and that in one order, that two claims share which say the same; and the share that does
whatever the order ("police held him", "he was held by police")."""
CONTAINED = 0.75
"""The share of the shorter's words that the longer has where it tells all that the shorter does."""
LIKE_CLAIMS = 0.5
"""The share of the shorter's words that two claims have in common at least, one of which denies the other."""
LIKE_CLAUSES, LIKE_COUNTS = 0.6, 0.5
"""How like the two clauses are, twice their common words among the words of both, of which one says no; and of two
that give one figure."""
OTHER_SOURCES = 0.7
"""How far two sources' names have to differ to be two sources'."""
SHARED, SHORTER = "share of words in common", "share of the shorter's words in common"
LIKENESS = (SHORTER, "share of the shorter's things in common")
RUNNING = ("a later figure of one line", "told within two months", "told months apart")
OTHER_MATTERS = (*OTHER_COUNT, "a time long past", "told months apart", "other places", "namesakes", "units differ")
OPPOSED = ("only one says no", "opposites", "they exclude each other", "one source did not say so")
"""Polarities that exclude each other."""
UNSETTLED = ("an open figure", "a range or vague count", *NARROW, *OTHER_COUNT)
"""What leaves two figures room beside each other, or to be of two counts."""
DIFFERENCES = (
    *OPPOSED,
    *(name for name in OTHER_COUNT if name != "a narrower kind is counted"),
    *(name for name in NARROW if name.endswith(("on both sides", "windows", "another count"))),
    "times apart",
    "other places",
    "other countries",
    "namesakes",
    "units differ",
    "told months apart",
    "roles are changed about",
    "only one has come to be",
)
"""What two claims in like words may differ in."""

Settled = tuple[str, str]
Found = Mapping[str, Feature]


def settle_relation(features: Sequence[Feature]) -> Settled | None:
    """What a rule is sure of, and why: claims in like words, whose values decide it."""
    found = {feature.name: feature for feature in features}
    if settled := settle_alike(found):
        return settled
    alike = max((found[name].value for name in LIKENESS if name in found), default=0.0)
    if alike < ALIKE or any(name in found for name in OTHER_MATTERS):
        return None
    if "one figure lies within the other" in found and not any(name in found for name in RUNNING):
        return "compatible", explain([found["one figure lies within the other"], *shown(found, *LIKENESS)][:2])
    if "figures differ" not in found or any(
        name in found for name in (*NARROW, *ANEW, "an open figure", "figures far apart")
    ):
        return None
    two = found.get("figures of two sources differ at once")
    if two is not None and two.value >= OTHER_SOURCES:
        return "contradiction", explain(shown(found, "figures of two sources differ at once", "the same place"))
    if "another figure of one line at once" in found and "the same time" in found and in_order(found) >= SAME_SENTENCE:
        return "contradiction", explain(shown(found, "another figure of one line at once", "the same time"))
    return None


def settle_alike(found: Found) -> Settled | None:
    """What two claims are that share most of their words: the same where nothing differs, else what differs."""
    most = measure(found, SHARED) >= MOST_WORDS and in_order(found) >= IN_ORDER
    summed = "a sum makes them one" in found and measure(found, SHORTER) >= ALIKE
    if any(name in found for name in DIFFERENCES):
        return settle_difference(found) if most or measure(found, SHORTER) >= CONTAINED else None
    if summed:
        return "same", explain(shown(found, "a sum makes them one", SHORTER))
    if "goes on from what the other tells" in found and measure(found, SHORTER) >= CONTAINED:
        return "revision", explain(shown(found, "goes on from what the other tells", SHORTER))
    figured = "no figures" not in found and "one figure only" not in found
    if figured and "figures agree" not in found:
        return None
    if most or measure(found, SHARED) >= ALL_WORDS:
        return "same", explain(shown(found, "figures agree", "the same time", SHARED)[:2])
    return None


def settle_difference(found: Found) -> Settled | None:
    """What two claims in like words are that differ in something, where one thing decides."""
    if "one source did not say so" in found:
        return "contradiction", explain(shown(found, "one source did not say so"))
    if any(name in found for name in (*OTHER_MATTERS, "times apart")) and "figures agree" not in found:
        return None
    states = shown(found, "states of the counted differ", "only one has come to be")
    if states and "told months apart" not in found:
        return "scope", explain(states)
    if denies(found) and ("figures agree" in found or in_order(found) >= ALIKE):
        return "contradiction", explain(shown(found, "only one says no", "figures agree"))
    return None


def find_witness(features: Sequence[Feature]) -> list[Feature]:
    """What shows that two claims exclude each other: figures that leave no room, times apart or opposite polarities of
    claims in like words. Without one there is no contradiction."""
    found = {feature.name: feature for feature in features}
    if measure(found, SHORTER) < LIKE_CLAIMS:
        return []
    witness = shown(found, *(OPPOSED if denies(found) else OPPOSED[1:]), "times apart")
    if not any(name in found for name in UNSETTLED):
        witness += shown(found, "figures differ")
    return witness


def may_revise(features: Sequence[Feature]) -> bool:
    """Whether one of two claims may tell anew what the other told: they are dated, or words say so."""
    found = {feature.name for feature in features}
    return "no date of telling" not in found or any(name in found for name in ANEW)


def denies(found: Found) -> bool:
    """Whether one claim says no to what the other says in like words."""
    return measure(found, "only one says no") >= (LIKE_COUNTS if "figures agree" in found else LIKE_CLAUSES)


def measure(found: Found, name: str) -> float:
    """How strong a feature is, 0 where it was not found."""
    return found[name].value if name in found else 0.0


def in_order(found: Found) -> float:
    """The share of words that stand in one order in both claims."""
    return measure(found, "words in one order")


def shown(found: Found, *names: str) -> list[Feature]:
    """The features of these names that were found."""
    return [found[name] for name in names if name in found]


def explain(features: Sequence[Feature]) -> str:
    """Features in words: what each is, and in brackets what shows it."""
    return "; ".join(f"{f.name} ({f.words})" if f.words else f.name for f in features) or "nothing else speaks"
