"""Citations: numbers, contexts, chains."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.harms import clean_text
from sayso.record import Attribution, Brief, Report, Speaker
from sayso.tell.citations import (
    LONGEST_CONTEXT,
    cite_claims,
    find_context,
    group_estimates,
    name_chain,
    name_moment,
    number_claims,
    safe_url,
    split_context,
)

TEXT = "One came. Two went home. Three stayed behind. Four slept. Five left.\n\nSix spoke."


def test_numbers_count_from_one_in_order_of_first_use(brief: Brief) -> None:
    numbers = number_claims(brief)
    assert list(numbers.values()) == list(range(1, len(numbers) + 1))
    assert numbers[brief.sections[0].sentences[0].claims[0]] == 1


def test_every_cited_claim_has_its_exact_words(brief: Brief) -> None:
    for citation in cite_claims(brief).values():
        text = citation.report.text
        assert citation.words == text[citation.claim.start : citation.claim.end] == citation.claim.text
        assert citation.before + citation.words + citation.after in text


@pytest.mark.parametrize(
    ("words", "context"),
    [
        ("Three stayed behind", "Two went home. Three stayed behind. Four slept."),
        ("stayed", "Two went home. Three stayed behind. Four slept."),
        ("One came", "One came. Two went home."),
        ("Five left", "Four slept. Five left."),
        ("Six spoke", "Six spoke."),
    ],
)
def test_context_reaches_one_sentence_to_either_side(words: str, context: str) -> None:
    start = TEXT.index(words)
    first, last = find_context(TEXT, start, start + len(words))
    assert TEXT[first:last] == context


@given(st.text(), st.data())
def test_context_holds_the_passage_and_lies_in_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = find_context(text, start, end)
    assert max(0, start - LONGEST_CONTEXT) <= first <= start <= end <= last <= min(len(text), end + LONGEST_CONTEXT)


def test_pieces_join_to_the_context_and_mark_the_words(brief: Brief) -> None:
    for citation in cite_claims(brief).values():
        pieces = list(split_context(citation))
        assert "".join(piece for piece, _ in pieces) == citation.before + citation.words + citation.after
        assert [piece for piece, part in pieces if part == "words"] == [citation.words]


def test_a_chain_reads_from_the_outlet_to_the_source() -> None:
    report = Report(id="r", text="x", outlet="Coast & Sea")
    officials = Speaker(name="two officials", anonymous=True)
    attribution = Attribution(source=(), cue=(), content=(), speaker=officials, via=("Nordblad",))
    assert name_chain(report, attribution) == ("Coast & Sea", "Nordblad", "two officials (anonymous)")
    assert name_chain(report, None) == ("Coast & Sea",)


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.example/b?c=d", "https://a.example/b?c=d"),
        (" HTTP://a.example ", "HTTP://a.example"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//a.example", ""),
        ("https:", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_only_http_and_https_are_linked(url: str, safe: str) -> None:
    assert safe_url(url) == safe


def test_what_cannot_be_printed_is_replaced_in_place() -> None:
    assert clean_text("a\x00b\x1b[31mc\ud800\nd") == "a�b�[31mc�\nd"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (None, "date unknown"),
        (datetime(2031, 3, 4, 6, 30, tzinfo=UTC), "4 March 2031, 06:30 UTC"),
        (datetime(2031, 3, 4, 6, 30, tzinfo=timezone(-timedelta(hours=3, minutes=30))), "4 March 2031, 06:30 −03:30"),
        (datetime(33, 4, 3, tzinfo=UTC), "3 April 33, 00:00 UTC"),
    ],
)
def test_moments_in_words(moment: datetime | None, words: str) -> None:
    assert name_moment(moment) == words


def test_estimates_of_one_point_stand_together(brief: Brief) -> None:
    assert [[line.source for line in lines] for lines in group_estimates(brief)] == [
        ["Coast guard", "two officials (anonymous)"],
        ["insurers"],
    ]
