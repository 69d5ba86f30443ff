"""Web Annotations (W3C Recommendation, 2017): every claim, time, place and figure on the exact words of its report.

An annotation marks words and asserts nothing, so that what is denied, asked or supposed is here too, each with how it
stands. Words are found again by a quotation with what stands around it, and by their position: Unicode code points into
the text of the report, as the recommendation counts. What people judged is an annotation by a person, what sayso
suggests one by a program.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sayso.forms import dump_json, to_json
from sayso.record import Figure, Judgement, Picture, Place, Report, Time
from sayso.share.exports import Shared
from sayso.share.exports.claims import Told, name_judge
from sayso.share.exports.linked import (
    Agent,
    Linked,
    clean,
    dump,
    find_places,
    identify_point,
    identify_report,
    make_urn,
    say_moment,
    say_relation,
)

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Code points of a quotation's surroundings by which it is told from the same words elsewhere."""
GEONAMES = "https://sws.geonames.org/{id}/"

Node = dict[str, Any]


def write(shared: Shared) -> bytes:
    """The collection of all annotations, on one page."""
    linked = Linked(shared.picture)
    tool = {"id": make_urn("tool", shared.tool), "type": "Software", "name": shared.tool}
    made = (*annotate_claims(linked), *annotate_values(linked), *annotate_picture(linked, shared.picture))
    by = {"creator": tool, "generator": tool, "generated": say_moment(shared.made)}
    items = list({one["id"]: {"id": one["id"], "type": "Annotation", **by, **one} for one in made}.values())
    id = make_urn("annotations", shared.title, *sorted(linked.reports))
    page = {"id": make_urn("page", id), "type": "AnnotationPage", "partOf": id, "startIndex": 0}
    whole = {"@context": CONTEXT, "id": id, "type": "AnnotationCollection", "label": shared.title or "sayso"}
    # A page has items even where there are none.
    first = {**clean(page), "items": clean(items)}
    return dump({**clean(whole), "creator": tool, "total": len(items)}, first=first)


