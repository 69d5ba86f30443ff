"""schema.org as JSON-LD: reports as `NewsArticle`, what they assert as `Claim`, verdicts as `ClaimReview`.

Search engines take a `Claim` for what its author says and a `ClaimReview` for a person's verdict. So only claims that
somebody asserts are here, and a review only where an analyst graded the claim; the number of claims left out stands
in the description. An author is a person or an organisation; words like "two officials" are a credit.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sayso.record import Figure, Grade, Judgement, Place, Point, Report, Time, Value
from sayso.share.exports import Shared
from sayso.share.exports.claims import Told, name_published
from sayso.share.exports.linked import (
    TERMS,
    Agent,
    Linked,
    dump,
    identify_point,
    identify_report,
    make_uri,
    make_urn,
    name_likelihood,
    say_moment,
)
from sayso.weigh.grades import CREDIBILITY

BEST = 5
"""The best rating: 5 is Admiralty 1, 1 is Admiralty 5; what cannot be judged has no rating."""

Node = dict[str, Any]


def write(shared: Shared) -> bytes:
    """The graph."""
    linked = Linked(shared.picture)
    asserted = [told for told in linked.told if told.is_asserted]
    left = len(linked.told) - len(asserted)
    whole = {
        "@id": make_urn("schema-org", shared.title, *sorted(linked.reports)),
        "@type": "Dataset",
        "name": shared.title or "sayso",
        "description": f"Made by {shared.tool}. Left out: {left} claims that nobody asserts (denied, asked, supposed, "
        "taken back, or told by their words as not so).",
        "dateModified": say_moment(shared.made),
    }
    agents = linked.list_agents().values()
    graph = [
        whole,
        *(node for agent in agents if (node := describe_agent(agent)) is not None),
        *(describe_report(linked, report) for report in linked.reports.values()),
        *(describe_claim(linked, told) for told in asserted),
        *(describe_point(point, linked) for point in shared.picture.points),
        *review_all(shared, asserted),
    ]
    return dump({"@context": "https://schema.org", "@graph": [node for node in graph if node]})


def refer(urn: str) -> Node:
    """A node by its id."""
    return {"@id": urn}


def name_report(report: Report) -> str:
    """The id of a report's node."""
    return f"urn:uuid:{identify_report(report)}"


def describe_agent(agent: Agent) -> Node | None:
    """A person or organisation; None for words that name neither."""
    if agent.anonymous or agent.sort not in ("person", "organisation"):
        return None
    kind = "Person" if agent.sort == "person" else "Organization"
    return {"@id": f"urn:uuid:{agent.id}", "@type": kind, "name": agent.name}


def describe_report(linked: Linked, report: Report) -> Node:
    """A report. Its text is not given again."""
    earlier = [refer(name_report(old)) for new, old in linked.list_versions() if new is report]
    return {
        "@id": name_report(report),
        "@type": "NewsArticle",
        "headline": report.title,
        "publisher": refer(f"urn:uuid:{linked.find_outlet(report).id}"),
        "creditText": report.author,
        "datePublished": name_published(report),
        "inLanguage": report.language,
        "url": make_uri(report.url),
        "identifier": report.id,
        "isBasedOn": earlier,
    }


def describe_claim(linked: Linked, told: Told) -> Node:
    """A claim that is asserted: its exact words, who says them, where they stand and how sure the source is."""
    claim, source = told.claim, linked.find_source(told)
    certainty = told.attribution.certainty if told.attribution else (1.0, 1.0)
    return {
        "@id": make_urn("claim", claim.id),
        "@type": "Claim",
        "text": told.words,
        "author": refer(f"urn:uuid:{source.id}") if describe_agent(source) else None,
        "creditText": told.way,
        "description": f"As likely as its source says: {name_likelihood(*certainty) or 'no word says how'}"
        if told.attribution
        else None,
        "appearance": refer(name_report(told.report)),
        "identifier": [
            {"@type": "PropertyValue", "propertyID": f"{TERMS}claim", "value": claim.id},
            {"@type": "PropertyValue", "propertyID": f"{TERMS}span", "value": f"{claim.start}-{claim.end}"},
        ],
        "keywords": claim.event,
        "spatialCoverage": describe_place(claim.place),
        "temporalCoverage": describe_time(claim.time),
        "about": describe_figure(claim.figure),
    }


