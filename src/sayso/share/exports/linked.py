"""What the linked formats share: ids that are the same on every machine, who speaks and publishes, and JSON whose words
any reader can take.

Ids are UUIDs of version 5 (RFC 9562) over the kind of thing and its own id, so that what is exported twice, or by two
people from one ledger, is one thing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import isfinite
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import UUID, uuid5

import msgspec

from sayso.harms import clean_text
from sayso.ids import identify_source
from sayso.record import Attribution, Grade, Judgement, Link, Picture, Point, Relation, Report
from sayso.share.exports.claims import NEGATIVE, Told, list_told, name_judge
from sayso.tables import load_rows
from sayso.tell.citations import name_outlet, name_source, safe_url
from sayso.who.identities import Cast, Who

NAMESPACE = UUID("7c1be2a5-64c1-4d0e-9a38-5d3f0f2b9e61")
"""The name space of all ids that are made here."""
TERMS = "urn:x-sayso:"
"""Before the words of sayso's glossary, where a format wants them as addresses."""
IN_URI = "%/:?&=~!$'()*+,;@"
LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
"""What a URI may hold beside letters and digits, and a percent sign that encodes nothing."""
SORTS = {
    "person": "person",
    "callsign": "person",
    "organisation": "organisation",
    "outlet": "organisation",
    "collective": "group",
    "document": "document",
}
"""What a kind of speaker is, where a format tells people, organisations, groups and documents apart."""


def make_uuid(kind: str, *parts: str) -> str:
    """The id of a thing of a kind. It is plain ASCII, whatever the parts are."""
    return str(uuid5(NAMESPACE, json.dumps([kind, *parts])))


def make_urn(kind: str, *parts: str) -> str:
    """The same as an address (RFC 9562, section 4)."""
    return f"urn:uuid:{make_uuid(kind, *parts)}"


def identify_report(report: Report) -> str:
    """The id of a report: that of its content, so that one that was given under two names is one, and two that were
    given under one name are two."""
    return make_uuid("report", report.digest or report.id)


def identify_point(point: Point) -> str:
    """The id of a point: two questions that are answered from the same words may have one id in the picture."""
    return make_uuid("point", point.id, point.question)


def clean(value: Any) -> Any:
    """A JSON value whose strings can be written and shown, and without what is empty in it (None, "", () and {}) or no
    number."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, float) and not isfinite(value):
        return None
    if isinstance(value, dict):
        kept = ((key, clean(inside)) for key, inside in value.items())
        return {key: inside for key, inside in kept if inside is not None and inside not in ("", [], {})}
    if isinstance(value, list | tuple):
        return [clean(inside) for inside in value]
    return value


def dump(value: dict[str, Any], **kept: Any) -> bytes:
    """A JSON document in UTF-8: its strings cleaned, what is empty left out but for what is `kept` as it is."""
    return msgspec.json.format(msgspec.json.encode({**clean(value), **kept}), indent=1) + b"\n"


def make_uri(url: str) -> str:
    """An address on the web as a URI (RFC 3986), with what no URI may hold percent-encoded; "" for what is no address
    of http or https."""
    head, _, fragment = clean_text(safe_url(url)).partition("#")
    whole = "#".join(quote(part, safe=IN_URI) for part in (head, fragment) if part)
    encoded = LONE_PERCENT.sub("%25", whole)
    try:
        urlsplit(encoded).port  # noqa: B018
    except ValueError:
        return ""
    return encoded


def put_in_utc(moment: datetime) -> datetime:
    """A moment in UTC; one within a day of the calendar's ends, which has no such form, at its own clock."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return moment.replace(tzinfo=UTC)


def say_moment(moment: datetime | None) -> str:
    """A moment as RFC 3339 has it, in UTC; "" for none."""
    return put_in_utc(moment).isoformat(timespec="milliseconds").replace("+00:00", "Z") if moment else ""


def name_likelihood(low: float, high: float) -> str:
    """The word of ICD 203 for the middle of a band of probabilities, in English; "" for a band that says nothing."""
    middle = (low + high) / 2
    if high - low >= 1.0:
        return ""
    rows = [(float(row["low"]) / 100, row["word"]) for row in load_rows("likelihoods.tsv")]
    return next((word for least, word in reversed(rows) if middle >= least), rows[0][1])


def say_standing(told: Told) -> str:
    """How a claim stands, before its words: whoever reads only these must not take a denial for an assertion."""
    if told.standing == NEGATIVE:
        return f"Claim ({NEGATIVE})"
    return f"Not asserted ({told.standing})" if told.standing else "Claim"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """Who speaks or publishes: an id, a name, and the sort (person, organisation, group, document or
    unknown)."""

    id: str
    name: str
    sort: str
    anonymous: bool = False


