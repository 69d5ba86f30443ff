"""What a proof-reader finds fault with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.tell.proofs import find_faults

GOOD = (
    "The pilots' office said the channel was open (Harbour Echo, 3 May).",
    "“We have had enough of it,” the mayor said (Harbour Echo, 3 May).",
    "How many were hurt? 12 (the hospital, 3 May); none (the company, 2 May).",
    "78.2 percent of the shares are in its hands, the bidder said (Echo, 4 Jun).",
    "All that that firm had is gone, an heir said (Echo, 4 Jun).",
    "It was she who signed.",
    "A European court and a one-armed bandit waited an hour for an honest man.",
    "What it was looking for, the bureau declined to say (Echo, 2 May).",
    "The flight is 1 day late.",
    "Had the pilot known, the ship would have turned, the owner said.",
    "Is it not closed?",
)
FAULTS = (
    ("the channel is open.", "no capital"),
    ("The channel is open", "no end"),
    ("The the channel is open.", "doubled word"),
    ("It was 1 days late.", "one of many"),
    ("Told by 5f3fa91c0de44aa1 on Monday.", "hash"),
    ("He is gone.", "speaks of what was before"),
    ("Its owner is gone.", "speaks of what was before"),
    ("The owner of the is gone.", ""),
    ("The owner took the.", "dangling word"),
    ("The owner “took it.", "“ without ”"),
    ("The owner (a man took it.", "( without )"),
    ("The owner took it , they said.", "spacing"),
    ("The owner took it ().", "spacing"),
    ("He was a engineer.", "article"),
    ("An ship was lost.", "article"),
    ("The **owner** took it.", "markup"),
    ("Had himself chosen the narrow channel, the pilot said.", "no subject"),
    ("Was not told of the leak, the crew said.", "no subject"),
)


@pytest.mark.parametrize("sentence", GOOD)
def test_what_can_be_sent_has_no_fault(sentence: str) -> None:
    assert not list(find_faults(sentence, opening=not sentence.startswith("It was she")))


@pytest.mark.parametrize(("sentence", "fault"), [row for row in FAULTS if row[1]])
def test_faults_are_found(sentence: str, fault: str) -> None:
    assert fault in list(find_faults(sentence))


def test_the_words_of_others_are_not_corrected() -> None:
    assert not list(find_faults("“the the 1 days of a owner , gone,” the mayor said (Echo, 3 May)."))


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    assert all(fault for fault in find_faults(text))
