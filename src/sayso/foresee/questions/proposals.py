"""How a question ends, as the ledger has it: proposed with the claims that show it, for a person to confirm.

Claims published by the deadline are held against the question's terms (`sayso.foresee.questions.criteria`): the same
matter, the same countries, said to be so, by somebody whose word the criteria take, within the bound of a figure. One
such claim decides; where the deadline has passed without one, the outcome is no, for want of evidence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache

from sayso.extract.claims.actors import is_body
from sayso.foresee.matches import match_fronts
from sayso.foresee.questions.criteria import (
    Bound,
    Source,
    Terms,
    Wording,
    list_kinds,
    match_words,
    name_state,
    read_terms,
)
from sayso.foresee.questions.evidence import Held, Proposal, show
from sayso.foresee.questions.values import propose_option, propose_value
from sayso.record import Picture, Question, Report
from sayso.tables.countries import name_countries
from sayso.weigh.facts import ARM, FORWARD, LONGEST_STORY, NEVER, Fact, gather_facts
from sayso.weigh.parties import read_position
from sayso.weigh.states import STILL, status_of
from sayso.weigh.subjects import match_countries, name_subject
from sayso.weigh.voices import count_voices
from sayso.weigh.wordings import stems_of, weigh_stems
from sayso.who.institutions import find_institution, fold

ENOUGH, SURE = 0.55, 0.8
"""How near a claim must be to the question's matter to decide it, and to leave little doubt."""
OF_EVENT = 0.5
"""The share of the event in how near a claim is; the words have the rest."""
OF_STORY = 0.6
"""How much a word counts that stands only in the report's title or text, and not in the claim's sentence."""
OWN_WORDS = 0.5
"""The share of the words asked for that the sentence itself must have where it tells of no event asked for."""
OF_ACTS = 0.2
"""The share of the words for what is done that a sentence with the event asked for must have."""
ENOUGH_OWNED = 0.4
"""How near what a party is told to acknowledge must be."""
FIGURE_WORDS = 0.35
"""The share of the words that the sentence must have around a figure of which no state is told (killed, sent)."""
CURRENCY = re.compile(r"[A-Z]{3}")
GRACE = timedelta(days=1)
OF_DEED = 0.9
"""How far an outlet's word counts that a source did itself what is asked."""


def propose_outcome(question: Question, picture: Picture, *, now: datetime) -> Proposal:
    """How a question ends, by the claims of a picture published by its deadline. `now` is the moment of asking: until
    the deadline has passed, nothing found means that it is open."""
    deadline = min(filter(None, (question.resolves, now)))
    facts = gather_facts(picture.readings, picture.provenance, picture.origins)
    since = question.opens - GRACE if question.opens else None
    known = [f for f in facts if f.said <= deadline and (since is None or f.said >= since) and f.said < NEVER]
    terms = read_terms(question)
    if question.kind == "number" and terms.bound is None:
        unit = "person" if is_body(question.unit) else question.unit
        terms = replace(terms, bound=Bound(None, None, frozenset({(unit, name_state(question.text))} if unit else ())))
    weights = weigh_stems(fact.own for fact in facts)
    held = [one for fact in known if (one := hold(fact, terms, weights)) is not None]
    held = [one for one in held if stands_still(one, held)]
    held.sort(key=lambda one: (-one.nearness, one.fact.said))
    passed = question.resolves is not None and now >= question.resolves
    if question.kind == "choice":
        return propose_option(question, held, terms, passed)
    if question.kind in ("number", "date"):
        return propose_value(question, held, terms, passed)
    return propose_answer(held, terms, passed)


def stands_still(one: Held, held: Sequence[Held]) -> bool:
    """Whether what a report says still stands: where a later version replaced it, only if that says it too."""
    later = one.fact.superseded
    return not later or any(other.fact.report.id == later and other.stands == one.stands for other in held)


