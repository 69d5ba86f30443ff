"""What is folded behind the front page: what happened when, who denies or is silent, who is missing, who counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from datetime import datetime, timedelta

from sayso.extract.claims.actors import is_body
from sayso.record import Claim, Picture, Position, Report, Sentence, Time
from sayso.tell.figures import size
from sayso.tell.phrases import name_day, name_interval, say_origins
from sayso.tell.proofs import find_faults
from sayso.tell.sentences import quote_sentence, raise_first, say_claim
from sayso.tell.sides import say_answer
from sayso.tell.sources import Sources
from sayso.tell.tongues import _, ngettext
from sayso.weigh.facts import NEVER

UNNAMED = re.compile(
    r"(?:an? |the |one )?(?:spokes\w+|officials?|sources?|persons?|people|he|she|they|it)\b", re.IGNORECASE
)
"""Parties of which no reader would know who they are."""
PEOPLE = re.compile(r"(?:[a-z]s|men|women|people|children|crew|police)$")
LOOKED = frozenset("see observe spot sight hear find miss return".split())
"""Verbs of those who look for somebody."""
NAMES_DAY = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*\b|\d[./-]\d|\b\d{4}\b"
)
"""A time that names its day, and does not only point at it from where it was written ("last night")."""
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ONE_DAY = timedelta(days=1)
LONGEST_DATE = timedelta(days=32)
"""How long an interval may be whose happenings stand on a timeline."""


def tell_timeline(picture: Picture, sources: Sources, told: Set[str]) -> Iterator[Sentence]:
    """One line a happening, the most widely told first chosen, each with its date as far as it is known; of one that
    reports date otherwise, the other date's claim is cited beside."""
    disputed: dict[str, str] = {}
    for point in picture.points:
        for relation in point.relations if point.kind == "date" else ():
            a, b = point.values[relation.a].claim, point.values[relation.b].claim
            if relation.relation == "contradiction":
                disputed |= {a: b, b: a}
    lines: dict[str, tuple[datetime, Sentence]] = {}
    for happening in sorted(picture.timeline, key=lambda h: (-len(h.origins), -len(h.claims), h.id)):
        for id in happening.claims if len({sources.report(c).id for c in happening.claims}) > 1 else ():
            when = find_when(sources.find(id)[1], sources.report(id))
            if (
                id in told
                or not sources.is_at_heart(id)
                or when is None
                or when.earliest is None
                or when.latest is None
            ):
                continue
            day = name_when(when.earliest, when.latest, sources.report(id))
            if names_other_day(sources.find(id)[1].text, when, sources.report(id)):
                continue
            if day not in lines and (sentence := say_claim(sources, id)):
                about = _("about {day}", day=day) if "~" in when.edtf or "?" in when.edtf else day
                doubt = _("{day} (disputed)", day=raise_first(about)) if id in disputed else raise_first(about)
                claims = (id, *filter(None, (disputed.get(id),)))
                lines[day] = when.earliest, Sentence(text=f"{doubt}: {sentence}", claims=claims)
    yield from (line[1] for line in sorted(lines.values(), key=lambda line: line[0]))


def name_when(earliest: datetime, latest: datetime, report: Report) -> str:
    """A day where it was lived, by the clock of the report that tells of it; a longer interval from day to day."""
    if latest - earliest > ONE_DAY or report.published is None:
        return name_interval(earliest, latest)
    return name_day((earliest + (latest - earliest) / 2).astimezone(report.published.tzinfo))


def names_other_day(words: str, when: Time, report: Report) -> bool:
    """Whether words name a day of the week, and the date that was made of them is another."""
    days = [name for name in DAYS if re.search(rf"\b{name}", words)]
    if not days or when.earliest is None or when.latest is None or when.latest - when.earliest > ONE_DAY:
        return False
    middle = when.earliest + (when.latest - when.earliest) / 2
    zone = report.published.tzinfo if report.published else None
    return DAYS[middle.astimezone(zone).weekday()] not in days


def find_when(claim: Claim, report: Report) -> Time | None:
    """When what a claim tells happened: the time that stands under its own verb, where that is no longer than a month
    and not after its report; else None."""
    when = claim.time
    if claim.tense != "happened" or when is None or when.earliest is None or when.latest is None:
        return None
    verb = next((answer.predicate for answer in claim.answers if answer.kind == "yes-no"), "")
    own = any(a.kind == "date" and a.start == when.start and a.predicate == verb for a in claim.answers)
    early = report.published is None or when.earliest <= report.published
    named = NAMES_DAY.search(when.text) is not None
    return when if own and early and named and when.latest - when.earliest <= LONGEST_DATE else None


