"""Presence and absence: who was seen or not seen, by whom, and within what field of view.

The window and the place are the claim's own time and place. An observer sees his own part only: "no activity was
detected *in our sector*" says nothing of the next one, so that the words of his view are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sayso.extract.claims.clauses import Clause
from sayso.extract.parses import Parse
from sayso.record import Actor, Sighting, Span
from sayso.tables import load_toml

SIGHTINGS = {"sighting": "present", "absence": "absent", "return": "present"}
"""What an event says of somebody's presence; a negated sighting is already an absence, a negated return none."""
FARTHEST = 6
"""Words from an owner to the noun of his stretch: "their own very narrow part of the front"."""


@cache
def load_words(name: str) -> frozenset[str]:
    """A list of ``sightings.toml``."""
    return frozenset(load_toml("sightings.toml")[name].split())


def find_sighting(
    parse: Parse, clause: Clause, event: str, negative: bool, actors: Sequence[Actor], speaker: str
) -> Sighting | None:
    """The sighting that a clause tells of, None where it tells of none. `speaker` observes where nobody else does."""
    if event not in SIGHTINGS:
        return None
    presence = "absent" if negative and event == "return" else SIGHTINGS[event]
    by_role = {actor.role: actor.name for actor in reversed(actors)}
    actor, target = by_role.get("actor", ""), by_role.get("target", "")
    lemma = parse.tokens[clause.head].lemma
    observer = actor if target and lemma in load_words("looking") else ""
    whom = target or ("" if observer else actor) or by_role.get("counted", "")
    view = find_view(parse, clause)
    start, end = view or (None, None)
    return Sighting(
        presence=presence,
        whom=whom,
        observer=observer or speaker,
        view=parse.text[start:end] if view else "",
        start=start,
        end=end,
    )


def find_view(parse: Parse, clause: Clause) -> Span | None:
    """The words for an observer's field of view: "in our sector", "within sight of"; None where a clause has none."""
    tokens = parse.tokens
    for i in range(clause.first, clause.last):
        if tokens[i].text.lower() not in load_words("owners"):
            continue
        for n in range(i + 1, min(i + 1 + FARTHEST, clause.last)):
            if tokens[n].pos in ("PUNCT", "VERB"):
                break
            if tokens[n].lemma in load_words("views") or tokens[n].text.lower() in load_words("views"):
                first = i - 1 if i > clause.first and tokens[i - 1].pos == "ADP" else i
                return parse.span(first, n)
    text = parse.text[clause.start : clause.end].lower()
    for words in load_toml("sightings.toml")["bounds"]:
        at = text.find(words)
        if at >= 0 and len(text) == clause.end - clause.start:
            return clause.start + at, clause.start + at + len(words)
    return None
