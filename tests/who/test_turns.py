"""Who speaks the turns of a transcript, and whose the quotations without a cue are."""

from __future__ import annotations

import time

import pytest

from sayso.extract.attributions import find_attributions
from sayso.extract.parsers import parse_text
from sayso.record import Reading, Report, Speaker


def read(text: str, title: str = "", outlet: str = "") -> Reading:
    report = Report(id="r", text=text, title=title, outlet=outlet)
    return find_attributions(Reading(report=report), parse_text(text))


def speakers(reading: Reading) -> list[Speaker]:
    return [a.speaker for a in reading.attributions if a.speaker]


TALK = "Q: Mayor Lindqvist, how many were saved?\nA: Forty.\n\nQ: And now?\nA: I have seen the boats."


@pytest.mark.parametrize("title", ["Interview: Mayor Eva Lindqvist on the flood", "Eva Lindqvist, mayor of Lesna"])
def test_answers_are_those_of_whom_the_title_names(title: str) -> None:
    found = speakers(read(TALK, title, "Radio Kolm"))
    assert {s.name for s in found} == {"interviewer", "Eva Lindqvist"}
    assert {s.affiliation for s in found if s.name == "interviewer"} == {"Radio Kolm"}


def test_the_first_question_names_whom_it_asks() -> None:
    assert {s.name for s in speakers(read(TALK))} == {"interviewer", "Lindqvist"}


def test_a_surname_alone_is_the_full_label_before_it() -> None:
    text = (
        "The Hon. PETRA OLSEN (Minister of Health): I wish to place the facts before the House.\n\n"
        "Mrs T. RAMIREZ (Opposition): When were you told?\n\nOLSEN: On Monday.\n\n"
        "RAMIREZ: By whom?\n\nOLSEN: By the board."
    )
    found = speakers(read(text))
    assert [s.name for s in found[:5]] == ["Petra Olsen", "T. Ramirez", "Petra Olsen", "T. Ramirez", "Petra Olsen"]
    assert found[0].role == "minister" and found[0].affiliation == "Health" and found[1].affiliation == "Opposition"


def test_a_label_of_the_outlets_words_is_the_outlet() -> None:
    text = "Radio Kolm: How many, colonel?\n\nColonel Jan Roos: Nine.\n\nKolm: And the wounded?\n\nRoos: Thirty."
    assert [s.name for s in speakers(read(text, outlet="Radio Kolm"))] == ["Radio Kolm", "Jan Roos"] * 2


def test_a_quotation_belongs_to_who_is_before_its_colon_or_told_of() -> None:
    text = (
        'Harbour master Ivo Kral, by telephone: "The boats are back and nobody is hurt."\n\n'
        'Museum director Ana Lima was at the bank. "This morning there were forty people under my roof."'
    )
    found = read(text).attributions
    told = {text[slice(*a.content[-1])].strip('"')[:9]: a.speaker.name for a in found if a.speaker}
    assert told == {"The boats": "Ivo Kral", "This morn": "Ana Lima"}


def test_many_speakers_take_linear_time() -> None:
    names = [
        f"{a}{b} {c}sen" for a in ("Ari", "Bo", "Cy", "Da", "Eli") for b in "nrstv" for c in ("Ol", "Han", "Jen", "Lar")
    ]
    text = "\n".join(
        f"{name} of the {name.split()[1]} Agency said it rained. The agency denied it." for name in names * 5
    )
    start = time.process_time()
    parse = parse_text(text)
    parsed = time.process_time() - start
    find_attributions(Reading(report=Report(id="r", text=text)), parse)
    assert time.process_time() - start < 6 * parsed + 5


@pytest.mark.parametrize(
    "text", ["A: B: C: D:", '": "', 'the the the: "Said."', "Its his their said.", '(Ltd) said: ""']
)
def test_odd_words_never_raise(text: str) -> None:
    read(text * 30, title=text, outlet=text)


def test_questions_in_heavy_print_are_answered_by_whom_the_introduction_names() -> None:
    text = (
        "*Eva Lindqvist teaches at the harbour school.*\n\n**How many were there?** Four. I counted them.\n\n"
        "**Who shot?** The big one.\n\n**And now?** I sleep."
    )
    found = read(text).attributions
    assert [(a.speaker.name, a.stance) for a in found if a.speaker and a.directness == "direct"][:2] == [
        ("interviewer", "asks"),
        ("Eva Lindqvist", "asserts"),
    ]


@pytest.mark.parametrize(("mark", "end"), [("**", "**"), ("", "")])
def test_bare_names_that_ask_or_are_asked_speak_their_turns(mark: str, end: str) -> None:
    turns = [
        ("Orlova", "You sampled the lake in May. What was in it?"),
        ("Teague", "Lead, four times the limit. Nobody wanted to know."),
        ("Orlova", "Whose lead?"),
        ("Teague", "The battery works has a pipe there. I say no more."),
        ("Orlova", "So it is the works."),
        ("Teague", "I did not say that."),
        ("Orlova", "Will you test again?"),
    ]
    text = "\n\n".join(f"{mark}{name}:{end} {words}" for name, words in turns)
    found = read(text, "Dr Nell Teague on the lake", "Shoreline").attributions
    turned = [a.speaker.name for a in found if a.speaker and text[slice(*a.cue[0])] == ":"]
    assert [name.split()[-1] for name in turned] == [name for name, _ in turns]


def test_a_list_with_the_same_heads_again_has_no_speakers() -> None:
    text = "\n".join(f"Dead: {n} in the valley of Orm.\nMissing: {n + 4}, most of them women." for n in range(1, 5))
    assert not {s.name for s in speakers(read(text))} & {"Dead", "Missing"}


def test_the_question_before_a_labelled_answer_is_the_outlets() -> None:
    text = (
        "Torgeir Vik, 61, owns the trawler.\n\nDid your ship turn?\n\nVik: She could not, with the net out.\n\n"
        "What time was that?\n\nVik: Half past ten, by the bridge clock.\n\nAnd then?\n\nVik: Then they hit us."
    )
    told = {
        text[slice(*a.content[0])]: a.speaker.name for a in read(text, outlet="Fjord Post").attributions if a.speaker
    }
    assert told["Half past ten, by the bridge clock."] == "Torgeir Vik"
    assert told["What time was that?"] != "Torgeir Vik"


def test_initials_before_turns_are_spelt_out() -> None:
    text = (
        "FP: When did you see it?\n\nB: In June, in the dark.\n\nFP: And now?\n\nB: I withdraw the paper.\n\n"
        "FP: Who paid?\n\nB: The owner did."
    )
    found = speakers(read(text, "Conversation with Hanne Brandt, who certified the picture", "Fjord Post"))
    assert [s.name for s in found] == ["Fjord Post", "Hanne Brandt"] * 3