class Linked:
    """A picture as things that point to each other: its claims, and who speaks and publishes, each once.

    Who is who goes by identity, never by a printed name: an officer whom nobody names is another one in every report.
    """

    def __init__(self, picture: Picture) -> None:
        """Index the picture."""
        self.picture = picture
        self.told = list_told(picture)
        self.by_id = {told.claim.id: told for told in self.told}
        self.reports = {identify_report(reading.report): reading.report for reading in picture.readings}
        self._called = {reading.report.id: reading.report for reading in picture.readings}
        self._places = {identify_report(reading.report): i for i, reading in enumerate(picture.readings)}
        self._cast = Cast(picture.readings)
        outlets = zip(self._cast.outlets, picture.readings, strict=True)
        self._papers = {who.number for who, r in outlets if who is not None and r.report.outlet in who.names}
        self._judged: dict[str, Told | Report | Agent] = {
            **{identify_source(agent.name): agent for agent in self.list_agents().values() if not agent.anonymous},
            **{report.digest: report for report in self.reports.values()},
            **{told.claim.seat: told for told in self.told},
        }
        self.reliability: dict[str, Grade] = {}
        for told in self.told:
            if told.reliability is not None:
                self.reliability.setdefault(self.find_source(told).id, told.reliability)

    def find_outlet(self, report: Report) -> Agent:
        """Who published a report, by the name that it goes by itself."""
        return make_outlet(name_outlet(report))

    def find_via(self, name: str) -> Agent:
        """An outlet that something was taken from."""
        known = self._cast.by_name.get(name)
        return self._make_agent(known[0]) if known else make_outlet(name)

    def _make_agent(self, who: Who) -> Agent:
        """The agent of an identity that is the same in every report. A newspaper may have a name like a person's."""
        sort = "person" if who.sort == "person" and who.number not in self._papers else "organisation"
        return Agent(id=make_uuid("agent", clean_text(who.name)), name=clean_text(who.name), sort=sort)

    def find_source(self, told: Told) -> Agent:
        """Who says a claim: its source, or the outlet where that speaks in its own voice. An anonymous one is somebody
        of that report alone."""
        at, said = told.claim.attribution, told.attribution
        if said is None or at is None:
            return self.find_outlet(told.report)
        who = self._cast.speakers[self._places[identify_report(told.report)]].get(at)
        named = said.speaker is not None and not said.speaker.anonymous
        if who is None or not named or not (who.sort == "person" or who.bodies):
            return place_agent(told.report, said, at, who)
        agent = self._make_agent(who)
        return replace(agent, sort="document") if said.speaker and said.speaker.kind == "document" else agent

    def find_report(self, id: str) -> Report | None:
        """The report that the picture calls so; None where it has none."""
        return self._called.get(id)

    def list_agents(self) -> dict[str, Agent]:
        """All who publish or speak, by id."""
        found = [self.find_outlet(report) for report in self.reports.values()]
        found += [self.find_source(told) for told in self.told]
        found += [self.find_via(via) for told in self.told if told.attribution for via in told.attribution.via if via]
        return {agent.id: agent for agent in found}

    def list_relations(self) -> Iterator[tuple[Point, Relation, Told, Told]]:
        """The relations between the claims that answer one point, but for those that are unrelated after all."""
        for point in self.picture.points:
            for relation in point.relations:
                a, b = (self.by_id.get(point.values[n].claim) for n in (relation.a, relation.b))
                if a and b and a is not b and relation.relation != "unrelated":
                    yield point, relation, a, b

    def list_links(self) -> Iterator[tuple[Report, Link]]:
        """Why reports are held to stand on something else, each with its report."""
        for provenance in self.picture.provenance:
            report = self.find_report(provenance.report)
            if report is not None:
                yield from ((report, link) for link in provenance.because)

    def list_versions(self) -> Iterator[tuple[Report, Report]]:
        """The reports that are a later version of another, each with that."""
        for later, link in self.list_links():
            earlier = self.find_report(link.report)
            if link.kind == "update" and earlier is not None:
                yield later, earlier

    def list_judged(self, one: Judgement) -> Iterator[Told | Report | Agent]:
        """The claims, reports and sources that a judgement is about, as far as the picture has them."""
        yield from (self._judged[target] for target in (one.target, one.other) if target in self._judged)

    def find_address(self, report: Report) -> str:
        """The address of a report on the web, else the one of it here."""
        return make_uri(report.url) or f"urn:uuid:{identify_report(report)}"


def find_places(point: Point, relation: Relation) -> tuple[str, str, str]:
    """The question, and where the two values of a relation stand: one claim may give two answers to it."""
    a, b = point.values[relation.a], point.values[relation.b]
    return identify_point(point), f"{a.start}-{a.end}", f"{b.start}-{b.end}"


def say_relation(point: Point, relation: Relation) -> str:
    """A relation in words: the question, what is between its two answers, the witness, and by whom that is said."""
    witness = f" ({relation.witness})" if relation.witness else ""
    return f"{point.question} {relation.relation}: {relation.why}{witness}; by {name_judge(relation.by)}"


def make_outlet(name: str) -> Agent:
    """The agent of an outlet."""
    return Agent(id=make_uuid("agent", clean_text(name)), name=clean_text(name), sort="organisation")


def place_agent(report: Report, said: Attribution, at: int, who: Who | None) -> Agent:
    """The agent of an attribution who is somebody of its report alone; without a speaker, of that attribution alone."""
    speaker, here = said.speaker, identify_report(report)
    name = clean_text((who and who.name) or (speaker and speaker.name) or name_source(said, report.text))
    key = ("agent", here, name) if speaker else ("agent", here, name, str(at))
    sort = SORTS.get(speaker.kind, "unknown") if speaker else "unknown"
    anonymous = speaker is None or speaker.anonymous
    return Agent(id=make_uuid(*key), name=name or "unnamed source", sort=sort, anonymous=anonymous)


def find_grade(told: Told) -> Grade | None:
    """The grade of a claim where its words are what is graded; of a denial or a supposition they are not."""
    return told.grade if told.is_asserted or told.standing == NEGATIVE else None
