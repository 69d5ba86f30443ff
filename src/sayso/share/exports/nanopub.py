"""Nanopublications in TriG: one for every claim that somebody asserts, and an index of all of them.

A nanopublication is a small signed statement: an *assertion*, its *provenance* (whose word it is, through whom, from
which words of which report) and *publication info* (who made the nanopublication, when, with what). These are not yet
signed: their addresses are those that the network of nanopublications sets aside for what is yet to be published.

Whoever reads an assertion takes it for asserted. So what is denied, asked, supposed or said not to be so is left
out, and the index says how much that is. Terms are those of schema.org, PROV, Dublin Core and Web Annotation.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from sayso.harms import clean_text
from sayso.share.exports import Shared
from sayso.share.exports.claims import Told, name_judge
from sayso.share.exports.linked import (
    TERMS,
    Linked,
    identify_report,
    make_urn,
    make_uuid,
    name_likelihood,
    put_in_utc,
    say_moment,
)

BASE = "http://purl.org/nanopub/temp/"
PREFIXES = {
    "np": "http://www.nanopub.org/nschema#",
    "npx": "http://purl.org/nanopub/x/",
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "s": TERMS,
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

Triples = Iterable[tuple[str, str]]
"""Predicates and objects of one subject, as TriG writes them; an object of "" is left out."""


def write(shared: Shared) -> bytes:
    """All nanopublications, the index last."""
    linked = Linked(shared.picture)
    asserted = [told for told in linked.told if told.is_asserted]
    parts = ["".join(f"@prefix {prefix}: <{address}> .\n" for prefix, address in PREFIXES.items())]
    parts += [publish_claim(shared, linked, told) for told in asserted]
    parts.append(publish_index(shared, linked, asserted))
    return "\n".join(parts).encode()


def literal(text: str, type: str = "") -> str:
    """A string, or a value of a type, as Turtle writes it; "" for an empty one. JSON's escapes are Turtle's."""
    return json.dumps(clean_text(text), ensure_ascii=False) + (f"^^xsd:{type}" if type else "") if text else ""


def number(value: float | None) -> str:
    """A number, "" for none."""
    return f'"{value!r}"^^xsd:double' if value is not None and abs(value) < float("inf") else ""


def moment(when: datetime | None) -> str:
    """A moment."""
    return literal(put_in_utc(when).isoformat() if when else "", "dateTime")


def triples(subject: str, pairs: Triples) -> str:
    """What is said of a subject, a line each; "" where nothing is."""
    lines = [f"    {predicate} {value}" for predicate, value in pairs if value]
    return f"  {subject}\n" + " ;\n".join(lines) + " .\n" if lines else ""


def publish(id: str, assertion: str, provenance: str, info: str) -> str:
    """A nanopublication of an id: its head and its three graphs."""
    here = f"{BASE}{id}#"
    head = triples(
        f"<{here}>",
        (
            ("a", "np:Nanopublication"),
            ("np:hasAssertion", f"<{here}assertion>"),
            ("np:hasProvenance", f"<{here}provenance>"),
            ("np:hasPublicationInfo", f"<{here}pubinfo>"),
        ),
    )
    graphs = (("Head", head), ("assertion", assertion), ("provenance", provenance), ("pubinfo", info))
    return "".join(f"<{here}{name}> {{\n{content}}}\n" for name, content in graphs)


def name_claim(told: Told) -> str:
    """The id of a claim's nanopublication."""
    return make_uuid("nanopub", told.claim.id)


def publish_claim(shared: Shared, linked: Linked, told: Told) -> str:
    """The nanopublication of a claim."""
    id = name_claim(told)
    return publish(id, assert_claim(told), say_provenance(linked, told, id), say_info(shared, id))


