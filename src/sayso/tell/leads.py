"""What the reports lead with: the sentences that say most of what most reports tell, the newest state first, each once.

A sentence is as central as other reports have claims near it (the mean over reports of the nearest claim's cosine,
after LexRank, Erkan & Radev 2004); the next one is taken for what it adds (maximal marginal relevance, Carbonell &
Goldstein 1998). Vectors are those by which claims are matched everywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Any

import numpy as np

from sayso.record import Picture, Sentence
from sayso.tell.phrases import say_origins
from sayso.tell.sentences import quote_claim, quote_sentence, say_claim
from sayso.tell.sides import is_disputed, moment
from sayso.tell.sources import Sources
from sayso.tell.tongues import _, mark
from sayso.weigh.backings import Backers
from sayso.weigh.checks.doubts import FEW, LEAST_OF_FEW, rate_claims
from sayso.weigh.facts import NEVER, Fact, gather_facts
from sayso.weigh.matching.signs import stack_vectors
from sayso.weigh.voices import count_voices
from sayso.weigh.witnesses import is_unlike

Floats = np.ndarray[Any, np.dtype[np.float32]]
REPEATED = 0.55
"""Cosine from which on a sentence would tell again what one before it has told."""
EARLY = 600
"""Code points of a report in which what it leads with is told."""
LEADING, NEWEST = 0.5, 0.7
"""What a place at the head of its report, and being of the newest report, add to how central a sentence is."""
NAME = re.compile(r"(?<=\w |, )[A-Z]\w")
"""A capital that opens no sentence."""
CONFIRMED = "1"
SAYING = {"1": mark("confirmed by other sources"), "4": mark("graded doubtful"), "5": mark("graded improbable")}
"""Grades of credibility that say something."""
FEWEST, WORTH = 3, 0.7
"""Sentences that are told however little they are worth, and how much the others must be beside the last of these."""
MOST_JUDGED = 60
"""The most central claims, of which it is looked whether others make them doubtful; those behind them hardly lead."""
DOUBTFUL = 0.1
"""How likely a claim must be wrong not to lead, where any other does; of few reports, as much as for a flag."""
MOST_FACTS = 4_000
"""Claims that are compared: those at the head of their reports, where a picture has more."""


@dataclass(frozen=True, slots=True)
class Lead:
    """One development: its sentence and the claims that say so, that of the sentence first, and from how many
    independent origins they are."""

    sentence: str
    facts: tuple[Fact, ...]
    independent: tuple[int, int]


def tell_leads(
    picture: Picture, sources: Sources, style: str = "plain", of: Set[str] | None = None
) -> Iterator[Sentence]:
    """The developments of a picture as sentences, the one most to be told first; with `of`, only of these reports."""
    told = False
    graded = {grade.target: grade.grade for grade in picture.grades if grade.about == "claim"}
    for lead in find_leads(picture, sources, style, of):
        ids = tuple(fact.claim.id for fact in lead.facts)
        detail = say_origins(lead.independent, (), name=False) if len(ids) > 1 else ""
        grade = graded.get(ids[0], "")
        grade = "" if grade == CONFIRMED and lead.independent[0] < 2 else grade
        said = _(SAYING.get(grade, ""))
        told = True
        yield Sentence(text=lead.sentence, claims=ids, detail="; ".join(filter(None, (detail, said))))
    if not told:
        yield from quote_leads(picture, sources, of)


def quote_leads(picture: Picture, sources: Sources, of: Set[str] | None) -> Iterator[Sentence]:
    """Where nothing can be told by itself, what each report begins with, in quotation marks."""
    done: set[str] = set()
    for fact in list_facts(picture):
        if not (fact.claim.actors or fact.attribution):
            continue  # A label or a date.
        if fact.report.id in done or (of is not None and fact.report.id not in of):
            continue
        sentence = say_claim(sources, fact.claim.id) or quote_sentence(sources, fact.claim.id)
        sentence = sentence or quote_claim(sources, fact.claim.id)
        if sentence:
            done.add(fact.report.id)
            yield Sentence(text=sentence, claims=(fact.claim.id,))


def find_leads(picture: Picture, sources: Sources, style: str = "plain", of: Set[str] | None = None) -> Iterator[Lead]:
    """The developments of a picture, the one most to be told first; with `of`, only of these reports."""
    facts = list_facts(picture)
    if not facts:
        return
    vectors = stack_vectors([fact.claim.vector for fact in facts])
    central = measure_centrality(facts, vectors)
    latest = {fact.report.id: fact.said for fact in facts if fact.said != NEVER}
    order = {report: n for n, (report, _) in enumerate(sorted(latest.items(), key=lambda item: (item[1], item[0])))}
    newness = np.array([order.get(fact.report.id, 0) / max(1, len(order) - 1) for fact in facts], np.float32)
    early = np.array([fact.claim.start < EARLY for fact in facts], np.float32)
    worth = central * (1 + LEADING * early + NEWEST * newness)
    stale, backers = list_stale(picture, sources), Backers(facts)
    first = [i for i in np.argsort(-worth, kind="stable").tolist() if of is None or facts[i].report.id in of]
    doubtful = list_doubtful(picture, facts, [facts[i] for i in first[:MOST_JUDGED]])
    told: list[int] = []
    said = set[str]()
    for i in sorted(first, key=lambda i: facts[i].claim.id in doubtful):
        fact = facts[i]
        if told and fact.claim.id in doubtful:
            break
        if len(told) >= FEWEST and worth[i] < WORTH * worth[told[FEWEST - 1]]:
            break
        if (
            not has_detail(fact)
            or not sources.is_at_heart(fact.claim.id)
            or fact.superseded
            or fact.claim.id in stale
            or is_told(i, told, facts, vectors)
        ):
            continue
        same = find_same(backers, fact)
        sentence = say_claim(sources, fact.claim.id, [other.claim.id for other in same], style)
        if sentence and sentence not in said:
            told.append(i)
            said.add(sentence)
            yield Lead(sentence, (fact, *same), count_voices([fact, *same]))


def is_told(i: int, told: Sequence[int], facts: Sequence[Fact], vectors: Floats) -> bool:
    """Whether a claim would tell again what one before it has told; among the first, another figure or state is news
    ("12 were hurt" beside "12 died")."""
    near = [n for n in told if float(vectors[n] @ vectors[i]) > REPEATED]
    return bool(near) and (len(told) >= FEWEST or not all(is_unlike(facts[n], facts[i]) for n in near))


def has_detail(fact: Fact) -> bool:
    """Whether a claim names somebody or something, or gives a number or a date: what does neither is an opinion."""
    return NAME.search(fact.claim.text) is not None or any(a.kind in ("figure", "date") for a in fact.claim.answers)


def list_facts(picture: Picture) -> list[Fact]:
    """The claims that may be told, as facts; those at the head of their reports where there are very many."""
    facts = gather_facts(picture.readings, picture.provenance, picture.origins)
    facts = [fact for fact in facts if fact.told and not fact.open]
    return facts if len(facts) <= MOST_FACTS else sorted(facts, key=lambda fact: fact.order)[:MOST_FACTS]


def measure_centrality(facts: Sequence[Fact], vectors: Floats) -> Floats:
    """How near each claim is to what the other reports tell: the mean over them of their nearest claim's cosine."""
    reports = {id: n for n, id in enumerate(dict.fromkeys(fact.report.id for fact in facts))}
    row = np.array([reports[fact.report.id] for fact in facts])
    order = np.argsort(row, kind="stable")
    starts = np.searchsorted(row[order], np.arange(len(reports)))
    near = np.maximum.reduceat((vectors @ vectors[order].T), starts, axis=1)
    near[np.arange(len(facts)), row] = 0.0
    found: Floats = np.maximum(near, 0.0).sum(axis=1) / max(1, len(reports) - 1)
    return found