def propose_answer(held: Sequence[Held], terms: Terms, passed: bool) -> Proposal:
    """Yes where a claim shows it, no where the deadline has passed without one."""
    yes, no = ("no", "yes") if terms.negative else ("yes", "no")
    decisive = [one for one in held if one.stands == "for"]
    contrary = [one for one in held if one.stands == "against"]
    short = sorted((one for one in held if one.stands == "short"), key=lambda one: one.fact.said, reverse=True)
    aside = [one for one in held if one.stands == "aside"]
    if decisive:
        told = sorted((one.fact for one in decisive), key=lambda fact: fact.said)
        low, high = count_voices(told)
        since = [one for one in contrary if one.fact.said > told[0].said]
        best = decisive[0]
        sure = (
            "high" if best.nearness >= SURE and (low > 1 or not since) else "medium" if low > 1 or not since else "low"
        )
        why = f"{best.why} in {name_report(best.fact)}"
        if contrary:
            why += f"; the opposite is said in {count_claims(len(contrary) - len(since))} before and {len(since)} since"
        evidence = show((*decisive, *since, *(one for one in contrary if one not in since), *short))
        return Proposal(outcome=yes, sure=sure, why=why, evidence=evidence, independent=(low, high))
    evidence = show((*short, *contrary, *aside))
    if not passed:
        return Proposal(
            outcome="", sure="low", why="nothing shows it yet, and the deadline lies ahead", evidence=evidence
        )
    if short:
        low, high = count_voices([one.fact for one in reversed(short)])
        why = f"the deadline has passed, and what was told falls short: {short[0].why}"
        return Proposal(
            outcome=no, sure="high" if low > 1 else "medium", why=why, evidence=evidence, independent=(low, high)
        )
    if contrary:
        low, high = count_voices([one.fact for one in sorted(contrary, key=lambda one: one.fact.said)])
        why = f"the deadline has passed; {contrary[0].why}, and nobody whose word counts says that it is"
        return Proposal(outcome=no, sure="medium", why=why, evidence=evidence, independent=(low, high))
    why = "the deadline has passed and no claim satisfies the criteria: absence of evidence is the only reason"
    if aside:
        why += f"; {aside[0].fact.source} says so, whose word the criteria do not name"
    return Proposal(outcome=no, sure="low", why=why, evidence=evidence)


def count_claims(number: int) -> str:
    """So many claims, in words."""
    return "1 claim" if number == 1 else f"{number} claims"


def name_report(fact: Fact) -> str:
    """A report by its outlet and day."""
    day = f", {fact.report.published:%-d %b %Y}" if fact.report.published else ""
    return f"{fact.report.outlet or fact.report.id}{day}"


def hold(fact: Fact, terms: Terms, weights: dict[str, float]) -> Held | None:
    """How a fact stands to the terms of a question, None where it does not bear on it."""
    if fact.corrected or not terms.keys <= keys_of(fact) or not terms.countries <= keys_of(fact) | keys_in(fact.report):
        return None
    covered = [cover(wording, fact, weights) for wording in terms.wordings]
    near, far, _ = max(covered, default=(0.0, 0.0, 0.0))
    done = max((of_acts for _, _, of_acts in covered), default=0.0)
    if terms.bound is not None:
        return hold_figure(fact, terms, near, far)
    position = read_position(fact) if terms.party else None
    events = {fact.claim.event, fact.claim.conflict} - {""}
    status = status_of(fact)
    # Who is at the front, or back there, is in the fighting.
    fought = "clash" in terms.events and match_fronts().search(fact.claim.text) is not None
    states = {state for state, _ in terms.statuses} | ({"presence"} if fought else set())
    fights = fact.claim.event == "clash" and "presence" in states
    same = bool(events & terms.events) or (status is not None and status[0] in states) or fights
    words = min(1.0, near + OF_STORY * far)
    same = same and done >= OF_ACTS
    told = min(near, done) >= OWN_WORDS and (not terms.verbs or bool(terms.verbs & stems_of(fact.claim.text)))
    nearness = OF_EVENT + (1 - OF_EVENT) * words if same else words if told else 0.0
    owned = position is not None and position[1] == "yes"
    if nearness < (ENOUGH_OWNED if owned else ENOUGH):
        return None
    taken = accept(fact, terms)
    if (against := contradict(fact, terms, position)) is not None:
        # What others say does not change what somebody is asked to say himself.
        bears = against and (same or told) and not (terms.party and not taken)
        return Held(fact, "against", nearness, against) if bears else None
    if not taken:
        return Held(fact, "aside", nearness, f"{fact.source} is nobody whose word the criteria take")
    own = fact.attribution is None or fact.source == fact.report.outlet
    return Held(fact, "for", nearness * taken, "it is told" if own else f"{fact.source} says so")


