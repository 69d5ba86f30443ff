"""The linked formats: valid whatever words stand in them, nothing asserted that nobody asserts, people told from
machines."""

import importlib.util
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_pictures import MADE, make_picture, make_shared

sys.path.insert(0, str(Path(__file__).parents[3] / "eval"))
from export_checks_linked import CHECKS

from sayso.foresee.scenarios import Belief, Outlook, Scenario, Scenarios
from sayso.harms import clean_text
from sayso.ids import identify_source
from sayso.journey import know, read_all
from sayso.record import Grade, Judgement, Picture, Reading
from sayso.share.exports import Shared, find_format
from sayso.share.exports.linked import make_uuid
from sayso.tell.foreseen import Foreseen

INSTALLED = [name for name in CHECKS if name != "ftm" or importlib.util.find_spec("followthemoney")]
"""FollowTheMoney's own reader is heavy, so that not every installation for tests has it."""
NASTY = (
    "\u202egnp.exe\u202c \x00\x1b[31m\x7f\u2028",
    '"""\\" . } <urn:x> a <urn:y> . \\u0022 \\',
    "\ud800\ufffe\uffff",
    "\r\n\t",
    "\u200b‘’“”«»",
    "x" * 70_000,
)


EXAMPLE = Path(__file__).parents[3] / "examples" / "baltimore"


@pytest.fixture(scope="module")
def example() -> Shared:
    """What is exported of the first reports of an example that comes with sayso; eval/exports.py has them all."""
    reports = [str(path) for path in sorted(EXAMPLE.iterdir())[:4]]
    picture = know(item for item in read_all(reports) if isinstance(item, Reading))
    return Shared(picture=picture, title="baltimore", made=MADE, tool="sayso 1")


def write(name: str, shared: Shared) -> bytes:
    return find_format(name).write(shared)


@pytest.mark.parametrize("words", NASTY, ids=range(len(NASTY)))
@pytest.mark.parametrize("name", INSTALLED)
def test_no_words_break_a_format(name: str, words: str) -> None:
    assert CHECKS[name](write(name, make_shared(words))) == []


@pytest.mark.parametrize("name", INSTALLED)
@settings(max_examples=10, deadline=None)
@given(words=st.text(st.characters(codec=None), max_size=40))
def test_nor_do_any_others(name: str, words: str) -> None:
    content = write(name, make_shared(words))
    assert CHECKS[name](content) == []
    assert content == write(name, make_shared(words))


@pytest.mark.parametrize("name", INSTALLED)
def test_a_picture_of_nothing_is_valid_too(name: str) -> None:
    assert CHECKS[name](write(name, Shared(picture=Picture(readings=()), made=MADE, tool="sayso 1"))) == []


@pytest.mark.parametrize("name", INSTALLED)
@pytest.mark.parametrize("year", [1, 9999])
def test_so_is_one_at_the_ends_of_the_calendar(name: str, year: int) -> None:
    """A day by a clock ahead of ours at the beginning of time, or behind it at its end, has no form in UTC."""
    day, zone = ("0001-01-01", "+14:00") if year == 1 else ("9999-12-31", "-12:00")
    edge = datetime.fromisoformat(f"{day}T12:00:00{zone}")
    shared = make_shared()
    readings = tuple(
        replace(r, report=replace(r.report, published=edge, retrieved=edge)) for r in shared.picture.readings
    )
    assert CHECKS[name](write(name, replace(shared, picture=replace(shared.picture, readings=readings)))) == []


