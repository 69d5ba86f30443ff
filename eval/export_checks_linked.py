"""What is wrong with a linked export, by validators and readers of its format.

`CHECKS` holds by a format's name the function that takes its bytes and gives its errors, none where all is well.
"""

from __future__ import annotations

import io
import json
import logging
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Node = dict[str, Any]
VOCABULARY = Path(__file__).with_name("schema-org.json")
"""Types and properties of schema.org that are used here, with their domains and ranges, as its release gives them."""
TEXTS = frozenset(("Text", "Date", "DateTime", "URL", "Number", "Integer"))
INDEX = "http://purl.org/nanopub/x/"
ANNOTATION = Path(__file__).with_name("annotation-schema.json")
"""What the Web Annotation Data Model says that an annotation must be."""


def list_nodes(value: Any) -> Iterator[Node]:
    """Every object within a JSON value, outermost first."""
    if isinstance(value, dict):
        yield value
        for inside in value.values():
            yield from list_nodes(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from list_nodes(inside)


def find_doubles(ids: list[str]) -> list[str]:
    """Ids that are given more than once."""
    return [f"{id} is there {times} times" for id, times in Counter(ids).items() if times > 1]


def check_stix(content: bytes) -> list[str]:
    """OASIS's validator of STIX 2.1; and every reference leads to an object of the bundle."""
    from stix2validator import ValidationOptions, validate_string

    found = validate_string(content.decode(), ValidationOptions(version="2.1"))
    wrong = [] if found.is_valid else [str(error) for error in found.errors]
    objects = json.loads(content)["objects"]
    ids = {one["id"] for one in objects}
    for one in objects:
        refs = [ref for key, value in one.items() if key.endswith("_ref") for ref in [value]]
        refs += [ref for key, value in one.items() if key.endswith("_refs") for ref in value]
        wrong += [f"{one['id']} refers to {ref}, which is not there" for ref in refs if ref not in ids]
    return wrong + find_doubles([one["id"] for one in objects])


def check_schema_org(content: bytes) -> list[str]:
    """Types and properties are schema.org's, in their domains, with values of their ranges; no reference is open."""
    vocabulary = json.loads(VOCABULARY.read_text(encoding="utf8"))
    graph = json.loads(content)["@graph"]
    types = {node["@id"]: node["@type"] for node in list_nodes(graph) if "@type" in node and "@id" in node}
    wrong = find_doubles([node["@id"] for node in graph])
    for node in list_nodes(graph):
        if "@type" not in node:
            wrong += [] if node.get("@id") in types else [f"{node} leads nowhere"]
            continue
        kinds = vocabulary["types"].get(node["@type"])
        if kinds is None:
            wrong.append(f"{node['@type']} is no type of schema.org's")
            continue
        for key, value in node.items():
            if not key.startswith("@"):
                wrong += check_property(vocabulary, types, kinds, key, value)
    return wrong


def check_property(vocabulary: Node, types: dict[str, str], kinds: list[str], key: str, value: Any) -> list[str]:
    """What is wrong with a property of a node of some kinds."""
    known = vocabulary["properties"].get(key)
    if known is None or not set(known["domains"]) & set(kinds):
        return [f"{kinds[0]} has no property {key}"]
    wrong = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            kind = one.get("@type") or types.get(one.get("@id", ""), "")
            fits = set(known["ranges"]) & set(vocabulary["types"].get(kind, ()))
        else:
            kind = "Number" if isinstance(one, int | float) else "Text"
            fits = set(known["ranges"]) & (TEXTS if kind == "Text" else {"Number", "Integer", "Text"})
        wrong += [] if fits else [f"{key} of {kinds[0]} is no {kind}"]
    return wrong


def check_prov(content: bytes) -> list[str]:
    """`prov` reads it, every record of it, without a word of warning; and what records speak of is in it."""
    from prov.model import ProvDocument

    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        document = ProvDocument.deserialize(content=content.decode(), format="json")
    whole = json.loads(content)
    wrong = [str(one.message) for one in warned]
    number = sum(len(records) for kind, records in whole.items() if kind != "prefix")
    if len(document.records) != number:
        wrong.append(f"{number} records were written and {len(document.records)} read")
    named = {id for kind in ("entity", "agent", "activity") for id in whole.get(kind, ())}
    ends = [end for kind, records in whole.items() if kind.startswith(("was", "had")) for end in records.values()]
    for end in ends:
        wrong += [f"{to} is not there" for key, to in end.items() if to in find_names(key, to) and to not in named]
    return wrong


def find_names(key: str, value: Any) -> tuple[str, ...]:
    """The value, where it names a record."""
    return (value,) if key.startswith("prov:") and isinstance(value, str) and value.startswith("u:") else ()


def check_nanopub(content: bytes) -> list[str]:
    """`rdflib` reads it; each nanopublication is one for `nanopub`, and the index has them all."""
    from nanopub.nanopub import Nanopub
    from nanopub.utils import MalformedNanopubError
    from rdflib import Dataset, Graph, URIRef

    wrong = []
    whole = Dataset(default_union=True)
    whole.parse(data=content.decode(), format="trig")
    graphs = {str(graph.identifier): graph for graph in whole.graphs()}
    bases = [name.removesuffix("Head") for name in graphs if name.endswith("#Head")]
    indexed = {str(o) for _, _, o in whole.triples((None, URIRef(f"{INDEX}includesElement"), None))}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from rdflib import ConjunctiveGraph

        for base in bases:
            one = ConjunctiveGraph()
            for part in ("Head", "assertion", "provenance", "pubinfo"):
                for triple in graphs.get(base + part, Graph()):
                    one.get_context(URIRef(base + part)).add(triple)
            try:
                wrong += [] if Nanopub(rdf=one).is_valid else [f"{base} is no nanopublication"]
            except MalformedNanopubError as error:
                wrong.append(f"{base}: {error}")
    if indexed != set(bases) - find_indexes(graphs):
        wrong.append("the index has others than are there")
    return wrong


def find_indexes(graphs: dict[str, Any]) -> set[str]:
    """The bases of the nanopublications that are indexes."""
    infos = {name: {str(value) for value in graph.objects()} for name, graph in graphs.items()}
    return {name.removesuffix("pubinfo") for name, values in infos.items() if f"{INDEX}NanopubIndex" in values}


def check_ftm(content: bytes) -> list[str]:
    """`followthemoney` reads it: statements under its own ids, entities valid by its model, values by its types."""
    from followthemoney import model
    from followthemoney.dataset import Dataset
    from followthemoney.exc import InvalidData
    from followthemoney.statement.entity import StatementEntity
    from followthemoney.statement.serialize import read_statements

    wrong = []
    told = defaultdict(list)
    for one in read_statements(io.BytesIO(content), "json"):
        told[one.canonical_id].append(one)
        wrong += [] if one.id == one.generate_key() else [f"{one.id} is not the id of {one}"]
    dataset = Dataset.make({"name": "sayso", "title": "sayso"})
    for id, statements in told.items():
        entity = StatementEntity.from_statements(dataset, statements)
        schema: Any = model.get(entity.schema.name)
        whole: Any = entity.to_dict()
        try:
            schema.validate(whole)
        except InvalidData as error:
            wrong.append(f"{id}: {error} {error.errors}")
        for one in statements:
            kind = schema.get(one.prop).type
            if kind.clean(one.value) is None or len(one.value) > kind.max_length:
                wrong.append(f"{one.prop} of {id} is no {kind.name}: {one.value!r}")
            if kind.name == "entity" and one.value not in told:
                wrong.append(f"{one.prop} of {id} leads nowhere")
    return wrong


def check_annotations(content: bytes) -> list[str]:
    """The data model holds, as a schema has it; no id is given twice, and what annotations speak of is there."""
    from jsonschema import Draft202012Validator

    whole = json.loads(content)
    validator = Draft202012Validator(json.loads(ANNOTATION.read_text(encoding="utf8")))
    wrong = [f"{'/'.join(map(str, error.path))}: {error.message[:160]}" for error in validator.iter_errors(whole)]
    items = whole["first"]["items"]
    ids = {item["id"] for item in items} | {one["source"] for one in list_nodes(items) if "selector" in one}
    for item in items:
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        wrong += [f"{to} is not there" for to in targets if isinstance(to, str) and is_open(to, ids)]
    return wrong + find_doubles([item["id"] for item in items])


def is_open(address: str, ids: set[str]) -> bool:
    """Whether an id of ours is none of an annotation or a report that is there."""
    return address.startswith("urn:") and address not in ids


def check_misp(content: bytes) -> list[str]:
    """`pymisp` reads the event and its templates take every object; references lead to objects of the event."""
    from pymisp import MISPEvent, MISPObject, PyMISPError

    logging.getLogger("pymisp").setLevel(logging.ERROR)
    event = MISPEvent()
    event.load(content)
    wrong = []
    known = {one.uuid for one in event.objects}
    ids = [*known]
    for one in event.objects:
        try:
            strict = MISPObject(one.name, strict=True)
            strict.from_dict(**json.loads(one.to_json()))
            strict.to_json(strict=True)
        except PyMISPError as error:
            wrong.append(f"{one.name} {one.uuid}: {error}")
        ids += [attribute.uuid for attribute in one.attributes] + [reference.uuid for reference in one.references]
        wrong += [
            f"{one.uuid} refers to {reference.referenced_uuid}, which is not there"
            for reference in one.references
            if reference.referenced_uuid not in known
        ]
        wrong += [f"{one.uuid}: an indicator of compromise" for a in one.attributes if a.to_ids]
    return wrong + find_doubles(ids)


CHECKS: dict[str, Callable[[bytes], list[str]]] = {
    "stix": check_stix,
    "schema-org": check_schema_org,
    "prov": check_prov,
    "nanopub": check_nanopub,
    "ftm": check_ftm,
    "annotations": check_annotations,
    "misp": check_misp,
}
"""What finds the errors of a file, by its format."""
