"""Sources given by a label or a bare name, which no grammar describes: "MR. SMITH", "Q", "ministre Jean Dupont"."""

from __future__ import annotations

import re

from sayso.record import Speaker
from sayso.who.mentions import FULL_RANKS, HONORIFICS, load_introductions
from sayso.who.outlets import find_outlet
from sayso.who.roles import load_kinds


def name_label(words: str) -> Speaker:
    """The speaker that a label names: title and note in brackets aside, written as names are."""
    bare = re.sub(r"\s*\([^()]*\)\s*$", "", words)
    bare, _, affiliation = bare.partition(", ")
    outlet = find_outlet(bare)
    if outlet and outlet.kind != "platform":
        return Speaker(name=outlet.name, kind="outlet")
    parts = bare.split()
    if any(part[:1].islower() for part in parts):
        return _name_phrase(parts)
    titles = 0
    while titles < len(parts) - 1 and parts[titles].lower() in load_introductions():
        titles += 1
    role = (
        " ".join(FULL_RANKS.get(p, p) for p in (part.lower().strip(".") for part in parts[:titles]))
        if parts[0].lower() not in HONORIFICS
        else ""
    )
    name = " ".join(parts[titles:])
    if name.isupper() and len(name) > 2:
        name = re.sub(r"\w[\w'’]*", lambda match: match[0].capitalize(), name)
    kind = load_kinds().get(parts[-1].lower(), "person") if len(parts) <= 2 else "person"
    return Speaker(name=name, kind="unknown" if len(bare) == 1 else kind, role=role, affiliation=affiliation)


def _name_phrase(parts: list[str]) -> Speaker:
    """The speaker of words in another language: the two capitals or more that they end with, and the role before."""
    first = len(parts)
    while first and parts[first - 1][:1].isupper():
        first -= 1
    if len(parts) - first < 2:
        return Speaker(name=" ".join(parts))
    return Speaker(name=" ".join(parts[first:]), kind="person", role=" ".join(parts[:first]).lower())