@pytest.mark.parametrize("name", INSTALLED)
def test_an_example_is_valid_in_every_format(name: str, example: Shared) -> None:
    assert CHECKS[name](write(name, example)) == []


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "stix": lambda content: content.replace(b'"opinion": "agree"', b'"opinion": "maybe"', 1),
    "schema-org": lambda content: content.replace(b'"creditText"', b'"credits"', 1),
    "prov": lambda content: content.replace(b'"prov:usedEntity": "u:', b'"prov:usedEntity": "u:0', 1),
    "nanopub": lambda content: content.replace(b"np:hasProvenance", b"np:hasProof", 1),
    "ftm": lambda content: content.replace(b'"prop": "title"', b'"prop": "name"', 1),
    "annotations": lambda content: content.replace(b'"TextQuoteSelector"', b'"QuoteSelector"', 1),
    "misp": lambda content: content.replace(b'"object_relation": "text"', b'"object_relation": "words"', 1),
}


@pytest.mark.parametrize("name", INSTALLED)
def test_a_check_finds_what_is_wrong(name: str) -> None:
    """A check that finds nothing in a spoilt file would prove nothing of a good one."""
    content = write(name, make_shared())
    assert SPOILT[name](content) != content
    assert CHECKS[name](SPOILT[name](content))


NOT_ASSERTED: list[dict[str, Any]] = [
    *({"stands": stands} for stands in ("denied", "asked", "supposed", "withdrawn", "misquoted", "open")),
    {"polarity": "negative"},
    {"tense": "planned"},
    {"tense": "hypothetical"},
]


@pytest.mark.parametrize("claimed", NOT_ASSERTED, ids=str)
@pytest.mark.parametrize("name", ["schema-org", "nanopub", "ftm"])
def test_formats_without_a_word_for_it_leave_out_what_nobody_asserts(name: str, claimed: dict[str, Any]) -> None:
    content = write(name, make_shared(**claimed))
    assert b"12 people" in content and b"14 people" not in content
    assert name == "ftm" or b"1 claims that nobody asserts" in content


STANCES = ("denies", "declines", "asks", "orders", "promises", "predicts", "suspects")


@pytest.mark.parametrize("claimed", [*NOT_ASSERTED, *({"stance": stance} for stance in STANCES)], ids=str)
def test_formats_with_a_word_for_it_say_so(claimed: dict[str, Any]) -> None:
    shared = claim_otherwise(**claimed)
    negative = claimed == {"polarity": "negative"}
    note = find_note(shared, "cb")
    assert note["content"].startswith("Claim (said not to be so): “14" if negative else "Not asserted (")
    opinions = [
        one["opinion"]
        for one in list_stix(shared, "opinion")
        if "reported" in one["labels"] and one["object_refs"] == [note["id"]]
    ]
    assert opinions in ([["agree"]] if negative else ([], ["strongly-disagree"]))
    told = json.loads(write("prov", shared))
    claim = f"u:{make_uuid('claim', 'cb')}"
    attributed = {one["prov:entity"] for one in told["wasAttributedTo"].values()}
    assert (claim in attributed) is negative
    assert told["entity"][claim]["s:stands"] != "asserted"
    (marked,) = [one for one in list_annotations(shared, "describing") if is_marked(one, "14 people")]
    assert marked["body"][1]["value"] != "stands: asserted"
    event = json.loads(write("misp", shared))["Event"]
    (noted,) = [one for one in event["Object"] if one["uuid"] == make_uuid("claim", "cb")]
    assert "claimed-by" not in {one["relationship_type"] for one in noted["ObjectReference"]} or negative
    assert not noted["Attribute"][0]["value"].startswith("Claim:")


def claim_otherwise(**claimed: Any) -> Shared:
    """The small picture whose second claim stands otherwise, or is said with another stance."""
    stance = claimed.pop("stance", "")
    shared = make_shared(**claimed)
    if not stance:
        return shared
    first, second = shared.picture.readings
    said = replace(second.attributions[0], stance=stance)
    return replace(shared, picture=replace(shared.picture, readings=(first, replace(second, attributions=(said,)))))


def list_stix(shared: Shared, type: str) -> list[dict[str, Any]]:
    return [one for one in json.loads(write("stix", shared))["objects"] if one["type"] == type]


def find_note(shared: Shared, claim: str) -> dict[str, Any]:
    (note,) = [one for one in list_stix(shared, "note") if one["id"] == f"note--{make_uuid('claim', claim)}"]
    return note