def tell_positions(picture: Picture, sources: Sources, told: Set[str]) -> Iterator[Sentence]:
    """Who denied, did not deny, declined to say or kept silent, each party once, the latest first."""
    seen: set[str] = set()
    for position in sorted(picture.positions, key=lambda p: p.at or NEVER, reverse=True):
        if (
            position.stance == "asserted"
            or not is_denial(position, sources)
            or position.party.casefold() in seen
            or told & set(position.claims)
        ):
            continue
        if sentence := say_position(position, sources):
            seen.add(position.party.casefold())
            yield Sentence(text=sentence, claims=position.claims)


def is_denial(position: Position, sources: Sources) -> bool:
    """Whether a denial denies what somebody says, and withholds or rejects no thing."""
    claim = sources.find(position.claims[0])[1]
    return position.stance != "denied" or (claim.stands == "denied" and bool(claim.form))


def say_position(position: Position, sources: Sources) -> str:
    """A position in a sentence: what is denied as a denial, anything else in the words of its report."""
    first = position.claims[0]
    if said := say_claim(sources, first) if position.stance == "denied" else "":
        return said
    party = position.party.partition(" (")[0]
    told = "" if UNNAMED.match(party) else quote_sentence(sources, first)
    known = party.casefold() in told.casefold()
    if known or not told:
        return told
    return f"{party}: {told}" if party[:1].isupper() and party[1:2].islower() else ""


def tell_absences(picture: Picture, sources: Sources) -> Iterator[Sentence]:
    """Who has not been seen, by whose word, each origin once; then who says that they are back."""
    origin_of = {claim: origin for one in picture.provenance for claim, origin in one.claims}
    absent: dict[str, list[tuple[Claim, Report]]] = {}
    back: dict[str, list[tuple[Claim, Report]]] = {}
    for reading in sorted(picture.readings, key=lambda r: (r.report.published or NEVER, r.report.id)):
        for claim in reading.claims:
            if claim.sighting is not None and claim.stands == "asserted" and is_looked_for(claim):
                seen = absent if claim.sighting.presence == "absent" else back if claim.event == "return" else {}
                seen.setdefault(origin_of.get(claim.id) or sources.outlet(claim.id), []).append((claim, reading.report))
    for told in (absent, back if absent else {}):
        for some in told.values():
            claims = tuple(dict.fromkeys(one[0].id for one in some))
            if sentence := next(
                filter(None, (say_claim(sources, c) or quote_sentence(sources, c) for c in claims)), ""
            ):
                text = sentence if told is absent else _("Seen again: {sentence}", sentence=sentence)
                number = len({one[1].id for one in some})
                detail = ngettext("{number} report, one origin", "{number} reports, one origin", number)
                yield Sentence(text=text, claims=claims, detail=detail)


def is_looked_for(claim: Claim) -> bool:
    """Whether a claim says that somebody was seen or was not: people, troops or a ship, and no reason or evidence."""
    whom = claim.sighting.whom if claim.sighting else ""
    verb = next((answer.predicate for answer in claim.answers if answer.kind == "yes-no"), "")
    named = any(word[:1].isupper() for word in whom.split())
    return verb in LOOKED and (named or is_body(whom) or PEOPLE.search(whom) is not None)


def tell_estimates(picture: Picture, sources: Sources) -> Iterator[Sentence]:
    """The figures given to one question by several sources, for the questions with most origins; the lines themselves
    are drawn below each sentence where there is room."""
    for point in picture.points:
        lines = [e for e in picture.estimates if e.point == point.id]
        if len(lines) < 2 or len({(v.low, v.high) for e in lines for v in e.values}) < 2:
            continue
        values = sorted((v for e in lines for v in e.values), key=size)
        low, high = (say_answer(point, value, sources) for value in (values[0], values[-1]))
        origins = tuple(dict.fromkeys(v.origin for v in values if v.origin))
        text = _("{question} From {low} to {high}.", question=point.question, low=low, high=high)
        if low and high and not any(find_faults(text, opening=False)):
            yield Sentence(
                text=text,
                claims=tuple(v.claim for v in values),
                detail=_(
                    "{sources}, {origins}",
                    sources=ngettext("{number} source", "{number} sources", len(lines)),
                    origins=say_origins(point.independent, origins, name=False),
                ),
            )
