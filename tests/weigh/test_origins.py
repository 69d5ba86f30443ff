"""Origins of made-up stories: relays, copies, aggregators, statements, updates."""

import random
from dataclasses import replace
from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.record import Attribution, Claim, Origin, Provenance, Reading, Report, Speaker
from sayso.weigh.origins import count_independent, trace_origins

DAM_SCOOP = (
    "Cracks wide enough for a hand have opened in the spillway of the Orla dam, according to two engineers who spoke "
    "on condition of anonymity.\nDivers found 43 fissures during an inspection in March, and a turbine hall was "
    "quietly emptied. The operator hired a Tyrolean contractor to inject resin at night.\nThe reservoir stands four "
    "metres below its usual level, and anglers complain of dead trout."
)
FLOOD_WIRE = (
    "VELM (Reuters) - The river Sarn burst its banks on Tuesday and drove 900 families from the lower town, the "
    "emergency ministry of Moldova said.\nBoats carried people from roofs through the night, and the ministry opened "
    "two schools as shelters. A bakery sent bread for everyone.\nForecasters expect the water to fall by the weekend."
)


def make_reading(text: str, *said: tuple[str, str, Speaker], **fields: object) -> Reading:
    """A reading with attributions given as (source words, cue words, speaker), each at its first place in the text."""
    when = fields.pop("published", None)
    report = Report(
        text=text,
        published=datetime.fromisoformat(str(when)) if when else None,
        **fields,  # type: ignore[arg-type]
    )
    attributions = []
    for source, cue, speaker in said:
        s = text.index(source)
        c = text.index(cue, s) if cue in text[s:] else text.index(cue)
        spans = ((s, s + len(source)),), ((c, c + len(cue)),), ((0, len(text.split("\n")[0])),)
        attributions.append(Attribution(source=spans[0], cue=spans[1], content=spans[2], speaker=speaker))
    return Reading(report=report, attributions=tuple(attributions))


def trace(*readings: Reading) -> tuple[dict[str, Provenance], dict[str, Origin]]:
    provenance, origins = trace_origins(readings)
    return {p.report: p for p in provenance}, {o.name: o for o in origins}


def scoop(**changes: object) -> Reading:
    fields: dict[str, object] = {
        "id": "scoop",
        "outlet": "The Guardian",
        "title": "Dam cracks",
        "published": "2024-05-02T18:00+01:00",
    }
    officials = ("two engineers", "according to", Speaker(name="two engineers", kind="official", anonymous=True))
    return make_reading(DAM_SCOOP, officials, **{**fields, **changes})


def test_a_relay_goes_back_to_the_outlet_it_names():
    text = (
        "The Orla dam is cracked, the Guardian reported on Thursday, citing two engineers. Divers counted 43 fissures "
        "in the spillway.\nThe operator did not answer the phone."
    )
    relay = make_reading(text, id="relay", outlet="Lowland Courier", published="2024-05-03T09:00+02:00")
    found, origins = trace(relay, scoop())
    assert found["relay"].origins == found["scoop"].origins
    link = found["relay"].because[0]
    assert (link.kind, link.report, link.outlet) == ("cites", "scoop", "The Guardian")
    assert "the Guardian reported" in link.text
    assert origins[found["scoop"].origins[0]].reports == ("scoop", "relay")


def test_two_relays_of_a_report_not_at_hand_share_an_origin():
    first = make_reading(
        "Cracks have opened in the Orla dam, the Guardian reported on Thursday, citing engineers.",
        id="a",
        outlet="Lowland Courier",
        published="2024-05-03T09:00+02:00",
    )
    second = make_reading(
        "The Orla dam has cracks in its spillway, according to the Guardian.",
        id="b",
        outlet="Hill Gazette",
        published="2024-05-03T12:00+02:00",
    )
    found, _ = trace(first, second)
    assert found["a"].origins == found["b"].origins
    assert found["a"].origins[0].startswith("The Guardian")


def test_a_wire_copy_with_its_credit_stripped_shares_the_wires_origin():
    ministry = (
        "the emergency ministry of Moldova",
        "said",
        Speaker(name="emergency ministry of Moldova", kind="organisation"),
    )
    wire = make_reading(
        FLOOD_WIRE, ministry, id="wire", outlet="Reuters", author="Reuters", published="2024-07-02T10:00+00:00"
    )
    stripped = FLOOD_WIRE.replace("VELM (Reuters) - ", "").replace("through the night", "all night")
    copy = make_reading(stripped, id="copy", outlet="Dock Street Daily", published="2024-07-02T15:00+00:00")
    found, origins = trace(copy, wire)
    assert found["copy"].origins == found["wire"].origins == ("Moldova: emergency, 2 Jul 2024",)
    assert [(link.kind, link.report) for link in found["copy"].because] == [("copy", "wire")]
    assert found["copy"].because[0].text in " ".join(stripped.split())
    assert origins["Moldova: emergency, 2 Jul 2024"].group == "Moldova: government"