def list_annotations(shared: Shared, motivation: str) -> list[dict[str, Any]]:
    items = json.loads(write("annotations", shared))["first"]["items"]
    return [one for one in items if motivation in one["motivation"]]


def is_marked(one: dict[str, Any], words: str) -> bool:
    return isinstance(one["target"], dict) and one["target"]["selector"][0]["exact"].startswith(words)


def test_a_claim_is_asserted_with_its_words_span_report_and_chain() -> None:
    shared = make_shared()
    text = shared.picture.readings[0].report.text
    note = find_note(shared, "ca")
    (told,) = note["extensions"].values()
    assert note["content"] == "Claim: “12 people were killed in Soldau” (Wire a ← Anna Wit (governor))"
    assert told["words"] == text[told["start"] : told["end"]] == "12 people were killed in Soldau"
    assert told["chain"] == ["Wire a", "Anna Wit (governor)"]
    entity = json.loads(write("prov", shared))["entity"][f"u:{make_uuid('claim', 'ca')}"]
    assert entity["prov:value"] == text[entity["s:start"] : entity["s:end"]]
    (claim, _) = [one for one in json.loads(write("schema-org", shared))["@graph"] if one["@type"] == "Claim"]
    assert (claim["text"], claim["creditText"]) == (told["words"], "Wire a ← Anna Wit (governor)")
    assert claim["identifier"][1]["value"] == f"{told['start']}-{told['end']}"


@pytest.mark.parametrize("words", ["", "\U0001f30d\u202e\x00é"])
def test_annotations_find_their_words_by_position(words: str) -> None:
    shared = make_shared(words)
    texts = {clean_text(reading.report.text) for reading in shared.picture.readings}
    passages = [one["target"] for one in list_annotations(shared, "describing") if isinstance(one["target"], dict)]
    assert len(passages) == 2
    for passage in passages:
        quote, place = passage["selector"]
        around = quote.get("prefix", "") + quote["exact"] + quote.get("suffix", "")
        assert any(t[place["start"] : place["end"]] == quote["exact"] and around in t for t in texts)


def grade_claims(*grades: Grade) -> Shared:
    judgement = Judgement(id="j", kind="grade", about="claim", target="sa", by="ana", at=MADE, reason="so", value="5")
    picture = replace(make_picture(), grades=grades, judgements=(judgement,))
    return replace(make_shared(), picture=picture)


def test_two_questions_under_one_id_are_two() -> None:
    (point,) = make_picture().points
    points = (point, replace(point, question="How many were killed or wounded?"))
    shared = replace(make_shared(), picture=replace(make_picture(), points=points))
    graph = json.loads(write("schema-org", shared))["@graph"]
    assert len({one["@id"] for one in graph if one["@type"] == "Question"}) == 2
    assert len([one for one in list_stix(shared, "grouping") if one["labels"] == ["point"]]) == 2
    assert all(CHECKS[name](write(name, shared)) == [] for name in INSTALLED)


def test_what_was_reckoned_is_no_answer_that_somebody_gave() -> None:
    (point,) = make_picture().points
    reckoned = replace(point.values[0], words="24 (reckoned)", low=24.0, high=24.0)
    shared = replace(
        make_shared(),
        picture=replace(make_picture(), points=(replace(point, values=(reckoned, point.values[1]), relations=()),)),
    )
    (asked,) = [one for one in json.loads(write("schema-org", shared))["@graph"] if one["@type"] == "Question"]
    assert [one["text"] for one in asked["suggestedAnswer"]] == ["14"]


