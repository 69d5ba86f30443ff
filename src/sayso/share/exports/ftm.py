"""FollowTheMoney statements, one a line of JSON: reports, sources, claims and happenings for Aleph and its kind.

FollowTheMoney says what is so and has no word for a denial, a question or a supposition. So only claims that somebody
asserts are here, each a `Note` on its `Article` with its exact words, chain and span; happenings are those that one of
them tells of. Anonymous sources are no entities: two of one name would be taken for one. `origin` says what made a
statement.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import sha1
from typing import Any

from sayso.harms import clean_text
from sayso.record import Happening, Report
from sayso.share.exports import Shared
from sayso.share.exports.claims import Told, name_published
from sayso.share.exports.linked import Agent, Linked, identify_report, make_uri, make_uuid, say_moment

DATASET = "sayso"
SCHEMATA = {"person": "Person", "organisation": "Organization"}
LONGEST = {"name": 384, "string": 1024, "text": 65_000, "url": 4096, "country": 16, "date": 32, "address": 250}
"""Code points that a value of a type may have."""
TYPES = {
    "name": "name",
    "summary": "text",
    "description": "text",
    "sourceUrl": "url",
    "publisher": "string",
    "publishedAt": "date",
    "title": "string",
    "author": "string",
    "keywords": "string",
    "entity": "entity",
    "proof": "entity",
    "date": "date",
    "startDate": "date",
    "endDate": "date",
    "location": "address",
    "locationMentioned": "address",
    "detectedCountry": "country",
    "namesMentioned": "name",
    "notes": "text",
}
"""The types of the properties that are used."""


def write(shared: Shared) -> bytes:
    """All statements, entity by entity."""
    linked = Linked(shared.picture)
    seen = say_seconds(shared)
    lines = []
    for id, schema, properties in list_entities(linked):
        for name, values in properties.items():
            fitting = (fit(name, clean_text(value)) for value in values)
            lines += [state(shared.tool, seen, id, schema, name, value) for value in dict.fromkeys(fitting) if value]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def state(tool: str, seen: str, id: str, schema: str, name: str, value: str) -> dict[str, Any]:
    """One statement, under the id that FollowTheMoney itself would give it."""
    return {
        "canonical_id": id,
        "entity_id": id,
        "prop": name,
        "schema": schema,
        "value": value,
        "dataset": DATASET,
        "lang": None,
        "original_value": None,
        "first_seen": seen,
        "last_seen": seen,
        "external": False,
        "origin": clean_text(tool),
        "id": sha1(f"{DATASET}.{id}.{name}.{value}".encode()).hexdigest(),
    }


def say_seconds(shared: Shared) -> str:
    """When the export was made, to the second and in UTC, as statements have it."""
    return say_moment(shared.made)[:19]


def fit(name: str, value: str) -> str:
    """A value as its type has it: names on one line without the quotation marks around them, and as long as it may be.
    Names and titles are cut; words that do not fit are left out ("") since half of them are not what was said, and so
    are dates that it does not know."""
    type = TYPES[name]
    if type == "date" and not value.startswith(("1", "2")):
        return ""  # Its years are those from 1000 to 2999.
    value = " ".join(value.split()).strip("\"' ") if type == "name" else value.strip()
    longest = LONGEST.get(type, len(value))
    if len(value) <= longest:
        return value
    return "" if type in ("text", "url", "date") else value[: longest - 1] + "…"


Properties = dict[str, Iterable[str]]


def list_entities(linked: Linked) -> Iterator[tuple[str, str, Properties]]:
    """Every entity with its schema and properties: sources and outlets, reports, claims, happenings."""
    asserted = [told for told in linked.told if told.is_asserted]
    named = {agent.id: agent for agent in linked.list_agents().values() if is_entity(agent)}
    for agent in named.values():
        yield agent.id, SCHEMATA[agent.sort], {"name": [agent.name]}
    for report in linked.reports.values():
        yield identify_report(report), "Article", describe_report(linked, report)
    for told in asserted:
        yield make_uuid("claim", told.claim.id), "Note", describe_claim(linked, told)
    by_id = {told.claim.id: told for told in asserted}
    for happening in linked.picture.happenings:
        tellers = [by_id[claim] for claim in happening.claims if claim in by_id]
        if tellers:
            yield make_uuid("happening", happening.id), "Event", describe_happening(happening, tellers)


def is_entity(agent: Agent) -> bool:
    """Whether somebody is one person or body, and the same in every report."""
    return agent.sort in SCHEMATA and not agent.anonymous


def describe_report(linked: Linked, report: Report) -> Properties:
    """A report without its text."""
    return {
        "title": [report.title or report.id],
        "author": [report.author],
        "publisher": [linked.find_outlet(report).name],
        "publishedAt": [name_day(report)],
        "sourceUrl": [make_uri(report.url)],
    }


def name_day(report: Report) -> str:
    """When a report was published, in UTC and to the second; the day where no more is known."""
    if report.published is None or not report.published_exact:
        return name_published(report)
    return say_moment(report.published)[:19]


def describe_claim(linked: Linked, told: Told) -> Properties:
    """A claim that is asserted, on its report and its source."""
    claim, source = told.claim, linked.find_source(told)
    place = claim.place if claim.place and claim.place.role == "place" else None
    grade = f"Admiralty code: credibility {told.grade.grade}" if told.grade else ""
    by = (f"judged by {told.grade.by}" if told.grade.by else "suggested by machine") if told.grade else ""
    return {
        "description": [told.words],
        "summary": [told.way],
        "entity": [identify_report(told.report), *([source.id] if is_entity(source) else [])],
        "proof": [identify_report(told.report)],
        "keywords": [claim.event, f"characters {claim.start}-{claim.end}", f"{grade}, {by}" if grade else ""],
        "locationMentioned": [(place.name or place.text) if place else ""],
        "detectedCountry": [place.country.lower() if place else ""],
        "sourceUrl": [make_uri(told.report.url)],
    }


def describe_happening(happening: Happening, tellers: list[Told]) -> Properties:
    """A happening by what is asserted of it."""
    return {
        "name": [happening.text],
        "keywords": [happening.what],
        "startDate": [say_moment(happening.earliest)[:19]],
        "endDate": [say_moment(happening.latest)[:19]],
        "location": [happening.where],
        "namesMentioned": list(happening.who),
        "proof": [identify_report(told.report) for told in tellers],
        "summary": [f"Told by {len(tellers)} claims that are asserted"],
    }