def test_an_aggregator_without_credit_is_found_by_rare_details():
    text = (
        "A dam is coming apart. There are 43 fissures in the Orla spillway, some as wide as a hand, and the turbine "
        "hall is empty.\nA Tyrolean contractor has been injecting resin by night. The reservoir is four metres down, "
        "and the trout are dying."
    )
    others = [
        make_reading(words, id=f"other-{n}", outlet="Hill Gazette", published="2024-05-03T07:00+01:00")
        for n, words in enumerate(
            (
                "Parliament debated pensions until late, and three parties asked for a longer recess.",
                "A new railway timetable begins in June with fewer trains to the coast.",
                "Milk has become dearer again. Farmers blame the price of hay after a dry spring.",
            )
        )
    ]
    loop = make_reading(text, id="loop", outlet="Newsarama 24", published="2024-05-04T08:00+01:00")
    found, _ = trace(loop, scoop(), *others)
    assert found["loop"].origins == found["scoop"].origins
    link = found["loop"].because[0]
    assert (link.kind, link.report) == ("details", "scoop")
    assert "fissures" in link.text.split(", ")
    assert len({p.origins for p in found.values()}) == 4


def test_one_statement_to_several_outlets_is_one_origin_and_the_next_week_another():
    def tell(name: str, outlet: str, when: str, text: str, who: str, role: str = "foreign minister") -> Reading:
        person = Speaker(name=who, kind="person", role=role, affiliation="Norwegian")
        return make_reading(text, (who, "said", person), id=name, outlet=outlet, published=when)

    readings = (
        tell("a", "Hill Gazette", "2024-09-03T12:00+02:00",
             "Norway reopens its border post at Storskog, Norwegian foreign minister Yuliya Brodskyi said on Tuesday.",
             "Yuliya Brodskyi"),
        tell("b", "Dock Street Daily", "2024-09-04T07:00+02:00",
             "The Storskog border post opens again, Norwegian foreign minister Yulia Brodsky said on Tuesday.",
             "Yulia Brodsky"),
        tell("c", "Hill Gazette", "2024-09-10T12:00+02:00",
             "Norway closes its Storskog border post again, Norwegian foreign minister Yulia Brodsky said on Tuesday.",
             "Yulia Brodsky"),
    )  # fmt: skip
    found, origins = trace(*readings)
    assert found["a"].origins == found["b"].origins
    assert found["a"].origins != found["c"].origins
    names = [*found["a"].origins, *found["c"].origins]
    assert {origins[name].group for name in names} == {"Norway: government"}
    assert count_independent(names, origins.values()) == (1, 2)


def test_two_sources_on_the_same_matter_are_two_origins():
    told = {
        "Human Rights Watch": "Nobody gets through at Storskog, {} said on Tuesday. Its observers saw 40 lorries.",
        "the Norwegian police": "The border post at Storskog is shut until Friday, {} said. A barrier broke.",
    }
    readings = [
        make_reading(
            text.format(who), (who, "said", Speaker(name=who, kind="organisation")),
            id=who, outlet="Hill Gazette", published="2024-09-03T12:00+02:00",
        )
        for who, text in told.items()
    ]  # fmt: skip
    found, origins = trace(*readings)
    assert len({p.origins for p in found.values()}) == 2
    assert count_independent(origins, origins.values()) == (2, 2)


def test_an_update_of_the_same_address_shares_the_origin():
    first = make_reading(
        "A ferry ran aground off Krona with 60 people aboard. Lifeboats are on their way.",
        id="v1", outlet="Hill Gazette", title="Ferry aground", url="https://hill.example/ferry?utm_source=x",
        published="2024-10-01T08:00+00:00",
    )  # fmt: skip
    text = "A ferry ran aground off Krona with 64 people aboard. Lifeboats took all of them off. Correction: not 60."
    second = replace(first, report=replace(first.report, id="v2", text=text, url="https://www.hill.example/ferry/",
                                           published=datetime.fromisoformat("2024-10-01T11:00+00:00")))  # fmt: skip
    found, _ = trace(second, first)
    assert found["v1"].origins == found["v2"].origins
    assert [(link.kind, link.report) for link in found["v2"].because] == [("update", "v1")]


