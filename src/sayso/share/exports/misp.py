"""A MISP event (MISP core format): objects of MISP's own templates, tagged by its own taxonomies.

A report is a `news-media` object, a claim an `annotation` that begins with how it stands and points to its report,
source and place; grades are tags of the taxonomy `admiralty-scale`, likelihoods of `estimative-language`. What is not
asserted is never attributed to its source. Nothing is an indicator of compromise (`to_ids` is false throughout), and
the event is for the organisation that imports it alone until somebody there decides otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from sayso.record import Grade, Place, Report
from sayso.share.exports import Shared
from sayso.share.exports.assessed import list_assessed
from sayso.share.exports.claims import NEGATIVE, Told, name_judge
from sayso.share.exports.linked import (
    Agent,
    Linked,
    clean,
    dump,
    find_grade,
    identify_point,
    identify_report,
    make_uri,
    make_uuid,
    name_likelihood,
    put_in_utc,
    say_moment,
    say_relation,
    say_standing,
)

TEMPLATES = {
    "annotation": ("5d8dc046-15a1-4ca3-a09f-ed4ede7c4487", "3"),
    "geolocation": ("cd6f2238-ba55-4888-82c4-104e6e1acf21", "8"),
    "news-media": ("691463c5-5302-4847-9bec-4c56ccfec677", "3"),
    "organization": ("f750e12b-127a-432c-b022-b3f9153c4e2a", "9"),
    "person": ("a15b0477-e9d1-4b9c-9546-abe78a4f4248", "21"),
    "temporal-event": ("d79f2d25-2937-44d3-a6d4-2f36f2505448", "2"),
}
"""MISP's templates of objects: id and version."""
KINDS = {"link": "External analysis", "full-name": "Person", "datetime": "Other", "float": "Other", "text": "Other"}
"""The category that an attribute of a type is of."""
FORMS = {
    "link": "link",
    "ref": "link",
    "full-name": "full-name",
    "creation-date": "datetime",
    "latitude": "float",
    "longitude": "float",
    "accuracy-radius": "float",
}
"""The types of attributes that are no plain text."""
RELATIONS = {
    "same": "same-as",
    "compatible": "related-to",
    "revision": "supersedes",
    "scope": "related-to",
    "contradiction": "related-to",
}
OWN, INHERITED = "0", "5"
"""Distribution: this organisation only; as the event."""
UNDEFINED, COMPLETED = "4", "2"

Node = dict[str, Any]


def write(shared: Shared) -> bytes:
    """The event."""
    return dump({"Event": Event(shared).make()})


