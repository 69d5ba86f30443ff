"""A draft that turns its own source about, and one that would bear itself out."""

from datetime import UTC, datetime

import pytest

from sayso.extract import read_report
from sayso.record import Reading, Report
from sayso.weigh.checks import check_article


def read(text: str, outlet: str, day: int) -> Reading:
    published = datetime(2031, 5, day, tzinfo=UTC)
    return read_report(Report(id=outlet, digest=outlet, text=text, outlet=outlet, published=published))


KNOWN = [read("The mayor said nine people died in the Ostra mine.", "Valley Post", 1)]


@pytest.mark.parametrize(
    ("draft", "kinds"),
    [
        ("Nine people died in the Ostra mine, according to what the mayor said.", {"single-origin"}),
        ("The army said nine people died in the Ostra mine.", {"single-origin", "misattributed"}),
        ("The mayor denied that nine people died in the Ostra mine.", {"contradicted"}),
        ("The mayor said nine people were injured in the Ostra mine.", {"scope-changed"}),
    ],
)
def test_a_draft_is_held_against_its_source_and_never_counts_itself(draft: str, kinds: set[str]) -> None:
    found = {flag.kind for flag in check_article(read(draft, "Draft", 2), KNOWN).flags}
    assert found and found <= kinds


def test_a_copy_of_the_article_does_not_bear_it_out() -> None:
    text = "A mast fell on the quay at Ostra and sank three barges. The harbour stays shut until the wreck is raised."
    copied = [read(f"{text} Ostra Daily reported it first.", "Echo", 2)]
    kinds = {flag.kind for flag in check_article(read(text, "Ostra Daily", 1), copied).flags}
    assert "corroborated" not in kinds
