"""Claims with all that they stand on: what every table and map of an export has a row of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sayso.harms import clean_text
from sayso.record import Answer, Attribution, Claim, Grade, Picture, Point, Reading, Report, Value
from sayso.tell.citations import name_chain, name_source
from sayso.weigh.facts import UNSAID
from sayso.who.names import resolve_names

MACHINE = "machine"
"""By whom a value is that no analyst has judged."""
NEGATIVE = "said not to be so"
"""How a claim stands that is asserted, and whose words have a "not" in them."""

Asked = tuple[Point, Value]
"""A point, and the value that a claim gives to it."""


def name_judge(by: str) -> str:
    """By whom something is: "machine", or "analyst NAME"."""
    return f"analyst {clean_text(by)}" if by else MACHINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A claim of a picture with its report, its attribution (None where the outlet speaks in its own voice), its
    chain from the outlet to the source, its origin, the happenings that it tells of, its grade and its source's, and
    for each of its answers the points that it answers."""

    claim: Claim
    report: Report
    attribution: Attribution | None
    chain: tuple[str, ...]
    origin: str
    happenings: tuple[str, ...]
    grade: Grade | None
    reliability: Grade | None
    points: Mapping[tuple[int, int], tuple[Asked, ...]]

    @property
    def words(self) -> str:
        """The exact words of the claim."""
        return clean_text(self.report.text[self.claim.start : self.claim.end])

    @property
    def source(self) -> str:
        """Who says it; the outlet's or wire's name where it speaks in its own voice."""
        said = name_source(self.attribution, self.report.text) if self.attribution else self.chain[-1]
        return clean_text(said)

    @property
    def way(self) -> str:
        """The chain in one line, from the outlet to the source."""
        return clean_text(" ← ".join(self.chain))

    @property
    def is_asserted(self) -> bool:
        """Whether somebody says that it is so: not denied, asked, supposed, suspected, ordered, foretold or taken back,
        and no "did not say"."""
        return not self.standing

    @property
    def standing(self) -> str:
        """How it stands, in a word that a reader cannot take for an assertion: "" where it is asserted."""
        if self.claim.stands != "asserted":
            return self.claim.stands
        stance = self.attribution.stance if self.attribution else ""
        if stance in (*UNSAID, "denies", "suspects"):
            return stance
        if self.claim.tense not in ("happened", "ongoing"):
            return self.claim.tense
        if self.claim.polarity == "negative":
            return NEGATIVE
        return "not said" if self.attribution is not None and self.attribution.negated else ""


def list_told(picture: Picture) -> tuple[Told, ...]:
    """The claims of a picture, in the order of its reports."""
    return tuple(tell_claims(picture))


def tell_claims(picture: Picture) -> Iterator[Told]:
    """The claims one by one."""
    origins = {id: name for found in picture.provenance for id, name in found.claims}
    grades = {(grade.about, grade.target): grade for grade in picture.grades}
    happenings: dict[str, list[str]] = defaultdict(list)
    for happening in picture.happenings:
        for id in happening.claims:
            happenings[id].append(happening.id)
    points: dict[str, dict[tuple[int, int], list[Asked]]] = defaultdict(lambda: defaultdict(list))
    for point in picture.points:
        for value in point.values:
            points[value.claim][value.start, value.end].append((point, value))
    names = resolve_names(value.source for point in picture.points for value in point.values)
    for reading in picture.readings:
        for claim in reading.claims:
            asked = {span: tuple(found) for span, found in points.get(claim.id, {}).items()}
            said_by = next((value.source for found in asked.values() for _, value in found), "")
            attribution = find_attribution(reading, claim)
            yield Told(
                claim=claim,
                report=reading.report,
                attribution=attribution,
                chain=name_chain(reading.report, attribution),
                origin=clean_text(origins.get(claim.id, "")),
                happenings=tuple(happenings.get(claim.id, ())),
                grade=grades.get(("claim", claim.id)),
                reliability=grades.get(("source", names.get(said_by, said_by))),
                points=asked,
            )


def find_attribution(reading: Reading, claim: Claim) -> Attribution | None:
    """The attribution in whose content a claim stands, None where the outlet speaks in its own voice."""
    at = claim.attribution
    return reading.attributions[at] if at is not None and at < len(reading.attributions) else None


def list_asked(told: Told, answer: Answer) -> tuple[Asked, ...]:
    """The points that an answer of a claim answers: those whose value stands in its words and is that answer's."""
    found = told.points.get((answer.start, answer.end), ())
    return tuple((point, value) for point, value in found if find_answer(told.claim, value) is answer)


