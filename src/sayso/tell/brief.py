"""Composing the brief: which sentences a picture is told in, and the claims that each stands on.

Every sentence quotes the words of a claim and names who says them; what sayso adds (how many origins, what stands
against what) is computed from the claims that the sentence cites. A sentence without a claim is not written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from sayso.record import Brief, Picture, Point, Relation, Section, Sentence, Value
from sayso.tell.citations import name_moment
from sayso.tell.leads import Lead, find_leads
from sayso.weigh.facts import NEVER

MOST_KEY = 12
MOST_CHANGES = 12
MOST_CONFLICTS = 14
MOST_ESTIMATES = 12
MOST_POSITIONS = 18
MOST_ABSENCES = 8
MOST_DATES = 30
MOST_UNKNOWN = 12
"""How many sentences a section has at most, the most widely sourced first: a brief is read in minutes. The views
(`sayso points`, `conflicts`, `timeline` ...) list everything."""

LONGEST_QUOTE = 260
"""Code points of a claim quoted in a sentence; its citation has it whole."""

UNKNOWN = re.compile(
    r"\b(unknown|unclear|not known|not clear|not yet (known|clear|be told)|could not (be |independently )?(verif\w+|"
    r"confirm\w*|say)|cannot be (verified|confirmed)|still being (examined|investigated|counted)|under investigation|"
    r"did not (say|give|name)|gave no (figures?|details?|reason)|no (official )?figures?|remains? to be seen|"
    r"has not been (established|determined|confirmed)|may (rise|change)|yet to (say|determine|confirm))\b",
    re.IGNORECASE,
)


def compose_brief(picture: Picture, since: datetime | None = None, title: str = "") -> Brief:
    """The brief of a picture. With `since`, the section on changes tells those of later reports only."""
    sections = (
        Section(id="key", title="Key developments", sentences=tuple(tell_leads(picture))),
        Section(id="changed", title="What changed", sentences=tuple(tell_changes(picture, since))),
        Section(id="conflicts", title="Where reports disagree", sentences=tuple(tell_conflicts(picture))),
        Section(id="estimates", title="Estimates by source", sentences=tuple(tell_estimates(picture))),
        Section(id="positions", title="Positions of the parties", sentences=tuple(tell_positions(picture))),
        Section(id="absences", title="Not seen since", sentences=tuple(tell_absences(picture))),
        Section(id="timeline", title="Timeline", sentences=tuple(tell_timeline(picture))),
        Section(id="unknown", title="What is not known", sentences=tuple(tell_unknown(picture))),
    )
    return Brief(
        title=title or name_brief(picture),
        sections=tuple(s for s in sections if s.sentences),
        picture=picture,
        since=since,
        problems=tuple(p for r in picture.readings for p in r.problems),
    )


def name_brief(picture: Picture) -> str:
    """The title of a brief: what it covers and when."""
    days = sorted(r.report.published for r in picture.readings if r.report.published)
    if not days:
        return "Situation report"
    first, last = name_day(days[0]), name_day(days[-1])
    return f"Situation report, {first}" if first == last else f"Situation report, {first} to {last}"


def tell_leads(picture: Picture) -> Iterator[Sentence]:
    """What the reports lead with, each development once, those with most independent origins first."""
    for lead in sorted(find_leads(picture), key=rank_lead)[:MOST_KEY]:
        first = lead.facts[0]
        yield Sentence(
            text=f"{quote(first.claim.text)} — {name_source(picture, first.claim.id)}, {name_day(first.said)}.",
            claims=tuple(f.claim.id for f in lead.facts),
            detail=count_words(lead),
        )


def rank_lead(lead: Lead) -> tuple[int, int, float]:
    """Most independent origins first, then most reports, then the latest."""
    latest = max((f.report.published for f in lead.facts if f.report.published), default=None)
    return -lead.independent[0], -len(lead.reports), -latest.timestamp() if latest else 0.0


def count_words(lead: Lead) -> str:
    """How many reports, from how many independent origins."""
    low, high = lead.independent
    reports = plural(len(lead.reports), "report")
    if high <= 1:
        return f"{reports}, one origin" + (": " + lead.origins[0] if lead.origins else "")
    span = str(low) if low == high else f"{low} to {high}"
    return f"{reports}, {span} independent origins: " + "; ".join(lead.origins)


def tell_changes(picture: Picture, since: datetime | None) -> Iterator[Sentence]:
    """Values that a later count or state replaced, the latest first."""
    changes = []
    for point in picture.points:
        latest: dict[int, Relation] = {}
        for relation in point.relations:
            if relation.relation == "revision":
                # Of all that a value revises, only the last before it is news.
                old, new = in_order(point, relation)
                if new not in latest or moment(point.values[in_order(point, latest[new])[0]]) < moment(
                    point.values[old]
                ):
                    latest[new] = relation
        changes += [(point, relation) for relation in latest.values()]
    changes.sort(key=lambda c: newer_moment(c[0], c[1]), reverse=True)
    told = 0
    seen: set[tuple[str, str, str]] = set()
    for point, relation in changes:
        old, new = (point.values[i] for i in in_order(point, relation))
        if since and moment(new) <= since:
            continue
        key = (point.question, old.words, new.words)
        if key in seen or old.words == new.words == "":
            continue
        seen.add(key)
        told += 1
        if told > MOST_CHANGES:
            return
        yield Sentence(
            text=f"{point.question} {say_value(picture, old)}; then {say_value(picture, new)}.",
            claims=(old.claim, new.claim),
            detail=relation.why,
        )


def tell_conflicts(picture: Picture) -> Iterator[Sentence]:
    """What cannot both be true, and what differs only in scope, each pair of sources once a question."""
    found: list[tuple[int, int, Point, Relation]] = []
    for point in picture.points:
        seen: set[frozenset[str]] = set()
        for relation in point.relations:
            if relation.relation not in ("contradiction", "scope"):
                continue
            a, b = point.values[relation.a], point.values[relation.b]
            pair = frozenset((a.origin or a.source, b.origin or b.source))
            if pair in seen or (len(pair) == 1 and relation.relation == "scope"):
                continue
            seen.add(pair)
            found.append((relation.relation != "contradiction", -point.independent[0], point, relation))
    found.sort(key=lambda f: f[:2])
    for _, _, point, relation in found[:MOST_CONFLICTS]:
        a, b = point.values[relation.a], point.values[relation.b]
        kind = "They differ in scope" if relation.relation == "scope" else "Both cannot be true"
        yield Sentence(
            text=f"{point.question} {say_value(picture, a)}; {say_value(picture, b)}. {kind}.",
            claims=(a.claim, b.claim),
            detail=relation.why,
        )


def tell_estimates(picture: Picture) -> Iterator[Sentence]:
    """The line of figures of each source, for the questions with most origins."""
    told = 0
    for point in picture.points:
        if point.kind != "figure" or len({v.origin or v.source for v in point.values}) < 2:
            continue
        told += 1
        if told > MOST_ESTIMATES:
            return
        lines = [e for e in picture.estimates if e.point == point.id]
        said = "; ".join(
            f"{e.source}: " + ", ".join(f"{v.words} ({name_day(v.as_of)})" for v in e.values) for e in lines
        )
        low, high = point.independent
        yield Sentence(
            text=f"{point.question} {said}.",
            claims=tuple(v.claim for e in lines for v in e.values),
            detail=f"{plural(len(lines), 'source')}, {low if low == high else f'{low} to {high}'} independent",
        )


def tell_positions(picture: Picture) -> Iterator[Sentence]:
    """Who denied, declined or kept silent, and who asserted what is in dispute, in order of time."""
    quiet = [p for p in picture.positions if p.stance != "asserted"]
    seen: set[tuple[str, str]] = set()
    for position in sorted(quiet, key=lambda p: p.at or NEVER):
        key = (position.party.casefold(), position.stance + name_day(position.at))
        if key in seen:
            continue
        seen.add(key)
        if len(seen) > MOST_POSITIONS:
            return
        yield Sentence(
            text=f"{position.party}: {position.stance}, {name_day(position.at)}: {quote(position.about)}.",
            claims=position.claims,
        )


def tell_absences(picture: Picture) -> Iterator[Sentence]:
    """Who has not been seen, since when, by whose word; then who says that they are back."""
    told = 0
    for point in picture.points:
        if point.kind != "absence":
            continue
        by_origin: dict[str, list[Value]] = {}
        for value in point.values:
            by_origin.setdefault(value.origin or value.source, []).append(value)
        for origin, values in by_origin.items():
            told += 1
            if told > MOST_ABSENCES:
                return
            reports = plural(len({v.report for v in values}), "report")
            yield Sentence(
                text=f"{quote(values[0].text)} — {name_source(picture, values[0].claim)}, {name_day(values[0].as_of)}.",
                claims=tuple(v.claim for v in values),
                detail=f"{reports}, origin: {origin}",
            )


def tell_timeline(picture: Picture) -> Iterator[Sentence]:
    """Dated events, the most widely told, in order of time."""
    ranked = sorted(picture.timeline, key=lambda h: (-len(h.origins), -len(h.claims), h.earliest))[:MOST_DATES]
    for happening in sorted(ranked, key=lambda h: (h.earliest, h.latest)):
        yield Sentence(
            text=f"{name_interval(happening.earliest, happening.latest)}: {quote(happening.text)}.",
            claims=happening.claims,
            detail=f"{plural(len(happening.claims), 'claim')}, {plural(len(happening.origins), 'origin')}",
        )


def tell_unknown(picture: Picture) -> Iterator[Sentence]:
    """What the reports themselves say is not known."""
    told = 0
    for reading in picture.readings:
        for claim in reading.claims:
            if UNKNOWN.search(claim.text):
                told += 1
                if told > MOST_UNKNOWN:
                    return
                day = name_day(reading.report.published)
                yield Sentence(
                    text=f"{quote(claim.text)} — {name_source(picture, claim.id)}, {day}.", claims=(claim.id,)
                )


def say_value(picture: Picture, value: Value) -> str:
    """A value in a sentence: who says it, in which words, when."""
    if value.word and value.words == value.word:
        return f"{name_source(picture, value.claim)}: {quote(value.text)} ({name_day(value.as_of)})"
    return f"{name_source(picture, value.claim)}: {value.words} ({name_day(value.as_of)})"


def name_source(picture: Picture, claim_id: str) -> str:
    """Who says a claim and through which outlet."""
    reading = next((r for r in picture.readings for c in r.claims if c.id == claim_id), None)
    if reading is None:
        return "unknown source"
    claim = next(c for c in reading.claims if c.id == claim_id)
    outlet = reading.report.outlet or reading.report.id
    if claim.attribution is None:
        return outlet
    attribution = reading.attributions[claim.attribution]
    name = attribution.speaker.name if attribution.speaker else ""
    chain = [name, *reversed(attribution.via), outlet]
    return ", in ".join(dict.fromkeys(filter(None, chain)))


def in_order(point: Point, relation: Relation) -> tuple[int, int]:
    """The positions of a relation's earlier and later value."""
    a, b = relation.a, relation.b
    return (a, b) if moment(point.values[a]) <= moment(point.values[b]) else (b, a)


