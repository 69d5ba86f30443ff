"""What an outlet changed in its article without saying so."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.extract import read_report
from sayso.read.reports import Facts, make_report
from sayso.record import Reading
from sayso.watch.revisions import Revision, find_revisions


def read(text: str, title: str = "Ferry sinks off Saltmouth") -> Reading:
    facts = Facts(title=title, outlet="Harbour Post", url="https://harbour.example/1", published="2031-05-07T10:00Z")
    return read_report(make_report(text, facts))


def revise(before: str, after: str) -> list[tuple[str, str, str]]:
    return [(r.kind, r.was, r.now) for r in find_revisions(read(before), read(after))]


@pytest.mark.parametrize(
    ("before", "after", "revision"),
    [
        (
            "Twelve people died when a ferry sank off Saltmouth, the coast guard said.",
            "Nineteen people died when a ferry sank off Saltmouth, the coast guard said.",
            ("figure", "Twelve", "Nineteen"),
        ),
        (
            "At least 40 soldiers were hurt in the shelling.",
            "About 40 soldiers were hurt in the shelling.",
            ("figure", "At least 40", "About 40"),
        ),
        (
            "Up to 300 homes were flooded in the valley.",
            "Homes were flooded in the valley.",
            ("figure", "Up to 300", ""),
        ),
        (
            "The ferry left the port of Saltmouth on May 2, its owner said.",
            "The ferry left the port of Saltmouth on May 4, its owner said.",
            ("date", "May 2", "May 4"),
        ),
        (
            "The vessel was overloaded, a senior official said.",
            "The vessel was overloaded, the interior ministry said.",
            ("source", "a senior official", "the interior ministry"),
        ),
        (
            "The vessel was overloaded, the interior ministry said.",
            "The vessel was overloaded.",
            ("source", "the interior ministry", ""),
        ),
        (
            "The dam was destroyed by rebels, the ministry said.",
            "The dam may have been destroyed by rebels, the ministry said.",
            ("hedge", "The dam was destroyed by rebels", "The dam may have been destroyed by rebels"),
        ),
        (
            "The army captured the village of Sosnivka, the governor said.",
            "The army did not capture the village of Sosnivka, the governor said.",
            (
                "polarity",
                "The army captured the village of Sosnivka",
                "The army did not capture the village of Sosnivka",
            ),
        ),
    ],
)
def test_what_is_told_otherwise(before: str, after: str, revision: tuple[str, str, str]) -> None:
    assert revise(before, after) == [revision]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Nine are missing, the coast guard said.", "Nine are missing, the coast guard said. Divers search the hull."),
        ("Nine are missing, the coast guard said.", "Nine people are missing, the Saltmouth coast guard said."),
        ("The owner was warned, sources said.", "The owner was repeatedly warned, sources said."),
        ("Nine are missing. The port is shut.", "The port is shut. Nine are missing."),
        ("Some 3,000 troops left the front.", "About 3000 troops left the front."),
    ],
)
def test_what_is_no_revision(before: str, after: str) -> None:
    assert revise(before, after) == []


def test_a_headline_changes_by_its_words_alone() -> None:
    text = "Nine are missing, the coast guard said."
    marks = find_revisions(read(text, "Ferry sinks - Harbour Post"), read(text, "FERRY SINKS!"))
    words = find_revisions(read(text, "Ferry sinks"), read(text, "Overloaded ferry sinks"))
    assert marks == ()
    assert [(r.kind, r.was, r.now, r.claim_before) for r in words] == [
        ("headline", "Ferry sinks", "Overloaded ferry sinks", None)
    ]


TWELVE = "Twelve people died when a ferry sank, the coast guard said. The port was shut on May 2."
NINETEEN = "Nineteen people died when a ferry sank, the coast guard said. The port was shut on May 4."


@pytest.mark.parametrize(
    ("note", "noted"),
    [
        ("", [False, False]),
        ("Correction: an earlier version of this article said that twelve people died in the sinking.", [True, False]),
        ("This article was amended.", [True, True]),
        ("The coast guard corrected its count of the people that died when the ferry sank.", [False, False]),
    ],
)
def test_the_outlet_says_that_it_corrected(note: str, noted: list[bool]) -> None:
    found = find_revisions(read(TWELVE), read(f"{NINETEEN}\n{note}"))
    assert [(r.was, r.now) for r in found] == [("Twelve", "Nineteen"), ("May 2", "May 4")]
    assert [bool(r.noted) for r in found] == noted


def test_a_note_that_stood_there_before_is_of_nothing_new() -> None:
    note = "\nThis article was amended."
    assert [r.noted for r in find_revisions(read(TWELVE + note), read(NINETEEN + note))] == ["", ""]


def check_spans(revision: Revision, before: Reading, after: Reading) -> None:
    for reading, span, words, claim in (
        (before, revision.span_before, revision.was, revision.claim_before),
        (after, revision.span_after, revision.now, revision.claim_after),
    ):
        if span is not None:
            assert " ".join(reading.report.text[slice(*span)].split()) == words
        assert claim is None or claim in reading.claims


SENTENCES = [
    "Some {n} people were hurt in {where}, {who} said.",
    "On May {n}, {who} denied that the bridge in {where} had fallen.",
    "{who} may visit {where} in {n} days.",
    "The road to {where} is shut.",
]
FILLED = st.builds(
    lambda form, n, where, who: form.format(n=n, where=where, who=who),
    st.sampled_from(SENTENCES),
    st.integers(2, 28),
    st.sampled_from(["Saltmouth", "Sosnivka"]),
    st.sampled_from(["The mayor", "The army", "Sources"]),
)
TEXTS = st.lists(FILLED | st.text(max_size=30), min_size=1, max_size=5).map(" ".join).filter(str.strip)


@settings(max_examples=25, deadline=None)
@given(before=TEXTS, after=TEXTS)
def test_spans_hold_their_words_and_a_text_revises_nothing_of_itself(before: str, after: str) -> None:
    one, other = read(before), read(after)
    for revision in find_revisions(one, other):
        check_spans(revision, one, other)
    assert find_revisions(one, one) == ()
