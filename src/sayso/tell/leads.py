"""What the reports lead with: one development for all the reports that tell of it, in their own words or in copies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.record import Picture
from sayso.tell.phrases import DEEDS
from sayso.weigh.facts import Fact, gather_facts
from sayso.weigh.voices import count_voices
from sayso.weigh.witnesses import bears_out, is_unlike
from sayso.weigh.wordings import compare_stems, weigh_stems

LIKE = 0.45
"""The least likeness of two lead claims for one development, in cosine of weighted stems."""
APART_DAYS, SAME_DAYS = 10, 31
"""Lead claims further apart in time tell of two developments, whatever their words, and whatever they say."""
LEAD_CHARACTERS = 450
"""A claim that begins after this many code points of a report does not lead it."""


@dataclass(frozen=True, slots=True)
class Lead:
    """One development: the claims that tell of it, the first of which speaks for all, and where they come from."""

    facts: tuple[Fact, ...]
    reports: tuple[str, ...]
    origins: tuple[str, ...]
    independent: tuple[int, int]
    shared: int
    """On how many questions its reports answer beside reports of other origins: 0 for what has nothing to do with the
    rest."""


def find_leads(picture: Picture) -> list[Lead]:
    """The developments that reports lead with."""
    facts = [f for f in gather_facts(picture.readings, picture.provenance, picture.origins) if may_lead(f)]
    weights = weigh_stems(f.stems for f in facts)
    same = same_claims(picture)
    groups: list[list[Fact]] = []
    done: set[str] = set()
    for fact in facts:
        if fact.report.digest in done or fact.claim.start > LEAD_CHARACTERS or len(fact.claim.text.split()) < 5:
            continue
        done.add(fact.report.digest)
        scores = [likeness(group, fact, weights, same) for group in groups]
        best = max(scores, default=0.0)
        if best >= LIKE:
            groups[scores.index(best)].append(fact)
        else:
            groups.append([fact])
    shared: Counter[str] = Counter()
    for point in picture.points:
        if point.independent[0] > 1:
            shared.update({value.report for value in point.values})
    return [make_lead(group, shared) for group in groups]


def may_lead(fact: Fact) -> bool:
    """Whether a claim may be what a report leads with: what is asserted, or told with who denies or supposes it. What
    is asked, left open or taken back is no news of the world; nor are words of the outlet's own in which nobody and
    nothing does or undergoes anything, for these are labels ("What we know so far") and dates."""
    if not fact.told or not (fact.claim.actors or fact.attribution):
        return False
    stance = fact.attribution.stance if fact.attribution else "asserts"
    return stance not in ("declines", "asks") and (fact.claim.stands == "asserted" or stance in DEEDS)


def same_claims(picture: Picture) -> set[frozenset[str]]:
    """The pairs of claims that say the same, as weighing found."""
    return {
        frozenset((point.values[r.a].claim, point.values[r.b].claim))
        for point in picture.points
        for r in point.relations
        if r.relation == "same"
    }


def likeness(group: Sequence[Fact], fact: Fact, weights: dict[str, float], same: set[frozenset[str]]) -> float:
    """How near a lead claim is to a development: 1 for another telling of one origin or a claim that says the same,
    else as like as its nearest claim; nothing where the days are too far apart, or where it says otherwise."""
    if any(is_unlike(member, fact) for member in group):
        return 0.0
    best = 0.0
    for member in group:
        days = abs((member.said.replace(tzinfo=None) - fact.said.replace(tzinfo=None)).days)
        if days <= SAME_DAYS and frozenset((member.claim.id, fact.claim.id)) in same:
            return 1.0
        if days <= APART_DAYS:
            if member.origin and member.origin == fact.origin:
                return 1.0
            best = max(best, compare_stems(member.stems, fact.stems, weights))
    return best


def make_lead(group: Sequence[Fact], shared: Counter[str]) -> Lead:
    """The development of a group of lead claims, told in the words of the first; of those, what bears them out."""
    group = [fact for fact in group if bears_out(fact, group[0])]
    origins = tuple(dict.fromkeys(f.origin for f in group if f.origin))
    return Lead(
        facts=tuple(group),
        reports=tuple(dict.fromkeys(f.report.id for f in group)),
        origins=origins,
        independent=count_voices(group),
        shared=max(shared[f.report.id] for f in group),
    )
