"""Presence and absence: who was seen or not seen, by whom, and within what field of view.

The window and the place are the claim's own time and place. An observer sees his own part only: "no activity was
detected *in our sector*" says nothing of the next one, so that the words of his view are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sayso.extract.claims.actors import SUBJECTS, find_deed, is_armed, is_body, whole_of
from sayso.extract.claims.clauses import Clause
from sayso.grammar.parses import Parse
from sayso.record import Actor, Presence, Sighting, Span
from sayso.tables import load_toml

SIGHTINGS: dict[str, Presence] = {
    "sighting": "present",
    "absence": "absent",
    "return": "present",
    "no return": "absent",
}
"""What an event says of somebody's presence."""
FARTHEST = 6
"""Words from an owner to the noun of his stretch: "their own very narrow part of the front"."""


@cache
def load_words(name: str) -> frozenset[str]:
    """A list of ``sightings.toml``."""
    return frozenset(load_toml("sightings.toml")[name].split())


def find_sighting(
    parse: Parse, clause: Clause, event: str, actors: Sequence[Actor], looked_for: str, speaker: str, last: str = ""
) -> Sighting | None:
    """The sighting that a clause tells of, None where it tells of none.

    `looked_for` is whom the words for presence or absence themselves name ("*their* absence"); `speaker` observes
    where nobody else does; `last` is the last body of people named before, whom "no activity" is of.
    """
    if event not in SIGHTINGS:
        return None
    back = event in ("return", "no return")
    by_role = {actor.role: actor.name for actor in reversed(actors)}
    actor, target = by_role.get("actor", ""), by_role.get("target", "")
    looks = bool(target) and parse.tokens[clause.head].lemma in load_words("looking")
    named = [n for n in (looked_for, target, "" if looks else actor, by_role.get("counted", "")) if n]
    if back:  # "Rejoined *the battle*": who is back is the subject.
        movable = [n for n in named if is_movable(n) and (is_armed(n) or not is_handed_over(parse, clause))]
        if named and not movable:
            return None
        named = movable or [last]
    whom = named[0] if named else ""
    if whom.split(" ")[-1].lower() in load_words("nobody") | load_words("nouns"):
        whom = by_role.get("counted", "") or last
    # Who "has seen none of them" is not them, and what nobody has seen is told by who speaks.
    observer = actor if looks and actor not in ("", whom) and actor.lower() not in load_words("nobody") else speaker
    view = find_view(parse, clause)
    start, end = view or (None, None)
    return Sighting(
        presence=SIGHTINGS[event],
        whom=whom,
        observer=observer,
        view=parse.text[start:end] if view else "",
        start=start,
        end=end,
    )


def is_movable(words: str) -> bool:
    """Whether a noun phrase names a body of people or what carries one: what can be back."""
    return is_body(words) or words.lower().split(" ")[-1] in load_words("craft") | load_words("pronouns")


def is_handed_over(parse: Parse, clause: Clause) -> bool:
    """Whether a clause tells of who is given back ("the captives were returned"), not of who comes back."""
    deed = parse.tokens[find_deed(parse, clause)]
    return deed.lemma == "return" and any(parse.tokens[c].dep in ("auxpass", "dobj") for c in deed.children)


def find_looked_for(parse: Parse, clause: Clause) -> int | None:
    """The token for whom a noun of presence names: the owner of "*their* absence", the object of "no sign of
    *them*"; None where there is none."""
    tokens = parse.tokens
    if any(tokens[c].dep == "expl" for c in tokens[clause.head].children):  # "There are no *soldiers*".
        there = (c for c in tokens[clause.head].children if tokens[c].dep == "attr")
        there = (c for c in there if tokens[c].lemma not in load_words("nouns"))
        if (noun := next(there, None)) is not None:
            return noun
    for i in range(clause.first, clause.last):
        if i != clause.head and tokens[i].text.lower() == "gone":
            return next((c for c in tokens[i].children if tokens[c].dep in SUBJECTS), None)
        if tokens[i].pos != "NOUN" or tokens[i].lemma not in load_words("nouns"):
            continue
        for c in tokens[i].children:
            if tokens[c].dep == "poss":
                return c
        if (whole := whole_of(parse, i)) is not None:
            return whole
    return None


def find_view(parse: Parse, clause: Clause) -> Span | None:
    """The words for an observer's field of view: "in our sector", "in the parts where they are deployed", "within sight
    of"; None where a clause has none."""
    tokens = parse.tokens
    for i in range(clause.first, clause.last):
        if not is_stretch(parse, i):
            continue
        opening = next((n for n in range(i - 1, max(clause.first, i - FARTHEST) - 1, -1) if is_edge(parse, n)), None)
        if opening is None or (
            tokens[opening].pos == "ADP" and tokens[opening].text.lower() not in load_words("where")
        ):
            continue
        first = opening if tokens[opening].pos == "ADP" else opening + 1
        if any(tokens[n].text.lower() in load_words("owners") for n in range(first, i)):
            return parse.span(first, i)
        for n in range(i + 1, min(i + 1 + FARTHEST, clause.last - 1)):
            if tokens[n].text.lower() == "where":
                return tokens[first].start, tokens[clause.last - 1].end
            if tokens[n].pos in ("PUNCT", "VERB"):
                break
    text = parse.text[clause.start : clause.end].lower()
    for words in load_toml("sightings.toml")["bounds"]:
        at = text.find(words)
        if at >= 0 and len(text) == clause.end - clause.start:
            return clause.start + at, clause.start + at + len(words)
    return None


def is_stretch(parse: Parse, i: int) -> bool:
    """Whether a token is a noun for a stretch of ground."""
    return parse.tokens[i].pos == "NOUN" and parse.tokens[i].lemma in load_words("views")


def is_edge(parse: Parse, i: int) -> bool:
    """Whether a noun phrase on the way back from its noun ends here: a preposition but "of", a verb or a mark."""
    token = parse.tokens[i]
    return token.pos in ("VERB", "AUX", "PUNCT") or (token.pos == "ADP" and token.text.lower() != "of")
