"""How stretches of news stand, and what a brief may print of each."""

from __future__ import annotations

import hashlib
import json
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sayso.extract import read_report
from sayso.extract.assertions.estimates import MODEL
from sayso.journey import know
from sayso.record import Claim, Reading, Report
from sayso.tell.brief import compose_brief

ROWS = Path(__file__).parents[2] / "eval" / "phrases" / "own.jsonl"


def read(text: str) -> Reading:
    day = datetime(2031, 5, 5, tzinfo=UTC)
    return read_report(Report(id="r", digest="d", outlet="Post", text=text, language="en", published=day))


def claim_over(reading: Reading, words: str) -> Claim | None:
    """The claim that best covers some words."""
    start = reading.report.text.index(words)
    end = start + len(words)
    over = [c for c in reading.claims if c.start < end and start < c.end]
    return max(over, key=lambda c: (min(c.end, end) - max(c.start, start), c.start - c.end), default=None)


def test_own_rows_stand_as_they_say() -> None:
    rows = [json.loads(line) for line in ROWS.read_text(encoding="utf8").splitlines()]
    assert len(rows) >= 100
    assert len({row["stands"] for row in rows}) == 7
    wrong = []
    for row in rows:
        claim = claim_over(read(row["text"]), row["words"])
        if claim is None or claim.stands != row["stands"]:
            wrong.append(f"{row['stands']}: {row['text']} | {row['words']} | {claim and claim.stands}")
    assert len(wrong) <= 0.05 * len(rows), "\n".join(wrong)


@pytest.mark.parametrize(
    ("text", "stance", "negated"),
    [
        ("The guild did not deny that the vats had leaked.", "denies", True),
        ("The guild stopped short of denying that the vats had leaked.", "denies", True),
        ("The guild would neither confirm nor deny that the vats had leaked.", "declines", False),
        ("The guild has yet to confirm that the vats had leaked.", "declines", False),
        ("The guild could not rule out that the vats had leaked.", "suspects", False),
        ("Few doubt that the vats had leaked.", "asserts", False),
        ("The guild denied that the vats had leaked.", "denies", False),
        ("The palace has never denied that the prince was there.", "denies", True),
        ("Neither the bank nor the board has denied that the safe is empty.", "denies", True),
        ("The navy said it could not exclude the possibility that two tugs sank.", "suspects", False),
        ("It could not be ruled out that a kite hit the mast, the mayor said.", "suspects", False),
        ("Police said they were unable to rule out that the rider was pushed.", "suspects", False),
        ("The board cannot dismiss the possibility that the clerk lied.", "suspects", False),
        ("Hardly anyone doubts that the barn burned.", "asserts", False),
    ],
)
def test_attributions_agree(text: str, stance: str, negated: bool) -> None:
    said = read(text).attributions[0]
    assert (said.stance, said.negated) == (stance, negated)
    if negated or stance == "declines":
        assert said.certainty[0] <= 0.2
        assert said.certainty[1] >= 0.8


@pytest.mark.parametrize(
    ("answer", "stance"),
    [
        ("No.", "denies"),
        ("We do not comment on that.", "declines"),
        ("I have nothing more on that.", "declines"),
        ("The valve was replaced in May.", "asserts"),
        ("We'll get back to you.", "declines"),
        ("I would refer you to the board.", "declines"),
        ("Let me check.", "declines"),
        ("I have no information on that.", "declines"),
        ("Absolutely not.", "denies"),
        ("Not to my knowledge.", "denies"),
        ("Not necessarily.", "asserts"),
    ],
)
def test_answers_in_a_transcript(answer: str, stance: str) -> None:
    text = f"MR. HOLT: Good morning.\n\nQ: Did the valve fail in April?\n\nMR. HOLT: {answer}\n\nQ: Thank you."
    reading = read(text)
    assert [a.stance for a in reading.attributions if a.source][2] == stance
    asked = claim_over(reading, "the valve fail in April")
    assert asked is not None
    assert asked.stands == "asked"


