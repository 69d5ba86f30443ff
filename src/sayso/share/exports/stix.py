"""STIX 2.1 (OASIS, 2021): a bundle that any tool of threat intelligence reads.

A claim becomes a *note* on its report, with its exact words, span and chain in an extension; what its source does with
it an *opinion* of the source. STIX has no negation: whether a claim is asserted, denied, asked or supposed stands in
its first words, in its labels and in the extension. Grades in the Admiralty code are statement markings that say who
gave them. `confidence` follows the scales of the standard's appendix A: a claim's credibility by that for the
Admiralty code, a likelihood by that of the DNI (ICD 203, whose words sayso uses).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sayso.record import Grade, Happening, Judgement, Place, Point, Position, Report
from sayso.share.exports import Shared
from sayso.share.exports.assessed import list_assessed
from sayso.share.exports.claims import NEGATIVE, Told
from sayso.share.exports.linked import (
    Agent,
    Linked,
    dump,
    find_grade,
    find_places,
    identify_point,
    identify_report,
    make_uri,
    make_uuid,
    name_likelihood,
    say_moment,
    say_relation,
    say_standing,
)
from sayso.share.exports.stix_objects import (
    EXTENSION,
    describe,
    describe_report,
    name_note,
    name_object,
    name_report,
    name_thing,
)
from sayso.weigh.grades import CREDIBILITY, RELIABILITY

ADMIRALTY = {"1": 90, "2": 70, "3": 50, "4": 30, "5": 10}
"""Confidence by credibility (appendix A, Admiralty Credibility); 6, which cannot be judged, has none."""
LIKELIHOOD = {
    "almost no chance": 5,
    "very unlikely": 15,
    "unlikely": 30,
    "roughly even chance": 50,
    "likely": 70,
    "very likely": 85,
    "almost certain": 95,
}
"""Confidence by words of likelihood (appendix A, DNI Scale)."""
OPINIONS = {"": "agree", NEGATIVE: "agree", "denied": "strongly-disagree", "denies": "strongly-disagree"}
"""What the source of a claim thinks of what its words tell, by how it stands: of what is asked or supposed, nothing."""
POSITIONS = {"asserted": "agree", "denied": "disagree", "did not deny": "neutral", "declined": "neutral"}
CLASSES = {"person": "individual", "organisation": "organization", "group": "group"}
RELATIONS = {
    "same": "agrees-with",
    "compatible": "is-compatible-with",
    "revision": "revises",
    "scope": "differs-in-scope-from",
    "contradiction": "contradicts",
}
BEGINNING = say_moment(datetime(1970, 1, 1, tzinfo=UTC))
"""When what has no date was made: STIX wants a moment that stays the same in every export."""


def write(shared: Shared) -> bytes:
    """The bundle."""
    return dump(Bundle(shared).make())


class Bundle:
    """A bundle in the making: its objects by id, each once."""

    def __init__(self, shared: Shared) -> None:
        """An empty bundle."""
        self.shared = shared
        self.linked = Linked(shared.picture)
        self.made = say_moment(shared.made)
        self.tool = name_object("identity", "tool", "sayso")
        self.extension = name_object("extension-definition", "extension", "1")
        self.objects: dict[str, dict[str, Any]] = {}

    def make(self) -> dict[str, Any]:
        """The bundle with all that the picture holds."""
        self._introduce()
        for agent in self.linked.list_agents().values():
            self._add_agent(agent)
        notes: dict[str, list[str]] = {report: [] for report in self.linked.reports}
        for told in self.linked.told:
            notes[identify_report(told.report)].append(self._add_claim(told))
        for key, report in self.linked.reports.items():
            self._add_report(report, notes[key])
        for later, earlier in self.linked.list_versions():
            self._relate(name_report(later), "revises", name_report(earlier), "a later version of the same article")
        self._add_links()
        for point in self.shared.picture.points:
            self._add_point(point)
        for point, relation, a, b in self.linked.list_relations():
            about = " ".join(find_places(point, relation))
            kind, says = RELATIONS[relation.relation], say_relation(point, relation)
            self._relate(name_note(b), kind, name_note(a), says, about)
        for happening in self.shared.picture.happenings:
            self._add_happening(happening)
        for position in self.shared.picture.positions:
            self._add_position(position)
        for judgement in self.shared.picture.judgements:
            self._add_judgement(judgement)
        self._add_assessed()
        id = name_object("bundle", "bundle", self.shared.title, self.shared.tool, self.made, *self.objects)
        return {"type": "bundle", "id": id, "objects": list(self.objects.values())}

    def _add(self, type: str, id: str, created: datetime | None = None, **fields: Any) -> str:
        """Add an object; its id. What was made after the export, by a clock that runs ahead, was made by then."""
        begun = min(say_moment(created) or BEGINNING, self.made)
        common = {"created_by_ref": self.tool, "created": begun, "modified": self.made}
        self.objects[id] = {"type": type, "spec_version": "2.1", "id": id, **common, **fields}
        return id

    def _extend(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        return {self.extension: {"extension_type": "property-extension", **fields}}

    def _introduce(self) -> None:
        """The tool itself, and the extension that it uses."""
        self._add("identity", self.tool, name=self.shared.tool, identity_class="system")
        self._add(
            "extension-definition",
            self.extension,
            name="sayso",
            description="How a claim stands in a report, and on whose word.",
            schema=EXTENSION,
            version="1.0.0",
            extension_types=["property-extension"],
        )

    def _add_agent(self, agent: Agent) -> str:
        """An outlet or a source."""
        grade = self.linked.reliability.get(agent.id)
        return self._add(
            "identity",
            f"identity--{agent.id}",
            name=agent.name or "unnamed",
            identity_class=CLASSES.get(agent.sort, "unspecified"),
            labels=["anonymous"] if agent.anonymous else [],
            object_marking_refs=[self._mark(grade)] if grade else [],
        )

    def _mark(self, grade: Grade) -> str:
        """The marking of a grade by whoever gave it."""
        what, meaning = ("reliability", RELIABILITY) if grade.about == "source" else ("credibility", CREDIBILITY)
        says = f"Admiralty code, {what} {grade.grade}: {meaning.get(grade.grade, 'as judged')}"
        says += f"; judged by {grade.by}" if grade.by else "; suggested by machine"
        id = name_object("marking-definition", "grade", grade.about, grade.grade, grade.by)
        self.objects[id] = {
            "type": "marking-definition",
            "spec_version": "2.1",
            "id": id,
            "created_by_ref": self.tool,
            "created": BEGINNING,
            "definition_type": "statement",
            "definition": {"statement": says},
        }
        return id

    def _add_claim(self, told: Told) -> str:
        """A claim as a note on its report, and what its source thinks of it."""
        source = f"identity--{self.linked.find_source(told).id}"
        place = self._add_place(told.claim.place)
        standing, grade = told.standing or "asserted", find_grade(told)
        note = self._add(
            "note",
            name_note(told),
            told.report.published,
            abstract=f"{told.source}: {standing}",
            content=f"{say_standing(told)}: “{told.words}” ({told.way})",
            labels=["claim", f"stands:{told.claim.stands}", f"polarity:{told.claim.polarity}"],
            confidence=ADMIRALTY.get(grade.grade) if grade else None,
            object_refs=[name_report(told.report), source, *place],
            object_marking_refs=[self._mark(grade)] if grade else [],
            extensions=self._extend(describe(told)),
        )
        opinion = OPINIONS.get(told.standing)
        if opinion is not None and told.attribution is not None:
            word = name_likelihood(*told.attribution.certainty) if opinion == "agree" else ""
            self._add(
                "opinion",
                name_object("opinion", "claim", told.claim.id),
                told.report.published,
                opinion=opinion,
                authors=[told.source],
                explanation=f"What the source is reported to say ({told.attribution.stance}); {told.way}",
                labels=["reported", *([word.replace(" ", "-")] if word else [])],
                confidence=LIKELIHOOD.get(word),
                object_refs=[note],
            )
        return note

    def _add_place(self, place: Place | None) -> list[str]:
        """Where a claim speaks of, where that is on a map or in a country."""
        if place is None or place.role != "place" or not (place.country or (place.lat, place.lon).count(None) == 0):
            return []
        point: dict[str, Any] = {}
        if place.lat is not None and place.lon is not None:
            precision = place.radius_km * 1000 if place.radius_km is not None else None
            point = {"latitude": place.lat, "longitude": place.lon, "precision": precision}
        id = name_object("location", "place", str(place.geonames_id), place.name or place.text, place.country)
        return [self._add("location", id, name=place.name or place.text, country=place.country, **point)]

    def _add_report(self, report: Report, notes: list[str]) -> None:
        """A report; one that does not say when it was published is a grouping, since a STIX report must."""
        outlet = f"identity--{self.linked.find_outlet(report).id}"
        reference = {"source_name": report.outlet or "report", "url": make_uri(report.url), "external_id": report.id}
        fields: dict[str, Any] = {
            "name": report.title or report.outlet or report.id,
            "labels": ["news-report"],
            "external_references": [reference],
            "object_refs": [outlet, *notes],
            "extensions": self._extend(describe_report(report)),
        }
        if report.published is None:
            self._add("grouping", name_report(report), context="unspecified", **fields)
        else:
            published = say_moment(report.published)
            self._add("report", name_report(report), report.published, published=published, **fields)

    def _relate(self, source: str, type: str, target: str, why: str, about: str = "") -> None:
        id = name_object("relationship", source, type, target, about)
        self._add("relationship", id, relationship_type=type, source_ref=source, target_ref=target, description=why)

    def _add_links(self) -> None:
        """What each report stands on: another report, else the outlet that it names."""
        for report, link in self.linked.list_links():
            other = self.linked.find_report(link.report)
            if link.kind == "update" or not (other or link.outlet):
                continue
            target = name_report(other) if other else self._add_agent(self.linked.find_via(link.outlet))
            self._relate(name_report(report), "derived-from", target, f"{link.kind}: {link.text}", link.kind)

    def _add_point(self, point: Point) -> None:
        """A point: the notes that answer one question."""
        notes = self._find_notes(value.claim for value in point.values)
        if notes:
            low, high = point.independent
            says = f"Answers by {low} to {high} independent origins"
            self._group("point", identify_point(point), point.question, says, notes)

    def _add_happening(self, happening: Happening) -> None:
        notes = self._find_notes(happening.claims)
        if notes:
            when = " to ".join(say_moment(m) for m in (happening.earliest, happening.latest) if m)
            says = "; ".join(filter(None, (happening.what, when, happening.where, ", ".join(happening.who))))
            self._group("happening", make_uuid("happening", happening.id), happening.text, says, notes)

    def _group(self, kind: str, id: str, name: str, says: str, refs: list[str]) -> None:
        fields: dict[str, Any] = {"name": name, "description": says, "labels": [kind], "object_refs": refs}
        self._add("grouping", f"grouping--{id}", context="unspecified", **fields)

    def _find_notes(self, claims: Iterable[str]) -> list[str]:
        by_id = self.linked.by_id
        return list(dict.fromkeys(name_note(by_id[claim]) for claim in claims if claim in by_id))

    def _add_position(self, position: Position) -> None:
        """What a party did about a matter, where there are claims that show it."""
        notes = self._find_notes(position.claims)
        opinion = POSITIONS.get(position.stance)
        if notes and opinion:
            self._add(
                "opinion",
                name_object("opinion", "position", position.party, position.about, position.stance, *position.claims),
                position.at,
                opinion=opinion,
                authors=[position.party],
                explanation=f"{position.party} {position.stance}: {position.about}",
                labels=["position"],
                object_refs=notes,
            )

    def _add_analyst(self, by: str) -> str:
        id = name_object("identity", "analyst", by)
        return self._add("identity", id, name=by or "unnamed", identity_class="individual", roles=["analyst"])

    def _add_judgement(self, one: Judgement) -> None:
        """What an analyst judged, by name; on the claims, reports and sources judged that are in the bundle."""
        analyst = self._add_analyst(one.by)
        self._add(
            "note",
            name_object("note", "judgement", one.id),
            one.at,
            abstract=f"Judgement: {one.kind} {one.value}".strip(),
            content=one.reason or one.kind,
            authors=[one.by],
            labels=["judgement", f"judged:{one.kind}"],
            object_refs=[analyst, *map(name_thing, self.linked.list_judged(one))],
        )

    def _add_assessed(self) -> None:
        """Hypotheses, scenarios, questions and what is expected of them: the word of those who assessed, by name."""
        for one in list_assessed(self.shared.foreseen):
            analysts = [self._add_analyst(by) for by in one.by] or [self.tool]
            word = name_likelihood(one.probability, one.probability) if one.probability is not None else ""
            self._add(
                "note",
                name_object("note", one.kind, one.id),
                one.at,
                abstract=f"{one.kind.capitalize()}: {one.about}",
                content=one.text,
                authors=list(one.by),
                labels=[one.kind],
                confidence=LIKELIHOOD.get(word),
                object_refs=analysts,
            )