def describe_place(place: Place | None) -> Node | None:
    """A place, on the map where it was found there."""
    if place is None or place.role != "place":
        return None
    on_map = place.lat is not None and place.lon is not None
    at = {"@type": "GeoCoordinates", "latitude": place.lat, "longitude": place.lon} if on_map else None
    known = f"https://sws.geonames.org/{place.geonames_id}/" if place.geonames_id is not None else None
    return {"@type": "Place", "name": place.name or place.text, "geo": at, "sameAs": known}


def describe_time(time: Time | None) -> str | None:
    """An interval as ISO 8601 has it; ".." for an open end."""
    if time is None or (time.earliest is None and time.latest is None):
        return None
    return f"{say_moment(time.earliest) or '..'}/{say_moment(time.latest) or '..'}"


def describe_figure(figure: Figure | None) -> Node | None:
    """A figure with its ends; an open end is left out."""
    if figure is None:
        return None
    counted = f"{figure.of} {figure.state}".strip()
    ends = {"minValue": figure.low, "maxValue": figure.high}
    return {"@type": "QuantitativeValue", "name": counted, **ends, "unitText": figure.unit, "description": figure.text}


def describe_point(point: Point, linked: Linked) -> Node | None:
    """A point as a question with the answers that are asserted and stand; None where there are none."""
    answers = []
    for value in point.values:
        told = linked.by_id.get(value.claim)
        if told is not None and told.is_asserted and is_said(value, told):
            claim = refer(make_urn("claim", told.claim.id))
            answers.append({"@type": "Answer", "text": value.words, "isBasedOn": claim})
    if not answers:
        return None
    return {
        "@id": f"urn:uuid:{identify_point(point)}",
        "@type": "Question",
        "name": point.question,
        "text": point.question,
        "answerCount": len(answers),
        "suggestedAnswer": answers,
    }


def is_said(value: Value, told: Told) -> bool:
    """Whether a value stands in the words of its report, as what is so, and no later version has replaced it: nobody
    said what was reckoned."""
    here = told.report.text[value.start : value.end] == value.words
    return here and value.polarity == "positive" and not value.superseded


def review_all(shared: Shared, asserted: list[Told]) -> Iterator[Node]:
    """A review of each claim that an analyst graded. What sayso suggests is none."""
    given = {(one.target, one.value, one.by): one for one in shared.picture.judgements if one.kind == "grade"}
    for told in asserted:
        if told.grade and told.grade.by:
            judged = given.get((told.claim.seat, told.grade.grade, told.grade.by))
            yield review(told, told.grade, judged)


def review(told: Told, grade: Grade, judged: Judgement | None) -> Node:
    """The review of a claim by the analyst who graded it."""
    says = CREDIBILITY.get(grade.grade, "")
    rated = BEST + 1 - int(grade.grade) if grade.grade in "12345" else None
    bounds = {"ratingValue": rated, "bestRating": BEST, "worstRating": 1} if rated else {}
    return {
        "@id": make_urn("review", told.claim.id, grade.by),
        "@type": "ClaimReview",
        "claimReviewed": told.words,
        "itemReviewed": refer(make_urn("claim", told.claim.id)),
        "author": {"@id": make_urn("analyst", grade.by), "@type": "Person", "name": grade.by},
        "datePublished": say_day(judged.at if judged else None),
        "reviewBody": grade.why,
        "reviewRating": {
            "@type": "Rating",
            "alternateName": f"{says[:1].upper()}{says[1:]}",
            "ratingExplanation": f"Admiralty code, credibility {grade.grade}",
            **bounds,
        },
    }


def say_day(moment: datetime | None) -> str:
    """The day of a moment, "" for none."""
    return say_moment(moment)[:10]
