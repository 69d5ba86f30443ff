"""A claim as a sentence that can be sent: what is said, by whom, where and when."""

from datetime import UTC, datetime

import pytest

from sayso.extract import read_report
from sayso.record import Reading, Report
from sayso.tell.proofs import find_faults
from sayso.tell.sentences import has_label, quote_claim, quote_sentence, say_claim
from sayso.tell.sources import Sources, lower_first
from sayso.weigh import weigh_readings

TOLD = (
    (
        "The tanker Mirela ran aground off Korvo, said Captain Ilse Tarn, a spokeswoman for the coast guard.",
        "The tanker Mirela ran aground off Korvo, coast guard spokeswoman Ilse Tarn said (Harbour Echo, 3 May).",
    ),
    (
        "The tanker Mirela ran aground off Korvo on Monday night.",
        "The tanker Mirela ran aground off Korvo on Monday night, Harbour Echo reported on 3 May.",
    ),
    (
        "The owner denied that the Mirela had been overloaded.",
        "The owner denied that the Mirela had been overloaded (Harbour Echo, 3 May).",
    ),
    (
        "“We have searched all of the islets by now,” said Ida Bergh, the harbour master.",
        "“We have searched all of the islets by now,” Ida Bergh said (Harbour Echo, 3 May).",
    ),
    (
        "4/ The tanker Mirela has lost 300 tonnes of oil since Monday.",
        "The tanker Mirela has lost 300 tonnes of oil since Monday, Harbour Echo reported on 3 May.",
    ),
    (
        "[08:40] The tanker Mirela has lost 300 tonnes of oil since Monday.",
        "The tanker Mirela has lost 300 tonnes of oil since Monday, Harbour Echo reported on 3 May.",
    ),
    (
        "The ministry estimates that 300 tonnes of oil have leaked.",
        "300 tonnes of oil have leaked, the ministry estimated (Harbour Echo, 3 May).",
    ),
    (
        "The appeals court of Korvo on Tuesday upheld the conviction of the pilot Ivo Marr.",
        "The appeals court of Korvo on Tuesday upheld the conviction of the pilot Ivo Marr, Harbour Echo reported on "
        "3 May.",
    ),
    (
        "The pilot of the Mirela was sentenced on Friday to nine years in prison.",
        "The pilot of the Mirela was sentenced on Friday to nine years in prison, Harbour Echo reported on 3 May.",
    ),
    (
        "Seven sailors of the Mirela were hurt, two of them gravely.",
        "Seven sailors of the Mirela were hurt, two of them gravely, Harbour Echo reported on 3 May.",
    ),
    (
        "The Mirela had 40 sailors on board, of whom nine were found in Korvo.",
        "The Mirela had 40 sailors on board, of whom nine were found in Korvo, Harbour Echo reported on 3 May.",
    ),
)
UNTOLD = (
    "He had left the ship before the search.",
    "It was gone by the morning of the third.",
    "Because the pumps of the Mirela had failed again.",
    "Was the Mirela overloaded when she left Korvo?",
    "MIRELA LATEST: what we know about the wreck",
    "Continue reading below the picture for all of our pages.",
    "- Tonnes of oil at noon: 300 (of which in booms: 40)",
    "The other two were found by divers on Friday.",
    "On Friday in Korvo, two of them were found by divers.",
    "In October 2030 she had been on leave in Korvo.",
    "Rumour in Korvo has it that the pilot of the Mirela was drunk.",
    "The owner has confirmed 112 cases on board of the Mirela since Monday.",
    "Crew of the Mirela: forty sailors were saved off Korvo.",
    "Mirela Runs Aground Off Korvo In Heavy Seas",
)


def read(text: str) -> Reading:
    day = datetime(2031, 5, 3, 9, tzinfo=UTC)
    return read_report(Report(id="r", digest="d", text=text, outlet="Harbour Echo", published=day))


def told_of(text: str) -> list[str]:
    picture = weigh_readings([read(text)])
    sources = Sources(picture)
    return [say_claim(sources, claim.id) for reading in picture.readings for claim in reading.claims]


@pytest.mark.parametrize(("text", "told"), TOLD)
def test_claims_are_told_with_who_says_them_where_and_when(text: str, told: str) -> None:
    assert told in told_of(text)


@pytest.mark.parametrize("text", UNTOLD)
def test_what_says_nothing_by_itself_is_not_told(text: str) -> None:
    assert not any(told_of(text))


@pytest.mark.parametrize(
    ("words", "labelled"),
    [
        ("There were seven on board of the Mirela: the pilot and six guests", False),
        ("The wind sensor is lost for good: the wires parted in the cold", False),
        ("The Mirela left at 19:20 with all her crew", False),
        ("Injured: twelve", True),
        ("Divers were sent on Friday. Recorders: not found", True),
        ("The Mirela had all these on board: Danes, Letts and Finns", True),
    ],
)
def test_a_colon_ends_a_label_or_goes_on(words: str, labelled: bool) -> None:
    assert has_label(words) is labelled


def test_in_quotes_the_exact_words_are_told() -> None:
    picture = weigh_readings([read(TOLD[1][0])])
    sources = Sources(picture)
    told = [say_claim(sources, claim.id, style="quotes") for claim in picture.readings[0].claims]
    wanted = "“The tanker Mirela ran aground off Korvo on Monday night,” Harbour Echo reported on 3 May."
    assert wanted in told


def test_a_whole_sentence_is_quoted_from_its_report() -> None:
    picture = weigh_readings([read("The bureau would not say what had sunk the Mirela.")])
    told = {quote_sentence(Sources(picture), claim.id) for claim in picture.readings[0].claims}
    assert told == {"“The bureau would not say what had sunk the Mirela,” Harbour Echo reported on 3 May."}


def test_what_is_denied_or_supposed_is_never_quoted_as_asserted() -> None:
    for text in (
        "The owner denied overloading the Mirela.",
        "Had the Mirela been overloaded, nobody would have known.",
    ):
        picture = weigh_readings([read(text)])
        for claim in picture.readings[0].claims:
            told = quote_claim(Sources(picture), claim.id)
            assert claim.stands == "asserted" or not told or "denied by" in told


@pytest.mark.parametrize(
    ("words", "text", "told"),
    [
        ("The ship sank", "Then the ship sank.", "the ship sank"),
        ("Police came", "There were police.", "police came"),
        ("Korvo burnt", "In Korvo nobody slept.", "Korvo burnt"),
        ("New Korvo burnt", "A new fire burnt.", "New Korvo burnt"),
        ("May 14", "It may rain.", "May 14"),
        ("NOK 30", "It rained.", "NOK 30"),
    ],
)
def test_a_first_word_is_small_unless_it_is_a_name(words: str, text: str, told: str) -> None:
    assert lower_first(words, text) == told


def test_every_sentence_told_passes_the_proof_reader() -> None:
    assert not [s for text, _ in TOLD for s in told_of(text) if s and any(find_faults(s))]
