"""Who is meant by a pronoun, and whether a noun means somebody or something."""

from __future__ import annotations

from functools import cache

from sayso.extract.claims.actors import PEOPLE
from sayso.extract.figures.quantities import load_counted
from sayso.extract.questions.wordings import BODIES, DATES
from sayso.grammar.parses import Parse, Token
from sayso.record import Reading, Speaker
from sayso.who.offices import load_words as load_roles
from sayso.who.sorts import is_known_sort


def find_names(reading: Reading, parse: Parse) -> dict[int, str]:
    """Whom the pronouns of a report stand for, by where they begin, as far as its actors and speakers tell and the name
    fits."""
    kinds = {token.text: token.ent for token in parse.tokens if token.ent}
    text = parse.text
    found: dict[int, str] = {}
    for claim in reading.claims:
        said = None if claim.attribution is None else reading.attributions[claim.attribution]
        spoken = name_voices(said.speaker) if said and said.speaker else {}
        for actor in claim.actors:
            pronoun = text[actor.start : actor.end].lower()
            if voice := spoken.get(pronoun):
                found[actor.start] = add_article(text, voice)
            if pronoun not in ("he", "him", "she", "her", "it", "they", "them") or actor.name.lower() == pronoun:
                continue
            last = actor.name.split()[-1]
            person = kinds.get(last) == "PERSON"
            single = pronoun in ("he", "him", "she", "her")
            if pronoun == "it" and not (kinds.get(last) in BODIES or is_known_sort(last.lower())):
                continue
            if person == single and kinds.get(last) not in DATES and (single or actor.role == "actor"):
                found[actor.start] = add_article(text, actor.name)
    return found


def name_voices(speaker: Speaker) -> dict[str, str]:
    """Whom a speaker means by "I" and by "we", as far as that is known."""
    if speaker.anonymous or speaker.kind not in ("person", "official", "organisation"):
        return {}
    if speaker.kind == "organisation":
        return {"we": speaker.name}
    return {"i": speaker.name, "we": speaker.affiliation}


def add_article(text: str, name: str) -> str:
    """A name with the article that it has in the text, or that words which are no name need."""
    if name.startswith("The "):
        return f"the {name[4:]}"
    if name.lower().startswith(("the ", "a ", "an ")) or "'s " in name or "’s " in name:
        return name
    return f"the {name}" if name.split()[-1].islower() or f"the {name}" in text or f"The {name}" in text else name


@cache
def load_people() -> frozenset[str]:
    """Nouns for people."""
    return PEOPLE | load_counted()["persons"] | load_roles("roles")


def is_somebody(token: Token) -> bool:
    """Whether a noun means people, or a body of them."""
    return token.ent == "PERSON" or token.ent in BODIES or token.lemma in load_people() or is_known_sort(token.lemma)
