"""Answers of an article that others' answers to the same questions make doubtful.

What each sign of `doubt_signs` weighs was learnt on the errors of stories whose keys name them
(``training/doubts.py``). Of several doubts in one sentence the strongest is told.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

import numpy as np

from sayso.record import Flag, Reading
from sayso.weigh.checks.doubt_signs import SPEAKER, Doubt, are_two_speakers
from sayso.weigh.checks.matters import Matter, list_doubts
from sayso.weigh.checks.wordings import count, name_tellers, quote
from sayso.weigh.facts import CORRECTION, Fact
from sayso.weigh.matching.steps import Steps
from sayso.weigh.matching.units import Unit, list_units
from sayso.weigh.matching.weights import ALWAYS, load_steps
from sayso.weigh.rivals import SOME, SUREST, Rival, agrees, reports_of
from sayso.weigh.witnesses import count_others
from sayso.weigh.wordings import stems_of

LEAST, LEAST_OF_FEW = 0.2, 0.35
"""How likely an answer must be wrong to be flagged: on stories not learnt from, about four flags in ten reports are
then on something that is not; where few reports are at hand, it takes more."""
FEW = 8
"""Reports up to which what is plain is flagged: of more, what was learnt on stories of many reports knows better."""
PLAIN = 0.5
"""How likely what is plainly said otherwise is held to be wrong, and how much that weighs."""
TWIN = 0.6
"""The share of the shorter's other words in common, where two are to say one thing."""
SAME, FEWEST = 0.9, 3
"""The share of the shorter's words, and how many at least, that are the same where one speaker's are given to another's
name."""
SHOWN = 3
"""Signs that are named."""
ARTICLE, COMPANY = "article", "other doubts in the article"
"""The family of what is told of a whole article, and its sign."""
LITTLE, TINY = 0.05, 1e-6
"""What is added to the doubts of few sentences, and the smallest probability."""
HEDGES = ("others suppose it", "others only suppose it", "hedged")
STATES = ("its number of another state", "share with its verb", "its verb elsewhere", "share with its event")


@dataclass(frozen=True, slots=True)
class Verdict:
    """How likely an answer of the article is wrong, and what each sign weighs for that, in log-odds, the most first;
    `kind` is that of the flag, and `against` who says otherwise, where it is plain."""

    doubt: Doubt
    chance: float
    weights: tuple[tuple[str, float], ...] = ()
    kind: str = ""
    against: tuple[Rival, ...] = ()


@cache
def load_weights() -> dict[str, dict[str, Steps]]:
    """The steps of each sign, by family."""
    return load_steps("doubt_weights.tsv")


def find_doubts(matter: Matter) -> Iterator[Flag]:
    """A flag on each answer that is likely wrong, with the strongest that others answer otherwise."""
    few = len(matter.picture.readings) <= FEW
    verdicts: Iterable[Verdict] = weigh_company([judge_doubt(doubt) for doubt in matter.doubts])
    if few:
        own = [d.unit for d in matter.doubts]
        verdicts = (find_plain(verdict, own, matter.moment) for verdict in verdicts)
    for verdict in choose_verdicts(verdicts, LEAST_OF_FEW if few else LEAST):
        yield make_flag(matter, verdict)


def rate_claims(facts: Iterable[Fact], readings: Sequence[Reading], chosen: Set[str]) -> dict[str, float]:
    """How likely the most doubtful answer of each chosen claim is wrong, seen from the other reports; claims without an
    answer are left out."""
    units = list_units(facts, readings)
    found: dict[str, float] = {}
    for doubt in list_doubts(units, lambda unit: unit.fact.claim.id in chosen):
        claim = doubt.unit.fact.claim.id
        found[claim] = max(judge_doubt(doubt).chance, found.get(claim, 0.0))
    return found


