"""What a model says of two reports: truth is anchored and marked, and whatever else it says changes nothing."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.advise.advisers import Adviser, Budget, say_tally
from sayso.advise.endpoints import Endpoint
from sayso.advise.pairs import PairAdvice
from sayso.advise.pictures import advise_picture, advise_reading, keep_proposals, load_proposals
from sayso.advise.sources import propose_sources
from sayso.extract import read_report
from sayso.journey import know, know_ledger, tell
from sayso.ledger import open_ledger
from sayso.read.dates import parse_published
from sayso.read.reports import digest_report
from sayso.record import MODEL, Brief, Picture, Reading, Report
from sayso.tables import load_toml
from sayso.tell.faces import render_face
from sayso.weigh import weigh_readings
from sayso.weigh.facts import gather_facts
from sayso.weigh.matching.advice import YES, heed_advice
from sayso.weigh.matching.units import Unit, list_units
from sayso.weigh.origins import trace_origins

TEXTS = {
    "a": "The ferry Alba sank off Kelmar at dawn, and thirty people are missing.\n\n"
    "So wrote Ivo Marsh of the coast guard – twelve lifeboats of the Alba were empty at dawn.\n\n"
    "Two tugs were sent to the wreck, the port of Kelmar said. The channel is shut, the port of Kelmar said.",
    "b": "The ferry Alba sank off Kelmar, and at least 34 people are missing, the coast guard said on Friday. "
    "Two tugs were sent to the wreck of the Alba, the coast guard said. The channel to Kelmar was shut at noon, "
    "the coast guard said.",
}


def read(name: str) -> Reading:
    moment = parse_published("2031-05-01T09:00:00+00:00")
    report = Report(
        id=name, text=TEXTS[name], outlet=f"Outlet {name}", title="Ferry sinks", language="en",
        published=moment[0] if moment else None,
    )  # fmt: skip
    return read_report(replace(report, digest=digest_report(report)))


READINGS = tuple(map(read, TEXTS))
FLOOR = know(READINGS)
FLOOR_BRIEF = tell(FLOOR)
BY = MODEL + "m"


def make(say: Callable[[str, Any], Any], calls: int = 500) -> Adviser:
    def send(endpoint: Endpoint, request: bytes, seconds: float) -> str:
        body = msgspec.json.decode(request)
        said = say(
            body["response_format"]["json_schema"]["name"],
            msgspec.json.decode(body["messages"][1]["content"].rpartition("\n\n")[2]),
        )
        return said if isinstance(said, str) else msgspec.json.encode(said).decode()

    return Adviser(
        endpoint=Endpoint(address="http://h", model="m"), budget=Budget(calls=calls, tokens=10**9), send=send
    )


def honest(form: str, data: dict[str, Any]) -> Any:
    """A model that knows its trade."""
    if form == "Named":
        return {"source": "Ivo Marsh of the coast guard", "cue": "wrote"}
    if form == "Same":
        controls = load_toml("prompts.toml")["same"]["controls"]
        return {"same": next((c["same"] for c in controls if c["second"] == data["second"]["statement"]), "yes")}
    if form == "Asked":
        return {"question": "How many people are missing?"}
    return {"sentences": [{"parts": [{"statement": int(n), "words": w} for n, w in data["statements"].items()][:2]}]}


def list_proposed(picture: Picture) -> list[tuple[str, str]]:
    """Source and cue of each attribution that a model proposed, in the words of their reports."""
    return [
        (r.report.text[slice(*a.source[0])], r.report.text[slice(*a.cue[0])])
        for r in picture.readings
        for a in r.attributions
        if a.by.startswith(MODEL)
    ]


def list_sentences(brief: Brief) -> set[str]:
    return {s.text for section in brief.sections for s in section.sentences}


def test_a_source_that_stands_in_the_sentence_is_taken_and_signed() -> None:
    adviser = make(honest)
    picture = advise_picture(adviser, READINGS)
    assert list_proposed(picture) == [("Ivo Marsh of the coast guard", "wrote")]
    assert adviser.tally.kept > 0
    values = [v for point in picture.points for v in point.values if v.by]
    assert values and all(v.by == BY and v.source == "Ivo Marsh of the coast guard" for v in values)


def test_what_extraction_found_stays_as_it_is() -> None:
    advised = advise_reading(make(honest), READINGS[0])
    assert advised.attributions[: len(READINGS[0].attributions)] == READINGS[0].attributions
    (changed,) = (n for n, c in enumerate(READINGS[0].claims) if advised.claims[n] != c)
    assert (
        replace(advised.claims[changed], attribution=READINGS[0].claims[changed].attribution)
        == (READINGS[0].claims[changed])
    )


def test_a_brief_says_in_every_face_what_a_model_proposed() -> None:
    adviser = make(honest)
    brief = tell(know(READINGS, adviser=adviser), adviser=adviser)
    (section,) = (section for section in brief.sections if section.id == "advised")
    assert all(s.by == BY and f"proposed by {BY}" in s.detail and s.claims for s in section.sentences)
    for face in ("md", "html", "json", "txt"):
        assert BY in render_face(brief, face).decode("utf8").replace("\\", ""), face
    assert BY not in render_face(FLOOR_BRIEF, "json").decode("utf8")


def test_what_is_shown_to_the_model_is_bounded() -> None:
    text = "So wrote Ivo Marsh of the coast guard – twelve lifeboats of the Alba were empty " + "and wet " * 4000
    shown: list[dict[str, str]] = []
    list(
        propose_sources(
            make(lambda form, data: shown.append(data) or ""), [read_report(Report(id="x", text=text)), READINGS[0]]
        )
    )
    assert shown and all(len(data["sentence"]) <= 700 and data["said"] in data["sentence"] for data in shown)


LIES = {
    "a source of its own": {"source": "President Bell", "cue": "wrote"},
    "a source in another case": {"source": "ivo marsh of the coast guard", "cue": "wrote"},
    "half a word": {"source": "Ivo Mar", "cue": "wrote"},
    "a cue of its own": {"source": "Ivo Marsh of the coast guard", "cue": "admitted"},
    "a word that is no cue": {"source": "Ivo Marsh of the coast guard", "cue": "empty"},
    "a pronoun": {"source": "he", "cue": "wrote"},
    "the claim itself": {"source": "lifeboats", "cue": "wrote"},
    "the whole sentence": {"source": "So wrote Ivo Marsh of the coast guard", "cue": "wrote"},
    "a tool": '{"tool_calls": [{"function": {"name": "fetch", "arguments": "http://h"}}]}',
    "HTML": "<script>alert(1)</script>",
    "half JSON": '{"source": "Ivo Marsh of the coast guard", "cue": "to',
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_about_a_source_is_dropped(lie: str) -> None:
    adviser = make(lambda form, data: LIES[lie] if form == "Named" else "")
    assert advise_picture(adviser, READINGS) == FLOOR
    assert adviser.tally.dropped > 0 == adviser.tally.kept


PROSE_LIES = [
    [{"statement": 1, "words": "Ninety people are missing"}],
    [{"statement": 99, "words": "The channel is shut"}],
    [{"statement": -1, "words": "The channel is shut"}],
    [{"statement": 1, "words": ""}],
    [],
]


@pytest.mark.parametrize("parts", PROSE_LIES)
def test_prose_that_is_not_of_claims_is_dropped(parts: list[Any]) -> None:
    adviser = make(lambda form, data: {"sentences": [{"parts": parts}]} if form == "Told" else "")
    assert tell(FLOOR, adviser=adviser).sections == FLOOR_BRIEF.sections
    assert adviser.tally.kept == 0


def test_a_statement_twice_is_no_sentence() -> None:
    def twice(form: str, data: Any) -> Any:
        part = {"statement": 1, "words": data["statements"]["1"]} if form == "Told" else {}
        return {"sentences": [{"parts": [part, part]}]}

    assert tell(FLOOR, adviser=make(twice)).sections == FLOOR_BRIEF.sections


WORDS = st.sampled_from([w for text in TEXTS.values() for w in text.split()] + ["not", "Bell", "77", "2019", "“ha”"])
PHRASES = st.lists(WORDS, max_size=9).map(" ".join) | st.text(max_size=40)
PARTS = st.lists(st.fixed_dictionaries({"statement": st.integers(-2, 9), "words": PHRASES}), max_size=3)
ANSWERS = (
    st.fixed_dictionaries({"source": PHRASES, "cue": PHRASES | st.sampled_from(["said", "told", "wrote"])})
    | st.fixed_dictionaries({"same": st.sampled_from(["yes", "no", "unsure", "maybe"])})
    | st.fixed_dictionaries({"question": PHRASES.map(lambda words: f"How many {words}?") | PHRASES})
    | st.fixed_dictionaries({"sentences": st.lists(st.fixed_dictionaries({"parts": PARTS}), max_size=3)})
    | st.text(max_size=60)
)


@settings(max_examples=25, deadline=None)
@given(st.lists(ANSWERS, min_size=1, max_size=12))
def test_whatever_is_answered_nothing_unanchored_comes_through(answers: list[Any]) -> None:
    told = iter(answers * 500)
    adviser = make(lambda form, data: next(told))
    picture = know(READINGS, adviser=adviser)
    brief = tell(picture, adviser=adviser)
    sentences = [s for text in TEXTS.values() for s in text.replace("\n", " ").split(". ")]
    for source, cue in list_proposed(picture):
        assert any(source in sentence and cue in sentence for sentence in sentences)
    said = " ".join(TEXTS.values()).casefold()
    for point in picture.points:
        if point.asked_by:
            assert all(w in said or w in ("many", "how") for w in point.question.rstrip("?").casefold().split())
    for section in brief.sections:
        for sentence in section.sentences if section.id == "advised" else ():
            claims = [c.text for r in picture.readings for c in r.claims if c.id in sentence.claims]
            body = sentence.text.partition("(")[0].rpartition(",")[0]
            assert all(part.casefold().strip(" .") in " ".join(claims).casefold() for part in body.split(", and "))
    if not any((adviser.tally.kept, list_proposed(picture))):
        assert picture == FLOOR and list_sentences(brief) == list_sentences(FLOOR_BRIEF)


def test_proposals_are_kept_in_the_ledger_by_the_model_and_used_without_asking(tmp_path: Any) -> None:
    with open_ledger(str(tmp_path / "l.db")) as ledger:
        for reading in READINGS:
            ledger.add_reading(reading, extractor="x")
        assert keep_proposals(ledger, make(honest), ledger.readings()) == 1
        assert keep_proposals(ledger, make(honest), ledger.readings()) == 0
        (kept,) = ledger.assessments("proposal")
        assert kept.by == BY and not ledger.judgements() and not list(ledger.verify())
        assert know_ledger(ledger).points == know(ledger.readings()).points
        silent = make(lambda form, data: "")
        assert list_proposed(know_ledger(ledger, adviser=silent)) == [("Ivo Marsh of the coast guard", "wrote")]


def test_a_planted_proposal_changes_nothing(tmp_path: Any) -> None:
    with open_ledger(str(tmp_path / "l.db")) as ledger:
        for reading in READINGS:
            ledger.add_reading(reading, extractor="x")
        keep_proposals(ledger, make(honest), ledger.readings())
        made = msgspec.to_builtins(load_proposals(ledger)[0])
    planted = [
        {**made, "source": [0, 99_999]},
        {**made, "source": [-5, 3]},
        {**made, "seat": READINGS[1].claims[0].seat},
        {**made, "by": "ana"},
        {**made, "stance": "denies!"},
        {"seat": 7},
        [],
    ]
    with open_ledger(str(tmp_path / "m.db")) as ledger:
        for reading in READINGS:
            ledger.add_reading(reading, extractor="x")
        ledger.assess_all(("proposal", body, BY, "", None) for body in planted)
        assert list_proposed(know_ledger(ledger, adviser=make(lambda form, data: ""))) == []


def test_what_an_analyst_judged_goes_before_what_a_model_proposed(tmp_path: Any) -> None:
    with open_ledger(str(tmp_path / "l.db")) as ledger:
        for reading in READINGS:
            ledger.add_reading(reading, extractor="x")
        keep_proposals(ledger, make(honest), ledger.readings())
        seat = load_proposals(ledger)[0].seat
        ledger.judge("attribute", seat, by="ana", reason="heard it", value="Lena Voss")
        picture = know_ledger(ledger, adviser=make(lambda form, data: ""))
    (claim,) = (c for r in picture.readings for c in r.claims if c.seat == seat)
    reading = next(r for r in picture.readings if claim in r.claims)
    assert reading.attributions[claim.attribution or 0].by == "ana"


UNITS = list_units(gather_facts(READINGS, *trace_origins(READINGS)), READINGS)
PAIR = tuple(next(unit for unit in UNITS if unit.fact.report.id == name) for name in TEXTS)


@pytest.mark.parametrize("word", ["yes", "no", "unsure"])
def test_a_model_that_says_one_word_to_everything_is_found_out(word: str) -> None:
    adviser = make(lambda form, data: {"same": word})
    advice = PairAdvice(adviser)
    assert [advice.judge(*PAIR) for _ in range(5)] == [None] * 5
    assert adviser.tally.unfit and adviser.tally.asked <= 2
    assert any("did not know pairs that are known" in line for line in say_tally(adviser))


def test_a_model_that_knows_the_known_pairs_is_heard() -> None:
    assert PairAdvice(make(honest)).judge(*PAIR) is True


def test_advice_moves_only_pairs_in_doubt_of_different_reports() -> None:
    heard: list[tuple[str, str]] = []

    class Advice:
        by = BY

        def judge(self, a: Unit, b: Unit) -> bool:
            heard.append((a.fact.report.id, b.fact.report.id))
            return True

    likely = np.array([[1.0, 0.5, 0.1], [0.5, 1.0, 0.45], [0.1, 0.45, 1.0]], np.float32)
    first, second = PAIR
    heed_advice(likely, [first, second, second], 0.45, Advice())
    assert heard == [("a", "b")]
    assert likely[0, 1] == likely[1, 0] == np.float32(YES) and likely[0, 2] == np.float32(0.1)
    assert likely[1, 2] == np.float32(0.45)


def test_points_that_advice_changed_are_signed() -> None:
    class Advice:
        by = BY

        def judge(self, a: Unit, b: Unit) -> bool:
            return True

    points = weigh_readings(READINGS, advice=Advice()).points
    floor = {tuple(v.claim for v in p.values) for p in FLOOR.points}
    assert all((tuple(v.claim for v in p.values) in floor) or p.matched_by == BY for p in points)
