"""Whom a claim counts or speaks of where its own words leave that open: "the troops", "300 killed", "4,000 of those".

Within a report such words mean whom it spoke of last. Three things are looked at, in this order: whose the counted are
("North Korea's losses", "Pyongyang had sent some 15,000 troops"), whom a sighting looks for, and the last body named
before, or that named most, where the report speaks of hardly any other.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from sayso.extract.claims.actors import is_armed
from sayso.record import Claim, Reading
from sayso.tables.countries import name_countries
from sayso.weigh.subjects import FIGHTERS, PLAIN, Subject, match_countries, name_subject
from sayso.who.institutions import fold, load_countries

PRONOUNS = frozenset("they them those these it which that whom who there nobody".split())
CORPSES = frozenset("bodies corpses body".split())
ANYBODY = CORPSES | frozenset("people persons person individuals others".split())
"""Nouns for whoever was there, which are not said of somebody named before."""
OPEN = (FIGHTERS | PLAIN | PRONOUNS) - ANYBODY - {"ally", "allies"}
"""Nouns and pronouns that name nobody by themselves."""
ARMED = re.compile(
    r"\b(troops|soldiers?|servicem[ae]n|fighters|militants|rebels|insurgents|militia|battalions?|brigades?|regiments?|"
    r"contingent|infantry|battlefield|combat|front[- ]?lines?|at the front)\b",
    re.IGNORECASE,
)
"""Words without which a report is about nobody under arms, and "the dead" in it may be anybody."""
LONGEST_STORY = 20_000
OWNING = re.compile(
    r"\b(send|sends|sending|sent|commit\w*|deploy\w*|dispatch\w*|contribut\w*|provid\w*|suffer\w*|sustain\w*|los(?:t|e|es|ing)|"
    r"mobili[sz]\w*|pledg\w*)\b",
    re.IGNORECASE,
)
"""Verbs whose subject owns the people that they count."""
FAR = 6
"""Words of a title after a country in which it is told what it sent or lost."""
IN_TITLE = 2
"""Mentions that one in a title counts for."""
MOST_OF = 0.6
"""The share of a report's mentions of armed bodies by which one of them is what the report is about."""


@dataclass(frozen=True, slots=True)
class Bodies:
    """The armed bodies and peoples that a report names, in order: where each stands, and whom it names."""

    starts: tuple[int, ...]
    subjects: tuple[Subject, ...]

    @property
    def main(self) -> Subject | None:
        """The body that the report speaks of most, if it hardly speaks of others."""
        counts = Counter(subject.keys for subject in self.subjects)
        if not counts:
            return None
        keys, most = counts.most_common(1)[0]
        if most < MOST_OF * len(self.subjects):
            return None
        named = Counter(s for s, at in zip(self.subjects, self.starts, strict=True) if s.keys == keys and at >= 0)
        return named.most_common(1)[0][0] if named else next(s for s in self.subjects if s.keys == keys)

    def before(self, at: int) -> Subject | None:
        """The body named last before a place in the text."""
        n = bisect_left(self.starts, at)
        return self.subjects[n - 1] if n else None


def find_bodies(reading: Reading) -> Bodies:
    """The bodies under arms, or peoples, of a known country that a report's title and claims name in so many words."""
    text = reading.report.text
    if not ARMED.search(f"{reading.report.title}\n{text[:LONGEST_STORY]}"):
        return Bodies((), ())
    speaking = [span for attribution in reading.attributions for span in attribution.source]
    named = {
        (actor.start, actor.name)
        for claim in reading.claims
        for actor in claim.actors
        if is_armed(actor.name)
        and actor.name in text[actor.start : actor.end + len(actor.name)]
        and not any(start <= actor.start < end for start, end in speaking)
    }
    found = [(start, name_subject(name)) for start, name in named]
    found += [(-1, subject) for subject in name_in_title(reading.report.title)] * IN_TITLE
    owners = {(c.figure.start, owner) for c in reading.claims if c.figure and (owner := find_owner(c)) is not None}
    ordered = sorted((f for f in [*found, *owners] if names_country(f[1])), key=lambda f: (f[0], f[1].words))
    return Bodies(tuple(start for start, _ in ordered), tuple(subject for _, subject in ordered))