def test_a_review_is_a_persons_word_alone() -> None:
    suggested = Grade(about="claim", target="ca", grade="2", why="others say so")
    graph = json.loads(write("schema-org", grade_claims(suggested)))["@graph"]
    assert not [one for one in graph if one["@type"] == "ClaimReview" or "reviewRating" in one]
    graph = json.loads(write("schema-org", grade_claims(replace(suggested, grade="5", by="ana"))))["@graph"]
    (review,) = [one for one in graph if one["@type"] == "ClaimReview"]
    assert review["author"]["name"] == "ana" and review["datePublished"] == "2031-06-01"
    assert (review["reviewRating"]["ratingValue"], review["reviewRating"]["alternateName"]) == (1, "Improbable")
    graph = json.loads(write("schema-org", grade_claims(replace(suggested, grade="6", by="ana"))))["@graph"]
    (review,) = [one for one in graph if one["@type"] == "ClaimReview"]
    assert "ratingValue" not in review["reviewRating"]


@pytest.mark.parametrize(("grade", "confidence"), [("1", 90), ("3", 50), ("5", 10), ("6", None)])
def test_credibility_is_on_the_scale_of_the_standard(grade: str, confidence: int | None) -> None:
    note = find_note(grade_claims(Grade(about="claim", target="ca", grade=grade, why="so")), "ca")
    assert note.get("confidence") == confidence


def test_markings_and_tags_say_who_graded() -> None:
    shared = make_shared()
    says = {one["definition"]["statement"] for one in list_stix(shared, "marking-definition")}
    assert says == {
        "Admiralty code, credibility 2: probably true; suggested by machine",
        "Admiralty code, reliability B: usually reliable; judged by ana",
    }
    event = json.loads(write("misp", shared))["Event"]
    tags = {tag["name"] for one in event["Object"] for tag in one["Attribute"][0].get("Tag", ())}
    assert 'admiralty-scale:information-credibility="2"' in tags and 'sayso:graded-by="machine"' in tags
    assert 'admiralty-scale:source-reliability="b"' in tags and 'sayso:graded-by="analyst ana"' in tags
    (machine,) = [one for one in list_annotations(shared, "assessing") if one["creator"]["type"] == "Software"]
    assert machine["body"][0]["value"] == "Admiralty code, credibility 2, machine"


def test_a_scenario_has_its_likelihood_as_confidence() -> None:
    made = Scenarios(id="s", title="What next?", exclusive=False, by="ana", at=MADE)
    one = Scenario(key="S1", name="More shells", by="ana", at=MADE)
    held = Belief(scenario="S1", probability=0.6, by="ana", at=MADE)
    outlook = Outlook(scenario=one, beliefs=(held,), low=0.6, mean=0.6, high=0.6, indicated=None, indicators=())
    shared = replace(make_shared(), foreseen=Foreseen(scenarios=((made, (outlook,)),)))
    (note,) = [one for one in list_stix(shared, "note") if "scenario" in one["labels"]]
    assert (note["confidence"], note["authors"]) == (70, ["ana"])
    assert all(CHECKS[name](write(name, shared)) == [] for name in INSTALLED)


def test_the_same_thing_has_the_same_id_in_every_export() -> None:
    shared = make_shared()
    later = replace(shared, made=MADE + timedelta(days=1), title="another")
    for type in ("note", "report", "identity", "relationship", "opinion"):
        ids = {one["id"]: one["created"] for one in list_stix(shared, type)}
        assert ids and ids == {one["id"]: one["created"] for one in list_stix(later, type)}


def test_statements_have_the_ids_that_followthemoney_gives() -> None:
    """The expected one is what its library 4.11 gave."""
    lines = map(json.loads, write("ftm", make_shared()).splitlines())
    (line,) = [one for one in lines if one["prop"] == "name" and one["value"] == "Anna Wit"]
    assert (line["schema"], line["entity_id"]) == ("Person", make_uuid("agent", "Anna Wit"))
    assert line["id"] == "96122a9834afbd4e665f51c5f76338bbb7ce2ddf"