TOLD = [
    ("The mint said there was no sign of forgery at the works.", "asserted", ("no sign of forgery",), ("denied",)),
    ("The mint denied that 30 presses were stolen at the works.", "denied", ("denied",), ()),
    ("The mint did not deny that 30 presses were stolen at the works.", "open", ("did not deny",), (": denied",)),
    ("No one denied that the mint had burned down last week.", "asserted", (), (": denied", "denied by")),
    ("The Post retracted its report that 30 presses were stolen.", "withdrawn", (), ("“30 presses were stolen”",)),
    ("Were 30 presses stolen from the mint on Sunday night?", "asked", (), ("30 presses",)),
    ("Posts falsely claimed that 30 presses were stolen on Sunday.", "misquoted", (), ("“30 presses were stolen",)),
    ("If the vote fails, 30 presses will be sold to the mint.", "supposed", (), ("“30 presses",)),
]
"""A text, how its last clause stands, and what a brief on it must and must not print."""


@pytest.mark.parametrize(("text", "stands", "wanted", "unwanted"), TOLD)
def test_what_a_brief_prints(text: str, stands: str, wanted: tuple[str, ...], unwanted: tuple[str, ...]) -> None:
    reading = read(text)
    assert stands in {claim.stands for claim in reading.claims}
    brief = compose_brief(know([reading]))
    printed = "\n".join(f"{s.text} {s.detail}" for section in brief.sections for s in section.sentences)
    assert all(words in printed for words in wanted), printed
    assert not any(words in printed for words in unwanted), printed


def test_a_number_is_no_negation() -> None:
    reading = read("The quake came at 4 a.m. No. 3 furnace was shut down.")
    assert all(claim.polarity == "positive" for claim in reading.claims)
    assert any(claim.text.startswith("No. 3 furnace") for claim in reading.claims)


@pytest.mark.parametrize("text", ["if " * 3000, "said that he denied that " * 800, "? " * 2000, "no no, " * 2000])
def test_hostile_texts_end(text: str) -> None:
    assert read(text) is not None


@pytest.mark.parametrize(
    ("text", "words", "stands"),
    [
        ("The jeweller poured scorn on talk that the ring was paste.", "the ring was paste", "denied"),
        ("Did the orchard burn?", "the orchard burn", "asked"),
        ("The kiln cracked on Monday, and the potter said nobody was burned.", "The kiln cracked", "asserted"),
        ("There is no doubt that the kiln cracked, the potter said.", "the kiln cracked", "asserted"),
        ("The guild did not dispute that the kiln had cracked.", "the kiln had cracked", "asserted"),
    ],
)
def test_words_that_no_table_has(text: str, words: str, stands: str) -> None:
    claim = claim_over(read(text), words)
    assert claim is not None
    assert claim.stands == stands


def test_weights_are_those_that_were_hashed() -> None:
    hashes = tomllib.loads((MODEL / "hashes.toml").read_text("utf8"))
    assert hashes == {"judge.npz": hashlib.sha256((MODEL / "judge.npz").read_bytes()).hexdigest()}


def test_nothing_in_particular_is_judged() -> None:
    for text in ("", "?", "…", "Go", "No. No. No.", "\n\n-\n"):
        assert not read(text).problems


def test_a_note_that_its_own_article_was_mended_takes_back_only_what_it_names() -> None:
    reading = read(
        "Police closed the road.\n\nOfficials said 12 people had been rescued by boats.\n\n"
        "This article was amended on 5 May. "
        "An earlier version said that 90 people were missing."
    )
    stands = {words: claim.stands for words in ("12 people", "90 people") if (claim := claim_over(reading, words))}
    assert stands == {"12 people": "asserted", "90 people": "withdrawn"}


def test_turns_after_q_and_a_are_told_by_a_point_too() -> None:
    reading = read("Q. Were nine nurses ill?\n\nA. Not to my knowledge.\n\nQ. Is the ward shut?\n\nA. It is.\n")
    assert [a.stance for a in reading.attributions] == ["asks", "denies", "asks", "asserts"]


@pytest.mark.parametrize("verdict", ["is a lie", "is wrong", "is fabricated", "was made up"])
def test_a_verdict_on_a_claim_is_on_what_it_says(verdict: str) -> None:
    reading = read(f"The claim that 70 starved {verdict}, the warden said.")
    counted = [c for c in reading.claims if c.figure]
    assert [c.text for c in counted] == ["70 starved"]
    assert counted[0].stands in ("denied", "misquoted")