def name_in_title(title: str) -> list[Subject]:
    """The bodies that a title names: a people, a country's troops, or a country that sent or lost some."""
    folded, found = fold(title), []
    for match in match_countries().finditer(folded):
        after = folded[match.end() :].split()[:FAR]
        body = next((n for n in range(3) if is_armed(" ".join([match.group(), *after[:n]]))), None)
        owns = any(OWNING.fullmatch(word) for word in after) and any(is_armed(word) for word in after)
        if body is not None or owns:
            found.append(name_people(f"@{load_countries()[match.group()]}"))
    return found


def resolve_subject(claim: Claim, bodies: Bodies, *, bare: bool = False) -> Subject:
    """Whom one claim is about; `bare` is true of one whose figure only says what it counts by what was told before."""
    subject = subject_of(claim)
    if claim.figure is not None and claim.figure.of.casefold() in ANYBODY:
        return name_subject(claim.figure.of if claim.figure.of.casefold() not in CORPSES else "people")
    if not bare and not is_open(claim, subject):
        return name_people_of(claim, subject)
    owner = None if bare else find_owner(claim)
    if owner is not None:
        return owner
    whom = name_subject(claim.sighting.whom) if claim.sighting else None
    if whom is not None and names_country(whom):
        return whom
    at = claim.figure.start if claim.figure else claim.start
    found = bodies.main or bodies.before(at)
    if found is not None:
        return found
    return name_subject("people") if bare else name_people_of(claim, subject)


def name_people_of(claim: Claim, subject: Subject) -> Subject:
    """The subject, or "people" where a claim names those it counts by nothing but what is said of them ("the dead")."""
    figure, words = claim.figure, set(subject.words.casefold().split())
    if figure is None:
        return subject
    if not figure.of and not names_country(subject) and figure.unit == "person":
        return name_subject("people")
    # Whoever was spoken of before is not counted where the count ("51 dead") does not say so, unless many were.
    unsaid = figure.unit == "person" and not figure.of and subject.words not in claim.text and not subject.is_body
    return name_subject("people") if unsaid or words <= PLAIN else subject


def subject_of(claim: Claim) -> Subject:
    """Whom or what a claim's own words are about: who is counted, else the target of its event, else the actor; a bare
    number ("six were found") is nobody's name."""
    figure = claim.figure
    by_role = {
        actor.role: actor.name
        for actor in reversed(claim.actors)
        if figure is None or actor.role == "counted" or not figure.start <= actor.start < figure.end
    }
    return name_subject(by_role.get("counted") or by_role.get("target") or by_role.get("actor") or "")


def is_open(claim: Claim, subject: Subject) -> bool:
    """Whether a claim's own words leave open whom it is about: it counts people, or tells of somebody's whereabouts,
    and names nobody."""
    figure, words = claim.figure, subject.words.casefold().split()
    if figure is not None:
        of = set(figure.of.casefold().split())
        counts = figure.unit == "person" or (figure.unit in ("", "share") and of <= PRONOUNS)
        elsewhere = of <= PRONOUNS and names_country(subject) and subject.words not in claim.text
        return counts and (elsewhere or not subject.keys) and of <= OPEN
    return not subject.keys and set(words) <= OPEN and (claim.sighting is not None or bool(words))


def find_owner(claim: Claim) -> Subject | None:
    """Whose those counted or sent are: a country's that sent or lost them, or whose name stands with them."""
    figure = claim.figure
    if figure is None and claim.event != "deployment":
        return None
    for actor in claim.actors:
        owner = name_subject(actor.name)
        if not names_country(owner) or actor.role == "counted":
            continue
        lost = actor.name.casefold().split()[-1] in PLAIN
        end = figure.start - claim.start if figure else len(claim.text)
        between = claim.text[max(0, actor.end - claim.start) : max(0, end)]
        if lost or (actor.role == "actor" and len(owner.keys) == 1 and OWNING.search(between)):
            return name_people(next(key for key in sorted(owner.keys) if key.startswith("@")))
    return None


def name_people(key: str) -> Subject:
    """A country's people, for whom no other name is given, by the country's key."""
    return Subject(frozenset((key,)), f"people of {name_countries().get(key[1:], key[1:])}")


def names_country(subject: Subject) -> bool:
    """Whether a subject is named by a country and by nothing else."""
    return bool(subject.keys) and all(key.startswith("@") for key in subject.keys)