def test_words_told_to_the_outlet_are_its_own_and_a_decline_is_no_origin():
    text = (
        "A third of the fleet is unfit to sail, naval officers told the Hill Gazette.\n"
        "The defence minister of Norway declined to comment."
    )
    officers = Speaker(name="naval officers", kind="official", anonymous=True)
    minister = Speaker(name="defence minister of Norway", kind="official")
    said = (("naval officers", "told", officers), ("The defence minister of Norway", "declined", minister))
    reading = make_reading(text, *said, id="a", outlet="Hill Gazette", published="2024-11-05T10:00+01:00")  # fmt: skip
    declined = replace(reading.attributions[1], stance="declines")
    found, origins = trace(replace(reading, attributions=(reading.attributions[0], declined)))
    assert found["a"].origins == ("Hill Gazette, 5 Nov 2024 (naval officers)",)
    assert found["a"].also == ()
    assert len(origins) == 1


def test_an_interview_elsewhere_is_the_persons_statement():
    text = "The fleet will be halved, Admiral Ole Brandvik told the Financial Times on Monday."
    admiral = Speaker(name="Ole Brandvik", kind="person", role="admiral")
    reading = make_reading(
        text,
        ("Admiral Ole Brandvik", "told", admiral),
        id="a",
        outlet="Hill Gazette",
        published="2024-11-05T10:00+01:00",
    )
    found, _ = trace(reading)
    assert found["a"].origins == ("Ole Brandvik, 4 Nov 2024",)
    assert ("cites", "Financial Times") in {(link.kind, link.outlet) for link in found["a"].because}


def test_a_dispatch_that_lists_its_outlet_goes_back_to_it():
    reading = make_reading("Two trains collide near Orla. (Reuters)", id="d", outlet="Current Events",
                           cites=("Reuters via Hill Gazette",), published="2024-08-09")  # fmt: skip
    found, _ = trace(reading)
    assert found["d"].origins == ("Reuters, 9 Aug 2024",)


def test_claims_follow_their_attribution_or_the_lead():
    text = (
        "The bridge is shut, the Norwegian police said on Tuesday.\n"
        "Traffic was thin. Human Rights Watch said on Monday it was not told."
    )
    reading = make_reading(
        text,
        ("the Norwegian police", "said", Speaker(name="Norwegian police", kind="organisation")),
        ("Human Rights Watch", "said", Speaker(name="Human Rights Watch", kind="organisation")),
        id="a", outlet="Hill Gazette", published="2024-09-03T12:00+02:00",
    )  # fmt: skip
    claims = tuple(
        Claim(id=str(n), seat=str(n), report="a", start=0, end=1, text="T", attribution=n) for n in (0, 1, None)
    )
    found, _ = trace(replace(reading, claims=claims))
    lead, other = found["a"].origins[0], found["a"].also[0]
    assert found["a"].claims == (("0", lead), ("1", other), ("None", lead))
    assert other == "Human Rights Watch, 2 Sep 2024"


def test_the_order_of_readings_does_not_matter():
    ministry = (
        "the emergency ministry of Moldova",
        "said",
        Speaker(name="emergency ministry of Moldova", kind="organisation"),
    )
    readings = [
        scoop(),
        scoop(id="copy", outlet="Dock Street Daily", published="2024-05-03T01:00+01:00"),
        make_reading(FLOOD_WIRE, ministry, id="w", outlet="Reuters", published="2024-07-02T10:00+00:00"),
        make_reading(FLOOD_WIRE, id="undated", outlet="Hill Gazette"),
        make_reading("", id="empty"),
    ]
    provenance, origins = trace_origins(readings)
    for seed in range(5):
        mixed = list(range(len(readings)))
        random.Random(seed).shuffle(mixed)
        again, same = trace_origins([readings[i] for i in mixed])
        assert [provenance[i] for i in mixed] == list(again)
        assert same == origins


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=120), st.text(max_size=20), st.text(max_size=30)), max_size=6))
def test_any_text_has_an_origin_and_no_report_raises(rows):
    readings = [
        Reading(report=Report(id=str(n), text=text, outlet=outlet, title=title, url=title, author=outlet))
        for n, (text, outlet, title) in enumerate(rows)
    ]
    provenance, origins = trace_origins(readings)
    names = {origin.name for origin in origins}
    assert all(p.origins and {*p.origins, *p.also} <= names for p in provenance)
    low, high = count_independent(names, origins)
    assert low <= high == len(names)


