"""Whose voice a claim is, for counting who says so independently: by identity, never by a printed name."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.record import Attribution, Claim
from sayso.who.identities import Cast, group_of


@dataclass(frozen=True, slots=True)
class Voice:
    """Who vouches for a claim. `group` is shared by all who are not independent of each other. `known` is true of a
    named person or body, false of those who are not named, who may be one of the named."""

    group: str
    known: bool


def find_voice(cast: Cast, i: int, claim: Claim, attribution: Attribution | None, origin: str) -> Voice | None:
    """The voice of a claim of report `i`; None where the outlet speaks in its own. `origin` is the group of the origin
    that the claim was led back to: an outlet's word is that of whom it has it from."""
    if claim.attribution is None or attribution is None:
        return None
    who = cast.speakers[i].get(claim.attribution)
    if attribution.speaker is not None and attribution.speaker.kind == "outlet" and origin:
        return Voice(origin, all(outlet is None or origin not in outlet.names for outlet in cast.outlets))
    first = attribution.via[-1] if attribution.via else ""
    outlet = cast.find(i, first) if first else cast.outlets[i]
    heard_by = outlet.name if outlet is not None else first or f"report {i}"
    if who is None:
        return Voice(f"{heard_by}: somebody", False)
    if who.voice.sort in ("person", "body"):
        return Voice(group_of(who), True)
    # What one outlet has from people whom it does not name, whoever passes it on.
    return Voice(f"{heard_by}: {who.name.casefold()}", False)