class Event:
    """An event in the making: its objects by id, each once."""

    def __init__(self, shared: Shared) -> None:
        """An empty event."""
        self.shared = shared
        self.linked = Linked(shared.picture)
        self.stamp = str(int(shared.made.timestamp()))
        self.objects: dict[str, Node] = {}
        self.referred: set[str] = set()

    def make(self) -> Node:
        """The event with all that the picture holds."""
        for agent in self.linked.list_agents().values():
            self._add_agent(agent)
        for report in self.linked.reports.values():
            self._add_report(report)
        for later, earlier in self.linked.list_versions():
            self._refer(
                identify_report(later), "supersedes", identify_report(earlier), "a later version of the same article"
            )
        for told in self.linked.told:
            self._add_claim(told)
        for point, relation, a, b in self.linked.list_relations():
            self._refer(name_claim(b), RELATIONS[relation.relation], name_claim(a), say_relation(point, relation))
        for point in self.shared.picture.points:
            id = identify_point(point)
            low, high = point.independent
            self._annotate(id, f"{point.question} ({low} to {high} independent origins)", tags=['sayso:noun="point"'])
            self._gather(id, "includes", (value.claim for value in point.values))
        self._add_happenings()
        self._add_said()
        return {
            "uuid": make_uuid("misp", self.shared.title, *sorted(self.linked.reports)),
            "info": self.shared.title or "sayso",
            "date": put_in_utc(self.shared.made).date().isoformat(),
            "timestamp": self.stamp,
            "threat_level_id": UNDEFINED,
            "analysis": COMPLETED,
            "distribution": OWN,
            "published": False,
            "Orgc": {"name": "sayso", "uuid": make_uuid("organisation", "sayso")},
            "Tag": [{"name": f'sayso:tool="{clean(self.shared.tool)}"'}],
            "Object": list(self.objects.values()),
        }

    def _add(
        self, id: str, template: str, values: Iterable[tuple[str, Any]], tags: Iterable[str] = (), **fields: Any
    ) -> str:
        """Add an object of a template; the tags are those of its first value. Its id."""
        attributes = [
            {
                "uuid": make_uuid("misp-attribute", id, relation, str(n)),
                "object_relation": relation,
                "type": (form := FORMS.get(relation, "text")),
                "category": KINDS[form],
                "value": str(clean(value)),
                "to_ids": False,
                "disable_correlation": True,
                "distribution": INHERITED,
                "timestamp": self.stamp,
            }
            for n, (relation, value) in enumerate(values)
            if value not in (None, "")
        ]
        attributes[0]["Tag"] = [{"name": name} for name in dict.fromkeys(tags)]
        uuid, version = TEMPLATES[template]
        self.objects[id] = {
            "uuid": id,
            "name": template,
            "meta-category": "misc",
            "template_uuid": uuid,
            "template_version": version,
            "distribution": INHERITED,
            "timestamp": self.stamp,
            **fields,
            "Attribute": attributes,
            "ObjectReference": [],
        }
        return id

    def _refer(self, source: str, relation: str, target: str, comment: str = "") -> None:
        """Have an object refer to another, once for each reason."""
        id = make_uuid("misp-reference", source, relation, target, comment)
        if source in self.objects and target in self.objects and source != target and id not in self.referred:
            self.referred.add(id)
            self.objects[source]["ObjectReference"].append(
                {
                    "uuid": id,
                    "object_uuid": source,
                    "referenced_uuid": target,
                    "relationship_type": relation,
                    "comment": comment,
                    "timestamp": self.stamp,
                }
            )

    def _gather(self, id: str, relation: str, claims: Iterable[str]) -> None:
        for claim in dict.fromkeys(claims):
            if claim in self.linked.by_id:
                self._refer(id, relation, name_claim(self.linked.by_id[claim]))

    def _annotate(self, id: str, text: str, ref: str = "", at: datetime | None = None, **more: Any) -> str:
        """Add an annotation."""
        values = (("text", text), ("type", "Annotation"), ("ref", ref), ("creation-date", say_moment(at)))
        return self._add(id, "annotation", values, **more)

    def _add_agent(self, agent: Agent) -> None:
        """A source or outlet that has a name; words like "two officials" stand in the claims alone."""
        if agent.anonymous or agent.sort not in ("person", "organisation"):
            return
        grade = self.linked.reliability.get(agent.id)
        template, relation = ("person", "full-name") if agent.sort == "person" else ("organization", "name")
        self._add(agent.id, template, ((relation, agent.name or "unnamed"), ("role", "Source")), tags=tag_grade(grade))

    def _add_report(self, report: Report) -> None:
        """A report without its text."""
        outlet = self.linked.find_outlet(report)
        values = (("source", outlet.name), ("title", report.title), ("link", make_uri(report.url)))
        says = f"report {report.id}" + (f" by {report.author}" if report.author else "")
        if report.published:
            says += f", published {report.published.isoformat() if report.published_exact else report.published.date()}"
        self._add(identify_report(report), "news-media", values, comment=says, first_seen=see(report.published))
        self._refer(identify_report(report), "published-by", outlet.id)

    def _add_claim(self, told: Told) -> None:
        """A claim with what it stands on."""
        claim, said, id = told.claim, told.attribution, name_claim(told)
        word = name_likelihood(*said.certainty) if said else ""
        tags = [
            'sayso:noun="claim"',
            f'sayso:stands="{claim.stands}"',
            f'sayso:polarity="{claim.polarity}"',
            *([f'sayso:stance="{said.stance}"'] if said else []),
            *([f'estimative-language:likelihood-probability="{word.replace(" ", "-")}"'] if word else []),
            *tag_grade(find_grade(told)),
        ]
        says = f"{told.way}; characters {claim.start}-{claim.end} of report {told.report.id}"
        says += f"; origin: {told.origin}" if told.origin else ""
        text = f"{say_standing(told)}: “{told.words}”"
        self._annotate(id, text, make_uri(told.report.url), told.report.published, tags=tags, comment=says)
        self._refer(id, "extracted-from", identify_report(told.report))
        held = told.is_asserted or told.standing == NEGATIVE
        self._refer(id, "claimed-by" if held else "mentions", self.linked.find_source(told).id, told.standing)
        if claim.place is not None and (place := self._add_place(claim.place)):
            self._refer(id, "located-at", place)

    def _add_place(self, place: Place) -> str:
        """A place that is on the map; "" for any other."""
        if place.role != "place" or place.lat is None or place.lon is None:
            return ""
        id = make_uuid("misp-place", str(place.geonames_id), str(place.lat), str(place.lon))
        radius = place.radius_km * 1000 if place.radius_km is not None else None
        at = (("latitude", place.lat), ("longitude", place.lon), ("accuracy-radius", radius))
        named = (("countrycode", place.country), ("text", place.name or place.text))
        return self._add(id, "geolocation", (*at, *named))

    def _add_happenings(self) -> None:
        """Happenings of which something is asserted."""
        for one in self.shared.picture.happenings:
            if any(claim in self.linked.by_id and self.linked.by_id[claim].is_asserted for claim in one.claims):
                says = "; ".join(filter(None, (one.what, one.where, ", ".join(one.who))))
                values = (("summary", one.text or one.id), ("description", says))
                first, last = see(one.earliest), see(one.latest)
                id = self._add(
                    make_uuid("happening", one.id), "temporal-event", values, first_seen=first, last_seen=last
                )
                self._gather(id, "references", one.claims)

    def _add_said(self) -> None:
        """What people judged and assessed, under their names."""
        for one in self.shared.picture.judgements:
            id = make_uuid("judgement", one.id)
            says = f"Judgement: {one.kind} {one.value}".strip() + (f": {one.reason}" if one.reason else "")
            tags = ['sayso:noun="judgement"']
            self._annotate(id, says, at=one.at, tags=tags, comment=f"judged by {one.by}")
            for thing in self.linked.list_judged(one):
                self._refer(id, "annotates", name_thing(thing))
        for told in list_assessed(self.shared.foreseen):
            word = name_likelihood(told.probability, told.probability) if told.probability is not None else ""
            likely = [f'estimative-language:likelihood-probability="{word.replace(" ", "-")}"'] if word else []
            tags = [f'sayso:noun="{told.kind}"', *likely]
            says = f"said by {', '.join(told.by)}" if told.by else "all forecasters together"
            text = f"{told.kind.capitalize()}: {told.text}"
            self._annotate(make_uuid(told.kind, told.id), text, at=told.at, tags=tags, comment=says)


def name_claim(told: Told) -> str:
    """The id of a claim's object."""
    return make_uuid("claim", told.claim.id)


def name_thing(thing: Told | Report | Agent) -> str:
    """The id of the object of a claim, a report or a source."""
    if isinstance(thing, Agent):
        return thing.id
    return identify_report(thing) if isinstance(thing, Report) else name_claim(thing)


def tag_grade(grade: Grade | None) -> Iterator[str]:
    """The tags of a grade in the Admiralty code, and of who gave it."""
    if grade is not None:
        what = "source-reliability" if grade.about == "source" else "information-credibility"
        yield f'admiralty-scale:{what}="{grade.grade.lower()}"'
        yield f'sayso:graded-by="{clean(name_judge(grade.by)).replace(chr(34), "")}"'


def see(moment: datetime | None) -> str | None:
    """A moment as MISP has it: in UTC, from 1970 on (its sightings are counted from then); None for an earlier one."""
    if moment is None or put_in_utc(moment) < datetime(1970, 1, 1, tzinfo=UTC):
        return None
    return put_in_utc(moment).isoformat()
