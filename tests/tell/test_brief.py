"""The brief's sentences: each with its claims, each claim with its words."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sayso.extract import read_report
from sayso.journey import know, read_all
from sayso.record import Brief, Picture, Reading, Report
from sayso.tell.brief import compose_brief
from sayso.tell.budgets import LEAST, allow_words
from sayso.tell.citations import cite_claims
from sayso.tell.markdown import render_markdown
from sayso.tell.phrases import name_interval, quote, say_origins
from sayso.tell.proofs import find_faults

EXAMPLE = Path(__file__).parents[2] / "examples" / "baltimore"


@pytest.fixture(scope="module")
def brief() -> Brief:
    readings = [item for item in read_all([str(EXAMPLE)]) if isinstance(item, Reading)]
    return compose_brief(know(readings))


def test_no_sentence_without_a_claim_of_the_picture(brief: Brief) -> None:
    known = {claim.id for reading in brief.picture.readings for claim in reading.claims}
    sentences = [s for section in brief.sections for s in section.sentences]
    assert len(sentences) > 10
    assert all(s.claims and set(s.claims) <= known for s in sentences)
    rows = [row for section in brief.sections for table in section.tables for row in table.rows]
    assert rows and all(row.claims and set(row.claims) <= known for row in rows)


def test_quoted_words_are_words_of_a_cited_report(brief: Brief) -> None:
    texts = {
        c.id: " ".join(r.report.text.split()).replace("“", "'").replace("”", "'").replace('"', "'")
        for r in brief.picture.readings
        for c in r.claims
    }
    for section in brief.sections:
        for sentence in section.sentences:
            for quoted in sentence.text.split("“")[1:]:
                words = quoted.split("”")[0].removesuffix(" …").rstrip(",")
                assert any(words in texts[c] for c in sentence.claims) or "?" in sentence.text, sentence.text


def test_the_front_page_stands_first_and_the_rest_is_behind(brief: Brief) -> None:
    assert {"key", "figures", "conflicts", "timeline", "positions"} <= {s.id for s in brief.sections}
    front = [section.front for section in brief.sections]
    assert front == sorted(front, reverse=True) and True in front and False in front
    assert "(as of 12 Jun 2024)" in brief.title


def test_a_brief_is_a_quarter_of_its_reports_and_its_front_page_is_short(brief: Brief) -> None:
    words = sum(len(reading.report.text.split()) for reading in brief.picture.readings)
    assert len(render_markdown(brief).split()) <= 0.27 * words
    page = replace(brief, sections=tuple(s for s in brief.sections if s.front))
    assert len(render_markdown(page).split()) <= 900


def test_a_brief_grows_with_its_reports_and_then_with_their_logarithm() -> None:
    def sized(reports: int) -> Picture:
        report = Report(id="r", text="word " * 200)
        return Picture(readings=tuple(Reading(report=report) for _ in range(reports)))

    assert [allow_words(sized(n)) for n in (10, 20, 40)] == [500, 1000, 2000]
    assert 2000 < allow_words(sized(400)) < 8000
    assert allow_words(sized(1)) == LEAST


def test_no_sentence_has_a_fault(brief: Brief) -> None:
    told = [s.text for section in brief.sections for s in section.sentences]
    assert not [(text, fault) for text in told for fault in find_faults(text, opening=False)]


def test_nothing_is_told_twice(brief: Brief) -> None:
    told = [s.text for section in brief.sections for s in section.sentences]
    assert len(told) == len(set(told))


def test_in_quotes_the_words_stand_in_quotation_marks(brief: Brief) -> None:
    quoted = compose_brief(brief.picture, style="quotes")
    assert all(s.text.startswith("“") for s in quoted.sections[0].sentences)


def test_since_a_moment_the_brief_begins_with_what_is_new(brief: Brief) -> None:
    days = sorted(r.report.published for r in brief.picture.readings if r.report.published)
    same = compose_brief(brief.picture, before=brief.picture)
    assert "changed" not in {s.id for s in same.sections}
    before = know(brief.picture.readings, as_of=days[0])
    told = compose_brief(brief.picture, before=before).sections[0]
    assert told.id == "changed" and told.title.startswith("New since ")
    known = {claim.id for reading in before.readings for claim in reading.claims}
    assert told.sentences[0].claims[0] not in known


def test_what_was_retracted_since_is_told_and_cited(brief: Brief) -> None:
    after = know(brief.picture.readings[1:])
    told = compose_brief(after, before=brief.picture)
    changed = next(s for s in told.sections if s.id == "changed")
    gone = [s for s in changed.sentences if s.text.startswith("No longer counted")]
    assert gone
    assert set(gone[0].claims) <= set(cite_claims(told))


def test_a_brief_of_nothing_has_no_sections() -> None:
    assert compose_brief(know([])).sections == ()


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2031-05-03T00:00+00:00", "2031-05-04T00:00+00:00", "3 May 2031"),
        ("2031-05-02T21:00+00:00", "2031-05-03T21:00+00:00", "3 May 2031"),
        ("2031-04-30T22:00+00:00", "2031-05-31T22:00+00:00", "May 2031"),
        ("2031-01-01T00:00+00:00", "2032-01-01T00:00+00:00", "2031"),
        ("2031-06-01T00:00+00:00", "2031-09-01T00:00+00:00", "June 2031 to August 2031"),
        ("2031-05-03T00:00+00:00", "2031-05-10T00:00+00:00", "3 May 2031 to 9 May 2031"),
    ],
)
def test_intervals_in_words(first: str, last: str, words: str) -> None:
    assert name_interval(datetime.fromisoformat(first), datetime.fromisoformat(last)) == words


@pytest.mark.parametrize(
    ("independent", "words"),
    [((0, 0), "origin unknown"), ((1, 1), "one origin: A"), ((2, 2), "2 independent origins: A"),
     ((1, 3), "1 to 3 independent origins: A")],
)  # fmt: skip
def test_origins_in_words(independent: tuple[int, int], words: str) -> None:
    assert say_origins(independent, ["A"]) == words


def test_a_quotation_is_cut_at_a_word_and_keeps_no_double_marks() -> None:
    cut = quote('He said "no" ' + "word " * 100)
    assert cut.startswith("“He said 'no' word") and cut.endswith("word …”")
    assert len(cut) < 300


def test_what_is_denied_is_told_as_denied() -> None:
    words = "The defence ministry denied that Peruvian troops had left the pass."
    day = datetime(2031, 5, 1, tzinfo=UTC)
    told = compose_brief(know([read_report(Report(id="r", digest="d", text=words, outlet="O", published=day))]))
    (lead,) = told.sections[0].sentences
    assert lead.text == "The defence ministry denied that Peruvian troops had left the pass (O, 1 May)."
    assert "credibility" not in lead.detail


@pytest.mark.parametrize("label", ["11:20 – All that we know at this hour", "Nine days after the collapse in Ostra"])
def test_a_label_leads_no_report(label: str) -> None:
    words = f"{label}\n\nThe mine's owner has resigned, the governor said."
    day = datetime(2031, 5, 1, tzinfo=UTC)
    told = compose_brief(know([read_report(Report(id="r", digest="d", text=words, outlet="O", published=day))]))
    (lead,) = next(s for s in told.sections if s.id == "key").sentences
    assert "has resigned" in lead.text


def test_no_brief_tells_what_is_marked_as_satire_for_so() -> None:
    sinking = "Nine people died when the ferry Aurora sank off Lesna, the coast guard said."
    reports = [
        Report(id="a", outlet="Waterford Whispers News", text=f"{sinking} The mayor said that gulls ate 900."),
        Report(id="b", outlet="Brim Herald", text=f"{sinking} Rescuers found a raft."),
        Report(id="c", outlet="Lesna Courier", text="The mayor said that 7 cranes flew. This is satire."),
    ]
    readings = [read_report(report) for report in reports]
    told = [s for section in compose_brief(know(readings)).sections for s in section.sentences]
    ours = {claim.id for claim in readings[1].claims}
    assert told and all(set(sentence.claims) <= ours for sentence in told)
    assert not compose_brief(know([readings[0]])).sections


def test_no_brief_tells_what_is_under_embargo() -> None:
    text = "EMBARGOED until 18:00 on 3 May 2031\n\nThe board said on Monday that 40 people were rescued from the ferry."
    assert not compose_brief(know([read_report(Report(id="a", outlet="Tarn Board", text=text))])).sections
