from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.extract.attributions import find_attributions
from sayso.extract.descriptions import describe_attributions
from sayso.extract.parsers import parse_text
from sayso.grammar.parses import Parse
from sayso.grammar.quotations import Marked
from sayso.record import Attribution, Reading, Report


def read(text: str, outlet: str = "") -> list[Attribution]:
    reading = find_attributions(Reading(report=Report(id="r", text=text, outlet=outlet)), parse_text(text))
    return list(reading.attributions)


def words(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[s:e].strip(" \"'“”.,") for s, e in spans]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (
            "The harbour master said that the bridge had been closed since noon.",
            "The harbour master",
            "said",
            ["that the bridge had been closed since noon"],
        ),
        ('"The bridge is gone," Mayor Ann Lee said.', "Mayor Ann Lee", "said", ["The bridge is gone"]),
        ("“The bridge,” she said, “is gone.”", "she", "said", ["The bridge", "is gone"]),
        ("The dam will hold, according to the ministry.", "the ministry", "according to", ["The dam will hold"]),
        (
            "Tom Reed, a spokesman for the port, told reporters that two ships were missing.",
            "Tom Reed, a spokesman for the port",
            "told",
            ["that two ships were missing"],
        ),
        ('"We saw two flashes," said Ivan Petrenko. "Then it was quiet."', "Ivan Petrenko", "said",
         ["We saw two flashes", "Then it was quiet"]),
        ("The government has not said how many people died.", "The government", "has not said",
         ["how many people died"]),
        ("The report shows that the pumps had failed.", "The report", "shows", ["that the pumps had failed"]),
    ],
)  # fmt: skip
def test_finds_source_cue_and_content(text: str, source: str, cue: str, content: list[str]) -> None:
    found = [(words(text, a.source), words(text, a.cue), words(text, a.content)) for a in read(text)]
    assert ([source], [cue], content) in found


def test_a_passive_without_an_agent_has_no_source() -> None:
    text = "The convoy is expected to arrive on Monday."
    (attribution,) = read(text)
    assert attribution.source == () and attribution.speaker is None
    assert words(text, attribution.cue) == ["is expected"]
    assert attribution.stance == "predicts"


@pytest.mark.parametrize(
    ("text", "stance", "negated"),
    [
        ("The minister said that the talks had failed.", "asserts", False),
        ("The minister denied that the talks had failed.", "denies", False),
        ("The ministry declined to comment.", "declines", False),
        ("The army estimates that 300 people were killed.", "estimates", False),
        ("The governor believes that the river will rise.", "suspects", False),
        ("Forecasters predict that the storm will turn north.", "predicts", False),
        ("The general ordered his men to leave the town.", "orders", False),
        ("The president promised to rebuild the city.", "promises", False),
        ("The reporter asked whether the road was open.", "asks", False),
        ("The minister did not say whether the road was open.", "asserts", True),
        ("Neither side has confirmed that the town fell.", "asserts", True),
    ],
)
def test_stance_and_negation(text: str, stance: str, negated: bool) -> None:
    found = read(text)
    assert (stance, negated) in [(a.stance, a.negated) for a in found], found


@pytest.mark.parametrize(
    ("text", "directness"),
    [
        ("The mayor said that the town was lost.", "indirect"),
        ('"The town is lost," the mayor said.', "direct"),
        ('The mayor said that the town was "lost to us all".', "mixed"),
    ],
)
def test_directness(text: str, directness: str) -> None:
    assert read(text)[0].directness == directness


def test_pronoun_role_and_surname_lead_to_the_full_name() -> None:
    text = (
        "Colonel Maria Duarte, a spokeswoman for the Coast Guard, said that two boats had sunk. "
        "She said that divers were searching. The spokeswoman added that the sea was calm.\n\n"
        "Duarte said that nobody had been found."
    )
    speakers = [a.speaker for a in read(text)]
    assert len(speakers) == 4
    for speaker in speakers:
        assert speaker is not None
        assert (speaker.name, speaker.kind, speaker.anonymous) == ("Maria Duarte", "person", False)
        assert (speaker.role, speaker.affiliation) == ("spokeswoman", "Coast Guard")


def test_a_surname_that_two_share_is_not_resolved() -> None:
    text = "Ann Lee said that it rained. Bob Lee said that it snowed. Lee said that it stopped."
    names = [a.speaker.name for a in read(text) if a.speaker]
    assert names == ["Ann Lee", "Bob Lee", "Lee"]


@pytest.mark.parametrize(
    ("text", "kind", "anonymous", "affiliation"),
    [
        ("A senior Pentagon official said that the ship had left.", "official", True, "Pentagon"),
        ("Ukrainian and U.S. officials said that the ship had left.", "official", True, "Ukrainian and U.S."),
        ("Analysts say that the ship will return.", "collective", True, ""),
        ("The study found that the ship was old.", "document", False, ""),
        ("Norway said that the ship had left.", "organisation", False, ""),
        ("Reuters reported that the ship had left.", "outlet", False, ""),
    ],
)
def test_kinds_of_unnamed_and_other_sources(text: str, kind: str, anonymous: bool, affiliation: str) -> None:
    speaker = read(text)[0].speaker
    assert speaker is not None
    assert (speaker.kind, speaker.anonymous, speaker.affiliation) == (kind, anonymous, affiliation)