def annotate_claims(linked: Linked) -> Iterator[Node]:
    """An annotation a claim: on whose word, how it stands, what it says."""
    for told in linked.told:
        yield {
            "id": name_claim(told),
            "motivation": ["describing", "classifying"],
            "body": [
                tag("claim"),
                classify(f"stands: {told.standing or 'asserted'}"),
                {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": told.way},
                write_data(describe(told, linked)),
            ],
            "target": select(linked, told.report, told.claim.start, told.claim.end),
        }
        if told.grade:
            yield {
                "id": make_urn("annotation", "grade", told.claim.id),
                "motivation": "assessing",
                **sign(told.grade.by),
                "body": [
                    classify(f"Admiralty code, credibility {told.grade.grade}, {name_judge(told.grade.by)}"),
                    {"type": "TextualBody", "purpose": "assessing", "value": told.grade.why},
                ],
                "target": name_claim(told),
            }


def annotate_values(linked: Linked) -> Iterator[Node]:
    """An annotation a time, place and figure of a report, wherever it stands."""
    for reading in linked.picture.readings:
        for kind, values in (("time", reading.times), ("place", reading.places), ("figure", reading.figures)):
            for value in values:
                yield {
                    "id": make_urn(
                        "annotation", kind, identify_report(reading.report), str(value.start), str(value.end)
                    ),
                    "motivation": "identifying" if kind == "place" else "describing",
                    "body": [tag(kind), *describe_value(value)],
                    "target": select(linked, reading.report, value.start, value.end),
                }


def annotate_picture(linked: Linked, picture: Picture) -> Iterator[Node]:
    """An annotation a point, relation, happening and judgement, on the annotations of the claims that it is about."""
    for point in picture.points:
        claims = find_claims(linked, (value.claim for value in point.values))
        body = {"type": "TextualBody", "purpose": "questioning", "value": point.question}
        yield from on(claims, make_urn("annotation", identify_point(point)), "questioning", [tag("point"), body])
    for point, relation, a, b in linked.list_relations():
        yield {
            "id": make_urn("annotation", "relation", a.claim.id, b.claim.id, *find_places(point, relation)),
            "motivation": "linking",
            **sign(relation.by),
            "body": [
                classify(f"relation: {relation.relation}"),
                {"type": "TextualBody", "purpose": "describing", "value": say_relation(point, relation)},
            ],
            "target": [name_claim(a), name_claim(b)],
        }
    for happening in picture.happenings:
        claims = find_claims(linked, happening.claims)
        data = write_data({**to_json(happening), "claims": None, "points": None})
        yield from on(claims, make_urn("annotation", "happening", happening.id), "linking", [tag("happening"), data])
    for judgement in picture.judgements:
        yield from annotate_judgement(linked, judgement)


def annotate_judgement(linked: Linked, one: Judgement) -> Iterator[Node]:
    """What an analyst judged, on the claims and reports that are here."""
    things = [thing for thing in linked.list_judged(one) if not isinstance(thing, Agent)]
    found = [linked.find_address(thing) if isinstance(thing, Report) else name_claim(thing) for thing in things]
    text = f"{one.kind} {one.value}".strip() + (f": {one.reason}" if one.reason else "")
    body = {"type": "TextualBody", "purpose": "assessing", "value": text}
    for item in on(found, make_urn("annotation", "judgement", one.id), "assessing", [body]):
        yield {**item, **sign(one.by), "created": say_moment(one.at)}


def on(targets: list[str], id: str, motivation: str, body: list[Node]) -> Iterator[Node]:
    """An annotation on some things, where there are any."""
    if targets:
        yield {"id": id, "motivation": motivation, "body": body, "target": targets}


def sign(by: str) -> Node:
    """Whose an annotation is that a person made; nothing where a program did."""
    return {"creator": {"id": make_urn("analyst", by), "type": "Person", "name": by}} if by else {}


def tag(word: str) -> Node:
    """A body of one word."""
    return {"type": "TextualBody", "purpose": "tagging", "value": word}


def classify(words: str) -> Node:
    """A body that says of which class something is."""
    return {"type": "TextualBody", "purpose": "classifying", "value": words}


def write_data(value: Any) -> Node:
    """A body for programs: JSON in the names of sayso."""
    return {
        "type": "TextualBody",
        "purpose": "describing",
        "format": "application/json",
        "value": dump_json(clean(value)),
    }


def select(linked: Linked, report: Report, start: int, end: int) -> Node:
    """A passage of a report: by its words and by its position. Of a report that was fetched it says when."""
    text = report.text
    state = {"type": "TimeState", "sourceDate": say_moment(report.retrieved)} if report.retrieved else None
    return {
        "type": "SpecificResource",
        "source": linked.find_address(report),
        "state": state,
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(0, start - AROUND) : start],
                "suffix": text[end : end + AROUND],
            },
            {"type": "TextPositionSelector", "start": start, "end": end},
        ],
    }


def describe(told: Told, linked: Linked) -> Node:
    """What is to be said of a claim beyond its words."""
    claim, said = told.claim, told.attribution
    source = linked.find_source(told)
    return {
        "claim": claim.id,
        "report": told.report.id,
        "outlet": told.report.outlet,
        "chain": told.chain,
        "source": {"id": f"urn:uuid:{source.id}", "name": source.name, "sort": source.sort},
        "stands": claim.stands,
        "polarity": claim.polarity,
        "tense": claim.tense,
        "stance": said.stance if said else None,
        "certainty": said.certainty if said else None,
        "event": claim.event,
        "origin": told.origin,
    }


def describe_value(value: Time | Place | Figure) -> Iterator[Node]:
    """The bodies of a time, place or figure."""
    if isinstance(value, Place):
        if value.geonames_id is not None:
            source = GEONAMES.format(id=value.geonames_id)
            yield {"type": "SpecificResource", "purpose": "identifying", "source": source}
        yield write_data({**to_json(value), "rivals": None})
    else:
        yield write_data(to_json(value))


def find_claims(linked: Linked, claims: Iterable[str]) -> list[str]:
    """The annotations of some claims, each once."""
    return [name_claim(linked.by_id[claim]) for claim in dict.fromkeys(claims) if claim in linked.by_id]


def name_claim(told: Told) -> str:
    """The id of a claim's annotation."""
    return make_urn("annotation", "claim", told.claim.id)