def hold_figure(fact: Fact, terms: Terms, near: float, far: float) -> Held | None:
    """How a fact's figure stands to the bound that a question asks about."""
    bound, figure = terms.bound, fact.claim.figure
    if bound is None or figure is None or (figure.low is None and figure.high is None):
        return None
    kinds = list_kinds(fact)
    shared = {kind for kind in kinds for other in bound.kinds if agree(kind, other)}
    if bound.kinds and not shared:
        return None
    telling = any(kind[1] for kind in shared) and not CURRENCY.fullmatch(figure.unit)
    nearness = OF_EVENT + (1 - OF_EVENT) * min(1.0, near + OF_STORY * far)
    # What something will cost is always told of the future.
    if (fact.possible and not CURRENCY.fullmatch(figure.unit)) or speaks_against(fact):
        return None
    if nearness < ENOUGH or (near < FIGURE_WORDS and not telling):
        return None
    within, taken = bound.holds(figure), accept(fact, terms)
    if not taken:
        why = f"{fact.source}'s {figure.text}: nobody whose word the criteria take"
        return Held(fact, "aside", nearness, why) if within else None
    if within:
        return Held(fact, "for", nearness * taken, f"{fact.source} says {figure.text}")
    return Held(fact, "short", nearness * taken, f"{fact.source} said {figure.text} in {name_report(fact)}")


