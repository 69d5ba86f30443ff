"""Composing the brief: which sentences a picture is told in, and the claims that each stands on.

Every sentence quotes the words of a claim and names who says them; what sayso adds (how many origins, what stands
against what) is computed from the claims that the sentence cites. A sentence without a claim is not written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from sayso.record import Brief, Claim, Grade, Picture, Point, Relation, Report, Section, Sentence, Value
from sayso.tell.conflicts import EXCLUDED, Side, find_conflicts
from sayso.tell.foreseen import Foreseen, tell_foreseen
from sayso.tell.leads import Lead, find_leads
from sayso.tell.phrases import Sources, name_day, name_interval, plural, quote, say_origins, shorten
from sayso.weigh.changes import compare_pictures
from sayso.weigh.facts import CORRECTION, NEVER, SILENCE
from sayso.weigh.grades import CREDIBILITY

QUOTED = 40
"""Code points by which the words that a question quotes are found again."""
MOST_KEY = 14
MOST_CHANGES = 12
MOST_CONFLICTS = 14
MOST_SIDES, MOST_TELLERS = 6, 3
MOST_ESTIMATES = 12
MOST_POSITIONS = 20
MOST_ASSERTED = 12
MOST_ABSENCES = 10
MOST_DATES = 30
MOST_UNKNOWN = 12
"""How many sentences a section has at most, the most widely sourced first: a brief is read in minutes. The views
(`sayso points`, `conflicts`, `timeline` ...) list everything."""

UNKNOWN = re.compile(
    r"\b(unknown|unclear|not known|not clear|not yet (known|clear|be told)|could not (be |independently )?(verif\w+|"
    r"confirm\w*|say)|cannot be (verified|confirmed)|still being (examined|investigated|counted)|under investigation|"
    r"did not (say|give|name)|gave no (figures?|details?|reason)|no (official )?figures?|remains? to be seen|"
    r"has not been (established|determined|confirmed)|yet to (say|determine|confirm))\b",
    re.IGNORECASE,
)


def compose_brief(
    picture: Picture, before: Picture | None = None, title: str = "", foreseen: Foreseen | None = None
) -> Brief:
    """The brief of a picture. With the picture of an earlier moment, the section on changes tells what is different
    since then; without, what outlets took back and what later values replaced. `foreseen` is what people assessed of
    what is not known, told in tables."""
    sources = Sources(picture)
    changed = (
        ("What changed", tell_revisions(picture, sources))
        if before is None
        else (f"What changed since {name_day(before.as_of)}", tell_changes(before, picture))
    )
    told = (
        ("key", "Key developments", tell_leads(picture, sources)),
        ("changed", *changed),
        ("conflicts", "Where reports disagree", tell_conflicts(picture, sources)),
        ("estimates", "Estimates by source", tell_estimates(picture)),
        ("positions", "Positions of the parties", tell_positions(picture)),
        ("absences", "Not seen since", tell_absences(picture, sources)),
        ("timeline", "Timeline", tell_timeline(picture)),
        ("unknown", "What is not known", tell_unknown(picture, sources)),
    )
    quoted = {p.quotes: p.question.partition("“")[2][:QUOTED] for p in picture.points if p.quotes}
    sections = [
        Section(id=id, title=heading, sentences=tuple(cite_questions(s, quoted) for s in sentences))
        for id, heading, sentences in told
    ]
    sections += tell_foreseen(foreseen) if foreseen else ()
    return Brief(
        title=title or name_brief(picture),
        sections=tuple(s for s in sections if s.sentences or s.tables),
        picture=picture,
        before=before,
        problems=tuple(p for r in picture.readings for p in r.problems),
    )


def cite_questions(sentence: Sentence, quoted: Mapping[str, str]) -> Sentence:
    """A sentence that also cites the claims that its questions quote; `quoted` are their words by claim."""
    found = (claim for claim, words in quoted.items() if f"“{words}" in sentence.text)
    return replace(sentence, claims=tuple(dict.fromkeys((*sentence.claims, *found))))


def name_brief(picture: Picture) -> str:
    """The title of a brief: what it covers and when."""
    days = sorted(r.report.published for r in picture.readings if r.report.published)
    if not days:
        return "Situation report"
    first, last = name_day(days[0]), name_day(days[-1])
    return f"Situation report, {first}" if first == last else f"Situation report, {first} to {last}"


def tell_leads(picture: Picture, sources: Sources) -> Iterator[Sentence]:
    """What the reports lead with, each development once: those with most independent origins first, those most
    reported, what is said before what is denied, those that share most questions with other reports, the latest."""

    def rank(lead: Lead) -> tuple[int, int, bool, int, float]:
        latest = max((f.report.published.timestamp() for f in lead.facts if f.report.published), default=0.0)
        return -lead.independent[0], -len(lead.reports), lead.facts[0].denied, -lead.shared, -latest

    grades = {grade.target: grade for grade in picture.grades if grade.about == "claim"}
    for lead in sorted(find_leads(picture), key=rank)[:MOST_KEY]:
        first = lead.facts[0]
        said = (f for f in lead.facts if f.claim.id in grades and f.claim.stands == "asserted" and not f.denied)
        graded = min((grades[f.claim.id] for f in said), key=lambda g: g.grade, default=None)
        yield Sentence(
            text=f"{quote(first.claim.text)} — {sources.name(first.claim.id)}, {name_day(first.said)}.",
            claims=tuple(f.claim.id for f in lead.facts),
            detail=f"{plural(len(lead.reports), 'report')}, {say_origins(lead.independent, lead.origins)}"
            + (f"; {say_grade(graded)}" if graded else ""),
        )


SAID = {
    "corrected": "{by} corrected itself. It no longer says: “{now}”.",
    "gone": "No longer counted: {about} {was}.",
    "judged": "{by} judged: {now}. {why}.",
    "contradiction": "New disagreement. {about} {was}; now also {now}.",
    "settled": "No longer a contradiction but {now}: {about} {was}.",
    "revision": "{about} {was}; then {now}.",
    "origins": "{about} It now has {now} independent origins; it had {was}.",
    "question": "New: {about} {now}.",
    "value": "New: {about} {now}.",
}
"""How each kind of change is told."""
MOST_OF_A_KIND = 6


def tell_changes(before: Picture, after: Picture) -> Iterator[Sentence]:
    """What is different since an earlier moment, what matters most first, some of each kind."""
    told: Counter[str] = Counter()
    for change in compare_pictures(before, after):
        told[change.kind] += 1
        if change.claims and told[change.kind] <= MOST_OF_A_KIND:
            words = {"by": change.by, "about": change.about, "was": change.was, "now": change.now, "why": change.why}
            yield Sentence(
                text=SAID[change.kind].format(**{name: shorten(word) for name, word in words.items()}),
                claims=change.claims,
                detail=change.why if change.kind != "judged" else "",
            )


def tell_revisions(picture: Picture, sources: Sources) -> Iterator[Sentence]:
    """What outlets took back, then the values that a later count or state replaced, the latest first."""
    told = 0
    for reading in picture.readings:
        published = reading.report.published
        for claim in reading.claims:
            if CORRECTION.search(reading.report.text[max(0, claim.start - 60) : claim.end]) and told < MOST_CHANGES:
                told += 1
                outlet = sources.outlet(claim.id)
                text = f"{outlet} corrected itself, {name_day(published)}. It no longer says: {quote(claim.text)}."
                yield Sentence(text=text, claims=(claim.id,))
    changes = [(point, r) for point in picture.points for r in last_revisions(point)]
    changes.sort(key=lambda c: moment(c[0].values[in_order(*c)[1]]), reverse=True)
    seen: set[tuple[str, str]] = set()
    for point, relation in changes:
        old, new = (point.values[i] for i in in_order(point, relation))
        if (point.question, new.words + new.origin) in seen:
            continue
        seen.add((point.question, new.words + new.origin))
        told += 1
        if told > MOST_CHANGES:
            return
        yield Sentence(
            text=f"{point.question} {say_value(sources, old)}; then {say_value(sources, new)}.",
            claims=(old.claim, new.claim),
            detail=relation.why,
        )


def last_revisions(point: Point) -> Iterator[Relation]:
    """For each value that revises others, its relation to the latest of them: only that change is news."""
    latest: dict[int, Relation] = {}
    for relation in point.relations:
        if relation.relation == "revision":
            old, new = in_order(point, relation)
            known = latest.get(new)
            if known is None or moment(point.values[in_order(point, known)[0]]) < moment(point.values[old]):
                latest[new] = relation
    yield from latest.values()


def tell_conflicts(picture: Picture, sources: Sources) -> Iterator[Sentence]:
    """What cannot both be true, what differs, and what differs only in scope, once a question."""
    for conflict in find_conflicts(picture)[:MOST_CONFLICTS]:
        told = "; ".join(say_side(sources, side) for side in conflict.sides[:MOST_SIDES])
        more = len(conflict.sides) - MOST_SIDES
        beyond = f"; and {plural(more, 'other answer')}" if more > 0 else ""
        verdict = (
            "not all can be true" if conflict.verdict == EXCLUDED and len(conflict.sides) > 2 else conflict.verdict
        )
        yield Sentence(
            text=f"{conflict.point.question} {told}{beyond}. {verdict[:1].upper()}{verdict[1:]}.",
            claims=conflict.claims,
            detail=conflict.why,
        )


def say_side(sources: Sources, side: Side) -> str:
    """One answer with those who give it, the first of each name."""
    names = list(dict.fromkeys(sources.name(value.claim) for value in side.values))
    more = f" and {len(names) - MOST_TELLERS} more" if len(names) > MOST_TELLERS else ""
    value = side.first
    words = quote(value.text) if value.words == value.word else value.words
    return f"{', '.join(names[:MOST_TELLERS])}{more}: {words} ({name_day(value.as_of)})"


def tell_estimates(picture: Picture) -> Iterator[Sentence]:
    """The figures given to one question by several sources, for the questions with most origins; the lines themselves
    are drawn below each sentence."""
    told = 0
    for point in picture.points:
        lines = [e for e in picture.estimates if e.point == point.id]
        if len(lines) < 2 or len({(v.low, v.high) for e in lines for v in e.values}) < 2:
            continue
        told += 1
        if told > MOST_ESTIMATES:
            return
        values = sorted((v for e in lines for v in e.values), key=size)
        origins = tuple(dict.fromkeys(v.origin for v in values if v.origin))
        yield Sentence(
            text=f"{point.question} From {values[0].words} ({values[0].source}) to {values[-1].words} "
            f"({values[-1].source}).",
            claims=tuple(v.claim for v in values),
            detail=f"{plural(len(lines), 'source')}, {say_origins(point.independent, origins, name=False)}",
        )


def tell_positions(picture: Picture) -> Iterator[Sentence]:
    """Who denied, declined or kept silent, then who asserted what is in dispute, each party once, in order of time."""
    in_time = sorted(picture.positions, key=lambda p: p.at or NEVER)
    quiet = [p for p in in_time if p.stance != "asserted"]
    asserted = {p.party.casefold(): p for p in in_time if p.stance == "asserted"}
    for position in (*quiet[-MOST_POSITIONS:], *list(asserted.values())[-MOST_ASSERTED:]):
        said = f"{quote(position.about)}, says {position.party}, {name_day(position.at)}."
        did = f"{position.party}: {position.stance}, {name_day(position.at)}: {quote(position.about)}."
        yield Sentence(text=said if position.stance == "asserted" else did, claims=position.claims)


def tell_absences(picture: Picture, sources: Sources) -> Iterator[Sentence]:
    """Who has not been seen, by whose word, each origin once; then who says that they are back."""
    origin_of = {claim: origin for one in picture.provenance for claim, origin in one.claims}
    absent: dict[str, list[tuple[Claim, Report]]] = {}
    back: dict[str, list[tuple[Claim, Report]]] = {}
    for reading in sorted(picture.readings, key=lambda r: (r.report.published or NEVER, r.report.id)):
        for claim in reading.claims:
            if claim.sighting is not None and claim.stands == "asserted":
                seen = absent if claim.sighting.presence == "absent" else back if claim.event == "return" else {}
                seen.setdefault(origin_of.get(claim.id) or sources.name(claim.id), []).append((claim, reading.report))
    for told, opening in ((absent, ""), (back if absent else {}, "Seen again: ")):
        for origin, some in list(told.items())[:MOST_ABSENCES]:
            claim, report = some[0]
            reports = plural(len({report.id for _, report in some}), "report")
            yield Sentence(
                text=f"{opening}{quote(claim.text)} — {sources.name(claim.id)}, {name_day(report.published)}.",
                claims=tuple(dict.fromkeys(claim.id for claim, _ in some)),
                detail=f"{reports}, one origin: {origin}",
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


def tell_unknown(picture: Picture, sources: Sources) -> Iterator[Sentence]:
    """What the reports themselves say is not known, the latest first, each once."""
    said: dict[str, list[str]] = {}
    readings = sorted(picture.readings, key=lambda r: r.report.published or NEVER, reverse=True)
    for reading in readings:
        for claim in reading.claims:
            if UNKNOWN.search(claim.text) and not SILENCE.search(claim.text):
                said.setdefault(claim.text.casefold(), []).append(claim.id)
    for claims in list(said.values())[:MOST_UNKNOWN]:
        reading, claim = sources.find(claims[-1])
        yield Sentence(
            text=f"{quote(claim.text)} — {sources.name(claim.id)}, {name_day(reading.report.published)}.",
            claims=tuple(claims),
        )


def say_grade(grade: Grade) -> str:
    """A claim's credibility: its grade in the Admiralty code, and who gave it."""
    return f"credibility {grade.grade} ({CREDIBILITY[grade.grade]}), " + (f"by {grade.by}" if grade.by else "suggested")


def say_value(sources: Sources, value: Value) -> str:
    """A value in a sentence: who says it, in which words, when."""
    words = quote(value.text) if value.words == value.word else value.words
    return f"{sources.name(value.claim)}: {words} ({name_day(value.as_of)})"


def size(value: Value) -> float:
    """One number by which a value can be put in order."""
    known = [end for end in (value.low, value.high) if end is not None]
    return sum(known) / len(known) if known else 0.0


def in_order(point: Point, relation: Relation) -> tuple[int, int]:
    """The positions of a relation's earlier and later value."""
    a, b = relation.a, relation.b
    return (a, b) if moment(point.values[a]) <= moment(point.values[b]) else (b, a)


def moment(value: Value) -> datetime:
    """The moment a value speaks of; the end of time where that is unknown."""
    return value.as_of or NEVER