def assert_claim(told: Told) -> str:
    """What a claim says: its words and what they tell."""
    claim = told.claim
    figure, place, time = claim.figure, claim.place, claim.time
    subject = f"<{make_urn('claim', claim.id)}>"
    return triples(
        subject,
        (
            ("a", "schema:Claim"),
            ("schema:text", literal(told.words)),
            ("s:event", literal(claim.event)),
            ("s:tense", literal(claim.tense)),
            ("s:place", literal((place.name or place.text) if place and place.role == "place" else "")),
            ("s:geonames", f"<https://sws.geonames.org/{place.geonames_id}/>" if place and place.geonames_id else ""),
            ("s:earliest", moment(time.earliest) if time else ""),
            ("s:latest", moment(time.latest) if time else ""),
            ("s:low", number(figure.low) if figure else ""),
            ("s:high", number(figure.high) if figure else ""),
            ("s:unit", literal(figure.unit) if figure else ""),
            ("s:of", literal(figure.of) if figure else ""),
            ("s:state", literal(figure.state) if figure else ""),
        ),
    )


def say_provenance(linked: Linked, told: Told, id: str) -> str:
    """Whose word a claim is, through whom, from which words of which report; how sure, how graded, and by whom."""
    report, said, here = told.report, told.attribution, f"{BASE}{id}#"
    source = linked.find_source(told)
    outlet = linked.find_outlet(report)
    agent, paper = f"<urn:uuid:{source.id}>", f"<urn:uuid:{identify_report(report)}>"
    printed = moment(report.published)
    if report.published and not report.published_exact:
        printed = literal(report.published.date().isoformat(), "date")
    quote = f"<{here}quotation>"
    word = name_likelihood(*said.certainty) if said else ""
    about = triples(
        f"<{here}assertion>",
        (
            ("prov:wasAttributedTo", agent),
            ("prov:wasQuotedFrom", paper),
            ("oa:hasTarget", quote),
            ("s:chain", literal(told.way)),
            ("s:stance", literal(said.stance if said else "")),
            ("s:likelihood", literal(word)),
            ("s:origin", literal(told.origin)),
            ("s:credibility", literal(told.grade.grade if told.grade else "")),
            ("s:credibilityBy", literal(name_judge(told.grade.by) if told.grade else "")),
        ),
    )
    words = triples(
        quote,
        (
            ("oa:hasSource", paper),
            ("oa:exact", literal(told.words)),
            ("oa:start", f'"{told.claim.start}"^^xsd:nonNegativeInteger'),
            ("oa:end", f'"{told.claim.end}"^^xsd:nonNegativeInteger'),
        ),
    )
    printed_in = triples(
        paper,
        (
            ("a", "schema:NewsArticle"),
            ("dcterms:identifier", literal(report.id)),
            ("dcterms:title", literal(report.title)),
            ("dcterms:issued", printed),
            ("schema:url", literal(linked.find_address(report), "anyURI")),
            ("dcterms:publisher", f"<urn:uuid:{outlet.id}>"),
        ),
    )
    people = {agent: source.name, f"<urn:uuid:{outlet.id}>": outlet.name}
    named = [triples(who, (("rdfs:label", literal(label)),)) for who, label in people.items()]
    return about + words + printed_in + "".join(named)


def say_info(shared: Shared, id: str, *more: tuple[str, str]) -> str:
    """Who made a nanopublication, when and with what."""
    tool = f"<{make_urn('tool', shared.tool)}>"
    made = literal(say_moment(shared.made), "dateTime")
    said = (("dcterms:created", made), ("dcterms:creator", tool), ("prov:wasGeneratedBy", tool), *more)
    return triples(f"<{BASE}{id}#>", said) + triples(tool, (("rdfs:label", literal(shared.tool)),))


def publish_index(shared: Shared, linked: Linked, asserted: list[Told]) -> str:
    """The index of the nanopublications, which says how many claims have none."""
    id = make_uuid("nanopub-index", shared.title, *(told.claim.id for told in asserted))
    here, left = f"{BASE}{id}#", len(linked.told) - len(asserted)
    elements = [("npx:includesElement", f"<{BASE}{name_claim(told)}#>") for told in asserted]
    says = f"{left} claims that nobody asserts are left out"
    return publish(
        id,
        triples(f"<{here}>", [("dcterms:description", literal(says)), *elements]),
        triples(f"<{here}assertion>", (("prov:wasAttributedTo", f"<{make_urn('tool', shared.tool)}>"),)),
        say_info(shared, id, ("a", "npx:NanopubIndex"), ("rdfs:label", literal(shared.title or "sayso"))),
    )