def judge_doubt(doubt: Doubt) -> Verdict:
    """How likely an answer is wrong."""
    steps = load_weights()[doubt.family]
    known = ((name, value) for name, value in doubt.signs.items() if name in steps)
    weighed = [(name, float(steps[name].weigh(np.array(value)))) for name, value in known]
    total = float(steps[ALWAYS].weights[0]) + sum(w for _, w in weighed)
    return Verdict(doubt, 1 / (1 + math.exp(-total)), tuple(sorted(weighed, key=lambda sign: -sign[1])))


def weigh_company(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts of an article, each weighed by how doubtful its other sentences are: who is wrong in several places
    is less to be trusted in the next, and a careful report more."""
    steps = load_weights()[ARTICLE][COMPANY]
    found = []
    for verdict, company in zip(verdicts, rate_company(verdicts), strict=True):
        weight = float(steps.weigh(np.array(company)))
        weights = tuple(sorted([*verdict.weights, (COMPANY, weight)], key=lambda sign: -sign[1]))
        chance = 1 / (1 + math.exp(-log_odds(verdict.chance) - weight))
        found.append(replace(verdict, chance=chance, weights=weights))
    return found


def rate_company(verdicts: Iterable[Verdict]) -> list[float]:
    """For each verdict of an article how doubtful its other sentences are on average, as a logarithm; a sentence is as
    doubtful as the most doubtful answer in it."""
    own = [(verdict.doubt.unit.fact.context, verdict.chance) for verdict in verdicts]
    sentences: dict[str, float] = {}
    for context, chance in own:
        sentences[context] = max(chance, sentences.get(context, 0.0))
    total, others = sum(sentences.values()), len(sentences) - 1
    return [math.log((max(0.0, total - sentences[c]) + LITTLE) / (others + 10 * LITTLE)) for c, _ in own]


def log_odds(chance: float) -> float:
    """A probability as log-odds, in bounds."""
    chance = min(max(chance, TINY), 1 - TINY)
    return math.log(chance / (1 - chance))


def find_plain(verdict: Verdict, own: Iterable[Unit], moment: datetime | None) -> Verdict:
    """The verdict, or a surer one where the doubt is plain as seen at a moment (None: when the article came out). What
    the article tells too (`own` are its answers) does not speak against it: "25, down from 40"."""
    if (plain := name_plain(verdict.doubt, moment)) is None:
        return verdict
    kind, words, against = plain
    family = verdict.doubt.family
    if family in ("figure", "date") and any(u.family == family and agrees(u, r.unit) for u in own for r in against):
        return verdict
    weights = ((words, PLAIN), *verdict.weights)
    return replace(verdict, chance=max(verdict.chance, PLAIN), weights=weights, kind=kind, against=tuple(against))


def name_plain(doubt: Doubt, moment: datetime | None) -> tuple[str, str, list[Rival]] | None:
    """What makes a doubt plain, as the kind of flag and in words: that somebody said otherwise by then in nearly the
    same words, or of the same count, and nobody says so, or nobody since."""
    mine = doubt.unit
    then = moment or mine.fact.said
    told = [r for r in doubt.rivals if r.likely >= SUREST and not CORRECTION.search(r.unit.fact.context)]
    before = [r for r in told if r.unit.fact.said <= then and is_twin(doubt, r.unit)]
    if doubt.family == SPEAKER:
        if any(r.agrees for r in before):
            return None
        others = [r for r in before if are_two_speakers(mine.fact, r.unit.fact)]
        return ("misattributed", "another said it, in the same words", others) if others else None
    agree = [r for r in doubt.rivals if r.agrees and r.likely >= SOME and not is_hedge(mine, r)]
    differ = [r for r in before if not r.agrees and (r.witness or count_others(mine, r.unit))]
    if differ and not agree:
        changed = count_others(mine, differ[0].unit)
        return ("scope-changed" if changed else "contradicted"), "said otherwise, in like words", differ
    last = max((r.unit.fact.said for r in differ), default=None)
    anew = reports_of(differ)  # Who tells the new count may tell the old one too.
    since = [r for r in agree if last is not None and r.unit.fact.said >= last and r.unit.fact.report.id not in anew]
    if last is not None and doubt.family == "figure" and not since:
        return "outdated", "replaced since", differ
    hedged = [r for r in before if is_hedge(mine, r)]
    certain = [r for r in before if r.unit.answer.kind == mine.answer.kind and not r.unit.fact.possible]
    return ("hedge-dropped", "only supposed, in like words", hedged) if hedged and not certain else None


def is_twin(doubt: Doubt, other: Unit) -> bool:
    """Whether another's claim is in nearly the same words as the article's, but for the answers; counts those to whom
    the same was done, or gives the same number; of who said it, whether it is in the same words."""
    mine = doubt.unit
    one, theirs = (stems_of(unit.fact.claim.text) for unit in (mine, other))
    if doubt.family == SPEAKER:
        return len(one & theirs) >= max(FEWEST, SAME * min(len(one), len(theirs)))
    x, y = mine.fact.claim.figure, other.fact.claim.figure
    if doubt.family == "figure" and x is not None and y is not None and x.state and y.state:
        return x.state == y.state or (x.low, x.high) == (y.low, y.high)
    one, theirs = one - stems_of(mine.words), theirs - stems_of(other.words)
    return len(one & theirs) >= max(1, TWIN * min(len(one), len(theirs)))


def is_hedge(mine: Unit, rival: Rival) -> bool:
    """Whether another only supposes what is told as so."""
    return mine.answer.kind == "yes-no" and rival.unit.fact.possible and not mine.fact.possible


def choose_verdicts(verdicts: Iterable[Verdict], least: float) -> list[Verdict]:
    """The likeliest verdict in each sentence, down to a chance."""
    best: dict[tuple[str, str], Verdict] = {}
    for verdict in verdicts:
        fact = verdict.doubt.unit.fact
        known = best.get(place := (fact.report.id, fact.context))
        if verdict.chance >= least and (known is None or verdict.chance > known.chance):
            best[place] = verdict
    return list(best.values())


def quote_span(unit: Unit) -> tuple[int, int]:
    """The words that are flagged: the claim that gives the answer, or who is said to tell it."""
    claim = unit.fact.claim
    inside = claim.start <= unit.answer.start and unit.answer.end <= claim.end
    return (claim.start, claim.end) if inside else (unit.answer.start, unit.answer.end)


def make_flag(matter: Matter, verdict: Verdict) -> Flag:
    """A verdict as a flag: its kind, who answers otherwise, and the signs that weigh most."""
    doubt = verdict.doubt
    against = list(verdict.against) or doubt.against
    fact = doubt.unit.fact
    spoke = [f"{name} {weight:+.1f}" for name, weight in verdict.weights[:SHOWN] if weight > 0]
    told = tell_others(against) or "nobody else tells this"
    return matter.flag_words(
        *quote_span(doubt.unit),
        verdict.kind or name_kind(verdict, against),
        f"{told} (likely wrong: {verdict.chance:.2f}; {'; '.join(spoke)})",
        [r.unit.fact for r in against],
        fact,
    )


def tell_others(against: list[Rival]) -> str:
    """What others answer, and who they are."""
    if not against:
        return ""
    best = against[0].unit
    many = len(reports_of(against, 0.0))
    told = f"{count(many, 'other report')} {'answers' if many == 1 else 'answer'} otherwise"
    return f"{told}: {quote(best.fact.claim.text)}, {name_tellers(r.unit.fact for r in against)}"


def name_kind(verdict: Verdict, against: list[Rival]) -> str:
    """The kind of flag: what the others' answers show, else what weighs most."""
    unit = verdict.doubt.unit
    if verdict.doubt.family == SPEAKER:
        return "misattributed"
    strongest = next((name for name, w in verdict.weights if w > 0 and name in (*HEDGES, *STATES)), "")
    witness = any(r.witness for r in against)
    if unit.family == "words" and not witness and strongest in HEDGES and not unit.fact.possible:
        return "hedge-dropped"
    if unit.family == "figure" and strongest == STATES[0] and not witness:
        return "scope-changed"
    later = bool(against) and all(r.unit.fact.said > unit.fact.said for r in against)
    return "outdated" if later and unit.family != "words" else "contradicted"