def newer_moment(point: Point, relation: Relation) -> datetime:
    """When the later of two values was said."""
    return moment(point.values[in_order(point, relation)[1]])


def moment(value: Value) -> datetime:
    """The moment a value speaks of; the end of time where that is unknown."""
    return value.as_of or NEVER


def quote(text: str) -> str:
    """A claim's words in quotation marks, cut at a word where they are long; inner double marks become single."""
    words = " ".join(text.split()).strip(" .,;:")
    if len(words) > LONGEST_QUOTE:
        words = words[: words.rfind(" ", 0, LONGEST_QUOTE)] + " …"
    words = re.sub(r"[“”\"]", "'", words)
    return f"“{words}”"


def name_day(moment: datetime | None) -> str:
    """A day in words."""
    return "date unknown" if moment is None or moment == NEVER else f"{moment.day} {moment:%b %Y}"


def name_interval(earliest: datetime, latest: datetime) -> str:
    """A half-open interval in words: a day, a month, a year, or from a day to a day."""
    days = (latest - earliest).days
    if days <= 1:
        return name_moment(earliest, exact=False)
    if earliest.day == 1 and latest.day == 1 and 28 <= days <= 31:
        return f"{earliest:%B %Y}"
    return f"{name_day(earliest)} to {name_day(latest)}"


def plural(n: int, noun: str) -> str:
    """A number and its noun."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