def agree(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two figures are of one unit and state, where both say."""
    return all(a == b or not a or not b for a, b in zip(one, other, strict=True)) and (
        one[0] == other[0] or any(one[1:])
    )


def keys_of(fact: Fact) -> set[str]:
    """The countries that a fact's sentence, title or body of people names."""
    named = name_subject(f"{fact.report.title}. {fact.context}").keys
    body = fact.body.keys if fact.body else frozenset()
    return {key for key in (*named, *fact.subject.keys, *body) if key.startswith("@")}


@lru_cache(maxsize=4096)
def keys_in(report: Report) -> frozenset[str]:
    """The countries that a report names."""
    found = name_subject(f"{report.title}. {report.text[:LONGEST_STORY]}").keys
    return frozenset(key for key in found if key.startswith("@"))


def cover(wording: Wording, fact: Fact, weights: dict[str, float]) -> tuple[float, float, float]:
    """The share of the words asked for that a fact's sentence has, by how rare they are, the share that stands only in
    the report's title or text, and the sentence's share of those that are no names."""

    def weigh(stems: frozenset[str]) -> float:
        return sum(weights.get(stem, DEFAULT) for stem in stems)

    whole, acts = weigh(wording.stems), weigh(wording.acts)
    if not whole or not acts:
        return 0.0, 0.0, 0.0
    far = (wording.stems - fact.own) & (fact.stems | fact.story)
    return weigh(wording.stems & fact.own) / whole, weigh(far) / whole, weigh(wording.acts & fact.own) / acts


DEFAULT = 6.0
"""The weight of a word that no report has: the logarithm of one in four hundred."""


def contradict(fact: Fact, terms: Terms, position: tuple[tuple[str, ...], str] | None) -> str | None:
    """Why a fact speaks against what is asked, "" where it says nothing either way, None where it says so."""
    if position is not None and position[1] in ("no", "denied", "declined"):
        return f"{fact.source}: {position[1]}"
    if speaks_against(fact):
        return f"{fact.source} denies it"
    status = status_of(fact)
    if status is not None and (status[0], not status[1]) in terms.statuses:
        return f"{status[0]}: {'yes' if status[1] else 'no'}"
    if status == ("presence", False) and "clash" in terms.events:
        return "not there"
    if fact.claim.polarity == "negative" and not terms.negative and not terms.denied:
        return f"{fact.source} says that it is not so"
    if terms.denied and fact.claim.polarity == "positive":
        return f"{fact.source} says that it is so"
    if fact.attribution is not None and fact.attribution.stance in FORWARD & terms.stances:
        return None
    if fact.possible or fact.planned or fact.claim.tense in ("planned", "hypothetical"):
        return ""
    if fact.attribution is not None and (fact.attribution.stance in FORWARD or fact.attribution.negated):
        return ""
    if terms.anew and (
        STILL.search(fact.claim.text) or not match_words("returning").search(f"{fact.context} {fact.report.title}")
    ):
        return ""
    return None


def speaks_against(fact: Fact) -> bool:
    """Whether a source denies it or will not say."""
    return fact.attribution is not None and fact.attribution.stance in ("denies", "declines")


def accept(fact: Fact, terms: Terms) -> float:
    """How far the criteria take a source's word: 1 for one that they name, 0 for none of theirs."""
    if not terms.sources:
        anonymous = (
            fact.attribution is not None and fact.attribution.speaker is not None and fact.attribution.speaker.anonymous
        )
        return 0.0 if anonymous and terms.named else 0.9 if anonymous else 1.0
    speaker = fact.attribution.speaker if fact.attribution else None
    if terms.named and speaker is not None and speaker.anonymous:
        return 0.0
    return max(match_source(source, fact, terms) for source in terms.sources)


def match_source(wanted: Source, fact: Fact, terms: Terms) -> float:
    """How far a fact is the word of a source, or tells what that itself did: 1 for the same institution or name, less
    for another of its state."""
    speaker = fact.attribution.speaker if fact.attribution else None
    if speaker is None:
        if terms.party or terms.bound is not None:  # Somebody's words are asked for, and not what he does.
            return 0.0
        acting = [actor.name for actor in fact.claim.actors if actor.role == "actor"]
        return OF_DEED * max((match_name(wanted, name, "") for name in acting), default=0.0)
    words = " ".join(filter(None, (speaker.name, speaker.role, speaker.affiliation)))
    names = (speaker.name, f"{speaker.affiliation} {speaker.role}".strip(), words, fact.source)
    said = max(match_name(wanted, name, fact.group) for name in names if name)
    outlets = fact.attribution.via if fact.attribution else ()
    return said or float(any(same_name(wanted, outlet) for outlet in (*outlets, fact.report.outlet)))


def match_name(wanted: Source, name: str, group: str) -> float:
    """How far a name is that of a source. `group` is the institution behind it, where that is known otherwise."""
    asked, found = wanted.institution, find_institution(name)
    state = group.partition(ARM)[0] if ARM in group else ""
    if asked is not None and state and asked.country and state != name_countries().get(asked.country, state):
        return 0.0
    if asked is not None and found is not None:
        if asked.name and found.name == asked.name:
            return 1.0
        ours = name_countries().get(asked.country, "")
        if ours and (found.country == asked.country or (not found.country and state == ours)):
            if found.branch == asked.branch or not found.branch or not asked.branch:
                return 1.0
            # A government speaks for its branches, and not one of them for another.
            general = "government" in (found.branch, asked.branch) and asked.group in (found.group, group)
            return 0.9 if general else 0.0
        if asked.branch and asked.branch == found.branch and not (ours and (found.country or state)):
            return 0.9
        if ours and (found.country or state):
            return 0.0
    if asked is not None and asked.group and group == asked.group:
        return 0.9
    return float(same_name(wanted, name))


def same_name(wanted: Source, name: str) -> bool:
    """Whether half of the words of two names are the same, but for those of countries."""
    own = stems_of(name) - country_stems(name)
    stems = wanted.stems - country_stems(wanted.words)
    shared = stems & own
    return bool(shared) and 2 * len(shared) >= min(len(stems), len(own))


def country_stems(words: str) -> frozenset[str]:
    """The stems of the names of countries in some words: they do not tell one source of a country from another."""
    return frozenset(stem for m in match_countries().finditer(fold(words)) for stem in stems_of(m.group().title()))