@pytest.mark.parametrize(
    ("text", "speaker", "via"),
    [
        ("Two ships are missing, a diplomat told Reuters on Monday.", "a diplomat", ("Reuters",)),
        ("The coach said in an interview with the BBC that he would stay.", "The coach", ("BBC News",)),
        ("Reuters reported on Monday, citing two officials, that the talks had failed.", "two officials", ("Reuters",)),
        ("The minister said that the talks had failed, Reuters reported.", "The minister", ("Reuters",)),
        ("Reuters quoted a diplomat as saying that the talks had failed.", "a diplomat", ("Reuters",)),
        ("The mayor said that the road was open.", "The mayor", ()),
    ],
)
def test_chains_name_the_outlets_between(text: str, speaker: str, via: tuple[str, ...]) -> None:
    found = [(a.speaker.name, a.via) for a in read(text) if a.speaker]
    assert any(name == speaker and set(chain) == set(via) for name, chain in found), found


def test_the_newspaper_means_the_outlet_named_before() -> None:
    text = "The New York Times reported that the talks had failed. A diplomat told the newspaper that they would go on."
    last = next(a for a in read(text) if a.speaker and "diplomat" in a.speaker.name)
    assert last.via == ("The New York Times",)


def test_the_reports_own_outlet_is_no_relay() -> None:
    text = "Two ships are missing, a diplomat told Reuters on Monday."
    assert read(text, outlet="Reuters")[0].via == ()


def test_we_in_a_quotation_is_its_speaker() -> None:
    text = '"We believe that the dam will hold," Jane Porter said.'
    names = {a.speaker.name for a in read(text) if a.speaker}
    assert names == {"Jane Porter"}


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("The mayor said that the road was open.", (0.95, 1.0)),
        ("The mayor said that the road was probably open.", (0.65, 0.80)),
        ("The mayor said that the road may be open.", (0.20, 0.55)),
        ("The mayor said it was highly unlikely that the road was open.", (0.05, 0.10)),
        ("The mayor denied that the road was open.", (0.0, 0.05)),
        ("The mayor did not say that the road was open.", (0.0, 1.0)),
        ("The mayor believes that the road is open.", (0.60, 0.80)),
        ("The mayor said that the man who might have seen it had left.", (0.95, 1.0)),
    ],
)
def test_certainty_is_the_band_of_the_words(text: str, band: tuple[float, float]) -> None:
    assert read(text)[0].certainty == band


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("The mayor said that the road was open.", "told"),
        ("Villagers saw that the road was open.", "witnessed"),
        ("The mayor believes that the road is open.", "induced"),
        ("The report says that the road was open.", "document"),
    ],
)
def test_basis(text: str, basis: str) -> None:
    assert read(text)[0].basis == basis


AWKWARD = [
    "",
    "\n\n",
    '"""""""',
    'He said: "We said: \'They said: "No"\' and left.',
    "TALKS FAIL, MINISTER SAYS\nMINISTER: WE TRIED\n",
    "Q: Why?\nA: Because.\nMODERATOR: Thank you.\nQ: “And",
    "Министр заявил: «Мостa больше нет». По его словам, «дорога закрыта».",
    "said said said said : : : according to according to",
    "according to",
    ": : :",
    "\u202eHe said\u202c \ufeff“x” \x00 said \ud800",
]


def check(text: str) -> None:
    for attribution in read(text):
        spans = (*attribution.source, *attribution.cue, *attribution.content)
        assert attribution.cue and attribution.content
        assert all(0 <= s < e <= len(text) for s, e in spans)
        low, high = attribution.certainty
        assert 0.0 <= low <= high <= 1.0


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_texts_never_raise(text: str) -> None:
    check(text)


def test_a_cue_between_tokens_raises_nothing() -> None:
    parse = parse_text("A mast fell,   the mayor said.")
    spans = [Attribution(source=((15, 24),), cue=((13, 14),), content=((0, 11),))]
    (told,) = describe_attributions(parse, spans, Marked([]), "")
    assert told.stance == "asserts"


PIECES = st.sampled_from(
    ["He", " said", " that", " the", " colonel", " Ann Lee", ", ", ". ", "“", "”", '"', "'", "\n", "\n\n", ":", " told",
     " Reuters", " according to", " citing", " not", " who", " officials", " was", " asked", " it", "—", " «", "»",
     " reportedly"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_spans_lie_inside_any_text(text: str) -> None:
    check(text)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=120))
def test_spans_lie_inside_any_characters(text: str) -> None:
    check(text)


def test_time_grows_with_length_only(spend: Callable[..., float]) -> None:
    sentence = "“We saw it,” said Ann Lee, a spokeswoman for the port. Officials told Reuters that it sank. "
    few, many = (parse_text(sentence * n + "\n" + (sentence * n)) for n in (40, 160))

    def find(parse: Parse) -> None:
        find_attributions(Reading(report=Report(id="r", text=parse.text)), parse)

    assert spend(lambda: find(many)) < 12 * spend(lambda: find(few)) + 0.5


def test_a_place_before_a_colon_is_not_who_says_it() -> None:
    found = read("OSLO: The dam will hold, the ministry told reporters on Monday. It was built in 1960.")
    assert [a.speaker.name for a in found if a.speaker] == ["ministry"]


def test_a_quotation_in_another_language_is_a_problem() -> None:
    from sayso.extract import read_report
    from sayso.record import Report

    text = "The mayor told reporters: “Wir haben dreißig Verletzte gezählt.” The ministry had “no comment at all yet”."
    problems = read_report(Report(id="r", text=text, language="en")).problems
    assert [text[p.start : p.end] for p in problems] == ["“Wir haben dreißig Verletzte gezählt.”"]
    assert "(de)" in problems[0].message


@pytest.mark.parametrize(("words", "language"), [("Hay treinta heridos.", "es"), ("Il y a vingt blessés.", "fr")])
def test_a_short_quotation_in_another_language_is_named(words: str, language: str) -> None:
    text = f'The dean wrote: "{words}" The choir said nothing.'
    found = find_attributions(Reading(report=Report(id="r", text=text)), parse_text(text))
    assert any(f"another language ({language})" in problem.message for problem in found.problems)