@pytest.mark.parametrize("name", INSTALLED)
def test_two_reports_under_one_name_are_two(name: str) -> None:
    """Files of two origins may call their reports the same; their digests tell them apart."""
    first, second = make_picture().readings
    other = replace(second, report=replace(second.report, id="a"), attributions=(), claims=())
    shared = replace(make_shared(), picture=replace(make_picture(), readings=(other, first)))
    content = write(name, shared)
    assert CHECKS[name](content) == []
    assert name in ("nanopub", "annotations") or (b"wire.example/a" in content and b"wire.example/b" in content)
    assert b"12 people" in content


def name_speaker(**speaker: Any) -> Shared:
    """The small picture whose source is called otherwise."""
    readings = []
    for reading in make_picture().readings:
        (said,) = reading.attributions
        named = replace(said, speaker=replace(said.speaker, **speaker)) if said.speaker else said
        readings.append(replace(reading, attributions=(named,)))
    return replace(make_shared(), picture=replace(make_picture(), readings=tuple(readings), grades=()))


@pytest.mark.parametrize(
    ("speaker", "count", "sort"),
    [
        ({}, 1, "individual"),
        ({"name": "the governor's office", "kind": "organisation", "role": ""}, 1, "organization"),
        ({"name": "two officials", "kind": "official", "anonymous": True, "role": ""}, 2, "unspecified"),
        ({"name": "the minutes of the council", "kind": "document", "role": ""}, 1, "unspecified"),
    ],
    ids=str,
)
def test_who_is_who_goes_by_identity(speaker: dict[str, Any], count: int, sort: str) -> None:
    """A person is one in two reports; officials whom nobody names are others in each."""
    shared = name_speaker(**speaker)
    name = speaker.get("name", "Anna Wit")
    found = [one for one in list_stix(shared, "identity") if one["name"] == name]
    assert (len(found), {one["identity_class"] for one in found}) == (count, {sort})
    papers = [one["identity_class"] for one in list_stix(shared, "identity") if one["name"].startswith("Wire")]
    assert papers == ["organization", "organization"]
    entities = {line["value"] for line in map(json.loads, write("ftm", shared).splitlines()) if line["prop"] == "name"}
    assert (name in entities) is (sort in ("individual", "organization"))


def test_a_denial_lends_its_credibility_to_no_claim() -> None:
    """That it was denied is probably true: whoever reads the note must not take what is denied for that."""
    for stands, confidence in (("asserted", 70), ("denied", None)):
        grade = Grade(about="claim", target="cb", grade="2", why="so")
        shared = make_shared(stands=stands)
        note = find_note(replace(shared, picture=replace(shared.picture, grades=(grade,))), "cb")
        assert note.get("confidence") == confidence and ("object_marking_refs" in note) is (confidence is not None)
        assert next(iter(note["extensions"].values()))["credibility"]["grade"] == "2"


def test_a_judgement_is_signed_and_leads_to_what_is_judged() -> None:
    source = Judgement(
        id="j",
        kind="grade",
        about="source",
        target=identify_source("Anna Wit"),
        by="ana",
        at=MADE,
        reason="so",
        value="B",
    )
    claims = Judgement(id="k", kind="relate", about="claim", target="sa", other="sb", by="bo", at=MADE, reason="no")
    shared = replace(make_shared(), picture=replace(make_picture(), judgements=(source, claims)))
    graded, related = [one for one in list_stix(shared, "note") if "judgement" in one["labels"]]
    assert (graded["authors"], related["authors"]) == (["ana"], ["bo"])
    assert f"identity--{make_uuid('agent', 'Anna Wit')}" in graded["object_refs"]
    assert {f"note--{make_uuid('claim', claim)}" for claim in ("ca", "cb")} < set(related["object_refs"])
    (annotated,) = [one for one in list_annotations(shared, "assessing") if one["creator"]["type"] == "Person"]
    assert (annotated["creator"]["name"], len(annotated["target"])) == ("bo", 2)
    influences = json.loads(write("prov", shared))["wasInfluencedBy"].values()
    assert len([one for one in influences if one["s:as"] == "judgement"]) == 3
    assert all(CHECKS[name](write(name, shared)) == [] for name in INSTALLED)
