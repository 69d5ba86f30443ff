"""What a party did about a matter: acknowledged it, denied it, declined to say, or had not acknowledged it.

A party is a state that speaks, or that is told of as silent ("neither Moscow nor Pyongyang has confirmed it"), or a
company, body or person that denies, declines or acknowledges.
"""

from __future__ import annotations

import re

from sayso.tables.countries import name_countries
from sayso.weigh.facts import SILENCE, Fact, name_of
from sayso.weigh.subjects import name_subject
from sayso.who.institutions import find_institution

ADMITTING = re.compile(r"\b(acknowledg\w*|admit\w*|conced\w*|confirm\w*|recogni[sz]\w*)\b", re.IGNORECASE)
NOT_ADMITTING = re.compile(
    r"\b(neither|not|never|nor|no|yet to|refus\w*|avoid\w*|declin\w*|dodg\w*)\b[^.;]{0,80}?"
    r"\b(acknowledg|admit|admission|conced|confirm|comment|recogni[sz])\w*",
    re.IGNORECASE,
)
SPEECH = re.compile(r"\b(comment|say|confirm|acknowledg|discuss|answer|respond|question|speak|talk)\w*", re.IGNORECASE)
OWNERS = re.compile(r"^(its|their|his|her|the)\b", re.IGNORECASE)
PRONOUNS = frozenset(("both", "he", "she", "it", "they", "who", "which", "this", "that", "others"))
BODIES = ("organisation", "person")
"""Kinds of source that may be a party by name."""


def read_position(fact: Fact) -> tuple[tuple[str, ...], str] | None:
    """The parties that a fact tells a position of, by country code or name, and the position: yes, no, denied or
    declined; None where it tells none."""
    text, stance = fact.claim.text, fact.attribution.stance if fact.attribution else ""
    cue = words_at(fact, "cue")
    if fact.denied:
        return named(parties_of(fact), "denied")
    if fact.open and stance != "declines":
        return named(parties_of(fact), "no")
    if stance == "declines" and SPEECH.search(f"{cue} {text}"):
        return named(parties_of(fact), "declined")
    for words in (f"{name_of(fact.attribution)} {cue}", text):
        silent = SILENCE.search(words) or NOT_ADMITTING.search(words)
        if silent is not None:
            return named(countries_in(words) or speaks_for(words[: silent.end()]), "no")
    if ADMITTING.search(cue) and fact.claim.polarity == "positive" and not fact.possible:
        return named(parties_of(fact), "yes")
    if fact.claim.event == "acknowledgement" and fact.claim.polarity == "positive" and not fact.possible:
        actor = next((a.name for a in fact.claim.actors if a.role == "actor"), "")
        return named(countries_in(actor), "yes")
    return None


def named(parties: tuple[str, ...], word: str) -> tuple[tuple[str, ...], str] | None:
    """A position of some parties; none where nobody is known to take it."""
    return (parties, word) if parties else None


def countries_in(words: str) -> tuple[str, ...]:
    """The codes of the countries that words name."""
    return tuple(sorted(key[1:] for key in name_subject(words).keys if key.startswith("@")))


def speaks_for(words: str) -> tuple[str, ...]:
    """The country of the institution that words name."""
    found = find_institution(words)
    return (found.country,) if found is not None and len(found.country) == 2 else ()


def parties_of(fact: Fact) -> tuple[str, ...]:
    """The codes of the states that a fact's source speaks for; for "its envoy", the one named before in the sentence.
    A company or a person without a state is a party by its name."""
    speaker = fact.attribution.speaker if fact.attribution else None
    if speaker is None:
        return ()
    if speaker.name.casefold() in PRONOUNS:
        return ()
    # "Ukraine's general staff" and the like, in the report's words or by what is known of the speaker.
    words = " ".join(filter(None, (words_at(fact, "source"), speaker.name, speaker.role, speaker.affiliation)))
    if codes := speaks_for(words) or countries_in(words):
        return codes
    if OWNERS.match(speaker.name):
        start = fact.context.find(fact.claim.text[:40])
        return countries_in(fact.context[: max(0, start)])[:1]
    country, _, _ = fact.group.partition(":")
    if codes := tuple(code for code, name in name_countries().items() if name == country):
        return codes
    named = speaker.kind in BODIES and not speaker.anonymous and speaker.name != fact.report.outlet
    return (speaker.affiliation or speaker.name,) if named else ()


def words_at(fact: Fact, part: str) -> str:
    """The words of a part of a fact's attribution."""
    if fact.attribution is None:
        return ""
    return " ".join(fact.report.text[start:end] for start, end in getattr(fact.attribution, part))
