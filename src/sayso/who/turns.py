"""Who speaks the turns of a transcript: the labels "MR. SMITH", "Q", "RADIO KOLM", and whose the answers under "A" are.

A label that no grammar describes is told by its words, and by whom the report's title, its introduction or its first
question name. Names in languages that are not parsed are told by their words too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sayso.record import Speaker
from sayso.who.mentions import Person
from sayso.who.outlets import find_outlet
from sayso.who.references import of_person
from sayso.who.roles import FULL_RANKS, HONORIFICS, load_introductions, load_kinds

INTERVIEWER = "interviewer"
ASKING = frozenset("q question interviewer questioner moderator reporter host presenter".split())
ANSWERING = frozenset("a answer guest interviewee".split())
LONGEST_INITIALS = 3
NOTE = re.compile(r"\s*\(([^()]*)\)\s*$")


@dataclass(frozen=True, slots=True)
class Cast:
    """The speakers of a transcript by their labels, and the one who is interviewed."""

    speakers: dict[str, Speaker] = field(default_factory=dict)
    guest: Speaker | None = None


def cast_turns(labels: Sequence[str], guests: Sequence[Person], known: Sequence[Person], outlet: str) -> Cast:
    """Whom each label of a transcript means. `guests` may be whom it interviews, the likeliest first; `known` are all
    people that it names, `outlet` whose report it is."""
    first = guests[0] if guests else None
    role = (first.role or " ".join(sorted(first.titles - HONORIFICS))) if first else ""
    guest = Speaker(name=first.name, kind="person", role=role, affiliation=first.affiliation) if first else None
    answered = any(label.lower() in ANSWERING for label in labels)
    own = [name_label(label) for label in labels]
    full = {s.name.split()[-1].lower(): s for s in own if s.kind == "person" and " " in s.name}
    for person in (*known, *guests):
        if " " in person.name:
            full.setdefault(person.name.split()[-1].lower(), of_person(person))
    found: dict[str, Speaker] = {}
    for label, speaker in zip(labels, own, strict=True):
        low = label.lower()
        if low in ANSWERING and guest:
            found[label] = guest
        elif low in ("q", "question"):
            held = INTERVIEWER if answered else "questioner"
            found[label] = Speaker(name=held, kind="person", role=held, affiliation=outlet if answered else "")
        elif low in ASKING:
            found[label] = Speaker(name=speaker.name, kind="person", role=low, affiliation=outlet)
        elif outlet and set(low.split()) <= set(outlet.lower().split()):
            found[label] = Speaker(name=outlet, kind="outlet")
        elif speaker.kind == "person" and (fuller := full.get(speaker.name.split()[-1].lower())):
            role, body = speaker.role or fuller.role, speaker.affiliation or fuller.affiliation
            found[label] = replace(fuller, role=role, affiliation=body)
        elif label.isupper() and len(label) <= LONGEST_INITIALS:
            found[label] = spell_out(label, [*guests, *known], outlet) or speaker
        else:
            found[label] = speaker
    return Cast(found, guest)


def spell_out(letters: str, people: Sequence[Person], outlet: str) -> Speaker | None:
    """Whom initials before a turn stand for: the one person so named, or the outlet. One letter is of either name."""
    if "".join(word[0] for word in outlet.split()).upper() == letters:
        return Speaker(name=outlet, kind="outlet")
    fit = {person.name: person for person in people if " " in person.name and _has_initials(person.name, letters)}
    return of_person(*fit.values()) if len(fit) == 1 else None


def _has_initials(name: str, letters: str) -> bool:
    first = [word[0].upper() for word in name.split()]
    return letters in (first[0], first[-1]) if len(letters) == 1 else letters == "".join(first)


def name_label(words: str) -> Speaker:
    """The speaker that a label names: title aside, written as names are; a note in brackets is a role or a body."""
    note = NOTE.search(words)
    bare, _, affiliation = NOTE.sub("", words).removeprefix("The ").partition(", ")
    outlet = find_outlet(bare)
    if outlet and outlet.kind != "platform":
        return Speaker(name=outlet.name, kind="outlet")
    parts = bare.split()
    if not parts:
        return Speaker(name=words)
    if any(part[:1].islower() for part in parts):
        return _name_phrase(parts)
    titles = 0
    while titles < len(parts) - 1 and parts[titles].lower().rstrip(".") in _titles():
        titles += 1
    role = (
        " ".join(FULL_RANKS.get(p, p) for p in (part.lower().strip(".") for part in parts[:titles]))
        if parts[0].lower().rstrip(".") not in _courtesies()
        else ""
    )
    name = " ".join(parts[titles:])
    if name.isupper() and len(name) > 2:
        name = re.sub(r"\w[\w'’]*", lambda match: match[0].capitalize(), name)
    kind = load_kinds().get(parts[-1].lower(), "person") if len(parts) <= 2 else "person"
    if note:
        noted, body = _read_note(note[1])
        role, affiliation = role or noted, affiliation or body
    return Speaker(name=name, kind="unknown" if len(bare) == 1 else kind, role=role, affiliation=affiliation)


def _titles() -> frozenset[str]:
    return frozenset(word.rstrip(".") for word in load_introductions()) | _courtesies()


def _courtesies() -> frozenset[str]:
    return frozenset(word.rstrip(".") for word in HONORIFICS) | {"hon"}


def _read_note(note: str) -> tuple[str, str]:
    """The role and the body that a note in brackets gives: "Minister of Health", "Opposition"."""
    before, _, after = note.partition(" of ")
    if load_kinds().get(before.split()[-1].lower() if before.split() else "") in ("official", "person"):
        return before.lower(), after
    return "", note


def _name_phrase(parts: list[str]) -> Speaker:
    """The speaker of words in another language: the two capitals or more that they end with, and the role before."""
    first = len(parts)
    while first and parts[first - 1][:1].isupper():
        first -= 1
    if len(parts) - first < 2:
        return Speaker(name=" ".join(parts))
    return Speaker(name=" ".join(parts[first:]), kind="person", role=" ".join(parts[:first]).lower())