def find_answer(claim: Claim, value: Value) -> Answer | None:
    """The answer of a claim that a value of a point is: in the same words a figure for a figure, a date for a date; of
    several the one of the same numbers, else one that was said and not reckoned."""
    inside = [one for one in claim.answers if (one.start, one.end) == (value.start, value.end) and fits(one, value)]
    same = [one for one in inside if (one.low, one.high, one.word) == (value.low, value.high, value.word)]
    return next(iter((*same, *sorted(inside, key=lambda one: one.reckoned))), None)


def fits(answer: Answer, value: Value) -> bool:
    """Whether a value of a point may be that of an answer: figure for figure, date for date, words for words."""
    if answer.kind == "figure":
        return value.low is not None or value.high is not None
    return value.low is None and value.high is None and (answer.kind == "date") == (value.earliest is not None)


def name_published(report: Report) -> str:
    """When a report was published in ISO 8601, the day alone where no more is known, "" where it does not say."""
    if report.published is None:
        return ""
    return report.published.isoformat() if report.published_exact else report.published.date().isoformat()


def name_time(moment: datetime | None) -> str:
    """A moment in ISO 8601, "" for none."""
    return moment.isoformat() if moment else ""


def row_of_claim(told: Told) -> dict[str, Any]:
    """What a row says of a claim: its words, where they stand, whose word it is and how it stands, flat."""
    claim, report, said, place, time = told.claim, told.report, told.attribution, told.claim.place, told.claim.time
    speaker = said.speaker if said else None
    cue = " … ".join(report.text[start:end] for start, end in said.cue) if said else ""
    return {
        "report": clean_text(report.id),
        "outlet": clean_text(report.outlet),
        "title": clean_text(report.title),
        "published": name_published(report),
        "url": clean_text(report.url),
        "claim": claim.id,
        "words": told.words,
        "start": claim.start,
        "end": claim.end,
        "chain": told.way,
        "source": told.source,
        "source_kind": speaker.kind if speaker else "" if said else "outlet",
        "source_by": name_judge(said.by if said else ""),
        "anonymous": bool(speaker and speaker.anonymous),
        "basis": said.basis if said else "",
        "directness": said.directness if said else "",
        "stance": said.stance if said else "",
        "cue": clean_text(cue),
        "negated": bool(said and said.negated),
        "certainty_low": said.certainty[0] if said else None,
        "certainty_high": said.certainty[1] if said else None,
        "assertion": claim.stands,
        "polarity": claim.polarity,
        "tense": claim.tense,
        "event": claim.event,
        "time": clean_text(time.text) if time else "",
        "time_earliest": name_time(time.earliest if time else None),
        "time_latest": name_time(time.latest if time else None),
        "place": clean_text(place.text) if place else "",
        "place_name": clean_text(place.name) if place else "",
        "place_role": place.role if place else "",
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "radius_km": place.radius_km if place else None,
        "country": place.country if place else "",
        "geonames_id": place.geonames_id if place else None,
        "origin": told.origin,
        "happening": " ".join(told.happenings),
        "credibility": told.grade.grade if told.grade else "",
        "credibility_by": name_judge(told.grade.by) if told.grade else "",
        "reliability": told.reliability.grade if told.reliability else "",
        "reliability_by": name_judge(told.reliability.by) if told.reliability else "",
    }


def row_of_answer(told: Told, answer: Answer) -> dict[str, Any]:
    """What a row says of one value of a claim. A figure that was reckoned from others has no words of its own."""
    return {
        "kind": answer.kind,
        "value": clean_text(told.report.text[answer.start : answer.end]),
        "value_start": answer.start,
        "value_end": answer.end,
        "low": answer.low,
        "high": answer.high,
        "bound": answer.bound if answer.kind == "figure" else "",
        "unit": clean_text(answer.unit),
        "of": clean_text(answer.of),
        "state": answer.state,
        "part": answer.part,
        "reckoned": answer.reckoned,
        "earliest": name_time(answer.earliest),
        "latest": name_time(answer.latest),
        "word": clean_text(answer.word),
    }


def row_of_asked(point: Point | None, value: Value | None) -> dict[str, Any]:
    """What a row says of the point that a value answers; of none, nothing."""
    return {
        "point": point.id if point else "",
        "question": clean_text(point.question) if point else "",
        "as_of": name_time(value.as_of) if value else "",
        "superseded": clean_text(value.superseded) if value else "",
    }


def list_rows(picture: Picture) -> Iterator[dict[str, Any]]:
    """A row a value of a claim and point that it answers, each whole by itself: the claim's, the value's, the point's.
    A claim without a value has one row."""
    for told in tell_claims(picture):
        row = row_of_claim(told)
        if not told.claim.answers:
            yield {**row, **row_of_asked(None, None)}
        for answer in told.claim.answers:
            for point, value in list_asked(told, answer) or ((None, None),):
                yield {**row, **row_of_answer(told, answer), **row_of_asked(point, value)}