def list_stale(picture: Picture, sources: Sources) -> frozenset[str]:
    """The claims that give a figure which a later report is likely to have otherwise, and those of which another value
    was replaced and none stands."""
    old, stands, outdated = set(), set(), set()
    for point in picture.points:
        replaced = set()
        for relation in point.relations:
            a, b = sorted((point.values[relation.a], point.values[relation.b]), key=lambda v: moment(v, sources))
            if relation.relation == "revision":
                replaced.add(min((a, b), key=lambda v: (v.as_of or NEVER, v.report)).claim)
            if point.kind == "figure" and is_disputed(relation, "figure") and moment(a, sources) < moment(b, sources):
                outdated.add(a.claim)
        old |= replaced
        stands |= {value.claim for value in point.values} - replaced
    return frozenset(old - stands | outdated)


def list_doubtful(picture: Picture, facts: Sequence[Fact], some: Sequence[Fact]) -> frozenset[str]:
    """Those of some claims that the other reports make doubtful, as `check` would find of an article."""
    chances = rate_claims(facts, picture.readings, {fact.claim.id for fact in some})
    least = LEAST_OF_FEW if len(picture.readings) <= FEW else DOUBTFUL
    return frozenset(claim for claim, chance in chances.items() if chance >= least)


def find_same(backers: Backers, mine: Fact) -> list[Fact]:
    """The claims of other reports that bear one out, one a report, the nearest first."""
    found: dict[str, Fact] = {}
    for other in backers.find(mine):
        if other.report.id != mine.report.id and not other.superseded:
            found.setdefault(other.report.id, other)
    return list(found.values())
