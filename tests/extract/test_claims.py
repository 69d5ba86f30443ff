"""Claims: events, actors, polarity; words at a span are the words kept."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.extract import read_report
from sayso.record import Claim, Report

WORDS = st.sampled_from(
    'The mayor said that 12 people were killed in Ostrava on Monday , and nobody has been seen since . “ ” " ( ) '
    "according to officials about half of them\n two weeks ago it denied declined to comment — not".split(" ")
)


def first_claim(text: str) -> Claim:
    return read_report(Report(id="r", text=text)).claims[0]


@pytest.mark.parametrize(
    ("text", "event", "polarity"),
    [
        ("The troops have been pulled off the front line.", "withdrawal", "positive"),
        ("The soldiers have not been seen there for ten days.", "absence", "negative"),
        ("Patrols have not come across any rebels since May.", "absence", "negative"),
        ("The rebels are back in the town.", "return", "positive"),
        ("The army brought its reserves back into the valley.", "return", "positive"),
        ("Some 30 villagers were killed.", "casualties", "positive"),
        ("The two sides agreed a ceasefire.", "agreement", "positive"),
        ("The general launched an offensive in the north.", "attack", "positive"),
        ("The talks did not take place.", "talks", "negative"),
    ],
)
def test_events(text: str, event: str, polarity: str) -> None:
    claim = first_claim(text)
    assert (claim.event, claim.polarity) == (event, polarity)


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Twelve people were wounded, none of them badly.", "positive"),
        ("Two men were arrested, neither of them armed.", "positive"),
        ("The bank, not the insurer, pays for the damage.", "positive"),
        ("By noon, none of the ships had left.", "negative"),
        ("In the end, no ship came.", "negative"),
        ("It is not, the army said, under control.", "negative"),
        ("No one, not even the mayor, came.", "negative"),
    ],
)
def test_what_commas_set_apart_denies_nothing_else(text: str, polarity: str) -> None:
    assert first_claim(text).polarity == polarity


def test_actors_of_active_and_passive() -> None:
    active = first_claim("Italian divers recovered the recorder.")
    passive = first_claim("The recorder was recovered by Italian divers.")
    wanted = {("Italian divers", "actor"), ("recorder", "target")}
    assert {(a.name, a.role) for a in active.actors} == wanted == {(a.name, a.role) for a in passive.actors}


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("The rebels were reported to have shelled the dam.", [("actor", "rebels"), ("target", "dam")]),
        ("The rebels were forced to withdraw.", [("actor", "rebels")]),
        ("The army began shelling the port.", [("actor", "army"), ("target", "port")]),
        ("Chilean soldiers fought the rebels.", [("actor", "Chilean soldiers"), ("target", "rebels")]),
        ("About 300 of the miners left.", [("actor", "miners"), ("counted", "miners")]),
        ("The general Ada Brenner vowed to retake the port.", [("actor", "Ada Brenner"), ("target", "port")]),
        ("There were no casualties.", []),
    ],
)
def test_who_does_what_under_other_verbs(text: str, roles: list[tuple[str, str]]) -> None:
    claim = first_claim(text)
    assert [(actor.role, actor.name) for actor in claim.actors] == roles


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("The rebels hold the town.", "territory gained"),
        ("The mayor held the post for two years.", ""),
        ("The brigade is losing too many men.", "casualties"),
        ("The bakery's losses grew.", ""),
        ("The patrol came under fire.", "clash"),
        ("The mayor holds talks with the union.", "talks"),
    ],
)
def test_verbs_of_many_meanings(text: str, event: str) -> None:
    assert first_claim(text).event == event


def test_a_pronoun_stands_for_the_last_group_named() -> None:
    reading = read_report(
        Report(id="r", text="Chilean soldiers entered the port. They left it two days later, officials said.")
    )
    assert [a.name for c in reading.claims for a in c.actors if a.role == "actor"] == ["Chilean soldiers"] * 2


def test_a_participle_before_the_verb_is_not_the_event() -> None:
    claim = first_claim("Chilean soldiers sent to guard the port have been withdrawn after a mutiny.")
    assert claim.event == "withdrawal"
    assert claim.actors[0].name == "Chilean soldiers"


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=60).map(" ".join))
def test_words_at_every_span_are_the_words_kept(text: str) -> None:
    reading = read_report(Report(id="r", text=text))
    assert not [p for p in reading.problems if "failed" in p.message]
    for noun in (*reading.claims, *reading.times, *reading.places, *reading.figures):
        assert 0 <= noun.start < noun.end <= len(text)
        assert text[noun.start : noun.end] == noun.text
    ids = [c.id for c in reading.claims]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    "note",
    [
        "Correction: the number of dead in this article was changed from 41 to 14.",
        "(This story corrects the toll of dead in the first paragraph to 14, not 41)",
        "(Corrects number of dead to 14 from 41 in the first paragraph)",
    ],
)
def test_what_a_note_corrects_is_withdrawn(note: str) -> None:
    reading = read_report(Report(id="r", text=f"The dean said 14 riders died in the slide.\n\n{note}"))
    stands = {claim.figure.low: claim.stands for claim in reading.claims if claim.figure}
    assert stands == {14: "asserted", 41: "withdrawn"}


def test_what_a_body_corrects_from_is_withdrawn_too_but_not_what_moved() -> None:
    reading = read_report(
        Report(id="r", text="The board corrected the toll of dead from 41 to 14. It rose from 9 to 11.")
    )
    stands = {claim.figure.low: claim.stands for claim in reading.claims if claim.figure}
    assert stands == {41: "withdrawn", 14: "asserted", 9: "asserted", 11: "asserted"}


@pytest.mark.parametrize(
    "text",
    ["$40,000 a month goes to the agent", "€5 million was paid", "US$3m is missing", "₹900 was the fare"],
)
def test_the_sign_of_a_sum_is_in_its_claim(text: str) -> None:
    for words in (f"{text}.", f"The clerk said that {text}."):
        claims = read_report(Report(id="r", text=words)).claims
        assert any(claim.text == text and "figure" in {answer.kind for answer in claim.answers} for claim in claims)