def test_a_relay_of_a_reports_later_part_goes_back_to_that_parts_source():
    text = (
        "The harbour at Krona handled a record 40,000 containers, its director Ada Lund said on Monday.\n"
        "A crane buckled in the storm, and rust had eaten the bolts of its boom, according to two welders who spoke on "
        "condition of anonymity."
    )
    director = Speaker(name="Ada Lund", kind="person", role="director")
    welders = Speaker(name="two welders", kind="official", anonymous=True)
    first = make_reading(text, ("its director Ada Lund", "said", director), ("two welders", "according to", welders),
                         id="first", outlet="Hill Gazette", published="2024-11-05T10:00+01:00")  # fmt: skip
    words = "Rust had eaten the bolts of a crane that buckled at Krona, the Hill Gazette reported on Tuesday."
    relay = make_reading(words, id="relay", outlet="Dock Street Daily", published="2024-11-06T09:00+01:00")
    found, _ = trace(first, relay)
    assert found["first"].origins == ("Ada Lund, 4 Nov 2024",)
    assert found["relay"].origins == found["first"].also == ("Hill Gazette, 5 Nov 2024",)


def test_an_outlet_of_one_common_word_is_named_only_after_its_article():
    reading = make_reading(
        "Trams stopped at noon. The wire snapped, Tram Wire reported.", id="a", outlet="Hill Gazette"
    )
    named = make_reading("Trams stopped at noon, according to The Wire.", id="b", outlet="Hill Gazette")
    found, _ = trace(reading, named)
    assert found["a"].origins[0].startswith("Hill Gazette")
    assert found["b"].origins[0].startswith("The Wire")


def test_the_same_quoted_words_lead_an_uncredited_retelling_back():
    quote = '"We shall not sell a single kilowatt below what it costs us to make,"'
    text = f"{quote} Ada Lund, director of the Krona works, said on Monday.\nThe works feed nine towns."
    first = make_reading(text, ("Ada Lund", "said", Speaker(name="Ada Lund", kind="person")),
                         id="first", outlet="Hill Gazette", published="2024-11-05T10:00+01:00")  # fmt: skip
    words = f"Power for nine towns will stay dear. {quote} is how the Krona works put it."
    retold = make_reading(words, id="retold", outlet="Dock Street Daily", published="2024-11-06T09:00+01:00")
    found, _ = trace(retold, first)
    assert found["retold"].origins == found["first"].origins == ("Ada Lund, 4 Nov 2024",)
    assert [(link.kind, link.report, link.text) for link in found["retold"].because] == [
        ("quotation", "first", quote.strip('"'))
    ]


PIECES = (
    "Rain.", "The officer, known as Falcon, said so.", "the Guardian reported on Monday, citing Le Monde", "Norway",
    "a Norwegian special forces commander told Le Monde", "officials said on May 9", "the agency", "AFP", "I doubt it",
    "according to Le Monde", "Reuters said the Guardian said", "“words that are quoted again and again here”", "\n",
)  # fmt: skip
OUTLETS = ("The Guardian", "Le Monde", "Reuters", "")


@st.composite
def tangled_readings(draw):
    """Reports that cite each other in circles, with sources at random places."""
    readings = []
    for n in range(draw(st.integers(1, 5))):
        text = " ".join(draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8)))
        spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda pair: (min(pair), max(pair)))
        attributions = [
            Attribution(
                source=(span,),
                cue=(draw(spans),),
                content=(),
                speaker=Speaker(name=draw(st.sampled_from(PIECES)), kind=draw(st.sampled_from(KINDS))),
                via=draw(st.sampled_from(((), ("Le Monde",)))),
            )
            for span in draw(st.lists(spans, max_size=5))
        ]
        report = Report(
            id=str(n),
            text=text,
            outlet=draw(st.sampled_from(OUTLETS)),
            url=draw(st.sampled_from(("", "https://a.example/x"))),
            published=datetime.fromisoformat(f"2024-05-0{draw(st.integers(1, 9))}T12:00+00:00"),
        )
        readings.append(Reading(report=report, attributions=tuple(attributions)))
    return readings


KINDS = ("person", "organisation", "official", "collective", "outlet", "unknown")


@settings(max_examples=150, deadline=None)
@given(tangled_readings())
def test_reports_that_cite_in_circles_still_have_origins(readings):
    provenance, origins = trace_origins(readings)
    again, same = trace_origins(readings[::-1])
    assert provenance == again[::-1]
    assert origins == same
    assert all(p.origins for p in provenance)
    assert len({origin.name for origin in origins}) == len(origins)
